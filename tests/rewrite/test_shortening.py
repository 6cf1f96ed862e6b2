"""Sentences cut down to headlines, and what must never be cut. Every sentence is invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational.rewrite.clauses import can_stand, single_marks
from sensational.rewrite.shorten import shortenings, tidied
from sensational.rewrite.words import has_main_verb, is_complete, lower_words

NAMES = frozenset({"jo", "bell"})


@pytest.mark.parametrize(
    ("sentence", "tidy"),
    [
        ("The council closed the pool on Tuesday.", "The council closed the pool"),
        ("The council will meet by Friday.", "The council will meet by Friday"),
        ("She spent her Sunday afternoon in the pool.", "She spent her Sunday afternoon in the pool"),
        ("But the mayor kept the keys.", "The mayor kept the keys"),
        ("In short order the pool was shut.", "In short order the pool was shut"),
        ("OSTREL (AP) — The mayor kept the keys.", "The mayor kept the keys"),
        ("Jo Bell, 51, kept the keys (again).", "Jo Bell kept the keys"),
        ("The pool — old and green — was shut.", "The pool was shut"),
        ("The mayor moved to the U.S.", "The mayor moved to the U.S."),
        ("He wrote that the pool was shut.", "He said that the pool was shut"),
    ],
)
def test_what_a_headline_leaves_out(sentence: str, tidy: str) -> None:
    assert tidied(sentence) == tidy


@pytest.mark.parametrize(
    ("sentence", "cut"),
    [
        (
            "Two divers found the old bell under the pier after a search that took the whole of the spring.",
            "Two divers found the old bell under the pier",
        ),
        (
            "After a long debate, the council closed the pool.",
            "The council closed the pool",
        ),
        (
            "The mayor, who was elected in spring, closed the pool.",
            "The mayor closed the pool",
        ),
        (
            "The council closed the pool for the whole winter, leaving swimmers without a lane.",
            "The council closed the pool for the whole winter",
        ),
    ],
)
def test_adjuncts_are_cut(sentence: str, cut: str) -> None:
    assert cut in list(shortenings(sentence))


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        (
            "The pool in the old town will be closed for good, but only if the roof falls.",
            "if the roof falls",
        ),
        ("The pool in the old town was closed for good last week, the council said.", "the council said"),
        ("The pool in the old town is the dearest of all, a new survey shows.", "a new survey shows"),
        ("The pool in the old town has been closed for good, according to the council.", "according to"),
        ("As the Elmby Echo reported, the council closed the pool.", "Echo reported"),
        ("Unless the roof falls, the pool will stay open for the swimmers.", "Unless the roof falls"),
        ("The clerk had hardly opened the door of the hall when the lamps went out.", "when the lamps"),
        ("For decades, the town has known that the cellar, in the old hall, was wet.", "has known"),
    ],
)
def test_what_limits_or_attributes_is_kept(sentence: str, kept: str) -> None:
    found = list(shortenings(sentence))
    assert found
    assert all(kept in one for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "Jo Bell closed the pool after a long debate",
        "Hundreds of swimmers have signed a letter to the mayor",
        "Police say that the driver of the van fled",
    ],
)
def test_can_stand(text: str) -> None:
    assert can_stand(text, frozenset(), NAMES, lead=True)


@pytest.mark.parametrize(
    "text",
    [
        "He closed the pool after a long debate",  # who?
        "This decision was made after a long debate",
        "The agency closed the pool after a debate",  # which?
        "Two weeks later the pool was closed again",
        "No, the pool was never closed at all",
        "We closed the pool after a long debate",
        "Closed after a long debate in the hall",
        "The audit of the pool and of the hall",  # no verb
        "Jo Bell said that the audit of the pool",  # nothing said
        "Jo Bell didn’t just close the old pool",  # half of a pair
        "The Pool Has Been Closed For The Whole Winter",  # a headline of its own
        "Jo Bell closed the pool and its",
        "Jo Bell: the pool will be closed",
    ],
)
def test_cannot_stand(text: str) -> None:
    assert not can_stand(text, frozenset(), NAMES, lead=False)


def test_a_thing_that_the_headline_names_needs_no_introduction() -> None:
    text = "The pool was closed for the whole winter"
    assert can_stand(text, frozenset({"pool"}), NAMES, lead=False)
    assert not can_stand(text, frozenset(), NAMES, lead=False)


@pytest.mark.parametrize(
    ("text", "main", "complete"),
    [
        ("the mayor closed the pool", True, True),
        ("cancellation notices going out to swimmers", False, False),
        ("swimmers affected by the closure", False, False),
        ("the mayor said the pool and the hall", True, False),
        ("the mayor said the pool was shut", True, True),
    ],
)
def test_verbs(text: str, main: bool, complete: bool) -> None:
    words = lower_words(text)
    assert (has_main_verb(words), is_complete(words)) == (main, complete)


def test_marks_are_those_of_headlines() -> None:
    assert single_marks('A “cold” and "wet" pool') == "A ‘cold’ and ‘wet’ pool"


@given(st.text(max_size=400))
def test_any_text_is_cut_to_parts_of_itself(text: str) -> None:
    for short in shortenings(text):
        assert len(short) <= len(text) + 20  # a dash may gain its spaces
        assert short == short.strip()
