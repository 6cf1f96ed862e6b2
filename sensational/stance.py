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
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from sensational.analysis import Stance, StanceLabel
from sensational.language.document import Document
from sensational.lexicon.loader import rows
from sensational.lexicon.phrases import Phrases

LABELS: tuple[StanceLabel, ...] = ("agree", "discuss", "disagree", "unrelated")

GROUPS = (
    "fake", "false", "debunk", "deny", "doubt", "unconfirmed", "rumour",
    "hedge", "report", "say", "confirm", "not", "turn",
)  # fmt: skip
"""Cue groups, one file each: ``lexicon/en/cues/stance_<group>.tsv``."""

REFUTING = frozenset({"fake", "false", "debunk", "deny", "doubt"})
DISTANT = frozenset({"unconfirmed", "rumour", "hedge", "report"})
PLACES = ("headline", "lead", "best", "near", "weighted", "share")
"""Where cues are counted: in the headline; in the first sentences; in the sentence nearest to the
headline; within a few words of the headline's content; in every sentence, weighted by its nearness;
per hundred words of the body."""

LEAD_SENTENCES = 3
NEAR_WORDS = 6
NEGATION_REACH = 4
RARE_IDF = 4.5

_OVERLAP = (
    "words", "headline_words", "held", "held_lead", "held_best", "held_two", "held_rare", "held_pairs",
    "held_numbers", "best_position", "match_density", "matched_sentences", "lead_start",
    "negated", "negated_headline", "negation_mismatch", "question", "colon", "quoted_headline",
    "quotes", "best_quoted", "questions",
)  # fmt: skip
RELATED_FEATURES = _OVERLAP
"""The first of :data:`FEATURES`: those that the first stage reads."""
FEATURES: tuple[str, ...] = (
    *_OVERLAP,
    *(f"{group}_{place}" for place in PLACES for group in (*GROUPS, "refuting", "distant")),
)
"""Names of the numbers that :func:`features` returns, in order."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The words that features are made of."""

    cues: Phrases[tuple[int, float]]
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
    return _Words(
        cues=Phrases(pairs),
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
    words = _words()
    content = _content(headline, words)
    total = sum(content.values()) or 1.0
    sentences = body.sentences
    firsts = [sentence.first for sentence in sentences]

    # Which sentences hold which words of the headline
    overlap = [0.0] * len(sentences)
    matches: list[int] = []
    held = held_lead = rare = rare_held = 0.0
    lead = min(LEAD_SENTENCES, len(sentences))
    lead_end = sentences[lead - 1].last if sentences else 0
    for one, weight in content.items():
        positions = body.positions(one)
        if weight >= RARE_IDF:
            rare += weight
        if not positions:
            continue
        held += weight
        if weight >= RARE_IDF:
            rare_held += weight
        if positions[0] < lead_end:
            held_lead += weight
        matches += positions
        last = -1
        for position in positions:
            at = bisect_right(firsts, position) - 1
            if at != last:
                overlap[at] += weight
                last = at
    matches.sort()
    best = max(range(len(overlap)), key=overlap.__getitem__) if overlap else 0
    best_overlap = overlap[best] if overlap else 0.0
    two = max((a + b for a, b in pairwise(overlap)), default=best_overlap)
    overlap_sum = sum(overlap) or 1.0

    # Cues, by place
    size = len(GROUPS)
    counts = {place: [0.0] * size for place in PLACES}
    for _, _, hits in _cues(headline.words, words):
        for group, strength in hits:
            counts["headline"][group] += strength
    best_from, best_to = (sentences[best].first, sentences[best].last) if sentences else (0, 0)
    in_lead, in_best, near, weighted, share = (counts[place] for place in PLACES[1:])
    negations = []
    negation = GROUPS.index("not")
    per_hundred = 100.0 / (len(body.words) + 20)
    for first, last, hits in _cues(body.words, words):
        at = bisect_right(firsts, first) - 1
        nearness = overlap[at] / overlap_sum
        after = bisect_left(matches, last)
        is_near = (after < len(matches) and matches[after] - last < NEAR_WORDS) or (
            after > 0 and first - matches[after - 1] <= NEAR_WORDS
        )
        for group, strength in hits:
            share[group] += strength * per_hundred
            weighted[group] += strength * nearness
            if first < lead_end:
                in_lead[group] += strength
            if best_from <= first < best_to:
                in_best[group] += strength
            if is_near:
                near[group] += strength
            if group == negation:
                negations.append(last)

    negated = _reached(negations, matches)
    headline_negations = [
        last for _, last, hits in _cues(headline.words, words) if any(group == negation for group, _ in hits)
    ]
    headline_matches = [at for at, one in enumerate(headline.stems) if one in content]
    negated_headline = _reached(headline_negations, headline_matches)
    share_negated = negated / (len(matches) or 1)
    share_negated_headline = negated_headline / (len(headline_matches) or 1)
    numbers = [one for one in headline.words if one[0].isdigit()]
    text = body.text
    best_text = text[sentences[best].start : sentences[best].end] if sentences else ""
    row = [
        math.log(len(body.words) + 1),
        float(len(headline.words)),
        held / total,
        held_lead / total,
        best_overlap / total,
        two / total,
        rare_held / rare if rare else -1.0,
        _held_pairs(headline, body, content),
        sum(1.0 for one in numbers if body.positions(one)) / len(numbers) if numbers else -1.0,
        best / (len(sentences) or 1),
        len(matches) * per_hundred,
        sum(1.0 for one in overlap if one >= 0.3 * total) / (len(sentences) or 1),
        overlap[0] / total if overlap else 0.0,
        share_negated,
        share_negated_headline,
        share_negated - share_negated_headline,
        float("?" in headline.text),
        float(":" in headline.text),
        float(any(mark in headline.text for mark in "'\"‘“")),
        (text.count('"') + text.count("“") + text.count("”")) * per_hundred,
        float(any(mark in best_text for mark in '"“”')),
        text.count("?") * per_hundred,
    ]
    for place in PLACES:
        groups = counts[place]
        row += groups
        row.append(sum(groups[at] for at, group in enumerate(GROUPS) if group in REFUTING))
        row.append(sum(groups[at] for at, group in enumerate(GROUPS) if group in DISTANT))
    return tuple(row)


def _content(headline: Document, words: _Words) -> dict[str, float]:
    """Stems of the headline that carry content, each with its inverse document frequency."""
    return {
        one: words.idf.get(one, words.unseen_idf)
        for word, one in zip(headline.words, headline.stems, strict=True)
        if word not in words.function_words and word not in words.first_words
    }


def _cues(tokens: list[str], words: _Words) -> list[tuple[int, int, tuple[tuple[int, float], ...]]]:
    """Cues as (first token, last exclusive, ((group, strength), …)), none overlapping."""
    found = []
    done = 0
    first_words = words.first_words
    for position in [at for at, word in enumerate(tokens) if word in first_words]:
        if position < done:
            continue
        hit = words.cues.at(tokens, position)
        if hit:
            done = position + hit[0]
            found.append((position, done, hit[1]))
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

    Returns:
        The likeliest label, and the probabilities of all four, rounded to four decimals; they sum to 1.
    """
    return judged(features(headline, body), _resource("stance_model.json"))


def judged(row: Sequence[float], model: dict[str, Any]) -> Stance:
    """The stance that ``model`` reads from the numbers of :func:`features`."""
    related = _share_related(row, model)
    agree, discuss, disagree = _softmax([_score(row, one) for one in model["three"]])
    shares = (agree * related, discuss * related, disagree * related, 1.0 - related)
    rounded = _rounded(shares)
    label = max(LABELS, key=lambda one: rounded[one])
    return Stance(label, rounded)


def relatedness(headline: Document, body: Document) -> float:
    """The probability, 0 to 1, that ``body`` speaks of what ``headline`` speaks of."""
    return round(_share_related(features(headline, body), _resource("stance_model.json")), 4)


def _share_related(row: Sequence[float], model: dict[str, Any]) -> float:
    return 1.0 / (1.0 + math.exp(-_score(row, model["related"])))


def _score(row: Sequence[float], ensemble: dict[str, Any]) -> float:
    """The sum of the trees: a node is [feature, threshold, left, right], a leaf is a number."""
    score: float = ensemble["start"]
    for node in ensemble["trees"]:
        while node.__class__ is list:
            node = node[2] if row[node[0]] <= node[1] else node[3]
        score += node
    return score


def _softmax(scores: list[float]) -> list[float]:
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    return [power / sum(powers) for power in powers]


def _rounded(shares: Sequence[float]) -> dict[str, float]:
    """Shares in whole ten-thousandths that sum to one: what rounding leaves over goes to the largest."""
    units = [round(share * 10_000) for share in shares]
    units[units.index(max(units))] += 10_000 - sum(units)
    return {label: unit / 10_000 for label, unit in zip(LABELS, units, strict=True)}
