"""Where a worksheet goes: three files, there whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sensational.report.files import safe_name, write_all
from sensational.report.pdf import Paper
from sensational.worksheet.lesson import Lesson
from sensational.worksheet.pages import key_pdf, sheet_html, sheet_pdf
from sensational.worksheet.texts import Level


def write_worksheet(
    lessons: Sequence[Lesson], folder: Path, name: str, level: Level = "standard", paper: Paper = "a4"
) -> list[str]:
    """Write sheet, key and form into ``folder``; all are made before any is written.

    Args:
        lessons: the articles, in order; one or more.
        folder: made if it is not there.
        name: of the files, before ``-worksheet.pdf``, ``-key.pdf`` and ``-worksheet.html``; made safe.
        level: of the wording of the tasks.
        paper: of the PDFs, ``"a4"`` or ``"us-letter"``.

    Returns:
        What :func:`sensational.report.files.write_all` says of sheet, key and form.

    Raises:
        OSError: the folder cannot be made or written to.
        ValueError: there are no lessons, or ``paper`` is neither of the two.
    """
    sheet, key = sheet_pdf(lessons, level, paper), key_pdf(lessons, level, paper)
    form = sheet_html(lessons, level).encode("utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    stem = safe_name(name)
    contents = {"worksheet.pdf": sheet, "key.pdf": key, "worksheet.html": form}
    return write_all({folder / f"{stem}-{end}": content for end, content in contents.items()})
