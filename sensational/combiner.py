"""Weighs what the verifier reads and what the facts say of a term: seven verdicts, and what is left of it.

A softmax over the verdicts whose inputs have names and whose weights are data (``resources/combiner.json``):
for each input, how much it speaks for each verdict. Support is the expected support under the probabilities.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from sensational.analysis import VERDICTS, Kind, Verdict
from sensational.facts import HeadlineFacts, TermFacts
from sensational.terms import Span
from sensational.verifier.judgement import Judgement

LEAST = 1e-3
"""Probabilities are taken for at least this before their logarithm."""
TRACE = 0.01
"""How much of what is missing stays where a term is supported all the same."""
WHOLE_FROM = 0.5
"""A headline that diverges as likely as not lets its terms count in full."""
DIGITS = 4
"""Decimals of every probability, support and weight."""


@dataclass(frozen=True, slots=True)
class Combiner:
    """The fitted weights.

    Attributes:
        weights: for each input, how much it speaks for each of the seven verdicts.
        supports: what is left of a term under each verdict, 0 to 1; 1 for supported.
        supported_from: a term is supported from this probability on; below, the likeliest other verdict is.
        also: another verdict is named beside the term's own from this probability on.
        shares: how much a wholly unsupported term of each kind may mislead, 0 to 1.
        whole: exponent with which the verifier's divergence of the whole headline scales the shares.
        curve: exponent of the sum over the terms (see ``divergence.py``).
        intervals: rows of divergence, lower and upper bound: 80 % of readers' scores lie between.
    """

    weights: Mapping[str, tuple[float, ...]]
    supports: Mapping[str, float]
    supported_from: float
    also: float
    shares: Mapping[str, float]
    whole: float
    curve: float
    intervals: tuple[tuple[float, float, float], ...]

    def left_of(self, probabilities: Sequence[float], verdict: Verdict) -> float:
        """The support of a term, 0 to 1: expected under its probabilities.

        A supported term keeps only :data:`TRACE` of what is missing, so that it costs no point, and headlines
        that are borne out still come in an order.
        """
        expected = math.fsum(p * self.supports[name] for p, name in zip(probabilities, VERDICTS, strict=True))
        if verdict == "supported":
            expected = 1 - TRACE * (1 - expected)
        return min(1.0, round(expected, DIGITS))

    def weight_of(self, kind: Kind, diverges: float) -> float:
        """How much a term may mislead, 0 to its kind's share.

        Args:
            kind: of the term.
            diverges: the verifier's divergence of the whole headline, 0 to 1; from :data:`WHOLE_FROM` on,
                the share counts in full.
        """
        return round(self.shares[kind] * math.pow(min(1.0, diverges / WHOLE_FROM), self.whole), DIGITS)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the combiner says of one term."""

    probabilities: tuple[float, ...]
    verdict: Verdict
    also: tuple[Verdict, ...]
    support: float


@lru_cache(maxsize=1)
def load_combiner() -> Combiner:
    """The shipped weights."""
    data = json.loads((files("sensational.resources") / "combiner.json").read_text(encoding="utf-8"))
    return Combiner(
        weights={name: tuple(row) for name, row in data["weights"].items()},
        supports=data["supports"],
        supported_from=data["supported_from"],
        also=data["also"],
        shares=data["shares"],
        whole=data["whole"],
        curve=data["curve"],
        intervals=tuple((at, low, high) for at, low, high in data["intervals"]),
    )


def least_support(spans: Sequence[Span], judgement: Judgement) -> float:
    """The logarithm of the verifier's probability of *supported* for the span for which it is lowest."""
    return min((_log(judgement.verdicts_of(one.start, one.end)[0]) for one in spans), default=0.0)


def inputs_of(
    term: Span, judgement: Judgement, whole: HeadlineFacts, facts: TermFacts, least_of_all: float
) -> dict[str, float]:
    """The named inputs of the softmax for one term.

    If a headline diverges, its weakest span is to blame: so the inputs say whether this is the one.

    Args:
        term: the term.
        judgement: what the verifier reads.
        whole: facts of the headline.
        facts: of the term.
        least_of_all: from :func:`least_support` of all spans.
    """
    verdicts = judgement.verdicts_of(term.start, term.end)
    pointed = judgement.pointed(term.start, term.end)
    least = _least_supported(term, judgement)
    diverges = _logit(judgement.divergence)
    behind = _log(verdicts[0]) - least_of_all
    found = {f"verifier_{name}": _log(p) for name, p in zip(VERDICTS, verdicts, strict=True)}
    found |= {
        "constant": 1.0,
        "least_supported_word": _log(least),
        "headline_diverges": diverges,
        "better_than_weakest": behind,
        "is_weakest": float(behind == 0),
        "is_weakest_and_headline_diverges": diverges * (behind == 0),
        "points_nowhere": _logit(float(pointed[-1])),
        "points_surely": float(pointed[:-1].max(initial=0.0)),
        "body_disagrees": judgement.stances[2],
        "body_unrelated": judgement.stances[3],
        "number_follows": float(facts.number == "follows"),
        "number_differs": float(facts.number == "differs"),
        "words_found": facts.words_found,
        "words_found_in_speech": facts.words_found * (facts.voice is not None),
        "milder_word": float(facts.milder is not None),
        "somebody_says": float(facts.voice is not None),
        "headline_attributes": float(whole.attributed),
        "somebody_says_unattributed": float(facts.voice is not None and not whole.attributed),
    }
    return found


def weigh(inputs: Mapping[str, float], facts: TermFacts, combiner: Combiner) -> Weighed:
    """The verdict on one term, the other readings beside it, and its support."""
    scores = [
        math.fsum(weight[v] * inputs[name] for name, weight in combiner.weights.items())
        for v in range(len(VERDICTS))
    ]
    most = max(scores)
    powers = [math.exp(score - most) for score in scores]
    total = math.fsum(powers)
    return settle([power / total for power in powers], facts, combiner)


def settle(probabilities: list[float], facts: TermFacts, combiner: Combiner) -> Weighed:
    """Lets facts overrule, then reads verdict and support off the probabilities."""
    kept = overruled(probabilities, facts)
    rounded = _rounded(kept)
    likeliest = max(range(1, len(VERDICTS)), key=lambda v: (rounded[v], -v))
    verdict = VERDICTS[0 if rounded[0] >= combiner.supported_from else likeliest]
    also = tuple(
        name for p, name in zip(rounded, VERDICTS, strict=True) if p >= combiner.also and name != verdict
    )
    return Weighed(tuple(rounded), verdict, also, combiner.left_of(rounded, verdict))


def overruled(probabilities: list[float], facts: TermFacts) -> list[float]:
    """The probabilities after what rules know for certain.

    *number_stated*: a number that the body states, or that follows from it, is not contradicted.
    *quotation_spoken*: a quotation that stands verbatim in somebody's mouth is not absent or contradicted.
    """
    ruled_out: set[str] = set()
    if facts.number == "follows":
        ruled_out.add("contradicted")
    if facts.quotation == "spoken":
        ruled_out |= {"contradicted", "absent"}
    if not ruled_out:
        return probabilities
    kept = [0.0 if name in ruled_out else p for p, name in zip(probabilities, VERDICTS, strict=True)]
    total = math.fsum(kept)
    return [p / total for p in kept] if total > 0 else probabilities


def _least_supported(term: Span, judgement: Judgement) -> float:
    rows = judgement.reading.rows(term.start, term.end)
    return float(np.min(judgement.verdicts[rows, 0])) if rows else 1.0


def _log(p: float) -> float:
    return math.log(max(LEAST, float(p)))


def _logit(p: float) -> float:
    p = min(1 - LEAST, max(LEAST, p))
    return math.log(p / (1 - p))


def _rounded(probabilities: list[float]) -> list[float]:
    """The probabilities with :data:`DIGITS` decimals, still summing to 1."""
    rounded = [round(p, DIGITS) for p in probabilities]
    best = max(range(len(rounded)), key=lambda v: (rounded[v], -v))
    rounded[best] = round(rounded[best] + 1 - math.fsum(rounded), DIGITS)
    return rounded
