"""From counts to a summary: figures with intervals, differences, and the articles and terms to look at."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from sensational.analysis import KINDS, VERDICTS
from sensational.corpus.scored import OutputError, ScoredArticle, Unreadable
from sensational.corpus.summary.statistics import (
    SMALL,
    Counts,
    Difference,
    Estimate,
    Spread,
    counts_of,
    difference,
    holm,
    ratio,
    spread,
    wilson,
)
from sensational.corpus.summary.tally import (
    FARTHEST,
    NOT_GIVEN,
    TENTHS,
    Group,
    GroupTally,
    Specimen,
    TermTally,
    label,
    pairs_for,
    tally,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

Plot = Literal["divergence", "loading", "verdicts", "terms"]

MOST_SHOWN = 30
"""Groups that are compared with each other and drawn; of more, those with the most scored articles."""
_FARTHEST_OF_A_GROUP = 3
_TYPICAL = 2
_LEAST_SEEN = 2
_MEASURES = ("divergence", "loading")


@dataclass(frozen=True, slots=True)
class GroupSummary:
    """One group in figures. ``verdicts`` are shares of its loaded terms."""

    values: tuple[str, ...]
    label: str
    read: int
    scored: int
    verbatim: int
    """Articles in whose body the headline stands word for word; 0 where the output is a table."""
    terms: int
    divergence: Spread
    loading: Spread
    far: Estimate
    """The share of articles with a divergence of :data:`FAR` or more, as it is shown."""
    verdicts: Mapping[str, Estimate]
    stances: Mapping[str, int]
    reasons: Mapping[str, int]
    farthest: tuple[Specimen, ...]
    typical: tuple[Specimen, ...]
    counts: Counts
    """Of the divergence, for the drawing; and of the loading."""
    loading_counts: Counts

    @property
    def small(self) -> bool:
        """Whether it has too few scored articles to say much of it."""
        return self.scored < SMALL


@dataclass(frozen=True, slots=True)
class Pair:
    """Two groups on one measure; ``corrected`` is the p-value after Holm, over all pairs of the measure."""

    measure: str
    first: str
    second: str
    medians: tuple[float, float]
    found: Difference
    corrected: float | None


@dataclass(frozen=True, slots=True)
class TermSummary:
    """A loaded term of the corpus. ``least`` is the share outrun that its sightings vouch for (Wilson)."""

    text: str
    kind: str
    seen: int
    outrun: int
    least: float
    loading: float
    support: float
    verdicts: tuple[str, ...]
    """The commonest other than supported, several if they tie; supported where there is none."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a scored corpus comes to. Groups stand in alphabetical order, never in that of a figure."""

    by: tuple[str, ...]
    seed: int
    whole: GroupSummary
    groups: tuple[GroupSummary, ...]
    shown: tuple[GroupSummary, ...]
    pairs: tuple[Pair, ...]
    kinds: tuple[tuple[str, Mapping[str, int]], ...]
    terms: tuple[TermSummary, ...]
    """By ``least``, from the highest."""
    forgotten: int
    rejected: int
    unreadable: int
    unreadable_rows: tuple[Unreadable, ...]
    year_from_date: bool
    made: tuple[tuple[tuple[str, str, str], int], ...]

    def plot(self, of: Plot = "divergence", ax: Axes | None = None) -> Axes:
        """Draws one of the charts of the report on a corpus.

        Args:
            of: ``"divergence"`` or ``"loading"``, the median of each group with its 95% interval, the middle
                half and four fifths of its articles; ``"verdicts"``, the shares of its loaded terms;
                ``"terms"``, the loaded terms of the corpus by loading and expected support.
            ax: matplotlib axes to draw on. Without them, a new figure is made with pyplot.

        Returns:
            The axes.

        Raises:
            ValueError: ``of`` is none of these, or no article was scored.
        """
        from sensational.corpus.summary.charts import summary_axes

        if of not in get_args(Plot):
            raise ValueError(f"of must be one of {', '.join(get_args(Plot))}, not {of!r}")
        if not self.whole.scored:
            raise ValueError("no article was scored, so there is nothing to draw")
        return summary_axes(self, of, ax)


def summarise(
    rows: Iterable[ScoredArticle | Unreadable], by: Sequence[str] = (), seed: int = 0, rejected: int = 0
) -> Summary:
    """Sum up a scored corpus.

    Args:
        rows: what :func:`sensational.corpus.scored.read_scored` gives, of one or several outputs.
        by: names of carried columns whose values make the groups; none for the corpus as a whole.
        seed: of bootstrap, permutations and samples. The same rows and seed give the same summary.
        rejected: rows that were read for the corpus and are not among ``rows``; the summary says so.

    Raises:
        OutputError: there is no row that can be read, a column of ``by`` is not there, or it makes too many
            groups.
    """
    counted = tally(rows, tuple(by), seed)
    if not counted.whole.read:
        first = "".join(f" (row {one.row}: {one.why})" for one in counted.unreadable_rows[:1])
        raise OutputError(f"there is no article in it{first}; give what `sensational corpus` wrote")
    names = sorted(counted.groups, key=_alphabetical) if by else []
    groups = tuple(_group(counted.groups[name], name, seed, _FARTHEST_OF_A_GROUP) for name in names)
    shown = _shown(groups)
    return Summary(
        by=tuple(by),
        seed=seed,
        whole=_group(counted.whole, (), seed, FARTHEST),
        groups=groups,
        shown=shown,
        pairs=_pairs(shown, counted.groups, seed),
        kinds=tuple((kind, dict(counted.kinds[kind])) for kind in KINDS if kind in counted.kinds),
        terms=_terms(counted.terms),
        forgotten=counted.forgotten,
        rejected=rejected,
        unreadable=counted.unreadable,
        unreadable_rows=tuple(counted.unreadable_rows),
        year_from_date=counted.year_from_date,
        made=tuple(sorted(counted.made.items())),
    )


def _alphabetical(values: Group) -> tuple[tuple[bool, str, str], ...]:
    """The order of groups: by the alphabet, with what was not given last."""
    return tuple((value == NOT_GIVEN, value.casefold(), value) for value in values)


def _group(counted: GroupTally, values: Group, seed: int, farthest: int) -> GroupSummary:
    generator = _generator(seed, label(values))
    divergence, loading = counts_of(counted.divergence, TENTHS), counts_of(counted.loading, TENTHS)
    spreads = spread(divergence, generator), spread(loading, generator)
    return GroupSummary(
        values=values,
        label=label(values),
        read=counted.read,
        scored=counted.scored,
        verbatim=counted.verbatim,
        terms=counted.terms,
        divergence=spreads[0],
        loading=spreads[1],
        far=wilson(counted.far, counted.scored),
        verdicts={one: ratio(pairs_for(counted.verdicts, one), generator) for one in VERDICTS},
        stances=dict(sorted(counted.stances.items())),
        reasons=dict(sorted(counted.reasons.items())),
        farthest=tuple(entry[2] for entry in sorted(counted.farthest, reverse=True)[:farthest]),
        typical=_typical(counted.sample, spreads),
        counts=divergence,
        loading_counts=loading,
    )


def _generator(seed: int, *labels: str) -> np.random.Generator:
    """Random numbers that depend on the seed and these labels, and on nothing else of the corpus."""
    return np.random.default_rng([seed, *(zlib.crc32(label.encode("utf-8", "replace")) for label in labels)])


def _typical(sample: Sequence[Specimen], spreads: tuple[Spread, Spread]) -> tuple[Specimen, ...]:
    """Those nearest to the group's medians of divergence and loading, each in widths of its middle half."""

    def distance(one: Specimen) -> float:
        apart = 0.0
        for value, of in zip((one.divergence, one.loading), spreads, strict=True):
            width = max(1.0, of.deciles[2] - of.deciles[1])
            apart += abs(value - of.median.value) / width
        return apart

    return tuple(sorted(sample, key=lambda one: (distance(one), one.row))[:_TYPICAL])


def _shown(groups: Sequence[GroupSummary]) -> tuple[GroupSummary, ...]:
    if len(groups) <= MOST_SHOWN:
        return tuple(groups)
    largest = sorted(range(len(groups)), key=lambda at: (-groups[at].scored, at))[:MOST_SHOWN]
    return tuple(groups[at] for at in sorted(largest))


def _pairs(
    groups: Sequence[GroupSummary], counted: Mapping[Group, GroupTally], seed: int
) -> tuple[Pair, ...]:
    pairs: list[Pair] = []
    for measure in _MEASURES:
        counts = {one.values: counts_of(getattr(counted[one.values], measure), TENTHS) for one in groups}
        found = []
        for first, second in combinations(groups, 2):
            generator = _generator(seed, measure, first.label, second.label)
            differs = difference(counts[first.values], counts[second.values], generator)
            if differs is not None:
                found.append((first, second, differs))
        corrected = holm([differs.p for _, _, differs in found])
        for (first, second, differs), p in zip(found, corrected, strict=True):
            medians = getattr(first, measure).median.value, getattr(second, measure).median.value
            pairs.append(Pair(measure, first.label, second.label, medians, differs, p))
    return tuple(pairs)


def _terms(counted: Mapping[str, TermTally]) -> tuple[TermSummary, ...]:
    found = [_term(one) for one in counted.values() if one.seen >= _LEAST_SEEN]
    return tuple(sorted(found, key=lambda one: (-one.least, -one.seen, one.text.casefold(), one.text)))


def _term(one: TermTally) -> TermSummary:
    short = {verdict: count for verdict, count in one.verdicts.items() if verdict != "supported"}
    return TermSummary(
        text=one.text,
        kind=min(one.kinds, key=lambda kind: (-one.kinds[kind], kind)),
        seen=one.seen,
        outrun=one.outrun,
        least=wilson(one.outrun, one.seen).low,
        loading=one.loading / one.seen,
        support=one.support / one.seen,
        verdicts=tuple(name for name in VERDICTS if name in short and short[name] == max(short.values()))
        or ("supported",),
    )
