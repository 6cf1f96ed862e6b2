"""Where somebody's words are quoted: spans between quotation marks, and what is no quotation.

The rules are those of printed English: marks open before a word and close after one; a quotation that
runs over several paragraphs opens each of them and closes only the last; an apostrophe (*dogs'*,
*rock 'n' roll*, *the '90s*) is no mark.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_MARKS = re.compile("[\"“”„«»‘’‚'`\n]")
_OPEN = {"“": "”", "„": "“", "«": "»", "‘": "’", "‚": "‘"}
_SINGLE = frozenset("'‘’‚`")
_BEFORE_OPENING = frozenset(" \t\r\u00a0([{—–-/:“„«‘‚\"'")
_AFTER_CLOSING = frozenset(" \t\r\u00a0)]}—–-/:;,.!?…”»’\"'")
_ELISION = re.compile(r"(?:n|em|til|tis|twas|cause|cuz|bout|round|un|er|\d\d?0?s|\d\ds?)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

MAX_DEPTH = 4
"""How deeply quotations may nest; further opening marks are passed over, so that a text of nothing but
opening marks stays cheap for every reader of the result."""

SCARE_WORDS = 3
"""Quotation marks around so few words distance or name; they seldom report what was said."""


class Quotation(NamedTuple):
    """Quoted text: ``text[start:end]`` with its marks, ``text[inner_start:inner_end]`` without.

    Attributes:
        paragraph: number of the non-blank line, as in ``Sentence.paragraph``.
        depth: 0 for a quotation in running text, 1 inside another quotation, and so on.
        closed: whether a closing mark was found; else it runs to the end of its paragraph.
        continues: whether it goes on with the quotation that the paragraph before left open.
        scare: marks around one to three words that are no utterance of their own (*'family' concerns*).
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    paragraph: int
    depth: int = 0
    closed: bool = True
    continues: bool = False
    scare: bool = False


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """All quotations of ``text``, by where they start (the outer one first).

    Double and single, curly, straight, low and angled marks are read; time is linear in the text.

    Returns:
        Quotations, which nest but never cross; each slices to its own text.
    """
    if not _MARKS_PRESENT.search(text):
        return ()
    found: list[Quotation] = []
    pending = ""  # the mark that the last paragraph left open
    paragraph = -1
    marks = [match.start() for match in _MARKS.finditer(text)]
    marks.append(len(text))
    line_start, in_line = 0, []
    for at in marks:
        if at < len(text) and text[at] != "\n":
            in_line.append(at)
            continue
        if text[line_start:at].strip():
            paragraph += 1
            if in_line or pending:
                pending = _line(text, line_start, at, in_line, paragraph, pending, found)
        line_start, in_line = at + 1, []
    found.sort(key=lambda quotation: (quotation.start, -quotation.end))
    return tuple(found)


_MARKS_PRESENT = re.compile("[\"“”„«»‘’‚'`]")


def _line(
    text: str, start: int, end: int, marks: list[int], paragraph: int, pending: str, found: list[Quotation]
) -> str:
    """Adds the quotations of one line to ``found``; returns the mark it leaves open, or ``""``."""
    open_marks: list[int] = []
    first = start + len(text[start:end]) - len(text[start:end].lstrip())
    continues = bool(pending) and text[first] == pending

    def add(opening: int, stop: int, closed: bool) -> None:
        inner = (opening + 1, stop - 1 if closed else stop)
        found.append(
            Quotation(
                opening, stop, *inner, paragraph, len(open_marks), closed,
                continues=continues and opening == first,
                scare=closed and _is_scare(text, *inner, text[stop : stop + 1]),
            )
        )  # fmt: skip

    for number, at in enumerate(marks):
        following = marks[number + 1] if number + 1 < len(marks) else None
        mark = text[at]
        if open_marks and _closes(text, start, end, at, open_marks, following):
            # An inner quotation whose own closing mark is missing ends with the outer one.
            while not _pair(text[open_marks[-1]], mark):
                inner = open_marks.pop()
                if text[inner] not in _SINGLE:
                    add(inner, at, closed=False)
            add(open_marks.pop(), at + 1, closed=True)
        elif _opens(text, start, end, at, bool(open_marks)) and len(open_marks) < MAX_DEPTH:
            open_marks.append(at)
    stop = start + len(text[start:end].rstrip())
    left_open = ""
    while open_marks:
        at = open_marks.pop()
        # A single mark that nothing closes is an apostrophe, unless it begins a long line.
        if text[at] in _SINGLE and not (at == first and stop - at > 60 and text[at] in "‘'"):
            continue
        if stop > at + 1:
            add(at, stop, closed=False)
            left_open = text[at]
    return left_open


def _pair(opening: str, closing: str) -> bool:
    return (
        closing == _OPEN.get(opening, opening)
        or (opening in "‘`" and closing == "'")
        or (
            # Careless typing mixes the two kinds.
            (opening in '“"') and (closing in '”"')
        )
    )


def _opens(text: str, start: int, end: int, at: int, inside: bool) -> bool:
    mark = text[at]
    after = text[at + 1] if at + 1 < end else " "
    if mark in "”»’":
        return False
    if after.isspace():
        return False
    before_ok = at == start or text[at - 1] in _BEFORE_OPENING or text[at - 1].isspace()
    if mark in _SINGLE:
        return before_ok and (after.isalnum() or after in '[…£$€“"') and not _ELISION.match(text, at + 1)
    if mark == '"':
        return before_ok or (not inside and not text[at - 1].isdigit() and after.isalnum())
    return True


def _closes(text: str, start: int, end: int, at: int, open_marks: list[int], following: int | None) -> bool:
    mark = text[at]
    if not any(_pair(text[opening], mark) for opening in open_marks):
        return False
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if mark in _SINGLE:
        if after not in _AFTER_CLOSING or before.isspace():
            return False
        return not _is_plural_possessive(text, end, at, following)
    if mark == '"':
        # Between a space and a word a straight mark opens a quotation within; anywhere else it closes.
        return not ((before.isspace() or before in "([—–") and after.isalnum())
    return mark != "“" or after in _AFTER_CLOSING


def _is_plural_possessive(text: str, end: int, at: int, following: int | None) -> bool:
    """Whether the mark in *the dogs' owner said so,'* is an apostrophe: another one closes for certain."""
    if text[at - 1] not in "sS" or following is None or text[at + 1 : at + 2] != " ":
        return False
    if not text[at + 2 : at + 3].islower() or text[following] not in "'’":
        return False
    after = text[following + 1] if following + 1 < end else " "
    return text[following - 1] in ",.!?" and after in _AFTER_CLOSING


def _is_scare(text: str, start: int, end: int, after: str) -> bool:
    words = 0
    for _ in _WORD.finditer(text, start, end):
        words += 1
        if words > SCARE_WORDS:
            return False
    # “No,” he said: a capital and closing punctuation, inside or after, make an utterance of even one word.
    return words > 0 and not (text[start].isupper() and (text[end - 1] in ",.!?…—-" or after == ","))
