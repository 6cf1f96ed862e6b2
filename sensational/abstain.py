"""When not to judge: the reasons for which an article is not scored."""

from __future__ import annotations

import re

from sensational.language.document import Document
from sensational.terms import function_words

# Fewer words than this hold no story that a headline could be set against.
LEAST_WORDS = 10
# Running English has 40 to 50 function words in a hundred; German, French or Spanish text shares
# fewer than ten of ours by accident of spelling, tables and lists of names have none.
LEAST_FUNCTION_WORDS = 0.16
# A running commentary stamps its entries with the time of day; a report names one or two.
LIVE_STAMPS = 5

_STAMP = re.compile(
    r"^\W{0,3}(?:updated?:? ?)?\d{1,2}[:.]\d\d ?(?:am|pm|a\.m\.|p\.m\.|gmt|bst|et|est|edt|cet|utc)?\b",
    re.I | re.M,
)
_LIVE = re.compile(r"\b(?:live ?blog|live updates|as it happened|minute by minute|follow live)\b", re.I)


def reason_not_to_score(headline: Document, body: Document) -> str | None:
    """Why this article cannot be judged, in one sentence; None where it can."""
    if not headline.words:
        return "There is no headline to set against the body."
    if not body.words:
        return "There is no body to set the headline against."
    if len(body.words) < LEAST_WORDS:
        return f"The body is too short to judge: {len(body.words)} words, and {LEAST_WORDS} are needed."
    english = sum(word in function_words() for word in body.words) / len(body.words)
    if english < LEAST_FUNCTION_WORDS:
        return (
            f"The body does not read like English: {100 * english:.0f} of 100 words are common English ones."
        )
    stamps = len(_STAMP.findall(body.text))
    if stamps >= LIVE_STAMPS or (
        stamps >= 2 and (_LIVE.search(headline.text) or _LIVE.search(body.text[:2000]))
    ):
        return (
            "The body is a live blog: it has many entries, and no one story for the headline to stand over."
        )
    return None
