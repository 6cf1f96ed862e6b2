"""JSON Lines to rows: one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sensational.corpus.errors import CorpusError
from sensational.corpus.opened import Line, Lines
from sensational.corpus.rows import Broken, excerpt

# Rows that are looked at to learn what columns there are, and how many characters of them.
_SAMPLE = 1_000
_SAMPLE_CHARACTERS = 8_000_000


class JsonLines:
    """The rows of a JSON Lines file.

    Attributes:
        names: the keys of its first thousand rows, in the order in which they come up.

    Raises:
        CorpusError: it is empty, or one JSON array.
    """

    def __init__(self, lines: Lines, name: str) -> None:
        self._lines = lines
        seen: list[Line] = []
        size = 0
        while len(seen) < _SAMPLE and size < _SAMPLE_CHARACTERS and (line := lines.next()) is not None:
            seen.append(line)
            size += len(line.text)
        lines.put_back(seen)
        begin = next((line.text.lstrip() for line in seen if line.text.strip()), "")
        if not begin and not any(line.cause for line in seen):
            raise CorpusError(f"{name}: it is empty; give a file with one JSON object a line")
        if begin.startswith("["):
            raise CorpusError(
                f"{name}: it is one JSON array; write one object a line (JSON Lines), as `jq -c '.[]'` does"
            )
        rows = [_object(line) for line in seen if line.cause or line.text.strip()]
        self.names = list(dict.fromkeys(key for row in rows if isinstance(row, dict) for key in row))
        if not self.names and rows:
            why = rows[0].cause if isinstance(rows[0], Broken) else "they are empty"
            raise CorpusError(
                f"{name}: none of its first lines is a JSON object with fields ({why}); mend it"
            )

    def __iter__(self) -> Iterator[dict[str, Any] | Broken]:
        while (line := self._lines.next()) is not None:
            if line.cause or line.text.strip():
                yield _object(line)


def _object(line: Line) -> dict[str, Any] | Broken:
    cause = line.cause
    if cause is None:
        try:
            found = json.loads(line.text, parse_constant=lambda _: None)  # NaN and Infinity are no JSON
            if isinstance(found, dict):
                return found
            cause = "the line is JSON, but no object"
        except (ValueError, RecursionError) as problem:
            said = "it is nested too deeply" if isinstance(problem, RecursionError) else str(problem)
            cause = f"the line is no JSON: {excerpt(said)}"
    return Broken(cause, excerpt(line.text), line.number)
