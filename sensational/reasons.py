"""Says in one plain sentence why a term has its verdict, for a reader of fourteen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sensational.analysis import VERDICTS, readings
from sensational.combiner import Weighed
from sensational.facts import TermFacts
from sensational.language.certainty import HEDGED_FROM, hedges
from sensational.language.document import Document, Sentence
from sensational.language.function_words import JOINING, function_words
from sensational.language.negation import denials, negations
from sensational.language.quantities import How, matches, quantities
from sensational.language.voices import WISH, Voice, voice_at
from sensational.terms import Span

_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december today yesterday tomorrow last".split(" ")
)
# What stands before a name or is left of one: "Former Secretary", "R-Ohio", "More" (a link to the next page).
_NO_NAMES = frozenset(
    "former embattled more update analysis opinion photo image video source sources read watch".split(" ")
)
_PARTY = re.compile(r"^[A-Z]-")
_COUNTING = frozenset("count money percent measure duration age".split(" "))
# Shares that are no number to a reader.
_WHOLE = frozenset("all every each both entire whole none".split(" "))
_GOES_ON = re.compile(r"[ \t\n](?:(?:and|of|for|&) )?[A-Z]")
LONGEST_TERM = 40
"""Characters of the term that a reason repeats at most."""


def reason(
    span: Span,
    weighed: Weighed,
    facts: TermFacts,
    sentences: Sequence[Sentence],
    body: Document,
    said: AbstractSet[str] = frozenset(),
    term: str = "",
) -> str:
    """Why a term has its verdict, in one sentence that no row before it has used.

    It states as a fact what was found in the sentences that are shown: the term's own words, a milder word of
    its ladder, its number. Anything more is what *the tool* takes them for.

    Args:
        span, term: the term, and its text.
        weighed: its verdict.
        facts: what is established of it.
        sentences: of the body that decide it, the surest first.
        body: the body.
        said: the reasons of the rows before it.
    """
    verdict = weighed.verdict
    sure = not readings(verdict, dict(zip(VERDICTS, weighed.probabilities, strict=True)))
    shown = sentences[: 2 if span.loaded and verdict != "supported" else 1]  # as reports have them
    row = _Row(span, facts, shown, body, term, sure, own_places(term, shown[:1], body))
    offered = [one for one in _WRITERS[verdict](row) if one]
    return next((one for one in offered if one not in said), offered[-1])


@dataclass(frozen=True, slots=True)
class _Row:
    """What a reason can speak of. Every text is in quotation marks, or empty where there is nothing sure."""

    span: Span
    facts: TermFacts
    shown: Sequence[Sentence]
    body: Document
    text: str
    sure: bool
    places: Sequence[int]

    @property
    def named(self) -> str:
        """The term; without joining words at its ends, unless its exact words matter."""
        return _quoted(_bare(self.text) if self.span.kind == "quote" else _without_joining(self.text))

    @property
    def words(self) -> str:
        """The deciding sentence on one line."""
        return " ".join(self.body.text[self.shown[0].start : self.shown[0].end].split()) if self.shown else ""

    @property
    def own(self) -> str:
        """The first of the term's own words in the deciding sentence."""
        starts, ends = self.body.starts, self.body.ends
        return f"“{self.body.text[starts[self.places[0]] : ends[self.places[0]]]}”" if self.places else ""

    @property
    def stands(self) -> bool:
        """Whether the deciding sentence has the words of a term that has one verdict only."""
        return self.sure and any(_whole(self.text, sentence, self.body) for sentence in self.shown[:1])

    @property
    def denied(self) -> bool:
        """Whether a shown sentence has the words of such a term, and negates or denies one of them."""
        return self.sure and any(
            one.start <= self.body.starts[at] < one.end
            for sentence in self.shown
            for at in _whole(self.text, sentence, self.body)
            for one in (*negations(self.body, sentence), *denials(self.body, sentence))
        )

    @property
    def voice(self) -> Voice | None:
        """Who is shown to say it."""
        return shown_voice(self.facts.voice, self.places, self.body)

    @property
    def source(self) -> str:
        """Who says it: by name where the name is sure, otherwise *one source*."""
        name = source_name(self.voice, self.body) or "one source"
        return name[0].lower() + name[1:] if name.startswith(("The ", "A ", "An ")) else name

    @property
    def reported(self) -> bool:
        """Whether somebody says it, wherever the body has the term's own words."""
        places = own_places(self.text, self.body.sentences, self.body)
        return all(voice_at(self.body, self.body.starts[at], self.body.ends[at]) for at in places)

    def number(self, *ways: How) -> str:
        """The one number of the deciding sentence to which the term's own has one of these relations."""
        told = [one for one in quantities(self.text) if one.step > 0 and one.text.lower() not in _WHOLE]
        if len(told) != 1:
            return ""
        # What a number counts may be left out in the headline.
        units = _COUNTING if told[0].unit == "count" else {told[0].unit}
        found = [one for one in matches(told[0], quantities(self.words)) if one.body[0].unit in units]
        texts = {one.body[0].text for one in found if one.how in ways}
        return f"“{texts.pop()}”" if len(texts) == 1 else ""

    @property
    def nowhere(self) -> bool:
        """Whether a quotation stands nowhere in the body, hyphens aside."""
        told, body = (one.lower().replace("-", " ") for one in (_bare(self.text), self.body.text))
        return self.span.kind == "quote" and self.facts.quotation == "nowhere" and told not in body

    @property
    def hedge(self) -> str:
        """The word of the deciding sentence that hedges most."""
        found = [one for sentence in self.shown[:1] for one in hedges(self.body, sentence)]
        best = max(found, key=lambda one: (one.strength, -one.cue_start), default=None)
        return _quoted(" ".join(best.cue.split())) if best and best.strength >= HEDGED_FROM else ""


def own_stems(term: str) -> set[str]:
    """The stems of those words of a term that say something by themselves."""
    document, grammar = Document(term), function_words()
    return {stem for stem, word in zip(document.stems, document.words, strict=True) if word not in grammar}


def own_places(term: str, sentences: Sequence[Sentence], body: Document) -> list[int]:
    """Where some sentences of the body have a term's own words, in whatever form."""
    stems = own_stems(term)
    return [at for one in sentences for at in range(one.first, one.last) if body.stems[at] in stems]


def _whole(term: str, sentence: Sentence, body: Document) -> list[int]:
    """Where a sentence has all words of a term, in whatever form, in their order and close together."""
    wanted = Document(term).stems if own_stems(term) else []
    found: list[int] = []
    for at in range(sentence.first, sentence.last if wanted else sentence.first):
        if found and at - found[-1] > 3:
            found = []
        if body.stems[at] == wanted[len(found)]:
            found.append(at)
            if len(found) == len(wanted):
                return found
    return []


def _if(condition: object, text: str) -> str:
    """``text`` where there is something to say it with; otherwise nothing."""
    return text if condition else ""


def _supported(row: _Row) -> list[str]:
    named, own = row.named, row.own
    if row.facts.quotation == "spoken":
        return ["The article quotes exactly these words.", _if(named, f"{named} is quoted in the article.")]
    if given := row.number("equal"):
        return ["The article gives this number.", f"The article gives the number {given}."]
    if given := row.number("rounded", "converted", "within"):
        return [f"{named} follows from {given} in the article."]
    words = f"the words of {row.source}" if row.voice else ""
    if row.stands and not row.denied and not row.hedge:
        if words:
            return [f"The article says so, in {words}.", f"The article says {own}, in {words}."]
        return ["The article says so in its own voice.", f"The article itself says {own}."]
    return [
        _if(own, f"The article says {own}, which the tool takes as support; check it."),
        _if(words, f"The tool takes {words} as support; check it."),
        "The tool takes this sentence as support; check it.",
        _if(named, f"The tool takes this sentence as support for {named}; check it."),
    ]


def _attributed(row: _Row) -> list[str]:
    who, named = row.source, row.named
    if row.voice and row.stands and row.reported and not row.hedge:
        return [
            f"{who[0].upper()}{who[1:]} says this; the article does not say it in its own voice.",
            f"{named} is the word of {who}; the article does not say it itself.",
        ]
    return [
        f"The tool finds this only in the words of {who}; check it.",
        _if(named, f"The tool finds {named} only in the words of {who}; check it."),
    ]


def _hedged(row: _Row) -> list[str]:
    named, hedge = row.named, row.hedge
    return [
        _if(hedge and row.stands, f"The article says {hedge}; the headline sounds surer."),
        _if(hedge, f"The article says {hedge} here; the tool finds the headline surer."),
        "The tool finds the article less certain here; check it.",
        _if(named, f"The tool finds the article less certain of {named}; check it."),
    ]


def _weaker(row: _Row) -> list[str]:
    named, nowhere = row.named, row.nowhere
    milder = " ".join((row.facts.milder or "").split())
    return [
        _if(
            nowhere,
            "Nobody in the article says these exact words; what is said is milder, as the tool reads it.",
        ),
        _if(nowhere, f"Nobody in the article says {named}; what is said is milder, as the tool reads it."),
        _if(
            own_stems(milder),
            f"The article says “{milder}”, a milder word; check that it is about the same thing.",
        ),
        "The tool finds the article milder here; check it.",
        _if(own_stems(row.text), f"The tool finds {named} stronger than what the article says; check it."),
    ]


def _shifted(row: _Row) -> list[str]:
    named, own = row.named, row.own
    unquoted = row.span.kind == "quote" and row.facts.quotation == "written"
    elsewhere = "someone or something else, or of another time"
    return [
        _if(unquoted, "The article has these words, but not in quotation marks."),
        _if(unquoted, f"The article writes {named} without quotation marks."),
        _if(own, f"The article says {own}, but the tool finds it said of {elsewhere}."),
        f"The tool finds this said of {elsewhere}; check it.",
        _if(named, f"The tool finds {named} said of {elsewhere}; check it."),
    ]


def _contradicted(row: _Row) -> list[str]:
    named, denied = row.named, row.denied
    figure = row.number("larger", "smaller") if row.facts.number == "differs" else ""
    return [
        _if(figure, f"The article says {figure}, not {named}; check that both count the same thing."),
        _if(denied, "A sentence of the article denies it."),
        _if(denied, f"A sentence of the article denies {named}."),
        "The tool takes the article to speak against this; check it.",
        _if(named, f"The tool takes the article to speak against {named}; check it."),
    ]


def _absent(row: _Row) -> list[str]:
    named, found, nowhere = row.named, row.facts.words_found, row.nowhere
    words = "these words" if " " in row.text.strip() else "this word"
    return [
        _if(nowhere, "Nobody in the article says these words."),
        _if(nowhere, f"Nobody in the article says {named}."),
        _if(
            found == 0.0, f"The article does not use {words}, and the tool found nothing that says the same."
        ),
        _if(found == 1.0, f"The tool found {words} in the article, but nothing that bears this out."),
        "The tool found nothing that bears this out.",
        _if(named, f"The tool found nothing that backs {named}."),
    ]


def shown_voice(voice: Voice | None, places: Sequence[int], body: Document) -> Voice | None:
    """Who is shown to say what decides a term; None for the author.

    What somebody promises or wishes (*after promising to reopen the quay, …*) ends with its clause, and is
    theirs only for a term that has words in it.

    Args:
        voice: as the facts have it.
        places: the tokens of the sentence that are the term's own words.
        body: the body.
    """
    if voice is None or voice.strength > WISH:
        return voice
    comma = body.text.find(",", voice.start, voice.end)
    end = voice.end if comma < 0 else comma
    return voice if any(voice.start <= body.starts[at] < end for at in places) else None


def source_name(voice: Voice | None, body: Document) -> str | None:
    """The name of a source where it is sure: a person, organisation or outlet that the body names.

    Not sure is a quotation that only carries on from an earlier paragraph, a name that goes on behind the
    source (*Faith* of *Faith and Freedom Coalition*), and what is no name (*Former Secretary*, *R-Ohio*).
    """
    if voice is None or voice.source is None or voice.kind not in ("named", "outlet"):
        return None
    if not voice.cue and not _carries_on(voice, body):
        return None
    name = re.sub(r"['’]s$", "", " ".join(voice.source.split()))
    if voice.source_end is not None and _GOES_ON.match(body.text, voice.source_end):
        return None
    marks = '“”"(),;:'
    sure = 2 < len(name) <= 40 and name[0].isupper() and not any(c.isdigit() or c in marks for c in name)
    return name if sure and _is_name(name, voice, body) else None


def _carries_on(voice: Voice, body: Document) -> bool:
    """Whether a quotation without a speaker of its own stands in the paragraph that names its speaker."""
    start = body.text.rfind("\n", 0, voice.start) + 1
    return voice.source is not None and voice.source in body.text[start : voice.start]


def _is_name(text: str, voice: Voice, body: Document) -> bool:
    """Whether a source is surely named: no day or month, and no mere word at the head of a sentence.

    One word (*Therefore*, *Pompeo*) is a name only if it has its capital inside a sentence too, and one in
    capitals throughout (*MORE*) only if it is an outlet's.
    """
    words = Document(text).words
    if not words or (_TIMES | _NO_NAMES) & set(words) or _PARTY.match(text):
        return False
    if text.isupper() and voice.kind != "outlet":
        return False
    if sum(word[0].isupper() for word in text.split()) > 1:
        return True
    heads = {sentence.first for sentence in body.sentences}
    return any(
        at not in heads and body.text[body.starts[at]].isupper() for at in body.positions_of_word(words[0])
    )


def _bare(text: str) -> str:
    """A term on one line, without quotation marks around it."""
    return " ".join(text.split()).strip("\"'“”‘’ ").rstrip(",")


def _quoted(text: str) -> str:
    if len(text) > LONGEST_TERM:
        text = text[: LONGEST_TERM - 1].rsplit(" ", 1)[0].rstrip(",;:–—- ") + "…"
    return f"“{text}”" if text else ""


def _without_joining(term: str) -> str:
    """A term without joining words at its ends: *takes* of *takes the*."""
    words = _bare(term).split(" ")
    while words and words[-1].lower() in JOINING:
        del words[-1]
    while words and words[0].lower() in JOINING and not quantities(term):  # "from 40" is not "40"
        del words[0]
    return " ".join(words)


_WRITERS = {
    "supported": _supported,
    "attributed": _attributed,
    "hedged": _hedged,
    "weaker": _weaker,
    "shifted": _shifted,
    "contradicted": _contradicted,
    "absent": _absent,
}
