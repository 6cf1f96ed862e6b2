"""Training writes the same bytes each time, in whatever process, and what it learns makes sense."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from sensational.training.files import checksum

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: training was not tested (extra: train)")


def articles(path: Path) -> Path:
    """A made-up corpus of short sentences with abbreviations in them."""
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
