"""Of the headline: the spans that claim something, loaded ones and, as candidates, plain ones."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sensational.analysis import KINDS, Kind
from sensational.language.document import Document
from sensational.language.function_words import JOINING, function_words
from sensational.language.quantities import quantities
from sensational.language.quotations import find_quotations
from sensational.verifier.judgement import Reading

LOADED_FROM = 0.5
"""A word is loaded from this probability on."""
MARKED_FROM = 0.2
"""The same for a quotation or a stated number, which the marks or the digits speak for already."""
BEGINS_FROM = 0.5
"""From this probability on, a loaded word after another loaded word begins a term of its own."""
_PLAIN = KINDS.index("plain")
_UNCOUNTED = frozenset(("year", "date", "time", "label"))


class Span(NamedTuple):
    """A span of the headline, ``text[start:end]``; its words are ``first`` to ``last`` (exclusive).

    ``loading`` is the probability that it is loaded, 0 to 1.
    """

    start: int
    end: int
    first: int
    last: int
    kind: Kind
    loading: float

    @property
    def loaded(self) -> bool:
        """Whether the span raises the stakes."""
        return self.kind != "plain"


def find_spans(headline: Document, reading: Reading) -> tuple[Span, ...]:
    """The loaded terms of a headline and, of the rest, every run of words that carry meaning, in order.

    Args:
        headline: in its canonical form.
        reading: what the verifier says of its words, read alone.
    """
    words = _Words(headline, reading)
    spans = [*words.quoted(), *words.counted(), *words.loaded(), *words.plain()]
    return tuple(sorted(spans))


class _Words:
    """The words of one headline; the first span to take a word keeps it."""

    def __init__(self, headline: Document, reading: Reading) -> None:
        self._headline = headline
        self._taken = [False] * len(headline.words)
        rows = [reading.rows(start, end) for start, end in zip(headline.starts, headline.ends, strict=True)]
        plain = np.eye(len(KINDS))[_PLAIN]
        self._kinds = [reading.kinds[row].mean(axis=0) if row else plain for row in rows]
        self._begins = [float(reading.begins[row[0]]) if row else 0.0 for row in rows]

    def quoted(self) -> list[Span]:
        """Words in quotation marks, unless they are a name or a title."""
        found = []
        for quotation in find_quotations(self._headline.text):
            first, last = self._headline.tokens_in(quotation.inner_start, quotation.inner_end)
            if quotation.closed and self._free(first, last) and self._loading(first, last) >= MARKED_FROM:
                found.append(self._take(first, last, "quote", (quotation.start, quotation.end)))
        return found

    def counted(self) -> list[Span]:
        """Stated numbers that carry the story."""
        found = []
        for quantity in quantities(self._headline.text):
            first, last = self._headline.tokens_in(quantity.start, quantity.end)
            if (
                quantity.unit not in _UNCOUNTED
                and self._free(first, last)
                and self._loading(first, last) >= MARKED_FROM
                and self._kind(first, last) == "scale"
            ):
                found.append(self._take(first, last, "scale"))
        return found

    def loaded(self) -> list[Span]:
        """Runs of loaded words, parted where a new term begins."""
        found = []
        at = 0
        while at < len(self._taken):
            if not self._is_loaded(at):
                at += 1
                continue
            last = at + 1
            while last < len(self._taken) and self._is_loaded(last) and not self._parted(last):
                last += 1
            kind = self._kind(at, last)
            if self._headline.words[last - 1] == "to" and self._free(last, last + 1):
                last += 1  # an intent is nothing without what is intended: "to close"
            # "the", "at" or "it" alone claims nothing.
            if kind == "hook" or not JOINING.issuperset(self._headline.words[at:last]):
                found.append(self._take(at, last, kind))
            at = last
        return found

    def plain(self) -> list[Span]:
        """Runs of the other words that carry meaning."""
        found = []
        grammar = function_words()
        at = 0
        while at < len(self._taken):
            if self._taken[at] or self._headline.words[at] in grammar:
                at += 1
                continue
            last = at + 1
            while (
                last < len(self._taken)
                and not self._taken[last]
                and self._headline.words[last] not in grammar
                and self._headline.gaps[last].strip() == ""
            ):
                last += 1
            found.append(self._take(at, last, "plain"))
            at = last
        return found

    def _is_loaded(self, at: int) -> bool:
        return not self._taken[at] and 1 - float(self._kinds[at][_PLAIN]) >= LOADED_FROM

    def _parted(self, at: int) -> bool:
        marks = self._headline.gaps[at].strip()
        if marks and marks not in "-‑–'\"":
            return True
        # "in tears": what a function word opens goes on with the next word.
        return self._begins[at] >= BEGINS_FROM and self._headline.words[at - 1] not in function_words()

    def _free(self, first: int, last: int) -> bool:
        return first < last <= len(self._taken) and not any(self._taken[first:last])

    def _loading(self, first: int, last: int) -> float:
        return 1 - float(np.mean([self._kinds[at][_PLAIN] for at in range(first, last)]))

    def _kind(self, first: int, last: int) -> Kind:
        mean = np.mean([np.delete(self._kinds[at], _PLAIN) for at in range(first, last)], axis=0)
        return [kind for kind in KINDS if kind != "plain"][int(mean.argmax())]

    def _take(self, first: int, last: int, kind: Kind, span: tuple[int, int] | None = None) -> Span:
        self._taken[first:last] = [True] * (last - first)
        start, end = span or (self._headline.starts[first], self._headline.ends[last - 1])
        return Span(start, end, first, last, kind, round(self._loading(first, last), 4))
