"""Labelled headlines, and what a method's terms get right of them, whichever method it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sensational.evaluation import ledgers
from sensational.evaluation.ledgers import Mark, Said, Span
from sensational.evaluation.rows import Row, read_rows
from sensational.training.verifier.parts import original_of

FIRST = 2
"""So many sentences of a method's evidence count."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A headline with its labels.

    Attributes:
        row: as it stands in the set.
        body: the text under it.
        document: the article, with all that was made from it.
        evidence: the deciding spans of the body, for each marked term.
    """

    row: Row
    body: str
    document: str
    evidence: tuple[tuple[Span, ...], ...]

    @property
    def headline(self) -> str:
        """The headline's text."""
        return str(self.row["headline"])

    @property
    def divergence(self) -> float:
        """The readers' divergence, 0 to 100."""
        return float(self.row["divergence"])


def read(path: Path, headlines: str, articles: str) -> list[Labelled]:
    """All headlines of a set, in the order of its file.

    Args:
        path: the folder of the set.
        headlines: the name of the file of headlines.
        articles: the name of the file of articles.

    Raises:
        OSError: a file cannot be read.
    """
    found = {row["id"]: row for row in read_rows(path, articles)}
    return [_labelled(row, found[row["article"]]) for row in read_rows(path, headlines)]


def _labelled(row: Row, article: Row) -> Labelled:
    return Labelled(
        row,
        article["body"],
        original_of(row["article"]),
        tuple(_evidence(term, article) for term in row["terms"]),
    )


def _evidence(term: Row, article: Row) -> tuple[Span, ...]:
    """Deciding spans: real bodies have the numbers of the sentences, written ones the characters."""
    found = [article["sentences"][one] if isinstance(one, int) else one for one in term["evidence"]]
    return tuple((start, end) for start, end in found)


def loaded(item: Labelled) -> list[Span]:
    """Where its loaded terms stand."""
    return [(term["start"], term["end"]) for term in item.row["terms"] if term["loaded"]]


def beside(term: Row, verdict: str) -> Said:
    """A verdict beside the readers'."""
    return ledgers.said([term["verdict"]], term["also"], verdict)


def verdicts(item: Labelled, terms: Sequence[Mark]) -> list[Said]:
    """The verdicts of a method's terms on the marked terms."""
    return [beside(term, ledgers.verdict_at(term["start"], term["end"], terms)) for term in item.row["terms"]]


@dataclass(frozen=True, slots=True)
class Decided:
    """A marked term with evidence, and the sentences that a method shows for it.

    ``shown`` is None where nothing is asked: the method has no term there, or supports it without evidence.
    """

    document: str
    span: Span
    texts: tuple[str, str]
    wanted: tuple[Span, ...]
    shown: tuple[Span, ...] | None


def decided(item: Labelled, terms: Sequence[Mark] = ()) -> list[Decided]:
    """The marked terms that have evidence."""
    found = []
    for term, wanted in zip(item.row["terms"], item.evidence, strict=True):
        if not wanted:
            continue
        span = (term["start"], term["end"])
        here = ledgers.overlapping(*span, terms)
        asked = here is not None and (here.evidence or here.verdict != "supported")
        shown = here.evidence if here is not None and asked else None
        found.append(Decided(item.document, span, (item.headline, item.body), wanted, shown))
    return found


def hit(shown: Sequence[Span] | None, wanted: Sequence[Span]) -> float:
    """1 where one of the first sentences that are shown overlaps a deciding one, else 0."""
    return float(any(ledgers.meets(span, wanted) for span in (shown or ())[:FIRST]))
