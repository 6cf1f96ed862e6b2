"""The strategies draw what they say: headlines of many builds, and articles that are changed."""

import random

import pytest
from articles import Sample, examples
from hypothesis import given, settings
from mutations import CHANGES, SURROGATES, headlines, mutated_articles, of_every_kind

from sensational.scorer import score


def test_headlines_of_every_kind_are_drawn() -> None:
    drawn: set[str] = set()

    @settings(max_examples=300, derandomize=True, database=None)
    @given(headlines())
    def draw(headline: str) -> None:
        drawn.add(headline)

    draw()
    assert len(drawn) > 100
    assert all(headline == " ".join(headline.split()) != "" for headline in drawn)


def test_most_of_what_is_drawn_can_be_scored() -> None:
    scored: list[bool] = []

    @settings(max_examples=100, derandomize=True, database=None)
    @given(of_every_kind())
    def draw(sample: Sample) -> None:
        scored.append(score(sample.headline, sample.body).status == "scored")

    draw()
    assert sum(scored) > 0.8 * len(scored)


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_every_change_changes_something(name: str) -> None:
    pick = random.Random(3)  # noqa: S311
    assert any(CHANGES[name](sample.body, pick) != sample.body for sample in examples())


@pytest.mark.parametrize("text", ["", "a", "“", "\n", "\ud800"])
def test_every_change_takes_any_text(text: str) -> None:
    pick = random.Random(4)  # noqa: S311
    for change in CHANGES.values():
        change(text, pick)


def test_changed_articles_are_the_same_for_a_seed_and_of_every_sort() -> None:
    made = mutated_articles(200, seed=11)
    assert made == mutated_articles(200, seed=11)
    assert made != mutated_articles(200, seed=12)
    assert len({(one.headline, one.body) for one in made}) > 150
    assert any(half in one.body for one in made for half in SURROGATES)
    assert all(any(name in one.name for one in made) for name in CHANGES)
