"""Fits gap sizes, term weights, verdict thresholds and the interval, and writes ``weights.json``.

What is learned from: the gold headlines (divergence and verdicts by readers), one-line summaries that
people called supported or not (the ``consistency`` set), and headline-body pairs with their stance
(``fnc1``; the pairs over a body of gold are left out). What we are judged by is mostly ranks, so the loss is
one of pairs: of two headlines the one that diverges more shall come out higher. To it come the distance to
the readers' divergence and the likelihood of their verdicts, with what is left of a term as its chance.
Between bounds in plain sight (:data:`AT_LEAST`, :data:`AT_MOST`) it is minimised by L-BFGS-B (Byrd and
others 1995) from a start in plain sight (:data:`START`). All θ stay at or above 0, so every fitted scorer
keeps the monotone properties of the form.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sensational.divergence import WEIGHT_LIMIT
from sensational.evidence import find_evidence
from sensational.language.document import Document
from sensational.lexicon.loader import load
from sensational.terms import Headline, claim_shares, find_claims
from sensational.training.files import checksum, provenance, write_json
from sensational.training.held_out import for_training
from sensational.verdict import TELLING, WIDTHS, options, verdict_of

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

# Set by hand, since no labelled set has it: what an entailment model's contradiction leaves of a term,
# exp(-1). Between a denial that may be of something else (0.4) and a debunk (2.5).
BY_HAND = {"refuted": 1.0}
NAMES = tuple(name for name in WIDTHS if name not in BY_HAND)
SPEAKS = np.array([float(name in TELLING) for name in NAMES])
"""1 for the widths that speak against a term, 0 for the others."""
WEIGHTS = ("plain", "loaded", "loading", "curve")
# Where the search starts: what each gap leaves undone of a term, by a first guess made before any fit.
START: dict[str, Any] = {
    "theta": {
        "meaning": 0.5, "rungs": 2.0, "number_larger": 1.2, "number_absent": 0.8, "named": 0.1,
        "unnamed": 0.6, "outlet": 0.3, "document": 0.1, "hedged": 0.6, "subject": 0.1,
        "loose_loaded": 0.3, "loose_plain": 0.3, "earlier": 0.8, "unquoted": 0.4, "paraphrased": 0.5,
        "debunked": 2.5, "denied_here": 0.4, "doubt_unmet": 2.0, "absent_emotion": 1.2,
        "absent_force": 1.2, "absent_scale": 0.9, "absent_certainty": 1.0, "absent_judgement": 0.9,
        "absent_urgency": 0.3, "absent_hook": 0.2, "absent_plain": 0.4, "absent_name": 0.6,
        "absent_quote": 1.2,
    },
    "weight": {"plain": 1.0, "loaded": 1.0, "loading": 0.5, "curve": 2.0},
}  # fmt: skip
# What a careful reader would never let go: a claim that is denied, told of another time or subject, said by
# a voice without a name, or that no line bears out, is short of support. The sets alone would let these
# gaps shrink to nothing, since they are rare among honest headlines.
AT_LEAST = {
    "debunked": 2.5, "doubt_unmet": 2.0, "denied_here": 0.4, "earlier": 0.8, "subject": 0.1, "unnamed": 0.6,
    "outlet": 0.3, "named": 0.1, "document": 0.1, "hedged": 0.6, "rungs": 1.8, "absent_emotion": 1.2,
    "absent_force": 1.2, "absent_scale": 0.8, "absent_certainty": 0.8, "absent_judgement": 0.8,
    "absent_urgency": 0.1, "absent_hook": 0.1, "absent_quote": 0.8, "unquoted": 0.3, "paraphrased": 0.4,
    "number_larger": 0.8, "number_absent": 0.6, "plain": 1.0, "loaded": 1.0, "loading": 0.3, "curve": 1.0,
}  # fmt: skip
# A voice, a time or another subject is a nuance among others: no set says more of them than that. A curve
# that is bent too far would tell only the extremes apart.
AT_MOST = {
    "subject": 0.3, "earlier": 1.2, "named": 0.15, "unnamed": 1.0, "outlet": 0.5, "document": 0.2,
    "plain": 3.0, "loaded": 3.0, "loading": 2.0, "curve": 2.6,
}  # fmt: skip
UNBOUNDED = 4.0
# The mean judgement of gold headlines with this stance.
DIVERGENCE_OF = {"agree": 12.0, "discuss": 37.0, "disagree": 82.0}
PAIRS_OF = {"agree": 250, "discuss": 150, "disagree": 300}
CLAIMS_OF_EACH = 120
# Which stance lies above which, and how much that counts.
ABOVE = (("disagree", "agree", 0.3), ("disagree", "discuss", 0.1))
# How much each part of the loss counts: pairs of gold (all, and over their own bodies), pairs of summaries,
# distance to the readers' divergence, likelihood of their verdicts, staying near the start.
PULL = {"all": 1.0, "own": 1.0, "claims": 3.0, "distance": 2.0, "verdicts": 0.3, "start": 0.05}
# Two headlines whose judgements differ by less are no pair.
APART = 3.0
PAIRS_DRAWN = 1500
# Divergences are compared by the logarithm of their sum S, which has no scale; EASE keeps it finite and
# SOFT says how far apart two have to be.
EASE, SOFT = 0.01, 0.6
STEPS = 120
# Four readings of five shall lie in the interval.
COVERAGE = 0.8
# A second verdict is named if its gaps alone would take a quarter of the support.
ALSO_FROM = 0.3


@dataclass(frozen=True)
class Case:
    """One headline: for each claim whether it is loaded, how much, its share, and its options' widths.

    ``divergence`` is 0 to 100; ``group`` names what the case is compared within (a stance, a part);
    ``verdicts`` holds for each claim those of the readers, either of which is right; none where they say
    nothing.
    """

    loaded: tuple[bool, ...]
    loading: tuple[float, ...]
    share: tuple[float, ...]
    options: tuple[tuple[dict[str, float], ...], ...]
    divergence: float
    group: str = ""
    verdicts: tuple[frozenset[str], ...] = ()


def case(
    headline: str, body: str, divergence: float, group: str = "", terms: Sequence[dict[str, Any]] = ()
) -> Case:
    """The measured widths of one pair, with what people said of it."""
    document = Document(body)
    read = find_claims(headline, load())
    findings = find_evidence(read, document, load())
    return Case(
        tuple(claim.loaded for claim in read.claims),
        tuple(claim.loading for claim in read.claims),
        claim_shares(read),
        tuple(_undominated(options(i, read, findings)) for i in range(len(read.claims))),
        divergence,
        group,
        _verdicts(read, terms),
    )


def _undominated(wide: Sequence[dict[str, float]]) -> tuple[dict[str, float], ...]:
    """The options without those that are nowhere narrower than another: they never decide."""
    kept: list[dict[str, float]] = []
    for one in sorted(wide, key=lambda one: sum(one.values())):
        if not any(all(width <= one.get(name, 0.0) for name, width in other.items()) for other in kept):
            kept.append(one)
    return tuple(kept)


def _verdicts(read: Headline, terms: Sequence[dict[str, Any]]) -> tuple[frozenset[str], ...]:
    """What both readers say of each claim; of several that one term of theirs covers, of the loudest."""
    said: list[frozenset[str]] = [frozenset()] * len(read.claims)
    for term in terms:
        if term["marked_by"] < 2:
            continue
        over = [
            i
            for i, claim in enumerate(read.claims)
            if claim.loaded and claim.start < term["end"] and term["start"] < claim.end
        ]
        if over:
            said[max(over, key=lambda i: read.claims[i].loading)] = frozenset(term["verdicts"])
    return tuple(said)


def cases_from_gold(path: Path) -> tuple[list[dict[str, Any]], list[Case]]:
    """Rows of ``gold/dev.jsonl.gz`` and their cases, in one order."""
    rows = _rows(path)
    return rows, [
        case(
            row["headline"],
            row["body"],
            row["divergence"],
            "own" if row["own_body"] else "other",
            row["terms"],
        )
        for row in rows
    ]


def cases_from_consistency(path: Path, seed: int) -> list[Case]:
    """A seeded sample of summaries over training bodies; the group is the part with 1 (supported) or 0."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(path):
        if for_training(row["body"]):
            groups.setdefault(f"{row['part']} {row['supported']}", []).append(row)
    return [
        case(row["headline"], row["body"], 8.0 if row["supported"] else 55.0, group)
        for group, rows in sorted(groups.items())
        for row in random.Random(f"{seed} {group}").sample(rows, min(CLAIMS_OF_EACH, len(rows)))  # noqa: S311
    ]


def cases_from_fnc1(folder: Path, gold: Sequence[dict[str, Any]], seed: int) -> list[Case]:
    """A seeded sample of stance pairs, none over a body of the gold set; the group is the stance."""
    bodies = {row["body_id"]: row["body"] for row in _rows(folder / "bodies.jsonl.gz")}
    known = {row["body"][:200] for row in gold}
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(folder / "stances.jsonl.gz"):
        if row["stance"] in PAIRS_OF and bodies[row["body_id"]][:200] not in known:
            groups.setdefault(row["stance"], []).append(row)
    return [
        case(row["headline"], bodies[row["body_id"]], DIVERGENCE_OF[group], group)
        for group, rows in sorted(groups.items())
        for row in random.Random(f"{seed} {group}").sample(rows, min(PAIRS_OF[group], len(rows)))  # noqa: S311
    ]


def _rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


class Problem:
    """Cases as flat arrays: options (n, widths) grouped by claim, claims grouped by case."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self.size = len(cases)
        self.kept = np.array([bool(one.options) for one in cases])
        held = [one for one in cases if one.options]
        rows: list[list[float]] = []
        claim_start: list[int] = []
        case_start: list[int] = []
        for one in held:
            case_start.append(len(claim_start))
            for places in one.options:
                claim_start.append(len(rows))
                rows += [[wide.get(name, 0.0) for name in NAMES] for wide in places]
        self.widths = np.array(rows)
        self.claim_start, self.case_start = np.array(claim_start), np.array(case_start)
        claims = np.diff(np.append(self.claim_start, len(rows)))
        self.claim_of = np.repeat(np.arange(len(claim_start)), claims)
        self.case_of = np.repeat(
            np.arange(len(held)), np.diff(np.append(self.case_start, len(self.claim_start)))
        )
        self.loaded = np.array([float(flag) for one in held for flag in one.loaded])
        self.loading = self.loaded * np.array([value for one in held for value in one.loading])
        self.share = np.array([value for one in held for value in one.share])
        self.verdicts = [said for one in held for said in (one.verdicts or (frozenset(),) * len(one.loaded))]
        self.judged = np.array([at for at, said in enumerate(self.verdicts) if said], dtype=np.int64)
        self.supported = np.array([float("supported" in said) for said in self.verdicts if said])

    def weigh(self, parameters: Floats) -> _Weighed:
        """Sum S of each case with options, and what its derivative needs."""
        plain, base, slope = parameters[-4:-1]
        options = self.widths @ parameters[:-4]
        lost = np.minimum.reduceat(options, self.claim_start)
        deciding = np.flatnonzero(options == lost[self.claim_of])
        _, first = np.unique(self.claim_of[deciding], return_index=True)
        weight = self.share * (plain + base * self.loaded + slope * self.loading)
        limited = np.minimum(weight, WEIGHT_LIMIT)
        short = -np.expm1(-lost)
        sums = np.add.reduceat(-np.log1p(-limited * short), self.case_start)
        return _Weighed(lost, deciding[first], limited, weight < WEIGHT_LIMIT, short, sums)

    def judged_widths(self, at: _Weighed) -> Floats:
        """The widths that speak against the claims on which there is a verdict: a row each, 0 for others."""
        return np.asarray(self.widths[at.deciding[self.judged]] * SPEAKS, dtype=np.float64)

    def gradient(self, at: _Weighed, of_sums: Floats) -> Floats:
        """Derivative by all parameters but the curve, given that by each sum S."""
        left = 1.0 - at.weight * at.short
        by_sum = of_sums[self.case_of]
        by_lost = by_sum * at.weight * (1.0 - at.short) / left
        by_weight = by_sum * at.short / left * at.free * self.share
        found = np.zeros(len(NAMES) + len(WEIGHTS))
        found[: len(NAMES)] = self.widths[at.deciding].T @ by_lost
        found[-4:-1] = by_weight.sum(), by_weight @ self.loaded, by_weight @ self.loading
        return found

    def predict(self, parameters: Floats) -> Floats:
        """Divergence of each case, 0 to 100."""
        found = np.zeros(self.size)
        found[self.kept] = -100 * np.expm1(-(self.weigh(parameters).sums ** parameters[-1]))
        return found


@dataclass(frozen=True)
class _Weighed:
    """Of each claim what is lost, the option that decides, weight (free: below its limit), shortfall; S."""

    lost: Floats
    deciding: Places
    weight: Floats
    free: npt.NDArray[np.bool_]
    short: Floats
    sums: Floats


@dataclass(frozen=True)
class _Pairs:
    """Cases of which the first shall come out above the second, and how much that counts."""

    above: Places
    below: Places
    pull: float


def fit(
    gold: Sequence[Case], start: dict[str, Any] = START, others: Sequence[Case] = (), seed: int = 0
) -> dict[str, Any]:
    """Fitted θ and term weights, in the form of ``weights.json``.

    Args:
        gold: headlines with the divergence that readers gave.
        start: where to begin, in the same form.
        others: summaries and stance pairs, told apart by their group.
        seed: of the pairs that are drawn.
    """
    from scipy.optimize import minimize

    names = (*NAMES, *WEIGHTS)
    least = [AT_LEAST.get(name, 0.0) for name in names]
    most = [AT_MOST.get(name, UNBOUNDED) for name in names]
    losses = _losses(gold, others, seed)
    begin = np.clip(_vector(start), least, most)

    def loss(parameters: Floats) -> tuple[float, Floats]:
        away = (parameters - begin) / (begin + 0.1)
        total = PULL["start"] * float(np.mean(away**2))
        gradient = 2 * PULL["start"] * away / (begin + 0.1) / len(begin)
        for one in losses:
            value, change = one(parameters)
            total += value
            gradient += change
        return total, gradient

    found = minimize(
        loss,
        begin,
        jac=True,
        method="L-BFGS-B",
        bounds=list(zip(least, most, strict=True)),
        options={"maxiter": STEPS},
    )
    return _named(np.asarray(found.x, dtype=np.float64))


Loss = Callable[[Floats], tuple[float, Floats]]


def _losses(gold: Sequence[Case], others: Sequence[Case], seed: int) -> list[Loss]:
    truth = np.array([one.divergence for one in gold if one.options])
    own = np.array([one.group == "own" for one in gold if one.options])
    losses = [
        _loss_of(
            Problem(gold), [_ordered(truth, np.ones_like(own), "all"), _ordered(truth, own, "own")], truth
        )
    ]
    stances = [one for one in others if one.group in DIVERGENCE_OF and one.options]
    claims = [one for one in others if one.group not in DIVERGENCE_OF and one.options]
    if stances:
        groups = np.array([one.group for one in stances])
        drawn = [_drawn(groups, above, below, pull, seed) for above, below, pull in ABOVE]
        losses.append(_loss_of(Problem(stances), drawn))
    if claims:
        groups = np.array([one.group for one in claims])
        parts = sorted({group[:-2] for group in groups.tolist()})
        pull = PULL["claims"] / len(parts)
        losses.append(
            _loss_of(Problem(claims), [_drawn(groups, f"{p} 0", f"{p} 1", pull, seed) for p in parts])
        )
    return losses


def _ordered(truth: Floats, among: npt.NDArray[np.bool_], pull: str) -> _Pairs:
    places = np.flatnonzero(among)
    above, below = (one.ravel() for one in np.meshgrid(places, places))
    apart = truth[above] > truth[below] + APART
    return _Pairs(above[apart], below[apart], PULL[pull])


def _drawn(groups: npt.NDArray[np.str_], above: str, below: str, pull: float, seed: int) -> _Pairs:
    rng = np.random.default_rng(seed)
    one, other = np.flatnonzero(groups == above), np.flatnonzero(groups == below)
    if not len(one) or not len(other):
        return _Pairs(one[:0], other[:0], 0.0)
    return _Pairs(rng.choice(one, PAIRS_DRAWN), rng.choice(other, PAIRS_DRAWN), pull)


def _loss_of(problem: Problem, pairs: Sequence[_Pairs], truth: Floats | None = None) -> Loss:
    """The loss of one set of cases; with ``truth`` (0 to 100) also by distance and by readers' verdicts."""

    def loss(parameters: Floats) -> tuple[float, Floats]:
        at = problem.weigh(parameters)
        total, of_sums, of_curve = 0.0, np.zeros_like(at.sums), 0.0
        of_theta = np.zeros(len(NAMES))
        scale = np.log(at.sums + EASE) / SOFT
        for one in pairs:
            if not len(one.above):
                continue
            margin = scale[one.above] - scale[one.below]
            total += one.pull * float(np.mean(np.logaddexp(0.0, -margin)))
            push = one.pull / len(margin) / (1.0 + np.exp(np.clip(margin, -30, 30))) / SOFT
            np.add.at(of_sums, one.above, -push / (at.sums[one.above] + EASE))
            np.add.at(of_sums, one.below, push / (at.sums[one.below] + EASE))
        if truth is not None:
            value, by_sums, of_curve = _distance(at.sums, parameters[-1], truth)
            total += value
            of_sums += by_sums
            value, of_theta = _likelihood(problem, at, parameters[: len(NAMES)])
            total += value
        gradient = problem.gradient(at, of_sums)
        gradient[: len(NAMES)] += of_theta
        gradient[-1] = of_curve
        return total, gradient

    return loss


def _distance(sums: Floats, curve: float, truth: Floats) -> tuple[float, Floats, float]:
    """Distance between divergence and judgement, rounded at its foot; derivatives by S and by the curve."""
    foot = 0.05
    bent = sums**curve
    off = -np.expm1(-bent) - truth / 100
    length = np.sqrt(off**2 + foot**2)
    by_bent = PULL["distance"] * off / length * np.exp(-bent) / len(sums)
    return (
        PULL["distance"] * float(np.mean(length)),
        by_bent * curve * sums ** (curve - 1),
        float(np.sum(by_bent * bent * np.log(sums + 1e-12))),
    )


def _likelihood(problem: Problem, at: _Weighed, theta: Floats) -> tuple[float, Floats]:
    """How unlikely the readers' verdicts are, with what the telling gaps leave as the chance of *supported*.

    Returns:
        The loss, and its derivative by each θ.
    """
    if not len(problem.judged):
        return 0.0, np.zeros(len(NAMES))
    widths = problem.judged_widths(at)
    left = np.clip(np.exp(-(widths @ theta)), 0.001, 0.999)
    said, pull = problem.supported, PULL["verdicts"]
    value = -float(np.mean(said * np.log(left) + (1 - said) * np.log(1 - left)))
    return pull * value, pull * ((said - (1 - said) * left / (1 - left)) @ widths) / len(said)


def predict(weights: dict[str, Any], cases: Sequence[Case]) -> list[float]:
    """Divergence of each case, 0 to 100, with weights in the form of ``weights.json``."""
    return [float(value) for value in Problem(cases).predict(_vector(weights))]


def _vector(weights: dict[str, Any]) -> Floats:
    return np.array(
        [weights["theta"][name] for name in NAMES] + [weights["weight"][name] for name in WEIGHTS],
        dtype=np.float64,
    )


def _named(parameters: Floats) -> dict[str, Any]:
    values = [round(float(value), 3) for value in parameters]
    return {
        "theta": {**dict(zip(NAMES, values[: len(NAMES)], strict=True)), **BY_HAND},
        "weight": dict(zip(WEIGHTS, values[len(NAMES) :], strict=True)),
    }


def folds(rows: Sequence[dict[str, Any]], count: int, seed: int) -> list[int]:
    """A fold for each row, the same for all rows over one body."""
    bodies = sorted({row["body"] for row in rows})
    random.Random(seed).shuffle(bodies)  # noqa: S311 - folds are no secret
    place = {body: at % count for at, body in enumerate(bodies)}
    return [place[row["body"]] for row in rows]


def interval_table(predicted: Sequence[float], truth: Sequence[float]) -> list[list[float]]:
    """Rows of [divergence, low, high]: where :data:`COVERAGE` of the held-out judgements lie.

    Around each of a few predicted values, the quantiles of the truth among its nearest neighbours
    (a third of all cases), widened by one rank on each side as split-conformal prediction does.
    """
    found, true = np.array(predicted), np.array(truth)
    near = max(20, len(found) // 3)
    table: list[list[float]] = []
    for centre in np.quantile(found, [0.05, 0.25, 0.5, 0.75, 0.95]):
        nearest = np.sort(true[np.argsort(np.abs(found - centre), kind="stable")[:near]])
        cut = max(0, int((1 - COVERAGE) / 2 * (near + 1)) - 1)
        table.append([round(float(centre), 2), float(nearest[cut]), float(nearest[near - 1 - cut])])
    return table


def verdict_thresholds(gold: Sequence[Case], weights: dict[str, Any]) -> dict[str, float]:
    """What has to be left of a term that counts as supported: where verdicts agree best with the readers'.

    Not below six tenths: a term that has lost more is not supported, however rare that is.
    """
    problem = Problem(gold)
    deciding = problem.weigh(_vector(weights)).deciding[problem.judged]
    wides = [dict(zip(NAMES, row, strict=True)) for row in problem.widths[deciding].tolist()]
    truth = [problem.verdicts[at] for at in problem.judged.tolist()]

    def right(threshold: float) -> float:
        return _kappa([verdict_of(wide, weights["theta"], threshold, 0.0)[0] for wide in wides], truth)

    best = max((round(0.6 + 0.02 * i, 2) for i in range(15)), key=right)
    return {"supported_from": best, "also_from": ALSO_FROM}


def _kappa(said: Sequence[str], truth: Sequence[frozenset[str]]) -> float:
    """Cohen's kappa; where the readers differ, either is right."""
    read = [one if one in both else sorted(both)[0] for one, both in zip(said, truth, strict=True)]
    total = len(said)
    agree = sum(a == b for a, b in zip(said, read, strict=True)) / total
    chance = sum(said.count(v) * read.count(v) for v in set(said)) / total**2
    return (agree - chance) / (1 - chance)


def train(benchmarks: Path, out: Path, seed: int = 0) -> None:
    """Fits everything on the sets in ``benchmarks`` and writes ``out``, the same bytes each time."""
    rows, gold = cases_from_gold(benchmarks / "gold" / "dev.jsonl.gz")
    others = [
        *cases_from_consistency(benchmarks / "consistency" / "claims.jsonl.gz", seed),
        *cases_from_fnc1(benchmarks / "fnc1", rows, seed),
    ]
    fitted = fit(gold, START, others, seed)
    fold = folds(rows, 5, seed)
    held_out = [0.0] * len(rows)
    for number in sorted(set(fold)):
        inside = [one for one, at in zip(gold, fold, strict=True) if at != number]
        outside = [i for i, at in enumerate(fold) if at == number]
        trial = fit(inside, START, others, seed)
        for i, value in zip(outside, predict(trial, [gold[i] for i in outside]), strict=True):
            held_out[i] = value
    write_json(
        out,
        {
            "provenance": provenance(
                made_by="sensational train weights",
                seed=seed,
                gold=checksum(benchmarks / "gold" / "dev.jsonl.gz"),
                consistency=checksum(benchmarks / "consistency" / "claims.jsonl.gz"),
                fnc1=checksum(benchmarks / "fnc1" / "stances.jsonl.gz"),
            ),
            **fitted,
            "verdict": verdict_thresholds(gold, fitted),
            "interval": interval_table(held_out, [row["divergence"] for row in rows]),
        },
    )
