"""How much a headline teases: withholds what it tells of, so that readers open it.

A sum that can be read feature by feature, through a logistic curve:

- **wording**: words, pairs and triples of words, and *shapes*: runs of two to four words of which only those
  that are grammar stay, the others leaving their form (``~this Xx will``);
- **form**: counts and shares (:func:`form`), each with steps: what a headline gains when it passes a level.

Names of people, parties and outlets are no wording, so that none teases by its name. Trained by
``sensational.training.teasing``; whole numbers, the same on every machine.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from sensational.language import meaning
from sensational.lexicon.cues import cues
from sensational.lexicon.loader import rows
from sensational.lexicon.phrases import Phrases
from sensational.steady import logistic

SCALE = 1000  # weights are stored in thousandths
LONGEST = 60  # tokens; of a longer headline the first of them are read
NAME_SHARE = 0.6  # a word that the news writes with a capital more often is a name

_TOKEN = re.compile(r"[^\W\d_]+(?:['’\-‑][^\W_]+)*|[0-9][0-9.,]*%?|[?!:\"“”…#@.,;()|]")
MARKS = '?!"…#@.,:;'
GROUPS = {
    "you": "you your you're yours yourself",
    "I": "i i'm me my our us we",
    "they": "he her him his she their them they",
    "this": "here that these this those",
    "question": "how what when where which who why",
    "be": "are be is was were",
    "will": "can could should will would",
    "not": "can't don't isn't never no not won't",
    "the": "the",
    "a": "a an",
    "said": "said says",
    "of": "at for in of on to",
    "have": "had has have",
}
"""Small words by what they do in a headline."""
_GROUP = {word: name for name, group in GROUPS.items() for word in group.split()}


@dataclass(frozen=True, slots=True)
class Steps:
    """What a figure of form adds: ``points[i]`` (thousandths) from ``levels[i - 1]`` up to ``levels[i]``."""

    levels: Sequence[float]
    points: Sequence[int]

    def at(self, value: float) -> int:
        """The points of ``value``."""
        return self.points[bisect_right(self.levels, value)]


@dataclass(frozen=True, slots=True)
class TeasingModel:
    """Weights in thousandths: of wording, over the root of the number of tokens, and of form, in steps."""

    bias: int
    weights: Mapping[str, int]
    form: Mapping[str, Steps]


@lru_cache(maxsize=1)
def teasing_model() -> TeasingModel:
    """The shipped model, read once a process."""
    path = files("sensational.resources") / "loading_teasing.json"
    return from_json(json.loads(path.read_text(encoding="utf-8")))


def from_json(data: Mapping[str, Any]) -> TeasingModel:
    """A model from what :mod:`sensational.training.teasing` wrote."""
    steps = {name: Steps(levels, points) for name, (levels, points) in data["form"].items()}
    return TeasingModel(data["bias"], data["weights"], steps)


def teasing(headline: str, using: TeasingModel | None = None) -> float:
    """How much a headline teases its reader, 0 to 1, rounded to three digits; 0 for an empty one.

    An estimate of the mean judgement of five readers (Potthast et al., "Crowdsourcing a large corpus of
    clickbait on Twitter", COLING 2018).

    Args:
        headline: the text.
        using: another model than the shipped one.
    """
    held = using or teasing_model()
    tokens = tokens_of(headline)
    if not tokens:
        return 0.0
    known = held.weights
    runs = sum([known[name] for name in known.keys() & wording(tokens)])  # whole numbers: any order
    steps = math.fsum(
        held.form[name].at(value) for name, value in form(headline, tokens).items() if name in held.form
    )
    odds = (held.bias + steps + runs / math.sqrt(len(tokens))) / SCALE
    return round(logistic(odds), 3)


def tokens_of(headline: str) -> list[str]:
    """Words, numbers and marks, as they are written; the first :data:`LONGEST` of them."""
    return _TOKEN.findall(headline)[:LONGEST]


def wording(tokens: Sequence[str]) -> set[str]:
    """Runs of one to three words, and of two to four shapes, which begin with *~*.

    ``^`` and ``$`` stand for beginning and end, *0* for any number; in shapes, *Xx* for a word with a capital
    and *x* for another, unless it is grammar.
    """
    words, shapes = ["^"], ["^"]
    grammar = _grammar()
    for token in tokens:
        if token[0].isdigit():
            words.append("0")
            shapes.append("0")
            continue
        word = token.lower().replace("’", "'")
        words.append(word)
        shapes.append(
            word if word in grammar or not token[0].isalpha() else "Xx" if token[0].isupper() else "x"
        )
    words.append("$")
    shapes.append("$")
    found = set(words)
    pairs = [f"{one} {other}" for one, other in pairwise(words)]
    found.update(pairs)
    found.update(f"{pair} {other}" for pair, other in zip(pairs, words[2:], strict=False))
    runs = [f"~{one} {other}" for one, other in pairwise(shapes)]
    for later in (shapes[2:], shapes[3:], []):
        found.update(runs)
        runs = [f"{run} {other}" for run, other in zip(runs, later, strict=False)]
    return found


def form(headline: str, tokens: Sequence[str]) -> dict[str, float]:
    """The figures of form by name; those that are not given are 0.

    Counts of marks, of small words by group (:data:`GROUPS`) and whether one begins the headline; length in
    tokens and characters; shares (0 to 1) of capitals after the first word, of words all in capitals, of
    grammar, of names; mean length, rarity and capital share of words; strength of hook and urgency cues.
    """
    words = [token for token in tokens if token[0].isalpha()]
    low = [word.lower().replace("’", "'") for word in words]
    found = {"tokens": float(len(tokens)), "characters": float(len(headline))}
    found |= _cued(["#" if one[0].isdigit() else one.lower().replace("’", "'") for one in tokens
                    if one[0].isalnum()])  # fmt: skip
    numbers = sum(token[0].isdigit() for token in tokens)
    if numbers:
        found["numbers"] = float(numbers)
        found["begins with a number"] = float(tokens[0][0].isdigit())
    if tokens and tokens[-1] == ".":
        found["ends with a full stop"] = 1.0
    for mark in MARKS:
        if mark in headline:
            found[mark] = float(headline.count(mark))
    if not words:
        return found
    grammar = names = loud = capitals = longest = letters = 0
    cased = rarity = 0.0
    for at, word in enumerate(low):
        known = _known(word)
        grammar += known.grammar
        names += known.capitals > NAME_SHARE
        cased += known.capitals
        rarity += known.rarity
        if known.group:
            found[known.group] = found.get(known.group, 0.0) + 1.0
        written = words[at]
        letters += len(written)
        longest = max(longest, len(written))
        if written[0].isupper():
            capitals += at > 0
            loud += len(written) > 1 and written.isupper()
    if low[0] in _GROUP:
        found[f"{_GROUP[low[0]]} …"] = 1.0
    many = len(words)
    found["word length"] = letters / many
    found["longest word"] = float(longest)
    found["capitals"] = capitals / max(1, many - 1)
    found["all in capitals"] = loud / many
    found["grammar"] = grammar / len(tokens)
    found["names"] = names / many
    found["usual capitals"] = cased / many
    found["rarity"] = rarity / many
    return found


def _cued(words: Sequence[str]) -> dict[str, float]:
    """The cues of hook and urgency in words, numbers as *#*."""
    hooks = [max(strengths) for _, _, strengths in _cue_phrases("hook").all(words)]
    first = _cue_phrases("hook").at(["^" + words[0], *words[1:]], 0) if words else None
    if first:
        hooks.append(max(first[1]))
    found = {"hooks": math.fsum(hooks), "strongest hook": max(hooks)} if hooks else {}
    if _cue_phrases("urgency").all(words):
        found["urgency"] = 1.0
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """What a word is, wherever it stands: its share of capitals, its rarity, its group of small words."""

    grammar: bool
    capitals: float
    rarity: float
    group: str | None


@lru_cache(maxsize=65_536)
def _known(word: str) -> _Known:
    return _Known(word in _grammar(), meaning.capital_share(word) or 0.0, meaning.idf(word), _GROUP.get(word))


@lru_cache(maxsize=1)
def _grammar() -> frozenset[str]:
    """Words that carry grammar rather than meaning."""
    table = files("sensational.lexicon") / "en" / "function_words.tsv"
    return frozenset(row["word"] for row in rows(table))


@lru_cache(maxsize=4)
def _cue_phrases(group: str) -> Phrases[float]:
    return Phrases((form, cue.strength) for cue in cues(group) for form in cue.forms)
