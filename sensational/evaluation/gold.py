"""Divergence, loaded terms and verdicts, against two readers who followed one guide.

Nothing is fitted or trained on this set, nor on a body of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sensational.analysis import Analysis
from sensational.article import Article
from sensational.evaluation import ledgers
from sensational.evaluation.floors import read_texts, vader_words
from sensational.evaluation.ledgers import Bar, Found, Rated, Said, Span
from sensational.evaluation.measures import folds_by, interval, mean
from sensational.evaluation.result import Figure, SetResult, Table
from sensational.evaluation.rows import Row, read_rows
from sensational.evaluation.scoring import score_all
from sensational.evaluation.term_floors import verdict_learner
from sensational.language.document import Document

NOT_FOUND = "not found"
BOTH = 2


def evaluate(path: Path, seed: int = 0) -> SetResult:
    """Spearman, error, term F1 and verdicts on ``dev.jsonl.gz`` at ``path``.

    Args:
        path: the folder of the set, or its file.
        seed: of folds, learners and bootstrap.

    Raises:
        OSError: the set cannot be read.
    """
    rows = read_rows(path, "dev.jsonl.gz")
    analyses = score_all([Article(row["headline"], row["body"], row["id"]) for row in rows])
    documents = documents_of(rows)
    rated = ledgers.rated(
        [row["id"] for row in rows],
        [(row["headline"], row["body"]) for row in rows],
        [float(row["divergence"]) for row in rows],
        analyses,
        documents,
        seed,
    )
    figures = (
        *_verdicts(rows, analyses, documents, seed),
        *_terms(rows, analyses, documents, seed),
        *_divergence(rows, rated, seed),
        *ledgers.coverage_figures(rated, seed),
    )
    read = zip(rows, analyses, strict=True)
    said = [one for row, analysis in read for one in _said(row, analysis, "supported")]
    return SetResult(
        "gold",
        figures,
        tables=(ledgers.confusion(said), _by_kind(rows, analyses), ledgers.worst(rated)),
        notes=(
            f"Learners are folded by document ({ledgers.FOLDS} folds): pairs that share a body or a headline "
            "lie in one fold. Documents are the bootstrap's units.",
            "Gold terms are those that both readers marked; what only one marked is neither right nor wrong.",
            "Our verdict on a gold term is that of our term which overlaps it most; what no term of ours "
            "overlaps counts as supported, and in the measures of loaded terms as not found, which is wrong.",
        ),
    )


def documents_of(rows: Sequence[Row]) -> list[str]:
    """A name for the document of each row: rows that share a body or a headline share it."""
    name: dict[str, str] = {}
    for row in rows:
        keys = ("body\n" + row["body"], "headline\n" + row["headline"])
        known = {name[key] for key in keys if key in name}
        first = min(known, default=row["id"])
        for key, value in list(name.items()):
            if value in known:
                name[key] = first
        for key in keys:
            name[key] = first
    return [name["body\n" + row["body"]] for row in rows]


def _sure(row: Row) -> list[Row]:
    return [term for term in row["terms"] if term["marked_by"] == BOTH]


def _divergence(rows: Sequence[Row], rated: Sequence[Rated], seed: int) -> tuple[Figure, ...]:
    own = [one for row, one in zip(rows, rated, strict=True) if row["own_body"]]
    other = [one for row, one in zip(rows, rated, strict=True) if not row["own_body"]]
    return (
        ledgers.rank_figure("all", rated, seed, Bar(0.62, 0.80)),
        ledgers.rank_figure("own bodies", own, seed, Bar(0.52, 0.70)),
        ledgers.rank_figure("other bodies", other, seed),
        ledgers.error_figure("all", rated, seed, Bar(14.5, 10.0)),
        ledgers.error_figure("own bodies", own, seed),
        ledgers.error_figure("other bodies", other, seed),
    )


def _terms(
    rows: Sequence[Row], analyses: Sequence[Analysis], documents: Sequence[str], seed: int
) -> tuple[Figure, ...]:
    ours = [
        counts(ledgers.loaded_spans(ledgers.marks(one)), row) for one, row in zip(analyses, rows, strict=True)
    ]
    floor = [counts(vader_words(Document(row["headline"])), row) for row in rows]
    n = sum(one.wanted for one in ours)
    return (
        Figure("loaded terms found, F1", ledgers.term_f1(ours), n,
               interval(ledgers.term_f1, ours, seed, documents),
               ledgers.term_f1(floor), "words of VADER's lexicon", aim=0.88, must=0.80),
        Figure("loaded terms found, precision", ledgers.precision(ours), sum(one.given for one in ours)),
        Figure("loaded terms found, recall", ledgers.recall(ours), n),
    )  # fmt: skip


def counts(spans: Sequence[Span], row: Row) -> Found:
    """Marked spans beside those of both readers; what one reader marked is neither right nor wrong."""
    maybe = [(term["start"], term["end"]) for term in row["terms"] if term["marked_by"] != BOTH]
    return ledgers.found(spans, [(term["start"], term["end"]) for term in _sure(row)], maybe)


def _said(row: Row, analysis: Analysis, unmarked: str) -> list[Said]:
    """The verdicts on the gold terms of a row; ``unmarked`` where we have no loaded term."""
    said, terms = [], ledgers.marks(analysis)
    marked = ledgers.loaded_spans(terms)
    for term in _sure(row):
        ours = ledgers.verdict_at(term["start"], term["end"], terms)
        if unmarked == NOT_FOUND and not ledgers.meets((term["start"], term["end"]), marked):
            ours = NOT_FOUND
        said.append(ledgers.said(term["verdicts"], term["also"], ours))
    return said


def _verdicts(
    rows: Sequence[Row], analyses: Sequence[Analysis], documents: Sequence[str], seed: int
) -> tuple[Figure, ...]:
    def ours(unmarked: str) -> list[Said]:
        return [
            one
            for row, analysis in zip(rows, analyses, strict=True)
            for one in _said(row, analysis, unmarked)
        ]

    units = [name for row, name in zip(rows, documents, strict=True) for _ in _sure(row)]
    always = [ledgers.said(t["verdicts"], t["also"], "supported") for row in rows for t in _sure(row)]
    bars = {"exact": Bar(0.64, 0.80), "kappa": Bar(0.30, 0.65)}
    strict = ours(NOT_FOUND)
    texts = read_texts([(row["headline"], row["body"]) for row in rows])
    sure = [(pair, term) for row, pair in zip(rows, texts, strict=True) for term in _sure(row)]
    guesses = verdict_learner(
        [(headline, (term["start"], term["end"]), body) for (headline, body), term in sure],
        [term["verdicts"][0] for _, term in sure],
        folds_by(units, ledgers.FOLDS, seed),
    )
    learned = [
        ledgers.said(term["verdicts"], term["also"], guess)
        for (_, term), guess in zip(sure, guesses, strict=True)
    ]
    return (
        *ledgers.verdict_figures("verdicts", ours("supported"), always, learned, units, seed, bars),
        Figure("verdicts, a term not found counted as wrong, exact", ledgers.exact(strict), len(strict),
               interval(ledgers.exact, strict, seed, units)),
        Figure("verdicts, a term not found counted as wrong, kappa", ledgers.verdict_kappa(strict),
               len(strict), interval(ledgers.verdict_kappa, strict, seed, units)),
    )  # fmt: skip


def _by_kind(rows: Sequence[Row], analyses: Sequence[Analysis]) -> Table:
    """By kind of gold term: how many we mark as loaded, and how many get a right verdict."""
    found: dict[str, list[tuple[bool, bool]]] = {}
    for row, analysis in zip(rows, analyses, strict=True):
        marked = ledgers.loaded_spans(ledgers.marks(analysis))
        for term, said in zip(_sure(row), _said(row, analysis, "supported"), strict=True):
            here = ledgers.meets((term["start"], term["end"]), marked)
            found.setdefault(term["kinds"][0], []).append((here, said.right == said.ours))
    lines = tuple(
        (kind, str(len(both)), f"{mean([a for a, _ in both]):.2f}", f"{mean([b for _, b in both]):.2f}")
        for kind, both in sorted(found.items())
    )
    return ("Loaded terms by kind", ("kind", "gold terms", "found", "right verdict"), lines)
