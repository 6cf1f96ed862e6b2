"""The drawings of a summary: divergence, loading and verdicts of each group, and the loaded terms."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from sensational.analysis import VERDICTS
from sensational.corpus.summary.statistics import Counts, Spread
from sensational.corpus.summary.summarise import GroupSummary, Plot, Summary, TermSummary
from sensational.report.figure import drawing_on, drawn, ink_of
from sensational.report.safe import shortened
from sensational.report.tokens import sign

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Layout = Literal["wide", "narrow"]

_FONT = 13.0
_SMALL_FONT = 11.5
_WIDTH = {"wide": 900, "narrow": 340}
_LABEL = {"wide": 27, "narrow": 38}  # characters of a group's name that are shown
_ROW = {"wide": 30, "narrow": 48}
_EDGE = 14  # points left free at the sides, for the signs at 0 and 100
_BIN = 4  # points of a step of a distribution
_NAMED_TERMS = {"wide": 16, "narrow": 7}
_MOST_DOTS = 300
_WIDTH_OF_AXES = 648


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows with a name each, beside the panels (wide) or above each row of them (narrow)."""

    names: tuple[str, ...]
    layout: Layout
    top: float = 40
    bottom: float = 26

    @property
    def beside(self) -> bool:
        return self.layout == "wide"

    @property
    def left(self) -> float:
        if not self.beside:
            return _EDGE
        longest = max(len(name) for name in self.names)
        return _EDGE + 14 + longest * _FONT * 0.56

    @property
    def width(self) -> int:
        return _WIDTH[self.layout]

    @property
    def inner(self) -> float:
        return len(self.names) * _ROW[self.layout]

    @property
    def height(self) -> float:
        return self.top + self.inner + self.bottom


def _rows(summary: Summary, layout: Layout) -> tuple[_Rows, tuple[GroupSummary, ...]]:
    """The corpus as a whole, then its groups in alphabetical order."""
    groups = (summary.whole, *summary.shown)
    names = tuple(shortened(one.label, _LABEL[layout]) or "All articles" for one in groups)
    return _Rows(names, layout), groups


def distributions(summary: Summary, layout: Layout, *, outlines: bool = False) -> str:
    """How often each divergence and each loading occurs, group by group."""
    rows, groups = _rows(summary, layout)

    def draw(axes: Axes, measure: str) -> None:
        shares = [_steps(one.counts if measure == "divergence" else one.loading_counts) for one in groups]
        room = 0.88 if rows.beside else 0.56  # of a row, for all but the steepest
        peaks = [float(share.max()) for share in shares if share.size] or [1.0]
        unit = max(float(np.quantile(peaks, 0.8)), max(peaks) / 2) / room
        ink = ink_of(axes)
        for row, share in enumerate(shares):
            if not share.size:
                continue
            base = row + (0.92 if rows.beside else 0.96)
            x = np.repeat(np.arange(len(share) + 1) * _BIN, 2)[1:-1]
            y = base - np.repeat(share, 2) / unit
            turns = np.r_[True, (y[1:-1] != y[:-2]) | (y[1:-1] != y[2:]), True]  # the rest lies on the way
            x, y = x[turns], y[turns]
            fill = ink["band" if measure == "divergence" else "track"]
            axes.fill_between(x, y, base, color=fill, linewidth=0, clip_on=False)
            line = ink["ink" if measure == "divergence" else "loading"]
            axes.plot(x, y, color=line, linewidth=1.2, solid_joinstyle="miter", clip_on=False)
            axes.plot([0, 100], [base, base], color=ink["line"], linewidth=1, zorder=0)

    return _two_panels(rows, groups, draw, outlines)


def intervals(summary: Summary, layout: Layout, *, outlines: bool = False) -> str:
    """The median of each group with its interval, and the middle half and four fifths of its articles."""
    rows, groups = _rows(summary, layout)

    def draw(axes: Axes, measure: str) -> None:
        _draw_intervals(axes, rows, groups, measure)

    return _two_panels(rows, groups, draw, outlines)


def _draw_intervals(axes: Axes, rows: _Rows, groups: Sequence[GroupSummary], measure: str) -> None:
    """The intervals of each group; the first is the corpus as a whole."""
    ink = ink_of(axes)
    middle = getattr(groups[0], measure).median.value
    if middle == middle:
        axes.axvline(middle, color=ink["stem"], linewidth=1, linestyle=(0, (3, 3)), zorder=0)
    for row, one in enumerate(groups):
        of: Spread = getattr(one, measure)
        if not of.n:
            continue
        y = row + (0.5 if rows.beside else 0.66)
        dot = ink["ink" if measure == "divergence" else "loading"]
        low, first, third, high = of.deciles
        axes.plot([low, high], [y, y], color=ink["line"], linewidth=2, zorder=1)
        axes.plot([first, third], [y, y], color=ink["band"], linewidth=7, solid_capstyle="butt", zorder=2)
        ends: dict[str, Any] = {"color": dot, "linewidth": 1.6, "zorder": 3}
        axes.plot([of.median.low, of.median.high], [y, y], **ends)
        for end in (of.median.low, of.median.high):
            axes.plot([end, end], [y - 0.16, y + 0.16], **ends)
        face = ink["paper"] if one.small else dot
        axes.plot([of.median.value], [y], "o", markersize=8.5, markerfacecolor=face, markeredgecolor=dot,
                  markeredgewidth=2, zorder=4, clip_on=False)  # fmt: skip


def _steps(counts: Counts) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The share of values in each step of :data:`_BIN` points; 100 belongs to the last."""
    if not counts.n:
        return np.zeros(0)
    place = np.minimum(counts.values // _BIN, 100 // _BIN - 1).astype(np.int64)
    return np.bincount(place, weights=counts.counts, minlength=100 // _BIN) / counts.n


def _two_panels(rows: _Rows, groups: Sequence[GroupSummary], draw: Any, outlines: bool) -> str:
    """Divergence, and beside it (wide) or below it (narrow) loading, never on one scale."""

    def both(figure: Figure) -> None:
        for place, measure in enumerate(("divergence", "loading")):
            if rows.beside:
                gap = 34.0
                wide = (rows.width - rows.left - _EDGE - gap) / 2
                axes = _axes(figure, rows.left + place * (wide + gap), rows.top, wide, rows.inner)
            else:
                axes = _axes(
                    figure, rows.left, rows.top + place * rows.height, rows.width - 2 * _EDGE, rows.inner
                )
            _scale(axes, rows, measure)
            draw(axes, measure)
            if place == 0 or not rows.beside:
                _name_rows(axes, rows, groups)

    return drawn(rows.width, rows.height * (1 if rows.beside else 2), both, font=_FONT, outlines=outlines)


def _axes(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Axes at a place in points from the upper left corner, without frame and ticks."""
    whole_width, whole_height = figure.get_size_inches() * 72
    axes = figure.add_axes(
        (left / whole_width, 1 - (top + height) / whole_height, width / whole_width, height / whole_height)
    )
    _bare(axes)
    return axes


def _bare(axes: Axes) -> None:
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(length=0)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_axisbelow(True)


def _scale(axes: Axes, rows: _Rows, measure: str) -> None:
    ink = ink_of(axes)
    axes.set_xlim(0, 100)
    axes.set_ylim(len(rows.names), 0)
    axes.set_xticks([0, 25, 50, 75, 100])
    axes.set_xticklabels(["0", "25", "50", "75", "100"], color=ink["soft"], fontsize=_SMALL_FONT)
    axes.grid(axis="x", color=ink["line"], linewidth=1)
    axes.annotate(measure.capitalize(), (0, 1), (0, 18), xycoords="axes fraction", textcoords="offset points",
                  color=ink["ink" if measure == "divergence" else "soft"], ha="left")  # fmt: skip


def _name_rows(axes: Axes, rows: _Rows, groups: Sequence[GroupSummary]) -> None:
    ink = ink_of(axes)
    for row, (name, one) in enumerate(zip(rows.names, groups, strict=True)):
        colour = ink["soft" if one.small else "ink"]
        weight = "bold" if not one.label else "normal"
        if rows.beside:
            axes.annotate(name, (0, row + 0.5), (-14, 0), xycoords=("axes fraction", "data"), ha="right",
                          textcoords="offset points", va="center_baseline", color=colour, weight=weight,
                          annotation_clip=False)  # fmt: skip
        else:
            axes.annotate(name, (0, row + 0.3), (0, 0), xycoords=("axes fraction", "data"), ha="left",
                          textcoords="offset points", va="baseline", color=colour, weight=weight,
                          annotation_clip=False,
                          bbox={"facecolor": ink["paper"], "edgecolor": "none", "pad": 1})  # fmt: skip


def verdicts(summary: Summary, layout: Layout, *, outlines: bool = False) -> str:
    """Verdicts on the loaded terms of each group, as shares of a whole."""
    rows, groups = _rows(summary, layout)

    def draw(figure: Figure) -> None:
        width = rows.width - rows.left - _EDGE
        _draw_verdicts(_axes(figure, rows.left, 8, width, rows.inner), rows, groups, width, _FONT)

    return drawn(rows.width, rows.inner + 16, draw, font=_FONT, outlines=outlines)


def _draw_verdicts(
    axes: Axes, rows: _Rows, groups: Sequence[GroupSummary], width: float, font: float
) -> None:
    """A bar for each group; a share gets its sign where it is wide enough, on axes of ``width`` points."""
    ink = ink_of(axes)
    axes.set_xlim(0, 1)
    axes.set_ylim(len(rows.names), 0)
    _name_rows(axes, rows, groups)
    tall = 0.62 if rows.beside else 0.42
    for row, one in enumerate(groups):
        y = row + (0.5 if rows.beside else 0.66)
        if not one.terms:
            axes.annotate("no loaded term", (0, y), color=ink["soft"], va="center_baseline")
            continue
        start = 0.0
        for verdict in VERDICTS:
            share = one.verdicts[verdict].value
            edge: dict[str, Any] = {"edgecolor": ink["paper"], "linewidth": 1.5}
            axes.barh(y, share, left=start, height=tall, color=ink[verdict], **edge)
            if share * width >= 16:
                axes.annotate(sign(verdict), (start + share / 2, y), ha="center", va="center_baseline",
                              color=ink["paper"], fontsize=font)  # fmt: skip
            start += share


def terms(found: Sequence[TermSummary], layout: Layout, *, outlines: bool = False) -> str:
    """How loaded each term is, against how much of it the bodies bear out on average."""
    width = _WIDTH[layout]
    height = 430 if layout == "wide" else 360

    def draw(figure: Figure) -> None:
        _draw_terms(_axes(figure, 58, 26, width - 58 - 22, height - 26 - 50), found, _NAMED_TERMS[layout])

    return drawn(width, height, draw, font=_FONT, outlines=outlines)


def _draw_terms(axes: Axes, found: Sequence[TermSummary], most_named: int) -> None:
    shown = sorted(found, key=lambda one: (-one.seen, one.text))[:_MOST_DOTS]
    named = [one for one in found if one.outrun and one in shown][:most_named]
    ink = ink_of(axes)
    axes.set_xlim(min([0.2, *(one.loading for one in shown)]) - 0.02, 1.02)
    axes.set_ylim(-0.02, 1.04)
    ticks: dict[str, Any] = {"color": ink["soft"], "fontsize": _SMALL_FONT}
    axes.set_xticks([0.25, 0.5, 0.75, 1])
    axes.set_xticklabels(["25", "50", "75", "100"], **ticks)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
    axes.set_yticklabels(["0", "25", "50", "75", "100"], **ticks)
    axes.grid(color=ink["line"], linewidth=1)
    below: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "color": ink["soft"]}
    axes.annotate("expected support, of 100", (0, 1), (-30, 9), ha="left", **below)
    axes.annotate("loading, of 100", (1, 0), (0, -38), ha="right", **below)
    most = max((one.seen for one in shown), default=1)
    for one in shown:
        axes.plot([one.loading], [one.support], "o", markersize=_dot(one, most), markeredgewidth=1,
                  markerfacecolor=ink["band"], markeredgecolor=ink["paper"], alpha=0.75,
                  clip_on=False)  # fmt: skip
    _name_terms(axes, named, most)


def _name_verdicts(axes: Axes) -> None:
    from matplotlib.patches import Patch

    ink = ink_of(axes)
    handles = [Patch(color=ink[verdict], label=f"{sign(verdict)} {verdict}") for verdict in VERDICTS]
    axes.legend(handles=handles, ncols=4, loc="upper center", bbox_to_anchor=(0.5, 0), frameon=False,
                labelcolor=ink["ink"])  # fmt: skip


def summary_axes(summary: Summary, of: Plot, ax: Axes | None = None) -> Axes:
    """One of the drawings on axes of matplotlib, in colours that can be read on their figure.

    Args:
        summary: what the corpus comes to.
        of: which drawing (see :meth:`sensational.corpus.summary.summarise.Summary.plot`).
        ax: where to draw; None makes a new figure with pyplot.
    """
    rows, groups = _rows(summary, "wide")
    height = {"terms": 430.0, "verdicts": rows.height + 24}.get(of, rows.height)
    with drawing_on(ax, _WIDTH_OF_AXES, height, _SMALL_FONT) as axes:
        _bare(axes)
        if of == "terms":
            _draw_terms(axes, summary.terms, _NAMED_TERMS["wide"])
        elif of == "verdicts":
            width = float(axes.get_window_extent().width * _points(axes))
            _draw_verdicts(axes, rows, groups, width, _SMALL_FONT)
            _name_verdicts(axes)
        else:
            _scale(axes, rows, of)
            _draw_intervals(axes, rows, groups, of)
            _name_rows(axes, rows, groups)
    return axes


def _name_terms(axes: Axes, named: Sequence[TermSummary], most: int) -> None:
    """Names beside dots; one that finds no free place is left out, since the table has it."""
    ink = ink_of(axes)
    taken = [_dot_box(axes, one, most) for one in named]
    for one in named:
        text, size = shortened(one.text, 22), _dot(one, most)
        away = size / 2 + 3
        for dx, dy, align in (
            (away, 0, "left"), (-away, 0, "right"), (0, away + 6, "center"), (0, -away - 6, "center"),
        ):  # fmt: skip
            box = _box(axes, one, text, (dx, dy), align)
            if not _inside(box, axes) or any(_overlap(box, other) for other in taken):
                continue
            taken.append(box)
            ring: dict[str, Any] = {"markeredgecolor": ink[one.verdicts[0]], "markeredgewidth": 2}
            axes.plot([one.loading], [one.support], "o", ms=size, mfc="none", clip_on=False, **ring)
            axes.annotate(text, (one.loading, one.support), (dx, dy), textcoords="offset points", ha=align,
                          va="center_baseline", color=ink["ink"], fontsize=_SMALL_FONT,
                          annotation_clip=False)  # fmt: skip
            break


_Box = tuple[float, float, float, float]


def _dot(one: TermSummary, most: int) -> float:
    """The width of a term's dot in points, by how often it was seen."""
    return 4 + 15 * math.sqrt(one.seen / most)


def _box(axes: Axes, one: TermSummary, text: str, offset: tuple[float, float], align: str) -> _Box:
    """Where the letters of a name would stand, in points."""
    x, y = _place(axes, one)
    wide, tall = len(text) * _SMALL_FONT * 0.6, _SMALL_FONT * 1.25
    left = x + offset[0] - {"left": 0.0, "right": wide, "center": wide / 2}[align]
    return (left, y + offset[1] - tall / 2, left + wide, y + offset[1] + tall / 2)


def _dot_box(axes: Axes, one: TermSummary, most: int) -> _Box:
    x, y = _place(axes, one)
    half = _dot(one, most) / 2
    return (x - half, y - half, x + half, y + half)


def _place(axes: Axes, one: TermSummary) -> tuple[float, float]:
    """Where the dot of a term stands, in points."""
    x, y = axes.transData.transform((one.loading, one.support)) * _points(axes)
    return float(x), float(y)


def _inside(box: _Box, axes: Axes) -> bool:
    left, bottom, right, top = (edge * _points(axes) for edge in axes.get_window_extent().extents)
    return bool(box[0] >= left and box[2] <= right + 18 and box[1] >= bottom and box[3] <= top + 8)


def _points(axes: Axes) -> float:
    """Points in a pixel of the figure."""
    figure = axes.get_figure(root=True)
    return 1.0 if figure is None else 72 / figure.dpi


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
