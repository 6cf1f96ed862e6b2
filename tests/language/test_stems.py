"""Stems: one form for the inflections of a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational.language import stems
from sensational.language.stems import _stem, stem


@pytest.mark.parametrize(
    "forms",
    [("retreat", "retreats", "retreated", "retreating"), ("crisis", "crisis"), ("scare", "scared", "scares")],
)
def test_inflections_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


def test_different_words_do_not() -> None:
    assert len({stem(word) for word in ("retreat", "retire", "return", "rout")}) == 4


@given(st.text(max_size=40))
def test_any_text_has_a_stem_and_the_memory_changes_nothing(text: str) -> None:
    first = stem(text)
    _stem.cache_clear()
    assert stem(text) == first
    assert len(first) <= len(text) + 1


def test_the_memory_is_bounded() -> None:
    assert _stem.cache_info().maxsize == 262_144


def test_an_endless_word_is_not_remembered() -> None:
    before = _stem.cache_info().currsize
    assert stem("a" * 101) == "a" * 101
    assert _stem.cache_info().currsize == before


@pytest.mark.parametrize(
    ("word", "other"),
    [("added", "ad"), ("evening", "even"), ("organized", "organ"), ("internal", "international")],
)
def test_corrected_stems_keep_words_apart(word: str, other: str) -> None:
    assert stem(word) != stem(other)


@pytest.mark.parametrize("word", sorted(stems._CORRECTED))
def test_a_corrected_stem_is_still_needed(word: str) -> None:
    assert stems._stemmer().stem(word) != stem(word)


def test_many_at_once_are_as_one_by_one() -> None:
    assert stems.stems(["fleeing", "troops"]) == [stem("fleeing"), stem("troops")]


@pytest.mark.xfail(strict=True, reason="irregular forms are the lexicon's business, not the stemmer's")
def test_irregular_forms() -> None:
    assert stem("fled") == stem("flee")
