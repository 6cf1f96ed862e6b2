"""Which sentences of a body the verifier reads: those that share rare content words with the headline."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from sensational.language.document import Document, Sentence
from sensational.language.function_words import function_words

BUDGET = 190
"""Wordpieces of the body that are read at most; what others hold: ``docs/how-it-works/verifier.md``."""
LEAD = (0.35, 0.15, 0.15)
"""What the first sentences score beside the words that they share: news puts first what matters."""
FLATTEN = 4
"""Added to the length of a sentence, so that very short ones do not win by one word."""


def choose_passage(
    headline: Document, body: Document, costs: Sequence[int], budget: int = BUDGET
) -> tuple[int, ...]:
    """The numbers of the sentences to read, in the order of the body.

    Sentences score by the content words they share with the headline, each weighted by its rarity in the body
    (as inverse document frequency does for documents), over the root of their length. The best are taken
    until the budget is spent; a sentence that no longer fits is passed over.

    Args:
        headline: the headline.
        body: the body.
        costs: the number of wordpieces of each sentence of the body; one without any is never taken.
        budget: wordpieces to spend; a first sentence longer than this is taken all the same.
    """
    wanted = content_stems(headline)
    held = [content_stems(body, sentence) for sentence in body.sentences]
    number = len(held)
    frequency = Counter(stem for stems in held for stem in stems & wanted)
    rarity = {stem: math.log(1 + number / count) for stem, count in frequency.items()}
    scores = [
        math.fsum(rarity[stem] for stem in stems & wanted) / math.sqrt(FLATTEN + len(stems))
        + (LEAD[i] if i < len(LEAD) else 0.0)
        for i, stems in enumerate(held)
    ]
    chosen: list[int] = []
    spent = 0
    for i in sorted(filter(costs.__getitem__, range(number)), key=lambda i: (-scores[i], i)):
        if not chosen or spent + costs[i] <= budget:
            chosen.append(i)
            spent += costs[i]
    return tuple(sorted(chosen))


def content_stems(document: Document, sentence: Sentence | None = None) -> set[str]:
    """The stems of the words that carry meaning, of a whole text or of one sentence."""
    first, last = (sentence.first, sentence.last) if sentence else (0, len(document.words))
    grammar = function_words()
    return {
        stem
        for word, stem in zip(document.words[first:last], document.stems[first:last], strict=True)
        if word not in grammar
    }
