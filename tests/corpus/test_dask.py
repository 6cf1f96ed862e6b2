"""The Dask engine: the same bytes, and a worker that dies."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import CancelledError
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from corpus.samples import NOBODY, alone, articles, deadly, deadly_once, files, rejected, stub, write_csv
from sensational.corpus.engines.cluster import Dask
from sensational.corpus.errors import CorpusError
from sensational.corpus.inputs import Settings
from sensational.corpus.part import Result
from sensational.corpus.rows import Part
from sensational.corpus.run import run

dask = pytest.importorskip("dask", reason="Dask is not installed: its engine was not tried")
distributed = pytest.importorskip("distributed", reason="Dask is not installed: its engine was not tried")
SMALL = Settings(rows=4)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two processes, which are started again when they die, as on a real cluster."""
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as local,
    ):
        yield local


def test_dask_gives_the_same_bytes(cluster: Any, tmp_path: Path) -> None:
    source = write_csv(tmp_path / "in.csv", articles(20))
    for suffix in ("jsonl", "parquet"):
        for name, engine in (("alone", alone), ("dask", partial(Dask, scheduler=cluster.scheduler_address))):
            (tmp_path / name).mkdir(exist_ok=True)
            run([source], tmp_path / name / f"out.{suffix}", engine, SMALL)
    assert files(tmp_path / "alone") == files(tmp_path / "dask")
    assert len(files(tmp_path / "dask")) == 7


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_worker_that_dies_is_survived(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sensational.corpus.run.provenance", lambda: NOBODY)
    rows = articles(20)
    rows[9]["title"] = "KILL"
    source = write_csv(tmp_path / "in.csv", rows)
    dask = partial(Dask, scheduler=cluster.scheduler_address)
    for name, engine, work in (
        ("calm", alone, stub), ("once", dask, partial(deadly_once, mark=tmp_path / "mark")),
    ):  # fmt: skip
        (tmp_path / name).mkdir()
        run([source], tmp_path / name / "out.jsonl", engine, SMALL, work=work)  # type: ignore[arg-type]
    assert (tmp_path / "mark").exists()
    assert files(tmp_path / "calm") == files(tmp_path / "once")
    outcome = run([source], tmp_path / "out.jsonl", dask, SMALL, work=deadly)
    assert (outcome.counts.read, outcome.counts.rejected) == (20, 1)
    (gone,) = rejected(tmp_path / "out.jsonl")
    assert (gone["row"], f"signal {int(signal.SIGKILL)}" in gone["cause"]) == (10, True)


@pytest.mark.parametrize(
    "lost", [CancelledError(), distributed.comm.core.CommClosedError("in <TCP (closed)>")]
)
def test_the_scheduler_is_lost(
    cluster: Any, lost: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dask says so in one of two ways, whichever it notices first."""

    def result(future: Any, timeout: float) -> None:
        raise lost

    monkeypatch.setattr(distributed.Future, "result", result)
    source = write_csv(tmp_path / "in.csv", articles(20))
    engine = partial(Dask, scheduler=cluster.scheduler_address)
    with pytest.raises(CorpusError, match="was lost; start it again, with workers"):
        run([source], tmp_path / "out.jsonl", engine, SMALL, work=stub)


def test_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sensational.corpus.engines.cluster._PATIENCE", 1)
    with pytest.raises(CorpusError, match="no Dask scheduler answers at tcp"):
        Dask(partial(stub, output=None), "tcp://127.0.0.1:1")


def test_all_workers_are_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Said after a while, instead of waited for without end."""
    monkeypatch.setattr("sensational.corpus.run.provenance", lambda: NOBODY)
    monkeypatch.setattr("sensational.corpus.engines.cluster._WITHOUT", 1)
    monkeypatch.setattr("sensational.corpus.engines.cluster._FRESH", 0.2)
    source = write_csv(tmp_path / "in.csv", articles(20))
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None, silence_logs=50
    ) as local:
        engine = partial(Dask, scheduler=local.scheduler_address)

        def leaving(work: Any) -> Dask:
            made = engine(work)
            local.scale(0)
            local.sync(local._correct_state)
            return made

        with pytest.raises(CorpusError, match="no worker for 1 s"):
            run([source], tmp_path / "out.jsonl", leaving, SMALL, work=stub)


def test_a_result_lost_with_its_worker_is_done_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """And where no worker is left, that is said: the future was done, and would be waited for without end."""
    monkeypatch.setattr("sensational.corpus.engines.cluster._WITHOUT", 1)
    monkeypatch.setattr("sensational.corpus.engines.cluster._FRESH", 0.2)
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None, silence_logs=50
    ) as local:
        engine = Dask(partial(stub, output="jsonl"), local.scheduler_address)
        monkeypatch.setattr("sensational.corpus.engines.cluster._PATIENCE", 1)
        engine.submit(Part(1, (), 0))
        engine._out[engine._first_ended()][1].add_done_callback(engine._ended.put)  # said to be done again
        local.scale(0)
        local.sync(local._correct_state)
        try:
            with pytest.raises(CorpusError, match="no worker for 1 s"):
                engine.next()
            local.scale(1)
            assert isinstance(engine.next(), Result)
        finally:
            engine.close()
