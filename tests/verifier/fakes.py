"""Readings and judgements made by hand, or drawn: what is built on the verifier is tested without it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from hypothesis import strategies as st

from sensational.analysis import KINDS, VERDICTS, Kind, Verdict
from sensational.language.document import Document
from sensational.verifier.inputs import HeadlinePiece, ReadBody
from sensational.verifier.judgement import Judgement, Reading
from sensational.verifier.wordpieces import wordpieces

SURE = 0.94
"""The probability of what is named; the rest is shared out."""


def one_of(names: tuple[str, ...], name: str, sure: float = SURE) -> np.ndarray:
    """Probabilities with most on one name."""
    found = np.full(len(names), (1 - sure) / (len(names) - 1))
    found[names.index(name)] = sure
    return found


def reading_of(headline: Document, kinds: Mapping[str, Kind] = {}, begins: tuple[str, ...] = ()) -> Reading:
    """A reading in which the words named are loaded; all others are plain."""
    pieces = tuple(HeadlinePiece(i + 1, p.start, p.end) for i, p in enumerate(wordpieces(headline.text)))
    words = [_word_at(headline, piece.start) for piece in pieces]
    rows = [one_of(KINDS, kinds.get(word, "plain")) for word in words]
    return Reading(
        pieces,
        np.array(rows).reshape(-1, len(KINDS)),
        np.array([float(word in begins) for word in words]),
    )


def judgement_of(
    headline: Document,
    body: ReadBody,
    verdicts: Mapping[str, Verdict] = {},
    points: Mapping[str, int] = {},
    kinds: Mapping[str, Kind] = {},
) -> Judgement:
    """A judgement in which the words named have a verdict, and point to a sentence; all others to none."""
    reading = reading_of(headline, kinds)
    words = [_word_at(headline, piece.start) for piece in reading.pieces]
    sentences = tuple(range(len(body.document.sentences)))
    towards = [points.get(word, len(sentences)) for word in words]
    return Judgement(
        reading,
        np.array([one_of(VERDICTS, verdicts.get(word, "supported")) for word in words]).reshape(-1, 7),
        np.array([[6.0 * (at == to) for at in range(len(sentences) + 1)] for to in towards]).reshape(
            -1, len(sentences) + 1
        ),
        sentences,
        0.5,
        (0.7, 0.1, 0.1, 0.1),
    )


def _word_at(headline: Document, character: int) -> str:
    first, last = headline.tokens_in(character, character + 1)
    return headline.words[first] if first < last else ""


@st.composite
def readings(draw: st.DrawFn, headline: Document) -> Reading:
    """Any reading of a headline: any kinds, sure or not, and terms that begin anywhere."""
    plain = reading_of(headline)
    pick = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sharp = draw(st.sampled_from([0.1, 0.3, 1.0]))
    size = len(plain.pieces)
    kinds = pick.dirichlet([sharp] * len(KINDS), size).round(4).reshape(size, len(KINDS))
    lean = draw(st.floats(0, 1))
    kinds = (1 - lean) * kinds + lean * plain.kinds
    return Reading(plain.pieces, kinds, pick.random(size).round(4))


@st.composite
def judgements(draw: st.DrawFn, headline: Document, body: ReadBody) -> Judgement:
    """Any judgement of a headline over a body."""
    reading = draw(readings(headline))
    pick = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    size, number = len(reading.pieces), len(body.document.sentences)
    sharp = draw(st.sampled_from([0.1, 0.5, 2.0]))
    stances = pick.dirichlet([1.0] * 4).round(4).tolist()
    return Judgement(
        reading,
        pick.dirichlet([sharp] * len(VERDICTS), size).round(4).reshape(size, len(VERDICTS)),
        pick.normal(0, draw(st.sampled_from([0.5, 4.0])), (size, number + 1)).round(4),
        tuple(range(number)),
        float(pick.random().__round__(4)),
        (stances[0], stances[1], stances[2], stances[3]),
    )
