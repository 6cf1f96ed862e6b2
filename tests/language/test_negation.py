"""Negation and denial, with their scope, and set phrases that deny nothing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational.language.document import Document
from sensational.language.negation import Negation, denials, negations


def negated(text: str) -> list[Negation]:
    document = Document(text)
    return [one for sentence in document.sentences for one in negations(document, sentence)]


def denied(text: str) -> list[Negation]:
    document = Document(text)
    return [one for sentence in document.sentences for one in denials(document, sentence)]


def denies(text: str) -> float:
    document = Document(text)
    return max((one.strength for one in denials(document, document.sentences[0])), default=0.0)


@pytest.mark.parametrize(
    ("text", "cue", "scope"),
    [
        ("Nobody was killed in the fire.", "Nobody", "Nobody was killed in the fire"),
        ("The dog did not bark, and the cat slept.", "not", "not bark"),
        ("The dog didn’t bark.", "didn’t", "didn’t bark"),
        ("The firm failed to pay its staff.", "failed to", "failed to pay its staff"),
        ("They left without a map.", "without", "without a map"),
        ("The road is no longer open.", "no longer", "no longer open"),
    ],
)
def test_negations_have_a_scope(text: str, cue: str, scope: str) -> None:
    (one,) = negated(text)
    assert (one.cue, text[one.start : one.end]) == (cue, scope)


@pytest.mark.parametrize(
    "text",
    [
        "Not only the dog barked.",
        "There is no doubt that he paid.",
        "No sooner had she paid than it rained.",
        "You cannot deny that he paid.",
        "He never fails to pay.",
        "A few guests came.",
        "The dog barked.",
    ],
)
def test_set_phrases_negate_nothing(text: str) -> None:
    assert negated(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The ministry denied the report.",
        "The story is a hoax.",
        "The claim is untrue, the firm said.",
        "There is no evidence that the ship sank.",
        "The picture turned out to be fake.",
        "The wedding did not happen.",
        "The quotation was fabricated.",
        "The tale first stood on a satirical website.",
        "The paper has since retracted its story.",
        "The rumour was debunked.",
        "The claim was denied by the club.",
    ],
)
def test_denials(text: str) -> None:
    assert denies(text) >= 0.6


@pytest.mark.parametrize(
    "text",
    [
        "Nobody denied the report.",
        "The mayor did not deny it.",
        "It is no hoax.",
        "You cannot deny that he paid.",
        "He was denied entry to the club.",
        "The coach was dismissed from his post.",
        "The ship sank in a storm.",
        "She asked a question.",
    ],
)
def test_no_denials(text: str) -> None:
    assert denied(text) == []


def test_a_fake_thing_is_no_fake_story() -> None:
    assert (
        0 < denies("Police seized fake passports at the port.") < 0.5 < denies("The passports story is fake.")
    )


def test_a_verdict_covers_its_clause_on_both_sides() -> None:
    text = "The claim that the ship sank is untrue."
    (one,) = denied(text)
    assert text[one.start : one.end] == "The claim that the ship sank is untrue"


@given(
    st.lists(
        st.sampled_from(
            [
                "not",
                "no",
                "doubt",
                "deny",
                "denied",
                "hoax",
                "the",
                ",",
                ";",
                "but",
                "fails",
                "to",
                "never",
                "is",
                "fake",
            ]
        ),
        max_size=14,
    )
)
def test_spans_slice_and_strengths_are_shares(words: list[str]) -> None:
    text = " ".join(words)
    for one in negated(text) + denied(text):
        assert 0 <= one.start <= one.cue_start < one.cue_end <= one.end <= len(text)
        assert 0 < one.strength <= 1
    document = Document(text)
    for sentence in document.sentences:
        assert all(0 < one.strength <= 1 for one in denials(document, sentence))


def test_time_is_linear() -> None:
    started = time.perf_counter()
    text = "nobody denied the hoax that was not fake " * 4_000
    negated(text)
    denied(text)
    assert time.perf_counter() - started < 6
