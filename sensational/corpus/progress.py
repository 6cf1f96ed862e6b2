"""How far a run is: a bar on a terminal, one line a minute in a pipe, both on standard error."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from typing import Any, TextIO

from sensational.corpus.rows import Counts, counted

_MINUTE = 60.0


class Progress:
    """Shows counts, rate and remaining time.

    Args:
        stream: where to; a terminal gets a bar.
        every: seconds between two lines where it is none.
    """

    def __init__(self, stream: TextIO | None = None, every: float = _MINUTE) -> None:
        self._stream = stream or sys.stderr
        self._every = every
        self._begin = self._last = time.monotonic()
        self._from = (0, 0)
        self._size = 1
        self._bar: Any = None
        self._task: Any = None

    def start(self, size: int, already: Counts, read_to: int) -> None:
        """Begins with the scoring.

        Args:
            size: bytes of the input.
            already: rows that were done before, which say nothing of the rate.
            read_to: bytes that they took.
        """
        self._size = max(size, 1)
        self._begin = self._last = time.monotonic()
        self._from = (already.read, read_to)
        if self._stream.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, TaskProgressColumn, TextColumn
            from rich.progress import Progress as Bar

            columns = (BarColumn(24), TaskProgressColumn(), TextColumn("{task.description}", markup=False))
            self._bar = Bar(*columns, console=Console(file=self._stream), transient=True)
            self._task = self._bar.add_task("", total=self._size)
            self._bar.start()

    def show(self, counts: Counts, read_to: int) -> None:
        """Says how far it is, if it is time to."""
        now = time.monotonic()
        if self._bar is not None:
            self._bar.update(self._task, completed=read_to, description=self._words(counts, read_to, now))
        elif now - self._last >= self._every:
            self._last = now
            with suppress(OSError):  # the terminal is gone: no reason to stop
                self._stream.write(f"sensational: {self._words(counts, read_to, now)}\n")
                self._stream.flush()

    def stop(self) -> None:
        """Takes the bar away."""
        if self._bar is not None:
            with suppress(OSError):
                self._bar.stop()
            self._bar = None

    def _words(self, counts: Counts, read_to: int, now: float) -> str:
        seconds = max(now - self._begin, 1e-9)
        rows, read = counts.read - self._from[0], read_to - self._from[1]
        rate = rows / seconds
        left = ""
        if rows and read > 0 and now > self._begin:
            left = f", {duration((self._size - read_to) * seconds / read)} left"
        return f"{counted(counts.read, 'row')}, {rate:,.0f}/s{left}; {in_words(counts)}"


def in_words(counts: Counts) -> str:
    """``"980 scored, 15 not scored, 5 rejected"``."""
    return f"{counts.scored:,} scored, {counts.not_scored:,} not scored, {counts.rejected:,} rejected"


def duration(seconds: float) -> str:
    """``"40 s"``, ``"12 min"``, ``"3 h 20 min"``."""
    minutes = round(seconds / 60)
    if seconds < 100:
        return f"{max(seconds, 0):.0f} s"
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"
