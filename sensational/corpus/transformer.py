"""A scikit-learn transformer: headlines and bodies in, numbers out. Needs the extra ``sklearn``."""

from __future__ import annotations

from typing import Any

from sensational.extras import not_installed

try:
    from sklearn.base import BaseEstimator, TransformerMixin
except ImportError:
    raise ImportError(not_installed("scikit-learn", "sklearn")) from None

from sensational.analysis import KINDS, VERDICTS
from sensational.corpus.columns import Columns
from sensational.corpus.frame import choose_columns, score_columns

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
    """Articles as features. It learns nothing: ``fit`` only looks at the columns, and may be left out.

    Args:
        headline: the column of the headlines where the input is a frame; guessed if None. So ``body``.
        workers: processes that score. More than one needs ``if __name__ == "__main__":`` in a script.

    The input is a pandas DataFrame, or rows of a headline and a body each. Where an article is not scored,
    what belongs to the body is NaN; pipelines put an imputer behind, or learners that take NaN.
    """

    def __init__(self, headline: str | None = None, body: str | None = None, workers: int = 1) -> None:
        self.headline = headline
        self.body = body
        self.workers = workers

    def fit(self, X: Any, y: Any = None) -> SensationalFeatures:  # noqa: N803 - scikit-learn's name
        """Looks at the columns; nothing is learned.

        Raises:
            ValueError: ``X`` is a frame without such columns, or its rows are not a headline and a body each.
        """
        self._articles(X, reset=True)
        return self

    def transform(self, X: Any) -> Any:  # noqa: N803
        """An array of :data:`FEATURES`, one row per article.

        Raises:
            ValueError: as for :meth:`fit`, or ``X`` has other columns than what was fitted.
        """
        import numpy

        frame, columns = self._articles(X, reset=False)
        articles, terms = score_columns(frame, columns, self.workers)
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

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.allow_nan = True  # a headline or body that is missing
        tags.transformer_tags.preserves_dtype = []
        tags.requires_fit = False
        return tags

    def _articles(self, X: Any, reset: bool) -> tuple[Any, Columns]:  # noqa: N803
        """The input as a frame, and its columns.

        Raises:
            ValueError: it is not of the form that :meth:`transform` takes.
        """
        import pandas
        from sklearn.utils.validation import validate_data

        if isinstance(X, pandas.DataFrame):
            validate_data(self, X, skip_check_array=True, reset=reset)
            return X.reset_index(drop=True), choose_columns(X, self.headline, self.body)
        # As objects: a table of numpy's own texts gives each the room of the longest.
        rows = validate_data(self, X, dtype=object, ensure_all_finite=False, reset=reset)
        if rows.shape[1] != 2:
            raise ValueError(
                f"X has {rows.shape[1]} feature(s); give two, headline and body, or a pandas DataFrame and "
                "the names of its columns"
            )
        frame = pandas.DataFrame(rows, columns=["headline", "body"])
        return frame, choose_columns(frame, "headline", "body")
