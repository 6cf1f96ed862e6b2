"""Who is named as a speaker: the noun phrase beside a word of saying, and what kind of source it is.

There is no parser here. A noun phrase is walked from its edge: to the left of a verb back to a clause
boundary, to the right of one up to the next mark of punctuation. Its kind is read from its head, the last
word before a preposition: a proper name, a person without a name, a news organisation, or a text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sensational.language.document import Document
from sensational.lexicon.cues import index

SourceKind = Literal["named", "unnamed", "outlet", "document", "pronoun"]

PRONOUNS = frozenset("he she they it".split())
_AUTHOR = frozenset("i we you i'm i've we've we're you've you'd i'd we'd i'll me us".split())
_RELATIVE = frozenset("who which that".split())
_DETERMINERS = frozenset(
    "the a an this that these those his her their its our my your some many several other another one two "
    "three four five six most all any each every few both no".split()
)
_PREPOSITIONS = frozenset(
    "of in at for from with on close familiar near inside by to involved among within against under "
    "behind about working based leading representing".split()
)
_BOUNDARY = frozenset(
    "that but as when while if because although though after before until since which who whom where then "
    "so yet or than whether how why what and nor unless once despite during is are was were be been has have "
    "had do does did will would can could may might should must not also reportedly allegedly according "
    "i you we he she they him them there here".split()
)
# What may stand between a subject and its verb.
_BETWEEN = frozenset(
    "has have had also later then will would is are was were be been did does do not never once further "
    "previously even now still just recently repeatedly already first both often since reportedly "
    "didn't doesn't don't hasn't haven't wasn't isn't can could may might must should only all too "
    "long always again ever soon sometimes today yesterday himself herself themselves itself".split()
)
_NOUNS_IN_LY = frozenset(
    "family reply supply italy assembly rally bully weekly monopoly anomaly ally".split()
)
_TIME = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow earlier later "
    "january february march april june july august september october november december".split()
)
_TITLES = frozenset("mr mrs ms miss dr sir lady lord prof gen col sgt lt capt rep sen gov rev st jr".split())
MAX_PHRASE = 14
MAX_ASIDE = 30


@dataclass(frozen=True, slots=True)
class Mention:
    """A speaker as the text names it: tokens ``first`` to ``last`` (exclusive)."""

    first: int
    last: int
    kind: SourceKind


def gap(document: Document, token: int) -> str:
    """What stands between ``token`` and the token before it."""
    if token <= 0:
        return ""
    if token >= len(document.starts):
        return document.text[document.ends[-1] :]
    return document.text[document.ends[token - 1] : document.starts[token]]


def is_plain(between: str) -> bool:
    """Whether two tokens stand in one phrase: nothing but white space between them."""
    return between.isspace()


def before_verb(document: Document, verb: int, first: int) -> Mention | None:
    """The subject that ends before token ``verb``, not reaching back beyond token ``first``."""
    words = document.words
    at = verb - 1
    while at >= first and is_plain(gap(document, at + 1)) and _between(words[at]):
        at -= 1
    if at < first:
        return None
    between = gap(document, at + 1)
    if not is_plain(between):
        at = _before_aside(document, at + 1, first, between)
        if at < first:
            return None
    while at > first and words[at] in _RELATIVE:
        at -= 1
        if words[at] in {"and", "all", "both", "one", "those"} and at > first and words[at] == "and":
            return None
    if words[at] in PRONOUNS:
        return Mention(at, at + 1, "pronoun")
    if words[at] in _AUTHOR or words[at] in _BOUNDARY or words[at] in _PREPOSITIONS:
        return None
    start = _phrase_start(document, at, first)
    while start < at and words[start] in _TIME:
        start += 1
    return _mention(document, start, at + 1, first)


def after_verb(document: Document, token: int, last: int) -> Mention | None:
    """The noun phrase that begins at ``token``, up to the next punctuation or token ``last``."""
    words = document.words
    if token >= last or not is_plain(gap(document, token)):
        return None
    if words[token] in PRONOUNS:
        return Mention(token, token + 1, "pronoun")
    if words[token] in _AUTHOR or words[token] in _BOUNDARY or words[token] in _TIME:
        return None
    end = token + 1
    limit = min(last, token + MAX_PHRASE)
    while end < limit and _joined(document, end) and words[end] not in _BOUNDARY and words[end] not in _TIME:
        end += 1
    while end > token + 1 and words[end - 1] in _PREPOSITIONS:
        end -= 1
    return _mention(document, token, end, -1)


def opening(document: Document, first: int, last: int) -> Mention | None:
    """The speaker with which a clause begins, if a known kind of speaker stands in its first words."""
    words, text, starts = document.words, document.text, document.starts
    limit = min(last, first + 6)
    at = first
    if at >= limit:
        return None
    if words[at] in PRONOUNS:
        return Mention(at, at + 1, "pronoun")
    people = index("unnamed", "document_source", "outlet_noun")
    end = at
    while end < limit and (end == at or _joined(document, end)):
        word = words[end]
        if word in _BOUNDARY or word in _PREPOSITIONS or word in _AUTHOR:
            break
        following = end + 1
        capital = text[starts[end]].isupper()
        next_capital = (
            following < limit and _joined(document, following) and text[starts[following]].isupper()
        )
        if word not in _DETERMINERS and not next_capital:
            if capital and (end > at or word not in people.first_words):
                return _mention(document, at, following, first)
            if word in people.first_words:
                return _mention(document, at, following, first)
        end += 1
    return None


def kind_of(document: Document, first: int, last: int, opens_sentence: bool) -> SourceKind:
    """What kind of source the noun phrase ``first`` to ``last`` (exclusive) names, by its head."""
    words, text, starts = document.words, document.text, document.starts
    core = first + 1
    while core < last and words[core] not in _PREPOSITIONS and _joined(document, core):
        core += 1
    head = core - 1
    word = words[head].removesuffix("'s")
    capital = text[starts[head]].isupper()
    if _is_outlet(document, first, core):
        return "outlet"
    if capital and not (opens_sentence and head == first) and not _is_plural_common(word):
        # The Pentagon, Mr Hale, the Prime Minister; but a title-case Study is still a study.
        return "document" if _has(word, "document_source") and head - first <= 2 else "named"
    if _has(word, "document_source"):
        return "document"
    people = index("unnamed")
    found = people.at((word,), 0, 1)
    if found is not None:
        modified = any(
            text[starts[at]].isupper() and not (opens_sentence and at == first) for at in range(first, head)
        )
        # A body of people under a name (the Hale campaign) is named; people of a nation are not.
        if modified and "body" in found.cue.reason and not _only_demonyms(document, first, head):
            return "named"
        return "unnamed"
    if capital and not _is_plural_common(word):
        return "named"
    return "unnamed"


def is_source(document: Document, mention: Mention) -> bool:
    """Whether a mention is surely a speaker: a name, or a head that the lexicon knows."""
    if mention.kind in ("pronoun", "named", "outlet", "document"):
        return True
    people = index("unnamed")
    return any(
        word.removesuffix("'s") in people.first_words for word in document.words[mention.first : mention.last]
    )


def _between(word: str) -> bool:
    return word in _BETWEEN or (word.endswith("ly") and len(word) > 4 and word not in _NOUNS_IN_LY)


def _before_aside(document: Document, token: int, first: int, between: str) -> int:
    """The token before an aside (*Hale, a baker,* said) that ends before ``token``; -1 if there is none."""
    mark = next((mark for mark in ",)–—-" if mark in between), "")
    if not mark or "”" in between or '"' in between:
        return -1
    wanted = "(" if mark == ")" else mark
    for at in range(token - 1, max(first, token - MAX_ASIDE), -1):
        if wanted in gap(document, at):
            return at - 1
    return -1


def _joined(document: Document, token: int) -> bool:
    """Whether ``token`` goes on with the phrase before it: white space, or the stop of *Mr.* or *J.*"""
    between = gap(document, token)
    if between.isspace() or between in {"", "-", "/", "’ ", "' ", " & "}:
        return True
    before = document.words[token - 1]
    return between == ". " and (before in _TITLES or len(before) == 1)


def _phrase_start(document: Document, at: int, first: int) -> int:
    words, text, starts = document.words, document.text, document.starts
    proper = text[starts[at]].isupper()
    start = at
    floor = max(first, at - MAX_PHRASE)
    while start > floor and _joined(document, start):
        before = words[start - 1]
        if before in _BOUNDARY or before in _AUTHOR:
            if before == "and" and _may_coordinate(document, start, first):
                start -= 1
                continue
            break
        if words[start] in _DETERMINERS and before not in _PREPOSITIONS and before not in _DETERMINERS:
            break
        if before in _PREPOSITIONS:
            if start - 1 <= first or not _joined(document, start - 1) or words[start - 2] in _BOUNDARY:
                break
            proper = False
        elif proper and not text[starts[start - 1]].isupper() and before not in _DETERMINERS:
            if before not in index("unnamed").first_words and before not in {"former", "then", "leader"}:
                break
            proper = False
        start -= 1
    return start


def _may_coordinate(document: Document, token: int, first: int) -> bool:
    """Whether *and* before ``token`` joins two speakers: two names, or two known words for people."""
    if token - 2 < first or not is_plain(gap(document, token - 1)):
        return False
    words, text, starts = document.words, document.text, document.starts
    if text[starts[token - 2]].isupper() and text[starts[token]].isupper():
        return True
    return words[token - 2] in index("unnamed").first_words


def _mention(document: Document, start: int, end: int, first: int) -> Mention | None:
    if start >= end:
        return None
    words = document.words
    if end - start == 1 and words[start] in _BOUNDARY:
        return None
    return Mention(start, end, kind_of(document, start, end, opens_sentence=start == first))


def _is_outlet(document: Document, first: int, core: int) -> bool:
    words, text, starts = document.words, document.text, document.starts
    head = core - 1
    for found in index("outlet").find(words, first, core):
        name = found.last - 1
        if found.last == core and (not text[starts[name]].islower()):
            return True
    found_noun = index("outlet_noun").at((words[head].removesuffix("'s"),), 0, 1)
    if found_noun is None:
        return core - first == 2 and index("outlet_noun").at(words, first, core) is not None
    cue = found_noun.cue
    if "name" not in cue.reason:
        return not text[starts[head]].isupper() or head == first or words[first] == "the"
    if head == first or not text[starts[head]].isupper():
        return False
    return cue.strength == 1 or words[first] == "the"


def _has(word: str, group: str) -> bool:
    return index(group).at((word,), 0, 1) is not None


def _is_plural_common(word: str) -> bool:
    """*Officials*, *Republicans*, *Italians*: capital or not, no name."""
    if not word.endswith(("s", "men", "people", "women")):
        return False
    return word.endswith(("ians", "icans", "eans")) or (_has(word, "unnamed") and len(word) > 4)


def _only_demonyms(document: Document, first: int, last: int) -> bool:
    endings = ("an", "ish", "ese", "ch", "i")
    return all(
        word in _DETERMINERS or word.endswith(endings) or not document.text[document.starts[at]].isupper()
        for at, word in enumerate(document.words[first:last], start=first)
    )
