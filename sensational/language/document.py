"""One pass over a text: tokens with offsets, sentences, and an index from stem to token."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from sensational.language.sentences import split_sentences
from sensational.language.stems import stem

# A word: letters with inner apostrophes or hyphens; a number: digits with inner , . and a unit letter.
TOKEN = re.compile(r"\d+(?:[.,]\d+)*[a-z%]*|[^\W\d_]+(?:['’\-‑][^\W_]+)*\.?(?<!\.)", re.IGNORECASE)


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

    __slots__ = ("_index", "ends", "sentences", "starts", "stems", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        spans = [match.span() for match in TOKEN.finditer(text)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.words = [text[start:end].lower().replace("’", "'") for start, end in spans]
        self.stems = [stem(word) for word in self.words]
        self.sentences = self._sentences()
        self._index: dict[str, list[int]] | None = None

    def _sentences(self) -> tuple[Sentence, ...]:
        found = []
        first = 0
        for index, (start, end, paragraph) in enumerate(split_sentences(self.text)):
            last = first
            while last < len(self.starts) and self.starts[last] < end:
                last += 1
            found.append(Sentence(index, start, end, paragraph, first, last))
            first = last
        return tuple(found)

    def positions(self, wanted: str) -> list[int]:
        """Token indices at which the stem ``wanted`` stands, in order."""
        if self._index is None:
            index: dict[str, list[int]] = {}
            for position, one in enumerate(self.stems):
                index.setdefault(one, []).append(position)
            self._index = index
        return self._index.get(wanted, [])

    def sentence_at(self, token: int) -> Sentence:
        """The sentence that token number ``token`` stands in."""
        return self.sentences[bisect_right([s.first for s in self.sentences], token) - 1]
