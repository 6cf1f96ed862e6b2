"""Whose word it is, on PolNeAR (Newell, Margolin and Ruths 2018): content, source, kind of source."""

from __future__ import annotations

import gzip
import json
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random
from typing import Any

from sensational.evaluation.result import Figure, SetResult
from sensational.language.document import Document, Sentence
from sensational.language.sources import kind_of
from sensational.language.voices import Voice, Voices
from sensational.lexicon.cues import word_set

Counts = tuple[int, int, int]
"""True positives, predicted, in the gold."""

ROUNDS = 400
_MARKED_WORD = r"\w+|[“”\"‘’:]"


def evaluate(path: Path, seed: int = 0, split: str = "dev") -> SetResult:
    """Figures on one split of PolNeAR, beside a trivial floor and a plain learner.

    Args:
        path: the folder that holds ``articles.jsonl.gz``.
        seed: of the bootstrap.
        split: ``dev`` (94 articles that the rules were not written on) or ``train`` (the first 200 of 919).

    Returns:
        A sentence counts as somebody's word if at least half of its tokens are content of an attribution.
    """
    articles = _read(path)
    training = [row for row in articles if row["split"] == "train"]
    chosen = [row for row in articles if row["split"] == split]
    if split == "train":
        chosen = chosen[:200]
    read = [_Reading(row) for row in chosen]
    sentence = [one.sentence_counts(one.by_voices) for one in read]
    token = [one.token_counts() for one in read]
    learner = _learner(training, chosen)
    tables = _tables(read)
    found, right = _sources(read)
    kinds = _kinds(read)
    return SetResult(
        f"attribution ({split})",
        (
            Figure(
                "sentence is somebody's word, F1", _f1(sentence), sum(c[2] for c in sentence),
                _interval(sentence, seed),
                floor=_f1([one.sentence_counts(one.by_marks) for one in read]),
                floor_name="a quotation mark or “said”",
                learner=_f1(learner), learner_name="logistic regression on words and word pairs",
            ),
            Figure("the same, precision", _ratio(sentence, 1), sum(c[1] for c in sentence)),
            Figure("the same, recall", _ratio(sentence, 2), sum(c[2] for c in sentence)),
            Figure("token is content, F1", _f1(token), sum(c[2] for c in token), _interval(token, seed)),
            Figure("the same, precision", _ratio(token, 1), sum(c[1] for c in token)),
            Figure("the same, recall", _ratio(token, 2), sum(c[2] for c in token)),
            Figure("right source where cues agree", right / max(1, found), found),
            Figure("named or not, where cues agree", kinds[0] / max(1, kinds[1]), kinds[1]),
        ),
        tables=tables,
        notes=(
            "PolNeAR counts attitudes (wants, endorsed, criticised) as attribution; voices of strength 0.4.",
            "named or not: the gold source's kind is read by the same rules from the annotated span, "
            "so this figure shows where the source is cut wrongly, not whether the rules are right.",
        ),
    )  # fmt: skip


def _read(path: Path) -> list[dict[str, Any]]:
    file = path if path.is_file() else path / "articles.jsonl.gz"
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


class _Reading:
    """One article read by the rules, beside its annotation."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.document = Document(row["text"])
        self.attributions = row["attributions"]
        self.gold = _marked(
            self.document, (span for one in self.attributions for span in one.get("content", ()))
        )
        reader = Voices(self.document)
        self.voices: list[Voice] = [voice for s in self.document.sentences for voice in reader.of(s)]
        self.ours = _marked(self.document, ((voice.start, voice.end) for voice in self.voices))

    def by_voices(self, sentence: Sentence) -> bool:
        return _half(self.ours, sentence)

    def by_marks(self, sentence: Sentence) -> bool:
        text = self.document.text[sentence.start : sentence.end]
        return bool(re.search('[“”"]', text)) or "said" in self.document.words[sentence.first : sentence.last]

    def in_gold(self, sentence: Sentence) -> bool:
        return _half(self.gold, sentence)

    def sentence_counts(self, judge: Callable[[Sentence], bool]) -> Counts:
        pairs = [(judge(s), self.in_gold(s)) for s in self.document.sentences if s.last > s.first]
        return _count(pairs)

    def token_counts(self) -> Counts:
        return _count(zip(self.ours, self.gold, strict=True))


def _count(pairs: Iterable[tuple[bool, bool]]) -> Counts:
    both = predicted = gold = 0
    for ours, theirs in pairs:
        both += ours and theirs
        predicted += ours
        gold += theirs
    return both, predicted, gold


def _marked(document: Document, spans: Iterable[Sequence[int]]) -> list[bool]:
    marked = [False] * len(document.words)
    for start, end in spans:
        at = bisect_left(document.starts, start)
        while at < len(marked) and document.starts[at] < end:
            marked[at] = True
            at += 1
    return marked


def _half(marked: list[bool], sentence: Sentence) -> bool:
    length = sentence.last - sentence.first
    return length > 0 and 2 * sum(marked[sentence.first : sentence.last]) >= length


def _ratio(counts: Sequence[Counts], of: int) -> float:
    return sum(c[0] for c in counts) / max(1, sum(c[of] for c in counts))


def _f1(counts: Sequence[Counts]) -> float:
    return 2 * sum(c[0] for c in counts) / max(1, sum(c[1] + c[2] for c in counts))


def _interval(counts: Sequence[Counts], seed: int) -> tuple[float, float]:
    random = Random(seed)  # noqa: S311 - a bootstrap, not a secret
    drawn = sorted(_f1(random.choices(counts, k=len(counts))) for _ in range(ROUNDS))
    return drawn[ROUNDS // 40], drawn[ROUNDS - 1 - ROUNDS // 40]


def _learner(training: list[dict[str, Any]], chosen: list[dict[str, Any]]) -> list[Counts]:
    """Logistic regression on words and pairs of words of a sentence and its marks, split by document."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    texts = {row["text"] for row in chosen}
    rows = [row for row in training if row["text"] not in texts][:400]

    def sentences(row: dict[str, Any]) -> tuple[list[str], list[bool]]:
        document = Document(row["text"])
        gold = _marked(document, (span for one in row["attributions"] for span in one.get("content", ())))
        kept = [s for s in document.sentences if s.last > s.first]
        return [document.text[s.start : s.end] for s in kept], [_half(gold, s) for s in kept]

    train = [sentences(row) for row in rows]
    words = CountVectorizer(ngram_range=(1, 2), min_df=2, binary=True, token_pattern=_MARKED_WORD)
    model = LogisticRegression(C=0.3, max_iter=300, solver="liblinear")
    model.fit(
        words.fit_transform([text for texts, _ in train for text in texts]),
        [label for _, labels in train for label in labels],
    )
    counts = []
    for row in chosen:
        texts_here, labels = sentences(row)
        counts.append(_count(zip(model.predict(words.transform(texts_here)).tolist(), labels, strict=True)))
    return counts


def _span(spans: Sequence[Sequence[int]]) -> tuple[int, int]:
    return min(start for start, _ in spans), max(end for _, end in spans)


def _aligned(read: Sequence[_Reading]) -> Iterable[tuple[_Reading, dict[str, Any], Voice]]:
    """Attributions with a source whose cue overlaps that of a voice of ours."""
    for one in read:
        for attribution in one.attributions:
            if not attribution.get("cue") or not attribution.get("source"):
                continue
            start, end = _span(attribution["cue"])
            for voice in one.voices:
                cue_start, cue_end = voice.cue_start, voice.cue_end
                if cue_start is not None and cue_end is not None and cue_start < end and start < cue_end:
                    yield one, attribution, voice
                    break


def _sources(read: Sequence[_Reading]) -> tuple[int, int]:
    """Attributions whose cue we found, and those of them with an overlapping source or the same last name."""
    found = right = 0
    for one, attribution, voice in _aligned(read):
        found += 1
        start, end = _span(attribution["source"])
        own_start, own_end = voice.source_start, voice.source_end
        overlaps = own_start is not None and own_end is not None and own_start < end and start < own_end
        last_name = one.document.text[start:end].split()[-1]
        right += overlaps or (voice.source or " ").split(" ")[-1] == last_name
    return found, right


def _kinds(read: Sequence[_Reading]) -> tuple[int, int]:
    right = found = 0
    for one, attribution, voice in _aligned(read):
        document = one.document
        start, end = _span(attribution["source"])
        first, last = bisect_left(document.starts, start), bisect_left(document.starts, end)
        if last <= first or document.words[first] in _PRONOUNS:
            continue
        opens = any(s.first == first for s in document.sentences)
        found += 1
        right += (kind_of(document, first, last, opens) == "named") == (voice.kind == "named")
    return right, found


_PRONOUNS = word_set("he she they it who which that i we you his her their")


def _construction(text: str, attribution: dict[str, Any]) -> str:
    content = " ".join(text[start:end] for start, end in attribution.get("content", ()))
    marks = sum(content.count(mark) for mark in '“"')
    if marks and content.strip()[:1] in '“"' and content.strip()[-1:] in '”"':
        return "direct"
    return "mixed" if marks else "indirect"


def _tables(read: Sequence[_Reading]) -> tuple[tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]], ...]:
    """Content tokens found, by construction and by the commonest cues."""
    shares: dict[str, list[int]] = {}
    cues: dict[str, list[int]] = {}
    for one in read:
        text = one.document.text
        for attribution in one.attributions:
            marked = _marked(one.document, attribution.get("content", ()))
            gold = sum(marked)
            got = sum(a and b for a, b in zip(marked, one.ours, strict=True))
            cue = " ".join(text[s:e] for s, e in attribution.get("cue", ())).lower()
            for table, key in ((shares, _construction(text, attribution)), (cues, cue)):
                counted = table.setdefault(key, [0, 0, 0])
                counted[0] += 1
                counted[1] += gold
                counted[2] += got

    def rows(table: dict[str, list[int]], most: int) -> tuple[tuple[str, ...], ...]:
        ordered = sorted(table.items(), key=lambda item: (-(item[1][1] - item[1][2]), item[0]))[:most]
        return tuple((key, str(n), str(gold), f"{got / max(1, gold):.2f}") for key, (n, gold, got) in ordered)

    header = ("what", "attributions", "tokens", "found")
    return (("by construction", header, rows(shares, 5)), ("by cue, most lost first", header, rows(cues, 25)))
