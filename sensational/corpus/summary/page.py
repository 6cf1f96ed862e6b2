"""The report on a corpus, as a page that stands by itself and as a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sensational.corpus.summary import charts
from sensational.corpus.summary.summarise import Summary
from sensational.corpus.summary.view import SummaryView, build_view
from sensational.report.chart import inline_svg
from sensational.report.html import environment, page_style
from sensational.report.pdf import TEMPLATES, Paper, typeset
from sensational.report.tokens import colours, tokens

if TYPE_CHECKING:
    from sensational.corpus.summary.charts import Layout

_ALT = {
    "distributions": "How often each divergence and each loading occurs, group by group.",
    "intervals": "The median of divergence and of loading of each group, with its interval; the table "
    "below has the figures.",
    "verdicts": "The shares of the verdicts in each group; the table below has the figures.",
    "terms": "Loaded terms by loading and expected support; the table below has those "
    "that most reliably outrun their bodies.",
}


def summary_html(summary: Summary, sources: Sequence[str]) -> str:
    """The report as a whole HTML document.

    Args:
        summary: what the corpus comes to.
        sources: names of the files it was read from.
    """
    from markupsafe import Markup

    view = build_view(summary, sources)
    style, digest = page_style("summary.css")
    verdicts = tokens()["verdicts"]
    drawings = {
        name: {
            layout: Markup(inline_svg(_drawn(name, summary, layout), f"{name}-{layout}", _ALT[name]))  # noqa: S704
            for layout in ("wide", "narrow")
        }
        for name in _names(view)
    }
    return (
        environment()
        .get_template("summary.html")
        .render(
            view=view,
            style=Markup(style),  # noqa: S704 - our own files and tokens
            style_hash=Markup(digest),  # noqa: S704 - base64 of our own digest
            charts=drawings,
            signs={name: verdict["sign"] for name, verdict in verdicts.items()},
            verdict_tokens=verdicts,
        )
    )


def summary_pdf(summary: Summary, sources: Sequence[str], paper: Paper = "a4") -> bytes:
    """The report as the bytes of a PDF.

    Args:
        summary: what the corpus comes to.
        sources: names of the files it was read from.
        paper: ``"a4"`` or ``"us-letter"``.
    """
    view = build_view(summary, sources)
    verdicts = tokens()["verdicts"]
    data: dict[str, Any] = {
        "view": asdict(view),
        "footer": "sensational · headlines set against their bodies",
        "paper": paper,
        "colours": colours(),
        "fonts": tokens()["fonts"],
        "verdicts": verdicts,
        "alt": _ALT,
    }
    drawings = {name: _drawn(name, summary, "wide", outlines=True) for name in _names(view)}
    return typeset(TEMPLATES / "summary.typ", data, drawings)


def _names(view: SummaryView) -> tuple[str, ...]:
    if not view.scored:
        return ()
    return ("distributions", "intervals", "verdicts", *(("terms",) if view.terms else ()))


def _drawn(name: str, summary: Summary, layout: Layout, *, outlines: bool = False) -> str:
    if name == "terms":
        return charts.terms(summary.terms, layout, outlines=outlines)
    made: str = getattr(charts, name)(summary, layout, outlines=outlines)
    return made
