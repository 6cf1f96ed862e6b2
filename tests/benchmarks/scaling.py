"""What an article of each length costs: a table that shows time linear in the text.

    python tests/benchmarks/scaling.py [--most 10000000]

The texts are the example articles of ``data/`` over and over, then texts that are hard on one part each.
Times are of the processor, the best of three up to 100 kB.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
HEADLINE = "Premier humiliated as ‘terrified’ dockers flee port in droves over 12,000 job cuts"
HARD = {
    "quotation marks": "“the dockers are terrified of it” ",
    "opening marks": "“the dockers ",
    "numbers": "about 12 of the men or 13 of 400 people in the 5 days ",
    "one sentence of sayings": "the dockers said that he said it was so and ",
    "one sentence of hedges": "the dockers may be in the port ",
    "one sentence of denials": "the dockers story is false and was denied by the ",
    "denials": "The dockers story is a hoax, denied by the man. ",
    "short paragraphs": "The dockers.\n",
    "abbreviations": "the Mr. Dr. U.S. e.g. of ",
    "no space": "a",
    "new lines": "\n",
}


def cost(headline: str, body: str) -> float:
    """Seconds of processor time for one analysis."""
    from sensational.scorer import score

    best = float("inf")
    for _ in range(3 if len(body) <= 100_000 else 1):
        begin = time.process_time()
        score(headline, body)
        best = min(best, time.process_time() - begin)
    return best


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=10_000_000, help="characters of the longest text")
    most = parser.parse_args().most
    sys.path.insert(0, str(ROOT))
    from sensational.reading import read

    articles = "\n\n".join(read(path).body for path in sorted((ROOT / "data").glob("*.txt"))) + "\n\n"
    cost(HEADLINE, articles)  # what is read once is read now
    print(f"{'text':26} {'characters':>11} {'seconds':>9} {'µs a character':>15}")
    for name, unit in {"articles": articles, **HARD}.items():
        length = 1_000
        while length <= (most if name == "articles" else most // 10):
            seconds = cost(HEADLINE, (unit * (length // len(unit) + 1))[:length])
            print(f"{name:26} {length:11,} {seconds:9.4f} {1e6 * seconds / length:15.2f}", flush=True)
            length *= 10


if __name__ == "__main__":
    main()
