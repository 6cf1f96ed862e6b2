"""The English words of quantities: numerals, scales, units, and the wording that bounds a number."""

from __future__ import annotations

import math


def _words(text: str) -> list[str]:
    return text.split()


_ONES = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")
_ORDINAL_ONES = _words(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
)
CARDINAL = {word: value for value, word in enumerate(_ONES)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=2)
}
ORDINAL = {word: value for value, word in enumerate(_ORDINAL_ONES, start=1)} | {
    word[:-1] + "ieth": 10 * value for value, word in enumerate(_TENS, start=2)
}
FRACTION = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4} | {
    word + plural: value for word, value in ORDINAL.items() if value > 2 for plural in ("", "s")
}
TIMES = {"once": 1, "twice": 2, "thrice": 3, "double": 2, "triple": 3, "quadruple": 4}
SCALE = {"dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
SUFFIX = {"k": 1e3, "m": 1e6, "mn": 1e6, "mm": 1e6, "b": 1e9, "bn": 1e9, "t": 1e12, "tn": 1e12, "trn": 1e12}

CURRENCY = "$£€¥₦₹₽₩"
MONEY_WORDS = {
    "dollar": "$", "dollars": "$", "buck": "$", "bucks": "$", "euro": "€", "euros": "€", "yen": "¥",
    "rupees": "₹", "naira": "₦", "rubles": "₽", "roubles": "₽", "cents": "cent",
}  # fmt: skip

# Units in a dimension's base unit: days, metres, kilograms, km/h, hectares, litres.
_UNITS: dict[str, dict[str, float]] = {
    "duration": {
        "second": 1 / 86400, "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "night": 1.0, "week": 7.0,
        "fortnight": 14.0, "month": 30.4, "season": 365.25, "year": 365.25, "decade": 3652.5,
        "century": 36525.0, "millennium": 365250.0,
    },
    "length": {
        "inch": 0.0254, "foot": 0.3048, "ft": 0.3048, "yard": 0.9144, "mile": 1609.344, "mm": 0.001,
        "cm": 0.01, "km": 1000.0, "metre": 1.0, "kilometre": 1000.0, "centimetre": 0.01, "meter": 1.0,
        "kilometer": 1000.0, "centimeter": 0.01,
    },
    "weight": {
        "ounce": 0.02835, "pound": 0.4536, "lb": 0.4536, "stone": 6.35, "kg": 1.0, "kilo": 1.0,
        "kilogram": 1.0, "gram": 0.001, "mg": 1e-6, "ton": 907.2, "tonne": 1000.0,
    },
    "speed": {"mph": 1.609, "kmh": 1.0, "kph": 1.0},
    "area": {"acre": 0.4047, "hectare": 1.0},
    "volume": {"gallon": 3.785, "litre": 1.0, "liter": 1.0, "barrel": 159.0},
    "temperature": {"degree": 1.0},
    "gem": {"carat": 1.0},
}  # fmt: skip
MEASURE = {
    word + plural: (dimension, worth)
    for dimension, units in _UNITS.items()
    for word, worth in units.items()
    for plural in ("", "s")
}
"""Unit word: (dimension, worth in the dimension's base unit)."""
MEASURE |= {
    "feet": MEASURE["foot"], "inches": MEASURE["inch"], "centuries": MEASURE["century"],
    "hrs": MEASURE["hour"], "yrs": MEASURE["year"], "mins": MEASURE["minute"],
}  # fmt: skip

# What each wording makes of the number v after it, in parts of v.
_BOUNDS: tuple[tuple[float, float, str], ...] = (
    (1.0, math.inf, "more than|over|at least|above|exceeding|exceed|exceeds|upwards of|no fewer than|past"),
    (1.0, math.inf, "no less than|not less than|a minimum of|minimum of|in excess of|greater than|beyond"),
    (1.0, math.inf, "topped|tops|surpassed|surpasses"),
    (0.0, 1.0, "up to|at most|less than|fewer than|under|below|no more than|not more than|as many as"),
    (0.0, 1.0, "as much as|as high as|a maximum of|maximum of"),
    (0.85, 1.0, "nearly|almost|close to|just under|approaching|just below|just shy of|not quite"),
    (0.9, 1.1, "about|around|roughly|approximately|some|an estimated|estimated|circa|approx|perhaps"),
    (1.0, 1.15, "just over|just above|slightly more than|a little over|a little more than"),
)
BEFORE = {
    tuple(phrase.split()): (low, high) for low, high, phrases in _BOUNDS for phrase in phrases.split("|")
}

MONTHS = frozenset(
    _words(
        "january february march april may june july august september october november december jan feb mar "
        "apr jun jul aug sept sep oct nov dec"
    )
)
YEAR_CUES = MONTHS | set(
    _words(
        "in since by until till before after from during of early late mid spring summer autumn fall winter "
        "around circa and to back between year"
    )
)
LABEL_CUES = frozenset(
    _words("no number route highway flight chapter section article boeing airbus vol room")
)
# Words that end the search for the noun counted.
NOT_COUNTED = frozenset(
    _words(
        "a an the and or but nor of in on at by for from to with into over under after before about as than "
        "that this these those is are was were be been being has have had do does did will would can could "
        "may might should it its he she they we you i his her their our my who whom which when where while "
        "if so not no per up down off out since until amid between against during through others said says"
    )
)
IRREGULAR_PLURALS = frozenset(_words("people men women children police troops teeth feet mice geese dead"))
IRREGULAR_SINGULAR = {
    "people": "person", "persons": "person", "men": "man", "women": "woman", "children": "child",
    "kids": "child", "kid": "child", "folks": "person", "folk": "person", "feet": "foot",
    "lives": "life", "wives": "wife",
}  # fmt: skip
