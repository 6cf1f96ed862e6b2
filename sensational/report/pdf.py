"""The report as a PDF: tagged, in English, with embedded fonts only, the same bytes every time."""

from __future__ import annotations

import json
from collections.abc import Mapping
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
    drawn = chart_svg(view.shown, "wide", outlines=True) if view.shown and view.scored else ""
    return typeset(TEMPLATES / "report.typ", _data(view, paper), {"chart": drawn})


def typeset(template: Path, data: Mapping[str, Any], drawings: Mapping[str, str] | None = None) -> bytes:
    """A template of ours as the bytes of a PDF: tagged, fonts embedded, the same bytes every time.

    Args:
        template: a Typst file; it finds ``data`` as JSON, and each drawing by its name, in ``sys.inputs``.
            Nothing of them is read as Typst source.
        data: what it sets.
        drawings: SVG by name.
    """
    import matplotlib
    import typst

    fonts = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    made: Any = typst.compile(  # type: ignore[misc]
        template.read_bytes(),
        font_paths=[str(fonts)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data), **(drawings or {})},
        timestamp=_EPOCH,
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single PDF")
    return made


def _data(view: View, paper: Paper) -> dict[str, Any]:
    """All that the template places, as plain data."""
    verdicts = tokens()["verdicts"]
    return {
        "view": asdict(view),
        "title": f"{shortened(view.headline_text, 200) or 'No headline'} · headline against article",
        "footer": "sensational · a headline set against its article",
        "source": " · ".join(view.source),
        "paper": paper,
        "headline_size": 21 if len(view.headline_text) < 110 else 17,
        "colours": colours(),
        "fonts": tokens()["fonts"],
        "signs": {name: verdict["sign"] for name, verdict in verdicts.items()},
        "lines": {name: verdict["line"] for name, verdict in verdicts.items()},
        "verdicts": verdicts,
        "chart_text": chart_text(view.shown),
        "short": [shortened(entry.text, 32) for entry in view.shown],
        "figures": [_figures(entry) for entry in view.shown],
        "exact": f"{view.exact:.1f}",
    }


def _figures(entry: Entry) -> list[str]:
    return [
        "–" if entry.probability is None else f"{entry.verdict} {entry.probability:.2f}",
        f"{entry.support:.2f}",
        f"{entry.contribution:.1f}",
        "–" if entry.without is None else f"{entry.without:.0f}",
    ]
