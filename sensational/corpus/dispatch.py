"""Sends parts to an engine and takes the results, also when workers die."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sensational.corpus.engines import Died, Engine, Work
from sensational.corpus.errors import CorpusError
from sensational.corpus.part import Result
from sensational.corpus.rescue import rescue
from sensational.corpus.rows import Part


def dispatch(
    parts: Iterator[Part],
    engine: Engine,
    work: Work,
    stopping: Callable[[], bool] = lambda: False,
    warned: Callable[[str], None] = lambda _: None,
) -> Iterator[tuple[Result, Part]]:
    """Every part with its result, in the order in which they are done.

    A part whose worker dies is tried again, and if that dies too, row by row (see :mod:`~.rescue`).

    Args:
        parts: read as far as the engine has room, not before.
        engine: is not closed.
        work: what the engine does, for the rescue.
        stopping: True lets no further part out; those that are out are waited for.
        warned: called with how a worker ended, and what becomes of its part.

    Raises:
        CorpusError: reading failed, after the parts before it are done; or nobody can score.
    """
    out: dict[int, Part] = {}
    died: set[int] = set()
    failure: CorpusError | None = None
    while True:
        while failure is None and engine.room() and not stopping():
            try:
                part = next(parts, None)
            except CorpusError as problem:
                failure = problem
                break
            if part is None:
                break
            out[part.number] = part
            engine.submit(part)
        if not out:
            break
        found = engine.next()
        if isinstance(found, Died):
            if found.part.number not in died:
                died.add(found.part.number)
                warned(f"a worker was lost ({found.how}); its part, {found.part.number}, is tried again")
                engine.submit(found.part)
                continue
            warned(f"part {found.part.number} ended its worker again ({found.how}); its rows are tried alone")
            found = rescue(found.part, work)
        yield found, out.pop(found.number)
    if failure is not None:
        raise failure
