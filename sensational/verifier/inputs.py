"""What the verifier reads of one article, as numbers: wordpieces, and beside each what rules know of it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sensational.language.document import Document
from sensational.language.function_words import function_words
from sensational.language.quotations import find_quotations
from sensational.verifier.passage import BUDGET, choose_passage, content_stems
from sensational.verifier.wordpieces import CLS, SEP, Piece, wordpieces

LONGEST_HEADLINE = 96
"""Wordpieces of a headline that are read; real ones have fewer than 60."""
LONGEST = 512
"""Wordpieces in one pass, the headline, the passage and three marks together: what BERT was trained for."""

# The values of Inputs.match.
NEITHER, WORD_FOUND, WORD_MISSING, NUMBER_FOUND, NUMBER_MISSING = range(5)
# The values of Inputs.quoted.
UNQUOTED, QUOTED, QUOTED_VERBATIM, QUOTED_BY_NOBODY = range(4)


class HeadlinePiece(NamedTuple):
    """A wordpiece of the headline: its position in the input and its characters."""

    position: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Inputs:
    """One article as the model takes it; the arrays have one entry per wordpiece.

    Attributes:
        ids: numbers of the wordpieces, ``[CLS] headline [SEP] passage [SEP]``.
        parts: 0 for the headline, 1 for the passage.
        match: whether the word stands in the other text, :data:`NEITHER` to :data:`NUMBER_MISSING`.
        quoted: whether it stands in quotation marks, :data:`UNQUOTED` to :data:`QUOTED_BY_NOBODY`.
        headline: the wordpieces of the headline with their characters.
        sentences: the sentences of the body that were read.
        sentence_spans: first and last (exclusive) position of each of them in the input.
    """

    ids: NDArray[np.int64]
    parts: NDArray[np.int64]
    match: NDArray[np.int64]
    quoted: NDArray[np.int64]
    headline: tuple[HeadlinePiece, ...]
    sentences: tuple[int, ...]
    sentence_spans: tuple[tuple[int, int], ...]


class ReadBody:
    """A body as the verifier reads it; worked out once for all headlines that are set against it.

    Attributes:
        document: the body.
        pieces: the wordpieces of each sentence.
        quotations: where somebody is quoted, in order, none inside another.
        stems: stems of its content words.
        words: its words in lower case, joined by single spaces, with one at each end.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        text = document.text
        self.pieces = [
            [Piece(p.id, p.start + s.start, p.end + s.start) for p in wordpieces(text[s.start : s.end])]
            for s in document.sentences
        ]
        self.quotations = [one for one in find_quotations(text) if one.depth == 0]
        self._opened = [one.start for one in self.quotations]
        self.stems = content_stems(document)
        self.words = f" {' '.join(document.words)} "

    def quotes(self, character: int) -> bool:
        """Whether a character of the body stands inside a quotation."""
        at = bisect_right(self._opened, character) - 1
        return at >= 0 and character < self.quotations[at].end


def verifier_inputs(headline: Document, body: ReadBody, budget: int = BUDGET) -> Inputs:
    """What the model reads of a headline over a body.

    Args:
        headline: the headline, in its canonical form (see ``scorer.py``).
        body: the body; with no sentence, the headline is read alone.
        budget: wordpieces of the body that are read.
    """
    pieces = wordpieces(headline.text)[:LONGEST_HEADLINE]
    room = LONGEST - len(pieces) - 3
    sentences = choose_passage(headline, body.document, [len(p) for p in body.pieces], min(budget, room))
    ids, match, quoted = [CLS], [NEITHER], [UNQUOTED]
    ids += [piece.id for piece in pieces]
    match += _headline_matches(headline, pieces, body)
    quoted += _headline_quotes(headline, pieces, body)
    ids.append(SEP)
    first = len(ids)
    wanted = content_stems(headline)
    spans = []
    for number in sentences:
        begin = len(ids)
        kept = body.pieces[number][: room - (begin - first)]
        ids += [piece.id for piece in kept]
        match += _body_matches(wanted, body.document, kept)
        quoted += [QUOTED if body.quotes(piece.start) else UNQUOTED for piece in kept]
        spans.append((begin, len(ids)))
    ids.append(SEP)
    match = [*match[: first - 1], NEITHER, *match[first - 1 :], NEITHER]
    quoted = [*quoted[: first - 1], UNQUOTED, *quoted[first - 1 :], UNQUOTED]
    parts = np.ones(len(ids), dtype=np.int64)
    parts[:first] = 0
    return Inputs(
        np.array(ids, dtype=np.int64),
        parts,
        np.array(match, dtype=np.int64),
        np.array(quoted, dtype=np.int64),
        tuple(HeadlinePiece(i + 1, piece.start, piece.end) for i, piece in enumerate(pieces)),
        sentences,
        tuple(spans),
    )


def _headline_matches(headline: Document, pieces: list[Piece], body: ReadBody) -> list[int]:
    grammar = function_words()
    found: list[int] = []
    for piece in pieces:
        token = _token_at(headline, piece.start)
        if token is None or headline.words[token] in grammar or not body.pieces:
            found.append(NEITHER)
            continue
        here = headline.stems[token] in body.stems
        if headline.words[token][0].isdigit():
            found.append(NUMBER_FOUND if here else NUMBER_MISSING)
        else:
            found.append(WORD_FOUND if here else WORD_MISSING)
    return found


def _headline_quotes(headline: Document, pieces: list[Piece], body: ReadBody) -> list[int]:
    values = [UNQUOTED] * len(pieces)
    for quotation in find_quotations(headline.text):
        first, last = headline.tokens_in(quotation.inner_start, quotation.inner_end)
        words = f" {' '.join(headline.words[first:last])} "
        value = QUOTED
        if body.pieces:
            value = QUOTED_VERBATIM if words in body.words else QUOTED_BY_NOBODY
        for i, piece in enumerate(pieces):
            if quotation.start <= piece.start < quotation.end:
                values[i] = value
    return values


def _body_matches(wanted: set[str], body: Document, pieces: list[Piece]) -> list[int]:
    found = []
    for piece in pieces:
        token = _token_at(body, piece.start)
        if token is None or body.stems[token] not in wanted:
            found.append(NEITHER)
        else:
            found.append(NUMBER_FOUND if body.words[token][0].isdigit() else WORD_FOUND)
    return found


def _token_at(document: Document, character: int) -> int | None:
    at = bisect_right(document.starts, character) - 1
    return at if at >= 0 and character < document.ends[at] else None
