"""Loading against the emotions that people feel in headlines (SemEval-2007 task 14)."""

from __future__ import annotations

from pathlib import Path

from sensational.article import Article
from sensational.evaluation.floors import text_learner, vader_compound
from sensational.evaluation.measures import folds_by, interval, pairs_of, pearson
from sensational.evaluation.result import Figure, SetResult
from sensational.evaluation.rows import read_rows

FOLDS = 5


def evaluate(path: Path, seed: int = 0) -> SetResult:
    """Pearson's correlation on ``headlines.jsonl.gz`` at ``path``.

    Args:
        path: the folder of the set, or its file.
        seed: of folds and bootstrap.

    Raises:
        OSError: the set cannot be read.
    """
    from sensational.scorer import score_article

    rows = read_rows(path, "headlines.jsonl.gz")
    texts = [row["headline"] for row in rows]
    ours = [score_article(Article(text, "")).loading for text in texts]
    vader = [abs(vader_compound(text)) for text in texts]
    folds = folds_by(texts, FOLDS, seed)
    figures = []
    for name, gold in (
        ("strongest emotion", [float(max(row["emotions"].values())) for row in rows]),
        ("strength of valence", [abs(float(row["valence"])) for row in rows]),
    ):
        learned = text_learner(texts, gold, folds, classify=False)
        figures.append(
            Figure(f"loading against {name}, Pearson", pearson(ours, gold), len(gold),
                   interval(pairs_of(pearson), list(zip(ours, gold, strict=True)), seed),
                   pearson(vader, gold), "VADER, strength of the compound",
                   pearson(learned, gold), "ridge on tf-idf")
        )  # fmt: skip
    return SetResult(
        "emotion",
        tuple(figures),
        notes=(
            f"Learner: {FOLDS} folds; ours learned nothing from this set.",
            "Loading is not emotion: a plainly told death moves people, and does not load a headline much.",
        ),
    )
