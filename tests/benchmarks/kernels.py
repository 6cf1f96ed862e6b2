"""What changes where onnxruntime takes other kernels: on older processors, or in another version.

    python tests/benchmarks/kernels.py ARTICLES.parquet [--count 200] [--cpu Haswell ...] [--python PATH ...]

``--cpu`` names processors that qemu's ``qemu-x86_64`` (Debian: qemu-user) can play, ``--python`` other
Pythons in which sensational is installed, for instance beside another onnxruntime. Each scores the same
articles, cut at 400 words, and is compared with this Python on this processor.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from sensational.analysis import Analysis, Term, from_dict, to_json
from sensational.scorer import score

WORDS = 400


def draw(articles: Path, count: int, file: Path) -> None:
    """Writes some articles, drawn with a fixed seed, as JSON Lines."""
    import pandas

    drawn = pandas.read_parquet(articles, columns=["headline", "body"]).sample(count, random_state=1)
    with file.open("w", encoding="utf-8") as lines:
        for headline, body in drawn.itertuples(index=False):
            lines.write(json.dumps({"headline": headline, "body": " ".join(body.split()[:WORDS])}) + "\n")


def score_all(file: Path, scored: Path) -> None:
    """Scores the articles of a file, one analysis per line."""
    with file.open(encoding="utf-8") as lines, scored.open("w", encoding="utf-8") as out:
        for line in lines:
            article = json.loads(line)
            out.write(to_json(score(article["headline"], article["body"])) + "\n")


def run(command: Sequence[str], file: Path, folder: Path) -> list[Analysis]:
    """Scores the articles in a process of its own."""
    scored = folder / "scored.jsonl"
    subprocess.run(
        [*command, __file__, "--score", str(file), str(scored)], check=True, stderr=subprocess.DEVNULL
    )
    return [from_dict(json.loads(line)) for line in scored.read_text(encoding="utf-8").splitlines()]


def _by_span(analysis: Analysis) -> dict[tuple[int, int], Term]:
    return {(term.start, term.end): term for term in analysis.terms}


def compare(name: str, here: Sequence[Analysis], there: Sequence[Analysis]) -> str:
    """One line: what differs between two runs over the same articles."""
    # A plain term that is supported is not listed: where only one lists a term, its verdict changed.
    pairs = [
        (mine.get(span), theirs.get(span))
        for mine, theirs in ((_by_span(a), _by_span(b)) for a, b in zip(here, there, strict=True))
        for span in {**mine, **theirs}
    ]
    verdicts = sum(one is None or other is None or one.verdict != other.verdict for one, other in pairs)
    support = max(abs((one.support or 0) - (other.support or 0)) for one, other in pairs if one and other)
    divergences = [abs((a.divergence or 0) - (b.divergence or 0)) for a, b in zip(here, there, strict=True)]
    same = sum(to_json(a) == to_json(b) for a, b in zip(here, there, strict=True))
    return (
        f"{name}: {same} of {len(here)} analyses have the same bytes; "
        f"{verdicts} of {len(pairs)} verdicts change; "
        f"largest change of a support {support:.4f}, of a divergence {max(divergences):.2f}; "
        f"divergences that move by a point or more {sum(one >= 1 for one in divergences)}"
    )


def main() -> None:
    """Draws, scores everywhere, compares."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("articles", type=Path, nargs="?")
    asked.add_argument("--count", type=int, default=200)
    asked.add_argument("--cpu", nargs="*", default=[])
    asked.add_argument("--python", nargs="*", default=[])
    asked.add_argument("--score", type=Path, nargs=2, metavar=("FILE", "SCORED"), help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.score:
        score_all(*given.score)
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.jsonl"
        draw(given.articles, given.count, file)
        here = run([sys.executable], file, Path(folder))
        others = {cpu: ["qemu-x86_64", "-cpu", cpu, sys.executable] for cpu in given.cpu}
        others |= {python: [python] for python in given.python}
        for name, command in others.items():
            print(compare(name, here, run(command, file, Path(folder))), flush=True)


if __name__ == "__main__":
    main()
