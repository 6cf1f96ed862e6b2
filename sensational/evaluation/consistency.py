"""Is a one-line summary supported by its article? Divergence against yes or no, part by part.

The parts are the validation sets of SummaC (Laban and others 2022). The verifier learned from the claims over
about half of the articles; it is measured on the claims over the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sensational.article import Article
from sensational.evaluation.floors import cue_classifier, ngram_overlap, surface_cues, word_overlap
from sensational.evaluation.measures import auc, folds_by, interval, mean, pairs_of
from sensational.evaluation.result import Figure, SetResult
from sensational.evaluation.rows import read_rows
from sensational.evaluation.scoring import score_all
from sensational.language.document import Document
from sensational.training.held_out import for_training

FOLDS = 5
# Summaries of xsumfaith are so abstract that pairs of words hardly ever stand in the article.
UNIGRAM_PARTS = frozenset({"xsumfaith"})
# What the design asks for above the floor of each part, and of the parts' mean.
GAIN = 0.03
MEAN = 0.84
NOT_SCORED = 50.0


@dataclass(frozen=True, slots=True)
class _Claim:
    part: str
    document: str
    supported: bool
    ours: float
    scored: bool
    overlap: float
    cues: tuple[float, ...]


def evaluate(path: Path, seed: int = 0) -> SetResult:
    """AUC of divergence, by part of ``claims.jsonl.gz`` at ``path``.

    Args:
        path: the folder of the set, or its file.
        seed: of folds and bootstrap.

    Raises:
        OSError: the set cannot be read.
    """
    claims = _read(path)
    folds = folds_by([one.document for one in claims], FOLDS, seed)
    learned = cue_classifier([one.cues for one in claims], [one.supported for one in claims], folds)
    figures = []
    for part in sorted({one.part for one in claims}):
        at = [i for i, one in enumerate(claims) if one.part == part]
        figures.append(_figure(part, [claims[i] for i in at], [learned[i] for i in at], seed))
    ours, floors = [one.value for one in figures], [one.floor or 0.0 for one in figures]
    learners = [one.learner or 0.0 for one in figures]
    overall = Figure("supported above unsupported, mean AUC of the parts", mean(ours), len(claims),
                     None, mean(floors), "the parts' floors", mean(learners),
                     figures[0].learner_name, must=MEAN)  # fmt: skip
    unscored = sum(not one.scored for one in claims)
    return SetResult(
        "consistency",
        (*figures, overall),
        notes=(
            f"The learner is folded by article over all parts ({FOLDS} folds); "
            "ours learned from none of these articles.",
            "Only the half of the articles that nothing was learned from. They are the bootstrap's units.",
            f"{unscored} claims were not scored (body too short and the like) and count as divergence "
            f"{NOT_SCORED:.0f}.",
        ),
    )


def _read(path: Path) -> list[_Claim]:
    rows = [row for row in read_rows(path, "claims.jsonl.gz") if not for_training(row["body"])]
    analyses = score_all([Article(row["headline"], row["body"]) for row in rows])
    claims = []
    for row, analysis in zip(rows, analyses, strict=True):
        found = analysis.divergence
        headline, body = Document(row["headline"]), Document(row["body"])
        claims.append(
            _Claim(
                row["part"],
                row["body"],
                bool(row["supported"]),
                NOT_SCORED if found is None else found,
                found is not None,
                word_overlap(headline, body)
                if row["part"] in UNIGRAM_PARTS
                else ngram_overlap(headline, body, 2),
                surface_cues(headline, body),
            )
        )
    return claims


def _figure(part: str, claims: Sequence[_Claim], learned: Sequence[float], seed: int) -> Figure:
    gold = [one.supported for one in claims]
    pairs = [(one.supported, -one.ours) for one in claims]
    floor = auc(gold, [one.overlap for one in claims])
    units = [one.document for one in claims]
    return Figure(
        f"supported above unsupported, {part}, AUC",
        auc(gold, [-one.ours for one in claims]), len(claims), interval(pairs_of(auc), pairs, seed, units),
        floor, "overlap of content words" if part in UNIGRAM_PARTS else "overlap of word pairs",
        auc(gold, learned), "logistic regression on sixteen surface cues", must=floor + GAIN,
    )  # fmt: skip
