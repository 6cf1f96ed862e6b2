"""The folder of the parts: what is done, each part whole or not there; and the files it becomes in the end.

A part is its tables (``000000001.articles``, ``000000001.terms``) and, written last, its record
(``000000001.json``): the run that it is of, the checksum of the rows it was made from, its counts, what it
rejected, the size and checksum of each table, and a checksum of all this. A part without a whole record of
this run was never done. Only numbers make file names here: no id and no name of an input does.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from sensational.corpus import manifest
from sensational.corpus.errors import CorpusError
from sensational.corpus.forms import ARTICLES, TERMS, Output
from sensational.corpus.lock import Lock
from sensational.corpus.part import Result
from sensational.corpus.rows import Counts

_MANIFEST = "manifest.json"
_NOT_BY_LINK = getattr(os, "O_NOFOLLOW", 0)  # Windows has none, and few links
# What a run puts into the folder of its parts; nothing else there is ours to remove.
_OURS = re.compile(rf"lock|(?:manifest\.json|\d{{9,}}\.(?:json|{ARTICLES}|{TERMS}))(?:\.waiting)?")


def companions(output: Path) -> dict[str, Path]:
    """The files of a run beside its output: rejected rows, manifest, terms, and the folder of its parts."""
    return {
        "rejected": output.with_name(f"{output.name}.rejected.jsonl"),
        "manifest": output.with_name(f"{output.name}.manifest.json"),
        "terms": output.with_name(f"{output.stem}.terms{output.suffix}"),
        "parts": output.with_name(f"{output.name}.parts"),
    }


@dataclass(frozen=True, slots=True)
class Done:
    """A part that is done: its counts, and the checksum of the rows that it was made from."""

    counts: Counts
    rows: str


class Store:
    """The parts of one run, to be used while :attr:`lock` is held.

    Args:
        output: where the articles go in the end.
        form: how.
        data: the manifest of the run.
    """

    def __init__(self, output: Path, form: Output, data: dict[str, Any]) -> None:
        self.output = output
        self.folder = companions(output)["parts"]
        self.lock = Lock(self.folder / "lock")
        self._form = form
        self._data = data
        self._run = hashlib.sha256(manifest.as_bytes(data)).hexdigest()

    def begun(self) -> Any:
        """The manifest of the run that was begun here (see :func:`~.manifest.read`); None if none was."""
        return manifest.read(self.folder / _MANIFEST)

    def begin(self) -> None:
        """Begins anew, where that can come to an end.

        Raises:
            CorpusError: there is something of somebody else where parts or output have to go.
            OSError: the folder cannot be written to, or a name would be too long.
        """
        for path in self.folder.iterdir():
            if not _OURS.fullmatch(path.name):
                raise CorpusError(
                    f"{path}: that is no part of a run; move it away, or choose another --output"
                )
        for target in self._targets().values():
            if target.is_dir():
                raise CorpusError(f"{target}: that is a folder; move it away, or choose another --output")
            with suppress(FileNotFoundError):
                _waiting(target).lstat()  # fails on a name that is too long, now and not after the scoring
        self._remove_parts()
        _write_out(self.folder / _MANIFEST, lambda file: file.write(manifest.as_bytes(self._data)))
        (self.folder / f"{_MANIFEST}.waiting").replace(self.folder / _MANIFEST)

    def done(self) -> dict[int, Done]:
        """The parts that are whole, by their numbers."""
        found = {}
        for path in self.folder.glob("*.json"):
            record = None
            if path.stem.isdigit():
                with suppress(OSError):  # then it is done again
                    record = self._record(int(path.stem))
            if record and all(self._size(name) == one["bytes"] for name, one in record["tables"].items()):
                found[int(path.stem)] = Done(Counts(**record["counts"]), record["rows"])
        return found

    def has_parts(self) -> bool:
        """Whether any part is there, of whatever run, whole or not."""
        return any(path.stem.isdigit() for path in self.folder.glob("*.json"))

    def tables_there(self) -> list[Path]:
        """The tables that the end of the run would write over."""
        targets = self._targets()
        return [targets[table] for table in self._form.tables if targets[table].is_file()]

    def written(self) -> dict[str, dict[str, Any]] | None:
        """Size and checksum of each table of the output; None where a file of it is missing."""
        targets = self._targets()
        if not all(target.is_file() for target in targets.values()):
            return None
        return {table: _measured(targets[table]) for table in self._form.tables}

    def write(self, result: Result, rows: str) -> None:
        """Writes a part.

        Args:
            result: what was made of it.
            rows: the checksum of its rows.

        Raises:
            CorpusError: the folder is not that of this run any more.
            OSError: the disk is full, for example; the part is then not done.
        """
        self._still_ours()
        record: dict[str, Any] = {"part": result.number, "run": self._run, "counts": asdict(result.counts)}
        record.update(rows=rows, tables={})
        for table, data in result.tables.items():
            name = f"{result.number:09d}.{table}"
            self._write(name, data)
            record["tables"][name] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        record["rejected"] = [asdict(one) for one in result.rejected]
        sealed = {"sha256": _seal(record), "record": record}
        self._write(f"{result.number:09d}.json", json.dumps(sealed).encode("ascii"))

    def finish(self, parts: int) -> Counts:
        """Joins the parts into the output and the files beside it, and removes them.

        All are written before one gets its name, and the manifest is the last to: where it is, everything is.
        Killed before, the parts are still there.

        Raises:
            CorpusError: a part is damaged; it is removed, to be done again.
            OSError: the disk is full, for example; the parts stay.
        """
        self._still_ours()
        total = Counts()
        for number in range(1, parts + 1):
            total += self._check(number)
        targets = self._targets()
        outputs = {}
        try:
            for table in self._form.tables:
                _write_out(targets[table], lambda file, table=table: self._join(table, parts, file))  # type: ignore[misc]
                outputs[table] = _measured(_waiting(targets[table]))
            _write_out(targets["rejected"], lambda file: file.writelines(self._rejected(parts)))
            closing = {**self._data, "parts": parts, "counts": asdict(total), "outputs": outputs}
            _write_out(targets["manifest"], lambda file: file.write(manifest.as_bytes(closing)))
            targets["manifest"].unlink(missing_ok=True)  # of an older output, which goes now
            for target in targets.values():
                _waiting(target).replace(target)
        except BaseException:
            for target in targets.values():
                _waiting(target).unlink(missing_ok=True)
            raise
        _settle(self.output.parent)
        self.clear()
        return total

    def clear(self) -> None:
        """Removes the parts; their manifest first, so that nobody takes what is left for a run."""
        (self.folder / _MANIFEST).unlink(missing_ok=True)
        with suppress(OSError):  # Windows keeps the lock, which is open, and its folder
            self._remove_parts()
            (self.folder / "lock").unlink()
            self.folder.rmdir()

    def _remove_parts(self) -> None:
        for path in self.folder.iterdir():
            if path.name != "lock" and _OURS.fullmatch(path.name):
                path.unlink()

    def _targets(self) -> dict[str, Path]:
        """The files that come out, the manifest last."""
        names = companions(self.output)
        tables = {table: names["terms"] if table == TERMS else self.output for table in self._form.tables}
        return {**tables, "rejected": names["rejected"], "manifest": names["manifest"]}

    def _still_ours(self) -> None:
        if not self.lock.held():
            raise CorpusError(
                f"{self.folder}: the folder of the parts was removed or replaced during the run, and the "
                "finished parts are lost; run again"
            )

    def _join(self, table: str, parts: int, file: IO[bytes]) -> None:
        paths = (self.folder / f"{number:09d}.{table}" for number in range(1, parts + 1))
        self._form.join(table, paths, file)

    def _check(self, number: int) -> Counts:
        whole = self._whole_record(number)
        for name, one in whole["tables"].items():
            path = self.folder / name
            if self._size(name) != one["bytes"] or _sha256(path) != one["sha256"]:
                raise self._damaged(number, path)
        return Counts(**whole["counts"])

    def _damaged(self, number: int, path: Path) -> CorpusError:
        (self.folder / f"{number:09d}.json").unlink(missing_ok=True)
        return CorpusError(f"{path}: it was damaged; run once more with --resume to do it again")

    def _whole_record(self, number: int) -> dict[str, Any]:
        record = self._record(number)
        if record is None:
            raise self._damaged(number, self.folder / f"{number:09d}.json")
        return record

    def _record(self, number: int) -> dict[str, Any] | None:
        """The record of a part; None if there is none, it is damaged, or that of another part or run."""
        try:
            sealed = json.loads((self.folder / f"{number:09d}.json").read_bytes())
            record: dict[str, Any] = sealed["record"]
            whole = sealed["sha256"] == _seal(record)
            return record if whole and (record["part"], record["run"]) == (number, self._run) else None
        except (FileNotFoundError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def _rejected(self, parts: int) -> Iterator[bytes]:
        for number in range(1, parts + 1):
            for one in self._whole_record(number)["rejected"]:
                yield json.dumps(one).encode("ascii") + b"\n"

    def _size(self, name: str) -> int:
        try:
            return (self.folder / name).stat().st_size
        except OSError:
            return -1

    def _write(self, name: str, data: bytes) -> None:
        """Without ``fsync``, which would take longer than scoring: the checksum tells what was lost."""
        path = self.folder / name
        waiting = _waiting(path)
        try:
            with _begun(waiting) as file:
                file.write(data)
            waiting.replace(path)
        except BaseException:
            waiting.unlink(missing_ok=True)
            raise


def _waiting(path: Path) -> Path:
    """What a file is called until it is whole."""
    return path.with_name(f"{path.name}.waiting")


def _begun(path: Path) -> IO[bytes]:
    """A file to write to, of this name and no other: a link that somebody put there is an OSError."""
    return open(path, "wb", opener=lambda name, flags: os.open(name, flags | _NOT_BY_LINK, 0o666))


def _write_out(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Writes a file under its waiting name, and waits until the disk has it."""
    with _begun(_waiting(path)) as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Waits until the disk has the names in a folder, where the system can say so: the parts go next."""
    with suppress(OSError):
        place = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(place)
        finally:
            os.close(place)


def _measured(path: Path) -> dict[str, Any]:
    return {"bytes": path.stat().st_size, "sha256": _sha256(path)}


def _seal(record: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(record).encode("ascii")).hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
