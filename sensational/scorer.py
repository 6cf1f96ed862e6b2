"""The pipeline, once, for everyone: article in, analysis out."""

from __future__ import annotations

from sensational import __version__
from sensational.abstain import reason_not_to_score, too_long
from sensational.analysis import SCHEMA_VERSION, Analysis, Body, Provenance, Stance, Term
from sensational.article import Article
from sensational.combiner import load_combiner
from sensational.divergence import interval
from sensational.language.canonical import canonical
from sensational.language.document import Document
from sensational.ledger import Ledger, bare_term, make_ledger, terms_of
from sensational.lexicon.loader import load
from sensational.loading import headline_loading
from sensational.terms import find_spans
from sensational.verifier.inputs import ReadBody
from sensational.verifier.judgement import STANCES, Judgement
from sensational.verifier.model import checksum, judge, read_headline


def score(headline: str, body: str, id: str | None = None) -> Analysis:
    """Sets a headline against its body.

    Args:
        headline: the headline, as it stands.
        body: the body; it is taken as it is, and evidence offsets are into it.
        id: carried through to the analysis.

    Returns:
        The analysis. Where the article cannot be judged, its ``status`` is ``"not_scored"`` and ``reason``
        says why.

    Raises:
        TypeError: headline or body is not a ``str``, or ``id`` is neither a ``str`` nor None.
    """
    return score_article(Article(headline, body, id))


def score_article(article: Article) -> Analysis:
    """Sets the headline of an article against its body (see :func:`score`).

    Args:
        article: as :func:`sensational.read` gives it, or made by hand.

    Raises:
        TypeError: it is not an :class:`~sensational.Article`.
    """
    if not isinstance(article, Article):
        raise TypeError(
            f"score_article takes an Article, as sensational.read gives it, not {type(article).__name__}; "
            "for two texts use sensational.score(headline, body)"
        )
    text, places = canonical(article.headline)
    headline = Document(text)
    long = too_long(article.body)
    body = Document("" if long else article.body)
    reason = long or reason_not_to_score(headline, body)
    reading = read_headline(headline)
    spans = find_spans(headline, reading)
    ledger: Ledger | None = None
    stance: Stance | None = None
    terms: tuple[Term, ...]
    if reason is None:
        read = ReadBody(body)
        judgement = judge(headline, read)
        ledger = make_ledger(headline, read, spans, judgement, load_combiner())
        stance = _stance(judgement)
        terms = terms_of(ledger, headline, article.headline, places, body)
    else:
        terms = tuple(bare_term(span, article.headline, places) for span in spans if span.loaded)
    divergence = ledger.divergence.total if ledger else None
    return Analysis(
        schema_version=SCHEMA_VERSION,
        id=article.id,
        headline=article.headline,
        status="not_scored" if divergence is None else "scored",
        reason=reason,
        divergence=divergence,
        interval=None if divergence is None else interval(divergence, load_combiner().intervals),
        loading=headline_loading(spans),
        stance=stance,
        terms=terms,
        body=Body(len(body.sentences), len(body.words), article.clutter),
        provenance=Provenance(__version__, checksum(), load().checksum),
        article=article,
    )


def _stance(judgement: Judgement) -> Stance:
    probabilities: dict[str, float] = dict(zip(STANCES, judgement.stances, strict=True))
    return Stance(max(STANCES, key=lambda label: probabilities[label]), probabilities)
