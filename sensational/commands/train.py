"""``sensational train``: makes the shipped resources again, to the same bytes, from their data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

import sensational.resources

WHAT = ("punkt", "vectors", "stance", "claims", "loading", "weights")


@click.command("train")
@click.argument("what", type=click.Choice([*WHAT, "all"]))
@click.argument("benchmarks", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--output", type=click.Path(file_okay=False, path_type=Path), help="Folder; the package's own by default."
)
@click.option("--seed", default=0, show_default=True, help="Of every random choice.")
def train(what: str, benchmarks: Path, output: Path | None, seed: int) -> None:
    """Train WHAT from the labelled sets in the folder BENCHMARKS.

    ``all`` trains everything, in the order in which one builds on another. The libraries for it come
    with ``pip install 'sensational[train]'``.
    """
    folder = output or Path(sensational.resources.__file__).parent
    folder.mkdir(parents=True, exist_ok=True)
    makers = _makers(benchmarks, folder, seed)
    for name in WHAT if what == "all" else (what,):
        try:
            makers[name]()
        except ImportError as missing:
            raise click.ClickException(
                f"{missing.name} is missing; pip install 'sensational[train]'"
            ) from None
        except FileNotFoundError as missing:
            raise click.ClickException(f"{missing.filename}: not found; BENCHMARKS must hold it") from None
        click.echo(f"trained {name} into {folder}")


def _makers(benchmarks: Path, folder: Path, seed: int) -> dict[str, Callable[[], None]]:
    """What to call for each resource; a maker imports its libraries when it is called."""
    articles = benchmarks / "articles" / "articles.parquet"

    def punkt() -> None:
        from sensational.training import punkt

        punkt.train(articles, folder / "punkt.json", seed=seed)

    def vectors() -> None:
        from sensational.training import vectors

        vectors.train(articles, folder / "vectors.npz", seed=seed)

    def stance() -> None:
        from sensational.training import stance

        stance.train_idf(articles, folder)
        stance.train(benchmarks / "fnc1", folder, seed=seed)

    def claims() -> None:
        from sensational.training import claims

        claims.train(benchmarks / "exaggeration", folder / "claims.json", seed=seed)

    def loading() -> None:
        from sensational.training import loading

        loading.train(benchmarks, folder, seed=seed)

    def weights() -> None:
        from sensational.training import weights

        weights.train(benchmarks, folder / "weights.json", seed=seed)

    return {
        "punkt": punkt,
        "vectors": vectors,
        "stance": stance,
        "claims": claims,
        "loading": loading,
        "weights": weights,
    }
