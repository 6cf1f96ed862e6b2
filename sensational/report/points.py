"""Whole points that add up: rounding by largest remainder."""

from __future__ import annotations

import math
from collections.abc import Sequence


def whole(value: float) -> int:
    """``value`` rounded half up, the same on every machine."""
    return math.floor(value + 0.5)


def whole_points(values: Sequence[float], total: int) -> list[int]:
    """Whole numbers in proportion to ``values`` that add up to ``total``, by largest remainder.

    Args:
        values: contributions, none negative.
        total: what the whole numbers add up to, 0 or more.

    Ties go to the earlier value. All values zero gives all zeros (Hamilton's method, 1792).
    """
    scale = math.fsum(values)
    if scale <= 0 or total <= 0:
        return [0] * len(values)
    exact = [value / scale * total for value in values]
    floors = [math.floor(share + 1e-9) for share in exact]
    missing = total - sum(floors)
    order = sorted(range(len(values)), key=lambda i: (floors[i] - exact[i], i))
    for index in order[:missing]:
        floors[index] += 1
    return floors
