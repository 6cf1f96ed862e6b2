"""JSON Lines to rows: one object per line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any

from sensational.corpus.errors import CorpusError
from sensational.corpus.opened import LARGEST_ROW, Text
from sensational.corpus.rows import Broken, excerpt

# Rows that are looked at to learn what columns there are, and how many characters of them.
_SAMPLE = 1_000
_SAMPLE_CHARACTERS = 8_000_000

Found = dict[str, Any] | Broken


class JsonLines:
    """The rows of a JSON Lines file.

    Attributes:
        names: the keys of its first thousand rows, in the order in which they come up.

    Raises:
        CorpusError: it is empty, one JSON array, or holds no objects.
    """

    def __init__(self, text: Text, name: str) -> None:
        self._text = text
        self._lines = _lines(text)
        self._seen: list[Found] = []
        size = 0
        for number, line in self._lines:
            if isinstance(line, str) and not self._seen and line.lstrip().startswith("["):
                raise CorpusError(
                    f"{name}: it is one JSON array; write one object per line (JSON Lines), as "
                    "`jq -c '.[]'` does"
                )
            self._seen.append(self._row(number, line))
            size += len(line) if isinstance(line, str) else 0
            if len(self._seen) >= _SAMPLE or size >= _SAMPLE_CHARACTERS:
                break
        if not self._seen:
            raise CorpusError(f"{name}: it is empty; give a file with one JSON object per line")
        self.names = list(dict.fromkeys(key for row in self._seen if isinstance(row, dict) for key in row))
        if not self.names:
            why = self._seen[0].cause if isinstance(self._seen[0], Broken) else "they are empty"
            raise CorpusError(
                f"{name}: none of its first lines is a JSON object with fields ({why}); mend it"
            )

    def __iter__(self) -> Iterator[Found]:
        seen, self._seen = self._seen, []
        return chain(seen, (self._row(number, line) for number, line in self._lines))

    def _row(self, number: int, line: str | Broken) -> Found:
        if isinstance(line, Broken):
            return line
        cause = self._text.misfit(line)
        if cause is None:
            try:
                found = json.loads(line, parse_constant=lambda _: None)  # NaN and Infinity are no JSON
                if isinstance(found, dict):
                    return found
                cause = "the line is JSON but not an object"
            except (ValueError, RecursionError) as problem:
                said = "it is nested too deeply" if isinstance(problem, RecursionError) else str(problem)
                cause = f"the line is not JSON: {excerpt(said)}"
        return Broken(cause, excerpt(line), number)


def _lines(text: Text) -> Iterator[tuple[int, str | Broken]]:
    """The lines that are not blank, with their numbers; one that is too long, and damage, as broken."""
    at, number = 0, 1
    while True:
        end = text.window.find("\n", at)
        if end < 0 and not text.ended and len(text.window) - at <= LARGEST_ROW:
            text.more(at)
            at = 0
            continue
        if end < 0 and not text.ended:
            begin = excerpt(text.window[at : at + 1000])
            while end < 0 and not text.ended:
                text.more(len(text.window))
                end = text.window.find("\n")
            yield number, Broken(f"the line is longer than {LARGEST_ROW:,} characters", begin, number)
        elif text.damage is not None and end < 0:
            yield number, Broken(text.damage, excerpt(text.window[at : at + 1000]), number)
        else:
            line = text.window[at : len(text.window) if end < 0 else end]
            if line.strip():
                yield number, line
        if end < 0:
            return
        at, number = end + 1, number + 1
