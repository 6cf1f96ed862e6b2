"""The Fake News Challenge, on stories that nothing learned from: agree, discuss, disagree, unrelated.

Stories are the connected components of related pairs; the verifier learned from three in four
(:func:`sensational.training.verifier.parts.story_is_tested`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sensational.analysis import Analysis
from sensational.article import Article
from sensational.evaluation.floors import read_texts, surface_cues
from sensational.evaluation.measures import auc, interval
from sensational.evaluation.result import Figure, SetResult, Table
from sensational.evaluation.rows import Row, read_rows, sample
from sensational.evaluation.scoring import score_all
from sensational.training.verifier.examples import STANCES, stories
from sensational.training.verifier.parts import story_is_tested

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

RELATED, UNRELATED_PAIRS = 3000, 1000
"""So many pairs are scored."""
LEARNED_FROM = (6000, 2000)
"""Related and unrelated pairs of the other stories that the plain learner gets."""
RESAMPLES = 200
AGREE, DISCUSS, DISAGREE, UNRELATED = range(4)


@dataclass(frozen=True, slots=True)
class _Tested:
    """The pairs that were judged: labels, stories, and shares of the four stances by ours and the floors."""

    labels: Ints
    story: Ints
    ours: Floats
    plain: Floats
    overlap: Floats
    share: Floats
    """Weights that give unrelated pairs the part they have in the whole set."""


def evaluate(path: Path, seed: int = 0) -> SetResult:
    """The stance of the shipped verifier on ``path``, a folder with the challenge's training part.

    Beside it, trained on the verifier's stories: the organisers' kind of baseline (word overlap over a
    threshold means *discuss*) and a plain learner (random forest on surface cues and a cosine).

    Args:
        path: the folder of the set.
        seed: of samples and the learner.

    Raises:
        FileNotFoundError: a file of the set is missing.
    """
    import numpy as np

    tested, unscored = _judge(path, seed)
    labels = tested.labels
    figures = [
        _figure("FNC-1 score, unrelated at their share of the whole set", tested, _score, 82.5),
        _figure("macro-F1", tested, _macro_f1, 0.62),
        *(_figure(f"F1 {label}", tested, _f1_of(at)) for at, label in enumerate(STANCES)),
        _figure("agree against disagree, AUC", tested, _auc_agree),
        _figure("related against unrelated, AUC", tested, _auc_related),
    ]
    notes = (
        f"{int(np.sum(labels != UNRELATED))} related and {int(np.sum(labels == UNRELATED))} unrelated pairs, "
        "drawn with a seed, whose headline and body are of stories that the verifier did not learn from; "
        "unrelated pairs are weighed up to their share of the whole set in every figure.",
        f"{unscored} pairs were not scored and count as unrelated.",
        "Intervals: bootstrap over stories.",
    )
    return SetResult("fnc1", tuple(figures), tables=(_confusion(tested),), notes=notes)


def _judge(path: Path, seed: int) -> tuple[_Tested, int]:
    import numpy as np

    bodies, story = stories(path.parent)
    rows = read_rows(path, "stances.jsonl.gz")
    of_headline = {row["headline"]: story[row["body_id"]] for row in rows if row["stance"] != "unrelated"}

    def drawn(wanted: bool, related: int, unrelated: int) -> list[Row]:
        kept = [
            row
            for row in rows
            if row["headline"] in of_headline
            and story_is_tested(story[row["body_id"]]) == wanted
            and story_is_tested(of_headline[row["headline"]]) == wanted
        ]
        return [
            *sample([row for row in kept if row["stance"] != "unrelated"], related, seed),
            *sample([row for row in kept if row["stance"] == "unrelated"], unrelated, seed),
        ]

    test, train = drawn(True, RELATED, UNRELATED_PAIRS), drawn(False, *LEARNED_FROM)
    analyses = score_all([Article(row["headline"], bodies[row["body_id"]]) for row in test])
    apart = sum(row["stance"] == "unrelated" for row in rows)
    odds = apart / max(1, len(rows) - apart)
    seen, unseen = _cues(train, bodies), _cues(test, bodies)
    learned, labels = _labels(train), _labels(test)
    names = [min(of_headline[row["headline"]]) for row in test]
    tested = _Tested(
        labels,
        np.unique(names, return_inverse=True)[1],
        np.array([_shares(one) for one in analyses]).reshape(len(test), len(STANCES)),
        _plain_learner(seen, learned, _weights(learned, odds), unseen, seed),
        _overlap_baseline(seen[:, 0], learned, unseen[:, 0]),
        _weights(labels, odds),
    )
    return tested, sum(one.stance is None for one in analyses)


def _shares(analysis: Analysis) -> list[float]:
    if analysis.stance is None:
        return [float(stance == "unrelated") for stance in STANCES]
    return [analysis.stance.probabilities[stance] for stance in STANCES]


def _labels(rows: Sequence[Row]) -> Ints:
    import numpy as np

    return np.array([STANCES.index(row["stance"]) for row in rows], dtype=np.int64)


def _weights(labels: Ints, odds: float) -> Floats:
    """1 for related pairs, and for unrelated ones what gives them these odds against the related."""
    import numpy as np

    apart = labels == UNRELATED
    here = apart.sum() / max(1, (~apart).sum())
    return np.where(apart, odds / here if here else 1.0, 1.0)


def _cues(rows: Sequence[Row], bodies: dict[int, str]) -> Floats:
    """The sixteen surface cues of each pair, and the cosine of headline and body."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [(row["headline"], bodies[row["body_id"]]) for row in rows]
    vectorizer = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit(list(bodies.values()))
    left = vectorizer.transform([headline for headline, _ in texts])
    right = vectorizer.transform([body for _, body in texts])
    cosine = np.asarray(left.multiply(right).sum(axis=1)).ravel()
    return np.column_stack([np.array([surface_cues(*pair) for pair in read_texts(texts)]), cosine])


def _plain_learner(rows: Floats, labels: Ints, weights: Floats, test: Floats, seed: int) -> Floats:
    import numpy as np
    from sklearn.ensemble import RandomForestClassifier

    learner = RandomForestClassifier(200, min_samples_leaf=3, random_state=seed, n_jobs=1)
    learner.fit(rows, labels, weights)
    shares = np.zeros((len(test), len(STANCES)))
    shares[:, learner.classes_] = learner.predict_proba(test)
    return shares


def _overlap_baseline(overlap: Floats, labels: Ints, test: Floats) -> Floats:
    """Related above the threshold that parts the training pairs best, and then always *discuss*."""
    import numpy as np

    related = labels != UNRELATED
    thresholds = np.linspace(0.05, 0.95, 19)
    best = max(thresholds, key=lambda one: float(np.mean((overlap > one) == related)))
    shares = np.zeros((len(test), len(STANCES)))
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
    table = np.zeros((len(STANCES), len(STANCES)))
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
    must: float | None = None,
) -> Figure:
    import numpy as np

    of_story = [np.flatnonzero(tested.story == one) for one in np.unique(tested.story)]

    def over(stories_: Sequence[Ints]) -> float:
        rows = np.concatenate(stories_)
        return measure(tested.labels[rows], tested.ours[rows], tested.share[rows])

    return Figure(
        name,
        measure(tested.labels, tested.ours, tested.share),
        len(tested.labels),
        interval(over, of_story, seed=0, rounds=RESAMPLES),
        measure(tested.labels, tested.overlap, tested.share),
        "word overlap over a threshold, then discuss",
        measure(tested.labels, tested.plain, tested.share),
        "random forest on surface cues and a cosine",
        must=must,
    )


def _confusion(tested: _Tested) -> Table:
    import numpy as np

    table = np.zeros((len(STANCES), len(STANCES)), dtype=np.int64)
    np.add.at(table, (tested.labels, tested.ours.argmax(axis=1)), 1)
    rows = tuple((label, *map(str, table[at])) for at, label in enumerate(STANCES))
    return ("Confusion: rows are the readers' labels", ("", *STANCES), rows)
