"""What the body says: excerpts around the evidence of a term, and in whose voice."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from sensational.analysis import Evidence, Term
from sensational.language.document import TOKEN
from sensational.language.stems import stem
from sensational.report.safe import shortened

_QUOTE = 230  # characters of the body that one excerpt shows
_MOST_QUOTES = 2  # excerpts of a loaded term; a plain one shows one
_DECIDING = 8  # a longer piece of evidence is not set bold as a whole


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an excerpt; ``bold`` where it decides."""

    text: str
    bold: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """An excerpt of the body.

    ``who`` says in whose voice it is, empty for the author's; ``anchor`` leads to its place in the shown
    body, empty where that is cut before it; ``start`` is where its first evidence begins in the body.
    """

    parts: tuple[Part, ...]
    who: str
    anchor: str
    marked: bool
    """True where the excerpt needs quotation marks of ours, having none of its own."""
    start: int = 0


def quotes_of(
    number: int, term: Term, body: str, sentences: Sequence[tuple[int, int]]
) -> tuple[tuple[Quote, ...], int]:
    """Excerpts of the body, one a sentence, in order of the evidence; and how many are left out."""
    by_sentence: dict[tuple[int, int], list[tuple[int, Evidence]]] = {}
    for index, piece in enumerate(term.evidence, start=1):
        if fits(piece, body):
            by_sentence.setdefault(_around(piece, sentences), []).append((index, piece))
    quotes = []
    for (start, end), found in list(by_sentence.items())[: _MOST_QUOTES if term.loaded else 1]:
        bold = [span for _, piece in found for span in _deciding(piece, term)]
        parts = _excerpt(body, start, end, bold or [(p.start, p.end) for _, p in found], bool(bold))
        plain = "".join(part.text for part in parts)
        quotes.append(
            Quote(
                parts=parts,
                who=_voices([piece for _, piece in found]),
                anchor=evidence_anchor(number, found[0][0]) if found[0][1].end <= shown_end(body) else "",
                marked=not any(mark in plain for mark in '“”"'),
                start=found[0][1].start,
            )
        )
    return tuple(quotes), len(by_sentence) - len(quotes)


def fits(piece: Evidence, body: str) -> bool:
    """Whether the offsets of a piece of evidence slice to its text; what does not fit is not shown."""
    return 0 <= piece.start < piece.end <= len(body) and body[piece.start : piece.end] == piece.text


def _around(piece: Evidence, sentences: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """From the beginning of the sentence that the evidence starts in to the end of the one it ends in."""
    first = bisect_right(sentences, (piece.start, float("inf"))) - 1
    last = bisect_right(sentences, (piece.end - 1, float("inf"))) - 1
    start = min(sentences[first][0], piece.start) if first >= 0 else piece.start
    end = max(sentences[last][1], piece.end) if last >= 0 else piece.end
    return start, end


def _deciding(piece: Evidence, term: Term) -> list[tuple[int, int]]:
    """The words to set bold: the evidence itself if it is short, else its words akin to the term's."""
    words = [match.span() for match in TOKEN.finditer(piece.text)]
    if len(words) <= _DECIDING:
        return [(piece.start, piece.end)]
    wanted = {stem(match.group().lower()) for match in TOKEN.finditer(term.text) if len(match.group()) > 3}
    return [
        (piece.start + start, piece.start + end)
        for start, end in words
        if stem(piece.text[start:end].lower()) in wanted
    ]


def _excerpt(
    body: str, start: int, end: int, focus: Sequence[tuple[int, int]], bold: bool
) -> tuple[Part, ...]:
    """``body[start:end]`` cut to size around ``focus``, in parts; cuts are shown by an ellipsis."""
    first, last = min(left for left, _ in focus), max(right for _, right in focus)
    before = after = ""
    if end - start > _QUOTE:
        room = max(0, _QUOTE - (last - first))
        if first - start > room // 2:
            start = _word_after(body, first - room // 2, first)
            before = "… "
        if end - max(first, start) > _QUOTE - (first - start):
            end = _word_before(body, start + _QUOTE, start)
            after = " …"
    parts = [Part(before, False)] if before else []
    at = start
    for left, right in _merged(focus) if bold else []:
        left, right = max(left, at), min(right, end)
        if left >= right:
            continue
        if left > at:
            parts.append(Part(_flat(body[at:left]), False))
        parts.append(Part(_flat(body[left:right]), True))
        at = right
    parts.append(Part(_flat(body[at:end]) + after, False))
    return tuple(part for part in parts if part.text)


def _flat(text: str) -> str:
    return text.replace("\n", " ")


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _word_after(text: str, at: int, limit: int) -> int:
    space = text.find(" ", at, limit)
    return at if space < 0 else space + 1


def _word_before(text: str, at: int, limit: int) -> int:
    space = text.rfind(" ", limit, at)
    return at if space <= limit else space


def _voices(pieces: Sequence[Evidence]) -> str:
    """In whose voice the pieces are said, and whether as a denial or with a hedge; empty for the author's."""
    voices = "; ".join(dict.fromkeys(who for piece in pieces if (who := _who(piece))))
    tones = [
        tone
        for tone, holds in (
            ("denied", any(piece.denied for piece in pieces)),
            ("hedged", any(piece.hedged for piece in pieces)),
        )
        if holds
    ]
    return " ".join(part for part in (voices, f"({', '.join(tones)})" if tones else "") if part)


def _who(piece: Evidence) -> str:
    source = shortened(piece.source, 70) if piece.source else ""
    if source.startswith(("The ", "A ", "An ")):
        source = source[0].lower() + source[1:]
    if piece.voice == "named":
        return source or "a named source"
    if piece.voice == "unnamed":
        if "unnamed" in source or "anonymous" in source:
            return source
        return f"{source}, not named" if source else "a source that is not named"
    if piece.voice == "outlet":
        return f"{source}, another outlet" if source else "another outlet"
    if piece.voice == "document":
        return source or "a document"
    return ""


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
