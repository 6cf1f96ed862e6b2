"""A part that its worker did not survive twice: the row that kills is set aside, the others are scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sensational.corpus.engines import Died, Work
from sensational.corpus.engines.processes import Processes
from sensational.corpus.errors import CorpusError
from sensational.corpus.part import Result
from sensational.corpus.rows import Part, Reject, Row, excerpt

_TRIES = 3
_REMEDY = "if memory ran out, score it alone or on a machine with more"


def rescue(part: Part, work: Work) -> Result:
    """Scores a part in a process of its own, without the rows that kill it.

    Halves are tried until single rows are left; a row that kills twice, alone, is rejected.

    Raises:
        CorpusError: the part kills, but none of its rows does.
    """
    engine = Processes(work, 1)
    try:
        for _ in range(_TRIES):
            found = _tried(engine, part)
            if isinstance(found, Result):
                return found
            killers = _killers(engine, part, range(len(part.items)))
            items = tuple(
                _rejected(item, killers[at]) if at in killers else item for at, item in enumerate(part.items)
            )
            part = replace(part, items=items)
        found = _tried(engine, part)
        if isinstance(found, Result):
            return found
    finally:
        engine.close()
    first = part.items[0]
    raise CorpusError(
        f"{first.file}: the {len(part.items)} rows from {first.row} on kill their worker ({found.how}), and "
        "none of them does so alone; give it more memory, and go on with --resume"
    )


def _tried(engine: Processes, part: Part) -> Result | Died:
    engine.submit(part)
    return engine.next()


def _killers(engine: Processes, part: Part, places: Sequence[int]) -> dict[int, str]:
    """The places of the rows that kill a worker, and how it ended."""

    def dies() -> str | None:
        found = _tried(engine, replace(part, items=tuple(part.items[at] for at in places)))
        return found.how if isinstance(found, Died) else None

    how = dies()
    if how is None:
        return {}
    if len(places) == 1:
        how = dies()
        return {} if how is None else {places[0]: how}
    middle = len(places) // 2
    return {**_killers(engine, part, places[:middle]), **_killers(engine, part, places[middle:])}


def _rejected(item: Row | Reject, how: str) -> Reject:
    if isinstance(item, Reject):
        return item
    return Reject(
        item.file,
        item.row,
        None,
        f"its worker did not survive it twice: {how}; {_REMEDY}",
        excerpt(item.headline),
    )
