"""Stems: one form for the inflections of a word."""

from __future__ import annotations

from collections.abc import Iterable

# Snowball's own C code, named outright: ``snowballstemmer`` is the same in pure Python, fifty times slower.
from Stemmer import Stemmer

MOST_KNOWN = 262_144
"""So many words are remembered; then the memory starts anew."""


class _Known(dict[str, str]):
    """Stems by word, each worked out when it is first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._stemmer = Stemmer("english", 0)

    def __missing__(self, word: str) -> str:
        if len(self) >= MOST_KNOWN:
            self.clear()
        found = self[word] = str(self._stemmer.stemWord(word))
        return found


_KNOWN = _Known()


def stem(word: str) -> str:
    """Snowball (Porter 2) stem of one lower-case word; source: https://snowballstem.org."""
    return _KNOWN[word]


def stems(words: Iterable[str]) -> list[str]:
    """The stem of each word."""
    return list(map(_KNOWN.__getitem__, words))
