"""The Fake News Challenge, folded by story: agree, discuss, disagree, unrelated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sensational.evaluation.measures import auc, interval
from sensational.evaluation.result import Figure, SetResult
from sensational.stance import FEATURES, LABELS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sensational.training.stance import Pairs

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

FOLDS = 10
RESAMPLES = 200
AGREE, DISCUSS, DISAGREE, UNRELATED = range(4)


@dataclass(frozen=True, slots=True)
class _Tested:
    """The pairs that were judged, each by a model that saw nothing of its story."""

    labels: Ints
    story: Ints
    fold: Ints
    ours: Floats
    plain: Floats
    overlap: Floats
    share: Floats
    """Weights that give unrelated pairs the part they have in the whole set."""


def evaluate(path: Path, seed: int = 0) -> SetResult:
    """Cross-validates the stance model on ``path``, a folder with the challenge's training part.

    Stories are the connected components of related pairs; pairs across folds are dropped. In the same
    folds: the organisers' kind of baseline (word overlap over a threshold means *discuss*) and a plain
    learner (boosted trees on overlap, cosine and cue counts).

    Raises:
        FileNotFoundError: a file of the set is missing.
    """
    import numpy as np

    from sensational.training.stance import read

    tested = _cross_validated(read(path), seed)
    figures = [
        _figure("FNC-1 score", tested, _score, 82.5),
        _figure("FNC-1 score, unrelated at their share of the whole set", tested, _score, 82.5, whole=True),
        _figure("macro-F1", tested, _macro_f1, 0.62),
        *(_figure(f"F1 {label}", tested, _f1_of(at), None) for at, label in enumerate(LABELS)),
        _figure("agree against disagree, AUC", tested, _auc_agree, 0.85),
        _figure("related against unrelated, AUC", tested, _auc_related, None),
    ]
    folds = {
        name: tuple(
            round(measure(tested.labels[at], tested.ours[at], np.ones(int(at.sum()))), 4)
            for at in (tested.fold == fold for fold in range(FOLDS))
        )
        for name, measure in (("FNC-1 score", _score), ("macro-F1", _macro_f1))
    }
    notes = (
        f"{FOLDS} folds by story; each fold is judged by a model trained on the other folds.",
        "Pairs across folds are dropped, so fewer pairs are unrelated than in the whole set; the second "
        "figure weighs unrelated pairs up to their share of the whole set.",
        "Intervals: bootstrap over stories.",
    )
    return SetResult("fnc1", tuple(figures), folds, (_confusion(tested),), notes)


def story_folds(story: Ints, count: int, seed: int) -> Ints:
    """The fold of each story: the largest stories first, each into the fold that has least."""
    import numpy as np

    sizes = np.bincount(story)
    generator = np.random.default_rng(seed)
    order = sorted(generator.permutation(len(sizes)), key=lambda one: -sizes[one])
    fold = np.zeros(len(sizes), dtype=np.int64)
    load = np.zeros(count)
    for one in order:
        fold[one] = int(np.argmin(load))
        load[fold[one]] += sizes[one]
    return fold


def _cross_validated(pairs: Pairs, seed: int) -> _Tested:
    import numpy as np

    from sensational.training.stance import fit, predict

    fold = story_folds(pairs.headline_story[pairs.labels != UNRELATED], FOLDS, seed)
    of_headline, of_body = fold[pairs.headline_story], fold[pairs.body_story]
    plain_rows = _plain_rows(pairs)
    ours, plain, overlap = (np.zeros((len(pairs.labels), len(LABELS))) for _ in range(3))
    for one in range(FOLDS):
        test = (of_headline == one) & (of_body == one)
        train = (of_headline != one) & (of_body != one)
        ours[test] = predict(pairs, test, fit(pairs, train, seed))
        plain[test] = _plain_learner(plain_rows[train], pairs.labels[train], plain_rows[test], seed)
        overlap[test] = _overlap_baseline(plain_rows[train, 0], pairs.labels[train], plain_rows[test, 0])
    kept = of_headline == of_body
    labels = pairs.labels[kept]
    everywhere = np.mean(pairs.labels == UNRELATED) / np.mean(pairs.labels != UNRELATED)
    here = np.mean(labels == UNRELATED) / np.mean(labels != UNRELATED)
    return _Tested(
        labels,
        pairs.headline_story[kept],
        of_headline[kept],
        ours[kept],
        plain[kept],
        overlap[kept],
        np.where(labels == UNRELATED, everywhere / here, 1.0),
    )


def _plain_rows(pairs: Pairs) -> Floats:
    """Word overlap, cosine, and counts of refuting, distant and negating cues in either text."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(stop_words="english", sublinear_tf=True)
    bodies = vectorizer.fit_transform(pairs.bodies)
    headlines = vectorizer.transform(pairs.headlines)
    left, right = headlines[pairs.headline], bodies[pairs.body]
    cosine = np.asarray(left.multiply(right).sum(axis=1)).ravel()
    shared = np.asarray((left > 0).multiply(right > 0).sum(axis=1)).ravel()
    overlap = shared / np.maximum(1, np.asarray((left > 0).sum(axis=1)).ravel())
    names = [f"{what}_{where}" for where in ("headline", "share") for what in ("refuting", "distant", "not")]
    cues = pairs.described[:, [FEATURES.index(name) for name in names]]
    return np.column_stack([overlap, cosine, cues])


def _plain_learner(rows: Floats, labels: Ints, test: Floats, seed: int) -> Floats:
    import numpy as np
    from sklearn.ensemble import HistGradientBoostingClassifier

    learner = HistGradientBoostingClassifier(max_iter=100, early_stopping=False, random_state=seed)
    return np.asarray(learner.fit(rows, labels).predict_proba(test))


def _overlap_baseline(overlap: Floats, labels: Ints, test: Floats) -> Floats:
    """Related above the threshold that parts the training pairs best, and then always *discuss*."""
    import numpy as np

    related = labels != UNRELATED
    thresholds = np.linspace(0.05, 0.95, 19)
    best = max(thresholds, key=lambda one: float(np.mean((overlap > one) == related)))
    shares = np.zeros((len(test), len(LABELS)))
    shares[test > best, DISCUSS] = 1.0
    shares[test <= best, UNRELATED] = 1.0
    # By overlap alone, more of it means rather agree than disagree.
    shares[:, AGREE] = 1e-6 * test
    shares[:, DISAGREE] = 1e-6 * (1 - test)
    return shares


def _score(labels: Ints, shares: Floats, weight: Floats) -> float:
    """The challenge's score, in percent: 0.25 for related or not, 0.75 more for the right stance."""
    import numpy as np

    guess = shares.argmax(axis=1)
    related = labels != UNRELATED
    points = 0.25 * ((guess != UNRELATED) == related) + 0.75 * (related & (guess == labels))
    return float(100 * (points * weight).sum() / (np.where(related, 1.0, 0.25) * weight).sum())


def _f1s(labels: Ints, shares: Floats, weight: Floats) -> Floats:
    import numpy as np

    guess = shares.argmax(axis=1)
    table = np.zeros((4, 4))
    np.add.at(table, (labels, guess), weight)
    return np.asarray(2 * table.diagonal() / np.maximum(1e-9, table.sum(axis=0) + table.sum(axis=1)))


def _f1_of(label: int) -> Callable[[Ints, Floats, Floats], float]:
    return lambda labels, shares, weight: float(_f1s(labels, shares, weight)[label])


def _macro_f1(labels: Ints, shares: Floats, weight: Floats) -> float:
    return float(_f1s(labels, shares, weight).mean())


def _auc_agree(labels: Ints, shares: Floats, _: Floats) -> float:
    """Of agreeing and disagreeing pairs alone, by p(agree) over p(agree) + p(disagree)."""
    both = (labels == AGREE) | (labels == DISAGREE)
    chance = shares[both, AGREE] / (shares[both, AGREE] + shares[both, DISAGREE] + 1e-12)
    return auc((labels[both] == AGREE).tolist(), chance.tolist())


def _auc_related(labels: Ints, shares: Floats, _: Floats) -> float:
    return auc((labels != UNRELATED).tolist(), (1 - shares[:, UNRELATED]).tolist())


def _figure(
    name: str,
    tested: _Tested,
    measure: Callable[[Ints, Floats, Floats], float],
    aim: float | None,
    *,
    whole: bool = False,
) -> Figure:
    import numpy as np

    weight = tested.share if whole else np.ones(len(tested.labels))
    of_story = [np.flatnonzero(tested.story == one) for one in np.unique(tested.story)]

    def over(stories: Sequence[Ints]) -> float:
        rows = np.concatenate(stories)
        return measure(tested.labels[rows], tested.ours[rows], weight[rows])

    low, high = interval(over, of_story, seed=0, rounds=RESAMPLES)
    return Figure(
        name,
        round(float(measure(tested.labels, tested.ours, weight)), 4),
        len(tested.labels),
        (round(low, 4), round(high, 4)),
        round(float(measure(tested.labels, tested.overlap, weight)), 4),
        "word overlap over a threshold, then discuss",
        round(float(measure(tested.labels, tested.plain, weight)), 4),
        "boosted trees on overlap, cosine and cue counts",
        aim,
    )


def _confusion(tested: _Tested) -> tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]]:
    import numpy as np

    table = np.zeros((4, 4), dtype=np.int64)
    np.add.at(table, (tested.labels, tested.ours.argmax(axis=1)), 1)
    rows = tuple((label, *map(str, table[at])) for at, label in enumerate(LABELS))
    return ("Confusion: rows are the readers' labels", ("", *LABELS), rows)
