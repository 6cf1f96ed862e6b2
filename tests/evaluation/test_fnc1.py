"""Stances on invented stories: only those that nothing learned from are judged."""

import gzip
import json
from pathlib import Path

import pytest
from hand_made import by_long_words

from sensational.article import Article
from sensational.evaluation import fnc1, scoring
from sensational.training.verifier.parts import story_is_tested

pytest.importorskip("sklearn")

STORIES = 40


def write(folder: Path) -> Path:
    """Forty stories of one body and one headline, and every headline over nine other bodies too."""
    folder.mkdir()
    words = [f"{'abcdefgh'[at // 8] * 3}{'klmnopqr'[at % 8] * 3}" for at in range(STORIES)]
    bodies = [
        {"body_id": at, "body": f"The {word} came down. Nobody was hurt."} for at, word in enumerate(words)
    ]
    rows = []
    for at, word in enumerate(words):
        stance = ("agree", "discuss", "disagree")[at % 3]
        rows.append({"headline": f"The {word} down", "body_id": at, "stance": stance})
        rows += [
            {"headline": f"The {word} down", "body_id": (at + step) % STORIES, "stance": "unrelated"}
            for step in range(1, 10)
        ]
    for name, some in (("bodies", bodies), ("stances", rows)):
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in some)
    return folder


def test_pairs_of_tested_stories_are_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Article] = []
    monkeypatch.setattr(scoring, "score_one", lambda one: seen.append(one) or by_long_words(one))  # type: ignore[func-returns-value]
    result = fnc1.evaluate(write(tmp_path / "fnc1"))
    tested = {at for at in range(STORIES) if story_is_tested([f"{at:05d}"])}
    unrelated = [at for at in tested for step in range(1, 10) if (at + step) % STORIES in tested]
    assert unrelated
    assert len(seen) == len(tested) + len(unrelated)
    figures = {one.name: one for one in result.figures}
    score = figures["FNC-1 score, unrelated at their share of the whole set"]
    assert score.n == len(seen)
    assert score.must == 82.5
    assert figures["related against unrelated, AUC"].value == 1.0
    assert figures["F1 unrelated"].value == 1.0
    assert result == fnc1.evaluate(tmp_path / "fnc1")


def test_unrelated_pairs_weigh_what_they_weigh_in_the_set() -> None:
    np = pytest.importorskip("numpy")
    labels = np.array([0, 1, 3])
    assert fnc1._weights(labels, 3.0).tolist() == [1.0, 1.0, 6.0]


def test_the_score_of_the_challenge_by_hand() -> None:
    np = pytest.importorskip("numpy")
    labels, ones = np.array([0, 1, 3, 3]), np.ones(4)
    shares = np.eye(4)[[0, 0, 3, 1]]  # right, related, right, wrong
    assert fnc1._score(labels, shares, ones) == pytest.approx(100 * (1 + 0.25 + 0.25) / 2.5)
