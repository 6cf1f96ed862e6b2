"""Where sentences begin and end.

Punkt (Kiss and Strunk 2006) with parameters of our own, ``resources/punkt.json``, and abbreviations
that it cannot learn, each group with its reason, in ``resources/punkt_additions.json``. NLTK trains the
parameters, but importing it to split costs more than a second, and its splitter is twenty times slower.

Differences from NLTK's decisions, all on purpose: a small letter never begins a sentence; quotation
marks and brackets stay with theirs; "“Really?” Smith asked." is one sentence; "…" is an end mark; a
missing space ("It ended.The next") is forgiven; titles (Gov., Lt.) never end a sentence.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

# A newline with the white space after it, or end marks with the closing marks and the space after
# them. The first character is matched by itself because the scanner then skips to it quickly; the
# look-behind keeps a run of end marks from being tried again at each of them, so time is linear.
_CANDIDATE = re.compile(
    r"[\n.!?…](?:(?<=\n)\s*+"
    r"|(?<![.!?…][.!?…])([.!?…]*+[\"'”’)\]»]*+)(?:[^\S\n]++|(?<=[a-z][a-z][.!?])(?=[A-Z][a-z])))"
)
_LONGEST = 40  # no abbreviation has more characters
_OPENING = "\"'“‘([«-–—•*"
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
# "Smith asked", "the Rev. Mr. Smith said": what may follow a quotation that ends in "?" or "!".
_SPEAKS = re.compile(
    r"(?:[A-Z][\w.'’\-]{0,30} ){1,4}"
    r"(?:said|says|asked|asks|added|cried|exclaimed|replied|responded|shouted|screamed|told|tweeted"
    r"|wondered|wrote|yelled)\b"
)


@dataclass(frozen=True, slots=True)
class _Parameters:
    never: frozenset[str]
    """Abbreviations, as written, that never end a sentence."""
    usual: frozenset[str]
    """Abbreviations, as written, that end a sentence only before an opener."""
    numbered: frozenset[str]
    """Abbreviations, as written, before a number only."""
    openers: frozenset[str]
    """Small-letter words whose capital means that a sentence begins."""
    collocations: frozenset[tuple[str, str]]
    """Small-letter pairs with a period between them and no boundary."""


@cache
def parameters() -> _Parameters:
    """The trained parameters together with the added abbreviations, read once."""
    folder = resources.files("sensational.resources")
    trained = json.loads((folder / "punkt.json").read_text(encoding="utf-8"))
    added = json.loads((folder / "punkt_additions.json").read_text(encoding="utf-8"))
    groups = {name: _forms(group["words"], group["capital_only"]) for name, group in added.items()}
    never = groups.pop("never_ends") | groups.pop("introduces")
    numbered = groups.pop("before_a_number")
    usual = _forms(trained["abbreviations"], False).union(*groups.values()) - never - numbered
    return _Parameters(
        never=never,
        usual=usual,
        numbered=numbered,
        openers=frozenset(trained["openers"]),
        collocations=frozenset((first, second) for first, second in trained["collocations"]),
    )


def _forms(words: list[str], capital_only: bool) -> frozenset[str]:
    """Each word as it may be written."""
    forms = {form for word in words for form in (word.capitalize(), word.upper(), word)}
    return frozenset(forms if capital_only else forms | {word.lower() for word in words})


def split_sentences(text: str) -> list[tuple[int, int, int]]:
    """Sentences of ``text`` as (start, end, paragraph), in order, trimmed of white space.

    A newline always ends a sentence; ``paragraph`` counts the lines that are not blank, from 0. Every
    character that is not white space lies in exactly one sentence. Time is linear in the text.
    """
    found: list[tuple[int, int, int]] = []
    paragraph = 0
    line = start = len(text) - len(text.lstrip())
    held = parameters()
    for match in _CANDIDATE.finditer(text, start):
        mark, after = match.span()
        end = match.end(1)
        if end < 0:  # a newline
            end = mark
            while end > start and text[end - 1].isspace():
                end -= 1
            if end > start:
                found.append((start, end, paragraph))
            paragraph += end > line
            line = start = after
        elif after < len(text) and _ends(text, start, mark, end, after, held):
            found.append((start, end, paragraph))
            start = after
    end = len(text.rstrip())
    if end > start:
        found.append((start, end, paragraph))
    return found


def _ends(text: str, start: int, mark: int, end: int, after: int, held: _Parameters) -> bool:
    """Whether the end marks at ``mark`` to ``end`` end the sentence that began at ``start``."""
    following = after
    letter = text[after]
    while letter in _OPENING:
        following += 1
        if following == len(text):
            return False
        letter = text[following]
    if letter.islower():  # no sentence begins so, unless with a name such as iPhone or eBay
        return text[following + 1 : following + 2].isupper()
    if letter in ".,;:!?…\n":
        return False
    if text[mark] == ".":
        if end > mark + 1 and text[mark + 1] in ".…":
            return _opens(text, following, held)  # an ellipsis
        from_here = max(start, mark - _LONGEST)  # so that a text without spaces costs no more
        word = text[max(text.rfind(" ", from_here, mark) + 1, from_here) : mark]
        return _ends_after(word.lstrip(_OPENING), text, start, mark, following, held)
    if text[mark] == "…":
        return _opens(text, following, held)
    return text[end - 1] not in "\"'”’" or end == mark + 1 or _SPEAKS.match(text, following) is None


def _ends_after(word: str, text: str, start: int, mark: int, following: int, held: _Parameters) -> bool:
    """Whether the single period after ``word`` ends a sentence."""
    if len(word) == 1:
        if word.isupper() and word != "I":  # an initial, or the letter of a list
            return mark - start > 1 and _opens(text, following, held)
        if word.isdigit() and mark - start == 1:
            return False
    elif not word:  # a period by itself: ". . ."
        return _opens(text, following, held)
    tail = word.rpartition("-")[2]  # "then-Sen.", "Miss.-based"
    if tail in held.never:
        return False
    if word in held.numbered:
        return not text[following].isdigit()
    if word in held.usual or tail in held.usual or word[-2:-1] == ".":
        return not text[following].isdigit() and _opens(text, following, held)
    return not (word.isdigit() and mark - start == len(word))  # "12. Stay calm", in a list


def _opens(text: str, following: int, held: _Parameters) -> bool:
    """Whether the capitalised word at ``following`` is one that is small inside sentences."""
    match = _WORD.match(text, following)
    if match is None:
        return False
    word = match[0].replace("’", "'")
    return word == "I" or word[:2] == "I'" or word.lower() in held.openers
