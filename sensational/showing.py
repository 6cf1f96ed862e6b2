"""How an analysis shows itself: its methods call these functions, which use what stands above it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sensational.analysis import Analysis, without_surrogates
from sensational.article import Article
from sensational.report.pdf import Paper

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes

_Path = str | os.PathLike[str]


def to_html(analysis: Analysis, path: _Path | None = None) -> str | None:
    """See :meth:`sensational.analysis.Analysis.to_html`."""
    from sensational.report.html import render_html
    from sensational.rewrite import fitting_of

    article = _article(analysis)
    page = render_html(article, analysis, fitting_of(article, analysis))
    if path is None:
        return page
    _write(path, page.encode("utf-8"))
    return None


def to_pdf(analysis: Analysis, path: _Path, paper: Paper = "a4") -> None:
    """See :meth:`sensational.analysis.Analysis.to_pdf`."""
    from sensational.report.pdf import render_pdf
    from sensational.rewrite import fitting_of

    article = _article(analysis)
    _write(path, render_pdf(article, analysis, paper, fitting_of(article, analysis)))


def plot(analysis: Analysis, ax: Axes | None = None) -> Axes:
    """See :meth:`sensational.analysis.Analysis.plot`."""
    from sensational.report.chart import chart_axes
    from sensational.report.view import build_view

    view = build_view(Article(analysis.headline, ""), analysis, readability_too=False)
    if not view.scored:
        raise ValueError(f"this article was not scored, so there is nothing to draw: {analysis.reason}")
    return chart_axes(view.open, view.headline_text, ax)


def to_frame(analysis: Analysis) -> pandas.DataFrame:
    """See :meth:`sensational.analysis.Analysis.to_frame`."""
    import pandas

    from sensational.corpus.flat import TERM, term_rows

    text = pandas.Series([""]).dtype  # object or str, by pandas' version
    types: dict[str, Any] = {"string": text, "integer": "int64", "number": "float64", "boolean": "bool"}
    kinds = {"id": text, "term": "int64", **{name: types[kind] for name, (kind, _) in TERM.items()}}
    rows = without_surrogates(term_rows(analysis))  # which pandas may not be able to hold
    return pandas.DataFrame(rows, columns=list(kinds)).astype(kinds)


def in_two_lines(analysis: Analysis) -> str:
    """The headline, and below it the divergence, or why there is none; safe for a terminal."""
    from sensational.report.points import whole
    from sensational.report.safe import one_line, shortened
    from sensational.report.sentences import plural

    terms = plural(len(analysis.terms), "term")
    result = f"Not scored, {terms}: {one_line(analysis.reason or '')}"
    if analysis.divergence is not None and analysis.interval is not None:
        low, high = map(whole, analysis.interval)
        result = f"Divergence {whole(analysis.divergence)} of 100 ({low} to {high}), {terms}"
    return f"{shortened(one_line(analysis.headline), 200) or 'No headline'}\n{result}"


def ledger(analysis: Analysis) -> str:
    """The ledger as HTML for a notebook (see :func:`sensational.report.notebook.notebook_html`)."""
    from sensational.report.notebook import notebook_html

    return notebook_html(analysis, analysis.article)


def _article(analysis: Analysis) -> Article:
    """The article of an analysis.

    Raises:
        ValueError: there is none.
    """
    if analysis.article is None:
        raise ValueError(
            "this analysis does not have its article, which the report shows; "
            "add it: dataclasses.replace(analysis, article=sensational.Article(headline, body))"
        )
    return analysis.article


def _write(path: _Path, content: bytes) -> None:
    """Writes a file whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    from sensational.report.files import write_all

    place = Path(path)
    if not place.parent.is_dir():
        raise FileNotFoundError(f"there is no folder {str(place.parent)!r}; make it first")
    write_all({place: content})
