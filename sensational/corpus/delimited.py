"""CSV and TSV to rows, so that a broken row costs itself and no other.

Python's ``csv`` reads a quotation mark that is never closed to the end of the file. So the rows are
split here: where one is broken, reading goes on at the next line that begins a whole row.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sensational.corpus.errors import CorpusError
from sensational.corpus.opened import LARGEST_ROW, Text
from sensational.corpus.rows import Broken, counted, excerpt

DELIMITERS = ",;\t|"
# A row is given up at so many fields beyond those of the header. It bounds the work on a file in which
# every line opens a quotation.
_MOST_OVER = 64
_UNCLOSED = "a quotation mark is opened and not closed"


class _Split(NamedTuple):
    """A row: its fields, where the window goes on behind it, and what is wrong with it."""

    fields: list[str]
    end: int
    cause: str | None = None


class Delimited:
    """The rows of a CSV or TSV file.

    Args:
        text: of the file.
        name: of the file, for errors.
        delimiter: between fields; None to take the one that the header has most.
        quotes: whether a field may stand in quotation marks; if not, they are characters as others.

    Attributes:
        names: of the columns; one that is empty or there twice is given a name of its own.

    Raises:
        CorpusError: there is no usable header.
    """

    def __init__(self, text: Text, name: str, delimiter: str | None = None, quotes: bool = True) -> None:
        self._text = text
        self._quotes = quotes
        self._at = 0  # where the row begins in the window
        self._line = 1
        text.more(0)
        self._pass_blank_lines()
        first = text.window[self._at :].partition("\n")[0]
        if not first and text.damage is None:
            raise CorpusError(f"{name}: it is empty; give a table with a header")
        self.delimiter = delimiter or max(DELIMITERS, key=lambda one: (first.count(one), one == ","))
        header = self._split(0, 10_000)
        cause = text.damage if text.ended and not first else header.cause
        cause = cause or next((why for field in header.fields if (why := text.misfit(field))), None)
        if cause is None and any("\r" in field for field in header.fields):
            cause = "its lines end in carriage returns alone"
        if cause is not None:
            raise CorpusError(f"{name}: the header cannot be read ({cause}); mend its first line")
        self.names = _distinct(header.fields)
        self._pass(header.end)

    def __iter__(self) -> Iterator[dict[str, str] | Broken]:
        width = len(self.names)
        text = self._text
        while self._at < len(text.window) or not text.ended:
            row = self._split(0, width)
            if row.cause is not None:
                row = self._resumed(row, width)
            fields, end, cause = row
            if text.damage is not None and end >= len(text.window) and (cause or text.window[-1] != "\n"):
                break  # the row that the damage cut off
            if cause is None and fields != [""]:  # a blank line is no row
                if len(fields) != width:
                    cause = f"{counted(len(fields), 'field')} where the header has {width}"
                else:
                    cause = next((why for field in fields if (why := text.misfit(field))), None)
                if cause is None:
                    yield dict(zip(self.names, fields, strict=True))
            if cause is not None:
                yield Broken(cause, self._excerpt(), self._line)
            self._pass(end)
        if text.damage is not None:
            yield Broken(text.damage, self._excerpt(), self._line)

    def _pass(self, end: int) -> None:
        self._line += self._text.window.count("\n", self._at, end)
        self._at = end

    def _pass_blank_lines(self) -> None:
        while self._text.window.startswith(("\n", "\r\n"), self._at):
            self._pass(self._text.window.index("\n", self._at) + 1)

    def _excerpt(self) -> str:
        return excerpt(self._text.window[self._at : self._at + 1000])

    def _split(self, offset: int, width: int) -> _Split:
        """The row that begins so many characters behind the current one; the window grows until it fits."""
        while True:
            row = self._parsed(self._at + offset, width)
            if row is not None:
                return row
            text = self._text
            if len(text.window) - self._at - offset > LARGEST_ROW:
                return self._too_long(offset)
            text.more(self._at)
            self._at = 0

    def _parsed(self, start: int, width: int) -> _Split | None:
        """The row that begins at ``start``; None where the window is too short for it."""
        window, ended, delimiter = self._text.window, self._text.ended, self.delimiter
        fields: list[str] = []
        at = start
        newline = window.find("\n", at)
        while True:
            if self._quotes and window.startswith('"', at):
                begin, at, doubled = at + 1, at + 1, False
                while (end := window.find('"', at)) >= 0 and window.startswith('"', end + 1):
                    at, doubled = end + 2, True
                if end < 0:
                    return _Split(fields, len(window), _UNCLOSED) if ended else None
                if end + 2 >= len(window) and not ended:
                    return None  # a second mark, or the second half of a line's end, may follow
                field = window[begin:end]
                fields.append(field.replace('""', '"') if doubled else field)
                at = end + 1
                if newline < at:
                    newline = window.find("\n", at)
                if not window.startswith(delimiter, at):
                    stop = len(window) if newline < 0 else newline + 1
                    if at == len(window) or window.startswith(("\n", "\r\n"), at) or window[at:] == "\r":
                        return _Split(fields, stop)
                    if newline < 0 and not ended:
                        return None
                    why = "text stands between a closing quotation mark and the end of its field"
                    return _Split(fields, stop, why)
            else:
                if newline < 0 and not ended:
                    return None
                last = len(window) if newline < 0 else newline
                end = window.find(delimiter, at, last)
                if end < 0:
                    fields.append(window[at:last].rstrip("\r"))
                    return _Split(fields, min(last + 1, len(window)))
                fields.append(window[at:end])
                at = end
            at += 1
            if len(fields) > width + _MOST_OVER:
                if newline < 0 and not ended:
                    return None
                why = f"more than {width + _MOST_OVER} fields where the header has {width}"
                return _Split(fields, len(window) if newline < 0 else newline + 1, why)

    def _too_long(self, offset: int) -> _Split:
        """A row that does not fit: one endless line, which is passed, or a quotation without end."""
        text = self._text
        if text.window.find("\n", self._at + offset) >= 0:
            return _Split([], len(text.window), _UNCLOSED)
        if offset == 0:
            end = -1
            while end < 0 and not text.ended:
                text.more(len(text.window) - 1000)  # some of it is kept, to say how it went on
                self._at = 0
                end = text.window.find("\n")
            stop = len(text.window) if end < 0 else end + 1
            return _Split([], stop, f"the line is longer than {LARGEST_ROW:,} characters")
        return _Split([], len(text.window), _UNCLOSED)

    def _resumed(self, broken: _Split, width: int) -> _Split:
        """The broken row, ending before the first line after its own that begins a whole row.

        A line begins a row if it splits into as many fields as the header has, and none of them begins
        with a space, as the parts of a sentence with commas do.
        """
        length = broken.end - self._at
        offset = 0
        while True:
            line = self._text.window.find("\n", self._at + offset, self._at + length)
            if line < 0:
                return broken._replace(end=self._at + length)
            offset = line + 1 - self._at
            if offset >= length:
                return broken._replace(end=self._at + length)
            row = self._split(offset, width)
            if (
                row.cause is None
                and len(row.fields) == width
                and not any(f.startswith(" ") for f in row.fields)
            ):
                return broken._replace(end=self._at + offset)


def _distinct(names: list[str]) -> list[str]:
    given: dict[str, None] = {}
    last: dict[str, int] = {}  # number of each name, so that ten thousand alike are not tried one by one
    for place, name in enumerate(names, 1):
        name = wanted = name.strip() or f"column_{place}"
        while name in given:
            last[wanted] = last.get(wanted, 1) + 1
            name = f"{wanted}_{last[wanted]}"
        given[name] = None
    return list(given)
