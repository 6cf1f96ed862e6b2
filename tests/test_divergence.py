"""One number from the terms: bounded, monotone, additive, and the same at every order."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational.divergence import DIGITS, WEIGHT_LIMIT, combine, interval

TERMS = st.lists(st.tuples(st.floats(0, WEIGHT_LIMIT), st.floats(0, 1)), max_size=30)
CURVES = st.floats(1, 3)
ROUNDING = 10.0**-DIGITS


def combined(terms: list[tuple[float, float]], curve: float = 1.0):  # type: ignore[no-untyped-def]
    return combine([weight for weight, _ in terms], [support for _, support in terms], curve)


def test_by_hand() -> None:
    done = combine([0.5, 0.4], [0.0, 0.5])
    assert math.isclose(done.total, 100 * (1 - 0.5 * 0.8), abs_tol=ROUNDING)
    assert math.isclose(done.without[0], 20, abs_tol=ROUNDING)
    assert math.isclose(done.without[1], 50, abs_tol=ROUNDING)
    share = math.log(0.5) / (math.log(0.5) + math.log(0.8))
    assert math.isclose(done.contributions[0], share * done.total, abs_tol=2 * ROUNDING)
    assert combine([], []).total == 0
    assert combine([0.98], [0.0]).total == 98


def test_figures_have_four_digits() -> None:
    done = combine([0.5, 0.3], [1 / 3, 1 / 7])
    assert done.total == 50.4762  # 100 * (1 - 2/3 * 26/35) = 50.47619...
    assert done.without == (25.7143, 33.3333)


@pytest.mark.parametrize("step", range(8))
def test_the_points_that_rounding_leaves_over_go_to_the_largest_remainders(step: int) -> None:
    weights = [0.11, 0.23 + step / 29, 0.31, 0.07, 0.19 + step / 31]
    done = combine(weights, [0.0] * 5)
    whole = math.fsum(math.log1p(-weight) for weight in weights)
    exact = [math.log1p(-weight) / whole * done.total * 10_000 for weight in weights]
    up = [points * 10_000 > share for points, share in zip(done.contributions, exact, strict=True)]
    assert 0 < sum(up) < 5
    remainders = [share % 1 for share in exact]
    cut = [one for one, is_up in zip(remainders, up, strict=True) if not is_up]
    raised = [one for one, is_up in zip(remainders, up, strict=True) if is_up]
    assert max(cut) < min(raised)


def test_of_equal_terms_the_first_get_what_is_left_over() -> None:
    done = combine([0.1, 0.1, 0.1], [0.0, 0.0, 0.0])
    assert done.total == 27.1  # 1 - 0.9 ** 3
    assert done.contributions == (9.0334, 9.0333, 9.0333)


@given(TERMS, CURVES)
def test_bounded_and_additive(terms: list[tuple[float, float]], curve: float) -> None:
    done = combined(terms, curve)
    assert 0 <= done.total <= 100
    assert sum((Decimal(repr(points)) for points in done.contributions), Decimal(0)) == Decimal(
        repr(done.total)
    )
    assert all(0 <= points <= done.total for points in done.contributions)
    assert all(0 <= points <= done.total for points in done.without)


@given(TERMS.filter(bool), CURVES, st.data())
def test_less_support_never_lowers_it(
    terms: list[tuple[float, float]], curve: float, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(terms) - 1))
    weight, support = terms[at]
    lower = data.draw(st.floats(0, support))
    other = [*terms[:at], (weight, lower), *terms[at + 1 :]]
    assert combined(other, curve).total >= combined(terms, curve).total


@given(TERMS, CURVES, st.tuples(st.floats(0, WEIGHT_LIMIT), st.floats(0, 1)))
def test_another_term_never_lowers_it(
    terms: list[tuple[float, float]], curve: float, one: tuple[float, float]
) -> None:
    with_it = combined([*terms, one], curve)
    assert with_it.total >= combined(terms, curve).total
    assert with_it.without[-1] == combined(terms, curve).total


@given(TERMS, CURVES, st.randoms(use_true_random=False))
def test_order_does_not_matter(terms: list[tuple[float, float]], curve: float, random) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(terms)
    random.shuffle(shuffled)
    assert combined(shuffled, curve).total == combined(terms, curve).total


@given(st.lists(st.floats(0, WEIGHT_LIMIT), max_size=30), CURVES)
def test_what_is_borne_out_diverges_by_nothing(weights: list[float], curve: float) -> None:
    done = combine(weights, [1.0] * len(weights), curve)
    assert done.total == 0
    assert set(done.contributions) <= {0.0}


def test_the_curve_is_an_exponent() -> None:
    whole = -math.log(0.5)
    assert combine([0.5], [0.0], 2.0).total == round(100 * (1 - math.exp(-(whole**2))), DIGITS)


@pytest.mark.parametrize(("divergence", "bounds"), [
    (0.0, (0.0, 10.0)), (10.0, (2.0, 30.0)), (20.0, (4.0, 50.0)), (40.0, (22.0, 65.0)), (60.0, (40.0, 80.0)),
    (80.0, (40.0, 80.0)), (90.0, (40.0, 90.0)),
])  # fmt: skip
def test_bounds_between_two_rows_are_interpolated(divergence: float, bounds: tuple[float, float]) -> None:
    rows = [(0.0, 0.0, 10.0), (20.0, 4.0, 50.0), (60.0, 40.0, 80.0)]
    assert interval(divergence, rows) == bounds


def test_a_divergence_before_the_first_row_has_its_bounds() -> None:
    assert interval(2.0, [(10.0, 1.0, 20.0), (50.0, 30.0, 80.0)]) == (1.0, 20.0)
