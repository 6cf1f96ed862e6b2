"""The pipeline: from two texts to an analysis."""

from __future__ import annotations

import pytest
from articles import NEUTRAL, Sample, bodies, examples, samples
from hypothesis import given
from hypothesis import strategies as st
from verifier.fakes import judgements, readings

import sensational.scorer
from sensational.article import Article, Clutter
from sensational.scorer import score, score_article


def test_what_is_known_of_an_article_is_carried_through() -> None:
    article = Article("Mayor resigns", NEUTRAL, "an id", clutter=(Clutter("Read more", "link"),))
    analysis = score_article(article)
    assert (analysis.id, analysis.headline, analysis.body.clutter) == (
        "an id",
        "Mayor resigns",
        article.clutter,
    )
    assert analysis.schema_version == "2"
    assert analysis.status == "scored"
    assert analysis.stance is not None
    assert sum(analysis.stance.probabilities.values()) == pytest.approx(1, abs=1e-3)
    assert analysis.stance.probabilities[analysis.stance.label] == max(analysis.stance.probabilities.values())


@given(samples())
def test_the_provenance_is_the_same_for_all(sample: Sample) -> None:
    made = score(sample.headline, sample.body).provenance
    assert made == score("", "").provenance
    assert len(made.verifier) == len(made.lexicon) == 12


def test_a_body_of_no_use_leaves_the_loaded_terms_and_the_loading() -> None:
    full, none = score("Thousands flee as dam bursts", NEUTRAL), score("Thousands flee as dam bursts", "")
    assert none.status == "not_scored"
    assert (none.divergence, none.interval, none.stance) == (None, None, None)
    assert none.loading == full.loading
    assert all(term.loaded and term.verdict is None and term.evidence == () for term in none.terms)
    spans = [(term.start, term.end, term.kind) for term in full.terms if term.loaded]
    assert [(term.start, term.end, term.kind) for term in none.terms] == spans


@pytest.mark.parametrize("sample", examples(), ids=lambda sample: sample.name)
def test_the_counts_are_of_the_body(sample: Sample) -> None:
    body = score(sample.headline, sample.body).body
    assert body.sentences > 3
    assert len(sample.body.split()) * 0.8 < body.words < len(sample.body.split()) * 1.3


@given(st.data(), samples(), bodies())
def test_loading_is_of_the_headline_alone(data: st.DataObject, sample: Sample, other: str) -> None:
    assert score(sample.headline, sample.body).loading == score(sample.headline, other).loading


@given(st.data(), samples())
def test_any_judgement_makes_an_analysis(data: st.DataObject, sample: Sample) -> None:
    """Whatever the verifier says, the numbers hold."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            sensational.scorer, "judge", lambda headline, body: data.draw(judgements(headline, body))
        )
        patch.setattr(sensational.scorer, "read_headline", lambda headline: data.draw(readings(headline)))
        analysis = score(sample.headline, sample.body)
    assert analysis.status == "scored"
    assert analysis.divergence is not None
    assert analysis.interval is not None
    assert 0 <= analysis.interval[0] <= analysis.divergence <= analysis.interval[1] <= 100
    assert sum(term.contribution or 0 for term in analysis.terms) == pytest.approx(
        analysis.divergence, abs=1e-9
    )
    reasons = [term.reason for term in analysis.terms]
    assert all(reasons)
