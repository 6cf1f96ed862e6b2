"""``sensational coding-sheet``: arguments in, words out."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sensational.corpus.coding_sheet import Sheet


@click.command("coding-sheet")
@click.argument("outputs", nargs=-1, required=True, metavar="OUT...", type=click.Path(path_type=Path))
@click.option("--articles", multiple=True, metavar="INPUT", type=click.Path(path_type=Path),
              help="The input that the corpus was scored from; it has the bodies.")  # fmt: skip
@click.option("--sample", type=click.IntRange(1, 100_000), default=100, show_default=True,
              help="Number of articles.")  # fmt: skip
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True, help="Seed of the sample."
)
@click.option("--output", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
              default=Path("coding-sheet.csv"), show_default=True,
              help="Where the sheet goes; the key goes beside it: for sheet.csv, sheet.key.csv.")  # fmt: skip
@click.option("--headline", metavar="COLUMN", help="Column of the headlines in INPUT; guessed if not given.")
@click.option("--body", metavar="COLUMN", help="Column of the bodies in INPUT; guessed if not given.")
@click.option("--id", "id_", metavar="COLUMN", help="Column of the ids in INPUT; guessed if not given.")
def coding_sheet(
    outputs: tuple[Path, ...], articles: tuple[Path, ...], sample: int, seed: int, output: Path,
    headline: str | None, body: str | None, id_: str | None,
) -> None:  # fmt: skip
    """Draw articles for people to judge without seeing what the tool said.

    OUT is what "sensational corpus" wrote. Each person fills in a copy of the sheet. "sensational agreement"
    compares the copies with each other and, given the key, with the tool. Do not show the key to the coders.
    A sheet of the same name is replaced, and that is said, unless it has judgements in it.
    """
    from sensational.corpus import coding_sheet as sheets
    from sensational.corpus.errors import CorpusError
    from sensational.corpus.inputs import Settings
    from sensational.corpus.scored import read_all

    if not articles:
        raise click.UsageError(
            "people need the bodies to judge, and the output of a corpus does not hold them; give with "
            "--articles the input that it was scored from"
        )
    try:
        drawn = sheets.draw(read_all(outputs), sample, seed)
        items, missing = sheets.with_bodies(drawn, articles, Settings(headline, body, id_))
        sheets.check(drawn, items, articles)
    except CorpusError as problem:
        raise click.ClickException(str(problem)) from problem
    if _is_filled(output):
        raise click.ClickException(f"{output} has judgements in it; move it away, or choose another --output")
    made = sheets.coding_sheet(items, missing)
    key = output.with_name(f"{output.stem}.key.csv")
    _say(made, sample, _write({output: made.sheet, key: made.key}), key)


def _is_filled(sheet: Path) -> bool:
    """Whether somebody has begun to fill in the sheet that would be replaced."""
    from sensational.corpus.agreement import read_coding
    from sensational.corpus.errors import CorpusError

    with suppress(CorpusError):
        coding = read_coding([sheet])
        return bool(coding.verdicts or coding.divergences or coding.faults)
    return False


def _write(texts: dict[Path, str]) -> str:
    """Writes sheet and key; gives the path of the sheet, and whether it was replaced."""
    from sensational.report.files import write_all

    first = next(iter(texts))
    try:
        first.parent.mkdir(parents=True, exist_ok=True)
        # With the mark, spreadsheets take them for UTF-8.
        return write_all({path: text.encode("utf-8-sig") for path, text in texts.items()})[0]
    except OSError as problem:
        why = (problem.strerror or type(problem).__name__).lower()
        raise click.ClickException(f"{first} cannot be written ({why}); choose another --output") from problem


def _say(made: Sheet, sample: int, written: str, key: Path) -> None:
    from sensational.cli import complain
    from sensational.report.safe import one_line
    from sensational.report.sentences import plural

    counts = f"{plural(made.items, 'article')}, {plural(made.terms, 'term')}"
    click.echo(one_line(f"{written}: {counts}; the key: {key}"))
    if made.missing:
        some = "; ".join(made.missing[:3])
        count = plural(len(made.missing), "article")
        complain("", f"{count} left out, because --articles does not have the body: {some}")
    drawn = made.items + len(made.missing)
    if drawn < sample:
        complain("", f"only {plural(drawn, 'article')} could be drawn, because no more were scored")
