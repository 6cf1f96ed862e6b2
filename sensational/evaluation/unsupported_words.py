"""Which words of a summary are not supported by its article? The verifier against what people marked.

The set is that of Maynez and others 2020. A word's score is the verifier's probability that the body does not
support it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sensational.analysis import Analysis
from sensational.article import Article
from sensational.evaluation.floors import cue_classifier
from sensational.evaluation.measures import auc, folds_by, interval, pairs_of
from sensational.evaluation.result import Figure, SetResult
from sensational.evaluation.rows import Row, read_rows
from sensational.evaluation.scoring import score_all
from sensational.language.canonical import canonical
from sensational.language.document import Document
from sensational.language.function_words import function_words
from sensational.training.held_out import for_training
from sensational.verifier.inputs import ReadBody
from sensational.verifier.model import judge

FOLDS = 5
# 24,000 words are drawn each time.
ROUNDS = 200
ABSENT = "stem absent from the body"
UNSUPPORTED = frozenset({"absent", "contradicted"})


@dataclass(frozen=True, slots=True)
class _Word:
    document: str
    system: str
    marked: bool
    ours: float
    called: bool
    """Whether the ledger calls its term absent or contradicted."""
    content: bool
    """Whether it carries meaning (no article, preposition and the like)."""
    absent: bool
    cues: tuple[float, ...]


def evaluate(path: Path, seed: int = 0) -> SetResult:
    """Word-level AUC on ``claims.jsonl.gz`` at ``path``.

    Args:
        path: the folder of the set, or its file.
        seed: of folds and bootstrap.

    Raises:
        OSError: the set cannot be read.
    """
    rows = [row for row in read_rows(path, "claims.jsonl.gz") if not for_training(row["body"])]
    analyses = score_all([_article(row) for row in rows])
    words = [word for row, analysis in zip(rows, analyses, strict=True) for word in _words(row, analysis)]
    folds = folds_by([one.document for one in words], FOLDS, seed)
    gold = [one.marked for one in words]
    learned = cue_classifier([one.cues for one in words], gold, folds)
    pairs = [(one.marked, one.ours) for one in words]
    units = [one.document for one in words]
    figures = [
        Figure("unsupported words, AUC", auc(gold, [one.ours for one in words]), len(words),
               interval(pairs_of(auc), pairs, seed, units, rounds=ROUNDS),
               auc(gold, [float(one.absent) for one in words]), ABSENT,
               auc(gold, learned), "logistic regression on seven cues of the word", must=0.76),
    ]  # fmt: skip
    for which, some in (
        ("content words", [one for one in words if one.content]),
        ("people's leads", [one for one in words if one.system == "Gold"]),
        ("machines' summaries", [one for one in words if one.system != "Gold"]),
    ):
        figures.append(_part(f"the same, {which}", some, seed))
    called = [one for one in words if one.called]
    right = sum(one.marked for one in called)
    figures += [
        Figure("words called absent or contradicted that people marked, share", right / max(1, len(called)),
               len(called), floor=sum(gold) / max(1, len(gold)), floor_name="all words"),
        Figure("marked words that are called so, share", right / max(1, sum(gold)), sum(gold)),
    ]  # fmt: skip
    return SetResult(
        "unsupported_words",
        tuple(figures),
        notes=(
            "Marked: by more than half of the people who judged the summary.",
            "Articles are the bootstrap's units.",
            "Only the half of the articles that nothing was learned from.",
            f"The learner is folded by article ({FOLDS} folds).",
        ),
    )


def _part(name: str, words: Sequence[_Word], seed: int) -> Figure:
    gold = [one.marked for one in words]
    pairs = [(one.marked, one.ours) for one in words]
    units = [one.document for one in words]
    return Figure(name, auc(gold, [one.ours for one in words]), len(words),
                  interval(pairs_of(auc), pairs, seed, units, rounds=ROUNDS),
                  auc(gold, [float(one.absent) for one in words]), ABSENT)  # fmt: skip


def _article(row: Row) -> Article:
    # The file writes some apostrophes as backslash and apostrophe.
    return Article(row["headline"].replace("\\'", "'"), row["body"])


def _words(row: Row, analysis: Analysis) -> list[_Word]:
    text, article = analysis.headline, row["body"]
    headline, body = Document(text), Document(article)
    marked = _marked(headline, text, row)
    have, stems = frozenset(body.words), frozenset(body.stems)
    missing = [stem not in stems for stem in headline.stems]
    read = canonical(text)[0]
    judgement = judge(Document(read), ReadBody(body)) if len(read) == len(text) and body.sentences else None
    found = []
    for at, (word, start, end) in enumerate(zip(headline.words, headline.starts, headline.ends, strict=True)):
        ours = 1 - float(judgement.verdicts_of(start, end)[0]) if judgement else 0.0
        called = any(
            term.verdict in UNSUPPORTED for term in analysis.terms if term.start < end and start < term.end
        )
        plain = word in function_words()
        near = (at > 0 and missing[at - 1]) + (at + 1 < len(missing) and missing[at + 1])
        cues = (
            float(word not in have), float(missing[at]), float(plain), float(missing[at] and not plain),
            float(word[:1].isdigit()), float(near), sum(missing) / len(missing),
        )  # fmt: skip
        found.append(_Word(article, row["system"], marked[at], ours, called, not plain, missing[at], cues))
    return found


def _marked(headline: Document, text: str, row: Row) -> list[bool]:
    """For each word, whether more than half of the people marked it; spans are located by their text."""
    folded = text.lower()
    by: list[set[str]] = [set() for _ in headline.words]
    for span in row["spans"]:
        wanted = span["text"].replace("\\'", "'").lower().strip()
        start = folded.find(wanted) if wanted else -1
        if start < 0:
            continue
        first, last = headline.tokens_in(start, start + len(wanted))
        for at in range(first, last):
            by[at].add(span["worker"])
    return [2 * len(workers) > row["workers"] for workers in by]
