"""Kills a run over a corpus with SIGKILL at random moments, goes on, and compares the bytes.

    python tests/benchmarks/kill.py [--times 20] [--form jsonl] [--seed 0]

Each time a run over the same corpus is begun, killed at a moment between nothing and a little more than a
whole run takes, and taken up again and killed until one comes through. Its files must be those of the run
that nobody disturbed, and no worker may outlive it.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))
sys.path.insert(0, str(ROOT))


def main() -> None:
    """Print a line a kill, and end with 1 where a byte differs."""
    from corpus.samples import articles, command, environment, files, write_csv

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--form", choices=["jsonl", "csv", "parquet"], default="jsonl")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    pick = random.Random(given.seed)  # noqa: S311
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = write_csv(folder / "in.csv", articles(600))
        quiet = {"env": environment(), "stdout": subprocess.DEVNULL}

        def run(place: Path) -> list[str]:
            output = place / f"out.{given.form}"
            return command(source, "--output", output, "--workers", "2", "--part-rows", "20", "--resume")

        calm = folder / "calm"
        calm.mkdir()
        begin = time.monotonic()
        subprocess.run(run(calm), check=True, **quiet)  # type: ignore[call-overload]
        takes = time.monotonic() - begin
        wanted = files(calm)
        kills = done = 0
        while kills < given.times:
            done += 1
            place = folder / f"disturbed-{done}"
            place.mkdir()
            while kills < given.times:
                process = psutil.Popen(run(place), **quiet)
                after = pick.uniform(0, 1.1 * takes)
                try:
                    if process.wait(after):
                        raise SystemExit(f"a run ended with {process.returncode}")
                    break
                except psutil.TimeoutExpired:
                    workers = process.children(recursive=True)
                    process.kill()
                    process.wait()
                kills += 1
                _, alive = psutil.wait_procs(workers, timeout=30)
                parts = len(list(place.glob("*.parts/0*.json")))
                print(f"kill {kills}: run {done}, after {after:.2f} s, {parts} of 30 parts done, "
                      f"{len(alive)} workers left behind", flush=True)  # fmt: skip
                if alive:
                    raise SystemExit(1)
            subprocess.run(run(place), check=True, **quiet)  # type: ignore[call-overload]
            if files(place) != wanted or list(place.glob("*.parts")):
                print(f"run {done}: other bytes than undisturbed")
                raise SystemExit(1)
        print(f"{kills} kills, {done} runs: every one gave the bytes of the undisturbed one")


if __name__ == "__main__":
    main()
