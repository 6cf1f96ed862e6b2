"""Finds the words and phrases of a list in a run of tokens, the longest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Phrases(Generic[T]):
    """Values by phrase, looked up by the phrase's first word: one dict access a token.

    Args:
        pairs: (phrase, value); words of a phrase are separated by single spaces, in lower case.
            Values of equal phrases are kept together, in order.
    """

    __slots__ = ("_by_first",)

    def __init__(self, pairs: Iterable[tuple[str, T]]) -> None:
        by_phrase: dict[tuple[str, ...], list[T]] = {}
        for phrase, value in pairs:
            by_phrase.setdefault(tuple(phrase.split(" ")), []).append(value)
        self._by_first: dict[str, list[tuple[tuple[str, ...], tuple[T, ...]]]] = {}
        for words in sorted(by_phrase, key=lambda words: (-len(words), words)):
            self._by_first.setdefault(words[0], []).append((words, tuple(by_phrase[words])))

    def at(self, words: Sequence[str], position: int) -> tuple[int, tuple[T, ...]] | None:
        """The longest phrase that begins at ``position``: its number of words, and its values."""
        for phrase, values in self._by_first.get(words[position], ()):
            if len(phrase) == 1 or tuple(words[position : position + len(phrase)]) == phrase:
                return len(phrase), values
        return None

    def all(self, words: Sequence[str]) -> list[tuple[int, int, tuple[T, ...]]]:
        """All longest phrases as (first, last exclusive, values), none overlapping, in order."""
        found = []
        position = 0
        while position < len(words):
            here = self.at(words, position)
            if here:
                found.append((position, position + here[0], here[1]))
            position += here[0] if here else 1
        return found
