"""What a summary says, writes and draws, word for word and line for line, against what was read and approved.

The files in ``approved/`` were looked at when they were made: the text of the report, the tables, the lines
on a terminal, every line, bar and letter of the drawings. After a change that is meant, look at what
differs and make them anew: ``SENSATIONAL_APPROVE=1 pytest tests/corpus/test_approved.py``.
"""

from __future__ import annotations

import dataclasses
import io
import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from sensational.corpus.scored import ScoredArticle, Unreadable
from sensational.corpus.summary import charts
from sensational.corpus.summary.summarise import Summary, summarise
from sensational.corpus.summary.tables import tables
from sensational.corpus.summary.terminal import print_summary
from sensational.corpus.summary.view import build_view

from .scored_samples import article, term

APPROVED = Path(__file__).parent / "approved"
VERDICTS = ("supported", "weaker", "attributed", "hedged", "absent", "shifted", "contradicted")
WORDS = ("chaos", "fury", "slams", "humiliated", "a bloodbath of words nobody said", "panic", "shock", "doom")


def articles(outlet: str, count: int, shift: float, first: int = 0) -> list[ScoredArticle]:
    """Articles of one outlet; their figures run through a fixed pattern, and lie by ``shift`` higher."""
    made = []
    for n in range(first, first + count):
        terms = [
            term(
                WORDS[(n * 7 + k * 3) % 8], VERDICTS[(n * 5 + k) % 7],
                ("force", "emotion", "quote")[(n + k) % 3],
                loading=(0.25, 0.4, 0.55, 0.7, 0.85)[(n + 2 * k) % 5],
                support=(1.0, 0.8, 0.5, 0.1)[(n + k) % 4],
                contribution=float((n * 3 + k) % 10),
                verbatim=outlet == "Post" and n % 5 != 0,
            )
            for k in range(n % 4)
        ]  # fmt: skip
        columns = {"outlet": outlet, "date": f"{2023 + n % 2}-05-01"}
        made.append(
            article(n, (n * 37 % 600) / 10 + shift, terms, columns=columns, loading=(n * 53 % 1000) / 10,
                    stance=("agree", "discuss", "disagree", "unrelated")[n % 4], interval=(1.0, 80.0))
        )  # fmt: skip
    return made


@cache
def summary(name: str) -> Summary:
    if name == "outlets":
        rows = [
            *articles("Lantern", 40, 0.0),
            *articles("Post", 30, 30.0, 100),
            *articles("Zed", 6, 10.0, 200),
        ]
        more = [article(900, None, columns={"outlet": "Zed"}), Unreadable(901, "it is not JSON")]
        other = article(902, 3.0, columns={"outlet": "Post"}, made=("0.2.0", "x", "y"))
        return summarise([*rows, *more, other], ["outlet"], 3, rejected=2)
    if name == "years":
        return summarise([*articles("Lantern", 25, 0.0), *articles("Post", 25, 2.0, 50)], ["year"], 1)
    if name == "whole":
        return summarise(articles("Lantern", 3, 0.0), (), 0)
    return summarise([article(1, None), article(2, None, reason=None)], ["outlet"], 0)


SUMMARIES = ("outlets", "years", "whole", "none")


def approved(name: str, text: str) -> None:
    path = APPROVED / name
    if os.environ.get("SENSATIONAL_APPROVE"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text.splitlines() == path.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", SUMMARIES)
def test_the_report_says_what_was_approved(name: str) -> None:
    view = dataclasses.asdict(build_view(summary(name), ["a.jsonl", "b.jsonl", "c.jsonl", "d\n.jsonl"]))
    approved(f"{name}.view.json", json.dumps(view, indent=1, ensure_ascii=False))


@pytest.mark.parametrize("name", SUMMARIES)
def test_the_tables_hold_what_was_approved(name: str) -> None:
    made = {table: text for table, text in tables(summary(name)).items() if table != "codebook"}
    approved(f"{name}.tables.txt", "".join(f"--- {table}\n{text}" for table, text in made.items()))


@pytest.mark.parametrize(("name", "width"), [("outlets", 120), ("outlets", 90), ("whole", 100), ("none", 99)])
def test_the_terminal_shows_what_was_approved(name: str, width: int) -> None:
    console = Console(file=io.StringIO(), width=width, color_system="truecolor", force_terminal=True)
    print_summary(summary(name), ["a.jsonl"], console)
    approved(f"{name}.{width}.terminal.txt", console.file.getvalue())  # type: ignore[attr-defined]


@pytest.mark.parametrize("layout", ["wide", "narrow"])
@pytest.mark.parametrize("chart", ["distributions", "intervals", "verdicts", "terms"])
@pytest.mark.parametrize("name", ["outlets", "none"])
def test_the_drawings_are_those_that_were_approved(
    monkeypatch: pytest.MonkeyPatch, name: str, chart: str, layout: Any
) -> None:
    monkeypatch.setattr(charts, "drawn", described)
    of = summary(name)
    made = getattr(charts, chart)(of.terms if chart == "terms" else of, layout, outlines=layout == "wide")
    approved(f"{name}.{chart}.{layout}.txt", made)


def described(
    width: float, height: float, draw: Callable[[Any], None], *, font: float, outlines: bool
) -> str:
    """What is drawn, a line each: not how matplotlib of this version writes it, but what it was told."""
    import matplotlib
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width / 72, height / 72), dpi=72)
    with matplotlib.rc_context({"font.size": font, "text.parse_math": False}):
        draw(figure)
    lines = [f"{width:g} x {height:g}, letters of {font:g}, outlines {outlines}"]
    for axes in figure.axes:
        lines.append(
            f"axes at {_numbers(axes.get_position().bounds)}, x {_numbers(axes.get_xlim())}, "
            f"y {_numbers(axes.get_ylim())}"
        )
        lines.append(
            f"frame {[one.get_visible() for one in axes.spines.values()]}, below {axes.get_axisbelow()}"
        )
        for ticks in (axes.xaxis, axes.yaxis):
            labels = [(one.get_text(), one.get_color(), one.get_fontsize()) for one in ticks.get_ticklabels()]
            marks = [_numbers([one.tick1line.get_markersize()]) for one in ticks.get_major_ticks()]
            lines.append(f"ticks {_numbers(ticks.get_ticklocs())}, {labels}, marks {marks}")
            for grid in ticks.get_gridlines():
                lines.append(f"grid {grid.get_visible()} {grid.get_color()} {grid.get_linewidth():g}")
        lines += [_line(one) for one in axes.lines]
        lines += [_patch(one) for one in axes.patches]
        lines += [_filled(one) for one in axes.collections]
        lines += [_text(one) for one in axes.texts]
    return "\n".join(lines) + "\n"


def _numbers(values: Any) -> list[float]:
    return [round(float(one), 3) + 0.0 for one in np.ravel(values)]


def _line(one: Any) -> str:
    points = f"{_numbers(one.get_xdata())} {_numbers(one.get_ydata())}"
    kept = f"above {one.get_zorder():g} clipped {one.get_clip_on()} alpha {one.get_alpha()}"
    if one.get_linestyle() == "None":
        size = _numbers([one.get_markersize(), one.get_markeredgewidth()])
        colours = f"{one.get_markerfacecolor()} {one.get_markeredgecolor()}"
        return f"dot {one.get_marker()} {points} {size} {colours} {kept}"
    ends = f"{one._dash_pattern} {one.get_solid_joinstyle()} {one.get_solid_capstyle()}"
    return f"line {points} {one.get_color()} {one.get_linewidth():g} {ends} {kept}"


def _patch(one: Any) -> str:
    colours = f"{_numbers(one.get_facecolor())} {_numbers(one.get_edgecolor())}"
    return f"bar {_numbers(one.get_bbox().bounds)} {colours} {one.get_linewidth():g}"


def _filled(one: Any) -> str:
    points = [_numbers(path.vertices) for path in one.get_paths()]
    return f"area {points} {_numbers(one.get_facecolor())} {one.get_linewidth()} clipped {one.get_clip_on()}"


def _text(one: Any) -> str:
    box = one.get_bbox_patch()
    behind = (
        f" on {_numbers(box.get_facecolor())} {_numbers(box.get_edgecolor())} {box.get_boxstyle().pad:g}"
        if box
        else ""
    )
    place = f"{_numbers(one.xy)} {one.xycoords} + {_numbers(one.xyann)} {one.anncoords}"
    letters = f"{one.get_color()} {one.get_fontsize():g} {one.get_weight()}"
    turned = f"{one.get_rotation():g} {one.get_rotation_mode()} clipped {one.get_annotation_clip()}"
    return (
        f"text {one.get_text()!r} at {place} {one.get_ha()} {one.get_va()} {letters} turned {turned}{behind}"
    )
