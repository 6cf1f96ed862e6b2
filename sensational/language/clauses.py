"""Where a clause begins and ends, as far as marks and conjunctions tell without a parser."""

from __future__ import annotations

from sensational.language.document import Document
from sensational.lexicon.cues import word_set

_OPENS = word_set("but because although though while whereas unless so yet who which where when after before")
MAX_REACH = 60
"""How many tokens a clause may reach to either side: a line without marks must stay cheap."""


def clause(document: Document, token: int, first: int, last: int) -> tuple[int, int]:
    """The clause around ``token`` as a range of tokens within ``first`` to ``last`` (exclusive)."""
    start = token
    floor = max(first, token - MAX_REACH)
    while start > floor and not _breaks(document, start):
        start -= 1
    return start, clause_end(document, token + 1, last)


def clause_end(document: Document, token: int, last: int) -> int:
    """The first token from ``token`` on with which another clause begins, at most ``last``."""
    end = token
    ceiling = min(last, token + MAX_REACH)
    while end < ceiling and not _breaks(document, end):
        end += 1
    return end


def _breaks(document: Document, token: int) -> bool:
    """Whether a clause begins with ``token``: after a strong mark, or a comma and a conjunction."""
    between = document.gaps[token]
    if between == " ":
        return document.words[token] in {"but", "because", "although", "though", "whereas", "unless"}
    if ";" in between or ":" in between or "—" in between or " – " in between:
        return True
    return "," in between and document.words[token] in _OPENS_AFTER_COMMA


_OPENS_AFTER_COMMA = _OPENS | {
    "and",
    "or",
    "he",
    "she",
    "it",
    "they",
    "we",
    "i",
    "there",
    "with",
    "saying",
    "adding",
}
