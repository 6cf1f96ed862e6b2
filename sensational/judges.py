"""Further judges of the evidence, which a user may bring: what a stage asks of them, and no more.

The stages know a judge by these protocols only; the models behind them are opened in ``extras/``, which is
where torch is imported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sensational.analysis import ModelUsed


class Nearness(Protocol):
    """Says how near in meaning two texts are."""

    def similarities(self, terms: Sequence[str], sentences: Sequence[str]) -> list[list[float]]:
        """A row a term, a column a sentence: cosine, 0 to 1."""


class Entailment(Protocol):
    """Says whether one sentence bears out another."""

    def entailments(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, float, float]]:
        """For each (premise, hypothesis) the shares of entailment, neutral and contradiction, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Judges:
    """The judges beside the words; ``used`` names each for the provenance. None by default.

    A judge has to give a pair of texts the same answer, whatever it is asked before or with it.
    """

    meaning: Nearness | None = None
    entailment: Entailment | None = None
    used: tuple[ModelUsed, ...] = ()


NO_JUDGES = Judges()
