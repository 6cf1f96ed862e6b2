"""Loading: of the headline alone, 0 to 100, and more with every loaded term."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational.analysis import KINDS, Kind
from sensational.loading import KIND_WEIGHTS, headline_loading
from sensational.terms import Span


def span(kind: Kind, loading: float) -> Span:
    return Span(0, 1, 0, 1, kind, loading)


SPANS = st.lists(st.builds(span, st.sampled_from(KINDS), st.floats(0, 1)), max_size=20)


def test_by_hand() -> None:
    assert headline_loading([]) == 0
    assert headline_loading([span("emotion", 1.0)]) == 50
    assert headline_loading([span("emotion", 1.0), span("judgement", 0.5)]) == 62.5
    assert headline_loading([span("plain", 0.4)]) == 0


def test_every_kind_has_a_weight() -> None:
    assert set(KIND_WEIGHTS) == set(KINDS)
    assert all(0 <= weight < 1 for weight in KIND_WEIGHTS.values())


@given(SPANS)
def test_bounded_and_the_same_in_any_order(spans: list[Span]) -> None:
    assert 0 <= headline_loading(spans) <= 100
    assert headline_loading(spans) == pytest.approx(headline_loading(spans[::-1]), abs=0.011)


@given(SPANS, st.sampled_from(KINDS), st.floats(0, 1))
def test_another_term_never_lowers_it(spans: list[Span], kind: Kind, loading: float) -> None:
    assert headline_loading([*spans, span(kind, loading)]) >= headline_loading(spans)


@given(SPANS.filter(bool), st.data())
def test_a_louder_term_never_lowers_it(spans: list[Span], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(spans) - 1))
    louder = spans[at]._replace(loading=data.draw(st.floats(spans[at].loading, 1)))
    assert headline_loading([*spans[:at], louder, *spans[at + 1 :]]) >= headline_loading(spans)
