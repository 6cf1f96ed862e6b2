"""Headlines cut off at an adjunct, and what must never be cut off. Every sentence is invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational.rewrite.shorten import cuts
from sensational.rewrite.words import has_main_verb, is_complete, lower_words


@pytest.mark.parametrize(
    ("sentence", "cut"),
    [
        (
            "Two divers found the old bell under the pier after a search that took the whole of the spring.",
            "Two divers found the old bell under the pier",
        ),
        (
            "The council closed the pool for the whole winter, leaving swimmers without a lane.",
            "The council closed the pool for the whole winter",
        ),
    ],
)
def test_adjuncts_are_cut(sentence: str, cut: str) -> None:
    assert cut in list(cuts(sentence))


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
        ("The clerk had hardly opened the door of the hall when the lamps went out.", "when the lamps"),
    ],
)
def test_what_limits_or_attributes_is_kept(sentence: str, kept: str) -> None:
    assert all(kept in one for one in cuts(sentence))


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


@given(st.text(max_size=400))
def test_any_text_is_cut_to_its_beginning(text: str) -> None:
    assert all(text.startswith(short) for short in cuts(text))
