"""``sensational worksheet``: articles as a lesson, in two PDFs and a form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sensational.cli import article_arguments, each_article, file_stem

if TYPE_CHECKING:
    from sensational.analysis import Analysis
    from sensational.article import Article
    from sensational.worksheet.lesson import Lesson

SET = "set"
"""Name of the files of several articles."""


@click.command("worksheet")
@article_arguments
@click.option(
    "--output", metavar="DIR", type=click.Path(path_type=Path), default=Path("reports"), show_default=True,
    help="Folder for the files; created if missing.",
)  # fmt: skip
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True,
              help="Paper of the PDFs.")  # fmt: skip
@click.option("--level", type=click.Choice(["standard", "younger"]), default="standard", show_default=True,
              help="Wording of the tasks; the article is not changed.")  # fmt: skip
@click.option("--name", metavar="NAME", help="Name of the files; by default that of FILE, or 'set'.")
def worksheet(
    files: tuple[str, ...], headline: str | None, body: str | None, fetch: bool, output: Path, paper: str,
    level: str, name: str | None,
) -> None:  # fmt: skip
    """Make a worksheet for pupils, a key for their teacher, and a form to fill in on a screen.

    FILE is a text file whose first line is the headline, a saved web page, or - for standard input. With
    --fetch, it may be the address of a page. Several files make a set with a cover; a set should have one
    loud headline that its body bears out. Files of the same name are replaced, and that is said.
    """
    lessons: list[Lesson] = []
    names: list[str] = []

    def collect(article: Article, analysis: Analysis, source: str, first: bool) -> None:
        from sensational.rewrite import fitting_of
        from sensational.worksheet.lesson import build_lesson

        level_of = "younger" if level == "younger" else "standard"
        lessons.append(build_lesson(article, analysis, fitting_of(article, analysis), level_of))  # type: ignore[arg-type]
        names.append(file_stem(source, article))

    def write() -> None:
        if lessons:
            _write(lessons, output, name or (names[0] if len(lessons) == 1 else SET), level, paper)

    try:
        each_article(files, headline, body, fetch, collect)
    except SystemExit:
        write()  # what could be read is made even where another article could not
        raise
    write()


def _write(lessons: list[Lesson], output: Path, name: str, level: str, paper: str) -> None:
    from sensational.report.safe import shortened
    from sensational.worksheet.files import write_worksheet
    from sensational.worksheet.pages import NONE_LOUD_AND_FAIR, loud_is_missing

    try:
        written = write_worksheet(
            lessons, output, name, "younger" if level == "younger" else "standard",
            "us-letter" if paper == "letter" else "a4",
        )  # fmt: skip
    except OSError as problem:
        why = (problem.strerror or type(problem).__name__).lower()
        raise click.ClickException(
            f"the worksheet cannot be written to {output} ({why}); choose another --output"
        ) from problem
    click.echo("\n".join(written))
    for lesson in lessons:
        number = f"divergence {lesson.divergence}" if lesson.scored else "not scored"
        click.echo(
            f"{shortened(lesson.headline, 100)}: {number}, loading {lesson.loading}, "
            f"{len(lesson.terms)} loaded {'term' if len(lesson.terms) == 1 else 'terms'}"
        )
    if loud_is_missing(lessons):
        click.echo(NONE_LOUD_AND_FAIR)
