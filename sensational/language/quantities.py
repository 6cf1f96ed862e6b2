"""How a quantity of a headline follows from the quantities of a body."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Literal

from sensational.language.number_words import IRREGULAR_SINGULAR, MEASURE
from sensational.language.quantity_reader import Quantity, Unit, quantities
from sensational.language.stems import stem

__all__ = ["How", "Match", "Quantity", "Unit", "compare", "matches", "quantities"]

How = Literal[
    "equal", "rounded", "converted", "within", "sum", "difference", "product", "ratio", "larger", "smaller",
    "absent",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """How a headline's quantity follows from a body.

    Attributes:
        how: ``equal`` to ``absent``; the last three mean that it does not follow: the body has a
            smaller number of the same thing (``larger``: the headline exaggerates), a larger one
            (``smaller``), or nothing comparable.
        body: the quantities of the body that it was matched with, the parts of a sum in order.
        factor: the headline's value over the body's; 1 where it follows, infinity over nothing.
        support: how surely it follows, 0 to 1.
    """

    how: How
    body: tuple[Quantity, ...]
    factor: float
    support: float

    @property
    def follows(self) -> bool:
        """Whether the headline's quantity follows from the body."""
        return self.how not in ("larger", "smaller", "absent")


# How surely a headline's number follows, by how it was matched and whether units and nouns agree.
# The share of right ones among equally many right and corrupted headlines so matched, on the first half
# of the numbers benchmark (evaluation/numbers.py), rounded to tenths and above.
_SUPPORT: dict[tuple[How, bool], float] = {
    ("equal", True): 0.98, ("equal", False): 0.85, ("converted", True): 0.6, ("rounded", True): 0.7,
    ("ratio", False): 0.7, ("rounded", False): 0.6, ("difference", False): 0.65, ("within", True): 0.5,
}  # fmt: skip
_MOST = 60  # quantities of a body that are tried in pairs, at most: keeps the cost bounded


def compare(headline: Quantity, body: Sequence[Quantity]) -> Match:
    """The best of :func:`matches`, or that there is none."""
    return next(iter(matches(headline, body)), Match("absent", (), math.inf, 0.05))


def matches(headline: Quantity, body: Sequence[Quantity]) -> list[Match]:
    """All that the quantities of a body say of one of its headline, the surest and nearest first.

    It follows from each that the body has, in these or other words, that rounds to it or is converted into it
    (months into years, one in five into 20 %), and from two that add up to it. Every other of the same
    thing says by what factor the headline is larger or smaller.
    """
    found = []
    for quantity in body:
        how = _follows(headline, quantity)
        match = _match(how, headline, quantity) if how else _falls_short(headline, quantity)
        if match is not None:
            found.append(match)
    found += _derived(headline, body)
    return sorted(found, key=lambda one: (-one.support, abs(math.log(one.factor))))


def _match(how: How, headline: Quantity, *body: Quantity) -> Match:
    return Match(how, body, 1.0, _SUPPORT.get((how, _agrees(headline, body)), 0.4))


_LOOSE = frozenset(("count", "ordinal", "age", "label"))


def _family(quantity: Quantity) -> str:
    """Quantities of one family are of one kind: durations and ages, shares and percentages."""
    if quantity.unit in ("percent", "share"):
        return "share"
    if quantity.unit in ("duration", "age"):
        return "duration"
    if quantity.unit == "measure":
        return MEASURE[quantity.what][0]
    return quantity.unit


def _noun_key(word: str) -> str:
    return stem(IRREGULAR_SINGULAR.get(word, word))


def _same_noun(one: Quantity, other: Quantity) -> bool:
    return bool(one.what and other.what) and _noun_key(one.what) == _noun_key(other.what)


def _agrees(headline: Quantity, body: Sequence[Quantity]) -> bool:
    """Whether all are of one family and, if their nouns are known, count the same thing."""
    family = _family(headline)
    return all(_family(one) == family and (_same_noun(headline, one) or family != "count") for one in body)


def _close(one: float, other: float, tolerance: float = 1e-9) -> bool:
    return one == other or abs(one - other) <= tolerance * max(abs(one), abs(other))


def _follows(headline: Quantity, quantity: Quantity) -> How | None:
    """How a headline's quantity follows from one of the body, if it does."""
    if headline.step == 0 and headline.unit in ("date", "time", "label", "score"):
        return "equal" if headline.text.lower() == quantity.text.lower() else None
    same = _family(headline) == _family(quantity)
    if not same and not (headline.unit in _LOOSE or quantity.unit in (*_LOOSE, "date")):
        return None
    if quantity.unit == "date" and headline.unit == "duration":
        return None
    units = _worth(headline), _worth(quantity)
    if same and units[0] and units[1] and units[0][1] != units[1][1]:
        return "converted" if _converts(headline, quantity, units[1][1] / units[0][1]) else None
    if same and not headline.step and (headline.low, headline.high) == (quantity.low, quantity.high):
        return "equal"
    if not headline.step or not quantity.step:
        return "within" if same and _vaguely_within(headline, quantity) else None
    if _close(headline.value, quantity.value) or (
        quantity.low != quantity.high and headline.value == quantity.low
    ):
        return "equal"
    if headline.unit in ("year", "ordinal", "date", "label") or quantity.unit in ("year", "ordinal", "date"):
        return None
    if _rounds(headline, quantity):
        return "rounded"
    inside = headline.low <= quantity.value <= headline.high and _close(headline.value, quantity.value, 0.35)
    return "within" if same and headline.approx and inside else None


def _worth(quantity: Quantity) -> tuple[str, float] | None:
    return MEASURE.get(quantity.what) if quantity.unit in ("duration", "age", "measure") else None


def _converts(headline: Quantity, quantity: Quantity, factor: float) -> bool:
    """Whether the body's measure is the headline's in another unit, to the nearest of the headline's."""
    value = quantity.value * factor
    return _close(headline.value, value, 0.05) or (abs(headline.value - value) <= 0.5 and value >= 1.4)


def _vaguely_within(headline: Quantity, quantity: Quantity) -> bool:
    """Whether a vague quantity bears the other: *dozens* bears 43, and 43 bears *dozens*.

    One without an end, such as *many* or *more than six*, bears what begins at twice as much at most:
    neither bears *masses*. And it bears no exact number.
    """
    if headline.step:
        finite = math.isfinite(quantity.high)
        return finite and _same_noun(headline, quantity) and quantity.low <= headline.value <= quantity.high
    vague = not quantity.step or math.isinf(quantity.high)
    if vague and headline.low > 2 * quantity.low:
        return False
    return headline.low <= quantity.high and quantity.low <= headline.high


def _rounds(headline: Quantity, quantity: Quantity) -> bool:
    """Whether the body's number rounds to the headline's, is cut off to it, or the other way round."""
    one, other = headline.value, quantity.value
    step = headline.step
    apart = abs(one - other)
    if quantity.step < step:
        nearest = apart <= 0.5 * step * (1 + 1e-9)
        if apart < step and (
            apart <= 0.06 * max(one, other) or (nearest and apart <= 0.25 * max(one, other))
        ):
            return True
    # A number that ends in zeros may stand for its neighbours, but not its neighbours for it.
    rounder = max(_zeros(headline), _zeros(quantity) if quantity.low < other < quantity.high else 0.0)
    return min(one, other) >= 100 and apart <= 0.5 * rounder and apart <= 0.05 * max(one, other)


def _zeros(quantity: Quantity) -> float:
    """The worth of the last digit that is not 0: a number that ends in zeros may be a round one."""
    value, worth = quantity.value, quantity.step
    if worth <= 0 or value <= 0 or math.isinf(value):
        return 0.0
    while value >= 10 * worth and round(value / worth) % 10 == 0:
        worth *= 10
    return worth


def _derived(headline: Quantity, body: Sequence[Quantity]) -> Iterator[Match]:
    """Two quantities of the body that give the headline's: a span of years, a sum, a difference, a ratio.

    Small numbers come out of some pair by chance, so a pair counts only where that is unlikely.
    """
    wanted, family = headline.value, _family(headline)
    exact = [one for one in body if one.low == one.high and one.low > 0][:_MOST]
    if family == "share":
        counts = [one for one in exact if one.unit in ("count", "money")]
        for one, other in permutations(counts, 2):
            if one.value < other.value and abs(one.value / other.value - wanted) <= headline.step / 2:
                yield _match("ratio", headline, one, other)
    if headline.unit in ("count", "age") or headline.what in ("year", "years"):
        for one, other in combinations([one for one in exact if one.unit == "year"], 2):
            if abs(one.value - other.value) == wanted and wanted > 1:
                yield _match("difference", headline, one, other)
    if family not in ("count", "money", "duration") or not headline.step:
        return
    for one, other in combinations([one for one in exact if one.unit == headline.unit], 2):
        if wanted in (one.value, other.value) or not _tells(headline, one, other):
            continue
        if _close(one.value + other.value, wanted):
            yield _match("sum", headline, one, other)
        if _close(abs(one.value - other.value), wanted):
            yield _match("difference", headline, one, other)


def _tells(headline: Quantity, one: Quantity, other: Quantity) -> bool:
    """Whether it can hardly be chance that two numbers give the headline's."""
    if one.value == other.value or min(one.value, other.value) < 2:
        return False
    return _close(headline.value, 0) or headline.value / headline.step >= 20 or headline.unit == "money"


def _falls_short(headline: Quantity, quantity: Quantity) -> Match | None:
    """How far a headline's quantity that does not follow is from one of the same thing."""
    family = _family(headline)
    if family in ("label", "date", "time", "score", "year", "ordinal") or _family(quantity) != family:
        return None
    if family == "count" and not _same_noun(headline, quantity):
        return None
    units = _worth(headline), _worth(quantity)
    value = quantity.value * (units[1][1] / units[0][1] if units[0] and units[1] else 1.0)
    if value <= 0 or headline.value <= 0:
        return None
    factor = headline.value / value
    return Match("larger" if factor > 1 else "smaller", (quantity,), factor, 0.05)
