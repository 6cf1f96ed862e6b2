"""The quantities of a text.

A quantity is an interval: *six* is [6, 6], *more than 200* is [200, ∞), *dozens* is [24, 999]. The
vague ones stand in ``lexicon/en/quantifiers.tsv``, with the reason for their bounds.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate
from typing import Literal, NamedTuple

from sensational.language.number_words import (
    BEFORE,
    CARDINAL,
    CURRENCY,
    FRACTION,
    IRREGULAR_PLURALS,
    LABEL_CUES,
    MEASURE,
    MONEY_WORDS,
    MONTHS,
    NOT_COUNTED,
    ORDINAL,
    SCALE,
    SUFFIX,
    TIMES,
    YEAR_CUES,
)
from sensational.lexicon.loader import rows
from sensational.lexicon.phrases import Phrases

Unit = Literal[
    "count", "share", "percent", "money", "measure", "duration", "age", "ordinal", "year", "date", "time",
    "score", "label",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity; ``text_it_came_from[start:end] == text``.

    Attributes:
        low, high: the values it may stand for, 0 to infinity; a percentage or a share is 0 to 1.
        unit: what kind of number it is. ``label`` is a number in a name (*U2*, *No. 4*, *911*).
        what: the noun counted, the unit of a measure or the currency sign, lower case; or empty.
        approx: whether it is bounded, rounded or vague by its own wording.
        step: worth of the last digit written (*1.2 million*: 100,000); 0 where it is no number.
        value: the number as written (*more than 200*: 200); the upper end of a range, the lower end
            of a vague quantity.
    """

    start: int
    end: int
    text: str
    low: float
    high: float
    unit: Unit
    what: str
    approx: bool
    step: float
    value: float


_EXACT = (1.0, 1.0)
_BEFORE_ENDS = frozenset(phrase[-1] for phrase in BEFORE)
_TOKEN = re.compile(r"([a-z]++(?=[\s,])|[0-9]+(?:[.,/:][0-9]+)*|[^\W\d_]++(?:['’][^\W\d_]++)*)")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_DIGITS = frozenset("0123456789")


@lru_cache(maxsize=1)
def _quantifiers() -> tuple[Phrases[tuple[float, float, str]], frozenset[str], frozenset[str]]:
    """The vague quantifiers, the first words of all quantities in words, and what may follow *a*."""
    table = rows(files("sensational.lexicon") / "en" / "quantifiers.tsv")
    phrases = Phrases(
        (row["quantifier"], (float(row["low"]), float(row["high"]), row["of"])) for row in table
    )
    words = [row["quantifier"].split() for row in table]
    first = {phrase[0] for phrase in words if phrase[0] not in ("a", "an")}
    second = {phrase[1] for phrase in words if phrase[0] in ("a", "an")}
    return (
        phrases,
        frozenset(first | set(CARDINAL) | set(ORDINAL) | set(FRACTION) | set(SCALE) | set(TIMES)),
        frozenset(second | set(FRACTION) | set(SCALE) | set(MEASURE)),
    )


class _Tokens:
    """The words and numbers of a text, lower case, with their places."""

    __slots__ = ("ends", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        pieces = _TOKEN.split(text)  # gap, token, gap … gap
        places = list(accumulate(map(len, pieces)))
        self.starts = places[:-1:2]
        self.ends = places[1::2]
        self.words = "\n".join(pieces[1::2]).lower().split("\n") if len(pieces) > 1 else []

    def gap(self, at: int) -> str:
        """What stands between token ``at`` and the one before it."""
        return self.text[self.ends[at - 1] : self.starts[at]]

    def word(self, at: int) -> str:
        """Token ``at``, or nothing beyond the ends of the text."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def joined(self, at: int) -> bool:
        """Whether token ``at`` follows the one before it with a space or a hyphen only."""
        return 0 < at < len(self.words) and self.gap(at) in (" ", "-", "‑", "–", " \n", "\n", "")


class _Number(NamedTuple):
    """A bare number: its interval, the worth of its last digit, the token after it, and its form."""

    low: float
    high: float
    step: float
    after: int
    form: str = "number"
    approx: bool = False


def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of ``text``, in order, none overlapping; time linear in its length."""
    if not text:
        return ()
    tokens = _Tokens(text)
    words = tokens.words
    _, starters, after_article = _quantifiers()
    found = []
    at = 0
    # Most words begin no quantity: the comprehension passes over them at a fraction of a loop's cost.
    begins = [
        index
        for index, word in enumerate(words)
        if word in starters
        or word[0] in _DIGITS
        or (word in ("a", "an") and tokens.word(index + 1) in after_article)
    ]
    for index in begins:
        read = _read(tokens, index, at) if index >= at else None
        if read:
            quantity, at = read
            found.append(quantity)
    return tuple(found)


def _read(tokens: _Tokens, at: int, free: int) -> tuple[Quantity, int] | None:
    """The quantity whose number begins at token ``at``, and the token after it.

    Its bounding words may stand before it, from token ``free`` on.
    """
    if tokens.words[at][0] in _DIGITS:
        number = _digits(tokens, at)
    else:
        number = _vague(tokens, at) or _fraction(tokens, at) or _words(tokens, at)
    if number is None:
        return None
    if number.form == "number":
        number = _ratio(tokens, number) or _range(tokens, at, number) or number
    return _dressed(tokens, at, number, free)


def _value(digits: str) -> tuple[float, float] | None:
    """Value and worth of the last digit of a number in digits; None for dates, times and the like."""
    if digits.isdecimal() and len(digits) < 16:
        return float(digits), 1.0
    if _THOUSANDS.fullmatch(digits):
        digits = digits.replace(",", "")
    if len(digits) > 300 or not (digits.isdecimal() or re.fullmatch(r"[0-9]+\.[0-9]+", digits)):
        return None
    decimals = len(digits) - digits.find(".") - 1 if "." in digits else 0
    return float(digits), 1 / 10**decimals


def _digits(tokens: _Tokens, at: int) -> _Number | None:
    digits, start = tokens.words[at], tokens.starts[at]
    before = tokens.text[start - 1] if start else ""
    after = tokens.text[tokens.ends[at] : tokens.ends[at] + 1]
    value = _value(digits)
    if value is None:
        if ":" in digits:
            return _Number(0, 0, 0, at + 1, "time")
        if re.fullmatch(r"[1-9]/[2-9]", digits) and tokens.word(at + 1) not in ("", "responders"):
            return _Number(
                int(digits[0]) / int(digits[2]), int(digits[0]) / int(digits[2]), 0.01, at + 1, "share"
            )
        return _Number(0, 0, 0, at + 1, "date" if "/" in digits else "label")
    amount, step = value
    if before.isalpha() and not _naira(tokens, at):
        return _Number(amount, amount, 1, at + 1, "label")
    if before in "'’" and before and len(digits) == 2 and not tokens.text[start - 2 : start - 1].isalnum():
        return _two_digit_year(tokens, at, amount)
    nxt = tokens.word(at + 1)
    if after.isalpha() and after != "" and tokens.starts[at + 1] == tokens.ends[at]:
        if nxt in ("st", "nd", "rd", "th"):
            return _Number(amount, amount, 1, at + 2, "ordinal")
        if nxt == "s":
            return _decade(amount, at)
        if nxt in ("am", "pm"):
            return _Number(amount, amount, 0, at + 2, "time")
        if nxt in SUFFIX:
            return _Number(amount * SUFFIX[nxt], amount * SUFFIX[nxt], step * SUFFIX[nxt], at + 2)
        if nxt not in MEASURE and nxt not in ("x", "p", "c", "f"):
            return _Number(amount, amount, 1, at + 2, "label")
        return _Number(amount, amount, step, at + 1)
    return _scaled(tokens, _Number(amount, amount, step, at + 1))


def _naira(tokens: _Tokens, at: int) -> bool:
    """*N500m*, *N2 billion*, *N5,000*: the naira sign is a plain letter."""
    nxt = tokens.word(at + 1)
    return tokens.word(at - 1) == "n" and ("," in tokens.words[at] or nxt in SUFFIX or nxt in SCALE)


def _two_digit_year(tokens: _Tokens, at: int, amount: float) -> _Number:
    year = 1900 + amount if amount > 30 else 2000 + amount
    if tokens.word(at + 1) == "s" and tokens.starts[at + 1] == tokens.ends[at]:
        return _Number(year, year + 9, 10, at + 2, "year")
    return _Number(year, year, 1, at + 1, "year")


def _decade(amount: float, at: int) -> _Number:
    """*1990s* is a year; *20s* an age or a temperature."""
    if amount >= 1000:
        return _Number(amount, amount + (99 if amount % 100 == 0 else 9), 10, at + 2, "year")
    return _Number(amount, amount + 9, 10, at + 2, "age" if amount < 100 else "label", approx=True)


def _scaled(tokens: _Tokens, number: _Number) -> _Number:
    """*1.2 million*, *five hundred thousand*."""
    low, step, at = number.low, number.step, number.after
    while tokens.joined(at) and tokens.word(at) in SCALE:
        low, step, at = low * SCALE[tokens.words[at]], step * SCALE[tokens.words[at]], at + 1
    if at == number.after and tokens.joined(at) and tokens.word(at) in ("bn", "mn", "tn", "m", "b"):
        low, step, at = low * SUFFIX[tokens.words[at]], step * SUFFIX[tokens.words[at]], at + 1
    return _Number(low, low, step, at, number.form, number.approx)


def _words(tokens: _Tokens, at: int) -> _Number | None:
    """A cardinal or ordinal in words: *two hundred and six*, *twenty-fifth*, *half a million*, *a week*."""
    words = tokens.words
    if words[at] in ("a", "an"):
        return _article(tokens, at)
    if words[at] in TIMES:
        return _Number(TIMES[words[at]], TIMES[words[at]], 1, at + 1, "times")
    total = current = 0.0
    index = at
    while index < len(words) and (index == at or tokens.joined(index)):
        word = words[index]
        if word == "and":
            if not (current >= 100 or total) or tokens.word(index + 1) not in CARDINAL:
                break
        elif word in CARDINAL:
            if current % 10 or (current % 100 and CARDINAL[word] >= 10):
                break
            current += CARDINAL[word]
        elif word in SCALE and (index > at):
            if SCALE[word] >= 1000:
                total, current = total + (current or 1) * SCALE[word], 0.0
            else:
                current = (current or 1) * SCALE[word]
        elif word in ORDINAL and (index == at or (current % 10 == 0 and current and ORDINAL[word] < 10)):
            return _Number(current + ORDINAL[word], current + ORDINAL[word], 1, index + 1, "ordinal")
        elif word in ("half", "quarter") and index > at:
            break
        else:
            break
        index += 1
    if index == at:
        return None
    amount = total + current
    if words[index : index + 3] == ["and", "a", "half"] and tokens.joined(index):
        return _Number(amount + 0.5, amount + 0.5, 0.5, index + 3)
    return _Number(amount, amount, 1, index)


def _article(tokens: _Tokens, at: int) -> _Number | None:
    """*a hundred*, *a dozen*, *a century*."""
    word = tokens.word(at + 1)
    if not tokens.joined(at + 1):
        return None
    if word in SCALE:
        scaled = _scaled(tokens, _Number(1, 1, 1, at + 1))
        return _Number(scaled.low, scaled.high, scaled.low, scaled.after)
    if MEASURE.get(word, ("",))[0] == "duration" and word not in ("second", "day", "season"):
        return _Number(1, 1, 1, at + 1, "one")
    return None


def _fraction(tokens: _Tokens, at: int) -> _Number | None:
    """*two-thirds*, *a third of*, *half of*, *a quarter*, *half a million*."""
    words = tokens.words
    word, nxt = words[at], tokens.word(at + 1)
    if word == "half" and nxt in ("a", "an") and tokens.word(at + 2) in SCALE:
        value = SCALE[words[at + 2]] / 2
        return _Number(value, value, value, at + 3)
    if word in CARDINAL and nxt in FRACTION and tokens.joined(at + 1) and 0 < CARDINAL[word] < FRACTION[nxt]:
        plural = nxt.endswith("s") or tokens.word(at + 2) == "of"
        if plural:
            value = CARDINAL[word] / FRACTION[nxt]
            return _Number(value, value, 0.01, at + 2, "share")
    if (
        word in ("a", "one")
        and nxt in FRACTION
        and (tokens.word(at + 2) == "of" or nxt in ("half", "quarter"))
    ):
        return _Number(1 / FRACTION[nxt], 1 / FRACTION[nxt], 0.01, at + 2, "share")
    return None


def _vague(tokens: _Tokens, at: int) -> _Number | None:
    """A quantifier of the lexicon. *some 200* and *all three* are left to the number after them."""
    found = _quantifiers()[0].at(tokens.words, at)
    if not found:
        return None
    length, values = found
    nxt = tokens.word(at + length)
    if nxt and (nxt[0] in _DIGITS or nxt in CARDINAL) and tokens.words[at] in ("some", "all", "every"):
        return None
    if tokens.words[at] == "half" and nxt in ("a", "an") and tokens.word(at + length + 1) in SCALE:
        return None
    low, high, of = values[0]
    if tokens.words[at] == "both":
        return _Number(2, 2, 1, at + 1)
    step = 0.01 if low == high else 0  # *half* and *all* are exact
    return _Number(low, high, step, at + length, "share" if of == "share" else "vague", approx=low != high)


def _ratio(tokens: _Tokens, number: _Number) -> _Number | None:
    """*one in five*, *9 out of 10*."""
    at = number.after
    if tokens.word(at) == "in":
        at += 1
    elif tokens.word(at) == "out" and tokens.word(at + 1) == "of":
        at += 2
    else:
        return None
    if not tokens.joined(number.after) or not tokens.joined(at) or number.low > 100:
        return None
    whole = _plain(tokens, at)
    # *one in 2015* and *five in 10 days* are no shares
    if whole is None or not number.low < whole.low <= 1000 or tokens.word(whole.after) in MEASURE:
        return None
    share = number.low / whole.low
    return _Number(share, share, 0.01, whole.after, "share")


def _plain(tokens: _Tokens, at: int) -> _Number | None:
    """A number of digits or words at token ``at``, without looking further."""
    if at >= len(tokens.words):
        return None
    if tokens.words[at][0] in _DIGITS:
        number = _digits(tokens, at)
    elif tokens.words[at] in CARDINAL:
        number = _words(tokens, at)
    else:
        return None
    return number if number and number.form == "number" else None


def _range(tokens: _Tokens, at: int, number: _Number) -> _Number | None:
    """*five to seven*, *10-12*, *between 5 and 7*; a score where it falls: *3-1*."""
    end = number.after
    if end >= len(tokens.words):
        return None
    gap = tokens.gap(end)
    if gap in ("-", "–", "—", "‑") and tokens.words[end][0] in _DIGITS:
        other = _plain(tokens, end)
        if other and number.low >= other.low and other.low < 100:
            return _Number(other.low, number.low, 1, other.after, "score")
    elif gap == " " and (tokens.words[end], tokens.word(at - 1) == "between") in (
        ("to", False),
        ("and", True),
    ):
        other = _plain(tokens, end + 1) if tokens.word(at - 1) != "from" else None
    else:
        return None
    if other is None or other.low <= number.low or other.low > 20 * max(number.low, 1) * other.step:
        return None
    low = number.low
    if other.step >= 1000 and low < 1000:  # *5 to 7 million*
        low *= other.step if other.low / other.step < 1000 else 1
    return _Number(low, other.low, other.step, other.after, approx=True)


def _dressed(tokens: _Tokens, at: int, number: _Number, free: int) -> tuple[Quantity, int]:
    """The number with its currency, unit, noun and bounds."""
    low, high, end = number.low, number.high, number.after
    start_char, end_char = tokens.starts[at], tokens.ends[end - 1]
    text, nxt = tokens.text, tokens.word(end)
    sign = text[start_char - 1] if start_char else ""
    unit: Unit = "count"
    what = ""
    step = number.step
    if (sign and sign in CURRENCY) or _is_naira(tokens, at):
        unit, what, start_char = "money", sign if sign in CURRENCY else "₦", start_char - 1
    elif number.form == "times":
        what = "times"
    elif number.form in ("label", "time", "date", "score", "share", "ordinal", "year"):
        unit = number.form  # type: ignore[assignment]
    elif number.form == "age":
        unit = "age"
    elif text[end_char : end_char + 1] == "%" or text[end_char : end_char + 2] == " %":
        unit, end_char = "percent", text.index("%", end_char) + 1
    elif nxt in ("percent", "pct", "percentage") or (nxt == "per" and tokens.word(end + 1) == "cent"):
        end = end + 2 if nxt == "per" else end + 1
        unit, end_char = "percent", tokens.ends[end - 1]
    elif nxt in MONEY_WORDS and tokens.joined(end):
        unit, what, end_char, end = "money", MONEY_WORDS[nxt], tokens.ends[end], end + 1
    elif nxt in MEASURE and tokens.joined(end):
        unit, what, end, end_char = _measured(tokens, end)
    elif number.form == "number":
        unit = _bare(tokens, at, number)
    if unit == "percent":
        low, high, step = low / 100, high / 100, step / 100
    value = high if step else low
    if unit in ("count", "ordinal", "share", "percent") and not what:
        what = _noun(tokens, end, end_char)
    approx = number.approx
    if step and unit in ("count", "percent", "share", "money", "measure", "duration"):
        bounds, start_char = _bounds(tokens, at, start_char, free)
        plus = text[end_char : end_char + 1] == "+" or (
            tokens.word(end) == "or" and tokens.word(end + 1) == "more"
        )
        if plus:
            bounds = (1.0, math.inf)
            end_char += text[end_char : end_char + 1] == "+"
        if bounds != _EXACT:
            approx = True
            low, high = low * bounds[0], high * bounds[1] if high else high
    piece = text[start_char:end_char]
    return Quantity(start_char, end_char, piece, low, high, unit, what, approx, step, value), end


def _is_naira(tokens: _Tokens, at: int) -> bool:
    return tokens.words[at][0] in _DIGITS and at > 0 and tokens.gap(at) == "" and _naira(tokens, at)


def _measured(tokens: _Tokens, at: int) -> tuple[Unit, str, int, int]:
    """Unit, unit word, token after and end of a measure whose unit is token ``at``."""
    word = tokens.words[at]
    dimension = MEASURE[word][0]
    old = tokens.word(at + 1) == "old" and tokens.joined(at + 1)
    if dimension == "duration":
        if old and word in ("year", "years"):
            return "age", "year", at + 2, tokens.ends[at + 1]
        return "duration", word, at + 1, tokens.ends[at]
    return "measure", word, at + 1, tokens.ends[at]


def _bare(tokens: _Tokens, at: int, number: _Number) -> Unit:
    """Year, age, date, label or count: a number without a unit, by the words around it."""
    before, nxt = tokens.word(at - 1), tokens.word(number.after)
    digits = tokens.words[at][0] in _DIGITS
    end_char = tokens.ends[number.after - 1]
    if digits and number.after == at + 1 and len(tokens.words[at]) == 4 and 1500 <= number.low <= 2100:
        plural = nxt.endswith("s") and tokens.joined(number.after) and before not in YEAR_CUES
        return "count" if plural and nxt in ("people", "troops", "jobs", "homes") else "year"
    if digits and number.low <= 31 and (before in MONTHS or (nxt in MONTHS and tokens.joined(number.after))):
        return "date"
    if before in LABEL_CUES and at and tokens.gap(at) in (" ", ". ", "."):
        return "label"
    if digits and tokens.text[end_char : end_char + 1] == "-" and nxt.isalpha() and nxt in ("year",):
        return "age"
    if 0 < number.low <= 120 and number.step == 1:
        if before in ("aged", "age"):
            return "age"
        opened = at > 0 and tokens.gap(at) == ", "
        closed = tokens.text[end_char : end_char + 1] in (",", ".", ";", ")", "")
        if digits and opened and closed and tokens.text[tokens.starts[at - 1]].isupper():
            return "age"
    return "count"


def _noun(tokens: _Tokens, at: int, end: int) -> str:
    """The noun counted: the first plural among the words after ``end``, else the first of them."""
    first = ""
    if at >= len(tokens.words) or tokens.text[end : tokens.starts[at]] not in (" ", "-"):
        return ""
    begin = at
    if tokens.words[at] == "of":
        at += 1
        if tokens.word(at) in ("the", "its", "his", "her", "their", "our", "all", "these", "those"):
            at += 1
    for index in range(at, min(at + 4, len(tokens.words))):
        if index > begin and not tokens.joined(index):
            break
        word = tokens.words[index].removesuffix("'s").removesuffix("’s")
        if word in NOT_COUNTED:
            break
        if word in IRREGULAR_PLURALS or (len(word) > 3 and word.endswith("s") and not word.endswith("ss")):
            return word
        first = first or word
    return first


def _bounds(tokens: _Tokens, at: int, start: int, free: int) -> tuple[tuple[float, float], int]:
    """What the wording before a number makes of it, and where that wording starts."""
    if at == 0 or tokens.words[at - 1] not in _BEFORE_ENDS:
        return _EXACT, start
    for length in (4, 3, 2, 1):
        begin = at - length
        if begin < free:
            continue
        phrase = tuple(tokens.words[begin:at])
        if phrase in BEFORE and all(
            tokens.gap(index).strip(" \n" + CURRENCY) == "" for index in range(begin + 1, at + 1)
        ):
            return BEFORE[phrase], tokens.starts[begin]
    return _EXACT, start
