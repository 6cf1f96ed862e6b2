"""How many articles a second one core scores, beside others' tools on the same bodies, in one process.

    python tests/benchmarks/rate.py [ARTICLES.parquet] [--most 200] [--rounds 3]

Without a table the example articles of ``data/`` are scored over and over. With one, a seeded sample is
scored twice: bodies cut at the first end of a sentence after 370 words, and whole. The tools take turns
with every article, so that what else the machine does weighs on all alike; of each article and tool the
best round counts. The cross-encoder reads the headline beside each sentence of the body in turn, as SummaC
does (Laban et al. 2022), and the sentence vectors read each text alone; both run the shipped verifier, so
that all encoders are of one size. Times are of the processor. The pass of ``re.finditer`` is what the slowest
machine and the fastest have in common: compare ratios, not rates.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

WORDS = 370
"""The mean length of an article in words, as the aims have it."""

Texts = list[tuple[str, str]]
Tool = Callable[[str, str], object]


def sample(table: Path | None, most: int) -> dict[str, Texts]:
    """Headlines and bodies by the name of the set: a seeded sample of a Parquet table, or the examples."""
    if table is None:
        from sensational.reading import read

        read_ones = [read(path) for path in sorted((ROOT / "data").glob("*.txt"))]
        return {
            "examples": [(one.headline, one.body) for one in read_ones * (most // len(read_ones) + 1)][:most]
        }
    import pyarrow.parquet as parquet

    rows = parquet.read_table(table, columns=["headline", "body"]).to_pylist()
    whole = [(row["headline"], row["body"]) for row in random.Random(9).sample(rows, most)]  # noqa: S311
    return {"cut": [(headline, cut(body)) for headline, body in whole], "whole": whole}


def cut(body: str) -> str:
    """A body up to the first end of a sentence after :data:`WORDS` words."""
    from sensational.language.sentences import split_sentences

    words = 0
    for start, end, _ in split_sentences(body):
        words += len(body[start:end].split())
        if words >= WORDS:
            return body[:end]
    return body


def tools() -> dict[str, Tool]:
    """What is timed, by name; ours first, the pass over the words last."""
    from nltk.tokenize import NLTKWordTokenizer
    from nltk.tokenize.punkt import PunktSentenceTokenizer
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    from sensational.language.document import Document
    from sensational.language.sentences import split_sentences
    from sensational.scorer import score
    from sensational.verifier.inputs import ReadBody
    from sensational.verifier.model import judge, read_headline

    def one_by_one(body: str) -> list[Document]:
        return [Document(body[start:end]) for start, end, _ in split_sentences(body)]

    sentences, words, vader = PunktSentenceTokenizer(), NLTKWordTokenizer(), SentimentIntensityAnalyzer()
    word = re.compile(r"\w+")
    return {
        "sensational": score,
        "cross-encoder": lambda headline, body: [
            judge(Document(headline), ReadBody(one)) for one in one_by_one(body)
        ],
        "sentence vectors": lambda headline, body: [
            read_headline(one) for one in [Document(headline), *one_by_one(body)]
        ],
        "VADER": lambda _, body: vader.polarity_scores(body),
        "NLTK's tokenizers": lambda _, body: [words.tokenize(one) for one in sentences.tokenize(body)],
        "re.finditer": lambda _, body: [match.span() for match in word.finditer(body)],
    }


def seconds(named: dict[str, Tool], texts: Texts, rounds: int) -> dict[str, float]:
    """Seconds of the processor for all texts, by tool: the sum over texts of the best round."""
    best = {name: [float("inf")] * len(texts) for name in named}
    for _ in range(rounds):
        for at, (headline, body) in enumerate(texts):
            for name, work in named.items():
                start = time.process_time()
                work(headline, body)
                best[name][at] = min(best[name][at], time.process_time() - start)
    return {name: sum(times) for name, times in best.items()}


def main() -> None:
    """Prints the rates and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", nargs="?", type=Path)
    parser.add_argument("--most", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    named = tools()
    for title, texts in sample(given.table, given.most).items():
        for headline, body in texts[:20]:  # files are read before the clock runs
            named["sensational"](headline, body)
        took = seconds(named, texts, given.rounds)
        length = sum(len(body.split()) for _, body in texts) / len(texts)
        print(f"{title}: {len(texts)} articles of {length:.0f} words")
        for name, all_seconds in took.items():
            rate, ratio = len(texts) / all_seconds, all_seconds / took["sensational"]
            print(f"  {name:18} {rate:9.0f} articles/s   ours is {ratio:7.3f} times as fast", flush=True)


if __name__ == "__main__":
    main()
