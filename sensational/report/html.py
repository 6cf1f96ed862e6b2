"""The report as one page that stands by itself: no script, no outside address, light, dark and print."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sensational.analysis import Analysis
from sensational.article import Article
from sensational.fitting import Fitting
from sensational.report.chart import chart_svg, chart_text, inline_svg
from sensational.report.safe import shortened
from sensational.report.tokens import css_variables, tokens
from sensational.report.view import View, build_view

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).with_name("templates")


def render_html(article: Article, analysis: Analysis, fitting: Fitting | None = None) -> str:
    """The report on an article as a whole HTML document, in one string.

    Args:
        article: what was read.
        analysis: what was said of it; its offsets are into ``article``.
        fitting: a headline that the body bears out, if there is one to offer.
    """
    return view_to_html(build_view(article, analysis, fitting=fitting))


def view_to_html(view: View) -> str:
    """:func:`render_html`, for a view that is already built."""
    from markupsafe import Markup

    style, digest = page_style()
    return (
        environment()
        .get_template("report.html")
        .render(
            style=Markup(style),  # noqa: S704 - our own file and tokens
            style_hash=Markup(digest),  # noqa: S704 - base64 of our own digest
            **shown_parts(view),
        )
    )


def shown_parts(view: View) -> dict[str, Any]:
    """What ``parts.html`` draws from: the view, its charts as SVG, and the tokens of the verdicts."""
    from markupsafe import Markup

    label = chart_text(view.open)
    wide = inline_svg(chart_svg(view.open, "wide"), "wide", label) if view.open else ""
    narrow = inline_svg(chart_svg(view.open, "narrow"), "narrow", label) if view.open else ""
    verdicts = tokens()["verdicts"]
    return {
        "view": view,
        "chart_wide": Markup(wide),  # noqa: S704 - drawn by matplotlib, which escapes its labels
        "chart_narrow": Markup(narrow),  # noqa: S704
        "signs": {name: verdict["sign"] for name, verdict in verdicts.items()},
        "verdict_tokens": verdicts,
    }


def stylesheet(*more: str) -> str:
    """The tokens and the rules of every page, and those of the templates named in ``more`` after them."""
    sheets = [(_TEMPLATES / name).read_text(encoding="utf-8") for name in ("report.css", *more)]
    return css_variables() + "".join(sheets)


def page_style(*more: str) -> tuple[str, str]:
    """A :func:`stylesheet`, and the checksum by which the page allows that style and no other."""
    style = stylesheet(*more)
    return style, base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


@cache
def environment() -> Environment:
    """The templates of all reports, with everything escaped that is put into them."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, auto_reload=False
    )
    made.filters["shortened"] = shortened
    return made
