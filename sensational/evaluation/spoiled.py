"""Does the evidence of a teasing headline lead to what is teased?

The set is Webis-Clickbait-22 (Hagen and others 2022).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sensational.analysis import Analysis
from sensational.article import Article
from sensational.evaluation.floors import content
from sensational.evaluation.measures import interval, mean
from sensational.evaluation.result import Figure, SetResult
from sensational.evaluation.rows import read_rows
from sensational.language.document import Document


@dataclass(frozen=True, slots=True)
class _Ranked:
    """The rank, from 1, of the first sentence that delivers, in three orders."""

    ours: int
    first_come: int
    overlap: int
    shown: bool
    """Whether any evidence of any term stands in a delivering sentence."""


def evaluate(path: Path, seed: int = 0) -> SetResult:
    """Mean reciprocal rank of the passage that delivers, on ``spoiled.jsonl.gz`` at ``path``.

    Ours orders the sentences of the body by the share of the headline's terms, weighed by loading, that
    have evidence in them.

    Args:
        path: the folder of the set, or its file.
        seed: of the bootstrap.

    Raises:
        OSError: the set cannot be read.
    """
    from sensational.scorer import score_article

    ranked, lost = [], 0
    for row in read_rows(path, "spoiled.jsonl.gz"):
        headline, body = Document(row["headline"]), Document(row["body"])
        wanted = _delivering(row["spoiler"], body)
        if not wanted:
            lost += 1
            continue
        analysis = score_article(Article(row["headline"], row["body"]))
        ranked.append(
            _Ranked(
                _rank(_evidence_by_sentence(analysis, body), wanted),
                _rank([0.0] * len(body.sentences), wanted),
                _rank(_overlap_by_sentence(headline, body), wanted),
                any(e.sentence in wanted for term in analysis.terms for e in term.evidence),
            )
        )
    ours = [1 / one.ours for one in ranked]
    return SetResult(
        "spoiled",
        (
            Figure("delivering sentence, mean reciprocal rank", mean(ours), len(ours),
                   interval(mean, ours, seed), mean([1 / one.first_come for one in ranked]),
                   "the body's own order", mean([1 / one.overlap for one in ranked]),
                   "sentences by shared content words"),
            Figure("evidence shown from a delivering sentence, share",
                   mean([float(one.shown) for one in ranked]), len(ranked),
                   interval(mean, [float(one.shown) for one in ranked], seed)),
        ),
        notes=(f"{lost} items are left out: their passage does not stand in the body word for word.",),
    )  # fmt: skip


def _delivering(passages: Sequence[str], body: Document) -> frozenset[int]:
    """The sentences that a delivering passage touches."""
    places = [(body.text.find(passage), len(passage)) for passage in passages if passage]
    spans = [(start, start + length) for start, length in places if start >= 0]
    return frozenset(
        s.index for s in body.sentences if any(s.start < end and start < s.end for start, end in spans)
    )


def _rank(scores: Sequence[float], wanted: frozenset[int]) -> int:
    """The rank of the first wanted sentence; sentences of one score stand in the body's order."""
    order = sorted(range(len(scores)), key=lambda at: (-scores[at], at))
    return next(rank for rank, at in enumerate(order, 1) if at in wanted)


def _evidence_by_sentence(analysis: Analysis, body: Document) -> list[float]:
    scores = [0.0] * len(body.sentences)
    for term in analysis.terms:
        for at in sorted({one.sentence for one in term.evidence}):
            scores[at] += 0.1 + term.loading
    return scores


def _overlap_by_sentence(headline: Document, body: Document) -> list[float]:
    wanted = set(content(headline))
    return [float(len(wanted & set(body.stems[s.first : s.last]))) for s in body.sentences]
