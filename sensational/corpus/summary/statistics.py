"""The statistics of a summary, on counts of values rather than on the values themselves.

A distribution is kept as how often each value occurred, so that a million articles take no more room than
a thousand. Drawing a bootstrap sample of n articles is then one multinomial draw over the values that
occurred, which has exactly the distribution of drawing the articles one by one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROUNDS = 1000
"""Bootstrap samples of each interval."""
LEVEL = 0.95
SMALL = 20
"""Groups of fewer articles are marked: their intervals are wide, and the bootstrap's own are too narrow."""
SHUFFLES = 4999
"""Permutations of a test; 4,999 and the observed order make 5,000."""
_Z = 1.959963984540054  # the normal quantile of LEVEL, two-sided
_BLOCK = 2_000_000  # cells that are drawn at once


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95% interval; all three NaN where there is nothing to estimate from."""

    value: float
    low: float
    high: float


NOTHING = Estimate(math.nan, math.nan, math.nan)


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each value occurred: ``values`` ascending, ``counts`` all above zero."""

    values: NDArray[np.float64]
    counts: NDArray[np.int64]

    @property
    def n(self) -> int:
        """How many values there were."""
        return int(self.counts.sum())


def counts_of(counter: Mapping[int, int], parts: int = 1) -> Counts:
    """The counts of values that were counted in whole ``parts`` of one, such as tenths."""
    keys = sorted(key for key, count in counter.items() if count > 0)
    return Counts(
        np.array(keys, dtype=np.float64) / parts, np.array([counter[key] for key in keys], dtype=np.int64)
    )


def quantile(of: Counts, share: float) -> float:
    """The quantile by linear interpolation between order statistics (type 7); NaN of nothing."""
    if not of.n:
        return math.nan
    return float(_quantiles(of.values, of.counts[None, :], share)[0])


def mean(of: Counts) -> float:
    """The mean; NaN of nothing."""
    return math.fsum(of.values * of.counts) / of.n if of.n else math.nan


def _quantiles(values: NDArray[np.float64], counts: NDArray[np.int64], share: float) -> NDArray[np.float64]:
    """The same quantile of many distributions over the same values, one a row."""
    cumulated = counts.cumsum(axis=1)
    place = (cumulated[:, -1:] - 1) * share
    below, above = np.floor(place), np.ceil(place)
    low = values[(cumulated > below).argmax(axis=1)]
    high = values[(cumulated > above).argmax(axis=1)]
    found: NDArray[np.float64] = low + (high - low) * (place - below)[:, 0]
    return found


@dataclass(frozen=True, slots=True)
class Spread:
    """A distribution on the scale of 0 to 100, in figures."""

    n: int
    mean: Estimate
    median: Estimate
    deciles: tuple[float, ...]
    """The 10th, 25th, 75th and 90th percentile."""


def spread(of: Counts, generator: np.random.Generator) -> Spread:
    """Mean and median with percentile bootstrap intervals (Efron and Tibshirani 1993, 13), and the rest."""
    if not of.n:
        return Spread(0, NOTHING, NOTHING, (math.nan,) * 4)
    means, medians = [], []
    n = of.n
    chances = of.counts / n
    for rounds in _blocks(len(of.values)):
        drawn = generator.multinomial(n, chances, size=rounds)
        means.append((drawn * of.values).sum(axis=1) / n)
        medians.append(_quantiles(of.values, drawn, 0.5))
    return Spread(
        n,
        _estimate(mean(of), means),
        _estimate(quantile(of, 0.5), medians),
        tuple(quantile(of, share) for share in (0.1, 0.25, 0.75, 0.9)),
    )


def ratio(pairs: Mapping[tuple[int, int], int], generator: np.random.Generator) -> Estimate:
    """The share of terms that are of some sort, where whole articles are drawn together.

    Args:
        pairs: of articles with so many terms, of which so many are of that sort, how many there are.
        generator: draws the bootstrap samples.

    The terms of one headline are not independent; an interval over terms would be too narrow. Where all terms
    or none are of that sort, every sample says the same, and Wilson's interval over articles stands in.
    """
    kinds = sorted(pair for pair, count in pairs.items() if pair[0] > 0 and count > 0)
    if not kinds:
        return NOTHING
    of, such = (np.array(column, dtype=np.int64) for column in zip(*kinds, strict=True))
    counts = np.array([pairs[kind] for kind in kinds], dtype=np.int64)
    n = int(counts.sum())
    share = float((counts * such).sum() / (counts * of).sum())
    if share in (0.0, 1.0):
        return wilson(round(share) * n, n)
    shares = []
    for rounds in _blocks(len(kinds)):
        drawn = generator.multinomial(n, counts / n, size=rounds)
        shares.append((drawn * such).sum(axis=1) / (drawn * of).sum(axis=1))
    return _estimate(share, shares)


def _blocks(width: int) -> list[int]:
    """:data:`ROUNDS` in portions whose samples fit into memory."""
    portion = max(1, min(ROUNDS, _BLOCK // max(1, width)))
    return [min(portion, ROUNDS - start) for start in range(0, ROUNDS, portion)]


def _estimate(value: float, samples: Sequence[NDArray[np.float64]]) -> Estimate:
    low, high = np.quantile(np.concatenate(samples), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(value, float(low), float(high))


@dataclass(frozen=True, slots=True)
class Difference:
    """How two groups differ on one measure.

    ``delta`` is Cliff's delta, -1 to 1: the chance that an article of the first lies above one of the second,
    less the chance that it lies below. ``p`` is two-sided, by the test named in ``test``; None where a group
    has fewer than :data:`TESTED` articles.
    """

    delta: Estimate
    p: float | None
    test: str


TESTED = 5
"""With fewer articles in a group there is no order of them that a test could find unlikely enough."""


def difference(one: Counts, other: Counts, generator: np.random.Generator) -> Difference | None:
    """Cliff's delta with its interval, and whether it is more than chance; None where a group is empty.

    The interval is the asymmetric one of Feng and Cliff (2004) with Cliff's (1993) consistent variance. The
    test is Mann and Whitney's (1947) in its normal approximation with corrections for ties and continuity;
    where a group has fewer than :data:`SMALL` articles, a permutation test of the same rank sum.
    """
    n, m = one.n, other.n
    if not n or not m:
        return None
    delta = _cliff(one, other)
    if min(n, m) < TESTED:
        return Difference(delta, None, "none")
    if min(n, m) < SMALL:
        return Difference(delta, _permuted(one, other, generator), "permutation")
    return Difference(delta, _mann_whitney(one, other), "Mann-Whitney")


def _dominance(one: Counts, other: Counts) -> NDArray[np.int64]:
    """For each value of ``one``: how many of ``other`` lie below it, less how many lie above."""
    total = np.concatenate([[0], other.counts.cumsum()])
    below = total[np.searchsorted(other.values, one.values, side="left")]
    not_above = total[np.searchsorted(other.values, one.values, side="right")]
    wins: NDArray[np.int64] = below - (other.n - not_above)
    return wins


def _cliff(one: Counts, other: Counts) -> Estimate:
    n, m = one.n, other.n
    wins = _dominance(one, other)
    delta = float((wins * one.counts).sum()) / (n * m)
    if n < 2 or m < 2:
        return Estimate(delta, -1.0, 1.0)
    of_one = wins / m
    of_other = -_dominance(other, one) / n
    ties = np.isin(one.values, other.values)
    tied = float(
        (one.counts[ties] * other.counts[np.isin(other.values, one.values[ties])]).sum()
    )  # both ascending, so that equal values stand at equal places
    squares = n * m - tied  # the sum of squares of the single comparisons: 1 each, 0 for ties
    rows = math.fsum(one.counts * (of_one - delta) ** 2)
    columns = math.fsum(other.counts * (of_other - delta) ** 2)
    within = squares - n * m * delta**2
    variance = (m * m * rows + n * n * columns - within) / (n * m * (n - 1) * (m - 1))
    variance = max(variance, (1 - delta**2) / (n * m - 1), 0.0)
    if abs(delta) == 1.0:  # Feng and Cliff: the formula says 0 width; take the bound of one differing pair
        edge = (min(n, m) - _Z**2) / (min(n, m) + _Z**2)
        return Estimate(delta, edge, 1.0) if delta > 0 else Estimate(delta, -1.0, -edge)
    bend = _Z * math.sqrt(variance) * math.sqrt((1 - delta**2) ** 2 + _Z**2 * variance)
    scale = 1 - delta**2 + _Z**2 * variance
    low, high = (delta - delta**3 - bend) / scale, (delta - delta**3 + bend) / scale
    return Estimate(delta, max(-1.0, low), min(1.0, high))


def _mann_whitney(one: Counts, other: Counts) -> float:
    n, m = one.n, other.n
    total = n + m
    pooled = _pooled(one, other)
    ties = float(((pooled.counts.astype(np.float64) ** 3) - pooled.counts).sum())
    variance = n * m / 12 * ((total + 1) - ties / (total * (total - 1)))
    if variance <= 0:
        return 1.0
    apart = abs(float((_dominance(one, other) * one.counts).sum())) / 2  # of the rank sum from its mean
    return min(1.0, math.erfc(max(0.0, apart - 0.5) / math.sqrt(variance) / math.sqrt(2)))


def _pooled(one: Counts, other: Counts) -> Counts:
    values, places = np.unique(np.concatenate([one.values, other.values]), return_inverse=True)
    counts = np.zeros(len(values), dtype=np.int64)
    np.add.at(counts, places, np.concatenate([one.counts, other.counts]))
    return Counts(values, counts)


def _permuted(one: Counts, other: Counts, generator: np.random.Generator) -> float:
    """How often a random split of the articles differs as much; (b + 1) / (m + 1), Phipson and Smyth 2010."""
    pooled = _pooled(one, other)
    ranks = _dominance(pooled, pooled)  # rank less mean rank, twice
    observed = abs(int((_dominance(one, other) * one.counts).sum()))
    drawn = np.searchsorted(
        pooled.counts.cumsum(), _subsets(pooled.n, min(one.n, other.n), generator), side="right"
    )
    # A group's dominance over the pool is that over the other group: within itself it cancels out.
    reached = int((abs(ranks[drawn].sum(axis=1)) >= observed).sum())
    return (reached + 1) / (SHUFFLES + 1)


def _subsets(of: int, size: int, generator: np.random.Generator) -> NDArray[np.int64]:
    """:data:`SHUFFLES` subsets of the numbers below ``of``, a row each (Floyd, in Bentley 1987)."""
    chosen = np.empty((SHUFFLES, size), dtype=np.int64)
    for at, last in enumerate(range(of - size, of)):
        number = generator.integers(0, last + 1, size=SHUFFLES)
        taken = (chosen[:, :at] == number[:, None]).any(axis=1)
        chosen[:, at] = np.where(taken, last, number)
    return chosen


def holm(chances: Sequence[float | None]) -> list[float | None]:
    """p-values corrected for how many there are (Holm 1979); None stays None and is not counted."""
    known = sorted((p, at) for at, p in enumerate(chances) if p is not None)
    corrected: list[float | None] = [None] * len(chances)
    highest = 0.0
    for turn, (p, at) in enumerate(known):
        highest = max(highest, min(1.0, p * (len(known) - turn)))
        corrected[at] = highest
    return corrected


def size_word(delta: float) -> str:
    """The size of a Cliff's delta in a word: Romano and others 2006 (0.147, 0.33, 0.474)."""
    for bound, word in ((0.147, "negligible"), (0.33, "small"), (0.474, "medium")):
        if abs(delta) < bound:
            return word
    return "large"


def wilson(such: int, of: int) -> Estimate:
    """A share with its 95% interval (Wilson 1927), which does not shrink to nothing at 0 or 1."""
    if not of:
        return NOTHING
    share, z2 = such / of, _Z**2
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return Estimate(share, max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half)))
