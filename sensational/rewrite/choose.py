"""Chooses among the headlines that can be made: it must say most of what the old one said, and fit."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import islice

from sensational.analysis import Analysis, Term
from sensational.article import Article
from sensational.fitting import Change, Fitting
from sensational.judges import Judges
from sensational.language.document import Document
from sensational.language.meaning import nearness
from sensational.language.stems import stem
from sensational.rewrite.clauses import MOST_CHARACTERS, Clause, clauses
from sensational.rewrite.edits import edited
from sensational.rewrite.words import has_main_verb, lower_words
from sensational.scorer import score, score_article
from sensational.terms import function_words

MOST_DIVERGENCE = 10.0
"""A fitting headline diverges by less than this, of 100: a careful editor would let it stand."""
LEAST_DOUBT = 5.0
"""Below this a headline says no more than its article, even if a loaded term is not borne out in full."""
TRIED = 8
"""Changed headlines, and clauses, that are scored: each costs one analysis of the body."""
LEAST_WORTH = 0.43
"""A clause that keeps less is another headline; chosen by reading (docs/fitting-headlines.md)."""
LEAST_TOGETHER = 0.6
"""Share of the terms of a changed headline that one sentence of the body must speak of."""
EARLY = 0.025
"""What each of the first sentences costs a clause, for news tells first what matters."""
LATEST = 15
"""Sentences from here on cost no more, and hardly ever come to anything."""
LEADING = (0.2, 0.08, 0.0)
LEDGER, ATTRIBUTED, ADDS = 0.3, 0.15, 0.3
"""What a clause earns that holds all that decided on the loaded terms, or names its source, and what *also*
costs it: such a sentence adds to the news and is none."""
NEAR, ALIKE, BORNE_OUT = 0.45, 0.8, 0.85
"""The cosine from which a word is akin; what such a word is worth of it, and what evidence is worth."""
_SAYING = frozenset({"say", "says", "said", "according"})
_OPINION = re.compile(r"^(?:OPINION|Opinion|ANALYSIS|Analysis|COMMENT|Comment|EDITORIAL|Editorial): ")
# It says whose view it is, and stays.
ROOM = 7
"""Words with meaning that one clause can be asked to keep: a long headline tells two stories."""


def fitting_headline(headline: str, body: str) -> Fitting | None:
    """The strongest headline found that a body bears out, in the words of the two texts.

    Args:
        headline: the headline as it stands; it is given back, without changes, where it fits.
        body: the body, free of clutter.

    Returns:
        A headline whose divergence over ``body`` is below :data:`MOST_DIVERGENCE`, or None where the article
        is not scored or none was found that can be offered.
    """
    return fitting_of(Article(headline, body), score(headline, body))


def fitting_of(article: Article, analysis: Analysis, judges: Judges | None = None) -> Fitting | None:
    """:func:`fitting_headline`, for an article that is already scored.

    Args:
        article: what was read.
        analysis: what was said of it.
        judges: those with which it was scored.
    """
    if analysis.divergence is None:
        return None
    if _fits_as_it_is(analysis):
        return Fitting(article.headline, analysis.divergence, ())
    body = Document(article.body)
    return _changed(analysis, body, judges) or _told_by_body(analysis, body, judges)


def _fits_as_it_is(analysis: Analysis) -> bool:
    """Whether a careful editor would let the headline stand, every loaded term of it."""
    if analysis.divergence is None or "?" in analysis.headline:
        return False
    borne_out = all(term.verdict == "supported" for term in analysis.terms if term.loaded)
    return analysis.divergence < (MOST_DIVERGENCE if borne_out else LEAST_DOUBT)


def _changed(analysis: Analysis, body: Document, judges: Judges | None) -> Fitting | None:
    """The headline's own words with the fewest changes, where the body bears out all that is left."""
    if "?" in analysis.headline or any(term.kind == "hook" for term in analysis.terms):
        return None
    for one in islice(edited(analysis, body), TRIED):
        if not one.changes or not has_main_verb(lower_words(one.text)):
            continue
        own = score_article(Article(one.text, body.text), judges=judges)
        if own.divergence is not None and own.divergence < MOST_DIVERGENCE and _bears_out(own):
            return Fitting(one.text, own.divergence, one.changes)
    return None


def _bears_out(analysis: Analysis) -> bool:
    """Whether every term is found in the body, the loaded ones in full, most of them in one sentence.

    Stricter than the number: changed words are a sentence that nobody has written yet.
    """
    for term in analysis.terms:
        if term.verdict not in ("supported", "attributed") and (term.loaded or term.verdict != "weaker"):
            return False
        if term.verdict == "attributed" and term.loaded:
            return False
    places: dict[int, int] = {}
    for term in analysis.terms:
        for sentence in {piece.sentence for piece in term.evidence}:
            places[sentence] = places.get(sentence, 0) + 1
    return max(places.values(), default=0) >= LEAST_TOGETHER * len(analysis.terms)


def _told_by_body(analysis: Analysis, body: Document, judges: Judges | None) -> Fitting | None:
    """The clause of the body that keeps most of the headline."""
    wanted = wanted_of(analysis)
    opinion = _OPINION.match(analysis.headline)
    label = opinion.group() if opinion else ""
    ranked = sorted(
        (
            (worth(clause, analysis, wanted), clause)
            for clause in clauses(analysis.headline, body, frozenset(map(stem, wanted)))
        ),
        key=lambda pair: (-pair[0], pair[1].sentence, pair[1].text),
    )
    for value, clause in ranked[:TRIED]:
        if value < LEAST_WORTH:
            break
        text = label + clause.text
        own = score(text, body.text, judges=judges).divergence
        if own is not None and own < MOST_DIVERGENCE and len(clause.text) <= MOST_CHARACTERS:
            return Fitting(text, own, _changes(analysis, clause, text))
    return None


def wanted_of(analysis: Analysis) -> dict[str, float]:
    """The headline's words that carry meaning, small, each with what it is worth to keep."""
    return {
        word: 1.0 + 2 * term.loading
        for term in analysis.terms
        for word in lower_words(term.text)
        if word not in function_words()
    }


def worth(clause: Clause, analysis: Analysis, wanted: dict[str, float]) -> float:
    """How much of the headline a clause keeps, about 0 to 1; an early and short one is worth more.

    A word is kept by itself, by evidence for its term, or in part by a word near in meaning.

    Args:
        clause: words of the body.
        analysis: of the headline over that body.
        wanted: the headline's words, with what each is worth (:func:`wanted_of`).
    """
    said = lower_words(clause.text)
    stems = {stem(word) for word in said}
    words = list(wanted)
    near = nearness(words, said)
    borne_out = {
        word for term in analysis.terms if _evidence_in(term, clause) for word in lower_words(term.text)
    }
    kept = 0.0
    for word, alike in zip(words, near, strict=True):
        share = ALIKE * alike[1] if alike is not None and alike[1] >= NEAR else 0.0
        share = max(share, BORNE_OUT if word in borne_out else 0.0)
        kept += wanted[word] * (1.0 if stem(word) in stems else share)
    room = math.fsum(wanted.values()) * min(1.0, ROOM / max(1, len(wanted)))
    share = min(1.0, kept / room) if room else 0.0
    at, length = clause.sentence, len(said)
    place = LEADING[at] if at < len(LEADING) else -EARLY * min(at, LATEST)
    ledger = _decides(clause, analysis)
    place = place * (1.0 - ledger) if place < 0 else place
    earned = (
        LEDGER * ledger
        + ATTRIBUTED * (not clause.quoted and not _SAYING.isdisjoint(said))
        - ADDS * clause.adds
    )
    return round(share + place + earned - 0.002 * length - 0.01 * max(0, length - 14), 6)


def _decides(clause: Clause, analysis: Analysis) -> float:
    """Share of the headline's loading whose deciding evidence lies in the clause, 0 to 1."""
    loaded = [term for term in analysis.terms if term.loaded]
    total = math.fsum(term.loading for term in loaded)
    there = math.fsum(
        term.loading for term in loaded if _evidence_in(replace(term, evidence=term.evidence[:1]), clause)
    )
    return there / total if total else 0.0


def _evidence_in(term: Term, clause: Clause) -> bool:
    return any(
        clause.start <= piece.start < clause.end and piece.text.lower() in clause.text.lower()
        for piece in term.evidence
        if piece.match not in ("opposite", "denial")
    )


# What a gap asks of the new headline, and what it is called there.
_ASKED = {
    "strength": "rung_lowered", "scale": "number_replaced", "subject": "subject_restored",
    "certainty": "hedge_added", "quotation": "quotation_kept",
}  # fmt: skip


def _changes(analysis: Analysis, clause: Clause, text: str) -> tuple[Change, ...]:
    """What became of each loaded term on the way to a clause of the body."""
    where = f"These are the words of sentence {clause.sentence + 1} of the body."
    changes = [Change("body_wording", analysis.headline, text, where)]
    if clause.source:
        changes.append(
            Change("attribution_added", "", clause.source, "The body has it as the word of this source.")
        )
    if clause.restored:
        changes.append(
            Change("subject_restored", "", clause.restored, "The sentence before says who is meant.")
        )
    said = set(lower_words(clause.text))
    for term in analysis.terms:
        if not term.loaded or term.verdict == "supported" or set(lower_words(term.text)) <= said:
            continue
        changes.append(_became(term, clause))
    return tuple(changes)


def _became(term: Term, clause: Clause) -> Change:
    gaps = sorted(term.gaps, key=lambda gap: -gap.size)
    reason = gaps[0].reason if gaps else "Nothing in the body bears on it."
    piece = next(
        (
            piece
            for piece in term.evidence
            if clause.start <= piece.start < clause.end and piece.text.lower() in clause.text.lower()
        ),
        None,
    )
    if piece is None:
        return Change("term_dropped", term.text, "", reason)
    kind = _ASKED.get(gaps[0].kind, "body_wording") if gaps else "body_wording"
    return Change(kind, term.text, piece.text, reason)  # type: ignore[arg-type]
