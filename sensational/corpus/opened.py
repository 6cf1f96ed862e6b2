"""A file as text: unpacked and decoded piece by piece, with what does not fit said instead of raised."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from pathlib import Path
from typing import IO, Any

from sensational.corpus.errors import CorpusError
from sensational.reading import open_without_waiting

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
_BYTES = 1 << 16
_CHARACTERS = 1 << 18


def unpacked_name(path: Path) -> str:
    """The file's name in small letters, without the ending of its compression."""
    name = path.name.lower()
    return next((name.removesuffix(end) for end in _SUFFIXES if name.endswith(end)), name)


class Text:
    """The text of a file, a window of it at a time.

    A byte that does not belong becomes a lone surrogate, which no valid text has (see :meth:`misfit`).

    Args:
        path: a file; ``.gz`` and ``.zst`` are unpacked.
        encoding: as Python names it; None for UTF-8, or what the byte order mark says.

    Attributes:
        window: what is at hand.
        ended: whether the file ends with it.
        damage: why a compressed file ends too early; None where it does not.

    Raises:
        CorpusError: it cannot be opened, is not text, or there is no such encoding.
    """

    def __init__(self, path: Path, encoding: str | None = None) -> None:
        self.window = ""
        self.ended = False
        self.damage: str | None = None
        self._packed = path.name.lower().endswith(_SUFFIXES)
        try:
            self._file = open_without_waiting(path)
            self._stream = unpacked(path, self._file)
            self._first = self._read()
        except OSError as problem:
            raise CorpusError(
                f"{path}: it cannot be read ({problem.strerror or problem}); check it"
            ) from None
        if encoding is None:
            encoding = next((name for mark, name in _MARKS if self._first.startswith(mark)), "utf-8")
            if encoding == "utf-8" and b"\0" in self._first.partition(b"\n")[0]:
                raise CorpusError(
                    f"{path}: it is not a text file; save it as CSV or JSON Lines in UTF-8, "
                    "or give --encoding if it is UTF-16 without a mark"
                )
        self._path = path
        self._encoding = encoding
        try:
            wide = len("a".encode(encoding)) > 1 and encoding != "utf-8-sig"
            errors = "replace" if wide else "surrogateescape"
            self._decode = codecs.getincrementaldecoder(encoding)(errors).decode
        except (LookupError, ValueError) as problem:
            raise CorpusError(
                f"there is no encoding {encoding!r} ({problem}); give utf-8, for example"
            ) from None

    def more(self, start: int) -> None:
        """Moves the window to begin at ``start`` and makes it longer, twice as long if that is needed.

        So a row that does not fit is looked at again a few times, and not once for every piece of it.

        Raises:
            CorpusError: the encoding cannot decode it at all, such as UTF-16 without a byte order mark.
        """
        pieces = [self.window[start:]]
        wanted = max(_CHARACTERS, len(pieces[0]))
        while wanted > 0 and not self.ended:
            data, self._first = self._first or self._read(), b""
            self.ended = not data
            try:
                pieces.append(self._decode(data, self.ended))
            except UnicodeError as problem:
                raise CorpusError(
                    f"{self._path}: it is not {self._encoding} ({problem}); give another --encoding"
                ) from None
            wanted -= len(pieces[-1])
        self.window = "".join(pieces)

    def misfit(self, text: str) -> str | None:
        """The byte of a text that does not belong, in words; None where all do."""
        if text.isascii():
            return None
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as problem:
            byte = ord(text[problem.start]) & 0xFF
            return (
                f"the byte 0x{byte:02x} is not {self._encoding.upper()}; if the whole file is like this, "
                "give its --encoding"
            )
        return None

    def position(self) -> int:
        """Bytes of the file that have been read."""
        return self._file.tell()

    def close(self) -> None:
        """Closes the file."""
        self._stream.close()
        self._file.close()

    def _read(self) -> bytes:
        if self.damage is not None:
            # Asked again after an error, Arrow hands out memory that it has not filled.
            return b""
        try:
            return bytes(self._stream.read1(_BYTES))
        except (EOFError, OSError, zlib.error) as problem:
            if not self._packed or (isinstance(problem, OSError) and problem.errno is not None):
                raise  # the disk's affair, and no reason to take what was read for the whole file
            why = " ".join(str(problem).split())[:100]
            self.damage = f"the compressed file is cut off or damaged from here on ({why})"
            return b""


def unpacked(path: Path, file: IO[bytes]) -> Any:
    """The stream of what is in a file, which its name says to be packed with gzip or zstd, or not at all."""
    if path.name.lower().endswith(".gz"):
        return gzip.GzipFile(fileobj=file, mode="rb")
    if path.name.lower().endswith(".zst"):
        import pyarrow

        return io.BufferedReader(_Arrow(pyarrow.CompressedInputStream(file, "zstd")), 1 << 14)
    return file


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
