"""The gate: what closes it, and what each flag may move."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational.evaluation import benchmark, gate
from sensational.evaluation.result import Figure, SetResult
from sensational.evaluation.run import BENCHMARK, SETS

GOOD = Figure("good", 0.8, 10, floor=0.5)
ERROR = Figure("error", 12.0, 10, aim=10.0, higher_is_better=False)
ASIDE = Figure("aside", 0.1, 10)


def measured(*figures: Figure, checksum: str = "a" * 64, name: str = "set") -> gate.Measured:
    return gate.Measured(name, SetResult(name, figures), {"rows.jsonl.gz": checksum})


def first(*figures: Figure) -> gate.Floors:
    return gate.raised([measured(*figures)], {})[0]


def test_first_floors_lie_a_little_below_and_hold_what_has_a_bar() -> None:
    floors = first(GOOD, ERROR, ASIDE)
    assert floors["set"]["figures"] == {"good": 0.792, "error": 12.12}
    assert not gate.faults([measured(GOOD, ERROR, ASIDE)], floors)


def test_a_figure_below_its_floor_closes_the_gate() -> None:
    floors = first(GOOD, ERROR)
    worse = [measured(replace(GOOD, value=0.7), replace(ERROR, value=13.0))]
    assert [one.what for one in gate.faults(worse, floors)] == [
        "error: 13.0000, floor 12.1200",
        "good: 0.7000, floor 0.7920",
    ]
    assert not gate.faults([measured(replace(GOOD, value=0.795), ERROR)], floors)


def test_another_file_a_lost_figure_and_a_lost_set_close_the_gate() -> None:
    floors = first(GOOD, ERROR)
    (changed,) = gate.faults([measured(GOOD, ERROR, checksum="b" * 64)], floors)
    assert "rows.jsonl.gz" in changed.what
    (lost,) = gate.faults([measured(GOOD)], floors)
    assert lost.what == "error: has a floor and was not measured"
    (gone,) = gate.faults([], floors)
    assert not gone.lowered


def test_raising_never_lowers_and_lowering_never_raises() -> None:
    floors = first(GOOD, ERROR)
    better = measured(replace(GOOD, value=0.9), replace(ERROR, value=5.0))
    worse = measured(replace(GOOD, value=0.6), replace(ERROR, value=20.0))
    assert gate.raised([worse], floors) == (floors, ())
    assert gate.lowered([better], floors) == (floors, ())
    up, said = gate.raised([better], floors)
    assert up["set"]["figures"] == {"good": 0.891, "error": 5.05}
    assert "set: good: 0.7920 to 0.8910" in said
    down, said = gate.lowered([worse], floors)
    assert down["set"]["figures"] == {"good": 0.594, "error": 20.2}
    assert "set: error: 12.1200 to 20.2000" in said


def test_a_changed_file_is_not_taken_over_by_raising() -> None:
    floors = first(GOOD)
    other = measured(replace(GOOD, value=0.9), checksum="b" * 64)
    assert gate.raised([other], floors) == (floors, ())
    new, said = gate.lowered([other], floors)
    assert new["set"]["files"] == {"rows.jsonl.gz": "b" * 64}
    assert said == ("set: rows.jsonl.gz: another checksum",)
    assert not gate.faults([other], new)


def test_lowering_takes_away_what_is_measured_no_more_and_leaves_other_sets() -> None:
    floors = {**first(GOOD, ERROR), "other": {"files": {}, "figures": {"x": 1.0}}}
    new, said = gate.lowered([measured(GOOD)], floors)
    assert new["set"]["figures"] == {"good": 0.792}
    assert new["other"] == floors["other"]
    assert said == ("set: error: 12.1200 taken away",)


@given(st.floats(-100, 100), st.booleans())
def test_a_figure_passes_the_floor_that_it_sets(value: float, higher: bool) -> None:
    one = measured(Figure("x", value, 1, floor=0.0, higher_is_better=higher))
    assert not gate.faults([one], gate.raised([one], {})[0])


def test_floors_are_written_and_read_alike(tmp_path: Path) -> None:
    floors, path = first(GOOD, ERROR), tmp_path / "floors.json"
    assert gate.read_floors(path) == {}
    gate.write_floors(floors, path)
    assert gate.read_floors(path) == floors
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(ValueError, match="no JSON object"):
        gate.read_floors(path)


def test_checksums_are_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert gate.checksums([tmp_path / "a"]) == {
        "a": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    }


def test_the_floors_of_the_package_are_of_sets_that_there_are() -> None:
    floors = gate.read_floors(Path(gate.__file__).with_name("floors.json"))
    files = {name: set(one.files) for name, one in SETS.items()}
    files[BENCHMARK] = {benchmark.HEADLINES, benchmark.ARTICLES}
    for name, one in floors.items():
        assert set(one) == {"files", "figures"}
        assert set(one["files"]) == files[name]
        assert all(len(checksum) == 64 for checksum in one["files"].values())
        assert all(isinstance(floor, float) for floor in one["figures"].values())
