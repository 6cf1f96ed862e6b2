"""CSV cells that no spreadsheet runs as a formula.

A text cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return, after any number of
apostrophes, gets one apostrophe in front, unless it is a plain number. :func:`unprotected` takes it away,
so that every cell comes back as it was.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_PROTECTED = re.compile(r"'+[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,3})?")


def protected(text: str) -> str:
    """The cell as it is written."""
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def unprotected(cell: str) -> str:
    """The text of a cell that :func:`protected` wrote."""
    return cell[1:] if _PROTECTED.match(cell) else cell
