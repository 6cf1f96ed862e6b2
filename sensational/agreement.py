"""How far several people agree, beyond what chance would give."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Literal

Level = Literal["nominal", "ordinal", "interval"]


def krippendorff_alpha(units: Sequence[Sequence[float]], level: Level) -> float | None:
    """Krippendorff's alpha: 1 is full agreement, 0 what chance would give, below 0 less than that.

    Args:
        units: for each thing judged, the values that it was given, by however many people.
        level: ``"nominal"``, values that are alike or not; ``"ordinal"``, values in an order;
            ``"interval"``, values whose differences mean something.

    Returns:
        None where fewer than two values are given twice over, or all values are the same: there is nothing
        to agree on then.

    Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability.
    """
    paired = [Counter(unit) for unit in units if len(unit) > 1]
    totals: Counter[float] = sum(paired, Counter())
    count = sum(totals.values())
    if len(totals) < 2:
        return None
    values = sorted(totals)
    distance = {(a, b): _distance(a, b, values, totals, level) for a in values for b in values}
    observed = math.fsum(
        unit[a] * unit[b] * distance[a, b] / (sum(unit.values()) - 1)
        for unit in paired
        for a in unit
        for b in unit
    )
    expected = math.fsum(totals[a] * totals[b] * distance[a, b] for a in values for b in values) / (count - 1)
    return 1.0 - observed / expected


def _distance(a: float, b: float, values: Sequence[float], totals: Counter[float], level: Level) -> float:
    if a == b:
        return 0.0
    if level == "nominal":
        return 1.0
    if level == "interval":
        return (a - b) ** 2
    low, high = sorted((a, b))
    between = sum(totals[value] for value in values if low <= value <= high)
    return (between - (totals[a] + totals[b]) / 2) ** 2
