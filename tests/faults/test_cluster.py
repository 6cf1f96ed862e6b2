"""A Dask cluster whose parts are killed while it is at work."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pytest
from articles import ROOT
from corpus.samples import NOBODY, articles, environment, lines, slow, stub, write_csv

from faults.samples import ALL, score
from sensational.corpus.engines.cluster import Dask

pytest.importorskip("distributed", reason="Dask is not installed: its faults were not tried")
pytestmark = [
    pytest.mark.skipif(not ALL, reason="long: tried by tox -e faults"),
    pytest.mark.skipif(os.name == "nt", reason="signals of POSIX"),
]


class Cluster:
    """A scheduler, and a process that watches over two workers."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "scheduler.json"
        self.scheduler = self._begin("dask_scheduler", "--port", "0")
        self._wait_for(self._file)
        self.nanny = self._begin("dask_worker", "--nworkers", "2", "--nthreads", "1")

    @property
    def engine(self) -> Any:
        import json

        return partial(Dask, scheduler=json.loads(self._file.read_text())["address"])

    def workers(self) -> list[psutil.Process]:
        """The processes that score; each other child watches one of them."""
        below = psutil.Process(self.nanny.pid).children(recursive=True)
        return [one for one in below if "resource_tracker" not in " ".join(one.cmdline())]

    def close(self) -> None:
        for process in (*self.workers(), self.nanny, self.scheduler):
            process.kill()
        self.nanny.wait()
        self.scheduler.wait()

    def _begin(self, what: str, *arguments: str) -> "subprocess.Popen[bytes]":
        there = environment()
        there["PYTHONPATH"] += os.pathsep + str(ROOT / "tests")
        words = [sys.executable, "-m", f"distributed.cli.{what}", "--scheduler-file", str(self._file)]
        return subprocess.Popen(
            [*words, "--no-dashboard", *arguments], env=there, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip

    @staticmethod
    def _wait_for(path: Path) -> None:
        deadline = time.monotonic() + 60
        while not path.exists() or not path.read_text().strip():
            assert time.monotonic() < deadline
            time.sleep(0.1)


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    monkeypatch.setattr("sensational.corpus.run.provenance", lambda: NOBODY)
    made = Cluster(tmp_path)
    yield made
    made.close()


def disturbed(cluster: Cluster, folder: Path, kill: Any) -> str:
    """A run of sixty rows in fifteen slow parts, in which something is killed when three are begun."""
    source = write_csv(folder / "in.csv", articles(60))
    killed = []

    def killing() -> bool:
        if not killed and len(list(folder.glob("begun-*"))) >= 3:
            killed.append(kill(cluster))
        return False

    said = score(
        source, folder / "out.jsonl", engine=cluster.engine, work=partial(slow, folder=folder),
        stopping=killing,
    )  # fmt: skip
    assert killed
    return said


def test_a_worker_is_killed(cluster: Cluster, tmp_path: Path) -> None:
    def kill(cluster: Cluster) -> bool:
        cluster.workers()[0].kill()
        return True

    assert disturbed(cluster, tmp_path, kill) == "done"
    assert lines(tmp_path / "out.jsonl") == list(range(1, 61))


def test_all_workers_are_killed(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nobody starts them again."""
    monkeypatch.setattr("sensational.corpus.engines.cluster._WITHOUT", 5)

    def kill(cluster: Cluster) -> bool:
        workers = cluster.workers()
        cluster.nanny.kill()
        for worker in workers:
            worker.kill()
        return True

    said = disturbed(cluster, tmp_path, kill)
    assert said == "the cluster has had no worker for 5 s; start some, and go on with --resume"
    done = len(list((tmp_path / "out.jsonl.parts").glob("0*.json")))
    assert score(tmp_path / "in.csv", tmp_path / "out.jsonl", resume=True, work=stub) == "done"
    assert done < 15
    assert lines(tmp_path / "out.jsonl") == list(range(1, 61))


def test_the_scheduler_is_killed(cluster: Cluster, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    def kill(cluster: Cluster) -> bool:
        cluster.scheduler.kill()
        return True

    said = disturbed(cluster, tmp_path, kill)
    assert said.endswith(" was lost; start it again, with workers, and go on with --resume")
    assert "Traceback" not in capfd.readouterr().err
    assert score(tmp_path / "in.csv", tmp_path / "out.jsonl", resume=True, work=stub) == "done"
    assert lines(tmp_path / "out.jsonl") == list(range(1, 61))
