import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sensational.claims import (
    apart,
    body_claim_strength,
    claim_strength,
    claim_strengths,
    features,
    model,
    side_by_side,
)


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("Two in three of the patients were treated at home.", 0),
        ("Further studies are needed in larger populations.", 0),
        ("Tea drinking was associated with a lower risk of gout.", 1),
        ("Poor sleep is linked to higher odds of falling in older women.", 1),
        ("A daily walk may reduce the risk of gout.", 2),
        ("The vaccine could prevent thousands of infections.", 2),
        ("A daily walk reduces knee pain in older adults.", 3),
        ("Lead in water causes brain damage in children.", 3),
        ("Tea linked to gout", 1),
        ("Tea may cause gout", 2),
        ("Tea cuts risk of gout, study finds", 3),
        ("Tea causes gout", 3),
        ("New drug slashes gout deaths", 3),
        ("Mayor opens bridge", 0),
    ],
)
def test_strength_of_plain_cases(text, strength):
    assert claim_strength(text) == strength


@pytest.mark.parametrize("text", ["", "  ", "—", "Gout", "42"])
def test_no_statement_no_strength(text):
    assert claim_strength(text) is None
    assert claim_strengths(text) == (0, 0, 0, 0)
    assert body_claim_strength([text]) is None


def test_a_body_is_as_strong_as_its_strongest_sentence():
    weak = "Tea drinking was associated with a lower risk of gout."
    strong = "A daily walk reduces knee pain in older adults."
    assert body_claim_strength([]) is None
    assert body_claim_strength([weak]) == 1
    assert body_claim_strength([weak, strong, ""]) == body_claim_strength([strong, weak]) == 3


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_probabilities_sum_to_one_and_agree_with_the_strength(text):
    chances = claim_strengths(text)
    strength = claim_strength(text)
    if strength is None:
        assert sum(chances) == 0
    else:
        assert sum(chances) == pytest.approx(1, abs=1e-5)
        assert chances[strength] == pytest.approx(max(chances), abs=1e-6)


def test_who_says_so_is_no_part_of_the_claim():
    assert features("Tea causes gout, study finds") == features("Tea causes gout")


def test_features_are_named_once_and_ignore_case():
    found = features("A daily walk may reduce the risk of gout.")
    assert len(found) == len(set(found))
    assert {"MODAL … DOWN", "DOWN … RISK", "DOWN the", "MODAL in quarter 2"} <= set(found)
    assert "RISK … DOWN" not in found
    assert found == features("a Daily WALK may reduce the risk of gout.")


def test_the_model_says_what_made_it():
    weights = model().weights
    assert weights
    assert all(isinstance(weight, int) and any(apart(weight)) for weight in weights.values())


FOUR = st.tuples(*[st.integers(-(2**40), 2**40)] * 4)


@given(st.lists(FOUR, max_size=6))
def test_numbers_side_by_side_are_summed_each_by_itself(many):
    whole = sum(side_by_side(four) for four in many)
    assert apart(whole) == tuple(sum(four[place] for four in many) for place in range(4))
