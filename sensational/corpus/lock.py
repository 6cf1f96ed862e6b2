"""One run on one output at a time. The operating system holds the lock, and lets go however a run dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType

from sensational.corpus.errors import CorpusError

_PAST_THE_TEXT = 1 << 20  # Windows locks bytes, and locked ones cannot be read: one that is not there


class Lock:
    """Holds a file while in a ``with`` statement; the file names the process.

    Raises:
        CorpusError: another run holds it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def __enter__(self) -> Lock:
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _take(file)
        except OSError:
            holder = os.read(file, 100).decode("ascii", "replace").strip() or "unknown"
            os.close(file)
            raise CorpusError(
                f"another run (process {holder}) is writing to this output; wait for it, or choose "
                "another --output"
            ) from None
        os.ftruncate(file, 0)
        os.write(file, f"{os.getpid()}\n".encode("ascii"))
        self._file = file
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> None:
        os.lseek(file, _PAST_THE_TEXT, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        os.lseek(file, 0, os.SEEK_SET)

else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
