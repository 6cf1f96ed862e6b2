"""Wordpieces with their place in the text.

The tokenization of uncased BERT (Devlin et al. 2019): lower case, accents dropped, punctuation apart, then
the longest pieces of the vocabulary from the left. Written here because the ``tokenizers`` library depends on
a client for a model hub, which a tool that works offline should not bring; ``tests/verifier/`` holds the two
against each other.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

LONGEST_WORD = 100
"""A longer run of characters is unknown to BERT's vocabulary as a whole."""
PAD, UNKNOWN, CLS, SEP, MASK = 0, 100, 101, 102, 103
_PLAIN_QUOTES = str.maketrans("‘’‚‛“”„‟", "''''\"\"\"\"")


class Piece(NamedTuple):
    """One wordpiece: its number in the vocabulary and the characters it stands for, ``text[start:end]``."""

    id: int
    start: int
    end: int


@cache
def vocabulary() -> dict[str, int]:
    """The 30,522 wordpieces of all-MiniLM-L6-v2, numbered by their line in ``vocabulary.txt``."""
    lines = (files("sensational.verifier") / "vocabulary.txt").read_text(encoding="utf-8").split("\n")
    return {piece: number for number, piece in enumerate(lines) if piece}


def wordpieces(text: str) -> list[Piece]:
    """The wordpieces of a text, in order; curly and straight quotation marks are the same."""
    found: list[Piece] = []
    at = 0
    for chunk in text.translate(_PLAIN_QUOTES).split():
        at = _find(text, at)
        # Long runs are not remembered: a corpus of them would fill the memory.
        pieces = (_pieces_of if len(chunk) <= LONGEST_WORD else _pieces_of.__wrapped__)(chunk)
        found += [Piece(number, at + start, at + end) for number, start, end in pieces]
        at += len(chunk)
    return found


def _find(text: str, at: int) -> int:
    while text[at].isspace():
        at += 1
    return at


@lru_cache(maxsize=65_536)
def _pieces_of(chunk: str) -> tuple[Piece, ...]:
    """The wordpieces of a run of characters without white space, with places inside it."""
    found: list[Piece] = []
    for start, end in _words(chunk):
        found += _pieces_of_word(chunk[start:end], start)
    return tuple(found)


def _words(chunk: str) -> list[tuple[int, int]]:
    """Where words and single marks stand in a run without white space."""
    found: list[tuple[int, int]] = []
    begin = 0
    for at, character in enumerate(chunk):
        if _stands_alone(character):
            if begin < at:
                found.append((begin, at))
            found.append((at, at + 1))
            begin = at + 1
    if begin < len(chunk):
        found.append((begin, len(chunk)))
    return found


def _stands_alone(character: str) -> bool:
    """Whether BERT sets a character apart: punctuation, ASCII symbols and Chinese characters."""
    if character.isascii():
        return character.isprintable() and not character.isalnum()
    return unicodedata.category(character)[0] == "P" or "\u4e00" <= character <= "\u9fff"


def _pieces_of_word(word: str, at: int) -> list[Piece]:
    known = vocabulary()
    plain = [_plain(character) for character in word]
    letters = "".join(plain)
    places = [at + place for place, text in enumerate(plain) for _ in text]
    if not letters:
        return []
    whole = Piece(UNKNOWN, at, at + len(word))
    if len(letters) > LONGEST_WORD:
        return [whole]
    found: list[Piece] = []
    start = 0
    while start < len(letters):
        prefix = "##" if start else ""
        for end in range(len(letters), start, -1):
            number = known.get(prefix + letters[start:end])
            if number is not None:
                break
        else:
            return [whole]
        found.append(Piece(number, places[start], places[end - 1] + 1))
        start = end
    return found


def _plain(character: str) -> str:
    """A character in lower case without its accents; control characters vanish."""
    if character.isascii() and character.isprintable():
        return character.lower()
    # Unassigned ones ("Cn") stay: a newer Python, with a newer Unicode, knows them as letters or symbols.
    if unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs") or character == "\ufffd":
        return ""
    apart = unicodedata.normalize("NFD", character.lower())
    return "".join(letter for letter in apart if unicodedata.category(letter) != "Mn")
