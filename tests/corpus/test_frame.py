"""Frames and the transformer: the same figures as one by one, one row an article, whatever the rows hold."""

import subprocess
import sys
from typing import Any

import numpy
import pandas
import pytest

import sensational
from corpus.samples import STORIES, articles, environment
from sensational.corpus.errors import CorpusError
from sensational.corpus.frame import score_terms


@pytest.fixture
def frame() -> pandas.DataFrame:
    return pandas.DataFrame(articles(8), index=[f"row {n}" for n in range(8)])


def test_frame_is_scored_like_its_rows(frame: pandas.DataFrame) -> None:
    scored = sensational.score_frame(frame, headline="title", body="text")
    assert list(scored.index) == list(frame.index)
    for name, row in frame.iterrows():
        alone = sensational.score(row.title, row.text)
        assert scored.status[name] == alone.status
        if alone.divergence is not None:
            assert scored.divergence[name] == alone.divergence
        assert scored.loading[name] == alone.loading
        assert scored.id[name] == row.id


def test_accessor_and_workers_give_the_same(frame: pandas.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sensational.corpus.frame._ROWS", 3)
    scored = sensational.score_frame(frame)
    pandas.testing.assert_frame_equal(frame.sensational.score(), scored)
    pandas.testing.assert_frame_equal(frame.sensational.score(workers=2), scored)


def test_terms_carry_the_index(frame: pandas.DataFrame) -> None:
    terms = frame.sensational.terms(headline="title", body="text")
    pandas.testing.assert_frame_equal(terms, score_terms(frame))
    first = sensational.score(frame.title.iloc[0], frame.text.iloc[0])
    assert list(terms.loc["row 0", "text"]) == [term.text for term in first.terms]


def test_odd_cells_are_their_rows_affair(frame: pandas.DataFrame) -> None:
    odd = frame.astype(object)
    odd.loc["row 1", "title"] = None
    odd.loc["row 2", "text"] = numpy.nan
    odd.at["row 3", "text"] = ["a", "list"]
    odd.loc["row 4", "text"] = pandas.NA
    odd.loc["row 6", "title"] = numpy.int64(1984)
    scored = sensational.score_frame(odd)
    wanted = "scored not_scored not_scored rejected not_scored not_scored scored scored"
    assert " ".join(scored.status) == wanted
    assert scored.reason["row 3"] == 'the body ("text") is not text but a list'
    assert scored.headline["row 6"] == "1984"


def test_an_empty_frame_and_two_rows_of_one_name() -> None:
    empty = sensational.score_frame(pandas.DataFrame({"title": [], "text": []}))
    assert len(empty) == 0
    assert "divergence" in empty
    twice = pandas.DataFrame([{"title": STORIES[0][0], "text": STORIES[0][1]}] * 2, index=["x", "x"])
    assert sensational.score_frame(twice).divergence.nunique() == 1
    assert list(sensational.score_frame(twice).index) == ["x", "x"]


def test_columns_that_are_not_there(frame: pandas.DataFrame) -> None:
    with pytest.raises(CorpusError, match='no column "headline"'):
        sensational.score_frame(frame, headline="headline")


def test_transformer(frame: pandas.DataFrame) -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed: the transformer was not tried")
    from sklearn.base import clone

    features: Any = clone(sensational.SensationalFeatures(headline="title"))
    found = features.fit_transform(frame)
    names = list(features.get_feature_names_out())
    assert found.shape == (8, len(names))
    scored = sensational.score_frame(frame)
    numpy.testing.assert_array_equal(found[:, names.index("divergence")], scored.divergence)
    terms = frame.sensational.terms()
    assert numpy.nansum(found[:, names.index("terms")]) == terms.verdict.notna().sum()
    assert numpy.nansum(found[:, names.index("terms_plain")]) == (~terms.loaded).sum()
    judged = scored.status == "scored"
    assert numpy.nansum(found[:, names.index("verdict_supported")]) == (terms.verdict == "supported").sum()
    assert (numpy.isnan(found[:, names.index("verdict_absent")]) == ~judged).all()
    pairs = features.transform(list(zip(frame.title, frame.text, strict=True)))
    numpy.testing.assert_array_equal(pairs, found)


@pytest.mark.parametrize(
    "order", ["import pandas, sensational", "import pandas; from sensational import score"]
)
def test_pandas_knows_the_accessor(order: str) -> None:
    code = f"{order}; print(hasattr(pandas.DataFrame, 'sensational'))"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "True"


def test_importing_costs_no_pandas() -> None:
    code = "import sensational, sys; print({'pandas', 'pyarrow', 'sklearn', 'numpy'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
