"""Closed classes of words that the shortening of sentences goes by, and whether a clause has its verb.

They are grammar, not meaning: what a subject may be, where an adjunct begins, what points outside its
sentence. English has few of each, so they stand here and not among the word lists that a teacher corrects.
"""

from __future__ import annotations

from functools import lru_cache

from sensational.language.document import TOKEN
from sensational.language.function_words import function_words
from sensational.lexicon.cues import word_set
from sensational.lexicon.loader import load

FIRST_PERSON = word_set(
    "i me my mine myself we us our ours ourselves you your yours yourself i'm i've i'd i'll we're we've "
    "we'd we'll you're you've you'd you'll let's"
)
PERSONAL = word_set("he she him her his hers he's she's he'd she'd he'll she'll himself herself")
IMPERSONAL = word_set("they it them its their it's they're they'd they'll they've themselves itself theirs")
# What points to something outside.
POINTS_BACK = word_set(
    "this that these those such both another others it's here there latter former he she they it his her "
    "their its what which who whom whose how why where when not nor neither either as than that's there's "
    "so then because although though while if unless or and but yet too only instead other also still "
    "even meanwhile however rather whether once since until despite like unlike perhaps maybe again more "
    "most some others many few each one all ones same i'm nothing everything something"
)
SUBORDINATE = word_set(
    "after before when while as because since until if unless although though who which that whose where "
    "whom for with at"
)
PARTICIPLE_BEFORE = word_set(
    "the a an of by to in with from for his her their its my our your some any no more most newly "
    "recently so very less this that these those and or"
)
FINITE = word_set(
    "is are was were has have had will would can could may might should must do does did isn't aren't "
    "wasn't weren't won't can't couldn't hasn't haven't hadn't doesn't don't didn't wouldn't shouldn't "
    "said says say told tells made makes took takes went goes gave gives came comes got gets put puts won "
    "wins lost loses held holds kept keeps led leads met meets ran runs sent sends set sets shot saw sees "
    "fell falls rose rises grew grows broke breaks cut cuts hit hits left leaves let lets paid pays stood "
    "stands struck strikes fought fights found finds fled draws drew drove drives chose chooses wrote "
    "writes spoke speaks swept sweeps began begins became becomes brought brings built bought caught "
    "taught thought sought felt threw flew knew bit sank spent shook slid swore tore wore wants faces "
    "calls seeks needs vows urges warns claims remains seems appears shows means looks believes thinks "
    "hopes fears plans argues insists suggests reports"
)
ENDS_BADLY = word_set(
    "the a an of to in on at for with from by and or but as that who which whose is are was were be been "
    "has have had will would can could may might than into about his her their its this these those said "
    "says not if when while because mr mrs ms dr also more very after before all no just so like such "
    "over between under through during amid whether how why what where comes come came coming well-worth"
)


@lru_cache(maxsize=65_536)
def may_be_verb(word: str) -> bool:
    """Whether a lower-case word can be a finite verb: by its form, or as an entry of the lexicon."""
    if word in FINITE or (word.endswith("ed") and len(word) > 4):
        return True
    return word.endswith("s") and any(
        entry.pos == "v" and " " not in entry.text for hit in load().find([word]) for entry in hit.entries
    )


def lower_words(text: str) -> list[str]:
    """The words of a text, small, with straight apostrophes."""
    return [word.lower().replace("’", "'") for word in TOKEN.findall(text)]


def has_main_verb(words: list[str]) -> bool:
    """Whether a finite verb comes before anything that a subordinate clause begins with."""
    found = subordinate = 0
    for at, word in enumerate(words[1:], start=1):
        if word in SUBORDINATE and not found:
            if word in {"who", "which", "that", "whose", "where", "for", "with", "at"}:
                subordinate += word not in {"for", "with", "at"}
                continue
            return False
        if may_be_verb(word) and not _is_no_verb(words, at):
            found += 1
    return found > subordinate


def _is_no_verb(words: list[str], at: int) -> bool:
    """Whether a form in *-ed* is an adjective there, or one in *-s* a noun, by the words beside it."""
    word, following = words[at], words[at + 1] if at + 1 < len(words) else ""
    if word.endswith("ed"):
        return words[at - 1] in PARTICIPLE_BEFORE or words[at - 1] in _AUXILIARIES or following == "by"
    if word in FINITE:
        return False
    return words[at - 1] in PARTICIPLE_BEFORE or (following != "" and following not in function_words())


def is_complete(words: list[str]) -> bool:
    """Whether a clause has its main verb, and so has what follows its last *that* or *said*."""
    if not has_main_verb(words):
        return False
    opened = max((at for at, word in enumerate(words) if word in _OPENS_A_CLAUSE), default=-1)
    rest = words[opened + 1 :]
    return opened <= 0 or not rest or has_main_verb(["", *rest])


# Their participle is one verb with them.
_AUXILIARIES = word_set(
    "is are was were be been being isn't aren't wasn't weren't has have had hasn't haven't hadn't not "
    "also already never ever"
)
_OPENS_A_CLAUSE = word_set(
    "that said says say believe believes claim claims claimed argued argues warned insisted"
)
