"""Agreement: people with each other, and the tool with them.

Krippendorff's alpha (Content Analysis, 4th ed. 2018, chapter 12) for any number of coders and with missing
values: 1 is full agreement, 0 what chance would give. Verdicts are nominal, divergence is on an interval
scale. Bootstrap samples draw articles, so that the terms of one headline stay together.
"""

from __future__ import annotations

import csv
import io
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from sensational.analysis import KINDS, VERDICTS
from sensational.corpus.cells import unprotected
from sensational.corpus.errors import CorpusError
from sensational.reading import open_without_waiting

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROUNDS = 2000
LEVEL = 0.95
_LARGEST_CELL = 100_000_000
_LARGEST_HEAD = 100_000

_Value = TypeVar("_Value")

Unit = tuple[str, str]
"""An item of the sheet and the number of its term; the number is empty for the article as a whole."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure with its 95% interval, and how many judgements it rests on; NaN where it is not defined."""

    value: float
    low: float
    high: float
    n: int


@dataclass(slots=True)
class Coding:
    """What was said of each unit: by whom, which verdict; and of each article, which divergence."""

    coders: list[str] = field(default_factory=list)
    verdicts: dict[Unit, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    divergences: dict[Unit, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    kinds: dict[Unit, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    """Cells that could not be taken, each with its file, its row and what to do."""


@dataclass(frozen=True, slots=True)
class AgreementOfKind:
    """The tool against the coders on terms of one kind; ``kind`` is "all" for all of them.

    Attributes:
        same: share of the coders' judgements that are the tool's.
        among: share of pairs of coders that agree, as a measure of what could be reached.
        alpha: between the tool and each coder in turn.
    """

    kind: str
    terms: int
    same: Figure
    among: Figure
    alpha: Figure


@dataclass(frozen=True, slots=True)
class Agreement:
    """All that the sheets say; the parts on the tool are empty without a key."""

    coders: tuple[str, ...]
    articles: int
    terms: int
    verdicts: Figure
    """Alpha among the coders, nominal."""
    divergence: Figure
    """Alpha among the coders, interval."""
    by_kind: tuple[AgreementOfKind, ...]
    tool_divergence: Figure | None
    """Alpha between the tool and each coder in turn, interval."""
    tool_error: Figure | None
    """Mean distance of the tool from the coders' mean, in points."""
    confusion: Mapping[tuple[str, str], int]
    """How often coders gave a verdict and the tool another, as (theirs, the tool's)."""
    faults: tuple[str, ...]


def read_coding(paths: Sequence[Path]) -> Coding:
    """The filled-in sheets of all coders.

    A file is the sheet of one coder, named for it; or, with a column ``coder``, of several.

    Raises:
        CorpusError: a file cannot be read, or is not such a sheet.
    """
    coding = Coding()
    names = Counter(path.stem for path in paths)
    for path in paths:
        own = path.stem if names[path.stem] == 1 else str(path)
        for number, row in _rows(path, ("item", "term", "verdict", "divergence")):
            coder = (row.get("coder") or "").strip() or own
            if coder not in coding.coders:
                coding.coders.append(coder)
            _take(coding, path, number, row, coder)
    return coding


def _rows(path: Path, needed: Sequence[str]) -> Iterable[tuple[int, dict[str, str]]]:
    csv.field_size_limit(_LARGEST_CELL)
    if not path.is_file():
        problem = "it is not a regular file" if path.exists() else "there is no such file"
        raise CorpusError(f"{path}: it cannot be read ({problem}); give a filled-in sheet, saved as CSV")
    try:
        binary = open_without_waiting(path)
        with io.TextIOWrapper(binary, encoding="utf-8-sig", errors="replace", newline="") as file:
            first = file.readline(_LARGEST_HEAD)
            file.seek(0)
            marks = max(",;\t", key=first.count)  # a spreadsheet in some countries writes semicolons
            table = csv.DictReader(file, delimiter=marks)
            names = [(name or "").strip().lower() for name in table.fieldnames or ()]
            missing = [name for name in needed if name not in names]
            if missing:
                raise CorpusError(
                    f"{path}: it has no column {missing[0]}; give a sheet that `sensational coding-sheet` "
                    "wrote, filled in"
                )
            table.fieldnames = names
            for number, row in enumerate(table, start=2):
                yield (
                    number,
                    {name: unprotected(cell or "") for name, cell in row.items() if name is not None},
                )
    except OSError as problem:
        why = (problem.strerror or type(problem).__name__).lower()
        raise CorpusError(f"{path}: it cannot be read ({why}); check the name and your rights") from problem
    except csv.Error as problem:
        raise CorpusError(f"{path}: it is not CSV ({problem}); save the sheet as CSV") from problem


def _take(coding: Coding, path: Path, number: int, row: Mapping[str, str], coder: str) -> None:
    unit = row["item"].strip(), row["term"].strip()
    if not unit[0]:
        return
    verdict, divergence = row["verdict"].strip().lower(), row["divergence"].strip()
    where = f"{path.name}, row {number}"
    if verdict and not unit[1]:
        coding.faults.append(f"{where}: a verdict belongs to a term, not to an article; it is left out")
    elif verdict and verdict not in VERDICTS:
        coding.faults.append(
            f'{where}: "{verdict[:30]}" is not a verdict and is left out; write one of {", ".join(VERDICTS)}'
        )
    elif verdict and coder in coding.verdicts[unit]:
        coding.faults.append(f"{where}: {coder} has judged this term before; the first verdict counts")
    elif verdict:
        coding.verdicts[unit][coder] = verdict
    if not divergence:
        return
    value = _points(divergence)
    if value is None:
        coding.faults.append(
            f'{where}: "{divergence[:30]}" is not a divergence and is left out; write a number from 0 to 100'
        )
    elif unit[1]:
        coding.faults.append(f"{where}: a divergence belongs to an article, not to a term; it is left out")
    elif coder in coding.divergences[unit]:
        coding.faults.append(f"{where}: {coder} has judged this article before; the first number counts")
    else:
        coding.divergences[unit][coder] = value


def _points(text: str) -> float | None:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if 0 <= value <= 100 else None


@dataclass(frozen=True, slots=True)
class Key:
    """What the tool said of each unit."""

    verdicts: Mapping[Unit, str]
    kinds: Mapping[Unit, str]
    divergences: Mapping[Unit, float]


def read_key(path: Path) -> Key:
    """The key of a sheet.

    Raises:
        CorpusError: it cannot be read, or is no key.
    """
    verdicts, kinds, divergences = {}, {}, {}
    for number, row in _rows(path, ("item", "term", "kind", "verdict", "divergence")):
        unit = row["item"].strip(), row["term"].strip()
        if unit[1]:
            if row["verdict"] not in VERDICTS or row["kind"] not in KINDS:
                raise CorpusError(f"{path}: row {number} was changed; use the key as coding-sheet wrote it")
            verdicts[unit], kinds[unit] = row["verdict"], row["kind"]
        else:
            value = _points(row["divergence"])
            if value is None:
                raise CorpusError(
                    f"{path}: row {number} has no divergence; use the key as coding-sheet wrote it"
                )
            divergences[unit] = value
    return Key(verdicts, kinds, divergences)


def agreement(coding: Coding, key: Key | None = None, seed: int = 0) -> Agreement:
    """Coders with each other, and the tool with them.

    Args:
        coding: what the coders said.
        key: what the tool said; None for the coders alone.
        seed: of the bootstrap.

    Raises:
        CorpusError: nobody judged anything, or the key is of another sheet.
    """
    verdicts = {unit: list(said.values()) for unit, said in coding.verdicts.items() if said}
    divergences = {unit: list(said.values()) for unit, said in coding.divergences.items() if said}
    if not verdicts and not divergences:
        raise CorpusError("the sheets are empty: fill in the columns verdict and divergence")
    if key is not None and not (set(verdicts) & set(key.verdicts) or set(divergences) & set(key.divergences)):
        raise CorpusError("no row of the sheets is in the key; use the key that was written with the sheet")
    return Agreement(
        coders=tuple(coding.coders),
        articles=len({unit[0] for unit in (*verdicts, *divergences)}),
        terms=len(verdicts),
        verdicts=alpha_nominal(verdicts, seed),
        divergence=alpha_interval(divergences, seed),
        by_kind=_by_kind(verdicts, key, seed) if key else (),
        tool_divergence=alpha_interval(_beside(divergences, key.divergences), seed) if key else None,
        tool_error=_error(divergences, key.divergences, seed) if key else None,
        confusion=_confusion(verdicts, key) if key else {},
        faults=tuple(coding.faults),
    )


def alpha_nominal(said: Mapping[Unit, Sequence[str]], seed: int = 0) -> Figure:
    """Krippendorff's alpha where values are the same or not.

    Args:
        said: the values that each unit was given, one per coder; units with fewer than two say nothing.
        seed: of the bootstrap.
    """
    units = _paired(said)
    names = sorted({value for _, values in units for value in values})
    counts = np.array([[values.count(name) for name in names] for _, values in units], dtype=np.float64)
    counts = counts.reshape(len(units), len(names))
    of = counts.sum(axis=1)
    observed = (of**2 - (counts**2).sum(axis=1)) / np.maximum(of - 1, 1)

    def expected(weights: NDArray[np.float64], total: NDArray[np.float64]) -> NDArray[np.float64]:
        result: NDArray[np.float64] = total**2 - ((weights @ counts) ** 2).sum(axis=1)
        return result

    return _alpha([unit for unit, _ in units], of, observed, expected, seed)


def alpha_interval(said: Mapping[Unit, Sequence[float]], seed: int = 0) -> Figure:
    """Krippendorff's alpha where the squared distance of values counts; see :func:`alpha_nominal`."""
    units = _paired(said)
    of = np.array([len(values) for _, values in units], dtype=np.float64)
    sums = np.array([math.fsum(values) for _, values in units], dtype=np.float64)
    squares = np.array([math.fsum(v * v for v in values) for _, values in units], dtype=np.float64)
    observed = 2 * (of * squares - sums**2) / np.maximum(of - 1, 1)

    def expected(weights: NDArray[np.float64], total: NDArray[np.float64]) -> NDArray[np.float64]:
        result: NDArray[np.float64] = 2 * (total * (weights @ squares) - (weights @ sums) ** 2)
        return result

    return _alpha([unit for unit, _ in units], of, observed, expected, seed)


def _paired(said: Mapping[Unit, Sequence[_Value]]) -> list[tuple[Unit, list[_Value]]]:
    return [(unit, list(values)) for unit, values in sorted(said.items()) if len(values) > 1]


def _alpha(
    units: Sequence[Unit],
    of: NDArray[np.float64],
    observed: NDArray[np.float64],
    expected: Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]],
    seed: int,
) -> Figure:
    """1 less observed over expected disagreement, each a sum over pairs of values.

    Args:
        units: what was judged.
        of: values of each.
        observed: the disagreement inside each, over its values less one.
        expected: gives the disagreement of all pairs, from weights of the units and numbers of values, one
            row per sample.
        seed: of the bootstrap.
    """

    def alphas(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        total = weights @ of
        chance = expected(weights, total)
        with np.errstate(divide="ignore", invalid="ignore"):
            found = 1 - (total - 1) * (weights @ observed) / chance
        # Where all values are the same there is nothing to tell apart, and alpha is not defined.
        return np.where(chance > 1e-9 * np.maximum(total, 1) ** 2, found, np.nan)

    n = int(of.sum())
    if not units:
        return Figure(math.nan, math.nan, math.nan, 0)
    value = float(alphas(np.ones((1, len(units))))[0])
    return Figure(value, *_interval(alphas(_weights([unit[0] for unit in units], seed))), n)


def _weights(articles: Sequence[str], seed: int) -> NDArray[np.float64]:
    """How often each unit is in each bootstrap sample of articles, one row per sample."""
    names = {name: at for at, name in enumerate(dict.fromkeys(articles))}
    drawn = np.random.default_rng(seed).multinomial(len(names), [1 / len(names)] * len(names), size=ROUNDS)
    weights: NDArray[np.float64] = drawn[:, [names[name] for name in articles]].astype(np.float64)
    return weights


def _interval(samples: NDArray[np.float64]) -> tuple[float, float]:
    defined = samples[~np.isnan(samples)]
    if not len(defined):
        return math.nan, math.nan
    low, high = np.quantile(defined, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def _share(such: Mapping[Unit, float], of: Mapping[Unit, int], seed: int) -> Figure:
    """A sum over units, over another, with an interval over articles."""
    units = [unit for unit in sorted(of) if of[unit]]
    if not units:
        return Figure(math.nan, math.nan, math.nan, 0)
    above = np.array([such[unit] for unit in units], dtype=np.float64)
    below = np.array([of[unit] for unit in units], dtype=np.float64)
    weights = _weights([unit[0] for unit in units], seed)
    samples = (weights @ above) / (weights @ below)
    return Figure(float(above.sum() / below.sum()), *_interval(samples), int(below.sum()))


def _beside(
    said: Mapping[Unit, Sequence[_Value]], by_tool: Mapping[Unit, _Value]
) -> dict[Unit, list[_Value]]:
    """Units of two values each: one coder's, and the tool's."""
    return {
        (unit[0], f"{unit[1]}/{at}"): [value, by_tool[unit]]
        for unit, values in said.items()
        if unit in by_tool
        for at, value in enumerate(values)
    }


def _by_kind(verdicts: Mapping[Unit, Sequence[str]], key: Key, seed: int) -> tuple[AgreementOfKind, ...]:
    judged = {key.kinds[unit] for unit in verdicts if unit in key.kinds}
    kinds = ["all", *(kind for kind in KINDS if kind in judged)]
    return tuple(
        _of_kind(
            kind,
            {u: v for u, v in verdicts.items() if u in key.kinds and kind in ("all", key.kinds[u])},
            key,
            seed,
        )
        for kind in kinds
    )


def _of_kind(kind: str, verdicts: Mapping[Unit, Sequence[str]], key: Key, seed: int) -> AgreementOfKind:
    same = {unit: float(list(said).count(key.verdicts[unit])) for unit, said in verdicts.items()}
    pairs = {unit: [one == other for one, other in combinations(said, 2)] for unit, said in verdicts.items()}
    return AgreementOfKind(
        kind=kind,
        terms=len(verdicts),
        same=_share(same, {unit: len(said) for unit, said in verdicts.items()}, seed),
        among=_share(
            {unit: float(sum(agreed)) for unit, agreed in pairs.items()},
            {unit: len(agreed) for unit, agreed in pairs.items()},
            seed,
        ),
        alpha=alpha_nominal(_beside(verdicts, key.verdicts), seed),
    )


def _error(said: Mapping[Unit, Sequence[float]], by_tool: Mapping[Unit, float], seed: int) -> Figure:
    apart = {
        unit: abs(math.fsum(values) / len(values) - by_tool[unit])
        for unit, values in said.items()
        if unit in by_tool
    }
    return _share(apart, dict.fromkeys(apart, 1), seed)


def _confusion(verdicts: Mapping[Unit, Sequence[str]], key: Key) -> dict[tuple[str, str], int]:
    found = Counter(
        (value, key.verdicts[unit])
        for unit, said in verdicts.items()
        if unit in key.verdicts
        for value in said
    )
    return {(theirs, its): found[theirs, its] for theirs in VERDICTS for its in VERDICTS}
