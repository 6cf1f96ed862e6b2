"""The measures on labelled headlines, on a set of invented ones and analyses made by hand."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hand_made import by_long_words

from sensational.article import Article
from sensational.evaluation import headlines, scoring
from sensational.evaluation.result import Figure
from sensational.training.verifier.parts import original_of, part_of

pytest.importorskip("sklearn")
pytest.importorskip("vaderSentiment")

TESTED = [id for id in (f"written-{at:04d}" for at in range(400)) if part_of(id) == "test"][:12]
LEARNED = next(id for id in (f"written-{at:04d}" for at in range(400)) if part_of(id) == "train")


def marked(
    headline: str, text: str, verdict: str, evidence: list[Any], loaded: bool = True
) -> dict[str, Any]:
    start = headline.index(text)
    return {
        "text": text, "start": start, "end": start + len(text), "loaded": loaded,
        "kind": "force" if loaded else "plain", "verdict": verdict, "also": [], "evidence": evidence,
    }  # fmt: skip


def write(folder: Path) -> Path:
    """Twelve bodies under two headlines each, and one that was learned from."""
    articles, rows = [], []
    for at, id in enumerate([*TESTED, LEARNED]):
        body = f"The ferry number {at} touched the pier. Nobody was hurt. Passengers went ashore."
        articles.append({"id": id, "source": "written", "body": body})
        calm, loud = "Ferry touched pier, passengers ashore", "Ferry destroys pier, passengers drown"
        rows.append(
            {"id": f"{id}-a", "article": id, "recipe": "calm", "headline": calm, "divergence": at % 3,
             "terms": [marked(calm, "touched", "supported", [[0, 38]])]}
        )  # fmt: skip
        rows.append(
            {"id": f"{id}-b", "article": id, "recipe": "absent-fact", "headline": loud, "divergence": 80 + at,
             "terms": [marked(loud, "destroys", "weaker", [[0, 38]]),
                       marked(loud, "drown", "contradicted", [[40, 50]]),
                       marked(loud, "Ferry", "supported", [], loaded=False)]}
        )  # fmt: skip
    for name, some in (("articles", articles), ("headlines", rows)):
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in some)
    return folder


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Figure]:
    calls: list[Article] = []

    def once(article: Article) -> Any:
        calls.append(article)
        return by_long_words(article)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scoring, "score_one", once)
        result = headlines.evaluate(write(tmp_path_factory.mktemp("headlines")))
    assert len(calls) == len({(one.headline, one.body, one.id) for one in calls}) == 2 * 24
    assert len({figure.name for figure in result.figures}) == len(result.figures)
    return {figure.name: figure for figure in result.figures}


def test_verdicts_of_marked_and_of_loaded_terms(figures: dict[str, Figure]) -> None:
    exact, loaded = figures["verdicts of marked terms, exact"], figures["verdicts of loaded terms, exact"]
    assert (exact.n, loaded.n) == (48, 36)
    assert exact.value == exact.floor == pytest.approx(0.5)  # absent where weaker and contradicted are right
    assert loaded.value == pytest.approx(1 / 3)
    assert exact.learner is not None
    assert exact.learner > 0.5
    assert figures["verdicts of marked terms, kappa"].floor == 0.0


def test_loaded_terms(figures: dict[str, Figure]) -> None:
    assert figures["loaded terms found, recall"].value == 1.0
    assert figures["loaded terms found, precision"].value == pytest.approx(3 / 8)


def test_deciding_sentences(figures: dict[str, Figure]) -> None:
    asked = figures["deciding sentence found, share"]
    assert asked.n == 36  # "touched" with its sentence, and two terms that we call absent
    assert asked.value == pytest.approx(1 / 3)
    assert asked.floor is not None
    assert asked.learner is not None
    assert figures["deciding sentence found, of all marked terms with evidence"].value == pytest.approx(1 / 3)


def test_divergence(figures: dict[str, Figure]) -> None:
    assert figures["divergence, all, Spearman"].value > 0.8
    assert figures["divergence, originals, Spearman"].n == 0
    assert figures["divergence, written bodies, Spearman"].n == 24
    assert figures["borne-out headlines (0 to 5) scored 25 or more, share"].value == 0.0
    assert figures["misleading headlines (60 and more) scored below 25, share"].value == 0.0


def test_over_other_bodies(figures: dict[str, Figure]) -> None:
    # Here every body says the same, so that the headline alone gives everything away.
    moved = figures["divergence over another article's body, Spearman with the truth over the own"]
    assert moved.value > 0.8
    assert moved.must == 0.15
    assert not moved.higher_is_better
    assert figures["divergence over another article's body higher than over the own, share"].value == 0.0


def test_no_body_stands_under_a_headline_of_its_own_article() -> None:
    articles = ["real-0001", "changed-0001a", "changed-0001b", "real-0002", "written-0001"]
    for seed in range(20):
        other = headlines.exchanged(articles, seed)
        assert set(other) == set(articles)
        assert all(original_of(one) != original_of(moved) for one, moved in other.items())
    assert headlines.exchanged(articles, 3) == headlines.exchanged(articles, 3)
