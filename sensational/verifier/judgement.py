"""What the verifier reads out of a headline and its passage: plain data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sensational.analysis import StanceLabel
from sensational.verifier.inputs import HeadlinePiece

Floats = NDArray[np.float64]
STANCES: tuple[StanceLabel, ...] = ("agree", "discuss", "disagree", "unrelated")


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a headline by themselves; one row for each of its wordpieces.

    Attributes:
        pieces: the wordpieces with their characters.
        kinds: probabilities of the nine kinds in the order of ``analysis.KINDS``, of shape (pieces, 9).
        begins: the probability that a loaded term begins here, of shape (pieces,).
    """

    pieces: tuple[HeadlinePiece, ...]
    kinds: Floats
    begins: Floats

    def rows(self, start: int, end: int) -> list[int]:
        """The wordpieces that overlap some characters of the headline."""
        return [i for i, piece in enumerate(self.pieces) if piece.start < end and start < piece.end]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The headline set against the passage; one row for each wordpiece of the headline.

    Attributes:
        reading: the same wordpieces, read with the passage at hand.
        verdicts: probabilities of the seven verdicts, of shape (pieces, 7).
        pointer: how much each wordpiece points to each sentence and, last, to none; of shape (pieces,
            sentences + 1), before the softmax.
        sentences: numbers of the sentences that were read.
        divergence: of the headline as a whole, as the model takes it, 0 to 1.
        stances: probabilities of agree, discuss, disagree, unrelated.
    """

    reading: Reading
    verdicts: Floats
    pointer: Floats
    sentences: tuple[int, ...]
    divergence: float
    stances: tuple[float, float, float, float]

    def verdicts_of(self, start: int, end: int) -> Floats:
        """The probabilities of the verdicts for some characters of the headline: means over their pieces."""
        rows = self.reading.rows(start, end)
        if not rows:
            return np.asarray(np.eye(self.verdicts.shape[1])[0])
        return np.asarray(self.verdicts[rows].mean(axis=0))

    def pointed(self, start: int, end: int) -> Floats:
        """The probability of each sentence that was read, and last of none, to decide on some characters."""
        rows = self.reading.rows(start, end)
        scores = self.pointer[rows].mean(axis=0) if rows else np.zeros(len(self.sentences) + 1)
        powers = np.exp(scores - scores.max())
        return np.asarray(powers / powers.sum())
