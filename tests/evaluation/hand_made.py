"""Analyses that no model made: long words that the body lacks are absent; divergence is their share."""

from __future__ import annotations

import re

from sensational.analysis import SCHEMA_VERSION, VERDICTS, Analysis, Body, Evidence, Provenance, Stance, Term
from sensational.article import Article
from sensational.language.document import Document

LONG = re.compile(r"\w{5,}")


def analysis(headline: str, terms: tuple[Term, ...] = (), divergence: float | None = 0.0) -> Analysis:
    """An analysis of these terms."""
    scored = divergence is not None
    shares = [0.7, 0.1, 0.1, 0.1] if scored and divergence == 0 else [0.1, 0.1, 0.1, 0.7]
    return Analysis(
        SCHEMA_VERSION,
        None,
        headline,
        "scored" if scored else "not_scored",
        None if scored else "too short",
        divergence,
        (max(0.0, divergence - 20), min(100.0, divergence + 20)) if divergence is not None else None,
        min(100.0, 10.0 * len(terms)),
        Stance("agree", dict(zip(("agree", "discuss", "disagree", "unrelated"), shares, strict=True)))
        if scored
        else None,
        terms,
        Body(1, 10, ()),
        Provenance("0", "0", "0"),
    )


def term(headline: str, text: str, verdict: str | None = "supported", loaded: bool = True) -> Term:
    """A term of a headline, without evidence."""
    start = headline.index(text)
    return Term(text, start, start + len(text), "force" if loaded else "plain", loaded, 0.5, verdict=verdict)  # type: ignore[arg-type]


def by_long_words(article: Article) -> Analysis:
    """Reads every word of five letters and more as a loaded term."""
    body = Document(article.body)
    terms = []
    for found in LONG.finditer(article.headline):
        word = found.group().lower()
        here = [s for s in body.sentences if word in body.words[s.first : s.last]]
        verdict = "supported" if here else "absent"
        evidence = tuple(
            Evidence(body.text[s.start : s.end], s.start, s.end, s.index, "author", None, False, False)
            for s in here[:1]
        )
        terms.append(
            Term(
                found.group(), found.start(), found.end(), "force", True, 0.5, float(bool(here)), verdict,  # type: ignore[arg-type]
                probabilities={name: float(name == verdict) for name in VERDICTS},
                contribution=0.0 if here else 10.0, evidence=evidence,
            )
        )  # fmt: skip
    if not body.sentences:
        return analysis(article.headline, tuple(terms), None)
    missing = sum(one.verdict == "absent" for one in terms)
    return analysis(article.headline, tuple(terms), 100 * missing / max(1, len(terms)))
