"""The share of deciding sentences that the passage holds, by its budget of wordpieces.

    python tests/benchmarks/passage.py ../shared/benchmarks

Every third labelled headline of benchmarks/headlines, over its body at full length; no model is run.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from sensational.language.document import Document
from sensational.training.verifier.examples import headlines
from sensational.verifier.inputs import ReadBody
from sensational.verifier.passage import choose_passage

BUDGETS = (128, 190, 256, 320, 400)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("benchmarks", type=Path)
    examples = headlines(parser.parse_args().benchmarks, ("train", "fit", "test"))[::3]
    bodies: dict[str, ReadBody] = {}
    decisive = dict.fromkeys(BUDGETS, 0)
    some = dict.fromkeys(BUDGETS, 0)
    spent = dict.fromkeys(BUDGETS, 0)
    terms = 0
    for example in examples:
        body = bodies.setdefault(example.body, ReadBody(Document(example.body)))
        headline = Document(example.headline)
        costs = [len(pieces) for pieces in body.pieces]
        wanted = [
            [_sentence(body.document, start) for start, _ in span.evidence]
            for span in example.spans
            if span.evidence
        ]
        terms += len(wanted)
        for budget in BUDGETS:
            chosen = set(choose_passage(headline, body.document, costs, budget))
            spent[budget] += sum(costs[i] for i in chosen)
            decisive[budget] += sum(sentences[0] in chosen for sentences in wanted)
            some[budget] += sum(not chosen.isdisjoint(sentences) for sentences in wanted)
    print(f"{len(examples)} headlines, {terms} terms with a deciding sentence")
    print("budget  wordpieces read  decisive sentence held  one of the deciding held")
    for budget in BUDGETS:
        print(
            f"{budget:6}  {spent[budget] / len(examples):15.0f}"
            f"  {decisive[budget] / terms:22.3f}  {some[budget] / terms:24.3f}"
        )


def _sentence(document: Document, character: int) -> int:
    return max((s.index for s in document.sentences if s.start <= character + 20), default=0)


if __name__ == "__main__":
    main()
