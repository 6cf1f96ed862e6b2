"""What a worksheet and its key say of one article, worked out once: plain data, safe text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from sensational.analysis import Analysis, Term
from sensational.article import Article
from sensational.fitting import Fitting
from sensational.language.quantities import quantities
from sensational.report.excerpts import Quote, fits, shown_end
from sensational.report.ledger import Entry
from sensational.report.points import whole
from sensational.report.readability import MODE
from sensational.report.safe import safe_analysis, safe_article, shortened
from sensational.report.sentences import listed, named
from sensational.report.view import Offer, View, build_view
from sensational.worksheet.texts import Level, Question, disagreement, doubt, questions

MOST_TERMS = 12
"""Terms that a sheet asks for; no class gets through more."""
OWN_WORDS = 3
"""Words that pupils choose where the headline has none that is loaded."""
QUESTIONS = 3
LOUD = 50
"""Loading, of 100, from which a headline counts as loud."""
BORNE_OUT = 10
"""Divergence, of 100, below which the body bears a headline out."""
DOUBTFUL = 0.3
"""Size, 0 to 1, from which a gap is worth a word on how it was measured."""
WIDE = 20
"""Points between the ends of the interval from which the key says how far readers may differ."""
FEW_WORDS = 60
"""Words of a body that say nothing of how hard it is to read: the formulas want a hundred."""
SCHOOL_AGE = 5
"""Years between the grade of an American school and the age of its pupils."""
_TONE = re.compile(r" ?\((?:denied|hedged|denied, hedged)\)$")
_NO_COUNT = ("year", "date", "time", "label", "ordinal", "duration", "age")
_FILLING = ("reader", "left_out", "other_side")


@dataclass(frozen=True, slots=True)
class Answer:
    """The model answer for one loaded term.

    ``paragraphs`` are the numbers of the quotes' paragraphs, in their order.
    """

    text: str
    verdict: str
    also: tuple[str, ...]
    quotes: tuple[Quote, ...]
    paragraphs: tuple[int, ...]
    who: str
    sure: str
    many: str
    why: str
    disagree: str
    points: int


@dataclass(frozen=True, slots=True)
class Lesson:
    """One article as the sheet and the key show it."""

    headline: str
    source: str
    paragraphs: tuple[str, ...]
    body_rest: str
    terms: tuple[str, ...]
    answers: tuple[Answer, ...]
    more_terms: int
    questions: tuple[Question, ...]
    scored: bool
    divergence: int
    low: int
    high: int
    loading: int
    summary: str
    loud: bool
    borne_out: bool
    offer: Offer
    reading: str
    doubts: tuple[str, ...]
    provenance: str


def build_lesson(
    article: Article, analysis: Analysis, fitting: Fitting | None, level: Level = "standard"
) -> Lesson:
    """One article as a lesson. Every text in the result is safe to show (see ``report.safe``).

    Args:
        article: what was read.
        analysis: what was said of it.
        fitting: the headline that its body bears out; None where there is none to offer.
        level: of the wording of the questions; the article stays as it is.
    """
    view = build_view(article, analysis, fitting=fitting)
    article, analysis = safe_article(article), safe_analysis(analysis)
    end = shown_end(article.body)
    starts, paragraphs = _paragraphs(article.body[:end])
    loaded = sorted((term for term in analysis.terms if term.loaded), key=lambda term: term.start)
    kept = _heaviest(loaded)
    entries = {entry.start: entry for entry in view.shown + view.folded}
    loud = analysis.loading >= LOUD
    borne_out = view.scored and view.exact < BORNE_OUT
    return Lesson(
        headline=view.headline_text or "No headline",
        source=" · ".join(part for part in (article.outlet or "", article.date or "") if part),
        paragraphs=paragraphs,
        body_rest=view.body_rest,
        terms=tuple(shortened(term.text, 120) for term in kept),
        answers=tuple(_answer(term, entries[term.start], starts, article.body) for term in kept),
        more_terms=len(loaded) - len(kept),
        questions=_questions(analysis, loud and borne_out, level),
        scored=view.scored,
        divergence=view.divergence,
        low=view.low,
        high=view.high,
        loading=view.loading,
        summary=view.summary,
        loud=loud,
        borne_out=borne_out,
        offer=view.offer or Offer("", "", ()),
        reading=_reading(view, analysis.body.words),
        doubts=_doubts(kept, view),
        provenance=" · ".join(f"{name}: {value}" for name, value in view.provenance[:3]),
    )


def _heaviest(loaded: Sequence[Term]) -> list[Term]:
    """The terms that a sheet has room for, in the order of the headline."""
    chosen = sorted(loaded, key=lambda term: (-(term.contribution or 0.0), -term.loading, term.start))
    return sorted(chosen[:MOST_TERMS], key=lambda term: term.start)


def _paragraphs(body: str) -> tuple[list[int], tuple[str, ...]]:
    """Where each line of the body that is not blank begins, and the line."""
    starts, lines, at = [], [], 0
    for line in body.split("\n"):
        if line.strip():
            starts.append(at)
            lines.append(line.strip())
        at += len(line) + 1
    return starts, tuple(lines)


def _answer(term: Term, entry: Entry, starts: Sequence[int], body: str) -> Answer:
    quotes = entry.quotes
    return Answer(
        text=shortened(term.text, 120),
        verdict=entry.verdict,
        also=entry.also,
        quotes=quotes,
        paragraphs=tuple(bisect_right(starts, quote.start) for quote in quotes),
        who=_who(term, quotes),
        sure=_sure(term, quotes, body),
        many=_many(term, quotes),
        why=" ".join(entry.reasons),
        disagree=disagreement(entry.verdict),
        points=entry.points,
    )


def _who(term: Term, quotes: Sequence[Quote]) -> str:
    if not quotes:
        return "Nobody." if term.verdict else ""
    said = [who for quote in quotes if (who := _TONE.sub("", quote.who))]
    if not said:
        return "The writer of the article."
    first = said[0][:1].upper() + said[0][1:]
    return f"{first}." if _TONE.sub("", quotes[0].who) else f"The writer of the article; also {said[0]}."


def _sure(term: Term, quotes: Sequence[Quote], body: str) -> str:
    pieces = [piece for piece in term.evidence if fits(piece, body)]
    if not quotes or not pieces:
        return ""
    first = pieces[0]
    if term.verdict == "contradicted":
        return "They say that it is not so."
    if first.hedged or term.verdict == "hedged":
        doubtful = next((gap.reason for gap in term.gaps if gap.kind == "certainty"), "")
        return f"Not sure. {doubtful}".strip()
    if first.voice == "author":
        return "Sure: it is told as a fact."
    return "The source sounds sure; the article passes it on and does not vouch for it."


def _many(term: Term, quotes: Sequence[Quote]) -> str:
    scale = next((gap.reason for gap in term.gaps if gap.kind == "scale"), "")
    if scale:
        return scale
    if not quotes:
        return ""
    sentence = "".join(part.text for part in quotes[0].parts)
    numbers = [one.text for one in quantities(sentence) if one.unit not in _NO_COUNT]
    if not numbers:
        return "The sentence gives no number."
    return f"The sentence says {listed([named(number) for number in dict.fromkeys(numbers)][:4])}."


def _questions(analysis: Analysis, loud_and_fair: bool, level: Level) -> tuple[Question, ...]:
    """Three questions for the gaps that the article has, the one that costs most first."""
    known = questions(level)
    weight: dict[str, float] = {}
    for term in analysis.terms:
        for gap in term.gaps if term.verdict != "supported" else ():
            share = gap.size * ((term.contribution or 0.0) + (1.0 if term.loaded else 0.0))
            weight[gap.kind] = weight.get(gap.kind, 0.0) + share
    ranked = sorted(weight, key=lambda kind: (-weight[kind], kind))
    chosen = (["loud"] if loud_and_fair else []) + ranked + list(_FILLING)
    return tuple(known[kind] for kind in dict.fromkeys(chosen) if kind in known)[:QUESTIONS]


def _reading(view: View, words: int) -> str:
    """How hard the body is to read, in one sentence; empty where that cannot be said."""
    measured = dict(view.readability).get("Body")
    if measured is None:
        return ""
    if words < FEW_WORDS:
        return "The body is too short to say how hard it is to read."
    age = SCHOOL_AGE + whole(measured.grade)
    return (
        f"The body reads like a text for pupils of about {age} or more (Flesch–Kincaid grade "
        f"{measured.grade:g}; Flesch reading ease {measured.reading_ease:g} of 100; "
        f"{measured.words_per_sentence:g} words a sentence). "
        f"By textstat, {MODE}. Such formulas count lengths; they do not know which words your class knows."
    )


def _doubts(terms: Sequence[Term], view: View) -> tuple[str, ...]:
    """What the tool may have got wrong in this article, one sentence a cause."""
    concerned: dict[str, list[Term]] = {}
    for term in terms:
        match = term.evidence[0].match if term.evidence else ""
        causes = [f"verdict:{term.verdict}", f"match:{match}"]
        causes += [f"gap:{gap.kind}" for gap in term.gaps if gap.size >= DOUBTFUL]
        cause = next((one for one in causes if doubt(one)), None)
        if cause is not None:
            concerned.setdefault(cause, []).append(term)
    said = [
        doubt(cause).format(
            term=listed([named(term.text) for term in group]),
            words=listed([named(term.evidence[0].text) for term in group if term.evidence]),
        )
        for cause, group in concerned.items()
    ]
    if view.scored and view.high - view.low >= WIDE:
        said.append(doubt("interval").format(divergence=view.divergence, low=view.low, high=view.high))
    return (*said, doubt("always"))
