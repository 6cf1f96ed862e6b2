"""A headline that a body bears out: plain frozen data, made by ``rewrite`` and shown by ``report``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ChangeKind = Literal[
    "attribution_added", "rung_lowered", "number_replaced", "hedge_added", "term_dropped", "part_dropped",
]  # fmt: skip

CHANGE_NAMES: dict[str, str] = {
    "attribution_added": "attribution added",
    "rung_lowered": "milder word",
    "number_replaced": "number replaced",
    "hedge_added": "doubt kept",
    "term_dropped": "word left out",
    "part_dropped": "part left out",
}
"""What each kind of change is called where a reader sees it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change on the way from a headline to the one that fits.

    ``before`` is what the headline said (empty where something was added), ``after`` what stands there now
    (empty where something was left out), ``reason`` one sentence.
    """

    kind: ChangeKind
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Fitting:
    """A headline that a body bears out.

    ``divergence`` is its own, 0 to 100, by the same scorer; ``changes`` lead to it from the old headline.
    """

    text: str
    divergence: float
    changes: tuple[Change, ...]
