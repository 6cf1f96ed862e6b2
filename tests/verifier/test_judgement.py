"""What is read out of the model for some characters of a headline."""

from __future__ import annotations

import numpy as np
import pytest
from articles import HEADLINES, bodies
from hypothesis import given
from hypothesis import strategies as st

from sensational.analysis import VERDICTS
from sensational.language.canonical import canonical
from sensational.language.document import Document
from sensational.verifier.inputs import ReadBody
from verifier.fakes import judgement_of, judgements, reading_of

HEADLINE = Document("mayor humiliated again")
BODY = ReadBody(Document("The mayor was beaten. It rained."))


def test_the_pieces_of_some_characters() -> None:
    reading = reading_of(HEADLINE)
    names = [HEADLINE.text[piece.start : piece.end] for piece in reading.pieces]
    assert names[0] == "mayor"
    assert reading.rows(0, 5) == [0]
    assert reading.rows(4, 7)[:2] == [0, 1]  # it overlaps both
    assert reading.rows(5, 6) == []
    assert reading.rows(0, len(HEADLINE.text)) == list(range(len(names)))


def test_verdicts_are_means_over_the_pieces() -> None:
    judgement = judgement_of(HEADLINE, BODY, {"humiliated": "weaker"})
    assert VERDICTS[int(judgement.verdicts_of(6, 16).argmax())] == "weaker"
    assert VERDICTS[int(judgement.verdicts_of(0, 5).argmax())] == "supported"
    both = judgement.verdicts_of(0, 16)
    assert both == pytest.approx(np.mean(judgement.verdicts[judgement.reading.rows(0, 16)], axis=0))


def test_where_there_is_no_piece_nothing_is_held_against_it() -> None:
    judgement = judgement_of(HEADLINE, BODY)
    assert judgement.verdicts_of(5, 6).tolist() == [1, 0, 0, 0, 0, 0, 0]
    assert judgement.pointed(5, 6) == pytest.approx([1 / 3] * 3)


def test_the_sentence_that_is_pointed_to() -> None:
    judgement = judgement_of(HEADLINE, BODY, points={"humiliated": 0, "again": 1})
    assert judgement.pointed(6, 16).argmax() == 0
    assert judgement.pointed(17, 22).argmax() == 1
    assert judgement.pointed(0, 5).argmax() == 2  # no sentence


@given(st.data(), st.sampled_from(HEADLINES), bodies())
def test_probabilities(data: st.DataObject, headline: str, text: str) -> None:
    document, body = Document(canonical(headline)[0]), ReadBody(Document(text))
    judgement = data.draw(judgements(document, body))
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, len(document.text)))
    for found in (judgement.verdicts_of(start, end), judgement.pointed(start, end)):
        assert ((found >= 0) & (found <= 1)).all()
        assert found.sum() == pytest.approx(1, abs=1e-3)


def test_great_scores_do_not_overflow() -> None:
    judgement = judgement_of(HEADLINE, BODY)
    judgement.pointer[:] = [1e4, -1e4, 0.0]
    assert judgement.pointed(0, 5).tolist() == [1, 0, 0]
