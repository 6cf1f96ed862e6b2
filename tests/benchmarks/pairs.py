"""How many times as fast one checkout scores as another: two processes that take turns at the same articles.

    python tests/benchmarks/pairs.py BEFORE AFTER [ARTICLES.parquet] [--most 60] [--rounds 10]

BEFORE and AFTER are folders that hold the package (``git worktree add --detach ../before COMMIT`` makes one).
Of each article the best round counts, in time of the processor; bodies as in ``rate.py``. The outputs of
the two are compared as well: a change for speed alone changes none.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from rate import sample

WORKER = """
import json, sys, time
sys.path.insert(0, sys.argv[1])
from sensational.analysis import to_dict
from sensational.scorer import score
for line in sys.stdin:
    headline, body = json.loads(line)
    begin = time.process_time()
    found = score(headline, body)
    seconds = time.process_time() - begin
    print(json.dumps([seconds, to_dict(found) | {"provenance": None}]), flush=True)
"""
TOGETHER = 20
"""So many articles are scored by the one before the other takes its turn."""


def main() -> None:
    """Prints milliseconds an article for each checkout, and how many outputs differ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("table", nargs="?", type=Path)
    parser.add_argument("--most", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=10)
    given = parser.parse_args()
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, str(folder.resolve())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for folder in (given.before, given.after)
    ]
    for title, texts in sample(given.table, given.most).items():
        best = [[float("inf")] * len(texts) for _ in workers]
        outputs = [[""] * len(texts) for _ in workers]
        for _ in range(given.rounds):
            for first in range(0, len(texts), TOGETHER):
                for which, worker in enumerate(workers):
                    for at in range(first, min(len(texts), first + TOGETHER)):
                        assert worker.stdin is not None and worker.stdout is not None  # noqa: PT018
                        worker.stdin.write(json.dumps(texts[at]) + "\n")
                        worker.stdin.flush()
                        seconds, output = json.loads(worker.stdout.readline())
                        best[which][at] = min(best[which][at], seconds)
                        outputs[which][at] = json.dumps(output)
        before, after = map(sum, best)
        differ = sum(one != other for one, other in zip(*outputs, strict=True))
        print(
            f"{title}: {len(texts)} articles, {1000 * before / len(texts):.2f} and "
            f"{1000 * after / len(texts):.2f} ms, {before / after:.2f} times as fast; "
            f"{differ} outputs differ",
            flush=True,
        )
    for worker in workers:
        worker.communicate()


if __name__ == "__main__":
    main()
