"""Trains the weights of :mod:`sensational.teasing`: a logistic regression over wording, vectors and form.

Its targets are shares: each headline stands for ``strength`` readers who say yes and the rest who say no.
Vectors give weight to words that the set lacks; steps let a figure of form say more or less at any level.
Chosen by cross-validation (docs/what-was-tried.md).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sensational.language import meaning
from sensational.teasing import NAME_SHARE, SCALE, form, from_json, teasing, tokens_of, wording
from sensational.training.claims import read
from sensational.training.files import checksum, provenance, versions
from sensational.training.tables import SIDES, direction, usual_case, write

LEAST_POSTS = 4  # posts that hold a run of words or shapes
LEAST_WEIGHT = 0.05  # weaker wording is left out: it moves no headline by more than a hundredth
LEVELS = 10  # steps of a figure of form, at most: at its deciles
STEP = 0.3  # what passing a level counts in the fit: a smaller one smooths more
RARE = 1 / 6  # of a run's rarity: brings it near 1
COST = 0.25  # inverse strength of the penalty


def fit_teasing(headlines: Sequence[str], strengths: Sequence[float]) -> dict[str, Any]:
    """Bias, weights and steps, in thousandths, as :func:`sensational.teasing.from_json` reads them.

    Args:
        headlines: one text each.
        strengths: the share of readers, 0 to 1, who call each of them teasing.
    """
    import numpy as np
    from scipy.sparse import csr_matrix, hstack, vstack
    from sklearn.linear_model import LogisticRegression

    tokens = [tokens_of(headline) for headline in headlines]
    runs = [sorted(wording(one)) for one in tokens]
    often = Counter(name for one in runs for name in one)
    names = sorted(name for name, times in often.items() if times >= LEAST_POSTS and not is_name(name))
    scale = [RARE * (math.log((len(runs) + 1) / (often[name] + 1)) + 1) for name in names]
    column = {name: at for at, name in enumerate(names)}
    common = [word for word in meaning._table().rows if meaning.row(word) is not None and not is_name(word)]
    directions = np.array([direction(word) for word in common])
    place = {word: at for at, word in enumerate(common)}

    places: list[int] = []
    values: list[float] = []
    starts = [0]
    sums = np.zeros((len(runs), directions.shape[1]))
    for number, one in enumerate(runs):
        share = 1 / math.sqrt(max(1, len(tokens[number])))
        for name in one:
            if name in column:
                places.append(column[name])
                values.append(share * scale[column[name]])
            if name in place:
                sums[number] += share * directions[place[name]]
        starts.append(len(places))
    sparse = csr_matrix(
        (np.array(values), np.array(places, dtype=np.int32), np.array(starts, dtype=np.int32)),
        shape=(len(runs), len(names)),
    )
    figures = [form(headline, one) for headline, one in zip(headlines, tokens, strict=True)]
    named = sorted({name for one in figures for name in one})
    levels = {name: _levels([one.get(name, 0.0) for one in figures]) for name in named}
    passed = [[one.get(name, 0.0) >= level for name in named for level in levels[name]] for one in figures]
    lines = hstack([sparse, csr_matrix(sums), csr_matrix(STEP * np.array(passed, dtype=float))]).tocsr()
    shares = np.array(strengths)
    learner = LogisticRegression(C=COST, max_iter=150)
    learner.fit(
        vstack([lines, lines]).tocsr(),
        np.repeat([1, 0], len(shares)),
        sample_weight=np.concatenate([shares, 1 - shares]),
    )
    learned = learner.coef_[0]
    vector = learned[len(names) : len(names) + directions.shape[1]]
    weights = dict(zip(common, (directions @ vector).tolist(), strict=True))
    for name, one, size in zip(names, learned[: len(names)].tolist(), scale, strict=True):
        weights[name] = weights.get(name, 0.0) + one * size
    steps = iter((STEP * learned[len(names) + directions.shape[1] :]).tolist())
    return {
        "bias": round(float(learner.intercept_[0]) * SCALE),
        "weights": {name: round(one * SCALE) for name, one in weights.items() if abs(one) >= LEAST_WEIGHT},
        "form": {name: [levels[name], _running(next(steps) for _ in levels[name])] for name in levels},
    }


def _levels(values: Sequence[float]) -> list[float]:
    """Where a figure steps: its deciles, or its first values above the least where most are equal."""
    ordered = sorted(values)
    deciles = {ordered[len(ordered) * at // LEVELS] for at in range(1, LEVELS)}
    found = deciles if len(deciles) > 3 else deciles | set(sorted(set(ordered))[1:4])
    return sorted(level for level in found if level > ordered[0])


def _running(steps: Iterable[float]) -> list[int]:
    """The points below the first level, 0, and from each level on."""
    found, total = [0], 0.0
    for step in steps:
        total += step
        found.append(round(total * SCALE))
    return found


def is_name(run: str) -> bool:
    """Whether a run of words holds a name, a word for a side, or a word too rare to know which."""
    return run[0] != "~" and any(
        word[0].isalpha() and (word in SIDES or meaning.row(word) is None or usual_case(word) > NAME_SHARE)
        for word in run.split(" ")
    )


def predict(data: Mapping[str, Any], headlines: Sequence[str]) -> list[float]:
    """The teasing of headlines by what :func:`fit_teasing` learned."""
    model = from_json(data)
    return [teasing(headline, model) for headline in headlines]


def train(benchmarks: Path, out: Path) -> None:
    """Train on ``clickbait/posts.jsonl.gz`` and write ``loading_teasing.json`` into the folder ``out``.

    Args:
        benchmarks: the folder that holds ``clickbait``.
        out: a folder.

    Raises:
        OSError: the set cannot be read or the file not written.
    """
    posts = benchmarks / "clickbait" / "posts.jsonl.gz"
    items = read(posts)
    learned = fit_teasing([item["text"] for item in items], [item["strength"] for item in items])
    facts = provenance(
        what="Weights of wording and form in how much a headline teases; no post is in it",
        data="Webis Clickbait-17 posts (CC BY 4.0) with the mean judgement of five readers",
        data_sha256=checksum(posts),
        method="logistic regression on shares; see sensational/training/teasing.py",
        libraries=versions("numpy", "scipy", "scikit-learn"),
    )
    unit = "thousandths of log-odds; form: levels, then the points below the first and from each on"
    write(out / "loading_teasing.json", learned, facts, unit, ("bias",), ("form", "weights"))
