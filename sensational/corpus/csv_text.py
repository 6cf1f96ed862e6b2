"""Small tables as CSV text, for people who open them in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from sensational.corpus.cells import protected
from sensational.report.safe import visible


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV, a newline at the end of each row; None and NaN are empty cells."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow([_cell(name) for name in header])
    for row in rows:
        table.writerow([_cell(value) for value in row])
    return written.getvalue()


def _cell(value: object) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.10g}"
    return protected(visible(str(value)))
