"""Divergence, loaded terms and verdicts, against two readers who followed one guide.

Weights are fitted on the set, so every headline is scored with weights that were fitted without its
fold. Folds are by document: pairs that share a body or a headline lie in one fold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sensational.analysis import VERDICTS, Analysis, Term
from sensational.article import Article
from sensational.evaluation.floors import (
    cue_learner,
    surface_cues,
    vader_compound,
    vader_words,
    word_overlap,
)
from sensational.evaluation.measures import (
    folds_by,
    interval,
    kappa,
    mae,
    mean,
    pairs_of,
    spearman,
)
from sensational.evaluation.result import Figure, SetResult, Table
from sensational.evaluation.rows import Row
from sensational.language.document import Document

if TYPE_CHECKING:
    from sensational.training.weights import Case

FOLDS = 5
# The share of judgements that the interval is made to hold.
COVERAGE = 0.80
WORST = 20
NOT_FOUND = "not found"

Span = tuple[int, int]
Counts = tuple[int, int, int]
"""Right, given, wanted."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """One gold headline beside what was said of it by weights that never saw it, and by the floors."""

    row: Row
    analysis: Analysis
    fold: int
    overlap: float
    vader: float
    vader_words: tuple[Span, ...]
    ridge: float
    forest: float
    middle: float
    """The mean divergence of the other folds."""

    @property
    def gold(self) -> float:
        return float(self.row["divergence"])

    @property
    def ours(self) -> float:
        """Divergence; one that was not scored gets what is said of the mean headline."""
        found = self.analysis.divergence
        return self.middle if found is None else found


def evaluate(path: Path, seed: int = 0) -> SetResult:
    """Spearman, error, term F1 and verdicts on ``dev.jsonl.gz`` at ``path``, cross-validated.

    Args:
        path: the folder of the set, or its file.
        seed: of folds, learners and bootstrap.

    Raises:
        OSError: the set cannot be read.
    """
    judged, note = _judge(path, seed)
    own = [one for one in judged if one.row["own_body"]]
    other = [one for one in judged if not one.row["own_body"]]
    figures = (
        *_divergence("all", judged, seed, 0.80, 10.0),
        *_divergence("own bodies", own, seed, 0.70, None),
        *_divergence("other bodies", other, seed, None, None),
        *_coverage(judged, seed),
        *_terms(judged, seed),
        *_verdicts(judged, seed),
    )
    folds = {
        "divergence, all, Spearman": tuple(
            spearman([one.ours for one in judged if one.fold == fold],
                     [one.gold for one in judged if one.fold == fold])
            for fold in range(FOLDS)
        ),
        "divergence, all, mean absolute error": tuple(
            mae([one.ours for one in judged if one.fold == fold],
                [one.gold for one in judged if one.fold == fold])
            for fold in range(FOLDS)
        ),
    }  # fmt: skip
    return SetResult(
        "gold",
        figures,
        folds,
        (_confusion(judged), _missed_terms(judged), _worst(judged)),
        (
            note,
            f"Weights fitted on {FOLDS - 1} folds of {FOLDS}, tested on the other; folds are by document.",
            "Gold terms are those that both readers marked; what one marked is neither right nor wrong.",
            "A gold term that we do not mark as loaded counts as a wrong verdict. Of several of our "
            "terms that overlap it, the most loaded speaks.",
            "Two machine readers made this set: it shows a careful reading of the guide, not the truth.",
        ),
    )


def _judge(path: Path, seed: int) -> tuple[list[_Judged], str]:
    from sensational.scorer import score_article
    from sensational.training.weights import cases_from_gold
    from sensational.verdict import weights_from

    rows, cases = cases_from_gold(path / "dev.jsonl.gz" if path.is_dir() else path)
    folds = folds_by(_documents(rows), FOLDS, seed)
    read = [(Document(row["headline"]), Document(row["body"])) for row in rows]
    cues = [surface_cues(*pair) for pair in read]
    gold = [float(row["divergence"]) for row in rows]
    ridge = cue_learner(cues, gold, folds, False, seed)
    forest = cue_learner(cues, gold, folds, True, seed)
    others, note = _other_cases(path, rows, seed)
    weights = [weights_from(one) for one in _fitted(rows, cases, others, folds, seed)]
    middles = [mean([g for g, one in zip(gold, folds, strict=True) if one != at]) for at in range(FOLDS)]
    judged = [
        _Judged(
            row,
            score_article(Article(row["headline"], row["body"], row["id"]), weights[fold]),
            fold,
            word_overlap(headline, body),
            abs(vader_compound(row["headline"]) - vader_compound(row["body"])),
            tuple(vader_words(headline)),
            ridge[at],
            forest[at],
            middles[fold],
        )
        for at, (row, fold, (headline, body)) in enumerate(zip(rows, folds, read, strict=True))
    ]
    return judged, note


def _fitted(
    rows: Sequence[Row], cases: Sequence[Case], others: Sequence[Case], folds: Sequence[int], seed: int
) -> list[dict[str, Any]]:
    """Weights for each fold, fitted on the other folds, in the form of ``weights.json``.

    Verdict thresholds and interval of a fold are made of the other folds too: the interval of the
    predictions that these got when they were held out themselves.
    """
    from sensational.training.weights import START, fit, interval_table, predict, verdict_thresholds

    fitted, held_out = [], [0.0] * len(rows)
    for fold in range(FOLDS):
        inside = [cases[at] for at, one in enumerate(folds) if one != fold]
        outside = [at for at, one in enumerate(folds) if one == fold]
        fitted.append(fit(inside, START, others, seed))
        for at, value in zip(outside, predict(fitted[-1], [cases[at] for at in outside]), strict=True):
            held_out[at] = value
    whole = []
    for fold, weights in enumerate(fitted):
        inside_at = [at for at, one in enumerate(folds) if one != fold]
        truth = [float(rows[at]["divergence"]) for at in inside_at]
        whole.append(
            {
                **weights,
                "verdict": verdict_thresholds([cases[at] for at in inside_at], weights),
                "interval": interval_table([held_out[at] for at in inside_at], truth),
            }
        )
    return whole


def _other_cases(path: Path, rows: Sequence[Row], seed: int) -> tuple[list[Case], str]:
    """What the shipped weights are fitted on besides gold, where it lies beside it; and a note on it."""
    from sensational.training.weights import cases_from_consistency, cases_from_fnc1

    folder = (path if path.is_dir() else path.parent).parent
    claims, stances = folder / "consistency" / "claims.jsonl.gz", folder / "fnc1"
    if not claims.is_file() or not (stances / "stances.jsonl.gz").is_file():
        return [], "Weights fitted on gold alone: consistency and fnc1 do not lie beside it."
    others = [*cases_from_consistency(claims, seed), *cases_from_fnc1(stances, rows, seed)]
    return others, (
        "As for the shipped weights, pairs of consistency and fnc1 are fitted on too, none over a "
        "body of gold; some are of the same stories as gold's pairs from fnc1."
    )


def _documents(rows: Sequence[Row]) -> list[str]:
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


def _divergence(
    which: str, judged: Sequence[_Judged], seed: int, aim: float | None, aim_error: float | None
) -> tuple[Figure, ...]:
    gold = [one.gold for one in judged]
    ours = [one.ours for one in judged]
    ridge, forest = [one.ridge for one in judged], [one.forest for one in judged]
    pairs = list(zip(ours, gold, strict=True))
    vader = spearman([one.vader for one in judged], gold)
    return (
        Figure(f"divergence, {which}, Spearman", spearman(ours, gold), len(gold),
               interval(pairs_of(spearman), pairs, seed),
               spearman([-one.overlap for one in judged], gold),
               f"word overlap (VADER difference {vader:.2f})",
               spearman(ridge, gold), "ridge on sixteen surface cues", aim),
        Figure(f"divergence, {which}, mean absolute error", mae(ours, gold), len(gold),
               interval(pairs_of(mae), pairs, seed),
               mae([one.middle for one in judged], gold), "the mean of the other folds",
               mae(forest, gold), "random forest on sixteen surface cues", aim_error, higher_is_better=False),
    )  # fmt: skip


def _coverage(judged: Sequence[_Judged], seed: int) -> tuple[Figure, ...]:
    given = [(one.analysis.interval, one.gold) for one in judged if one.analysis.interval is not None]
    inside = [float(low <= gold <= high) for (low, high), gold in given]

    def off(values: Sequence[float]) -> float:
        return abs(mean(values) - COVERAGE)

    return (
        Figure("judgement inside the interval, share", mean(inside), len(inside),
               interval(mean, inside, seed)),
        Figure(f"that share, off from {COVERAGE}", off(inside), len(inside), interval(off, inside, seed),
               aim=0.05, higher_is_better=False),
        Figure("width of the interval, mean", mean([high - low for (low, high), _ in given]), len(given),
               higher_is_better=False),
    )  # fmt: skip


def _terms(judged: Sequence[_Judged], seed: int) -> tuple[Figure, ...]:
    ours = [_counts([(t.start, t.end) for t in _loaded(one.analysis)], one.row) for one in judged]
    floor = [_counts(one.vader_words, one.row) for one in judged]
    precision = [one[0] for one in ours]
    wanted = sum(both[1][1] for both in ours)
    given = sum(one[1] for one in precision)
    return (
        Figure("loaded terms found, F1", _term_f1(ours), wanted, interval(_term_f1, ours, seed),
               _term_f1(floor), "words of VADER's lexicon", aim=0.85),
        Figure("loaded terms found, precision", sum(one[0] for one in precision) / max(1, given), given),
        Figure("loaded terms found, recall", sum(both[1][0] for both in ours) / max(1, wanted), wanted),
    )  # fmt: skip


def _loaded(analysis: Analysis) -> list[Term]:
    return [term for term in analysis.terms if term.loaded]


def _counts(spans: Sequence[Span], row: Row) -> tuple[Span, Span]:
    """(right, given) of the spans that count, and (found, wanted) of the gold terms."""
    sure = [(t["start"], t["end"]) for t in row["terms"] if t["marked_by"] == 2]
    maybe = [(t["start"], t["end"]) for t in row["terms"] if t["marked_by"] != 2]
    right = sum(_meets(span, sure) for span in spans)
    neither = sum(_meets(span, maybe) and not _meets(span, sure) for span in spans)
    return (right, len(spans) - neither), (sum(_meets(span, spans) for span in sure), len(sure))


def _meets(span: Span, others: Sequence[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _term_f1(counts: Sequence[tuple[Span, Span]]) -> float:
    right, given = sum(one[0][0] for one in counts), sum(one[0][1] for one in counts)
    found, wanted = sum(one[1][0] for one in counts), sum(one[1][1] for one in counts)
    precision, recall = right / given if given else 0.0, found / wanted if wanted else 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _speaks(gold: Row, terms: Sequence[Term]) -> Term | None:
    """Of the terms that overlap a gold term, the most loaded."""
    meeting = [term for term in terms if term.start < gold["end"] and gold["start"] < term.end]
    return max(meeting, key=lambda term: (term.loading, -term.start), default=None)


Verdicts = list[tuple[str, str, bool]]
"""Of the gold terms of one headline: what is right, what we said, whether that is right or in ``also``."""


def _said(one: _Judged) -> Verdicts:
    terms = _loaded(one.analysis)
    said: Verdicts = []
    for gold in one.row["terms"]:
        if gold["marked_by"] != 2:
            continue
        term = _speaks(gold, terms)
        ours = (term.verdict or NOT_FOUND) if term is not None else NOT_FOUND
        right = ours if ours in gold["verdicts"] else gold["verdicts"][0]
        said.append((right, ours, ours in (*gold["verdicts"], *gold["also"])))
    return said


def _exact(documents: Sequence[Verdicts]) -> float:
    return mean([float(right == ours) for said in documents for right, ours, _ in said])


def _within(documents: Sequence[Verdicts]) -> float:
    return mean([float(within) for said in documents for _, _, within in said])


def _kappa(documents: Sequence[Verdicts]) -> float:
    pairs = [(right, ours) for said in documents for right, ours, _ in said]
    return kappa([right for right, _ in pairs], [ours for _, ours in pairs])


def _verdicts(judged: Sequence[_Judged], seed: int) -> tuple[Figure, ...]:
    said = [_said(one) for one in judged]
    found = [[three for three in one if three[1] != NOT_FOUND] for one in said]
    gold = [term for one in judged for term in one.row["terms"] if term["marked_by"] == 2]
    always = mean([float("supported" in term["verdicts"]) for term in gold])
    always_within = mean([float("supported" in (*term["verdicts"], *term["also"])) for term in gold])
    n, n_found = len(gold), sum(len(one) for one in found)
    floor = "all supported"
    return (
        Figure("verdicts, exact", _exact(said), n, interval(_exact, said, seed), always, floor, aim=0.80),
        Figure("verdicts, within also", _within(said), n, interval(_within, said, seed), always_within, floor,
               aim=0.88),
        Figure("verdicts, kappa", _kappa(said), n, interval(_kappa, said, seed), 0.0, floor, aim=0.65),
        Figure("verdicts of terms found, exact", _exact(found), n_found, interval(_exact, found, seed)),
        Figure("verdicts of terms found, kappa", _kappa(found), n_found, interval(_kappa, found, seed)),
    )  # fmt: skip


def _confusion(judged: Sequence[_Judged]) -> Table:
    pairs = [(right, ours) for one in judged for right, ours, _ in _said(one)]
    columns = (*VERDICTS, NOT_FOUND)
    rows = tuple((right, *(str(pairs.count((right, ours))) for ours in columns)) for right in VERDICTS)
    return ("Verdicts: right (rows) against ours (columns)", ("right", *columns), rows)


def _missed_terms(judged: Sequence[_Judged]) -> Table:
    """By kind of gold term: how many we mark as loaded, and how many of those get a right verdict."""
    found: dict[str, list[tuple[bool, bool]]] = {}
    for one in judged:
        gold = [term for term in one.row["terms"] if term["marked_by"] == 2]
        for term, (right, ours, _) in zip(gold, _said(one), strict=True):
            found.setdefault(term["kinds"][0], []).append((ours != NOT_FOUND, right == ours))
    rows = tuple(
        (kind, str(len(both)), f"{mean([a for a, _ in both]):.2f}", f"{mean([b for _, b in both]):.2f}")
        for kind, both in sorted(found.items())
    )
    return ("Loaded terms by kind", ("kind", "gold terms", "found", "right verdict"), rows)


def _worst(judged: Sequence[_Judged]) -> Table:
    worst = sorted(judged, key=lambda one: (-abs(one.ours - one.gold), one.row["id"]))[:WORST]
    rows = sorted((_miss(one) for one in worst), key=lambda row: (row[0], row[1]))
    return (
        f"The {WORST} worst misses of divergence, by kind of gap",
        ("gap", "id", "headline", "ours", "readers", "why"),
        tuple(rows),
    )


def _miss(one: _Judged) -> tuple[str, ...]:
    """A miss by the gap that decided it: ours where we say too much, the readers' where too little."""
    gold, ours = one.gold, one.ours
    terms = sorted(one.analysis.terms, key=lambda term: -(term.contribution or 0.0))
    if ours > gold:
        top = next((term for term in terms if term.gaps), None)
        kind: str = top.gaps[0].kind if top else "none"
        why = f"we see too much: “{top.text}”, {top.verdict}" if top else "we see too much"
    else:
        sure = [t for t in one.row["terms"] if not {"supported"} & set(t["verdicts"])]
        missed = [(t, _speaks(t, one.analysis.terms)) for t in sure]
        missed.sort(key=lambda pair: -((pair[1].support or 0.0) if pair[1] else 1.0))
        kind = _GAP_OF[missed[0][0]["verdicts"][0]] if missed else "in no marked term"
        why = "we see too little: " + (
            f"“{missed[0][0]['text']}” is {missed[0][0]['verdicts'][0]}, "
            + (f"we say {missed[0][1].verdict}" if missed[0][1] else "we do not read it as a term")
            if missed
            else "what misleads is in no term that the readers marked"
        )
    return kind, one.row["id"], one.row["headline"], f"{ours:.0f}", f"{gold:.0f}", why


_GAP_OF = {
    "attributed": "source", "hedged": "certainty", "weaker": "strength", "shifted": "subject",
    "contradicted": "polarity", "absent": "absence",
}  # fmt: skip
