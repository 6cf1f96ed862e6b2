"""Loaded language: sentences that experts call biased (BABE), and marked spans (PTC).

BABE: Spinde and others 2021. PTC: Da San Martino and others 2019, SemEval-2020 task 11.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from sensational.article import Article
from sensational.evaluation.floors import text_learner, vader_compound, vader_words
from sensational.evaluation.ledgers import Span, loaded_spans, marks, meets
from sensational.evaluation.measures import auc, f1_of, folds_by, interval, macro_f1, pairs_of
from sensational.evaluation.result import Figure, SetResult
from sensational.evaluation.rows import Row, read_rows, sample
from sensational.evaluation.scoring import score_all
from sensational.language.document import Document
from sensational.training.held_out import for_training

FOLDS = 5
ARTICLES = 100
# Those of the eighteen techniques that lie in the choice of words.
TECHNIQUES = frozenset({"Loaded_Language", "Name_Calling,Labeling", "Exaggeration,Minimisation"})


def evaluate(path: Path, seed: int = 0) -> SetResult:
    """Sentence AUC and word recall on half of ``sentences.jsonl.gz``, span measures on ``articles.jsonl.gz``.

    Args:
        path: the folder of the set.
        seed: of folds, sample and bootstrap.

    Raises:
        OSError: the set cannot be read.
    """
    figures, folds = _sentences(path, seed)
    return SetResult(
        "loaded_words",
        (*figures, *_articles(path, seed)),
        folds,
        notes=(
            "Sentences whose label the experts did not agree on are left out.",
            "Only the half that nothing was learned from. A sentence is read as a headline without a body.",
            f"Learner and threshold of macro-F1: {FOLDS} folds within that half.",
            f"PTC: a seeded sample of {ARTICLES} of 177 articles. Marked spans are those of three techniques "
            f"({', '.join(sorted(TECHNIQUES)).replace('_', ' ')}); other loaded words go unmarked there, so "
            "precision is a lower bound.",
        ),
    )


def _sentences(path: Path, seed: int) -> tuple[tuple[Figure, ...], dict[str, tuple[float, ...]]]:
    rows = [
        row
        for row in read_rows(path / "sentences.jsonl.gz", "")
        if row["label"] != "No agreement" and not for_training(row["text"])
    ]
    texts = [row["text"] for row in rows]
    gold = [row["label"] == "Biased" for row in rows]
    analyses = score_all([Article(text, "") for text in texts])
    fold_of = folds_by(texts, FOLDS, seed)
    ours = [one.loading for one in analyses]
    learned = text_learner(texts, [float(one) for one in gold], fold_of, classify=True)
    vader = [abs(vader_compound(text)) for text in texts]
    labels = _thresholded(gold, ours, fold_of)
    spans = [loaded_spans(marks(one)) for one in analyses]
    words, others = _word_hits(rows, spans), _word_hits(rows, [vader_words(Document(t)) for t in texts])
    name, learner = "VADER, strength of the compound", "logistic regression on tf-idf words and characters"
    figures = (
        Figure("biased sentence, AUC of loading", auc(gold, ours), len(gold),
               interval(pairs_of(auc), list(zip(gold, ours, strict=True)), seed), auc(gold, vader), name,
               auc(gold, learned), learner, must=0.82),
        Figure("biased sentence, macro-F1", macro_f1(gold, labels), len(gold),
               interval(pairs_of(macro_f1), list(zip(gold, labels, strict=True)), seed),
               macro_f1(gold, _thresholded(gold, vader, fold_of)), name,
               macro_f1(gold, [score >= 0.5 for score in learned]), learner),
        Figure("biased words in a loaded term, share", _share(words), sum(b for _, b in words),
               interval(_share, words, seed), _share(others), "words of VADER's lexicon"),
        Figure("words of unbiased sentences in a loaded term, share", _rate(gold, texts, spans), len(gold),
               floor=_rate(gold, texts, [vader_words(Document(t)) for t in texts]),
               floor_name="words of VADER's lexicon", higher_is_better=False),
    )  # fmt: skip
    folds = {
        "biased sentence, AUC of loading": tuple(
            auc([g for g, f in zip(gold, fold_of, strict=True) if f == fold],
                [o for o, f in zip(ours, fold_of, strict=True) if f == fold])
            for fold in range(FOLDS)
        )
    }  # fmt: skip
    return figures, folds


def _thresholded(gold: Sequence[bool], scores: Sequence[float], folds: Sequence[int]) -> list[bool]:
    """Labels by the threshold that gives the best macro-F1 on the other folds."""
    labels = [False] * len(gold)
    for fold in sorted(set(folds)):
        inside = [at for at, one in enumerate(folds) if one != fold]
        levels = sorted({scores[at] for at in inside})
        levels = levels[:: max(1, len(levels) // 50)]
        right = [gold[at] for at in inside]
        best = max(levels, key=lambda level: macro_f1(right, [scores[at] >= level for at in inside]))
        for at, one in enumerate(folds):
            if one == fold:
                labels[at] = scores[at] >= best
    return labels


def _word_hits(rows: Sequence[Row], spans: Sequence[Sequence[Span]]) -> list[tuple[int, int]]:
    """For each biased sentence: marked words that a span covers, and marked words."""
    hits = []
    for row, covered in zip(rows, spans, strict=True):
        if row["label"] != "Biased":
            continue
        folded = row["text"].lower()
        places = [(folded.find(word.lower()), len(word)) for word in row["words"]]
        marked = [(start, start + length) for start, length in places if start >= 0 and length]
        hits.append((sum(meets(one, covered) for one in marked), len(marked)))
    return hits


def _share(hits: Sequence[tuple[int, int]]) -> float:
    return sum(a for a, _ in hits) / max(1, sum(b for _, b in hits))


def _rate(gold: Sequence[bool], texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> float:
    hits = []
    for biased, text, covered in zip(gold, texts, spans, strict=True):
        if not biased:
            document = Document(text)
            words = list(zip(document.starts, document.ends, strict=True))
            hits.append((sum(meets(word, covered) for word in words), len(words)))
    return _share(hits)


def _articles(path: Path, seed: int) -> tuple[Figure, ...]:
    rows = sample(read_rows(path / "articles.jsonl.gz", ""), ARTICLES, seed)
    places = [[(s.start, s.end) for s in Document(row["text"]).sentences] for row in rows]
    texts = [row["text"][start:end] for row, some in zip(rows, places, strict=True) for start, end in some]
    analyses = iter(score_all([Article(text, "") for text in texts]))
    titles, bodies, floors = [], [], []
    for row, some in zip(rows, places, strict=True):
        marked = [(s["start"], s["end"]) for s in row["spans"] if s["technique"] in TECHNIQUES]
        ours, plain = [], []
        for begin, stop in some:
            ours += [(a + begin, b + begin) for a, b in loaded_spans(marks(next(analyses)))]
            plain += [(a + begin, b + begin) for a, b in vader_words(Document(row["text"][begin:stop]))]
        end = row["title_end"]
        titles.append(_overlap([s for s in ours if s[0] < end], [s for s in marked if s[0] < end]))
        bodies.append(_overlap([s for s in ours if s[0] >= end], [s for s in marked if s[0] >= end]))
        floors.append(_overlap([s for s in plain if s[0] >= end], [s for s in marked if s[0] >= end]))
    name = "words of VADER's lexicon"
    return (
        Figure("marked spans of titles that hold a loaded term, share", _recall(titles),
               sum(one[3] for one in titles), interval(_recall, titles, seed)),
        Figure("marked spans of texts that hold a loaded term, share", _recall(bodies),
               sum(one[3] for one in bodies), interval(_recall, bodies, seed), _recall(floors), name),
        Figure("marked spans of texts, F1 by shared length", _span_f1(bodies), sum(one[3] for one in bodies),
               interval(_span_f1, bodies, seed), _span_f1(floors), name),
    )  # fmt: skip


Overlap = tuple[float, int, float, int, int]
"""Shared parts of our spans (sum), ours; the same of the marked; marked that ours meet."""


def _overlap(ours: Sequence[Span], marked: Sequence[Span]) -> Overlap:
    """The partial matches of SemEval-2020 task 11: what two spans share over the length of one."""

    def part(span: Span, others: Sequence[Span]) -> float:
        shared = sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in others)
        return min(1.0, shared / (span[1] - span[0]))

    return (
        math.fsum(part(span, marked) for span in ours),
        len(ours),
        math.fsum(part(span, ours) for span in marked),
        len(marked),
        sum(meets(span, ours) for span in marked),
    )


def _recall(counts: Sequence[Overlap]) -> float:
    return sum(one[4] for one in counts) / max(1, sum(one[3] for one in counts))


def _span_f1(counts: Sequence[Overlap]) -> float:
    precision = math.fsum(one[0] for one in counts) / max(1, sum(one[1] for one in counts))
    recall = math.fsum(one[2] for one in counts) / max(1, sum(one[3] for one in counts))
    return f1_of(precision, recall)
