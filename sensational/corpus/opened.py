"""A file as lines of text: unpacked, decoded, each of bounded length, damage said instead of raised."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections import deque
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any, NamedTuple

from sensational.corpus.errors import CorpusError

LARGEST_ROW = 64 * 1024 * 1024
"""Characters of a row; as much as the reader of single articles takes. A longer one is rejected."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SUFFIXES = (".gz", ".zst")


class Line(NamedTuple):
    """A line with its end; ``cause`` says what is wrong with it."""

    text: str
    number: int
    cause: str | None = None


def unpacked_name(path: Path) -> str:
    """The file's name in small letters, without the ending of its compression."""
    name = path.name.lower()
    return next((name.removesuffix(end) for end in _SUFFIXES if name.endswith(end)), name)


class Lines:
    """The lines of a file one by one; some can be put back.

    Args:
        path: a file; ``.gz`` and ``.zst`` are unpacked on the way.
        encoding: as Python names it; None for UTF-8, or what the byte order mark says.

    Raises:
        CorpusError: it cannot be opened, is not text, or there is no such encoding.
    """

    def __init__(self, path: Path, encoding: str | None = None) -> None:
        self._packed = path.name.lower().endswith(_SUFFIXES)
        try:
            self._file = path.open("rb")
            stream = _unpacked(path, self._file)
            begin = stream.peek(4)[:4096] if not self._packed else _peeked(stream)
        except OSError as problem:
            raise CorpusError(
                f"{path}: it cannot be read ({problem.strerror or problem}); check it"
            ) from None
        if encoding is None:
            encoding = next((name for mark, name in _MARKS if begin.startswith(mark)), "utf-8")
            if encoding == "utf-8" and b"\0" in begin.partition(b"\n")[0]:
                raise CorpusError(
                    f"{path}: it is not a text file; save it as CSV or JSON Lines in UTF-8, "
                    "or say --encoding if it is UTF-16 without a mark"
                )
        try:
            wide = len("a".encode(encoding)) > 1 and encoding != "utf-8-sig"
            # A byte that does not belong becomes a lone surrogate, which no valid text has: it marks the row.
            self._text = io.TextIOWrapper(
                stream, encoding, errors="replace" if wide else "surrogateescape", newline="\n"
            )
        except (LookupError, ValueError) as problem:
            raise CorpusError(f"there is no encoding {encoding!r} ({problem}); say utf-8, for one") from None
        self._waiting: deque[Line] = deque()
        self._number = 0
        self._encoding = encoding
        self._ended = False

    def next(self) -> Line | None:
        """The next line; None at the end."""
        if self._waiting:
            return self._waiting.popleft()
        if self._ended:
            return None
        self._number += 1
        try:
            text = self._text.readline(LARGEST_ROW)
            too_long = len(text) == LARGEST_ROW and not text.endswith("\n")
            while too_long and (more := self._text.readline(LARGEST_ROW)) and not more.endswith("\n"):
                pass
        except (EOFError, OSError, zlib.error) as problem:
            if not self._packed:
                raise
            self._ended = True
            why = " ".join(str(problem).split())[:100]
            return Line("", self._number, f"the compressed file is cut off or damaged from here on ({why})")
        if not text:
            return None
        if too_long:
            return Line(text[:1000], self._number, f"the line is longer than {LARGEST_ROW:,} characters")
        return Line(text, self._number, None if text.isascii() else self._misfit(text))

    def put_back(self, lines: Iterable[Line]) -> None:
        """Lets :meth:`next` give these lines again, the first of them first."""
        self._waiting.extendleft(reversed(list(lines)))

    def position(self) -> int:
        """Bytes of the file that have been read."""
        return self._file.tell()

    def close(self) -> None:
        """Closes the file."""
        self._text.close()
        self._file.close()

    def _misfit(self, text: str) -> str | None:
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as problem:
            byte = ord(text[problem.start]) & 0xFF
            return (
                f"byte 0x{byte:02x} at character {problem.start + 1} of the line is not "
                f"{self._encoding.upper()}; "
                "if the whole file is like this, say its --encoding"
            )
        return None


def _unpacked(path: Path, file: IO[bytes]) -> Any:
    if path.name.lower().endswith(".gz"):
        return gzip.GzipFile(fileobj=file, mode="rb")
    if path.name.lower().endswith(".zst"):
        import pyarrow

        return io.BufferedReader(_Arrow(pyarrow.CompressedInputStream(file, "zstd")), 1 << 18)
    return file


def _peeked(stream: Any) -> bytes:
    try:
        return bytes(stream.peek(4)[:4096])
    except (EOFError, OSError, zlib.error):
        return b""  # the damage is said where the first row should be


class _Arrow(io.RawIOBase):
    """A stream of Arrow as Python's libraries expect one."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
