"""Where a headline can be cut off.

There is no parser here. It is cut only where English lets go of an adjunct, and never at what turns
or limits it (*but*, *if*, *unless*) or says whose word it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sensational.language.quotations import find_quotations
from sensational.lexicon.cues import word_set
from sensational.rewrite.words import ENDS_BADLY, has_main_verb, is_complete, lower_words

FEWEST_WORDS = 5
LEAST_BEFORE_CUT = 28
"""Characters that are left at least where a sentence is cut off."""

# What a sentence may be cut off before, after a comma: it only adds.
_ADDS_AFTER_COMMA = word_set(
    "who which whose where whom while with as including amid following after before a an the even such "
    "especially particularly just in on at during only"
)
# And without a comma.
_ADDS = re.compile(r" (?:after|amid|following|as|while|before|in an effort|in a bid|at a time when) ")
_NOT_CUT_AFTER = word_set(
    "look looking looked named day days week weeks month months year years hour hours minute minutes "
    "shortly soon long even just not such known same seen described well far much many used serve serves "
    "served serving regarded viewed only ever never act acts acted acting work works worked working been "
    "is was are were be the a an and or whether that of to him her them it dubbed treat treated see cast "
    "casts said says day moments time until since right morning night remain remained continue emerged "
    "portray portrayed so"
)
# What must not be cut off: it turns or limits what was said, or says whose word it is.
_TURNS = word_set("but if unless although though except despite without not yet nor or whether than until")
_TAKES_BACK = word_set(
    "according false fake hoax incorrectly wrongly allegedly reportedly alleged unless denied denies untrue"
)
_SAYING = word_set(
    "said says say told tells tweeted reported claimed added reports wrote writes testified argued argues "
    "insisted insists claims warned warns called believe believes accused show shows showed shown found "
    "finds suggest suggests suggested indicate indicates indicated revealed reveals estimates estimated"
)
# A verb that needs a second object.
_CALLING = word_set(
    "called calls calling dubbed labelled labeled deemed declared described describes describing"
)
# Behind these a saying verb is another matter's.
_ADDS_ITS_OWN = word_set("who which whose where while with after before when following amid")


def cuts(text: str) -> Iterator[str]:
    """The text up to each place where an adjunct begins that runs to its end."""
    quotations = [(one.start, one.end) for one in find_quotations(text)]

    def allowed(at: int, end: int) -> bool:
        inside = any(start <= at < stop for start, stop in quotations)
        if _waits(text[:at]):
            return False
        return at >= LEAST_BEFORE_CUT and not inside and not _binds(text[end:]) and _is_whole(text[:at])

    for match in re.finditer(r",|[–—;]| -{1,2} ", text):
        following = lower_words(text[match.end() : match.end() + 25])
        if not following or not allowed(match.start(), match.end()):
            continue
        word = following[0]
        if (
            following[:2] == ["and", "that"]
            or match.group() != ","
            or word in _ADDS_AFTER_COMMA
            or (word.endswith("ing") and len(word) > 4)
        ):
            yield text[: match.start()]
    for match in _ADDS.finditer(text):
        before, after = lower_words(text[max(0, match.start() - 20) : match.start()]), text[match.end() :]
        if not before or before[-1] in _NOT_CUT_AFTER or not allowed(match.start(), match.end() - 1):
            continue
        if match.group() == " as " and not has_main_verb(lower_words(after)[:9]):
            continue
        yield text[: match.start()]


def _waits(text: str) -> bool:
    """Whether a verb of calling has not yet said what (*called the attack …* an outrage)."""
    words = lower_words(text)
    last = max((at for at, word in enumerate(words) if word in _CALLING), default=-1)
    return last >= 0 and "as" not in words[last:] and not any(mark in text[-90:] for mark in '“”"‘')


def _binds(rest: str) -> bool:
    """Whether what would be cut off limits what is said before it, or says whose word it is."""
    words = lower_words(rest[:600])
    if not words or words[0] in _TURNS or any(word in _TAKES_BACK for word in words):
        return True
    if any(word in _SAYING for word in words[-6:]):
        return True
    first = lower_words(rest[:600].split(",")[0])
    adds = first[:1] and (first[0] in _ADDS_ITS_OWN or first[0].endswith("ing"))
    return not adds and any(word in _SAYING for word in first)


def _is_whole(text: str) -> bool:
    """Whether what is left has its verb, also behind its last *that*, and does not end in the air."""
    words = lower_words(text)
    return bool(words) and words[-1] not in ENDS_BADLY and is_complete(words)
