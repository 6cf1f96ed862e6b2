"""Spans slice to their own text, contributions add up, and an analysis replays."""

import json
from decimal import Decimal

import pytest
from articles import Sample, examples, gold, samples
from hypothesis import given
from hypothesis import strategies as st
from mutations import mutated, of_every_kind

from sensational.analysis import (
    KINDS,
    VERDICTS,
    Analysis,
    from_dict,
    to_dict,
    to_json,
    without_surrogates,
)
from sensational.combiner import load_combiner
from sensational.divergence import interval
from sensational.scorer import score

ANY = (
    samples()
    | of_every_kind()
    | mutated()
    | st.builds(Sample, st.just("any text"), st.text(max_size=80), st.text(max_size=400))
)  # surrogates are excluded by st.text's default, and tested in test_bad_input.py


def exactly(number: float) -> Decimal:
    """The decimal number that the output prints, so that a sum of them has no error of its own."""
    return Decimal(repr(number))


def is_sound(analysis: Analysis, sample: Sample) -> None:
    last = 0
    for term in analysis.terms:
        assert sample.headline[term.start : term.end] == term.text
        assert term.text == term.text.strip() != ""
        assert last <= term.start < term.end  # in order, none over another
        last = term.end
        assert term.kind in KINDS
        assert term.loaded == (term.kind != "plain")
        assert 0 <= term.loading <= 1
        for piece in term.evidence:
            assert sample.body[piece.start : piece.end] == piece.text != ""
            assert 0 <= piece.sentence < analysis.body.sentences
    assert 0 <= analysis.loading <= 100
    if analysis.status == "not_scored":
        assert analysis.reason
        assert analysis.divergence is None
        assert analysis.interval is None
        assert all(
            (t.support, t.verdict, t.contribution, t.without, t.probabilities, t.evidence)
            == (None, None, None, None, {}, ())
            for t in analysis.terms
        )
        return
    assert analysis.reason is None
    assert analysis.divergence is not None
    assert analysis.interval is not None
    low, high = analysis.interval
    assert 0 <= low <= high <= 100
    assert low <= analysis.divergence <= high
    total = sum((exactly(t.contribution) for t in analysis.terms if t.contribution), Decimal(0))
    assert total == exactly(analysis.divergence)
    for term in analysis.terms:
        assert term.support is not None
        assert term.contribution is not None
        assert term.without is not None
        assert 0 <= term.support <= 1
        assert 0 <= term.contribution <= analysis.divergence
        assert 0 <= term.without <= analysis.divergence
        assert term.verdict in VERDICTS
        assert term.verdict not in term.also
        assert list(term.probabilities) == list(VERDICTS)
        assert sum(map(exactly, term.probabilities.values())) == 1
        assert term.reason
        assert term.loaded or term.verdict != "supported"
        assert term.evidence or term.verdict in ("absent", "supported")


def replays(analysis: Analysis, sample: Sample) -> None:
    written = to_json(analysis)
    read = from_dict(json.loads(written))
    assert read == from_dict(without_surrogates(to_dict(analysis)))  # JSON cannot say those that are alone
    assert to_json(read) == written
    assert score(sample.headline, sample.body, read.id) == analysis


@given(ANY)
def test_sound(sample: Sample) -> None:
    is_sound(score(sample.headline, sample.body), sample)


@given(ANY)
def test_replay(sample: Sample) -> None:
    replays(score(sample.headline, sample.body, "an id"), sample)


@pytest.mark.parametrize("sample", examples(), ids=lambda sample: sample.name)
def test_example_articles(sample: Sample) -> None:
    analysis = score(sample.headline, sample.body)
    is_sound(analysis, sample)
    replays(analysis, sample)


def test_real_articles() -> None:
    for sample in gold():
        analysis = score(sample.headline, sample.body)
        is_sound(analysis, sample)
        replays(analysis, sample)


def test_intervals_contain_the_divergence_exactly() -> None:
    rows = load_combiner().intervals
    for step in range(100_001):
        divergence = step / 1000
        low, high = interval(divergence, rows)
        assert low <= divergence <= high


@given(samples() | of_every_kind() | mutated(), samples() | mutated())
def test_loading_is_of_the_headline(one: Sample, other: Sample) -> None:
    plain, none = score(one.headline, other.body), score(one.headline, "")
    assert plain.loading == none.loading
    assert [(t.text, t.kind, t.loading) for t in plain.terms if t.loaded] == [
        (t.text, t.kind, t.loading) for t in none.terms
    ]
