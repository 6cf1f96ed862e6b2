"""Spans over a text, cut into runs that never overlap, whatever the spans do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]`` belongs to term ``term``; ``id`` is its anchor."""

    start: int
    end: int
    term: int
    id: str


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text under the same terms.

    ``opens`` are the anchors of the spans that begin here, ``closes`` the terms whose mark ends here
    (a mark that goes on under another span of the same term has not ended).
    """

    text: str
    terms: tuple[int, ...]
    opens: tuple[str, ...]
    closes: tuple[int, ...]


def paragraphs(text: str, spans: Iterable[Span]) -> tuple[tuple[Run, ...], ...]:
    """The non-blank lines of ``text``, each as runs; spans may overlap, nest, repeat or cross lines.

    Spans that do not lie within the text, or hold nothing but white space, are left out. The runs of
    a line joined give that line. Linear in the length of the text, n log n in the number of spans.
    """
    kept = sorted(
        (trimmed for span in spans if (trimmed := _trimmed(text, span))),
        key=lambda s: (s.start, s.end, s.term, s.id),
    )
    points = sorted({point for span in kept for point in (span.start, span.end)})
    found: list[tuple[Run, ...]] = []
    active: list[Span] = []
    waiting = point = start = 0
    for line in text.split("\n"):
        end = start + len(line)
        bounds = [start]
        while point < len(points) and points[point] <= end:
            if start < points[point] < end:
                bounds.append(points[point])
            point += 1
        bounds.append(end)
        runs: list[Run] = []
        for left, right in pairwise(bounds):
            active = [span for span in active if span.end > left]
            opened = []
            while waiting < len(kept) and kept[waiting].start <= left:
                opened.append(kept[waiting])
                waiting += 1
            active += opened
            after = [span.term for span in active if span.end > right]
            following = waiting
            while following < len(kept) and kept[following].start == right:
                after.append(kept[following].term)
                following += 1
            terms = tuple(sorted({span.term for span in active}))
            closes = tuple(term for term in terms if term not in after)
            runs.append(Run(text[left:right], terms, tuple(span.id for span in opened), closes))
        if line.strip():
            found.append(tuple(runs))
        start = end + 1
    return tuple(found)


def _trimmed(text: str, span: Span) -> Span | None:
    if not 0 <= span.start < span.end <= len(text):
        return None
    piece = text[span.start : span.end]
    start = span.start + len(piece) - len(piece.lstrip())
    end = span.start + len(piece.rstrip())
    return Span(start, end, span.term, span.id) if start < end else None
