"""The evaluation on PolNeAR, on a folder of invented articles."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

pytest.importorskip("sklearn")

from sensational.evaluation.attribution import evaluate

TEXT = "Ann Hale said the bridge was shut.\n\nThe river was high.\n\n“It is wet,” a guard said."


def spans(text: str, *parts: str) -> list[list[int]]:
    return [[text.index(part), text.index(part) + len(part)] for part in parts]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = []
    for number in range(12):
        text = TEXT.replace("bridge", f"bridge {number}")
        attributions = [
            {"source": spans(text, "Ann Hale"), "cue": spans(text, "said"),
             "content": spans(text, f"the bridge {number} was shut")},
            {"source": spans(text, "a guard"), "cue": [[text.rindex("said"), text.rindex("said") + 4]],
             "content": spans(text, "“It is wet,”")},
        ]  # fmt: skip
        split = "dev" if number % 4 == 0 else "train"
        rows.append({"id": str(number), "split": split, "text": text, "attributions": attributions})
    with gzip.open(tmp_path / "articles.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return tmp_path


def test_figures_on_articles_that_the_rules_read_right(folder: Path) -> None:
    figures = {figure.name: figure for figure in evaluate(folder).figures}
    assert figures["sentence is somebody's word, F1"].value == 1
    assert figures["token is content, F1"].value == 1
    assert figures["right source where cues agree"].value == 1
    assert figures["right source where cues agree"].n == 6
    assert figures["named or not, where cues agree"].value == 1
    assert figures["sentence is somebody's word, F1"].floor is not None


def test_the_same_seed_gives_the_same_result(folder: Path) -> None:
    assert evaluate(folder, seed=3) == evaluate(folder, seed=3)
