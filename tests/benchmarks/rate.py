"""How many articles a second one core scores, beside NLTK's own sentence and word tokenizers.

    python tests/benchmarks/rate.py [ARTICLES.parquet] [--most 150]

Without a table the example articles of ``data/`` are scored over and over. Times are of the processor.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))


def articles(table: Path | None, most: int) -> list[tuple[str, str]]:
    """Headlines and bodies: a seeded sample of a Parquet table, or the examples."""
    if table is None:
        from sensational.reading import read

        read_ones = [read(path) for path in sorted((ROOT / "data").glob("*.txt"))]
        return [(one.headline, one.body) for one in read_ones * (most // len(read_ones) + 1)][:most]
    import pyarrow.parquet as parquet

    rows = parquet.read_table(table, columns=["headline", "body"]).to_pylist()
    return [(row["headline"], row["body"]) for row in random.Random(9).sample(rows, most)]  # noqa: S311


def rate(work: Callable[[str, str], object], texts: list[tuple[str, str]]) -> float:
    """Articles a second."""
    start = time.process_time()
    for headline, body in texts:
        work(headline, body)
    return len(texts) / (time.process_time() - start)


def main() -> None:
    """Prints both rates and their ratio."""
    from nltk.tokenize import NLTKWordTokenizer
    from nltk.tokenize.punkt import PunktSentenceTokenizer

    from sensational.scorer import score

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("table", nargs="?", type=Path)
    parser.add_argument("--most", type=int, default=150)
    given = parser.parse_args()
    texts = articles(given.table, given.most)
    sentences, words = PunktSentenceTokenizer(), NLTKWordTokenizer()
    rate(score, texts[:20])  # files are read and caches filled before the clock runs
    ours = rate(score, texts)
    theirs = rate(lambda _, body: [words.tokenize(one) for one in sentences.tokenize(body)], texts)
    length = sum(len(body.split()) for _, body in texts) / len(texts)
    print(f"{length:.0f} words an article")
    print(f"ours {ours:.0f} articles/s, NLTK's tokenizers {theirs:.0f}, ratio {ours / theirs:.2f}")


if __name__ == "__main__":
    main()
