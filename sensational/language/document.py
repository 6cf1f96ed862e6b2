"""One pass over a text: tokens with offsets, sentences, and indexes into them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from sensational.language.sentences import split_sentences
from sensational.language.stems import stem

# A number: digits with inner , . and trailing letters or a per cent sign (203K, 7%); an abbreviation
# with full stops (U.S.); a word: letters with inner apostrophes or hyphens.
TOKEN = re.compile(r"\d+(?:[.,]\d+)*(?:[^\W\d_]|%)*|(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:['’\-‑][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: ``text[start:end]``; its tokens are ``first`` to ``last`` (exclusive)."""

    index: int
    start: int
    end: int
    paragraph: int
    first: int
    last: int


class Document:
    """A text, read once.

    Attributes:
        text: the text as given; every offset is into it.
        words: lower-case tokens, apostrophes straightened, in order.
        starts, ends: character offsets of each token, parallel to ``words``.
        stems: the stem of each token, parallel to ``words``.
        sentences: in order.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        spans = [match.span() for match in TOKEN.finditer(text)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.words = [text[start:end].lower().replace("’", "'") for start, end in spans]
        self.stems = [stem(word) for word in self.words]
        self.sentences = self._sentences()

    def _sentences(self) -> tuple[Sentence, ...]:
        found: list[Sentence] = []
        first = 0
        for start, end, paragraph in split_sentences(self.text):
            last = first
            while last < len(self.starts) and self.starts[last] < end:
                last += 1
            found.append(Sentence(len(found), start, end, paragraph, first, last))
            first = last
        return tuple(found)

    @cached_property
    def _stem_index(self) -> dict[str, list[int]]:
        return _positions(self.stems)

    @cached_property
    def _word_index(self) -> dict[str, list[int]]:
        return _positions(self.words)

    @cached_property
    def _sentence_firsts(self) -> list[int]:
        return [sentence.first for sentence in self.sentences]

    @property
    def vocabulary(self) -> dict[str, list[int]]:
        """Token positions by word, in order of first occurrence."""
        return self._word_index

    def positions(self, wanted: str) -> list[int]:
        """Token positions at which the stem ``wanted`` stands, in order."""
        return self._stem_index.get(wanted, [])

    def positions_of_word(self, word: str) -> list[int]:
        """Token positions at which ``word`` (lower case) stands, in order."""
        return self._word_index.get(word, [])

    def tokens_in(self, start: int, end: int) -> tuple[int, int]:
        """The tokens (first, last exclusive) that overlap characters ``start`` to ``end``."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def sentence_at(self, token: int) -> Sentence:
        """The sentence that token number ``token`` stands in."""
        return self.sentences[bisect_right(self._sentence_firsts, token) - 1]


def _positions(values: list[str]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for position, value in enumerate(values):
        index.setdefault(value, []).append(position)
    return index
