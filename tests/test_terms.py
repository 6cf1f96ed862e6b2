"""The spans of a headline: apart, in order, and each its own words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from articles import HEADLINES
from hypothesis import given
from hypothesis import strategies as st
from verifier.fakes import SURE, reading_of, readings

from sensational.analysis import KINDS, Kind
from sensational.language.canonical import canonical
from sensational.language.document import Document
from sensational.language.function_words import function_words
from sensational.terms import Span, find_spans

ANY_HEADLINE = st.sampled_from(HEADLINES) | st.text(st.characters(), max_size=80)


def document(headline: str) -> Document:
    return Document(canonical(headline)[0])


def spans(headline: str, kinds: dict[str, Kind] | None = None, begins: tuple[str, ...] = ()) -> list[Span]:
    read = document(headline)
    return list(find_spans(read, reading_of(read, kinds or {}, begins)))


def told(headline: str, found: list[Span]) -> list[tuple[str, str]]:
    return [(canonical(headline)[0][one.start : one.end], one.kind) for one in found]


@given(st.data(), ANY_HEADLINE)
def test_spans_are_apart_in_order_and_slice(data: st.DataObject, headline: str) -> None:
    read = document(headline)
    found = find_spans(read, data.draw(readings(read)))
    for one in found:
        text = read.text[one.start : one.end]
        assert text == text.strip() != ""
        assert one.first < one.last
        assert one.start <= read.starts[one.first]
        assert read.ends[one.last - 1] <= one.end
        assert one.kind in KINDS
        assert one.loaded == (one.kind != "plain")
        assert 0 <= one.loading <= 1
    assert all(one.end <= other.start and one.last <= other.first for one, other in pairwise(found))


@given(st.data(), ANY_HEADLINE)
def test_every_word_that_carries_meaning_is_in_a_span(data: st.DataObject, headline: str) -> None:
    read = document(headline)
    found = find_spans(read, data.draw(readings(read)))
    covered = {at for one in found for at in range(one.first, one.last)}
    assert {at for at, word in enumerate(read.words) if word not in function_words()} <= covered


def test_nothing_of_nothing() -> None:
    assert spans("") == spans(" …!? ") == []


def test_plain_words_are_parted_by_words_of_grammar_and_by_marks() -> None:
    headline = "Mayor opens new quay in Ostrel, crew waits"
    assert told(headline, spans(headline)) == [
        ("mayor opens", "plain"), ("new quay", "plain"), ("ostrel", "plain"), ("crew waits", "plain"),
    ] or told(headline, spans(headline)) == [
        ("mayor opens new quay", "plain"), ("ostrel", "plain"), ("crew waits", "plain"),
    ]  # fmt: skip


def test_loaded_words_side_by_side_are_one_term_unless_another_begins() -> None:
    headline = "Mayor utterly humiliated furious crowd"
    kinds: dict[str, Kind] = {"utterly": "emotion", "humiliated": "emotion", "furious": "emotion"}
    assert ("utterly humiliated furious", "emotion") in told(headline, spans(headline, kinds))
    parted = told(headline, spans(headline, kinds, begins=("furious",)))
    assert ("utterly humiliated", "emotion") in parted
    assert ("furious", "emotion") in parted


def test_joining_words_alone_are_no_term() -> None:
    """“the” and “at” stood in a ledger as loaded terms."""
    headline = "President of the Confederacy at risk"
    kinds: dict[str, Kind] = {"the": "judgement", "at": "force"}
    assert all(kind == "plain" for _, kind in told(headline, spans(headline, kinds)))
    assert ("to close", "force") in told("Bank to close", spans("Bank to close", {"to": "force"}))
    assert ("at risk", "force") in told(headline, spans(headline, {**kinds, "risk": "force"}))


@pytest.mark.parametrize(("marks", "count"), [(", ", 2), (": ", 2), (" – ", 1), ("-", 1)])
def test_marks_part_loaded_words_but_dashes_do_not(marks: str, count: int) -> None:
    headline = f"Shocking{marks}brutal"
    found = spans(headline, {"shocking": "judgement", "brutal": "judgement", "shocking-brutal": "judgement"})
    assert len(found) == count


def test_a_quotation_is_a_term_with_its_marks() -> None:
    headline = "Coach calls team ‘rotten at the heart’ again"
    kinds: dict[str, Kind] = {"rotten": "quote", "at": "quote", "the": "quote", "heart": "quote"}
    assert ("'rotten at the heart'", "quote") in told(headline, spans(headline, kinds))


def test_a_name_in_quotation_marks_is_none() -> None:
    headline = "‘Harbour Lights’ returns to the stage"
    assert all(kind == "plain" for _, kind in told(headline, spans(headline)))


def test_a_number_is_a_term_as_a_whole() -> None:
    headline = "Bank slashes 12,000 jobs"
    found = spans(headline, {"12,000": "scale"})
    (number,) = (one for one in found if one.kind == "scale")
    assert canonical(headline)[0][number.start : number.end].startswith("12,000")
    assert number.loading == pytest.approx(SURE, abs=0.2)


def test_a_year_and_a_plain_number_are_none() -> None:
    assert not [
        one for one in spans("Ferry of 1998 returns", {"1998": "scale"}) if one.first == 2 and not one.loaded
    ]
    assert not any(one.loaded for one in spans("Bank opens 3 branches"))
