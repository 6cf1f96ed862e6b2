"""Who is meant, in words that a reader of the headline alone understands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sensational.language.document import TOKEN, Document
from sensational.language.function_words import function_words
from sensational.language.sources import is_plural
from sensational.lexicon.cues import word_set
from sensational.rewrite.names import bare, names_of
from sensational.rewrite.words import FIRST_PERSON, IMPERSONAL, PERSONAL, POINTS_BACK

LONGEST_SOURCE = 45
LOOKED_AT = 20_000
"""Characters of the body in which a full name is looked for: people are introduced early."""

_BARE_TITLES = word_set("mr mrs ms miss dr")
_LABELS = word_set(
    "advertisement analysis opinion watch update related photo image video caption read more correction "
    "note editor story continued below hill well c development subscribe facebook twitter pinterest"
)
_BY_THEMSELVES = word_set(
    "police officials authorities experts researchers scientists witnesses lawmakers doctors sources source "
    "prosecutors investigators critics analysts study report poll survey"
)
_PLURAL = word_set("police media people officials authorities republicans democrats")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source as a headline names it; ``says`` is how it stands at the end of a line (*the police say*)."""

    name: str
    says: str


def speaker(source: str, kind: str, body: Document) -> Speaker | None:
    """A source in words for a headline; None where it would not be understood there.

    Args:
        source: as the body first names it.
        kind: of its voice: ``named``, ``unnamed``, ``outlet`` or ``document``.
        body: where a mere surname finds its first name.
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
    if len(words) == 1 and common and words[0] not in _BY_THEMSELVES:
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
