"""Many articles scored from Python, one analysis each: :func:`score_many`."""

from __future__ import annotations

import json
import sys
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from operator import length_hint

from sensational.analysis import Analysis, from_dict, to_dict
from sensational.article import Article
from sensational.corpus.dispatch import dispatch
from sensational.corpus.engines.processes import Processes
from sensational.corpus.errors import CorpusError
from sensational.corpus.part import Result, cut, provenance, score_row
from sensational.corpus.rows import Counts, Part, Reject, Row

_Analyses = Generator[Analysis, None, None]
_ROWS = 16  # of a part: few, so that the first analyses do not wait for long
_TABLE = "analyses"
_WANTED = "give an Article, or (headline, body), or (headline, body, id)"

_ARGUMENTS = (
    ("name it with --headline", 'name it: headline="..."'),
    ("name it with --body", 'name it: body="..."'),
    ("use fewer --workers, and go on with --resume", "use fewer workers"),
    ("give it more memory, and go on with --resume", "give it more memory"),
)
"""What the command line says in errors, and what that is in Python."""


def score_many(articles: Iterable[Article | Sequence[str]], *, workers: int = 1) -> Iterator[Analysis]:
    """Scores many articles, in the order in which they come, and shows how far it is on a terminal.

    Args:
        articles: each an :class:`~sensational.Article`, or a headline and a body, or these and an id, as
            ``zip(frame["headline"].fillna(""), frame["body"].fillna(""))`` gives them; read when needed.
        workers: processes that score. More than one needs ``if __name__ == "__main__":`` in a script.

    Yields:
        The analysis of each article, the same as :func:`sensational.score_article` gives. ``list(...)``
        scores them all.

    Raises:
        TypeError: an item is none of these; the message has its number, counted from 1.
        ValueError: ``workers`` is below 1.
        CorpusError: the scorer fails on an article, or no worker can be started.
    """
    check_workers(workers)
    if isinstance(articles, (str, Article)):
        raise TypeError(
            f"score_many takes many articles, not one {type(articles).__name__}; use score for one"
        )
    scored = _scored_here if workers == 1 else _scored_by_workers
    return _with_progress(scored(_articles(iter(articles)), workers), length_hint(articles) or None)


def check_workers(workers: int) -> None:
    """Holds that a number of processes can be that.

    Raises:
        TypeError: it is not an ``int``.
        ValueError: it is below 1.
    """
    if not isinstance(workers, int) or isinstance(workers, bool):
        raise TypeError(f"workers must be an int, not {type(workers).__name__}")
    if workers < 1:
        raise ValueError(f"workers must be 1 or more, not {workers}")


def in_python(problem: CorpusError) -> CorpusError:
    """The same error, with arguments of Python where it names options of the command line."""
    said = str(problem)
    for option, argument in _ARGUMENTS:
        said = said.replace(option, argument)
    return CorpusError(said)


def _articles(items: Iterator[Article | Sequence[str]]) -> Iterator[Article]:
    for number, item in enumerate(items, 1):
        if isinstance(item, Article):
            yield item
            continue
        if not isinstance(item, (tuple, list)):
            raise TypeError(f"item {number} is of type {type(item).__name__}; {_WANTED}")
        if len(item) not in (2, 3):
            raise TypeError(f"item {number} has {len(item)} parts; {_WANTED}")
        try:
            article = Article(*item)
        except TypeError as problem:
            raise TypeError(f"item {number}: {problem}") from None
        yield article


def _scored_here(articles: Iterator[Article], _: int) -> _Analyses:
    for number, article in enumerate(articles, 1):
        found = score_row(_row(number, article))
        yield _analysis(number, found if isinstance(found, Reject) else found[1], article)


def _scored_by_workers(articles: Iterator[Article], workers: int) -> _Analyses:
    waiting: dict[int, Article] = {}  # by number, those whose analyses are not out yet
    failures: list[Exception] = []

    def rows() -> Iterator[tuple[Row, int]]:
        try:
            for number, article in enumerate(articles, 1):
                waiting[number] = article
                yield _row(number, article), 0
        except Exception as problem:  # raised when what comes before it is done
            failures.append(problem)

    done: dict[int, Result] = {}
    following = 1
    with closing(Processes(_scored_part, workers)) as engine:
        try:
            for result, _ in dispatch(cut(rows(), _ROWS), engine, _scored_part):
                done[result.number] = result
                while following in done:
                    ready = done.pop(following)
                    following += 1
                    for number, found in _found(ready):
                        yield _analysis(number, found, waiting.pop(number))
        except CorpusError as problem:
            raise in_python(problem) from None
    if failures:
        raise failures[0]


def _scored_part(part: Part) -> Result:
    """A part with its analyses as JSON in which every text stays as it is, lone surrogates too."""
    found = [item if isinstance(item, Reject) else score_row(item) for item in part.items]
    scored = [(one[0].row, to_dict(one[1])) for one in found if not isinstance(one, Reject)]
    rejected = tuple(one for one in found if isinstance(one, Reject))
    table = json.dumps(scored, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return Result(
        part.number,
        {_TABLE: table},
        rejected,
        Counts(len(found), len(scored), 0, len(rejected)),
        provenance(),
    )


def _found(result: Result) -> list[tuple[int, Analysis | Reject]]:
    """What was found of the articles of a part, by number, in order."""
    scored = json.loads(result.tables[_TABLE].decode("utf-8", "surrogatepass"))
    found: dict[int, Analysis | Reject] = {number: from_dict(fields) for number, fields in scored}
    found |= {one.row: one for one in result.rejected}
    return sorted(found.items())


def _row(number: int, article: Article) -> Row:
    return Row("", number, article.id, article.headline, article.body)


def _analysis(number: int, found: Analysis | Reject, article: Article) -> Analysis:
    """What was found of an article, holding it and the clutter that was set aside from it.

    Raises:
        CorpusError: nothing was.
    """
    if isinstance(found, Reject):
        raise CorpusError(f"item {number} ({found.text!r}): {found.cause}")
    return replace(found, body=replace(found.body, clutter=article.clutter), article=article)


def _with_progress(analyses: _Analyses, total: int | None) -> _Analyses:
    """The same, with a bar on standard error where that is a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield from analyses
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    bar = Progress(
        BarColumn(24),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(file=sys.stderr),
        transient=True,
        redirect_stdout=sys.stdout.isatty(),  # elsewhere, what the user prints would end up in the terminal
    )
    with bar, closing(analyses):
        task = bar.add_task("", total=total)
        for analysis in analyses:
            bar.advance(task)
            yield analysis
