"""Wordpieces: their places in the text, and that they are those of BERT."""

from __future__ import annotations

import json
import os
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from articles import examples, gold
from hypothesis import given
from hypothesis import strategies as st

from sensational.verifier.wordpieces import LONGEST_WORD, UNKNOWN, Piece, _pieces_of, vocabulary, wordpieces

RECORDED = json.loads((Path(__file__).parent / "wordpieces.json").read_text(encoding="utf-8"))
"""What the ``tokenizers`` library makes of some texts, with curly quotation marks straightened before."""
BASE = "SENSATIONAL_BASE"
LATIN = st.text(st.sampled_from("abcxyzABCéÉüñçøß0189 -'’“”.,!?$%\n\t"), max_size=60)
STRAIGHT = str.maketrans("‘’‚‛“”„‟", "''''\"\"\"\"")


def ids(text: str) -> list[int]:
    return [piece.id for piece in wordpieces(text)]


@given(st.text(st.characters(), max_size=60) | LATIN)
def test_pieces_lie_in_the_text_in_order(text: str) -> None:
    found = wordpieces(text)
    for piece in found:
        assert 0 <= piece.start < piece.end <= len(text)
        assert not any(character.isspace() for character in text[piece.start : piece.end])
    assert [piece.start for piece in found] == sorted(piece.start for piece in found)
    assert [piece.end for piece in found] == sorted(piece.end for piece in found)


@given(LATIN)
def test_a_piece_slices_to_what_the_vocabulary_has(text: str) -> None:
    names = {number: piece for piece, number in vocabulary().items()}
    last = 0
    for piece in wordpieces(text):
        assert last <= piece.start
        last = piece.end
        if piece.id != UNKNOWN:
            apart = unicodedata.normalize("NFD", text[piece.start : piece.end].translate(STRAIGHT).lower())
            plain = "".join(letter for letter in apart if unicodedata.category(letter) != "Mn")
            assert names[piece.id].removeprefix("##") == plain


@given(LATIN)
def test_no_letter_and_no_mark_is_left_out(text: str) -> None:
    covered = {at for piece in wordpieces(text) for at in range(piece.start, piece.end)}
    assert covered == {at for at, character in enumerate(text) if not character.isspace()}


@given(LATIN, LATIN)
def test_texts_with_a_space_between_are_read_apart(one: str, other: str) -> None:
    moved = [Piece(p.id, p.start + len(one) + 1, p.end + len(one) + 1) for p in wordpieces(other)]
    assert wordpieces(f"{one} {other}") == wordpieces(one) + moved


@given(LATIN)
def test_case_and_the_shape_of_marks_tell_nothing(text: str) -> None:
    assert ids(text.translate(STRAIGHT)) == ids(text)
    if text.upper().lower() == text.lower() and len(text.upper()) == len(text):
        assert ids(text.upper()) == ids(text.lower())


def test_accents_are_dropped() -> None:
    assert ids("café Müller") == ids("cafe muller")
    assert wordpieces("cafe\u0301 x")[-1][1:] == (6, 7)


def test_chinese_characters_stand_alone() -> None:
    assert [(piece.start, piece.end) for piece in wordpieces("市议会 no")] == [(0, 1), (1, 2), (2, 3), (4, 6)]


def test_a_word_that_is_too_long_is_unknown_as_a_whole() -> None:
    assert wordpieces("a" * (LONGEST_WORD + 1)) == [Piece(UNKNOWN, 0, LONGEST_WORD + 1)]
    assert UNKNOWN not in ids("a" * LONGEST_WORD)


def test_a_long_run_is_not_remembered() -> None:
    before = _pieces_of.cache_info().currsize
    assert len(wordpieces("a.b" * 50)) == 101
    assert _pieces_of.cache_info().currsize == before


@pytest.mark.parametrize("text", ["", " ", "\n\t \u00a0", "\x00\x07\x1b", "\u200b\u2060"])
def test_nothing_to_read(text: str) -> None:
    assert wordpieces(text) == []


def test_what_nobody_sees_is_passed_over() -> None:
    assert ids("may\u200bor re\u00adsigns") == ids("mayor resigns")


@pytest.mark.parametrize(
    "made",
    [
        lambda n: "a" * n,
        lambda n: "é" * n,
        lambda n: "“" * n,
        lambda n: "a " * (n // 2),
        lambda n: "a-" * (n // 2),
        lambda n: " " * n,
        lambda n: " ".join(map(str, range(n // 6))),
        lambda n: "市" * n,
    ],
)
def test_time_is_linear(made: Callable[[int], str]) -> None:
    def least(length: int) -> float:
        took = []
        for number in range(3):
            text = f"{made(length)}{length}{number}"  # one that was not read before
            begun = time.process_time()
            wordpieces(text)
            took.append(time.process_time() - begun)
        return min(took)

    short, long = least(4_000), least(32_000)
    assert long < max(0.1, 30 * short)  # a linear one takes 8 times as long, a quadratic one 64 times


@pytest.mark.parametrize("row", RECORDED, ids=lambda row: row["text"][:30])
def test_as_the_library_did(row: dict[str, object]) -> None:
    assert [list(piece) for piece in wordpieces(str(row["text"]))] == row["pieces"]


def test_as_the_library_does() -> None:
    """Over real texts, but for damaged characters (U+FFFD), which the library drops and we do not know."""
    base = os.environ.get(BASE)
    if not base:
        pytest.skip(f"WORDPIECES NOT COMPARED WITH THE LIBRARY: set {BASE} to the folder of the base model")
    tokenizers = pytest.importorskip("tokenizers", reason="WORDPIECES NOT COMPARED: no tokenizers")
    library = tokenizers.Tokenizer.from_file(str(Path(base) / "tokenizer.json"))
    library.no_truncation()
    library.no_padding()
    for sample in (*examples(), *gold()):
        for text in (sample.headline, sample.body):
            if "\ufffd" in text:
                continue
            made = library.encode(text.translate(STRAIGHT), add_special_tokens=False)
            wanted = [(number, *place) for number, place in zip(made.ids, made.offsets, strict=True)]
            assert [tuple(piece) for piece in wordpieces(text)] == wanted, sample
