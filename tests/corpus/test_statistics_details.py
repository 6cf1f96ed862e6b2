"""The statistics of a summary at their edges: boundaries, worked examples, and draws that stay the same."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from sensational.corpus.summary import statistics as s

Z = 1.959963984540054


def of(numbers: list[float]) -> s.Counts:
    return s.counts_of(Counter(round(10 * one) for one in numbers), 10)


def generator(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_counts_leave_out_what_did_not_occur() -> None:
    found = s.counts_of({30: 2, 10: 1, 20: 0}, 10)
    assert found.values.tolist() == [1.0, 3.0]
    assert found.counts.tolist() == [1, 2]
    assert found.n == 3
    assert s.counts_of({7: 1}).values.tolist() == [7.0]


def test_nothing_has_no_figures() -> None:
    assert math.isnan(s.quantile(of([]), 0.5))
    assert math.isnan(s.mean(of([])))
    found = s.spread(of([]), generator())
    assert (found.n, len(found.deciles)) == (0, 4)
    assert all(math.isnan(one) for one in (*found.deciles, found.mean.value, found.median.low))


def test_a_spread_in_figures() -> None:
    numbers = [float(n) for n in range(0, 101, 5)]  # 0, 5 to 100
    found = s.spread(of(numbers), generator())
    assert (found.n, found.mean.value, found.median.value) == (21, 50.0, 50.0)
    assert found.deciles == (10.0, 25.0, 75.0, 90.0)
    assert found.mean.low == pytest.approx(50 - Z * np.std(numbers) / math.sqrt(21), abs=1.0)
    assert found.mean.high == pytest.approx(50 + Z * np.std(numbers) / math.sqrt(21), abs=1.0)
    assert 30 <= found.median.low < 40
    assert 60 < found.median.high <= 70


@pytest.mark.parametrize(
    ("such", "n", "low", "high"), [(8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0)]
)
def test_wilson_by_hand(such: int, n: int, low: float, high: float) -> None:
    share = s.wilson(such, n)
    assert share.value == such / n
    assert (share.low, share.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def test_the_share_of_terms_and_its_interval() -> None:
    found = s.ratio({(4, 1): 30, (2, 2): 20, (0, 0): 9, (3, 3): 0}, generator())
    assert found.value == pytest.approx((30 + 40) / (120 + 40))
    assert found.low == pytest.approx(0.34, abs=0.04)
    assert found.high == pytest.approx(0.54, abs=0.04)
    assert s.ratio({(2, 2): 10}, generator()) == s.Estimate(1.0, pytest.approx(0.7225, abs=1e-4), 1.0)  # type: ignore[arg-type]
    assert s.ratio({(2, 0): 10}, generator()).high == pytest.approx(0.2775, abs=1e-4)


def test_samples_are_drawn_in_portions_that_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    assert s._blocks(1) == [1000]
    assert s._blocks(2_000) == [1000]
    assert s._blocks(5_000) == [400, 400, 200]
    assert s._blocks(0) == [1000]
    assert s._blocks(10_000_000) == [1] * 1000
    whole = s.spread(of([1.0, 5.0, 9.0]), generator())
    monkeypatch.setattr(s, "_BLOCK", 900)
    assert s._blocks(3) == [300, 300, 300, 100]
    assert s.spread(of([1.0, 5.0, 9.0]), generator()).mean.value == whole.mean.value


@pytest.mark.parametrize(
    ("few", "many", "test"),
    [(4, 50, "none"), (5, 50, "permutation"), (19, 50, "permutation"), (20, 20, "Mann-Whitney")],
)
def test_how_many_it_takes_for_which_test(few: int, many: int, test: str) -> None:
    one, other = of([float(n) for n in range(few)]), of([float(n) for n in range(many)])
    for found in (s.difference(one, other, generator()), s.difference(other, one, generator())):
        assert found is not None
        assert found.test == test
        assert (found.p is None) == (test == "none")


def test_delta_of_single_articles_says_nothing() -> None:
    for one, other in ((of([5.0]), of([1.0, 2.0])), (of([5.0, 6.0]), of([1.0]))):
        found = s.difference(one, other, generator())
        assert found is not None
        assert (found.delta.value, found.delta.low, found.delta.high) == (1.0, -1.0, 1.0)
    assert s.difference(of([1.0]), of([]), generator()) is None


def test_delta_where_all_lie_apart() -> None:
    low, high = of([1.0, 2.0, 3.0] * 4), of([7.0, 8.0, 9.0, 10.0] * 5)
    edge = (12 - Z**2) / (12 + Z**2)
    above, below = s.difference(high, low, generator()), s.difference(low, high, generator())
    assert above is not None
    assert below is not None
    assert (above.delta.value, above.delta.low, above.delta.high) == (1.0, pytest.approx(edge), 1.0)
    assert (below.delta.value, below.delta.low, below.delta.high) == (-1.0, -1.0, pytest.approx(-edge))


def plain_interval(one: list[float], other: list[float]) -> tuple[float, float]:
    """Feng and Cliff's interval as they write it, pair by pair."""
    signs = np.sign(np.subtract.outer(one, other))
    n, m = signs.shape
    delta = signs.mean()
    rows = ((signs.mean(axis=1) - delta) ** 2).sum()
    columns = ((signs.mean(axis=0) - delta) ** 2).sum()
    cells = ((signs - delta) ** 2).sum()
    variance = (m * m * rows + n * n * columns - cells) / (n * m * (n - 1) * (m - 1))
    variance = max(variance, (1 - delta**2) / (n * m - 1))
    bend = Z * math.sqrt(variance) * math.sqrt((1 - delta**2) ** 2 + Z**2 * variance)
    scale = 1 - delta**2 + Z**2 * variance
    return (delta - delta**3 - bend) / scale, (delta - delta**3 + bend) / scale


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([1.0, 4.0, 4.0, 6.0, 9.0], [0.0, 4.0, 5.0, 5.0, 6.0, 12.0, 13.0]),
        ([2.0, 2.0, 3.0], [2.0, 3.0, 3.0, 3.0, 4.0]),
        ([1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 4.0]),
    ],
)
def test_the_interval_of_delta_is_that_of_feng_and_cliff(one: list[float], other: list[float]) -> None:
    found = s.difference(of(one), of(other), generator())
    assert found is not None
    assert (found.delta.low, found.delta.high) == pytest.approx(plain_interval(one, other))


def test_all_alike_is_no_difference() -> None:
    found = s.difference(of([5.0] * 30), of([5.0] * 25), generator())
    assert found is not None
    assert (found.delta.value, found.p) == (0.0, 1.0)


def test_permutations_of_two_groups_alike_reach_all() -> None:
    found = s.difference(of([5.0] * 6), of([5.0] * 6), generator())
    assert found is not None
    assert found.p == 1.0


def test_permutations_are_near_the_exact_test_in_either_direction() -> None:
    from scipy.stats import mannwhitneyu

    one, other = [1.0, 2.0, 3.0, 5.0, 9.0, 11.0], [4.0, 6.0, 7.0, 8.0, 10.0, 12.0, 13.0, 14.0, 15.0]
    exact = mannwhitneyu(one, other, method="exact").pvalue
    for first, second in ((one, other), (other, one)):
        found = s.difference(of(first), of(second), generator())
        assert found is not None
        assert found.p == pytest.approx(exact, abs=0.01)


def test_subsets_are_drawn_fairly_and_hold_each_number_once() -> None:
    drawn = s._subsets(7, 3, generator())
    assert drawn.shape == (s.SHUFFLES, 3)
    assert all(len(set(row)) == 3 for row in drawn.tolist())
    seen = np.bincount(drawn.ravel(), minlength=7)
    assert len(seen) == 7
    assert (abs(seen / s.SHUFFLES - 3 / 7) < 0.04).all()


def test_mann_whitney_near_the_middle_is_at_most_one() -> None:
    numbers = [float(n) for n in range(21)]
    found = s.difference(of(numbers), of(numbers), generator())
    assert found is not None
    assert found.p == 1.0


def test_holm_stops_at_one_and_carries_the_highest_on() -> None:
    assert s.holm([0.5, 0.4, 0.001]) == [0.8, 0.8, pytest.approx(0.003)]
    assert s.holm([0.9, 0.6]) == [1.0, 1.0]
    assert s.holm([None, 0.2]) == [None, 0.2]


@pytest.mark.parametrize(
    ("delta", "word"),
    [
        (0.0, "negligible"), (0.146, "negligible"), (0.147, "small"), (0.329, "small"), (0.33, "medium"),
        (0.473, "medium"), (0.474, "large"), (-0.33, "medium"), (-1.0, "large"),
    ],
)  # fmt: skip
def test_sizes_in_words_begin_where_the_paper_says(delta: float, word: str) -> None:
    assert s.size_word(delta) == word
