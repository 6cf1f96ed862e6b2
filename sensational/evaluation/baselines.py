"""Simple methods beside which tools stand in the benchmark: trivial ones, and plain learners."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from sensational.evaluation import ledgers
from sensational.evaluation.floors import (
    LEARN,
    cue_learner,
    surface_cues,
    text_learner,
    vader_compound,
    vader_words,
    word_overlap,
)
from sensational.evaluation.labelled import Labelled, beside, decided, hit, loaded
from sensational.evaluation.ledgers import Found, Said, Span
from sensational.evaluation.measures import mean, median
from sensational.evaluation.rows import Row
from sensational.evaluation.term_floors import (
    loaded_learner,
    sentence_learner,
    sentences_by_overlap,
    span_stems,
    verdict_learner,
    verdict_word_learner,
)
from sensational.language.document import Document

TEST = 0
"""The fold of the test part; the train part has :data:`floors.LEARN`."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a method gets right of one headline.

    Attributes:
        gold: the readers' divergence.
        ours: the method's.
        said: its verdict on each marked term; none where it gives no verdicts.
        found: its loaded terms beside the readers'; None where it marks none.
        hits: for each marked term with evidence, 1 where it shows a deciding sentence, else 0.
    """

    gold: float
    ours: float
    said: tuple[Said, ...] = ()
    found: Found | None = None
    hits: tuple[float, ...] = ()


Outcomes = list[Outcome]


@dataclass(frozen=True, slots=True)
class Parts:
    """The headlines that are asked, those to learn from, and their texts, which are read once."""

    test: list[Labelled]
    train: list[Labelled]
    texts: list[tuple[Document, Document]]
    """Headline and body of the test part, then of the train part."""
    seed: int

    @property
    def all(self) -> list[Labelled]:
        """Those that are asked, then those to learn from."""
        return [*self.test, *self.train]

    @property
    def folds(self) -> list[int]:
        """The fold of each of :attr:`all`."""
        return [TEST] * len(self.test) + [LEARN] * len(self.train)

    @property
    def middle(self) -> float:
        """The divergence of a headline of which nothing is known."""
        return median([one.divergence for one in self.train])


def _said(item: Labelled, given: Iterable[str]) -> tuple[Said, ...]:
    return tuple(beside(term, verdict) for term, verdict in zip(item.row["terms"], given, strict=True))


def _spans(item: Labelled) -> list[Span]:
    return [(term["start"], term["end"]) for term in item.row["terms"]]


def _all_supported(parts: Parts) -> Outcomes:
    return [
        Outcome(one.divergence, 0.0, _said(one, ["supported"] * len(one.row["terms"]))) for one in parts.test
    ]


def _word_overlap(parts: Parts) -> Outcomes:
    outcomes = []
    for one, (headline, body) in zip(parts.test, parts.texts, strict=False):
        here = set(body.stems)
        given = [
            "supported" if here.issuperset(span_stems(headline, *span)) else "absent" for span in _spans(one)
        ]
        shown = sentences_by_overlap(headline, body)
        outcomes.append(
            Outcome(
                one.divergence, 100 * (1 - word_overlap(headline, body)), _said(one, given),
                hits=tuple(hit(shown, term.wanted) for term in decided(one)),
            )
        )  # fmt: skip
    return outcomes


def _vader(parts: Parts) -> Outcomes:
    outcomes = []
    for one, (headline, body) in zip(parts.test, parts.texts, strict=False):
        tones = [vader_compound(body.text[s.start : s.end]) for s in body.sentences]
        apart = 50 * abs(vader_compound(one.headline) - mean(tones))
        outcomes.append(
            Outcome(one.divergence, apart, found=ledgers.found(vader_words(headline), loaded(one)))
        )
    return outcomes


def _tf_idf(parts: Parts) -> Outcomes:
    gold = [one.divergence for one in parts.all]
    apart = text_learner([one.headline for one in parts.all], gold, parts.folds, classify=False)
    headlines, wanted = [headline for headline, _ in parts.texts], [loaded(one) for one in parts.all]
    spans = loaded_learner(headlines, wanted, parts.folds)
    given = _by_term(parts, lambda _, term: str(term["text"]), verdict_word_learner)
    return [
        Outcome(one.divergence, _bounded(apart[at]), _said(one, given[at]),
                ledgers.found(spans[at], loaded(one)))
        for at, one in enumerate(parts.test)
    ]  # fmt: skip


def _cues(parts: Parts) -> Outcomes:
    gold = [one.divergence for one in parts.all]
    apart = cue_learner([surface_cues(*pair) for pair in parts.texts], gold, parts.folds, False, parts.seed)
    given = _by_term(parts, partial(_placed, parts), verdict_learner)
    hits = _learned_hits(parts)
    return [
        Outcome(one.divergence, _bounded(apart[at]), _said(one, given[at]), hits=tuple(hits[at]))
        for at, one in enumerate(parts.test)
    ]


def _learned_hits(parts: Parts) -> list[list[float]]:
    """For each headline of the test part whether the learner finds the deciding sentences of its terms."""
    asked = [(at, term) for at, one in enumerate(parts.all) for term in decided(one)]
    shown = sentence_learner(
        [_at(parts, at, term.span) for at, term in asked],
        [term.wanted for _, term in asked],
        [parts.folds[at] for at, _ in asked],
    )
    hits: list[list[float]] = [[] for _ in parts.all]
    for (at, term), spans in zip(asked, shown, strict=True):
        hits[at].append(hit(spans, term.wanted))
    return hits[: len(parts.test)]


def _placed(parts: Parts, at: int, term: Row) -> tuple[Document, Span, Document]:
    return _at(parts, at, (term["start"], term["end"]))


def _at(parts: Parts, at: int, span: Span) -> tuple[Document, Span, Document]:
    headline, body = parts.texts[at]
    return headline, span, body


def _by_term(
    parts: Parts,
    described: Callable[[int, Row], Any],
    learner: Callable[[list[Any], list[str], list[int]], list[str]],
) -> list[list[str]]:
    """A learner's verdicts on the marked terms of each headline of the test part.

    Args:
        parts: what is asked, and what is learned from.
        described: what the learner gets of a term, from the number of its headline and the term.
        learner: takes that, the verdicts and the folds.
    """
    terms = [(at, term) for at, one in enumerate(parts.all) for term in one.row["terms"]]
    given = learner(
        [described(at, term) for at, term in terms],
        [term["verdict"] for _, term in terms],
        [parts.folds[at] for at, _ in terms],
    )
    found: list[list[str]] = [[] for _ in parts.all]
    for (at, _), verdict in zip(terms, given, strict=True):
        found[at].append(verdict)
    return found[: len(parts.test)]


def _bounded(divergence: float) -> float:
    return min(100.0, max(0.0, divergence))


TRIVIAL: dict[str, Callable[[Parts], Outcomes]] = {
    "all supported": _all_supported,
    "word overlap": _word_overlap,
    "VADER": _vader,
}
LEARNERS: dict[str, Callable[[Parts], Outcomes]] = {"tf-idf": _tf_idf, "surface cues": _cues}
"""The methods by name; those that need a library which is not installed raise ModuleNotFoundError."""
