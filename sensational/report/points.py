"""Whole points that add up: rounding by largest remainder, and the arithmetic behind the number."""

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


def kept_share(contribution: float, divergence: float) -> float:
    """The factor 1 - w·g of one term, from its share of the divergence.

    A term's contribution is its share of the sum of -log(1 - w·g), times the divergence; so its
    factor is the whole product, 1 - divergence / 100, to the power of that share.

    Args:
        contribution: points, 0 to ``divergence``.
        divergence: 0 to 100.
    """
    if divergence <= 0:
        return 1.0
    return float(max(0.0, 1.0 - divergence / 100) ** (contribution / divergence))
