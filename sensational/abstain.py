"""When not to judge: the reasons for which an article is not scored."""

from __future__ import annotations

import re
from functools import lru_cache

from sensational.language.document import Document
from sensational.language.function_words import function_words

# A book has half a million characters; a text of ten million still scores, in a gigabyte of memory.
MOST_CHARACTERS = 10_000_000
# Fewer words than this hold no story that a headline could be set against.
LEAST_WORDS = 10
# More words than this are no headline (the longest of 19,000 news articles has 36); each costs time.
MOST_HEADLINE_WORDS = 150
# The commonest words of English that are spelled like common words of its neighbours (die, as, no ...)
# and so tell nothing; measured on texts of our own in seven languages, they were all that these shared.
_SPELLED_ALIKE = frozenset(
    "a am an as at be by do die for had he her i in is it last man me my no of on or over so te till to was "
    "we will".split(" ")
)
# Of 100 words of running English 20 to 35 are common words of English alone, in lists of names and
# addresses still 5 or more; in German, French, Spanish, Italian, Dutch, Portuguese or Swedish none to 2.
LEAST_ENGLISH = 0.04
# A running commentary stamps its entries with the time of day; a report names one or two.
LIVE_STAMPS = 5
# So many are enough where headline or opening says that the page is live.
LIVE_STAMPS_IF_SAID = 2
# Characters of the body in which a page says what it is.
OPENING = 2000

# An entry begins with its time (10.15am, [14:02], Posted at 9:30, 35 min ago), which is no decimal number
# (3.25 percent) and no date line of a post that is shown in the story (11:22 PM - 19 Oct 2016).
_STAMP = re.compile(
    r"[ \t\[(•*–—-]{0,4}(?:(?:last )?(?:updated|posted|published)(?: at)?:? ?)?"
    r"(?:\d{1,2}[:.]\d\d(?!\d)(?! ?(?:%|per|m(?:illion|etre|eter|ile)|b(?:n|illion)))"
    r"(?! ?[ap]m ?[-–—·|])|\d{1,2} ?(?:h|hr|hrs|hours?|m|min|mins|minutes?) ago\b)",
    re.I,
)
_LIVE = re.compile(
    r"\b(?:live ?blog|live updates?|live coverage|rolling coverage|as it (?:happened|happens)|"
    r"minute[- ]by[- ]minute|follow (?:it )?live)\b",
    re.I,
)
_LIVE_HEADLINE = re.compile(r"^\W{0,3}live\b ?[:!–—|-]|[:–—|-] live\W{0,3}$", re.I)


def too_long(body: str) -> str | None:
    """Why a body is not even looked at, in one sentence; None where it can be an article."""
    if len(body) <= MOST_CHARACTERS:
        return None
    return f"The article is too long: it has more than {MOST_CHARACTERS:,} characters."


def reason_not_to_score(headline: Document, body: Document) -> str | None:
    """Why this article cannot be judged, in one sentence; None where it can."""
    if not headline.words:
        return "The article has no headline."
    if len(headline.words) > MOST_HEADLINE_WORDS:
        return f"The headline is too long: it has more than {MOST_HEADLINE_WORDS} words."
    if not body.words:
        return "The article has no text under its headline."
    if len(body.words) < LEAST_WORDS and not _is_other_script(body.text):
        return f"The article is too short to judge: it has fewer than {LEAST_WORDS} words."
    if english_share(body) < LEAST_ENGLISH:
        return "The article does not seem to be in English: it has hardly any common English words."
    if is_live(headline.text, body.text):
        return (
            "The article is a live blog: it has many entries and no single story for the headline to match."
        )
    return None


def english_share(body: Document) -> float:
    """Share, 0 to 1, of the words of a text that are common words of English and of English alone."""
    telling = _telling()
    return sum(map(telling.__contains__, body.words)) / len(body.words) if body.words else 0.0


@lru_cache(maxsize=1)
def _telling() -> frozenset[str]:
    return function_words() - _SPELLED_ALIKE


def _is_other_script(text: str) -> bool:
    """Whether most letters are of another alphabet than ours; some of these write no spaces between words."""
    if text.isascii():
        return False
    letters = sum(character.isalpha() for character in text)
    return sum(character.isalpha() and character > "\u024f" for character in text) > letters / 2


def is_live(headline: str, body: str) -> bool:
    """Whether a page is a running commentary: stamped entries, the fewer needed if it says so."""
    stamps = sum(_STAMP.match(line) is not None for line in body.split("\n"))
    if stamps < LIVE_STAMPS_IF_SAID or stamps >= LIVE_STAMPS:
        return stamps >= LIVE_STAMPS
    said = _LIVE.search(headline) or _LIVE_HEADLINE.search(headline) or _LIVE.search(body[:OPENING])
    return said is not None
