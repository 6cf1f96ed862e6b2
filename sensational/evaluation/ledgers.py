"""Ledgers beside what readers marked: which terms are loaded, what the verdicts are, how far apart it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sensational.analysis import VERDICTS, Analysis
from sensational.divergence import WIDEST_INTERVAL
from sensational.evaluation.floors import cue_learner, read_texts, surface_cues, word_overlap
from sensational.evaluation.measures import (
    f1_of,
    folds_by,
    interval,
    kappa,
    macro_f1,
    mae,
    mean,
    median,
    spearman,
)
from sensational.evaluation.result import Figure, Table

FOLDS = 5
COVERAGE = 0.80
"""The share of judgements that the interval is made to hold."""
WORST = 20
HIGH = 25.0
"""From here on a headline counts as misleading."""
BORNE_OUT, MISLEADING = 5, 60
"""Up to here, and from here on, readers find a headline borne out, and misleading."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """A term as any method gives it: its place in the headline, its verdict, its evidence in the body."""

    start: int
    end: int
    loaded: bool = True
    verdict: str | None = None
    evidence: tuple[Span, ...] = ()


def marks(analysis: Analysis) -> tuple[Mark, ...]:
    """The terms of an analysis."""
    return tuple(
        Mark(
            term.start, term.end, term.loaded, term.verdict,
            tuple((piece.start, piece.end) for piece in term.evidence),
        )
        for term in analysis.terms
    )  # fmt: skip


def meets(span: Span, others: Sequence[Span]) -> bool:
    """Whether a span overlaps one of the others."""
    return any(span[0] < end and start < span[1] for start, end in others)


def loaded_spans(terms: Sequence[Mark]) -> list[Span]:
    """Where the loaded terms stand."""
    return [(term.start, term.end) for term in terms if term.loaded]


# Loaded terms


@dataclass(frozen=True, slots=True)
class Found:
    """Of one headline: how many given spans are right, how many were given; wanted ones met, wanted."""

    right: int
    given: int
    met: int
    wanted: int


def found(given: Sequence[Span], wanted: Sequence[Span], neither: Sequence[Span] = ()) -> Found:
    """Counts by overlap.

    Args:
        given: what a method marks.
        wanted: what it should.
        neither: spans that are neither right nor wrong.
    """
    right = sum(meets(span, wanted) for span in given)
    open_ = sum(meets(span, neither) and not meets(span, wanted) for span in given)
    return Found(right, len(given) - open_, sum(meets(span, given) for span in wanted), len(wanted))


def precision(counts: Sequence[Found]) -> float:
    """Share of the given spans that are right."""
    return sum(one.right for one in counts) / max(1, sum(one.given for one in counts))


def recall(counts: Sequence[Found]) -> float:
    """Share of the wanted spans that are met."""
    return sum(one.met for one in counts) / max(1, sum(one.wanted for one in counts))


def term_f1(counts: Sequence[Found]) -> float:
    """The harmonic mean of the two."""
    return f1_of(precision(counts), recall(counts))


# Verdicts


@dataclass(frozen=True, slots=True)
class Said:
    """Of one marked term: the right verdict, ours, whether ours is right or named in ``also``."""

    right: str
    ours: str
    within: bool


def said(verdicts: Sequence[str], also: Sequence[str], ours: str) -> Said:
    """A verdict beside those that are right: where readers differ, either is."""
    return Said(ours if ours in verdicts else verdicts[0], ours, ours in (*verdicts, *also))


def overlapping(start: int, end: int, terms: Sequence[Mark]) -> Mark | None:
    """Of the terms that overlap a span, the one that shares most of it; of equals, the first."""
    shared = [(min(end, term.end) - max(start, term.start), term) for term in terms]
    most = max((length for length, _ in shared), default=0)
    return next((term for length, term in shared if length == most), None) if most > 0 else None


def verdict_at(start: int, end: int, terms: Sequence[Mark]) -> str:
    """The verdict on a span; what no term overlaps is borne out, as far as the ledger says."""
    term = overlapping(start, end, terms)
    return (term.verdict if term is not None else None) or "supported"


def exact(items: Sequence[Said]) -> float:
    """Share of the verdicts that are right."""
    return mean([float(one.right == one.ours) for one in items])


def within(items: Sequence[Said]) -> float:
    """Share of the verdicts that are right or named in ``also``."""
    return mean([float(one.within) for one in items])


def verdict_kappa(items: Sequence[Said]) -> float:
    """Cohen's kappa of our verdicts with the right ones."""
    return kappa([one.right for one in items], [one.ours for one in items])


def verdict_macro_f1(items: Sequence[Said]) -> float:
    """The mean F1 of the verdicts."""
    return macro_f1([one.right for one in items], [one.ours for one in items])


@dataclass(frozen=True, slots=True)
class Bar:
    """What the design asks for: what must be reached, and what is aimed at."""

    must: float | None = None
    aim: float | None = None


NO_BAR = Bar()
VERDICT_MEASURES: dict[str, Callable[[Sequence[Said]], float]] = {
    "exact": exact,
    "within also": within,
    "kappa": verdict_kappa,
    "macro-F1": verdict_macro_f1,
}


def verdict_figures(
    name: str,
    ours: Sequence[Said],
    always: Sequence[Said],
    learned: Sequence[Said],
    units: Sequence[str],
    seed: int,
    bars: dict[str, Bar] | None = None,
) -> tuple[Figure, ...]:
    """The four measures of verdicts.

    Args:
        name: what they are verdicts on.
        ours: our verdicts.
        always: "supported" for all of them.
        learned: a plain learner's.
        units: the document of each.
        seed: of the bootstrap.
        bars: what the design asks for, by measure.
    """
    figures = []
    for measure_name, measure in VERDICT_MEASURES.items():
        bar = (bars or {}).get(measure_name, NO_BAR)
        figures.append(
            Figure(
                f"{name}, {measure_name}", measure(ours), len(ours), interval(measure, ours, seed, units),
                measure(always), "all supported",
                measure(learned), "logistic regression on overlap cues", bar.aim, must=bar.must,
            )
        )  # fmt: skip
    return tuple(figures)


def confusion(items: Sequence[Said]) -> Table:
    """Right verdicts against ours."""
    pairs = [(one.right, one.ours) for one in items]
    columns = [*VERDICTS, *sorted({one.ours for one in items} - set(VERDICTS))]
    rows = tuple((right, *(str(pairs.count((right, ours))) for ours in columns)) for right in VERDICTS)
    return ("Verdicts: right (rows) against ours (columns)", ("right", *columns), rows)


# Divergence


@dataclass(frozen=True, slots=True)
class Rated:
    """A headline's divergence: the readers', ours, and that of the floors."""

    id: str
    headline: str
    document: str
    gold: float
    analysis: Analysis
    overlap: float
    """Share of the headline's content words that the body has."""
    ridge: float
    forest: float
    middle: float
    """The median judgement of the other folds."""

    @property
    def ours(self) -> float:
        """Our divergence; a headline that was not scored gets the median."""
        value = self.analysis.divergence
        return self.middle if value is None else value


def rated(
    ids: Sequence[str],
    texts: Sequence[tuple[str, str]],
    gold: Sequence[float],
    analyses: Sequence[Analysis],
    documents: Sequence[str],
    seed: int,
) -> list[Rated]:
    """Puts the floors beside our divergences; learners are folded by document.

    Args:
        ids: of the headlines.
        texts: headline and body.
        gold: the readers' divergences.
        analyses: ours.
        documents: what must not be in two folds at once.
        seed: of folds and learners.
    """
    folds = folds_by(documents, FOLDS, seed)
    read = read_texts(texts)
    cues = [surface_cues(*pair) for pair in read]
    ridge = cue_learner(cues, gold, folds, False, seed)
    forest = cue_learner(cues, gold, folds, True, seed)
    middles = [median([g for g, one in zip(gold, folds, strict=True) if one != at]) for at in range(FOLDS)]
    return [
        Rated(
            ids[at], texts[at][0], documents[at], gold[at], analyses[at], word_overlap(*read[at]),
            ridge[at], forest[at], middles[folds[at]],
        )
        for at in range(len(ids))
    ]  # fmt: skip


def rank_figure(which: str, items: Sequence[Rated], seed: int, bar: Bar = NO_BAR) -> Figure:
    """Spearman's correlation of our divergence with the readers'."""
    gold = [one.gold for one in items]
    return Figure(
        f"divergence, {which}, Spearman", rank(items), len(items),
        interval(rank, items, seed, _documents(items)),
        spearman([-one.overlap for one in items], gold), "word overlap",
        spearman([one.ridge for one in items], gold), "ridge on sixteen surface cues",
        bar.aim, must=bar.must,
    )  # fmt: skip


def error_figure(which: str, items: Sequence[Rated], seed: int, bar: Bar = NO_BAR) -> Figure:
    """Mean absolute error of our divergence."""
    gold = [one.gold for one in items]
    return Figure(
        f"divergence, {which}, mean absolute error", error(items), len(items),
        interval(error, items, seed, _documents(items)),
        mae([one.middle for one in items], gold), "the median of the other folds",
        mae([one.forest for one in items], gold), "random forest on sixteen surface cues",
        bar.aim, higher_is_better=False, must=bar.must,
    )  # fmt: skip


def coverage_figures(items: Sequence[Rated], seed: int) -> tuple[Figure, ...]:
    """How often the readers' divergence lies in our interval, and how wide that is."""
    given = [one for one in items if one.analysis.interval is not None]
    widths = [high - low for low, high in (one.analysis.interval or (0.0, 0.0) for one in given)]
    shown = [width for width in widths if width <= WIDEST_INTERVAL]

    def off(some: Sequence[Rated]) -> float:
        return abs(_inside(some) - COVERAGE)

    units = _documents(given)
    return (
        Figure("judgement inside the interval, share", _inside(given), len(given),
               interval(_inside, given, seed, units)),
        Figure(f"that share, off from {COVERAGE}", off(given), len(given), interval(off, given, seed, units),
               aim=0.05, higher_is_better=False),
        Figure("width of the interval, mean", mean(widths), len(given), higher_is_better=False),
        Figure("width of the interval where it is shown, mean", mean(shown), len(shown),
               aim=30.0, higher_is_better=False),
        Figure(f"hard to judge (interval wider than {WIDEST_INTERVAL}, not shown), share",
               mean([width > WIDEST_INTERVAL for width in widths]), len(widths), higher_is_better=False),
    )  # fmt: skip


class Judged(Protocol):
    """A headline's divergence, the readers' and a method's."""

    @property
    def gold(self) -> float:
        """The readers'."""

    @property
    def ours(self) -> float:
        """The method's."""


def rank(items: Sequence[Judged]) -> float:
    """Spearman's correlation of the two divergences."""
    return spearman([one.ours for one in items], [one.gold for one in items])


def error(items: Sequence[Judged]) -> float:
    """Mean absolute difference of the two divergences."""
    return mae([one.ours for one in items], [one.gold for one in items])


def false_alarms(items: Sequence[Judged]) -> float:
    """Share of headlines that are scored as misleading."""
    return mean([float(one.ours >= HIGH) for one in items])


def missed(items: Sequence[Judged]) -> float:
    """Share of headlines that are not."""
    return mean([float(one.ours < HIGH) for one in items])


def share_figure(
    name: str,
    measure: Callable[[Sequence[Rated]], float],
    items: Sequence[Rated],
    learner: float,
    seed: int,
    bar: Bar,
) -> Figure:
    """A share of headlines that should be small."""
    return Figure(
        name, measure(items), len(items), interval(measure, items, seed, _documents(items)),
        learner=learner, learner_name="random forest on sixteen surface cues",
        aim=bar.aim, higher_is_better=False, must=bar.must,
    )  # fmt: skip


def worst(items: Sequence[Rated]) -> Table:
    """The largest misses, each with the term that adds most."""
    largest = sorted(items, key=lambda one: (-abs(one.ours - one.gold), one.id))[:WORST]
    rows = []
    for one in largest:
        top = max(one.analysis.terms, key=lambda term: term.contribution or 0.0, default=None)
        adds = "" if top is None or not top.contribution else f"“{top.text}”: {top.verdict}"
        rows.append((one.id, one.headline, f"{one.ours:.0f}", f"{one.gold:.0f}", adds))
    return (
        f"The {WORST} worst misses of divergence",
        ("id", "headline", "ours", "readers", "term that adds most"),
        tuple(rows),
    )


def _inside(items: Sequence[Rated]) -> float:
    within_ = []
    for one in items:
        low, high = one.analysis.interval or (0.0, -1.0)
        within_.append(float(low <= one.gold <= high))
    return mean(within_)


def _documents(items: Sequence[Rated]) -> list[str]:
    return [one.document for one in items]
