"""The inputs of a run: which files, in what form, with which columns, and their checksums."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sensational.corpus.columns import Columns, choose, to_row
from sensational.corpus.delimited import Delimited
from sensational.corpus.errors import CorpusError
from sensational.corpus.folder import SUFFIXES, article_files, contents
from sensational.corpus.json_lines import JsonLines
from sensational.corpus.opened import Text, unpacked_name
from sensational.corpus.parquet import Parquet
from sensational.corpus.rows import Broken, Reject, Row

Form = Literal["csv", "json_lines", "parquet", "files"]

_FORMS: dict[str, Form] = {
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".jsonl": "json_lines", ".ndjson": "json_lines",
    ".json": "json_lines", ".parquet": "parquet", ".pq": "parquet",
}  # fmt: skip


def table_form(path: Path) -> Form | None:
    """The form of a table, by the ending of its name, packed or not; None for what is no table."""
    return next((form for end, form in _FORMS.items() if unpacked_name(path).endswith(end)), None)


# What the reader of articles finds on a page, carried through like columns.
PAGE_COLUMNS = ("outlet", "date", "address")


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides, with the input, which bytes come out; engine and number of workers do not.

    Attributes:
        headline: the column of that name; None to guess it. So ``body`` and ``id``.
        encoding: of text files; None for UTF-8 or what a byte order mark says.
        quotes: whether fields of CSV and TSV may stand in quotation marks.
        rows: the most rows of a part.
    """

    headline: str | None = None
    body: str | None = None
    id: str | None = None
    encoding: str | None = None
    quotes: bool = True
    rows: int = 500


@dataclass(frozen=True, slots=True)
class Input:
    """One file of a run, or one folder of text and HTML files.

    Attributes:
        label: what the output calls it: its name, or the path as given where two have the same name.
        columns: of a table; None for a folder.
        types: of carried columns that are not text.
    """

    path: Path
    label: str
    form: Form
    size: int
    columns: Columns | None = None
    types: tuple[tuple[str, str], ...] = ()
    delimiter: str | None = None


def find_inputs(given: Sequence[str | Path], settings: Settings) -> list[Input]:
    """Looks at every input, and chooses its columns, before anything is scored.

    Raises:
        CorpusError: one is missing, cannot be read, or has no usable columns.
    """
    paths = [Path(one) for one in given]
    names = Counter(path.name for path in paths)
    if len(set(paths)) < len(paths):
        raise CorpusError("one input is given twice; give each once")
    return [_look(path, path.name if names[path.name] == 1 else path.as_posix(), settings) for path in paths]


def _look(path: Path, label: str, settings: Settings) -> Input:
    if path.is_dir():
        size = count = 0
        for file in article_files(path):
            count += 1
            size += file.stat().st_size if file.is_file() else 0
        if not count:
            raise CorpusError(
                f"{path}: there is no text or HTML file ({', '.join(sorted(SUFFIXES))}) in this folder; "
                "give tables one by one"
            )
        return Input(path, label, "files", size)
    if not path.is_file():
        problem = "it is not a regular file" if path.exists() else "there is no such file"
        raise CorpusError(f"{path}: {problem}; give tables, or folders of text and HTML files")
    form = table_form(path)
    if form is None or (form == "parquet" and unpacked_name(path) != path.name.lower()):
        if path.suffix.lower() in SUFFIXES:
            return Input(path, label, "files", path.stat().st_size)
        raise CorpusError(
            f"{path}: its ending is not one of CSV, TSV, JSON Lines (each also .gz or .zst) or Parquet; "
            "rename it"
        )
    table = _Table(path, form, settings, None)
    try:
        columns = choose(str(path), table.names, settings.headline, settings.body, settings.id)
        types = tuple((name, kind) for name, kind in table.types.items() if name in columns.carried)
        return Input(path, label, form, path.stat().st_size, columns, types, table.delimiter)
    finally:
        table.close()


def read_rows(source: Input, settings: Settings) -> Iterator[tuple[Row | Reject, int]]:
    """Every row of an input, and how many of its bytes are read with it.

    Raises:
        CorpusError: it cannot be opened any more.
    """
    if source.form == "files":
        yield from _read_files(source)
        return
    assert source.columns is not None  # noqa: S101 - every table has some
    table = _Table(source.path, source.form, settings, source.delimiter)
    try:
        for number, found in enumerate(table.rows, 1):
            row: Any = found
            if not isinstance(found, Broken):
                row = to_row(found, source.columns, source.label, number)
            if isinstance(row, Broken):
                row = Reject(source.label, number, row.line, row.cause, row.text)
            yield row, table.position()
    finally:
        table.close()


def _read_files(source: Input) -> Iterator[tuple[Row | Reject, int]]:
    read = 0
    folder = source.path if source.path.is_dir() else None
    for number, path in enumerate(article_files(folder) if folder else [source.path], 1):
        name = path.relative_to(folder).as_posix() if folder else path.name
        label = f"{source.label}/{name}" if folder else source.label
        data = contents(path)
        if isinstance(data, Broken):
            yield Reject(label, number, None, data.cause, data.text), read
        else:
            read += len(data)
            yield Row(label, number, name, "", "", page=data), read


def checksum(source: Input, told: Callable[[int], None] = lambda _: None) -> str:
    """SHA-256 of a file; of a folder, of the names and contents of its text and HTML files.

    Args:
        source: the input.
        told: called with the number of bytes read, now and then.
    """
    digest = hashlib.sha256()
    if source.path.is_dir():
        for path in article_files(source.path):
            data = contents(path)
            said = data.cause.encode("utf-8") if isinstance(data, Broken) else data
            name = path.relative_to(source.path).as_posix().encode("utf-8", "surrogateescape")
            digest.update(b"%d %d " % (len(name), len(said)) + name + said)
            told(len(said))
        return digest.hexdigest()
    with source.path.open("rb") as file:
        while data := file.read(1 << 20):
            digest.update(data)
            told(len(data))
    return digest.hexdigest()


def said(source: Input) -> str:
    """What an input is taken for, in one line."""
    if source.columns is None:
        there = ", ".join(PAGE_COLUMNS)
        return f"{source.label}: text and HTML files, each an article; carried through: {there}"
    marks = {",": "", "\t": " (tabs)", None: ""}.get(source.delimiter, f' ("{source.delimiter}")')
    return f"{source.label}{marks}: {source.columns.said()}"


class _Table:
    """A table of any form: its columns, its rows, and how far it is read."""

    def __init__(self, path: Path, form: Form, settings: Settings, delimiter: str | None) -> None:
        self.delimiter = delimiter
        self.types: dict[str, str] = {}
        self.rows: Parquet | JsonLines | Delimited
        self._text: Text | None = None
        self._size = path.stat().st_size
        if form == "parquet":
            self.rows = Parquet(path)
            self.types = self.rows.types
        else:
            self._text = Text(path, settings.encoding)
            try:
                self.rows = self._parsed(str(path), form, settings)
            except BaseException:
                self.close()
                raise
        self.names = self.rows.names

    def _parsed(self, name: str, form: Form, settings: Settings) -> JsonLines | Delimited:
        assert self._text is not None  # noqa: S101 - it is opened before
        if form == "json_lines":
            return JsonLines(self._text, name)
        tabs = unpacked_name(Path(name)).endswith((".tsv", ".tab"))
        table = Delimited(self._text, name, self.delimiter or ("\t" if tabs else None), settings.quotes)
        self.delimiter = table.delimiter
        return table

    def position(self) -> int:
        """Bytes that have been read."""
        if isinstance(self.rows, Parquet):
            # A damaged file may have more rows than it says.
            return int(self._size * min(self.rows.read, self.rows.count) // max(self.rows.count, 1))
        assert self._text is not None  # noqa: S101 - as above
        return self._text.position()

    def close(self) -> None:
        """Closes the file."""
        if self._text is not None:
            self._text.close()
        elif isinstance(self.rows, Parquet):
            self.rows.close()


def summed(inputs: Sequence[Input]) -> int:
    """Bytes of all inputs."""
    return sum(source.size for source in inputs)
