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
        OSError: the file cannot be opened or locked.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def __enter__(self) -> Lock:
        while not self.held():  # a run that ended just now took the file away: once more, with a new one
            self.__exit__(None, None, None)
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
            try:
                self._take(self._file)
            except BaseException:
                self.__exit__(None, None, None)
                raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def held(self) -> bool:
        """Whether the file is ours and still in its place; removed or replaced, it keeps nobody out."""
        if self._file is None:
            return False
        try:
            return os.path.samestat(os.stat(self._path), os.fstat(self._file))
        except FileNotFoundError:
            return False

    def _take(self, file: int) -> None:
        try:
            _lock(file)
        except (BlockingIOError, PermissionError):
            holder = os.read(file, 100).decode("ascii", "replace").strip() or "unknown"
            raise CorpusError(
                f"another run (process {holder}) is writing to this output; wait for it, or choose "
                "another --output"
            ) from None
        except OSError as problem:
            problem.filename = str(self._path)  # a file system without locks, for example
            raise
        os.ftruncate(file, 0)
        os.write(file, f"{os.getpid()}\n".encode("ascii"))


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        os.lseek(file, _PAST_THE_TEXT, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        os.lseek(file, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
