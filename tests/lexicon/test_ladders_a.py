"""Holds the ladders of emotion and judgement to their own examples."""

from __future__ import annotations

from collections import defaultdict
from importlib.resources import files
from itertools import pairwise

import pytest

from sensational.language.document import Document
from sensational.lexicon.loader import Entry, Hit, Ladder, Lexicon, load, rows

LOADED = 0.25
"""From this loading on, an entry raises the stakes."""
LADDERS = files("sensational.lexicon") / "en" / "ladders"
TABLES = sorted(
    path.name
    for path in LADDERS.iterdir()
    if path.name.startswith(("emotion", "judgement")) and path.name.endswith(".tsv")
)
OURS = [row["ladder"] for name in TABLES if name.endswith(".ladders.tsv") for row in rows(LADDERS / name)]
ENTRIES: dict[str, list[dict[str, str]]] = defaultdict(list)
for _name in TABLES:
    if _name.endswith(".entries.tsv"):
        for _row in rows(LADDERS / _name):
            ENTRIES[_row["ladder"]].append(_row)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load("en")


def _hits(lexicon: Lexicon, text: str) -> list[Hit]:
    return lexicon.find(Document(text).words)


def _on(lexicon: Lexicon, ladder: str, text: str) -> list[Entry]:
    return [entry for hit in _hits(lexicon, text) for entry in hit.entries if entry.ladder == ladder]


def test_volume() -> None:
    assert len(OURS) >= 220
    assert sum(len(ENTRIES[ladder]) for ladder in OURS) >= 1800


@pytest.mark.parametrize("name", OURS)
def test_ladder_holds_its_own_examples(name: str, lexicon: Lexicon) -> None:
    ladder: Ladder = lexicon.ladders[name]
    assert ladder.for_
    assert ladder.against
    for text in ladder.for_:
        assert any(entry.loading >= LOADED for entry in _on(lexicon, name, text)), text
    for text in ladder.against:
        assert not _on(lexicon, name, text), text


@pytest.mark.parametrize("name", OURS)
def test_ladder_is_in_order_of_strength(name: str) -> None:
    by_rung: dict[int, list[float]] = defaultdict(list)
    for row in ENTRIES[name]:
        assert row["pos"] in set("vnarx"), row
        assert row["entry"] == row["entry"].lower().strip(), row
        assert len(row["reason"].split()) >= 2, row
        loading = float(row["loading"])
        assert 0 <= loading <= 1
        by_rung[int(row["rung"])].append(loading)
    assert min(by_rung) == 1, "the plain words come first"
    assert max(by_rung[1]) < LOADED
    assert len(by_rung) >= 2
    means = [sum(by_rung[rung]) / len(by_rung[rung]) for rung in sorted(by_rung)]
    assert all(low <= high + 0.05 for low, high in pairwise(means)), means


@pytest.mark.parametrize("name", OURS)
def test_ladder_lists_nothing_twice(name: str) -> None:
    listed = [(row["entry"], row["pos"]) for row in ENTRIES[name]]
    assert len(set(listed)) == len(listed)


def test_phrases_that_load_nothing(lexicon: Lexicon) -> None:
    root = files("sensational.lexicon") / "en"
    assert len(rows(root / "not_loaded.tsv")) >= 250
    for row in rows(root / "not_loaded.examples.tsv"):
        text, word = row["text"], row["word"]
        assert word in text.lower(), row
        loaded = [
            hit
            for hit in _hits(lexicon, text)
            if word in Document(text).words[hit.first : hit.last]
            and max(entry.loading for entry in hit.entries) >= LOADED
        ]
        assert not loaded, (text, word, loaded)
