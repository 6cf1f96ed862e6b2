"""Who is meant, in words that a reader of the headline alone understands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sensational.language.document import TOKEN, Document
from sensational.language.function_words import function_words
from sensational.language.sources import is_plural
from sensational.language.stems import stem
from sensational.language.voices import voices_of
from sensational.lexicon.cues import index, word_set
from sensational.rewrite.names import bare, names_of
from sensational.rewrite.words import FIRST_PERSON, IMPERSONAL, PERSONAL, POINTS_BACK, may_be_verb

LONGEST_SOURCE = 45
LOOKED_AT = 20_000
"""Characters of the body in which a full name is looked for: people are introduced early."""

_BARE_TITLES = word_set("mr mrs ms miss dr")
_TITLES = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Miss|Dr|Sen|Rep|Gov|Prof|President|Senator|Mayor|Professor)\.? )?"
    r"((?:[A-Z][a-zA-Z'’-]+)(?: [A-Z]\.)?(?: [A-Z][a-zA-Z'’-]+){1,2})\b"
)
_LABELS = word_set(
    "advertisement analysis opinion watch update related photo image video caption read more correction "
    "note editor story continued below hill well c development subscribe facebook twitter pinterest"
)
_BY_THEMSELVES = word_set(
    "police officials authorities experts researchers scientists witnesses lawmakers doctors sources source "
    "prosecutors investigators critics analysts study report poll survey"
)
_SOMEBODY = word_set("man woman person")
_PLURAL = word_set("police media people officials authorities republicans democrats")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source as a headline names it; ``says`` is how it stands at the end of a line (*the police say*)."""

    name: str
    says: str


def speaker(source: str, kind: str, body: Document, known: frozenset[str] = frozenset()) -> Speaker | None:
    """A source in words for a headline; None where it would not be understood there.

    Args:
        source: as the body first names it.
        kind: of its voice: ``named``, ``unnamed``, ``outlet`` or ``document``.
        body: where a mere surname finds its first name.
        known: stems of words that need no introduction.
    """
    flat = re.sub(r"\s?\([^()]{0,60}\)", "", " ".join(source.split())).strip(",;:.’' ")
    if kind != "outlet":
        flat = re.sub(r"^(?:[Tt]he|[Aa]n?|[Oo]ne of the|[Oo]ne) ", "", flat)
    flat = re.sub(r"(?:’s|'s)$", "", flat)
    words = [word.lower() for word in TOKEN.findall(flat)]
    unclear = POINTS_BACK | PERSONAL | IMPERSONAL | FIRST_PERSON
    spokesman = re.fullmatch(r"(spokes(?:man|woman|person|people)) (?:for|of) (?:the )?(.{2,40})", flat)
    if spokesman is not None:
        flat = f"{spokesman.group(2)} {spokesman.group(1)}"
        words = [word.lower() for word in TOKEN.findall(flat)]
    if len(words) > 4 and kind in ("unnamed", "document"):
        flat = re.split(
            r" (?:familiar|close|with|from|at|of|in|who|on|to|inside|near|by|for|briefed) ", flat, maxsplit=1
        )[0]
        words = [word.lower() for word in TOKEN.findall(flat)]
    if (
        not words
        or len(flat) > LONGEST_SOURCE
        or len(words) > 6
        or "," in flat
        or (flat.isupper() and len(flat) > 5)
    ):
        return None
    if any(word in unclear for word in words) or words[0] in _LABELS or words[-1] in function_words():
        return None
    names = names_of(body)
    if kind == "named" and not any(bare(word) in names for word in words):
        return None
    common = not flat[:1].isupper() or kind == "unnamed"
    if len(words) == 1 and common and stem(words[0]) not in known and words[0] not in _BY_THEMSELVES:
        return None
    if kind in ("outlet", "document") and not (flat[:1].isupper() or len(words) > 1 or kind == "document"):
        return None
    flat = full_name(flat, body, len(body.text))
    plural = (is_plural(words[-1]) and words[-1] not in names) or words[-1] in _PLURAL or "and" in words
    first, *rest = flat.split(" ")
    kept = bare(first) in names or first.isupper() or any(word[:1].isupper() for word in rest[:1])
    kept = kept and first.lower() not in function_words()
    in_line = flat if kept else flat[:1].lower() + flat[1:]
    return Speaker(flat[:1].upper() + flat[1:], f"{in_line} {'say' if plural else 'says'}")


def full_name(name: str, body: Document, before: int) -> str:
    """A mere surname with the first name under which the body introduces it; else the name as it is."""
    names = names_of(body)
    if " " in name or not name[:1].isupper() or bare(name) not in names:
        return name
    introduced = re.search(
        rf"\b([A-Z][\w'’-]{{1,20}})(?: [A-Z]\.)? {re.escape(name)}\b", body.text[: min(before, LOOKED_AT)]
    )
    if introduced is None:
        return name
    first = bare(introduced.group(1))
    return introduced.group() if first in names and first not in _BARE_TITLES else name


def restored(text: str, sentence: int, body: Document) -> tuple[str, str]:
    """A clause with its subject put in for *He*, *She* or a mere surname at its beginning.

    Returns:
        The text, and the name that was put in, empty where none was.
    """
    words = TOKEN.findall(text[:60])
    if len(words) < 2:
        return text, ""
    first = words[0]
    if first in {"He", "She"}:
        name = _subject_of(sentence - 1, body)
        return (name + text[len(first) :], name) if name else (text, "")
    if first == "The" and words[1] in _SOMEBODY and is_plain_subject(words):
        who = _unnamed_before(sentence, body)
        return (f"A {who}{text[text.find(words[1]) + len(words[1]) :]}", who) if who else (text, "")
    titled = first.lower().rstrip(".") in _BARE_TITLES
    bare = words[1] if titled else first
    core = bare.removesuffix("’s").removesuffix("'s")
    at = text.find(bare)
    if text[at + len(bare) : at + len(bare) + 2].strip()[:1].isupper():
        return text, ""
    name = full_name(core, body, body.sentences[sentence].start + len(text))
    return (name + text[at + len(core) :], name) if name != core else (text, "")


def is_plain_subject(words: list[str]) -> bool:
    """Whether *The man …* goes on with its verb and not with more of its name (*The man from Leeds*)."""
    return len(words) > 2 and may_be_verb(words[2].lower())


def _unnamed_before(sentence: int, body: Document) -> str:
    """What the unnamed person is who speaks in the sentence before, as *docker*; empty for nobody clear."""
    if sentence < 1:
        return ""
    voices = voices_of(body).of(body.sentences[sentence - 1])
    sources = {voice.source for voice in voices if voice.kind == "unnamed" and voice.source}
    match = (
        re.fullmatch(r"(?:one|a|the) ([b-df-hj-np-tv-z][a-z]{2,20})", sources.pop())
        if len(sources) == 1
        else None
    )
    return match.group(1) if match and not is_plural(match.group(1)) else ""


def _subject_of(sentence: int, body: Document) -> str:
    """The person with whose full name a sentence begins; empty where it names others too."""
    if sentence < 0:
        return ""
    before = body.sentences[sentence]
    text = body.text[before.start : before.end]
    match, names = _TITLES.match(text), names_of(body)
    if match is None or not all(
        bare(word) in names for word in TOKEN.findall(match.group(1)) if len(word) > 1
    ):
        return ""
    others = any(word[:1].isupper() and bare(word) in names for word in TOKEN.findall(text[match.end() :]))
    return "" if others else match.group(1)


def is_somebody(words: list[str], written: list[str], at: int, names: frozenset[str]) -> bool:
    """Whether word ``at`` names somebody whom *he* or *her* can mean."""
    if words[at] in function_words():
        return False
    if index("unnamed").at((words[at],), 0, 1) is not None and words[at] not in _BODIES:
        return True
    before = words[at - 1] if at else ""
    named = written[at][:1].isupper() and bare(words[at]) in names
    return named and before != "the" and words[at] not in _BODIES


_BODIES = word_set(
    "white house congress senate court department police party times post news republicans democrats "
    "government administration company council committee america washington us"
)
