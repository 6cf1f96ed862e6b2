"""Words that carry grammar rather than meaning."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from sensational.lexicon.loader import rows


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """The words of ``lexicon/en/function_words.tsv``, in lower case."""
    table = files("sensational.lexicon") / "en" / "function_words.tsv"
    return frozenset(row["word"] for row in rows(table))
