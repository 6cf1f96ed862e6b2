"""A pandas DataFrame scored: :func:`score_frame`, and the same as ``frame.sensational.score()``.

``import sensational`` makes ``frame.sensational`` known to pandas (see :mod:`sensational.accessor`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from sensational.corpus.columns import Columns, choose, to_row
from sensational.corpus.dispatch import dispatch
from sensational.corpus.engines import Engine
from sensational.corpus.engines.alone import Alone
from sensational.corpus.engines.processes import Processes
from sensational.corpus.errors import CorpusError
from sensational.corpus.flat import ARTICLE, PLACE
from sensational.corpus.forms import ARTICLES, TERMS, Output
from sensational.corpus.many import check_workers, in_python
from sensational.corpus.part import cut, score_part
from sensational.corpus.rows import Broken, Reject, Row

if TYPE_CHECKING:
    import pandas

_ROWS = 200
_NAME = "the frame"


def score_frame(
    df: pandas.DataFrame,
    headline: str | None = None,
    body: str | None = None,
    id: str | None = None,
    *,
    workers: int = 1,
    keep: bool = True,
) -> pandas.DataFrame:
    """Scores every row of a frame.

    Args:
        df: one row per article; it is not changed.
        headline: the column of the headlines; guessed by the usual names where not given. So ``body`` and
            ``id``, which may be missing.
        workers: processes that score. More than one needs ``if __name__ == "__main__":`` in a script.
        keep: whether the result has the columns of ``df`` too, before the new ones.

    Returns:
        A frame with the index of ``df``, its columns, and the columns of an article in the codebook except
        for headline and id, which ``df`` has. Without ``keep``, the columns of the codebook alone (no ``id``
        where the index has that name). A row that cannot be scored has the status ``"not_scored"``, one that
        cannot be read ``"rejected"``; each has the cause as its reason.

    Raises:
        TypeError: ``df`` is not a pandas DataFrame.
        ValueError: a column is not there, or cannot be guessed, or ``df`` has one that is called like a new
            one; or ``workers`` is below 1.
    """
    import pandas

    _check(df)
    columns = choose_columns(df, headline, body, id)
    if not keep:
        return score_columns(df, columns, workers)[0]
    new = [name for name in ARTICLE if name not in ("headline", "id")]
    taken = [f'"{name}"' for name in df.columns if name in new]
    if taken:
        more = f" and {len(taken) - 3} more" if len(taken) > 3 else ""
        raise CorpusError(
            f"{_NAME} already has columns that score_frame would add ({', '.join(taken[:3])}{more}); rename "
            "or drop them, or pass keep=False"
        )
    return pandas.concat([df, score_columns(df, columns, workers)[0][new]], axis=1)


def score_terms(
    df: pandas.DataFrame,
    headline: str | None = None,
    body: str | None = None,
    id: str | None = None,
    *,
    workers: int = 1,
) -> pandas.DataFrame:
    """The terms of every headline of a frame, one row per term.

    Arguments and errors are those of :func:`score_frame`.

    Returns:
        A frame with the columns of a term in the codebook, except for ``id`` where the index has that name.
        Its index is that of ``df``, each entry as often as its headline has terms.
    """
    _check(df)
    return score_columns(df, choose_columns(df, headline, body, id), workers)[1]


def _check(df: Any) -> None:
    import pandas

    if not isinstance(df, pandas.DataFrame):
        raise TypeError(
            f"df must be a pandas DataFrame, not {type(df).__name__}; for headlines and bodies in another "
            "form use sensational.score_many"
        )


def choose_columns(
    df: pandas.DataFrame, headline: str | None, body: str | None, id: str | None = None
) -> Columns:
    """The columns of a frame.

    Raises:
        CorpusError: one is not there, cannot be guessed, or is there twice.
    """
    names = [str(name) for name in df.columns]
    try:
        columns = choose(_NAME, names, headline, body, id)
    except CorpusError as problem:
        raise in_python(problem) from None
    for name in (columns.headline, columns.body, columns.id):
        if name is not None and names.count(name) > 1:
            raise CorpusError(f'{_NAME} has {names.count(name)} columns called "{name}"; rename all but one')
    return columns


def score_columns(
    df: pandas.DataFrame, columns: Columns, workers: int
) -> tuple[pandas.DataFrame, pandas.DataFrame]:
    """The columns of the codebook for every article of a frame, and for every term, scored once."""
    check_workers(workers)
    import io

    import pyarrow
    import pyarrow.parquet

    used = [columns.headline, columns.body, *([columns.id] if columns.id else [])]
    places = [[str(name) for name in df.columns].index(name) for name in used]

    def rows() -> Iterator[tuple[Row | Reject, int]]:
        for number, cells in enumerate(df.iloc[:, places].itertuples(index=False, name=None), 1):
            values = {name: _value(cell) for name, cell in zip(used, cells, strict=True)}
            row = to_row(values, columns, _NAME, number)
            yield (Reject(_NAME, number, None, row.cause, row.text) if isinstance(row, Broken) else row), 0

    work = partial(score_part, output=Output("parquet", ()))
    engine: Engine = Alone(work) if workers == 1 else Processes(work, workers)
    try:
        results = [result for result, _ in dispatch(cut(rows(), _ROWS), engine, work)]
    except CorpusError as problem:
        raise in_python(problem) from None
    finally:
        engine.close()
    results.sort(key=lambda result: result.number)

    def table(name: str) -> pandas.DataFrame:
        parts = [pyarrow.parquet.read_table(io.BytesIO(result.tables[name])) for result in results]
        whole = pyarrow.concat_tables(parts or [pyarrow.parquet.read_table(io.BytesIO(_nothing(name)))])
        return whole.to_pandas()

    articles, terms = table(ARTICLES).set_index("row"), table(TERMS).set_index("row")
    rejected = {one.row: one.cause for result in results for one in result.rejected}
    articles = articles.reindex(range(1, len(df) + 1))
    for row, cause in rejected.items():
        articles.loc[row, ["status", "reason"]] = ["rejected", cause]
    articles.index = df.index
    terms.index = df.index.take([row - 1 for row in terms.index])
    # pandas cannot group, merge or reset a frame where a column and a level of the index share a name.
    dropped = [*PLACE, "id"] if "id" in df.index.names else [*PLACE]
    return tuple(one.drop(columns=dropped, errors="ignore") for one in (articles, terms))


def _nothing(name: str) -> bytes:
    return Output("parquet", ()).encode([])[name]


def _value(cell: Any) -> Any:
    """A cell as a plain value: what pandas calls missing as None, numbers of numpy as Python's."""
    if isinstance(cell, str):
        return cell
    if hasattr(cell, "item") and getattr(cell, "ndim", None) == 0:
        cell = cell.item()
    return None if type(cell).__name__ in ("NAType", "NaTType") else cell


class Accessor:
    """``frame.sensational``: the frame scored."""

    def __init__(self, df: pandas.DataFrame) -> None:
        self._df = df

    def score(
        self,
        headline: str | None = None,
        body: str | None = None,
        id: str | None = None,
        *,
        workers: int = 1,
        keep: bool = True,
    ) -> pandas.DataFrame:
        """See :func:`score_frame`."""
        return score_frame(self._df, headline, body, id, workers=workers, keep=keep)

    def terms(
        self, headline: str | None = None, body: str | None = None, id: str | None = None, *, workers: int = 1
    ) -> pandas.DataFrame:
        """See :func:`score_terms`."""
        return score_terms(self._df, headline, body, id, workers=workers)
