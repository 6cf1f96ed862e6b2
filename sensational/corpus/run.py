"""The run over a corpus: rows in, parts out to an engine, results to the store, and the count of it all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from sensational.corpus import manifest
from sensational.corpus.dispatch import dispatch
from sensational.corpus.engines import Engine, Work
from sensational.corpus.errors import CorpusError
from sensational.corpus.flat import Carried, Kind, carried_columns
from sensational.corpus.folder import article_files
from sensational.corpus.forms import Output, output_form
from sensational.corpus.inputs import (
    PAGE_COLUMNS,
    Input,
    Settings,
    checksum,
    find_inputs,
    read_rows,
    said,
    summed,
)
from sensational.corpus.part import Result, cut, provenance, score_part
from sensational.corpus.progress import Progress
from sensational.corpus.rows import Counts, Part, Reject, Row, counted
from sensational.corpus.rows import checksum as checksum_of_rows
from sensational.corpus.store import Done, Store, companions

_KEPT = "what was done is kept: see to that, and go on with --resume"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run; where it was stopped, ``counts`` are of the parts that are done."""

    counts: Counts
    stopped: bool


def run(
    inputs: Sequence[str | Path],
    output: str | Path,
    engine: Callable[[Work], Engine],
    settings: Settings | None = None,
    *,
    resume: bool = False,
    overwrite: bool = False,
    told: Callable[[str], None] = lambda _: None,
    warned: Callable[[str], None] = lambda _: None,
    progress: Progress | None = None,
    stopping: Callable[[], bool] = lambda: False,
    work: Callable[..., Result] = score_part,
) -> Outcome:
    """Scores every row of the inputs, and writes the output and the files beside it.

    Args:
        inputs: tables (CSV, TSV, JSON Lines, each also .gz or .zst; Parquet), text and HTML files, and
            folders of them.
        output: a file whose ending says its form: .jsonl, .csv or .parquet.
        engine: makes the engine, when it is clear what it has to do.
        settings: what decides, with the input, which bytes come out.
        resume: go on with a run that was begun; where none was, begin.
        overwrite: begin even where an output is, and replace that in the end.
        told: called with a line for the user, now and then.
        warned: called with what went wrong and was put right, such as a worker that died.
        progress: shows how far it is.
        stopping: asked between parts; True ends the run when the parts that are out are done.
        work: what is done to a part; another one than :func:`score_part` is for tests.

    Raises:
        CorpusError: an input, the output or the engine does not do, the disk is full, or memory ran out.
            What was done is kept.
        BrokenPipeError: ``told`` has nobody to tell it to any more.
    """
    output = Path(output)
    try:
        return _run(
            inputs, output, engine, settings or Settings(), resume, overwrite, told, warned,
            progress or Progress(), stopping, work,
        )  # fmt: skip
    except BrokenPipeError:
        raise
    except OSError as problem:
        why = f"{problem.filename or output}: {(problem.strerror or str(problem)).lower()}"
        raise CorpusError(f"{why}; {_KEPT}") from problem
    except MemoryError as problem:
        raise CorpusError(f"memory ran out, and fewer --workers need less; {_KEPT}") from problem


def _run(
    inputs: Sequence[str | Path],
    output: Path,
    engine: Callable[[Work], Engine],
    settings: Settings,
    resume: bool,
    overwrite: bool,
    told: Callable[[str], None],
    warned: Callable[[str], None],
    progress: Progress,
    stopping: Callable[[], bool],
    work: Callable[..., Result],
) -> Outcome:
    form = output_form(output)
    found = find_inputs(inputs, settings)
    for source in found:
        told(said(source))
        if source.path.resolve() in {path.resolve() for path in (output, *companions(output).values())}:
            raise CorpusError(f"{source.path}: it would be written over; choose another --output")
    shape = Output(form, _carried(found))
    before = [_state(source) for source in found]
    checksums = [checksum(source) for source in found]
    data = manifest.describe(found, checksums, settings, form, shape.carried, provenance())
    score = partial(work, output=shape)
    store = Store(output, shape, data)
    store.folder.mkdir(parents=True, exist_ok=True)
    with store.lock:
        if resume and (counts := _complete(store, data)) is not None:
            told(f"{output}: it is complete; there is nothing to do")
            return Outcome(counts, False)
        done = _taken_up(store, data, resume, overwrite, told)
        while True:
            job = _Job(found, settings, store, data, done, progress, stopping, warned)
            outcome = job.score(engine, score)
            states = [_state(source) for source in found]
            if states == before:
                break
            _refuse_changed(found, checksums, store)
            before, done = states, store.done()  # written to, and yet the same: look at the rows once more
            if outcome.stopped:
                break
        return outcome if outcome.stopped else Outcome(store.finish(job.parts), False)


def _refuse_changed(found: Sequence[Input], checksums: Sequence[str], store: Store) -> None:
    for source, known in zip(found, checksums, strict=True):
        if checksum(source) != known:
            raise CorpusError(
                f"{source.path}: it was changed while it was read; bring back what it was and go on with "
                f"--resume, or delete {store.folder} and run again"
            )


def _carried(inputs: Sequence[Input]) -> tuple[Carried, ...]:
    names: list[str] = []
    kinds: dict[str, set[str]] = {}
    for source in inputs:
        there = PAGE_COLUMNS if source.columns is None else source.columns.carried
        names += there
        for name in there:
            kinds.setdefault(name, set()).add(dict(source.types).get(name, "string"))
    agreed: dict[str, Kind] = {name: kind.pop() for name, kind in kinds.items() if len(kind) == 1}  # type: ignore[misc]
    return carried_columns(names, agreed, any(source.form == "json_lines" for source in inputs))


def _state(source: Input) -> str:
    """Changes whenever an input is written to, and sometimes when it is not; and the clock may be wrong."""
    digest = hashlib.sha256()
    for path in article_files(source.path) if source.path.is_dir() else [source.path]:
        with suppress(FileNotFoundError):  # a link to nothing, or taken away: that is another state
            one = path.stat()
            stands = f"{path} {one.st_ino} {one.st_size} {one.st_mtime_ns} {one.st_ctime_ns}\n"
            digest.update(stands.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _complete(store: Store, data: dict[str, Any]) -> Counts | None:
    """The counts of the output, if it is that of this run and nothing is left to do."""
    closing = manifest.read(companions(store.output)["manifest"])
    if store.begun() is not None or closing is None:
        return None
    wrong = manifest.differences(closing, data)
    if wrong:
        remedy = "run with --overwrite instead of --resume to replace it"
        raise CorpusError(_refusal(f"{store.output}: it was made by another run", wrong, remedy))
    written, counts = store.written(), closing.get("counts")
    if written is None:
        return None
    whole = isinstance(counts, dict) and {*counts} == {*asdict(Counts())}
    if written != closing.get("outputs") or not whole:
        raise CorpusError(
            f"{store.output}: it is not what the run wrote, it was changed or damaged since; run with "
            "--overwrite instead of --resume to write it again"
        )
    store.clear()
    return Counts(**counts)


def _taken_up(
    store: Store, data: dict[str, Any], resume: bool, overwrite: bool, told: Callable[[str], None]
) -> dict[int, Done]:
    begun = store.begun()
    if begun is None or not (resume or store.has_parts()):
        if not overwrite:
            _refuse_finished(store)
        if resume:
            told(f"{store.output}: there is no unfinished run; starting from the beginning")
        store.begin()
        return {}
    if not resume:
        raise CorpusError(
            f"{store.folder}: an unfinished run is there; go on with --resume, or delete that folder"
        )
    done = store.done()
    wrong = manifest.differences(begun, data)
    if wrong:
        raise CorpusError(
            _refusal(f"{store.folder}: the unfinished run cannot be resumed", wrong, "delete that folder")
        )
    told(f"{store.output}: {counted(len(done), 'part')} of it are done")
    return done


def _refuse_finished(store: Store) -> None:
    """Stops where the run would write over an output.

    Raises:
        CorpusError: a table of it is there, of whatever run.
    """
    there = store.tables_there()
    if there:
        if store.begun() is None:
            store.clear()
        raise CorpusError(
            f"{there[0]} already exists; choose another --output, or replace it with --overwrite "
            "(--resume is for a run that was interrupted)"
        )


def _refusal(what: str, wrong: Sequence[str], otherwise: str) -> str:
    return f"{what}; these changed: {'; '.join(wrong)}. Undo that, or {otherwise}"


class _Job:
    """The parts of one run, those that are done and those that are not."""

    def __init__(
        self,
        inputs: Sequence[Input],
        settings: Settings,
        store: Store,
        data: dict[str, Any],
        done: dict[int, Done],
        progress: Progress,
        stopping: Callable[[], bool],
        warned: Callable[[str], None],
    ) -> None:
        self._inputs = inputs
        self._settings = settings
        self._store = store
        self._provenance = tuple(data["provenance"].values())
        self._done = done
        self._progress = progress
        self._stopping = stopping
        self._warned = warned
        self._counts = Counts()
        self._read_to = 0
        self.parts = 0

    def score(self, engine_of: Callable[[Work], Engine], work: Work) -> Outcome:
        """Hands out the parts that are not done, and stores what comes back."""
        parts = self._to_do()
        first = next(parts, None)
        if first is None:
            return Outcome(self._counts, False)
        engine = engine_of(work)
        self._progress.start(summed(self._inputs), self._counts, self._read_to)
        left = chain([first], parts)
        try:
            for result, part in dispatch(left, engine, work, self._stopping, self._warned):
                self._keep(result, part)
            return Outcome(self._counts, self._stopping() and next(left, None) is not None)
        finally:
            engine.close()
            self._progress.stop()

    def _to_do(self) -> Iterator[Part]:
        for part in cut(self._rows(), self._settings.rows):
            self.parts = part.number
            done = self._done.get(part.number)
            if done is not None and done.rows == checksum_of_rows(part):
                self._counts += done.counts
                self._read_to = part.read_to
            else:
                yield part

    def _rows(self) -> Iterator[tuple[Row | Reject, int]]:
        before = 0
        for source in self._inputs:
            for row, read in read_rows(source, self._settings):
                yield row, before + read
            before += source.size

    def _keep(self, result: Result, part: Part) -> None:
        if result.provenance != self._provenance:
            raise CorpusError(
                f"a worker has another version of the package ({' '.join(result.provenance)} instead of "
                f"{' '.join(self._provenance)}); install the same one everywhere, and go on with --resume"
            )
        self._store.write(result, checksum_of_rows(part))
        self._counts += result.counts
        self._read_to = max(self._read_to, part.read_to)
        self._progress.show(self._counts, self._read_to)
