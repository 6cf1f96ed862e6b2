"""What a report shows, worked out once for the page, the PDF and the terminal: plain data, safe text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sensational.analysis import Analysis, Term
from sensational.article import Article
from sensational.fitting import CHANGE_NAMES, Fitting
from sensational.report.excerpts import evidence_anchor, fits, shown_end
from sensational.report.ledger import Entry, entry_of
from sensational.report.points import whole, whole_points
from sensational.report.readability import MODE, Readability, readability
from sensational.report.safe import safe_analysis, safe_article, safe_fitting, shortened
from sensational.report.sentences import (
    band,
    doubt,
    falls_short,
    is_hard,
    is_open,
    likely,
    plural,
    stance,
    summary,
)
from sensational.report.spans import Run, Span, paragraphs


@dataclass(frozen=True, slots=True)
class Offer:
    """What is shown of a fairer headline; ``changes`` are (what kind, before, after, why)."""

    text: str
    note: str
    changes: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class View:
    """Everything that a report shows of one article.

    ``headline`` and ``body`` are runs of text, marked where a term or its evidence stands; ``shown`` is the
    ledger, the open terms first, heaviest first, then the supported ones; ``low`` and ``high`` are the
    interval, or the divergence twice where that says nothing; ``likely`` is the interval in words and
    ``doubt`` why there is none; ``body_rest`` says how much of a very long body is not shown.
    """

    headline: tuple[Run, ...]
    headline_text: str
    source: tuple[str, ...]
    scored: bool
    divergence: int
    exact: float
    low: int
    high: int
    likely: str
    doubt: str
    band: str
    loading: int
    summary: str
    shown: tuple[Entry, ...]
    body: tuple[tuple[Run, ...], ...]
    body_rest: str
    clutter: tuple[tuple[str, str], ...]
    readability: tuple[tuple[str, Readability], ...]
    readability_mode: str
    stance: str
    offer: Offer | None
    provenance: tuple[tuple[str, str], ...]
    limits: tuple[str, ...]

    def entry(self, number: int) -> Entry:
        """The entry with this number."""
        return self.shown[number - 1]

    @property
    def open(self) -> tuple[Entry, ...]:
        """The terms that the article bears out only in part, or not at all: what the chart draws."""
        return tuple(entry for entry in self.shown if entry.open)

    @property
    def ledger_says(self) -> str:
        """What stands over the ledger, or in its place."""
        if not self.shown:
            backed = ", and the article bears out what it says" if self.scored else ""
            return f"The headline has no loaded term{backed}."
        if not self.scored:
            return "The loaded terms of the headline, without verdicts."
        points = "The points add up to the divergence."
        if not self.open:
            points = "The tool counts all terms as borne out, so none costs a point."
        return f"Each row compares one term of the headline with what the article says. {points}"


LIMITS = (
    "It compares two texts and nothing else. It does not know what really happened: “absent” means not found "
    "in this text, never false, and a headline with a divergence of 0 can be as wrong as its article.",
    "It does not look at pictures, captions, videos, charts or linked pages, which may support a headline.",
    "A small trained model reads the two texts, and rules check names, numbers and quotations. Both make "
    "mistakes. They miss irony, satire, allusions and common knowledge.",
    "It reads English and works best on news. It is not suited to poems, lists, live blogs or very short "
    "texts.",
    "A high number is not an accusation. Headlines are short, reporters often do not write them, and "
    "quotation marks may be honest attribution. Check the ledger and judge for yourself.",
)


def build_view(
    article: Article, analysis: Analysis, *, fitting: Fitting | None = None, readability_too: bool = True
) -> View:
    """What a report on ``article`` shows. Every text in the result is safe to show (see ``safe``).

    Args:
        article: what was read.
        analysis: what was said of it. Evidence whose offsets do not slice to its text is not shown.
        fitting: a headline that the body bears out, if there is one to offer.
        readability_too: False leaves readability out, which costs half a second once.
    """
    article, analysis = safe_article(article), safe_analysis(analysis)
    exact = analysis.divergence or 0.0
    terms = sorted((t for t in analysis.terms if t.loaded or falls_short(t)), key=_rank)
    points = whole_points([_weight(term) for term in terms], whole(exact))
    hard = analysis.interval is None or is_hard(analysis)
    low, high = (exact, exact) if hard or analysis.interval is None else analysis.interval
    body_end = shown_end(article.body)
    rest = len(article.body) - body_end
    return View(
        headline=_headline(analysis.headline, terms),
        headline_text=analysis.headline,
        source=_source(article, analysis),
        scored=analysis.status == "scored" and analysis.divergence is not None,
        divergence=whole(exact),
        exact=exact,
        low=whole(low),
        high=whole(high),
        likely=likely(analysis),
        doubt=doubt(analysis),
        band=band(analysis),
        loading=whole(analysis.loading),
        summary=summary(analysis),
        shown=tuple(
            entry_of(number, term, given, article.body)
            for number, (term, given) in enumerate(zip(terms, points, strict=True), start=1)
        ),
        body=paragraphs(article.body[:body_end], _evidence_spans(article.body[:body_end], terms)),
        body_rest=f"The last {plural(rest, 'character')} of the article are not shown." if rest else "",
        clutter=tuple((line.text, line.why) for line in (article.clutter or analysis.body.clutter)),
        readability=_readabilities(article) if readability_too else (),
        readability_mode=MODE,
        stance=stance(analysis),
        offer=None if fitting is None else _offer(safe_fitting(fitting), analysis),
        provenance=_provenance(article, analysis),
        limits=LIMITS,
    )


def _rank(term: Term) -> tuple[bool, float, bool, int, int]:
    return not is_open(term), -_weight(term), not term.loaded, term.start, term.end


def _weight(term: Term) -> float:
    """What a term counts where points are shared out: a supported one costs nothing."""
    return term.contribution or 0.0 if is_open(term) else 0.0


def _offer(fitting: Fitting, analysis: Analysis) -> Offer:
    told = [change.reason for change in fitting.changes if change.before == analysis.headline]
    theirs = whole(analysis.divergence or 0)
    note = f"Its divergence is {whole(fitting.divergence)}; the original headline’s is {theirs}."
    changes = tuple(
        (CHANGE_NAMES[change.kind], change.before, change.after, change.reason)
        for change in fitting.changes
        if change.before != analysis.headline
    )
    return Offer(fitting.text, " ".join([note, *told]), changes)


def _evidence_spans(body: str, terms: Sequence[Term]) -> list[Span]:
    return [
        Span(piece.start, piece.end, number, evidence_anchor(number, index))
        for number, term in enumerate(terms, start=1)
        for index, piece in enumerate(term.evidence, start=1)
        if fits(piece, body)
    ]


def _headline(headline: str, terms: Sequence[Term]) -> tuple[Run, ...]:
    spans = [Span(term.start, term.end, number, "") for number, term in enumerate(terms, start=1)]
    lines = paragraphs(headline, spans)
    return lines[0] if lines else ()


def _source(article: Article, analysis: Analysis) -> tuple[str, ...]:
    origin = article.outlet or article.address or "Copied text"
    counts = f"{plural(analysis.body.sentences, 'sentence')}, {plural(analysis.body.words, 'word')}"
    aside = len(article.clutter or analysis.body.clutter)
    clutter = f"{plural(aside, 'line')} set aside as clutter" if aside else ""
    return tuple(part for part in (shortened(origin, 80), article.date, counts, clutter) if part)


def _readabilities(article: Article) -> tuple[tuple[str, Readability], ...]:
    texts = (("Headline", article.headline), ("Article", article.body))
    return tuple((name, found) for name, text in texts if (found := readability(text)))


def _provenance(article: Article, analysis: Analysis) -> tuple[tuple[str, str], ...]:
    made = analysis.provenance
    rows = (
        ("Created with", f"sensational {made.version}"),
        ("Verifier", made.verifier),
        ("Lexicon", made.lexicon),
        ("Schema", f"version {analysis.schema_version}"),
        ("Article", article.id or analysis.id or ""),
        ("Address", shortened(article.address, 200) if article.address else ""),
    )
    return tuple((name, value) for name, value in rows if value)
