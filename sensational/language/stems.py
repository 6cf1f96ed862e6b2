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

_REMEMBERED = 100


@cache
def _stemmer() -> Any:
    from sensational.language.nltk_parts import EnglishStemmer

    return EnglishStemmer()


@lru_cache(maxsize=262_144)
def _stem(word: str) -> str:
    return _CORRECTED.get(word) or str(_stemmer().stem(word))


def stem(word: str) -> str:
    """Snowball (Porter 2) stem of one lower-case word, by NLTK; source: https://snowballstem.org."""
    # Endless words are not remembered: a corpus of them would fill the memory.
    return _stem(word) if len(word) <= _REMEMBERED else _stem.__wrapped__(word)


def stems(words: Iterable[str]) -> list[str]:
    """The stem of each word."""
    return list(map(stem, words))
