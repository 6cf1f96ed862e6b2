"""Nearness of meaning, rarity and usual case of words, from a table trained on news.

The table is ``resources/vectors.npz`` (see ``training/vectors.py``): for each of the most frequent words
of the news, in order of frequency, a vector of small whole numbers, the number of documents that hold it,
and how often it has a capital inside a sentence. Which words are near each other is worked out in training,
so that scoring looks it up and multiplies no vectors.

Opposites (*rose*, *fell*) are near each other, for they stand in the same places. A high cosine says that
two words are about the same thing, never that they agree: the ladders of the lexicon tell that.

Cosines come from whole numbers and are the same on every machine: components lie in -127 to 127, so that
the dot product of two vectors of up to 1,000 components stays below 2^24, where 32-bit floats add whole
numbers exactly in any order; square root and division are then rounded as IEEE 754 demands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from math import sqrt
from typing import TYPE_CHECKING, Any

from sensational.language.stems import stem
from sensational.steady import log

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

NEAR = 0.6
"""Words of this cosine or more are held as near each other."""

_UNKNOWN_CASE = 255
_CASE_SCALE = 200
_NEAR_SCALE = 10_000


@dataclass(frozen=True, slots=True)
class _Table:
    rows: dict[str, int]
    """Word to its row; the first ``len(near_ends)`` rows have a vector."""
    near_ends: npt.NDArray[np.int32]
    """Where in the next two the near words of each row end."""
    near_rows: npt.NDArray[np.uint16]
    near_cosines: npt.NDArray[np.uint16]
    """In ten-thousandths."""
    documents: int
    word_documents: list[int]
    stem_documents: dict[str, int]
    capitals: bytes


@dataclass(frozen=True, slots=True)
class _Vectors:
    vectors: npt.NDArray[np.float32]
    """Whole numbers, held as floats because those multiply fast."""
    squares: npt.NDArray[np.float64]
    """Squared length of each vector, a whole number too; 1 for the few vectors that are nought."""


@cache
def _table() -> _Table:
    """All of the table but the vectors, read at first use (numpy is imported here, not before)."""
    import numpy as np

    with (
        resources.as_file(resources.files("sensational.resources") / "vectors.npz") as path,
        np.load(path, allow_pickle=False) as held,
    ):
        return _Table(
            rows={word: row for row, word in enumerate(_unpacked(held["words"]))},
            near_ends=held["near_ends"],
            near_rows=held["near_rows"],
            near_cosines=held["near_cosines"],
            documents=int(held["documents"][0]),
            word_documents=held["word_documents"].tolist(),
            stem_documents=dict(zip(_unpacked(held["stems"]), held["stem_documents"].tolist(), strict=True)),
            capitals=held["capitals"].tobytes(),
        )


@cache
def _vectors() -> _Vectors:
    """The vectors, read at first use: scoring has none."""
    import numpy as np

    with (
        resources.as_file(resources.files("sensational.resources") / "vectors.npz") as path,
        np.load(path, allow_pickle=False) as held,
    ):
        vectors = held["vectors"].astype(np.float32)
    return _Vectors(vectors, np.maximum(np.einsum("ij,ij->i", vectors, vectors), 1).astype(np.float64))


def _unpacked(packed: npt.NDArray[Any]) -> list[str]:
    return packed.tobytes().decode("utf-8").split("\n")


def _plain(word: str) -> str:
    """Lower case, apostrophe straightened, possessive cut off: the form of the table."""
    word = word.lower().replace("’", "'")
    return word.removesuffix("'s").removesuffix("'")


@lru_cache(maxsize=65_536)
def row(word: str) -> int | None:
    """Rank of ``word`` by frequency in the news, from 0, where it has a vector; None where not."""
    table = _table()
    found = table.rows.get(word)
    if found is None:
        found = table.rows.get(_plain(word))
    return found if found is not None and found < len(table.near_ends) else None


def nearness(headline_words: Sequence[str], body_words: Sequence[str]) -> list[tuple[str, float] | None]:
    """For each headline word the nearest body word and their cosine, -1 to 1, rounded to four decimals.

    The first of equally near body words is taken. None where the headline word has no vector, or no body
    word has one. A word that stands in the body as well comes out with cosine 1: leave it out if that is
    not what is asked.
    """
    cosines, ours, names = _cosines(headline_words, body_words)
    if not names:
        return [None] * len(ours)
    answers = iter(
        [
            (names[at], round(top, 4))
            for at, top in zip(cosines.argmax(axis=1), cosines.max(axis=1).tolist(), strict=True)
        ]
    )
    return [None if place is None else next(answers) for place in ours]


def alike(
    headline_words: Sequence[str],
    body_words: Mapping[str, int],
    passed_over: AbstractSet[str] = frozenset(),
    least: float = NEAR,
) -> list[tuple[tuple[str, float], ...]]:
    """For each headline word all body words whose cosine is ``least`` or more, in order.

    Of body words that share a vector (*Hale*, *Hale's*) the first.

    Args:
        headline_words: in any writing.
        body_words: as in ``Document.vocabulary``: in lower case, apostrophes straightened, each with its
            number in their order.
        passed_over: words of the body that are not asked for.
        least: a cosine.

    Raises:
        ValueError: ``least`` is below :data:`NEAR`; such words are not held.
    """
    if least < NEAR:
        raise ValueError(f"words less alike than {NEAR} are not held; ask for {NEAR} or more, not {least}")
    found = []
    for word in headline_words:
        near = _near(word)
        first: dict[int, tuple[str, float]] = {}
        for form in sorted((near.keys() & body_words.keys()) - passed_over, key=body_words.__getitem__):
            place, cosine = near[form]
            if cosine >= least:
                first.setdefault(place, (form, cosine))
        found.append(tuple(first.values()))
    return found


@lru_cache(maxsize=8192)
def _near(word: str) -> dict[str, tuple[int, float]]:
    """Row and cosine of all forms of words that are :data:`NEAR` or nearer to ``word``, itself among them."""
    place = row(word)
    if place is None:
        return {}
    table, names = _table(), _names()
    start, end = int(table.near_ends[place - 1]) if place else 0, int(table.near_ends[place])
    found = {}
    rows, cosines = table.near_rows[start:end].tolist(), table.near_cosines[start:end].tolist()
    for other, cosine in zip(rows, cosines, strict=True):
        name = names[other]
        found[name] = (other, cosine / _NEAR_SCALE)
        possessive = f"{name}'s"
        if possessive not in table.rows:
            found[possessive] = found[name]
    return found


@cache
def _names() -> list[str]:
    """The words of the table, by row."""
    return list(_table().rows)


def _cosines(
    headline_words: Sequence[str], body_words: Sequence[str]
) -> tuple[npt.NDArray[Any], list[int | None], list[str]]:
    """Cosines (headline words that have a vector, body words that have one), with their places and names."""
    import numpy as np

    table = _vectors()
    ours = [row(word) for word in headline_words]
    theirs: dict[int, str] = {}
    for word in body_words:
        place = row(word)
        if place is not None and place not in theirs:
            theirs[place] = word
    wanted = [place for place in ours if place is not None]
    if not wanted or not theirs:
        return np.zeros((0, 0)), ours, []
    places = np.fromiter(theirs, dtype=np.intp, count=len(theirs))
    dots = table.vectors.take(wanted, axis=0) @ table.vectors.take(places, axis=0).T
    lengths = np.sqrt(
        np.maximum(np.multiply.outer(table.squares.take(wanted), table.squares.take(places)), 1)
    )
    return dots.astype(np.float64) / lengths, ours, list(theirs.values())


def cosine(one: str, other: str) -> float | None:
    """Cosine of two words, -1 to 1, rounded to four decimals; None where either has no vector."""
    table = _vectors()
    first, second = row(one), row(other)
    if first is None or second is None:
        return None
    dot = float(table.vectors[first] @ table.vectors[second])
    return round(dot / sqrt(table.squares[first] * table.squares[second]), 4)


def neighbours(word: str, count: int = 10) -> list[tuple[str, float]]:
    """The words nearest to ``word``, nearest first, with their cosines; empty where it has no vector."""
    import numpy as np

    table = _vectors()
    place = row(word)
    if place is None:
        return []
    cosines = (table.vectors @ table.vectors[place]) / np.sqrt(table.squares * table.squares[place])
    names = _names()
    order = np.argsort(-cosines, kind="stable")[: count + 1].tolist()
    return [(names[one], round(float(cosines[one]), 4)) for one in order if one != place][:count]


@lru_cache(maxsize=65_536)
def idf(word: str) -> float:
    """Rarity of a word in the news: log((N + 1) / (n + 1)), n of N documents holding its stem.

    From about 0 (*the*) to ``log(N + 1)``, about 9.8, for a word never seen; rounded to four decimals.
    Source: K. Spärck Jones, Journal of Documentation 28, 1972, smoothed by one.
    """
    table = _table()
    held = table.stem_documents.get(stem(_plain(word)), 0)
    return round(log((table.documents + 1) / (held + 1)), 4)


@lru_cache(maxsize=65_536)
def frequency(word: str) -> float:
    """Share of news documents that hold exactly this form, 0 to 1; 0 where it is not in the table."""
    table = _table()
    found = table.rows.get(_plain(word))
    return 0.0 if found is None else round(table.word_documents[found] / table.documents, 6)


@lru_cache(maxsize=65_536)
def capital_share(word: str) -> float | None:
    """Share of capitals, 0 to 1, among the word's places inside sentences; None where hardly seen.

    Near 1 for proper names (*putin*), near 0 for common words (*troops*), between for both (*brown*).
    """
    table = _table()
    found = table.rows.get(_plain(word))
    if found is None or table.capitals[found] == _UNKNOWN_CASE:
        return None
    return table.capitals[found] / _CASE_SCALE
