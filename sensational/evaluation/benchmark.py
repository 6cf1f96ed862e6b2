"""The open benchmark of ``data/benchmark``: ours, simple methods and any tool's predictions side by side.

Its articles were written for this project. Those that :func:`sensational.training.verifier.parts.part_of`
keeps for testing are asked; the others are there to learn from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sensational.article import Article
from sensational.evaluation import ledgers
from sensational.evaluation.baselines import LEARNERS, TRIVIAL, Outcome, Outcomes, Parts
from sensational.evaluation.floors import read_texts
from sensational.evaluation.labelled import FIRST, Labelled, decided, hit, loaded, read, verdicts
from sensational.evaluation.ledgers import BORNE_OUT, HIGH, MISLEADING, Found, Mark
from sensational.evaluation.measures import interval, mean
from sensational.evaluation.predictions import Predictions, read_predictions
from sensational.evaluation.result import Figure, SetResult
from sensational.evaluation.rows import sample
from sensational.evaluation.scoring import score_all
from sensational.report.safe import one_line
from sensational.training.verifier.parts import part_of

HEADLINES, ARTICLES = "headlines.jsonl", "articles.jsonl"
_PLACE = Path("data") / "benchmark"


def folder() -> Path | None:
    """The benchmark of the checkout that this package or the working folder is; None where neither is one."""
    for root in (Path(__file__).parents[2], Path()):
        if all((root / _PLACE / name).is_file() for name in (HEADLINES, ARTICLES)):
            return root / _PLACE
    return None


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of a method.

    Attributes:
        name: what it is called.
        of: what it takes of a headline.
        value: what it makes of all of that.
        n: how much all of that is.
        higher_is_better: whether it is.
        half: whether it is one half of a trade, so that a method that is bad at the other wins it.
    """

    name: str
    of: Callable[[Outcome], Sequence[Any]]
    value: Callable[[Sequence[Any]], float]
    n: Callable[[Sequence[Any]], int] = len
    higher_is_better: bool = True
    half: bool = False

    def __call__(self, outcomes: Iterable[Outcome]) -> float | None:
        """The figure; None where the method says nothing on it."""
        parts = [part for one in outcomes for part in self.of(one)]
        return self.value(parts) if parts else None


def _found(one: Outcome) -> Sequence[Found]:
    return () if one.found is None else (one.found,)


def _wanted(counts: Sequence[Found]) -> int:
    return sum(one.wanted for one in counts)


MEASURES = (
    *(
        Measure(f"verdicts, {name}", lambda one: one.said, value)
        for name, value in ledgers.VERDICT_MEASURES.items()
    ),
    Measure("loaded terms, F1", _found, ledgers.term_f1, _wanted),
    Measure("loaded terms, precision", _found, ledgers.precision, _wanted, half=True),
    Measure("loaded terms, recall", _found, ledgers.recall, _wanted, half=True),
    Measure("deciding sentence found", lambda one: one.hits, mean),
    Measure("divergence, Spearman", lambda one: (one,), ledgers.rank),
    Measure("divergence, mean absolute error", lambda one: (one,), ledgers.error, higher_is_better=False),
    Measure(
        f"borne out, scored {HIGH:.0f} or more",
        lambda one: (one,) if one.gold <= BORNE_OUT else (), ledgers.false_alarms,
        higher_is_better=False, half=True,
    ),
    Measure(
        f"misleading, scored below {HIGH:.0f}",
        lambda one: (one,) if one.gold >= MISLEADING else (), ledgers.missed,
        higher_is_better=False, half=True,
    ),
)  # fmt: skip


def evaluate(
    path: Path, seed: int = 0, predictions: Sequence[Path] = (), articles: int | None = None
) -> SetResult:
    """Every measure of the test part, for ours, for simple methods and for each tool.

    Args:
        path: the folder of the benchmark.
        seed: of learners, bootstrap and sample.
        predictions: files of other tools (:mod:`sensational.evaluation.predictions`).
        articles: how many articles of the test part are asked, drawn with the seed; None: all.

    Raises:
        OSError: the benchmark cannot be read.
        PredictionsError: a file of predictions cannot be used.
    """
    every = read(path, HEADLINES, ARTICLES)
    test, train = _split(every, seed, articles)
    ids = [str(one.row["id"]) for one in every]
    tools = [(one_line(file.stem), read_predictions(file, test, ids)) for file in predictions]
    parts = Parts(test, train, read_texts([(one.headline, one.body) for one in (*test, *train)]), seed)
    analyses = score_all([Article(one.headline, one.body, one.row["id"]) for one in parts.test])
    ours = [
        _outcome(one, parts.middle if made.divergence is None else made.divergence, ledgers.marks(made))
        for one, made in zip(parts.test, analyses, strict=True)
    ]
    simple, missing = _simple(parts)
    others = [*simple, *((name, _of_tool(parts, said)) for name, said in tools)]
    units = [one.document for one in parts.test]
    notes = _notes(parts, sum(one.divergence is None for one in analyses), tools, missing)
    return SetResult(
        "benchmark", tuple(_figure(one, ours, others, units, seed) for one in MEASURES), notes=notes
    )


def _split(
    every: Sequence[Labelled], seed: int, articles: int | None
) -> tuple[list[Labelled], list[Labelled]]:
    """The headlines that are asked, and those to learn from; a sample of both where ``articles`` is given."""
    part = {one.document: part_of(one.document) == "test" for one in every}
    tested = [{"id": id} for id, is_test in part.items() if is_test]
    others = [{"id": id} for id, is_test in part.items() if not is_test]
    if articles is not None:
        share = len(others) * articles // max(1, len(tested))
        tested, others = sample(tested, articles, seed), sample(others, share, seed)
    asked, known = ({row["id"] for row in some} for some in (tested, others))
    return (
        [one for one in every if one.document in asked],
        [one for one in every if one.document in known],
    )


def _outcome(item: Labelled, divergence: float, terms: Sequence[Mark]) -> Outcome:
    """What a method gets right whose terms have verdicts and evidence."""
    return Outcome(
        item.divergence,
        divergence,
        tuple(verdicts(item, terms)),
        ledgers.found(ledgers.loaded_spans(terms), loaded(item)),
        tuple(hit(one.shown, one.wanted) for one in decided(item, terms)),
    )


def _of_tool(parts: Parts, said: Predictions) -> Outcomes:
    found = []
    for item in parts.test:
        one = said.of[str(item.row["id"])]
        whole = _outcome(item, parts.middle if one.divergence is None else one.divergence, one.terms)
        found.append(
            Outcome(
                whole.gold, whole.ours,
                whole.said if said.verdicts else (),
                whole.found if said.terms else None,
                whole.hits if said.evidence else (),
            )
        )  # fmt: skip
    return found


def _figure(
    measure: Measure,
    ours: Outcomes,
    others: Sequence[tuple[str, Outcomes]],
    units: Sequence[str],
    seed: int,
) -> Figure:
    values = tuple((name, measure(outcomes)) for name, outcomes in others)
    best = max if measure.higher_is_better else min

    def bar(names: Iterable[str]) -> tuple[float | None, str]:
        known = [(value, name) for name, value in values if name in names and value is not None]
        return best(known) if known else (None, "")

    none = (None, "")
    (floor, floor_name), (learner, learner_name) = (
        (none, none) if measure.half else (bar(TRIVIAL), bar(LEARNERS))
    )
    parts = [part for one in ours for part in measure.of(one)]
    of_part = [unit for one, unit in zip(ours, units, strict=True) for _ in measure.of(one)]
    return Figure(
        measure.name, measure.value(parts), measure.n(parts), interval(measure.value, parts, seed, of_part),
        floor, floor_name, learner, learner_name,
        higher_is_better=measure.higher_is_better, others=values,
    )  # fmt: skip


def _simple(parts: Parts) -> tuple[list[tuple[str, Outcomes]], list[str]]:
    """The simple methods, and the names of those whose libraries are not installed."""
    methods, missing = [], []
    for name, make in (TRIVIAL | LEARNERS).items():
        try:
            methods.append((name, make(parts)))
        except ModuleNotFoundError:
            missing.append(name)
    return methods, missing


def _notes(
    parts: Parts,
    unscored: int,
    tools: Sequence[tuple[str, Predictions]],
    missing: Sequence[str],
) -> tuple[str, ...]:
    asked = len({one.document for one in parts.test})
    notes = [
        f"{len(parts.test)} headlines of {asked} articles that neither ours nor the learners learned from; "
        f"the learners had {len(parts.train)} others to learn from. Intervals: 95% bootstrap by article.",
        "Verdicts are those on marked terms: loaded terms, and plain spans that the body does not bear out. "
        "A verdict on one is that of the method's term which overlaps it most; what no term overlaps counts "
        "as supported. The simple methods are told where the marked terms stand.",
        f"Deciding sentence: one of the first {FIRST} that are shown for a marked term overlaps one of the "
        "readers', for all marked terms with evidence.",
        f"Borne out and misleading headlines: those to which the readers gave {BORNE_OUT} or less, and "
        f"{MISLEADING} or more. These two rows are shares; in them and in the mean absolute error, less is "
        "better.",
        "all supported: divergence 0. word overlap: divergence is the share of the headline's content words "
        "that the body lacks, and a term with such a word is absent. VADER: how far the sentiment of the "
        "headline is from the mean of the body's sentences; words of its lexicon are loaded.",
        "tf-idf: ridge and logistic regression on the words of headline and term, without the body: what "
        "these alone give away. surface cues: the same on counts of shared words, hedges, denials, numbers.",
    ]
    if unscored:
        notes.append(
            f"{unscored} headlines were not scored by ours and count as divergence {parts.middle:g}."
        )
    for name, said in tools:
        none = sum(said.of[str(one.row["id"])].divergence is None for one in parts.test)
        lacks = [
            what
            for what, has in (("terms", said.terms), ("verdicts", said.verdicts), ("evidence", said.evidence))
            if not has
        ]
        if lacks:
            notes.append(f"{name}: its file has no columns for {', '.join(lacks)}.")
        if none:
            notes.append(f"{name}: {none} headlines without divergence count as {parts.middle:g}.")
    if missing:
        notes.append(
            f"Left out: {', '.join(missing)}. Install scikit-learn, scipy and vaderSentiment to have them."
        )
    return tuple(notes)
