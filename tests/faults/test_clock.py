"""Nothing depends on what time it is: a clock that jumps, and time stamps of the future."""

import itertools
import os
import random
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from corpus.samples import command, environment, files

from faults.samples import ALL, goes_on, interrupted


def test_a_clock_that_jumps(
    source: Path, calm: dict[str, dict[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forth and back by years, at every look, also the one that never should."""
    pick = random.Random(5)  # noqa: S311
    for name in ("time", "monotonic", "perf_counter"):
        monkeypatch.setattr(time, name, lambda: pick.uniform(-1e9, 4e9))
    parts = interrupted(source, tmp_path / "out.jsonl", 2)
    for path, stamp in zip(sorted(parts.iterdir()), itertools.cycle((0, 4_000_000_000)), strict=False):
        os.utime(path, (stamp, stamp))
    goes_on(source, tmp_path / "out.jsonl", calm["jsonl"])


@pytest.mark.parametrize("stamp", [0, 1, 2**31, 4_102_444_800], ids=["1970", "1970 too", "2038", "2100"])
def test_an_input_of_another_time(
    stamp: int, source: Path, calm: dict[str, dict[str, bytes]], tmp_path: Path
) -> None:
    own = Path(shutil.copy(source, tmp_path / "in.csv"))
    os.utime(own, (stamp, stamp))
    interrupted(own, tmp_path / "out.jsonl", 2)
    os.utime(own, (stamp + 1, stamp + 1))
    goes_on(own, tmp_path / "out.jsonl", calm["jsonl"])


@pytest.mark.skipif(
    shutil.which("faketime") is None, reason="faketime is not installed: another clock was not tried"
)
@pytest.mark.skipif(not ALL, reason="long: tried by tox -e faults")
@pytest.mark.parametrize("when", ["1970-01-02 00:00:00", "2099-12-31 23:59:59"])
def test_a_run_at_another_time(
    when: str, source: Path, calm: dict[str, dict[str, bytes]], tmp_path: Path
) -> None:
    """The whole command, with its workers."""
    arguments = command(source, "--output", "out.jsonl", "--part-rows", "4", "--workers", "2")
    done = subprocess.run(
        ["faketime", when, *arguments], cwd=tmp_path, env=environment(), capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert files(tmp_path) == calm["jsonl"]
