"""The headline of a web page, from its headings and from what it says of itself.

An ``h1`` that the page's own titles bear out is what readers see, and is kept whole. A page whose ``h1`` is
the name of the site, a date or a section has its headline in og:title, else in its JSON-LD. Titles carry
" | Section - Outlet" at their end, which is no part of the headline; but a dash or a bar may be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sensational.reading.clutter import is_label
from sensational.reading.stated import Statement, meta, outlet, sections, stated_text

_LONGEST = 400  # characters of a heading
_LONGEST_TITLE = 1000
_MOST_HEADINGS = 50
# An h1 of so few words may be the name of a section: it is a headline only if a title says the same.
_WORDS_IN_LABEL = 3
# What is left of a title when its end is cut off has at least so many words.
_FEWEST_WORDS = 3
_BARS = (" | ", " • ", " · ", " » ")
_DASHES = (" - ", " – ", " — ", " :: ")
_BREAKS = ("br", "p", "div", "li")
_SMALL = frozenset("the of and for in on a &".split())
# Words more than the outlet's name that an end of a title may have: "CNN" and "CNN World News".
_WORDS_BESIDE_OUTLET = 3
_NEWSPAPER = re.compile(
    r"\b(?:news|times|post|herald|journal|gazette|tribune|telegraph|guardian|mail|cnn|bbc|reuters|npr|\w{1,30}\.com)$",
    re.IGNORECASE,
)
_DATE_WORD = re.compile(
    r"\d{1,4}(?:st|nd|rd|th|am|pm)?|am|pm|gmt|bst|utc|at|on|updated|published|posted|today"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|tember|ember|ober)?",
    re.IGNORECASE,
)


def find_headline(tree: Any, statements: list[Statement]) -> str:
    """The headline of a page; empty if there is none.

    The ``h1`` that the titles bear out; else og:title, the headline of the JSON-LD, twitter:title, the title,
    and at last any ``h1``.

    Args:
        tree: the page, as lxml parsed it.
        statements: its JSON-LD.
    """
    site = outlet(tree, statements) or ""
    names = {key(site), *map(key, sections(tree, statements))}
    element = next(tree.iter("title"), None)
    title = "" if element is None else _line((element.text or "")[:_LONGEST_TITLE])
    shared, posted = meta(tree, "og:title")[:_LONGEST_TITLE], meta(tree, "twitter:title")[:_LONGEST_TITLE]
    headings = [_without_outlet(heading_text(one), site) for one in tree.iter("h1")]
    headings = [one for one in headings if one and len(one) <= _LONGEST][:_MOST_HEADINGS]
    stated = _without_names(_stated(statements, [shared, title, *headings]), site)
    given = (shared, stated, posted, title)
    titles = [_without_names(one, site, stated) for one in given if one]
    good_titles, good_headings = (
        [one for one in some if key(one) not in names and not _is_date(one)] for some in (titles, headings)
    )
    seen = _borne_out(good_headings, good_titles)
    return next(filter(None, (seen, *good_titles, *good_headings, *titles, *headings)), "")


def heading_text(heading: Any) -> str:
    """The text of a heading, where a line ends as a space, not as nothing."""
    parts = []
    for text in heading.xpath(".//text()"):
        if text.getparent().tag in _BREAKS:
            parts.append(" ")
        parts.append(text)
    return _line("".join(parts))


def key(line: str) -> str:
    """A line by its letters and digits alone, in which two renderings of it are the same."""
    return "".join(character for character in line.casefold() if character.isalnum())


def words(text: str) -> list[str]:
    """The words of a text in lower case."""
    return re.findall(r"\w+", text.casefold())


def alike(one: str, other: str) -> bool:
    """Whether two lines share half of the words of the one that has fewer."""
    some, others = set(words(one)), set(words(other))
    return bool(some and others) and len(some & others) >= 0.5 * min(len(some), len(others))


def _line(text: str) -> str:
    return " ".join(text.split())


def _stated(statements: list[Statement], others: Sequence[str]) -> str:
    """The headline of the JSON-LD: of several, one that something else on the page says too."""
    found = [_line(stated_text(one, "headline")[:_LONGEST_TITLE]) for one in statements]
    found = [one for one in found if one]
    return next((one for one in found if any(alike(one, other) for other in others)), (*found, "")[0])


def _borne_out(headings: Sequence[str], titles: Sequence[str]) -> str:
    """The heading of which most words stand in the titles, or that has a whole title in it; empty if none."""
    known = {word for one in titles for word in words(one)}
    keys = set(map(key, titles))
    long_titles = [set(words(one)) for one in titles if len(words(one)) > _WORDS_IN_LABEL]
    found: list[tuple[float, str]] = []
    for one in headings:
        own = set(words(one))
        share = len(known & own) / (len(own) or 1)
        long = len(words(one)) > _WORDS_IN_LABEL
        if key(one) in keys or (long and (share >= 0.5 or any(title <= own for title in long_titles))):
            found.append((round(share, 1), one))
    return max(found, key=lambda pair: (pair[0], len(pair[1])))[1] if found else ""


def _is_date(text: str) -> bool:
    return all(map(_DATE_WORD.fullmatch, words(text)))


def _without_outlet(heading: str, site: str) -> str:
    """A heading without the name of the site at its end; any other end belongs to it."""
    head, _, last = _last_part(heading)
    return head if last and key(last) == key(site) and len(words(head)) >= _FEWEST_WORDS else heading


def _without_names(title: str, site: str, stated: str | None = None) -> str:
    """A title without " - Outlet", " | Section" and the like at its end.

    Args:
        title: the whole.
        site: the name of the site, as far as it is known.
        stated: the headline of the JSON-LD. What looks like a name and is not the site's stays where that has
            it too; without one, it always stays.
    """
    while True:
        head, mark, last = _last_part(title)
        if len(words(head)) < _FEWEST_WORDS:
            return title
        looks_like_name = stated is not None and key(title) != key(stated) and _is_name(last, mark)
        if not last or not (looks_like_name or _names_outlet(last, site)):
            return title
        title = head


def _last_part(title: str) -> tuple[str, str, str]:
    """What stands before the last dash or bar, the dash or bar, and what stands after it."""
    place, mark = max((title.rfind(mark), mark) for mark in (*_BARS, *_DASHES))
    return (title, "", "") if place < 0 else (title[:place].strip(), mark, title[place + len(mark) :].strip())


def _names_outlet(part: str, site: str) -> bool:
    """Whether the end of a title is a name of the site, a part of it, or its name and a section's."""
    own, named = key(part), key(site)
    if not own or not named:
        return False
    if own in named and (len(own) > 2 or named.startswith(own)):
        return True
    part_words, site_words = words(part), words(site)
    if len(part_words) == 1:  # CNNPolitics
        return own.startswith(named)
    beside = len(part_words) - len(site_words)
    return set(site_words) <= set(part_words) and beside <= _WORDS_BESIDE_OUTLET and _has_capitals(part)


def _is_name(part: str, mark: str) -> bool:
    """Whether the end of a title looks like the name of a newspaper or, after a bar, of a section."""
    if mark in _BARS and len(words(part)) <= _WORDS_IN_LABEL and is_label(part):
        return True
    return len(part.split()) <= 4 and _has_capitals(part) and _NEWSPAPER.search(part[-60:]) is not None


def _has_capitals(part: str) -> bool:
    return all(word[:1].isupper() or word in _SMALL for word in part.split())
