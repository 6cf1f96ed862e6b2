"""News articles at large, without labels: where the divergence lies, and what is to be read by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median

from sensational.analysis import Analysis
from sensational.article import Article
from sensational.evaluation.measures import interval, mean
from sensational.evaluation.result import Figure, SetResult, Table
from sensational.evaluation.rows import sample

ARTICLES = 2000
HIGHEST = 50
MISLED = 50
# An outlet with fewer articles in the sample has no median worth a line.
FEWEST = 20

Scored = tuple[str, str, Analysis]
"""Id, outlet, analysis."""


def evaluate(path: Path, seed: int = 0) -> SetResult:
    """Medians by outlet and the highest divergences of a seeded sample of ``articles.parquet`` at ``path``.

    Args:
        path: the folder of the set, or its file.
        seed: of sample and bootstrap.

    Raises:
        OSError: the set cannot be read.
    """
    import pyarrow.parquet as parquet

    from sensational.scorer import score_article

    file = path / "articles.parquet" if path.is_dir() else path
    table = parquet.read_table(file, columns=["id", "headline", "body", "outlet"])
    rows = sample([{"row": at} for at in range(table.num_rows)], ARTICLES, seed)
    chosen = table.take([row["row"] for row in rows]).to_pylist()
    scored = []
    for one in chosen:
        analysis = score_article(Article(one["headline"] or "", one["body"] or "", one["id"]))
        scored.append((str(one["id"]), one["outlet"] or "", analysis))
    found = [one.divergence for _, _, one in scored if one.divergence is not None]
    loading = [one.loading for _, _, one in scored]
    return SetResult(
        "articles",
        (
            Figure("divergence, median", _median(found), len(found), interval(_median, found, seed),
                   higher_is_better=False),
            Figure(f"divergence of {MISLED} or more, share", _misled(found), len(found),
                   interval(_misled, found, seed), higher_is_better=False),
            Figure("loading, median", _median(loading), len(loading), interval(_median, loading, seed)),
            Figure("not scored, share", 1 - len(found) / max(1, len(scored)), len(scored),
                   higher_is_better=False),
        ),
        tables=(_by_outlet(scored), _highest(scored)),
        notes=(f"A seeded sample of {len(scored)} of {table.num_rows} articles. There are no labels: "
               "these figures describe, and say nothing of right or wrong.",),
    )  # fmt: skip


def _median(values: Sequence[float]) -> float:
    return float(median(values)) if values else 0.0


def _misled(values: Sequence[float]) -> float:
    return mean([float(value >= MISLED) for value in values])


def _by_outlet(scored: list[Scored]) -> Table:
    outlets: dict[str, list[Analysis]] = {}
    for _, outlet, analysis in scored:
        if analysis.divergence is not None:
            outlets.setdefault(outlet, []).append(analysis)
    rows = []
    for outlet, analyses in outlets.items():
        if len(analyses) >= FEWEST:
            values = [one.divergence or 0.0 for one in analyses]
            rows.append((_median(values), outlet, values, _median([one.loading for one in analyses])))
    rows.sort(key=lambda row: (-row[0], row[1]))
    return (
        f"By outlet (with {FEWEST} articles or more)",
        ("outlet", "articles", "median divergence", f"{MISLED} or more", "median loading"),
        tuple(
            (
                name,
                str(len(values)),
                f"{middle:.1f}",
                f"{_misled(values):.2f}",
                f"{load:.0f}",
            )
            for middle, name, values, load in rows
        ),
    )


def _highest(scored: list[Scored]) -> Table:
    judged = [(one.divergence, id_, one) for id_, _, one in scored if one.divergence is not None]
    judged.sort(key=lambda row: (-row[0], row[1]))
    rows = []
    for value, id_, analysis in judged[:HIGHEST]:
        top = max(analysis.terms, key=lambda term: (term.contribution or 0.0, -term.start))
        gap = top.gaps[0].kind if top.gaps else ""
        rows.append((id_, analysis.headline, f"{value:.0f}", top.text, top.verdict or "", gap))
    return (
        f"The {HIGHEST} highest divergences, for reading by hand",
        ("id", "headline", "divergence", "term that adds most", "verdict", "gap"),
        tuple(rows),
    )
