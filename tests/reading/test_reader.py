import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sensational.reading import ReadingError, read, read_bytes, read_stream

STORY = b"Bridge shut for repairs\n\nThe bridge was shut on Friday, and nobody in the town could say why.\n"


def test_a_file_and_a_stream_give_the_same(tmp_path: Path) -> None:
    file = tmp_path / "bridge.txt"
    file.write_bytes(STORY)
    article = read(file)
    assert (
        article
        == read(str(file))
        == read_stream(io.BytesIO(STORY), "bridge.txt")
        == read_bytes(STORY, "bridge.txt")
    )
    assert article.id == "bridge.txt"


def test_standard_input() -> None:
    code = "import sensational.reading as r; print(r.read('-').headline)"
    done = subprocess.run([sys.executable, "-c", code], input=STORY, capture_output=True, check=True)
    assert done.stdout.decode().strip() == "Bridge shut for repairs"


def test_plain_text_costs_no_heavy_import() -> None:
    code = (
        "import sys, sensational.reading as r; r.read_bytes(b'Bridge shut\\n\\nIt was shut.', 'a.txt');"
        "print([m for m in ('lxml', 'trafilatura', 'ftfy', 'numpy', 'nltk') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"


def test_what_cannot_be_read(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b" \n\n")
    binary = tmp_path / "a.bin"
    binary.write_bytes(b"\x00\x01\x02" * 50)
    page = tmp_path / "a.html"
    page.write_bytes(b"<html><body></body></html>")
    for path, problem in (
        (empty, "empty"),
        (binary, "not text"),
        (tmp_path, "folder"),
        (tmp_path / "none.txt", "no such file"),
        (page, "no article"),
    ):
        with pytest.raises(ReadingError, match=problem) as caught:
            read(path)
        assert str(caught.value).startswith(str(path))
        assert caught.value.remedy


def test_a_file_larger_than_the_limit(tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    file.write_bytes(b"word " * 1000)
    with pytest.raises(ReadingError, match="larger than"):
        read(file, largest=100)
    with pytest.raises(ReadingError, match="larger than"):
        read_stream(io.BytesIO(b"word " * 1000), "stream", largest=100)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFO on this system")
def test_a_fifo_does_not_block(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    with pytest.raises(ReadingError, match="not a regular file"):
        read(fifo)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no /dev/zero on this system")
def test_a_device_does_not_hang() -> None:
    with pytest.raises(ReadingError, match="not a regular file"):
        read("/dev/zero")


def test_a_name_with_a_null_byte() -> None:
    with pytest.raises(ReadingError):
        read("a\0b")


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "-", ""]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    try:
        article = read_bytes(data, name)
    except ReadingError:
        return
    assert article.headline or article.body
    for text in (article.headline, article.body):
        assert not any(ord(c) < 32 and c != "\n" for c in text)
    assert "\n" not in article.headline
