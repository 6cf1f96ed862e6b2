"""A folder of text and HTML files: every file is an article, in the order of their names."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from sensational.corpus.rows import Broken
from sensational.reading import LARGEST_INPUT, open_without_waiting

SUFFIXES = frozenset({".txt", ".text", ".html", ".htm", ".xhtml", ".shtml"})


def article_files(folder: Path) -> Iterator[Path]:
    """The text and HTML files in a folder and the folders in it, sorted folder by folder.

    Folders that are links are not entered: they could lead in a circle, or anywhere.
    """
    for place, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            if os.path.splitext(name)[1].lower() in SUFFIXES:
                yield Path(place, name)


def contents(path: Path) -> bytes | Broken:
    """The bytes of a file, or why it is not read."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return Broken("it is not a regular file", path.name)
        if status.st_size > LARGEST_INPUT:
            return Broken(f"the file is larger than {LARGEST_INPUT >> 20} MiB", path.name)
        with open_without_waiting(path) as file:
            return file.read(LARGEST_INPUT)
    except OSError as problem:
        return Broken(f"the file cannot be read ({problem.strerror or problem})", path.name)
