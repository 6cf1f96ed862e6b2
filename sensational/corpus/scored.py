"""What ``sensational corpus`` wrote, read back one article at a time: JSON Lines, CSV or Parquet."""

from __future__ import annotations

import csv
import gzip
import io
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from sensational.analysis import KINDS, VERDICTS

# Flat columns of an article in a table (data/codebook.csv); every other column was carried through.
OWN_COLUMNS = frozenset(
    "schema_version id headline status reason divergence interval_low interval_high loading teasing stance "
    "stance_agree stance_discuss stance_disagree stance_unrelated claim_strength_headline "
    "claim_strength_body body_sentences body_words version lexicon model".split()
)
# What the rows of the two tables know each other by, in the order in which they are tried.
_KEYS = ("article", "row", "id")
_LARGEST_CELL = 100_000_000  # characters; a longer cell is one row's affair
_BATCH = 2048


class OutputError(Exception):
    """An output that cannot be read as a whole: what was wrong; what to do."""


@dataclass(frozen=True, slots=True)
class ScoredTerm:
    """A term as it stands in the output. ``gaps`` is None where the output is a table, which has none."""

    text: str
    kind: str
    loaded: bool
    loading: float
    support: float | None
    verdict: str | None
    contribution: float | None
    gaps: tuple[tuple[str, float], ...] | None
    verbatim: bool = False
    """Whether the whole headline stands in the body, word for word; known from the full form only."""


@dataclass(frozen=True, slots=True)
class ScoredArticle:
    """An article as it stands in the output.

    ``row`` counts from 1; ``divergence`` is None where it was not scored, with the ``reason``; ``columns``
    are those that the input had beside headline and body; ``made`` is version, lexicon and trained data.
    """

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
    """A row that is not in the form; ``why`` goes on from "row 7: "."""

    row: int
    why: str


def read_scored(path: Path) -> Iterator[ScoredArticle | Unreadable]:
    """Every row of an output, in order, with no more than a few in memory.

    Args:
        path: ``.jsonl`` (also ``.gz``, ``.zst``), ``.csv`` or ``.parquet``. Beside a table its terms are
            looked for, in a file of the same name with ``.terms`` before the ending.

    Raises:
        OutputError: there is no such file, it is none of these, or its terms are missing or another's.
    """
    if not path.is_file():
        raise OutputError(f"{path}: there is no such file; give what `sensational corpus --output` wrote")
    name = path.name.lower()
    try:
        if name.endswith(".parquet"):
            yield from _joined(path, _parquet_rows)
        elif name.endswith(".csv"):
            yield from _joined(path, _csv_rows)
        elif name.endswith((".jsonl", ".jsonl.gz", ".jsonl.zst", ".ndjson")):
            yield from _json_rows(path)
        else:
            raise OutputError(
                f"{path}: the ending is not known; "
                "give a .jsonl, .csv or .parquet that `sensational corpus` wrote"
            )
    except ModuleNotFoundError as problem:
        raise OutputError(f"{path}: {problem.name} is not installed; pip install {problem.name}") from problem
    except (OSError, EOFError) as problem:
        raise OutputError(
            f"{path}: it cannot be read ({problem}); check the file and your rights"
        ) from problem


def _json_rows(path: Path) -> Iterator[ScoredArticle | Unreadable]:
    with _opened(path) as lines:
        row = 0
        for line in lines:
            if not line.strip():
                continue
            row += 1
            try:
                data = json.loads(line)
                terms = tuple(_term_of_json(term) for term in data["terms"])
                yield _article(row, _flat(data), _texts(data.get("columns") or {}), terms)
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
                yield Unreadable(row, _why(problem))


def _opened(path: Path) -> io.TextIOWrapper:
    binary: Any
    if path.name.endswith(".gz"):
        binary = gzip.open(path, "rb")  # noqa: SIM115 - the reader around it closes it
    elif path.name.endswith(".zst"):
        import pyarrow

        binary = pyarrow.input_stream(str(path), compression="zstd")
    else:
        binary = path.open("rb")
    return io.TextIOWrapper(binary, encoding="utf-8", errors="replace", newline="\n")


def _flat(data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the full form that are used, under their names in a table."""
    interval, stance, made = data["interval"], data["stance"], data["provenance"]
    return {
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
        "lexicon": made["lexicon"],
        "model": made["model"],
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
    made = tuple(_text(data.get(name)) or "unknown" for name in ("version", "lexicon", "model"))
    return ScoredArticle(
        row=row,
        id=_text(data["id"]),
        headline=str(data["headline"] or ""),
        reason=None if status == "scored" else reason or "No reason is given.",
        divergence=divergence if status == "scored" else None,
        interval=None if low is None or high is None else (low, high),
        loading=_number(data["loading"], 100) or 0.0,
        stance=_text(data["stance"]),
        columns=columns,
        terms=terms,
        made=(made[0], made[1], made[2]),
    )


def _term_of_json(data: Mapping[str, Any]) -> ScoredTerm:
    gaps = tuple((str(gap["kind"]), float(gap["size"])) for gap in data["gaps"])
    verbatim = any(piece["match"] == "verbatim" for piece in data["evidence"])
    return _term(data, gaps, verbatim)


def _term(
    data: Mapping[str, Any], gaps: tuple[tuple[str, float], ...] | None, verbatim: bool = False
) -> ScoredTerm:
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
        gaps=gaps,
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
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        try:
            yield from csv.DictReader(file)
        except csv.Error as problem:
            raise OutputError(f"{path}: it is not CSV ({problem}); write it again") from problem


def _parquet_rows(path: Path) -> Iterator[dict[str, Any]]:
    import pyarrow
    from pyarrow.parquet import ParquetFile

    try:
        with ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_BATCH):
                yield from batch.to_pylist()
    except pyarrow.ArrowException as problem:
        raise OutputError(f"{path}: it is not Parquet ({problem}); write it again") from problem


def terms_beside(path: Path) -> Path:
    """Where the terms of a table stand: ``corpus.csv`` has them in ``corpus.terms.csv``."""
    return path.with_name(f"{path.stem}.terms{path.suffix}")


def _joined(path: Path, rows_of: Any) -> Iterator[ScoredArticle | Unreadable]:
    """Articles with their terms. Both tables are in the same order, so that neither is held in memory."""
    beside = terms_beside(path)
    if not beside.is_file():
        raise OutputError(f"{path}: its terms are not beside it; put {beside.name} into the same folder")
    terms = rows_of(beside)
    first = next(terms, None)
    key = ""
    groups: Iterator[tuple[str, Sequence[dict[str, Any]]]] = iter(())
    waiting: tuple[str, Sequence[dict[str, Any]]] | None = None
    for row, data in enumerate(rows_of(path), start=1):
        if row == 1:
            missing = {"headline", "status", "divergence", "loading"} - set(data)
            if missing:
                raise OutputError(
                    f"{path}: it has no column {sorted(missing)[0]}; give what `sensational corpus` wrote"
                )
            key = _key(path, data, first)
            groups = _grouped(first, terms, key)
            waiting = next(groups, None)
        mine: Sequence[dict[str, Any]] = ()
        if waiting is not None and waiting[0] == _text(data.get(key)):
            mine = waiting[1]
            waiting = next(groups, None)
        try:
            carried = {n: v for n, v in data.items() if n is not None and n not in OWN_COLUMNS and n != key}
            yield _article(row, data, _texts(carried), tuple(_term(term, None) for term in mine))
        except (ValueError, KeyError, TypeError) as problem:
            yield Unreadable(row, _why(problem))
    if waiting is not None:
        raise OutputError(
            f"{beside}: it has terms of {key} {waiting[0]}, which {path.name} has not in that place; "
            "the two are not of one run: write them again"
        )


def _key(path: Path, article: Mapping[str, Any], term: Mapping[str, Any] | None) -> str:
    if term is None:
        return "id"
    for key in _KEYS:
        if key in article and key in term:
            return key
    raise OutputError(
        f"{path}: it shares none of the columns {', '.join(_KEYS)} with its terms; write them again"
    )


def _grouped(
    first: dict[str, Any] | None, rest: Iterator[dict[str, Any]], key: str
) -> Iterator[tuple[str, Sequence[dict[str, Any]]]]:
    def chained() -> Iterator[dict[str, Any]]:
        if first is not None:
            yield first
        yield from rest

    for value, group in groupby(chained(), lambda term: _text(term.get(key)) or ""):
        yield value, list(group)
