"""The statistics of a summary, against textbooks, scipy and plain counting."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational.corpus.summary import statistics as s

values = st.lists(st.integers(0, 30), min_size=1, max_size=60)


def of(numbers: list[int]) -> s.Counts:
    return s.counts_of(Counter(numbers))


def generator(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@given(values, st.floats(0, 1))
def test_quantiles_and_mean_are_those_of_numpy(numbers: list[int], share: float) -> None:
    assert s.quantile(of(numbers), share) == pytest.approx(np.quantile(numbers, share))
    assert s.mean(of(numbers)) == pytest.approx(np.mean(numbers))


@given(values, values)
def test_delta_counts_pairs_and_is_antisymmetric(one: list[int], other: list[int]) -> None:
    found = s.difference(of(one), of(other), generator())
    turned = s.difference(of(other), of(one), generator())
    assert found is not None
    assert turned is not None
    plain = np.sign(np.subtract.outer(one, other)).mean()
    assert found.delta.value == pytest.approx(plain)
    assert turned.delta.value == pytest.approx(-plain)
    assert -1 <= found.delta.low <= found.delta.value + 1e-12
    assert found.delta.value - 1e-12 <= found.delta.high <= 1
    assert found.delta.low == pytest.approx(-turned.delta.high)


@given(
    st.lists(st.integers(0, 9), min_size=20, max_size=60),
    st.lists(st.integers(0, 9), min_size=20, max_size=60),
)
def test_mann_whitney_is_that_of_scipy(one: list[int], other: list[int]) -> None:
    found = s.difference(of(one), of(other), generator())
    assert found is not None
    assert found.test == "Mann-Whitney"
    assert found.p is not None
    if len(set(one + other)) == 1:
        assert found.p == 1  # scipy warns of it and gives nan
        return
    from scipy.stats import mannwhitneyu

    assert found.p == pytest.approx(mannwhitneyu(one, other, method="asymptotic").pvalue, rel=1e-9)


def test_permutations_come_near_to_the_exact_test() -> None:
    from scipy.stats import mannwhitneyu

    one, other = [1, 4, 6, 9, 12, 15, 18], [3, 11, 14, 17, 21, 22, 25, 28]
    found = s.difference(of(one), of(other), generator())
    assert found is not None
    assert found.test == "permutation"
    assert found.p == pytest.approx(mannwhitneyu(one, other, method="exact").pvalue, abs=0.02)


def test_permutations_of_a_small_group_within_a_large_one() -> None:
    found = s.difference(of([29, 30, 30, 30, 30]), of(list(range(25)) * 400), generator())
    assert found is not None
    assert found.p == pytest.approx(1 / (s.SHUFFLES + 1))
    assert found.delta.value == 1


def test_groups_too_small_for_a_test_have_none() -> None:
    found = s.difference(of([1, 2, 3, 4]), of([9] * 50), generator())
    assert found is not None
    assert (found.p, found.test) == (None, "none")
    assert s.difference(of([]), of([1]), generator()) is None


def test_cliff_s_variance_is_unbiased_in_the_large() -> None:
    """Intervals hold the true delta of two known distributions in about 95 of 100 samples."""
    draws, held = generator(3), 0
    truth = np.sign(np.subtract.outer(np.arange(20) + 4, np.arange(20))).mean()
    for _ in range(300):
        one, other = draws.integers(0, 20, 40) + 4, draws.integers(0, 20, 40)
        found = s.difference(of(one.tolist()), of(other.tolist()), draws)
        assert found is not None
        held += found.delta.low <= truth <= found.delta.high
    assert 0.91 <= held / 300 <= 0.99


def test_bootstrap_interval_of_the_mean_is_the_normal_one_in_the_large() -> None:
    numbers = generator(1).integers(0, 1000, 3000).tolist()
    found = s.spread(s.counts_of(Counter(numbers), 10), generator()).mean
    error = np.std(numbers) / 10 / math.sqrt(3000)
    assert found.value == pytest.approx(np.mean(numbers) / 10)
    assert found.low == pytest.approx(found.value - 1.96 * error, abs=0.3 * error)
    assert found.high == pytest.approx(found.value + 1.96 * error, abs=0.3 * error)


@given(values)
def test_a_spread_is_in_order(numbers: list[int]) -> None:
    found = s.spread(of(numbers), generator())
    assert found.n == len(numbers)
    assert min(numbers) <= found.median.low <= found.median.value <= found.median.high <= max(numbers)
    assert list(found.deciles) == sorted(found.deciles)


def test_terms_of_one_article_are_drawn_together() -> None:
    """Ten articles of ten like terms tell no more than ten of one."""
    alone = s.ratio({(1, 1): 5, (1, 0): 5}, generator())
    together = s.ratio({(10, 10): 5, (10, 0): 5}, generator())
    assert (together.low, together.high) == (alone.low, alone.high)
    apart = s.ratio({(1, 1): 50, (1, 0): 50}, generator())
    assert apart.high - apart.low < together.high - together.low


def test_a_share_of_nothing_still_has_an_interval() -> None:
    none = s.ratio({(2, 0): 10}, generator())
    assert (none.value, none.low) == (0, 0)
    assert 0.2 < none.high < 0.35  # Wilson, 0 of 10: 0.278
    assert math.isnan(s.ratio({(0, 0): 3}, generator()).value)


@given(st.lists(st.none() | st.floats(0, 1), max_size=12))
def test_holm_never_lowers_and_keeps_the_order(chances: list[float | None]) -> None:
    corrected = s.holm(chances)
    pairs = [(p, q) for p, q in zip(chances, corrected, strict=True) if p is not None and q is not None]
    assert [p is None for p in chances] == [q is None for q in corrected]
    assert all(p <= q <= 1 for p, q in pairs)
    ordered = sorted(pairs)
    assert [q for _, q in ordered] == sorted(q for _, q in ordered)


def test_holm_by_hand() -> None:
    found = s.holm([0.01, 0.04, 0.03, None, 0.005])
    assert found[3] is None
    assert [one for one in found if one is not None] == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_sizes_in_words() -> None:
    assert [s.size_word(d) for d in (0.1, -0.2, 0.4, -0.9)] == ["negligible", "small", "medium", "large"]


def test_few_sightings_vouch_for_less() -> None:
    assert s.wilson(0, 0) is s.NOTHING
    assert s.wilson(2, 2).low < s.wilson(9, 10).low < s.wilson(90, 100).low
