"""Words that carry grammar rather than meaning."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from sensational.lexicon.loader import rows

JOINING = frozenset(
    "a an the this that these those it its of to in on at by for from with into onto upon amid among after "
    "against before between during near since until toward towards via per as and or but than because "
    "while".split(" ")
)
"""Those that claim nothing alone. None turns a phrase around, as *without*, or belongs to a verb, as *up*."""


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """The words of ``lexicon/en/function_words.tsv``, in lower case."""
    table = files("sensational.lexicon") / "en" / "function_words.tsv"
    return frozenset(row["word"] for row in rows(table))
