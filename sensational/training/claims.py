"""Trains the claim-strength model from labelled sentences.

Four one-against-all logistic regressions over binary features that are scaled by naive Bayes log-count
ratios (Wang and Manning, "Baselines and bigrams", 2012) and by the root of the number of features.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sensational.claims import SCALE, ClaimModel, features, from_json

LEAST_OFTEN = 2  # a feature is kept if that many sentences have it
SMOOTHING = 0.5  # of the log-count ratios
STRETCH = 10.0  # brings the root-scaled features back to about 1, where COST was chosen
COST = 0.2  # inverse strength of the penalty; chosen by five-fold cross-validation, flat around it
LEAST_WEIGHT = 600  # thousandths; weaker features are left out: half the model, the same macro-F1 (0.80)


def train(path: Path, out: Path, seed: int = 0) -> None:
    """Train on ``strength.jsonl.gz`` of the exaggeration set at ``path`` and write the model to ``out``.

    Sentences that stand in ``pairs.jsonl.gz`` beside it are left out, so that pairs can be scored.

    Args:
        path: the folder of the set.
        out: the JSON file to write; the same bytes each time.
        seed: of the solver.

    Raises:
        OSError: the set cannot be read or ``out`` not written.
    """
    source = path / "strength.jsonl.gz"
    items = apart_from_pairs(read(source), read(path / "pairs.jsonl.gz"))
    data = fit([item["text"] for item in items], [item["strength"] for item in items], seed)
    provenance = {
        "set": "exaggeration/strength.jsonl.gz, without sentences of pairs.jsonl.gz",
        "sha256": hashlib.sha256(source.read_bytes()).hexdigest(),
        "from": "junwang4/correlation-to-causation-exaggeration",
        "sentences": len(items),
        "trained_by": "sensational.training.claims",
        "seed": seed,
    }
    lines = [f"{json.dumps(name)}: {json.dumps(weight)}" for name, weight in data["weights"].items()]
    text = (
        '{"provenance": ' + json.dumps(provenance) + ',\n"unit": "thousandths; strengths 0, 1, 2, 3",\n'
        '"bias": ' + json.dumps(data["bias"]) + ',\n"weights": {\n' + ",\n".join(lines) + "\n}}\n"
    )
    out.write_text(text, encoding="utf-8", newline="\n")


def read(path: Path) -> list[dict[str, Any]]:
    """The objects of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def key(text: str) -> str:
    """A text without case, punctuation and white space: equal for copies of one sentence."""
    return re.sub(r"\W+", " ", text.lower()).strip()


def apart_from_pairs(
    items: Sequence[dict[str, Any]], pairs: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The labelled sentences that are no part of a pair's texts, nor the other way round."""
    held = [key(pair[side]) for pair in pairs for side in ("headline", "body")]
    return [
        item
        for item in items
        if not any(key(item["text"]) in one or one in key(item["text"]) for one in held)
    ]


def fit(texts: Sequence[str], labels: Sequence[int], seed: int = 0) -> dict[str, Any]:
    """Bias and weights, in thousandths, as :func:`sensational.claims.from_json` reads them."""
    import numpy as np
    from scipy.sparse import csr_matrix, diags
    from sklearn.linear_model import LogisticRegression

    found = [features(text) for text in texts]
    often = Counter(name for names in found for name in names)
    names = sorted(name for name, times in often.items() if times >= LEAST_OFTEN)
    column = {name: at for at, name in enumerate(names)}
    places = [sorted(column[name] for name in one if name in column) for one in found]
    starts = np.cumsum([0] + [len(one) for one in places]).astype(np.int32)
    flat = np.array([at for one in places for at in one], dtype=np.int32)
    binary = csr_matrix((np.ones(len(flat)), flat, starts), shape=(len(texts), len(names)))
    roots = diags([STRETCH / max(1, len(one)) ** 0.5 for one in found])
    target = np.array(labels)
    bias, weights = [], np.zeros((4, len(names)))
    for strength in range(4):
        inside = SMOOTHING + np.asarray(binary[target == strength].sum(0))[0]
        outside = SMOOTHING + np.asarray(binary[target != strength].sum(0))[0]
        ratio = np.log((inside / inside.sum()) / (outside / outside.sum()))
        scaled = (roots @ binary @ diags(ratio)).tocsr()
        scaled.indices, scaled.indptr = scaled.indices.astype(np.int32), scaled.indptr.astype(np.int32)
        learner = LogisticRegression(C=COST, solver="liblinear", max_iter=300, random_state=seed)
        learner.fit(scaled, target == strength)
        bias.append(round(float(learner.intercept_[0]) * SCALE))
        weights[strength] = learner.coef_[0] * ratio * STRETCH * SCALE
    rounded = np.rint(weights).astype(int).T.tolist()
    kept = {
        name: weight
        for name, weight in zip(names, rounded, strict=True)
        if max(abs(one) for one in weight) >= LEAST_WEIGHT
    }
    return {"bias": bias, "weights": kept}


def fit_model(texts: Sequence[str], labels: Sequence[int], seed: int = 0) -> ClaimModel:
    """A model fitted to labelled texts, as it would be read back."""
    return from_json(fit(texts, labels, seed))
