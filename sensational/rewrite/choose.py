"""Chooses among the changed headlines: the first that the body bears out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from sensational.analysis import Analysis
from sensational.article import Article
from sensational.fitting import Fitting
from sensational.language.document import Document
from sensational.rewrite.edits import Edited, edited
from sensational.rewrite.words import has_main_verb, lower_words
from sensational.scorer import score, score_article

MOST_DIVERGENCE = 13.0
"""A headline that is offered diverges by less than this, of 100: it misses a nuance at most."""
LEAST_GAIN = 20.0
"""Points by which it must diverge less than the old one."""
TRIED = 6
"""Changed headlines that are scored: each costs one analysis of the body."""


def fitting_headline(headline: str, body: str) -> Fitting | None:
    """The headline with what its body does not bear out removed, softened or attributed.

    Args:
        headline: the headline as it stands.
        body: the body, free of clutter.

    Returns:
        A headline that diverges clearly less over ``body``, or None where none was found that can be offered.
    """
    return fitting_of(Article(headline, body), score(headline, body))


def fitting_of(article: Article, analysis: Analysis) -> Fitting | None:
    """:func:`fitting_headline`, for an article that is already scored.

    Args:
        article: what was read.
        analysis: what was said of it.
    """
    if analysis.divergence is None or analysis.divergence < LEAST_GAIN:
        return None
    body = Document(article.body)
    most = min(MOST_DIVERGENCE, analysis.divergence - LEAST_GAIN)
    held = [term.text.lower() for term in analysis.terms if term.verdict in ("absent", "contradicted")]
    for made in islice(_changed(analysis, body), TRIED):
        if any(re.search(rf"\b{re.escape(text)}\b", made.text.lower()) for text in held):
            continue  # what the ledger denies its own headline, another one cannot have either
        own = score_article(Article(made.text, article.body)).divergence
        if own is not None and own < most:
            return Fitting(made.text, own, made.changes)
    return None


def _changed(analysis: Analysis, body: Document) -> Iterator[Edited]:
    """The headline's own words with as few changes as possible."""
    if "?" in analysis.headline or any(term.kind == "hook" for term in analysis.terms):
        return
    for one in edited(analysis, body):
        if one.changes and has_main_verb(lower_words(one.text)):
            yield one
