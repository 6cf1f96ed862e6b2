"""Plain learners for terms: which words are loaded, what the body does with a span, which sentence decides.

Each is a logistic regression on cues that any program can count, and judges only folds that it did not
learn from.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sensational.evaluation.floors import content, cue_classifier, judged, surface_cues
from sensational.language.document import Document
from sensational.language.function_words import function_words

Span = tuple[int, int]


def span_stems(headline: Document, start: int, end: int) -> list[str]:
    """Stems of a span's content words; of all its words where it has none."""
    first, last = headline.tokens_in(start, end)
    stems = headline.stems[first:last]
    meaning = [
        stem
        for stem, word in zip(stems, headline.words[first:last], strict=True)
        if word not in function_words()
    ]
    return meaning or list(stems)


def span_cues(headline: Document, start: int, end: int, body: Document) -> tuple[float, ...]:
    """Six cues of a span, and the sixteen of the whole pair (:data:`floors.CUES`)."""
    stems = span_stems(headline, start, end)
    wanted = set(stems)
    have = set(body.stems)
    per_sentence = [len(wanted & set(body.stems[s.first : s.last])) for s in body.sentences]
    text = headline.text[start:end]
    return (
        sum(stem in have for stem in stems) / max(1, len(stems)),
        max(per_sentence, default=0) / max(1, len(wanted)),
        sum(count > 0 for count in per_sentence) / max(1, len(per_sentence)),
        float(any(character.isdigit() for character in text)),
        float(any(mark in headline.text[max(0, start - 1) : end + 1] for mark in "'\"‘“")),
        float(len(stems)),
        *surface_cues(headline, body),
    )


def verdict_learner(
    terms: Sequence[tuple[Document, Span, Document]], verdicts: Sequence[str], folds: Sequence[int]
) -> list[str]:
    """The verdict on each span of a headline over a body, from its cues."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    cues = [span_cues(headline, *span, body) for headline, span, body in terms]
    table, wanted, fold_of = np.array(cues), np.array(verdicts), np.array(folds)
    found = np.full(len(wanted), "supported", dtype=object)
    for fold in judged(folds):
        test = fold_of == fold
        if len(set(wanted[~test].tolist())) > 1:
            model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500))
            found[test] = model.fit(table[~test], wanted[~test]).predict(table[test])
    return [str(one) for one in found]


def verdict_word_learner(terms: Sequence[str], verdicts: Sequence[str], folds: Sequence[int]) -> list[str]:
    """The verdict on each term by tf-idf of its own words and word pairs, whatever the body says."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    found = ["supported"] * len(terms)
    for fold in judged(folds):
        inside = [at for at, one in enumerate(folds) if one != fold]
        outside = [at for at, one in enumerate(folds) if one == fold]
        wanted = [verdicts[at] for at in inside]
        if len(set(wanted)) < 2:
            continue
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
        model = make_pipeline(words, LogisticRegression(C=10, max_iter=500))
        model.fit([terms[at] for at in inside], wanted)
        for at, verdict in zip(outside, model.predict([terms[at] for at in outside]).tolist(), strict=True):
            found[at] = str(verdict)
    return found


def loaded_learner(
    headlines: Sequence[Document], loaded: Sequence[Sequence[Span]], folds: Sequence[int]
) -> list[list[Span]]:
    """The loaded spans of each headline, from its words and their neighbours; runs of words are one span."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    found: list[list[Span]] = [[] for _ in headlines]
    described = [_word_cues(headline) for headline in headlines]
    marked = [
        [any(a < end and start < b for start, end in spans) for a, b in _words(headline)]
        for headline, spans in zip(headlines, loaded, strict=True)
    ]
    for fold in judged(folds):
        inside = [at for at, one in enumerate(folds) if one != fold]
        labels = [label for at in inside for label in marked[at]]
        if len(set(labels)) < 2:
            continue
        vectors = DictVectorizer()
        seen = vectors.fit_transform([cue for at in inside for cue in described[at]])
        model = LogisticRegression(C=3, max_iter=300).fit(seen, labels)
        for at, one in enumerate(folds):
            if one == fold and described[at]:
                guesses = model.predict(vectors.transform(described[at])).tolist()
                found[at] = _runs(headlines[at], guesses)
    return found


def _words(headline: Document) -> list[Span]:
    return list(zip(headline.starts, headline.ends, strict=True))


def _word_cues(headline: Document) -> list[dict[str, Any]]:
    words, stems = headline.words, headline.stems
    return [
        {
            "word": word,
            "stem": stems[at],
            "ending": word[-3:],
            "before": words[at - 1] if at else "",
            "after": words[at + 1] if at + 1 < len(words) else "",
            "digit": any(character.isdigit() for character in word),
            "quoted": headline.text[headline.starts[at] - 1 : headline.starts[at]] in tuple("'\"‘“"),
        }
        for at, word in enumerate(words)
    ]


def _runs(headline: Document, guesses: Sequence[bool]) -> list[Span]:
    spans: list[Span] = []
    for at, (start, end) in enumerate(_words(headline)):
        if guesses[at]:
            begins = spans.pop()[0] if at and guesses[at - 1] else start
            spans.append((begins, end))
    return spans


def sentences_by_overlap(headline: Document, body: Document) -> list[Span]:
    """The sentences of a body, those that share most content words with the headline first."""
    wanted = set(content(headline))
    shared = [len(wanted & set(body.stems[s.first : s.last])) for s in body.sentences]
    order = sorted(range(len(shared)), key=lambda at: (-shared[at], at))
    return [(body.sentences[at].start, body.sentences[at].end) for at in order]


def sentence_learner(
    terms: Sequence[tuple[Document, Span, Document]],
    evidence: Sequence[Sequence[Span]],
    folds: Sequence[int],
) -> list[list[Span]]:
    """For each term the sentences of its body, the likeliest to decide it first.

    Args:
        terms: headline, span and body of each.
        evidence: the deciding spans of each body.
        folds: of each term.
    """
    rows, labels, owner = [], [], []
    for at, (headline, span, body) in enumerate(terms):
        for sentence, cues in zip(body.sentences, _sentence_cues(headline, span, body), strict=True):
            rows.append(cues)
            labels.append(any(sentence.start < end and start < sentence.end for start, end in evidence[at]))
            owner.append(at)
    chances = cue_classifier(rows, labels, [folds[at] for at in owner]) if rows else []
    ranked: list[list[tuple[float, int]]] = [[] for _ in terms]
    for at, chance in zip(owner, chances, strict=True):
        ranked[at].append((-chance, len(ranked[at])))
    return [
        [(body.sentences[n].start, body.sentences[n].end) for _, n in sorted(order)]
        for order, (_, _, body) in zip(ranked, terms, strict=True)
    ]


def _sentence_cues(headline: Document, span: Span, body: Document) -> list[tuple[float, ...]]:
    of_term, of_headline = set(span_stems(headline, *span)), set(content(headline))
    cues: list[tuple[float, ...]] = []
    for sentence in body.sentences:
        here = set(body.stems[sentence.first : sentence.last])
        cues.append(
            (
                len(of_term & here) / max(1, len(of_term)),
                len(of_headline & here) / max(1, len(of_headline)),
                float(sentence.index == 0),
                sentence.index / max(1, len(body.sentences)),
                float(sentence.last - sentence.first),
            )
        )
    return cues
