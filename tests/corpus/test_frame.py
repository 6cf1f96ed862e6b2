"""Frames and the transformer: the same figures as one by one, one row an article, whatever the rows hold."""

import pickle
import subprocess
import sys
import warnings
from dataclasses import replace
from typing import Any

import numpy
import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sensational
from corpus.samples import STORIES, articles, environment
from sensational.article import Article
from sensational.corpus import frame as module
from sensational.corpus.errors import CorpusError
from sensational.corpus.flat import ARTICLE
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


def test_the_frame_keeps_its_columns(frame: pandas.DataFrame) -> None:
    frame["outlet"] = ["Post", "Wire"] * 4
    frame["n"] = range(8)
    before = frame.copy()
    scored = sensational.score_frame(frame)
    pandas.testing.assert_frame_equal(frame, before)
    pandas.testing.assert_frame_equal(scored[list(frame.columns)], frame)
    alone = sensational.score_frame(frame, keep=False)
    assert list(alone) == list(ARTICLE)
    added = [name for name in ARTICLE if name not in ("headline", "id")]
    assert list(scored) == [*frame.columns, *added]
    pandas.testing.assert_frame_equal(scored[added], alone[added])
    assert list(alone.headline) == list(frame.title)


@pytest.mark.parametrize("columns", [["status"], ["reason", "stance", "loading", "version", "verifier"]])
def test_columns_of_the_same_name_are_not_written_over(
    columns: list[str], frame: pandas.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "score_columns", None)  # it is said before anything is scored
    frame[columns] = "theirs"
    with pytest.raises(ValueError, match="already has columns") as told:
        sensational.score_frame(frame)
    assert f'"{columns[0]}"' in str(told.value)
    assert ("and 2 more" in str(told.value)) == (len(columns) == 5)
    assert "keep=False" in str(told.value)


@given(
    index=st.sampled_from(["range", "names", "twice", "dates", "several"]),
    order=st.permutations(["title", "text", "n"]),
)
@settings(max_examples=10, deadline=None)
def test_any_index_and_order_of_columns(index: str, order: list[str]) -> None:
    frame = pandas.DataFrame({"title": ["Roof falls in"] * 3, "text": ["", "It fell.", None], "n": [1, 2, 3]})
    frame.index = {
        "range": pandas.RangeIndex(5, 8),
        "names": pandas.Index(list("abc"), name="key"),
        "twice": pandas.Index(["a", "a", "b"]),
        "dates": pandas.date_range("2026-01-01", periods=3),
        "several": pandas.MultiIndex.from_tuples([("a", 1), ("a", 2), ("b", 1)], names=["x", "y"]),
    }[index]
    scored = sensational.score_frame(frame[order])
    pandas.testing.assert_frame_equal(scored[order], frame[order])
    assert (scored.status == "not_scored").all()
    assert score_terms(frame[order]).index.isin(frame.index).all()


@pytest.mark.parametrize(
    ("columns", "arguments", "said"),
    [
        (["x", "text"], {}, 'headline="..."'),
        (["title", "x"], {}, 'body="..."'),
        (["title", "text"], {"headline": "text", "body": "text"}, "both"),
        (["title", "text"], {"id": "key"}, '"key"'),
        (["title", "title", "text"], {}, "2 columns"),
    ],
)
def test_errors_are_in_the_words_of_python(columns: list[str], arguments: dict[str, str], said: str) -> None:
    frame = pandas.DataFrame([["Roof falls in"] * len(columns)], columns=columns)
    for call in (frame.sensational.score, frame.sensational.terms):
        with pytest.raises(ValueError, match="the frame") as told:
            call(**arguments)
        assert said in str(told.value)
        assert "--" not in str(told.value)


def test_what_is_no_frame() -> None:
    for call in (sensational.score_frame, score_terms):
        with pytest.raises(TypeError, match="must be a pandas DataFrame, not list"):
            call([("Roof falls in", "")])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("workers", "kind"), [(0, ValueError), (-1, ValueError), ("2", TypeError), (True, TypeError)]
)
def test_workers_that_are_no_number_of_processes(
    workers: Any, kind: type[Exception], frame: pandas.DataFrame
) -> None:
    with pytest.raises(kind, match="workers must be"):
        sensational.score_frame(frame, workers=workers)


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


def test_an_index_called_id_stands_for_the_column(frame: pandas.DataFrame) -> None:
    indexed = frame.set_index("id").assign(outlet=["Post", "Wire"] * 4)
    terms = score_terms(indexed)
    assert "id" not in terms
    assert "id" in score_terms(frame)
    assert set(terms.groupby("id").size().index) <= set(indexed.index)
    assert list(terms.reset_index()["id"]) == list(terms.index)
    assert len(terms.merge(indexed, on="id")) == len(terms.join(indexed["outlet"])) == len(terms)
    assert "id" in sensational.score_frame(indexed, keep=False).reset_index()


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
    assert sensational.score_frame(odd, keep=False).headline["row 6"] == "1984"


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
    pairs = sensational.SensationalFeatures().transform(list(zip(frame.title, frame.text, strict=True)))
    numpy.testing.assert_array_equal(pairs, found)


# What scikit-learn's checks feed is arrays of numbers, most of them with other than two columns, which are no
# headline and body. See test_the_rest_of_the_transformer for what they check beyond that.
NOT_TWO_COLUMNS = "it feeds numbers in other than two columns, which the transformer refuses"
EXPECTED = {
    **dict.fromkeys(
        [
            "check_fit_score_takes_y", "check_dont_overwrite_parameters", "check_n_features_in_after_fitting",
            "check_positive_only_tag_during_fit", "check_estimators_dtypes", "check_dtype_object",
            "check_pipeline_consistency", "check_estimators_pickle", "check_f_contiguous_array_estimator",
            "check_transformer_data_not_an_array", "check_transformer_general",
            "check_transformers_unfitted_stateless", "check_methods_sample_order_invariance",
            "check_methods_subset_invariance", "check_fit2d_1sample", "check_dict_unchanged",
            "check_fit2d_predict1d",
        ],
        NOT_TWO_COLUMNS,
    ),
    "check_complex_data": "a complex number is no text; its row is not scored, as one with a list is not",
}  # fmt: skip


def failures(estimator: Any) -> dict[str, str]:
    """The checks of scikit-learn that an estimator does not pass, with what they say."""
    from sklearn.utils.estimator_checks import check_estimator

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # scikit-learn's, about checks that it skips
        done = check_estimator(estimator, on_fail=None, on_skip=None)
    assert sum(one["status"] == "passed" for one in done) >= 20
    return {one["check_name"]: str(one["exception"]) for one in done if one["status"] == "failed"}


def test_transformer_by_the_checks_of_sklearn() -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed: the transformer was not checked")
    found = failures(sensational.SensationalFeatures())
    assert set(found) <= set(EXPECTED)
    for name, said in found.items():
        if EXPECTED[name] == NOT_TWO_COLUMNS and name != "check_positive_only_tag_during_fit":
            assert "feature(s); give two, headline and body" in said, name


def test_the_rest_of_the_transformer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same checks, where the first and last column of what they feed are taken for headline and body."""
    pytest.importorskip("sklearn", reason="scikit-learn is not installed: the transformer was not checked")
    from sklearn.utils.validation import validate_data

    class OfNumbers(sensational.SensationalFeatures):
        def _articles(self, X: Any, reset: bool) -> Any:  # noqa: N803
            rows = validate_data(self, X, dtype=object, ensure_all_finite=False, reset=reset)
            table = pandas.DataFrame(rows[:, [0, -1]], columns=["headline", "body"])
            return table, module.choose_columns(table, "headline", "body")

    blank = sensational.score("Roof falls in", "")

    def by_length(article: Article) -> sensational.Analysis:
        return replace(blank, headline=article.headline, loading=float(len(article.headline)))

    monkeypatch.setattr("sensational.scorer.score_article", by_length)
    # A class inside a function cannot be pickled; the transformer itself is pickled below.
    assert set(failures(OfNumbers())) <= {"check_complex_data", "check_estimators_pickle"}


def test_transformer_in_a_pipeline(frame: pandas.DataFrame) -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed: the transformer was not tried")
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import make_pipeline

    pipeline = make_pipeline(sensational.SensationalFeatures(), SimpleImputer(keep_empty_features=True))
    found = pipeline.set_output(transform="pandas").fit_transform(frame)
    assert list(found.index) == list(frame.index)
    assert "divergence" in found
    again = pickle.loads(pickle.dumps(pipeline))  # noqa: S301 - our own
    pandas.testing.assert_frame_equal(again.transform(frame), found)
    with pytest.raises(ValueError, match=r'headline="\.\.\."'):
        sensational.SensationalFeatures().fit(frame.rename(columns={"title": "x"}))


@pytest.mark.parametrize(
    "order",
    [
        "import pandas, sensational",
        "import pandas; from sensational import score",
        "import sensational, pandas",
        "import sensational.corpus.frame, pandas",
        "import sensational, importlib.util; importlib.util.find_spec('pandas'); import pandas",
        "import sensational; sensational.score_frame; import pandas, sensational",
        "import sensational, sklearn; from pandas import DataFrame; import pandas",
    ],
)
def test_pandas_knows_the_accessor(order: str) -> None:
    if "sklearn" in order:
        pytest.importorskip("sklearn", reason="scikit-learn is not installed")
    code = (
        f"{order}; import sys\n"
        "frame = pandas.DataFrame({'title': ['Roof falls in'], 'text': ['']})\n"
        "print(frame.sensational.score().status[0])\n"
        "print(type(pandas.__loader__).__module__, type(pandas.__spec__.loader).__module__)\n"
        "print([one for one in sys.meta_path if 'sensational' in type(one).__module__])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["not_scored", *["_frozen_importlib_external"] * 2, "[]"]
    assert done.stderr == ""


def test_without_pandas_nothing_is_said() -> None:
    code = (
        "import sys; sys.modules['pandas'] = None; import sensational\n"
        "try: import pandas\n"
        "except ImportError: print('none')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True
    )
    assert (done.stdout.strip(), done.stderr) == ("none", "")
