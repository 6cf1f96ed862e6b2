"""``sensational summary``: arguments in, words out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sensational.corpus.summary.summarise import Summary
    from sensational.report.pdf import Paper


@click.command()
@click.argument("outputs", nargs=-1, required=True, metavar="OUT...", type=click.Path(path_type=Path))
@click.option(
    "--by", metavar="COLUMN[,COLUMN...]", default="",
    help="Columns of the corpus to group by; without a column year, it is taken from date.",
)  # fmt: skip
@click.option("--report", is_flag=True, help="Write a web page and a PDF.")
@click.option("--tables", is_flag=True, help="Write the figures as CSV, with a codebook.")
@click.option(
    "--output", metavar="DIR", type=click.Path(path_type=Path), default=Path("reports"), show_default=True,
    help="Folder for report and tables; created if missing.",
)  # fmt: skip
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True,
              help="Paper of the PDF.")  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["text", "csv"]), default="text", show_default=True,
    help="The groups as a table to read, or as CSV.",
)  # fmt: skip
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True,
    help="Seed of bootstrap, permutations and samples.",
)  # fmt: skip
def summary(
    outputs: tuple[Path, ...], by: str, report: bool, tables: bool, output: Path, paper: str, form: str,
    seed: int,
) -> None:  # fmt: skip
    """Sum up a scored corpus, by group.

    OUT is what "sensational corpus" wrote: JSON Lines, CSV or Parquet. The summary compares texts and does
    not rank outlets: groups stand in alphabetical order. Files of the same name are replaced, and that is
    said.
    """
    from sensational.corpus.scored import OutputError, read_all, rejected_beside
    from sensational.corpus.summary.summarise import summarise

    columns = tuple(dict.fromkeys(name.strip() for name in by.split(",") if name.strip()))
    try:
        rejected = sum(rejected_beside(path) for path in outputs)
        made = summarise(read_all(outputs), columns, seed, rejected)
    except OutputError as problem:
        raise click.ClickException(str(problem)) from problem
    _print(made, [path.name for path in outputs], form)
    if report or tables:
        try:
            _write(made, outputs, output, report, tables, "us-letter" if paper == "letter" else "a4")
        except OSError as problem:
            why = (problem.strerror or type(problem).__name__).lower()
            raise click.ClickException(
                f"the summary cannot be written to {output} ({why}); choose another --output"
            ) from problem


def _print(made: Summary, sources: list[str], form: str) -> None:
    if form == "csv":
        from sensational.corpus.summary.tables import tables

        sys.stdout.write(tables(made)["groups"])
        return
    from rich.console import Console

    from sensational.corpus.summary.terminal import print_summary

    print_summary(made, sources, Console(file=sys.stdout, highlight=False, markup=False, emoji=False))


def _write(
    made: Summary, outputs: tuple[Path, ...], folder: Path, report: bool, tables: bool, paper: Paper
) -> None:
    """Writes what was asked for, each file whole or not at all, and says their names on standard error."""
    from sensational.report.files import safe_name, write_all

    sources = [path.name for path in outputs]
    stem = safe_name(outputs[0].name.split(".")[0]) + "-summary"
    contents: dict[Path, bytes] = {}
    if report:
        from sensational.corpus.summary.page import summary_html, summary_pdf

        contents[folder / f"{stem}.html"] = summary_html(made, sources).encode("utf-8")
        contents[folder / f"{stem}.pdf"] = summary_pdf(made, sources, paper)
    if tables:
        from sensational.corpus.summary.tables import tables as as_tables

        for name, table in as_tables(made).items():
            contents[folder / f"{stem}.{name}.csv"] = table.encode("utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    sys.stdout.flush()
    sys.stderr.writelines(f"{line}\n" for line in write_all(contents))
