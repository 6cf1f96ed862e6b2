"""The pipeline, once, for everyone: article in, analysis out."""

from __future__ import annotations

from sensational import __version__
from sensational.abstain import reason_not_to_score
from sensational.analysis import (
    SCHEMA_VERSION,
    Analysis,
    Body,
    ClaimStrength,
    Evidence,
    Provenance,
    SetAside,
    Term,
)
from sensational.article import Article
from sensational.divergence import combine
from sensational.evidence import Find, find_evidence
from sensational.language.document import Document
from sensational.lexicon.loader import load
from sensational.resources import checksum
from sensational.terms import Claim, claim_shares, find_claims
from sensational.verdict import Weighed, interval, load_weights, weigh, weight


def score(headline: str, body: str, id: str | None = None) -> Analysis:
    """Sets a headline against its body.

    Args:
        headline: the headline, as it stands.
        body: the body; it is taken as it is, and evidence offsets are into it.
        id: carried through to the analysis.
    """
    return score_article(Article(headline, body, id))


def score_article(article: Article) -> Analysis:
    """Sets the headline of an article against its body (see :func:`score`)."""
    lexicon = load()
    body = Document(article.body)
    headline = find_claims(article.headline, body, lexicon)
    weights = load_weights()
    reason = reason_not_to_score(headline.document, body)
    if reason is None:
        findings = find_evidence(headline, body, lexicon)
        weighed = [weigh(i, headline, findings, body, weights) for i in range(len(headline.claims))]
        shares = claim_shares(headline)
        divergence = combine(
            [weight(claim, share, weights) for claim, share in zip(headline.claims, shares, strict=True)],
            [one.support for one in weighed],
        )
        terms = tuple(
            _term(claim, article, body, one, finds, divergence.contributions[i], divergence.without[i])
            for i, (claim, one, finds) in enumerate(
                zip(headline.claims, weighed, findings.finds, strict=True)
            )
        )
    else:
        terms = tuple(_bare(claim, article) for claim in headline.claims)
    return Analysis(
        schema_version=SCHEMA_VERSION,
        id=article.id,
        headline=article.headline,
        status="scored" if reason is None else "not_scored",
        reason=reason,
        divergence=None if reason else divergence.total,
        interval=None if reason else interval(divergence.total, weights),
        loading=headline.loading,
        stance=None,
        claim_strength=ClaimStrength(None, None),
        terms=terms,
        body=Body(
            len(body.sentences),
            len(body.words),
            tuple(SetAside(line.text, line.why) for line in article.clutter),
        ),
        provenance=Provenance(__version__, lexicon.checksum, checksum()),
    )


def _bare(claim: Claim, article: Article) -> Term:
    return Term(
        article.headline[claim.start : claim.end],
        claim.start,
        claim.end,
        claim.kind,
        claim.loaded,
        claim.loading,
    )


def _term(
    claim: Claim,
    article: Article,
    body: Document,
    weighed: Weighed,
    finds: tuple[Find, ...],
    contribution: float,
    without: float,
) -> Term:
    return Term(
        article.headline[claim.start : claim.end],
        claim.start,
        claim.end,
        claim.kind,
        claim.loaded,
        claim.loading,
        weighed.support,
        weighed.verdict,
        weighed.also,
        weighed.gaps,
        contribution,
        without,
        tuple(_evidence(find, body) for find in finds),
    )


def _evidence(find: Find, body: Document) -> Evidence:
    start, end = body.starts[find.first], body.ends[find.last - 1]
    return Evidence(
        body.text[start:end],
        start,
        end,
        find.sentence,
        find.voice.kind if find.voice else "author",
        find.voice.source if find.voice else None,
        find.hedge is not None,
        find.denied > 0,
        find.how,
    )
