"""Hedged sentences, on a sample of CoNLL-2010 (Farkas and others 2010, the Wikipedia part)."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Sequence
from pathlib import Path
from random import Random
from zlib import crc32

from sensational.evaluation.result import Figure, SetResult
from sensational.language.certainty import is_hedged

_MODAL = re.compile(r"\b(?:may|might|could|would|can|should)\b", re.IGNORECASE)
_UNMISTAKABLE = re.compile(r"\b(?:probably|perhaps|possibly|believed to|some people)\b", re.IGNORECASE)
ROUNDS = 1000


def evaluate(path: Path, seed: int = 0, half: int = 1) -> SetResult:
    """F1 on uncertain sentences, beside a trivial floor and a plain learner.

    Args:
        path: the folder that holds ``sentences.jsonl.gz``.
        seed: of bootstrap and folds.
        half: 1, the half that the cue lists were not written on; 0, the half that they were.
    """
    file = path if path.is_file() else path / "sentences.jsonl.gz"
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    sure = [row["hedged"] for row in rows if _UNMISTAKABLE.search(row["text"])]
    turned = 2 * sum(sure) < len(sure)
    labelled = [(row["text"], bool(row["hedged"]) != turned) for row in rows]
    chosen = [pair for row, pair in zip(rows, labelled, strict=True) if _half(row["text"]) == half]
    texts, gold = [text for text, _ in chosen], [label for _, label in chosen]
    ours = [is_hedged(text) for text in texts]
    floor = [bool(_MODAL.search(text)) for text in texts]
    learned = _learner(texts, gold, seed)
    note = (
        f"{sum(sure)} of {len(sure)} sentences with probably, perhaps, possibly, believed to or some people "
        f"carry hedged = 1" + (": 1 stands for certain in this file, and is read so." if turned else ".")
    )
    return SetResult(
        f"hedges (half {half})",
        (
            Figure("uncertain sentence, F1", _f1(ours, gold), len(gold), _interval(ours, gold, seed),
                   floor=_f1(floor, gold), floor_name="any modal verb",
                   learner=_f1(learned, gold), learner_name="tf-idf and logistic regression, 10 folds"),
            Figure("the same, precision", _share(ours, gold), sum(ours)),
            Figure("the same, recall", _share(gold, ours), sum(gold)),
            Figure("the same, accuracy", _accuracy(ours, gold), len(gold),
                   learner=_accuracy(learned, gold), learner_name="the same learner"),
        ),
        notes=(note, "Wikipedia’s weasel words are not the hedges of news; see certainty.vagueness."),
    )  # fmt: skip


def _half(text: str) -> int:
    return crc32(text.encode("utf-8")) >> 16 & 1


def _f1(ours: Sequence[bool], gold: Sequence[bool]) -> float:
    both = sum(a and b for a, b in zip(ours, gold, strict=True))
    return 2 * both / max(1, sum(ours) + sum(gold))


def _accuracy(ours: Sequence[bool], gold: Sequence[bool]) -> float:
    return sum(a == b for a, b in zip(ours, gold, strict=True)) / max(1, len(gold))


def _share(of: Sequence[bool], among: Sequence[bool]) -> float:
    return sum(a and b for a, b in zip(of, among, strict=True)) / max(1, sum(of))


def _interval(ours: Sequence[bool], gold: Sequence[bool], seed: int) -> tuple[float, float]:
    random = Random(seed)  # noqa: S311 - a bootstrap, not a secret
    pairs = list(zip(ours, gold, strict=True))
    drawn = []
    for _ in range(ROUNDS):
        sample = random.choices(pairs, k=len(pairs))
        drawn.append(_f1([a for a, _ in sample], [b for _, b in sample]))
    drawn.sort()
    return drawn[ROUNDS // 40], drawn[ROUNDS - 1 - ROUNDS // 40]


def _learner(texts: Sequence[str], gold: Sequence[bool], seed: int) -> list[bool]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import KFold, cross_val_predict
    from sklearn.pipeline import make_pipeline

    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), LogisticRegression(C=10, max_iter=500)
    )
    folds = KFold(10, shuffle=True, random_state=seed)
    return [bool(label) for label in cross_val_predict(model, list(texts), list(gold), cv=folds)]
