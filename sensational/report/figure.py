"""One way to draw: a matplotlib figure without pyplot's state, as SVG, the same bytes every time."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sensational.report.tokens import tokens

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def drawn(width: float, height: float, draw: Callable[[Figure], None], *, font: float, outlines: bool) -> str:
    """What ``draw`` puts on a figure, as SVG.

    Args:
        width: of the figure, in points.
        height: of the figure, in points.
        draw: gets an empty figure.
        font: size of letters in points.
        outlines: letters as outlines, which look the same wherever the drawing goes, rather than as text.
    """
    # A first run on a machine logs that it gathers its fonts; that is nothing a reader can act on.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    settings: Any = {
        "svg.hashsalt": "sensational",
        "svg.fonttype": "path" if outlines else "none",
        "font.family": tokens()["fonts"]["chart"],
        "font.size": font,
        "text.parse_math": False,
        "text.usetex": False,
        "path.simplify": False,
    }
    with matplotlib.rc_context(settings), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a letter without a glyph is drawn as a box, and that is all
        figure = Figure(figsize=(width / 72, height / 72), dpi=72)
        FigureCanvasSVG(figure)
        draw(figure)
        written = io.StringIO()
        figure.savefig(written, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return written.getvalue()
