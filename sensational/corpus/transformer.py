"""A scikit-learn transformer: headlines and bodies in, numbers out. Needs the extra ``sklearn``."""

from __future__ import annotations

from typing import Any

try:
    from sklearn.base import BaseEstimator, TransformerMixin
except ImportError:
    raise ImportError("scikit-learn is not installed; pip install 'sensational[sklearn]'") from None

from sensational.analysis import KINDS, VERDICTS
from sensational.corpus.frame import scored_tables

NUMBERS = (
    "divergence", "loading", "stance_agree", "stance_discuss", "stance_disagree", "stance_unrelated",
    "body_sentences", "body_words",
)  # fmt: skip
FEATURES = (
    *NUMBERS,
    "terms",
    *(f"terms_{kind}" for kind in KINDS),
    *(f"verdict_{verdict}" for verdict in VERDICTS),
)
"""Columns of the output: figures of the article, then the number of its terms by kind and by verdict."""


OF_THE_BODY = ("terms", "terms_plain", *(f"verdict_{verdict}" for verdict in VERDICTS))
"""Counts that depend on the body: NaN where an article was not scored."""


class SensationalFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Articles as features. It learns nothing: ``fit`` may be left out.

    Args:
        headline: the column of the headlines where the input is a frame; guessed if None. So ``body``.
        workers: processes that score.

    The input is a pandas DataFrame, or rows of a headline and a body each. Where an article is not scored,
    what belongs to the body is NaN; pipelines put an imputer behind, or learners that take NaN.
    """

    def __init__(self, headline: str | None = None, body: str | None = None, workers: int = 1) -> None:
        self.headline = headline
        self.body = body
        self.workers = workers

    def fit(self, X: Any, y: Any = None) -> SensationalFeatures:  # noqa: N803 - scikit-learn's name
        """Nothing is learned."""
        return self

    def transform(self, X: Any) -> Any:  # noqa: N803
        """An array of :data:`FEATURES`, one row per article.

        Raises:
            CorpusError: the input is a frame without such columns.
        """
        import numpy
        import pandas

        names = (self.headline, self.body)
        if not isinstance(X, pandas.DataFrame):
            names = ("headline", "body")
            X = pandas.DataFrame([(headline, body) for headline, body in X], columns=names)  # noqa: N806
        articles, terms = scored_tables(X.reset_index(drop=True), *names, None, self.workers)
        found = articles[list(NUMBERS)].astype("float64")
        groups = terms.groupby(level=0)
        found["terms"] = groups.size()
        for kind in KINDS:
            found[f"terms_{kind}"] = (terms["kind"] == kind).groupby(level=0).sum()
        for verdict in VERDICTS:
            found[f"verdict_{verdict}"] = (terms["verdict"] == verdict).groupby(level=0).sum()
        counts = [name for name in FEATURES if name not in NUMBERS]
        found[counts] = found[counts].fillna(0)
        found.loc[articles["status"] != "scored", list(OF_THE_BODY)] = numpy.nan
        return found[list(FEATURES)].to_numpy(dtype="float64")

    def get_feature_names_out(self, input_features: Any = None) -> Any:
        """The names of the output's columns."""
        import numpy

        return numpy.asarray(FEATURES, dtype=object)
