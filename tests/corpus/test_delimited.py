"""CSV and TSV: a broken row costs itself and no other, whatever the bytes."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sensational.corpus.delimited import Delimited
from sensational.corpus.errors import CorpusError
from sensational.corpus.opened import Text
from sensational.corpus.rows import Broken

HEADER = b"id,title,text\n"


def read(folder: Path, content: bytes, **form: object) -> list[dict[str, str] | Broken]:
    path = folder / "table.csv"
    path.write_bytes(content)
    text = Text(path, form.pop("encoding", None))  # type: ignore[arg-type]
    try:
        return list(Delimited(text, "table.csv", **form))  # type: ignore[arg-type]
    finally:
        text.close()


def kept(found: list[dict[str, str] | Broken]) -> list[str]:
    """The ids of whole rows, and the first line of broken ones."""
    return [f"line {one.line}" if isinstance(one, Broken) else one["id"] for one in found]


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b'1,"Two ""marks""","one\ntwo\n\nthree"\n2,b,c\n', ["1", "2"]),
        (b"1,a,b\n2,a\n3,a,b,c\n4,a,b\n", ["1", "line 3", "line 4", "4"]),
        (b'1,"never closed,b\n2,a,b\n3,"a","b"\n', ["line 2", "2", "3"]),
        (b'1,"closed" too early,b\n2,a,b\n', ["line 2", "2"]),
        (b'1,a,"never closed\nand so on\n2,a,b\n3,a,b\n', ["line 2", "2", "3"]),
        (b'1,a,"never closed\nThe mayor, who left, said so\n2,"a","b"\n', ["line 2", "2"]),
        (b'1,a,"one\ntwo\nthree",too,many\n2,a,b\n', ["line 2", "2"]),
        (b'1,a 5" pipe,b\n2,a,b\n', ["1", "2"]),
        (b"1,a,caf\xe9\n2,a,b\n", ["line 2", "2"]),
        (b'1,a,"caf\xe9\nmore"\n2,a,b\n', ["line 2", "2"]),
        (b"\n1,a,b\r\n\r\n2,a,b", ["1", "2"]),
        (b"1,a\0b,c\n", ["1"]),
        (b"", []),
    ],
)
def test_rows(content: bytes, wanted: list[str], tmp_path: Path) -> None:
    assert kept(read(tmp_path, HEADER + content)) == wanted


def test_good_rows_after_many_broken_ones(tmp_path: Path) -> None:
    content = b"".join(b'x%d,"open,b\ng%d,"a","b\nc"\n' % (n, n) for n in range(500))
    found = kept(read(tmp_path, HEADER + content))
    assert [one for one in found if one.startswith("g")] == [f"g{n}" for n in range(500)]
    assert len(found) == 1000


@pytest.mark.parametrize(
    "unit", [b'"\n', b'a,"b","c\n', b'"""\n', b'"a""b\n', b'","\n', b'a,b,"c\n', b'"",""\n']
)
def test_work_is_linear(unit: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0
    parsed = Delimited._parsed

    def counted(table: Delimited, start: int, width: int):  # type: ignore[no-untyped-def]
        nonlocal looked
        row = parsed(table, start, width)
        looked += (row.end if row else len(table._text.window)) - start
        return row

    monkeypatch.setattr(Delimited, "_parsed", counted)
    read(tmp_path, HEADER + unit * 4000)
    # Each character is looked at as often as a row has fields at most, and not as often as there are lines.
    assert looked < 4000 * len(unit) * 150


def test_a_large_body_is_one_row(tmp_path: Path) -> None:
    body = "word, " * 7_000_000
    found = read(tmp_path, HEADER + f'1,a,"{body}"\n2,b,c\n'.encode())
    assert kept(found) == ["1", "2"]
    assert isinstance(found[0], dict)
    assert found[0]["text"] == body


def test_a_row_without_end_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sensational.corpus.opened._BYTES", 100)
    monkeypatch.setattr("sensational.corpus.opened._CHARACTERS", 200)
    monkeypatch.setattr("sensational.corpus.delimited.LARGEST_ROW", 1000)
    assert kept(read(tmp_path, HEADER + b"1,a," + b"b" * 5000 + b"\n2,a,b\n")) == ["line 2", "2"]
    long = b'1,a,"' + b"b\n" * 5000 + b'"\n2,a,b\n'
    assert kept(read(tmp_path, HEADER + long))[-1] == "2"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_taken_from_the_header(delimiter: str, tmp_path: Path) -> None:
    content = "id,title,text\n1,a;b,c\n".replace(",", delimiter).encode()
    if delimiter != ";":
        assert kept(read(tmp_path, content)) == ["1"]
    else:
        assert kept(read(tmp_path, content)) == ["line 2"]


def test_without_quotes_marks_are_characters(tmp_path: Path) -> None:
    content = b'id\ttitle\ttext\n1\t"Stop" he said\tb\n2\t"a\tb\n'
    found = read(tmp_path, content, quotes=False)
    assert kept(found) == ["1", "2"]
    assert found[0] == {"id": "1", "title": '"Stop" he said', "text": "b"}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_byte_order_marks(encoding: str, tmp_path: Path) -> None:
    assert read(tmp_path, "id,title,text\n1,Ĉu,b\n".encode(encoding)) == [
        {"id": "1", "title": "Ĉu", "text": "b"}
    ]


def test_a_named_encoding(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "id,title,text\n1,café,b\n".encode("cp1252"), encoding="cp1252")
    assert isinstance(row, dict)
    assert row["title"] == "café"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is empty"),
        (b"\n\n", "it is empty"),
        (b'id,"title,text\n1,a,b\n', "header cannot be read"),
        (b"id,title,text\r1,a,b\r2,a,b\r", "carriage returns alone"),
        (b"PK\x03\x04\0\0\0", "not a text file"),
    ],
)
def test_no_table(content: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=said):
        read(tmp_path, content)


def test_names_of_columns_are_distinct(tmp_path: Path) -> None:
    (row,) = read(tmp_path, b"title,,title,title_2,\n1,2,3,4,5\n")
    assert row == {"title": "1", "column_2": "2", "title_2": "3", "title_2_2": "4", "column_5": "5"}


CELLS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from('",\n\r;\t "'), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3).filter(any), max_size=6), st.sampled_from(",;\t"))
def test_what_csv_writes_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], mark: str
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=mark, lineterminator="\n").writerows([["id", "title", "text"], *rows])
    folder = tmp_path_factory.getbasetemp()
    found = read(folder, text.getvalue().encode("utf-8"), delimiter=mark)
    assert [list(one.values()) for one in found if isinstance(one, dict)] == rows


@given(
    st.lists(st.sampled_from([b'"', b",", b"\n", b"a", b"\r\n", b"\xff", b" ", b"\0", b'""']), max_size=60)
)
@example([b'"', b"\n", b'"', b'"'])
def test_every_byte_is_somebodys_affair(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes]
) -> None:
    """Whatever stands below the header, whole rows stand after it are whole rows still."""
    after = [b'%d,"a","b"\n' % n for n in range(5)]
    content = HEADER + b"".join(pieces) + b"\n" + b"".join(after)
    found = read(tmp_path_factory.getbasetemp(), content)
    starts = [one.line for one in found if isinstance(one, Broken)]
    assert starts == sorted(set(starts), key=lambda line: line or 0)
    whole = [one["id"] for one in found if isinstance(one, dict)]
    # A quotation that was left open may end where the first of them opens one; from the second on all stand.
    assert whole[-4:] == ["1", "2", "3", "4"]


PIECES = [b'"', b",", b"\n", b"a", b"\r\n", b"\xff", b" ", "ü".encode(), b'""']


@given(st.lists(st.sampled_from(PIECES), max_size=60), st.integers(1, 9))
def test_the_window_does_not_show(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes], size: int
) -> None:
    """A row comes out the same wherever the pieces end in which the file is read."""
    content = HEADER + b"".join(pieces)
    folder = tmp_path_factory.getbasetemp()
    wanted = read(folder, content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sensational.corpus.opened._BYTES", size)
        patch.setattr("sensational.corpus.opened._CHARACTERS", size)
        assert [_alike(one) for one in read(folder, content)] == [_alike(one) for one in wanted]


def _alike(row: dict[str, str] | Broken) -> object:
    """What of a broken row does not depend on how much of the file was at hand: all but how it goes on."""
    return (row.cause, row.line) if isinstance(row, Broken) else row
