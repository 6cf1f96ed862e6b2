"""An analysis and its JSON form are inverse to each other."""

import json
from dataclasses import FrozenInstanceError, fields
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational import read, score, score_article
from sensational.analysis import (
    KINDS,
    VERDICTS,
    Analysis,
    Kind,
    Stance,
    StanceLabel,
    Term,
    Verdict,
    from_dict,
    readings,
    to_dict,
    to_json,
)
from sensational.article import Article

FORM = [field.name for field in fields(Analysis) if field.name != "article"]
ARTICLES = sorted(p for p in (Path(__file__).parents[1] / "data").iterdir() if p.suffix in {".txt", ".html"})

numbers = st.floats(0, 100)
maybe = st.none() | numbers
chances = st.just({}) | st.fixed_dictionaries(dict.fromkeys(VERDICTS, numbers))
terms = st.builds(
    Term, loading=numbers, support=maybe, contribution=maybe, without=maybe, probabilities=chances
)
stances = st.builds(
    Stance, probabilities=st.fixed_dictionaries(dict.fromkeys(get_args(StanceLabel), numbers))
)
analyses = st.builds(
    Analysis,
    divergence=maybe,
    interval=st.none() | st.tuples(numbers, numbers),
    loading=numbers,
    stance=st.none() | stances,
    terms=st.lists(terms, max_size=3).map(tuple),
)


@given(analyses)
def test_there_and_back(analysis: Analysis) -> None:
    assert from_dict(to_dict(analysis)) == analysis
    assert from_dict(json.loads(json.dumps(to_dict(analysis)))) == analysis


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_there_and_back_with_real_articles(path: Path) -> None:
    analysis = score_article(read(path))
    assert from_dict(json.loads(json.dumps(to_dict(analysis)))) == analysis


def test_the_article_is_no_part_of_the_form() -> None:
    analysis = score("Roof falls in", "A body that is nowhere in what comes out.")
    assert analysis.article == Article("Roof falls in", "A body that is nowhere in what comes out.")
    for form in (json.dumps(to_dict(analysis)), to_json(analysis), repr(analysis)):
        assert "nowhere in what" not in form
    assert from_dict(to_dict(analysis)).article is None
    assert json.loads(to_json(analysis)) == to_dict(analysis)


def test_not_scored_there_and_back() -> None:
    analysis = score("Roof falls in", "", id="7")
    assert from_dict(to_dict(analysis)) == analysis


def test_fields_come_in_the_order_of_the_dataclass() -> None:
    data = to_dict(score("Roof falls in", ""))
    assert list(data) == FORM


def test_unknown_fields_are_ignored() -> None:
    analysis = score("Roof falls in", "")
    data: dict[str, Any] = {**to_dict(analysis), "later": 1}
    data["terms"] = [{**term, "later": 1} for term in data["terms"]]
    assert from_dict(data) == analysis


@pytest.mark.parametrize("field", FORM)
def test_a_missing_field_is_named(field: str) -> None:
    data = to_dict(score("Roof falls in", ""))
    del data[field]
    with pytest.raises(KeyError, match=field):
        from_dict(data)


def test_the_words_of_the_form_are_listed_once() -> None:
    assert get_args(Kind) == KINDS
    assert get_args(Verdict) == VERDICTS


def test_an_analysis_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        score("Roof falls in", "").loading = 3  # type: ignore[misc]


@pytest.mark.parametrize(
    ("verdict", "probabilities", "said"),
    [
        ("absent", {"absent": 0.61, "supported": 0.39}, ()),
        ("absent", {"absent": 0.6, "weaker": 0.1, "supported": 0.3}, ("absent", "supported")),
        # Supported from 0.4 on, though another verdict is likelier.
        ("supported", {"supported": 0.41, "hedged": 0.45, "weaker": 0.14}, ("supported", "hedged")),
        ("absent", {}, ()),
        (None, {"absent": 0.5}, ()),
    ],
)
def test_a_term_is_open_between_its_verdict_and_the_likeliest_other(
    verdict: Verdict | None, probabilities: dict[str, float], said: tuple[str, ...]
) -> None:
    assert readings(verdict, probabilities) == said
