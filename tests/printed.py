"""The report as a terminal shows it, as text."""

from __future__ import annotations

import io

from rich.console import Console

from sensational.analysis import Analysis
from sensational.article import Article
from sensational.report.terminal import print_report


def render_terminal(article: Article, analysis: Analysis, *, width: int = 80, colour: bool = False) -> str:
    """The report as text.

    Args:
        article: what was read.
        analysis: what was said of it.
        width: columns, 24 or more.
        colour: with ANSI codes for colour and weight, or without any.
    """
    written = io.StringIO()
    console = Console(
        file=written,
        width=width,
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
    )
    print_report(article, analysis, console)
    return written.getvalue()
