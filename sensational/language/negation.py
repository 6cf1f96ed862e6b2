"""What is negated, and what is denied: cues with their scope and strength.

Negation turns round a clause (*nobody was hurt*); denial turns on something said elsewhere (*the story is
a hoax*, *the ministry denied it*). Scope runs from the cue to the end of its clause, the rule of thumb of
NegEx (Chapman and others 2001); a denial by verdict (*… is untrue*) covers its clause on both sides.
"""

from __future__ import annotations

from typing import NamedTuple

from sensational.language.clauses import clause, clause_end
from sensational.language.document import Document, Sentence
from sensational.lexicon.cues import Found, index, word_set

_NEGATIONS = ("negation_exempt", "negation", "negation_implicit")
_DENIALS = ("denial_false", "denial")
_BE = word_set("is are was were be been being")
_ARTICLES = word_set("the a an his her their its our my this that these those no any some in of")
# Verbs of denial that are nouns or adjectives at least as often.
_NOUN_TOO = word_set(
    "question questions challenge challenges contest contests dispute disputes reject rejects rubbish "
    "disputed challenged"
)
_COUNTED = word_set("a the quite next last past first these those every his her their its my our")
_PAIRED = 4
"""How many tokens before a denial a negation may stand to undo it (*did not in the least deny*)."""


class Negation(NamedTuple):
    """A cue and the stretch ``start`` to ``end`` that it negates or denies; ``strength`` 0 to 1."""

    start: int
    end: int
    cue: str
    cue_start: int
    cue_end: int
    strength: float


def negations(document: Document, sentence: Sentence) -> tuple[Negation, ...]:
    """The negations of one sentence, in order; set phrases (*not only*) and undone ones are left out."""
    return tuple(
        [
            _spanned(document, found, found.first, clause_end(document, found.last, sentence.last))
            for found in _negating(document, sentence)
        ]
    )


def denials(document: Document, sentence: Sentence) -> tuple[Negation, ...]:
    """What a sentence denies or debunks, in order: each denial with its scope."""
    found_all = [
        found for found in document.cues(index(*_DENIALS), sentence) if _holds(document, sentence, found)
    ]
    if not found_all:
        return ()
    exempt, undoing = _undoing(document, sentence)
    kept = []
    for found in found_all:
        near = range(max(sentence.first, found.first - _PAIRED), found.first)
        if any(at in undoing for at in near) or any(at in exempt for at in range(found.first, found.last)):
            continue
        if found.cue.group == "denial_false":
            first, last = clause(document, found.first, sentence.first, sentence.last)
        else:
            first, last = found.first, sentence.last
            if _is_passive(document, sentence, found):
                first, last = clause(document, found.first, sentence.first, sentence.last)
        kept.append(_spanned(document, found, first, last))
    return tuple(kept)


def _spanned(document: Document, found: Found, first: int, last: int) -> Negation:
    start, end = document.starts[found.first], document.ends[found.last - 1]
    return Negation(
        document.starts[first],
        document.ends[last - 1],
        document.text[start:end],
        start,
        end,
        found.cue.strength,
    )


def _negating(document: Document, sentence: Sentence) -> list[Found]:
    words = document.words
    kept: list[Found] = []
    for found in document.cues(index(*_NEGATIONS), sentence):
        if found.cue.group == "negation_exempt":
            continue
        before = words[found.first - 1] if found.first > sentence.first else ""
        if found.cue.name in {"few", "little"} and before in _COUNTED:
            continue
        # Two in a row cancel: never failed to, did not refuse to.
        undone = kept and found.cue.group == "negation_implicit" and found.first - kept[-1].last <= 1
        if undone and kept[-1].cue.group == "negation":
            kept.pop()
            continue
        kept.append(found)
    return kept


def _undoing(document: Document, sentence: Sentence) -> tuple[set[int], set[int]]:
    """Tokens inside set phrases that deny nothing, and tokens of negations that undo a denial."""
    exempt: set[int] = set()
    undoing: set[int] = set()
    for found in document.cues(index(*_NEGATIONS), sentence):
        if found.cue.group == "negation_exempt":
            exempt.update(range(found.first, found.last))
            if found.cue.name.endswith("deny") or found.cue.name.startswith("did not"):
                undoing.add(found.first)
        elif found.cue.group == "negation":
            undoing.add(found.first)
    return exempt, undoing


def _is_passive(document: Document, sentence: Sentence, found: Found) -> bool:
    at = found.first - 1
    while at > sentence.first and document.words[at].endswith("ly"):
        at -= 1
    return at >= sentence.first and document.words[at] in _BE


def _holds(document: Document, sentence: Sentence, found: Found) -> bool:
    words = document.words
    word = words[found.first]
    before = words[found.first - 1] if found.first > sentence.first else ""
    after = words[found.last] if found.last < sentence.last else ""
    if found.cue.group == "denial_false":
        return True
    if word in _NOUN_TOO and before in _ARTICLES:
        return False
    if word == "denied" and _is_passive(document, sentence, found):
        # He was denied entry: refused, not contradicted.
        return after in {"", "by", "on", "in", "as"}
    return not (word == "dismissed" and after in {"from", "for"})
