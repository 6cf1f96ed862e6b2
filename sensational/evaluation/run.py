"""Which sets there are, where their data lies, and how all of them are evaluated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from sensational.evaluation.result import SetResult


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """A set of ``benchmarks/README.md``: its folder, the files that are read, the module that measures."""

    folder: str
    files: tuple[str, ...]
    module: str


SETS: dict[str, LabelledSet] = {
    "headlines": LabelledSet("headlines", ("headlines.jsonl.gz", "articles.jsonl.gz"), "headlines"),
    "gold": LabelledSet("gold", ("dev.jsonl.gz",), "gold"),
    "fnc1": LabelledSet("fnc1", ("stances.jsonl.gz", "bodies.jsonl.gz"), "fnc1"),
    "consistency": LabelledSet("consistency", ("claims.jsonl.gz",), "consistency"),
    "unsupported_words": LabelledSet("unsupported_words", ("claims.jsonl.gz",), "unsupported_words"),
    "loaded_words": LabelledSet("loaded_words", ("sentences.jsonl.gz", "articles.jsonl.gz"), "loaded_words"),
    "attribution": LabelledSet("attribution", ("articles.jsonl.gz",), "attribution"),
    "hedges": LabelledSet("hedges", ("sentences.jsonl.gz",), "hedges"),
    "extraction": LabelledSet("extraction", ("pages.jsonl.gz",), "extraction"),
    "numbers": LabelledSet("numbers", ("headlines.jsonl.gz",), "numbers"),
    "articles": LabelledSet("articles", ("articles.parquet",), "articles"),
}
"""The sets by the name that ``sensational evaluate`` knows them by, in the order of its report."""


BENCHMARK = "benchmark"
"""The name of the open benchmark, which the repository holds (:mod:`sensational.evaluation.benchmark`)."""


def evaluate_set(name: str, path: Path, seed: int = 0) -> SetResult:
    """Evaluates one set.

    Args:
        name: one of :data:`SETS`.
        path: the folder of the set.
        seed: of folds, samples and bootstrap.

    Raises:
        KeyError: there is no set of that name.
        OSError: the set cannot be read.
        ImportError: a library of the extra ``train`` is not installed.
    """
    evaluate: Callable[[Path, int], SetResult] = import_module(
        f"sensational.evaluation.{SETS[name].module}"
    ).evaluate
    return evaluate(path, seed)


def present(folder: Path) -> tuple[str, ...]:
    """The sets whose data lies in ``folder``, the folder of all sets."""
    return tuple(name for name in SETS if all(path.is_file() for path in data_files(name, folder)))


def data_files(name: str, folder: Path) -> tuple[Path, ...]:
    """The files of a set in ``folder``, the folder of all sets."""
    one = SETS[name]
    return tuple(folder / one.folder / file for file in one.files)
