"""Which sentences are read: within the budget, in the order of the body, the telling ones first."""

from __future__ import annotations

import pytest
from articles import HEADLINES, NEUTRAL, bodies
from hypothesis import given
from hypothesis import strategies as st

from sensational.language.document import Document
from sensational.verifier.passage import choose_passage, content_stems
from sensational.verifier.wordpieces import wordpieces

LEADING = "Dogs barked. Cats slept. It rained. "


def costs_of(body: Document) -> list[int]:
    return [len(wordpieces(body.text[one.start : one.end])) for one in body.sentences]


@given(st.sampled_from(HEADLINES), bodies(), st.integers(0, 200))
def test_what_is_chosen_keeps_to_the_budget_and_nothing_more_would_fit(
    headline: str, text: str, budget: int
) -> None:
    body = Document(text)
    costs = costs_of(body)
    chosen = choose_passage(Document(headline), body, costs, budget)
    assert list(chosen) == sorted(set(chosen))
    spent = sum(costs[number] for number in chosen)
    assert spent <= budget or len(chosen) == 1
    assert all(spent + costs[number] > budget for number in range(len(costs)) if number not in chosen)
    assert choose_passage(Document(headline), Document(text), costs, budget) == chosen


def test_a_first_sentence_that_is_too_long_is_taken_all_the_same() -> None:
    body = Document("The mayor resigned over the bridge on Monday. It was dry.")
    assert choose_passage(Document("mayor resigns over bridge"), body, [500, 500], 10) == (0,)


def test_a_sentence_that_no_longer_fits_is_passed_over() -> None:
    body = Document("The mayor resigned. The bridge is shut. It was dry.")
    headline = Document("mayor resigned as bridge shut")
    assert choose_passage(headline, body, [5, 50, 5], 12) == (0, 2)


def test_all_of_a_short_body_and_none_of_an_empty_one() -> None:
    body = Document(NEUTRAL)
    everything = tuple(range(len(body.sentences)))
    assert choose_passage(Document("mayor resigns"), body, costs_of(body), 10_000) == everything
    assert choose_passage(Document("mayor resigns"), Document(""), [], 100) == ()


def test_the_sentence_with_the_rare_word_is_read() -> None:
    body = Document(f"{NEUTRAL}\n\nAn eel was seen in Pellworth.\n\n{NEUTRAL}")
    (chosen,) = choose_passage(Document("giant eel of pellworth is a hoax"), body, costs_of(body), 12)
    assert "eel" in body.text[body.sentences[chosen].start : body.sentences[chosen].end]


def test_words_of_grammar_tell_nothing() -> None:
    document = Document("The mayor of the town is resigning. It was he.")
    assert content_stems(document) == {"mayor", "town", "resign"}
    assert content_stems(document, document.sentences[1]) == set()


@pytest.mark.parametrize(
    ("headline", "text", "first"),
    [
        # Of words that are shared, the rare one; "bridge" stands in two sentences.
        ("bridge eel", LEADING + "The bridge shut. The bridge held. The eel bit.", 5),
        # Of two with the same words, the shorter.
        ("eel", LEADING + "An eel swam under the old quay in autumn rain. An eel bit.", 4),
        # Where nothing is shared, what stands first; and no more than that.
        ("tax", "Dogs barked loudly. Cats slept. It rained.", 0),
        ("eel", "Dogs barked loudly. Cats slept. It rained. It was dry. One eel was seen there.", 4),
        ("quay", "Dogs barked. Cats slept in the sun all day long. It rained. It was dry. It rained.", 0),
    ],
)
def test_what_is_read_first(headline: str, text: str, first: int) -> None:
    body = Document(text)
    chosen = choose_passage(Document(headline), body, [10] * len(body.sentences), 10)
    assert [body.text[body.sentences[at].start : body.sentences[at].end] for at in chosen] == [
        body.text[body.sentences[first].start : body.sentences[first].end]
    ]


def test_a_long_sentence_that_shares_most_does_not_lose_to_a_short_one() -> None:
    text = (
        f"{LEADING}Eels bit. The mayor of Ostrel said that eels bit two bathers near the old quay on Monday."
    )
    chosen = choose_passage(Document("Eels bite bathers at Ostrel quay"), Document(text), [9] * 5, 9)
    assert chosen == (4,)
