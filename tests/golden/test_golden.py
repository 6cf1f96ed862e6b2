"""The golden articles come out as they did, and there is something of everything in them."""

import json
from typing import get_args

import pytest
from golden import kept, lines, moved
from golden_articles import HOW_MANY

from sensational.analysis import KINDS, VERDICTS, StanceLabel

# How the reasons of sensational/abstain.py begin, one by one.
REASONS = (
    "The article has no headline", "The headline is too long", "The article has no text",
    "The article is too short", "The article does not seem to be in English", "The article is a live blog",
    "The article is too long",
)  # fmt: skip


@pytest.fixture(scope="module")
def made() -> list[str]:
    return lines()


NEAR = 3.0
"""Points by which another processor's kernels may move a divergence."""
SHARE = 0.9
"""So many articles move by no more, and keep all their verdicts."""


def test_little_moved(made: list[str]) -> None:
    """The same articles come out alike; to the last bit only on the machine that wrote the file."""
    before, after = (list(map(json.loads, some)) for some in (kept(), made))
    assert [(one["id"], one["status"], one["reason"]) for one in after] == [
        (one["id"], one["status"], one["reason"]) for one in before
    ]
    alike = [
        abs((old["divergence"] or 0) - (new["divergence"] or 0)) <= NEAR
        and [(term["start"], term["verdict"]) for term in old["terms"]]
        == [(term["start"], term["verdict"]) for term in new["terms"]]
        for old, new in zip(before, after, strict=True)
    ]
    assert sum(alike) >= SHARE * len(alike), moved(kept(), made)


def test_there_is_something_of_everything() -> None:
    found = [json.loads(line) for line in kept()]
    assert len({one["id"] for one in found}) == HOW_MANY == len(found)
    terms = [term for one in found for term in one["terms"]]
    evidence = [piece for term in terms for piece in term["evidence"]]
    assert {term["kind"] for term in terms} >= set(KINDS) - {"urgency"}, "urgency is rare"
    # "attributed" and "shifted" are the verdicts that the verifier finds most seldom (the confusion in
    # docs/development/evaluation.md), and these articles hold none of them.
    assert {term["verdict"] for term in terms} >= {None, *VERDICTS} - {"attributed", "shifted"}
    assert {piece["voice"] for piece in evidence} >= {"author", "named", "unnamed"}
    # The verifier hardly ever says that a body disagrees (docs/how-it-works/verifier.md).
    assert {one["stance"]["label"] for one in found if one["stance"]} >= {*get_args(StanceLabel)} - {
        "disagree"
    }
    reasons = {one["reason"] for one in found} - {None}
    assert all(any(reason.startswith(start) for reason in reasons) for start in REASONS)
    assert all(reason.startswith(REASONS) for reason in reasons), "a new reason: add it, and an article"


def test_what_moved_is_named() -> None:
    before = ['{"id": "a", "x": {"y": [1, 2]}, "t": [1]}', '{"id": "b"}', '{"id": "c", "z": 1}']
    after = ['{"id": "a", "x": {"y": [1, 3]}, "t": []}', '{"id":"c", "z": 1}', '{"id": "d"}']
    assert moved(before, after) == [
        "a: x.y[1] 2 → 3; t 1 of them → 0 of them", "b: gone", "c: form only", "d: new",
    ]  # fmt: skip
    assert moved(before, before[::-1]) == ["the order of the articles"]
    assert moved(before, before) == []


def test_what_moved_everywhere_is_said_once() -> None:
    before = ['{"id": "a", "p": 1, "x": 5}', '{"id": "b", "p": 1, "x": 5}']
    after = ['{"id": "a", "p": 2, "x": 5}', '{"id": "b", "p": 2, "x": 6}']
    assert moved(before, after) == ["b: x 5 → 6", "every article: p 1 → 2"]
