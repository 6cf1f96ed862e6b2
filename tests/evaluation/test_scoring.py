"""Many articles in two processes are scored as each is alone, and in their order."""

import pytest

from sensational.article import Article
from sensational.evaluation import scoring

ARTICLES = [
    Article(
        f"{town} flees flood", f"People left {town} on Monday. The river rose by a metre in the night.", town
    )
    for town in ("Ostrel", "Marfield", "Lowmouth", "Ostley")
]


def test_processes_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = [scoring.score_one(one) for one in ARTICLES]
    assert scoring.score_all(ARTICLES) == alone
    monkeypatch.setattr(scoring, "FEW", 1)
    monkeypatch.setattr(scoring.os, "cpu_count", lambda: 2)
    assert scoring.score_all(ARTICLES) == alone


def test_nothing_is_scored_of_nothing() -> None:
    assert scoring.score_all([]) == []
