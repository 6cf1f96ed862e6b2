"""Verdicts, loaded terms, deciding sentences and divergence, on labelled headlines that nothing learned from.

One eighth of the articles of ``benchmarks/headlines`` is kept from the verifier and from what is fitted on
its probabilities (:func:`sensational.training.verifier.parts.part_of`); all figures are of that part.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sensational.analysis import Analysis
from sensational.article import Article
from sensational.evaluation import ledgers
from sensational.evaluation.floors import read_texts, text_learner, vader_words
from sensational.evaluation.labelled import (
    FIRST,
    Labelled,
    beside,
    decided,
    hit,
    loaded,
    read,
    verdicts,
)
from sensational.evaluation.ledgers import BORNE_OUT, MISLEADING, Bar, Found, Mark, Rated, Said, Span
from sensational.evaluation.measures import folds_by, interval, mean, spearman
from sensational.evaluation.result import Figure, SetResult, Table
from sensational.evaluation.rows import Row
from sensational.evaluation.scoring import score_all
from sensational.evaluation.term_floors import (
    loaded_learner,
    sentence_learner,
    sentences_by_overlap,
    verdict_learner,
)
from sensational.language.document import Document
from sensational.training.verifier.parts import original_of, part_of


@dataclass(frozen=True, slots=True)
class _Item:
    """One headline: its labels, what we say of it, and our divergence of it over another body."""

    label: Labelled
    analysis: Analysis
    terms: tuple[Mark, ...]
    elsewhere: float | None

    @property
    def row(self) -> Row:
        return self.label.row

    @property
    def document(self) -> str:
        return self.label.document

    @property
    def said(self) -> list[Said]:
        """Our verdicts on its marked terms."""
        return verdicts(self.label, self.terms)


@dataclass(frozen=True, slots=True)
class _Displaced:
    """A headline's divergence: the readers', ours, and ours over another article's body."""

    gold: float
    own: float
    elsewhere: float


def evaluate(path: Path, seed: int = 0) -> SetResult:
    """All measures of the design on the test part of the set at ``path``.

    Args:
        path: the folder with ``headlines.jsonl.gz`` and ``articles.jsonl.gz``.
        seed: of folds, learners, bootstrap and the bodies that are exchanged.

    Raises:
        OSError: the set cannot be read.
    """
    items = _read(path, seed)
    rated = ledgers.rated(
        [one.row["id"] for one in items],
        [(one.label.headline, one.label.body) for one in items],
        [one.label.divergence for one in items],
        [one.analysis for one in items],
        [one.document for one in items],
        seed,
    )
    figures = (
        *_verdict_figures(items, seed),
        *_term_figures(items, seed),
        *_sentence_figures(items, seed),
        *_divergence_figures(items, rated, seed),
        *ledgers.coverage_figures(rated, seed),
        *_displaced_figures(items, rated, seed),
    )
    unscored = sum(one.analysis.divergence is None for one in items)
    return SetResult(
        "headlines",
        figures,
        tables=(
            ledgers.confusion([said for one in items for said in one.said]),
            _by_recipe(items, rated),
            ledgers.worst(rated),
        ),
        notes=(
            f"{len(items)} headlines of {len({one.document for one in items})} articles, of which the "
            "verifier and the combiner saw none. Intervals: bootstrap by article, with all its headlines.",
            f"Learners learn from these, in {ledgers.FOLDS} folds by article.",
            "Marked terms: loaded terms, and plain spans that the body does not bear out. Our verdict on one "
            "is that of our term which overlaps it most; what no term of ours overlaps counts as supported.",
            f"Deciding sentence: one of the first {FIRST} sentences of our evidence overlaps one of the "
            "readers'. Asked of marked terms with evidence for which we have a term, unless that one is "
            "supported and shows no evidence; in the second figure, of all marked terms with evidence.",
            f"{unscored} headlines were not scored and count as the median.",
            "Over another article's body: the articles exchange their bodies by a seed; none keeps its own.",
        ),
    )


def _read(path: Path, seed: int) -> list[_Item]:
    labels = [
        one
        for one in read(path, "headlines.jsonl.gz", "articles.jsonl.gz")
        if part_of(one.row["article"]) == "test"
    ]
    bodies = {one.row["article"]: one.body for one in labels}
    other = exchanged(sorted(bodies), seed)
    own = [Article(one.headline, one.body, one.row["id"]) for one in labels]
    moved = [Article(one.headline, bodies[other[one.row["article"]]], one.row["id"]) for one in labels]
    analyses = score_all([*own, *moved])
    return [
        _Item(label, ours, ledgers.marks(ours), over_other.divergence)
        for label, ours, over_other in zip(
            labels, analyses[: len(labels)], analyses[len(labels) :], strict=True
        )
    ]


def exchanged(articles: Sequence[str], seed: int) -> dict[str, str]:
    """For each article another one, no two of which were made from the same."""
    groups: dict[str, list[str]] = {}
    for article in articles:
        groups.setdefault(original_of(article), []).append(article)
    order = sorted(groups)
    chosen = random.Random(seed)  # noqa: S311 - a seeded choice, no secret
    chosen.shuffle(order)
    return {
        article: chosen.choice(groups[order[(at + 1) % len(order)]])
        for at, original in enumerate(order)
        for article in groups[original]
    }


def _folds(items: Sequence[_Item], seed: int) -> list[int]:
    return folds_by([one.document for one in items], ledgers.FOLDS, seed)


# Verdicts


def _verdict_figures(items: Sequence[_Item], seed: int) -> tuple[Figure, ...]:
    terms = [term for one in items for term in one.row["terms"]]
    units = [one.document for one in items for _ in one.row["terms"]]
    ours = [said for one in items for said in one.said]
    always = [beside(term, "supported") for term in terms]
    learned = [beside(*pair) for pair in zip(terms, _learned_verdicts(items, seed), strict=True)]
    bars = {"exact": Bar(0.72, 0.85), "kappa": Bar(0.45, 0.75), "macro-F1": Bar(0.42, 0.70)}
    places = [at for at, term in enumerate(terms) if term["loaded"]]

    def of_loaded(all_: Sequence[Said]) -> list[Said]:
        return [all_[at] for at in places]

    return (
        *ledgers.verdict_figures("verdicts of marked terms", ours, always, learned, units, seed, bars),
        *ledgers.verdict_figures(
            "verdicts of loaded terms", of_loaded(ours), of_loaded(always), of_loaded(learned),
            [units[at] for at in places], seed,
        ),
    )  # fmt: skip


def _learned_verdicts(items: Sequence[_Item], seed: int) -> list[str]:
    texts = read_texts([(one.label.headline, one.label.body) for one in items])
    terms, right, folds = [], [], []
    for one, (headline, body), fold in zip(items, texts, _folds(items, seed), strict=True):
        for term in one.row["terms"]:
            terms.append((headline, (term["start"], term["end"]), body))
            right.append(term["verdict"])
            folds.append(fold)
    return verdict_learner(terms, right, folds)


# Loaded terms


def _term_figures(items: Sequence[_Item], seed: int) -> tuple[Figure, ...]:
    wanted = [loaded(one.label) for one in items]
    headlines = [Document(one.label.headline) for one in items]
    learned = loaded_learner(headlines, wanted, _folds(items, seed))

    def counts(given: Sequence[Sequence[Span]]) -> list[Found]:
        return [ledgers.found(one, some) for one, some in zip(given, wanted, strict=True)]

    ours = counts([ledgers.loaded_spans(one.terms) for one in items])
    units = [one.document for one in items]
    n = sum(map(len, wanted))
    return (
        Figure("loaded terms found, F1", ledgers.term_f1(ours), n,
               interval(ledgers.term_f1, ours, seed, units),
               ledgers.term_f1(counts([vader_words(one) for one in headlines])), "words of VADER's lexicon",
               ledgers.term_f1(counts(learned)), "logistic regression on words and neighbours",
               0.90, must=0.83),
        Figure("loaded terms found, precision", ledgers.precision(ours), sum(one.given for one in ours)),
        Figure("loaded terms found, recall", ledgers.recall(ours), n),
    )  # fmt: skip


# Deciding sentences


def _sentence_figures(items: Sequence[_Item], seed: int) -> tuple[Figure, ...]:
    every = [one for item in items for one in decided(item.label, item.terms)]
    asked = [one for one in every if one.shown is not None]
    texts = read_texts([one.texts for one in asked])
    plain = [sentences_by_overlap(*pair) for pair in texts]
    learned = sentence_learner(
        [(headline, one.span, body) for one, (headline, body) in zip(asked, texts, strict=True)],
        [one.wanted for one in asked],
        folds_by([one.document for one in asked], ledgers.FOLDS, seed),
    )

    def share(shown: Sequence[Sequence[Span]]) -> float:
        return mean([hit(some, one.wanted) for some, one in zip(shown, asked, strict=True)])

    ours = [hit(one.shown, one.wanted) for one in asked]
    of_all = [hit(one.shown, one.wanted) for one in every]
    return (
        Figure("deciding sentence found, share", mean(ours), len(ours),
               interval(mean, ours, seed, [one.document for one in asked]),
               share(plain), "the two that share most words with the headline",
               share(learned), "logistic regression on overlap and place", 0.90, must=0.72),
        Figure("deciding sentence found, of all marked terms with evidence", mean(of_all), len(of_all),
               interval(mean, of_all, seed, [one.document for one in every])),
    )  # fmt: skip


# Divergence


def _divergence_figures(items: Sequence[_Item], rated: Sequence[Rated], seed: int) -> tuple[Figure, ...]:
    def where(kind: Any) -> list[Rated]:
        return [one for item, one in zip(items, rated, strict=True) if kind(item.row)]

    originals = where(lambda row: row["recipe"] == "original")
    written = where(lambda row: row["article"].startswith("written-"))
    real = where(lambda row: row["article"].startswith("real-") and row["recipe"] != "original")
    changed = where(lambda row: row["article"].startswith("changed-"))
    borne_out = [one for one in rated if one.gold <= BORNE_OUT]
    misleading = [one for one in rated if one.gold >= MISLEADING]
    return (
        ledgers.rank_figure("all", rated, seed, Bar(0.58, 0.90)),
        ledgers.rank_figure("originals", originals, seed, Bar(0.50, 0.80)),
        ledgers.rank_figure("written bodies", written, seed, Bar(0.45, 0.90)),
        ledgers.rank_figure("real bodies with written headlines", real, seed),
        ledgers.rank_figure("changed bodies", changed, seed),
        ledgers.error_figure("all", rated, seed, Bar(15.0, 8.0)),
        ledgers.error_figure("originals", originals, seed),
        ledgers.share_figure(
            f"borne-out headlines (0 to {BORNE_OUT}) scored {ledgers.HIGH:.0f} or more, share",
            ledgers.false_alarms, borne_out, mean([float(one.forest >= ledgers.HIGH) for one in borne_out]),
            seed, Bar(0.10, 0.03),
        ),
        ledgers.share_figure(
            f"misleading headlines ({MISLEADING} and more) scored below {ledgers.HIGH:.0f}, share",
            ledgers.missed, misleading, mean([float(one.forest < ledgers.HIGH) for one in misleading]),
            seed, Bar(0.30, 0.05),
        ),
    )  # fmt: skip


def _displaced_figures(items: Sequence[_Item], rated: Sequence[Rated], seed: int) -> tuple[Figure, ...]:
    gold = [one.gold for one in rated]
    learned = text_learner([one.headline for one in rated], gold, _folds(items, seed), classify=False)
    both = [
        _Displaced(one.gold, one.ours, one.middle if item.elsewhere is None else item.elsewhere)
        for item, one in zip(items, rated, strict=True)
    ]
    units = [one.document for one in items]
    return (
        Figure("divergence over another article's body, Spearman with the truth over the own",
               _given_away(both), len(both), interval(_given_away, both, seed, units),
               learner=spearman(learned, gold),
               learner_name="ridge on tf-idf of the headline alone",
               aim=0.0, higher_is_better=False, must=0.15),
        Figure("divergence over another article's body higher than over the own, share",
               _higher(both), len(both), interval(_higher, both, seed, units)),
        Figure("divergence over another article's body, mean",
               mean([one.elsewhere for one in both]), len(both)),
    )  # fmt: skip


def _given_away(both: Sequence[_Displaced]) -> float:
    return spearman([one.elsewhere for one in both], [one.gold for one in both])


def _higher(both: Sequence[_Displaced]) -> float:
    return mean([float(one.elsewhere > one.own) for one in both])


def _by_recipe(items: Sequence[_Item], rated: Sequence[Rated]) -> Table:
    groups: dict[str, list[tuple[Rated, list[Said]]]] = {}
    for item, one in zip(items, rated, strict=True):
        groups.setdefault(item.row["recipe"], []).append((one, item.said))
    rows = []
    for recipe, some in sorted(groups.items()):
        said = [verdict for _, verdicts_ in some for verdict in verdicts_]
        rows.append(
            (
                recipe,
                str(len(some)),
                f"{mean([one.gold for one, _ in some]):.0f}",
                f"{mean([one.ours for one, _ in some]):.0f}",
                f"{mean([abs(one.ours - one.gold) for one, _ in some]):.1f}",
                f"{ledgers.exact(said):.2f}",
            )
        )
    header = ("recipe", "headlines", "readers", "ours", "mean absolute error", "verdicts exact")
    return ("Divergence and verdicts by recipe", header, tuple(rows))
