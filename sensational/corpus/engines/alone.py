"""This process scores."""

from __future__ import annotations

from sensational.corpus.engines import Died, Work
from sensational.corpus.part import Result
from sensational.corpus.rows import Part


class Alone:
    """The engine of one process, one part at a time."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._part: Part | None = None

    def room(self) -> bool:
        """True while no part waits."""
        return self._part is None

    def submit(self, part: Part) -> None:
        """Keeps the part until :meth:`next`."""
        self._part = part

    def next(self) -> Result | Died:
        """Scores the part."""
        part, self._part = self._part, None
        if part is None:
            raise RuntimeError("no part was submitted")
        try:
            return self._work(part)
        except Exception as problem:
            return Died(part, f"it failed: {type(problem).__name__}: {problem}")

    def close(self) -> None:
        """Nothing to end."""
