"""Replaced words: the spans mark exactly the words that are not those of the headline."""

from __future__ import annotations

import random
import re
from itertools import pairwise

from articles import HEADLINES, NEUTRAL, bodies
from hypothesis import given
from hypothesis import strategies as st

from sensational.analysis import VERDICTS
from sensational.language.canonical import canonical
from sensational.language.stems import stem
from sensational.training.verifier.examples import NOT_SUPPORTED, Example, one_verdict
from sensational.training.verifier.replaced import change_body, denying, headline_words, replace_words

LINES = [*HEADLINES, *(line for line in NEUTRAL.split(". ") if line)]
POOL = headline_words(LINES)
NEIGHBOURS = {"rises": ["falls", "climbs"], "dead": ["hurt"], "mayor": ["premier", "clerk"]}


def replaced(headline: str, body: str, seed: int) -> Example | None:
    return replace_words(canonical(headline)[0], body, POOL, NEIGHBOURS, random.Random(seed))  # noqa: S311


def without(text: str, spans: list[tuple[int, int]]) -> list[str]:
    """What stands around the spans."""
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    return [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]


@given(st.sampled_from(HEADLINES), bodies(), st.integers(0, 10_000))
def test_spans_mark_what_was_replaced_and_nothing_else(headline: str, body: str, seed: int) -> None:
    text = canonical(headline)[0]
    example = replaced(headline, body, seed)
    if example is None:
        return
    assert example.headline != text
    assert example.body == body
    spans = [(span.start, span.end) for span in example.spans]
    assert spans == sorted(spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    at = 0
    for piece in without(example.headline, spans):  # what stands around them is the headline's own, in order
        found = text.find(piece, at)
        assert found >= 0
        at = found + len(piece)
    words = text.split(" ")
    for span in example.spans:
        new = example.headline[span.start : span.end]
        assert new == new.strip() != ""
        if new[0].isdigit():
            assert span.exact
            assert span.verdicts[VERDICTS.index("contradicted")] == 1
        else:
            assert (span.exact, span.verdicts) == (False, NOT_SUPPORTED)
    assert len(example.spans) <= 4
    assert len(words) >= 3


@given(st.sampled_from(HEADLINES), bodies(), st.integers(0, 10_000))
def test_the_same_for_a_seed(headline: str, body: str, seed: int) -> None:
    assert replaced(headline, body, seed) == replaced(headline, body, seed)


def test_a_headline_of_few_words_is_left_alone() -> None:
    assert all(replaced("Mayor resigns", NEUTRAL, seed) is None for seed in range(20))


def test_a_number_becomes_another_number() -> None:
    numbers = set()
    for seed in range(200):
        example = replaced("Bank slashes 12,000 jobs in Ostrel", "The bank has 400 clerks in Ostrel.", seed)
        for span in example.spans if example else ():
            word = example.headline[span.start : span.end] if example else ""
            if word[0].isdigit():
                numbers.add(word)
    assert numbers
    assert "12,000" not in numbers


def test_words_by_shape() -> None:
    found = headline_words(["Mayor RISES twice, rises again", "5 boats"])
    assert found["es"].count("rises") == 2
    assert found["0"] == ["5"]


def test_a_denial_is_supported_and_what_is_left_without_it_is_not() -> None:
    body = "The mayor said that she will not resign."
    found = [denying("mayor will not resign", body, random.Random(seed)) for seed in range(20)]  # noqa: S311
    assert {len(examples) for examples in found} == {1, 2}
    kept, turned = next(examples for examples in found if len(examples) == 2)
    (cue,) = kept.spans
    assert (kept.headline[cue.start : cue.end], cue.verdicts) == ("not", one_verdict("supported"))
    (span,) = turned.spans
    assert turned.headline == "mayor will resign"
    assert (turned.headline[span.start : span.end], span.verdicts) == ("resign", NOT_SUPPORTED)
    assert denying("mayor will resign", body, random.Random(1)) == []  # noqa: S311


@given(st.sampled_from(HEADLINES), bodies(), st.integers(0, 10_000))
def test_a_body_is_changed_where_it_has_the_word_and_nowhere_else(
    headline: str, body: str, seed: int
) -> None:
    text = canonical(headline)[0]
    made = change_body(text, body, POOL, NEIGHBOURS, random.Random(seed))  # noqa: S311
    if not made:
        return
    own, changed = made
    assert (own.headline, own.body, changed.headline) == (text, body, text)
    (right,), (wrong,) = own.spans, changed.spans
    assert (right.start, right.end) == (wrong.start, wrong.end)
    assert right.verdicts == one_verdict("supported")
    assert wrong.verdicts[0] == 0
    before, after = (
        {stem(word) for word in re.findall(r"[a-z]+(?:['-][a-z]+)*|\d+(?:[.,]\d+)*", one.lower())}
        for one in (body, changed.body)
    )
    assert stem(text[wrong.start : wrong.end]) in before - after
    assert len(changed.body.split()) == len(body.split())


def test_a_body_without_the_words_of_the_headline_is_not_changed() -> None:
    assert change_body("bridge falls into river", "The mayor spoke.", POOL, {}, random.Random(1)) == []  # noqa: S311
