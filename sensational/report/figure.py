"""One way to draw: a matplotlib figure without pyplot's state, as SVG, the same bytes every time.

And the same drawings on a user's own axes.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sensational.report.tokens import colours, tokens

if TYPE_CHECKING:
    from matplotlib.axes import Axes
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
        **_letters(font),
        "path.simplify": False,
    }
    defaults = {name: value for name, value in matplotlib.rcParamsDefault.items() if "backend" not in name}
    with warnings.catch_warnings(), matplotlib.rc_context():
        warnings.simplefilter("ignore")  # a letter without a glyph is drawn as a box, and that is all
        matplotlib.rcParams.update({**defaults, **settings})  # whatever style the user has set
        figure = Figure(figsize=(width / 72, height / 72), dpi=72)
        FigureCanvasSVG(figure)
        draw(figure)
        written = io.StringIO()
        figure.savefig(written, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return written.getvalue()


def _letters(font: float) -> dict[str, Any]:
    """Settings under which texts are made: our font, which has the signs, and no formulas in a headline."""
    return {
        "font.family": tokens()["fonts"]["chart"],
        "font.size": font,
        "text.parse_math": False,
        "text.usetex": False,
    }


@contextmanager
def drawing_on(ax: Axes | None, width: float, height: float, font: float) -> Iterator[Axes]:
    """Axes to draw on: the user's, or those of a new figure of pyplot.

    Args:
        ax: the user's, or None.
        width: of a new figure, in points.
        height: of a new figure, in points.
        font: size of letters in points.
    """
    import matplotlib

    settings: Any = _letters(font)
    with matplotlib.rc_context(settings):
        if ax is None:
            from matplotlib import pyplot

            _, ax = pyplot.subplots(figsize=(width / 72, height / 72), layout="constrained")
        yield ax


def ink_of(axes: Axes) -> dict[str, str]:
    """The colours that can be read on the figure of these axes: those of the light theme, or of the dark."""
    from matplotlib.colors import to_rgba

    figure = axes.get_figure(root=True)
    red, green, blue, alpha = to_rgba("white" if figure is None else figure.get_facecolor())
    dark = alpha > 0.5 and 0.3 * red + 0.59 * green + 0.11 * blue < 0.5
    return colours("dark" if dark else "light")
