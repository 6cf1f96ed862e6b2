"""The summary for a terminal: the sentences, what to know, and one line per group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sensational.corpus.summary.summarise import Summary
from sensational.corpus.summary.view import build_view

if TYPE_CHECKING:
    from rich.console import Console

_WIDE = 100  # columns from which on the interval of the loading is shown too


def print_summary(summary: Summary, sources: Sequence[str], console: Console) -> None:
    """Print the summary on ``console``.

    Args:
        summary: what the corpus comes to.
        sources: names of the files it was read from.
        console: its width and colours are kept to.
    """
    from rich.table import Table
    from rich.text import Text

    view = build_view(summary, sources)
    console.print(Text(" · ".join(view.source), style="dim"))
    console.print(Text(" ".join(view.lead)))
    console.print()
    if view.scored:
        table = Table(box=None, pad_edge=False, header_style="dim")
        table.add_column("group", overflow="fold")
        names = ["scored", "divergence", "95%", "38 or more", "loading", "95%"]
        for name in names[: None if console.width >= _WIDE else -1]:
            table.add_column(name, justify="right", no_wrap=True)
        for row in view.groups:
            table.add_row(
                Text(row.name + (" (few)" if row.small else "")),
                row.articles.split(" of ")[0],
                *row.divergence,
                f"{row.far[0]}%" if row.far[1] else "–",
                *row.loading[: 2 if console.width >= _WIDE else 1],
            )
        console.print(table)
        console.print()
    for group, reason, count in view.not_scored:
        console.print(Text(f"not scored: {count} of {group}: {reason}"))
    for note in view.notes:
        console.print(Text(note))
    console.print(Text(view.compares[0], style="dim"))
