"""Cells of a table that a spreadsheet will open: nothing in them is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from sensational.report.safe import visible

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(value: object) -> str:
    """A value as the text of a cell.

    Text that a spreadsheet would read as a formula gets an apostrophe in front (OWASP, CSV injection);
    control characters become visible; numbers are never touched; None and NaN are an empty cell.
    """
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return f"{value:.10g}"
    text = visible(str(value))
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV after RFC 4180, with a newline at the end of each row."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow([cell(name) for name in header])
    for row in rows:
        table.writerow([cell(value) for value in row])
    return written.getvalue()
