"""What a worksheet and its key say of one article, worked out once: plain data, safe text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sensational.analysis import Analysis, Evidence, Term, readings
from sensational.article import Article
from sensational.fitting import Fitting
from sensational.language.quantities import Quantity, quantities
from sensational.report.excerpts import Quote, fits, shown_end
from sensational.report.ledger import Entry
from sensational.report.points import whole
from sensational.report.readability import MODE
from sensational.report.safe import safe_analysis, safe_article, shortened
from sensational.report.sentences import FAR, is_hard, listed, named
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
"""Divergence, of 100 and as it is shown, below which the body bears a headline out."""
WIDE = 20
"""Points between the ends of the interval from which the key says how far readers may differ."""
FEW_WORDS = 60
"""Words of a body that say nothing of how hard it is to read: the formulas want a hundred."""
SCHOOL_AGE = 5
"""Years between the grade of an American school and the age of its pupils."""
_NO_COUNT = ("year", "date", "time", "label", "ordinal", "duration", "age")
_HOURS = 24
# What a number that tells the time seems to count; and what stands before and after one that counts nothing.
_CLOCK = ("o'clock", "o’clock", "a", "p", "am", "pm", "past")
_BEFORE_CLOCK = re.compile(r"\b(?:at|before|after|minutes to|quarter to|till|until)\s$", re.I)
_AFTER_CLOCK = re.compile(r"\s(?:[ap]\.?m|in the (?:morning|afternoon|evening)|at night)\b", re.I)
_GUESS = "check it."
"""How a reason ends that rests on the verifier alone (see ``sensational.reasons``)."""
_MONTHS = "January February March April May June July August September October November December".split(" ")
_FILLING = ("reader", "left_out", "other_side")


@dataclass(frozen=True, slots=True)
class Answer:
    """The model answer for one loaded term.

    Pupils are asked how many only of an ``amount``. ``readings`` are its verdict and the likeliest
    other one where the key leaves the term open for discussion, else none; an open answer has no ``why``, no
    ``points`` and nothing else that would settle it. ``paragraphs`` are the numbers of the quotes'
    paragraphs, in their order.
    """

    text: str
    verdict: str
    also: tuple[str, ...]
    readings: tuple[str, ...]
    quotes: tuple[Quote, ...]
    paragraphs: tuple[int, ...]
    who: str
    sure: str
    amount: bool
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
    plain: str
    questions: tuple[Question, ...]
    scored: bool
    divergence: int
    likely: str
    loading: int
    summary: str
    loud: bool
    borne_out: bool
    label: str
    stands: bool
    offer: Offer | None
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
        fitting: a headline that the body bears out; None where there is none to offer.
        level: of the wording of the questions; the article stays as it is.
    """
    view = build_view(article, analysis, fitting=fitting)
    article, analysis = safe_article(article), safe_analysis(analysis)
    end = shown_end(article.body)
    starts, paragraphs = _paragraphs(article.body[:end])
    loaded = sorted((term for term in analysis.terms if term.loaded), key=lambda term: term.start)
    kept = _heaviest(loaded)
    entries = {entry.start: entry for entry in view.shown}
    loud = analysis.loading >= LOUD
    borne_out = view.scored and view.divergence < BORNE_OUT
    return Lesson(
        headline=view.headline_text or "No headline",
        source=" · ".join(part for part in (article.outlet or "", _day(article.date or "")) if part),
        paragraphs=paragraphs,
        body_rest=view.body_rest,
        terms=tuple(shortened(term.text, 120) for term in kept),
        answers=tuple(_answer(term, entries[term.start], starts, article.body) for term in kept),
        more_terms=len(loaded) - len(kept),
        plain=listed(
            [f"{named(one.text)} ({one.points})" for one in view.open if one.points and not one.loaded]
        ),
        questions=_questions(analysis, loud and borne_out, level),
        scored=view.scored,
        divergence=view.divergence,
        likely=view.likely,
        loading=view.loading,
        summary=view.summary,
        loud=loud,
        borne_out=borne_out,
        label=_label(view, loud=loud, borne_out=borne_out),
        stands=view.scored and not view.open,
        offer=view.offer,
        reading=_reading(view, analysis.body.words),
        doubts=_doubts(kept, view, hard=is_hard(analysis)),
        provenance=" · ".join(f"{name}: {value}" for name, value in view.provenance[:3]),
    )


def _label(view: View, *, loud: bool, borne_out: bool) -> str:
    """How the cover of a key sorts an article: by how loud its headline is, and how far it is borne out."""
    if not view.scored:
        return "not scored"
    part = "borne out in part" if view.divergence < FAR else "not borne out"
    return f"{'loud' if loud else 'calm'}, {'borne out' if borne_out else part}"


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
    quotes, either = entry.quotes, readings(term.verdict, term.probabilities)
    settled = not either
    first = next((piece for piece in term.evidence if fits(piece, body)), None)
    amount = term.kind == "scale" or bool(_amounts(term.text))
    return Answer(
        text=shortened(term.text, 120),
        verdict=entry.verdict,
        also=entry.also,
        readings=either,
        quotes=quotes,
        paragraphs=tuple(bisect_right(starts, quote.start) for quote in quotes),
        who=_who(term, quotes) if settled or quotes else "",
        sure=_sure(term, first) if settled and first else "",
        amount=amount,
        many=_many(first.text) if amount and first else "",
        why=entry.reason if settled else "",
        disagree=disagreement(entry.verdict),
        points=entry.points if settled else 0,
    )


def _who(term: Term, quotes: Sequence[Quote]) -> str:
    if not quotes:
        return "Nobody." if term.verdict else ""
    who = quotes[0].who or "the writer of the article"
    return f"{who[:1].upper()}{who[1:]}."


def _sure(term: Term, first: Evidence) -> str:
    if term.verdict == "contradicted":
        return "The tool reads the sentence as saying the opposite."
    if first.hedged and term.verdict == "supported":
        return "As sure as the headline is."
    if first.hedged or term.verdict == "hedged":
        return "Not sure."
    if first.voice == "author":
        return "Sure: the sentence is stated as a fact."
    if term.verdict == "supported":
        return "The source sounds sure."
    return "The source sounds sure. The article reports what the source says and does not vouch for it."


def _many(sentence: str) -> str:
    numbers = _amounts(sentence)
    if not numbers:
        return "" if quantities(sentence) else "The sentence gives no number."
    return f"The sentence says {listed([named(number) for number in dict.fromkeys(numbers)][:4])}."


def _amounts(text: str) -> list[str]:
    """The numbers of a text that say how many or how much; the "one" of "one driver" does not."""
    counted = [one for one in quantities(text) if one.unit not in _NO_COUNT and one.value != 1]
    return [one.text for one in counted if not _is_clock(one, text)]


def _is_clock(number: Quantity, sentence: str) -> bool:
    """Whether a number tells the time: "eight o'clock", "at 8.30 pm", "shortly after 10"."""
    if number.value > _HOURS or number.what in _CLOCK or number.text.startswith("past "):
        return number.value <= _HOURS
    before, after = sentence[: number.start], sentence[number.end :]
    return not number.what and bool(_BEFORE_CLOCK.search(before) or _AFTER_CLOCK.match(after))


def _questions(analysis: Analysis, loud_and_fair: bool, level: Level) -> tuple[Question, ...]:
    """Three questions for what the ledger found, the one that costs most points first."""
    known = questions(level)
    weight: dict[str, float] = {}
    for term in analysis.terms:
        if term.verdict in (None, "supported"):
            continue
        amount = any(_amounts(piece.text) for piece in term.evidence)
        case = term.kind if term.kind in known and (term.kind != "scale" or amount) else term.verdict
        weight[case] = weight.get(case, 0.0) + (term.contribution or 0.0)
    ranked = sorted(weight, key=lambda case: (-weight[case], case))
    chosen = (["loud"] if loud_and_fair else []) + ranked + list(_FILLING)
    return tuple(known[case] for case in dict.fromkeys(chosen) if case in known)[:QUESTIONS]


def _day(text: str) -> str:
    """An ISO date as people write it, *3 May 2024*; any other text as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _reading(view: View, words: int) -> str:
    """How hard the body is to read, in one sentence; empty where that cannot be said."""
    measured = dict(view.readability).get("Article")
    if measured is None:
        return ""
    if words < FEW_WORDS:
        return "The article is too short to say how hard it is to read."
    age = SCHOOL_AGE + whole(measured.grade)
    return (
        f"By its word and sentence lengths, the article suits readers from about age {age} (Flesch–Kincaid "
        f"grade {measured.grade:g}; Flesch reading ease {measured.reading_ease:g} of 100; "
        f"{measured.words_per_sentence:g} words per sentence). Measured with textstat, {MODE}. Such formulas "
        "do not know which words your class knows."
    )


def _doubts(terms: Sequence[Term], view: View, *, hard: bool) -> tuple[str, ...]:
    """What the tool may have got wrong in this article, one sentence for each cause."""
    concerned: dict[str, list[str]] = {}
    for term in terms:
        settled = not readings(term.verdict, term.probabilities)
        if term.verdict == "supported" and not (term.reason or "").endswith(_GUESS):
            continue
        if term.verdict is not None and doubt(term.verdict) and settled:
            concerned.setdefault(term.verdict, []).append(named(term.text))
    said = [doubt(verdict).format(term=listed(words)) for verdict, words in concerned.items()]
    if view.scored and (hard or view.high - view.low >= WIDE):
        said.append(doubt("interval").format(divergence=view.divergence, likely=view.likely))
    return (*said, doubt("always"))
