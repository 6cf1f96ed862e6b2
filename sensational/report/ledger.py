"""The ledger: each term with what the article says of it, why the two differ, and its points."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from sensational.analysis import Term
from sensational.report.excerpts import Quote, quotes_of
from sensational.report.safe import shortened
from sensational.report.sentences import plural


@dataclass(frozen=True, slots=True)
class Entry:
    """One term as the ledger shows it, in one row.

    ``points`` are whole and add up to the divergence; ``shown_points`` is what stands in the row (nothing for
    a supported term, a dash where the article was not scored). ``probability`` is that of the verdict.
    ``claimed`` and ``supported`` are how much the term claims and how much of that is borne out, 0 to 1;
    ``support`` is the share that is borne out. ``more`` says how many more sentences bear on the term.
    """

    number: int
    anchor: str
    start: int
    end: int
    text: str
    loaded: bool
    verdict: str
    also: tuple[str, ...]
    probability: float | None
    quotes: tuple[Quote, ...]
    more: str
    reason: str
    points: int
    shown_points: str
    claimed: float
    supported: float
    support: float
    contribution: float
    without: float | None


def entry_of(number: int, term: Term, points: int, body: str) -> Entry:
    """A term as the ledger shows it.

    Args:
        number: its place in the order of the ledger, from 1.
        term: the term; its text safe to show.
        points: whole points that it is given.
        body: the body that evidence offsets are into.
    """
    support = 1.0 if term.support is None else term.support
    quotes, further = quotes_of(number, term, body)
    return Entry(
        number=number,
        anchor=f"term-{number}",
        start=term.start,
        end=term.end,
        text=shortened(term.text, 160),
        loaded=term.loaded,
        verdict=term.verdict or "",
        also=tuple(verdict for verdict in term.also if verdict != term.verdict),
        probability=term.probabilities.get(term.verdict) if term.verdict else None,
        quotes=quotes,
        more=f"and {plural(further, 'more sentence')} of the article" if further else "",
        reason=term.reason or "",
        points=points,
        shown_points="–" if term.verdict is None else "" if term.verdict == "supported" else str(points),
        claimed=term.loading,
        supported=term.loading * support,
        support=support,
        contribution=term.contribution or 0.0,
        without=term.without if term.without is not None and isfinite(term.without) else None,
    )
