"""What a report shows, worked out once for the page, the PDF and the terminal: plain data, safe text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sensational.analysis import Analysis, Term
from sensational.article import Article
from sensational.fitting import CHANGE_NAMES, Fitting
from sensational.language.sentences import split_sentences
from sensational.report.excerpts import evidence_anchor, fits, shown_end
from sensational.report.ledger import Entry, Row, entry_of, rows_of
from sensational.report.points import whole, whole_points
from sensational.report.readability import MODE, Readability, readability
from sensational.report.safe import safe_analysis, safe_article, safe_fitting, shortened
from sensational.report.sentences import band, plural, summary
from sensational.report.spans import Run, Span, paragraphs

Sought = Fitting | Literal["not sought"] | None
"""A fitting headline, None where there is none to offer, or that nobody looked for one."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What is shown of the headline that the body bears out.

    ``text`` is empty where there is none to offer; ``changes`` are (what kind, before, after, why).
    """

    text: str
    note: str
    changes: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class View:
    """Everything a report shows of one article. ``shown`` entries stand in the ledger, the rest folded."""

    headline: tuple[Run, ...]
    """Marked: the loaded terms, and the plain ones that cost points and are not borne out."""
    headline_text: str
    source: tuple[str, ...]
    scored: bool
    divergence: int
    exact: float
    low: int
    high: int
    band: str
    loading: int
    summary: str
    shown: tuple[Entry, ...]
    folded: tuple[Entry, ...]
    rows: tuple[Row, ...]
    """The ``shown`` entries as rows of the ledger."""
    folded_rows: tuple[Row, ...]
    body: tuple[tuple[Run, ...], ...]
    body_rest: str
    """How much of a very long body is not shown, in words; empty for nothing."""
    clutter: tuple[tuple[str, str], ...]
    readability: tuple[tuple[str, Readability], ...]
    readability_mode: str
    stance: str
    claim_strength: str
    offer: Offer | None
    """The headline that the body bears out; None where none was looked for."""
    provenance: tuple[tuple[str, str], ...]
    limits: tuple[str, ...]

    def entry(self, number: int) -> Entry:
        """The entry with this number."""
        return (self.shown + self.folded)[number - 1]


LIMITS = (
    "It compares two texts and nothing else. It does not know what really happened: “absent” means not found "
    "in this text, never false, and a headline with a divergence of 0 can still be wrong, with its article.",
    "It does not read pictures, captions, videos, charts or linked pages, which may bear a headline out.",
    "It works with words and rules. Irony, satire, allusions and knowledge that a reader brings along "
    "escape it, and it may miss evidence that says the same in quite other words.",
    "It reads English, and news prose best. Poems, lists, live blogs and very short texts are not its field.",
    "A high number is no charge against the writer. Headlines are short, are often not written by the "
    "reporter, and a quotation mark may be honest attribution. Follow the ledger and judge for yourself.",
)

_STANCES = {
    "agree": "As a whole, the body goes along with the headline.",
    "discuss": "As a whole, the body discusses what the headline says without taking its side.",
    "disagree": "As a whole, the body disagrees with the headline.",
    "unrelated": "As a whole, the body is about something else than the headline.",
}
_STRENGTHS = (
    "no link between cause and effect", "that things go together", "a cause under conditions", "a cause",
)  # fmt: skip


def build_view(
    article: Article, analysis: Analysis, *, fitting: Sought = "not sought", readability_too: bool = True
) -> View:
    """What a report on ``article`` shows. Every text in the result is safe to show (see ``safe``).

    Args:
        article: what was read.
        analysis: what was said of it. Evidence whose offsets do not slice to its text is not shown.
        fitting: the headline that the body bears out, where one was looked for.
        readability_too: False leaves readability out, which costs half a second once.
    """
    article, analysis = safe_article(article), safe_analysis(analysis)
    scored = analysis.status == "scored" and analysis.divergence is not None
    exact = analysis.divergence or 0.0
    order = sorted(analysis.terms, key=lambda t: (-(t.contribution or 0.0), not t.loaded, t.start, t.end))
    points = whole_points([term.contribution or 0.0 for term in order], whole(exact))
    ranked = list(zip(order, points, strict=True))
    ranked.sort(key=lambda pair: not _belongs(*pair))
    sentences = _sentence_bounds(article.body)
    entries = tuple(
        entry_of(number, term, given, exact, article.body, sentences)
        for number, (term, given) in enumerate(ranked, start=1)
    )
    count = sum(_belongs(*pair) for pair in ranked)
    low, high = analysis.interval or (exact, exact)
    body_end = shown_end(article.body)
    rest = len(article.body) - body_end
    terms = [term for term, _ in ranked]
    return View(
        headline=_headline(analysis.headline, terms[:count]),
        headline_text=analysis.headline,
        source=_source(article, analysis),
        scored=scored,
        divergence=whole(exact),
        exact=exact,
        low=whole(low),
        high=whole(high),
        band=band(exact),
        loading=whole(analysis.loading),
        summary=summary(analysis),
        shown=entries[:count],
        folded=entries[count:],
        rows=rows_of(entries[:count]),
        folded_rows=rows_of(entries[count:]),
        body=paragraphs(article.body[:body_end], _evidence_spans(article.body[:body_end], terms)),
        body_rest=f"The body goes on for {plural(rest, 'character')} that are not shown here."
        if rest
        else "",
        clutter=_clutter(article, analysis),
        readability=_readabilities(article) if readability_too else (),
        readability_mode=MODE,
        stance=_STANCES.get(analysis.stance.label, "") if analysis.stance else "",
        claim_strength=_claim_strength(analysis),
        offer=None if fitting == "not sought" else offer_of(fitting, analysis),
        provenance=_provenance(article, analysis),
        limits=LIMITS,
    )


def offer_of(fitting: Fitting | None, analysis: Analysis) -> Offer:
    """What is shown of a fitting headline, or of there being none.

    Args:
        fitting: what was found for the article.
        analysis: of the article.
    """
    if analysis.status != "scored":
        return Offer("", "There is none to offer: the article was not scored.", ())
    if fitting is None:
        return Offer("", NONE_TO_OFFER, ())
    fitting = safe_fitting(fitting)
    own = whole(fitting.divergence)
    if not fitting.changes:
        note = f"The headline fits its article as it stands. Its divergence is {own} of 100."
        return Offer(fitting.text, note, ())
    told = [change.reason for change in fitting.changes if change.before == analysis.headline]
    theirs = whole(analysis.divergence or 0)
    note = f"By the same measure its divergence is {own}, where the headline has {theirs}."
    changes = tuple(
        (CHANGE_NAMES[change.kind], change.before, change.after, change.reason)
        for change in fitting.changes
        if change.before != analysis.headline
    )
    return Offer(fitting.text, " ".join([note, *told]), changes)


NONE_TO_OFFER = (
    "The tool has none to offer. It found no sentence that says what the headline does, only with more care."
)


def _belongs(term: Term, points: int) -> bool:
    return term.loaded or points > 0


def _sentence_bounds(body: str) -> list[tuple[int, int]]:
    return [(start, end) for start, end, _ in split_sentences(body)]


def _evidence_spans(body: str, terms: Sequence[Term]) -> list[Span]:
    return [
        Span(piece.start, piece.end, number, evidence_anchor(number, index))
        for number, term in enumerate(terms, start=1)
        for index, piece in enumerate(term.evidence, start=1)
        if fits(piece, body)
    ]


def _headline(headline: str, terms: Sequence[Term]) -> tuple[Run, ...]:
    spans = [
        Span(term.start, term.end, number, "")
        for number, term in enumerate(terms, start=1)
        if term.loaded or term.verdict != "supported"
    ]
    lines = paragraphs(headline, spans)
    return lines[0] if lines else ()


def _source(article: Article, analysis: Analysis) -> tuple[str, ...]:
    origin = article.outlet or article.address or "Copied text"
    counts = f"{plural(analysis.body.sentences, 'sentence')}, {plural(analysis.body.words, 'word')}"
    aside = len(article.clutter or analysis.body.clutter)
    clutter = f"{plural(aside, 'line')} set aside as clutter" if aside else ""
    return tuple(part for part in (shortened(origin, 80), article.date, counts, clutter) if part)


def _clutter(article: Article, analysis: Analysis) -> tuple[tuple[str, str], ...]:
    return tuple((line.text, line.why) for line in (article.clutter or analysis.body.clutter))


def _readabilities(article: Article) -> tuple[tuple[str, Readability], ...]:
    texts = (("Headline", article.headline), ("Body", article.body))
    return tuple((name, found) for name, text in texts if (found := readability(text)))


def _claim_strength(analysis: Analysis) -> str:
    head, body = analysis.claim_strength.headline, analysis.claim_strength.body
    if head is None or body is None or not (0 <= head <= 3 and 0 <= body <= 3) or head == body == 0:
        return ""
    if head == body:
        return f"Headline and body both claim {_STRENGTHS[head]}."
    return f"The headline claims {_STRENGTHS[head]}, the body {_STRENGTHS[body]}."


def _provenance(article: Article, analysis: Analysis) -> tuple[tuple[str, str], ...]:
    made = analysis.provenance
    rows = (
        ("Made by", f"sensational {made.version}"),
        ("Lexicon", made.lexicon),
        ("Trained data", made.model),
        *((f"Model of {one.kind}", f"{shortened(one.name, 60)} ({one.checksum})") for one in made.models),
        ("Form", f"schema version {analysis.schema_version}"),
        ("Article", article.id or analysis.id or ""),
        ("Address", shortened(article.address, 200) if article.address else ""),
    )
    return tuple((name, value) for name, value in rows if value)
