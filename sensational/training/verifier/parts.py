"""Which labelled articles train the verifier, which fit what is built on it, and which only test."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal
from zlib import crc32

Part = Literal["train", "fit", "test"]
SHINGLE = 8
OVERLAP = 0.3
"""Two bodies that share this much of their runs of eight words are the same article."""


def part_of(article: str) -> Part:
    """The part of an article of ``benchmarks/headlines``, with all that was made from it.

    One eighth tests. One twelfth is kept from the verifier too and fits what reads its probabilities: the
    combiner, the weights of the score and its interval.

    Args:
        article: its id; ``changed-0123a`` was made from ``real-0123`` and stays with it.
    """
    number = crc32(original_of(article).encode("utf-8"))
    if number % 8 == 0:
        return "test"
    return "fit" if number % 24 in (1, 2) else "train"


def original_of(article: str) -> str:
    """The article that this one was made from, or itself."""
    if article.startswith("changed-"):
        return "real-" + article.removeprefix("changed-")[:4]
    return article


def story_is_tested(story: Iterable[str]) -> bool:
    """Whether a story of FNC-1, told by the ids of its bodies, is kept for testing: one in four."""
    return crc32(min(story).encode("utf-8")) % 4 == 0


class Known:
    """Finds bodies that share much of their wording with given ones."""

    def __init__(self, bodies: Iterable[str]) -> None:
        self._texts = [_shingles(body) for body in bodies]
        self._where: dict[int, list[int]] = {}
        for number, shingles in enumerate(self._texts):
            for one in shingles:
                self._where.setdefault(one, []).append(number)

    def holds(self, body: str) -> bool:
        """Whether one of the given bodies is this one, or a version of it."""
        shingles = _shingles(body)
        shared: dict[int, int] = {}
        for one in shingles:
            for number in self._where.get(one, ()):
                shared[number] = shared.get(number, 0) + 1
        return any(
            count > OVERLAP * min(len(shingles), len(self._texts[number])) for number, count in shared.items()
        )


def _shingles(text: str) -> set[int]:
    words: Sequence[str] = text.lower().split()
    return {hash(tuple(words[i : i + SHINGLE])) for i in range(len(words) - SHINGLE + 1)}
