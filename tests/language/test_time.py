import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sensational.language.document import Document
from sensational.language.time import headline_tense, is_earlier, tense, times


@pytest.mark.parametrize(
    ("text", "span", "named", "days"),
    [
        ("The bridge closed yesterday.", "yesterday", "past", (1, 1)),
        ("The bridge closed in early April.", "in early April", "past", (15, 365)),
        ("The bridge closed in April 2012.", "in April 2012", "past", (180, 36525)),
        ("It was built in 1987 by hand.", "in 1987", "past", (180, 36525)),
        ("It was built in the 1980s.", "in the 1980s", "past", (180, 36525)),
        ("The bridge closed last year.", "last year", "past", (1, 730.5)),
        ("The bridge closed two weeks ago.", "two weeks ago", "past", (14, 14)),
        ("Weeks ago the bridge closed.", "Weeks ago", "past", (14, 70)),
        ("A few days ago the bridge closed.", "A few days ago", "past", (2, 6)),
        ("The bridge closed on Monday.", "on Monday", "past", (0, 7)),
        ("The bridge closes next week.", "next week", "future", (-14, -1)),
        ("The bridge is closed this week.", "this week", "present", (-7, 7)),
    ],
)
def test_names_times(text, span, named, days):
    (found,) = times(text)
    assert (found.text, found.tense) == (span, named)
    assert found.days == pytest.approx(days)


@pytest.mark.parametrize(
    "text", ["", "In the north, farmers wait.", "He lives in town.", "The last goat left."]
)
def test_names_none(text):
    assert times(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The council closed the bridge.", "past"),
        ("The goats fled.", "past"),
        ("The bridge was closed.", "past"),
        ("The bridge is closed.", "present"),
        ("The council has a bridge.", "present"),
        ("The council will close the bridge.", "future"),
        ("The council plans to close the bridge.", "future"),
        ("Farmers need a bridge.", "present"),
    ],
)
def test_tense_of_a_sentence(text, expected):
    document = Document(text)
    assert tense(document, document.sentences[0]) == expected


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Firm to split in two", "future"),
        ("Council will close bridge", "future"),
        ("Council closes bridge", "present"),
        ("Council vows to close bridge", "present"),
        ("Three held after raid on farm", "present"),
        ("Bridge was never safe", "past"),
    ],
)
def test_tense_of_a_headline(headline, expected):
    assert headline_tense(headline) == expected


@pytest.mark.parametrize(
    ("headline", "body", "expected"),
    [
        ("Goats flee burning farm", "The goats fled in early April.", True),
        ("Goats flee burning farm", "The goats fled weeks ago.", True),
        ("Goats flee burning farm", "In 2013, goats fled the farm.", True),
        ("Goats flee burning farm", "The goats fled on Monday.", False),
        ("Goats flee burning farm", "The goats fled yesterday.", False),
        ("Goats flee burning farm", "The goats fled.", False),
        ("Goats to move out", "The goats will move in April.", False),
        ("How goats fled the farm in 2013", "In 2013, goats fled the farm.", False),
    ],
)
def test_is_earlier(headline, body, expected):
    document = Document(body)
    assert is_earlier(headline, document, document.sentences[0]) is expected


WORDS = ["in", "on", "ago", "last", "next", "this", "a", "two", "2013", "April", "weeks", "few", "long"]


@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
@settings(deadline=None)
def test_spans_slice_and_do_not_overlap(text):
    end = 0
    for one in times(text):
        assert text[one.start : one.end] == one.text
        assert end <= one.start < one.end
        assert one.days[0] <= one.days[1]
        end = one.end
