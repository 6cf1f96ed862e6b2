"""Claim strength: of sentences, and of press releases against the abstracts they report.

Both are scored by models that never saw the text: sentences by five folds (copies of a sentence in one
fold), pairs by a model trained without any sentence that stands in a pair.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sensational.claims import claim_strength
from sensational.evaluation.measures import interval, macro_f1, pairs_of
from sensational.evaluation.result import Figure, SetResult
from sensational.training.claims import apart_from_pairs, fit_model, key, read

FOLDS = 5
RESAMPLES = 200
STRENGTHS = ("0", "1", "2", "3")
RELATIONS = ("same", "exaggerates", "downplays")
Learner = Callable[[Sequence[str], Sequence[int], Sequence[str]], list[int]]


def evaluate(path: Path, seed: int = 0) -> SetResult:
    """Macro-F1 on the sentences and on the pairs of the exaggeration set at ``path``.

    Args:
        path: the folder of the set.
        seed: of the folds, the learners and the bootstrap.

    Raises:
        OSError: the set cannot be read.
    """
    items, pairs = read(path / "strength.jsonl.gz"), read(path / "pairs.jsonl.gz")
    fold_of = _fold_of(items, seed)
    gold = [str(item["strength"]) for item in items]
    own, plain = _crossed(items, fold_of, _own), _crossed(items, fold_of, _plain)
    most = max(STRENGTHS, key=gold.count)
    apart = apart_from_pairs(items, pairs)
    labels = [pair["label"] for pair in pairs]
    own_pairs, plain_pairs = _relations(apart, pairs, _own), _relations(apart, pairs, _plain)
    folds = tuple(macro_f1(_of(gold, fold_of, fold), _of(own, fold_of, fold)) for fold in range(FOLDS))
    learner = "logistic regression on tf-idf words and characters"
    return SetResult(
        name="exaggeration",
        figures=(
            Figure("claim strength of sentences, macro-F1", macro_f1(gold, own), len(gold),
                   _interval(gold, own, seed), macro_f1(gold, [most] * len(gold)),
                   "always the commonest", macro_f1(gold, plain), learner, 0.85),
            Figure("same, exaggerates or downplays, macro-F1", macro_f1(labels, own_pairs),
                   len(labels), _interval(labels, own_pairs, seed),
                   macro_f1(labels, ["same"] * len(labels)), "always the same",
                   macro_f1(labels, plain_pairs), learner, 0.60),
        ),
        folds={"claim strength of sentences, macro-F1": folds},
        tables=(_confusion("claim strength, right against found", gold, own, STRENGTHS),
                _confusion("pairs, right against found", labels, own_pairs, RELATIONS)),
        notes=("Sentences: five folds, seeded; copies of a sentence are in one fold.",
               f"Pairs: trained without the {len(items) - len(apart)} sentences that stand in a pair."),
    )  # fmt: skip


def _own(texts: Sequence[str], labels: Sequence[int], others: Sequence[str]) -> list[int]:
    model = fit_model(texts, labels)
    return [claim_strength(other, model) or 0 for other in others]


def _plain(texts: Sequence[str], labels: Sequence[int], others: Sequence[str]) -> list[int]:
    """A plain learner's afternoon: tf-idf of words and characters, logistic regression."""
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=3, sublinear_tf=True)
    seen = hstack([words.fit_transform(texts), characters.fit_transform(texts)]).tocsr()
    unseen = hstack([words.transform(others), characters.transform(others)]).tocsr()
    learner = LogisticRegression(C=4, max_iter=300).fit(seen, labels)
    return [int(label) for label in learner.predict(unseen)]


def _fold_of(items: Sequence[dict[str, Any]], seed: int) -> list[int]:
    drawn = random.Random(seed)  # noqa: S311 - a seeded split, no secret
    by_key = {one: drawn.randrange(FOLDS) for one in sorted({key(item["text"]) for item in items})}
    return [by_key[key(item["text"])] for item in items]


def _crossed(items: Sequence[dict[str, Any]], fold_of: Sequence[int], learner: Learner) -> list[str]:
    found = [""] * len(items)
    for fold in range(FOLDS):
        inside = [at for at, one in enumerate(fold_of) if one != fold]
        outside = [at for at, one in enumerate(fold_of) if one == fold]
        if not inside or not outside:
            continue
        strengths = learner(
            [items[at]["text"] for at in inside],
            [items[at]["strength"] for at in inside],
            [items[at]["text"] for at in outside],
        )
        for at, strength in zip(outside, strengths, strict=True):
            found[at] = str(strength)
    return found


def _relations(
    items: Sequence[dict[str, Any]], pairs: Sequence[dict[str, Any]], learner: Learner
) -> list[str]:
    texts, labels = [item["text"] for item in items], [item["strength"] for item in items]
    found = learner(texts, labels, [pair[side] for pair in pairs for side in ("headline", "body")])
    return [_relation(*found[at : at + 2]) for at in range(0, len(found), 2)]


def _relation(headline: int, body: int) -> str:
    return "same" if headline == body else "exaggerates" if headline > body else "downplays"


def _of(values: Sequence[str], fold_of: Sequence[int], fold: int) -> list[str]:
    return [value for value, one in zip(values, fold_of, strict=True) if one == fold]


def _interval(gold: Sequence[str], found: Sequence[str], seed: int) -> tuple[float, float]:
    return interval(pairs_of(macro_f1), list(zip(gold, found, strict=True)), seed, rounds=RESAMPLES)


def _confusion(
    title: str, gold: Sequence[str], found: Sequence[str], labels: Sequence[str]
) -> tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]]:
    both = list(zip(gold, found, strict=True))
    rows = tuple((one, *(str(both.count((one, other))) for other in labels)) for one in labels)
    return title, ("right", *labels), rows
