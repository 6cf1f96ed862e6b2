import codecs
import contextlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational.reading.decoding import decode, tidy
from sensational.reading.errors import ReadingError

TEXT = "Premier ‘rattled’ — café “shut” over 20 € bill\nThe café was shut on Monday.\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        codecs.BOM_UTF8 + TEXT.encode("utf-8"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        TEXT.encode("cp1252"),
    ],
)
def test_encodings(data: bytes) -> None:
    assert decode(data, "a.txt") == TEXT


def test_a_declared_encoding_is_taken() -> None:
    page = '<meta charset="iso-8859-2"><p>Łódź</p>'
    assert "Łódź" in decode(page.encode("iso-8859-2"), "a.html")


@pytest.mark.parametrize("name", ["base64", "rot13", "no-such-thing", "idna", "zip"])
def test_a_declared_encoding_that_is_none(name: str) -> None:
    assert decode(f"charset={name} caf\u00e9".encode("latin-1"), "a").endswith("caf\u00e9")


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 x", b"PK\x03\x04abc", b"\x89PNG\r\n", b"a\0b\0\0c" * 9, bytes(range(256))]
)
def test_what_is_not_text(data: bytes) -> None:
    with pytest.raises(ReadingError, match=r"^a\.bin: .+\. .+\.$"):
        decode(data, "a.bin")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\r\nb\rc\u2028d\u0085e", "a\nb\nc\nd\ne"),
        ("co\u00adop\u200beration", "cooperation"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("a\x00b\x1b[31mc", "a b [31mc"),
        ("cafe\u0301", "café"),
        ("a\u00a0\u2009 b", "a b"),
        ("itâ€™s a â€œtestâ€\x9d", "it’s a “test”"),
        ("cafÃ© shut", "café shut"),
        ("“curly” – ‘quotes’", "“curly” – ‘quotes’"),
        ("lost \ufffd here", "lost \ufffd here"),
        ("\ud800", "\ufffd"),
    ],
)
def test_tidy(before: str, after: str) -> None:
    assert tidy(before) == after


@given(st.text(st.characters(codec=None)))
def test_nothing_unseen_is_left(text: str) -> None:
    result = tidy(text)
    assert all(
        character == "\n" or unicodedata.category(character) not in ("Cc", "Cs") for character in result
    )
    assert not set(result) & set("\u00ad\u200b\u200e\u202e\u2066\ufeff")
    assert unicodedata.is_normalized("NFC", result)
    result.encode("utf-8")


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_reading_error(data: bytes) -> None:
    with contextlib.suppress(ReadingError):
        tidy(decode(data, "x"))
