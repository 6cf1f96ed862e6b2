"""Where a report goes: safe names, and files that are there whole or not at all."""

from __future__ import annotations

import os
import secrets
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from sensational.analysis import Analysis
from sensational.article import Article
from sensational.fitting import Fitting
from sensational.report.chart import ChartForm, chart_image
from sensational.report.html import view_to_html
from sensational.report.pdf import Paper, view_to_pdf
from sensational.report.safe import one_line
from sensational.report.view import build_view

_LONGEST = 100  # bytes of a name, well below what any file system allows
_RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    port + digit for port in ("com", "lpt") for digit in "0123456789¹²³"
}


def safe_name(name: str) -> str:
    """A file name without its ending: letters, digits, ``-``, ``_`` and inner dots, whatever ``name`` is.

    It cannot leave its folder, is at most 100 bytes long, and is none of the names that Windows keeps
    for its devices. Nothing usable in ``name`` gives ``"report"``.
    """
    kept = (c if c.isalnum() or c in "-_." else "-" for c in unicodedata.normalize("NFC", name))
    words = [word.strip(".") for word in "".join(kept).split("-")]
    joined = "-".join(word for word in words if word)
    cut = joined.encode("utf-8", "ignore")[:_LONGEST].decode("utf-8", "ignore").strip("-.")
    if cut.split(".")[0].casefold() in _RESERVED:
        cut = f"{cut}_" if "." not in cut else f"_{cut}"
    return cut or "report"


def write_report(
    article: Article,
    analysis: Analysis,
    folder: Path,
    name: str,
    paper: Paper = "a4",
    fitting: Fitting | None = None,
    chart: ChartForm | None = None,
) -> list[str]:
    """Write the report on an article into ``folder``, as a page and as a PDF.

    All are made before any is written; files of the same name are replaced.

    Args:
        article: what was read.
        analysis: what was said of it.
        folder: made if it is not there.
        name: of the files, without ending; made safe by :func:`safe_name`.
        paper: of the PDF, ``"a4"`` or ``"us-letter"``.
        fitting: a headline that the body bears out, if there is one to offer.
        chart: also write the chart as an image of this form, if the article was scored.

    Returns:
        What :func:`write_all` says of the HTML file, of the PDF and, where there is one, of the chart.

    Raises:
        OSError: the folder cannot be made or written to.
        ValueError: ``paper`` is neither of the two.
    """
    view = build_view(article, analysis, fitting=fitting)
    page, pdf = view_to_html(view).encode("utf-8"), view_to_pdf(view, paper)
    folder.mkdir(parents=True, exist_ok=True)
    stem = safe_name(name)
    contents = {folder / f"{stem}.html": page, folder / f"{stem}.pdf": pdf}
    if chart and view.scored:
        contents[folder / f"{stem}.{chart}"] = chart_image(view.open, view.headline_text, chart)
    return write_all(contents)


def write_all(contents: Mapping[Path, bytes]) -> list[str]:
    """Write files that belong together, so that a reader finds each old or new, and never a part of one.

    All are on the disk before the first one gets its name: where that is full, all are as they were.

    Returns:
        Their paths as one line each, with *(replaced)* after those that were there before.

    Raises:
        OSError: one cannot be written; nothing else is left behind.
    """
    said = [one_line(str(path)) + " (replaced)" * path.exists() for path in contents]
    waiting = {path: path.with_name(f".{path.name[:60]}.{secrets.token_hex(4)}.tmp") for path in contents}
    try:
        for path, content in contents.items():
            with waiting[path].open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        for path in contents:
            waiting[path].replace(path)
    except BaseException:
        for one in waiting.values():
            with suppress(OSError):
                one.unlink()
        raise
    return said
