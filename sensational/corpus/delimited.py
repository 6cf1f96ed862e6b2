"""CSV and TSV to rows, so that a broken row costs itself and no other.

Python's ``csv`` reads a quotation mark that is never closed to the end of the file. So the rows are
split here: where one is broken, reading goes on at the next line that begins a whole row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sensational.corpus.errors import CorpusError
from sensational.corpus.opened import LARGEST_ROW, Line, Lines
from sensational.corpus.rows import Broken, counted, excerpt

DELIMITERS = ",;\t|"
# Lines of one row: no article has so many, and each costs memory until its row ends.
MOST_LINES = 200_000
# A row is given up at so many fields beyond those of the header. It bounds the work on a file in which
# every line opens a quotation.
_MOST_OVER = 64


@dataclass(slots=True)
class _Split:
    """One row: its fields and lines, and what is wrong with it."""

    fields: list[str]
    lines: list[Line]
    cause: str | None = None


class Delimited:
    """The rows of a CSV or TSV file.

    Args:
        lines: of the file.
        name: of the file, for errors.
        delimiter: between fields; None to take the one that the header has most.
        quotes: whether a field may stand in quotation marks; if not, they are characters as others.

    Attributes:
        names: of the columns; one that is empty or there twice is given a name of its own.

    Raises:
        CorpusError: there is no usable header.
    """

    def __init__(self, lines: Lines, name: str, delimiter: str | None = None, quotes: bool = True) -> None:
        self._lines = lines
        self._quotes = quotes
        first = lines.next()
        while first is not None and not first.text.strip() and not first.cause:
            first = lines.next()
        if first is None:
            raise CorpusError(f"{name}: it is empty; give a table with a header")
        self.delimiter = delimiter or max(DELIMITERS, key=lambda one: (first.text.count(one), one == ","))
        lines.put_back([first])
        header = self._split(10_000)
        if header is not None:
            header.cause = next((line.cause for line in header.lines if line.cause), header.cause)
        if header is None or header.cause or any("\r" in field for field in header.fields):
            why = "its lines end in carriage returns alone" if "\r" in first.text[:-2] else "it is broken"
            cause = header.cause if header and header.cause else why
            raise CorpusError(f"{name}: the header cannot be read ({cause}); mend its first line")
        self.names = _distinct(header.fields)

    def __iter__(self) -> Iterator[dict[str, str] | Broken]:
        width = len(self.names)
        while (found := self._split(width)) is not None:
            if found.cause is not None and len(found.lines) > 1:
                self._resume(found, width)
            cause = next((line.cause for line in found.lines if line.cause), found.cause)
            if found.fields == [""] and cause is None:
                continue  # a blank line
            if cause is None and len(found.fields) != width:
                cause = f"{counted(len(found.fields), 'field')} where the header has {width}"
            if cause is None:
                yield dict(zip(self.names, found.fields, strict=True))
            else:
                begin = found.lines[0]
                yield Broken(cause, excerpt(begin.text), begin.number)

    def _split(self, width: int) -> _Split | None:
        """The next row, as far as its quotation marks lead; None at the end."""
        line = self._lines.next()
        if line is None:
            return None
        row = _Split([], [line])
        text, at, size = line.text, 0, len(line.text)
        while True:
            if self._quotes and text.startswith('"', at):
                pieces, at = [], at + 1
                while (end := _closing(text, at)) < 0:
                    pieces.append(text[at:])
                    more = None
                    if size < LARGEST_ROW and len(row.lines) < MOST_LINES:
                        more = self._lines.next()
                    if more is None:
                        row.cause = "a quotation mark is opened and not closed"
                        return row
                    row.lines.append(more)
                    text, at, size = more.text, 0, size + len(more.text)
                pieces.append(text[at:end])
                row.fields.append("".join(pieces).replace('""', '"'))
                at = end + 1
                if not text.startswith(self.delimiter, at):
                    if text[at : at + 3].strip("\r\n"):
                        row.cause = "text stands between a closing quotation mark and the end of its field"
                    return row
            else:
                end = text.find(self.delimiter, at)
                row.fields.append(text[at:end] if end >= 0 else text[at:].rstrip("\r\n"))
                at = end
            if at < 0:
                return row
            at += 1
            if len(row.fields) > width + _MOST_OVER:
                row.cause = f"more than {width + _MOST_OVER} fields where the header has {width}"
                return row

    def _resume(self, broken: _Split, width: int) -> None:
        """Goes back to the first line after the broken row's first that begins a whole row.

        What lies before it is the broken row. A line begins a row if it splits into as many fields as the
        header has, and none of them begins with a space, as the parts of a sentence with commas do.
        """
        passed = broken.lines[:1]
        waiting = broken.lines[1:]
        last = waiting[-1].number
        self._lines.put_back(waiting)
        while (row := self._split(width)) is not None:
            self._lines.put_back(row.lines)
            whole = row.cause is None and len(row.fields) == width
            if (whole and not any(one.startswith(" ") for one in row.fields)) or row.lines[0].number > last:
                break
            line = self._lines.next()
            if line is not None:
                passed.append(line)
        broken.lines = passed


def _closing(text: str, at: int) -> int:
    """Where the next quotation mark stands that is not doubled; -1 if there is none."""
    while (end := text.find('"', at)) >= 0 and text.startswith('"', end + 1):
        at = end + 2
    return end


def _distinct(names: list[str]) -> list[str]:
    given: list[str] = []
    for place, name in enumerate(names, 1):
        name = wanted = name.strip() or f"column_{place}"
        count = 1
        while name in given:
            count += 1
            name = f"{wanted}_{count}"
        given.append(name)
    return given
