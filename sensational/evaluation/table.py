"""Figures as rows of words, for the terminal, for a pipe and for the documents."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sensational.evaluation.result import Figure, SetResult, Table

if TYPE_CHECKING:
    from rich.console import Console, JustifyMethod

HEADER = (
    "measure", "n", "ours", "95% interval", "trivial floor", "plain learner", "required", "aim",
    "standing",
)  # fmt: skip
# Columns of words in a pipe are no wider than this.
_WIDE = 60


def number(value: float | None, like: float | None = None) -> str:
    """A figure in three decimals, or in one where it, or the figure that it belongs to, is 10 or more."""
    if value is None:
        return ""
    return f"{value:.3f}" if abs(value if like is None else like) < 10 else f"{value:.1f}"


def methods(figures: Sequence[Figure]) -> tuple[str, ...]:
    """The methods behind the floors and the learners of some figures, each once; the tables number them."""
    named = (name for one in figures for name in (one.floor_name, one.learner_name) if name)
    return tuple(dict.fromkeys(named))


def row(figure: Figure, numbered: Sequence[str] = ()) -> tuple[str, ...]:
    """A figure in the columns of :data:`HEADER`.

    Args:
        figure: the figure.
        numbered: the methods of its table (see :func:`methods`).
    """
    low_high = (
        "" if figure.interval is None else "–".join(number(end, figure.value) for end in figure.interval)
    )
    return (
        figure.name,
        f"{figure.n:,}",
        number(figure.value),
        low_high,
        _numbered(figure.floor, figure.floor_name, numbered),
        _numbered(figure.learner, figure.learner_name, numbered),
        number(figure.must),
        number(figure.aim),
        standing(figure),
    )


def standing(figure: Figure) -> str:
    """How a figure stands: ``aim met``, else the first of its bars that it does not clear."""
    if figure.aim is not None and _clears(figure, figure.aim, at_least=True):
        return "aim met"
    if figure.floor is not None and not _clears(figure, figure.floor):
        return "below floor"
    if figure.learner is not None and not _clears(figure, figure.learner):
        return "below learner"
    if figure.must is not None:
        reached = _clears(figure, figure.must, at_least=True)
        return "met" if reached else "short"
    return "above floors" if figure.floor is not None or figure.learner is not None else ""


def _clears(figure: Figure, bar: float, at_least: bool = False) -> bool:
    if at_least and figure.value == bar:
        return True
    return figure.value > bar if figure.higher_is_better else figure.value < bar


def _numbered(value: float | None, name: str, methods: Sequence[str]) -> str:
    mark = f" [{methods.index(name) + 1}]" if name in methods else ""
    return f"{number(value)}{mark}" if value is not None else ""


def fold_rows(result: SetResult) -> tuple[tuple[str, ...], ...]:
    """Each cross-validated figure with its value on every fold."""
    return tuple(
        (name, *(number(value, max(values)) for value in values)) for name, values in result.folds.items()
    )


def fold_header(result: SetResult) -> tuple[str, ...]:
    """The header of :func:`fold_rows`."""
    most = max((len(values) for values in result.folds.values()), default=0)
    return ("by fold", *(str(at + 1) for at in range(most)))


def figures_table(figures: Sequence[Figure]) -> Table:
    """Figures beside their floors; where other methods were measured too, beside each of them instead."""
    others = next((one.others for one in figures if one.others), ())
    if not others:
        numbered = methods(figures)
        return ("", HEADER, tuple(row(one, numbered) for one in figures))
    rows = []
    for one in figures:
        rows.append((*row(one)[:4], *(number(value, one.value) for _, value in one.others)))
    return ("", (*HEADER[:4], *(name for name, _ in others)), tuple(rows))


def notes_of(result: SetResult) -> tuple[str, ...]:
    """What is said below the tables of a set: the methods by their numbers, then its own notes."""
    numbered = () if any(one.others for one in result.figures) else methods(result.figures)
    key = "; ".join(f"[{at}] {name}" for at, name in enumerate(numbered, 1))
    return (*((f"Floors and learners: {key}.",) if key else ()), *result.notes)


def tables_of(result: SetResult) -> tuple[Table, ...]:
    """All tables of a set: figures, folds, and its own."""
    figures = (figures_table(result.figures),)
    folds = (("", fold_header(result), fold_rows(result)),) if result.folds else ()
    return (*figures, *folds, *result.tables)


def print_result(result: SetResult, console: Console) -> None:
    """Print a set on a terminal; in a pipe the same in columns, without lines or colours."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as RichTable
    from rich.text import Text

    console.print()
    console.print(Text(result.name, style="bold"))
    for title, header, rows in tables_of(result):
        if not console.is_terminal:
            console.print(Text("\n".join(_columns(title, header, rows))), soft_wrap=True)
            continue
        shown = RichTable(
            title=Text(title) if title else None, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0)
        )
        for at, name in enumerate(header):
            justify: JustifyMethod = "right" if holds_numbers(rows, at) else "left"
            shown.add_column(Text(name), justify=justify, overflow="fold")
        for one in rows:
            shown.add_row(*(Text(cell) for cell in one))
        console.print(shown)
    for note in notes_of(result):
        console.print(Text(note, style="dim"), soft_wrap=not console.is_terminal)


def holds_numbers(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Whether a column holds nothing but numbers."""
    cells = [row[at] for row in rows if at < len(row) and row[at]]
    return bool(cells) and all(cell.replace(",", "").replace(".", "").strip("-").isdigit() for cell in cells)


def _columns(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows in columns of one width each, two spaces apart."""
    table = [[textwrap.shorten(cell, _WIDE, placeholder="…") for cell in one] for one in (header, *rows)]
    widths = [max(len(one[at]) for one in table if at < len(one)) for at in range(max(map(len, table)))]
    lines = ["  ".join(cell.ljust(wide) for cell, wide in zip(one, widths, strict=False)) for one in table]
    return [*([title] if title else []), *(line.rstrip() for line in lines), ""]
