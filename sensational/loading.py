"""How loaded a headline is, and how much it teases, as sums that can be read term by term.

Four things speak, each a span with its own points of log-odds (:func:`parts`):

- **charge**: the chance that readers mark this word as loaded. It comes from a table of words
  (``resources/loading.json``) and from the kind and loading of the term that the word stands in, so that
  a word the lexicon does not know can count, and one that it knows counts by what readers made of it;
- **tone**: words and pairs of words that comment has more often than reports, or less often (*said*,
  *according to*); the latter are calm cues and lower the loading;
- **vigour**: in clipped headlines, where a single verb carries the story, the terms of emotion and force
  by their own loading; in running prose they mostly report;
- **marks**: quotation marks, exclamation and question marks, asides.

``loading = 100 · σ(bias + Σ points)``. Names of people, outlets, parties and peoples have no entry, so that
no side is loaded by its name. Trained by ``sensational.training.loading``; whole numbers, the same on every
machine.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Protocol

from sensational.lexicon.cues import cues
from sensational.lexicon.loader import rows
from sensational.lexicon.phrases import Phrases

SCALE = 1000  # weights are stored in thousandths
MOST = 0.95  # no word is surer than that
MARKS = (("quotation", '"“”'), ("exclamation", "!"), ("question", "?"), ("aside", "(—"))  # fmt: skip
MOST_MARKS = 3  # of one sort
VIGOROUS = ("emotion", "force")


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


@dataclass(frozen=True, slots=True)
class Part:
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
    two words; ``kinds`` charge by kind of term: a constant, and a slope by the term's loading. ``plain`` is
    the charge of a word that is not in the table. ``weights`` say how charge, tone and marks add up.
    """

    bias: int
    plain: int
    words: Mapping[str, Sequence[int]]
    phrases: Mapping[str, int]
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
        data["bias"], data["plain"], data["words"], data["phrases"], data["kinds"], data["weights"]
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
    return min(MOST, 1 / (1 + math.exp(-odds)))


def parts(
    words: Sequence[str],
    terms: Sequence[Spoken],
    text: str,
    prose: float = 1.0,
    using: LoadingModel | None = None,
) -> list[Part]:
    """What raises or lowers the loading of a headline, in order of the tokens, marks last.

    Args:
        words: its tokens in lower case (``Document.words``).
        terms: its terms, as :func:`sensational.terms.find_claims` gives them.
        text: the headline.
        prose: how much it reads like running text, 0 to 1 (``Headline.prose``).
        using: another model than the shipped one.
    """
    held = using or model()
    weights, known = held.weights, held.words
    found: list[Part] = []
    inside: list[Spoken | None] = [None] * len(words)
    for term in terms:
        if term.kind != "plain":
            inside[term.first : term.last] = [term] * (term.last - term.first)
        if term.kind in VIGOROUS and prose < 1:
            weight = weights["vigour"] / SCALE * (1 - prose)
            points = -math.log1p(-min(MOST, term.loading)) * weight
            found.append(Part(term.first, term.last, points, "vigour"))
    strongest = 0.0
    where = -1
    each = weights["charge"] / SCALE
    single, double = weights["tone"] / SCALE / SCALE, weights["phrase_tone"] / SCALE / SCALE
    seen = set()
    last = "^"
    for at, word in enumerate(words):
        about = inside[at]
        if (about is not None or word in known) and word not in _grammar() and not word[0].isdigit():
            kind, loading = ("plain", 0.0) if about is None else (about.kind, about.loading)
            chance = word_loading(word, kind, loading, held)
            if chance:
                if chance > strongest:
                    strongest, where = chance, len(found)
                found.append(Part(at, at + 1, -math.log1p(-chance) * each, "charge"))
        plain = "0" if word[0].isdigit() else word
        if plain not in seen:
            seen.add(plain)
            entry = known.get(plain)
            if entry is not None and entry[1]:
                found.append(Part(at, at + 1, entry[1] * single, "tone"))
        tone = held.phrases.get(f"{last} {plain}")
        if tone is not None:
            found.append(Part(max(0, at - 1), at + 1, tone * double, "tone"))
        last = plain
    if where >= 0:
        most = found[where]
        extra = strongest * weights["strongest"] / SCALE
        found[where] = Part(most.first, most.last, most.points + extra, "charge")
    found.sort(key=lambda part: (part.first, part.last))
    for name, marks in MARKS:
        times = min(MOST_MARKS, sum(text.count(mark) for mark in marks))
        if times:
            found.append(Part(0, 0, times * weights[name] / SCALE, name))
    return found


def headline_loading(
    words: Sequence[str],
    terms: Sequence[Spoken],
    text: str,
    prose: float = 1.0,
    using: LoadingModel | None = None,
) -> float:
    """How loaded a headline is, 0 to 100, rounded to one digit. Arguments as :func:`parts` takes them."""
    held = using or model()
    odds = held.bias / SCALE + sum(part.points for part in parts(words, terms, text, prose, held))
    return round(100 / (1 + math.exp(-max(-500.0, min(500.0, odds)))), 1)


@lru_cache(maxsize=1)
def _grammar() -> frozenset[str]:
    """Words that carry grammar rather than meaning."""
    table = files("sensational.lexicon") / "en" / "function_words.tsv"
    return frozenset(row["word"] for row in rows(table))


# --- teasing

_TEASING_TOKEN = re.compile(r"[^\W\d_]+(?:['’\-‑][^\W_]+)*|[0-9][0-9.,]*%?|[?!:\"“”…#@]")
LONGEST = 30  # tokens; a longer headline counts as this long


@dataclass(frozen=True, slots=True)
class TeasingModel:
    """Weights in thousandths, by feature (see :func:`teasing_features`)."""

    bias: int
    weights: Mapping[str, int]


@lru_cache(maxsize=1)
def teasing_model() -> TeasingModel:
    """The shipped model, read once a process."""
    path = files("sensational.resources") / "loading_teasing.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    return TeasingModel(data["bias"], data["weights"])


def teasing(headline: str, using: TeasingModel | None = None) -> float:
    """How much a headline teases its reader, 0 to 1, rounded to three digits; 0 for an empty one.

    An estimate of the mean judgement of five readers (Potthast et al., "Crowdsourcing a large corpus of
    clickbait on Twitter", COLING 2018): the logistic function of a sum over named features.
    """
    held = using or teasing_model()
    found = teasing_features(headline)
    if not found:
        return 0.0
    odds = held.bias / SCALE
    for name, value in found.items():
        weight = held.weights.get(name)
        if weight is not None:
            odds += value * weight / SCALE
    return round(1 / (1 + math.exp(-max(-500.0, min(500.0, odds)))), 3)


def teasing_features(headline: str) -> dict[str, float]:
    """The features of a headline by name: words and pairs (over the root of the length), cues, and form.

    *=hook* is the summed strength of hook cues and *=hook at most* the strongest, *=urgency* whether there
    is such a cue, *=length* and *=length squared* are in tens of tokens, *=capitals* is the share of
    words after the first that begin with a capital. ``^`` and ``$`` stand for beginning and end, *0* for
    any number. Empty where there is no token.
    """
    raw = _TEASING_TOKEN.findall(headline)
    if not raw:
        return {}
    tokens = ["0" if token[0].isdigit() else token.lower().replace("’", "'") for token in raw]
    share = 1 / math.sqrt(len(tokens))
    found = dict.fromkeys(tokens, share)
    for one, other in pairwise(["^", *tokens, "$"]):
        found[f"{one} {other}"] = share
    words = ["#" if word == "0" else word for word in tokens if word[0].isalnum()]
    hooks = [max(strengths) for _, _, strengths in _cue_phrases("hook").all(words)]
    if words:
        first = _cue_phrases("hook").at(["^" + words[0], *words[1:]], 0)
        hooks += [max(first[1])] if first else []
    length = min(len(tokens), LONGEST) / 10
    later = [token for token in raw[1:] if token[0].isalpha()]
    found["=hook"] = sum(hooks)
    found["=hook at most"] = max(hooks, default=0.0)
    found["=urgency"] = float(bool(_cue_phrases("urgency").all(words)))
    found["=length"] = length
    found["=length squared"] = length * length / 3
    found["=capitals"] = sum(token[0].isupper() for token in later) / max(1, len(later))
    return found


@lru_cache(maxsize=4)
def _cue_phrases(group: str) -> Phrases[float]:
    return Phrases((form, cue.strength) for cue in cues(group) for form in cue.forms)
