"""Where sentences begin and end.

NLTK's Punkt (Kiss and Strunk 2006) decides what a period after a word means, with parameters of our own,
``resources/punkt.json``, and abbreviations that it cannot learn, each group with its reason, in
``resources/punkt_additions.json``. The places to decide about are found here: NLTK takes more than twice
as long to find them, and misses some where the spaces are not ASCII.

Differences from NLTK's decisions, all on purpose: a small letter never begins a sentence; quotation
marks and brackets stay with theirs; "“Really?” Smith asked." is one sentence; "…" is an end mark; a
missing space ("It ended.The next") is forgiven; titles (Gov., Lt.) never end a sentence; a newline
always does.
"""

from __future__ import annotations

import json
import re
import string
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

_LINE = re.compile(r"\S[^\n]*+")
# End marks, closing marks, white space or the place where it is missing, and the next sentence as far as
# its first word: what stands apart before it ("– The"), then what opens it ("“The"). The first end mark is
# matched by itself because the scanner then skips to it quickly; the look-behind keeps a run of end marks
# from being tried again at each of them, so time is linear.
_CANDIDATE = re.compile(
    r"(?P<marks>[.!?…](?<![.!?…][.!?…])[.!?…]*+)(?P<closing>[\"'”’)\]»]*+(?:\s[”)\]»]++)*+)"
    r"(?:\s++|(?<=[a-z][a-z][.!?])(?=[A-Z][a-z]))"
    r"(?P<next>(?P<apart>[\"'“‘(\[«\-–—•*]++\s++)?+[\"'“‘(\[«\-–—•*]*+"
    r"(?P<word>[^\s.,;:!?…”’)\]»][^\W_]{0,40}+(?:['’][^\W_]{1,9}+)?+))"
)
_BETWEEN_WORDS = re.compile(r"[\s\"'“‘(\[«–—•*,:;/]")
_LONGEST = 40  # no abbreviation has more characters
# "Smith asked", "the Rev. Mr. Smith said": what may follow a quotation that ends in "?" or "!".
_SPEAKS = re.compile(
    r"[\"'”’]\s++(?:[A-Z][\w.'’\-]{0,30} ){1,4}"
    r"(?:said|says|asked|asks|added|cried|exclaimed|replied|responded|shouted|screamed|told|tweeted"
    r"|wondered|wrote|yelled)\b"
)


@dataclass(frozen=True, slots=True)
class _Rules:
    punkt: Any
    """NLTK's PunktSentenceTokenizer, with our parameters."""
    never: frozenset[str]
    """Abbreviations, as written, that never end a sentence."""
    numbered: frozenset[str]
    """Those, as written, that do not end one before a number or a sign: "No. 5", "S. 698"."""
    words: frozenset[str]
    """What Punkt, which ignores case, would take for an abbreviation or initial: "ill" is not "Ill."."""


@cache
def _rules() -> _Rules:
    """The trained parameters together with the added abbreviations, read once."""
    from sensational.language.nltk_parts import SEEN_SMALL, PunktParameters, PunktSentenceTokenizer

    folder = resources.files("sensational.resources")
    trained = json.loads((folder / "punkt.json").read_text(encoding="utf-8"))
    added = json.loads((folder / "punkt_additions.json").read_text(encoding="utf-8"))
    numbered = added.pop("before_a_number")["words"]
    small = {name: {word.lower() for word in group["words"]} for name, group in added.items()}
    capital_only = set().union(*(small[name] for name, group in added.items() if group["capital_only"]))
    held = PunktParameters()
    held.abbrev_types = set(trained["abbreviations"]).union(*small.values())
    held.sent_starters = set(trained["starters"])
    openers = [*trained["openers"], "i", "i'd", "i'll", "i'm", "i've"]
    held.ortho_context = Counter(dict.fromkeys(openers, SEEN_SMALL))  # Punkt's own table grows when read
    return _Rules(
        punkt=PunktSentenceTokenizer(held),
        never=_forms(added["never_ends"]["words"] + added["introduces"]["words"]),
        numbered=_forms(numbered) | set(string.ascii_uppercase),
        words=frozenset(capital_only - set(trained["abbreviations"]) | {"I"}),
    )


def _forms(words: list[str]) -> frozenset[str]:
    """Each word as it may be written."""
    return frozenset(form for word in words for form in (word, word.capitalize(), word.upper()))


def split_sentences(text: str) -> list[tuple[int, int, int]]:
    """Sentences of ``text`` as (start, end, paragraph), in order, trimmed of white space.

    A newline always ends a sentence; ``paragraph`` counts the lines that are not blank, from 0. Every
    character that is not white space lies in exactly one sentence. Time is linear in the text.
    """
    found: list[tuple[int, int, int]] = []
    for paragraph, match in enumerate(_LINE.finditer(text)):
        offset, line = match.start(), match[0].rstrip()
        start = 0
        for candidate in _CANDIDATE.finditer(line):
            if _ends(candidate, start):
                found.append((offset + start, offset + candidate.end("closing"), paragraph))
                start = candidate.start("next")
        found.append((offset + start, offset + len(line), paragraph))
    return found


def _ends(candidate: re.Match[str], start: int) -> bool:
    """Whether the sentence that began at ``start`` ends at ``candidate``."""
    line, mark = candidate.string, candidate.start()
    marks, apart, following = candidate.group("marks", "apart", "word")
    if following[0].islower():  # no sentence begins so, unless with a name such as iPhone or eBay
        return following[1:2].isupper()
    if "?" in marks or "!" in marks:
        return not _SPEAKS.match(line, candidate.end("closing") - 1)
    rules = _rules()
    before = line[max(start, mark - _LONGEST) : mark]
    word = _BETWEEN_WORDS.split(before)[-1] if marks == "." else ""
    if len(word) == mark - start and (word.isdigit() or len(word) == 1):
        return False  # "12. Stay calm", in a list; "J. Moss"
    if word.rpartition("-")[2] in rules.never or (word in rules.numbered and not following[0].isalpha()):
        return False
    if word in rules.words:
        return True
    if word[-2:-1] == ".":
        word = "U.S"  # one acronym is as good as another
    tokens = [word + "." if word else "...", apart or following.replace("’", "'")]
    return len(list(rules.punkt.sentences_from_tokens(tokens))) > 1
