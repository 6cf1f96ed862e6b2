"""What the body as a whole does with the headline: agree, discuss, disagree or unrelated.

Every pair is described by numbers that name no topic: how much of the headline the body and its
best sentence hold, and how strongly words of denial, doubt, hedging, attribution and confirmation
stand in the headline, in the first sentences and near the headline's content. Boosted trees, trained
on the Fake News Challenge (:mod:`sensational.training.stance`), read these numbers in two stages:
related or not; then agree, discuss or disagree.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import compress, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from sensational.analysis import Stance, StanceLabel
from sensational.language.document import Document
from sensational.lexicon.loader import rows
from sensational.lexicon.phrases import Phrases
from sensational.steady import exp, log, log1p, logistic

if TYPE_CHECKING:
    from numpy.typing import NDArray

LABELS: tuple[StanceLabel, ...] = ("agree", "discuss", "disagree", "unrelated")

GROUPS = (
    "fake", "false", "debunk", "deny", "doubt", "unconfirmed", "rumour",
    "hedge", "report", "say", "confirm", "not", "turn", "reversal",
)  # fmt: skip
"""Cue groups, one file each: ``lexicon/en/cues/stance_<group>.tsv``."""

REFUTING = tuple(GROUPS.index(group) for group in ("fake", "false", "debunk", "deny", "doubt"))
DISTANT = tuple(GROUPS.index(group) for group in ("unconfirmed", "rumour", "hedge", "report"))
_REFUTES, _DISTANT = frozenset(REFUTING), frozenset(DISTANT)
_NOT, _REVERSAL = GROUPS.index("not"), GROUPS.index("reversal")

PLACES = ("headline", "lead", "near", "weighted", "share")
"""Where cues are counted: in the headline; in the first sentences; within a few words of the headline's
content; in every sentence, weighted by its nearness to the headline; per hundred words of the body."""

LEAD_SENTENCES = 3
NEAR_WORDS = 6
NEGATION_REACH = 4
STRONG = 0.7
"""From this strength on, a refuting cue refutes by itself."""
RARE_IDF = 4.5
TONE_COUNTS = tuple(min(1.0, log1p(count)) for count in range(4))
"""What 0, 1, 2, and 3 or more occurrences of a word in the body add to its tone."""
MANY = len(TONE_COUNTS) - 1

RELATED_FEATURES = (
    "words", "headline_words", "held", "held_lead", "held_best", "held_two", "held_rare", "held_pairs",
    "held_numbers", "best_position", "match_density", "matched_sentences", "lead_start",
    "negated", "negated_headline", "negation_mismatch", "question", "colon", "quoted_headline",
    "quotes", "best_quoted", "questions",
)  # fmt: skip
"""What the first stage reads: how much of the headline stands in the body, and where; and the form
of both texts."""
FEATURES: tuple[str, ...] = (
    *RELATED_FEATURES,
    *(f"{group}_{place}" for place in PLACES for group in (*GROUPS, "refuting", "distant")),
    "first_refuting", "opening_refuting", "opening_distant",
    "both_refute_lead", "one_refutes_lead", "both_refute_near", "one_refutes_near",
    "both_refute_weighted", "one_refutes_weighted",
    "distance_gap", "headline_strong", "body_strong", "reversal_gap", "negation_gap",
    "tone_headline", "tone_body",
)  # fmt: skip
"""Names of the numbers that :func:`features` returns, in order."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The words that features are made of."""

    cues: Phrases[tuple[int, float]]
    alone: dict[str, tuple[tuple[int, float], ...]]
    """Cues of one word, with their groups and strengths."""
    followed: dict[str, frozenset[str]]
    """First words of longer cues, with the second words."""
    first_words: frozenset[str]
    function_words: frozenset[str]
    idf: dict[str, float]
    unseen_idf: float


@lru_cache(maxsize=1)
def _words() -> _Words:
    root = files("sensational.lexicon") / "en"
    pairs = [
        (form, (GROUPS.index(group), float(row["strength"])))
        for group in GROUPS
        for row in rows(root / "cues" / f"stance_{group}.tsv")
        for form in row["cue"].split("|")
    ]
    idf = _resource("stance_idf.json")
    split = [form.split(" ") for form, _ in pairs]
    followed: dict[str, set[str]] = {}
    alone: dict[str, tuple[tuple[int, float], ...]] = {}
    for form, (_, meaning) in zip(split, pairs, strict=True):
        if len(form) > 1:
            followed.setdefault(form[0], set()).add(form[1])
        else:
            alone[form[0]] = (*alone.get(form[0], ()), meaning)
    return _Words(
        cues=Phrases(pairs),
        alone=alone,
        followed={first: frozenset(second) for first, second in followed.items()},
        first_words=frozenset(form.split(" ")[0] for form, _ in pairs),
        function_words=frozenset(row["word"] for row in rows(root / "function_words.tsv")),
        idf=idf["idf"],
        unseen_idf=idf["unseen"],
    )


@lru_cache(maxsize=4)
def _resource(name: str) -> Any:
    return json.loads((files("sensational.resources") / name).read_text(encoding="utf-8"))


def features(headline: Document, body: Document) -> tuple[float, ...]:
    """The numbers that describe a pair, in the order of :data:`FEATURES`; none names a topic."""
    return (*described(headline, body), *_tones(headline, body, _model().tones))


def described(headline: Document, body: Document) -> tuple[float, ...]:
    """All of :data:`FEATURES` but the last two, which are learned."""
    words = _words()
    match = _matched(headline, body, words)
    in_headline = [0.0] * len(GROUPS)
    headline_negations = []
    for _, last, hits in _cues(headline, words):
        for group, strength in hits:
            in_headline[group] += strength
            if group == _NOT:
                headline_negations.append(last)
    seen = _seen(body, match, words)
    counts = (in_headline, seen.lead, seen.near, seen.weighted, seen.share)
    row = _related(headline, body, match, headline_negations, seen.negations)
    for groups in counts:
        row += groups
        row.append(math.fsum([groups[group] for group in REFUTING]))
        row.append(math.fsum([groups[group] for group in DISTANT]))
    row += (seen.first_refuting / (len(body.words) or 1), seen.opening_refuting, seen.opening_distant)
    here = min(1.0, math.fsum([in_headline[group] for group in REFUTING]))
    for groups in (seen.lead, seen.near, seen.weighted):
        there = min(1.0, math.fsum([groups[group] for group in REFUTING]))
        row += (min(here, there), abs(here - there))
    row += (
        math.fsum([seen.weighted[group] - in_headline[group] for group in DISTANT]),
        max([in_headline[group] for group in REFUTING]),
        seen.strong,
        min(1.0, seen.lead[_REVERSAL]) - min(1.0, in_headline[_REVERSAL]),
        min(2.0, seen.near[_NOT]) - in_headline[_NOT],
    )
    return tuple(row)


@dataclass(frozen=True, slots=True)
class _Match:
    """Where the body holds what the headline says."""

    content: dict[str, float]
    """Stems of the headline that carry content, with their inverse document frequency."""
    total: float
    positions: list[int]
    """Body tokens that match one of them, in order."""
    held: float
    held_lead: float
    held_rare: float
    overlap: list[float]
    """What each sentence holds of ``total``."""
    best: int
    """The sentence that holds most."""


def _matched(headline: Document, body: Document, words: _Words) -> _Match:
    content = _content(headline, words)
    sentences = body.sentences
    end_of_lead = lead_end(body)
    overlap = [0.0] * len(sentences)
    numbers = body.sentence_numbers
    matches: list[int] = []
    held = held_lead = rare = rare_held = 0.0
    for one, weight in content.items():
        positions = body.positions(one)
        if weight >= RARE_IDF:
            rare += weight
        if not positions:
            continue
        held += weight
        if weight >= RARE_IDF:
            rare_held += weight
        if positions[0] < end_of_lead:
            held_lead += weight
        matches += positions
        for at in {numbers[position] for position in positions}:
            overlap[at] += weight
    matches.sort()
    best = overlap.index(max(overlap)) if overlap else 0
    total = math.fsum(content.values()) or 1.0
    share_rare = rare_held / rare if rare else -1.0
    return _Match(content, total, matches, held, held_lead, share_rare, overlap, best)


def lead_end(body: Document) -> int:
    """The token after the lead."""
    sentences = body.sentences
    return sentences[min(LEAD_SENTENCES, len(sentences)) - 1].last if sentences else 0


class _Seen:
    """The cues of a body: sums of strengths by group, for each place; where it first refutes."""

    __slots__ = (
        "first_refuting", "lead", "near", "negations", "opening_distant", "opening_refuting",
        "share", "strong", "weighted",
    )  # fmt: skip

    def __init__(self, words: int) -> None:
        self.lead, self.near, self.weighted, self.share = ([0.0] * len(GROUPS) for _ in PLACES[1:])
        self.negations: list[int] = []
        self.first_refuting = words
        self.opening_refuting = self.opening_distant = self.strong = 0.0


def _seen(body: Document, match: _Match, words: _Words) -> _Seen:
    seen = _Seen(len(body.words))
    sentences, matches, numbers = body.sentences, match.positions, body.sentence_numbers
    end_of_lead = lead_end(body)
    opening_end = sentences[0].last if sentences else 0
    overlap_sum = math.fsum(match.overlap) or 1.0
    per_hundred = _per_hundred(body)
    lead, near, weighted, share = seen.lead, seen.near, seen.weighted, seen.share
    for first, last, hits in _cues(body, words):
        nearness = match.overlap[numbers[first]] / overlap_sum
        after = bisect_left(matches, last)
        is_near = (after < len(matches) and matches[after] - last < NEAR_WORDS) or (
            after > 0 and first - matches[after - 1] <= NEAR_WORDS
        )
        for group, strength in hits:
            share[group] += strength * per_hundred
            if nearness:
                weighted[group] += strength * nearness
            if first < end_of_lead:
                lead[group] += strength
            if is_near:
                near[group] += strength
            if group == _NOT:
                seen.negations.append(last)
            elif group in _REFUTES:
                if strength >= STRONG:
                    seen.first_refuting = min(first, seen.first_refuting)
                    seen.strong += per_hundred
                if first < opening_end:
                    seen.opening_refuting += strength
            elif first < opening_end and group in _DISTANT:
                seen.opening_distant += strength
    return seen


def _per_hundred(body: Document) -> float:
    """Turns a count into a count per hundred words; a very short body counts as a little longer."""
    return 100.0 / (len(body.words) + 20)


def _related(
    headline: Document, body: Document, match: _Match, headline_negations: list[int], negations: list[int]
) -> list[float]:
    """The numbers of :data:`RELATED_FEATURES`."""
    total, overlap, sentences = match.total, match.overlap, body.sentences
    headline_matches = [at for at, one in enumerate(headline.stems) if one in match.content]
    negated = _reached(negations, match.positions) / (len(match.positions) or 1)
    negated_headline = _reached(headline_negations, headline_matches) / (len(headline_matches) or 1)
    numbers = [stem for word, stem in zip(headline.words, headline.stems, strict=True) if word[0].isdigit()]
    best_overlap = overlap[match.best] if overlap else 0.0
    text, per_hundred = body.text, _per_hundred(body)
    best_text = text[sentences[match.best].start : sentences[match.best].end] if sentences else ""
    return [
        log(len(body.words) + 1),
        float(len(headline.words)),
        match.held / total,
        match.held_lead / total,
        best_overlap / total,
        max((left + right for left, right in pairwise(overlap)), default=best_overlap) / total,
        match.held_rare,
        _held_pairs(headline, body, match.content),
        sum(1 for one in numbers if body.positions(one)) / len(numbers) if numbers else -1.0,
        match.best / (len(sentences) or 1),
        len(match.positions) * per_hundred,
        sum(1 for one in overlap if one >= 0.3 * total) / (len(sentences) or 1),
        overlap[0] / total if overlap else 0.0,
        negated,
        negated_headline,
        negated - negated_headline,
        float("?" in headline.text),
        float(":" in headline.text),
        float(any(mark in headline.text for mark in "'\"‘“")),
        (text.count('"') + text.count("“") + text.count("”")) * per_hundred,
        float('"' in best_text or "“" in best_text or "”" in best_text),
        text.count("?") * per_hundred,
    ]


def _tones(headline: Document, body: Document, tones: Tones) -> tuple[float, float]:
    """How far the common words of each text are those of a story that is passed on rather than told."""
    of_headline, of_body, of_lead = tones.headline, tones.body, tones.lead
    end_of_lead = lead_end(body)
    in_headline = math.fsum([of_headline[word] for word in of_headline.keys() & headline.vocabulary.keys()])
    times = Counter(body.words)
    known = of_body.keys() & times.keys()
    in_body = [of_body[word] * TONE_COUNTS[min(times[word], MANY)] for word in known]
    in_body += [of_lead[word] for word in known.intersection(body.words[:end_of_lead])]
    return in_headline, math.fsum(in_body)  # exact in any order


def _content(headline: Document, words: _Words) -> dict[str, float]:
    """Stems of the headline that carry content, each with its inverse document frequency."""
    return {
        one: words.idf.get(one, words.unseen_idf)
        for word, one in zip(headline.words, headline.stems, strict=True)
        if word not in words.function_words and word not in words.first_words
    }


def _cues(document: Document, words: _Words) -> list[tuple[int, int, tuple[tuple[int, float], ...]]]:
    """Cues as (first token, last exclusive, ((group, strength), …)), none overlapping."""
    found = []
    tokens, alone, followed = document.words, words.alone, words.followed
    last = len(tokens) - 1
    done = 0
    # Most words begin no cue, and most cues are one word: only the rest are looked up.
    for at in compress(range(len(tokens)), map(words.first_words.__contains__, tokens)):
        if at < done:
            continue
        word = tokens[at]
        hit = None
        if at < last and tokens[at + 1] in followed.get(word, ()):
            hit = words.cues.at(tokens, at)
        elif word in alone:
            hit = (1, alone[word])
        if hit:
            done = at + hit[0]
            found.append((at, done, hit[1]))
    return found


def _reached(negations: list[int], matches: list[int]) -> int:
    """How many matches stand within reach after the end of a negation."""
    reached = 0
    for end in negations:
        at = bisect_left(matches, end)
        while at < len(matches) and matches[at] < end + NEGATION_REACH:
            reached += 1
            at += 1
    return reached


def _held_pairs(headline: Document, body: Document, content: dict[str, float]) -> float:
    """Share of neighbouring content words of the headline that are neighbours in the body too."""
    line = [one for one in headline.stems if one in content]
    pairs = list(pairwise(line))
    if not pairs:
        return -1.0
    found = 0
    for left, right in pairs:
        after = body.positions(right)
        found += any(
            (at := bisect_right(after, position)) < len(after) and after[at] - position <= 3
            for position in body.positions(left)
        )
    return found / len(pairs)


def stance(headline: Document, body: Document) -> Stance:
    """What ``body`` as a whole does with ``headline``.

    The rare stances and related pairs weighed more in training than they are frequent, so the
    probabilities are those of a reader who fears to miss a denial.

    Returns:
        The likeliest label, and the probabilities of all four, rounded to four decimals; they sum to 1.
    """
    return judged(features(headline, body), _model())


def judged(row: Sequence[float], model: StanceModel) -> Stance:
    """The stance that ``model`` reads from the numbers of :func:`features`."""
    related, *three = model.trees.scores(row)
    agree, discuss, disagree = _softmax(three)
    share = logistic(related)
    shares = (agree * share, discuss * share, disagree * share, 1.0 - share)
    rounded = _rounded(shares)
    label = max(LABELS, key=lambda one: rounded[one])
    return Stance(label, rounded)


def relatedness(headline: Document, body: Document) -> float:
    """How surely, 0 to 1, ``body`` speaks of what ``headline`` speaks of; above 0.5 it rather does."""
    model = _model()
    return round(logistic(model.trees.scores(features(headline, body))[0]), 4)


@dataclass(frozen=True, slots=True)
class Trees:
    """Sums of regression trees, every test of every tree at once.

    A test that fails rules out the leaves on its left; of those that are left over, the first is where
    the tree ends (Lucchese and others, "QuickScorer", 2015). Leaves are whole numbers, so that a sum is
    the same in any order and on every machine.
    """

    feature: NDArray[np.intp]
    threshold: NDArray[np.float64]
    left_over: NDArray[np.int64]
    """By test: a bit for each leaf of its tree that it does not rule out when it fails."""
    first_test: NDArray[np.intp]
    """By tree."""
    leaves: NDArray[np.int64]
    """Those of one tree after those of another; in units of ``LEAF_UNIT``."""
    first_leaf: NDArray[np.intp]
    """By tree."""
    first_tree: NDArray[np.intp]
    """By ensemble."""
    start: NDArray[np.int64]
    """By ensemble: what is added to its trees."""

    def scores(self, row: Sequence[float]) -> list[float]:
        """The sum of each ensemble."""
        failed = np.array(row).take(self.feature) > self.threshold
        left_over = np.bitwise_and.reduceat(np.where(failed, self.left_over, -1), self.first_test)
        ends = _FIRST_BIT.take(left_over & _EVERY_LEAF)
        sums = np.add.reduceat(self.leaves.take(self.first_leaf + ends), self.first_tree)
        return [whole * LEAF_UNIT for whole in (sums + self.start).tolist()]


LEAF_UNIT = 1e-6
MOST_LEAVES = 10
_EVERY_LEAF = (1 << MOST_LEAVES) - 1
_FIRST_BIT = np.array([0, *((bits & -bits).bit_length() - 1 for bits in range(1, 1 << MOST_LEAVES))])


@dataclass(frozen=True, slots=True)
class Tones:
    """Weights of words: in the headline; for their occurrences in the body; for standing in its lead."""

    headline: dict[str, float]
    body: dict[str, float]
    lead: dict[str, float]


@dataclass(frozen=True, slots=True)
class StanceModel:
    """What :mod:`sensational.training.stance` learned."""

    tones: Tones
    trees: Trees
    """Four ensembles: related or not; agree, discuss, disagree."""


@lru_cache(maxsize=1)
def _model() -> StanceModel:
    return from_json(_resource("stance_model.json"))


def from_json(data: dict[str, Any]) -> StanceModel:
    """The model of ``stance_model.json``.

    A tree is a list: a test is [feature, threshold, what follows if it is at most that, what follows
    otherwise], a leaf is a whole number.
    """
    tests: list[tuple[int, float, int]] = []
    first_test: list[int] = []
    first_tree: list[int] = []
    leaves: list[list[int]] = []
    start: list[int] = []
    for ensemble in (data["related"], *data["three"]):
        first_tree.append(len(leaves))
        start.append(ensemble["start"])
        for tree in ensemble["trees"]:
            first_test.append(len(tests))
            # A tree that is one leaf asks a question that nothing fails.
            flat = _flattened(tree if isinstance(tree, list) else [0, math.inf, tree, tree], tests)
            leaves.append(flat + [0] * (MOST_LEAVES - len(flat)))
    feature, threshold, left_over = zip(*tests, strict=True)
    return StanceModel(
        Tones(
            data["tones"]["headline"],
            {word: everywhere for word, (everywhere, _) in data["tones"]["body"].items()},
            {word: lead for word, (_, lead) in data["tones"]["body"].items()},
        ),
        Trees(
            np.array(feature, dtype=np.intp),
            np.array(threshold, dtype=np.float64),
            np.array(left_over, dtype=np.int64),
            np.array(first_test, dtype=np.intp),
            np.array(leaves, dtype=np.int64).ravel(),
            MOST_LEAVES * np.arange(len(leaves), dtype=np.intp),
            np.array(first_tree, dtype=np.intp),
            np.array(start, dtype=np.int64),
        ),
    )


def _flattened(node: Any, tests: list[tuple[int, float, int]], before: int = 0) -> list[int]:
    """The leaves of a tree from left to right; its tests are added to ``tests``.

    ``before`` leaves of the whole tree stand left of it.
    """
    if not isinstance(node, list):
        return [node]
    left = _flattened(node[2], tests, before)
    ruled_out = ((1 << len(left)) - 1) << before
    tests.append((node[0], node[1], ~ruled_out))
    return left + _flattened(node[3], tests, before + len(left))


def _softmax(scores: list[float]) -> list[float]:
    top = max(scores)
    powers = [exp(score - top) for score in scores]
    whole = math.fsum(powers)
    return [power / whole for power in powers]


def _rounded(shares: Sequence[float]) -> dict[str, float]:
    """Shares in whole ten-thousandths that sum to one: what rounding leaves over goes to the largest."""
    units = [round(share * 10_000) for share in shares]
    units[units.index(max(units))] += 10_000 - sum(units)
    return {label: unit / 10_000 for label, unit in zip(LABELS, units, strict=True)}
