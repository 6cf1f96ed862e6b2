"""The ledger: each term of a headline with its verdict, its evidence, its reason and its points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sensational.analysis import VERDICTS, Evidence, Term
from sensational.combiner import Combiner, Weighed, inputs_of, least_support, weigh
from sensational.divergence import Divergence, combine
from sensational.facts import Facts, HeadlineFacts, TermFacts
from sensational.language.document import Document, Sentence
from sensational.language.function_words import function_words
from sensational.language.number_words import CURRENCY
from sensational.reasons import own_places, reason, shown_voice, source_name
from sensational.terms import Span
from sensational.verifier.inputs import ReadBody
from sensational.verifier.judgement import Judgement

SECOND_FROM = 0.12
"""A second sentence is shown as evidence from this share of the probability on."""
OWN_WORDS = 2.5
"""How much a sentence with all words of the term gains, in log-odds; chosen by folds in the fitting part."""


@dataclass(frozen=True, slots=True)
class Row:
    """One term as it was weighed: its place, the sentences that decide it, and what each tells of it."""

    span: Span
    facts: TermFacts
    weighed: Weighed
    sentences: tuple[Sentence, ...]
    told: tuple[TermFacts, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The terms of one headline and the divergence that they add up to."""

    rows: tuple[Row, ...]
    divergence: Divergence


def make_ledger(
    headline: Document, body: ReadBody, spans: Sequence[Span], judgement: Judgement, combiner: Combiner
) -> Ledger:
    """Weighs the spans of a headline, and keeps those that the ledger lists.

    Listed are the loaded terms, and the plain spans that the body does not bear out.

    Args:
        headline: in its canonical form.
        body: what it stands over.
        spans: from ``terms.find_spans``.
        judgement: what the verifier reads.
        combiner: the fitted weights.
    """
    facts = Facts(headline, body)
    whole = facts.of_headline()
    least = least_support(spans, judgement)
    rows = [_row(span, headline, body.document, judgement, facts, whole, least, combiner) for span in spans]
    listed = tuple(row for row in rows if row.span.loaded or row.weighed.verdict != "supported")
    return Ledger(
        listed,
        combine(
            [combiner.weight_of(row.span.kind, judgement.divergence) for row in listed],
            [row.weighed.support for row in listed],
            combiner.curve,
        ),
    )


def _row(
    span: Span,
    headline: Document,
    body: Document,
    judgement: Judgement,
    facts: Facts,
    whole: HeadlineFacts,
    least: float,
    combiner: Combiner,
) -> Row:
    sentences = deciding_sentences(span, headline, body, judgement)
    found = facts.of_term(span, sentences[0] if sentences else None)
    if whole.word_for_word is not None:
        sentences = (whole.word_for_word,)
        weighed = Weighed(tuple(float(name == "supported") for name in VERDICTS), "supported", (), 1.0)
    else:
        weighed = weigh(inputs_of(span, judgement, whole, found, least), found, combiner)
    shown = () if weighed.verdict == "absent" else sentences
    told = tuple(facts.of_term(span, one) if n else found for n, one in enumerate(shown))
    return Row(span, found, weighed, shown, told)


def deciding_sentences(
    span: Span, headline: Document, body: Document, judgement: Judgement
) -> tuple[Sentence, ...]:
    """The sentences that decide a span, the surest first: one, or two if both are likely.

    The verifier points to them; a sentence that has the words of the span gains by :data:`OWN_WORDS`.
    """
    if not judgement.sentences:
        return ()
    sentences = [body.sentences[number] for number in judgement.sentences]
    grammar = function_words()
    wanted = {headline.stems[at] for at in range(span.first, span.last) if headline.words[at] not in grammar}
    powers = [
        float(p) * math.exp(OWN_WORDS * _share(wanted, body.stems[sentence.first : sentence.last]))
        for p, sentence in zip(judgement.pointed(span.start, span.end)[:-1], sentences, strict=True)
    ]
    total = math.fsum(powers) or 1.0
    order = sorted(range(len(powers)), key=lambda i: (-powers[i], i))
    return tuple(sentences[i] for n, i in enumerate(order[:2]) if n == 0 or powers[i] / total >= SECOND_FROM)


def _share(wanted: set[str], stems: Sequence[str]) -> float:
    return len(wanted.intersection(stems)) / len(wanted) if wanted else 0.0


def terms_of(
    ledger: Ledger, read: Document, headline: str, places: Sequence[int], body: Document
) -> tuple[Term, ...]:
    """The rows as they go out.

    Args:
        ledger: the rows.
        read: the headline in its canonical form.
        headline: as it was given.
        places: where each character of the canonical headline stands in it.
        body: what the evidence is cut from.
    """
    said: set[str] = set()
    terms = []
    for row, points, without in zip(
        ledger.rows, ledger.divergence.contributions, ledger.divergence.without, strict=True
    ):
        words = read.text[row.span.start : row.span.end]
        text = reason(row.span, row.weighed, row.facts, row.sentences, body, said, words)
        if text in said:  # every way to say it is used up: name the term
            text = f"“{words}”: {text}"
        said.add(text)
        terms.append(
            bare_term(
                row.span,
                headline,
                places,
                support=row.weighed.support,
                verdict=row.weighed.verdict,
                also=row.weighed.also,
                probabilities=dict(zip(VERDICTS, row.weighed.probabilities, strict=True)),
                reason=text,
                contribution=points,
                without=without,
                evidence=tuple(
                    _evidence(sentence, told, words, body)
                    for sentence, told in zip(row.sentences, row.told, strict=True)
                ),
            )
        )
    return tuple(terms)


def bare_term(span: Span, headline: str, places: Sequence[int], **judged: object) -> Term:
    """A span as a term of the headline as it was given, with what was judged of it, if anything was."""
    start, end = places[span.start], places[span.end - 1] + 1
    start -= headline[max(0, start - 1) : start] in tuple(CURRENCY)  # "$50 million" is read as "50 million"
    return Term(headline[start:end], start, end, span.kind, span.loaded, span.loading, **judged)  # type: ignore[arg-type]


def _evidence(sentence: Sentence, told: TermFacts, words: str, body: Document) -> Evidence:
    voice = shown_voice(told.voice, own_places(words, [sentence], body), body)
    return Evidence(
        body.text[sentence.start : sentence.end],
        sentence.start,
        sentence.end,
        sentence.index,
        voice.kind if voice else "author",
        source_name(voice, body),
        told.hedged,
        told.denied,
    )
