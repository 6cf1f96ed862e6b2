"""``sensational evaluate``: arguments in, words out."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sensational import __version__
from sensational.extras import not_installed

if TYPE_CHECKING:
    from sensational.evaluation.gate import Measured

_ALL = "all"
# So many problems of a file of predictions are named at once.
_PROBLEMS = 10


@click.command()
@click.argument("name", metavar="SET")
@click.argument("path", metavar="[PATH]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Tables for a reader, or one JSON object.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**31 - 1),
    default=0,
    show_default=True,
    help="Of folds, samples and bootstrap.",
)
@click.option(
    "--write-docs",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the page of all sets (docs/development/evaluation.md), or the benchmark's table in its page.",
)
@click.option(
    "--reading",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write there what a set gives to read by hand, first without and then with our ledgers.",
)
@click.option(
    "--predictions",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="With benchmark: what another tool says, as CSV (docs/benchmark.md). May be given again.",
)
@click.option(
    "--articles",
    metavar="N",
    type=click.IntRange(1),
    help="With benchmark: ask only so many articles, drawn with the seed, to see that all works.",
)
@click.option("--gate", is_flag=True, help="Exit with 1 where a figure is below its floor or a set changed.")
@click.option("--raise-floors", is_flag=True, help="Set floors that are new or have become stricter.")
@click.option("--lower-floors", is_flag=True, help="Lower floors that figures fall below, and say which.")
@click.option(
    "--floors",
    "floors_file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The floors; those of the package where not given.",
)
def evaluate(
    name: str, path: Path | None, form: str, seed: int, write_docs: Path | None, reading: Path | None,
    predictions: tuple[Path, ...], articles: int | None, gate: bool, raise_floors: bool, lower_floors: bool,
    floors_file: Path | None,
) -> None:  # fmt: skip
    """Measure the tool on labelled sets, beside what simple methods give.

    SET "benchmark" is the open benchmark of the repository: in a checkout it needs no PATH, and
    --predictions sets any other tool beside ours.

    Otherwise SET is the name of a set and PATH its folder; or SET is "all" and PATH the folder of all
    sets. These need the libraries of the extra "train".
    """
    from sensational.evaluation.run import BENCHMARK

    if write_docs is not None and name not in (_ALL, BENCHMARK):
        raise click.UsageError('--write-docs takes all sets: give "all" and their folder')
    if name != BENCHMARK and (predictions or articles):
        raise click.UsageError('--predictions and --articles go with the set "benchmark"')
    if articles and (write_docs or gate or raise_floors or lower_floors):
        raise click.UsageError(
            "--articles is for a look; it goes neither with --write-docs nor with the gate"
        )
    if name == BENCHMARK:
        measured = [_measure_benchmark(path, seed, predictions, articles, form == "text")]
    elif path is None:
        raise click.UsageError("the folder of the set is missing: give it as PATH")
    else:
        measured = _measure(name, path, seed, form == "text")
    if form == "json":
        sys.stdout.write(_json(measured, seed) + "\n")
    if write_docs is not None:
        _write_docs(write_docs, measured, seed, name == _ALL)
    if reading is not None:
        for one in measured:
            for file, text in one.result.texts.items():
                _write(reading / one.name / file, text)
    if gate or raise_floors or lower_floors:
        _hold(measured, floors_file or _packaged_floors(), gate, raise_floors, lower_floors, name == _ALL)


def _measure(name: str, path: Path, seed: int, shown: bool) -> list[Measured]:
    """Evaluates what was asked for, one set after the other, and prints each when it is done.

    Raises:
        click.ClickException: there is no such set, it cannot be read, or a library is missing.
    """
    from sensational.evaluation.gate import Measured, checksums
    from sensational.evaluation.run import SETS, data_files, evaluate_set, present

    if name == _ALL:
        names, folder = present(path), path
        for other in SETS:
            if other not in names:
                _say(f"{other}: not evaluated, its data is not in {path}")
        if not names:
            raise click.ClickException(f"there is no labelled set in {path}")
    elif name in SETS:
        names, folder = (name,), None
    else:
        raise click.UsageError(
            f'there is no set "{name}"; the sets are benchmark, {", ".join(SETS)}, or "all"'
        )
    measured = []
    for one in names:
        place = path if folder is None else folder / SETS[one].folder
        paths = data_files(one, folder) if folder else tuple(place / file for file in SETS[one].files)
        _say(f"{one} …")
        try:
            result = evaluate_set(one, place, seed)
            measured.append(Measured(one, result, checksums(paths)))
        except OSError as problem:
            raise click.ClickException(f"{one}: {problem.filename or place} cannot be read") from problem
        except ModuleNotFoundError as problem:
            raise click.ClickException(f"{one}: {not_installed(problem.name, 'train')}") from problem
        if shown:
            _print(measured[-1])
    return measured


def _measure_benchmark(
    path: Path | None, seed: int, predictions: tuple[Path, ...], articles: int | None, shown: bool
) -> Measured:
    """Sets ours, simple methods and other tools side by side, and prints them.

    Raises:
        click.ClickException: the benchmark is not there, or a file cannot be read or is wrong.
    """
    from sensational.evaluation import benchmark
    from sensational.evaluation.gate import Measured, checksums
    from sensational.evaluation.predictions import PredictionsError
    from sensational.evaluation.run import BENCHMARK

    place = path or benchmark.folder()
    if place is None:
        raise click.ClickException(
            "the benchmark is not installed with the package; it is the folder data/benchmark of the "
            "repository: run this in a clone of it, or give the folder as PATH"
        )
    _say(f"{BENCHMARK} …")
    try:
        result = benchmark.evaluate(place, seed, predictions, articles)
        measured = Measured(
            BENCHMARK, result, checksums([place / benchmark.HEADLINES, place / benchmark.ARTICLES])
        )
    except PredictionsError as problem:
        for line in problem.problems[:_PROBLEMS]:
            _say(line)
        more = len(problem.problems) - _PROBLEMS
        raise click.ClickException(
            (f"and {more} more; " if more > 0 else "") + "put that right, and run it again"
        ) from problem
    except OSError as problem:
        raise click.ClickException(
            f"{BENCHMARK}: {problem.filename or place} cannot be read; PATH is the folder data/benchmark of "
            "the repository"
        ) from problem
    if shown:
        _print(measured)
    return measured


def _print(one: Measured) -> None:
    from rich.console import Console

    from sensational.evaluation.table import print_result

    print_result(one.result, Console(file=sys.stdout, highlight=False, markup=False, emoji=False))
    sys.stdout.flush()


def _write_docs(path: Path, measured: Sequence[Measured], seed: int, whole: bool) -> None:
    """Writes the page of all sets, or the table of the benchmark into its page.

    Raises:
        click.ClickException: it cannot be read or written, or has no place for the table.
    """
    from sensational.evaluation.markdown import page, with_table

    if whole:
        _write(path, page([(one.name, one.result) for one in measured], __version__, seed))
        return
    try:
        _write(path, with_table(path.read_text(encoding="utf-8"), measured[0].result, __version__, seed))
    except (OSError, ValueError) as problem:
        raise click.ClickException(f"{path}: {problem}; give docs/benchmark.md of a checkout") from problem


def _write(path: Path, text: str) -> None:
    """Writes a file, and the folders that it lies in.

    Raises:
        click.ClickException: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as problem:
        raise click.ClickException(f"{path} cannot be written ({problem.strerror})") from problem


def _json(measured: Sequence[Measured], seed: int) -> str:
    sets = {one.name: {**asdict(replace(one.result, texts={})), "files": one.files} for one in measured}
    return json.dumps({"version": __version__, "seed": seed, "sets": sets}, allow_nan=False)


def _packaged_floors() -> Path:
    return Path(str(files("sensational.evaluation") / "floors.json"))


def _hold(
    measured: Sequence[Measured], path: Path, gate: bool, raising: bool, lowering: bool, whole: bool
) -> None:
    """Moves floors as asked, then judges.

    Raises:
        SystemExit: with 1 where the gate is closed.
        click.ClickException: the floors cannot be read or written.
    """
    from sensational.evaluation.gate import faults, lowered, raised, read_floors, write_floors
    from sensational.evaluation.run import BENCHMARK

    try:
        floors = read_floors(path)
    except (OSError, ValueError) as problem:
        raise click.ClickException(f"the floors in {path} cannot be read ({problem})") from problem
    changed: tuple[str, ...] = ()
    if lowering:
        floors, down = lowered(measured, floors)
        changed += tuple(f"lowered: {one}" for one in down)
    if raising:
        floors, up = raised(measured, floors)
        changed += tuple(f"raised: {one}" for one in up)
    for line in changed:
        _say(line)
    if changed:
        try:
            write_floors(floors, path)
        except OSError as problem:
            raise click.ClickException(f"{path} cannot be written ({problem.strerror})") from problem
    if gate:
        names = {one.name for one in measured}
        wanted = {name: one for name, one in floors.items() if name in names or (whole and name != BENCHMARK)}
        found = faults(measured, wanted)
        for fault in found:
            _say(f"gate: {fault.set}: {fault.what}")
        if any(fault.lowered for fault in found):
            _say("gate: closed; --lower-floors lowers floors where that is meant")
        if found:
            raise SystemExit(1)
        _say(f"gate: open; {sum(len(one['figures']) for one in wanted.values())} floors are held")


def _say(line: str) -> None:
    """A line of the course of things, apart from the result."""
    from sensational.report.safe import one_line

    sys.stdout.flush()
    sys.stderr.write(one_line(f"sensational: {line}") + "\n")
    sys.stderr.flush()
