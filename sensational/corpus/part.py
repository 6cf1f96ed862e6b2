"""A corpus cut into parts, and a part scored: a pure function of its rows, on whatever engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sensational.analysis import Analysis
from sensational.article import Article
from sensational.corpus.errors import CorpusError
from sensational.corpus.forms import Output
from sensational.corpus.rows import Counts, Part, Reject, Row, excerpt

# A part is closed at so many characters, so that long articles do not make it large.
MOST_CHARACTERS = 2_000_000


@dataclass(frozen=True, slots=True)
class Result:
    """A scored part: the bytes of each table, what was rejected, and what made it."""

    number: int
    tables: dict[str, bytes]
    rejected: tuple[Reject, ...]
    counts: Counts
    provenance: tuple[str, str, str]


def cut(rows: Iterable[tuple[Row | Reject, int]], most: int) -> Iterator[Part]:
    """Parts of consecutive rows. Where they end depends on the rows and ``most`` alone.

    Args:
        rows: each with the bytes of input that are read with it.
        most: rows of a part.
    """
    number = 0
    items: list[Row | Reject] = []
    size = read_to = 0
    for row, read_to in rows:
        items.append(row)
        if isinstance(row, Row):
            size += len(row.headline) + len(row.body) + len(row.page or b"")
        if len(items) >= most or size >= MOST_CHARACTERS:
            number += 1
            yield Part(number, tuple(items), read_to)
            items, size = [], 0
    if items:
        yield Part(number + 1, tuple(items), read_to)


def score_part(part: Part, output: Output) -> Result:
    """Scores the rows of a part in order; a row on which the scorer fails is rejected with the cause."""
    order = {(item.file, item.row): at for at, item in enumerate(part.items)}
    scored: list[tuple[Row, Analysis]] = []
    rejected: list[Reject] = []
    for item in part.items:
        found = item if isinstance(item, Reject) else score_row(item)
        if isinstance(found, Reject):
            rejected.append(found)
        else:
            scored.append(found)
    scored, failed, tables = _encoded(scored, output)
    rejected = sorted([*rejected, *failed], key=lambda one: order[one.file, one.row])
    # Without what stands behind the colon, such as the number of words, so that they can be counted.
    reasons = Counter(
        (analysis.reason or "").partition(":")[0].rstrip(".")
        for _, analysis in scored
        if analysis.status != "scored"
    )
    judged = len(scored) - reasons.total()
    return Result(
        part.number,
        tables,
        tuple(rejected),
        Counts(len(part.items), judged, reasons.total(), len(rejected), dict(reasons)),
        provenance(),
    )


def _encoded(
    scored: list[tuple[Row, Analysis]], output: Output
) -> tuple[list[tuple[Row, Analysis]], list[Reject], dict[str, bytes]]:
    """The rows that can be written, the others, and the bytes of the former."""
    try:
        return scored, [], output.encode(scored)
    except MemoryError:
        raise
    except Exception:
        written: list[tuple[Row, Analysis]] = []
        failed: list[Reject] = []
        for row, analysis in scored:
            try:
                output.encode([(row, analysis)])
                written.append((row, analysis))
            except Exception as problem:
                failed.append(_reject(row, f"it cannot be written: {_said(problem)}"))
        return written, failed, output.encode(written)


def score_row(row: Row) -> tuple[Row, Analysis] | Reject:
    """The analysis of one row, exactly that of :func:`sensational.score_article`."""
    from sensational.reading import ReadingError, read_bytes
    from sensational.scorer import score_article

    try:
        if row.page is None:
            article = Article(row.headline, row.body, row.id)
        else:
            article = replace(read_bytes(row.page, row.file), id=row.id)
            found = {"outlet": article.outlet, "date": article.date, "address": article.address}
            row = replace(row, page=None, columns=found)
        return row, score_article(article)
    except ReadingError as problem:
        return _reject(row, f"{problem.problem}; {problem.remedy[:1].lower()}{problem.remedy[1:]}")
    except MemoryError:
        raise  # it may be the other workers' affair: the engine tries the part again, then its rows alone
    except Exception as problem:  # whatever it is, it is this row's affair
        return _reject(row, f"the scorer failed on it: {_said(problem)}")


def _reject(row: Row, cause: str) -> Reject:
    return Reject(row.file, row.row, None, cause, excerpt(row.headline))


def _said(problem: Exception) -> str:
    return excerpt(f"{type(problem).__name__}: {problem}")


def provenance() -> tuple[str, str, str]:
    """Version, verifier and lexicon of the scorer that runs here.

    Raises:
        CorpusError: the verifier's file cannot be used, so no row could be scored.
    """
    from sensational import __version__
    from sensational.lexicon.loader import load
    from sensational.verifier.model import VerifierError, checksum, require

    try:
        require()
    except VerifierError as problem:
        raise CorpusError(str(problem)) from None
    return __version__, checksum(), load().checksum
