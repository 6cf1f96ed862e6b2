"""Workers that are killed, and that run out of memory: said, tried again, and the same bytes in the end."""

import multiprocessing
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from corpus.samples import NOBODY, alone, articles, files, processes, rejected, stub, write_csv

from faults.samples import ALL, goes_on, score
from sensational.corpus.engines import Engine, Work
from sensational.corpus.engines.processes import Processes
from sensational.corpus.forms import Output
from sensational.corpus.part import Result
from sensational.corpus.rows import Part
from sensational.corpus.store import Store

long = pytest.mark.skipif(not ALL, reason="long: tried by tox -e faults")
ENGINES = {"one process": alone, "two processes": processes(2)}


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """The run expects the stand-ins of ``samples.py``."""
    monkeypatch.setattr("sensational.corpus.run.provenance", lambda: NOBODY)


def short_once(part: Part, output: Output, mark: Path) -> Result:
    """Has not enough memory for the second part, the first time."""
    if part.number == 2 and not mark.exists():
        mark.touch()
        raise MemoryError
    return stub(part, output)


@dataclass(frozen=True)
class Heavy(Result):
    """A result for whose way back there is not enough memory."""

    def __reduce__(self) -> Any:
        raise MemoryError


def heavy_once(part: Part, output: Output, mark: Path) -> Result:
    """Scores the second part, and has no memory to hand it back, the first time."""
    if part.number == 2 and not mark.exists():
        mark.touch()
        return Heavy(2, {}, (), stub(part, output).counts, NOBODY)
    return stub(part, output)


def hungry(part: Part, output: Output) -> Result:
    """Takes all the memory there is for the rows that say so, where the system gives two gigabytes."""
    import resource  # not there on Windows

    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    if any("HUNGRY" in getattr(item, "headline", "") for item in part.items):
        bytearray(3 << 30)
    return stub(part, output)


@pytest.mark.parametrize(
    ("engine", "work"),
    [
        ("one process", short_once),
        pytest.param("two processes", short_once, marks=long),
        ("two processes", heavy_once),
    ],
)
def test_memory_runs_out_once(
    engine: str, work: Callable[..., Result], source: Path, nobody: None, tmp_path: Path
) -> None:
    (tmp_path / "calm").mkdir()
    assert score(source, tmp_path / "calm" / "out.jsonl", work=stub) == "done"
    warned: list[str] = []
    said = score(
        source, tmp_path / "out.jsonl", engine=ENGINES[engine], warned=warned.append,
        work=partial(work, mark=tmp_path / "mark"),
    )  # fmt: skip
    assert said == "done"
    assert (tmp_path / "mark").exists()
    assert files(tmp_path) == files(tmp_path / "calm")
    (line,) = warned
    assert "MemoryError" in line
    assert line.endswith("its part, 2, is tried again")


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
def test_a_row_that_takes_all_memory_is_rejected(nobody: None, tmp_path: Path) -> None:
    """That alone, with what was wrong and what to do."""
    rows = articles(14)
    rows[8]["title"] = "HUNGRY"
    warned: list[str] = []
    said = score(
        write_csv(tmp_path / "in.csv", rows), tmp_path / "out.jsonl", engine=processes(2), work=hungry,
        warned=warned.append,
    )  # fmt: skip
    assert said == "done"
    (gone,) = rejected(tmp_path / "out.jsonl")
    assert gone["row"] == 9
    assert "did not survive it twice: it failed: MemoryError" in gone["cause"]
    assert gone["cause"].endswith("if memory ran out, score it alone or on a machine with more")
    assert [line.partition(" (")[0] for line in warned] == [
        "a worker was lost",
        "part 3 ended its worker again",
    ]


def test_the_run_itself_has_not_enough(
    source: Path, calm: dict[str, dict[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def short(*_: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(Store, "_join", short)
    said = score(source, tmp_path / "out.jsonl")
    assert said.startswith("memory ran out, and fewer --workers need less; what was done is kept")
    assert files(tmp_path) == {}
    monkeypatch.undo()
    goes_on(source, tmp_path / "out.jsonl", calm["jsonl"])


@long
@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_an_idle_worker_is_killed(source: Path, nobody: None, tmp_path: Path) -> None:
    """It is replaced without a word: no part was lost with it."""

    class Killing(Processes):
        def next(self) -> Any:
            found = super().next()
            idle = [worker.process for worker in self._workers if worker.part is None]
            for process in idle[:1]:
                process.kill()
                process.join()
            return found

    warned: list[str] = []
    said = score(
        source, tmp_path / "out.jsonl", engine=partial(Killing, count=2), work=stub, warned=warned.append
    )
    assert (said, warned) == ("done", [])
    (tmp_path / "calm").mkdir()
    assert score(source, tmp_path / "calm" / "out.jsonl", work=stub) == "done"
    assert files(tmp_path) == files(tmp_path / "calm")


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
def test_the_system_gives_no_more_processes(
    source: Path, calm: dict[str, dict[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: Any) -> None:
        raise BlockingIOError(11, os.strerror(11))

    monkeypatch.setattr(multiprocessing.context.SpawnProcess, "start", none)
    said = score(source, tmp_path / "out.jsonl", engine=processes(4))
    assert said == (
        "worker process 1 of 4 cannot be started (resource temporarily unavailable); use fewer --workers, "
        "and go on with --resume"
    )
    monkeypatch.undo()
    goes_on(source, tmp_path / "out.jsonl", calm["jsonl"])


@long
@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_however_workers_are_started(
    method: str, source: Path, calm: dict[str, dict[str, bytes]], tmp_path: Path
) -> None:
    """``spawn`` is what is used, and all there is on Windows and macOS; nothing depends on it."""

    def engine(work: Work) -> Engine:
        made = Processes(work, 2)
        made._context = multiprocessing.get_context(method)  # type: ignore[assignment]
        return made

    for form, wanted in calm.items():
        assert score(source, tmp_path / f"out.{form}", engine=engine) == "done"
        left = {name: data for name, data in files(tmp_path).items() if name in wanted}
        assert left == wanted
