"""The ledger: each term with what the body says of it, why it falls short, and its points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import isfinite

from sensational.analysis import Gap, Term
from sensational.report.excerpts import Part, Quote, quotes_of
from sensational.report.points import kept_share
from sensational.report.safe import shortened
from sensational.report.sentences import plural
from sensational.report.tokens import tokens


@dataclass(frozen=True, slots=True)
class Entry:
    """One term as the ledger shows it."""

    number: int
    anchor: str
    start: int
    end: int
    text: str
    loaded: bool
    verdict: str
    also: tuple[str, ...]
    quotes: tuple[Quote, ...]
    more: str
    """How many further places of the body bear on it, in words; empty for none."""
    reasons: tuple[str, ...]
    points: int
    claimed: float
    supported: float
    shortfall: float
    weight: float | None
    kept: float
    contribution: float
    without: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the ledger: one loaded term, or all plain terms that one sentence judges alike."""

    entries: tuple[Entry, ...]
    text: str
    verdict: str
    also: tuple[str, ...]
    quotes: tuple[Quote, ...]
    more: str
    reason: str
    points: int


def entry_of(
    number: int, term: Term, points: int, divergence: float, body: str, sentences: Sequence[tuple[int, int]]
) -> Entry:
    """A term as the ledger shows it.

    Args:
        number: its place in the order of the ledger, from 1.
        term: the term; its text safe to show.
        points: whole points that it is given.
        divergence: of the article, 0 to 100.
        body: the body that evidence offsets are into.
        sentences: where the sentences of the body begin and end, in order.
    """
    support = 1.0 if term.support is None else term.support
    quotes, further = quotes_of(number, term, body, sentences)
    contribution = term.contribution or 0.0
    kept = kept_share(contribution, divergence)
    shortfall = 1.0 - support
    return Entry(
        number=number,
        anchor=f"term-{number}",
        start=term.start,
        end=term.end,
        text=shortened(term.text, 160),
        loaded=term.loaded,
        verdict=term.verdict or "",
        also=tuple(verdict for verdict in term.also if verdict != term.verdict),
        quotes=quotes,
        more=f"and {plural(further, 'more place')} in the body" if further else "",
        reasons=_reasons(term),
        points=points,
        claimed=term.loading,
        supported=term.loading * support,
        shortfall=shortfall,
        weight=min(1.0, (1.0 - kept) / shortfall) if shortfall > 1e-9 else None,
        kept=kept,
        contribution=contribution,
        without=term.without if term.without is not None and isfinite(term.without) else None,
    )


def _reasons(term: Term) -> tuple[str, ...]:
    """Why the term falls short, the widest gap first; at most three sentences."""
    gaps: list[Gap] = sorted(term.gaps, key=lambda gap: -gap.size)
    said = [_stopped(gap.reason.strip()) for gap in gaps if gap.reason.strip()]
    if not said and term.verdict == "supported":
        said = ["The body says so, of the same thing and as strongly."]
    if not said and term.verdict == "absent":
        said = ["Nothing was found in the body that bears on it."]
    return tuple(dict.fromkeys(said))[:3]


def rows_of(entries: Sequence[Entry]) -> tuple[Row, ...]:
    """The entries as rows, heaviest first; plain ones of one verdict over one sentence stand together."""
    groups: dict[object, list[Entry]] = {}
    for entry in entries:
        first = "".join(part.text for part in entry.quotes[0].parts) if entry.quotes else ""
        key = entry.number if entry.loaded else (entry.verdict, entry.also, first)
        groups.setdefault(key, []).append(entry)
    return tuple(sorted(map(_row, groups.values()), key=lambda row: -row.points))


def _row(group: Sequence[Entry]) -> Row:
    first = group[0]
    in_order = sorted(group, key=lambda entry: entry.start)
    alike = [reason for reason in first.reasons if all(reason in entry.reasons for entry in group)]
    return Row(
        entries=tuple(in_order),
        text=", ".join(entry.text for entry in in_order),
        verdict=first.verdict,
        also=first.also,
        quotes=(_all_bold(group), *first.quotes[1:]) if first.quotes else (),
        more=first.more if len(group) == 1 else "",
        reason=" ".join(alike) or _stopped(_meaning(first.verdict)),
        points=sum(entry.points for entry in group),
    )


def _meaning(verdict: str) -> str:
    return str(tokens()["verdicts"][verdict]["meaning"]) if verdict else ""


def _all_bold(group: Sequence[Entry]) -> Quote:
    """The excerpt that the entries share, with the deciding words of each of them bold."""
    first = group[0].quotes[0]
    bold = [False] * sum(len(part.text) for part in first.parts)
    for entry in group:
        at = 0
        for part in entry.quotes[0].parts:
            if part.bold:
                bold[at : at + len(part.text)] = [True] * len(part.text)
            at += len(part.text)
    text = "".join(part.text for part in first.parts)
    runs = groupby(range(len(text)), key=bold.__getitem__)
    parts = tuple(Part("".join(text[index] for index in run), heavy) for heavy, run in runs)
    return replace(first, parts=parts)


def _stopped(reason: str) -> str:
    if not reason:
        return ""
    reason = reason[:1].upper() + reason[1:]
    return reason if reason.endswith((".", "!", "?", "…", "”")) else reason + "."
