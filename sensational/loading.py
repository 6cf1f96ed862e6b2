"""How loaded a headline is, as a sum that can be read term by term.

Four things speak, each a span with its own points of log-odds (:func:`parts`):

- **charge**: the chance that readers mark this word as loaded. It comes from a table of words
  (``resources/loading.json``) and from the kind and loading of the term that the word stands in, so that
  a word the lexicon does not know can count, and one that it knows counts by what readers made of it;
- **tone**: words and pairs of words that comment, and sentences which readers call biased, have more often
  than others, or less often (*said*, *according to*); the latter are calm cues and lower the loading;
- **vigour**: in short headlines the terms of emotion and force, by their own loading, and the word that lies
  nearest to the lexicon's words for death, violence and war; in sentences these mostly report;
- **marks**: quotation marks, exclamation and question marks, asides.

What was learned from sentences of prose says little of a headline of a few words, where each word was chosen
by itself. So the shorter the headline (:func:`shortness`), the more vigour counts and the less the rest:
tone, and charge of words outside the lexicon's terms, not at all in a short one.

``loading = 100 · σ(bias + Σ points)``. Words in phrases that load nothing (*killer whale*) have neither
charge nor vigour. Names of people, outlets, parties and peoples have no entry, so that no side is loaded by
its name. Trained by ``sensational.training.loading``; whole numbers, the same on every machine.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple, Protocol

from sensational.lexicon.loader import load, rows
from sensational.steady import log1p, logistic

SCALE = 1000  # weights are stored in thousandths
MOST = 0.95  # no word is surer than that
MARKS = (("quotation", '"“”'), ("exclamation", "!"), ("question", "?"), ("aside", "(—"))  # fmt: skip
MOST_MARKS = 3  # of one sort
VIGOROUS = ("emotion", "force")
SHORT, LONG = (
    10,
    18,
)  # words: a headline is short up to the first, and reads like a sentence from the second on
KEPT_IN_SHORT = 0.4  # share of their points that loaded terms and marks keep in a short headline


class Spoken(Protocol):
    """What is asked of a term: its tokens (``last`` exclusive), kind, and loading 0 to 1."""

    @property
    def first(self) -> int:
        """Its first token."""

    @property
    def last(self) -> int:
        """The token after its last."""

    @property
    def kind(self) -> str:
        """One of the kinds of the annotation guide, or *plain*."""

    @property
    def loading(self) -> float:
        """How much it raises the stakes, 0 to 1."""


class Part(NamedTuple):
    """Tokens ``first`` to ``last`` (exclusive) with the log-odds they add, below 0 for calm cues.

    ``why`` is *charge*, *tone*, *vigour*, or the name of a mark; marks stand at no token: 0 to 0.
    """

    first: int
    last: int
    points: float
    why: str


@dataclass(frozen=True, slots=True)
class LoadingModel:
    """The tables, in thousandths.

    ``words`` gives charge (log-odds before the lexicon speaks) and tone by word, ``phrases`` the tone of
    two words, ``harm`` how near a word lies to those of death, violence and war; ``kinds`` charge
    by kind of term: a constant, and a slope by the term's loading. ``plain`` is the charge of a word that is
    not in the table. ``weights`` say how charge, tone, vigour and marks add up.
    """

    bias: int
    plain: int
    words: Mapping[str, Sequence[int]]
    phrases: Mapping[str, int]
    harm: Mapping[str, int]
    kinds: Mapping[str, Sequence[int]]
    weights: Mapping[str, int]


@lru_cache(maxsize=1)
def model() -> LoadingModel:
    """The shipped model, read once a process."""
    data = json.loads((files("sensational.resources") / "loading.json").read_text(encoding="utf-8"))
    return from_json(data)


def from_json(data: Mapping[str, Any]) -> LoadingModel:
    """A model from what :mod:`sensational.training.loading` wrote."""
    return LoadingModel(
        data["bias"],
        data["plain"],
        data["words"],
        data["phrases"],
        data["harm"],
        data["kinds"],
        data["weights"],
    )


def word_loading(
    word: str, kind: str = "plain", loading: float = 0.0, using: LoadingModel | None = None
) -> float:
    """The chance, 0 to 0.95, that a reader marks ``word`` (lower case) as loaded.

    Args:
        word: one token.
        kind: the kind of the term that it stands in; *plain* if in none.
        loading: that term's loading, 0 to 1.
        using: another model than the shipped one.
    """
    held = using or model()
    entry = held.words.get(word)
    charge = held.plain if entry is None else entry[0]
    if kind == "plain" and charge <= held.plain:
        return 0.0
    constant, slope = held.kinds.get(kind, (0, 0))
    odds = (charge + constant + slope * loading) / SCALE
    return min(MOST, logistic(odds))


def parts(
    words: Sequence[str], terms: Sequence[Spoken], text: str, using: LoadingModel | None = None
) -> list[Part]:
    """What raises or lowers the loading of a headline, in order of the tokens, marks last.

    Args:
        words: its tokens in lower case (``Document.words``).
        terms: its terms, as :func:`sensational.terms.find_claims` gives them.
        text: the headline.
        using: another model than the shipped one.
    """
    held = using or model()
    short = shortness(len(words))
    exempt = load().exempt(words)
    found = _charges(words, terms, exempt, short, held)
    if short < 1:
        found += _tones(words, 1 - short, held)
    if short > 0:
        found += _vigour(words, terms, exempt, short, held)
    found.sort(key=lambda part: (part.first, part.last))
    for name, marks in MARKS:
        times = min(MOST_MARKS, sum(text.count(mark) for mark in marks))
        if times:
            share = 1 - (1 - KEPT_IN_SHORT) * short
            found.append(Part(0, 0, times * share * held.weights[name] / SCALE, name))
    return found


def shortness(length: int) -> float:
    """How much a text of ``length`` words is a short headline, 0 to 1, rather than a sentence."""
    return min(1.0, max(0.0, (LONG - length) / (LONG - SHORT)))


def _charges(
    words: Sequence[str], terms: Sequence[Spoken], exempt: frozenset[int], short: float, held: LoadingModel
) -> list[Part]:
    """The words that readers would mark; the most charged has something on top."""
    inside: list[Spoken | None] = [None] * len(words)
    for term in terms:
        if term.kind != "plain":
            inside[term.first : term.last] = [term] * (term.last - term.first)
    found: list[Part] = []
    strongest, place = 0.0, -1
    each, extra = held.weights["charge"] / SCALE, held.weights["strongest"] / SCALE
    for at, word in enumerate(words):
        term_here = inside[at]
        if at in exempt or word[0].isdigit() or (term_here is None and word not in held.words):
            continue
        if word in _grammar():
            continue
        if term_here is None:
            chance, share = word_loading(word, using=held), 1 - short
        else:
            chance = word_loading(word, term_here.kind, term_here.loading, held)
            share = 1 - (1 - KEPT_IN_SHORT) * short
        if chance and share:
            if chance * share > strongest:
                strongest, place = chance * share, len(found)
            found.append(Part(at, at + 1, -log1p(-chance) * each * share, "charge"))
    if place >= 0:
        most = found[place]
        found[place] = Part(most.first, most.last, most.points + strongest * extra, "charge")
    return found


def _tones(words: Sequence[str], share: float, held: LoadingModel) -> list[Part]:
    """The words and pairs that comment has more often, or less; a word counts once."""
    found: list[Part] = []
    single = held.weights["tone"] / SCALE / SCALE * share
    double = held.weights["phrase_tone"] / SCALE / SCALE * share
    seen = set()
    last = "^"
    for at, word in enumerate(words):
        plain = "0" if word[0].isdigit() else word
        if plain not in seen:
            seen.add(plain)
            entry = held.words.get(plain)
            if entry is not None and entry[1]:
                found.append(Part(at, at + 1, entry[1] * single, "tone"))
        tone = held.phrases.get(f"{last} {plain}")
        if tone is not None:
            found.append(Part(max(0, at - 1), at + 1, tone * double, "tone"))
        last = plain
    return found


def _vigour(
    words: Sequence[str], terms: Sequence[Spoken], exempt: frozenset[int], short: float, held: LoadingModel
) -> list[Part]:
    """The terms of emotion and force, and the word nearest to harm."""
    each = held.weights["vigour"] / SCALE * short
    found = [
        Part(term.first, term.last, -log1p(-min(MOST, term.loading)) * each, "vigour")
        for term in terms
        if term.kind in VIGOROUS
    ]
    nearest, place = 0, -1
    for at, word in enumerate(words):
        harm = held.harm.get(word, 0)
        if harm > nearest and at not in exempt:
            nearest, place = harm, at
    if place >= 0:
        points = nearest * held.weights["harm"] / SCALE / SCALE * short
        found.append(Part(place, place + 1, points, "vigour"))
    return found


def headline_loading(
    words: Sequence[str], terms: Sequence[Spoken], text: str, using: LoadingModel | None = None
) -> float:
    """How loaded a headline is, 0 to 100, rounded to one digit. Arguments as :func:`parts` takes them."""
    held = using or model()
    odds = held.bias / SCALE + math.fsum(part.points for part in parts(words, terms, text, held))
    return round(100 * logistic(odds), 1)


@lru_cache(maxsize=1)
def _grammar() -> frozenset[str]:
    """Words that carry grammar rather than meaning."""
    table = files("sensational.lexicon") / "en" / "function_words.tsv"
    return frozenset(row["word"] for row in rows(table))
