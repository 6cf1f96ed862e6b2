"""Fuzzes the targets, each in a process of its own, and prints what came of it.

    python tests/fuzz/fuzz.py --seconds 3600            # over all targets, a share each
    python tests/fuzz/fuzz.py --seconds 300 page csv

It needs atheris, which finds by itself the inputs that reach code not reached before. A finding does not end
a run: its input is kept in the work folder, and fuzzing goes on. Only what ends the process (want of memory,
an input of more than a minute, a crash of a library) costs a restart.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib
import logging
import os
import pkgutil
import re
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

HERE = Path(__file__).parent
LONGEST = {"page": 6000, "headline": 300, "web_guard": 300, "scored": 15_000, "summary": 12_000}  # bytes
LONGEST_OF_OTHERS = 3000
NOT_FUZZED = tuple(f"sensational.{one}" for one in ("__main__", "evaluation", "training", "commands"))
TOO_SLOW = 60  # seconds for one input, by the clock
_STEP = re.compile(r"^#(\d+)\s+\w+\s+cov: (\d+)", re.MULTILINE)
_DONE = re.compile(r"^Done \d+ runs in (\d+) second", re.MULTILINE)


def main() -> None:
    """Shares out the time, and prints the table; ends with 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", help="their names; all by default")
    parser.add_argument("--seconds", type=int, default=3600, help="over all targets")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "sensational-fuzz")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        _fuzz(given.child, given.work, given.seconds)
        return
    sys.path[:0] = [str(HERE), str(HERE.parent)]
    from targets import TARGETS

    names = given.targets or list(TARGETS)
    if unknown := set(names) - set(TARGETS):
        parser.error(f"no target is called {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    share = max(1, given.seconds // len(names))
    names_of_columns = ("target", "seconds", "of processor", "executions", "edges", "findings")
    print("{:<12} {:>7} {:>12} {:>10} {:>6} {:>8}".format(*names_of_columns), flush=True)
    found = 0
    for name in names:
        busy = _processor_seconds()
        seconds, executions, edges, findings = _run(name, given.work / name, share)
        busy = _processor_seconds() - busy
        row = f"{name:<12} {seconds:>7.0f} {busy:>12.0f} {executions:>10,} {edges:>6,} {len(findings):>8}"
        print(row, flush=True)
        for one in findings:
            print(f"    {one.name}: {_said(one)}", flush=True)
        found += len(findings)
    raise SystemExit(1 if found else 0)


def _processor_seconds() -> float:
    """Of the processes that have ended, with their imports; on a busy machine less than the clock's."""
    spent = os.times()
    return spent.children_user + spent.children_system


def _run(name: str, work: Path, share: int) -> tuple[float, int, int, list[Path]]:
    """Seconds, executions, edges and findings of one target; a process that ended early begins again."""
    findings, log = work / "findings", work / "log.txt"
    findings.mkdir(parents=True, exist_ok=True)
    before = set(findings.iterdir())
    child = [sys.executable, __file__, "--child", name, "--work", str(work), "--seconds"]
    spent, executions, edges = 0.0, 0, 0
    while (left := int(share - spent)) >= 1:
        start = time.monotonic()
        with log.open("w", encoding="utf-8") as file:
            subprocess.run([*child, str(left)], stdout=file, stderr=file, check=False)
        told = log.read_text(encoding="utf-8", errors="replace")
        steps, done = _STEP.findall(told), _DONE.search(told)
        if not steps:
            raise SystemExit(f"{name} did not begin to run; {log} says why")
        spent += int(done[1]) if done else time.monotonic() - start  # without what imports take
        executions += int(steps[-1][0])
        edges = max(edges, *(int(cov) for _, cov in steps))
    new = sorted(path for path in set(findings.iterdir()) - before if path.suffix != ".txt")
    return spent, executions, edges, new


def _said(finding: Path) -> str:
    told = finding.with_suffix(".txt")
    return told.read_text(encoding="utf-8").splitlines()[-1][:160] if told.is_file() else "the process ended"


def _fuzz(name: str, work: Path, seconds: int) -> None:
    """Fuzzes one target in this process."""
    import atheris

    logging.disable()
    with atheris.instrument_imports(include=["sensational"]):
        import sensational

        for module in pkgutil.walk_packages(sensational.__path__, "sensational."):
            if not module.name.startswith(NOT_FUZZED):
                importlib.import_module(module.name)
    sys.path[:0] = [str(HERE), str(HERE.parent)]
    from inputs import seeds, tokens
    from targets import TARGETS

    target, known = TARGETS[name], set()

    def kept(data: bytes) -> None:
        try:
            target(data)
        except Exception as problem:
            place = _place(problem)
            if place not in known:  # the first input of each kind of failure
                known.add(place)
                _keep(work / "findings", place, data)

    longest = LONGEST.get(name, LONGEST_OF_OTHERS)
    corpus = work / "corpus"
    corpus.mkdir(exist_ok=True)
    for seed in seeds(name):
        with contextlib.suppress(Exception):  # it will be tried again; what is loaded once is loaded now
            target(seed)
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed[:longest])
    words = work / "words.txt"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in tokens(name)), encoding="ascii")
    options = [
        f"-max_total_time={seconds}", f"-max_len={longest}", f"-timeout={TOO_SLOW}", f"-dict={words}",
        "-rss_limit_mb=3000", f"-artifact_prefix={work}/findings/", "-print_final_stats=1",
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus)], kept)
    atheris.Fuzz()


def _place(problem: Exception) -> str:
    """Where an exception was raised in our code, or where our code called what raised it."""
    frames = traceback.extract_tb(problem.__traceback__)
    ours = [frame for frame in frames if f"{os.sep}sensational{os.sep}" in frame.filename] or frames
    return f"{type(problem).__name__} {Path(ours[-1].filename).name}:{ours[-1].lineno}"


def _keep(folder: Path, place: str, data: bytes) -> None:
    path = folder / hashlib.sha256(place.encode()).hexdigest()[:12]
    if not path.exists():
        path.write_bytes(data)
        path.with_suffix(".txt").write_text(
            f"{traceback.format_exc()}\n{place}\n", encoding="utf-8", errors="replace"
        )


def _escaped(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)


if __name__ == "__main__":
    main()
