"""What a corpus takes: time, rate and peak memory on every engine, and what that makes of a hundred million.

    python tests/benchmarks/corpus.py ARTICLES.parquet [--most 3000] [--workers 1 2] [--dask 2]

Prints time and memory by number of workers. Memory is the resident set of one
process, looked at ten times a second.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
MANY, WORKERS = 100_000_000, 64


@dataclass
class Watched:
    """A run: seconds, processor time by process, and what memory each process held when."""

    seconds: float = 0.0
    cpu: dict[int, float] = field(default_factory=dict)
    seen: list[tuple[float, int, int]] = field(default_factory=list)  # seconds, process, bytes

    def peak(self, processes: set[int], half: int | None = None) -> float:
        """Megabytes."""
        middle = self.seconds / 2
        held = [
            size
            for when, one, size in self.seen
            if one in processes and (half is None or (when >= middle) == bool(half))
        ]
        return max(held, default=0) / 1e6


def watch(arguments: list[str], others: list[int]) -> tuple[Watched, int]:
    """Runs a command; its processes and those of ``others`` are looked at meanwhile."""
    run = Watched()
    begin = time.monotonic()
    process = psutil.Popen(arguments, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        for root in (process.pid, *others):
            try:
                family = [psutil.Process(root), *psutil.Process(root).children(recursive=True)]
                for one in family:
                    run.seen.append((time.monotonic() - begin, one.pid, one.memory_info().rss))
                    times = one.cpu_times()
                    run.cpu[one.pid] = times.user + times.system
            except psutil.Error:
                continue  # it has ended since
        time.sleep(0.1)
    run.seconds = time.monotonic() - begin
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)} ended with {process.returncode}")
    return run, process.pid


@contextmanager
def cluster(count: int) -> Iterator[tuple[str, list[int]]]:
    """A Dask cluster of so many processes: its address, and its processes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    dask = [sys.executable, "-m", "dask"]
    quiet: dict[str, Any] = {"env": ENVIRONMENT, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    scheduler = subprocess.Popen([*dask, "scheduler", "--port", str(port), "--no-dashboard"], **quiet)
    workers = subprocess.Popen(
        [*dask, "worker", address, "--nworkers", str(count), "--nthreads", "1", "--no-dashboard"], **quiet
    )
    try:
        yield address, [workers.pid]
    finally:
        workers.terminate()
        workers.wait()
        scheduler.terminate()
        scheduler.wait()


def reading(source: Path) -> float:
    """Rows a second of this one process, cut into parts and packed as they are handed on."""
    import pickle

    from sensational.corpus.inputs import Settings, find_inputs, read_rows
    from sensational.corpus.part import cut

    (found,) = find_inputs([source], Settings())
    begin = time.process_time()
    rows = 0
    for part in cut(read_rows(found, Settings()), 500):
        pickle.dumps(part)
        rows += len(part.items)
    return rows / (time.process_time() - begin)


def joining(folder: Path, stem: str, rows: int) -> float:
    """Articles a second that are stored, checked and joined, once they are scored."""
    from sensational.corpus.forms import Output
    from sensational.corpus.part import Result
    from sensational.corpus.rows import Counts
    from sensational.corpus.store import Store

    lines = (folder / stem).read_bytes().splitlines(keepends=True)
    store = Store(folder / "joined.jsonl", Output("json_lines", ()), {})
    store.folder.mkdir()
    begin = time.process_time()
    store.lock.__enter__()
    store.begin()
    parts = 0
    for at in range(0, len(lines), 500):
        parts += 1
        data = b"".join(lines[at : at + 500])
        store.write(Result(parts, {"articles": data}, (), Counts(500, 500, 0, 0), ("", "", "")), "")
    store.finish(parts)
    store.lock.__exit__(None, None, None)
    return rows / (time.process_time() - begin)


def write_csv(table: Path, most: int, target: Path) -> int:
    """The first articles of a Parquet table as CSV; how many there are."""
    import pyarrow.parquet as parquet

    batches = parquet.ParquetFile(table, pre_buffer=False).iter_batches(256)
    rows = itertools.islice((row for batch in batches for row in batch.to_pylist()), most)
    first = next(rows)
    count = 0
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(first), lineterminator="\n")
        writer.writeheader()
        for row in itertools.chain([first], rows):
            writer.writerow(row)
            count += 1
    return count


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("table", type=Path)
    parser.add_argument("--most", type=int, default=3000, help="articles that are scored")
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--dask", type=int, nargs="*", default=[2])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "in.csv"
        count = write_csv(given.table, given.most, source)
        words = sum(len(line.split()) for line in source.open(encoding="utf-8")) / count
        print(f"{count:,} articles as CSV, {words:.0f} words each, {os.cpu_count()} cores\n")
        print(
            "| engine | s | articles/s | to one | processor, ms an article: all, the run itself "
            "| peak of the run, MB | peak of a worker, MB: first half, second half | same bytes |\n"
            "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |"
        )
        command = [sys.executable, "-m", "sensational", "corpus", str(source), "--output"]
        base: tuple[float, float, bytes] | None = None

        def show(label: str, output: Path, run: Watched, process: int) -> None:
            nonlocal base
            data = output.read_bytes()
            everything = 1000 * sum(run.cpu.values()) / count
            base = base or (run.seconds, everything / 1000, data)
            workers = {one for _, one, _ in run.seen} - {process}
            own = f"{everything:.2f}, {1000 * run.cpu[process] / count:.2f}"
            halves = f"{run.peak(workers, 0):.0f}, {run.peak(workers, 1):.0f}" if workers else "is the run"
            print(
                f"| {label} | {run.seconds:.0f} | {count / run.seconds:.0f} | {base[0] / run.seconds:.2f} "
                f"| {own} | {run.peak({process}):.0f} | {halves} | {'yes' if data == base[2] else 'NO'} |",
                flush=True,
            )

        for workers in given.workers:
            output = folder / f"out{workers}.jsonl"
            run, process = watch([*command, str(output), "--workers", str(workers)], [])
            show("one process" if workers == 1 else f"{workers} processes", output, run, process)
        for workers in given.dask:
            output = folder / f"dask{workers}.jsonl"
            with cluster(workers) as (address, others):
                run, process = watch(
                    [*command, str(output), "--engine", "dask", "--scheduler", address], others
                )
            show(f"Dask, {workers} workers", output, run, process)

        first = sorted(folder.glob("*.jsonl"))[0]
        size = first.stat().st_size / count
        read, join = 1 / reading(source), 1 / joining(folder, first.name, count)
        print(
            f"\nThe run itself reads, cuts and packs {1 / read:,.0f} rows/s of CSV ({1e6 * read:.0f} µs "
            f"each), and stores and joins {1 / join:,.0f} lines/s ({1e6 * join:.0f} µs each).\n"
            f"A line of JSON has {size:,.0f} bytes; packed with gzip, {packed(first) * size:,.0f}."
        )
        if base:
            scoring = base[1]
            print(
                f"A hundred million articles like these on {WORKERS} workers: "
                f"{MANY * scoring / WORKERS / 3600:,.0f} h of scoring, and beside it "
                f"{MANY * (read + join) / 3600:,.1f} h of reading and joining: the run keeps "
                f"{scoring / (read + join):,.0f} workers busy.\n"
                f"JSON Lines: {MANY * size / 1e12:.2f} TB, and as much again while the parts are joined."
            )


def packed(path: Path) -> float:
    """Size with gzip over size without."""
    import gzip

    data = path.read_bytes()[:20_000_000]
    return len(gzip.compress(data, 6)) / len(data)


if __name__ == "__main__":
    main()
