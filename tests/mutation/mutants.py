"""Changes the package in small ways, one at a time, and counts how many of the changes the tests notice.

    python tests/mutation/mutants.py run combiner divergence --work /tmp/mutants
    python tests/mutation/mutants.py run corpus --share 0.1 --seed 7 --work /tmp/mutants
    python tests/mutation/mutants.py report --work /tmp/mutants

A worker has its own copy of the checkout and has imported what takes long. For each mutant it writes the
changed module into its copy and forks; the child imports the module and all that import it anew and runs the
tests that run the changed line, quickest first, until one fails. Processes that a test starts see the change
too.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from math import sqrt
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ["tests/corpus"]
SCORE = [
    "tests/test_terms.py", "tests/test_facts.py", "tests/test_combiner.py", "tests/test_ledger.py",
    "tests/test_reasons.py", "tests/test_divergence.py", "tests/test_loading.py", "tests/test_scorer.py",
    "tests/test_analysis.py", "tests/properties/test_promise_1_verbatim.py",
    "tests/properties/test_promise_2_form.py", "tests/properties/test_promise_3_replay.py",
]  # fmt: skip
GROUPS = {
    **{
        name: (f"sensational/{name}.py", SCORE)
        for name in ("terms", "facts", "combiner", "ledger", "divergence")
    },
    "verifier": ("sensational/verifier", ["tests/verifier"]),
    "corpus": ("sensational/corpus", CORPUS),
}
# Tests beyond this many seconds, all together, are not asked about one mutant: what only they would notice
# counts as survived.
PATIENCE = 40.0
CONTROL = "(unchanged)"
NOTICED = ("killed", "timeout")
OUTCOMES = (*NOTICED, "survived", "no test")
HEAVY = (
    "dask.distributed", "hypothesis.strategies", "matplotlib.figure", "nltk", "pandas", "pyarrow.parquet",
    "rich.console", "sensational.cli",
)  # fmt: skip
# What costs time in every child and tells nothing about a mutant.
OPTIONS = ["-x", "-q", "--assert=plain", "-W", "ignore"]
OPTIONS += ["-p", "no:cacheprovider", "-p", "no:unraisableexception", "-p", "no:threadexception"]


def main() -> int:
    """Does what the command line asks for."""
    asked = _arguments().parse_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    return {"cover": _cover, "run": _run, "work": _work, "report": _report}[asked.what](asked)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=["cover", "run", "work", "report"])
    parser.add_argument("groups", nargs="*", help=f"of {', '.join(GROUPS)}; for `run`")
    parser.add_argument("--share", type=float, default=1.0, help="a random share of the mutants, 0 to 1")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", default="", help="modules whose path holds this")
    parser.add_argument("--work", type=Path, required=True, help="a folder to work in, and for results.jsonl")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--again", action="store_true", help="also what survived before")
    parser.add_argument(
        "--controls", type=int, default=5, help="tasks without a change, which have to survive"
    )
    parser.add_argument("--list", action="store_true", help="report: every survivor")
    return parser


# --- which tests run which lines ------------------------------------------------------------------


def _cover(asked: argparse.Namespace) -> int:
    """Runs the tests that were not run yet, or have changed since, and keeps which lines each runs."""
    known: dict[str, float] = {}
    for done in sorted(asked.work.glob("cover-*/tests.json"), key=lambda one: one.stat().st_mtime):
        files = {test.partition("::")[0] for test in json.loads(done.read_text())}
        known |= dict.fromkeys(files, done.stat().st_mtime)
    wanted = [file for group in asked.groups for file in _tests_of(group)]
    new = [file for file in dict.fromkeys(wanted) if known.get(file, 0.0) < (ROOT / file).stat().st_mtime]
    if new:
        folder = asked.work / f"cover-{time.time():.0f}"
        folder.mkdir()
        there = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(Path(__file__).parent)]),
            "MUTANTS_COVERAGE": str(folder),
            "OMP_NUM_THREADS": "1",
        }
        command = [sys.executable, "-m", "pytest", "-q", "-p", "covering", "-p", "no:cacheprovider"]
        subprocess.run([*command, *new], cwd=ROOT, env=there, check=False)
    return 0


def _tests_of(group: str) -> list[str]:
    found: list[str] = []
    for name in GROUPS[group][1]:
        path = ROOT / name
        files = sorted(path.rglob("test_*.py")) if path.is_dir() else [path]
        found.extend(file.relative_to(ROOT).as_posix() for file in files)
    return found


# --- the run --------------------------------------------------------------------------------------


def _run(asked: argparse.Namespace) -> int:
    from changes import mutants_of
    from covering import Covered

    earlier = _results(asked.work)

    def chosen(key: str) -> bool:
        drawn = random.Random(f"{asked.seed} {key}").random() < asked.share  # noqa: S311
        return drawn or (asked.again and key in earlier)

    _cover(asked)
    covered = Covered(asked.work)
    tasks = []
    for group in asked.groups:
        found = [one for path in _modules(group) for one in mutants_of(ROOT, path, chosen)]
        for mutant in found:
            known = earlier.get(mutant.key, {}).get("outcome")
            if asked.only not in mutant.path or known == "killed" or (known and not asked.again):
                continue
            tests = _patiently(covered, covered.of(mutant.path, mutant.line))
            seconds = sum(map(covered.seconds, tests))
            tasks.append({**vars(mutant), "tests": tests, "seconds": seconds, "group": group})
        print(f"{group}: {len(found)} mutants", flush=True)
    draw = random.Random(asked.seed)  # noqa: S311
    draw.shuffle(tasks)
    for task in draw.sample(tasks, min(asked.controls, len(tasks))):
        source = (ROOT / task["path"]).read_text(encoding="utf-8")
        tasks.append({**task, "key": f"unchanged {task['key']}", "group": CONTROL, "source": source})
    print(f"{len(tasks)} to do", flush=True)
    workers = []
    for number in range(asked.workers):
        share = asked.work / f"tasks-{number}.jsonl"
        share.write_text("".join(json.dumps(one) + "\n" for one in tasks[number :: asked.workers]))
        workers.append(_worker(asked.work, number))
    for worker in workers:
        worker.wait()
    return _report(asked)


def _modules(group: str) -> list[str]:
    path = ROOT / GROUPS[group][0]
    found = [path] if path.is_file() else sorted(path.rglob("*.py"))
    return [one.relative_to(ROOT).as_posix() for one in found]


def _patiently(covered, tests: list[str]) -> list[str]:  # type: ignore[no-untyped-def]
    kept, seconds = [], 0.0
    for test in tests:
        seconds += covered.seconds(test) + 0.02
        if kept and seconds > PATIENCE:
            break
        kept.append(test)
    return kept


def _worker(work: Path, number: int) -> subprocess.Popen[bytes]:
    copy = work / f"copy-{number}"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for name in ("sensational", "tests", "data", "docs", "reports", "pyproject.toml", "README.md", "tox.ini"):
        whole = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        whole(ROOT / name, copy / name)
    there = {
        **os.environ,
        "PYTHONPATH": str(copy),
        "PYTHONDONTWRITEBYTECODE": "1",  # a module and its mutant may bear the same time and size
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "OMP_NUM_THREADS": "1",
    }
    subprocess.run([sys.executable, "-m", "compileall", "-q", "sensational", "tests"], cwd=copy, check=True)
    command = [
        sys.executable,
        str(copy / "tests/mutation/mutants.py"),
        "work",
        str(number),
        "--work",
        str(work),
    ]
    return subprocess.Popen(command, cwd=copy, env=there)


# --- a worker -------------------------------------------------------------------------------------


def _work(asked: argparse.Namespace) -> int:
    number = asked.groups[0]
    tasks = [json.loads(line) for line in (asked.work / f"tasks-{number}.jsonl").read_text().splitlines()]
    _warm({test.partition("::")[0] for task in tasks for test in task["tests"]})
    for task in tasks:
        module = ROOT / task["path"]
        before = module.read_bytes()
        for old in (module.parent / "__pycache__").glob(f"{module.stem}.*.pyc"):
            old.unlink()
        module.write_text(task["source"], encoding="utf-8")
        begun = time.monotonic()
        try:
            outcome = _tried(task, asked.work / f"tmp-{number}")
        finally:
            module.write_bytes(before)
        if task["group"] == CONTROL:
            task["path"] = CONTROL
        kept = {name: task[name] for name in ("key", "group", "path", "line", "kind", "before", "after")}
        took = round(time.monotonic() - begun, 2)
        with (asked.work / "results.jsonl").open("a") as out:
            out.write(
                json.dumps({**kept, "outcome": outcome, "tests": len(task["tests"]), "took": took}) + "\n"
            )
    return 0


def _warm(tests: set[str]) -> None:
    """Imports what takes long, the tests too, and scores an article, so that the children need not."""
    import pytest

    for name in HEAVY:
        importlib.import_module(name)
    for path in (ROOT / "sensational" / "corpus").rglob("*.py"):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        importlib.import_module(name)
    sys.modules["sensational"].score(
        "Thousands flee as dam bursts",
        "The dam burst on Monday, the mayor said. Hundreds left the town. " * 5,
    )
    pytest.main([*OPTIONS, "--collect-only", "-qqq", *sorted(tests)])
    gc.collect()
    gc.freeze()


def _tried(task: dict[str, object], folder: Path) -> str:
    if not task["tests"]:
        return "no test"
    limit = 3 * float(task["seconds"]) + 30  # type: ignore[arg-type]
    child = os.fork()
    if child == 0:
        os.setsid()
        _in_child(task, folder)
    began = time.monotonic()
    while time.monotonic() - began < limit:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return "survived" if status == 0 else "killed"
        time.sleep(0.01)
    _end(child)
    return "timeout"


def _end(child: int) -> None:
    import psutil

    for process in [*psutil.Process(child).children(recursive=True), psutil.Process(child)]:
        try:
            process.send_signal(signal.SIGKILL)
        except psutil.NoSuchProcess:
            continue
    os.waitpid(child, 0)


def _in_child(task: dict[str, object], folder: Path) -> None:
    code = 70
    try:
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(quiet, stream)
        import pytest

        name = ".".join(Path(str(task["path"])).with_suffix("").parts).removesuffix(".__init__")
        _anew(name)
        code = int(pytest.main([*OPTIONS, "--basetemp", str(folder), *task["tests"]]))  # type: ignore[misc]
    finally:
        os._exit(code)


def _anew(changed: str) -> None:
    """Imports a module and all that import it anew; test modules are left to pytest."""
    stale = {changed}
    ours = {name: one for name, one in sys.modules.items() if _is_ours(one)}
    grown = True
    while grown:
        grown = False
        for name, module in ours.items():
            if name not in stale and any(_home(value) in stale for value in vars(module).values()):
                stale.add(name)
                grown = True
    for name in stale:
        del sys.modules[name]
    for name in sorted(stale):
        if name.split(".")[0] == "sensational":
            importlib.import_module(name)
    for name in sorted(ours):  # a package that was imported anew knows its modules again
        above, _, last = name.rpartition(".")
        if above in sys.modules and name in sys.modules:
            setattr(sys.modules[above], last, sys.modules[name])


def _is_ours(module: object) -> bool:
    return str(getattr(module, "__file__", None)).startswith((f"{ROOT}/sensational/", f"{ROOT}/tests/"))


def _home(value: object) -> str | None:
    """The module that a name of another module comes from."""
    if isinstance(value, type(sys)):
        return value.__name__
    return getattr(value, "__module__", None)


# --- what came out --------------------------------------------------------------------------------


def _results(work: Path) -> dict[str, dict[str, object]]:
    file = work / "results.jsonl"
    lines = file.read_text().splitlines() if file.exists() else []
    return {one["key"]: one for one in map(json.loads, lines)}


def _report(asked: argparse.Namespace) -> int:
    results = list(_results(asked.work).values())
    for title in ("group", "path"):
        heads = ["mutants", *OUTCOMES]
        print(f"\n{title:<44}" + "".join(f"{head:>9}" for head in heads) + "  killed (95%)")
        for name in sorted({one[title] for one in results}):
            print(_row(name, [one["outcome"] for one in results if one[title] == name]))
    for one in sorted(results, key=lambda one: (one["path"], one["line"])) if asked.list else ():
        if one["outcome"] not in NOTICED and one["group"] != CONTROL:
            print("{path}:{line} [{outcome}] {kind}: {before} -> {after}".format(**one))
    return 0


def _row(name: str, outcomes: Iterable[str]) -> str:
    count = Counter(outcomes)
    whole, done = count.total(), sum(count[one] for one in NOTICED)
    low, high = wilson(done, whole)
    numbers = "".join(f"{number:>9}" for number in [whole, *(count[one] for one in OUTCOMES)])
    return f"{name:<44}{numbers}  {done / whole:.1%} ({low:.1%} to {high:.1%})"


def wilson(successes: int, trials: int, z: float = 1.96) -> tuple[float, float]:
    """The interval of a share (Wilson 1927)."""
    share, square = successes / trials, z * z
    middle = (share + square / (2 * trials)) / (1 + square / trials)
    half = z / (1 + square / trials) * sqrt(share * (1 - share) / trials + square / (4 * trials * trials))
    return middle - half, middle + half


if __name__ == "__main__":
    sys.exit(main())
