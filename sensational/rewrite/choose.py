"""Chooses among the headlines that can be made: it must say most of what the old one said, and fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from sensational.analysis import Analysis
from sensational.article import Article
from sensational.fitting import Change, Fitting
from sensational.language.document import Document
from sensational.language.function_words import function_words
from sensational.language.stems import stem
from sensational.rewrite.clauses import MOST_CHARACTERS, Clause, clauses
from sensational.rewrite.edits import Edited, edited
from sensational.rewrite.words import has_main_verb, lower_words
from sensational.scorer import score, score_article

MOST_DIVERGENCE = 13.0
"""A headline that is offered diverges by less than this, of 100: it misses a nuance at most."""
LEAST_GAIN = 20.0
"""Points by which it must diverge less than the old one."""
TRIED = 6
"""Changed headlines, and clauses, that are scored: each costs one analysis of the body."""
LEAST_KEPT = 0.5
"""Share of the old headline's words that a clause must keep: with less it is another headline."""
LENGTH = 0.01
"""What each word of a clause costs, in shares of the old headline's words."""
_OPINION = re.compile(r"^(?:OPINION|Opinion|ANALYSIS|Analysis|COMMENT|Comment|EDITORIAL|Editorial): ")
# It says whose view it is, and stays.


def fitting_headline(headline: str, body: str) -> Fitting | None:
    """A headline that the body bears out, in the words of the two texts.

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
    for made in (*islice(_changed(analysis, body), TRIED), *islice(_told_by_body(analysis, body), TRIED)):
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


def _told_by_body(analysis: Analysis, body: Document) -> Iterator[Edited]:
    """Clauses of the sentences that the ledger names and of the lead, the one that keeps most first."""
    opinion = _OPINION.match(analysis.headline)
    label = opinion.group() if opinion else ""
    wanted = {stem(word) for word in lower_words(analysis.headline) if word not in function_words()}
    named = {piece.sentence for term in analysis.terms for piece in term.evidence} | {0}
    made = clauses(analysis.headline, body, frozenset(wanted), sorted(named & {*range(len(body.sentences))}))
    ranked = sorted(
        ((kept(clause, analysis, wanted), clause) for clause in made if len(clause.text) <= MOST_CHARACTERS),
        key=lambda pair: (LENGTH * len(lower_words(pair[1].text)) - pair[0], pair[1].sentence, pair[1].text),
    )
    for share, clause in ranked:
        if share >= LEAST_KEPT:
            yield Edited(label + clause.text, _changes(analysis, clause, label + clause.text))


def kept(clause: Clause, analysis: Analysis, wanted: set[str]) -> float:
    """The share of the headline's words that a clause has, or is evidence for, 0 to 1.

    Args:
        clause: words of the body.
        analysis: of the headline over that body.
        wanted: stems of the headline's words that carry meaning.
    """
    said = {stem(word) for word in lower_words(clause.text)}
    for term in analysis.terms:
        if any(piece.sentence == clause.sentence for piece in term.evidence):
            said.update(stem(word) for word in lower_words(term.text))
    return len(wanted & said) / max(1, len(wanted))


def _changes(analysis: Analysis, clause: Clause, text: str) -> tuple[Change, ...]:
    """What became of each loaded term on the way to a clause of the body."""
    where = f"The wording comes from sentence {clause.sentence + 1} of the article."
    changes = [Change("body_wording", analysis.headline, text, where)]
    if clause.source:
        changes.append(
            Change("attribution_added", "", clause.source, "The article attributes this to this source.")
        )
    if clause.restored:
        changes.append(
            Change("subject_restored", "", clause.restored, "The sentence before it names the person.")
        )
    said = set(lower_words(clause.text))
    for term in analysis.terms:
        if term.loaded and term.verdict != "supported" and not set(lower_words(term.text)) <= said:
            changes.append(Change("term_dropped", term.text, "", term.reason or ""))
    return tuple(changes)
