"""Reads what ``sensational corpus`` wrote, one article at a time: JSON Lines, CSV or Parquet."""

from __future__ import annotations

import csv
import io
import json
import math
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from sensational.analysis import KINDS, SCHEMA_VERSION, VERDICTS
from sensational.corpus.cells import unprotected
from sensational.corpus.errors import CorpusError
from sensational.corpus.flat import ARTICLE, OTHERS, PLACE
from sensational.corpus.opened import unpacked
from sensational.corpus.store import companions
from sensational.language.canonical import canonical
from sensational.reading import open_without_waiting

# Columns of an article in a table; every other column was carried through.
_OWN = frozenset((*ARTICLE, *PLACE))
_RENAMED = "input_"  # stands before the name of a carried column that is called like one of these
_LARGEST_CELL = 100_000_000  # characters
_LARGEST_LINE = 100_000_000
_BATCH = 2048
# What a row that is not in the form may raise: OverflowError where a number is too large for what it is taken
# for, AttributeError where a list stands for an object.
_NOT_IN_FORM = (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError)


class OutputError(CorpusError):
    """An output that cannot be read as a whole: what was wrong; what to do."""


@dataclass(frozen=True, slots=True)
class ScoredTerm:
    """A term as it stands in the output.

    ``verbatim`` says whether the whole headline stands word for word in its evidence; a table does not say.
    """

    text: str
    kind: str
    loaded: bool
    loading: float
    support: float | None
    verdict: str | None
    contribution: float | None
    verbatim: bool = False


@dataclass(frozen=True, slots=True)
class ScoredArticle:
    """An article as it stands in the output.

    ``file`` and ``row`` say where it stood in the corpus. ``divergence`` is None where it was not scored, and
    ``reason`` says why. ``columns`` are those that the input had beside headline and body; ``made`` is the
    version of the package and the checksums of verifier and lexicon.
    """

    file: str
    row: int
    id: str | None
    headline: str
    reason: str | None
    divergence: float | None
    interval: tuple[float, float] | None
    loading: float
    stance: str | None
    columns: Mapping[str, str]
    terms: tuple[ScoredTerm, ...]
    made: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row of the output that is not in the form, counted from 1; ``why`` completes "row 7: "."""

    row: int
    why: str


def read_scored(path: Path) -> Iterator[ScoredArticle | Unreadable]:
    """Every row of an output, in order, with no more than a few in memory.

    Args:
        path: ``.jsonl`` (also ``.gz``, ``.zst``), ``.csv`` or ``.parquet``. Beside a table stand its terms,
            in a file of the same name with ``.terms`` before the ending.

    Raises:
        OutputError: there is no such file, it is none of these, another version of the form was written, or
            the terms are missing or belong to another file.
    """
    if not path.is_file():
        raise OutputError(f"{path}: there is no such file; give what `sensational corpus --output` wrote")
    name = path.name.lower()
    try:
        if name.endswith((".parquet", ".pq")):
            yield from _joined(path, _parquet_rows)
        elif name.endswith(".csv"):
            yield from _joined(path, _csv_rows)
        elif name.endswith((".jsonl", ".ndjson", ".json", ".jsonl.gz", ".jsonl.zst")):
            yield from _json_rows(path)
        else:
            raise OutputError(
                f"{path}: the ending is not known; give a .jsonl, .csv or .parquet that `sensational "
                "corpus` wrote"
            )
    except ModuleNotFoundError as problem:
        raise OutputError(f"{path}: {problem.name} is not installed; pip install {problem.name}") from problem
    except (OSError, EOFError, zlib.error) as problem:
        raise OutputError(
            f"{path}: it cannot be read ({problem}); check the file and your rights"
        ) from problem


def read_all(paths: Iterable[Path]) -> Iterator[ScoredArticle | Unreadable]:
    """:func:`read_scored` of several outputs, one after the other."""
    for path in paths:
        yield from read_scored(path)


def rejected_beside(path: Path) -> int:
    """How many rows of the corpus are not in an output, because they could not be read or scored."""
    beside = companions(path)["rejected"]
    if not beside.is_file():
        return 0
    with beside.open("rb") as file:
        return sum(1 for line in file if line.strip())


def _json_rows(path: Path) -> Iterator[ScoredArticle | Unreadable]:
    with _opened(path) as file:
        row = 0
        while line := file.readline(_LARGEST_LINE):
            if not line.strip():
                continue
            row += 1
            if len(line) == _LARGEST_LINE and not line.endswith("\n"):
                while (more := file.readline(_LARGEST_LINE)) and not more.endswith("\n"):
                    pass
                yield Unreadable(row, f"its line is longer than {_LARGEST_LINE:,} characters")
                continue
            try:
                data = json.loads(line)
                _check_version(path, data)
                headline = canonical(data["headline"] or "")[0]
                terms = tuple(_term_of_json(term, headline) for term in data["terms"])
                yield _article(row, _flat(data), _texts(data.get("columns") or {}), terms)
            except OutputError:
                raise
            except _NOT_IN_FORM as problem:
                yield Unreadable(row, _why(problem))


def _opened(path: Path) -> io.TextIOWrapper:
    binary = unpacked(path, open_without_waiting(path))
    return io.TextIOWrapper(binary, encoding="utf-8", errors="replace", newline="\n")


def _check_version(path: Path, data: Mapping[str, Any]) -> None:
    """Holds that an article is in the version of the form that this package writes.

    Raises:
        OutputError: it is in another one.
        ValueError: the article does not say in which.
    """
    found = _text(data["schema_version"]) or ""
    if found == SCHEMA_VERSION:
        return
    if not found.isdecimal() or len(found) > 3 or int(found) < 1:
        raise ValueError("its schema_version is none of ours")
    raise OutputError(
        f"{path}: it was written in version {found} of the output form, and this release of sensational "
        f"reads version {SCHEMA_VERSION}; score the corpus again"
    )


def _flat(data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the full form that are used, under their names in a table."""
    interval, stance, made = data["interval"], data["stance"], data["provenance"]
    return {
        "file": data.get("file"),
        "row": data.get("row"),
        "id": data["id"],
        "headline": data["headline"],
        "status": data["status"],
        "reason": data["reason"],
        "divergence": data["divergence"],
        "interval_low": interval and interval[0],
        "interval_high": interval and interval[1],
        "loading": data["loading"],
        "stance": stance and stance["label"],
        "version": made["version"],
        "verifier": made["verifier"],
        "lexicon": made["lexicon"],
    }


def _article(
    row: int, data: Mapping[str, Any], columns: Mapping[str, str], terms: tuple[ScoredTerm, ...]
) -> ScoredArticle:
    """One article from the columns of a table.

    Raises:
        ValueError: a value is not what the form says.
        KeyError: a column is missing.
    """
    status, divergence = data["status"], _number(data["divergence"], 100)
    if status not in ("scored", "not_scored"):
        raise ValueError(f"status is {str(status)[:40]!r}, not scored or not_scored")
    reason = _text(data["reason"])
    if status == "scored" and divergence is None:
        status, reason = "not_scored", "The output has no divergence, though it says that it was scored."
    low, high = _number(data["interval_low"], 100), _number(data["interval_high"], 100)
    version, verifier, lexicon = (
        _text(data.get(name)) or "unknown" for name in ("version", "verifier", "lexicon")
    )
    return ScoredArticle(
        file=_text(data.get("file")) or "",
        row=int(data.get("row") or row),
        id=_text(data["id"]),
        headline=str(data["headline"] or ""),
        reason=None if status == "scored" else reason or "No reason is given.",
        divergence=divergence if status == "scored" else None,
        interval=None if low is None or high is None else (low, high),
        loading=_number(data["loading"], 100) or 0.0,
        stance=_text(data["stance"]),
        columns=columns,
        terms=terms,
        made=(version, verifier, lexicon),
    )


def _term_of_json(data: Mapping[str, Any], headline: str) -> ScoredTerm:
    said = [canonical(piece["text"])[0] for piece in data["evidence"]]
    return _term(data, bool(headline) and any(headline in sentence for sentence in said))


def _term(data: Mapping[str, Any], verbatim: bool = False) -> ScoredTerm:
    kind, verdict = str(data["kind"]), _text(data["verdict"])
    if kind not in KINDS:
        raise ValueError(f"a term is of the unknown kind {kind[:40]!r}")
    if verdict is not None and verdict not in VERDICTS:
        raise ValueError(f"a term has the unknown verdict {verdict[:40]!r}")
    return ScoredTerm(
        text=str(data["text"]),
        kind=kind,
        loaded=str(data["loaded"]).lower() in ("true", "1"),
        loading=_number(data["loading"], 1) or 0.0,
        support=_number(data["support"], 1),
        verdict=verdict,
        contribution=_number(data["contribution"], 100),
        verbatim=verbatim,
    )


def _number(value: Any, most: float) -> float | None:
    """A number from 0 to ``most``; None for an empty cell, null and NaN.

    Raises:
        ValueError: it is no number, or out of range.
    """
    if value is None or value == "":
        return None
    number = float(value)
    if math.isnan(number):
        return None
    if not 0 <= number <= most:
        raise ValueError(f"{str(value)[:40]} is not from 0 to {most:g}")
    return number


def _text(value: Any) -> str | None:
    """A value as text, whole numbers without ".0"; None for an empty cell, null and NaN."""
    if value is None or value != value:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() or None


def _texts(columns: Mapping[str, Any]) -> dict[str, str]:
    return {str(name): _text(value) or "" for name, value in columns.items()}


def _why(problem: Exception) -> str:
    if isinstance(problem, json.JSONDecodeError):
        return f"it is not JSON ({problem.msg.lower()})"
    if isinstance(problem, KeyError):
        return f"it has no {problem.args[0]}"
    if isinstance(problem, RecursionError):
        return "it is nested too deeply"
    return str(problem) if isinstance(problem, ValueError) else "it is not in the form of an analysis"


def _csv_rows(path: Path) -> Iterator[dict[str, Any]]:
    csv.field_size_limit(_LARGEST_CELL)
    binary = open_without_waiting(path)
    with io.TextIOWrapper(binary, encoding="utf-8-sig", errors="replace", newline="") as file:
        try:
            for row in csv.DictReader(file):
                yield {
                    name and unprotected(name): unprotected(cell) if isinstance(cell, str) else cell
                    for name, cell in row.items()
                }
        except csv.Error as problem:
            raise OutputError(f"{path}: it is not CSV ({problem}); write it again") from problem


def _parquet_rows(path: Path) -> Iterator[dict[str, Any]]:
    import pyarrow
    from pyarrow.parquet import ParquetFile

    try:
        with ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_BATCH):
                yield from batch.to_pylist()
    except (ValueError, OverflowError, KeyError, pyarrow.ArrowException) as problem:  # of cells and of names
        raise OutputError(f"{path}: it is not Parquet ({problem}); write it again") from problem


_Key = tuple[str, str]  # file and row


def _joined(
    path: Path, rows_of: Callable[[Path], Iterator[dict[str, Any]]]
) -> Iterator[ScoredArticle | Unreadable]:
    """Articles with their terms. Both tables are in the same order, so that neither is held in memory."""
    beside = companions(path)["terms"]
    if not beside.is_file():
        if "divergence" not in next(rows_of(path), {"divergence": None}):
            raise OutputError(f"{path}: this is not scored yet; run `sensational corpus` on it first")
        raise OutputError(f"{path}: the table of its terms is missing; put {beside.name} in the same folder")
    terms = groupby(rows_of(beside), _key)
    waiting = next(terms, None)
    for row, data in enumerate(rows_of(path), start=1):
        needed = ("schema_version", *PLACE, "headline", "status", "divergence")
        missing = [name for name in needed if name not in data]
        if missing:
            raise OutputError(f"{path}: it has no column {missing[0]}; give what `sensational corpus` wrote")
        mine: list[dict[str, Any]] = []
        if waiting is not None and waiting[0] == _key(data):
            mine = list(waiting[1])
            waiting = next(terms, None)
        try:
            _check_version(path, data)
            yield _article(row, data, _carried(data), tuple(_term(term) for term in mine))
        except OutputError:
            raise
        except _NOT_IN_FORM as problem:
            yield Unreadable(row, _why(problem))
    if waiting is not None:
        raise OutputError(
            f"{beside}: it has terms of row {waiting[0][1]} of {waiting[0][0]}, which {path.name} has not "
            "in that place; the two are not of one run: write them again"
        )


def _key(data: Mapping[str, Any]) -> _Key:
    return str(data.get("file")), str(data.get("row"))


def _carried(data: Mapping[str, Any]) -> dict[str, str]:
    """The columns of the input, under their own names."""
    columns = {}
    for name, value in data.items():
        if name == OTHERS and value:
            columns.update(_texts(json.loads(value)))
        elif name is not None and name not in _OWN and name != OTHERS:
            own = name.removeprefix(_RENAMED)
            columns[own if own in _OWN else name] = _text(value) or ""
    return columns
