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
from sensational.stance import (
    FEATURES,
    LABELS,
    LEAF_UNIT,
    MOST_LEAVES,
    RELATED_FEATURES,
    TONE_COUNTS,
    described,
    from_json,
    judged,
    lead_end,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STORY_EXPONENT = 0.5
"""A story with n pairs weighs n to the power of 1 less this: no story drowns the rest."""
CLASS_WEIGHTS = {"agree": 1.2, "discuss": 1.0, "disagree": 2.6}
"""The rare stances count for more; set on the folds, between the challenge's score and macro-F1."""
RELATED_WEIGHT = 12.0
"""To call a related pair unrelated costs the challenge's whole point, the reverse a quarter; and a
headline mostly stands over its own body."""
TONE_FOLDS = 5
TONE_STORIES_HEADLINE, TONE_STORIES_BODY = 6, 25
"""A word of fewer stories has no tone: it would name its story."""
RELATED_TREES = {"max_iter": 30, "learning_rate": 0.15, "max_leaf_nodes": 8, "l2_regularization": 5.0}
THREE_TREES = {
    "max_iter": 80,
    "learning_rate": 0.09,
    "max_leaf_nodes": MOST_LEAVES,
    "max_features": 0.4,
    "min_samples_leaf": 100,
    "l2_regularization": 20.0,
}


@dataclass(frozen=True, slots=True)
class Pairs:
    """Headline-body pairs as arrays, row by row; a text that stands in many pairs is kept once."""

    described: NDArray[np.float64]
    """:func:`sensational.stance.described` of each pair."""
    labels: NDArray[np.int64]
    """Index into :data:`sensational.stance.LABELS`."""
    headline: NDArray[np.int64]
    body: NDArray[np.int64]
    headline_story: NDArray[np.int64]
    body_story: NDArray[np.int64]
    headlines: tuple[str, ...]
    bodies: tuple[str, ...]
    vocabulary: tuple[str, ...]
    """Words that are no names and no numbers."""
    in_headline: Any
    in_body: Any
    in_lead: Any
    """Sparse: a row a text, a column a word of the vocabulary, a value as ``stance._tones`` counts it."""


def read(folder: Path) -> Pairs:
    """Reads ``stances.jsonl.gz`` and ``bodies.jsonl.gz`` and computes the features of every pair.

    Raises:
        FileNotFoundError: a file is missing.
    """
    import numpy as np

    texts = {row["body_id"]: row["body"] for row in _lines(folder / "bodies.jsonl.gz")}
    pairs = [(row["headline"], row["body_id"], row["stance"]) for row in _lines(folder / "stances.jsonl.gz")]
    stories = _stories(pairs)
    headlines = sorted({headline for headline, _, _ in pairs})
    numbers = sorted({number for _, number, _ in pairs})
    headline_at = {headline: at for at, headline in enumerate(headlines)}
    body_at = {number: at for at, number in enumerate(numbers)}
    headline_documents = [Document(headline) for headline in headlines]
    body_documents = [Document(texts[number]) for number in numbers]
    vocabulary = _common_words(body_documents)
    leads = [document.words[: lead_end(document)] for document in body_documents]
    return Pairs(
        np.array(
            [
                described(headline_documents[headline_at[headline]], body_documents[body_at[number]])
                for headline, number, _ in pairs
            ]
        ),
        np.array([LABELS.index(label) for _, _, label in pairs]),
        np.array([headline_at[headline] for headline, _, _ in pairs]),
        np.array([body_at[number] for _, number, _ in pairs]),
        np.array([stories[headline] for headline, _, _ in pairs]),
        np.array([stories[number] for _, number, _ in pairs]),
        tuple(headlines),
        tuple(texts[number] for number in numbers),
        vocabulary,
        _table([document.words for document in headline_documents], vocabulary, (0.0, 1.0)),
        _table([document.words for document in body_documents], vocabulary, TONE_COUNTS),
        _table(leads, vocabulary, (0.0, 1.0)),
    )


def _common_words(documents: Sequence[Document]) -> tuple[str, ...]:
    """Words that stand mostly in lower case inside sentences: names name a story."""
    capital: Counter[str] = Counter()
    count: Counter[str] = Counter()
    for document in documents:
        for sentence in document.sentences:
            for token in range(sentence.first + 1, sentence.last):
                count[document.words[token]] += 1
                capital[document.words[token]] += document.text[document.starts[token]].isupper()
    return tuple(sorted(word for word in count if 2 * capital[word] < count[word] and not word[0].isdigit()))


def _table(texts: Sequence[Sequence[str]], vocabulary: Sequence[str], values: Sequence[float]) -> Any:
    """``values`` by the number of occurrences, the last for that many or more."""
    from scipy.sparse import csr_matrix

    columns = {word: at for at, word in enumerate(vocabulary)}
    cells = [
        (row, columns[word], values[min(count, len(values) - 1)])
        for row, words in enumerate(texts)
        for word, count in Counter(words).items()
        if word in columns
    ]
    rows, at, value = zip(*cells, strict=True)
    return csr_matrix((value, (rows, at)), shape=(len(texts), len(vocabulary)))


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
    """The model learned from the chosen pairs, as :func:`sensational.stance.from_json` reads it."""
    import numpy as np
    from sklearn.ensemble import HistGradientBoostingClassifier

    unrelated = LABELS.index("unrelated")
    first = HistGradientBoostingClassifier(early_stopping=False, random_state=seed, **RELATED_TREES)
    is_related = pairs.labels[chosen] != unrelated
    first.fit(
        pairs.described[chosen][:, : len(RELATED_FEATURES)],
        is_related,
        sample_weight=np.where(is_related, RELATED_WEIGHT, 1.0),
    )

    related = chosen & (pairs.labels != unrelated)
    labels, story = pairs.labels[related], pairs.headline_story[related]
    # The trees must see tones as they are on unseen stories: each story's from the other stories.
    tones = np.zeros((len(pairs.labels), 2))
    for fold in range(TONE_FOLDS):
        held_out = related & (pairs.headline_story % TONE_FOLDS == fold)
        tones[held_out] = toned(pairs, held_out, _fit_tones(pairs, related & ~held_out))
    class_weight = np.array([CLASS_WEIGHTS[label] for label in LABELS[:3]])
    weight = class_weight[labels] * _story_weight(story)
    second = HistGradientBoostingClassifier(early_stopping=False, random_state=seed, **THREE_TREES)
    rows = np.hstack([pairs.described[related], tones[related]])
    second.fit(rows, labels, sample_weight=weight / weight.mean())
    return {
        "tones": _fit_tones(pairs, related),
        "related": _ensembles(first)[0],
        "three": _ensembles(second),
    }


def _story_weight(story: NDArray[np.int64]) -> NDArray[np.float64]:
    import numpy as np

    return np.asarray(1.0 / np.bincount(story)[story] ** STORY_EXPONENT, dtype=np.float64)


def _fit_tones(pairs: Pairs, related: NDArray[np.bool_]) -> dict[str, Any]:
    """Weights of common words that tell discussing pairs from others, by logistic regression."""
    import numpy as np
    from scipy.sparse import hstack
    from sklearn.linear_model import LogisticRegression

    headline, body = pairs.headline[related], pairs.body[related]
    story = pairs.headline_story[related]
    headline_words = _in_stories(pairs.in_headline, headline, story, TONE_STORIES_HEADLINE)
    body_words = _in_stories(pairs.in_body, body, story, TONE_STORIES_BODY)
    table = hstack(
        [
            pairs.in_headline[headline][:, headline_words],
            pairs.in_body[body][:, body_words],
            pairs.in_lead[body][:, body_words],
        ]
    ).tocsr()
    weight = _story_weight(story)
    discusses = pairs.labels[related] == LABELS.index("discuss")
    learned = LogisticRegression(C=0.01, max_iter=100, tol=1e-4)
    learned.fit(table, discusses, sample_weight=weight / weight.mean())
    weights = [round(float(one), 3) for one in learned.coef_[0]]
    of_headline = weights[: len(headline_words)]
    of_body = weights[len(headline_words) : len(headline_words) + len(body_words)]
    of_lead = weights[len(headline_words) + len(body_words) :]
    words = np.array(pairs.vocabulary, dtype=object)
    return {
        "headline": dict(zip(words[headline_words], of_headline, strict=True)),
        "body": {
            word: [everywhere, lead]
            for word, everywhere, lead in zip(words[body_words], of_body, of_lead, strict=True)
        },
    }


def _in_stories(
    table: Any, text: NDArray[np.int64], story: NDArray[np.int64], least: int
) -> NDArray[np.int64]:
    """Columns of the words that stand in texts of at least so many stories."""
    import numpy as np
    from scipy.sparse import csr_matrix

    texts, at = np.unique(text, return_index=True)
    members = csr_matrix((np.ones(len(texts)), (story[at], texts)), shape=(story.max() + 1, table.shape[0]))
    stories = np.asarray((members @ table > 0).sum(axis=0)).ravel()
    return np.flatnonzero(stories >= least)


def toned(pairs: Pairs, chosen: NDArray[np.bool_], tones: dict[str, Any]) -> NDArray[np.float64]:
    """The last two features of the chosen pairs, as ``stance._tones`` gives them."""
    import numpy as np

    def weights(learned: dict[str, float]) -> NDArray[np.float64]:
        return np.array([learned.get(word, 0.0) for word in pairs.vocabulary])

    everywhere = weights({word: pair[0] for word, pair in tones["body"].items()})
    lead = weights({word: pair[1] for word, pair in tones["body"].items()})
    of_headline = pairs.in_headline @ weights(tones["headline"])
    of_body = pairs.in_body @ everywhere + pairs.in_lead @ lead
    return np.column_stack([of_headline[pairs.headline[chosen]], of_body[pairs.body[chosen]]])


def predict(pairs: Pairs, chosen: NDArray[np.bool_], model: dict[str, Any]) -> NDArray[np.float64]:
    """Probabilities of :data:`sensational.stance.LABELS` for the chosen pairs."""
    import numpy as np

    rows = np.hstack([pairs.described[chosen], toned(pairs, chosen, model["tones"])])
    read_back = from_json(model)
    return np.array([list(judged(row, read_back).probabilities.values()) for row in rows.tolist()])


def _ensembles(boosted: Any) -> list[dict[str, Any]]:
    """The trees of each class as nested lists; see ``sensational.stance.from_json``."""
    starts = boosted._baseline_prediction.ravel()
    by_class = zip(*boosted._predictors, strict=True)
    return [
        {"start": _whole(start), "trees": [_tree(predictor.nodes, 0) for predictor in predictors]}
        for start, predictors in zip(starts, by_class, strict=True)
    ]


def _tree(nodes: Any, at: int) -> Any:
    node = nodes[at]
    if node["is_leaf"]:
        return _whole(node["value"])
    left, right = _tree(nodes, int(node["left"])), _tree(nodes, int(node["right"]))
    return [int(node["feature_idx"]), _short(node["num_threshold"]), left, right]


def _whole(number: Any) -> int:
    return round(float(number) / LEAF_UNIT)


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
