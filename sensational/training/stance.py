"""Trains the stance model on the Fake News Challenge, folded by story.

features of every pair → boosted trees (related or not; agree, discuss, disagree) → plain arrays
"""

from __future__ import annotations

import gzip
import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sensational.language.document import Document
from sensational.stance import FEATURES, LABELS, RELATED_FEATURES, features

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STORY_EXPONENT = 0.5
"""A story with n pairs weighs n to the power of 1 less this: no story drowns the rest."""
CLASS_WEIGHTS = {"agree": 1.3, "discuss": 1.0, "disagree": 2.5}
"""The rare stances count for more; set on the folds, between the challenge's score and macro-F1."""
RELATED_TREES = {"max_iter": 40, "learning_rate": 0.1, "max_leaf_nodes": 8, "l2_regularization": 5.0}
THREE_TREES = {
    "max_iter": 75,
    "learning_rate": 0.1,
    "max_leaf_nodes": 8,
    "max_features": 0.4,
    "min_samples_leaf": 40,
    "l2_regularization": 5.0,
}


@dataclass(frozen=True, slots=True)
class Pairs:
    """Headline-body pairs as arrays, row by row."""

    rows: NDArray[np.float64]
    """:data:`sensational.stance.FEATURES` of each pair."""
    labels: NDArray[np.int64]
    """Index into :data:`sensational.stance.LABELS`."""
    headline_story: NDArray[np.int64]
    body_story: NDArray[np.int64]
    texts: tuple[tuple[str, str], ...]


def read(folder: Path) -> Pairs:
    """Reads ``stances.jsonl.gz`` and ``bodies.jsonl.gz`` and computes the features of every pair.

    Raises:
        FileNotFoundError: a file is missing.
    """
    import numpy as np

    bodies = {row["body_id"]: row["body"] for row in _lines(folder / "bodies.jsonl.gz")}
    pairs = [(row["headline"], row["body_id"], row["stance"]) for row in _lines(folder / "stances.jsonl.gz")]
    stories = _stories(pairs)
    headline_documents = {headline: Document(headline) for headline, _, _ in pairs}
    body_documents = {number: Document(text) for number, text in bodies.items()}
    return Pairs(
        np.array(
            [features(headline_documents[headline], body_documents[body]) for headline, body, _ in pairs]
        ),
        np.array([LABELS.index(label) for _, _, label in pairs]),
        np.array([stories[headline] for headline, _, _ in pairs]),
        np.array([stories[body] for _, body, _ in pairs]),
        tuple((headline, bodies[body]) for headline, body, _ in pairs),
    )


def _lines(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _stories(pairs: Sequence[tuple[str, int, str]]) -> dict[str | int, int]:
    """The story of each headline and body: connected components of the related pairs."""
    parent: dict[str | int, str | int] = {}

    def root(node: str | int) -> str | int:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for headline, body, label in pairs:
        left, right = root(headline), root(body)
        if label != "unrelated":
            parent[left] = right
    numbers: dict[str | int, int] = {}
    return {node: numbers.setdefault(root(node), len(numbers)) for node in list(parent)}


def fit(pairs: Pairs, chosen: NDArray[np.bool_], seed: int = 0) -> dict[str, Any]:
    """The model learned from the chosen pairs, in the form that :func:`sensational.stance.judged` reads."""
    import numpy as np
    from sklearn.ensemble import HistGradientBoostingClassifier

    rows, labels = pairs.rows[chosen], pairs.labels[chosen]
    related = labels != LABELS.index("unrelated")
    first = HistGradientBoostingClassifier(early_stopping=False, random_state=seed, **RELATED_TREES)
    first.fit(rows[:, : len(RELATED_FEATURES)], related)

    story = pairs.headline_story[chosen][related]
    class_weight = np.array([CLASS_WEIGHTS[label] for label in LABELS[:3]])
    weight = class_weight[labels[related]] / np.bincount(story)[story] ** STORY_EXPONENT
    second = HistGradientBoostingClassifier(early_stopping=False, random_state=seed, **THREE_TREES)
    second.fit(rows[related], labels[related], sample_weight=weight / weight.mean())
    return {"related": _ensembles(first)[0], "three": _ensembles(second)}


def _ensembles(boosted: Any) -> list[dict[str, Any]]:
    """The trees of each class as nested lists; see ``sensational.stance._score``."""
    starts = boosted._baseline_prediction.ravel()
    by_class = zip(*boosted._predictors, strict=True)
    return [
        {"start": _short(start), "trees": [_tree(predictor.nodes, 0) for predictor in predictors]}
        for start, predictors in zip(starts, by_class, strict=True)
    ]


def _tree(nodes: Any, at: int) -> Any:
    node = nodes[at]
    if node["is_leaf"]:
        return _short(node["value"])
    left, right = _tree(nodes, int(node["left"])), _tree(nodes, int(node["right"]))
    return [int(node["feature_idx"]), _short(node["num_threshold"]), left, right]


def _short(number: Any) -> float:
    """Six significant digits: enough for a tree, and the same on every machine."""
    return float(f"{float(number):.6g}")


def train(fnc1_folder: Path, out: Path, seed: int = 0) -> None:
    """Writes ``stance_model.json`` into ``out``, from the Fake News Challenge's training part.

    Raises:
        FileNotFoundError: a file of the data is missing.
    """
    import numpy as np

    pairs = read(fnc1_folder)
    model = fit(pairs, np.ones(len(pairs.labels), dtype=bool), seed)
    counts = Counter(LABELS[label] for label in pairs.labels)
    provenance = {
        "data": "Fake News Challenge (FakeNewsChallenge/fnc-1), training part",
        "pairs": {label: counts[label] for label in LABELS},
        "method": "gradient boosted trees: related or not, then agree, discuss, disagree",
        "seed": seed,
    }
    write({"provenance": provenance, "features": list(FEATURES), **model}, out / "stance_model.json")


def train_idf(articles: Path, out: Path, least: int = 12, every: int = 2) -> None:
    """Writes ``stance_idf.json`` into ``out``: how rare each stem is among news articles.

    Args:
        articles: Parquet file with the columns ``headline`` and ``body``.
        out: folder.
        least: a stem in fewer articles is left out.
        every: one article in so many is read.
    """
    import pyarrow.parquet as parquet

    table = parquet.read_table(articles, columns=["headline", "body"]).to_pylist()[::every]
    holding: Counter[str] = Counter()
    for article in table:
        holding.update(set(Document(f"{article['headline'] or ''}\n{article['body']}").stems))
    idf = {
        one: round(math.log(len(table) / count), 1)
        for one, count in sorted(holding.items())
        if count >= least and len(one) > 1
    }
    unseen = round(math.log(2 * len(table) / least), 1)
    provenance = {"data": "benchmarks/articles: news articles, 2012 to 2020", "articles": len(table)}
    write({"provenance": provenance, "unseen": unseen, "idf": idf}, out / "stance_idf.json")


def write(data: dict[str, Any], path: Path) -> None:
    """Writes JSON that is the same bytes each time."""
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
