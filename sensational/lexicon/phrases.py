"""Finds the words and phrases of a list in a run of tokens, the longest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")
Hit: TypeAlias = tuple[int, tuple[T, ...]]


class Phrases(Generic[T]):
    """Values by phrase, looked up by the phrase's first two words: most tokens cost one dict access.

    Args:
        pairs: (phrase, value); words of a phrase are separated by single spaces, in lower case.
            Values of equal phrases are kept together, in order.

    Attributes:
        first_words: the words with which a phrase begins.
    """

    __slots__ = ("_alone", "_by_first", "_followed", "first_words")

    def __init__(self, pairs: Iterable[tuple[str, T]]) -> None:
        by_phrase: dict[tuple[str, ...], list[T]] = {}
        for phrase, value in pairs:
            by_phrase.setdefault(tuple(phrase.split(" ")), []).append(value)
        self._by_first: dict[str, _Begun[T]] = {}
        for words in sorted(by_phrase, key=lambda words: (-len(words), words)):
            begun = self._by_first.setdefault(words[0], _Begun())
            hit = (len(words), tuple(by_phrase[words]))
            if len(words) == 1:
                begun.single = hit
            else:
                begun.longer.setdefault(words[1], []).append((words, hit))
        self.first_words = frozenset(self._by_first)
        self._alone = frozenset(word for word, begun in self._by_first.items() if begun.single)
        self._followed = {
            word: frozenset(begun.longer) for word, begun in self._by_first.items() if begun.longer
        }

    def at(self, words: Sequence[str], position: int) -> Hit[T] | None:
        """The longest phrase that begins at ``position``: its number of words, and its values."""
        begun = self._by_first.get(words[position])
        if begun is None:
            return None
        if begun.longer and position + 1 < len(words):
            for phrase, hit in begun.longer.get(words[position + 1], ()):
                length = hit[0]
                if length == 2 or tuple(words[position : position + length]) == phrase:
                    return hit
        return begun.single

    def places(self, words: Sequence[str], first: int, last: int) -> list[int]:
        """The tokens from ``first`` to ``last`` (exclusive) at which, by two words, a phrase may begin.

        Most words begin none: this passes over them at a fraction of a look-up's cost.
        """
        alone, followed = self._alone, self._followed
        final = len(words) - 1
        begun = compress(range(first, last), map(self.first_words.__contains__, words[first:last]))
        return [
            at for at in begun if words[at] in alone or (at < final and words[at + 1] in followed[words[at]])
        ]

    def all(self, words: Sequence[str]) -> list[tuple[int, int, tuple[T, ...]]]:
        """All longest phrases as (first, last exclusive, values), none overlapping, in order."""
        found = []
        free = 0
        for position in self.places(words, 0, len(words)):
            here = self.at(words, position) if position >= free else None
            if here:
                free = position + here[0]
                found.append((position, free, here[1]))
        return found


class _Begun(Generic[T]):
    """The phrases that begin with one word: itself, and by their second word longer ones, longest first."""

    __slots__ = ("longer", "single")

    def __init__(self) -> None:
        self.single: Hit[T] | None = None
        self.longer: dict[str, list[tuple[tuple[str, ...], Hit[T]]]] = {}
