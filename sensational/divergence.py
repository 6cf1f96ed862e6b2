"""From the support of each term to one number, and each term's share of it.

    divergence = 100 · (1 − exp(−Sᵏ)),   S = −Σ log(1 − w · g),   g = 1 − support

A reader of the headline alone is misled if any of its claims misleads: with k = 1 this is
100 · (1 − Π (1 − w · g)). The sum S is additive: a term's contribution is its share of S times the
divergence. k > 1 bends the curve so that the many small shortfalls of an honest headline stay small.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

# Decimals of every figure that comes out.
DIGITS = 4
# A term whose claim is wholly unsupported may leave a little doubt, so that the sum stays finite.
WEIGHT_LIMIT = 0.98
# A wider interval says no more than that the headline is hard to judge.
WIDEST_INTERVAL = 50


@dataclass(frozen=True, slots=True)
class Divergence:
    """Points of each term, and the divergence without each; all 0 to 100, in the order of the terms."""

    total: float
    contributions: tuple[float, ...]
    without: tuple[float, ...]


def combine(weights: Sequence[float], supports: Sequence[float], curve: float = 1.0) -> Divergence:
    """Combines the terms of one headline.

    Args:
        weights: how much each term may mislead, 0 to :data:`WEIGHT_LIMIT`.
        supports: what the body leaves of each term, 0 to 1.
        curve: exponent of the sum, 1 or more: above 1, the small shortfalls that every headline has
            count for less than one large one.
    """
    parts = [
        -math.log1p(-weight * (1.0 - support)) for weight, support in zip(weights, supports, strict=True)
    ]
    whole = math.fsum(parts)
    total = round(_points(whole, curve), DIGITS)
    contributions = _shares(total, parts, whole)
    without = tuple(
        round(_points(math.fsum([*parts[:i], *parts[i + 1 :]]), curve), DIGITS) for i in range(len(parts))
    )
    return Divergence(total, contributions, without)


def _points(sum_of_logs: float, curve: float) -> float:
    return -100.0 * math.expm1(-(sum_of_logs**curve))


def _shares(total: float, parts: Sequence[float], whole: float) -> tuple[float, ...]:
    """``total`` shared out in proportion to ``parts``, rounded so that the shares still add up to it."""
    if whole == 0.0:
        return tuple(0.0 for _ in parts)
    unit = 10**DIGITS
    exact = [part / whole * total * unit for part in parts]
    floors = [math.floor(value) for value in exact]
    left = round(total * unit) - sum(floors)
    by_remainder = sorted(range(len(parts)), key=lambda i: (floors[i] - exact[i], i))
    for i in by_remainder[:left]:
        floors[i] += 1
    return tuple(value / unit for value in floors)


def interval(divergence: float, rows: Sequence[tuple[float, float, float]]) -> tuple[float, float]:
    """Where 80 % of readers' scores lie for headlines of this divergence, 0 to 100.

    Args:
        divergence: of the headline.
        rows: divergence, lower and upper bound, rising; between two rows the bounds are interpolated.
    """
    before = max((row for row in rows if row[0] <= divergence), default=rows[0])
    after = min((row for row in rows if row[0] >= divergence), default=rows[-1])
    width = after[0] - before[0]
    share = (divergence - before[0]) / width if width else 0.0
    low, high = (
        round(one + share * (other - one), 1) for one, other in zip(before[1:], after[1:], strict=True)
    )
    return min(low, divergence), max(high, divergence)
