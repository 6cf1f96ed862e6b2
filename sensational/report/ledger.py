"""The ledger: each term with what the article says of it, why the two differ, and its points."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from sensational.analysis import Term, readings
from sensational.report.excerpts import Quote, quotes_of
from sensational.report.safe import shortened


@dataclass(frozen=True, slots=True)
class Entry:
    """One term as the ledger shows it, in one row.

    ``points`` are whole and add up to the divergence; ``shown_points`` is what stands in the row (nothing for
    a supported term, a dash where the article was not scored). ``also`` is the other verdict that is likely,
    if the term is open for discussion (see :func:`sensational.analysis.readings`). ``likely`` has both with
    their probabilities. ``claimed`` is how much the term claims, 0 to 1, ``support`` its expected support,
    all verdicts weighed, and ``supported`` the product of the two.
    """

    number: int
    anchor: str
    start: int
    end: int
    text: str
    loaded: bool
    verdict: str
    also: tuple[str, ...]
    likely: tuple[tuple[str, float], ...]
    quotes: tuple[Quote, ...]
    reason: str
    points: int
    shown_points: str
    claimed: float
    supported: float
    support: float
    contribution: float
    without: float | None

    @property
    def open(self) -> bool:
        """Whether the article was found to bear out less than the term claims."""
        return self.verdict not in ("", "supported")


def entry_of(number: int, term: Term, points: int, body: str) -> Entry:
    """A term as the ledger shows it.

    Args:
        number: its place in the order of the ledger, from 1.
        term: the term; its text safe to show.
        points: whole points that it is given.
        body: the body that evidence offsets are into.
    """
    support = 1.0 if term.support is None else term.support
    also = readings(term.verdict, term.probabilities)[1:]
    return Entry(
        number=number,
        anchor=f"term-{number}",
        start=term.start,
        end=term.end,
        text=shortened(term.text, 160),
        loaded=term.loaded,
        verdict=term.verdict or "",
        also=also,
        likely=tuple((v, term.probabilities[v]) for v in (term.verdict, *also) if v in term.probabilities),
        quotes=quotes_of(number, term, body),
        reason=term.reason or "",
        points=points,
        shown_points=_shown(term, points),
        claimed=term.loading,
        supported=term.loading * support,
        support=support,
        contribution=term.contribution or 0.0,
        without=term.without if term.without is not None and isfinite(term.without) else None,
    )


def _shown(term: Term, points: int) -> str:
    if term.verdict is None:
        return "–"
    if term.verdict == "supported":
        return ""
    return str(points) if points else "<1"
