"""How strong a causal claim a text makes.

0 no relationship, 1 correlational, 2 conditionally causal, 3 causal.

A linear model over named features: words, their stems, pairs of neighbouring stems, and the cue classes of
``lexicon/en/claim_cues.tsv``: which stand there, in which quarter, after which (*MODAL … DOWN*), and between
which function words (*DOWN the*, *RISK of*).
Weights are integers in ``resources/claims.json``, so that a sum is the same on every machine; they were
trained by ``sensational.training.claims``. The steps are those of Li, Zhang and Yu, "An NLP analysis of
exaggerated claims in science news" (2017), and of Yu, Li and Wang (2019).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from sensational.language.stems import stems
from sensational.lexicon.loader import rows
from sensational.steady import logistic

Four = tuple[float, float, float, float]
Whole = tuple[int, int, int, int]

_LANE = 64  # bits
_HALF = 1 << (_LANE - 1)

FEWEST_WORDS = 3  # fewer make no statement
SURE = 0.5  # a sentence of a body counts as making its claim from this probability on
SCALE = 1000  # weights are stored in thousandths

_TOKEN = re.compile(r"[a-z]+(?:-[a-z]+)*|[0-9]+")
# *, study finds* at the end of a headline says who claims, not what.
_BY_WHOM = re.compile(
    r", (?:new |the )?(?:stud(?:y|ies)|research|researchers|scientists|experts|report) [a-z]+\W*$"
)
_BETWEEN = frozenset(
    (
        "a", "about", "after", "all", "also", "among", "an", "and", "are", "as", "at", "be", "been", "before",
        "being", "between", "both", "but", "by", "during", "for", "from", "had", "has", "have", "he", "her",
        "his", "i", "if", "in", "into", "is", "it", "new", "of", "on", "only", "or", "our", "she", "than",
        "that", "the", "their", "these", "they", "this", "those", "to", "was", "we", "were", "when",
        "whether", "which", "while", "who", "with",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClaimModel:
    """Weights of the four strengths, in thousandths, by feature; ``bias`` likewise.

    The four weights of a feature lie side by side in one whole number (:func:`side_by_side`), so that one sum
    is four and little memory is touched.
    """

    bias: Whole
    weights: Mapping[str, int]

    def scores(self, text: str) -> Four | None:
        """Log-odds of each strength against all others; None for a text of too few words."""
        found = features(text)
        if not found:
            return None
        weights = self.weights
        first, second, third, fourth = apart(sum([weights[name] for name in found if name in weights]))
        root = math.sqrt(len(found))
        bias = self.bias
        return (
            (bias[0] + first / root) / SCALE,
            (bias[1] + second / root) / SCALE,
            (bias[2] + third / root) / SCALE,
            (bias[3] + fourth / root) / SCALE,
        )


@lru_cache(maxsize=1)
def model() -> ClaimModel:
    """The shipped model, read once a process."""
    data = json.loads((files("sensational.resources") / "claims.json").read_text(encoding="utf-8"))
    return from_json(data)


def from_json(data: Mapping[str, Any]) -> ClaimModel:
    """A model from what :mod:`sensational.training.claims` wrote."""
    first, second, third, fourth = data["bias"]
    weights = {name: side_by_side(four) for name, four in data["weights"].items()}
    return ClaimModel((first, second, third, fourth), weights)


def side_by_side(four: Sequence[int]) -> int:
    """Four whole numbers as one, of which sums may be taken; :func:`apart` gives back the four sums."""
    first, second, third, fourth = four
    return first + (second << _LANE) + (third << 2 * _LANE) + (fourth << 3 * _LANE)


def apart(whole: int) -> Whole:
    """The four numbers that lie side by side, each between -2^63 and 2^63."""
    found = []
    for _ in range(4):
        one = (whole + _HALF) % (2 * _HALF) - _HALF
        found.append(one)
        whole = (whole - one) >> _LANE
    first, second, third, fourth = found
    return first, second, third, fourth


def claim_strength(text: str, using: ClaimModel | None = None) -> int | None:
    """The causal claim that a text makes, 0 to 3; None if it is too short to make one."""
    scores = (using or model()).scores(text)
    return None if scores is None else scores.index(max(scores))


def claim_strengths(text: str, using: ClaimModel | None = None) -> Four:
    """The probability of each strength, rounded to six digits; all 0 where there is no claim to judge."""
    scores = (using or model()).scores(text)
    if scores is None:
        return (0.0, 0.0, 0.0, 0.0)
    odds = [logistic(score) for score in scores]
    whole = math.fsum(odds) or 1.0
    first, second, third, fourth = (round(one / whole, 6) for one in odds)
    return first, second, third, fourth


def body_claim_strength(sentences: Sequence[str], using: ClaimModel | None = None) -> int | None:
    """The strongest claim among the sentences of a body that bear on the headline, 0 to 3.

    Of several, those count whose strength is at least ``SURE``, or else the surest. None if none can be
    judged.
    """
    judged = [
        (max(chances), chances.index(max(chances)))
        for chances in (claim_strengths(sentence, using) for sentence in sentences)
        if any(chances)
    ]
    if not judged:
        return None
    sure = [strength for chance, strength in judged if chance >= SURE]
    return max(sure) if sure else max(judged)[1]


def features(text: str) -> list[str]:
    """The names of the features of a text, none twice; empty for a text of too few words."""
    words = [
        "0" if word[0] in "0123456789" else word for word in _TOKEN.findall(_BY_WHOM.sub("", text.lower()))
    ]
    if len(words) < FEWEST_WORDS:
        return []
    starred = [one + "*" for one in stems(words)]
    cues = _cues()
    run = ["<"]
    stood: list[str] = []
    found = words + starred + list(map(" ".join, pairwise(["<", *starred, ">"])))
    for at, word in enumerate(words):
        cue = cues.get(word)
        if cue:
            run.append(cue)
            found.append(f"{cue} in quarter {4 * at // len(words) + 1}")
            found += [f"{before} … {cue}" for before in stood]
            if cue not in stood:
                stood.append(cue)
        elif word in _BETWEEN:
            run.append(word)
        elif run[-1] != "_":
            run.append("_")
    run.append(">")
    found += run
    found += map(" ".join, pairwise(run))
    found.append(f"length {min(6, len(words) // 6)}")
    found += [mark for mark in "?:" if mark in text]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=1)
def _cues() -> dict[str, str]:
    """Cue class, in capitals, by word."""
    table = rows(files("sensational.lexicon") / "en" / "claim_cues.tsv")
    return {word: row["cue"].upper() for row in table for word in row["words"].split()}
