"""Fits gap sizes, term weights and the interval on the gold headlines, and writes ``weights.json``.

The loss is the squared distance of divergence from the readers' judgement, over θ >= 0 and term
weights between 0 and 1, so that every fitted scorer keeps the monotone properties of the form. The
gradient is exact where the deciding place of a claim does not change, which is almost everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize

from sensational.divergence import WEIGHT_LIMIT
from sensational.verdict import WIDTHS

NAMES = tuple(WIDTHS)
# Pulls θ towards its start, in units of the mean squared error (both on a scale of 0 to 1).
RIDGE = 2e-4
# Half of all headlines lie below a divergence of 10. The loss is a mixture of the squared error and
# that of the square roots, in which the difference between 1 and 9 counts as much as that between 25 and 49.
COARSE = 0.6
SOFT = 0.005
# How much the supports of single terms count beside the divergence of the headline.
TERMS = 0.2
# What a verdict leaves of a term's support.
SUPPORT_OF = {
    "supported": 0.97, "attributed": 0.7, "hedged": 0.6, "weaker": 0.6, "shifted": 0.45, "contradicted": 0.05,
    "absent": 0.2,
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One headline: for each claim its kind of weight, its loading, and the widths of its options.

    ``divergence`` (0 to 100) and ``supports`` (0 to 1, None where nobody judged) are what readers said.
    """

    loaded: tuple[bool, ...]
    loading: tuple[float, ...]
    share: tuple[float, ...]
    options: tuple[tuple[dict[str, float], ...], ...]
    divergence: float
    supports: tuple[float | None, ...] = ()
    importance: float = 1.0


class Problem:
    """The cases as flat arrays: options (n, widths) grouped by claim, claims grouped by case."""

    def __init__(self, cases: Sequence[Case]) -> None:
        cases = [case for case in cases if case.options]
        rows, claim_start, case_start = [], [], []
        loaded, loading, share, supports = [], [], [], []
        for case in cases:
            case_start.append(len(claim_start))
            share += case.share
            supports += case.supports or (None,) * len(case.loaded)
            for is_loaded, how_loaded, options in zip(case.loaded, case.loading, case.options, strict=True):
                claim_start.append(len(rows))
                loaded.append(is_loaded)
                loading.append(how_loaded)
                rows += [[wide.get(name, 0.0) for name in NAMES] for wide in options]
        self.widths = np.array(rows)
        self.claim_start, self.case_start = np.array(claim_start), np.array(case_start)
        self.claim_of_row = np.repeat(np.arange(len(claim_start)), np.diff([*claim_start, len(rows)]))
        self.loaded, self.loading = np.array(loaded, float), np.array(loading)
        self.share = np.array(share)
        self.supports = np.array([np.nan if one is None else one for one in supports], float)
        self.truth = np.array([case.divergence / 100 for case in cases])
        self.importance = np.array([case.importance for case in cases])

    def _decide(self, theta: np.ndarray) -> np.ndarray:
        """For each claim the row that leaves most support."""
        lost = self.widths @ theta
        least = np.minimum.reduceat(lost, self.claim_start)
        first = np.full(len(self.claim_start), len(lost))
        hits = np.flatnonzero(lost <= least[self.claim_of_row] + 1e-12)
        np.minimum.at(first, self.claim_of_row[hits], hits)
        return self.widths[first]

    def predict(self, parameters: np.ndarray) -> np.ndarray:
        """Divergence of each case, 0 to 1."""
        return self._forward(parameters)[0]

    def _forward(self, p: np.ndarray) -> tuple[np.ndarray, ...]:
        theta, (plain, base, slope) = p[:-3], p[-3:]
        wide = self._decide(theta)
        kept = np.exp(-(wide @ theta))
        weight = np.minimum(
            np.where(self.loaded > 0, base + slope * self.loading, plain * self.share), WEIGHT_LIMIT
        )
        open_ = 1 - weight * (1 - kept)
        sums = np.add.reduceat(-np.log(open_), self.case_start)
        return 1 - np.exp(-sums), wide, kept, weight, open_

    def loss(self, p: np.ndarray, start: np.ndarray) -> tuple[float, np.ndarray]:
        """Mean squared error with its gradient."""
        predicted, wide, kept, weight, open_ = self._forward(p)
        total = self.importance.sum()
        error = predicted - self.truth
        root = np.sqrt(predicted + SOFT)
        fine = root - np.sqrt(self.truth + SOFT)
        outer = self.importance * (2 * COARSE * error + (1 - COARSE) * fine / root) * (1 - predicted) / total
        per_claim = np.repeat(outer, np.diff([*self.case_start, len(self.claim_start)]))
        d_theta = ((per_claim * weight * kept / open_)[:, None] * wide).sum(0)
        d_weight = per_claim * (1 - kept) / open_
        on = self.loaded > 0
        gradient = np.concatenate(
            [
                d_theta,
                [(d_weight * self.share)[~on].sum(), d_weight[on].sum(), (d_weight * self.loading)[on].sum()],
            ]
        )
        judged = ~np.isnan(self.supports)
        off = np.where(judged, kept - np.nan_to_num(self.supports), 0.0)
        share = TERMS / max(1, judged.sum())
        d_theta = d_theta - 2 * share * ((off * kept)[:, None] * wide).sum(0)
        gradient[: len(d_theta)] = d_theta
        squares = COARSE * error**2 + (1 - COARSE) * fine**2
        value = float(
            (self.importance * squares).sum() / total
            + share * (off**2).sum()
            + RIDGE * ((p - start) ** 2).sum()
        )
        return value, gradient + 2 * RIDGE * (p - start)


def fit(cases: Sequence[Case], start: dict[str, Any]) -> dict[str, Any]:
    """Fitted θ and term weights, in the form of ``weights.json``, from a start in the same form."""
    first = np.array(
        [start["theta"][name] for name in NAMES]
        + [start["weight"][n] for n in ("plain", "loaded", "loading")]
    )
    bounds = [(0.0, 8.0)] * len(NAMES) + [(0.05, 4.0), (0.05, 0.9), (0.1, 0.9)]
    problem = Problem(cases)
    result = minimize(problem.loss, first, args=(first,), jac=True, method="L-BFGS-B", bounds=bounds)
    values = [round(float(v), 4) for v in result.x]
    return {
        **start,
        "theta": dict(zip(NAMES, values[: len(NAMES)], strict=True)),
        "weight": dict(zip(("plain", "loaded", "loading"), values[len(NAMES) :], strict=True)),
    }
