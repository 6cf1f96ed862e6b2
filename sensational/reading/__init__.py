"""Anything that holds an article, to an :class:`~sensational.article.Article`."""

from __future__ import annotations

from sensational.article import Article
from sensational.reading.errors import ReadingError
from sensational.reading.reader import LARGEST_INPUT, open_without_waiting, read, read_bytes, read_stream
from sensational.reading.text import read_text

__all__ = [
    "LARGEST_INPUT",
    "ReadingError",
    "open_without_waiting",
    "read",
    "read_bytes",
    "read_html",
    "read_stream",
    "read_text",
]


def read_html(html: str, *, name: str | None = None, headline: str | None = None) -> Article:
    """The article on a web page; see :func:`sensational.reading.page.read_html`."""
    from sensational.reading import page

    return page.read_html(html, name=name, headline=headline)
