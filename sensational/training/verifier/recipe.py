"""The recipe of the shipped verifier: which examples, in which order; its figures: the model card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import torch

from sensational.training.files import checksum
from sensational.training.verifier import examples
from sensational.training.verifier.examples import Example
from sensational.training.verifier.learn import Stage, learn
from sensational.training.verifier.network import Network, embedding_neighbours
from sensational.training.verifier.replaced import denying_headlines, headline_words, replaced_words
from sensational.verifier.wordpieces import vocabulary

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PAIRS = {"replaced": 4000, "related": 2200, "unrelated": 500}
PASSES = 2.4
HEADLINES = {"replaced": 1200, "related": 500, "unrelated": 100}
BALANCED_PASSES = 2.5
BALANCED = {"replaced": 800, "related": 900, "unrelated": 60, "entailment": 10_000}
DENIALS = {"labelled": 4500, "entailment": 5000, "replaced": 1000}
SWAPPED = 0.15
"""Share of the headlines over another article's body in the last two stages."""
EVIDENCE_AWAY = 0.15
"""Share of the headlines that are also set over their body without the deciding sentences."""
SNAPSHOTS = ("headlines.pt", "balanced-half.pt", "balanced.pt")
"""The last stage starts from the mean of these: of the second stage, the middle and the end of the third."""
ALONE = 0.1
"""Share of the headlines that are also read without their body in each pass, for the kinds of their words."""


def train(benchmarks: Path, base: Path, folder: Path, seed: int = 0, threads: int | None = None) -> Path:
    """Trains the verifier from the base model; an interrupted run goes on where it was.

    Args:
        benchmarks: the folder of the labelled sets.
        base: the unpacked all-MiniLM-L6-v2.
        folder: of checkpoints, losses and the trained weights.
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
    neighbours = _neighbours(benchmarks, base)
    labelled = examples.headlines(benchmarks, ("train",))

    def pairs(random: Random) -> list[Example]:
        return [
            *examples.entailment(benchmarks),
            *examples.unsupported_words(benchmarks),
            *examples.consistency(benchmarks),
            *examples.stances(benchmarks, PAIRS["related"], PAIRS["unrelated"], random),
            *replaced_words(benchmarks, PAIRS["replaced"], neighbours, random),
        ]

    def headlines(random: Random) -> list[Example]:
        alone = random.sample(labelled, int(ALONE * len(labelled)))
        return [
            *labelled,
            *examples.over_other_bodies(labelled, examples.SWAPPED, random),
            *map(examples.without_body, alone),
            *examples.stances(benchmarks, HEADLINES["related"], HEADLINES["unrelated"], random),
            *replaced_words(benchmarks, HEADLINES["replaced"], neighbours, random),
        ]

    def balanced(random: Random) -> list[Example]:
        once = [replace(example, weight=1.0) for example in labelled]
        changed = [example for example in once if example.recipe == "body changed"]
        decided = [one for one in once if any(span.evidence for span in one.spans)]
        away = random.sample(decided, int(EVIDENCE_AWAY * len(once)))
        alone = random.sample(once, int(ALONE / 2 * len(once)))
        pairs_of_sentences = examples.entailment(benchmarks, words=True)
        return [
            *once,
            *changed,
            *examples.over_other_bodies(once, SWAPPED, random),
            *map(examples.without_evidence, away),
            *map(examples.without_body, alone),
            *examples.loaded_sentences(benchmarks),
            *examples.unsupported_words(benchmarks),
            *examples.consistency(benchmarks),
            *random.sample(pairs_of_sentences, BALANCED["entailment"]),
            *examples.stances(benchmarks, BALANCED["related"], BALANCED["unrelated"], random),
            *replaced_words(benchmarks, BALANCED["replaced"], neighbours, random),
        ]

    def denials(random: Random) -> list[Example]:
        once = [replace(example, weight=1.0) for example in random.sample(labelled, DENIALS["labelled"])]
        return [
            *denying_headlines(benchmarks, random),
            *once,
            *examples.over_other_bodies(once, SWAPPED, random),
            *random.sample(examples.entailment(benchmarks, words=True), DENIALS["entailment"]),
            *replaced_words(benchmarks, DENIALS["replaced"], neighbours, random),
        ]

    stages = [
        Stage("pairs", 1, pairs, budgets=(190,)),
        Stage("headlines", PASSES, headlines),
        Stage("balanced", BALANCED_PASSES, balanced, budgets=(190,), balances=True),
    ]
    learn(network, stages, folder, seed)
    averaged = average([folder / name for name in SNAPSHOTS], folder / "averaged.pt")
    network.load_state_dict(torch.load(averaged, weights_only=True))
    learn(
        network,
        [Stage("denials", 1, denials, budgets=(190,), balances=True, rate=0.5)],
        folder / "denials",
        seed,
    )
    return average([averaged, folder / "denials" / "denials.pt"], folder / "verifier.pt")


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
