"""One pass over a text: tokens with offsets, sentences, and indexes into them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from sensational.language.sentences import split_sentences
from sensational.language.stems import stem, stems
from sensational.lexicon.cues import CueIndex, Found

# The commonest first, for speed: plain letters before a space or comma. Then an abbreviation with full stops
# (U.S.); a word: letters with inner apostrophes or hyphens; a number: digits with inner , . and trailing
# letters or a per cent sign (203K, 7%).
TOKEN = re.compile(
    r"([A-Za-z]++(?=[\s,])|(?:[A-Za-z]\.){2,}+|[^\W\d_]++(?:['’\-‑][^\W_]++)*+"
    r"|\d++(?:[.,]\d++)*+(?:[^\W\d_]|%)*+)"
)


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
        gaps: what stands before each token, parallel to ``words``, and last what stands after them all.
        stems: the stem of each token, parallel to ``words``.
        sentences: in order.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        # Gap, token, gap, token … gap: cut in the regular expression's own loop, the fastest there is.
        pieces = TOKEN.split(text)
        places = list(accumulate(map(len, pieces)))
        self.gaps = pieces[::2]
        self.starts = places[:-1:2]
        self.ends = places[1::2]
        self.words = _lower(pieces[1::2])
        self.stems = stems(self.words)
        self.sentences = self._sentences()

    def _sentences(self) -> tuple[Sentence, ...]:
        found: list[Sentence] = []
        first = 0
        for start, end, paragraph in split_sentences(self.text):
            last = bisect_left(self.starts, end, first)
            found.append(Sentence(len(found), start, end, paragraph, first, last))
            first = last
        return tuple(found)

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """The different words, in order of first occurrence, numbered."""
        different = dict.fromkeys(self.words)
        return dict(zip(different, range(len(different)), strict=True))

    @cached_property
    def _places_of_stems(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for at, one in enumerate(self.stems):
            if one in places:
                places[one].append(at)
            else:
                places[one] = [at]
        return places

    @cached_property
    def _cue_places(self) -> dict[CueIndex, dict[int, list[int]]]:
        return {}

    @cached_property
    def sentence_numbers(self) -> list[int]:
        """The number of the sentence that each token stands in, parallel to ``words``."""
        numbers: list[int] = []
        for sentence in self.sentences:
            numbers += [sentence.index] * (sentence.last - sentence.first)
        return numbers

    def positions(self, wanted: str) -> Sequence[int]:
        """Token positions at which the stem ``wanted`` stands, in order."""
        return self._places_of_stems.get(wanted, ())

    def positions_of_word(self, word: str) -> Sequence[int]:
        """Token positions at which ``word`` (lower case) stands, in order."""
        words = self.words
        return [at for at in self.positions(stem(word)) if words[at] == word]

    def cues(self, listed: CueIndex, sentence: Sentence) -> list[Found]:
        """The cues of a list in a sentence, as ``listed.find`` gives them; the text is searched once."""
        places = self.cue_places(listed, sentence)
        return listed.find_at(self.words, places, sentence.last) if places else []

    def cue_places(self, listed: CueIndex, sentence: Sentence) -> Sequence[int]:
        """The tokens of a sentence at which cues of a list may begin, in order."""
        by_sentence = self._cue_places.get(listed)
        if by_sentence is None:
            by_sentence = self._cue_places[listed] = {}
            numbers = self.sentence_numbers
            for at in listed.places(self.words, 0, len(self.words)):
                by_sentence.setdefault(numbers[at], []).append(at)
        return by_sentence.get(sentence.index, ())

    def tokens_in(self, start: int, end: int) -> tuple[int, int]:
        """The tokens (first, last exclusive) that overlap characters ``start`` to ``end``."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def sentence_at(self, token: int) -> Sentence:
        """The sentence that token number ``token`` stands in."""
        numbers = self.sentence_numbers
        return self.sentences[numbers[token] if token < len(numbers) else -1]


def _lower(tokens: list[str]) -> list[str]:
    """Lower case, apostrophes straightened; all at once, for that is faster than one by one."""
    return "\n".join(tokens).replace("’", "'").lower().split("\n") if tokens else []
