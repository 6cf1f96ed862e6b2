"""Who scores the parts: this process, others of this machine, or a Dask cluster. The bytes are the same."""

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
    """The worker that had this part is gone, killed for want of memory, for one; or it could not do it."""

    part: Part
    how: str


class Engine(Protocol):
    """Takes parts and gives results, in any order."""

    def room(self) -> bool:
        """Whether another part can be taken."""

    def submit(self, part: Part) -> None:
        """Takes a part."""

    def next(self) -> Result | Died:
        """Waits for one of the parts that were taken.

        Raises:
            CorpusError: nobody is there any more to score it.
        """

    def close(self) -> None:
        """Ends the workers, whatever they do."""
