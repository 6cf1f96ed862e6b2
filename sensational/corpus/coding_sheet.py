"""A sheet for people who judge headlines without seeing what the tool said, and the key to it.

The sample has equally many articles from every band of divergence, so that it does not consist of headlines
that say no more than their article. The order is shuffled, and the numbers of the items say nothing.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sensational.corpus.csv_text import as_csv
from sensational.corpus.errors import CorpusError
from sensational.corpus.inputs import Settings, find_inputs, read_rows
from sensational.corpus.rows import Row
from sensational.corpus.scored import ScoredArticle, ScoredTerm, Unreadable

STRATA = (5.0, 13.0, 38.0, 63.0)
"""Bounds of divergence between the strata: the bands in which the report puts a headline into words."""

SHEET = ("item", "term", "headline", "body", "words", "verdict", "also", "divergence", "note")
KEY = ("item", "term", "words", "kind", "verdict", "divergence", "file", "row", "id")


@dataclass(frozen=True, slots=True)
class Item:
    """An article to be judged; ``body`` is empty until it is found."""

    article: ScoredArticle
    body: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet and its key as CSV, and what could not be put into it."""

    sheet: str
    key: str
    items: int
    terms: int
    missing: tuple[str, ...]
    """Articles that were drawn and whose body is not among the articles that were given."""


def draw(rows: Iterable[ScoredArticle | Unreadable], count: int, seed: int) -> list[ScoredArticle]:
    """A sample of scored articles, as evenly as possible from each stratum of divergence, shuffled.

    Args:
        rows: of one or several outputs; read once, with no more than ``count`` of each stratum in memory.
        count: of the sample; fewer come where fewer were scored.
        seed: the same rows and seed give the same sample.
    """
    generator = random.Random(seed)  # noqa: S311 - no secret
    strata: list[list[ScoredArticle]] = [[] for _ in range(len(STRATA) + 1)]
    seen = [0] * len(strata)
    for row in rows:
        if isinstance(row, Unreadable) or row.divergence is None:
            continue
        at = sum(row.divergence >= bound for bound in STRATA)
        seen[at] += 1
        if len(strata[at]) < count:
            strata[at].append(row)
        elif (place := generator.randrange(seen[at])) < count:
            strata[at][place] = row
    chosen: list[ScoredArticle] = []
    for stratum in strata:
        generator.shuffle(stratum)
    while len(chosen) < count and any(strata):
        for stratum in strata:
            if stratum and len(chosen) < count:
                chosen.append(stratum.pop())
    generator.shuffle(chosen)
    return chosen


def with_bodies(
    sample: Sequence[ScoredArticle], articles: Sequence[Path], settings: Settings
) -> tuple[list[Item], list[str]]:
    """The sample with its bodies, which an output does not hold, and the names of those that were not found.

    An article is known by its file and row, and has to have the same headline there; else by its id.

    Args:
        sample: what :func:`draw` gave.
        articles: the inputs that the corpus was scored from.
        settings: which columns are headline, body and id.

    Raises:
        CorpusError: an input cannot be read.
    """
    by_place = {(one.file, one.row): at for at, one in enumerate(sample)}
    by_id = {one.id: at for at, one in enumerate(sample) if one.id}
    found: dict[int, str] = {}
    for source in find_inputs(articles, settings):
        for row, _ in read_rows(source, settings):
            if not isinstance(row, Row):
                continue
            for at in (by_place.get((row.file, row.row)), by_id.get(row.id) if row.id else None):
                if at is not None and at not in found:
                    whole = _read(row)
                    if whole is not None and whole.headline.split() == sample[at].headline.split():
                        found[at] = whole.body
    items = [Item(one, found[at]) for at, one in enumerate(sample) if at in found]
    return items, [_name(one) for at, one in enumerate(sample) if at not in found]


def _read(row: Row) -> Row | None:
    if row.page is None:
        return row
    from sensational.reading import ReadingError, read_bytes

    try:
        article = read_bytes(row.page, row.file)
    except ReadingError:
        return None
    return replace(row, headline=article.headline, body=article.body)


def _name(one: ScoredArticle) -> str:
    return f"row {one.row} of {one.file or 'the corpus'}" + (f" (id {one.id})" if one.id else "")


def coding_sheet(items: Sequence[Item], missing: Sequence[str] = ()) -> Sheet:
    """The sheet and its key.

    An article has a row of its own, for its divergence, and below it one row per loaded term. The sheet holds
    nothing of what the tool said except which words are loaded terms. Plain terms have no row: an output has
    only those that the body does not bear out, and so would give the tool's verdict away.

    Args:
        items: in the order in which they are judged.
        missing: names of articles that are left out.
    """
    return Sheet(
        sheet=as_csv(SHEET, _sheet_rows(items)),
        key=as_csv(KEY, _key_rows(items)),
        items=len(items),
        terms=sum(len(_terms(one.article)) for one in items),
        missing=tuple(missing),
    )


def _terms(article: ScoredArticle) -> list[tuple[int, ScoredTerm]]:
    return list(enumerate((term for term in article.terms if term.loaded), start=1))


def _sheet_rows(items: Sequence[Item]) -> Iterator[Sequence[object]]:
    for number, one in enumerate(items, start=1):
        yield number, "", one.article.headline, one.body, "", "", "", "", ""
        for at, term in _terms(one.article):
            yield number, at, "", "", term.text, "", "", "", ""


def _key_rows(items: Sequence[Item]) -> Iterator[Sequence[object]]:
    for number, one in enumerate(items, start=1):
        article = one.article
        place = article.file, article.row, article.id
        yield number, "", "", "", "", article.divergence, *place
        for at, term in _terms(article):
            yield number, at, term.text, term.kind, term.verdict, "", *place


def check(sample: Sequence[ScoredArticle], items: Sequence[Item], articles: Sequence[Path]) -> None:
    """Stops where there is nothing to judge.

    Raises:
        CorpusError: no article was scored, or no body was found.
    """
    if not sample:
        raise CorpusError("no article in it was scored, so there is nothing to judge")
    if not items:
        names = ", ".join(path.name for path in articles)
        raise CorpusError(
            f"none of the bodies was found in {names}; give with --articles the input that the corpus was "
            "scored from"
        )
