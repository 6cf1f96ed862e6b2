"""The evaluation on hedged sentences, on invented ones; labels that stand the wrong way round are turned."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

pytest.importorskip("sklearn")

from sensational.evaluation.hedges import evaluate


def write(folder: Path, turned: bool) -> Path:
    with gzip.open(folder / "sentences.jsonl.gz", "wt", encoding="utf-8") as file:
        for number in range(120):
            hedged = number % 2
            word = "probably " if hedged else ""
            text = f"The mill was {word}built in {1500 + number}."
            file.write(json.dumps({"id": str(number), "text": text, "hedged": int(hedged != turned)}) + "\n")
    return folder


@pytest.mark.parametrize("turned", [False, True])
def test_the_sense_of_the_label_is_found_out(tmp_path: Path, turned: bool) -> None:
    result = evaluate(write(tmp_path, turned))
    assert result.figures[0].value == 1
    assert ("stands for certain" in result.notes[0]) is turned


def test_the_same_seed_gives_the_same_result(tmp_path: Path) -> None:
    folder = write(tmp_path, turned=False)
    assert evaluate(folder, seed=3) == evaluate(folder, seed=3)
