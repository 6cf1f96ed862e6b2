"""Parquet to rows, in small batches: memory does not grow with the file or its row groups."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sensational.corpus.errors import CorpusError
from sensational.corpus.rows import Broken

_BATCH = 64


class Parquet:
    """The rows of a Parquet file.

    Attributes:
        names: of the columns.
        types: of the columns that a table keeps as what they are: integer, number or boolean.
        count: of its rows.
        read: rows that were read so far.

    Raises:
        CorpusError: it is not Parquet, or damaged.
    """

    def __init__(self, path: Path) -> None:
        import pyarrow
        import pyarrow.parquet

        self._name = str(path)
        try:
            # Without pre_buffer a row group is read page by page, however large it is.
            self._file = pyarrow.parquet.ParquetFile(path, pre_buffer=False, buffer_size=1 << 18)
            schema = self._file.schema_arrow
            names = schema.names
        except (OSError, pyarrow.ArrowException, ValueError) as problem:  # names that are not UTF-8, too
            why = " ".join(str(problem).split())[:150]
            raise CorpusError(f"{path}: it cannot be read as Parquet ({why}); write it again") from None
        self.names: list[str] = list(dict.fromkeys(names))
        if len(self.names) != len(names):
            raise CorpusError(f"{path}: two columns have the same name; rename one")
        self.types = {field.name: kind for field in schema if (kind := _kind(field.type)) is not None}
        self.count: int = max(0, self._file.metadata.num_rows)  # a damaged file may say less than none
        self.read = 0

    def __iter__(self) -> Iterator[dict[str, Any] | Broken]:
        import pyarrow

        batches = self._file.iter_batches(_BATCH, use_threads=False)
        while True:
            try:
                batch = next(batches, None)
            except (OSError, pyarrow.ArrowException, ValueError) as problem:
                why = " ".join(str(problem).split())[:150]
                raise CorpusError(
                    f"{self._name}: it is damaged after row {self.read:,} ({why}); write it again"
                ) from None
            if batch is None:
                return
            for at in range(batch.num_rows):
                self.read += 1
                yield self._row(batch, at)

    def close(self) -> None:
        """Closes the file."""
        self._file.close()

    def _row(self, batch: Any, at: int) -> dict[str, Any] | Broken:
        row = {}
        for name, column in zip(self.names, batch.columns, strict=True):
            try:
                row[name] = column[at].as_py()
            except (ValueError, OverflowError, KeyError) as problem:  # KeyError: there is no such time zone
                return Broken(f'column "{name}" cannot be read: {str(problem)[:150]}', "")
        return row


def _kind(type_: Any) -> str | None:
    import pyarrow.types as types

    if types.is_boolean(type_):
        return "boolean"
    if types.is_integer(type_) and not types.is_uint64(type_):
        return "integer"
    return "number" if types.is_floating(type_) else None
