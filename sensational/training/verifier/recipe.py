"""The recipe of the shipped verifier: which examples, in which order; its figures: the model card."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random

import torch

from sensational.training.files import checksum
from sensational.training.verifier import examples
from sensational.training.verifier.examples import Example
from sensational.training.verifier.learn import Stage, learn
from sensational.training.verifier.network import Network, embedding_neighbours
from sensational.training.verifier.replaced import (
    changed_bodies,
    denying_headlines,
    headline_words,
    replaced_words,
)
from sensational.verifier.wordpieces import vocabulary

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
SWAPPED = 0.15
"""Share of the headlines over another article's body in the third to the fifth stage."""
EVIDENCE_AWAY = 0.15
"""Share of the headlines that the third stage also sets over their body without the deciding sentences."""
ALONE = 0.1
"""Share of the headlines that are also read without their body in each pass, for the kinds of their words."""
HIDDEN = 0.05
"""Share of the body's wordpieces that the stages after the fourth hide."""
LENGTHS = (150, 190, 220)
"""Wordpieces of the body in the stages after the fourth."""
BEFORE = "before"
"""Stands for the weights before a run."""


@dataclass(frozen=True, slots=True)
class Material:
    """What the stages draw their examples from.

    Attributes:
        benchmarks: the folder of the labelled sets.
        labelled: the labelled headlines of the benchmark that may be learned from.
        written: those that were written for training.
        snli: SNLI's own file of sentence pairs, JSON Lines; None leaves them out.
        neighbours: for each word, words with like embeddings.
    """

    benchmarks: Path
    labelled: list[Example]
    written: list[Example]
    snli: Path | None
    neighbours: dict[str, list[str]]


def pairs(material: Material, random: Random) -> list[Example]:
    """Sentence pairs, summaries and stances: what follows from what."""
    benchmarks = material.benchmarks
    return [
        *examples.entailment(benchmarks),
        *examples.unsupported_words(benchmarks),
        *examples.consistency(benchmarks),
        *examples.stances(benchmarks, 2200, 500, random),
        *replaced_words(benchmarks, 4000, material.neighbours, random),
    ]


def headlines(material: Material, random: Random) -> list[Example]:
    """Labelled headlines over their own bodies, over others, and alone."""
    labelled = material.labelled
    return [
        *labelled,
        *examples.over_other_bodies(labelled, examples.SWAPPED, random),
        *map(examples.without_body, random.sample(labelled, int(ALONE * len(labelled)))),
        *examples.stances(material.benchmarks, 500, 100, random),
        *replaced_words(material.benchmarks, 1200, material.neighbours, random),
    ]


def balanced(material: Material, random: Random) -> list[Example]:
    """The same, with changed bodies twice, deciding sentences taken away, and the other sets."""
    once = unweighted(material.labelled)
    return [
        *once,
        *(example for example in once if example.recipe == "body changed"),
        *examples.over_other_bodies(once, SWAPPED, random),
        *map(examples.without_evidence, random.sample(decided(once), int(EVIDENCE_AWAY * len(once)))),
        *map(examples.without_body, random.sample(once, int(ALONE / 2 * len(once)))),
        *others(material, random, pairs=10_000, related=900),
        *replaced_words(material.benchmarks, 800, material.neighbours, random),
    ]


def denials(material: Material, random: Random) -> list[Example]:
    """Real headlines that deny something, with a part of the rest."""
    benchmarks = material.benchmarks
    once = unweighted(random.sample(material.labelled, 4500))
    return [
        *denying_headlines(benchmarks, random),
        *once,
        *examples.over_other_bodies(once, SWAPPED, random),
        *random.sample(examples.entailment(benchmarks, words=True), 5000),
        *replaced_words(benchmarks, 1000, material.neighbours, random),
    ]


def more(material: Material, random: Random) -> list[Example]:
    """More that nobody had to label: replaced words in headlines and in bodies, and pairs of SNLI."""
    benchmarks = material.benchmarks
    once = unweighted(random.sample(material.labelled, 6000))
    return [
        *once,
        *examples.over_other_bodies(once, SWAPPED, random),
        *map(examples.without_evidence, random.sample(decided(once), 800)),
        *others(material, random, pairs=6000, related=900),
        *(examples.snli(material.snli, 24_000, random) if material.snli else ()),
        *replaced_words(benchmarks, 4500, material.neighbours, random),
        *changed_bodies(benchmarks, 3800, material.neighbours, random),
        *random.sample(denying_headlines(benchmarks, random), 600),
    ]


def written(material: Material, random: Random) -> list[Example]:
    """All labelled headlines, those of the benchmark and those written for training, and some of the rest."""
    benchmarks = material.benchmarks
    once = unweighted([*material.labelled, *material.written])
    return [
        *once,
        *examples.over_other_bodies(once, 0.1, random),
        *map(examples.without_evidence, random.sample(decided(once), 900)),
        *map(examples.without_body, random.sample(once, 600)),
        *others(material, random, pairs=5000, related=700),
        *replaced_words(benchmarks, 600, material.neighbours, random),
        *changed_bodies(benchmarks, 400, material.neighbours, random),
        *random.sample(denying_headlines(benchmarks, random), 300),
    ]


def others(material: Material, random: Random, pairs: int, related: int) -> list[Example]:
    """Sentences of BABE, summaries, sentence pairs and stances, as the later stages have them."""
    benchmarks = material.benchmarks
    return [
        *examples.loaded_sentences(benchmarks),
        *examples.unsupported_words(benchmarks),
        *examples.consistency(benchmarks),
        *random.sample(examples.entailment(benchmarks, words=True), pairs),
        *examples.stances(benchmarks, related, 60, random),
    ]


def unweighted(labelled: Sequence[Example]) -> list[Example]:
    """Labelled headlines that all count alike."""
    return [replace(example, weight=1.0) for example in labelled]


def decided(labelled: Sequence[Example]) -> list[Example]:
    """Those with a term for which sentences decide."""
    return [example for example in labelled if any(span.evidence for span in example.spans)]


@dataclass(frozen=True, slots=True)
class Run:
    """Stages one after the other.

    Attributes:
        name: of the folder of their weights.
        stages: the stages.
        mean: the weights whose mean the next run starts from: stages, :data:`BEFORE`; one may count twice.
    """

    name: str
    stages: tuple[Stage, ...]
    mean: tuple[str, ...]


def runs(material: Material) -> tuple[Run, ...]:
    """What is learned, in order."""
    again = partial(written, material)
    return (
        Run("first", (
            Stage("pairs", 1, partial(pairs, material), budgets=(190,)),
            Stage("headlines", 2.4, partial(headlines, material)),
            Stage("balanced", 2.5, partial(balanced, material), budgets=(190,), balances=True),
        ), ("headlines", "balanced-half", "balanced")),
        Run("second", (
            Stage("denials", 1, partial(denials, material), budgets=(190,), balances=True, rate=0.5),
        ), (BEFORE, "denials")),
        Run("third", (
            _late("more", 0.5, partial(more, material), 0.6),
            _late("written", 1, again, 0.75),
            _late("again", 1, again, 0.6),
        ), (BEFORE, "again", "again")),
        Run("fourth", (_late("fourth", 1, again, 0.75),), (BEFORE, "fourth")),
        Run("fifth", (_late("fifth", 1, again, 0.75),), (BEFORE, "fifth", "fifth")),
    )  # fmt: skip


def _late(name: str, passes: float, draw: Callable[[Random], list[Example]], rate: float) -> Stage:
    return Stage(name, passes, draw, LENGTHS, balances=True, rate=rate, hidden=HIDDEN)


def train(
    benchmarks: Path,
    base: Path,
    for_training: Path,
    folder: Path,
    snli: Path | None = None,
    seed: int = 0,
    threads: int | None = None,
) -> Path:
    """Trains the verifier from the base model; an interrupted run goes on where it was.

    Args:
        benchmarks: the folder of the labelled sets.
        base: the unpacked all-MiniLM-L6-v2.
        for_training: the folder of the headlines that were written for training (``data/training``).
        folder: of checkpoints, losses and the trained weights.
        snli: SNLI's sentence pairs (see :class:`Material`).
        seed: of every random choice.
        threads: of torch; its own choice by default.

    Returns:
        The file of the trained weights.

    Raises:
        ValueError: the base model is another one.
    """
    if checksum(base / "model.safetensors") != BASE_SHA256:
        raise ValueError(f"{base}/model.safetensors is not all-MiniLM-L6-v2 (docs/how-it-works/verifier.md)")
    if threads:
        torch.set_num_threads(threads)
    torch.manual_seed(seed)
    network = Network(base).to("cuda" if torch.cuda.is_available() else "cpu")
    material = Material(
        benchmarks,
        examples.headlines(benchmarks, ("train",)),
        examples.written_for_training(for_training, benchmarks),
        snli,
        _neighbours(benchmarks, base),
    )
    weights = base
    for run in runs(material):
        learn(network, run.stages, folder / run.name, seed)
        files = [weights if name == BEFORE else folder / run.name / f"{name}.pt" for name in run.mean]
        weights = average(files, folder / f"{run.name}.pt")
        network.load_state_dict(torch.load(weights, weights_only=True))
    return weights


def average(files: Sequence[Path], file: Path) -> Path:
    """Writes the mean of trained weights, which does better on new headlines than the last of them.

    The method is that of model soups (Wortsman and others 2022) along one run.
    """
    states = [torch.load(one, weights_only=True, map_location="cpu") for one in files]
    mean = {
        name: torch.stack([state[name].float() for state in states]).mean(0)
        if value.is_floating_point()
        else value
        for name, value in states[0].items()
    }
    torch.save(mean, file)
    return file


def _neighbours(benchmarks: Path, base: Path) -> dict[str, list[str]]:
    import pandas as pd

    column = pd.read_parquet(benchmarks / "articles" / "articles.parquet", columns=["headline"])["headline"]
    counts: dict[str, int] = {}
    for words in headline_words(column).values():
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    return embedding_neighbours(base, [word for word, count in counts.items() if count >= 4], vocabulary())
