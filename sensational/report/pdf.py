"""The report as a PDF: tagged, in English, with embedded fonts only, the same bytes every time."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

from sensational.analysis import Analysis
from sensational.article import Article
from sensational.fitting import Fitting
from sensational.report.chart import chart_svg, chart_text
from sensational.report.ledger import Entry
from sensational.report.safe import shortened
from sensational.report.tokens import colours, tokens
from sensational.report.view import View, build_view

Paper = Literal["a4", "us-letter"]

TEMPLATES = Path(__file__).with_name("templates")
"""Where the Typst templates of reports lie."""
SIZES = (10.5, 10.1, 9.7, 9.3, 11.3)
"""Sizes of running text, in points, that a report or a key may have; see :func:`typeset`."""
_LEAST_OF_LAST_PAGE = 0.28  # of its height, with its margin; less looks forgotten
_EPOCH = 0  # a fixed date, so that the same analysis gives the same bytes


def render_pdf(
    article: Article, analysis: Analysis, paper: Paper = "a4", fitting: Fitting | None = None
) -> bytes:
    """The report on an article as the bytes of a PDF.

    Args:
        article: what was read.
        analysis: what was said of it; its offsets are into ``article``.
        paper: ``"a4"`` or ``"us-letter"``.
        fitting: a headline that the body bears out, if there is one to offer.

    Raises:
        ValueError: ``paper`` is neither.
    """
    return view_to_pdf(build_view(article, analysis, fitting=fitting), paper)


def view_to_pdf(view: View, paper: Paper = "a4") -> bytes:
    """:func:`render_pdf`, for a view that is already built."""
    if paper not in ("a4", "us-letter"):
        raise ValueError(f"paper must be 'a4' or 'us-letter', not {paper!r}")
    drawn = chart_svg(view.open, "wide", outlines=True) if view.open else ""
    return typeset(TEMPLATES / "report.typ", _data(view, paper), {"chart": drawn}, SIZES)


def typeset(
    template: Path,
    data: Mapping[str, Any],
    drawings: Mapping[str, str] | None = None,
    sizes: Sequence[float] = (),
) -> bytes:
    """A template of ours as the bytes of a PDF: tagged, fonts embedded, the same bytes every time.

    Args:
        template: a Typst file; it finds ``data`` as JSON, and each drawing by its name, in ``sys.inputs``.
            Nothing of them is read as Typst source.
        data: what it sets.
        drawings: SVG by name.
        sizes: of the text, in points; the first one that leaves no last page nearly empty is taken, or else
            the one that fills it most. The template gets it as ``size``, and says with ``<end>`` where its
            text ends: the page, and the share of the page's height.
    """
    import matplotlib
    import typst

    fonts = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    compiler: Any = typst.Compiler(str(template), font_paths=[str(fonts)], ignore_system_fonts=True)
    kept, most = b"", -1.0
    for size in sizes or (0.0,):
        inputs = {"data": json.dumps({**data, "size": size}), **(drawings or {})}
        made = compiler.compile(sys_inputs=inputs, timestamp=_EPOCH)
        if not isinstance(made, bytes):
            raise TypeError("typst gave no single PDF")
        if not sizes:
            return made
        page, share = json.loads(compiler.query("<end>", field="value", one=True, format="json"))
        if page == 1 or share >= _LEAST_OF_LAST_PAGE:
            return made
        if share > most:
            kept, most = made, share
    return kept


def _data(view: View, paper: Paper) -> dict[str, Any]:
    """All that the template places, as plain data."""
    return {
        "view": asdict(view),
        "title": f"{shortened(view.headline_text, 200) or 'No headline'} · headline against article",
        "paper": paper,
        "headline_size": 21 if len(view.headline_text) < 110 else 17,
        "colours": colours(),
        "fonts": tokens()["fonts"],
        "verdicts": tokens()["verdicts"],
        "ledger_says": view.ledger_says,
        "chart_text": chart_text(view.open),
        "short": [shortened(entry.text, 32) for entry in view.shown],
        "figures": [_figures(entry) for entry in view.shown],
        "exact": f"{view.exact:.1f}",
    }


def _figures(entry: Entry) -> list[str]:
    return [
        " or ".join(f"{verdict} {probability:.2f}" for verdict, probability in entry.likely) or "–",
        f"{entry.support:.2f}",
        f"{entry.contribution:.1f}" if entry.open else "",
        f"{entry.without:.0f}" if entry.open and entry.without is not None else "",
    ]
