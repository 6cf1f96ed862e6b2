"""The rows of a corpus and what becomes of them: plain data, the same on every engine."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_EXCERPT = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One article of a corpus.

    Attributes:
        file: the name of its input, as the output names it.
        row: its number there, counted from 1; blank lines and the header do not count.
        columns: what is carried through, as JSON can say it.
        page: a text or HTML file that is still to be read; then ``headline`` and ``body`` are empty.
    """

    file: str
    row: int
    id: str | None
    headline: str
    body: str
    columns: Mapping[str, Any] = field(default_factory=dict)
    page: bytes | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that cannot be read, or on which the scorer failed.

    Attributes:
        line: where it begins in the file, counted from 1; None where the input has no lines.
        cause: what was wrong with it, in one sentence.
        text: how it begins, so that it can be found.
    """

    file: str
    row: int
    line: int | None
    cause: str
    text: str


@dataclass(frozen=True, slots=True)
class Broken:
    """What a reader found where a row should be (see :class:`Reject`)."""

    cause: str
    text: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Consecutive rows of a corpus, the unit that is scored, written and resumed.

    Attributes:
        number: counted from 1.
        read_to: bytes of all inputs up to the end of this part, for the progress.
    """

    number: int
    items: tuple[Row | Reject, ...]
    read_to: int


def checksum(part: Part) -> str:
    """SHA-256 of all that is read of a part."""
    digest = hashlib.sha256()
    for item in part.items:
        if isinstance(item, Row):
            texts = [item.file, str(item.row), repr(item.id), item.headline, item.body, repr(item.columns)]
            pieces = [*(text.encode("utf-8", "surrogatepass") for text in texts), item.page or b""]
        else:
            pieces = [repr(item).encode("utf-8", "surrogatepass")]
        for piece in pieces:
            digest.update(b"%d " % len(piece) + piece)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Counts:
    """Of rows: ``scored + not_scored + rejected == read``.

    ``reasons`` says how many were not scored for which reason.
    """

    read: int = 0
    scored: int = 0
    not_scored: int = 0
    rejected: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.read + other.read,
            self.scored + other.scored,
            self.not_scored + other.not_scored,
            self.rejected + other.rejected,
            {
                reason: self.reasons.get(reason, 0) + other.reasons.get(reason, 0)
                for reason in (*self.reasons, *other.reasons)
            },
        )


def excerpt(text: str) -> str:
    """How a text begins, on one line, in at most 200 characters."""
    return " ".join(text[: 4 * _EXCERPT].split())[:_EXCERPT]


def counted(count: int, one: str, many: str | None = None) -> str:
    """``"1 row"``, ``"12,000 rows"``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
