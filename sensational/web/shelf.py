"""The articles that are looked at, in memory only, each behind a name that cannot be guessed."""

from __future__ import annotations

import json
import re
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from sensational.analysis import Analysis, to_dict
from sensational.article import Article
from sensational.report.html import shown_parts, view_to_html
from sensational.report.view import View, build_view
from sensational.rewrite import fitting_of
from sensational.scorer import score_article
from sensational.web.settings import KEPT_ARTICLES

_WORD = re.compile(r"\S+")
_LETTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a headline that a pupil can mark; ``start`` and ``end`` are offsets into it."""

    number: int
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Kept:
    """An article with all that is shown of it; ``parts`` is what the report's templates draw from."""

    article: Article
    analysis: Analysis
    view: View
    parts: dict[str, Any]
    words: tuple[Word, ...]

    def as_html(self) -> bytes:
        """The report as a page that stands by itself."""
        return view_to_html(self.view).encode("utf-8")

    def as_pdf(self, letter: bool) -> bytes:
        """The report as a PDF, on A4 or Letter."""
        from sensational.report.pdf import view_to_pdf

        return view_to_pdf(self.view, "us-letter" if letter else "a4")

    def as_json(self) -> bytes:
        """The analysis in the form of ``sensational score --format json``."""
        return json.dumps(to_dict(self.analysis), allow_nan=False).encode("ascii")


def keep(article: Article) -> Kept:
    """Score an article and work out what is shown of it. Takes some tenths of a second."""
    analysis = score_article(article)
    fitting = fitting_of(article, analysis)
    view = build_view(article, analysis, fitting=fitting)
    return Kept(article, analysis, view, shown_parts(view), words_of(view.headline_text))


def words_of(headline: str) -> tuple[Word, ...]:
    """The words of a headline; what has no letter or digit, such as a dash, is none."""
    found = [match for match in _WORD.finditer(headline) if _LETTER.search(match.group())]
    return tuple(Word(number, m.group(), *m.span()) for number, m in enumerate(found))


class Shelf:
    """The last articles by name; when it is full, the one that was longest not looked at makes room."""

    def __init__(self, room: int = KEPT_ARTICLES) -> None:
        self._room = room
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def put(self, kept: Kept) -> str:
        """Keep an article; its name."""
        name = secrets.token_urlsafe(16)
        self._kept[name] = kept
        while len(self._kept) > self._room:
            self._kept.popitem(last=False)
        return name

    def get(self, name: str) -> Kept | None:
        """The article with this name, if it is still here."""
        kept = self._kept.get(name)
        if kept is not None:
            self._kept.move_to_end(name)
        return kept
