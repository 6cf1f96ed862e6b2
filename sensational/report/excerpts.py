"""What the article says: the sentences that decide a term, and in whose voice they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sensational.analysis import Evidence, Term
from sensational.language.document import TOKEN
from sensational.language.stems import stem
from sensational.reasons import own_stems
from sensational.report.safe import shortened

_QUOTE = 230  # characters of the body that one excerpt shows
_SHORT_QUOTE = 120  # the same for a supported term, which takes little room
_MARKS = '“”"'
_SINGLE = str.maketrans(_MARKS, "‘’'")
_MOST_QUOTES = 2  # excerpts of a loaded term that is not supported; the others show one


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an excerpt; ``bold`` where its words are those of the term."""

    text: str
    bold: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the body, cut to size.

    ``who`` says in whose voice it is, by name or as *one source*, empty for the author's; ``anchor`` leads to
    its place in the shown body, empty where that is cut before it; ``marked`` is true where double quotation
    marks belong around it, which a sentence that is all quotation brings itself; those inside are single;
    ``start`` is where it begins in the body.
    """

    parts: tuple[Part, ...]
    who: str
    anchor: str
    marked: bool
    start: int


def quotes_of(number: int, term: Term, body: str) -> tuple[Quote, ...]:
    """The sentences that decide a term, the surest first: two at most; one if it is supported or plain."""
    by_place: dict[int, tuple[int, Evidence]] = {}
    for index, piece in enumerate(term.evidence, start=1):
        if fits(piece, body):
            by_place.setdefault(piece.start, (index, piece))
    most = _MOST_QUOTES if term.loaded and term.verdict != "supported" else 1
    return tuple(_quote(number, index, piece, term, body) for index, piece in list(by_place.values())[:most])


def _quote(number: int, index: int, piece: Evidence, term: Term, body: str) -> Quote:
    room = _SHORT_QUOTE if term.verdict == "supported" else _QUOTE
    parts = _excerpt(body, piece.start, piece.end, _shared_words(piece, term), room)
    shown = "".join(part.text for part in parts)
    before, after = missing_marks(shown)
    text = before + shown + after
    marked = text[:1] + text[-1:] != "“”" or any(mark in text[1:-1] for mark in _MARKS)
    parts = (Part(before, False), *parts, Part(after, False))
    if marked:
        parts = tuple(Part(part.text.translate(_SINGLE), part.bold) for part in parts)
    return Quote(
        parts=tuple(part for part in parts if part.text),
        who=_who(piece),
        anchor=evidence_anchor(number, index) if piece.end <= shown_end(body) else "",
        marked=marked,
        start=piece.start,
    )


def missing_marks(text: str) -> tuple[str, str]:
    """The double quotation marks that ``text`` lacks before and after it.

    Part of a quotation, as a shortened or a single sentence can be, has only one mark of the pair.
    """
    before, opened = "", ""
    for at, mark in enumerate(text):
        if mark == "“" or (mark == '"' and (at == 0 or text[at - 1] in " \n([")):
            opened = ("”" if mark == "“" else mark) + opened
        elif mark in '”"':
            before += "" if opened else "“" if mark == "”" else mark
            opened = opened[1:]
    return before, opened


def fits(piece: Evidence, body: str) -> bool:
    """Whether the offsets of a piece of evidence slice to its text; what does not fit is not shown."""
    return 0 <= piece.start < piece.end <= len(body) and body[piece.start : piece.end] == piece.text


def _shared_words(piece: Evidence, term: Term) -> list[tuple[int, int]]:
    """Where the sentence has the term's own words, in whatever form."""
    wanted = own_stems(term.text.lower())
    return [
        (piece.start + match.start(), piece.start + match.end())
        for match in TOKEN.finditer(piece.text)
        if stem(match.group().lower()) in wanted
    ]


def _excerpt(body: str, start: int, end: int, bold: Sequence[tuple[int, int]], most: int) -> tuple[Part, ...]:
    """``body[start:end]`` in ``most`` characters around what is bold, in parts; an ellipsis is a cut."""
    before = after = ""
    if end - start > most:
        first, last = (bold[0][0], bold[-1][1]) if bold else (start, start)
        room = max(0, most - (last - first))
        if first - start > room // 2:
            start = _word_after(body, first - room // 2, first)
            before = "… "
        if end - max(first, start) > most - (first - start):
            end = _word_before(body, start + most, start)
            after = " …"
    parts = [Part(before, False)]
    at = start
    for left, right in bold:
        if right > end:
            break
        parts += [Part(_flat(body[at:left]), False), Part(_flat(body[left:right]), True)]
        at = right
    parts.append(Part(_flat(body[at:end]) + after, False))
    return tuple(part for part in parts if part.text)


def _flat(text: str) -> str:
    return text.replace("\n", " ")


def _word_after(text: str, at: int, limit: int) -> int:
    space = text.find(" ", at, limit)
    return at if space < 0 else space + 1


def _word_before(text: str, at: int, limit: int) -> int:
    space = text.rfind(" ", limit, at)
    return at if space <= limit else space


def _who(piece: Evidence) -> str:
    """A name that is sure (see ``reasons.source_name``), or *one source*; empty for the author."""
    if piece.voice == "author":
        return ""
    source = shortened(piece.source, 70) if piece.source else ""
    if source.startswith(("The ", "A ", "An ")):
        source = source[0].lower() + source[1:]
    return source or "one source"


def evidence_anchor(number: int, index: int) -> str:
    """The anchor of piece ``index`` of the evidence of entry ``number``."""
    return f"evidence-{number}-{index}"


_MOST_BODY = 100_000  # characters of the body that a report shows; a long feature has a third of that


def shown_end(body: str) -> int:
    """Where the shown body ends: at the end of a paragraph, if one ends near the limit."""
    if len(body) <= _MOST_BODY:
        return len(body)
    newline = body.rfind("\n", _MOST_BODY * 9 // 10, _MOST_BODY)
    return newline if newline >= 0 else _MOST_BODY
