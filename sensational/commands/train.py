"""``sensational train``: makes the shipped models again from labelled data."""

from __future__ import annotations

from pathlib import Path

import click

import sensational.resources
import sensational.verifier
from sensational.extras import not_installed

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
BENCHMARKS = click.argument("benchmarks", type=FOLDER)
WRITTEN = click.option(
    "--written", type=FOLDER, default=Path("data/training"), show_default=True,
    help="Folder of the headlines that were written for training.",
)  # fmt: skip


@click.group("train")
def train() -> None:
    """Train what the package ships, from the labelled sets in the folder BENCHMARKS.

    Needs the extra "train".
    """


@train.command("punkt")
@BENCHMARKS
@click.option("--seed", default=0, show_default=True, help="Seed of every random choice.")
def train_punkt(benchmarks: Path, seed: int) -> None:
    """Learn the abbreviations by which sentences are split."""
    from sensational.training import punkt

    file = _resources() / "punkt.json"
    punkt.train(benchmarks / "articles" / "articles.parquet", file, seed=seed)
    click.echo(f"Wrote {file}")


@train.command("verifier")
@BENCHMARKS
@click.option("--base", required=True, type=FOLDER, help="The unpacked all-MiniLM-L6-v2, the base model.")
@click.option(
    "--work",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of checkpoints and losses. An interrupted run continues from here.",
)
@WRITTEN
@click.option(
    "--snli", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="More sentence pairs, in the form of SNLI (docs/how-it-works/verifier.md says where they are).",
)  # fmt: skip
@click.option("--threads", type=click.IntRange(min=1), help="Threads; torch's own choice by default.")
@click.option("--seed", default=0, show_default=True, help="Seed of every random choice.")
def train_verifier(
    benchmarks: Path, base: Path, work: Path, written: Path, snli: Path | None, threads: int | None, seed: int
) -> None:
    """Train the verifier: about nine hours on two cores, minutes on a GPU.

    Then run "sensational train combiner", which fits what reads the verifier's probabilities.
    """
    try:
        from sensational.training.verifier import export, recipe
    except ImportError as missing:
        raise click.ClickException(not_installed(missing.name, "train")) from None
    weights = recipe.train(benchmarks, base, written, work, snli, seed, threads)
    file = Path(sensational.verifier.__file__).parent / "verifier.onnx"
    export.export(weights, base, file)
    click.echo(f"Wrote {file} and its checksum")


@train.command("combiner")
@BENCHMARKS
@WRITTEN
def train_combiner(benchmarks: Path, written: Path) -> None:
    """Fit the combiner, the weights of the score and its interval: ten minutes on one core."""
    try:
        from sensational.training import combiner
    except ImportError as missing:
        raise click.ClickException(not_installed(missing.name, "train")) from None
    file = _resources() / "combiner.json"
    combiner.train(benchmarks, written, file)
    click.echo(f"Wrote {file}")


def _resources() -> Path:
    return Path(sensational.resources.__file__).parent
