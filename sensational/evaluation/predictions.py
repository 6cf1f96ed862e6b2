"""What another tool says of the benchmark's headlines, from a CSV file (``docs/benchmark.md``)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sensational.analysis import VERDICTS
from sensational.evaluation.labelled import Labelled
from sensational.evaluation.ledgers import Mark, Span

REQUIRED = ("id", "divergence")
COLUMNS = (*REQUIRED, "start", "end", "verdict", "loaded", "evidence_start", "evidence_end")
_WORDS = {"": True, "true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
# So many ids are named where headlines are missing.
_NAMED = 5
# An error shows so many characters of a cell.
_LONGEST = 40


class PredictionsError(ValueError):
    """A file of predictions cannot be used.

    Attributes:
        problems: what is wrong, a line each, with the row where there is one.
    """

    def __init__(self, path: Path, problems: Iterable[str]) -> None:
        self.problems = tuple(f"{path}: {problem}" for problem in problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class Prediction:
    """Of one headline: divergence, None where the tool gives none, and terms."""

    divergence: float | None
    terms: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Predictions:
    """What a tool says of each headline, by id, and which of the optional columns its file has."""

    of: Mapping[str, Prediction]
    terms: bool
    verdicts: bool
    evidence: bool


def read_predictions(path: Path, asked: Iterable[Labelled], ignored: Iterable[str] = ()) -> Predictions:
    """The predictions in a CSV file in UTF-8, whose first row names the columns.

    A row is a headline, or a term of one: ``id``, ``divergence`` (0 to 100; empty: none is given) and, if
    wanted, ``start``, ``end`` (characters of the headline), ``verdict``, ``loaded`` (empty: yes) and
    ``evidence_start``, ``evidence_end`` (characters of the body; a term with two sentences has two rows).
    Other columns are not read.

    Args:
        path: the file.
        asked: the headlines that each need a row.
        ignored: ids of headlines that may stand in the file too.

    Raises:
        PredictionsError: the file cannot be read, or something in it is wrong; all of it is named.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file, restval="", strict=True)
            columns = list(table.fieldnames or ())
            rows = [(table.line_num, row) for row in table]
    except OSError as problem:
        raise PredictionsError(path, [f"cannot be read ({problem.strerror})"]) from problem
    except UnicodeDecodeError as problem:
        raise PredictionsError(path, ["is not UTF-8; save it as CSV in UTF-8"]) from problem
    except csv.Error as problem:
        raise PredictionsError(path, [f"row {table.line_num}: is not CSV ({problem})"]) from problem
    wrong = [
        name for name in COLUMNS if columns.count(name) > 1 or (name in REQUIRED and name not in columns)
    ]
    if wrong:
        raise PredictionsError(
            path,
            [f"row 1: must have the column {name} once, and a comma between columns" for name in wrong],
        )
    reader = _Reader({str(one.row["id"]): one for one in asked}, frozenset(ignored))
    for number, row in rows:
        try:
            reader.take(number, row)
        except ValueError as problem:
            reader.problems.append(f"row {number}: {problem}")
    problems = [*reader.problems, *reader.missing()]
    if problems:
        raise PredictionsError(path, problems)
    terms = {"start", "end"} <= set(columns)
    return Predictions(
        {id: Prediction(value, reader.terms(id)) for id, (_, value) in reader.divergence.items()},
        terms,
        terms and "verdict" in columns,
        terms and {"evidence_start", "evidence_end"} <= set(columns),
    )


class _Reader:
    """Puts the rows of each headline together."""

    def __init__(self, asked: Mapping[str, Labelled], ignored: frozenset[str]) -> None:
        self.asked, self.ignored = asked, ignored
        self.problems: list[str] = []
        self.divergence: dict[str, tuple[int, float | None]] = {}
        """By id: the row that gave it first, and it."""
        self._terms: dict[str, dict[Span, Mark]] = {}
        self._seen: dict[tuple[str, Span | None, Span | None], int] = {}
        self._named: set[str] = set()

    def take(self, number: int, row: Mapping[str | None, str]) -> None:
        """One row.

        Raises:
            ValueError: what is wrong with it.
        """
        if None in row:
            raise ValueError("it has more cells than there are columns")
        id = row["id"].strip()
        self._named.add(id)
        item = self.asked.get(id)
        if item is None:
            if id in self.ignored:
                return
            raise ValueError(f"the benchmark has no headline {_shown(id)}")
        span = _span(row, "start", "end", item.headline, "the headline")
        evidence = _span(row, "evidence_start", "evidence_end", item.body, "the body")
        divergence = _divergence(row["divergence"])
        verdict = row.get("verdict", "").strip()
        if verdict and verdict not in VERDICTS:
            raise ValueError(f"{_shown(verdict)} is no verdict; the verdicts are {', '.join(VERDICTS)}")
        loaded = _WORDS.get(row.get("loaded", "").strip().lower())
        if loaded is None:
            raise ValueError(f"loaded is {_shown(row['loaded'])}; write true or false")
        if span is None and (verdict or evidence):
            raise ValueError("it has a verdict or evidence and no term; give start and end")
        first = self._seen.setdefault((id, span, evidence), number)
        if first != number:
            raise ValueError(f"it says again what row {first} says of {id}; leave one of them out")
        begun, known = self.divergence.setdefault(id, (number, divergence))
        if known != divergence:
            raise ValueError(f"the divergence of {id} is another in row {begun}; give one")
        if span is not None:
            self._add(id, Mark(*span, loaded, verdict or None, (evidence,) if evidence else ()))

    def _add(self, id: str, mark: Mark) -> None:
        here = self._terms.setdefault(id, {})
        before = here.get((mark.start, mark.end))
        if before is not None:
            if (before.verdict, before.loaded) != (mark.verdict, mark.loaded):
                raise ValueError(f"this term of {id} has another verdict in an earlier row; give one")
            mark = Mark(mark.start, mark.end, mark.loaded, mark.verdict, before.evidence + mark.evidence)
        here[mark.start, mark.end] = mark

    def terms(self, id: str) -> tuple[Mark, ...]:
        """The terms of a headline, in the order of the file."""
        return tuple(self._terms.get(id, {}).values())

    def missing(self) -> list[str]:
        """That headlines are missing, where they are."""
        lacking = [id for id in self.asked if id not in self._named]
        if not lacking:
            return []
        names = ", ".join(lacking[:_NAMED]) + (" …" if len(lacking) > _NAMED else "")
        return [
            f"{len(lacking)} of {len(self.asked)} headlines of the test part have no row: {names}; "
            "give each a row, with the divergence empty where the tool gives none"
        ]


def _divergence(text: str) -> float | None:
    if not text.strip():
        return None
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 100:
        raise ValueError(f"the divergence is {_shown(text)}; it goes from 0 to 100")
    return value


def _span(row: Mapping[str | None, str], first: str, last: str, text: str, of: str) -> Span | None:
    """Characters of a text; None where both cells are empty.

    Raises:
        ValueError: they are no characters of it.
    """
    cells = [row.get(name, "").strip() for name in (first, last)]
    if cells == ["", ""]:
        return None
    ends = [_whole(cell) for cell in cells]
    start, end = ends
    if start is None or end is None or not 0 <= start < end <= len(text):
        raise ValueError(
            f"{first} and {last} are {_shown(cells[0])} and {_shown(cells[1])}; "
            f"{of} has the characters 0 to {len(text)}"
        )
    return start, end


def _whole(text: str) -> int | None:
    """A whole number of few digits, also as a table with gaps writes it (``4.0``); None where it is none."""
    digits = text.removesuffix(".0")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


def _shown(text: str) -> str:
    """A cell as an error names it."""
    return repr(text if len(text) <= _LONGEST else text[:_LONGEST] + "…")
