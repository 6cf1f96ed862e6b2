"""Where sentences begin and end."""

from __future__ import annotations

import re

_LINE = re.compile(r"[^\n]+")
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)")


def split_sentences(text: str) -> list[tuple[int, int, int]]:
    """Sentences of ``text`` as (start, end, paragraph), in order, trimmed of white space.

    A newline always ends a sentence; ``paragraph`` counts the non-blank lines from 0.
    """
    found: list[tuple[int, int, int]] = []
    for paragraph, line in enumerate(_LINE.finditer(text)):
        start, stop = line.span()
        for end in [m.end() + 0 for m in _END.finditer(text, start, stop)] + [stop]:
            piece = text[start:end]
            stripped = piece.strip()
            if stripped:
                first = start + len(piece) - len(piece.lstrip())
                found.append((first, first + len(stripped), paragraph))
            start = end
    return found
