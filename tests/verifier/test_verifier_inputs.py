"""What the verifier reads, as numbers: one of each per wordpiece, and every feature as it is documented."""

from __future__ import annotations

from itertools import pairwise

import pytest
from articles import HEADLINES, Sample, bodies, samples
from hypothesis import given
from hypothesis import strategies as st

from sensational.language.canonical import canonical
from sensational.language.document import Document
from sensational.verifier.inputs import (
    LONGEST,
    LONGEST_HEADLINE,
    NEITHER,
    NUMBER_FOUND,
    NUMBER_MISSING,
    QUOTED,
    QUOTED_BY_NOBODY,
    QUOTED_VERBATIM,
    UNQUOTED,
    WORD_FOUND,
    WORD_MISSING,
    Inputs,
    ReadBody,
    verifier_inputs,
)
from sensational.verifier.wordpieces import CLS, SEP


def read(headline: str, body: str, budget: int = 256) -> Inputs:
    return verifier_inputs(Document(canonical(headline)[0]), ReadBody(Document(body)), budget)


def of_word(inputs: Inputs, headline: str, word: str) -> tuple[set[int], set[int]]:
    """The features of a word of the headline: its match and whether it is quoted."""
    start = headline.index(word)
    at = [p.position for p in inputs.headline if start <= p.start < start + len(word)]
    assert at
    return set(inputs.match[at].tolist()), set(inputs.quoted[at].tolist())


def is_sound(inputs: Inputs, headline: str, budget: int) -> None:
    size = len(inputs.ids)
    assert len(inputs.parts) == len(inputs.match) == len(inputs.quoted) == size <= LONGEST
    first = 1 + len(inputs.headline)
    assert len(inputs.headline) <= LONGEST_HEADLINE
    assert inputs.ids[0] == CLS
    assert inputs.ids[first] == inputs.ids[-1] == SEP
    assert not set(inputs.ids[1:first].tolist()) & {CLS, SEP}
    assert inputs.parts.tolist() == [0] * (first + 1) + [1] * (size - first - 1)
    assert [piece.position for piece in inputs.headline] == list(range(1, first))
    assert all(headline[piece.start : piece.end].strip() for piece in inputs.headline)
    assert len(inputs.sentences) == len(inputs.sentence_spans)
    edges = [(first + 1, first + 1), *inputs.sentence_spans, (size - 1, size - 1)]
    assert all(one[1] == other[0] for one, other in pairwise(edges))
    assert size - first - 2 <= budget or len(inputs.sentences) == 1
    for marks in (0, first, size - 1):
        assert (inputs.match[marks], inputs.quoted[marks]) == (NEITHER, UNQUOTED)
    assert set(inputs.match.tolist()) <= set(range(5))
    assert set(inputs.quoted.tolist()) <= set(range(4))
    assert not set(inputs.match[first:].tolist()) & {WORD_MISSING, NUMBER_MISSING}
    assert set(inputs.quoted[first:].tolist()) <= {UNQUOTED, QUOTED}


@given(samples(), st.sampled_from([20, 190, 256, 5000]))
def test_everything_agrees(sample: Sample, budget: int) -> None:
    is_sound(read(sample.headline, sample.body, budget), canonical(sample.headline)[0], budget)


@given(st.text(st.characters(), max_size=300), st.text(st.characters(), max_size=300))
def test_any_two_texts(headline: str, body: str) -> None:
    is_sound(read(headline, body), canonical(headline)[0], 256)


def test_one_sentence_without_an_end() -> None:
    for headline in ("mayor resigns", "mayor " * 300):
        inputs = read(headline, "the mayor resigned and " * 400)
        is_sound(inputs, headline, 256)
        assert len(inputs.ids) == LONGEST
        assert inputs.sentences == (0,)


def test_words_and_numbers_that_the_body_has() -> None:
    headline = "mayor resigns over 12 boats and 40 cats"
    inputs = read(headline, "The Mayor kept 12 boats. It was dry.")
    assert of_word(inputs, headline, "mayor")[0] == {WORD_FOUND}
    assert of_word(inputs, headline, "boats")[0] == {WORD_FOUND}
    assert of_word(inputs, headline, "resigns")[0] == {WORD_MISSING}
    assert of_word(inputs, headline, "over")[0] == {NEITHER}
    assert of_word(inputs, headline, "12")[0] == {NUMBER_FOUND}
    assert of_word(inputs, headline, "40")[0] == {NUMBER_MISSING}
    body = inputs.match[inputs.sentence_spans[0][0] : inputs.sentence_spans[0][1]].tolist()
    assert body == [NEITHER, WORD_FOUND, NEITHER, NUMBER_FOUND, WORD_FOUND, NEITHER]


def test_quotation_marks() -> None:
    headline = 'mayor in "dirty tricks" row over "clean water" plan'
    inputs = read(headline, "“These are dirty tricks,” she said. The plan is old.")
    assert of_word(inputs, headline, "dirty tricks")[1] == {QUOTED_VERBATIM}
    assert of_word(inputs, headline, "clean water")[1] == {QUOTED_BY_NOBODY}
    assert of_word(inputs, headline, "row")[1] == {UNQUOTED}
    (first, last), (begin, end) = inputs.sentence_spans
    assert QUOTED in inputs.quoted[first:last]
    assert set(inputs.quoted[begin:end].tolist()) == {UNQUOTED}


@pytest.mark.parametrize("headline", HEADLINES)
def test_without_a_body_nothing_is_said_of_it(headline: str) -> None:
    inputs = read(headline, "")
    is_sound(inputs, canonical(headline)[0], 256)
    assert inputs.sentences == inputs.sentence_spans == ()
    assert set(inputs.match.tolist()) == {NEITHER}
    assert set(inputs.quoted.tolist()) <= {UNQUOTED, QUOTED}


@given(st.sampled_from(HEADLINES), st.sampled_from(HEADLINES), bodies())
def test_a_body_that_was_read_serves_any_headline(one: str, other: str, text: str) -> None:
    body = ReadBody(Document(text))
    verifier_inputs(Document(canonical(one)[0]), body)
    again = verifier_inputs(Document(canonical(other)[0]), body, 256)
    fresh = read(other, text, 256)
    assert again.ids.tolist() == fresh.ids.tolist()
    assert again.match.tolist() == fresh.match.tolist()
    assert again.sentences == fresh.sentences
