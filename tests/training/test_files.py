"""Trained files: the same bytes each time, and nothing that could run."""

from __future__ import annotations

import json
import time
from pathlib import Path

import numpy as np
import pytest

from sensational.training.files import checksum, provenance, versions, write_json, write_npz


def test_json_is_sorted_and_ends_with_a_newline(tmp_path: Path) -> None:
    write_json(tmp_path / "a.json", {"b": 1, "a": "é"})
    raw = (tmp_path / "a.json").read_bytes()
    assert raw == '{\n "a": "é",\n "b": 1\n}\n'.encode()
    assert json.loads(raw) == {"a": "é", "b": 1}


def test_json_refuses_what_has_no_form(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_json(tmp_path / "a.json", {"a": float("nan")})
    with pytest.raises(TypeError):
        write_json(tmp_path / "a.json", {"a": {1, 2}})


def test_npz_is_byte_identical_whenever_and_in_whatever_order_it_is_written(tmp_path: Path) -> None:
    one, two = np.arange(6, dtype=np.int8), np.array(["x", "yy"])
    write_npz(tmp_path / "a.npz", {"one": one, "two": two})
    time.sleep(0.01)
    write_npz(tmp_path / "b.npz", {"two": two, "one": one})
    assert checksum(tmp_path / "a.npz") == checksum(tmp_path / "b.npz")
    with np.load(tmp_path / "a.npz", allow_pickle=False) as read:
        assert read["one"].tolist() == [0, 1, 2, 3, 4, 5]
        assert read["two"].tolist() == ["x", "yy"]


def test_npz_does_not_depend_on_byte_order_or_layout(tmp_path: Path) -> None:
    array = np.arange(6, dtype=np.int32).reshape(2, 3)
    write_npz(tmp_path / "a.npz", {"a": array})
    write_npz(tmp_path / "b.npz", {"a": np.asfortranarray(array.astype(">i4"))})
    assert checksum(tmp_path / "a.npz") == checksum(tmp_path / "b.npz")


def test_npz_refuses_objects(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="allow_pickle"):
        write_npz(tmp_path / "a.npz", {"a": np.array([{}], dtype=object)})


def test_provenance_names_no_time_and_no_path() -> None:
    facts = provenance(what="x", seed=0)
    assert set(facts) == {"python", "what", "seed"}
    assert set(versions("numpy")) == {"numpy"}
