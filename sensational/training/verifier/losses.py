"""What each head of the network is told about a batch of examples."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - as everybody calls it

from sensational.analysis import VERDICTS
from sensational.training.verifier.reader import ANY_LOADED, KIND_NUMBERS, UNKNOWN, Ready
from sensational.verifier.inputs import Inputs

LOSS = {
    "verdict": 1.0,
    "kind": 0.5,
    "begins": 0.2,
    "divergence": 0.7,
    "entailment": 1.0,
    "stance": 0.6,
    "pointer": 0.4,
    "flawed": 0.5,
    "loaded": 0.2,
    "contrast": 0.6,
}
"""How much each loss counts."""
NOT_SUPPORTED_WEIGHT = 2.0
"""In stages that balance: how much more a verdict other than *supported* counts."""
LEAST_CONTRAST = 0.5, 0.1
"""From which difference of *supported*, and of divergence, two bodies of a headline are set apart."""
ALMOST_ZERO = 1e-6


def loss_of(out: dict[str, Tensor], batch: Sequence[Ready], balances: bool = False) -> dict[str, Tensor]:
    """The loss of each head over a batch; heads about which nothing is known are left out.

    Args:
        out: of the network.
        batch: the examples.
        balances: as the stage does (see ``learn.Stage``).
    """
    verdicts = F.log_softmax(out["verdict"], -1)
    losses = _word_losses(out, verdicts, batch, balances) | _headline_losses(out, batch)
    pointed = [(row, one, pointer) for row, one in enumerate(batch) for pointer in one.pointers]
    if pointed:
        losses["pointer"] = torch.stack([_pointer_loss(out, *one) for one in pointed]).mean()
    flawed = [(row, one) for row, one in enumerate(batch) if one.example.flawed and one.content.any()]
    if flawed:
        losses["flawed"] = torch.stack([_flawed_loss(verdicts[row], one) for row, one in flawed]).mean()
    contrasts = _contrasts(out, verdicts, batch) if balances else []
    if contrasts:
        losses["contrast"] = torch.cat(contrasts).mean()
    return losses


def _word_losses(
    out: dict[str, Tensor], verdicts: Tensor, batch: Sequence[Ready], balances: bool
) -> dict[str, Tensor]:
    """Verdict, kind, and where terms begin, over the wordpieces of the headlines."""
    losses: dict[str, Tensor] = {}
    longest = verdicts.shape[1]
    target = np.zeros((len(batch), longest, len(VERDICTS)), np.float32)
    exact, weight = np.ones((len(batch), longest), bool), np.zeros((len(batch), longest), np.float32)
    kind = np.full((len(batch), longest), UNKNOWN)
    begins = np.zeros((len(batch), longest), np.float32)
    for row, one in enumerate(batch):
        places = slice(1, 1 + len(one.inputs.headline))
        target[row, places], exact[row, places] = one.target, one.exact
        weight[row, places], kind[row, places] = one.weight, one.kind
        begins[row, places] = one.begins
    if balances:
        weight *= np.where(target[..., 0] < 0.5, NOT_SUPPORTED_WEIGHT, 1.0)
    if weight.any():
        w, y = torch.from_numpy(weight), torch.from_numpy(target)
        right = (verdicts * y).sum(-1)
        possible = torch.logsumexp(verdicts.masked_fill(y == 0, -1e4), -1)
        losses["verdict"] = -(torch.where(torch.from_numpy(exact), right, possible) * w).sum() / w.sum()
    any_loaded = torch.from_numpy(kind == ANY_LOADED)
    if any_loaded.any():
        plain = F.log_softmax(out["kind"], -1)[..., KIND_NUMBERS["none"]]
        losses["loaded"] = -_log_of_rest(plain)[any_loaded].mean()
    known = torch.from_numpy(kind >= 0)
    if known.any():
        losses["kind"] = F.cross_entropy(out["kind"][known], torch.from_numpy(kind)[known])
        losses["begins"] = F.binary_cross_entropy_with_logits(
            out["begins"][known], torch.from_numpy(begins)[known]
        )
    return losses


def _headline_losses(out: dict[str, Tensor], batch: Sequence[Ready]) -> dict[str, Tensor]:
    """Divergence, stance and entailment."""
    losses: dict[str, Tensor] = {}
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
    return losses


def _flawed_loss(verdicts: Tensor, one: Ready) -> Tensor:
    """For a headline that is wrong somewhere: minus the log of the chance that some word is not supported."""
    places = torch.from_numpy(np.flatnonzero(one.content)) + 1
    return -_log_of_rest(verdicts[places, 0].sum())


def _log_of_rest(log_probability: Tensor) -> Tensor:
    """From log p to log (1 - p)."""
    return torch.log(-torch.expm1(log_probability - ALMOST_ZERO))


def _contrasts(out: dict[str, Tensor], verdicts: Tensor, batch: Sequence[Ready]) -> list[Tensor]:
    """For two bodies under one headline: which supports a word more, and which diverges less."""
    supported = verdicts[..., 0] - _log_of_rest(verdicts[..., 0])
    rows_of: dict[str, list[int]] = {}
    for row, one in enumerate(batch):
        if one.example.body:
            rows_of.setdefault(one.example.headline, []).append(row)
    found = []
    for a, b in (pair for rows in rows_of.values() for pair in permutations(rows, 2)):
        one, other = batch[a], batch[b]
        known = (one.weight > 0) & (other.weight > 0) & _known(one) & _known(other)
        apart = one.target[:, 0] - other.target[:, 0] >= LEAST_CONTRAST[0]
        places = torch.from_numpy(np.flatnonzero(known & apart)) + 1
        if len(places):
            found.append(F.softplus(supported[b, places] - supported[a, places]))
        first, second = one.example.divergence, other.example.divergence
        if first is not None and second is not None and second - first >= LEAST_CONTRAST[1]:
            found.append(F.softplus(out["divergence"][a] - out["divergence"][b])[None])
    return found


def _known(one: Ready) -> np.ndarray:
    """Whether it is known of each wordpiece that it is supported, or that it is not."""
    return one.exact | (one.target[:, 0] == 0)


def _pointer_loss(
    out: dict[str, Tensor], row: int, one: Ready, pointer: tuple[tuple[int, ...], tuple[int, ...]]
) -> Tensor:
    pieces, right = pointer
    logs = F.log_softmax(sentence_scores(out, row, one.inputs, pieces), 0)
    return -torch.logsumexp(logs[list(right)], 0)


def sentence_scores(out: dict[str, Tensor], row: int, inputs: Inputs, pieces: Sequence[int]) -> Tensor:
    """How much some wordpieces point to each sentence that was read and, last, to none."""
    towards = out["pointer"][row, list(pieces)].mean(0)
    scores = [towards[first:last].mean() for first, last in inputs.sentence_spans]
    return torch.stack([*scores, out["nowhere"][row, list(pieces)].mean()])
