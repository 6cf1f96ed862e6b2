"""A small corpus, the run over it that nobody disturbed, and a system that fails when it is told to."""

from __future__ import annotations

import builtins
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from corpus.samples import alone, files

from sensational.corpus.errors import CorpusError
from sensational.corpus.forms import Output
from sensational.corpus.inputs import Settings
from sensational.corpus.part import Result, score_part
from sensational.corpus.rows import Part
from sensational.corpus.run import run

ALL = "SENSATIONAL_FAULTS" in os.environ
"""Whether there is time: ``tox -e faults`` says so, a usual run of the tests does not."""
SMALL = Settings(rows=4)
FORMS = ("jsonl", "csv", "parquet")
_SCORED: dict[str, Result] = {}


def remembered(part: Part, output: Output) -> Result:
    """Scores a part once, for the runs that fail at something else a hundred times."""
    key = f"{output}{part.items}"
    if key not in _SCORED:
        _SCORED[key] = score_part(part, output)
    return _SCORED[key]


def score(source: Path, output: Path, *, resume: bool = False, **how: Any) -> str:
    """Scores in this process. ``"done"``, or what it said when it gave up."""
    how.setdefault("work", remembered)
    try:
        run([source], output, how.pop("engine", alone), how.pop("settings", SMALL), resume=resume, **how)
    except CorpusError as problem:
        return str(problem)
    return "done"


def interrupted(source: Path, output: Path, parts: int = 2) -> Path:
    """A run that was stopped after so many parts; the folder of them."""
    count = iter(range(parts + 1))
    outcome = run(
        [source], output, alone, SMALL, stopping=lambda: next(count, parts) >= parts, work=remembered
    )
    folder = output.with_name(f"{output.name}.parts")
    assert outcome.stopped
    assert len(list(folder.glob("0*.json"))) == parts
    return folder


def goes_on(source: Path, output: Path, wanted: dict[str, bytes]) -> None:
    """Asserts that ``--resume`` gives the bytes of the undisturbed run and leaves nothing else.

    Where it failed before it began, ``--resume`` may find an older output of another run, and says so.
    """
    said = score(source, output, resume=True)
    if said != "done":
        assert "--overwrite" in said
        assert score(source, output, overwrite=True) == "done"
    assert files(output.parent) == wanted
    assert not output.with_name(f"{output.name}.parts").exists()


class FailingSystem:
    """Counts what is asked of the file system under a folder, and fails at one of these operations.

    Args:
        folder: what lies elsewhere is not disturbed.
        at: the number of the operation, from 1, that fails; 0 for none.
        error: with what.
        lasting: whether all after it fail too, as on a disk that is gone.
    """

    def __init__(self, folder: Path, at: int, error: int, lasting: bool) -> None:
        self.asked = 0
        self._folder = f"{folder}{os.sep}"
        self._at = at
        self._error = error
        self._lasting = lasting
        self._opened: dict[int, Any] = {}

    def ask(self, path: Any) -> None:
        """Counts an operation on a path, and fails if it is its turn."""
        if not f"{path}{os.sep}".startswith(self._folder):
            return
        self.asked += 1
        if self._at and (self.asked == self._at or (self._lasting and self.asked > self._at)):
            raise OSError(self._error, os.strerror(self._error), str(path))

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Stands between Python and the system."""
        opened = io.open

        def failing_open(path: Any, *arguments: Any, **named: Any) -> Any:
            self.ask(path)
            file = opened(path, *arguments, **named)
            self._opened[file.fileno()] = path
            return _File(file, self, path) if f"{path}".startswith(self._folder) else file

        def failing(call: Callable[..., Any]) -> Callable[..., Any]:
            def asked(path: Any, *arguments: Any, **named: Any) -> Any:
                self.ask(path)
                found = call(path, *arguments, **named)
                if isinstance(found, int):
                    self._opened[found] = path
                return found

            return asked

        names = ("open", "replace", "unlink", "mkdir", "rmdir", "listdir", "scandir")
        with (
            mock.patch.multiple(os, **{name: failing(getattr(os, name)) for name in names}),
            mock.patch.object(os, "fsync", lambda number: self.ask(self._opened[number])),
            mock.patch.object(io, "open", failing_open),
            mock.patch.object(builtins, "open", failing_open),
        ):
            yield


class _File:
    """A file that asks before it reads or writes."""

    def __init__(self, file: Any, system: FailingSystem, path: Any) -> None:
        self._file = file
        self._system = system
        self._path = path

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._file, name)
        if name not in ("read", "read1", "readinto", "write", "writelines", "flush"):
            return found

        def asked(*arguments: Any) -> Any:
            self._system.ask(self._path)
            return found(*arguments)

        return asked
