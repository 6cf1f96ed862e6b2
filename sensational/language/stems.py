"""Stems: one form for the inflections of a word."""

from __future__ import annotations

from functools import lru_cache

# The pure Python stemmer is named outright: ``snowballstemmer.stemmer`` switches to PyStemmer where
# that happens to be installed, and a score must not depend on what a machine has.
from snowballstemmer.english_stemmer import EnglishStemmer

_STEMMER = EnglishStemmer()


@lru_cache(maxsize=262_144)
def stem(word: str) -> str:
    """Snowball (Porter 2) stem of one lower-case word; source: https://snowballstem.org."""
    return str(_STEMMER.stemWord(word))
