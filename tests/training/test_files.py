"""Trained files: the same bytes each time, and nothing that could run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sensational.training.files import provenance, versions, write_json


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


def test_provenance_names_no_time_and_no_path() -> None:
    facts = provenance(what="x", seed=0)
    assert set(facts) == {"python", "what", "seed"}
    assert set(versions("numpy")) == {"numpy"}
