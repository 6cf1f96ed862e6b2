"""Stems: one form for the inflections of a word."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

_CORRECTED = {
    "added": "add", "adding": "add", "evening": "evening", "evenings": "evening",
    "emergency": "emergenc", "emergencies": "emergenc", "realization": "realiz",
    "internal": "internal", "international": "internat", "universal": "universal",
    "university": "universiti", "universities": "universiti",
    "organization": "organiz", "organizations": "organiz", "organize": "organiz", "organized": "organiz",
    "organizer": "organiz", "organizers": "organiz", "organizes": "organiz", "organizing": "organiz",
}  # fmt: skip
"""Stems that Snowball has corrected since NLTK's version, in which "added" has the stem of "ad"."""


@cache
def _stemmer() -> Any:
    from sensational.language.nltk_parts import EnglishStemmer

    return EnglishStemmer()


@lru_cache(maxsize=262_144)
def stem(word: str) -> str:
    """Snowball (Porter 2) stem of one lower-case word, by NLTK; source: https://snowballstem.org."""
    return _CORRECTED.get(word) or str(_stemmer().stem(word))


def stems(words: Iterable[str]) -> list[str]:
    """The stem of each word."""
    return list(map(stem, words))
