"""Says in one plain sentence why a term has its verdict, for a reader of fourteen."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from sensational.combiner import Weighed
from sensational.facts import TermFacts
from sensational.language.document import Document, Sentence
from sensational.language.quantities import quantities
from sensational.language.voices import Voice
from sensational.terms import Span

_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december today yesterday tomorrow last".split(" ")
)
LONGEST = 60
"""Characters of the body that a reason quotes at most."""


def reason(
    span: Span,
    weighed: Weighed,
    facts: TermFacts,
    sentences: Sequence[Sentence],
    body: Document,
    said: AbstractSet[str] = frozenset(),
) -> str:
    """Why a term has its verdict, in one sentence that no row before it has used.

    Args:
        span: the term.
        weighed: its verdict.
        facts: what is established of it.
        sentences: of the body that decide it, the surest first.
        body: the body.
        said: the reasons of the rows before it.
    """
    offered = [*_WRITERS[weighed.verdict](span, facts, sentences, body)]
    return next((one for one in offered if one not in said), offered[-1])


def _supported(span: Span, facts: TermFacts, sentences: Sequence[Sentence], body: Document) -> list[str]:
    quote = _quoted(sentences, body)
    if facts.quotation == "spoken":
        return [
            "Somebody says exactly these words in the article.",
            f"These words are spoken in the article: {quote}.",
        ]
    if facts.number == "follows":
        return ["The article gives this number.", f"The number stands in the article: {quote}."]
    if facts.voice is not None:
        return [
            f"{_capital(_source(facts, body))} says so, and the headline claims no more.",
            f"The article reports it: {quote}.",
        ]
    return ["The article says so in its own voice.", f"The article says: {quote}."]


def _attributed(span: Span, facts: TermFacts, sentences: Sequence[Sentence], body: Document) -> list[str]:
    who = _capital(_source(facts, body))
    return [
        f"Only {_source(facts, body)} says this; the headline states it as fact.",
        f"This too rests on the word of {_source(facts, body)}: {_quoted(sentences, body)}.",
        f"{who} says so; the article does not say it in its own voice.",
    ]


def _hedged(span: Span, facts: TermFacts, sentences: Sequence[Sentence], body: Document) -> list[str]:
    return [
        "The article says this only as something possible or unconfirmed; the headline does not.",
        f"The article is less certain: {_quoted(sentences, body)}.",
    ]


def _weaker(span: Span, facts: TermFacts, sentences: Sequence[Sentence], body: Document) -> list[str]:
    quote = _quoted(sentences, body)
    numbers = _numbers(sentences, body)
    if span.kind == "scale" and numbers:
        return [
            f"The article gives {numbers}; the headline suggests more.",
            f"The article’s own figure is smaller: {quote}.",
        ]
    if span.kind == "quote":
        return [
            f"Nobody says these words; the nearest in the article is {quote}.",
            f"The article puts it differently: {quote}.",
        ]
    if facts.milder is not None:
        return [
            f"The article says “{facts.milder}”, a milder word.",
            f"The article puts it more mildly: {quote}.",
        ]
    return [f"The article puts it more mildly: {quote}.", f"The article says less than this: {quote}."]


def _shifted(span: Span, facts: TermFacts, sentences: Sequence[Sentence], body: Document) -> list[str]:
    quote = _quoted(sentences, body)
    if span.kind == "quote" and facts.quotation == "written":
        return [
            "These are the article’s own words, not a quotation.",
            f"The article writes this itself: {quote}.",
        ]
    return [
        f"The article says this of somebody or something else, or of another time: {quote}.",
        f"In the article it concerns another matter: {quote}.",
    ]


def _contradicted(span: Span, facts: TermFacts, sentences: Sequence[Sentence], body: Document) -> list[str]:
    quote = _quoted(sentences, body)
    if facts.number == "differs" and _numbers(sentences, body):
        return [
            f"The article gives another figure: {_numbers(sentences, body)}.",
            f"The article’s figure differs: {quote}.",
        ]
    if facts.denied:
        return [f"The article denies it: {quote}.", f"The article says the opposite: {quote}."]
    return [f"The article says otherwise: {quote}.", f"This does not fit what the article says: {quote}."]


def _absent(span: Span, facts: TermFacts, sentences: Sequence[Sentence], body: Document) -> list[str]:
    if span.kind == "quote":
        return ["Nobody in the article says these words."]
    if facts.words_found == 1.0:
        return ["The article uses the word, but says nothing that bears this out."]
    return [
        "The article does not mention it.",
        "Nothing in the article bears this out.",
        "The article is silent on this too.",
    ]


def _source(facts: TermFacts, body: Document) -> str:
    """Who says it: by name where the name is sure, otherwise *one source*."""
    return source_name(facts.voice, body) or "one source"


def source_name(voice: Voice | None, body: Document) -> str | None:
    """The name of a source where it is sure: a person, organisation or outlet that the body names."""
    if voice is None or voice.source is None or voice.kind not in ("named", "outlet"):
        return None
    name = " ".join(voice.source.split())
    marks = '“”"(),;:'
    sure = 2 < len(name) <= 40 and name[0].isupper() and not any(c.isdigit() or c in marks for c in name)
    return name if sure and _is_name(name, body) else None


def _is_name(text: str, body: Document) -> bool:
    """Whether a source is surely named: no day or month, and no mere word at the head of a sentence.

    One word (*Therefore*, *Pompeo*) is a name only if it has its capital inside a sentence too.
    """
    words = Document(text).words
    if not words or _TIMES & set(words):
        return False
    if sum(word[0].isupper() for word in text.split()) > 1:
        return True
    heads = {sentence.first for sentence in body.sentences}
    return any(
        at not in heads and body.text[body.starts[at]].isupper() for at in body.positions_of_word(words[0])
    )


def _numbers(sentences: Sequence[Sentence], body: Document) -> str:
    if not sentences:
        return ""
    found = quantities(body.text[sentences[0].start : sentences[0].end])
    told = [one.text for one in found if one.unit not in ("year", "date", "time", "label") and one.step > 0]
    return f"“{told[0]}”" if told else ""


def _quoted(sentences: Sequence[Sentence], body: Document) -> str:
    if not sentences:
        return "nothing that matches"
    flat = " ".join(body.text[sentences[0].start : sentences[0].end].split())
    flat = flat.strip('“”"')
    if len(flat) > LONGEST:
        flat = flat[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(",;:–—- ") + "…"
    return f"“{flat.rstrip('.')}”"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_WRITERS = {
    "supported": _supported,
    "attributed": _attributed,
    "hedged": _hedged,
    "weaker": _weaker,
    "shifted": _shifted,
    "contradicted": _contradicted,
    "absent": _absent,
}
