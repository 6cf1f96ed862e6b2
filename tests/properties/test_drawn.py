"""The strategies draw what they say: headlines of every kind of term, and articles that are changed."""

import random
from collections import Counter

import pytest
from articles import Sample, examples
from hypothesis import given, settings
from mutations import CHANGES, SURROGATES, headlines, mutated_articles, of_every_kind

from sensational.analysis import KINDS, Kind
from sensational.scorer import score


def kinds_of(headline: str) -> set[str]:
    return {term.kind for term in score(headline, "").terms}


@pytest.mark.parametrize("kind", KINDS)
def test_a_headline_of_a_kind_mostly_has_a_term_of_it(kind: Kind) -> None:
    found: list[bool] = []

    @settings(max_examples=40, derandomize=True, database=None)
    @given(headlines(kind))
    def draw(headline: str) -> None:
        found.append(kind in kinds_of(headline))

    draw()
    assert sum(found) > 0.6 * len(found)


def test_every_kind_is_reached() -> None:
    seen: Counter[str] = Counter()
    scored: list[bool] = []

    @settings(max_examples=200, derandomize=True, database=None)
    @given(of_every_kind())
    def draw(sample: Sample) -> None:
        analysis = score(sample.headline, sample.body)
        seen.update({term.kind for term in analysis.terms})
        scored.append(analysis.status == "scored")

    draw()
    assert set(seen) == set(KINDS)
    assert min(seen.values()) >= 3, seen
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
    assert set().union(*(kinds_of(one.headline) for one in made)) == set(KINDS)
