"""News articles at large, without labels: where the divergence lies, and what is to be read by hand.

The articles of the highest divergences and some of the middle come as two texts: headlines and bodies in
drawn order, to be judged first, and their ledgers under the same numbers.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from sensational.analysis import Analysis
from sensational.article import Article
from sensational.evaluation.measures import interval, mean, median
from sensational.evaluation.result import Figure, SetResult, Table
from sensational.evaluation.rows import sample
from sensational.evaluation.scoring import score_all

ARTICLES = 2000
HIGHEST = MIDDLE = 50
"""So many articles are read by hand."""
MISLED = 50
# An outlet with fewer articles in the sample has no median worth a line.
FEWEST = 20

Scored = tuple[str, Article, Analysis]
"""Outlet, article, analysis."""


def evaluate(path: Path, seed: int = 0) -> SetResult:
    """Medians by outlet and the highest divergences of a seeded sample of ``articles.parquet`` at ``path``.

    Args:
        path: the folder of the set, or its file.
        seed: of sample and bootstrap.

    Raises:
        OSError: the set cannot be read.
    """
    import pyarrow.parquet as parquet

    file = path / "articles.parquet" if path.is_dir() else path
    table = parquet.read_table(file, columns=["id", "headline", "body", "outlet"])
    rows = sample([{"row": at} for at in range(table.num_rows)], ARTICLES, seed)
    chosen = table.take([row["row"] for row in rows]).to_pylist()
    articles = [Article(one["headline"] or "", one["body"] or "", str(one["id"])) for one in chosen]
    outlets = [one["outlet"] or "" for one in chosen]
    scored = list(zip(outlets, articles, score_all(articles), strict=True))
    found = [one.divergence for _, _, one in scored if one.divergence is not None]
    loading = [one.loading for _, _, one in scored]
    return SetResult(
        "articles",
        (
            Figure("divergence, median, in points", median(found), len(found), interval(median, found, seed),
                   higher_is_better=False),
            Figure(f"divergence of {MISLED} or more, share", _misled(found), len(found),
                   interval(_misled, found, seed), higher_is_better=False),
            Figure("loading, median, in points", median(loading), len(loading),
                   interval(median, loading, seed)),
            Figure("not scored, share", 1 - len(found) / max(1, len(scored)), len(scored),
                   higher_is_better=False),
        ),
        tables=(_by_outlet(scored), _highest(scored)),
        notes=(f"A seeded sample of {len(scored)} of {table.num_rows} articles. There are no labels: "
               "these figures describe, and say nothing of right or wrong.",),
        texts=to_read(scored, seed),
    )  # fmt: skip


def _misled(values: Sequence[float]) -> float:
    return mean([float(value >= MISLED) for value in values])


def _by_outlet(scored: list[Scored]) -> Table:
    outlets: dict[str, list[Analysis]] = {}
    for outlet, _, analysis in scored:
        if analysis.divergence is not None:
            outlets.setdefault(outlet, []).append(analysis)
    rows = []
    for outlet, analyses in outlets.items():
        if len(analyses) >= FEWEST:
            values = [one.divergence or 0.0 for one in analyses]
            rows.append((median(values), outlet, values, median([one.loading for one in analyses])))
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


def _by_divergence(scored: Sequence[Scored]) -> list[Scored]:
    """What was scored, the highest divergence first."""
    judged = [one for one in scored if one[2].divergence is not None]
    return sorted(judged, key=lambda one: (-(one[2].divergence or 0.0), one[2].id or ""))


def _highest(scored: Sequence[Scored]) -> Table:
    rows = []
    for _, _, analysis in _by_divergence(scored)[:HIGHEST]:
        top = max(analysis.terms, key=lambda term: (term.contribution or 0.0, -term.start), default=None)
        adds = ("", "") if top is None else (top.text, top.verdict or "")
        rows.append((analysis.id or "", analysis.headline, f"{analysis.divergence:.0f}", *adds))
    return (
        f"The {HIGHEST} highest divergences",
        ("id", "headline", "divergence", "term that adds most", "verdict"),
        tuple(rows),
    )


def to_read(scored: Sequence[Scored], seed: int) -> dict[str, str]:
    """Articles to judge by hand, and their ledgers to look at afterwards.

    Args:
        scored: all that was scored.
        seed: of their order, which tells nothing of their divergence.

    Returns:
        The two texts by the name of the file that each belongs in.
    """
    ordered = _by_divergence(scored)
    begin = max(HIGHEST, (len(ordered) - MIDDLE) // 2)
    chosen = ordered[:HIGHEST] + ordered[begin : begin + MIDDLE]
    random.Random(seed).shuffle(chosen)  # noqa: S311 - a seeded order, no secret
    texts = [f"{at}. {one.headline}\n\n{one.body}\n" for at, (_, one, _) in enumerate(chosen, 1)]
    ledgers = [f"{at}. {_ledger(one)}\n" for at, (_, _, one) in enumerate(chosen, 1)]
    line = "\n" + 80 * "-" + "\n\n"
    return {"articles.txt": line.join(texts), "ledgers.txt": "\n".join(ledgers)}


def _ledger(analysis: Analysis) -> str:
    lines = [f"{analysis.headline}\n   divergence {analysis.divergence:.0f} ({analysis.id})"]
    for term in analysis.terms:
        lines.append(
            f"   “{term.text}”: {term.verdict}, adds {term.contribution or 0.0:.0f}. {term.reason or ''}"
        )
        lines += [f"      {piece.sentence}: {' '.join(piece.text.split())}" for piece in term.evidence]
    return "\n".join(lines)
