"""Agreement beyond chance, against published figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational.agreement import krippendorff_alpha


def test_alpha_of_published_data() -> None:
    """Krippendorff (2011), example C: four observers, twelve units, with answers missing."""
    observers = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    units = [[row[place] for row in observers if row[place] is not None] for place in range(12)]
    assert krippendorff_alpha(units, "nominal") == pytest.approx(0.743, abs=0.0005)
    assert krippendorff_alpha(units, "ordinal") == pytest.approx(0.815, abs=0.0005)
    assert krippendorff_alpha(units, "interval") == pytest.approx(0.849, abs=0.0005)


def test_alpha_by_hand() -> None:
    assert krippendorff_alpha([[0, 0], [1, 1]], "nominal") == 1.0
    assert krippendorff_alpha([[0, 1], [1, 0]], "nominal") == pytest.approx(-0.5)
    assert krippendorff_alpha([[1, 1], [1, 1]], "nominal") is None
    assert krippendorff_alpha([[1], [2], []], "ordinal") is None
    assert krippendorff_alpha([], "ordinal") is None


UNITS = st.lists(st.lists(st.integers(0, 2), max_size=6), max_size=8)


@given(UNITS, st.sampled_from(["nominal", "ordinal", "interval"]), st.randoms())
def test_alpha_asks_neither_for_order_nor_for_single_answers(units, level, chance) -> None:  # type: ignore[no-untyped-def]
    found = krippendorff_alpha(units, level)
    assert found is None or found <= 1.0
    mixed = [chance.sample(unit, len(unit)) for unit in chance.sample(units, len(units))] + [[1]]
    again = krippendorff_alpha(mixed, level)
    assert (again is None) == (found is None)
    if found is not None:
        assert again == pytest.approx(found)
        if all(len(set(unit)) < 2 for unit in units):
            assert found == 1.0
