"""How hard a text is to read, by textstat, without any corpus to download."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

MODE = "syllables counted by hyphenation"
"""textstat counts syllables by the CMU dictionary where it is installed. A figure must not depend on
what a machine happens to have, so they are always counted by hyphenation (Pyphen) here; Flesch reading
ease then comes out some 8.5 points higher on average."""

_MOST = 200_000  # characters looked at: far beyond any article, and enough for a stable figure


@dataclass(frozen=True, slots=True)
class Readability:
    """Three measures of one text.

    ``reading_ease`` is Flesch's (1948), about 0 (hard) to 100 (easy); ``grade`` is Kincaid's (1975),
    years of American schooling, never below 0 here; ``words_per_sentence`` is what it says.
    """

    reading_ease: float
    grade: float
    words_per_sentence: float


def readability(text: str) -> Readability | None:
    """The measures of ``text``, rounded to one decimal; None where there are no words to measure."""
    if not any(character.isalpha() for character in text):
        return None
    text = text[:_MOST].replace("\n", " ")
    with _hyphenating() as stat:
        return Readability(
            reading_ease=round(float(stat.flesch_reading_ease(text)), 1),
            grade=round(max(0.0, float(stat.flesch_kincaid_grade(text))), 1),
            words_per_sentence=round(float(stat.words_per_sentence(text)), 1),
        )


@contextmanager
def _hyphenating() -> Iterator[Any]:
    """The textstat module, its pronouncing dictionary empty for as long as it is used here.

    textstat asks NLTK for ``corpora/cmudict`` and downloads it where it is missing. An empty dictionary
    in place of the function that loads it keeps textstat from the network and from a machine's data.
    """
    from sensational.language.nltk_parts import without

    with without("sklearn", "scipy"):
        import textstat

    counting: Any = sys.modules["textstat.backend.counts._count_syllables"]
    loader = counting.get_cmudict
    counting.get_cmudict = lambda lang: {}
    try:
        yield textstat.textstat
    finally:
        counting.get_cmudict = loader
