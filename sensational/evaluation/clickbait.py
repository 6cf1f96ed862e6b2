"""Teasing posts, on five people's judgement of each (Webis-Clickbait-17, Potthast and others 2018)."""

from __future__ import annotations

from pathlib import Path

from sensational.evaluation.floors import text_learner
from sensational.evaluation.measures import folds_by, interval, mean, mse, pairs_of, spearman
from sensational.evaluation.result import Figure, SetResult
from sensational.evaluation.rows import read_rows

FOLDS = 5


def evaluate(path: Path, seed: int = 0) -> SetResult:
    """Squared error on ``posts.jsonl.gz`` at ``path``.

    Ours is ``teasing``, learned from the posts of the other folds.

    Args:
        path: the folder of the set, or its file.
        seed: of folds and bootstrap.

    Raises:
        OSError: the set cannot be read.
    """
    from sensational.training.teasing import fit_teasing, predict

    rows = read_rows(path, "posts.jsonl.gz")
    texts, gold = [row["text"] for row in rows], [float(row["strength"]) for row in rows]
    folds = folds_by(texts, FOLDS, seed)
    ours = [0.0] * len(texts)
    for fold in range(FOLDS):
        inside = [at for at, one in enumerate(folds) if one != fold]
        fitted = fit_teasing([texts[at] for at in inside], [gold[at] for at in inside])
        outside = [at for at, one in enumerate(folds) if one == fold]
        for at, found in zip(outside, predict(fitted, [texts[at] for at in outside]), strict=True):
            ours[at] = found
    learned = text_learner(texts, gold, folds, classify=False)
    middle = [mean(gold)] * len(gold)
    pairs = list(zip(ours, gold, strict=True))
    by_fold = [[at for at, one in enumerate(folds) if one == fold] for fold in range(FOLDS)]
    return SetResult(
        "clickbait",
        (
            Figure("teasing, mean squared error", mse(ours, gold), len(gold),
                   interval(pairs_of(mse), pairs, seed, rounds=200), mse(middle, gold), "the mean",
                   mse(learned, gold), "ridge on tf-idf", 0.024, higher_is_better=False),
            Figure("teasing, Spearman", spearman(ours, gold), len(gold),
                   interval(pairs_of(spearman), pairs, seed, rounds=200), 0.0, "the mean",
                   spearman(learned, gold), "ridge on tf-idf"),
        ),
        {"teasing, mean squared error": tuple(mse([ours[i] for i in at], [gold[i] for i in at])
                                              for at in by_fold if at)},
        notes=(f"Learner and ours: {FOLDS} folds, copies of a post together.",),
    )  # fmt: skip
