"""Outlet, date and address, where a text plainly gives them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sensational.article import Clutter

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)")
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? {_MONTH},? (\d{{4}})\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b", re.IGNORECASE)
# Pages that know no date say 0001-01-01 or 1970-01-01; the first newspaper is of 1605.
_FIRST_YEAR = 1605
_ADDRESS = re.compile(r"https?://[^\s<>\"]{3,300}")
_SOURCE = re.compile(r"sources?: ?(?!read |view |http|www)([A-Z][\w’'&. -]{2,40})$", re.IGNORECASE)
# LONDON (Reuters) - ...
_AGENCY = re.compile(
    r"[A-Z][\w .,’'/-]{1,60} ?\((Reuters|AP|AFP|UPI|Bloomberg|CNN|PTI|ANI|Xinhua)\) ?[-–—]{1,2}"
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article comes from, as far as it is known; ``date`` is ISO 8601, the day only."""

    outlet: str | None = None
    date: str | None = None
    address: str | None = None


def find_origin(clutter: Sequence[Clutter], story: Sequence[str]) -> Origin:
    """What the lines set aside, and the dateline of the first paragraph, tell of an article's origin."""
    outlet = date = address = None
    for item in clutter:
        if item.why == "date line":
            date = date or iso_date(item.text)
        elif item.why == "outlet":
            outlet = outlet or item.text
        elif item.why == "source line":
            match = _SOURCE.match(item.text)
            outlet = outlet or (match.group(1).strip() if match else None)
        if item.why in ("source line", "web address"):
            found = _ADDRESS.search(item.text)
            address = address or (found.group(0) if found else None)
    if outlet is None and story:
        match = _AGENCY.match(story[0][:200])
        outlet = match.group(1) if match else None
    return Origin(outlet, date, address)


def iso_date(text: str) -> str | None:
    """The first date in ``text`` as ``YYYY-MM-DD``: ISO, or day, month by name and year in either order.

    Dates in digits only (3/4/2020) are not read, since their order differs from country to country.
    """
    if match := _ISO.search(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY_FIRST.search(text):
        day, month, year = int(match[1]), _MONTHS.index(match[2].lower()) + 1, int(match[3])
    elif match := _MONTH_FIRST.search(text):
        month, day, year = _MONTHS.index(match[1].lower()) + 1, int(match[2]), int(match[3])
    else:
        return None
    if not (1 <= month <= 12 and 1 <= day <= 31 and year >= _FIRST_YEAR):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"
