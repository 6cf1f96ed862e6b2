"""A headline that stands word for word in the body, in the author's voice, diverges by exactly nothing."""

import pytest
from articles import HEADLINES, NEUTRAL, Sample, examples, gold, paragraphs
from hypothesis import assume, given
from hypothesis import strategies as st
from mutations import headlines, mutated, undenied

from sensational.scorer import score

PLACES = ("paragraph", "sentence", "first sentence", "last sentence")


def put(headline: str, body: str, at: float, place: str) -> str:
    """The body with the headline in it: ``at`` 0 is its beginning, 1 its end."""
    parts = paragraphs(body)
    number = round(at * len(parts))
    closed = headline if headline[-1] in ".?!" else headline + "."
    if place == "paragraph":
        parts.insert(number, headline)
        return "\n\n".join(parts)
    number = min(number, len(parts) - 1)
    words = {
        "sentence": f"The morning was dry. {closed} The afternoon was mild. {parts[number]}",
        "first sentence": f"{closed} {parts[number]}",
        "last sentence": f"{parts[number]} {closed}",
    }
    parts[number] = words[place]
    return "\n\n".join(parts)


def stands(headline: str, body: str) -> None:
    analysis = score(headline, body)
    assert analysis.status == "scored"
    assert analysis.divergence == 0, [(t.text, t.verdict, t.gaps) for t in analysis.terms if t.gaps]
    assert analysis.interval is not None
    assert analysis.interval[0] == 0
    assert all(t.contribution == 0 and t.without == 0 for t in analysis.terms)
    assert all(t.support == 1 and t.verdict == "supported" and not t.gaps for t in analysis.terms)


@pytest.mark.parametrize("headline", HEADLINES)
@pytest.mark.parametrize("place", PLACES)
def test_every_build_of_headline(headline: str, place: str) -> None:
    for at in (0.0, 0.5, 1.0):
        stands(headline, put(headline, NEUTRAL, at, place))


@given(st.sampled_from(HEADLINES), st.sampled_from(examples()), st.floats(0, 1), st.sampled_from(PLACES[:1]))
def test_over_the_example_articles(headline: str, sample: Sample, at: float, place: str) -> None:
    if sample.name != "vaccine.txt":  # it denies what its headline says, and tells of other claims so
        stands(headline, put(headline, sample.body, at, place))


@given(headlines(), st.sampled_from(["upper", "lower", "title"]), st.floats(0, 1))
def test_in_another_case(headline: str, case: str, at: float) -> None:
    stands(getattr(headline, case)(), put(headline, NEUTRAL, at, "paragraph"))


@pytest.mark.parametrize(
    "headline", ["“Rotten at the heart”: coach on his team", "‘$5 million for nothing’: clerk on the quay"]
)
def test_a_quotation_at_the_beginning(headline: str) -> None:
    for place in PLACES:
        stands(headline, put(headline, NEUTRAL, 0.5, place))


def test_a_headline_that_is_quoted_as_a_whole() -> None:
    headline = "“Rotten at the heart”: coach on his team"
    divergence = score(headline, f"{NEUTRAL}\n\n“{headline},” a clerk said.").divergence
    assert divergence is not None
    assert divergence > 0


@given(headlines(), st.floats(0, 1), st.sampled_from(PLACES))
def test_every_kind_of_term(headline: str, at: float, place: str) -> None:
    stands(headline, put(headline, NEUTRAL, at, place))


@given(headlines(), undenied(mutated()), st.floats(0, 1))
def test_every_kind_of_term_in_changed_articles(headline: str, sample: Sample, at: float) -> None:
    """As a paragraph of its own: within one, the other sentences may say that it is somebody's word."""
    body = put(headline, sample.body, at, "paragraph")
    assume(score(headline, body).status == "scored")
    stands(headline, body)


@pytest.mark.parametrize("place", PLACES)
def test_real_headlines(place: str) -> None:
    failed = []
    for sample in gold():
        headline = " ".join(sample.headline.split())
        if score(headline, put(headline, NEUTRAL, 0.5, place)).divergence != 0:
            failed.append(headline)
    assert not failed


@given(
    headlines(),
    st.sampled_from([", and the town went on with its day.", " on Tuesday afternoon.", "; the rest stays."]),
)
def test_as_part_of_a_longer_sentence(headline: str, tail: str) -> None:
    stands(headline, f"{NEUTRAL}\n\nOn a dry day, {headline[0].lower()}{headline[1:]}{tail}")


@pytest.mark.parametrize(
    "sentence",
    [
        "“Bank slashes 12,000 jobs,” said a clerk who did not give a name.",
        "According to officials, bank slashes 12,000 jobs.",
        "Reportedly, bank slashes 12,000 jobs.",
        "It is untrue that bank slashes 12,000 jobs.",
    ],
)
def test_not_where_it_is_only_said_hedged_or_denied(sentence: str) -> None:
    divergence = score("Bank slashes 12,000 jobs", f"{NEUTRAL}\n\n{sentence}").divergence
    assert divergence is not None
    assert divergence > 0


def test_a_denial_elsewhere_counts() -> None:
    body = f"Bank slashes 12,000 jobs.\n\n{NEUTRAL}\n\nThe report that the bank slashes jobs is a hoax."
    divergence = score("Bank slashes 12,000 jobs", body).divergence
    assert divergence is not None
    assert divergence > 0
