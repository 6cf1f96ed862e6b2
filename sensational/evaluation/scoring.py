"""Many articles scored: each once, in two processes where there are many, with a bar on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from sensational.analysis import Analysis
from sensational.article import Article

WORKERS = 2
FEW = 200
"""So many articles are scored before two processes have begun."""
_TOGETHER = 16


def score_all(articles: Sequence[Article]) -> list[Analysis]:
    """The analysis of each article, in their order."""
    from rich.console import Console
    from rich.progress import track

    return list(
        track(
            _analyses(articles),
            total=len(articles),
            description="",
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
    )


def score_one(article: Article) -> Analysis:
    """The analysis of one article."""
    from sensational.scorer import score_article

    return score_article(article)


def _analyses(articles: Sequence[Article]) -> Iterator[Analysis]:
    workers = min(WORKERS, os.cpu_count() or 1)
    if len(articles) < FEW or workers == 1:
        yield from map(score_one, articles)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(score_one, articles, chunksize=_TOGETHER)
