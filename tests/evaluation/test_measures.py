"""The measures against scikit-learn, scipy and figures worked out by hand."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sensational.evaluation import measures

metrics = pytest.importorskip("sklearn.metrics")
stats = pytest.importorskip("scipy.stats")

SCORES = st.integers(0, 12).map(lambda value: value / 4)
LABELLED = st.lists(st.tuples(st.booleans(), SCORES), min_size=2, max_size=40)
PAIRS = st.lists(st.tuples(SCORES, SCORES), min_size=3, max_size=40)
LETTERS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abcd")), min_size=1, max_size=40)


@given(LABELLED)
def test_auc_is_that_of_scikit_learn(items: list[tuple[bool, float]]) -> None:
    gold, scores = zip(*items, strict=True)
    if len(set(gold)) < 2:
        assert measures.auc(gold, scores) == 0.5
    else:
        assert measures.auc(gold, scores) == pytest.approx(metrics.roc_auc_score(gold, scores))


def test_auc_by_hand() -> None:
    assert measures.auc([True, False], [1.0, 0.0]) == 1.0
    assert measures.auc([True, False], [0.0, 1.0]) == 0.0
    assert measures.auc([True, False, False], [0.5, 0.5, 0.1]) == 0.75


@given(PAIRS)
def test_correlations_are_those_of_scipy(items: list[tuple[float, float]]) -> None:
    one, other = zip(*items, strict=True)
    assume(len(set(one)) > 1 and len(set(other)) > 1)
    assert measures.spearman(one, other) == pytest.approx(stats.spearmanr(one, other)[0], abs=1e-9)
    assert measures.pearson(one, other) == pytest.approx(stats.pearsonr(one, other)[0], abs=1e-9)
    assert measures.ranks(one).tolist() == stats.rankdata(one).tolist()


def test_what_does_not_vary_has_no_correlation() -> None:
    assert measures.spearman([1, 1, 1], [1, 2, 3]) == 0.0
    assert measures.pearson([1], [1]) == 0.0


@given(LETTERS)
def test_agreement_is_that_of_scikit_learn(items: list[tuple[str, str]]) -> None:
    gold, found = zip(*items, strict=True)
    wanted = metrics.f1_score(gold, found, labels=sorted(set(gold)), average="macro", zero_division=0)
    assert measures.macro_f1(gold, found) == pytest.approx(wanted)
    if len(set(gold) | set(found)) > 1:
        assert measures.kappa(gold, found) == pytest.approx(metrics.cohen_kappa_score(gold, found))


def test_errors_and_f1_by_hand() -> None:
    assert measures.mae([0, 10], [5, 5]) == 5.0
    assert measures.median([3, 1, 2]) == 2.0
    assert measures.median([]) == 0.0
    assert measures.f1(2, 4, 2) == pytest.approx(2 / 3)
    assert measures.f1(0, 0, 3) == 0.0
    assert measures.mean([]) == 0.0
    assert measures.kappa([], []) == 0.0


@given(st.lists(SCORES, min_size=1, max_size=30), st.integers(0, 5))
def test_interval_is_seeded_and_within_what_was_measured(values: list[float], seed: int) -> None:
    low, high = measures.interval(measures.mean, values, seed, rounds=40)
    assert min(values) - 1e-9 <= low <= high <= max(values) + 1e-9
    assert (low, high) == measures.interval(measures.mean, values, seed, rounds=40)


def test_interval_draws_documents_whole() -> None:
    """Ten copies of one document tell no more than one: the interval must not shrink."""
    values, units = [0.0, 1.0, 0.5, 0.2], ["a", "b", "c", "d"]
    once = measures.interval(measures.mean, values, 3, units)
    assert measures.interval(measures.mean, values * 10, 3, units * 10) == pytest.approx(once)
    alone = measures.interval(measures.mean, values * 10, 3)
    assert alone[1] - alone[0] < once[1] - once[0]


def test_interval_of_a_normal_mean_is_about_two_standard_errors() -> None:
    import numpy as np

    values = np.random.default_rng(1).normal(0, 1, 400).tolist()
    low, high = measures.interval(measures.mean, values, 0)
    assert high - low == pytest.approx(2 * 1.96 / 20, rel=0.15)


@given(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=40), st.integers(0, 9))
def test_folds_keep_groups_whole(groups: list[str], seed: int) -> None:
    folds = measures.folds_by(groups, 3, seed)
    assert all(0 <= fold < 3 for fold in folds)
    assert len(set(zip(groups, folds, strict=True))) == len(set(groups))
    sizes = [len({g for g, f in zip(groups, folds, strict=True) if f == fold}) for fold in range(3)]
    assert max(sizes) - min(sizes) <= 1
    assert folds == measures.folds_by(groups, 3, seed)
