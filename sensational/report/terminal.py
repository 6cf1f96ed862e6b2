"""The report in a terminal: the same words, as far as letters and colours go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sensational.analysis import Analysis
from sensational.article import Article
from sensational.report.excerpts import Quote
from sensational.report.ledger import Entry
from sensational.report.tokens import sign
from sensational.report.view import View, build_view

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

# The sixteen colours of a terminal follow its theme, light or dark, and keep their contrast there.
_COLOURS = {
    "supported": "green",
    "attributed": "blue",
    "hedged": "cyan",
    "weaker": "yellow",
    "shifted": "magenta",
    "contradicted": "red",
    "absent": "bright_black",
}
_WIDEST = 88
_NARROWEST = 24


def print_report(article: Article, analysis: Analysis, console: Console) -> None:
    """Print the report on ``console``, whose width and colours it keeps to."""
    view = build_view(article, analysis, readability_too=False)
    width = max(_NARROWEST, min(console.width, _WIDEST))
    from rich.text import Text

    def show(text: Text, indent: int = 0) -> None:
        for line in text.wrap(console, max(8, width - indent)):
            line.rstrip()
            console.print(Text(" " * indent) + line, soft_wrap=True)

    show(Text(" · ".join(view.source), style="dim"))
    console.print()
    show(_headline(view))
    console.print()
    show(Text(view.summary))
    console.print()
    for text in _scores(view, width):
        show(text)
    if view.shown:
        console.print()
    for entry in view.shown:
        for indent, text in _row(entry):
            show(text, indent)
    if view.scored and view.shown:
        show(Text.assemble((f"{view.divergence:>3}", "bold"), "  divergence"))


def _style(verdict: str) -> str:
    return _COLOURS.get(verdict, "default")


def _headline(view: View) -> Text:
    from rich.text import Text

    line = Text(style="bold", no_wrap=False)
    for run in view.headline:
        if not run.terms:
            line.append(run.text)
            continue
        verdict = view.entry(run.terms[0]).verdict
        line.append(run.text, style=f"underline {_style(verdict)}")
        for number in run.closes:
            closed = view.entry(number).verdict
            if closed:
                line.append(sign(closed), style=f"not underline {_style(closed)}")
    return line if line.plain.strip() else Text("No headline", style="bold")


def _scores(view: View, width: int) -> list[Text]:
    from rich.text import Text

    bar = max(10, min(50, width - 2))
    lines: list[Text] = []
    if view.scored:
        lines.append(
            Text.assemble(
                ("Divergence ", "bold"),
                (f"{view.divergence:>3}", "bold"),
                f" of 100, {view.likely}",
            )
        )
        lines.append(Text(_bar(view.divergence, bar, view.low, view.high)))
        lines.append(Text(view.doubt or view.band, style="dim"))
    else:
        lines.append(Text.assemble(("Divergence ", "bold"), "not scored"))
    lines.append(Text.assemble("Loading    ", f"{view.loading:>3}", (" of 100", "dim")))
    return lines


def _bar(value: int, width: int, low: int, high: int) -> str:
    """``value`` of 100 as a bar, with brackets where the interval begins and ends."""

    def place(points: int) -> int:
        return min(width - 1, points * width // 100)

    cells = ["━" if (cell + 0.5) * 100 < value * width else "·" for cell in range(width)]
    if high > low:
        cells[place(low)] = "["
        cells[place(high)] = "]"
    return "".join(cells)


def _row(entry: Entry) -> list[tuple[int, Text]]:
    from rich.text import Text

    head = Text()
    head.append(f"{entry.shown_points:>3}  ", style="bold")
    head.append(entry.text, style="bold")
    for place, verdict in enumerate((entry.verdict, *entry.also)):
        if verdict:
            head.append(f"  {'or ' if place else ''}{sign(verdict)} {verdict}", style=_style(verdict))
    lines = [(0, head)]
    lines += [(5, _quote(quote)) for quote in entry.quotes]
    if entry.reason:
        lines.append((5, Text(entry.reason, style="dim")))
    lines.append((0, Text("")))
    return lines


def _quote(quote: Quote) -> Text:
    from rich.text import Text

    line = Text("“" if quote.marked else "")
    for part in quote.parts:
        line.append(part.text, style="bold" if part.bold else "")
    line.append("”" if quote.marked else "")
    if quote.who:
        line.append(f" — {quote.who}", style="dim")
    return line
