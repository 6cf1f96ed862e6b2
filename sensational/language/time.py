"""When: the tense of a sentence, and the times that a text names.

A rough reading by closed-class words, made for one question: does the body place at another time what a
headline tells as news? Without the day of publication a named time is only known to be near or far.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from typing import Literal

from sensational.language.document import Document, Sentence
from sensational.language.number_words import CARDINAL, MEASURE, MONTHS

Tense = Literal["past", "present", "future"]


@dataclass(frozen=True, slots=True)
class Time:
    """A time that a text names; ``text_it_came_from[start:end] == text``.

    ``days`` says how long before the day of writing it lies, as (least, most): *yesterday* is (1, 1),
    *next week* (-13, -1), *in April* (15, 365), as one writes *this month* otherwise.
    """

    start: int
    end: int
    text: str
    tense: Tense
    days: tuple[float, float]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LONG_AGO = 14
"""Days; news tells of what lies no further back."""

_WEEKDAYS = _words("monday tuesday wednesday thursday friday saturday sunday")
_SEASONS = _words("spring summer autumn winter christmas easter")
_SINGLE: dict[str, tuple[Tense, float, float]] = {
    "yesterday": ("past", 1, 1), "today": ("present", 0, 0), "tonight": ("present", 0, 0),
    "now": ("present", 0, 0), "currently": ("present", 0, 0), "tomorrow": ("future", -1, -1),
}  # fmt: skip
# *last week*: the days of the unit, and how long ago it may be, in units.
_PERIOD = {"night": 1.0, "weekend": 7.0, "week": 7.0, "fortnight": 14.0, "month": 30.4, "year": 365.25,
           "decade": 3652.5, "century": 36525.0} | dict.fromkeys(_WEEKDAYS, 7.0)  # fmt: skip
_PERIOD |= dict.fromkeys(_SEASONS, 365.25) | dict.fromkeys(MONTHS, 365.25)
_LAST = _words("last past previous")
_NEXT = _words("next coming following")
_PART = _words("early late mid")
_OPENERS = frozenset(_SINGLE) | _LAST | _NEXT | {"ago", "this", "in", "on", "during", "back"}

_FUTURE = _words("will shall won't 'll tomorrow")
_PLANS = _words("set plans plan planning expected due going aims aiming about scheduled wants hopes ready")
_PAST_AUXILIARY = _words("was were had did wasn't weren't hadn't didn't been")
_PRESENT_AUXILIARY = _words(
    "is are am has have does do isn't aren't hasn't haven't doesn't don't can may must says say tells"
)
_IRREGULAR_PAST = _words(
    "went came took gave got made saw found left lost fell rose broke fled began became held kept led "
    "met paid ran sent sold shot stood spent struck won wrote flew grew knew drew threw wore drove "
    "chose spoke stole swore tore fought taught caught brought bought thought sought built felt meant "
    "slept swept dealt bled fed hid rode sank sang shook froze forgot heard laid sat woke bit blew dug "
    "ate drank hung lent shone slid stuck stung"
)
_REPORTED = _words("said told added asked claimed reported believed alleged according")
_NO_PAST_IN_ED = _words(
    "need hundred seed feed speed indeed red bed breed greed weed deed exceed proceed succeed bleed "
    "shed led embed united armed alleged unnamed sacred naked wicked rugged supposed so-called"
)
_BE = _words("is are am be being been was were get gets getting")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|['’]ll\b")


def times(text: str) -> tuple[Time, ...]:
    """The times named in ``text``, in order, none overlapping."""
    spans = [(match.start(), match.end()) for match in _WORD.finditer(text)]
    words = [text[start:end].lower() for start, end in spans]
    return tuple(
        Time(spans[first][0], spans[last - 1][1], text[spans[first][0] : spans[last - 1][1]], tense, days)
        for first, last, tense, days in _named(words)
    )


def tense(document: Document, sentence: Sentence) -> Tense:
    """The tense of a sentence: future if it says so, else past or present by the first clear verb."""
    return _tense(document.words[sentence.first : sentence.last])


def headline_tense(headline: str) -> Tense:
    """The tense of a headline, where *to* and a verb after the subject is future (*Firm to split*)."""
    words = [match[0].lower() for match in _WORD.finditer(headline)]
    found = _tense(words)
    if found == "present" and "to" in words[1:-1]:
        at = words.index("to", 1)
        verbs_before = any(word in _PRESENT_AUXILIARY or _looks_finite(word) for word in words[1:at])
        return found if verbs_before else "future"
    # A headline leaves out *is*: *Three held after raid* is news, told in the present.
    return "present" if found == "past" and not (_PAST_AUXILIARY & set(words)) else found


def is_earlier(headline: str, document: Document, sentence: Sentence) -> bool:
    """Whether a sentence of the body places its matter well before the news that a headline tells.

    So it is if the sentence names a time that lies more than two weeks back (*in early April*, *last
    year*, *weeks ago*, *in 2013*) and tells of the past, and the headline names no such time.
    """
    words = document.words[sentence.first : sentence.last]
    if _OPENERS.isdisjoint(words) or not _names_long_ago(_named(words)):
        return False
    return _tense(words) != "future" and not any(
        one.tense == "past" and one.days[1] > LONG_AGO for one in times(headline)
    )


def _names_long_ago(named: Sequence[tuple[int, int, Tense, tuple[float, float]]]) -> bool:
    return any(when == "past" and days[1] > LONG_AGO for _, _, when, days in named)


def _tense(words: Sequence[str]) -> Tense:
    past = present = 0
    for at, word in enumerate(words):
        if word in _FUTURE or (word in _PLANS and words[at + 1 : at + 2] == ["to"]):
            return "future"
        if word in _PAST_AUXILIARY or word in _IRREGULAR_PAST or _is_past(words, at):
            past += 1
        elif word in _PRESENT_AUXILIARY:
            present += 1
        if past + present >= 3:
            break
    return "past" if past > present or (past and past == present) else "present"


def _is_past(words: Sequence[str], at: int) -> bool:
    """Whether a word in *-ed* is a simple past: no participle after *be*, no reporting verb."""
    word = words[at]
    if not word.endswith("ed") or len(word) < 4 or word in _NO_PAST_IN_ED or word in _REPORTED:
        return False
    return at > 0 and words[at - 1] not in _BE and words[at - 1] not in ("the", "a", "an", "of", "to")


def _looks_finite(word: str) -> bool:
    """Whether a headline's word may be its verb in *-s*."""
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))


def _named(words: Sequence[str]) -> list[tuple[int, int, Tense, tuple[float, float]]]:
    """Times named in lower-case words: (first, last exclusive, tense, days)."""
    found: list[tuple[int, int, Tense, tuple[float, float]]] = []
    free = 0
    for at in compress(range(len(words)), map(_OPENERS.__contains__, words)):
        if at < free:
            continue
        read = _ago(words, at, free) if words[at] == "ago" else _opened(words, at)
        if read:
            found.append(read)
            free = read[1]
    return found


def _opened(words: Sequence[str], at: int) -> tuple[int, int, Tense, tuple[float, float]] | None:
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else ""
    if word in _SINGLE:
        tense_, least, most = _SINGLE[word]
        return at, at + 1, tense_, (least, most)
    if word in _LAST and following in _PERIOD:
        length = _PERIOD[following]
        return at, at + 2, "past", (1, length if following in _WEEKDAYS else 2 * length)
    if word in _NEXT and following in _PERIOD:
        return at, at + 2, "future", (-2 * _PERIOD[following], -1)
    if word == "this" and following in _PERIOD and following not in ("may", "march"):
        return at, at + 2, "present", (-_PERIOD[following], _PERIOD[following])
    if word == "on" and following in _WEEKDAYS:
        return at, at + 2, "past", (0, 7)
    if word in ("in", "during", "back"):
        return _dated(words, at)
    return None


def _dated(words: Sequence[str], at: int) -> tuple[int, int, Tense, tuple[float, float]] | None:
    """*in April*, *in early April 2012*, *back in 2013*, *in the summer*, *in the 1990s*."""
    index = at + 1
    while index < len(words) and index < at + 4 and (words[index] in _PART or words[index] in ("in", "the")):
        index += 1
    if index >= len(words):
        return None
    year = _is_year(words[index])
    if not year and words[index] not in MONTHS and words[index] not in _SEASONS:
        return None
    if not year and index + 1 < len(words) and _is_year(words[index + 1]):
        index += 1
        year = True
    return at, index + 1, "past", (180, 36525) if year else (15, 365)


@lru_cache(maxsize=1024)
def _is_year(word: str) -> bool:
    digits = word[:4]
    return len(digits) == 4 and digits.isdecimal() and "1500" <= digits <= "2100" and word[4:] in ("", "s")


def _ago(words: Sequence[str], at: int, free: int) -> tuple[int, int, Tense, tuple[float, float]] | None:
    """*weeks ago*, *two years ago*, *a month ago*, *a few days ago*, *long ago*."""
    before = words[at - 1] if at > free else ""
    if before == "long":
        return at - 1, at + 1, "past", (365, 36525)
    if before not in MEASURE or MEASURE[before][0] != "duration":
        return None
    length = MEASURE[before][1]
    first, count = at - 1, (2.0, 10.0)
    number = words[at - 2] if at - 2 >= free else ""
    if number in ("a", "an"):
        first, count = at - 2, (1.0, 1.0)
    elif number in CARDINAL or number.isdecimal():
        value = float(CARDINAL[number]) if number in CARDINAL else float(number[:9])
        first, count = at - 2, (value, value)
    elif number in ("few", "several", "couple", "many", "some"):
        first = at - 3 if at - 3 >= free and words[at - 3] == "a" else at - 2
        count = (2.0, 10.0 if number == "many" else 6.0)
    return first, at + 1, "past", (count[0] * length, count[1] * length)
