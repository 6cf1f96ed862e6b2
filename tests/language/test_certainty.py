"""Hedges, and what only looks like them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational.language.certainty import Hedge, hedges, is_hedged, vagueness
from sensational.language.document import Document


def found(text: str) -> list[Hedge]:
    document = Document(text)
    return [hedge for sentence in document.sentences for hedge in hedges(document, sentence)]


@pytest.mark.parametrize(
    ("text", "cue", "kind", "weakened"),
    [
        ("The ferry may sink tonight.", "may", "modal", "The ferry may sink tonight"),
        ("The alleged thief sold the ring.", "alleged", "evidential", "alleged thief sold the ring"),
        ("The cook has reportedly left, but the guests stay.", "reportedly", "evidential",
         "The cook has reportedly left"),
        ("The cook, believed to be ill, sang alone.", "believed to", "evidential", "believed to be ill"),
        ("Snow is likely to fall.", "is likely to", "approximator", "Snow is likely to fall"),
        ("If the dam breaks, the town floods.", "If", "conditional", "If the dam breaks, the town floods"),
        ("Storm May Hit Coast", "May", "modal", "Storm May Hit Coast"),
        ("STORM MAY HIT COAST", "MAY", "modal", "STORM MAY HIT COAST"),
    ],
)  # fmt: skip
def test_a_hedge_has_a_kind_and_a_scope(text: str, cue: str, kind: str, weakened: str) -> None:
    (hedge,) = found(text)
    assert (hedge.cue, hedge.kind, text[hedge.start : hedge.end]) == (cue, kind, weakened)
    assert text[hedge.cue_start : hedge.cue_end] == cue
    assert 0 < hedge.strength <= 1


@pytest.mark.parametrize(
    "text",
    [
        "The fair opens in May.",
        "May 5 was cold.",
        "Theresa May resigned.",
        "He pushed with all his might.",
        "They could not open the safe.",
        "She can swim.",
        "Call as soon as possible.",
        "The bell rang at noon.",
    ],
)
def test_no_hedge(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        ("The chapel was probably built by monks.", True),
        ("Many regard it as the best of his plays.", True),
        ("The chapel was built in 1712.", False),
        ("The river crosses two counties.", False),
        ("", False),
    ],
)
def test_is_hedged(text: str, hedged: bool) -> None:
    assert is_hedged(text) is hedged


def test_stronger_doubt_is_stronger() -> None:
    def of(text: str) -> float:
        document = Document(text)
        return vagueness(document, document.sentences[0])

    assert of("He allegedly paid.") > of("He will probably pay.") > of("He paid.") == 0


@given(st.text(alphabet="abi ,.;M", max_size=20).map(lambda text: f"it may {text} if possibly {text} rain"))
def test_scopes_hold_their_cue_and_slice(text: str) -> None:
    for hedge in found(text):
        assert 0 <= hedge.start <= hedge.cue_start < hedge.cue_end <= hedge.end <= len(text)


def test_time_is_linear() -> None:
    started = time.perf_counter()
    found("perhaps may if alleged possible " * 4_000)
    assert time.perf_counter() - started < 6
