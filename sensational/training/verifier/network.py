"""The network: an encoder with what rules know as a further embedding, and the heads over it."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel

from sensational.analysis import KINDS, VERDICTS

ENTAILMENTS = 3
STANCES = 4
MATCHES = 5
QUOTED = 4


class Network(nn.Module):
    """The verifier as it is trained.

    Args:
        base: the folder of the unpacked all-MiniLM-L6-v2, whose weights it starts from.
        pretrained: false where weights are loaded afterwards.
    """

    def __init__(self, base: Path, pretrained: bool = True) -> None:
        super().__init__()
        config = AutoConfig.from_pretrained(
            base, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, attn_implementation="sdpa",
            local_files_only=True,
        )  # fmt: skip
        self.encoder: Any = (
            AutoModel.from_pretrained(base, config=config, local_files_only=True)
            if pretrained
            else AutoModel.from_config(config)
        )
        self.encoder.pooler = None
        size = config.hidden_size
        self.match = nn.Embedding(MATCHES, size)
        self.quoted = nn.Embedding(QUOTED, size)
        nn.init.zeros_(self.match.weight)
        nn.init.zeros_(self.quoted.weight)
        self.verdict = nn.Linear(size, len(VERDICTS))
        self.kind = nn.Linear(size, len(KINDS))
        self.begins = nn.Linear(size, 1)
        self.divergence = nn.Linear(size, 1)
        self.stance = nn.Linear(size, STANCES)
        self.entailment = nn.Linear(size, ENTAILMENTS)
        self.pointer = nn.Linear(size, size)
        self.nowhere = nn.Parameter(torch.zeros(size))

    def forward(
        self, ids: Tensor, parts: Tensor, match: Tensor, quoted: Tensor, mask: Tensor | None = None
    ) -> dict[str, Tensor]:
        """All heads, for a batch of shape (articles, wordpieces); without a mask, every wordpiece is read.

        Returns:
            ``verdict``, ``kind`` and ``begins`` (a loaded term begins here) as logits per wordpiece;
            ``divergence``, ``stance`` and ``entailment`` as logits per article; ``pointer``: how much
            wordpiece i points to wordpiece j, of shape (articles, wordpieces, wordpieces), and ``nowhere``:
            how much it points to no sentence.
        """
        words = self.encoder.embeddings.word_embeddings(ids)
        state = self.encoder(
            inputs_embeds=words + self.match(match) + self.quoted(quoted),
            token_type_ids=parts,
            attention_mask=mask,
        ).last_hidden_state
        asked = self.pointer(state) / math.sqrt(state.shape[-1])
        first = state[:, 0]
        return {
            "verdict": self.verdict(state),
            "kind": self.kind(state),
            "begins": self.begins(state)[..., 0],
            "divergence": self.divergence(first)[:, 0],
            "stance": self.stance(first),
            "entailment": self.entailment(first),
            "pointer": asked @ state.transpose(1, 2),
            "nowhere": (asked * self.nowhere).sum(-1),
        }


def embedding_neighbours(
    base: Path, words: list[str], vocabulary: dict[str, int], most: int = 12
) -> dict[str, list[str]]:
    """For each word that is one wordpiece, those of the others that lie nearest in the base's embedding."""
    known = [word for word in dict.fromkeys(words) if word in vocabulary]
    encoder = AutoModel.from_pretrained(base, local_files_only=True)
    table = encoder.embeddings.word_embeddings.weight.detach()
    vectors = nn.functional.normalize(table[[vocabulary[word] for word in known]], dim=1)
    nearest = (vectors @ vectors.T).topk(most + 1, dim=1).indices.tolist()
    return {
        word: [known[i] for i in row if known[i] != word] for word, row in zip(known, nearest, strict=True)
    }
