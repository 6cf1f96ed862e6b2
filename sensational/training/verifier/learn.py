"""The passes over the examples: stages, learning rate, averaging, checkpoints."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import torch
from torch import Tensor

from sensational.training.verifier.examples import Example
from sensational.training.verifier.losses import LOSS, loss_of
from sensational.training.verifier.network import Network
from sensational.training.verifier.reader import Reader, batches, tensors
from sensational.verifier.wordpieces import MASK

BUDGETS = (190, 256)
"""Wordpieces of the body, drawn anew for each example in each pass, so that the model reads any length."""
ENCODER_RATE, HEAD_RATE = 8e-5, 4e-4
WARM_UP_STEPS = 80
LOWEST_RATE = 0.03
LOGGED = 50
"""Steps between two lines of the log."""
AVERAGED = 0.25
"""Share of the last steps over which the weights are averaged."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A number of passes over examples drawn anew for each; of the last, a part where it is broken.

    A stage that balances puts the bodies of a headline into one batch, sets them against each other, and
    counts verdicts other than *supported* more (see ``losses.py``). ``rate`` multiplies the learning rate;
    ``hidden`` is the share of the body's wordpieces that are hidden from the model, so that it learns less
    by heart.
    """

    name: str
    passes: float
    examples: Callable[[Random], list[Example]]
    budgets: tuple[int, ...] = BUDGETS
    balances: bool = False
    rate: float = 1.0
    hidden: float = 0.0


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
        plans.append(batches(stage.examples(random), stage.budgets, random, stage.balances))
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
            chance = torch.Generator().manual_seed(seed + step)
            given = hide(tensors([one.inputs for one in ready]), stage.hidden, chance)
            with torch.autocast(device.type, dtype=torch.bfloat16):
                out = network(**{name: value.to(device) for name, value in given.items()})
            losses = loss_of(
                {name: value.float().cpu() for name, value in out.items()}, ready, stage.balances
            )
            rate = stage.rate * min(1.0, step / WARM_UP_STEPS) * max(LOWEST_RATE, 1 - step / total)
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
            if step == total // 2:
                torch.save(network.state_dict(), checkpoint.parent / f"{stage.name}-half.pt")
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


def hide(given: dict[str, Tensor], share: float, chance: torch.Generator) -> dict[str, Tensor]:
    """Puts the mask of the base model in place of a share of the body's wordpieces, drawn at random."""
    drawn = torch.rand(given["ids"].shape, generator=chance) < share
    hidden = drawn & (given["parts"] == 1) & (given["ids"] > MASK)
    return given | {"ids": given["ids"].masked_fill(hidden, MASK)}


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
