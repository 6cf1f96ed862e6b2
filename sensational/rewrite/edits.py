"""The headline's own words, changed as little as its ledger asks: milder, attributed, doubted or left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sensational.analysis import Analysis, Term
from sensational.fitting import Change
from sensational.language.document import TOKEN, Document
from sensational.language.function_words import function_words
from sensational.language.quantities import Quantity, quantities
from sensational.language.stems import stem
from sensational.lexicon.cues import word_set
from sensational.lexicon.inflect import forms
from sensational.lexicon.loader import Entry, load
from sensational.rewrite.naming import speaker
from sensational.rewrite.shorten import FEWEST_WORDS, cuts
from sensational.rewrite.words import lower_words

_BE = word_set(
    "is are was were be been being so very too as than most more a an seem seems looks look feel feels"
)
_MAY = word_set("may might could")
REACH = 4
"""Words after a term and after its evidence in which the same thing must be spoken of."""
_LABEL = re.compile(
    r"^(?:BREAKING|Breaking|EXCLUSIVE|Exclusive|WATCH|Watch|VIDEO|Video|UPDATE|Update|JUST IN)(?: NEWS)?: "
)


@dataclass(frozen=True, slots=True)
class Edited:
    """The headline after some changes."""

    text: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    change: Change


def edited(analysis: Analysis, body: Document) -> Iterator[Edited]:
    """The headline with what its body does not bear out changed, the least changed first.

    Args:
        analysis: of the headline over its body, scored.
        body: the body, read.
    """
    text = " ".join(analysis.headline.split())
    if text != analysis.headline:
        return
    label = _LABEL.match(text)
    edits = [edit for term in analysis.terms if (edit := _edit(term, text)) is not None]
    if label is not None:
        said = Change("part_dropped", label.group().strip(), "", "It is a label and makes no claim.")
        edits = [_Edit(0, label.end(), said)] + [edit for edit in edits if edit.start >= label.end()]
    whole = _applied(text, edits)
    yield from _attributed(whole, analysis, body)
    for cut in dict.fromkeys(cuts(whole.text)):
        short = cut.rstrip(" ,;:–—-")
        if len(TOKEN.findall(short)) < FEWEST_WORDS or short.count("‘") > short.count("’"):
            continue
        gone = whole.text[len(short) :].strip(" ,;:–—-")
        left_out = Change("part_dropped", gone, "", "The article does not bear this part out.")
        kept = (c for c in whole.changes if not c.after or c.after in short)
        yield from _attributed(Edited(short, (*kept, left_out)), analysis, body)


def _applied(text: str, edits: list[_Edit]) -> Edited:
    changed = text
    for edit in sorted(edits, key=lambda one: -one.start):
        changed = changed[: edit.start] + edit.change.after + changed[edit.end :]
    changed = re.sub(r"\s{2,}", " ", changed).strip()
    return Edited(changed[:1].upper() + changed[1:], tuple(edit.change for edit in edits))


def _edit(term: Term, text: str) -> _Edit | None:
    """What the ledger asks to change in one term; None for nothing, or where words cannot do it."""
    if not term.loaded or term.verdict in ("supported", "attributed"):
        return None
    return _numbered(term, text) or _lowered(term, text) or _doubted(term) or _dropped(term, text)


def _numbered(term: Term, text: str) -> _Edit | None:
    """The article's number in place of the headline's, where both count the same thing."""
    own = [one for one in quantities(text) if term.start <= one.start and one.end <= term.end]
    if len(own) != 1 or term.verdict not in ("weaker", "contradicted"):
        return None
    mine = own[0]
    if text.startswith(" of ", mine.end):  # "dozens of people", but not "11 of people"
        return None
    for piece in term.evidence:
        theirs = [one for one in quantities(piece.text) if _counts(one) == _counts(mine)]
        if len(theirs) == 1 and theirs[0].value != mine.value and any(map(str.isdigit, theirs[0].text)):
            number = theirs[0].text[:1].lower() + theirs[0].text[1:]
            change = Change("number_replaced", mine.text, number, f"The article gives {number}.")
            return _Edit(mine.start, mine.end, change)
    return None


def _counts(quantity: Quantity) -> tuple[str, str]:
    return quantity.unit, stem(quantity.what.lower())


def _lowered(term: Term, text: str) -> _Edit | None:
    """The article's milder word in place of the headline's, in the same form and before the same words."""
    if term.verdict != "weaker":
        return None
    mine = term.text.lower()
    # Of several meanings of a word, its loudest made it a loaded term.
    entries = sorted(_entries(mine), key=lambda entry: -entry.loading)
    if not entries:
        return None
    own = entries[0]
    for piece in term.evidence:
        tokens = list(TOKEN.finditer(piece.text))
        for hit in load().find(lower_words(piece.text)):
            start, end = tokens[hit.first].start(), tokens[hit.last - 1].end()
            theirs = piece.text[start:end]
            for other in hit.entries:
                if (other.ladder, other.pos) != (own.ladder, own.pos) or other.rung >= own.rung:
                    continue
                word = _in_form(mine, own, theirs.lower(), other)
                if word and _goes_on_alike(text[term.end :], piece.text[end:]):
                    word = word[:1].upper() + word[1:] if term.text[:1].isupper() else word
                    reason = f"The article says “{theirs}”, which is milder."
                    return _Edit(term.start, term.end, Change("rung_lowered", term.text, word, reason))
    return None


def _goes_on_alike(mine: str, theirs: str) -> bool:
    """Whether a word that follows the one follows the other too, or both end: one can stand for the other."""
    following = {stem(word) for word in lower_words(mine)[:REACH]}
    found = any(stem(word) in following for word in lower_words(theirs[:120])[:REACH])
    return found if following else not re.match(r" ?\w", theirs)


def _entries(text: str) -> tuple[Entry, ...]:
    words = lower_words(text)
    return tuple(
        e for hit in load().find(words) if (hit.first, hit.last) == (0, len(words)) for e in hit.entries
    )


def _in_form(mine: str, own: Entry, theirs: str, other: Entry) -> str:
    """The body's word in the form that the headline's has; empty where that form is not certain."""
    if own.pos != "v":
        same = (mine == own.text) == (theirs == other.text)
        return theirs if same else ""
    wanted = _form(mine, own)
    if _form(theirs, other) == wanted:
        return theirs
    made = {"base": [other.text], "s": [f for f in forms(other.text, "v", {}) if _form(f, other) == "s"]}
    fitting = made.get(wanted, [])
    return fitting[0] if len(fitting) == 1 else ""


def _form(word: str, entry: Entry) -> str:
    first, lemma = word.split(" ")[0], entry.text.split(" ")[0]
    if first == lemma:
        return "base"
    if first.endswith("ing"):
        return "ing"
    return "s" if first.endswith("s") and first[:3] == lemma[:3] else "past"


def _doubted(term: Term) -> _Edit | None:
    """*May* in place of *will* and *to*, where the article says no more."""
    first, _, rest = term.text.partition(" ")
    if term.verdict != "hedged" or first.lower() not in {"to", "will"} or not rest:
        return None
    if any(word in _MAY for piece in term.evidence for word in lower_words(piece.text)):
        reason = "The article says that this may happen, not that it will."
        return _Edit(term.start, term.end, Change("hedge_added", term.text, f"may {rest}", reason))
    return None


def _dropped(term: Term, text: str) -> _Edit | None:
    """Without a loaded adjective before its noun, or an adverb."""
    words = lower_words(term.text)
    after, before = text[term.end :], lower_words(text[: term.start])
    following = lower_words(after)[:1]
    if len(words) != 1 or "-" in words[0] or (before and before[-1] in _BE):
        return None
    if not re.match(r" [^\W\d_]", after) or not following or following[0] in function_words():
        return None
    entries = _entries(words[0])
    if not entries or any(entry.pos not in ("a", "r") for entry in entries):
        return None
    return _Edit(term.start, term.end + 1, Change("term_dropped", term.text, "", term.reason or ""))


def _attributed(one: Edited, analysis: Analysis, body: Document) -> Iterator[Edited]:
    """The text, and the text with whose word it is, where all that is open rests on one source."""
    yield one
    open_terms = [t for t in analysis.terms if t.verdict == "attributed" and t.text in one.text]
    sources = {(p.source, p.voice) for t in open_terms for p in t.evidence[:1]}
    if len(sources) != 1:
        return
    source, kind = sources.pop()
    who = speaker(source, kind, body) if source and kind != "author" else None
    if who is None or set(lower_words(who.name)) <= set(lower_words(one.text)):
        return
    added = Change("attribution_added", "", who.says, "Only this source says so.")
    yield replace(one, text=f"{one.text}, {who.says}", changes=(*one.changes, added))
