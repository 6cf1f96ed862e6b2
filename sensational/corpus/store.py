"""The folder of the parts: what is done, each part whole or not there; and the files it becomes in the end.

A part is its tables (``000000001.articles``, ``000000001.terms``) and, written last, its record
(``000000001.json``): its counts, what it rejected, and the size and checksum of each table. A part without a
record was never done. Only numbers make file names here: no id and no name of an input does.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from sensational.corpus import manifest
from sensational.corpus.errors import CorpusError
from sensational.corpus.forms import TERMS, Output
from sensational.corpus.part import Result
from sensational.corpus.rows import Counts

_MANIFEST = "manifest.json"


def companions(output: Path) -> dict[str, Path]:
    """The files of a run beside its output: rejected rows, manifest, terms, and the folder of its parts."""
    return {
        "rejected": output.with_name(f"{output.name}.rejected.jsonl"),
        "manifest": output.with_name(f"{output.name}.manifest.json"),
        "terms": output.with_name(f"{output.stem}.terms{output.suffix}"),
        "parts": output.with_name(f"{output.name}.parts"),
    }


def write_whole(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Writes a file under a waiting name and gives it its own when it is whole.

    Raises:
        OSError: it cannot be written; what was there before is still there.
    """
    waiting = path.with_name(f"{path.name}.waiting")
    try:
        with waiting.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(path)
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise


class Store:
    """The parts of one run.

    Args:
        output: where the articles go in the end.
        form: how.
    """

    def __init__(self, output: Path, form: Output) -> None:
        self.output = output
        self.folder = companions(output)["parts"]
        self._form = form

    def begun(self) -> Any:
        """The manifest of the run that was begun here; None if none was."""
        return manifest.read(self.folder / _MANIFEST)

    def begin(self, data: dict[str, Any]) -> None:
        """Begins anew."""
        for path in self.folder.iterdir():
            if path.name != "lock":
                path.unlink()
        self._write(_MANIFEST, manifest.as_bytes(data))

    def done(self) -> dict[int, Counts]:
        """The parts that are whole, with their counts."""
        found = {}
        for path in self.folder.glob("*.json"):
            record = manifest.read(path) if path.stem.isdigit() else None
            if record and all(self._size(name) == one["bytes"] for name, one in record["tables"].items()):
                found[record["part"]] = Counts(**record["counts"])
        return found

    def write(self, result: Result) -> None:
        """Writes a part.

        Raises:
            OSError: the disk is full, for one; the part is then not done.
        """
        record: dict[str, Any] = {"part": result.number, "counts": asdict(result.counts), "tables": {}}
        for table, data in result.tables.items():
            name = f"{result.number:09d}.{table}"
            self._write(name, data)
            record["tables"][name] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        record["rejected"] = [asdict(one) for one in result.rejected]
        self._write(f"{result.number:09d}.json", json.dumps(record).encode("ascii"))

    def finish(self, data: dict[str, Any], parts: int) -> Counts:
        """Joins the parts into the output and the files beside it, and removes them.

        The manifest comes last: where it is, everything is. Killed before, the parts are still there.

        Raises:
            CorpusError: a part is damaged; it is removed, to be done again.
            OSError: the disk is full, for one; the parts stay.
        """
        names = companions(self.output)
        total = Counts()
        for number in range(1, parts + 1):
            total += self._check(number)
        targets = {table: names["terms"] if table == TERMS else self.output for table in self._form.tables}
        outputs = {}
        for table, target in targets.items():
            write_whole(target, lambda file, table=table: self._join(table, parts, file))  # type: ignore[misc]
            outputs[table] = {"bytes": target.stat().st_size, "sha256": _sha256(target)}
        write_whole(names["rejected"], lambda file: file.writelines(self._rejected(parts)))
        closing = {**data, "parts": parts, "counts": asdict(total), "outputs": outputs}
        write_whole(names["manifest"], lambda file: file.write(manifest.as_bytes(closing)))
        self.clear()
        return total

    def clear(self) -> None:
        """Removes the parts; their manifest first, so that nobody takes what is left for a run."""
        (self.folder / _MANIFEST).unlink(missing_ok=True)
        shutil.rmtree(
            self.folder, ignore_errors=True
        )  # Windows keeps the lock, which is open, and its folder

    def _join(self, table: str, parts: int, file: IO[bytes]) -> None:
        paths = (self.folder / f"{number:09d}.{table}" for number in range(1, parts + 1))
        self._form.join(table, paths, file)

    def _check(self, number: int) -> Counts:
        record = self._record(number)
        for name, one in record["tables"].items():
            path = self.folder / name
            if self._size(name) != one["bytes"] or _sha256(path) != one["sha256"]:
                (self.folder / f"{number:09d}.json").unlink(missing_ok=True)
                raise CorpusError(f"{path}: it was damaged; run once more with --resume to do it again")
        return Counts(**record["counts"])

    def _record(self, number: int) -> dict[str, Any]:
        record: dict[str, Any] = json.loads((self.folder / f"{number:09d}.json").read_bytes())
        return record

    def _rejected(self, parts: int) -> Iterator[bytes]:
        for number in range(1, parts + 1):
            for one in self._record(number)["rejected"]:
                yield json.dumps(one).encode("ascii") + b"\n"

    def _size(self, name: str) -> int:
        try:
            return (self.folder / name).stat().st_size
        except OSError:
            return -1

    def _write(self, name: str, data: bytes) -> None:
        """Without ``fsync``, which would take longer than scoring: the checksum tells what was lost."""
        path = self.folder / name
        waiting = path.with_name(f"{name}.waiting")
        try:
            waiting.write_bytes(data)
            waiting.replace(path)
        except BaseException:
            waiting.unlink(missing_ok=True)
            raise


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
