"""Who is named as a speaker: the noun phrase beside a word of saying, and what kind of source it is.

There is no parser here. A noun phrase is walked from its edge: to the left of a verb back to a clause
boundary, to the right of one up to the next mark of punctuation. Its kind is read from its head, the last
word before a preposition: a proper name, a person without a name, a news organisation, or a text.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from sensational.language.document import Document
from sensational.lexicon.cues import index, word_set

SourceKind = Literal["named", "unnamed", "outlet", "document", "pronoun"]

PRONOUNS = word_set("he she they it he's she's they're it's he'd she'd they'd they've")
_AUTHOR = word_set("i we you i'm i've we've we're you've you'd i'd we'd i'll me us")
_RELATIVE = word_set("who which that")
_DETERMINERS = word_set(
    "the a an this that these those his her their its our my your some many several other another one "
    "two three four five six most all any each every few both no"
)
_PREPOSITIONS = word_set(
    "of in at for from with on close familiar near inside by to involved among within against under "
    "behind about working based leading representing"
)
_BOUNDARY = word_set(
    "that but as when while if because although though after before until since which who whom where "
    "then so yet or than whether how why what and nor unless once despite during is are was were be "
    "been has have had do does did will would can could may might should must not also reportedly "
    "allegedly according i you we he she they him them there here"
)
# What may stand between a subject and its verb.
_BETWEEN = word_set(
    "has have had also later then will would is are was were be been did does do not never once further "
    "previously even now still just recently repeatedly already first both often since reportedly "
    "didn't doesn't don't hasn't haven't wasn't isn't can could may might must should only all too long "
    "always again ever soon sometimes today yesterday himself herself themselves itself"
)
_NOUNS_IN_LY = word_set("family reply supply italy assembly rally bully weekly monopoly anomaly ally")
_TIME = word_set(
    "monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow earlier later "
    "january february march april june july august september october november december"
)
_TITLES = word_set("mr mrs ms miss dr sir lady lord prof gen col sgt lt capt rep sen gov rev st jr")
# Words that open a sentence in a capital and are nobody's name.
_NO_NAMES = word_set(
    "without despite besides meanwhile however instead perhaps maybe naturally similarly finally second "
    "next now still yet even only just nothing asked told given based what why how when where then "
    "there here first last again more less later earlier currently additionally also often soon thus "
    "hence indeed moreover furthermore nevertheless nonetheless fortunately unfortunately sure yes no "
    "not please"
)
_PARTITIVES = word_set(
    "one some many most several few all both half number numbers dozens scores hundreds thousands "
    "millions majority minority plenty lots handful percent two three four five none group couple pair"
)
_PARTICIPLES = word_set("taken seen known shown held given made found seeking living last this")
_COUNTS = word_set("some many most others several few half more fewer two three four five both")
MAX_PHRASE = 14
MAX_ASIDE = 30


class Mention(NamedTuple):
    """A speaker as the text names it: tokens ``first`` to ``last`` (exclusive).

    ``head`` is the token that decides; ``sure`` is false for a head that no list knows and no capital marks.
    """

    first: int
    last: int
    kind: SourceKind
    head: int = -1
    sure: bool = True


def gap(document: Document, token: int) -> str:
    """What stands between ``token`` and the token before it."""
    gaps = document.gaps
    return gaps[token] if 0 < token < len(gaps) else gaps[-1] if token else ""


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
        aside_end = at + 1
        at = _before_aside(document, aside_end, first, between)
        if at < first:
            return None
        named = _name_in_aside(document, at + 1, aside_end)
        if named is not None:
            return named
    while at > first and words[at] in _RELATIVE:
        at -= 1
        if words[at] in {"and", "all", "both", "one", "those"} and at > first and words[at] == "and":
            return None
    if words[at] in PRONOUNS:
        return Mention(at, at + 1, "pronoun", at)
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
    if words[token] in PRONOUNS or words[token] in {"him", "them"}:
        return Mention(token, token + 1, "pronoun", token)
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
        return Mention(at, at + 1, "pronoun", at)
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
            while (
                following < limit and _joined(document, following) and words[following] in people.first_words
            ):
                following += 1
                word = words[following - 1]
            if capital and (end > at or word not in people.first_words):
                return _mention(document, at, following, first)
            if word in people.first_words:
                return _mention(document, at, following, first)
        end += 1
    return None


def kind_of(
    document: Document, first: int, last: int, opens_sentence: bool, head: int | None = None
) -> SourceKind:
    """What kind of source the noun phrase ``first`` to ``last`` (exclusive) names, by its head, if known."""
    words, text, starts = document.words, document.text, document.starts
    head = _head(document, first, last) if head is None else head
    core = head + 1
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


def names_somebody(document: Document, mention: Mention) -> bool:
    """Whether any word of a mention is capital or known for a speaker, be its head what it may."""
    if mention.sure:
        return True
    for at in range(mention.first, mention.last):
        if document.text[document.starts[at]].isupper():
            return True
        word = document.words[at].removesuffix("'s")
        if _has(word, "unnamed") or _has(word, "document_source"):
            return True
    return False


def agrees_in_number(document: Document, mention: Mention, verb: int) -> bool:
    """Whether a subject and the form of its verb fit, so that the verb is no noun (*state*, *plans*).

    A bare form needs a plural subject or an auxiliary before it, a form in *-s* a singular one; forms in
    *-ed* and *-ing* fit any subject.
    """
    word = document.words[verb]
    if word.endswith(("ed", "ing")) or verb > mention.last or mention.kind == "pronoun":
        return True
    subject = document.words[mention.head]
    capital = document.text[document.starts[mention.head]].isupper()
    if word.endswith("s") and not word.endswith("ss"):
        return capital or not is_plural(subject)
    if word in _PAST:
        return True
    return (
        is_plural(subject)
        or (not capital and subject in _PLURAL_SUBJECTS)
        or " and " in _text(document, mention)
    )


def is_plural(word: str) -> bool:
    """Whether a noun looks plural."""
    return word.endswith(("men", "people", "women", "children")) or (
        word.endswith("s") and not word.endswith(("ss", "us", "'s"))
    )


def _text(document: Document, mention: Mention) -> str:
    return document.text[document.starts[mention.first] : document.ends[mention.last - 1]].lower()


_PLURAL_SUBJECTS = word_set(
    "some many most others few several all both half those these one-third two-thirds majority percent "
    "police who which that i you we they media public left right team government staff crew family "
    "couple number two three four five six seven eight nine ten third quarter"
)
_PAST = word_set(
    "said told wrote found held read saw heard felt thought knew meant put made spoke swore sang "
    "forecast bet cost sought foresaw understood taught learnt wept began went came took"
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


def _name_in_aside(document: Document, first: int, last: int) -> Mention | None:
    """The name in *his lawyer, Jo Bell, said*: an aside of nothing but a capital name."""
    if not 0 < last - first <= 4:
        return None
    if not all(document.text[document.starts[at]].isupper() for at in range(first, last)):
        return None
    if any(not _joined(document, at) for at in range(first + 1, last)) or document.words[first] in _TIME:
        return None
    return Mention(first, last, "named", last - 1)


def _joined(document: Document, token: int) -> bool:
    """Whether ``token`` goes on with the phrase before it: white space, or the stop after *Mr* or *J*."""
    between = gap(document, token)
    if between == " " or between.isspace() or between in {"", "-", "/", "’ ", "' ", " & "}:
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
        if before in _BOUNDARY or (before in _AUTHOR and not _is_country(document, start - 1)):
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


def _is_country(document: Document, token: int) -> bool:
    """Whether *us* is written *US*."""
    return document.text[document.starts[token] : document.ends[token]] == "US"


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
    head = _head(document, start, end)
    kind = kind_of(document, start, end, start == first, head)
    word = words[head].removesuffix("'s")
    opens = start == first and head == first
    if opens and (word in _NO_NAMES or word.endswith("ing")):
        return None
    sure = kind in ("outlet", "document") or _has(word, "unnamed")
    if not sure:
        sure = document.text[document.starts[head]].isupper() or words[start] in _COUNTS
    return Mention(start, end, kind, head, sure)


def _head(document: Document, first: int, last: int) -> int:
    """The head of a noun phrase: its last word before a preposition."""
    words = document.words
    core = first + 1
    for at in range(first, min(first + 4, last - 2)):
        if words[at] in _PARTITIVES and words[at + 1] == "of":
            core = at + 3
            break
    if core > first + 1:
        while core < last and words[core - 1] in _DETERMINERS:
            core += 1
    while core < last and words[core] not in _PREPOSITIONS and _joined(document, core):
        # A poll taken …, the man arrested …: the participle begins what qualifies the head.
        if (words[core].endswith("ed") or words[core] in _PARTICIPLES) and words[
            core - 1
        ] not in _DETERMINERS:
            break
        core += 1
    return core - 1


def _is_outlet(document: Document, first: int, core: int) -> bool:
    words, text, starts = document.words, document.text, document.starts
    head = core - 1
    outlets, nouns = index("outlet"), index("outlet_noun")
    if not outlets.first_words.isdisjoint(words[first:core]):
        for found in outlets.find(words, first, core):
            name = found.last - 1
            if found.last == core and (not text[starts[name]].islower()):
                return True
    found_noun = nouns.at((words[head].removesuffix("'s"),), 0, 1)
    if found_noun is None:
        return core - first == 2 and nouns.at(words, first, core) is not None
    cue = found_noun.cue
    if "name" not in cue.reason:
        return not text[starts[head]].isupper() or head == first or words[first] == "the"
    if head == first or not text[starts[head]].isupper():
        return False
    return cue.strength == 1 or words[first] == "the"


def _has(word: str, group: str) -> bool:
    return word in index(group).single


def _is_plural_common(word: str) -> bool:
    """Whether *Officials*, *Republicans* or *Italians*: capital or not, no name."""
    if not word.endswith(("s", "men", "people", "women")):
        return False
    return word.endswith(("ians", "icans", "eans")) or (_has(word, "unnamed") and len(word) > 4)


def _only_demonyms(document: Document, first: int, last: int) -> bool:
    endings = ("an", "ish", "ese", "ch", "i")
    return all(
        word in _DETERMINERS or word.endswith(endings) or not document.text[document.starts[at]].isupper()
        for at, word in enumerate(document.words[first:last], start=first)
    )
