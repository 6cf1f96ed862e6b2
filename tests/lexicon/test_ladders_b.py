"""Holds the ladders of force, scale and certainty, and the irregular forms, to their own examples."""

from __future__ import annotations

from collections import defaultdict
from importlib.resources import files
from itertools import pairwise

import pytest

from sensational.language.document import Document
from sensational.lexicon.loader import Entry, Ladder, Lexicon, load, rows

LOADED = 0.25
"""From this loading on, an entry raises the stakes."""

ENGLISH = files("sensational.lexicon") / "en"
KINDS = ("force", "scale", "certainty")
TABLES = sorted(
    path.name
    for path in (ENGLISH / "ladders").iterdir()
    if path.name.startswith(KINDS) and path.name.endswith(".tsv")
)
LADDERS = {
    row["ladder"]: row
    for name in TABLES
    if name.endswith(".ladders.tsv")
    for row in rows(ENGLISH / "ladders" / name)
}
ENTRIES: dict[str, list[dict[str, str]]] = defaultdict(list)
for _name in TABLES:
    if _name.endswith(".entries.tsv"):
        for _row in rows(ENGLISH / "ladders" / _name):
            ENTRIES[_row["ladder"]].append(_row)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load("en")


def _on(ladder: str, text: str, lexicon: Lexicon) -> list[Entry]:
    hits = lexicon.find(Document(text).words)
    return [entry for hit in hits for entry in hit.entries if entry.ladder == ladder]


def test_volume() -> None:
    assert {row["kind"] for row in LADDERS.values()} == set(KINDS)
    assert len(LADDERS) >= 220
    assert sum(map(len, ENTRIES.values())) >= 2000
    assert set(ENTRIES) == set(LADDERS), "a ladder without entries, or entries without a ladder"


def test_no_ladder_is_defined_twice() -> None:
    tables = [path for path in (ENGLISH / "ladders").iterdir() if path.name.endswith(".ladders.tsv")]
    ids = [row["ladder"] for path in tables for row in rows(path)]
    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize("name", LADDERS)
def test_ladder_holds_its_own_examples(name: str, lexicon: Lexicon) -> None:
    ladder: Ladder = lexicon.ladders[name]
    assert ladder.for_
    assert ladder.against
    for text in ladder.for_:
        assert _on(name, text, lexicon), text
    for text in ladder.against:
        assert not _on(name, text, lexicon), text


@pytest.mark.parametrize("name", LADDERS)
def test_ladder_is_in_order_of_strength(name: str) -> None:
    by_rung: dict[int, list[float]] = defaultdict(list)
    for row in ENTRIES[name]:
        assert row["pos"] in set("vnarx"), row
        assert row["entry"] == row["entry"].lower().strip(), row
        assert len(row["reason"].split()) >= 2, row
        by_rung[int(row["rung"])].append(float(row["loading"]))
    assert sorted(by_rung) == list(range(1, len(by_rung) + 1)), "rungs count from 1 without a hole"
    assert max(by_rung[1]) < LOADED, "the plain words come first"
    assert all(0 <= loading <= 1 for loadings in by_rung.values() for loading in loadings)
    means = [sum(by_rung[rung]) / len(by_rung[rung]) for rung in sorted(by_rung)]
    assert all(low <= high for low, high in pairwise(means)), means


@pytest.mark.parametrize("name", LADDERS)
def test_ladder_lists_nothing_twice(name: str) -> None:
    listed = [row["entry"] for row in ENTRIES[name]]
    assert len(set(listed)) == len(listed)


def test_reasons_are_of_a_rung_not_of_a_list() -> None:
    places = {(row["ladder"], row["rung"], row["reason"]) for rung in ENTRIES.values() for row in rung}
    assert len({reason for _, _, reason in places}) >= 0.95 * len(places)


@pytest.mark.parametrize(
    ("lemma", "pos", "form"),
    [
        ("flee", "v", "fled"),
        ("shoot", "v", "shot"),
        ("steal", "v", "stolen"),
        ("acquit", "v", "acquitted"),
        ("panic", "v", "panicking"),
        ("crisis", "n", "crises"),
        ("gunman", "n", "gunmen"),
        ("bad", "a", "worst"),
    ],
)
def test_irregular_forms(lemma: str, pos: str, form: str) -> None:
    listed = {(row["lemma"], row["pos"]): row["forms"].split("|") for row in rows(ENGLISH / "irregular.tsv")}
    assert form in listed[lemma, pos]


def test_irregular_table_is_large_and_lists_nothing_twice() -> None:
    table = rows(ENGLISH / "irregular.tsv")
    keys = [(row["lemma"], row["pos"]) for row in table]
    assert len(set(keys)) == len(keys)
    assert sum(pos == "v" for _, pos in keys) >= 200
    for row in table:
        forms = row["forms"].split("|")
        assert all(forms), row
        assert len(set(forms)) == len(forms), row


@pytest.mark.parametrize(
    ("plain", "strong", "ladder"),
    [
        ("left", "fled", "retreat"),
        ("criticised", "eviscerated", "criticise"),
        ("fell", "cratered", "fall"),
        ("several", "millions", "many"),
        ("may", "will", "will"),
        ("suggests", "proves", "prove"),
        ("contributed to", "caused", "cause"),
    ],
)
def test_plain_words_stand_below_strong_ones(plain: str, strong: str, ladder: str, lexicon: Lexicon) -> None:
    low, high = _on(ladder, plain, lexicon), _on(ladder, strong, lexicon)
    assert low
    assert high
    assert max(entry.rung for entry in low) < min(entry.rung for entry in high)
    assert max(entry.loading for entry in low) < LOADED <= max(entry.loading for entry in high)
