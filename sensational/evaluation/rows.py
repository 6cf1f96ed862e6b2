"""Rows of a labelled set, and a seeded sample of them."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def read_rows(path: Path, name: str) -> list[Row]:
    """The rows of ``path / name``, or of the file ``path``, which may be gzipped.

    Raises:
        OSError: the file cannot be read.
        ValueError: a line is not JSON.
    """
    file = path / name if path.is_dir() else path
    opened = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def sample(rows: list[Row], size: int, seed: int) -> list[Row]:
    """``size`` rows drawn without replacement, in their order; all of them where there are no more."""
    if len(rows) <= size:
        return rows
    chosen = random.Random(seed).sample(range(len(rows)), size)  # noqa: S311 - a sample, no secret
    return [rows[at] for at in sorted(chosen)]
