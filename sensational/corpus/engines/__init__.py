"""What scores the parts: this process, others of this machine, or a Dask cluster; the bytes are the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sensational.corpus.part import Result
from sensational.corpus.rows import Part

Work = Callable[[Part], Result]
"""What is done to a part: a function that can be sent to another process."""


@dataclass(frozen=True, slots=True)
class Died:
    """The worker that had this part is gone, killed for want of memory, for example; or it failed."""

    part: Part
    how: str


class Engine(Protocol):
    """Takes parts and returns results, in any order."""

    def room(self) -> bool:
        """Whether another part can be taken."""

    def submit(self, part: Part) -> None:
        """Takes a part."""

    def next(self) -> Result | Died:
        """Waits until one of the parts is done.

        Raises:
            CorpusError: no worker is left to score it.
        """

    def close(self) -> None:
        """Ends the workers, whatever they do."""
