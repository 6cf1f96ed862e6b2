"""Every fuzzed function over its seeds and some of them changed; `tox -e fuzz` goes on for an hour."""

from __future__ import annotations

import logging

import pytest
from inputs import mutated, seeds
from targets import TARGETS

# How many changed inputs: few where one takes tenths of a second.
CHANGED = {"report_html": 3, "report_pdf": 2, "worksheet": 6, "summary": 6, "rewriting": 15, "scoring": 20}
OTHERS = 40


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_but_an_answer(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.root.manager, "disable", logging.CRITICAL)  # broken forms are logged
    dear = name in ("report_html", "report_pdf", "worksheet", "summary")
    for data in [*seeds(name)[-3 if dear else 0 :], *mutated(name, CHANGED.get(name, OTHERS))]:
        TARGETS[name](data)
