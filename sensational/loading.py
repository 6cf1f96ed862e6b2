"""How much a headline raises the stakes: of the headline alone, never mixed into divergence."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sensational.terms import Span

KIND_WEIGHTS = {
    "emotion": 0.5, "force": 0.35, "scale": 0.25, "certainty": 0.2, "judgement": 0.5, "quote": 0.2,
    "urgency": 0.2, "hook": 0.3, "plain": 0.0,
}  # fmt: skip
"""How much of the distance to the loudest headline one wholly loaded term of a kind goes."""


def headline_loading(spans: Sequence[Span]) -> float:
    """The loading of a headline, 0 to 100: each loaded term goes part of the way that the others leave."""
    left = math.prod(1 - KIND_WEIGHTS[span.kind] * span.loading for span in spans)
    return round(100 * (1 - left), 2)
