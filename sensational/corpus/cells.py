"""CSV cells that no spreadsheet runs as a formula.

A text cell gets one apostrophe in front if, after any number of apostrophes, it begins with a tab or the end
of a line, or with one of ``= + - @ | %`` (or a full-width form of the first four), with or without spaces or
control characters before it; unless it is a plain number. :func:`unprotected` takes the apostrophe away, so
that every cell comes back as it was.
"""

from __future__ import annotations

import re

# OWASP, "CSV injection". Spaces and control characters are passed over, because some programs trim them.
_BEGINS = r"(?:[\t\r\n]|[\s\x00-\x1f\x7f-\x9f\ufeff]*[=+\-@|%＝＋－＠])"
_FORMULA = re.compile("'*" + _BEGINS)
_PROTECTED = re.compile("'+" + _BEGINS)
_NUMBER = re.compile(r"[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,3})?", re.ASCII)


def protected(text: str) -> str:
    """The cell as it is written."""
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def unprotected(cell: str) -> str:
    """The text of a cell that :func:`protected` wrote."""
    return cell[1:] if _PROTECTED.match(cell) else cell
