"""Cues: words and phrases that signal who speaks, how certain they are, and what they deny.

One table a group in ``lexicon/<language>/cues``: ``cue`` (inflected forms spelled out between ``|``),
``strength`` 0 to 1, and ``reason``. Beside it stands ``<group>.examples.tsv`` with texts in which the cue
holds (``yes``) and in which it does not (``no``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from sensational.lexicon.loader import LexiconError, rows
from sensational.lexicon.phrases import Phrases


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of a group: its forms (the first names it), how strong it is (0 to 1), and why."""

    group: str
    forms: tuple[str, ...]
    strength: float
    reason: str

    @property
    def name(self) -> str:
        """The first form."""
        return self.forms[0]


@dataclass(frozen=True, slots=True)
class Example:
    """A text in which ``cue`` does (``holds``) or does not do what its group says."""

    holds: bool
    text: str
    cue: str


class Found(NamedTuple):
    """A cue that stands at tokens ``first`` to ``last`` (exclusive)."""

    first: int
    last: int
    cue: Cue


class CueIndex:
    """Looks cues up in a run of tokens, the longest at each place: one set access a token.

    Attributes:
        first_words: the words with which a cue begins.
        single: the cues of one word.
    """

    __slots__ = ("_phrases", "first_words", "single")

    def __init__(self, listed: Iterable[Cue]) -> None:
        pairs = [(form, cue) for cue in listed for form in cue.forms]
        self._phrases = Phrases(pairs)
        self.single = frozenset(form for form, _ in pairs if " " not in form)
        self.first_words = self._phrases.first_words

    def at(self, words: Sequence[str], position: int, last: int) -> Found | None:
        """The longest cue that begins at ``position`` and ends before ``last``.

        Of equal phrases in several groups, the one listed first.
        """
        found = self._phrases.at(words, position)
        if found is None or position + found[0] > last:
            return None
        return Found(position, position + found[0], found[1][0])

    def find(self, words: Sequence[str], first: int, last: int) -> list[Found]:
        """All longest cues among tokens ``first`` to ``last`` (exclusive), in order, none overlapping."""
        return self.find_at(words, self.places(words, first, last), last)

    def places(self, words: Sequence[str], first: int, last: int) -> list[int]:
        """The tokens from ``first`` to ``last`` (exclusive) at which a cue may begin, in order."""
        return self._phrases.places(words, first, last)

    def find_at(self, words: Sequence[str], places: Iterable[int], last: int) -> list[Found]:
        """As :meth:`find`, where the tokens at which cues may begin are known, in order."""
        hits: list[Found] = []
        free = 0
        starting, longest = self.first_words, self._phrases.at
        for position in places:
            if position < free or words[position] not in starting:
                continue
            found = longest(words, position)
            if found is not None and position + found[0] <= last:
                free = position + found[0]
                hits.append(Found(position, free, found[1][0]))
        return hits


def word_set(words: str) -> frozenset[str]:
    """The words of a text, for the small closed classes (pronouns, articles) that code needs by name."""
    return frozenset(words.split())


def groups(language: str = "en") -> tuple[str, ...]:
    """The names of all groups, sorted."""
    folder = files("sensational.lexicon") / language / "cues"
    names = (path.name.removesuffix(".tsv") for path in folder.iterdir() if path.name.endswith(".tsv"))
    return tuple(sorted(name for name in names if not name.endswith(".examples")))


@lru_cache(maxsize=256)
def cues(group: str, language: str = "en") -> tuple[Cue, ...]:
    """The cues of one group, in the order of its table; read once a process.

    Raises:
        LexiconError: a strength is no number from 0 to 1, or a form stands twice in the group.
        FileNotFoundError: there is no such group.
    """
    path = files("sensational.lexicon") / language / "cues" / f"{group}.tsv"
    listed = []
    seen: set[str] = set()
    for number, row in enumerate(rows(path), start=2):
        forms = tuple(form.strip() for form in row["cue"].split("|"))
        twice = [form for form in forms if form in seen or forms.count(form) > 1]
        if twice:
            raise LexiconError(f"{path.name}, row {number}: {twice[0]!r} stands twice; keep one of them")
        seen.update(forms)
        try:
            strength = float(row["strength"])
        except ValueError:
            strength = -1.0
        if not 0 <= strength <= 1:
            raise LexiconError(f"{path.name}, row {number}: strength {row['strength']!r} is not from 0 to 1")
        listed.append(Cue(group, forms, strength, row["reason"]))
    return tuple(listed)


@lru_cache(maxsize=64)
def index(*names: str, language: str = "en") -> CueIndex:
    """One index over several groups; of equal forms, the group named first wins."""
    return CueIndex(cue for name in names for cue in cues(name, language))


def examples(group: str, language: str = "en") -> tuple[Example, ...]:
    """The examples of one group.

    Raises:
        FileNotFoundError: the group has no table of examples.
    """
    path = files("sensational.lexicon") / language / "cues" / f"{group}.examples.tsv"
    return tuple(Example(row["holds"] == "yes", row["text"], row["cue"]) for row in rows(path))
