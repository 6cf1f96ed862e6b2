"""A file, standard input or bytes to an article."""

from __future__ import annotations

import os
import stat
import sys
from io import BufferedReader, FileIO
from pathlib import Path
from typing import Any, BinaryIO

from sensational.article import Article
from sensational.reading.decoding import decode
from sensational.reading.errors import ReadingError
from sensational.reading.text import read_text

# Inputs larger than this are refused: a novel has about 1 MiB.
LARGEST_INPUT = 64 * 1024 * 1024

_PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
_STANDARD_INPUT = "standard input"


def read(path: str | Path, *, headline: str | None = None, largest: int = LARGEST_INPUT) -> Article:
    """The article in a file: plain text or a web page, told apart by what is in it.

    Args:
        path: a text or HTML file; "-" is standard input.
        headline: the headline, where it is known; what stands below it, or else the whole text, is the body.
        largest: size in bytes above which the file is refused.

    Returns:
        The article, its ``id`` the file's name.

    Raises:
        ReadingError: missing, empty, too large, a folder or a device, not text, or a page without an article.
    """
    if str(path) == "-":
        return read_stream(sys.stdin.buffer, _STANDARD_INPUT, headline=headline, largest=largest)
    return read_bytes(_contents(Path(path), largest), str(path), headline=headline)


class _Unwaiting(FileIO):
    """A file that is at its end where it would keep its reader waiting."""

    def readinto(self, buffer: Any) -> int:
        return super().readinto(buffer) or 0  # None: nothing is there yet

    def readall(self) -> bytes:
        return super().readall() or b""


def open_without_waiting(path: Path) -> BufferedReader:
    """A file, opened to be read, that ends where it would keep its reader waiting.

    Some files of the system say that they are regular and block all the same, as ``/proc/kmsg`` does; and
    another program may put a pipe in the place of a file after it was looked at.

    Raises:
        OSError: it cannot be opened.
    """

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))  # Windows has none of such files

    return BufferedReader(_Unwaiting(path, "rb", opener=opener), 1 << 16)


def read_stream(
    stream: BinaryIO, name: str, *, headline: str | None = None, largest: int = LARGEST_INPUT
) -> Article:
    """The article in a binary stream, which is read to its end or as far as ``largest``.

    Raises:
        ReadingError: as :func:`read`.
    """
    data = stream.read(largest + 1)
    if len(data) > largest:
        raise _too_large(name, largest)
    return read_bytes(data, name, headline=headline)


def read_bytes(data: bytes, name: str, *, headline: str | None = None) -> Article:
    """The article in bytes: plain text or a web page.

    Args:
        data: the whole input.
        name: what to call it in errors; its last part becomes the article's ``id``, and a suffix such
            as ``.html`` decides where the content leaves a doubt.
        headline: the headline, where it is known.

    Raises:
        ReadingError: empty, not text, or a page without an article.
    """
    text = decode(data, name)
    if not text.strip("\ufeff\u200b \t\r\n\f\v\0"):
        raise ReadingError(name, "it is empty", "Give a file with a headline and the text below it")
    # Looked up here, because pages cost an import of 0.2 s that plain text does not need.
    if _may_be_page(text, name):
        from sensational.reading.page import looks_like_html, read_html

        suffix = Path(name).suffix.lower()
        if looks_like_html(text) or (suffix in _PAGE_SUFFIXES and "<" in text):
            article = read_html(text, name=name, headline=headline)
            return _named(article, name)
    article = read_text(text, name=name, headline=headline)
    if not article.headline and not article.body:
        raise ReadingError(
            name, "there is no line of a story in it", "Give a file with a headline and the text below it"
        )
    return _named(article, name)


def _may_be_page(text: str, name: str) -> bool:
    return text[:1024].lstrip().startswith("<") or Path(name).suffix.lower() in _PAGE_SUFFIXES


def _named(article: Article, name: str) -> Article:
    from dataclasses import replace

    return replace(article, id=Path(name).name or name)


def _contents(path: Path, largest: int) -> bytes:
    """The bytes of a regular file; nothing is opened that could block or never end."""
    name = str(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ReadingError(name, "it is a folder", "Give one article's file, or use the corpus command")
        if not stat.S_ISREG(status.st_mode):
            raise ReadingError(
                name,
                "it is not a regular file",
                "Give a text or HTML file, or send the text to standard input and give - as the file",
            )
        if status.st_size > largest:
            raise _too_large(name, largest)
        with open_without_waiting(path) as file:
            data = file.read(largest + 1)
    except ReadingError:
        raise
    except FileNotFoundError:
        raise ReadingError(name, "there is no such file", "Check the name and the folder") from None
    except PermissionError:
        raise ReadingError(name, "it may not be read", "Change its permissions or copy it") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise ReadingError(name, f"it cannot be read ({error})", "Check the name and the disk") from None
    if len(data) > largest:  # it has grown since
        raise _too_large(name, largest)
    return data


def _too_large(name: str, largest: int) -> ReadingError:
    return ReadingError(
        name,
        f"it is larger than {largest / (1024 * 1024):g} MiB",
        "Give one article's text only; tables of many articles are for the corpus command",
    )
