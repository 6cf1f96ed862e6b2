"""Nearness of meaning, rarity and case, from the table that is shipped."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from fractions import Fraction
from importlib import resources
from math import isqrt, log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational.language import meaning

PAIRS = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parents[1] / "training" / "near_words.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
COMMON = st.sampled_from(
    ["troops", "fled", "escaped", "soldiers", "family", "rose", "fell", "zzzunheard", "Putin's"]
)


def cosines(kind: str) -> list[float]:
    found = [meaning.cosine(one, other) for which, one, other in PAIRS if which == kind]
    return [value for value in found if value is not None]


def auc(high: list[float], low: list[float]) -> float:
    return sum((a > b) + (a == b) / 2 for a in high for b in low) / (len(high) * len(low))


def test_near_words_are_nearer_than_words_put_together_by_chance() -> None:
    near = [(one, other) for kind, one, other in PAIRS if kind == "near"]
    others = [other for _, other in near]
    random.Random(0).shuffle(others)  # noqa: S311
    chance = [meaning.cosine(one, other) for (one, _), other in zip(near, others, strict=True)]
    assert len(cosines("near")) > 0.95 * len(near)
    assert auc(cosines("near"), [value for value in chance if value is not None]) > 0.97


def test_opposites_are_near_too_so_nearness_is_not_agreement() -> None:
    assert 0.45 < auc(cosines("near"), cosines("opposite")) < 0.8


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("fled", "fleeing"),
        ("masses", "droves"),
        ("troops", "soldiers"),
        ("slammed", "criticized"),
        ("chaos", "turmoil"),
    ],
)
def test_neighbours_make_sense(word: str, near: str) -> None:
    assert near in [other for other, _ in meaning.neighbours(word, 12)]


def test_nearness_takes_the_nearest_and_says_where_it_knows_nothing() -> None:
    found = meaning.nearness(
        ["fled", "zzzunheard", "soldiers"], ["market", "troops", "escaped", "zzzunheard"]
    )
    assert found[1] is None
    assert found[0] is not None
    assert found[2] is not None
    assert found[0][0] == "escaped"
    assert found[2][0] == "troops"
    assert meaning.nearness(["fled"], []) == [None]
    assert meaning.nearness([], ["fled"]) == []
    assert meaning.nearness(["fled"], ["zzzunheard"]) == [None]
    assert meaning.nearness(["Fled"], ["fled"]) == [("fled", 1.0)]


@given(st.lists(COMMON, max_size=4), st.lists(COMMON, max_size=6))
def test_nearness_is_the_greatest_cosine(ours: list[str], theirs: list[str]) -> None:
    for word, answer in zip(ours, meaning.nearness(ours, theirs), strict=True):
        known = [value for other in theirs if (value := meaning.cosine(word, other)) is not None]
        assert answer is None if not known else answer is not None and answer[1] == max(known)


@given(st.lists(COMMON, max_size=4), st.lists(COMMON.map(str.lower), max_size=30, unique=True))
def test_alike_are_all_words_of_that_cosine(ours: list[str], theirs: list[str]) -> None:
    for word, answer in zip(ours, meaning.alike(ours, numbered(theirs), least=0.65), strict=True):
        known = [(other, meaning.cosine(word, other)) for other in theirs]
        assert answer == tuple(
            (other, value) for other, value in known if value is not None and value >= 0.65
        )


def numbered(words: list[str]) -> dict[str, int]:
    return {word: at for at, word in enumerate(words)}


def test_alike_keeps_the_order_of_the_body_and_the_first_of_one_vector() -> None:
    body = numbered(["soldiers", "market", "troops's", "troops"])
    found = meaning.alike(["troops", "zzzunheard"], body)
    assert [[word for word, _ in one] for one in found] == [["soldiers", "troops's"], []]
    assert found[0][1][1] == 1.0
    with pytest.raises(ValueError, match="not held"):
        meaning.alike(["fled"], numbered(["escaped"]), least=0.5)


def test_words_that_are_passed_over_hide_no_other_form_of_theirs() -> None:
    found = meaning.alike(["soldiers"], numbered(["troops", "troops's"]), frozenset(["troops"]))
    assert [[word for word, _ in one] for one in found] == [["troops's"]]


@given(COMMON, COMMON)
def test_cosine_is_that_of_whole_numbers(one: str, other: str) -> None:
    value = meaning.cosine(one, other)
    assert value == meaning.cosine(other, one)
    first, second = meaning.row(one), meaning.row(other)
    if first is None or second is None:
        assert value is None
        return
    with np.load(
        Path(str(resources.files("sensational.resources") / "vectors.npz")), allow_pickle=False
    ) as held:
        a, b = held["vectors"][first].astype(int).tolist(), held["vectors"][second].astype(int).tolist()
    dot = sum(x * y for x, y in zip(a, b, strict=True))
    length = isqrt(sum(x * x for x in a) * sum(y * y for y in b) * 10**16)
    assert abs(Fraction(dot * 10**8, length) - Fraction(value)) <= Fraction(51, 10**6)


def test_rows_are_ranks_and_possessives_are_seen_through() -> None:
    the, troops = meaning.row("the"), meaning.row("troops")
    assert the == 0
    assert troops is not None
    assert troops > 100
    assert meaning.row("Troops’") == meaning.row("troops's") == troops
    assert meaning.row("zzzunheard") is None
    assert meaning.row("") is None


def test_rare_words_weigh_more() -> None:
    assert (
        0
        <= meaning.idf("the")
        < meaning.idf("troops")
        < meaning.idf("humiliated")
        < meaning.idf("zzzunheard")
    )
    assert meaning.idf("retreated") == meaning.idf("retreats")
    assert meaning.frequency("the") > meaning.frequency("troops") > meaning.frequency("zzzunheard") == 0
    assert meaning.idf("zzzunheard") == pytest.approx(log(18_835), abs=1)


def test_names_are_told_from_common_words() -> None:
    for name in ("putin", "London", "america"):
        share = meaning.capital_share(name)
        assert share is not None
        assert share > 0.95
    for word in ("troops", "fled", "concerns"):
        share = meaning.capital_share(word)
        assert share is not None
        assert share < 0.05
    brown = meaning.capital_share("brown")
    assert brown is not None
    assert 0.2 < brown < 0.98
    assert meaning.capital_share("zzzunheard") is None


def test_the_table_is_small_plain_and_says_where_it_comes_from() -> None:
    folder = Path(str(resources.files("sensational.resources")))
    assert (folder / "vectors.npz").stat().st_size < 5_000_000
    with np.load(folder / "vectors.npz", allow_pickle=False) as held:
        assert held["vectors"].dtype == np.int8
        assert held["vectors"].shape[1] <= 1000  # dot products stay exact in 32-bit floats
        assert np.abs(held["vectors"].astype(int)).max() == 127
    facts = json.loads((folder / "vectors.json").read_text(encoding="utf-8"))
    assert {"data_sha256", "seed", "method", "settings", "libraries"} <= set(facts)


def test_numpy_is_not_imported_before_it_is_needed() -> None:
    code = "import sys, sensational.language.meaning; assert 'numpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
