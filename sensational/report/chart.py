"""The chart: how much each term claims, and its expected support, all verdicts weighed."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sensational.report.figure import drawing_on, drawn, ink_of
from sensational.report.ledger import Entry
from sensational.report.safe import shortened
from sensational.report.sentences import named
from sensational.report.tokens import colours, sign

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Layout = Literal["wide", "narrow"]
ChartForm = Literal["png", "svg"]

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_MOST_ROWS = 24
_CLOSE = 0.012  # dots nearer than this are one dot


@dataclass(frozen=True, slots=True)
class _Shape:
    """Sizes of one layout, in SVG points."""

    width: int
    row: int
    top: int
    bottom: int
    font: float
    label: int
    """Characters of a term that its label shows."""
    beside: bool
    """Labels stand beside the rows, or above them."""


_SHAPES: dict[str, _Shape] = {
    "wide": _Shape(width=900, row=29, top=34, bottom=30, font=13, label=26, beside=True),
    "narrow": _Shape(width=340, row=46, top=30, bottom=28, font=13, label=34, beside=False),
    "axes": _Shape(width=648, row=27, top=58, bottom=30, font=10, label=34, beside=True),
}


def chart_svg(entries: Sequence[Entry], layout: Layout = "wide", *, outlines: bool = False) -> str:
    """One dumbbell per term, from its expected support to what the headline claims, as SVG.

    Args:
        entries: the terms, heaviest first; the first 24 are drawn.
        layout: ``"wide"`` (900 points, labels beside the rows) or ``"narrow"`` (340 points, labels above).
        outlines: letters as outlines, which look the same wherever the drawing goes, rather than as text.

    The same entries give the same bytes.
    """
    shape = _SHAPES[layout]
    shown = entries[:_MOST_ROWS]
    height = shape.top + shape.row * max(1, len(shown)) + shape.bottom
    left, right = _left(shown, shape), 20.0

    def draw(figure: Figure) -> None:
        axes = figure.add_axes(
            (
                left / shape.width,
                shape.bottom / height,
                (shape.width - left - right) / shape.width,
                (height - shape.top - shape.bottom) / height,
            )
        )
        _draw(axes, shown, shape)

    return drawn(shape.width, height, draw, font=shape.font, outlines=outlines)


def chart_axes(entries: Sequence[Entry], title: str, ax: Axes | None = None) -> Axes:
    """The chart on axes of matplotlib, in colours that can be read on their figure.

    Args:
        entries: the terms, heaviest first; the first 24 are drawn.
        title: set above a new figure; axes that were given keep theirs.
        ax: where to draw; None makes a new figure with pyplot.
    """
    shape = _SHAPES["axes"]
    shown = entries[:_MOST_ROWS]
    height = shape.top + shape.row * max(1, len(shown)) + shape.bottom
    with drawing_on(ax, shape.width, height, shape.font) as axes:
        _draw(axes, shown, shape)
        ink = ink_of(axes)
        for row, entry in enumerate(shown):  # no table beside it says what the signs mean
            axes.annotate(entry.verdict, (1, row), (14, 0), xycoords=("axes fraction", "data"),
                          textcoords="offset points", va="center_baseline", annotation_clip=False,
                          color=ink.get(entry.verdict, ink["soft"]))  # fmt: skip
        if not shown:
            axes.annotate("No term goes beyond the article.", (0.5, 0), ha="center", color=ink["soft"])
        if ax is None:
            axes.set_title(shortened(title, 90), loc="left", pad=22, fontsize=shape.font, color=ink["ink"])
    return axes


def chart_image(entries: Sequence[Entry], title: str, form: ChartForm) -> bytes:
    """The chart as an image for a slide or a paper, with its title.

    Args:
        entries: the terms, heaviest first; the first 24 are drawn.
        title: set above it.
        form: ``"png"``, 200 dots an inch, or ``"svg"``.
    """
    from matplotlib import pyplot

    written = io.BytesIO()
    chart_axes(entries, title)
    try:
        pyplot.savefig(written, format=form, dpi=200)
    finally:
        pyplot.close()
    return written.getvalue()


def _left(entries: Sequence[Entry], shape: _Shape) -> float:
    if not shape.beside:
        return 16.0
    longest = max((len(shortened(entry.text, shape.label)) for entry in entries), default=0)
    return 62.0 + longest * shape.font * 0.58


def _draw(axes: Axes, entries: Sequence[Entry], shape: _Shape) -> None:
    ink = ink_of(axes)
    axes.set_xlim(0, 1)
    axes.set_ylim(max(1, len(entries)) - 0.5, -0.5)
    axes.set_yticks([])
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
    axes.set_xticklabels([])
    axes.tick_params(length=0)
    axes.grid(axis="x", color=ink["line"], linewidth=1)
    axes.set_axisbelow(True)
    for spine in axes.spines.values():
        spine.set_visible(False)
    below: dict[str, Any] = {
        "xycoords": "axes fraction",
        "textcoords": "offset points",
        "va": "top",
        "color": ink["soft"],
    }
    axes.annotate("nothing", (0, 0), (-10, -8), ha="left", **below)
    axes.annotate("the boldest claim", (1, 0), (10, -8), ha="right", **below)
    for row, entry in enumerate(entries):
        _draw_row(axes, row, entry, shape)
    if entries:
        _draw_key(axes, entries[0], shape)


def _drop(shape: _Shape) -> float:
    """How far below the middle of its row a dumbbell lies, in rows."""
    return 0.0 if shape.beside else 0.22


def _draw_row(axes: Axes, row: int, entry: Entry, shape: _Shape) -> None:
    ink = ink_of(axes)
    colour = ink[entry.verdict] if entry.verdict else ink["soft"]
    y = row + _drop(shape)
    if shape.beside:
        at: dict[str, Any] = {"xy": (0, y), "xycoords": ("axes fraction", "data"), "va": "center_baseline"}
        axes.annotate(shortened(entry.text, shape.label), xytext=(-46, 0), ha="right", color=ink["ink"],
                      textcoords="offset points", annotation_clip=False, **at)  # fmt: skip
        if entry.verdict:
            axes.annotate(sign(entry.verdict), xytext=(-28, 0), ha="center", color=colour,
                          textcoords="offset points", annotation_clip=False, **at)  # fmt: skip
    else:
        label = f"{sign(entry.verdict)} " if entry.verdict else ""
        axes.annotate(label + shortened(entry.text, shape.label), (0, y), (-4, 12), ha="left", color=colour,
                      va="baseline", textcoords="offset points", annotation_clip=False,
                      bbox={"facecolor": ink["paper"], "edgecolor": "none", "pad": 1})  # fmt: skip
    if entry.claimed - entry.supported > _CLOSE:
        axes.plot([entry.supported, entry.claimed], [y, y], color=ink["stem"], linewidth=3, zorder=2)
        axes.plot([entry.claimed], [y], "o", color=ink["ink"], markersize=12, clip_on=False, zorder=3)
        axes.plot([entry.supported], [y], "o", markerfacecolor=ink["paper"], markeredgecolor=colour,
                  markeredgewidth=3, markersize=11, clip_on=False, zorder=4)  # fmt: skip
    else:
        axes.plot([entry.claimed], [y], "o", markerfacecolor=ink["ink"], markeredgecolor=colour,
                  markeredgewidth=3, markersize=12, clip_on=False, zorder=4)  # fmt: skip


def _draw_key(axes: Axes, first: Entry, shape: _Shape) -> None:
    """What the two dots mean, said once, over those of the first row."""
    ink = ink_of(axes)
    up = 12 if shape.beside else 0
    y = _drop(shape) if shape.beside else -0.5
    style: dict[str, Any] = {
        "textcoords": "offset points", "va": "bottom", "color": ink["soft"], "annotation_clip": False,
        "fontsize": shape.font - 1,
    }  # fmt: skip
    close = first.claimed - first.supported < (0.14 if shape.beside else 0.45)
    middle, edge = (first.claimed + first.supported) / 2, 0.25 if close else 0.1
    keys = {"expected support": first.supported, "claimed": first.claimed}
    for text, x in ({"support – claimed": middle} if close else keys).items():
        align = "left" if x < edge else "right" if x > 1 - edge else "center"
        axes.annotate(text, (x, y), (0, up), ha=align, **style)


def chart_text(entries: Sequence[Entry]) -> str:
    """The chart in words, for whoever cannot see it."""
    if not entries:
        return "No term to draw."
    rows = [
        f"{named(entry.text)}: claims {100 * entry.claimed:.0f}, keeps {100 * entry.supported:.0f}"
        f"{f' ({entry.verdict})' if entry.verdict else ''}"
        for entry in entries[:_MOST_ROWS]
    ]
    return f"How much each term claims, of 100, and its expected support: {'; '.join(rows)}."


# The looks behind keep a run from being tried again at each of its characters, so time is linear.
_STYLE = re.compile(r"(?<![a-z-])([a-z-]++): ([^;]+)")
_FONT = re.compile(r"(?<![\d.])(?:(\d++) )?([\d.]++)px")


def inline_svg(svg: str, prefix: str, label: str) -> str:
    """A drawing of :func:`chart_svg` made fit to stand inside a page.

    Its ids get ``prefix``; its colours become the page's custom properties, so that it follows the
    page into the dark; its styles become attributes, so that the page can forbid inline styles.

    Args:
        svg: what :func:`chart_svg` returned, with letters as text.
        prefix: a word that no other drawing of the page has.
        label: the text alternative.
    """
    root = ET.fromstring(svg)  # noqa: S314 - made by chart_svg, its text escaped by matplotlib
    names = {code: name for name, code in reversed(colours().items())}
    for parent in root.iter():
        for child in list(parent):
            if child.tag in (f"{_SVG}metadata", f"{_SVG}style"):
                parent.remove(child)
    for element in root.iter():
        _as_attributes(element, names)
        if "id" in element.attrib:
            element.set("id", f"{prefix}-{element.get('id')}")
        if _XLINK in element.attrib:
            element.set("href", "#" + prefix + "-" + element.attrib.pop(_XLINK).lstrip("#"))
        for name, value in list(element.attrib.items()):
            if value.startswith("url(#"):
                element.set(name, f"url(#{prefix}-{value[5:]}")
        element.tag = element.tag.removeprefix(_SVG)
    for name in ("width", "height"):
        root.attrib.pop(name, None)
    root.attrib.update({"role": "img", "aria-label": label, "stroke-linejoin": "round"})
    return ET.tostring(root, encoding="unicode")


def _as_attributes(element: ET.Element, names: dict[str, str]) -> None:
    for name, value in _STYLE.findall(element.attrib.pop("style", "")):
        value = value.strip()
        if name == "font":
            size = _FONT.search(value)
            element.set("font-size", size.group(2) if size else "13")
        elif value in names:
            element.set(name, f"var(--{names[value]})")
        else:
            element.set(name, value)
