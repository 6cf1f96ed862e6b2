"""Sentences without what a headline leaves out.

There is no parser here. A sentence is cut only where English lets go of an adjunct, and never at what turns
or limits it (*but*, *if*, *unless*) or says whose word it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sensational.language.document import TOKEN
from sensational.language.quotations import find_quotations
from sensational.lexicon.cues import word_set
from sensational.rewrite.words import ENDS_BADLY, FINITE, POINTS_BACK, has_main_verb, is_complete, lower_words

FEWEST_WORDS = 5
LONGEST_LEAD = 160
LEAST_BEFORE_CUT = 28
"""Characters that are left at least where a sentence is cut off."""

_DATELINE = re.compile(
    r"^(?:[A-Z][\w.'’/-]{0,20},? ){0,6}"
    r"(?:\([A-Z][\w. /]{1,30}\) ?[-–—]{0,2} {0,2}|[A-Z][\w.'’]{2,20} ?[—–] ?(?=[A-Z“\"])"
    r"|\(?[A-Z][\w.'’]{2,20}\)? -{1,2} (?=[A-Z“\"]))"
)
_OPENERS = re.compile(
    r"^(?:(?:But|And|So|Yet|Still|Plus|Also|Then|Meanwhile|However),? |(?:Now|"
    r"Indeed|Moreover|Furthermore|Instead|"
    r"Separately|In fact|In addition|Earlier|Later|Of course|Nevertheless|Nonetheless|Additionally|Again|"
    r"As a result|At the same time|Well|Thus|Hence|Therefore|After all|For now|To be sure|In the meantime|"
    r"In other words|Likewise|In short|Not surprisingly|What’s more|What's more|First of all|In many ways|"
    r"[A-Z][a-z]+ly), )+"
)
_BARE_DASH = re.compile(r"(?<=\w)(?:--|—)(?=\w)")
_DASHES = re.compile(r" (?:—|–|-{1,2}) [^—–“”]{2,90}? (?:—|–|-{1,2}) ")
_ALSO = re.compile(r" (?:also|then|now) (?=[a-z]+ed |is |are |was |were |has |have |will )")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]\.){2}$|\b(?:Jr|Sr|Inc|Corp|Ltd|Co|Fla|Calif|Ariz|Mass|Pa|Va)\.$")
_BRACKETS = re.compile(r" ?(?:\([^()]{0,120}\)|\[[^\[\]]{0,120}\])")
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|April|May|June|July|Aug(?:ust|\.)|Sept(?:ember|\.)|"
    r"Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_PART = r"(?:morning|afternoon|evening|night)"
_ON_THE_DAY = re.compile(
    rf"^(?:Yesterday|Today), |^(?:(?:On|Late|Early) )?(?:late |early )?{_DAY}(?: {_PART})?, "
)
_STOP = r"(?=[ ,.;:]|$)"
# When it was, where the story is today's: a headline is read on its day.
_WHEN = re.compile(
    rf" (?:on |late on |early on |late |early )?{_DAY}(?: {_PART})?"
    rf"(?:, {_MONTH} \d{{1,2}}(?:, \d{{4}})?,?)?{_STOP}"
    rf"(?! (?:and|or|through)\b)(?! to {_DAY})(?! {_PART})(?! [A-Z])"
    rf"| (?:earlier )?(?:today|yesterday|tonight|this {_PART}){_STOP}(?! and\b)"
)
_NOT_BEFORE_WHEN = word_set(
    "last next this every since until till by through before after for from to and or the of black good "
    "super holy bloody ash easter palm than each on a an his "
    "her its their my our your"
)
# An aside that tells more of what stands before it.
_ASIDE = re.compile(
    r", (?:who|which|whose|where|whom|a|an|the|now|then|once|formerly|believed|thought|described|known) "
    r"(?:[^,;:“”\"]{2,110}|[^,;:“”\"]{2,60}[“\"][^“”\"]{1,40}),[”\"]?(?= [a-z“])"
)
_SHORT_ASIDE = re.compile(
    r", (?:\d{1,3}|however|meanwhile|though|too|also|in turn|for example|of course|in fact),(?= )"
)
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
_LETS_GO = word_set(
    "after following amid as in on at during with by while speaking asked under over since within "
    "throughout amidst over"
)
_DETERMINERS = word_set(
    "the a an two three four five six seven eight nine ten hundreds thousands dozens police people"
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


def shortenings(text: str) -> Iterator[str]:
    """A sentence as headlines might have it, the whole first, then cut at each place that allows it.

    Args:
        text: one sentence of running text, of at most some sixty words.
    """
    bare = tidied(text)
    if not bare or bare.endswith("?") or "…" in bare or "..." in bare or "://" in bare:
        return
    seen = set()
    for whole in dict.fromkeys((bare, _without_asides(bare))):
        for begun in dict.fromkeys((whole, _without_lead(whole))):
            for cut in (begun, *cuts(begun)):
                done = _closed(cut)
                if done not in seen and _words(done) >= FEWEST_WORDS:
                    seen.add(done)
                    yield done


def tidied(text: str) -> str:
    """A sentence without dateline, opening connective, brackets, day of the week and closing mark."""
    text = " ".join(_BARE_DASH.sub(" — ", text).split())
    text = _ON_THE_DAY.sub("", _OPENERS.sub("", _DATELINE.sub("", text)))
    text = text.replace(" writes that ", " says that ").replace(" wrote that ", " said that ")
    text = _DASHES.sub(" ", _BRACKETS.sub("", text))
    text = _SHORT_ASIDE.sub("", _ALSO.sub(" ", _without_when(text)))
    return _closed(text)


def _closed(text: str) -> str:
    text = text.strip(" ,;:–—-")
    if not _ABBREVIATION.search(text):
        text = text.removesuffix(".").rstrip(" ,;:–—-")
    if text.endswith((".”", ",”", '."', ',"')):
        text = text[:-2] + text[-1]
    return text[:1].upper() + text[1:]


def _words(text: str) -> int:
    return len(TOKEN.findall(text))


def _without_when(text: str) -> str:
    def gone(match: re.Match[str]) -> str:
        before = lower_words(text[max(0, match.start() - 20) : match.start()])
        if not before or (before[-1] in _NOT_BEFORE_WHEN and " on " not in match.group()):
            return match.group()
        return ""

    return _WHEN.sub(gone, text)


def _without_asides(text: str) -> str:
    """Without what stands between two commas and only tells more of the noun before them."""
    first = lower_words(text[:20])[:1]
    led = bool(first) and first[0] in _LETS_GO | {"for"}

    def gone(match: re.Match[str]) -> str:
        words = lower_words(match.group())
        says_itself = words[0] in {"a", "an", "the"} and bool(FINITE.intersection(words))
        behind_the_lead = led and "," not in text[: match.start()]
        goes_on = text[match.end() :].lstrip().startswith(("the ", "a ", "an "))
        return match.group() if says_itself or behind_the_lead or goes_on else ""

    return _ASIDE.sub(gone, text)


def _without_lead(text: str) -> str:
    """Without an adjunct before the subject (*After a long debate, the council …*)."""
    first = lower_words(text[:20])
    if not first or first[0] not in _LETS_GO:
        return text
    comma = text.find(", ", 0, LONGEST_LEAD)
    while comma >= 0:
        rest = text[comma + 2 :]
        opening = lower_words(rest[:130])
        subject = rest[:1].isupper() or rest[:1].isdigit() or (opening[:1] and opening[0] in _DETERMINERS)
        told = first[0] == "as" and any(word in _SAYING for word in lower_words(text[:comma]))
        if (
            not told
            and subject
            and opening[0] not in POINTS_BACK
            and has_main_verb(opening[:9])
            and "," not in rest[:25]
        ):
            return rest
        comma = text.find(", ", comma + 1, LONGEST_LEAD)
    return text


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
