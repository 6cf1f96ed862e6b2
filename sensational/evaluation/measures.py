"""The measures that the sets share, each in its textbook form, on plain sequences.

Figures come with a percentile bootstrap interval (Efron and Tibshirani 1993, chapter 13), whose units
are documents: what was measured on one text is drawn together.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROUNDS = 500
LEVEL = 0.95

Numbers = Sequence[float]


def ranks(values: Numbers) -> NDArray[np.float64]:
    """Ranks from 1, ties at their mean."""
    array = np.asarray(values, dtype=np.float64)
    _, inverse, counts = np.unique(array, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    mean = last - (counts - 1) / 2
    return np.asarray(mean[inverse], dtype=np.float64)


def auc(positive: Sequence[bool], scores: Numbers) -> float:
    """The chance that a positive item scores above a negative one, ties half (Mann and Whitney 1947).

    0.5 where one of the two classes is empty.
    """
    labels = np.asarray(positive, dtype=bool)
    first, second = int(labels.sum()), int((~labels).sum())
    if not first or not second:
        return 0.5
    total = float(ranks(scores)[labels].sum())
    return (total - first * (first + 1) / 2) / (first * second)


def pearson(one: Numbers, other: Numbers) -> float:
    """Pearson's correlation; 0 where one of the two does not vary."""
    x, y = np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64)
    if len(x) < 2:
        return 0.0
    x, y = x - x.mean(), y - y.mean()
    scale = float(np.sqrt((x * x).sum() * (y * y).sum()))
    return float((x * y).sum()) / scale if scale > 0 else 0.0


def spearman(one: Numbers, other: Numbers) -> float:
    """Spearman's rank correlation, ties at their mean rank; 0 where one of the two does not vary."""
    return pearson(ranks(one).tolist(), ranks(other).tolist())


def mean(values: Numbers) -> float:
    """The mean; 0 of nothing."""
    return math.fsum(values) / len(values) if len(values) else 0.0


def mae(one: Numbers, other: Numbers) -> float:
    """Mean absolute error."""
    return mean([abs(a - b) for a, b in zip(one, other, strict=True)])


def median(values: Numbers) -> float:
    """The median; 0 of nothing."""
    return float(np.median(np.asarray(values, dtype=np.float64))) if len(values) else 0.0


def f1(right: int, given: int, wanted: int) -> float:
    """F1 from counts: ``right`` of ``given`` answers are right, ``wanted`` were to be found."""
    return f1_of(right / given if given else 0.0, right / wanted if wanted else 0.0)


def f1_of(precision: float, recall: float) -> float:
    """The harmonic mean of precision and recall; 0 where both are."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def macro_f1(gold: Sequence[Hashable], found: Sequence[Hashable]) -> float:
    """The mean F1 of the labels that stand in ``gold``."""
    pairs = list(zip(gold, found, strict=True))
    labels = sorted(set(gold), key=str)
    scores = [
        f1(
            sum(a == b == label for a, b in pairs),
            sum(b == label for _, b in pairs),
            sum(a == label for a, _ in pairs),
        )
        for label in labels
    ]
    return mean(scores)


def kappa(gold: Sequence[Hashable], found: Sequence[Hashable]) -> float:
    """Cohen's kappa (1960): agreement beyond chance; 0 where chance alone would agree on everything."""
    if not gold:
        return 0.0
    pairs = list(zip(gold, found, strict=True))
    agreed = sum(a == b for a, b in pairs) / len(pairs)
    chance = (
        sum(
            sum(a == label for a, _ in pairs) * sum(b == label for _, b in pairs)
            for label in sorted(set(gold) | set(found), key=str)
        )
        / len(pairs) ** 2
    )
    return (agreed - chance) / (1 - chance) if chance < 1 else 0.0


def interval(
    measure: Callable[[Sequence[Any]], float],
    items: Sequence[Any],
    seed: int,
    units: Sequence[Hashable] | None = None,
    rounds: int = ROUNDS,
) -> tuple[float, float]:
    """95% percentile bootstrap interval of a measure.

    Args:
        measure: takes a list of items.
        items: what was measured.
        seed: of the draw.
        units: the document of each item; items of one document are drawn together. None: each alone.
        rounds: how many samples are drawn.
    """
    if not items:
        return (0.0, 0.0)
    groups: dict[Hashable, list[Any]] = {}
    for at, item in enumerate(items):
        groups.setdefault(at if units is None else units[at], []).append(item)
    of_unit = list(groups.values())
    generator = np.random.default_rng(seed)
    found = []
    for _ in range(rounds):
        drawn = generator.integers(0, len(of_unit), len(of_unit)).tolist()
        found.append(measure([item for at in drawn for item in of_unit[at]]))
    low, high = np.quantile(found, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def pairs_of(measure: Callable[[Any, Any], float]) -> Callable[[Sequence[Any]], float]:
    """A measure of two sequences as one of a sequence of pairs, for :func:`interval`."""

    def of_pairs(items: Sequence[Any]) -> float:
        one, other = zip(*items, strict=True)
        return measure(one, other)

    return of_pairs


def folds_by(groups: Sequence[str], count: int, seed: int) -> list[int]:
    """The fold of each item: items of one group in one fold, groups shuffled and dealt out in turn."""
    names = sorted(set(groups))
    order = np.random.default_rng(seed).permutation(len(names)).tolist()
    fold_of = {names[name]: turn % count for turn, name in enumerate(order)}
    return [fold_of[group] for group in groups]
