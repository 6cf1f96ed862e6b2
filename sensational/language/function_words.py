"""Words that carry grammar rather than meaning."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from sensational.lexicon.loader import rows


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """The words of ``lexicon/en/function_words.tsv``, in lower case."""
    return frozenset(_kinds())


@lru_cache(maxsize=1)
def joining_words() -> frozenset[str]:
    """Those of them that say nothing alone: articles, determiners, prepositions and pronouns."""
    kinds = ("article or determiner", "preposition", "pronoun")
    return frozenset(word for word, kind in _kinds().items() if kind in kinds)


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    table = files("sensational.lexicon") / "en" / "function_words.tsv"
    return {row["word"]: row["reason"] for row in rows(table)}
