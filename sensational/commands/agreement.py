"""``sensational agreement``: arguments in, words out."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command()
@click.argument("sheets", nargs=-1, required=True, metavar="CODERS.csv...", type=click.Path(path_type=Path))
@click.option("--key", metavar="FILE", type=click.Path(path_type=Path),
              help="The key that coding-sheet wrote; without it, only the coders are compared.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text",
              show_default=True, help="Tables to read, one JSON object, or CSV.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True,
              help="Seed of the bootstrap.")  # fmt: skip
def agreement(sheets: tuple[Path, ...], key: Path | None, form: str, seed: int) -> None:
    """Compare people's judgements with each other, and with the tool's.

    CODERS.csv is a filled-in sheet from "sensational coding-sheet": one file per coder, or one file with a
    column "coder".
    """
    from sensational.corpus import agreement as measures
    from sensational.corpus import agreement_tables as said
    from sensational.corpus.errors import CorpusError

    try:
        coding = measures.read_coding(sheets)
        found = measures.agreement(coding, measures.read_key(key) if key else None, seed)
    except CorpusError as problem:
        raise click.ClickException(str(problem)) from problem
    if form == "text":
        from rich.console import Console

        said.print_agreement(found, Console(file=sys.stdout, highlight=False, markup=False, emoji=False))
    else:
        sys.stdout.write(said.as_json(found) + "\n" if form == "json" else said.as_table(found))
