"""Fits gap sizes, term weights, verdict thresholds and the interval, and writes ``weights.json``.

What is learned from: the gold headlines (divergence and verdicts by readers), one-line summaries that
people called supported or not (the ``consistency`` set), and headline-body pairs with their stance
(``fnc1``; the pairs that are in gold are left out). The measures that we are judged by are ranks, and the
place of the body that decides a term changes with the weights, so the objective has neither a gradient
nor one peak. It is climbed by a seeded random search from a start in plain sight (:data:`START`), several
times, and the geometric mean of the ends is taken, which holds better on unseen headlines than any one
end. All θ stay positive, so every fitted scorer keeps the monotone properties of the form.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sensational.divergence import WEIGHT_LIMIT
from sensational.evidence import find_evidence
from sensational.language.document import Document
from sensational.lexicon.loader import load
from sensational.terms import claim_shares, find_claims
from sensational.training.files import checksum, provenance, write_json
from sensational.training.held_out import for_training
from sensational.verdict import WIDTHS, options

Floats = npt.NDArray[np.float64]

NAMES = tuple(WIDTHS)
WEIGHTS = ("plain", "loaded", "loading", "curve")
# Where the search starts: what each gap leaves undone of a term, by a first guess made before any fit.
START: dict[str, Any] = {
    "theta": {
        "meaning": 0.5, "inexact": 0.15, "ladder": 0.1, "rungs": 1.5, "number_larger": 1.2,
        "number_absent": 0.8, "named": 0.1, "unnamed": 0.45, "outlet": 0.25, "document": 0.15,
        "hedged": 0.4, "hedged_both": 0.05, "context_loaded": 0.15, "context_plain": 0.1,
        "far_loaded": 0.1, "far_plain": 0.1, "subject_loaded": 0.4, "subject_plain": 0.05,
        "object_loaded": 0.15, "object_plain": 0.05, "loose_loaded": 0.2, "loose_plain": 0.05,
        "subject_prose": 0.3, "object_prose": 0.3, "loose_prose": 0.5, "earlier": 0.7, "unquoted": 0.4,
        "paraphrased": 0.6, "denied": 0.3, "denied_near": 1.8, "denied_here": 0.3, "doubt_unmet": 1.2,
        "absent_loaded": 1.7, "absent_plain": 0.4, "absent_name": 0.6, "absent_quote": 1.5,
    },
    "weight": {"plain": 1.0, "loaded": 0.3, "loading": 0.1, "curve": 1.3},
}  # fmt: skip
# What a careful reader would never let go: a claim that is denied, told of another time or subject, said by
# a voice without a name, or that no line bears out, is short of support. The rank measures alone would
# let these gaps shrink to nothing, since they are rare among honest headlines.
AT_LEAST = {
    "denied_near": 1.8, "doubt_unmet": 1.2, "denied_here": 0.3, "earlier": 0.7, "subject_loaded": 0.4,
    "unnamed": 0.45, "outlet": 0.3, "named": 0.1, "document": 0.1, "hedged": 0.5, "rungs": 1.5,
    "absent_loaded": 1.7, "absent_quote": 1.2, "unquoted": 0.4, "paraphrased": 0.6, "number_larger": 0.8,
    "number_absent": 0.6,
}  # fmt: skip
LOWEST = np.array([AT_LEAST.get(name, 0.01) for name in NAMES] + [1.0, 0.25, 0.15, 1.0])
# None may grow beyond three times its first guess: what few cases ask for may be an accident of theirs.
HIGHEST = np.array([3.0 * START["theta"][name] for name in NAMES] + [3.0, 0.9, 0.9, 1.9])
# The mean judgement of gold headlines with this stance; for unrelated pairs what the guide says of them.
DIVERGENCE_OF = {"agree": 12.0, "discuss": 37.0, "disagree": 82.0, "unrelated": 97.0}
PAIRS_OF = {"agree": 200, "discuss": 200, "disagree": 250, "unrelated": 60}
CLAIMS_OF_EACH = 35
# Four readings of five shall lie in the interval.
COVERAGE = 0.8


@dataclass(frozen=True)
class Case:
    """One headline: for each claim whether it is loaded, how much, its share, and its options' widths.

    ``divergence`` is 0 to 100; ``group`` names what the case is compared within (a stance, a part).
    """

    loaded: tuple[bool, ...]
    loading: tuple[float, ...]
    share: tuple[float, ...]
    options: tuple[tuple[dict[str, float], ...], ...]
    divergence: float
    group: str = ""


def case(headline: str, body: str, divergence: float, group: str = "") -> Case:
    """The measured widths of one pair, with what people said of it."""
    document = Document(body)
    read = find_claims(headline, load())
    findings = find_evidence(read, document, load())
    return Case(
        tuple(claim.loaded for claim in read.claims),
        tuple(claim.loading for claim in read.claims),
        claim_shares(read),
        tuple(options(i, read, findings) for i in range(len(read.claims))),
        divergence,
        group,
    )


def cases_from_gold(path: Path) -> tuple[list[dict[str, Any]], list[Case]]:
    """Rows of ``gold/dev.jsonl.gz`` and their cases, in one order."""
    rows = _rows(path)
    return rows, [
        case(row["headline"], row["body"], row["divergence"], "own" if row["own_body"] else "other")
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
        if bodies[row["body_id"]][:200] not in known:
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
        self.loaded = np.array([flag for one in held for flag in one.loaded])
        self.loading = np.array([value for one in held for value in one.loading])
        self.share = np.array([value for one in held for value in one.share])

    def predict(self, parameters: Floats) -> Floats:
        """Divergence of each case, 0 to 100."""
        plain, base, slope, curve = parameters[-4:]
        lost = np.minimum.reduceat(self.widths @ parameters[:-4], self.claim_start)
        weight = np.where(self.loaded, base + slope * self.loading, plain * self.share)
        sums = np.add.reduceat(-np.log1p(np.minimum(weight, WEIGHT_LIMIT) * np.expm1(-lost)), self.case_start)
        found = np.zeros(self.size)
        found[self.kept] = -100 * np.expm1(-(sums**curve))
        return found


def fit(
    gold: Sequence[Case],
    start: dict[str, Any] = START,
    others: Sequence[Case] = (),
    seed: int = 0,
    climbs: int = 3,
    steps: int = 900,
) -> dict[str, Any]:
    """Fitted θ and term weights, in the form of ``weights.json``.

    Args:
        gold: headlines with the divergence that readers gave.
        start: where to begin, in the same form.
        others: summaries and stance pairs, told apart by their group.
        seed: of the search.
        climbs: how many searches are averaged.
        steps: how long each is.
    """
    objective = _Objective(gold, others, _vector(start))
    ends = [_climb(objective, seed + i, steps) for i in range(climbs)]
    return _named(np.exp(np.mean(np.log(np.array(ends)), axis=0)))


def predict(weights: dict[str, Any], cases: Sequence[Case]) -> list[float]:
    """Divergence of each case, 0 to 100, with weights in the form of ``weights.json``."""
    return [float(value) for value in Problem(cases).predict(_vector(weights))]


def _climb(objective: _Objective, seed: int, steps: int) -> Floats:
    rng = np.random.default_rng(seed)
    here = np.clip(objective.start, LOWEST, HIGHEST)
    best = objective(here)
    for _ in range(steps):
        there = here.copy()
        chosen = rng.integers(len(there), size=rng.integers(1, 3))
        there[chosen] = np.clip(
            there[chosen] * np.exp(rng.normal(0, 0.8, len(chosen))), LOWEST[chosen], HIGHEST[chosen]
        )
        value = objective(there)
        if value >= best:
            here, best = there, value
    return here


class _Objective:
    """What is climbed: rank correlation and closeness on gold, and the right order of the other pairs."""

    def __init__(self, gold: Sequence[Case], others: Sequence[Case], start: Floats) -> None:
        self.start = start
        self.gold, self.truth = Problem(gold), np.array([one.divergence for one in gold])
        self.own = np.array([one.group == "own" for one in gold])
        pairs = [one for one in others if one.group in DIVERGENCE_OF]
        claims = [one for one in others if one.group not in DIVERGENCE_OF]
        self.pairs = Problem(pairs) if pairs else None
        self.stance = np.array([one.group for one in pairs])
        self.pair_truth = np.array([one.divergence for one in pairs])
        self.claims = Problem(claims) if claims else None
        self.part = np.array([one.group for one in claims])

    def __call__(self, parameters: Floats) -> float:
        found = self.gold.predict(parameters)
        value = _spearman(found, self.truth) - float(np.abs(found - self.truth).mean()) / 40
        value += _spearman(found[self.own], self.truth[self.own])
        if self.pairs is not None:
            found = self.pairs.predict(parameters)
            value += _spearman(found, self.pair_truth)
            value += 0.7 * _auc(found[self.stance == "disagree"], found[self.stance == "agree"])
            value += 0.4 * _auc(found[self.stance == "disagree"], found[self.stance == "discuss"])
        if self.claims is not None:
            found = self.claims.predict(parameters)
            parts = sorted({group[:-2] for group in self.part.tolist()})
            value += float(
                np.mean([_auc(found[self.part == f"{p} 0"], found[self.part == f"{p} 1"]) for p in parts])
            )
        # Staying near the start breaks ties between weights that no case tells apart.
        return value - 0.02 * float(np.mean(np.abs(np.log((parameters + 0.03) / (self.start + 0.03)))))


def _spearman(one: Floats, other: Floats) -> float:
    return float(np.corrcoef(_ranks(one), _ranks(other))[0, 1])


def _auc(higher: Floats, lower: Floats) -> float:
    ranks = _ranks(np.concatenate([higher, lower]))
    n = len(higher)
    return float((ranks[:n].sum() - n * (n + 1) / 2) / (n * len(lower)))


def _ranks(values: Floats) -> Floats:
    from scipy.stats import rankdata

    return np.asarray(rankdata(values), dtype=np.float64)


def _vector(weights: dict[str, Any]) -> Floats:
    return np.array(
        [weights["theta"][name] for name in NAMES] + [weights["weight"][name] for name in WEIGHTS],
        dtype=np.float64,
    )


def _named(parameters: Floats) -> dict[str, Any]:
    values = [round(float(value), 4) for value in parameters]
    return {
        "theta": dict(zip(NAMES, values[: len(NAMES)], strict=True)),
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


def verdict_thresholds(gold: Sequence[dict[str, Any]], weights: dict[str, Any]) -> dict[str, float]:
    """The support from which a term counts as supported: where verdicts agree best with the readers'.

    Not below two thirds: a term that has lost more is not supported, however rare that is.
    """
    from sensational.article import Article
    from sensational.scorer import score_article
    from sensational.verdict import weights_from

    trial = weights_from(
        {**weights, "verdict": {"supported_from": 2.0, "also_from": ALSO_FROM}, "interval": []}
    )
    seen: list[tuple[float, str, set[str]]] = []
    for row in gold:
        terms = [
            term for term in score_article(Article(row["headline"], row["body"]), trial).terms if term.loaded
        ]
        for judged in row["terms"]:
            over = [t for t in terms if t.start < judged["end"] and judged["start"] < t.end]
            if over and over[0].support is not None and over[0].verdict is not None:
                seen.append((over[0].support, over[0].verdict, set(judged["verdicts"])))

    def right(threshold: float) -> float:
        said = [("supported" if support >= threshold else verdict) for support, verdict, _ in seen]
        return _kappa(said, [truth for _, _, truth in seen])

    best = max((round(0.66 + 0.02 * i, 2) for i in range(13)), key=right)
    return {"supported_from": best, "also_from": ALSO_FROM}


# A second verdict is named if its gaps alone would take a quarter of the support.
ALSO_FROM = 0.3


def _kappa(said: Sequence[str], truth: Sequence[set[str]]) -> float:
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
        trial = fit(inside, START, others, seed, climbs=2)
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
            "verdict": verdict_thresholds(rows, fitted),
            "interval": interval_table(held_out, [row["divergence"] for row in rows]),
        },
    )
