"""Says in one plain sentence why a term has its verdict, for a reader of fourteen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sensational.combiner import Weighed
from sensational.facts import TermFacts
from sensational.language.certainty import HEDGED_FROM, hedges
from sensational.language.document import Document, Sentence
from sensational.language.function_words import function_words
from sensational.language.quantities import quantities
from sensational.language.voices import Voice
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
# Left out where a shown phrase begins or ends with one: none of them turns what the phrase says around, as
# "without" would, or belongs to a verb, as "up" may.
_JOINING = frozenset(
    "a an the this that these those of to in on at by for from with into onto upon amid among after against "
    "before between during near since until toward towards via per as and or but than because while".split(
        " "
    )
)
_GOES_ON = re.compile(r"[ \t\n](?:(?:and|of|for|&) )?[A-Z]")
LONGEST = 60
"""Characters of the body that a reason quotes at most."""
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

    Args:
        span: the term.
        weighed: its verdict.
        facts: what is established of it.
        sentences: of the body that decide it, the surest first.
        body: the body.
        said: the reasons of the rows before it.
        term: the text of the term; with it, rows with the same verdict can be told apart by their words.
    """
    row = _Row(span, facts, sentences, body, term)
    offered = [one for one in _WRITERS[weighed.verdict](row) if one]
    return next((one for one in offered if one not in said), offered[-1])


@dataclass(frozen=True, slots=True)
class _Row:
    """What a reason can speak of. Every text is in quotation marks, or empty where there is nothing sure."""

    span: Span
    facts: TermFacts
    sentences: Sequence[Sentence]
    body: Document
    text: str

    @property
    def named(self) -> str:
        """The term; without joining words at its ends, unless its exact words matter."""
        return _quoted(_bare(self.text) if self.span.kind == "quote" else _without_joining(self.text))

    @property
    def phrase(self) -> str:
        """The term without joining words at its ends, if it has a word that says something by itself."""
        text = _without_joining(self.text)
        return _quoted(text) if set(text.lower().split(" ")) - function_words() else ""

    @property
    def source(self) -> str:
        """Who says it: by name where the name is sure, otherwise *one source*."""
        name = source_name(self.facts.voice, self.body) or "one source"
        return name[0].lower() + name[1:] if name.startswith(("The ", "A ", "An ")) else name

    @property
    def quote(self) -> str:
        """The deciding sentence, cut to size."""
        if not self.sentences:
            return ""
        flat = " ".join(self.body.text[self.sentences[0].start : self.sentences[0].end].split())
        text = _cut(flat.strip('“”"'), LONGEST)
        before, after = missing_marks(text)
        return f"“{_single(before + text.rstrip('.') + after)}”"

    @property
    def own(self) -> str:
        """The first word of the deciding sentence that is one of the term's own, in whatever form."""
        if not self.sentences or not self.text:
            return ""
        term, sentence = Document(self.text), self.sentences[0]
        wanted = {
            stem for stem, word in zip(term.stems, term.words, strict=True) if word not in function_words()
        }
        for at in range(sentence.first, sentence.last):
            if self.body.stems[at] in wanted:
                return f"“{self.body.text[self.body.starts[at] : self.body.ends[at]]}”"
        return ""

    @property
    def number(self) -> str:
        """The first number of the deciding sentence that counts something."""
        if not self.sentences:
            return ""
        found = quantities(self.body.text[self.sentences[0].start : self.sentences[0].end])
        told = [
            one.text for one in found if one.unit not in ("year", "date", "time", "label") and one.step > 0
        ]
        return f"“{' '.join(told[0].split())}”" if told else ""

    @property
    def hedge(self) -> str:
        """The word of the deciding sentence that hedges most."""
        if not self.sentences:
            return ""
        found = [one for one in hedges(self.body, self.sentences[0]) if one.strength >= HEDGED_FROM]
        best = max(found, key=lambda one: (one.strength, -one.cue_start), default=None)
        return f"“{' '.join(best.cue.split())}”" if best and len(best.cue) <= LONGEST_TERM else ""


def _if(condition: object, text: str) -> str:
    """``text`` where there is something to say it with; otherwise nothing."""
    return text if condition else ""


def _supported(row: _Row) -> list[str]:
    named, own, quote = row.named, row.own, row.quote
    if row.facts.quotation == "spoken":
        return [
            "Someone in the article says exactly these words.",
            _if(named, f"{named} is quoted in the article."),
            _if(quote, f"The quoted words are in this sentence: {quote}."),
            "These words are quoted in the article.",
        ]
    if row.facts.number == "follows":
        return [
            "The article gives this number.",
            _if(own, f"The article gives the number {own}."),
            _if(named, f"The number {named} follows from the article."),
            _if(quote, f"The number is in this sentence: {quote}."),
        ]
    if row.facts.voice is not None:
        words = f"in the words of {row.source}"
        return [
            f"The article says so, {words}.",
            _if(own, f"The article says {own}, {words}."),
            _if(row.phrase, f"The article bears out {row.phrase}, {words}."),
            _if(quote, f"The article says so in this sentence: {quote}."),
        ]
    return [
        "The article says so in its own voice.",
        _if(own, f"The article itself says {own}."),
        _if(row.phrase, f"In other words, the article says {row.phrase}."),
        _if(quote, f"The article says: {quote}."),
    ]


def _attributed(row: _Row) -> list[str]:
    who, named, quote = row.source, row.named, row.quote
    return [
        f"Only {who} says this; the headline states it as fact.",
        _if(named, f"{named} is the word of {who}; the article does not say it itself."),
        _if(quote, f"Only {who} says this: {quote}."),
        f"{_capital(who)} says so; the article does not say it in its own voice.",
    ]


def _hedged(row: _Row) -> list[str]:
    named, quote, hedge = row.named, row.quote, row.hedge
    return [
        _if(hedge, f"The article says {hedge}; the headline leaves no doubt."),
        "The article says that this may be so; the headline says that it is.",
        _if(named, f"The article is less certain of {named} than the headline."),
        _if(quote, f"The article is less certain: {quote}."),
    ]


def _weaker(row: _Row) -> list[str]:
    named, quote, number = row.named, row.quote, row.number
    told = [
        _if(named, f"{named} is stronger than what the article says."),
        _if(quote, f"The article puts it more mildly: {quote}."),
        "The article says less than this.",
    ]
    if row.span.kind == "scale" and number:
        suggests = f"{named} suggests more" if named else "the headline suggests more"
        return [f"The article says {number}; {suggests}.", *told]
    if row.span.kind == "quote" and row.facts.quotation == "nowhere":
        return [
            "Nobody in the article says these exact words; it puts the matter more mildly.",
            _if(named, f"Nobody in the article says {named}; what is said there is milder."),
            *told,
        ]
    milder = row.facts.milder
    return [_if(milder, f"The article says “{' '.join((milder or '').split())}”, a milder word."), *told]


def _shifted(row: _Row) -> list[str]:
    named, quote = row.named, row.quote
    moved = [
        "The article says this of someone or something else, or of another time.",
        _if(named, f"In the article, {named} belongs to someone or something else, or to another time."),
        _if(quote, f"The article says this about something else: {quote}."),
        "In the article this is about something else.",
    ]
    if row.span.kind == "quote" and row.facts.quotation == "written":
        return [
            "These are the article’s own words; nobody is quoted.",
            _if(named, f"The article itself writes {named}; it quotes nobody."),
            *moved,
        ]
    return moved


def _contradicted(row: _Row) -> list[str]:
    named, quote, number = row.named, row.quote, row.number
    told = [
        "The article denies it." if row.facts.denied else "The article says otherwise.",
        _if(named, f"{named} does not fit what the article says."),
        _if(quote, f"The article says something else: {quote}."),
        "What the article says does not fit this.",
    ]
    if row.facts.number == "differs" and number:
        return [
            f"The article gives another figure: {number}.",
            _if(named, f"The article says {number}, not {named}."),
            *told,
        ]
    return told


def _absent(row: _Row) -> list[str]:
    named = row.named
    found = row.facts.words_found
    told = [
        _if(named, f"Nothing in the article backs {named}."),
        "Nothing in the article bears this out.",
        "The article says nothing to this effect.",
    ]
    if row.span.kind == "quote" and row.facts.quotation == "nowhere":
        return [
            "Nobody in the article says these words.",
            _if(named, f"Nobody in the article says {named}."),
            *told,
        ]
    if found == 1.0:
        words = "these words" if " " in row.text.strip() else "the word"
        return [f"The article uses {words}, but says nothing that bears this out.", *told]
    return ["The article does not mention it.", *told] if found == 0.0 else told


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


def missing_marks(text: str) -> tuple[str, str]:
    """The double quotation marks that ``text`` lacks before and after it.

    Part of a quotation, as a shortened or a single sentence can be, has only one mark of the pair.
    """
    before, opened = "", ""
    for at, mark in enumerate(text):
        if mark == "“" or (mark == '"' and (at == 0 or text[at - 1] in " \n([")):
            opened = ("”" if mark == "“" else mark) + opened
        elif mark in '”"':
            before += "" if opened else "“" if mark == "”" else mark
            opened = opened[1:]
    return before, opened


def _single(text: str) -> str:
    """A sentence with single quotation marks inside, so that it can stand in double ones."""
    return text.replace("“", "‘").replace("”", "’").replace('"', "'")


def _bare(text: str) -> str:
    """A term on one line, without quotation marks around it."""
    return " ".join(text.split()).strip("\"'“”‘’ ")


def _quoted(text: str) -> str:
    return f"“{_cut(text, LONGEST_TERM)}”" if text else ""


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    kept = _without_joining_end(text[: limit - 1].rsplit(" ", 1)[0].split(" "))
    return " ".join(kept).rstrip(",;:–—- ") + "…"


def _without_joining(term: str) -> str:
    """A term without joining words at its ends: *takes* of *takes the*."""
    words = _without_joining_end(_bare(term).split(" "))
    if not quantities(term):  # "from 40" is not "40"
        while words and words[0].lower() in _JOINING:
            del words[0]
    return " ".join(words)


def _without_joining_end(words: Sequence[str]) -> list[str]:
    kept = list(words)
    while kept and kept[-1].lower() in _JOINING:
        del kept[-1]
    return kept


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_WRITERS = {
    "supported": _supported,
    "attributed": _attributed,
    "hedged": _hedged,
    "weaker": _weaker,
    "shifted": _shifted,
    "contradicted": _contradicted,
    "absent": _absent,
}
