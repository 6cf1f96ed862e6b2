"""Examples as numbers, and in batches of like length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from torch import Tensor

from sensational.analysis import KINDS, VERDICTS
from sensational.language.document import Document
from sensational.language.function_words import function_words
from sensational.training.verifier.examples import ANY_KIND, Example, Span
from sensational.verifier.inputs import Inputs, ReadBody, verifier_inputs

ANY_LOADED = -50
UNKNOWN = -100
KIND_NUMBERS = {("none" if kind == "plain" else kind): number for number, kind in enumerate(KINDS)} | {
    ANY_KIND: ANY_LOADED
}
"""Kinds of the kind head: "none" stands where KINDS has "plain"; :data:`ANY_LOADED` is any other."""
PIECES_PER_BATCH = 4096


@dataclass(frozen=True, slots=True)
class Ready:
    """An example as numbers, headline wordpieces first."""

    inputs: Inputs
    example: Example
    target: np.ndarray
    exact: np.ndarray
    weight: np.ndarray
    kind: np.ndarray
    begins: np.ndarray
    content: np.ndarray
    pointers: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]


class Reader:
    """Turns examples into numbers; bodies are read once."""

    def __init__(self) -> None:
        self._bodies: dict[str, ReadBody] = {}

    def body(self, text: str) -> ReadBody:
        """A body as the verifier reads it."""
        if text not in self._bodies:
            self._bodies[text] = ReadBody(Document(text))
        return self._bodies[text]

    def ready(self, example: Example, budget: int) -> Ready:
        """One example as numbers."""
        body = self.body(example.body)
        headline = Document(example.headline)
        inputs = verifier_inputs(headline, body, budget)
        size = len(inputs.headline)
        target = np.zeros((size, len(VERDICTS)), np.float32)
        exact, weight = np.ones(size, bool), np.zeros(size, np.float32)
        kind = np.full(size, KIND_NUMBERS["none"] if example.kinds else UNKNOWN)
        content = np.zeros(size, bool)
        covered = [_over(example.spans, piece.start, piece.end) for piece in inputs.headline]
        for i, (piece, span) in enumerate(zip(inputs.headline, covered, strict=True)):
            text = example.headline[piece.start : piece.end]
            if not any(character.isalnum() for character in text):
                kind[i] = UNKNOWN if span is None or span.kind is None else KIND_NUMBERS[span.kind]
                continue
            content[i] = text not in function_words()
            if span is not None:
                target[i], exact[i] = span.verdicts, span.exact
                weight[i] = 1.5 / max(1.0, (span.end - span.start) / 6) ** 0.5 if span.exact else 1.0
                if span.kind is not None:
                    kind[i] = KIND_NUMBERS[span.kind]
            elif content[i]:
                target[i, 0], weight[i] = 1.0, example.supported
        if not example.body:
            weight[:] = 0
        return Ready(
            inputs, example, target, exact, weight * np.float32(example.weight), kind, _begins(covered),
            content, tuple(_pointers(example, inputs, body)),
        )  # fmt: skip


def _begins(covered: Sequence[Span | None]) -> np.ndarray:
    """Whether a loaded term begins at each wordpiece."""
    found = np.zeros(len(covered), np.float32)
    for i, span in enumerate(covered):
        loaded = span is not None and span.kind not in (None, "none")
        found[i] = loaded and (i == 0 or covered[i - 1] is not span)
    return found


def _over(spans: Sequence[Span], start: int, end: int) -> Span | None:
    """The span over some characters, a loaded one first."""
    found = [span for span in spans if span.start < end and start < span.end]
    return max(found, key=lambda span: span.kind not in (None, "none"), default=None)


def _pointers(
    example: Example, inputs: Inputs, body: ReadBody
) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """For each span whose evidence is known: its wordpieces, and which of the read sentences are right.

    The number after the last sentence stands for no sentence at all.
    """
    found = []
    for span in example.spans:
        if not span.pointed:
            continue
        pieces = tuple(p.position for p in inputs.headline if p.start < span.end and span.start < p.end)
        numbers = {_sentence_at(body.document, start, end) for start, end in span.evidence}
        right = tuple(i for i, number in enumerate(inputs.sentences) if number in numbers)
        if not span.evidence:
            right = (len(inputs.sentences),)
        if pieces and right:
            found.append((pieces, right))
    return found


def _sentence_at(document: Document, start: int, end: int) -> int:
    middle = start + min(20, (end - start) // 2)
    return max((s.index for s in document.sentences if s.start <= middle), default=0)


def batches(
    examples: Sequence[Example], budgets: Sequence[int], random: Random, together: bool = False
) -> list[list[tuple[Example, int]]]:
    """Examples of like length together, in random order; each with its budget.

    Args:
        examples: all of a pass.
        budgets: drawn from for each example.
        random: draws them, and the order.
        together: keep the examples of one headline side by side.
    """
    drawn = [(example, random.choice(budgets)) for example in examples]

    def length(pair: tuple[Example, int]) -> int:
        example, budget = pair
        read = min(budget, len(example.body) // 4)
        return read + len(example.headline) // 4 + 8

    def place(pair: tuple[Example, int]) -> float:
        return length(pair) + random.random() * 24

    order = sorted(drawn, key=place)
    if together:
        # the longest decides, so that the length of a batch is told by its last example
        longest = {example.headline: number for number, (example, _) in enumerate(order)}
        order.sort(key=lambda pair: longest[pair[0].headline])
    found: list[list[tuple[Example, int]]] = []
    now: list[tuple[Example, int]] = []
    for pair in order:
        if (now and (len(now) + 1) * length(pair) > PIECES_PER_BATCH) or len(now) == 64:
            found.append(now)
            now = []
        now.append(pair)
    if now:
        found.append(now)
    random.shuffle(found)
    return found


def tensors(ready: Sequence[Inputs]) -> dict[str, Tensor]:
    """A batch of inputs, padded."""
    longest = max(len(one.ids) for one in ready)
    filled = {
        name: torch.zeros((len(ready), longest), dtype=torch.long)
        for name in ("ids", "parts", "match", "quoted", "mask")
    }
    for row, one in enumerate(ready):
        size = len(one.ids)
        for name in ("ids", "parts", "match", "quoted"):
            filled[name][row, :size] = torch.from_numpy(getattr(one, name))
        filled["mask"][row, :size] = 1
    return filled
