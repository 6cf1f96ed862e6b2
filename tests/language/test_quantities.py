import math
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sensational.language.number_words import CARDINAL, FRACTION, ORDINAL, SCALE
from sensational.language.quantities import compare, matches, quantities
from sensational.lexicon.loader import rows

LEXICON = files("sensational.lexicon") / "en"


def only(text):
    found = quantities(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "what"),
    [
        ("a $1.2bn bridge", 1.2e9, 1.2e9, "money", "$"),
        ("£3m prize", 3e6, 3e6, "money", "£"),
        ("an N500m loan", 5e8, 5e8, "money", "₦"),
        ("five euros", 5, 5, "money", "€"),
        ("two hundred and six goats", 206, 206, "count", "goats"),
        ("twenty-five small boats", 25, 25, "count", "boats"),
        ("a hundred boats", 100, 100, "count", "boats"),
        ("half a million homes", 5e5, 5e5, "count", "homes"),
        ("a dozen eggs", 12, 12, "count", "eggs"),
        ("1,234 goats", 1234, 1234, "count", "goats"),
        ("40K goats", 40000, 40000, "count", "goats"),
        ("one in five adults", 0.2, 0.2, "share", "adults"),
        ("9 out of 10 adults", 0.9, 0.9, "share", "adults"),
        ("a third of the crew", 1 / 3, 1 / 3, "share", "crew"),
        ("two-thirds of the crew", 2 / 3, 2 / 3, "share", "crew"),
        ("12 percent of farms", 0.12, 0.12, "percent", "farms"),
        ("12% of farms", 0.12, 0.12, "percent", "farms"),
        ("five to seven goats", 5, 7, "count", "goats"),
        ("10-12 weeks", 10, 12, "duration", "weeks"),
        ("between 5 and 7 goats", 5, 7, "count", "goats"),
        ("more than 200 goats", 200, math.inf, "count", "goats"),
        ("at least one goat", 1, math.inf, "count", "goat"),
        ("100+ goats", 100, math.inf, "count", ""),
        ("up to 30 goats", 0, 30, "count", "goats"),
        ("nearly $10 million", 8.5e6, 1e7, "money", "$"),
        ("vast numbers of goats", 100, math.inf, "count", "goats"),
        ("goats left in droves", 100, math.inf, "count", ""),
        ("the 22nd goat", 22, 22, "ordinal", "goat"),
        ("the third goat", 3, 3, "ordinal", "goat"),
        ("a 15-year-old goat", 15, 15, "age", "year"),
        ("Miller, 50, farms goats", 50, 50, "age", ""),
        ("the team lost 3-1", 1, 3, "score", ""),
        ("built in 1987", 1987, 1987, "year", ""),
        ("songs of the '70s", 1970, 1979, "year", ""),
        ("songs of the 1970s", 1970, 1979, "year", ""),
        ("on May 4", 4, 4, "date", ""),
        ("the 6-mile road", 6, 6, "measure", "mile"),
        ("two-and-a-half hours", 2.5, 2.5, "duration", "hours"),
        ("ranked No. 4", 4, 4, "label", ""),
        ("the K2 climbers", 2, 2, "label", ""),
    ],
)
def test_reads(text, low, high, unit, what):
    found = only(text)
    assert (found.low, found.high) == pytest.approx((low, high))
    assert (found.unit, found.what) == (unit, what)


def test_a_rise_from_one_number_to_another_is_no_range():
    assert [one.value for one in quantities("It rose from five to seven.")] == [5, 7]


@pytest.mark.parametrize("text", ["", "   ", "The mayor opened a bridge.", "It is another matter.", "—"])
def test_finds_nothing(text):
    assert quantities(text) == ()


@pytest.mark.parametrize("row", rows(LEXICON / "quantifiers.examples.tsv"), ids=lambda row: row["text"])
def test_examples_of_the_lexicon(row):
    found = [one.text.lower() for one in quantities(row["text"])]
    if row["holds"] == "yes":
        assert any(row["quantifier"] in one for one in found), found
    else:
        assert found == []


def test_every_quantifier_has_a_reason_bounds_and_an_example():
    examples = {
        row["quantifier"] for row in rows(LEXICON / "quantifiers.examples.tsv") if row["holds"] == "yes"
    }
    for row in rows(LEXICON / "quantifiers.tsv"):
        assert row["reason"]
        assert 0 <= float(row["low"]) <= float(row["high"])
        assert row["of"] in ("count", "share")
        assert row["quantifier"] in examples


@pytest.mark.parametrize(
    ("headline", "body", "how"),
    [
        ("7 goats stolen", "Police said seven goats were gone.", "equal"),
        ("40K goats stolen", "Some 40,000 goats were gone.", "equal"),
        ("$102K painting", "It sold for $102,500.", "rounded"),
        ("Index off 115", "The index fell 115.57 points.", "rounded"),
        ("500 goats stolen", "Police counted 497 goats.", "rounded"),
        ("20% of farms fail", "One in five farms fails.", "equal"),
        ("Half of farms fail", "Some 50% of the farms failed.", "equal"),
        ("Two months in jail", "He was given 60 days in jail.", "converted"),
        ("Bridge reopens after 42 years", "It closed in 1973 and reopened in 2015.", "difference"),
        ("31 farms to close", "The order names 15 farms in the north and 16 in the south.", "sum"),
        ("54% of wells dry", "Of 50,000 wells, 27,000 ran dry.", "ratio"),
        ("43 goats stolen", "Dozens of goats were stolen.", "within"),
        ("Dozens of goats stolen", "The thieves took 43 goats.", "within"),
        ("Goats die in masses", "Vast numbers of goats died.", "equal"),
        ("Goats die in masses", "Many goats died, at least 300 goats in all.", "within"),
        ("110 goats stolen", "Some 11 goats were stolen.", "larger"),
        ("Goats stolen in masses", "Six goats were stolen.", "absent"),
        ("Masses of goats stolen", "Six goats were stolen.", "larger"),
        ("Masses of goats stolen", "Many goats were stolen.", "larger"),
        ("Masses of goats stolen", "More than six goats were stolen.", "larger"),
        ("Thousands of goats stolen", "More than 1,000 goats were stolen.", "within"),
        ("5 goats stolen", "Some 11 goats were stolen.", "smaller"),
        ("5 goats stolen", "Goats were stolen.", "absent"),
        ("$31M fine", "The fine is more than $30 million.", "larger"),
    ],
)
def test_compares(headline, body, how):
    match = compare(quantities(headline)[0], quantities(body))
    assert match.how == how, match
    assert match.follows == (how not in ("larger", "smaller", "absent"))


def test_all_that_a_body_says_of_a_number():
    body = "Some 11 goats were stolen, then 90 goats and 20 goats; 110 in all. Of 3 farms, two were empty."
    found = matches(only("110 goats stolen"), quantities(body))
    assert [(match.how, [one.value for one in match.body]) for match in found] == [
        ("equal", [110.0]), ("sum", [90.0, 20.0]), ("larger", [90.0]), ("larger", [20.0]), ("larger", [11.0]),
    ]  # fmt: skip


def test_an_exaggeration_has_its_factor():
    match = compare(only("110 goats stolen"), quantities("Police say 11 goats were stolen from 3 farms."))
    assert match.factor == pytest.approx(10)
    assert match.body[0].text == "11"


WORDS = sorted(CARDINAL) + sorted(SCALE) + sorted(FRACTION) + sorted(ORDINAL)
WORDS += ["a", "an", "of", "to", "and", "in", "more than", "at least", "between", "some", "nearly", "scores"]
WORDS += ["5", "10,000", "1990s", "3rd", "$", "%", "years", "people", "3-1", "U2", "'87", "1/2", "5:30"]
TEXTS = st.text(alphabet=st.sampled_from("a1290 ,.-–$£%'’:/\nkmst"), max_size=60) | st.lists(
    st.sampled_from(WORDS),
    max_size=14,
).map(" ".join)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_spans_slice_in_order_and_bounds_are_ordered(text):
    end = 0
    for one in quantities(text):
        assert text[one.start : one.end] == one.text
        assert one.text
        assert end <= one.start < one.end
        assert 0 <= one.low <= one.high
        end = one.end


@given(TEXTS, TEXTS)
@settings(max_examples=200, deadline=None)
def test_more_of_the_body_never_unsupports(headline, body):
    for one in quantities(headline):
        match = compare(one, quantities(body))
        assert 0 <= match.support <= 1
        assert compare(one, (*quantities(body), one)).follows


@pytest.mark.parametrize("unit", ["one ", "1,", "1-", "a hundred ", "one in ", "1 to ", "9", "$"])
def test_hostile_text_is_read_in_linear_time(unit):
    quantities(unit * (100_000 // len(unit)))  # a quadratic reader would not return
