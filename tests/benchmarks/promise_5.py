"""Promise 5, as two rates over real articles: another subject changes little, less support does not help.

    python tests/benchmarks/promise_5.py [ARTICLES.parquet] [--most 1000]

A paragraph on another subject is put into each body, somewhere: how often does the divergence change by less
than 3 points? (Aim: 95%.) The sentences that decide its terms are taken away: how often does it fall by more
than 5? (Aim: in fewer than 3 %.) Without the table nothing is measured, and it says so.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

CHANGE, FALL = 3.0, 5.0
"""Points of divergence."""
AIMS = (0.95, 0.03)


def measured(texts: list[tuple[str, str]], seed: int = 5) -> Iterator[tuple[float, float | None]]:
    """For each article that is scored: the change by another subject, and the fall by less support.

    The fall is None where no sentence decides, or where what is left is too little to judge.
    """
    from articles import OTHER_SUBJECTS, has_own_subject, paragraphs, without_sentences

    from sensational.scorer import score

    pick = random.Random(seed)  # noqa: S311
    for headline, body in texts:
        before = score(headline, body)
        others = [one for one in OTHER_SUBJECTS if has_own_subject(one, headline)]
        if before.divergence is None or not others:
            continue
        parts = paragraphs(body)
        parts.insert(pick.randint(0, len(parts)), pick.choice(others))
        after = score(headline, "\n\n".join(parts)).divergence
        if after is None:
            continue
        deciding = {term.evidence[0].sentence for term in before.terms if term.evidence}
        less = score(headline, without_sentences(body, deciding)).divergence if deciding else None
        yield abs(after - before.divergence), None if less is None else before.divergence - less


def main() -> None:
    """Prints the two rates, each with its aim."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("table", nargs="?", type=Path, help="of real articles, columns headline and body")
    parser.add_argument("--most", type=int, default=1000)
    given = parser.parse_args()
    if given.table is None or not given.table.is_file():
        print("PROMISE 5 NOT MEASURED: there are no real articles here; name the Parquet table of them")
        return
    from rate import sample

    found = list(measured(sample(given.table, given.most)["whole"]))
    changes = [change for change, _ in found]
    falls = [fall for _, fall in found if fall is not None]
    little = sum(change < CHANGE for change in changes) / len(changes)
    lower = sum(fall > FALL for fall in falls) / len(falls)
    print(f"a paragraph on another subject changes less than {CHANGE:g} points in {little:.1%} of "
          f"{len(changes):,} articles (aim: {AIMS[0]:.0%} or more)")  # fmt: skip
    print(f"without the deciding sentences it falls by more than {FALL:g} points in {lower:.1%} of "
          f"{len(falls):,} articles (aim: fewer than {AIMS[1]:.0%})")  # fmt: skip


if __name__ == "__main__":
    main()
