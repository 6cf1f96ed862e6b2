"""An agreement as tables for a terminal, as JSON and as CSV."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sensational.analysis import VERDICTS
from sensational.corpus.agreement import Agreement, Figure
from sensational.corpus.csv_text import as_csv
from sensational.report.safe import one_line, shortened
from sensational.report.sentences import listed, plural
from sensational.report.tokens import sign

if TYPE_CHECKING:
    from rich.console import Console

# Krippendorff's own reading of alpha (2018, 12.4.1).
_RELIABLE, _TENTATIVE = 0.8, 0.667


def as_json(found: Agreement) -> str:
    """The whole as one JSON object; what is not defined is null."""

    def figure(one: Figure | None) -> dict[str, Any] | None:
        if one is None:
            return None
        value, low, high = (None if math.isnan(x) else round(x, 4) for x in (one.value, one.low, one.high))
        return {"value": value, "interval": None if low is None else [low, high], "n": one.n}

    return json.dumps(
        {
            "coders": list(found.coders),
            "articles": found.articles,
            "terms": found.terms,
            "coders_verdicts_alpha": figure(found.verdicts),
            "coders_divergence_alpha": figure(found.divergence),
            "tool_divergence_alpha": figure(found.tool_divergence),
            "tool_divergence_error": figure(found.tool_error),
            "tool_verdicts": [
                {
                    "kind": one.kind,
                    "terms": one.terms,
                    "same": figure(one.same),
                    "among_coders": figure(one.among),
                    "alpha": figure(one.alpha),
                }
                for one in found.by_kind
            ],
            "confusion": [
                {"coders": theirs, "tool": its, "count": count}
                for (theirs, its), count in found.confusion.items()
            ],
            "left_out": list(found.faults),
        },
        allow_nan=False,
    )


def as_table(found: Agreement) -> str:
    """Every figure and every cell of the confusion table as CSV, one row each."""

    def rows() -> Iterator[tuple[object, ...]]:
        for measure, one in (
            ("coders_verdicts_alpha", found.verdicts),
            ("coders_divergence_alpha", found.divergence),
            ("tool_divergence_alpha", found.tool_divergence),
            ("tool_divergence_error", found.tool_error),
        ):
            if one is not None:
                yield measure, "", "", *_numbers(one)
        for kind in found.by_kind:
            yield "tool_verdicts_same", kind.kind, "", *_numbers(kind.same)
            yield "coders_verdicts_same", kind.kind, "", *_numbers(kind.among)
            yield "tool_verdicts_alpha", kind.kind, "", *_numbers(kind.alpha)
        for (theirs, its), count in found.confusion.items():
            yield "confusion", theirs, its, count, None, None, count

    return as_csv(("measure", "kind_or_coders", "tool", "value", "low", "high", "n"), rows())


def _numbers(one: Figure) -> tuple[object, ...]:
    return (*(None if math.isnan(x) else round(x, 4) for x in (one.value, one.low, one.high)), one.n)


def print_agreement(found: Agreement, console: Console) -> None:
    """Print it for a reader."""
    from rich.text import Text

    names = listed([shortened(one_line(name), 30) for name in found.coders[:6]])
    counts = f"{plural(found.articles, 'article')}, {plural(found.terms, 'term')}"
    console.print(Text(f"{plural(len(found.coders), 'coder')} ({names}), {counts}"))
    console.print()
    table = _table("Krippendorff's alpha", "", "95%", "judgements", "read as")
    for name, one in (
        ("coders, verdicts", found.verdicts), ("coders, divergence", found.divergence),
        ("tool and coders, divergence", found.tool_divergence),
    ):  # fmt: skip
        if one is not None:
            table.add_row(name, _value(one), _range(one), f"{one.n:,}", _reading(one))
    console.print(table)
    if found.tool_error is not None and found.tool_error.n:
        error = found.tool_error
        said = f"The tool's divergence is {error.value:.1f} points from the coders' mean on average"
        console.print(Text(f"{said} ({error.low:.1f} to {error.high:.1f})."))
    if found.by_kind:
        console.print()
        table = _table("kind", "terms", "tool = coder", "95%", "coder = coder", "alpha", "95%")
        for kind in found.by_kind:
            table.add_row(
                kind.kind, f"{kind.terms:,}", _percent(kind.same), _range(kind.same, 100),
                _percent(kind.among), _value(kind.alpha), _range(kind.alpha),
            )  # fmt: skip
        console.print(table)
        console.print()
        _print_confusion(found, console)
    for fault in found.faults[:20]:
        console.print(Text(one_line(fault), style="dim"))
    if len(found.faults) > 20:
        console.print(Text(f"and {len(found.faults) - 20} more cells that could not be taken", style="dim"))


def _table(*names: str) -> Any:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    for at, name in enumerate(names):
        table.add_column(name, justify="left" if at == 0 or name == "read as" else "right")
    return table


def _print_confusion(found: Agreement, console: Console) -> None:
    """What the coders said, one row per verdict, against what the tool said, one column per verdict."""
    table = _table("coders below, tool beside", *(sign(verdict) for verdict in VERDICTS))
    for theirs in VERDICTS:
        counts = (found.confusion[theirs, its] for its in VERDICTS)
        table.add_row(f"{sign(theirs)} {theirs}", *(f"{count:,}" if count else "·" for count in counts))
    console.print(table)


def _value(one: Figure) -> str:
    return "–" if math.isnan(one.value) else f"{one.value:.2f}"


def _percent(one: Figure) -> str:
    return "–" if math.isnan(one.value) else f"{one.value * 100:.0f}%"


def _range(one: Figure, of: int = 1) -> str:
    """The interval; of a share in percent with ``of`` 100, as the share stands beside it."""
    form = ".2f" if of == 1 else ".0f"
    return "" if math.isnan(one.low) else f"{one.low * of:{form}} to {one.high * of:{form}}"


def _reading(one: Figure) -> str:
    if math.isnan(one.value):
        return "not defined: fewer than two judged it, or all said the same"
    if one.value >= _RELIABLE:
        return "reliable"
    return "for tentative conclusions" if one.value >= _TENTATIVE else "not reliable"
