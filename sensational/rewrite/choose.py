"""Chooses among the headlines that can be made: it must say most of what the old one said, and fit."""

from __future__ import annotations

from sensational.analysis import Analysis, Term
from sensational.fitting import Change, Fitting
from sensational.language.document import Document
from sensational.language.stems import stem
from sensational.rewrite.clauses import Clause, clauses
from sensational.scorer import score
from sensational.terms import function_words

MOST_DIVERGENCE = 10.0
"""A fitting headline diverges by less than this, of 100: a careful editor would let it stand."""
TRIED = 12
LEAST_KEPT = 0.3
EARLY = 0.02


def fitting_headline(headline: str, body: str) -> Fitting | None:
    """The strongest headline found that a body bears out.

    Args:
        headline: the headline as it stands; it is given back where it fits as it is.
        body: the body, free of clutter.

    Returns:
        A headline whose divergence over ``body`` is below :data:`MOST_DIVERGENCE`, or None where the article
        is not scored or none was found.
    """
    analysis = score(headline, body)
    if analysis.divergence is None:
        return None
    if analysis.divergence < MOST_DIVERGENCE and all(
        term.verdict == "supported" for term in analysis.terms if term.loaded
    ):
        return Fitting(headline, analysis.divergence, ())
    document = Document(body)
    wanted = _wanted(analysis)
    ranked = sorted(
        ((_worth(clause, analysis, wanted), clause) for clause in clauses(document, frozenset(wanted))),
        key=lambda pair: (-pair[0], pair[1].sentence, pair[1].text),
    )
    for worth, clause in ranked[:TRIED]:
        if worth < LEAST_KEPT:
            break
        own = score(clause.text, body).divergence
        if own is not None and own < MOST_DIVERGENCE:
            return Fitting(clause.text, own, _changes(analysis, clause))
    return None


def _wanted(analysis: Analysis) -> dict[str, float]:
    """Stems of the headline's words that carry meaning, each with what it is worth to keep."""
    wanted: dict[str, float] = {}
    for term in analysis.terms:
        for word in Document(term.text).words:
            if word not in function_words():
                wanted[stem(word)] = 1.0 + term.loading
    return wanted


def _worth(clause: Clause, analysis: Analysis, wanted: dict[str, float]) -> float:
    """How much of the headline a clause keeps, 0 to 1, a little more for an early and short one."""
    there = set(Document(clause.text).stems)
    kept = total = 0.0
    for term in analysis.terms:
        stems = [s for s in (stem(w) for w in Document(term.text).words) if s in wanted]
        if not stems:
            continue
        weight = sum(wanted[s] for s in stems)
        share = sum(wanted[s] for s in stems if s in there) / weight
        if share == 0 and _evidence_in(term, clause):
            share = 0.7
        kept += weight * share
        total += weight
    words = len(clause.text.split())
    return (kept / total if total else 0.0) - EARLY * min(clause.sentence, 10) - 0.01 * max(0, words - 12)


def _evidence_in(term: Term, clause: Clause) -> bool:
    return any(
        clause.start <= piece.start < clause.end and piece.text.lower() in clause.text.lower()
        for piece in term.evidence
        if piece.match not in ("opposite", "denial")
    )


def _changes(analysis: Analysis, clause: Clause) -> tuple[Change, ...]:
    changes = [
        Change(
            "body_wording", analysis.headline, clause.text,
            f"The words are those of sentence {clause.sentence + 1} of the body.",
        )
    ]  # fmt: skip
    if clause.source:
        changes.append(Change("attribution_added", "", clause.source, "It is the word of one source."))
    if clause.restored:
        changes.append(Change("subject_restored", "", clause.restored, "The body says it of this one."))
    return tuple(changes)
