"""Lines that came along from the page: which they are, and why.

What a single line gives away is in ``clutter_patterns.tsv``. Here is what only its place tells: a
link after "Read more", headlines in a row with a [TAG], a label or a caption before the story begins,
credits after it has ended.

A doubtful line stays. Setting lines aside twice sets nothing more aside: each rule takes a whole run
of lines, so that its neighbours afterwards are lines that it has already let pass.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sensational.article import Clutter

# No line longer than this, in characters, is clutter; what is matched is therefore bounded too.
_LONGEST = 1000
_LINKS_AFTER_HEADING = 6
_WORDS_IN_LINK = 22
_WORDS_IN_LABEL = 3
_LETTERS_IN_LABEL = 40
_WORDS_IN_CAPTION = 20

# The categories of symbols, and of the mark that makes an emoji of one.
_ICONS = ("So", "Sm", "Mn")

_ENDS_SENTENCE = re.compile(r"[.!?…;:,。！？][\"'”’»)\]」』]{0,3}$")
_CAPTION = re.compile(r"[A-Z][\w’'.-]{1,20}(?: [A-Z][\w’'.-]{1,20}){0,3}: ?\S")
_TAGGED = re.compile(r"(?:\S[^\[\]]{8,200} ?)?\[([A-Z][A-Z' ’&]{1,30})\]$")
# Words in brackets that tell an editor's tag, at the end of a link; and those of a transcript.
_TAG_OF_EDITORS = re.compile(
    r"\b(?:UPDATE|LATEST|INSIGHT|COMMENT|ANALYSIS|REVEAL|REVEALED|SPOTLIGHT|PICTURES|PICS|VIDEO|WATCH|REPORT|OPINION"
    r"|EXCLUSIVE|NEWS|WARNING|LIVE|INTERVIEW|POLL|PHOTOS|GALLERY|EXPLAINED|EXPLAINER|QUIZ|MAP|MAPPED|DATA|SPORT"
    r"|BREAKING|REACTION|REVIEW|TIPS|GUIDE|VOTE|LISTEN|PODCAST|STUDY|FORECAST|INVESTIGATION)$"
)
_SOUND_OF_TRANSCRIPT = re.compile(
    r"\b(?:LAUGHTER|LAUGHS|APPLAUSE|CHEERS|CHEERING|CROSSTALK|INAUDIBLE|MUSIC|SIC|BOOS|BOOING|PAUSE|SILENCE|BEGIN|END"
    r"|CLIP|BREAK|CRYING|SIGHS|CHUCKLES|UNINTELLIGIBLE|REDACTED|BLEEP|EXPLETIVE)\b"
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A row of ``clutter_patterns.tsv``, whose head describes the fields."""

    where: str
    why: str
    longest: int
    cues: tuple[str, ...]
    pattern: str
    note: str


class _Patterns:
    """The patterns of one place: those that need a cue, and the others by the words they allow."""

    def __init__(self, rows: Sequence[Pattern]) -> None:
        self._by_cue: dict[str, list[tuple[int, str, re.Pattern[str]]]] = {}
        by_limit: dict[int, list[tuple[str, str]]] = {}
        for row in rows:
            if row.cues:
                compiled = re.compile(row.pattern, re.IGNORECASE)
                for cue in row.cues:
                    self._by_cue.setdefault(cue, []).append((row.longest, row.why, compiled))
            else:
                by_limit.setdefault(row.longest, []).append((row.why, row.pattern))
        self._joined = [
            (longest, [why for why, _ in found], re.compile(_alternatives(found), re.IGNORECASE))
            for longest, found in sorted(by_limit.items(), reverse=True)
        ]

    def why(self, line: str, lowered: str, words: int) -> str | None:
        for longest, reasons, joined in self._joined:
            if words > longest:
                break
            match = joined.match(line)
            if match and match.lastgroup:
                return reasons[int(match.lastgroup[1:])]
        for cue, patterns in self._by_cue.items():
            if cue in lowered:
                for longest, why, pattern in patterns:
                    if words <= longest and pattern.match(line):
                        return why
        return None


def _alternatives(rows: Sequence[tuple[str, str]]) -> str:
    return "|".join(f"(?P<p{number}>{pattern})" for number, (_, pattern) in enumerate(rows))


def pattern_rows() -> list[Pattern]:
    """The rows of ``clutter_patterns.tsv``, in order."""
    text = files("sensational.reading").joinpath("clutter_patterns.tsv").read_text(encoding="utf-8")
    rows = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            where, why, longest, cues, pattern, note = line.split("\t")
            rows.append(
                Pattern(where, why, int(longest), tuple(cues.split("|")) if cues else (), pattern, note)
            )
    return rows


@cache
def _patterns(place: str) -> _Patterns:
    return _Patterns([row for row in pattern_rows() if row.where == place])


def is_sentence(line: str) -> bool:
    """Whether the line ends as a sentence does."""
    return _ENDS_SENTENCE.search(line[-8:]) is not None


def why_clutter(line: str, place: str = "any") -> str | None:
    """The reason to set ``line`` aside, or None.

    Args:
        line: one line without line ends.
        place: "any", "lead" (before the story) or "tail" (after it).
    """
    if len(line) > _LONGEST:
        return None
    words = line.count(" ") + 1
    lowered = line.lower()
    found = _patterns("any").why(line, lowered, words) or _patterns("head").why(line, lowered, words)
    if found is None and place != "any":
        found = _patterns(place).why(line, lowered, words)
    plain = line if found else without_icon(line)
    return found if plain == line else why_clutter(plain, place)


def without_icon(line: str) -> str:
    """The line without symbols at its beginning, such as the three bars of a menu."""
    shown = (
        number
        for number, character in enumerate(line)
        if character != " " and unicodedata.category(character) not in _ICONS
    )
    return line[next(shown, len(line)) :]


def set_aside(lines: Sequence[str], headline: str = "") -> tuple[list[str], list[tuple[int, Clutter]]]:
    """The lines of the story, and the others with their place in ``lines`` and the reason.

    A line that repeats the headline word for word is always kept. Idempotent in its first result.

    Args:
        lines: the lines or paragraphs of a body, stripped, none empty.
        headline: what stands over them.
    """
    same = _folded(headline)
    reasons: list[str | None] = [None] * len(lines)
    kept = [bool(same) and len(line) < 2 * len(headline) + 20 and _folded(line) == same for line in lines]

    _by_line_and_heading(lines, kept, reasons)
    _rows_of_tags(lines, kept, reasons)
    _lead(lines, kept, reasons)
    _tail(lines, kept, reasons)

    story = [line for line, why in zip(lines, reasons, strict=True) if why is None]
    clutter = [
        (number, Clutter(line, why))
        for number, (line, why) in enumerate(zip(lines, reasons, strict=True))
        if why is not None
    ]
    return story, clutter


def _folded(line: str) -> str:
    return " ".join(line.replace("’", "'").replace("‘", "'").casefold().split())


def _looks_like_link(line: str) -> bool:
    return len(line) <= 200 and line.count(" ") < _WORDS_IN_LINK and not is_sentence(line)


def _by_line_and_heading(lines: Sequence[str], kept: list[bool], reasons: list[str | None]) -> None:
    """What a line says by itself, and the links that follow a heading for links."""
    head, anywhere = _patterns("head"), _patterns("any")
    links_left = 0
    for number, line in enumerate(lines):
        if kept[number]:
            links_left = 0
            continue
        words = line.count(" ") + 1
        if len(line) <= _LONGEST:
            lowered = line.lower()
            heading = head.why(line, lowered, words)
            if heading:
                reasons[number] = heading
                links_left = _LINKS_AFTER_HEADING
                continue
            reasons[number] = anywhere.why(line, lowered, words)
        if reasons[number] is None:
            if links_left and words > 2 and _looks_like_link(line):
                reasons[number] = "related headline"
                links_left -= 1
            else:
                links_left = 0


def _tag_of(line: str) -> str | None:
    """The tag in brackets at the line's end, unless it is a sound in a transcript."""
    if len(line) > 240 or not line.endswith("]"):
        return None
    match = _TAGGED.match(line)
    return match.group(1) if match and not _SOUND_OF_TRANSCRIPT.search(match.group(1)) else None


def _rows_of_tags(lines: Sequence[str], kept: list[bool], reasons: list[str | None]) -> None:
    """Headlines that end in a [TAG]: with a tag that editors use, or several in a row."""
    run: list[tuple[int, str]] = []
    for number, line in enumerate([*lines, ""]):
        if number < len(lines) and reasons[number] is not None:
            continue
        tag = None if number == len(lines) or kept[number] else _tag_of(line)
        if tag:
            run.append((number, tag))
            continue
        for one, its_tag in run:
            if len(run) > 1 or _TAG_OF_EDITORS.search(its_tag):
                reasons[one] = "related headline"
        run = []


def _lead(lines: Sequence[str], kept: list[bool], reasons: list[str | None]) -> None:
    """Labels, by-lines, dates and captions, as far as the first line of the story."""
    for number, line in enumerate(lines):
        if reasons[number] is not None:
            continue
        if kept[number]:
            return
        reasons[number] = why_clutter(line, "lead") or _unpunctuated_lead(line)
        if reasons[number] is None:
            return


def _unpunctuated_lead(line: str) -> str | None:
    words = line.count(" ") + 1
    if words > _WORDS_IN_CAPTION or is_sentence(line):
        return None
    if _CAPTION.match(line):
        return "caption"
    if words <= _WORDS_IN_LABEL and is_label(line):
        return "section label"
    return None


def is_label(line: str) -> bool:
    """Whether each word but the smallest has a capital, as the name of a section has."""
    if len(line) > _LETTERS_IN_LABEL:
        return False
    words = [word for word in re.split(r"[\s/|&>»-]+", line) if word]
    return bool(words) and all(word[0].isupper() or word in ("and", "of", "the", "in") for word in words)


def _tail(lines: Sequence[str], kept: list[bool], reasons: list[str | None]) -> None:
    """Credits and sources, backwards from the end to the last line of the story."""
    for number in range(len(lines) - 1, -1, -1):
        if reasons[number] is not None:
            continue
        if kept[number]:
            return
        reasons[number] = why_clutter(lines[number], "tail")
        if reasons[number] is None:
            return
