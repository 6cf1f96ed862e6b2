"""The ledger: which terms it lists, with what evidence, and what they add up to."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from articles import HEADLINES, Sample, bodies, invented
from hypothesis import given
from hypothesis import strategies as st
from verifier.fakes import judgement_of, judgements

from sensational.analysis import VERDICTS, Kind, Term, Verdict
from sensational.combiner import Combiner, load_combiner
from sensational.language.canonical import canonical
from sensational.language.document import Document
from sensational.ledger import OWN_WORDS, Ledger, deciding_sentences, make_ledger, terms_of
from sensational.terms import find_spans
from sensational.verifier.inputs import ReadBody
from sensational.verifier.judgement import Judgement

COMBINER = replace(
    load_combiner(),
    weights={f"verifier_{name}": tuple(float(name == other) for other in VERDICTS) for name in VERDICTS},
    supported_from=0.5, also=0.25,
)  # fmt: skip


def ledger_of(
    headline: str, body: ReadBody, judgement: Judgement, combiner: Combiner = COMBINER
) -> tuple[Ledger, tuple[Term, ...]]:
    text, places = canonical(headline)
    read = Document(text)
    made = make_ledger(read, body, find_spans(read, judgement.reading), judgement, combiner)
    return made, terms_of(made, read, headline, places, body.document)


def by_hand(
    headline: str,
    text: str,
    verdicts: dict[str, Verdict],
    points: dict[str, int] | None = None,
    kinds: dict[str, Kind] | None = None,
) -> list[Term]:
    body = ReadBody(Document(text))
    judgement = judgement_of(Document(canonical(headline)[0]), body, verdicts, points or {}, kinds or {})
    return list(ledger_of(headline, body, judgement)[1])


@st.composite
def judged(draw: st.DrawFn) -> tuple[Sample, ReadBody, Judgement]:
    sample = draw(invented())
    body = ReadBody(Document(sample.body))
    return sample, body, draw(judgements(Document(canonical(sample.headline)[0]), body))


@given(judged(), st.sampled_from([COMBINER, load_combiner()]))
def test_what_goes_out_is_sound(one: tuple[Sample, ReadBody, Judgement], combiner: Combiner) -> None:
    sample, body, judgement = one
    ledger, terms = ledger_of(sample.headline, body, judgement, combiner)
    assert len(terms) == len(ledger.rows)
    if len({term.text for term in terms}) == len(terms):
        assert len({term.reason for term in terms}) == len(terms), "no two rows have the same sentence"
    total = sum((Decimal(repr(term.contribution)) for term in terms), Decimal(0))
    assert total == Decimal(repr(ledger.divergence.total))
    for term in terms:
        assert sample.headline[term.start : term.end] == term.text != ""
        assert term.loaded or term.verdict != "supported"
        assert sum(Decimal(repr(p)) for p in term.probabilities.values()) == 1
        assert list(term.probabilities) == list(VERDICTS)
        assert term.reason
        assert term.verdict != "absent" or term.evidence == ()
        assert len(term.evidence) <= 2
        assert len({piece.sentence for piece in term.evidence}) == len(term.evidence)
        for piece in term.evidence:
            assert sample.body[piece.start : piece.end] == piece.text != ""
            sentence = body.document.sentences[piece.sentence]
            assert (sentence.start, sentence.end) == (piece.start, piece.end)
            assert piece.source is None or piece.voice != "author"


@given(judged())
def test_every_loaded_term_is_listed_and_plain_ones_only_where_they_are_not_borne_out(
    one: tuple[Sample, ReadBody, Judgement],
) -> None:
    sample, body, judgement = one
    text, _ = canonical(sample.headline)
    spans = find_spans(Document(text), judgement.reading)
    ledger, _ = ledger_of(sample.headline, body, judgement)
    listed = [row.span for row in ledger.rows]
    assert [span for span in spans if span.loaded] == [span for span in listed if span.loaded]
    assert set(listed) <= set(spans)
    for row in ledger.rows:
        assert row.span.loaded or row.weighed.probabilities[0] < COMBINER.supported_from


def test_a_plain_term_that_is_not_borne_out() -> None:
    (term,) = by_hand(
        "Mayor opens bridge",
        "The mayor slept. It rained.",
        {"bridge": "absent", "opens": "absent", "mayor": "absent"},
    )
    assert (term.text, term.kind, term.verdict) == ("Mayor opens bridge", "plain", "absent")
    assert by_hand("Mayor opens bridge", "The mayor slept. It rained.", {}) == []


def test_a_loaded_term_that_is_borne_out_is_listed_and_costs_nothing_that_shows() -> None:
    (term,) = by_hand(
        "Mayor humiliated",
        "The mayor was humiliated. It rained.",
        {},
        {"humiliated": 0},
        {"humiliated": "emotion"},
    )
    assert (term.text, term.verdict) == ("humiliated", "supported")
    assert term.contribution is not None
    assert term.contribution < 0.5
    assert [piece.sentence for piece in term.evidence] == [0]


def test_a_headline_that_stands_word_for_word_is_supported_whatever_the_verifier_says() -> None:
    terms = by_hand(
        "Mayor humiliated in vote",
        "Mayor humiliated in vote. It rained.",
        {"humiliated": "contradicted", "mayor": "absent", "vote": "absent"},
        {},
        {"humiliated": "emotion"},
    )
    assert [(term.text, term.verdict, term.support, term.contribution) for term in terms] == [
        ("humiliated", "supported", 1.0, 0.0)
    ]


def test_voice_hedge_and_denial_are_those_of_the_sentence() -> None:
    (term,) = by_hand(
        "Mayor humiliated",
        "The mayor was reportedly humiliated, Ilse Marrant said. It rained.",
        {"humiliated": "attributed"},
        {"humiliated": 0},
        {"humiliated": "emotion"},
    )
    (piece,) = term.evidence
    assert (piece.voice, piece.hedged, piece.denied) == ("named", True, False)
    assert "Marrant" in (piece.source or "")


def test_a_sentence_has_one_voice_whichever_term_it_decides() -> None:
    """A sentence in the article’s own voice was *one source* for one term and the author’s for another."""
    text = (
        "After promising to reopen the quay by May, the board was driven to a shaming climbdown in June. "
        "“We are shamed and storming,” the docker said."
    )
    terms = by_hand(
        "Premier shamed as dockers storming out",
        text,
        {"shamed": "weaker", "storming": "weaker"},
        {"shamed": 0, "storming": 1},
        {"shamed": "emotion", "storming": "force"},
    )
    told = {piece.sentence: set[str]() for term in terms for piece in term.evidence}
    for term in terms:
        for piece in term.evidence:
            told[piece.sentence].add(f"{piece.voice} {piece.denied}")
    assert told == {0: {"author False"}, 1: {"unnamed False"}}


@given(st.data(), st.sampled_from(HEADLINES), bodies())
def test_the_surest_sentence_comes_first(data: st.DataObject, headline: str, text: str) -> None:
    read, body = Document(canonical(headline)[0]), ReadBody(Document(text))
    judgement = data.draw(judgements(read, body))
    for span in find_spans(read, judgement.reading):
        found = deciding_sentences(span, read, body.document, judgement)
        sure = judgement.pointed(span.start, span.end)[:-1]
        assert 1 <= len(found) <= 2
        # The words of the span may lift a sentence, but by no more than OWN_WORDS.
        assert sure[found[0].index] * math.exp(OWN_WORDS) >= max(sure) - 1e-12


def test_a_sentence_with_the_words_of_the_term_gains() -> None:
    read = Document("Mayor utterly humiliated")
    body = ReadBody(Document("It rained. The mayor was humiliated. It was a utterly grey day."))
    judgement = judgement_of(read, body, kinds={"utterly": "emotion", "humiliated": "emotion"})
    span = next(one for one in find_spans(read, judgement.reading) if one.loaded)
    alike = replace(judgement, pointer=np.zeros_like(judgement.pointer))
    found = [one.index for one in deciding_sentences(span, read, body.document, alike)]
    assert found == [1, 2]  # of two that have a word each, the first; the one without has less than its share
    surest = np.zeros_like(judgement.pointer)
    surest[:, 0] = OWN_WORDS / 2 + 0.1  # the words of the mayor lift no sentence
    found = [
        one.index for one in deciding_sentences(span, read, body.document, replace(judgement, pointer=surest))
    ]
    assert found[0] == 0


def test_the_second_sentence_has_facts_of_its_own() -> None:
    terms = by_hand(
        "Mayor humiliated",
        "The mayor was humiliated. “He was humiliated,” Ilse Marrant said.",
        {"humiliated": "weaker"},
        kinds={"humiliated": "emotion"},
    )
    assert [piece.voice for piece in terms[0].evidence] == ["author", "named"]


@pytest.mark.parametrize("kind", ["scale", "force"])
def test_money_keeps_its_sign(kind: Kind) -> None:
    kinds: dict[str, Kind] = {"50": kind, "million": kind}
    (term,) = by_hand("Bank loses $50 million", "The bank lost $50 million on Monday.", {}, kinds=kinds)
    assert term.text == "$50 million"


def test_other_verdicts_that_are_likely_go_out_too() -> None:
    read, body = Document("Mayor humiliated"), ReadBody(Document("It rained."))
    judgement = judgement_of(read, body, kinds={"humiliated": "emotion"})
    half = np.array([[0.55, 0.0, 0.45, 0.0, 0.0, 0.0, 0.0]] * len(judgement.verdicts))
    (term,) = ledger_of("Mayor humiliated", body, replace(judgement, verdicts=half))[1]
    assert (term.verdict, term.also) == ("supported", ("hedged",))


def test_no_sentence_where_none_was_read() -> None:
    read, body = Document("mayor resigns"), ReadBody(Document(""))
    judgement = judgement_of(read, body)
    for span in find_spans(read, judgement.reading):
        assert deciding_sentences(span, read, body.document, judgement) == ()


@pytest.mark.parametrize(
    "headline", ["  Mayor\u00a0 HUMILIATED ", "Mayor “humiliated”", "\tmayor\nhumiliated"]
)
def test_terms_are_of_the_headline_as_it_was_given(headline: str) -> None:
    terms = by_hand(headline, "It rained. It was dry.", {"humiliated": "absent"}, {}, {"humiliated": "quote"})
    (term,) = terms
    assert headline[term.start : term.end] == term.text
    assert "humiliated" in term.text.lower()
