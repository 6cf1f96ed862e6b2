"""Methods that ours must beat: trivial ones, and the features of the plain learners."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from typing import Any

from sensational.language.document import Document
from sensational.language.function_words import function_words
from sensational.lexicon.cues import word_set

CUES = (
    "content words found", "word pairs found", "best sentence", "second sentence", "third sentence",
    "denials in body", "hoax words in body", "hoax words in headline", "hedges in body only",
    "hedges in headline", "numbers found", "quotation marks in headline", "quotation marks in body",
    "question or exclamation mark", "length of headline", "length of body",
)  # fmt: skip
"""The sixteen surface cues of the plain learner, in the order of :func:`surface_cues`."""

_DENIAL = word_set(
    "not no never deny denies denied denying refute refuted reject rejected nobody none without"
)
_HOAX = word_set("hoax fake false debunk debunked rumor rumour rumors rumours satire untrue myth misleading")
_HEDGE = word_set(
    "may might could reportedly allegedly alleged possible possibly likely perhaps claims unconfirmed "
    "apparently suggests seems"
)
# In a set of this size a word that stands in one text teaches nothing but takes time.
LARGE = 5000
LEARN = -1
"""The fold of what is only learned from."""
_NUMBER = re.compile(r"\d[\d,.]*")


def read_texts(texts: Sequence[tuple[str, str]]) -> list[tuple[Document, Document]]:
    """Headlines and bodies as documents; a body that comes again is read once."""
    bodies = {body: Document(body) for _, body in texts}
    return [(Document(headline), bodies[body]) for headline, body in texts]


def content(document: Document) -> list[str]:
    """Stems of the words that carry meaning, in order."""
    known = function_words()
    return [s for word, s in zip(document.words, document.stems, strict=True) if word not in known]


def ngram_overlap(headline: Document, body: Document, n: int) -> float:
    """Share of the headline's word ``n``-grams that stand in the body, 0 to 1; 1 where there are none."""
    wanted = _ngrams(headline.words, n)
    have = set(_ngrams(body.words, n))
    return sum(gram in have for gram in wanted) / len(wanted) if wanted else 1.0


def _ngrams(words: Sequence[str], n: int) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + n]) for at in range(len(words) - n + 1)]


def word_overlap(headline: Document, body: Document) -> float:
    """Share of the headline's content words whose stem stands in the body, 0 to 1; 1 where there are none."""
    wanted = content(headline)
    have = set(body.stems)
    return sum(stem in have for stem in wanted) / len(wanted) if wanted else 1.0


def surface_cues(headline: Document, body: Document) -> tuple[float, ...]:
    """The sixteen cues of :data:`CUES`."""
    wanted = set(content(headline))
    shares = sorted(
        (len(wanted & set(body.stems[s.first : s.last])) / max(1, len(wanted)) for s in body.sentences),
        reverse=True,
    )
    best = [*shares, 0.0, 0.0, 0.0][:3]
    per_word = 100 / max(1, len(body.words))
    in_body, in_headline = _counts(body), _counts(headline)
    numbers = _NUMBER.findall(headline.text)
    text = body.text
    return (
        word_overlap(headline, body),
        ngram_overlap(headline, body, 2),
        *best,
        in_body[0] * per_word,
        in_body[1] * per_word,
        float(in_headline[1]),
        in_body[2] * per_word if not in_headline[2] else 0.0,
        float(in_headline[2]),
        sum(number in text for number in numbers) / len(numbers) if numbers else 1.0,
        float(sum(headline.text.count(mark) for mark in "'\"‘“")),
        sum(text.count(mark) for mark in '"“') * per_word,
        float(headline.text.count("?") + headline.text.count("!")),
        float(len(headline.words)),
        min(2000, len(body.words)) / 100,
    )


def _counts(document: Document) -> tuple[int, int, int]:
    words = document.words
    return sum(w in _DENIAL for w in words), sum(w in _HOAX for w in words), sum(w in _HEDGE for w in words)


@lru_cache(maxsize=1)
def _vader() -> Any:
    return import_module("vaderSentiment.vaderSentiment").SentimentIntensityAnalyzer()


def vader_compound(text: str) -> float:
    """VADER's compound sentiment, -1 to 1 (Hutto and Gilbert 2014)."""
    return float(_vader().polarity_scores(text)["compound"])


def vader_words(headline: Document) -> list[tuple[int, int]]:
    """Character spans of the words that stand in VADER's lexicon."""
    lexicon = _vader().lexicon
    spans = zip(headline.starts, headline.ends, headline.words, strict=True)
    return [(start, end) for start, end, word in spans if word in lexicon]


def judged(folds: Sequence[int]) -> list[int]:
    """The folds that are judged, each by what was learned from all others."""
    return sorted(set(folds) - {LEARN})


def text_learner(
    texts: Sequence[str], labels: Sequence[float], folds: Sequence[int], classify: bool
) -> list[float]:
    """Scores of unseen texts by tf-idf of words, word pairs and characters.

    Logistic regression where ``classify`` (the chance of label 1), else ridge regression; each fold is
    judged by a model that was trained on the others.
    """
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression, Ridge

    rarest = 1 if len(texts) < LARGE else 2
    found = [0.0] * len(texts)
    for fold in judged(folds):
        inside = [at for at, one in enumerate(folds) if one != fold]
        outside = [at for at, one in enumerate(folds) if one == fold]
        words = TfidfVectorizer(ngram_range=(1, 2), min_df=rarest, sublinear_tf=True)
        characters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), min_df=rarest + 1, sublinear_tf=True
        )
        makers = (words, characters)
        seen = hstack([maker.fit_transform([texts[at] for at in inside]) for maker in makers]).tocsr()
        unseen = hstack([maker.transform([texts[at] for at in outside]) for maker in makers]).tocsr()
        wanted = [labels[at] for at in inside]
        if classify:
            model = LogisticRegression(solver="liblinear").fit(seen, wanted)
            scores = model.predict_proba(unseen)[:, 1].tolist()
        else:
            scores = Ridge(alpha=3, solver="sparse_cg").fit(seen, wanted).predict(unseen).tolist()
        for at, score in zip(outside, scores, strict=True):
            found[at] = float(score)
    return found


def cue_learner(
    rows: Sequence[tuple[float, ...]], labels: Sequence[float], folds: Sequence[int], forest: bool, seed: int
) -> list[float]:
    """Predictions for unseen rows of cues: ridge regression, or a random forest where ``forest``."""
    import numpy as np
    from sklearn.ensemble import RandomForestRegressor
    from sklearn.linear_model import Ridge
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    table, wanted, fold_of = np.array(rows), np.array(labels), np.array(folds)
    found = np.zeros(len(wanted))
    for fold in judged(folds):
        test = fold_of == fold
        if forest:
            model = RandomForestRegressor(200, min_samples_leaf=3, random_state=seed, n_jobs=1)
        else:
            model = make_pipeline(StandardScaler(), Ridge(alpha=30))
        found[test] = model.fit(table[~test], wanted[~test]).predict(table[test])
    return [float(value) for value in found]


def cue_classifier(
    rows: Sequence[tuple[float, ...]], labels: Sequence[bool], folds: Sequence[int]
) -> list[float]:
    """The chance of each unseen row to be true, by logistic regression on its cues."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    table, wanted, fold_of = np.array(rows), np.array(labels), np.array(folds)
    found = np.zeros(len(wanted))
    for fold in judged(folds):
        test = fold_of == fold
        if len(set(wanted[~test].tolist())) < 2:  # nothing to tell apart: the only label there is
            found[test] = wanted[~test].mean() if len(wanted[~test]) else 0.5
            continue
        model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500))
        found[test] = model.fit(table[~test], wanted[~test]).predict_proba(table[test])[:, 1]
    return [float(value) for value in found]
