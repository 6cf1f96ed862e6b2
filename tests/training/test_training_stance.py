"""Training of the stance model: stories, folds, and the same bytes each time."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

pytest.importorskip("sklearn", reason="training needs the extra: pip install 'sensational[train]'")

import numpy as np

from sensational.evaluation.fnc1 import story_folds
from sensational.language.document import Document
from sensational.stance import FEATURES, LABELS, _model, features, from_json, judged
from sensational.training import stance as training

ANIMALS = ("heron", "badger", "walrus", "ferret", "lynx", "otter", "gecko", "bison", "moose", "stoat")
PLACES = (
    "harbour",
    "orchard",
    "stadium",
    "library",
    "quarry",
    "chapel",
    "casino",
    "viaduct",
    "foundry",
    "marina",
)


def made_up(folder: Path) -> None:
    """A small set of the challenge's form: ten stories, each told, passed on and denied."""
    bodies, pairs = [], []
    for at, (animal, place) in enumerate(zip(ANIMALS, PLACES, strict=True)):
        told = (
            f"The {animal} stole a bicycle in the {place} on Monday. Many people saw the {animal} ride away."
        )
        passed_on = (
            f"The {animal} reportedly stole a bicycle in the {place}, according to a blog. Sources claim it."
        )
        denied = (
            f"The story of the {animal} that stole a bicycle in the {place} is a hoax. It is not true at all."
        )
        for which, body in enumerate((told, passed_on, denied)):
            bodies.append({"body_id": 3 * at + which, "body": f"{body} " * 3})
        for headline in (
            f"{animal.title()} steals bicycle in {place}",
            f"Bicycle stolen by {animal} in {place}",
        ):
            for which, label in enumerate(("agree", "discuss", "disagree")):
                pairs.append({"headline": headline, "body_id": 3 * at + which, "stance": label})
            for step in range(1, 8):
                other = 3 * ((at + step) % 10) + step % 3
                pairs.append({"headline": headline, "body_id": other, "stance": "unrelated"})
    for name, lines in (("bodies", bodies), ("stances", pairs)):
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as out:
            out.writelines(json.dumps(line) + "\n" for line in lines)


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> training.Pairs:
    folder = tmp_path_factory.mktemp("fnc1")
    made_up(folder)
    return training.read(folder)


def test_stories_are_the_components_of_related_pairs(pairs: training.Pairs) -> None:
    related = pairs.labels != LABELS.index("unrelated")
    assert len(set(pairs.headline_story)) == 10
    assert (pairs.headline_story[related] == pairs.body_story[related]).all()
    assert (pairs.headline_story[~related] != pairs.body_story[~related]).all()


def test_folds_keep_stories_whole_and_are_of_like_size(pairs: training.Pairs) -> None:
    fold = story_folds(pairs.headline_story, 5, seed=0)
    assert sorted(np.bincount(fold)) == [2, 2, 2, 2, 2]
    assert (fold == story_folds(pairs.headline_story, 5, seed=0)).all()


def test_a_fitted_model_reads_documents_as_it_reads_arrays(
    pairs: training.Pairs, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Ten stories are too few for the thresholds of the real set.
    monkeypatch.setattr(training, "TONE_STORIES_BODY", 5)
    monkeypatch.setitem(training.THREE_TREES, "min_samples_leaf", 5)
    everything = np.ones(len(pairs.labels), dtype=bool)
    model = training.fit(pairs, everything)
    assert model == training.fit(pairs, everything)
    assert "hoax" in model["tones"]["body"]
    assert "heron" not in model["tones"]["body"]
    read_back = from_json(model)
    monkeypatch.setattr("sensational.stance._model", lambda: read_back)
    shares = training.predict(pairs, everything, model)
    for row in range(0, len(pairs.labels), 7):
        headline = Document(pairs.headlines[pairs.headline[row]])
        body = Document(pairs.bodies[pairs.body[row]])
        alone = judged(features(headline, body), read_back).probabilities
        assert list(alone.values()) == pytest.approx(shares[row], abs=2e-4)


def test_training_writes_the_same_bytes_each_time(tmp_path: Path) -> None:
    made_up(tmp_path)
    written = []
    for _ in range(2):
        training.train(tmp_path, tmp_path)
        written.append((tmp_path / "stance_model.json").read_bytes())
    assert written[0] == written[1]
    model = json.loads(written[0])
    assert model["features"] == list(FEATURES)
    assert model["provenance"]["pairs"] == {"agree": 20, "discuss": 20, "disagree": 20, "unrelated": 140}


def test_missing_data_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="bodies"):
        training.read(tmp_path)


def test_the_shipped_model_reads_the_features_that_there_are() -> None:
    from sensational.stance import _resource

    model = _resource("stance_model.json")
    assert tuple(model["features"]) == FEATURES
    assert model["provenance"]["data"].startswith("Fake News Challenge")


def shared() -> Path | None:
    places = [os.environ.get("SENSATIONAL_SHARED"), Path(__file__).parents[2].parent / "shared"]
    return next(
        (Path(place) for place in places if place and (Path(place) / "benchmarks" / "fnc1").is_dir()), None
    )


@pytest.mark.skipif(shared() is None, reason="needs the shared folder with benchmarks/fnc1")
def test_the_shipped_model_knows_its_training_set() -> None:
    """A smoke test: on pairs it was trained on, it must do far better than always *discuss*."""
    folder = shared()
    assert folder is not None
    lines = training._lines(folder / "benchmarks" / "fnc1" / "stances.jsonl.gz")[::50]
    bodies = {
        row["body_id"]: row["body"] for row in training._lines(folder / "benchmarks/fnc1/bodies.jsonl.gz")
    }
    right = 0
    for line in lines:
        row = features(Document(line["headline"]), Document(bodies[line["body_id"]]))
        right += judged(row, _model()).label == line["stance"]
    assert right / len(lines) > 0.85
