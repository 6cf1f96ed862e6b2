"""The articles that the tool was made for come out as a careful reader would have them."""

from pathlib import Path

import pytest
from articles import SHARED

import sensational
from sensational.analysis import Analysis, Term

DATA = Path(__file__).parent.parent / "data"


def scored(path: Path) -> Analysis:
    return sensational.score_article(sensational.read(path))


def loaded(analysis: Analysis) -> dict[str, Term]:
    return {term.text.strip("‘’"): term for term in analysis.terms if term.loaded}


def points(analysis: Analysis) -> float:
    assert analysis.divergence is not None
    return analysis.divergence


@pytest.mark.xfail(strict=True, reason="the verifier calls it supported (docs/development/what-was-tried.md)")
def test_the_article_that_started_it_all() -> None:
    path = SHARED / "seed" / "article.txt"
    if not path.exists():
        pytest.skip(f"SEED ARTICLE NOT TESTED: no {path.name}; set SENSATIONAL_SHARED to the shared folder")
    analysis = scored(path)
    terms = loaded(analysis)
    assert 45 <= points(analysis) <= 85
    wanted = ("humiliated", "scared", "fleeing", "in masses", "family")
    assert set(wanted) <= set(terms)
    # Only "family" may be: the soldier says of the men who ask for leave that it is "for family reason".
    assert not [name for name in wanted if terms[name].verdict == "supported" and name != "family"]
    assert sum(terms[name].contribution or 0 for name in wanted) > points(analysis) / 2
    assert any(piece.voice == "unnamed" for name in wanted for piece in terms[name].evidence)
    assert len(analysis.body.clutter) == 7


@pytest.mark.xfail(strict=True, reason="the verifier calls it supported (docs/development/what-was-tried.md)")
def test_a_loud_headline_over_one_unnamed_voice() -> None:
    analysis = scored(DATA / "harbour.txt")
    assert 45 <= points(analysis) <= 90
    assert all(
        loaded(analysis)[name].verdict != "supported" for name in ("shamed", "in droves", "storming out")
    )


def test_a_loud_headline_that_is_borne_out() -> None:
    analysis = scored(DATA / "flood.txt")
    assert points(analysis) < 8
    assert analysis.loading > 50
    assert {term.verdict for term in loaded(analysis).values()} == {"supported"}


@pytest.mark.xfail(strict=True, reason="“causes” is contradicted, and costs 66 to 70, by processor")
def test_a_calm_headline_over_a_denial() -> None:
    analysis = scored(DATA / "vaccine.txt")
    assert points(analysis) > 70
    assert analysis.loading < 50
    assert loaded(analysis)["causes"].verdict == "contradicted"
    assert analysis.stance is not None
    assert analysis.stance.label == "disagree"


def test_nothing_loaded() -> None:
    analysis = scored(DATA / "library.txt")
    assert points(analysis) < 10
    assert {term.verdict for term in loaded(analysis).values()} <= {"supported"}


def test_a_web_page() -> None:
    assert "|" not in sensational.read(DATA / "bridge.html").headline


@pytest.mark.xfail(strict=True, reason="the verifier calls all of it supported")
def test_a_web_page_that_goes_too_far() -> None:
    assert 20 <= points(scored(DATA / "bridge.html")) <= 85
