"""One pass over a scored corpus that counts each group, in memory that does not grow with the corpus."""

from __future__ import annotations

import heapq
import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sensational.corpus.scored import OutputError, ScoredArticle, ScoredTerm, Unreadable
from sensational.report.points import whole
from sensational.report.safe import one_line, shortened
from sensational.report.sentences import FAR

NOT_GIVEN = "(not given)"
MOST_GROUPS = 5000
MOST_TERMS = 100_000
TENTHS = 10
"""Divergence and loading are counted in tenths of a point."""
FARTHEST = 10
"""Articles of the highest divergence that are kept of the corpus and of each group."""
SAMPLED = 100
"""Articles of each group, drawn at random, among which the most typical are looked for."""
_SHOWN_ROWS = 5
_FIRST_ROWS = 1000  # a column that none of these has is not there
# A year by itself, or at the head of a date without marks (20190401).
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))?(?!\d)")
_LABEL = 200  # characters of a value that tell groups apart

Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Specimen:
    """An article as the summary shows it: safe, short texts."""

    file: str
    row: int
    id: str
    group: str
    headline: str
    divergence: float
    interval: tuple[float, float] | None
    loading: float
    terms: tuple[tuple[str, str], ...]
    """Its heaviest terms, each with its verdict."""


@dataclass(slots=True)
class GroupTally:
    """What is counted of one group."""

    read: int = 0
    scored: int = 0
    divergence: Counter[int] = field(default_factory=Counter)
    loading: Counter[int] = field(default_factory=Counter)
    far: int = 0
    """Articles with a divergence of :data:`FAR` or more."""
    verbatim: int = 0
    """Articles in whose body the headline stands word for word."""
    terms: int = 0
    verdicts: dict[str, Counter[tuple[int, int]]] = field(default_factory=dict)
    """By verdict: of articles with so many loaded terms, of which so many got it, how many there are."""
    stances: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    farthest: list[tuple[float, int, Specimen]] = field(default_factory=list)
    sample: list[Specimen] = field(default_factory=list)


@dataclass(slots=True)
class TermTally:
    """What is counted of one loaded term, however its letters are written."""

    text: str
    """In small letters, without quotation marks."""
    seen: int = 0
    outrun: int = 0
    loading: float = 0.0
    support: float = 0.0
    verdicts: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Tally:
    """What is counted of a corpus."""

    by: tuple[str, ...]
    seed: int
    whole: GroupTally = field(default_factory=GroupTally)
    groups: dict[Group, GroupTally] = field(default_factory=dict)
    kinds: dict[str, Counter[str]] = field(default_factory=dict)
    """By kind of loaded term, how often each verdict was given."""
    terms: dict[str, TermTally] = field(default_factory=dict)
    forgotten: int = 0
    """Terms seen up to so many times may be missing, or counted too low by so much."""
    unreadable: int = 0
    unreadable_rows: list[Unreadable] = field(default_factory=list)
    year_from_date: bool = False
    made: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    columns: set[str] = field(default_factory=set)
    """Those that the first rows carry, to name them."""
    found: set[str] = field(default_factory=set)
    """Those of ``by`` that some row carries."""
    draws: dict[Group, random.Random] = field(default_factory=dict)
    """What decides which articles of a group stay in its sample."""

    def add(self, row: ScoredArticle | Unreadable) -> None:
        """Count one row.

        Raises:
            OutputError: a column of ``by`` is not there, or it makes more than :data:`MOST_GROUPS` groups.
        """
        if isinstance(row, Unreadable):
            self.unreadable += 1
            if len(self.unreadable_rows) < _SHOWN_ROWS:
                self.unreadable_rows.append(row)
            return
        name = self._group(row)
        group = self.groups.get(name)
        if group is None:
            if len(self.groups) >= MOST_GROUPS:
                raise OutputError(
                    f"--by {','.join(self.by)} makes more than {MOST_GROUPS:,} groups; choose a column "
                    "with fewer values"
                )
            group = self.groups[name] = GroupTally()
        if self.whole.read < _FIRST_ROWS:
            self.columns.update(one_line(column)[:_LABEL] for column in row.columns)
        elif self.whole.read == _FIRST_ROWS:
            self.check_columns()
        self.made[row.made] += 1
        specimen = _specimen(row, label(name)) if row.divergence is not None else None
        judged = [term for term in row.terms if term.loaded and term.verdict is not None]
        for one, key in ((group, name), (self.whole, ())):
            _count(one, row, judged)
            if specimen is not None:
                _keep_farthest(one, specimen)
                self._sample(one, key, specimen)
        if row.divergence is not None:
            self._count_terms(judged)

    def _group(self, row: ScoredArticle) -> Group:
        return tuple(self._value(row, column) for column in self.by)

    def _value(self, row: ScoredArticle, column: str) -> str:
        value = row.columns.get(column)
        if value is None and column == "year" and "date" in row.columns:
            self.year_from_date = True
            value = year_of(row.columns["date"])
        if value is None and column == "file":
            value = row.file
        if value is None:
            return NOT_GIVEN
        self.found.add(column)
        return shortened(one_line(value), _LABEL) or NOT_GIVEN

    def check_columns(self) -> None:
        """Holds that every column of ``by`` was there in some row; rows of JSON Lines may lack one.

        Raises:
            OutputError: one was not.
        """
        for column in self.by:
            if self.whole.read and column not in self.found:
                have = ", ".join(sorted(self.columns)) or "none"
                raise OutputError(
                    f"there is no column {one_line(column)}; choose among those that were carried "
                    f"through: {have}"
                )

    def _sample(self, group: GroupTally, key: Group, specimen: Specimen) -> None:
        """Reservoir sampling (algorithm R, Vitter 1985), seeded for each group by its own name."""
        if len(group.sample) < SAMPLED:
            group.sample.append(specimen)
            return
        generator = self.draws.get(key)
        if generator is None:
            generator = self.draws[key] = random.Random(f"{self.seed}:{key!r}")  # noqa: S311 - no secret
        place = generator.randrange(group.scored)
        if place < SAMPLED:
            group.sample[place] = specimen

    def _count_terms(self, judged: Iterable[ScoredTerm]) -> None:
        for term in judged:
            verdict = term.verdict or ""
            self.kinds.setdefault(term.kind, Counter())[verdict] += 1
            written = one_line(term.text).strip("\"'“”‘’«» ")
            key = " ".join(written.casefold().replace("’", "'").split())[:80]
            if not key:
                continue
            one = self.terms.get(key)
            if one is None:
                if len(self.terms) >= MOST_TERMS:
                    self._forget()
                one = self.terms[key] = TermTally(shortened(key, 40))
            one.seen += 1
            one.outrun += verdict != "supported"
            one.loading += term.loading
            one.support += term.support or 0.0
            one.verdicts[verdict] += 1
            one.kinds[term.kind] += 1

    def _forget(self) -> None:
        """Drops the rarest terms until half are left: lossy counting, Manku and Motwani 2002."""
        while len(self.terms) > MOST_TERMS // 2:
            self.forgotten += 1
            self.terms = {key: one for key, one in self.terms.items() if one.seen > self.forgotten}


def year_of(date: str) -> str:
    """The first year from 1900 to 2099 that stands in a date of any form; "" for none."""
    found = _YEAR.search(date)
    return found.group(1) if found else ""


def _count(group: GroupTally, row: ScoredArticle, judged: list[ScoredTerm]) -> None:
    group.read += 1
    if row.divergence is None:
        group.reasons[shortened(one_line(row.reason or ""), 120)] += 1
        return
    group.scored += 1
    group.divergence[whole(row.divergence * TENTHS)] += 1
    group.loading[whole(row.loading * TENTHS)] += 1
    group.far += whole(row.divergence) >= FAR
    group.verbatim += any(term.verbatim for term in row.terms)
    if row.stance:
        group.stances[one_line(row.stance)[:20]] += 1
    if not judged:
        return
    group.terms += len(judged)
    _count_pairs(group.verdicts, len(judged), Counter(term.verdict or "" for term in judged))


def _count_pairs(into: dict[str, Counter[tuple[int, int]]], of: int, found: Mapping[str, int]) -> None:
    """Counts (of, such) for each kind found; that the others got (of, 0) follows from the pairs of ""."""
    for kind, such in found.items():
        into.setdefault(kind, Counter())[of, such] += 1
    into.setdefault("", Counter())[of, 0] += 1


def pairs_for(pairs: Mapping[str, Counter[tuple[int, int]]], kind: str) -> Counter[tuple[int, int]]:
    """Of articles with so many loaded terms, of which so many are of this kind, how many there are."""
    found = Counter(pairs.get(kind, Counter()))
    every = Counter(pairs.get("", Counter()))
    for (of, _), count in list(found.items()):
        every[of, 0] -= count
    return Counter({pair: count for pair, count in (found + every).items() if count > 0})


def label(group: Group) -> str:
    """The name of a group, as it is shown."""
    return " · ".join(group)


def _specimen(row: ScoredArticle, group: str) -> Specimen:
    heaviest = sorted(
        (term for term in row.terms if term.verdict not in (None, "supported")),
        key=lambda term: -(term.contribution or 0.0),
    )
    return Specimen(
        file=shortened(one_line(row.file), 60),
        row=row.row,
        id=shortened(one_line(row.id or ""), 40),
        group=group,
        headline=shortened(one_line(row.headline), 200) or "(no headline)",
        divergence=row.divergence or 0.0,
        interval=row.interval,
        loading=row.loading,
        terms=tuple((shortened(one_line(term.text), 40), str(term.verdict)) for term in heaviest[:3]),
    )


def _keep_farthest(group: GroupTally, specimen: Specimen) -> None:
    entry = (specimen.divergence, -group.scored, specimen)  # of equals the first that was read
    if len(group.farthest) < FARTHEST:
        heapq.heappush(group.farthest, entry)
    elif entry[:2] > group.farthest[0][:2]:
        heapq.heapreplace(group.farthest, entry)


def tally(rows: Iterable[ScoredArticle | Unreadable], by: tuple[str, ...], seed: int) -> Tally:
    """Count every row.

    Args:
        rows: of one or several outputs.
        by: names of carried columns; ``year`` is taken from ``date`` where there is no such column.
        seed: of the samples from which typical articles are taken.

    Raises:
        OutputError: a column of ``by`` is not there, or makes too many groups.
    """
    counted = Tally(by, seed)
    for row in rows:
        counted.add(row)
    counted.check_columns()
    return counted
