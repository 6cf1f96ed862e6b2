"""Fits the combiner and the weights of the score on labelled headlines that the verifier has not seen.

The softmax is a multinomial logistic regression (scikit-learn) on the labels of the terms; what each verdict
leaves of a term, the share of each kind, the curve and how much the headline as a whole says are then fitted
to the readers' divergence, where real headlines count :data:`ORIGINAL_WEIGHT` times, since those are what
users bring.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

import numpy as np

from sensational.analysis import KINDS, VERDICTS
from sensational.combiner import Combiner, Weighed, inputs_of, least_support, weigh
from sensational.divergence import DIGITS, combine
from sensational.facts import Facts, HeadlineFacts, TermFacts
from sensational.language.document import Document
from sensational.ledger import deciding_sentences
from sensational.terms import Span, find_spans
from sensational.training.files import provenance, write_json
from sensational.training.verifier.examples import Example, headlines, written_for_training
from sensational.training.verifier.examples import Span as Marked
from sensational.verifier.inputs import ReadBody
from sensational.verifier.model import judge, read_headline

ORIGINAL_WEIGHT = 2.0
BALANCE = 0.3
"""How far rare verdicts are weighed up in the softmax: 0 not at all, 1 until all count alike."""
STRENGTH = 0.1
"""Inverse of the L2 penalty on the standardised inputs; chosen by folds within the part that is fitted on."""
PENALTY = 0.02
LARGE = 60.0
"""Points of divergence from which an error counts twice."""
MISLEADING = 50.0
"""Points of the readers' divergence from which a headline counts twice: most headlines are honest."""
FOLDS = 5
COVERED = 0.82
"""Share of the readers' scores that an interval holds where it is fitted; elsewhere it holds 80 %."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of a labelled headline, its inputs and the readers' verdict (supported where none is marked)."""

    span: Span
    inputs: dict[str, float]
    facts: TermFacts
    verdict: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A labelled headline, read once."""

    example: Example
    whole: HeadlineFacts
    diverges: float
    candidates: tuple[Candidate, ...]

    @property
    def weight(self) -> float:
        """How much it counts."""
        return ORIGINAL_WEIGHT if self.example.recipe == "original" else 1.0


def prepare(examples: Iterable[Example]) -> list[Prepared]:
    """Reads labelled headlines with the shipped verifier."""
    bodies: dict[str, ReadBody] = {}
    found = []
    for example in examples:
        if example.body not in bodies:
            bodies[example.body] = ReadBody(Document(example.body))
        found.append(prepared(example, bodies[example.body]))
    return found


def prepared(example: Example, body: ReadBody) -> Prepared:
    """One labelled headline with its spans and their inputs."""
    headline = Document(example.headline)
    judgement = judge(headline, body)
    facts = Facts(headline, body)
    whole = facts.of_headline()
    candidates = []
    spans = find_spans(headline, read_headline(headline))
    least = least_support(spans, judgement)
    for span in spans:
        sentences = deciding_sentences(span, headline, body.document, judgement)
        found = facts.of_term(span, sentences[0] if sentences else None)
        candidates.append(
            Candidate(span, inputs_of(span, judgement, whole, found, least), found, _verdict(span, example))
        )
    return Prepared(example, whole, judgement.divergence, tuple(candidates))


def _verdict(span: Span, example: Example) -> str:
    """The readers' verdict on the marked span that overlaps one of ours the most."""

    def overlap(marked: Marked) -> int:
        return min(span.end, marked.end) - max(span.start, marked.start)

    best = max(example.spans, key=overlap, default=None)
    if best is None or overlap(best) <= 0:
        return "supported"
    return VERDICTS[int(np.argmax(best.verdicts))]


def fit(rows: Sequence[Prepared], more: Sequence[Prepared] = (), strength: float = STRENGTH) -> Combiner:
    """Fits everything on some labelled headlines.

    The score is fitted to probabilities from folds that the softmax had not seen, so that it does not trust
    them more than they deserve.

    Args:
        rows: from :func:`prepare`.
        more: headlines that only the softmax is fitted on; their divergences are not those of the news.
        strength: inverse of the L2 penalty.
    """
    combiner = Combiner(
        weights=fit_softmax([*rows, *more], strength),
        supports={"supported": 1.0, "attributed": 0.7, "hedged": 0.6, "weaker": 0.55, "shifted": 0.4,
                  "contradicted": 0.05, "absent": 0.2},
        supported_from=0.5, also=0.25, shares=dict.fromkeys(KINDS, 0.8), whole=0.7, curve=1.3, intervals=(),
    )  # fmt: skip
    weighed = cross_fitted(rows, more, strength, combiner)
    combiner = replace(combiner, supported_from=fit_threshold(rows, weighed))
    weighed = cross_fitted(rows, more, strength, combiner)
    combiner = fit_score(rows, weighed, combiner)
    return replace(combiner, intervals=intervals(rows, weighed, combiner))


def cross_fitted(
    rows: Sequence[Prepared], more: Sequence[Prepared], strength: float, combiner: Combiner
) -> list[list[Weighed]]:
    """Each headline's candidates, weighed by a softmax of ``more`` and the other folds (by article)."""
    fold = [crc32(row.example.body.encode("utf-8")) % FOLDS for row in rows]
    weighed: list[list[Weighed]] = [[] for _ in rows]
    for one in range(FOLDS):
        others = [row for row, f in zip(rows, fold, strict=True) if f != one]
        fitted = replace(combiner, weights=fit_softmax([*others, *more], strength))
        for i, row in enumerate(rows):
            if fold[i] == one:
                weighed[i] = [weigh(one.inputs, one.facts, fitted) for one in row.candidates]
    return weighed


def fit_softmax(rows: Sequence[Prepared], strength: float) -> dict[str, tuple[float, ...]]:
    """The weights of the softmax, for inputs as they are (not standardised)."""
    from sklearn.linear_model import LogisticRegression

    names = [name for name in rows[0].candidates[0].inputs if name != "constant"]
    x = np.array([[one.inputs[name] for name in names] for row in rows for one in row.candidates])
    y = np.array([VERDICTS.index(one.verdict) for row in rows for one in row.candidates])
    weight = np.array([1.0 if one.span.loaded else 0.5 for row in rows for one in row.candidates])
    counts = np.maximum(np.bincount(y, weights=weight, minlength=len(VERDICTS)), 1.0)
    weight *= (counts.max() / counts[y]) ** BALANCE
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
    model = LogisticRegression(C=strength, max_iter=3000).fit((x - mean) / scale, y, sample_weight=weight)
    slopes = np.zeros((len(VERDICTS), len(names)))
    offset = np.full(len(VERDICTS), -20.0)
    slopes[model.classes_] = model.coef_ / scale
    offset[model.classes_] = model.intercept_ - (model.coef_ / scale) @ mean
    weights = {name: tuple(np.round(slopes[:, i], 4).tolist()) for i, name in enumerate(names)}
    return {"constant": tuple(np.round(offset, 4).tolist()), **weights}


def fit_threshold(rows: Sequence[Prepared], weighed: Sequence[Sequence[Weighed]]) -> float:
    """From which probability on a loaded term is called supported: the largest sum of the three measures.

    Exactness alone would choose a low one, because most terms are supported; kappa and macro-F1 a high one.
    """
    from sklearn.metrics import accuracy_score, cohen_kappa_score, f1_score

    pairs = [
        (one.verdict, w.probabilities)
        for row, ws in zip(rows, weighed, strict=True)
        for one, w in zip(row.candidates, ws, strict=True)
        if one.span.loaded
    ]
    gold = [verdict for verdict, _ in pairs]

    def worth(threshold: float) -> float:
        ours = [VERDICTS[0 if p[0] >= threshold else 1 + int(np.argmax(p[1:]))] for _, p in pairs]
        macro = f1_score(gold, ours, average="macro", zero_division=0)
        return float(accuracy_score(gold, ours) + cohen_kappa_score(gold, ours) + macro)

    return max((0.4, 0.45, 0.5, 0.55, 0.6), key=worth)


def fit_score(rows: Sequence[Prepared], weighed: Sequence[Sequence[Weighed]], combiner: Combiner) -> Combiner:
    """Fits what verdicts leave, shares, curve and the weight of the whole to the readers' divergence."""
    from scipy.optimize import minimize

    truth = np.array([100 * (row.example.divergence or 0.0) for row in rows])
    weight = np.array([row.weight for row in rows]) * (1 + truth / MISLEADING)
    names = [name for name in VERDICTS if name != "supported"]
    groups = ("loaded", "plain", "quote", "hook", "urgency")
    start = np.array(
        [
            *(_logit(combiner.supports[name]) for name in names),
            *([1.4] * len(groups)),
            0.3,
            math.log(combiner.whole),
        ]
    )

    def built(x: np.ndarray) -> Combiner:
        supports: dict[str, float] = {"supported": 1.0}
        supports |= {n: round(_logistic(v), 3) for n, v in zip(names, x, strict=False)}
        shares: dict[str, float] = dict(
            zip(groups, (round(0.98 * _logistic(v), 3) for v in x[len(names) :]), strict=False)
        )
        return replace(
            combiner,
            supports=supports,
            shares={kind: shares.get(kind, shares["loaded"]) for kind in KINDS},
            curve=round(1.0 + math.exp(x[-2]), 3),
            whole=round(math.exp(x[-1]), 3),
        )

    def loss(x: np.ndarray) -> float:
        one = built(x)
        ours = np.array([_divergence(row, w, one) for row, w in zip(rows, weighed, strict=True)])
        return _error(ours - truth, weight) + PENALTY * float(((x - start) ** 2).sum())

    found = minimize(loss, start, method="Powell", options={"maxiter": 6, "xtol": 1e-2, "ftol": 1e-3})
    return built(found.x)


def _error(difference: np.ndarray, weight: np.ndarray) -> float:
    """Absolute error, with large ones counted more: a misleading headline must not pass for an honest one."""
    size = np.abs(difference)
    return float((weight * (size + size**2 / LARGE)).sum() / weight.sum())


def _divergence(row: Prepared, weighed: Sequence[Weighed], combiner: Combiner) -> float:
    kept = listed(row, weighed, combiner)
    return combine(
        [combiner.weight_of(one.span.kind, row.diverges) for one, _ in kept],
        [combiner.left_of(w.probabilities, w.verdict) for _, w in kept],
        combiner.curve,
    ).total


def listed(row: Prepared, weighed: Sequence[Weighed], combiner: Combiner) -> list[tuple[Candidate, Weighed]]:
    """The candidates that the ledger lists, as ``ledger.py`` does."""
    if row.whole.word_for_word is not None:
        return []
    return [
        (one, w)
        for one, w in zip(row.candidates, weighed, strict=True)
        if one.span.loaded or w.verdict != "supported"
    ]


def divergences(rows: Sequence[Prepared], combiner: Combiner) -> list[float]:
    """The divergence of each headline under a combiner."""
    return [
        _divergence(row, [weigh(one.inputs, one.facts, combiner) for one in row.candidates], combiner)
        for row in rows
    ]


def intervals(
    rows: Sequence[Prepared], weighed: Sequence[Sequence[Weighed]], combiner: Combiner
) -> tuple[tuple[float, float, float], ...]:
    """Rows of divergence, lower and upper bound: where 80 % of the readers' scores lie.

    Eighths of the headlines in the order of their divergence; joined until no bound falls as it rises.
    """
    pairs = sorted(
        (_divergence(row, w, combiner), 100 * (row.example.divergence or 0.0))
        for row, w in zip(rows, weighed, strict=True)
    )
    size = max(1, len(pairs) // 8)
    parts: list[list[tuple[float, float]]] = []
    for start in range(0, len(pairs) - size // 2, size):
        parts.append(pairs[start : start + size])
        while len(parts) > 1 and any(
            now < before for now, before in zip(_bounds(parts[-1]), _bounds(parts[-2]), strict=True)
        ):
            parts[-2:] = [parts[-2] + parts[-1]]
    middles = [round(float(np.mean([pair[0] for pair in part])), DIGITS) for part in parts]
    return tuple((at, *_bounds(part)) for at, part in zip(middles, parts, strict=True))


def _bounds(part: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The shortest stretch that holds the readers' scores of :data:`COVERED` of some headlines."""
    scores = sorted(truth for _, truth in part)
    held = math.ceil(COVERED * len(scores))
    low, high = min(zip(scores, scores[held - 1 :], strict=False), key=lambda ends: ends[1] - ends[0])
    return round(low, 1), round(high, 1)


def _logit(p: float) -> float:
    return math.log(p / (1 - p))


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, float(x)))))


def train(benchmarks: Path, for_training: Path, file: Path) -> Combiner:
    """Fits the shipped combiner and writes it as readable data.

    Args:
        benchmarks: the folder of the labelled sets.
        for_training: the folder of the headlines that were written for training (``data/training``).
        file: is replaced.
    """
    combiner = fit(
        prepare(headlines(benchmarks, ("fit",))),
        prepare(written_for_training(for_training, benchmarks, "fit")),
    )
    write_json(
        file,
        {
            "weights": {name: list(row) for name, row in combiner.weights.items()},
            "verdicts": list(VERDICTS),
            "supports": dict(combiner.supports),
            "supported_from": combiner.supported_from, "also": combiner.also,
            "shares": dict(combiner.shares), "whole": combiner.whole, "curve": combiner.curve,
            "intervals": [list(row) for row in combiner.intervals],
            "provenance": provenance(
                what="the combiner and the weights of the score",
                data="benchmarks/headlines and data/training, the parts kept for fitting",
                method="multinomial logistic regression; mean absolute error of the divergence",
            ),
        },
    )  # fmt: skip
    return combiner
