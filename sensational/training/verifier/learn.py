"""The passes over the examples: batches, losses, learning rate, checkpoints."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - as everybody calls it

from sensational.analysis import KINDS, VERDICTS
from sensational.language.document import Document
from sensational.language.function_words import function_words
from sensational.training.verifier.examples import Example, Span
from sensational.training.verifier.network import Network
from sensational.verifier.inputs import Inputs, ReadBody, verifier_inputs

# kinds of the kind head: "none" stands where KINDS has "plain"
KIND_NUMBERS = {("none" if kind == "plain" else kind): number for number, kind in enumerate(KINDS)}
BUDGETS = (190, 256)
"""Wordpieces of the body, drawn anew for each example in each pass, so that the model reads any length."""
PIECES_PER_BATCH = 4096
ENCODER_RATE, HEAD_RATE = 8e-5, 4e-4
WARM_UP_STEPS = 80
LOWEST_RATE = 0.03
LOSS = {
    "verdict": 1.0,
    "kind": 0.5,
    "begins": 0.2,
    "divergence": 0.7,
    "entailment": 1.0,
    "stance": 0.6,
    "pointer": 0.4,
}
LOGGED = 50
"""Steps between two lines of the log."""
AVERAGED = 0.25
"""Share of the last steps over which the weights are averaged."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A number of passes over examples drawn anew for each; of the last, a part where it is broken."""

    name: str
    passes: float
    examples: Callable[[Random], list[Example]]
    budgets: tuple[int, ...] = BUDGETS


@dataclass(frozen=True, slots=True)
class _Ready:
    """An example as numbers, headline wordpieces first."""

    inputs: Inputs
    example: Example
    target: np.ndarray
    exact: np.ndarray
    weight: np.ndarray
    kind: np.ndarray
    begins: np.ndarray
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

    def ready(self, example: Example, budget: int) -> _Ready:
        """One example as numbers."""
        body = self.body(example.body)
        headline = Document(example.headline)
        inputs = verifier_inputs(headline, body, budget)
        size = len(inputs.headline)
        target = np.zeros((size, len(VERDICTS)), np.float32)
        exact, weight = np.ones(size, bool), np.zeros(size, np.float32)
        kind = np.full(size, KIND_NUMBERS["none"] if example.kinds else -100)
        covered = [_over(example.spans, piece.start, piece.end) for piece in inputs.headline]
        for i, (piece, span) in enumerate(zip(inputs.headline, covered, strict=True)):
            text = example.headline[piece.start : piece.end]
            if not any(character.isalnum() for character in text):
                kind[i] = -100 if span is None or span.kind is None else KIND_NUMBERS[span.kind]
                continue
            if span is not None:
                target[i], exact[i] = span.verdicts, span.exact
                weight[i] = 1.5 / max(1.0, (span.end - span.start) / 6) ** 0.5 if span.exact else 1.0
                if span.kind is not None:
                    kind[i] = KIND_NUMBERS[span.kind]
            elif text not in function_words():
                target[i, 0], weight[i] = 1.0, example.supported
        if not example.body:
            weight[:] = 0
        return _Ready(
            inputs, example, target, exact, weight * np.float32(example.weight), kind, _begins(covered),
            tuple(_pointers(example, inputs, body)),
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
    examples: Sequence[Example], budgets: Sequence[int], random: Random
) -> list[list[tuple[Example, int]]]:
    """Examples of like length together, in random order; each with its budget."""
    drawn = [(example, random.choice(budgets)) for example in examples]

    def length(pair: tuple[Example, int]) -> int:
        example, budget = pair
        read = min(budget, len(example.body) // 4)
        return read + len(example.headline) // 4 + 8

    order = sorted(drawn, key=lambda pair: length(pair) + random.random() * 24)
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


def loss_of(out: dict[str, Tensor], batch: Sequence[_Ready]) -> dict[str, Tensor]:
    """The loss of each head over a batch; heads about which nothing is known are left out."""
    losses: dict[str, Tensor] = {}
    longest = out["verdict"].shape[1]
    target = np.zeros((len(batch), longest, len(VERDICTS)), np.float32)
    exact, weight = np.ones((len(batch), longest), bool), np.zeros((len(batch), longest), np.float32)
    kind = np.full((len(batch), longest), -100)
    begins = np.zeros((len(batch), longest), np.float32)
    for row, one in enumerate(batch):
        places = slice(1, 1 + len(one.inputs.headline))
        target[row, places], exact[row, places] = one.target, one.exact
        weight[row, places], kind[row, places] = one.weight, one.kind
        begins[row, places] = one.begins
    w, y = torch.from_numpy(weight), torch.from_numpy(target)
    logs = F.log_softmax(out["verdict"], -1)
    if weight.any():
        right = (logs * y).sum(-1)
        possible = torch.logsumexp(logs.masked_fill(y == 0, -1e4), -1)
        losses["verdict"] = -(torch.where(torch.from_numpy(exact), right, possible) * w).sum() / w.sum()
    if (kind >= 0).any():
        losses["kind"] = F.cross_entropy(out["kind"].transpose(1, 2), torch.from_numpy(kind))
        known = torch.from_numpy(kind >= 0)
        losses["begins"] = F.binary_cross_entropy_with_logits(
            out["begins"][known], torch.from_numpy(begins)[known]
        )
    for name in ("divergence", "stance", "entailment"):
        told = [(i, getattr(one.example, name)) for i, one in enumerate(batch)]
        told = [(i, value) for i, value in told if value is not None]
        if not told:
            continue
        which, values = [i for i, _ in told], [value for _, value in told]
        scale = torch.tensor([batch[i].example.weight for i in which])
        if name == "divergence":
            each = F.binary_cross_entropy_with_logits(
                out[name][which], torch.tensor(values), reduction="none"
            )
        else:
            each = F.cross_entropy(out[name][which], torch.tensor(values), reduction="none")
        losses[name] = (each * scale).sum() / scale.sum()
    pointed = [(row, one, pointer) for row, one in enumerate(batch) for pointer in one.pointers]
    if pointed:
        losses["pointer"] = torch.stack([_pointer_loss(out, *one) for one in pointed]).mean()
    return losses


def _pointer_loss(
    out: dict[str, Tensor], row: int, one: _Ready, pointer: tuple[tuple[int, ...], tuple[int, ...]]
) -> Tensor:
    pieces, right = pointer
    logs = F.log_softmax(sentence_scores(out, row, one.inputs, pieces), 0)
    return -torch.logsumexp(logs[list(right)], 0)


def sentence_scores(out: dict[str, Tensor], row: int, inputs: Inputs, pieces: Sequence[int]) -> Tensor:
    """How much some wordpieces point to each sentence that was read and, last, to none."""
    towards = out["pointer"][row, list(pieces)].mean(0)
    scores = [towards[first:last].mean() for first, last in inputs.sentence_spans]
    return torch.stack([*scores, out["nowhere"][row, list(pieces)].mean()])


def learn(network: Network, stages: Sequence[Stage], folder: Path, seed: int, every: float = 300.0) -> None:
    """Runs the stages; goes on from the last checkpoint in ``folder``.

    Args:
        network: what is trained, in place.
        stages: one after the other.
        folder: of ``checkpoint.pt``, and ``losses.jsonl`` with the mean losses of every :data:`LOGGED` steps.
        seed: of every random choice.
        every: seconds between two checkpoints.
    """
    folder.mkdir(parents=True, exist_ok=True)
    checkpoint = folder / "checkpoint.pt"
    done = (0, 0, 0)
    state = None
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True, map_location="cpu")
        network.load_state_dict(state["network"], strict=False)
        done = (state["stage"], state["pass"], state["batch"])
    reader = Reader()
    for number, stage in enumerate(stages):
        if number >= done[0]:
            _run_stage(network, stage, number, reader, checkpoint, seed, every, done, state)
            state = None
            done = (number + 1, 0, 0)


def _run_stage(
    network: Network,
    stage: Stage,
    number: int,
    reader: Reader,
    checkpoint: Path,
    seed: int,
    every: float,
    done: tuple[int, int, int],
    state: dict[str, object] | None,
) -> None:
    heads = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [
            {"params": list(network.encoder.parameters()), "base": ENCODER_RATE},
            {"params": heads, "base": HEAD_RATE},
        ],
        lr=ENCODER_RATE, weight_decay=0.01, fused=True,
    )  # fmt: skip
    plans = []
    for one in range(math.ceil(stage.passes)):
        random = Random(f"{seed} {stage.name} {one}")  # noqa: S311 - a sample, no secret
        plans.append(batches(stage.examples(random), stage.budgets, random))
    plans[-1] = plans[-1][: round(len(plans[-1]) * (stage.passes - len(plans) + 1))]
    total = sum(map(len, plans))
    first_averaged = int(total * (1 - AVERAGED))
    average: dict[str, Tensor] = {}
    averaged = step = 0
    if state is not None and "optimizer" in state:
        optimizer.load_state_dict(state["optimizer"])  # type: ignore[arg-type]
        average, averaged = state["average"], state["averaged"]  # type: ignore[assignment]
    device = next(network.parameters()).device
    saved = started = time.monotonic()
    means: dict[str, list[float]] = {}
    for pass_number, plan in enumerate(plans):
        for batch_number, batch in enumerate(plan):
            step += 1
            if number == done[0] and (pass_number, batch_number) < done[1:]:
                continue
            ready = [reader.ready(example, budget) for example, budget in batch]
            given = tensors([one.inputs for one in ready])
            with torch.autocast(device.type, dtype=torch.bfloat16):
                out = network(**{name: value.to(device) for name, value in given.items()})
            losses = loss_of({name: value.float().cpu() for name, value in out.items()}, ready)
            rate = min(1.0, step / WARM_UP_STEPS) * max(LOWEST_RATE, 1 - step / total)
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * rate
            optimizer.zero_grad()
            whole = torch.stack([LOSS[name] * loss for name, loss in losses.items()]).sum()
            if not torch.isfinite(whole):
                raise FloatingPointError(f"stage {stage.name}, step {step}: the loss is not finite")
            whole.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            for name, loss in losses.items():
                means.setdefault(name, []).append(loss.item())
            if step > first_averaged and step % 5 == 0:
                averaged += 1
                for name, value in network.state_dict().items():
                    if averaged == 1:
                        average[name] = value.clone().float()
                    elif value.is_floating_point():
                        average[name] += (value.float() - average[name]) / averaged
            if step % LOGGED == 0:
                row = {
                    "stage": stage.name, "step": step, "of": total,
                    "seconds": round(time.monotonic() - started),
                    **{name: round(sum(values) / len(values), 4) for name, values in sorted(means.items())},
                }  # fmt: skip
                with (checkpoint.parent / "losses.jsonl").open("a", encoding="utf-8") as log:
                    log.write(json.dumps(row) + "\n")
                means = {}
            if time.monotonic() - saved > every:
                _save(
                    checkpoint, network, optimizer, number, pass_number, batch_number + 1, average, averaged
                )
                saved = time.monotonic()
    if average:
        network.load_state_dict(average)
    torch.save(network.state_dict(), checkpoint.parent / f"{stage.name}.pt")
    _save(checkpoint, network, None, number + 1, 0, 0, {}, 0)


def _save(
    checkpoint: Path,
    network: Network,
    optimizer: torch.optim.Optimizer | None,
    stage: int,
    pass_number: int,
    batch: int,
    average: dict[str, Tensor],
    averaged: int,
) -> None:
    state = {
        "network": network.state_dict(), "stage": stage, "pass": pass_number, "batch": batch,
        "average": average, "averaged": averaged,
    }  # fmt: skip
    if optimizer is not None:
        state["optimizer"] = optimizer.state_dict()
    partial = checkpoint.with_suffix(".part")
    torch.save(state, partial)
    partial.replace(checkpoint)
