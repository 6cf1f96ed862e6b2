"""The sheet and the key as PDFs, the sheet as a form in a page: drawn from lessons, nothing worked out."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sensational.report.pdf import SIZES, Paper, typeset
from sensational.report.safe import shortened
from sensational.report.tokens import colours, css_variables, tokens
from sensational.worksheet.lesson import OWN_WORDS, Lesson
from sensational.worksheet.texts import Level, tasks, timing

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).with_name("templates")

NONE_LOUD_AND_FAIR = (
    "No article here bears out a loud headline, so pupils may conclude that loud headlines are always wrong. "
    "Add one that does: sensational worksheet article.txt another.txt --name set"
)


def loud_is_missing(lessons: Sequence[Lesson]) -> bool:
    """Whether no headline of these is loud and borne out."""
    return not any(lesson.loud and lesson.borne_out for lesson in lessons)


def sheet_pdf(lessons: Sequence[Lesson], level: Level = "standard", paper: Paper = "a4") -> bytes:
    """The pupils' sheets as the bytes of one PDF; several articles have a cover.

    Args:
        lessons: the articles, in order; one or more.
        level: of the wording of the tasks.
        paper: ``"a4"`` or ``"us-letter"``.

    Raises:
        ValueError: ``paper`` is neither, or there are no lessons.
    """
    return typeset(_TEMPLATES / "sheet.typ", _data(lessons, level, paper))


def key_pdf(lessons: Sequence[Lesson], level: Level = "standard", paper: Paper = "a4") -> bytes:
    """The teacher's key to :func:`sheet_pdf`, with the same arguments."""
    data = _data(lessons, level, paper)
    verdicts = tokens()["verdicts"]
    data |= {
        "signs": {name: verdict["sign"] for name, verdict in verdicts.items()},
        "meanings": {name: verdict["meaning"] for name, verdict in verdicts.items()},
        "timing": timing(),
        "missing": NONE_LOUD_AND_FAIR if loud_is_missing(lessons) else "",
    }
    return typeset(_TEMPLATES / "key.typ", data, sizes=SIZES)


def sheet_html(lessons: Sequence[Lesson], level: Level = "standard") -> str:
    """The pupils' sheets as one page with fields to type into; it needs no script and prints.

    Args:
        lessons: the articles, in order; one or more.
        level: of the wording of the tasks.

    Raises:
        ValueError: there are no lessons.
    """
    from markupsafe import Markup

    _needed(lessons)
    style = css_variables() + (_TEMPLATES / "sheet.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        _environment()
        .get_template("sheet.html")
        .render(
            lessons=lessons,
            task=tasks(level),
            own_words=OWN_WORDS,
            style=Markup(style),  # noqa: S704 - our own file and tokens
            style_hash=Markup(digest),  # noqa: S704 - base64 of our own digest
        )
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, auto_reload=False
    )


def _needed(lessons: Sequence[Lesson]) -> None:
    if not lessons:
        raise ValueError("a worksheet needs an article")


def _data(lessons: Sequence[Lesson], level: Level, paper: Paper) -> dict[str, Any]:
    """All that the templates place, as plain data."""
    _needed(lessons)
    if paper not in ("a4", "us-letter"):
        raise ValueError(f"paper must be 'a4' or 'us-letter', not {paper!r}")
    one = len(lessons) == 1
    return {
        "lessons": [asdict(lesson) for lesson in lessons],
        "task": tasks(level),
        "title": shortened(lessons[0].headline, 160) if one else f"{len(lessons)} articles",
        "own_words": OWN_WORDS,
        "paper": paper,
        "colours": colours(),
        "fonts": tokens()["fonts"],
    }
