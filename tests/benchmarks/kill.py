"""Ends a run over a corpus with a signal at random moments, goes on, and compares the bytes.

    python tests/benchmarks/kill.py [--times 20] [--signal KILL] [--worker] [--form jsonl] [--seed 0]

Each time a run over the same corpus is begun, sent the signal while it begins, or a moment after a part that
chance chose, or while it joins them, and taken up again and disturbed until one comes through. Its files must
be those of the run that nobody disturbed, and no worker may outlive it.

TERM, INT and HUP go to the run and its workers at once, as from a terminal or a service; where the run had
begun, it has to say how to go on, and to end with 1.

With ``--worker`` one of the workers gets it, as from a system without memory, now and then while the run is
at work; the run has to come through by itself.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

PARTS = 30
ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))
sys.path.insert(0, str(ROOT))


def main() -> None:
    """Print a line a signal, and end with 1 where a byte differs or a worker is left."""
    from corpus.samples import articles, command, environment, files, write_csv

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--signal", choices=["KILL", "TERM", "INT", "HUP"], default="KILL")
    parser.add_argument("--worker", action="store_true")
    parser.add_argument("--form", choices=["jsonl", "csv", "parquet"], default="jsonl")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)  # what is begun in the background may have them ignored
    pick = random.Random(given.seed)  # noqa: S311
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = write_csv(folder / "in.csv", articles(20 * PARTS))
        quiet = {"env": environment(), "stdout": subprocess.DEVNULL}

        def run(place: Path) -> list[str]:
            output = place / f"out.{given.form}"
            return command(source, "--output", output, "--workers", "2", "--part-rows", "20", "--resume")

        calm = folder / "calm"
        calm.mkdir()
        subprocess.run(run(calm), check=True, **quiet)  # type: ignore[call-overload]
        wanted = files(calm)
        if given.worker:
            _kill_workers(given, pick, folder, run, quiet, wanted)
            return
        sent = done = stopped = 0
        while sent < given.times:
            done += 1
            place = folder / f"disturbed-{done}"
            place.mkdir()
            while sent < given.times:
                said_to = folder / "said.txt"
                with said_to.open("wb") as said:
                    process = psutil.Popen(run(place), stderr=said, start_new_session=True, **quiet)
                after = _wait_for_its_moment(process, place, pick)
                if process.poll() is not None:
                    if process.returncode:
                        raise SystemExit(f"a run ended with {process.returncode}")
                    break
                workers = process.children(recursive=True)
                _send(given.signal, process.pid)
                code = process.wait(300)
                sent += 1
                _, alive = psutil.wait_procs(workers, timeout=30)
                parts = len(list(place.glob("*.parts/0*.json")))
                asked = _says_how_to_go_on(code, said_to.read_text(encoding="utf-8"), bool(workers))
                stopped += asked
                there = "joining" if list(place.glob("*.waiting")) else f"{parts} of {PARTS} parts done"
                how = "stopped when asked" if asked else f"ended with {code}"
                print(f"{given.signal} {sent}: run {done}, {after}, {how}, {there}, "
                      f"{len(alive)} workers left behind", flush=True)  # fmt: skip
                if alive:
                    raise SystemExit(1)
            subprocess.run(run(place), check=True, **quiet)  # type: ignore[call-overload]
            if files(place) != wanted or list(place.glob("*.parts")):
                print(f"run {done}: other bytes than undisturbed")
                raise SystemExit(1)
        also = (
            "" if given.signal == "KILL" else f", {stopped} of them stopped when asked and said how to go on"
        )
        print(
            f"{sent} times {given.signal}{also}, {done} runs: every one gave the bytes of the undisturbed one"
        )


def _wait_for_its_moment(process: psutil.Popen, place: Path, pick: random.Random) -> str:
    """Waits for a moment that chance chooses; what it was."""
    there = len(list(place.glob("*.parts/0*.json")))
    wanted = there + pick.randint(0, PARTS // 2)
    if wanted == there < PARTS:
        seconds = pick.uniform(0, 3)
        with suppress(psutil.TimeoutExpired):
            process.wait(seconds)
        return f"{seconds:.2f} s after it began"
    if there == PARTS and pick.random() < 0.5:
        process.wait()
        return "left alone"
    what = f"part {wanted}" if wanted <= PARTS else "it began to join"
    pattern, count = ("*.parts/0*.json", wanted) if wanted <= PARTS else ("*.waiting", 1)
    while process.poll() is None and len(list(place.glob(pattern))) < count:
        time.sleep(0.001)
    milliseconds = pick.randint(0, 100 if wanted <= PARTS else 10)
    with suppress(psutil.TimeoutExpired):
        process.wait(milliseconds / 1000)
    return f"{milliseconds} ms after {what}"


def _kill_workers(
    given: argparse.Namespace, pick: random.Random, folder: Path, run: Any, quiet: Any, wanted: Any
) -> None:
    from corpus.samples import files

    sent = done = 0
    while sent < given.times:
        done += 1
        place = folder / f"disturbed-{done}"
        place.mkdir()
        process = psutil.Popen(run(place), stderr=subprocess.PIPE, **quiet)
        killed = 0
        while process.poll() is None and sent < given.times:
            time.sleep(pick.uniform(0.2, 3))
            workers = [one for one in process.children() if _scores(one)]
            if workers:
                pick.choice(workers).send_signal(getattr(signal, f"SIG{given.signal}"))
                sent += 1
                killed += 1
        _, said = process.communicate()
        lost = said.decode().count("a worker was lost")
        print(f"run {done}: {given.signal} to {killed} workers, {lost} parts tried again, ended with "
              f"{process.returncode}", flush=True)  # fmt: skip
        if process.returncode or files(place) != wanted or list(place.glob("*.parts")):
            raise SystemExit(f"run {done}: other bytes than undisturbed\n{said.decode()}")
    print(f"{given.signal} to {sent} workers, {done} runs: every one gave the bytes of the undisturbed one")


def _scores(process: psutil.Process) -> bool:
    try:
        return "multiprocessing-fork" in " ".join(process.cmdline())
    except psutil.Error:  # it is just dead
        return False


def _send(name: str, process: int) -> None:
    """KILL to the run alone, whose workers have to see it; the others to all of them."""
    number = getattr(signal, f"SIG{name}")
    if name == "KILL":
        os.kill(process, number)
    else:
        os.killpg(process, number)


def _says_how_to_go_on(code: int, said: str, working: bool) -> bool:
    """Whether the run stopped in good order.

    It may also have come to its end before it could, or not have begun to listen: with no worker yet, or when
    all was done.
    """
    if "Traceback" in said and working:
        raise SystemExit(f"the run did not stop in good order:\n{said}")
    if "Go on with: " in said:
        if code != 1:
            raise SystemExit(f"a stopped run ended with {code}")
        return True
    return False


if __name__ == "__main__":
    main()
