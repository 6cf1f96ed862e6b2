"""Where the time of an analysis goes: the share of each stage and of the dearest functions.

    python tests/benchmarks/stages.py [ARTICLES.parquet] [--most 400]

By looking, a thousand times a second, at what is being done, from a thread of its own: the model's runtime
lets it look while it works. A profiler that counts calls makes many small functions look dearer than they
are.
"""

from __future__ import annotations

import argparse
import sys
import threading
from collections import Counter
from pathlib import Path

from rate import ROOT, sample

PACKAGE = ROOT / "sensational"


def main() -> None:
    """Prints shares: of a function with all that it calls, and of its own lines alone."""
    from sensational.scorer import score

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", nargs="?", type=Path)
    parser.add_argument("--most", type=int, default=400)
    given = parser.parse_args()
    texts = next(iter(sample(given.table, given.most).values()))
    inside: Counter[str] = Counter()
    own: Counter[str] = Counter()

    def look() -> None:
        names = []
        frame = sys._current_frames()[threading.main_thread().ident or 0]
        while frame is not None:
            path = Path(frame.f_code.co_filename)
            if path.is_relative_to(PACKAGE):
                names.append(f"{path.relative_to(PACKAGE).with_suffix('')}.{frame.f_code.co_name}")
            frame = frame.f_back
        own.update(names[:1])
        inside.update(set(names))

    for headline, body in texts[: given.most // 4]:  # files are read before the clock runs
        score(headline, body)
    done = threading.Event()

    def keep_looking() -> None:
        while not done.wait(0.001):
            look()

    sys.setswitchinterval(0.0005)
    watcher = threading.Thread(target=keep_looking)
    watcher.start()
    for headline, body in texts:
        score(headline, body)
    done.set()
    watcher.join()
    total = own.total()
    print(f"{total} looks at {len(texts)} articles\n with calls    alone")
    for name, count in inside.most_common(60):
        print(f"{count / total:10.1%} {own[name] / total:8.1%}  {name}")


if __name__ == "__main__":
    main()
