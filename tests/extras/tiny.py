"""Tiny models of random weights, built here: what they say means nothing, but they say it as others do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

SENTENCES = ["the troops left the town", "many men fled", "six people are left", "it rained"]


def write(folder: Path, name: str, data: Any) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(json.dumps(data), encoding="utf-8")


def libraries() -> tuple[Any, Any]:
    reason = "torch and transformers are not installed: the tests of --meaning-model did not run"
    return pytest.importorskip("torch", reason=reason), pytest.importorskip("transformers", reason=reason)


def tiny(folder: Path, labels: list[str] | None = None) -> Path:
    """A BERT of two layers and eight dimensions with a vocabulary of the test sentences."""
    torch, transformers = libraries()
    folder.mkdir()
    words = sorted({word for sentence in SENTENCES for word in sentence.split()})
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words]
    (folder / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    transformers.BertTokenizer(str(folder / "vocab.txt")).save_pretrained(str(folder))
    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=len(pieces),
        hidden_size=8,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=32,
        initializer_range=0.5,
    )
    if labels is None:
        model = transformers.BertModel(config)
    else:
        config.id2label = dict(enumerate(labels))
        config.label2id = {label: number for number, label in enumerate(labels)}
        model = transformers.BertForSequenceClassification(config)
    model.save_pretrained(str(folder))
    return folder
