"""``sensational corpus``: arguments in, words out."""

from __future__ import annotations

import os
import shlex
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sensational.cli import complain

if TYPE_CHECKING:
    from sensational.corpus.engines import Engine, Work


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...", type=click.Path(path_type=Path))
@click.option("--output", required=True, metavar="OUT", type=click.Path(path_type=Path, dir_okay=False),
              help="The ending chooses the form: .jsonl (everything), .csv or .parquet (one row per "
                   "article and, in a second file, one row per term).")  # fmt: skip
@click.option("--headline", metavar="COLUMN",
              help="Column of the headlines; if not given: headline, title, article title, article headline "
                   "(in any case; spaces, - and _ do not matter).")  # fmt: skip
@click.option("--body", metavar="COLUMN",
              help="Column of the bodies; if not given: body, text, content, article body, body text, "
                   "article text, full text.")  # fmt: skip
@click.option("--id", "id_", metavar="COLUMN",
              help="Column of the ids; if not given: id, article id, uid; may be missing.")  # fmt: skip
@click.option("--workers", metavar="N", type=click.IntRange(1, 1024),
              help="Number of processes; one per core if not given.")  # fmt: skip
@click.option("--engine", type=click.Choice(["processes", "dask"]), default="processes", show_default=True,
              help="What scores the articles; the output is the same.")  # fmt: skip
@click.option(
    "--scheduler", metavar="ADDRESS", help="Address of the Dask cluster, such as tcp://127.0.0.1:8786."
)
@click.option("--resume", is_flag=True, help="Continue a run that was interrupted.")
@click.option(
    "--overwrite", is_flag=True, help="Replace an output that is there; without it, that is refused."
)
@click.option("--encoding", metavar="NAME", help="Encoding of text tables; UTF-8 if not given.")
@click.option("--quotes/--no-quotes", default=True, show_default=True,
              help="Whether fields of CSV and TSV may be quoted.")  # fmt: skip
@click.option("--part-rows", metavar="N", type=click.IntRange(1, 100_000), default=500, show_default=True,
              help="Rows per part; an interruption loses at most the parts in work.")  # fmt: skip
def corpus(
    inputs: tuple[Path, ...], output: Path, headline: str | None, body: str | None, id_: str | None,
    workers: int | None, engine: str, scheduler: str | None, resume: bool, overwrite: bool,
    encoding: str | None, quotes: bool, part_rows: int,
) -> None:  # fmt: skip
    """Score many articles.

    INPUT is a table (CSV, TSV, JSON Lines, each also .gz or .zst, or Parquet), or a folder of text or HTML
    files. Rows that cannot be read are written to OUT.rejected.jsonl, with the cause. The first Ctrl-C stops
    the run after the current parts, and --resume continues it. An output that is finished is replaced only
    with --overwrite.
    """
    from sensational.corpus.errors import CorpusError
    from sensational.corpus.inputs import Settings
    from sensational.corpus.progress import in_words
    from sensational.corpus.rows import counted
    from sensational.corpus.run import run
    from sensational.corpus.store import companions

    if resume and overwrite:
        raise click.UsageError(
            "--resume goes on with an interrupted run and --overwrite begins it again; give one of them"
        )
    if (engine == "dask") != (scheduler is not None):
        raise click.UsageError("--engine dask and --scheduler ADDRESS go together")
    if engine == "dask" and workers is not None:
        raise click.UsageError("--workers is for --engine processes; a Dask cluster has workers of its own")

    def lend(work: Work) -> Engine:
        if scheduler is not None:
            from sensational.corpus.engines.cluster import Dask

            return Dask(work, scheduler)
        count = workers or cores()
        if count == 1:
            from sensational.corpus.engines.alone import Alone

            return Alone(work)
        from sensational.corpus.engines.processes import Processes

        return Processes(work, count)

    settings = Settings(headline, body, id_, encoding, quotes, part_rows)
    try:
        with _stoppable() as stop:
            outcome = run(
                inputs, output, lend, settings, resume=resume, overwrite=overwrite, told=_say,
                warned=partial(complain, ""), stopping=stop.is_set,
            )  # fmt: skip
    except CorpusError as problem:
        complain("", str(problem))
        raise SystemExit(2) from problem
    except KeyboardInterrupt:
        complain("", f"stopped at once; the finished parts are kept. Go on with: {_again()}")
        raise SystemExit(1) from None
    counts = outcome.counts
    if outcome.stopped:
        done = f"{counted(counts.read, 'row')} are done ({in_words(counts)})"
        complain("", f"stopped; {done}. Go on with: {_again()}")
        raise SystemExit(1)
    _say(f"{output}: {counted(counts.read, 'row')} read: {in_words(counts)}")
    if counts.reasons:
        reason, rows = max(counts.reasons.items(), key=lambda one: one[1])
        _say(f"most frequent reason for rows not scored: {reason} ({counted(rows, 'row')})")
    if counts.rejected:
        _say(f"why rows were rejected: {companions(output)['rejected']}")


def _again() -> str:
    given = [one for one in sys.argv[1:] if one not in ("--resume", "--overwrite")]
    return shlex.join(["sensational", *given, "--resume"])


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _stoppable() -> Iterator[threading.Event]:
    """The first Ctrl-C, SIGTERM or SIGHUP sets the event, the second one ends the run where it is."""
    stop = threading.Event()

    def ask(number: int, frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        # Not by sys.stderr, which may just be at work, nor by a terminal that may be gone (SIGHUP).
        with suppress(OSError):
            os.write(2, b"sensational: stopping after the current parts; ask once more to stop at once\n")

    asked = [signal.SIGINT, signal.SIGTERM]
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # under nohup it is
        asked.append(signal.SIGHUP)
    before = {number: signal.signal(number, ask) for number in asked}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _say(line: str) -> None:
    from sensational.report.safe import one_line

    try:
        sys.stdout.write(one_line(line) + "\n")
        sys.stdout.flush()
    except OSError as problem:
        problem.filename = "standard output"
        raise
