"""A small corpus, and stand-ins for the scorer that fail in every way."""

import csv
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from articles import ROOT

from sensational.corpus.engines import Work
from sensational.corpus.engines.alone import Alone
from sensational.corpus.engines.processes import Processes
from sensational.corpus.forms import Output
from sensational.corpus.part import Result
from sensational.corpus.rows import Counts, Part, Reject, Row

STORIES = (
    ("Furious mayor storms out of crisis talks",
     "The mayor left the talks on Tuesday a little early, her office said. A spokesman said that she had a "
     "train to catch.\n\nThe talks about the swimming pool, the ice rink and the library go on next week."),
    ("Town flees record flood",
     "Some families left the town on Monday because the river was high, the council said. \"We were asked to "
     "go,\" a woman told reporters. The water fell again in the night, and all of them came back."),
    ("'Scared' bakers quit in droves over flour price",
     "Two bakers closed their shops this month. One of them, who did not want to be named, said that he was "
     "scared of the price of flour; the other one is 71 and wanted to stop. 12 others stay open."),
    ("=SUM(A1:A9) and other sayings of the week",
     "A list of what was said in the town hall this week, and by whom, was put together by the clerk of the "
     "council. She said that it was not complete and that some of it was not meant to be funny."),
    ("Library to open on Sundays — from March",
     "The library of Wexley will be open on Sundays from March, the council said. It will be open till 4, "
     "and the café in it as well. The council has hired two librarians for it."),
    ("A headline alone", "Too short."),
)  # fmt: skip
COLUMNS = ("id", "title", "text", "outlet", "year")
NOBODY = ("0", "0", "0")
"""The provenance of the stand-ins."""


def articles(count: int) -> list[dict[str, str]]:
    """So many articles, no two alike."""
    pick = random.Random(7)  # noqa: S311
    rows = []
    for number in range(count):
        headline, body = STORIES[number % len(STORIES)]
        more = pick.choice(STORIES)[1]
        rows.append(
            {
                "id": f"a{number}",
                "title": headline if number % 7 else f"{headline}, again",
                "text": f"{body}\n{more}" if number % 3 and number % 6 != 5 else body,
                "outlet": pick.choice(("Gazette", "Evening Post, The", '"Mercury"')),
                "year": str(2010 + number % 9),
            }
        )
    return rows


def write_csv(path: Path, rows: Sequence[dict[str, str]], **form: Any) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n", **form)
        writer.writeheader()
        writer.writerows(rows)
    return path


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def manifest(output: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(output.with_name(f"{output.name}.manifest.json").read_bytes())
    return found


def rejected(output: Path) -> list[dict[str, Any]]:
    return lines(output.with_name(f"{output.name}.rejected.jsonl"))


def files(folder: Path, stem: str = "out") -> dict[str, bytes]:
    """Everything that a run left in a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob(f"{stem}*")) if path.is_file()}


def alone(work: Work) -> Alone:
    return Alone(work)


def processes(count: int) -> Callable[[Work], Processes]:
    return partial(Processes, count=count)


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "sensational", "corpus", *map(str, arguments)]


def environment() -> dict[str, str]:
    """With standard output buffered, as users have it, whatever the machine of the tests says."""
    fixed = {"PYTHONUTF8": "1", "PYTHONUNBUFFERED": "", "OMP_NUM_THREADS": "1"}
    return {**os.environ, "PYTHONPATH": str(ROOT), **fixed}


def corpus(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs the command."""
    return subprocess.run(
        command(*arguments), cwd=folder, env=environment(), capture_output=True, text=True, encoding="utf-8",
        timeout=120,
    )  # fmt: skip


def asked_for(part: Part, what: str) -> list[Row]:
    return [row for row in part.items if isinstance(row, Row) and what in row.headline]


def stub(part: Part, output: Output) -> Result:
    """A line a row, without the scorer, which takes a process a second to load."""
    table = "".join(f"{item.row}\n" for item in part.items if isinstance(item, Row)).encode()
    gone = tuple(item for item in part.items if isinstance(item, Reject))
    counts = Counts(len(part.items), len(part.items) - len(gone), 0, len(gone))
    return Result(part.number, {"articles": table}, gone, counts, NOBODY)


def deadly(part: Part, output: Output) -> Result:
    """Kills its process over a row that says so, as want of memory would."""
    if asked_for(part, "KILL"):
        os.kill(os.getpid(), signal.SIGKILL)
    return stub(part, output)


def deadly_once(part: Part, output: Output, mark: Path) -> Result:
    """Kills its process the first time it sees a row that says so."""
    if asked_for(part, "KILL") and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return stub(part, output)


def greedy(part: Part, output: Output) -> Result:
    """Fails over more than two rows at once, and over none alone."""
    if len(part.items) > 2:
        raise MemoryError
    return stub(part, output)


def foreign(part: Part, output: Output) -> Result:
    """A worker with another version of the package."""
    return replace(stub(part, output), provenance=("9.9", "", ""))


def slow(part: Part, output: Output, folder: Path) -> Result:
    """Says that it works, and takes its time."""
    (folder / f"begun-{part.number}").touch()
    time.sleep(0.3)
    return stub(part, output)
