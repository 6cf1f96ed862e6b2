"""Quotation marks, and what only looks like them."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational.language.quotations import Quotation, find_quotations


def inner(text: str) -> list[str]:
    return [text[q.inner_start : q.inner_end] for q in find_quotations(text)]


def only(text: str) -> Quotation:
    (found,) = find_quotations(text)
    return found


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“We sold the boat,” she said.", ["We sold the boat,"]),
        ('"We sold the boat," she said.', ["We sold the boat,"]),
        ("'We sold the boat,' she said.", ["We sold the boat,"]),
        ("‘We sold the boat,’ she said.", ["We sold the boat,"]),
        ("„Wir“ is a word", ["Wir"]),
        ("«Allons» he cried", ["Allons"]),
        ("Mayor ‘furious’ over ‘dirty’ buses", ["furious", "dirty"]),
        ("Mayor 'furious' over 'dirty' buses", ["furious", "dirty"]),
        ("She said: “He told me ‘go home’ and left.”", ["He told me ‘go home’ and left.", "go home"]),
        ("She said: \"He told me 'go home' and left.\"", ["He told me 'go home' and left.", "go home"]),
        ("(“Bread first.”)", ["Bread first."]),
        ("He called it “big”—and “bad”.", ["big", "bad"]),
        ("'The dogs' owner never paid,' she said.", ["The dogs' owner never paid,"]),
        ("‘It’s the players’ fault,’ he said.", ["It’s the players’ fault,"]),
        ("the plank was 6'2\" long", []),
        ("“I don’t know,” he said. “I can’t say.”", ["I don’t know,", "I can’t say."]),
        ("“[We] will go,” he said", ["[We] will go,"]),
        ("'[We] will go,' he said", ["[We] will go,"]),
    ],
)
def test_quoted_words_are_found(text: str, quoted: list[str]) -> None:
    assert inner(text) == quoted


@pytest.mark.parametrize(
    "text",
    [
        "the '90s and the ’80s were rock 'n' roll years",
        "the dogs' bowls and the cats’ beds",
        "don't, won’t, o'clock, O’Brien's",
        "'Tis the season, and 'twas ever thus",
        "",
        "no marks at all",
        '"',
        "' ' '",
        "get 'em while they're hot",
    ],
)
def test_apostrophes_are_no_quotation(text: str) -> None:
    assert inner(text) == []


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "He said: “We waited all night.\nThe bus never came, the driver wrote."
    found = only(text)
    assert text[found.start : found.end] == "“We waited all night."
    assert not found.closed
    assert not found.continues


def test_an_opening_mark_continues_the_quotation_of_the_last_paragraph() -> None:
    text = "He said: “We waited all night.\n\n“The bus never came.”\n\n“No,” said another."
    first, second, third = find_quotations(text)
    assert (first.closed, second.continues, third.continues) == (False, True, False)
    assert (first.paragraph, second.paragraph, third.paragraph) == (0, 1, 2)


@pytest.mark.parametrize(
    ("text", "scare"),
    [
        ("the ‘experts’ came", True),
        ("a “very fair offer” came", True),
        ("“No,” he said.", False),
        ("a “very fair and open offer” came", False),
        ("they called it a “disaster.”", True),
    ],
)
def test_scare_quotes(text: str, scare: bool) -> None:
    assert only(text).scare is scare


@given(st.text(alphabet="ab S.,:\n\"'“”‘’", max_size=60))
def test_quotations_slice_nest_and_never_cross(text: str) -> None:
    found = find_quotations(text)
    for one in found:
        assert 0 <= one.start < one.inner_start <= one.inner_end <= one.end <= len(text)
        assert "\n" not in text[one.start : one.end]
    for one, other in pairwise(found):
        assert one.start < other.start
        assert other.start >= one.end or other.end <= one.end


@pytest.mark.parametrize("mark", ['"', "“", "”", "'", "‘", "’", "“a ", '"a ', "'a ", "‘a’ s' ", '“a”\n"'])
def test_time_is_linear_in_marks(mark: str) -> None:
    started = time.perf_counter()
    find_quotations(mark * 10_000)
    find_quotations("a " + mark * 10_000)
    assert time.perf_counter() - started < 2
