"""Which words of a body are names, told by how the body itself writes them."""

from __future__ import annotations

from functools import lru_cache

from sensational.language.document import Document

_BEGIN = frozenset('“"‘:')  # what follows these begins anew, with a capital


@lru_cache(maxsize=4)
def names_of(body: Document) -> frozenset[str]:
    """The names in a body, in lower case and without a final *'s*.

    A name is a word that the body writes with a capital inside sentences, and never in lower case.
    """
    first = {sentence.first for sentence in body.sentences}
    capital: set[str] = set()
    small: set[str] = set()
    for at, word in enumerate(body.words):
        if not body.text[body.starts[at]].isupper():
            small.add(bare(word))
        elif at not in first and not _BEGIN.intersection(body.gaps[at]):
            capital.add(bare(word))
    return frozenset(capital - small)


def bare(word: str) -> str:
    """A word in lower case without a final *'s*, as :func:`names_of` has it."""
    return word.lower().replace("’", "'").removesuffix("'s")
