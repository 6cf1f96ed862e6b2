"""Stems: one form for the inflections of a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational.language.stems import stem


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
    stem.cache_clear()
    assert stem(text) == first
    assert len(first) <= len(text) + 1


def test_the_memory_is_bounded() -> None:
    assert stem.cache_info().maxsize is not None


@pytest.mark.xfail(strict=True, reason="irregular forms are the lexicon's business, not the stemmer's")
def test_irregular_forms() -> None:
    assert stem("fled") == stem("flee")
