"""The pipeline, once, for everyone: article in, analysis out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sensational import __version__
from sensational.abstain import reason_not_to_score, too_long
from sensational.analysis import (
    SCHEMA_VERSION,
    Analysis,
    Body,
    ClaimStrength,
    Evidence,
    Provenance,
    Term,
)
from sensational.article import Article
from sensational.claims import body_claim_strength, claim_strength
from sensational.divergence import combine
from sensational.evidence import Denial, Find, Findings, find_evidence
from sensational.judges import NO_JUDGES, Judges
from sensational.language.document import Document
from sensational.language.voices import voice_at
from sensational.lexicon.loader import load
from sensational.resources import checksum
from sensational.stance import stance
from sensational.terms import Claim, claim_shares, find_claims
from sensational.verdict import Weighed, Weights, interval, load_weights, weigh, weight

# Places of the body that go out with each term, and denials beside them: a reader wants the best, not all.
SHOWN = 4
SHOWN_DENIALS = 2
# Sentences of the body whose causal claim is set against the headline's.
CLAIMED = 3


def score(headline: str, body: str, id: str | None = None, judges: Judges | None = None) -> Analysis:
    """Sets a headline against its body.

    Args:
        headline: the headline, as it stands.
        body: the body; it is taken as it is, and evidence offsets are into it.
        id: carried through to the analysis.
        judges: models of the user's own, from :func:`sensational.load_models`.
    """
    return score_article(Article(headline, body, id), judges=judges)


def score_article(article: Article, weights: Weights | None = None, judges: Judges | None = None) -> Analysis:
    """Sets the headline of an article against its body (see :func:`score`).

    Args:
        article: what was read.
        weights: other weights than the shipped ones, for training and evaluation.
        judges: models of the user's own, from :func:`sensational.load_models` (see ``docs/models.md``).
    """
    lexicon = load()
    weights = weights or load_weights()
    judges = judges or NO_JUDGES
    flat, places = flattened(article.headline)
    long = too_long(article.body)
    body = Document("" if long else article.body)
    headline = find_claims(flat, lexicon)
    reason = long or reason_not_to_score(headline.document, body)
    divergence = None
    relevant: tuple[int, ...] = ()
    if reason is None:
        findings = find_evidence(headline, body, lexicon, judges)
        weighed = tuple(weigh(i, headline, findings, body, weights) for i in range(len(headline.claims)))
        divergence = combine(
            [
                weight(claim, share, weights)
                for claim, share in zip(headline.claims, claim_shares(headline), strict=True)
            ],
            [one.support for one in weighed],
            weights.curve,
        )
        terms = tuple(
            _term(
                claim,
                article.headline,
                places,
                support=one.support,
                verdict=one.verdict,
                also=one.also,
                gaps=one.gaps,
                contribution=divergence.contributions[i],
                without=divergence.without[i],
                evidence=_shown(one, findings.finds[i], findings.denials, body),
            )
            for i, (claim, one) in enumerate(zip(headline.claims, weighed, strict=True))
        )
        relevant = _relevant(findings)
    else:
        terms = tuple(_term(claim, article.headline, places) for claim in headline.claims)
    return Analysis(
        schema_version=SCHEMA_VERSION,
        id=article.id,
        headline=article.headline,
        status="scored" if divergence else "not_scored",
        reason=reason,
        divergence=divergence.total if divergence else None,
        interval=interval(divergence.total, weights) if divergence else None,
        loading=headline.loading,
        teasing=headline.teasing,
        stance=stance(headline.document, body) if divergence else None,
        claim_strength=_claim_strength(flat, body, relevant),
        terms=terms,
        body=Body(
            len(body.sentences),
            len(body.words),
            article.clutter,
        ),
        provenance=Provenance(__version__, lexicon.checksum, checksum(), judges.used),
    )


def flattened(text: str) -> tuple[str, tuple[int, ...]]:
    """A text with every run of white space as one space and none around it, so that none tells.

    Returns:
        The flat text, and for each of its characters where it stands in ``text``.
    """
    places: list[int] = []
    for at, character in enumerate(text):
        if not character.isspace() or (places and not text[places[-1]].isspace()):
            places.append(at)
    if places and text[places[-1]].isspace():
        places.pop()
    return "".join(" " if text[at].isspace() else text[at] for at in places), tuple(places)


def _term(claim: Claim, headline: str, places: tuple[int, ...], **judged: Any) -> Term:
    start, end = places[claim.start], places[claim.end - 1] + 1
    return Term(headline[start:end], start, end, claim.kind, claim.loaded, claim.loading, **judged)


def _shown(
    weighed: Weighed, finds: Sequence[Find], denials: Sequence[Denial], body: Document
) -> tuple[Evidence, ...]:
    """The evidence of one term as it goes out: what decided first, then the next best, then the denials.

    Of the numbers that fall short, none but the one that decided.
    """
    against = any(gap.kind == "polarity" for gap in weighed.gaps)
    best = weighed.best
    telling = [
        find
        for find in finds
        if find is best or not (find.falls_short or (find.how == "opposite" and not against))
    ]
    ordered = sorted(telling, key=lambda find: (find is not best, find.how == "opposite"))
    shown = [_evidence(find, body) for find in ordered[:SHOWN]]
    if against:
        shown += [_denial(denial, body) for denial in denials[:SHOWN_DENIALS]]
    return tuple(shown)


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


def _denial(denial: Denial, body: Document) -> Evidence:
    voice = voice_at(body, denial.start, denial.end)
    return Evidence(
        body.text[denial.start : denial.end],
        denial.start,
        denial.end,
        denial.sentence,
        voice.kind if voice else "author",
        voice.source if voice else None,
        False,
        True,
        "denial",
    )


def _relevant(findings: Findings) -> tuple[int, ...]:
    """The sentences that hold most of the evidence, in the order of the body."""
    held: dict[int, float] = {}
    for finds in findings.finds:
        for find in finds:
            held[find.sentence] = held.get(find.sentence, 0.0) + find.nearness
    return tuple(sorted(sorted(held, key=lambda sentence: (-held[sentence], sentence))[:CLAIMED]))


def _claim_strength(headline: str, body: Document, relevant: Sequence[int]) -> ClaimStrength:
    sentences = [body.sentences[i] for i in relevant] or list(body.sentences[:CLAIMED])
    return ClaimStrength(
        claim_strength(headline), body_claim_strength([body.text[s.start : s.end] for s in sentences])
    )
