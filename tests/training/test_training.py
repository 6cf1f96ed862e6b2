"""Training writes the same bytes each time, in whatever process, and what it learns makes sense."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from sensational.training.files import checksum

pytest.importorskip("sklearn", reason="scikit-learn is not installed: training was not tested (extra: train)")
pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: training was not tested (extra: train)")


def articles(path: Path) -> Path:
    """A made-up corpus: soldiers and troops keep the same company, and so do cakes and pies."""
    import pyarrow.parquet as pq

    pick = random.Random(0)  # noqa: S311
    war = ["soldiers", "troops", "army"], ["fled", "left", "attacked", "crossed"], ["border", "river", "town"]
    food = ["cakes", "pies", "loaves"], ["baked", "sold", "ate", "cooled"], ["oven", "kitchen", "shop"]
    bodies = []
    for _ in range(150):
        lines = []
        for who, what, where in pick.choices([war, food], k=12):
            mayor = pick.choice(["Gov. Hill", "Lt. Moss"])
            lines.append(f"The {pick.choice(who)} {pick.choice(what)} by the {pick.choice(where)}.")
            lines.append(f"On Monday {mayor} said so to the Daily News, among others.")
        bodies.append(" ".join(lines) + "\n\nThe end\x07.")
    pq.write_table(pa.table({"body": bodies}), path)
    return path


def run(module: str, call: str, source: Path, out: Path, hash_seed: str) -> None:
    code = f"from pathlib import Path; from sensational.training.{module} import train; train({call})"
    code = code.replace("SOURCE", f"Path({str(source)!r})").replace("OUT", f"Path({str(out)!r})")
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)


def test_vectors(tmp_path: Path) -> None:
    source = articles(tmp_path / "articles.parquet")
    call = "SOURCE, OUT, vectors=40, words=60, dimensions=8, seed=3"
    for name, hash_seed in (("one", "1"), ("two", "2")):
        run("vectors", call, source, tmp_path / f"{name}.npz", hash_seed)
    assert checksum(tmp_path / "one.npz") == checksum(tmp_path / "two.npz")
    assert checksum(tmp_path / "one.json") == checksum(tmp_path / "two.json")
    with np.load(tmp_path / "one.npz", allow_pickle=False) as held:
        words = held["words"].tobytes().decode().split("\n")
        vectors = held["vectors"].astype(float)
        documents = dict(zip(words, held["word_documents"].tolist(), strict=True))
        capitals = dict(zip(words, held["capitals"].tolist(), strict=True))
        assert held["documents"].tolist() == [150]
    assert words[0] == "the"
    assert documents["the"] == documents["said"] == 150
    assert capitals["daily"] == 200
    assert capitals["border"] == 0

    def cosine(one: str, other: str) -> float:
        a, b = vectors[words.index(one)], vectors[words.index(other)]
        return float(a @ b / np.sqrt((a @ a) * (b @ b)))

    assert cosine("soldiers", "troops") > cosine("soldiers", "pies")
    assert cosine("cakes", "pies") > cosine("cakes", "army")


def test_punkt(tmp_path: Path) -> None:
    pytest.importorskip("nltk")
    source = articles(tmp_path / "articles.parquet")
    for name, hash_seed in (("one", "1"), ("two", "2")):
        run("punkt", "SOURCE, OUT, size=100, seed=3", source, tmp_path / f"{name}.json", hash_seed)
    assert checksum(tmp_path / "one.json") == checksum(tmp_path / "two.json")
    learned = json.loads((tmp_path / "one.json").read_text(encoding="utf-8"))
    assert "the" in learned["openers"]
    assert "hill" not in learned["openers"]
    assert learned["provenance"]["bodies"] == 100
    assert str(tmp_path) not in json.dumps(learned)


def test_quantising_is_steady_and_keeps_directions() -> None:
    from sensational.training.vectors import quantise

    table = np.random.default_rng(0).normal(size=(50, 20))
    table[7] = 0
    whole = quantise(table)
    assert whole.dtype == np.int8
    assert not whole[7].any()
    assert (quantise(table * (1 + 1e-9)) == whole).all()
    kept = np.delete(np.arange(50), 7)
    a, b = table[kept], whole[kept].astype(float)
    cosines = (a * b).sum(axis=1) / np.sqrt((a * a).sum(axis=1) * (b * b).sum(axis=1))
    assert cosines.min() > 0.999
