from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational.teasing import (
    LONGEST,
    Steps,
    TeasingModel,
    form,
    teasing,
    teasing_model,
    tokens_of,
    wording,
)


@pytest.mark.parametrize(
    ("plain", "teasing_one"),
    [
        ("City raises bus fares by two per cent", "You won't believe what this city did to its buses"),
        ("Study links sleep to memory in adults", "This is what happens when you never sleep"),
        ("Actor wins prize for second film", "17 actors you totally forgot were once teachers"),
        ("Museum names new director", "This is why everyone is talking about this museum"),
        ("Bank cuts rates by a quarter point", "The one thing your bank doesn't want you to know"),
    ],
)
def test_withholding_teases(plain: str, teasing_one: str) -> None:
    assert teasing(teasing_one) > teasing(plain) + 0.25


@pytest.mark.parametrize("empty", ["", "—", "   "])
def test_nothing_teases_not(empty: str) -> None:
    assert teasing(empty) == 0


@given(st.text(max_size=200))
def test_any_text_teases_between_0_and_1(text: str) -> None:
    assert 0 <= teasing(text) <= 1
    assert teasing(text) == teasing(text)


@pytest.mark.parametrize(
    "name", ["trump", "merkel", "democrats", "republicans", "muslims", "guardian", "cnn"]
)
def test_no_name_teases_by_itself(name: str) -> None:
    held = teasing_model().weights
    assert name not in held
    assert not any(name in run.split(" ") for run in held)


def test_wording_has_runs_of_words_and_of_shapes() -> None:
    found = wording(tokens_of("5 tricks, and What happens next?"))
    assert {"^ 0", "0 tricks", "0 tricks ,", "next ? $", "? $"} <= found
    assert {"~^ 0", "~0 x", "~^ 0 x ,", "~and what x"} <= found
    assert "~happens next" not in found


def test_figures_of_form() -> None:
    found = form("5 tricks, and what happens NEXT?", tokens_of("5 tricks, and what happens NEXT?"))
    assert found["tokens"] == 8
    assert found["begins with a number"] == found["numbers"] == found["?"] == 1
    assert found["question"] == 1
    assert "question …" not in found
    assert found["all in capitals"] == 0.2
    assert found["strongest hook"] > 0
    assert form("", []) == {"tokens": 0, "characters": 0}


def test_steps() -> None:
    steps = Steps([1.0, 2.0], [0, 10, -5])
    assert [steps.at(value) for value in (0.5, 1.0, 1.9, 2.0, 9.0)] == [0, 10, 10, -5, -5]


def test_a_model_can_be_read_feature_by_feature() -> None:
    assert teasing("Anything at all", TeasingModel(0, {}, {})) == 0.5
    one = TeasingModel(0, {"anything": 1000}, {"tokens": Steps([2], [0, 500])})
    assert teasing("Anything at all", one) == round(1 / (1 + math.exp(-(1 / math.sqrt(3) + 0.5))), 3)


def test_a_long_headline_costs_no_more_than_its_first_tokens() -> None:
    assert len(tokens_of("word " * 1000)) == LONGEST
