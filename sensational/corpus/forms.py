"""The output: JSON Lines, CSV or Parquet. The workers encode the parts, and the run joins them.

The bytes depend only on the rows and how they are cut into parts, so that every engine gives the same.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal, cast

from sensational.analysis import Analysis, to_json, without_surrogates
from sensational.corpus.cells import protected
from sensational.corpus.errors import CorpusError
from sensational.corpus.flat import (
    ARTICLE,
    PLACE,
    TERM,
    Carried,
    Kind,
    article_row,
    carried_row,
    term_rows,
)
from sensational.corpus.rows import Row

Name = Literal["json_lines", "csv", "parquet"]
SUFFIXES: dict[str, Name] = {
    ".jsonl": "json_lines", ".ndjson": "json_lines", ".json": "json_lines", ".csv": "csv",
    ".parquet": "parquet", ".pq": "parquet",
}  # fmt: skip
ARTICLES, TERMS = "articles", "terms"

# A row group is closed at so many rows or bytes: a hundred million articles have some two thousand, so
# that the list of them at the file's end stays small, and so does what is held in memory.
_GROUP_ROWS = 50_000
_GROUP_BYTES = 32_000_000

Scored = tuple[Row, Analysis]


@dataclass(frozen=True, slots=True)
class Output:
    """The form of the output, and the columns that are carried through."""

    form: Name
    carried: tuple[Carried, ...]

    @property
    def tables(self) -> tuple[str, ...]:
        """Its tables: the articles and, except in JSON Lines, the terms."""
        return (ARTICLES,) if self.form == "json_lines" else (ARTICLES, TERMS)

    def encode(self, scored: Sequence[Scored]) -> dict[str, bytes]:
        """The bytes of one part, for each table."""
        if self.form == "json_lines":
            lines = [
                to_json(analysis, {"file": row.file, "row": row.row, "columns": dict(row.columns)}) + "\n"
                for row, analysis in scored
            ]
            return {ARTICLES: "".join(lines).encode("ascii")}
        write = _csv if self.form == "csv" else _parquet
        return {
            ARTICLES: write([self._article(*one) for one in scored], self.kinds(ARTICLES)),
            TERMS: write([term for one in scored for term in _terms(*one)], self.kinds(TERMS)),
        }

    def join(self, table: str, parts: Iterable[Path], file: IO[bytes]) -> None:
        """Writes the parts of one table one after the other.

        Raises:
            OSError: a part cannot be read, or the file cannot be written.
        """
        kinds = self.kinds(table)
        if self.form == "parquet":
            _join_parquet(parts, kinds, file)
            return
        if self.form == "csv":
            file.write(_csv_lines([list(kinds)]))
        for part in parts:
            file.write(part.read_bytes())

    def kinds(self, table: str) -> dict[str, Kind]:
        """The columns of a table, with their types."""
        if table == TERMS:
            kinds = {name: kind for name, (kind, _) in TERM.items()}
            return {"id": "string", **PLACE, "term": "integer", **kinds}
        kinds = {name: kind for name, (kind, _) in ARTICLE.items()}
        return {**{one.column: one.kind for one in self.carried}, **PLACE, **kinds}

    def _article(self, row: Row, analysis: Analysis) -> dict[str, Any]:
        place = {"file": row.file, "row": row.row}
        return {**carried_row(row.columns, self.carried), **place, **article_row(analysis)}


def output_form(path: Path) -> Name:
    """The form that belongs to a file's ending.

    Raises:
        CorpusError: there is none.
    """
    form = SUFFIXES.get(path.suffix.lower())
    if form is None:
        raise CorpusError(f"{path}: the ending of --output chooses the form; use .jsonl, .csv or .parquet")
    return form


def _terms(row: Row, analysis: Analysis) -> list[dict[str, Any]]:
    return [{"file": row.file, "row": row.row, **term} for term in term_rows(analysis)]


def _csv(rows: Sequence[dict[str, Any]], kinds: dict[str, Kind]) -> bytes:
    return _csv_lines([[row[name] for name in kinds] for row in rows])


def _csv_lines(rows: Iterable[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    # The usual end of a line, since Python quotes a cell over the characters that end a line, and no others.
    csv.writer(text, lineterminator="\r\n").writerows([[_cell(value) for value in row] for row in rows])
    return cast(str, without_surrogates(text.getvalue())).encode("utf-8")


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return protected(value) if isinstance(value, str) else value


def _schema(kinds: dict[str, Kind]) -> Any:
    import pyarrow

    types = {
        "string": pyarrow.string(), "integer": pyarrow.int64(), "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
    }  # fmt: skip
    return pyarrow.schema([(without_surrogates(name), types[kind]) for name, kind in kinds.items()])


def _parquet(rows: Sequence[dict[str, Any]], kinds: dict[str, Kind]) -> bytes:
    import pyarrow
    import pyarrow.parquet

    schema = _schema(kinds)
    arrays = [
        pyarrow.array([without_surrogates(row[name]) for row in rows], type=field.type)
        for name, field in zip(kinds, schema, strict=True)
    ]
    file = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(arrays, schema=schema), file, compression="zstd")
    return file.getvalue()


def _join_parquet(parts: Iterable[Path], kinds: dict[str, Kind], file: IO[bytes]) -> None:
    import pyarrow
    import pyarrow.parquet

    with pyarrow.parquet.ParquetWriter(file, _schema(kinds), compression="zstd") as writer:
        for group in _groups(parts):
            writer.write_table(pyarrow.concat_tables(group).combine_chunks(), row_group_size=_GROUP_ROWS * 2)


def _groups(parts: Iterable[Path]) -> Iterator[list[Any]]:
    import pyarrow.parquet

    group: list[Any] = []
    for part in parts:
        group.append(pyarrow.parquet.read_table(io.BytesIO(part.read_bytes()), use_threads=False))
        rows, size = sum(one.num_rows for one in group), sum(one.nbytes for one in group)
        if rows >= _GROUP_ROWS or size >= _GROUP_BYTES:
            yield group
            group = []
    if group:
        yield group
