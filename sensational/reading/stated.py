"""What a web page says of itself: its JSON-LD, its meta elements and its links."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from sensational.reading.decoding import tidy
from sensational.reading.origin import iso_date

Statement = dict[str, Any]
"""An object of the page's JSON-LD that speaks of an article."""

_LARGEST_STATEMENT = 2_000_000
_ENDS_PARAGRAPH = re.compile(r"</?(?:p|div|br|li|h[1-6]|blockquote)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]{0,200}>", re.IGNORECASE)


def statements(tree: Any) -> Iterator[Statement]:
    """The articles that the page's JSON-LD describes, in order.

    Args:
        tree: the page, as lxml parsed it.
    """
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = script.text or ""
        if len(text) > _LARGEST_STATEMENT:
            continue
        try:
            stated = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        stack = [stated]
        while stack:
            one = stack.pop()
            if isinstance(one, list):
                stack.extend(reversed(one))
            elif isinstance(one, dict):
                if _is_article(one.get("@type")):
                    yield one
                stack += [one.get("mainEntity"), one.get("@graph")]


def _is_article(kind: object) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(
        isinstance(one, str) and one.endswith(("Article", "BlogPosting", "Report", "Posting"))
        for one in kinds
    )


def stated_text(statement: Statement, name: str) -> str:
    """A text of a statement, a paragraph a line: many are written with entities and tags.

    Args:
        statement: one that :func:`statements` gave.
        name: of the text, such as ``articleBody``.

    Returns:
        The text, empty where there is none.
    """
    text = statement.get(name)
    if not isinstance(text, str):
        return ""
    return tidy(_TAG.sub("", _ENDS_PARAGRAPH.sub("\n", html.unescape(text))))


def meta(tree: Any, *names: str) -> str:
    """The content of the first of these ``meta`` elements that has one; empty where none has."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        content = " ".join((element.get("content") or "").split())
        if key in names and content:
            found.setdefault(key, content)
    return next((found[one] for one in names if one in found), "")


def outlet(tree: Any, stated: list[Statement]) -> str | None:
    """The name of the site, where the page gives it."""
    named = meta(tree, "og:site_name", "application-name")
    if not named:
        for one in stated:
            publisher = one.get("publisher")
            if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
                named = publisher["name"]
                break
    named = (
        " ".join(tidy(named).split()).removeprefix("https://").removeprefix("http://").removeprefix("www.")
    )
    return named[:100] or None


def sections(tree: Any, stated: list[Statement]) -> list[str]:
    """The names of the sections in which the page says that the article stands."""
    found: list[object] = [meta(tree, "article:section")]
    for one in stated:
        section = one.get("articleSection")
        found += section if isinstance(section, list) else [section]
    return [name for name in found if isinstance(name, str) and name]


def date(tree: Any, stated: list[Statement]) -> str | None:
    """The day on which the article was published, as ISO 8601."""
    published = (one["datePublished"] for one in stated if isinstance(one.get("datePublished"), str))
    marked = (one.get("datetime") or "" for one in tree.iter("time"))
    for source in (
        meta(
            tree, "article:published_time", "datepublished", "date", "dc.date", "parsely-pub-date", "pubdate"
        ),
        next(published, ""),
        next(marked, ""),
    ):
        found = iso_date(source[:100])
        if found:
            return found
    return None


def address(tree: Any) -> str | None:
    """The address that the page gives for itself; that of an AMP page is the page it was made from."""
    canonical = (
        one.get("href") or "" for one in tree.iter("link") if (one.get("rel") or "").lower() == "canonical"
    )
    for found in (next(canonical, ""), meta(tree, "og:url")):
        found = tidy(found).strip()
        if re.match(r"https?://[^\s<>\"]{3,2000}$", found):
            return found
    return None
