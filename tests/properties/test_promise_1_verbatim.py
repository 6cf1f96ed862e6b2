"""A headline that stands word for word in the body, in the author's voice, diverges by exactly nothing."""

import pytest
from articles import HEADLINES, NEUTRAL, Sample, examples, gold, paragraphs
from hypothesis import assume, given
from hypothesis import strategies as st
from mutations import headlines, mutated, undenied

from sensational.language.certainty import HEDGED_FROM, hedges
from sensational.language.document import Document
from sensational.language.function_words import function_words
from sensational.language.negation import denials
from sensational.language.quotations import find_quotations
from sensational.language.voices import voices
from sensational.scorer import score

PLACES = ("paragraph", "sentence", "first sentence", "last sentence")


def is_plain(sentence: str) -> bool:
    """Whether it is one sentence of the author's own, unhedged, no denial, with two words of meaning."""
    document = Document(sentence)
    return (
        len(document.sentences) == 1
        and sum(word not in function_words() for word in document.words) >= 2
        and not find_quotations(sentence)
        and not any(
            voices(document, one)
            or denials(document, one)
            or any(hedge.strength >= HEDGED_FROM for hedge in hedges(document, one))
            for one in document.sentences
        )
    )


PLAIN = [headline for headline in HEADLINES if is_plain(headline)]


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
    assert analysis.divergence == 0, [(t.text, t.verdict) for t in analysis.terms]
    assert analysis.interval is not None
    assert analysis.interval[0] == 0
    assert all(term.loaded for term in analysis.terms)
    assert all(term.contribution == 0 and term.without == 0 for term in analysis.terms)
    assert all(term.support == 1 and term.verdict == "supported" for term in analysis.terms)


def test_most_builds_of_headline_are_plain() -> None:
    assert len(PLAIN) >= 12


@pytest.mark.parametrize("headline", PLAIN)
@pytest.mark.parametrize("place", PLACES)
def test_every_build_of_headline(headline: str, place: str) -> None:
    for at in (0.0, 0.5, 1.0):
        stands(headline, put(headline, NEUTRAL, at, place))


@given(st.sampled_from(PLAIN), undenied(st.sampled_from(examples())), st.floats(0, 1))
def test_over_the_example_articles(headline: str, sample: Sample, at: float) -> None:
    stands(headline, put(headline, sample.body, at, "paragraph"))


@given(headlines(), st.sampled_from(["upper", "lower", "title"]), st.floats(0, 1))
def test_in_another_case(headline: str, case: str, at: float) -> None:
    headline = getattr(headline, case)()
    assume(is_plain(headline))
    stands(headline, put(headline, NEUTRAL, at, "paragraph"))


@given(headlines(), st.floats(0, 1), st.sampled_from(PLACES))
def test_every_kind_of_term(headline: str, at: float, place: str) -> None:
    assume(is_plain(headline))
    stands(headline, put(headline, NEUTRAL, at, place))


@given(headlines(), undenied(mutated()), st.floats(0, 1))
def test_every_kind_of_term_in_changed_articles(headline: str, sample: Sample, at: float) -> None:
    """As a paragraph of its own: within one, the other sentences may say that it is somebody's word."""
    assume(is_plain(headline))
    body = put(headline, sample.body, at, "paragraph")
    assume(score(headline, body).status == "scored")
    stands(headline, body)


@pytest.mark.parametrize("place", PLACES)
def test_real_headlines(place: str) -> None:
    tried, failed = 0, []
    for sample in gold():
        headline = " ".join(sample.headline.split())
        if is_plain(headline):
            tried += 1
            if score(headline, put(headline, NEUTRAL, 0.5, place)).divergence != 0:
                failed.append(headline)
    assert tried > 50
    assert not failed


@given(
    headlines(),
    st.sampled_from([", and the town went on with its day.", " on Tuesday afternoon.", "; the rest stays."]),
)
def test_as_part_of_a_longer_sentence(headline: str, tail: str) -> None:
    sentence = f"On a dry day, {headline[0].lower()}{headline[1:]}{tail}"
    assume(is_plain(headline) and is_plain(sentence))
    stands(headline, f"{NEUTRAL}\n\n{sentence}")


# That these are no word for word in the author's voice is the business of tests/test_facts.py; what then
# comes of them is the verifier's.
