import gzip
import json
import os
from pathlib import Path

import pytest

from sensational.evaluation.numbers import evaluate

SHARED = Path(os.environ.get("SENSATIONAL_SHARED", Path(__file__).resolve().parents[3] / "shared"))


def write(folder, items):
    with gzip.open(folder / "headlines.jsonl.gz", "wt", encoding="utf-8") as out:
        for item in items:
            out.write(json.dumps(item) + "\n")


def test_counts_flags_of_right_and_corrupted_headlines(tmp_path):
    item = {
        "headline": "7 goats lost",
        "body": "Seven goats were lost.",
        "number": "7",
        "derivation": "Trans(x)",
    }
    odd = {
        "headline": "9 goats lost",
        "body": "Some goats were lost.",
        "number": "9",
        "derivation": "Copy(x)",
    }
    write(tmp_path, [item, item, item, odd] * 3)
    result = evaluate(tmp_path)
    figures = {figure.name: figure for figure in result.figures}
    assert figures["right headlines flagged"].value == 0.5
    assert figures["right headlines flagged"].n == 6
    assert figures["right headlines flagged"].floor == 1
    assert figures["corrupted headlines flagged"].value == 1
    assert result == evaluate(tmp_path)


@pytest.mark.skipif(not SHARED.is_dir(), reason="SENSATIONAL_SHARED: labelled sets not here")
def test_right_headlines_are_left_alone():
    figures = {figure.name: figure for figure in evaluate(SHARED / "benchmarks" / "numbers").figures}
    assert figures["right headlines flagged"].value < 0.05
    assert figures["corrupted headlines flagged"].value > 0.85
