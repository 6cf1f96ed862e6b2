"""How cleanly the story is taken from a web page, against pages whose body was copied by hand.

The measure is the one of the article extraction benchmark
(https://github.com/scrapinghub/article-extraction-benchmark): multisets of 4-word shingles, precision
and recall a page, F1 of their means.
"""

from __future__ import annotations

import gzip
import json
import math
import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from sensational.evaluation.result import Figure, SetResult

_WORD = re.compile(r"\w+")
_SHINGLE = 4
_SAMPLES = 1000
_AIM = 0.970

Counts = tuple[int, int, int]
"""Shingles found, wrongly found, and missed."""


def evaluate(path: Path, seed: int = 0) -> SetResult:
    """Extraction on all pages of the set.

    Args:
        path: the folder ``extraction`` with ``pages.jsonl.gz``, or that file.
        seed: of the bootstrap over pages.

    Raises:
        FileNotFoundError: the set is not there.
    """
    import trafilatura

    file = path / "pages.jsonl.gz" if path.is_dir() else path
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        pages = [json.loads(line) for line in lines]

    ours, default, precise = [], [], []
    for page in pages:
        body = page["body"]
        ours.append(compare(body, _read(page["html"], page["id"])))
        default.append(compare(body, trafilatura.extract(page["html"]) or ""))
        best = trafilatura.extract(page["html"], favor_precision=True, include_comments=False)
        precise.append(compare(body, best or ""))

    value = f1(ours)
    halves = (f1(ours[0::2]), f1(ours[1::2]))
    rows = tuple(
        (name, *(f"{figure:.4f}" for figure in (*precision_recall(counts), f1(counts))))
        for name, counts in (
            ("sensational", ours),
            ("trafilatura, precise, no comments", precise),
            ("trafilatura", default),
        )
    )
    return SetResult(
        name="extraction",
        figures=(
            Figure(
                "clean body of a web page, F1",
                value,
                len(pages),
                interval=_interval(ours, seed),
                floor=f1(default),
                floor_name="trafilatura's default",
                learner=f1(precise),
                learner_name="trafilatura, favor_precision, no comments",
                aim=_AIM,
            ),
        ),
        folds={"F1 on every second page": halves},
        tables=(("Extraction", ("method", "precision", "recall", "F1"), rows),),
        notes=(
            "The pages were looked at while the repairs were written: halves show the spread, not new pages.",
            "Some gold bodies keep lines that we set aside as clutter: credits, notices of follow-on links.",
        ),
    )


def _read(html: str, name: str) -> str:
    from sensational.reading import ReadingError, read_html

    try:
        return read_html(html, name=name).body
    except ReadingError:
        return ""


def compare(gold: str, found: str) -> Counts:
    """The shingles of ``found`` that are in ``gold``, that are not, and those of ``gold`` that are missed."""
    wanted, got = _shingles(gold), _shingles(found)
    return (wanted & got).total(), (got - wanted).total(), (wanted - got).total()


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    if not words:
        return Counter()
    return Counter(tuple(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1)))


def precision_recall(counts: Sequence[Counts]) -> tuple[float, float]:
    """Mean precision over pages with something found, mean recall over pages with something to find."""
    precisions = [hit / (hit + wrong) for hit, wrong, _ in counts if hit + wrong]
    recalls = [hit / (hit + missed) for hit, _, missed in counts if hit + missed]
    return (
        math.fsum(precisions) / len(precisions) if precisions else 0.0,
        math.fsum(recalls) / len(recalls) if recalls else 0.0,
    )


def f1(counts: Sequence[Counts]) -> float:
    """Harmonic mean of mean precision and mean recall."""
    precision, recall = precision_recall(counts)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _interval(counts: Sequence[Counts], seed: int) -> tuple[float, float]:
    """95% bootstrap interval over pages."""
    generator = random.Random(seed)  # noqa: S311 - a bootstrap, no secret
    samples = sorted(f1(generator.choices(counts, k=len(counts))) for _ in range(_SAMPLES))
    return samples[int(0.025 * _SAMPLES)], samples[int(0.975 * _SAMPLES) - 1]
