"""CSV in detail: headers, quotation marks, lines, what is said of a broken row, and where reading goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from sensational.corpus import delimited, opened
from sensational.corpus.delimited import Delimited
from sensational.corpus.errors import CorpusError
from sensational.corpus.opened import Text
from sensational.corpus.rows import Broken

Rows = list[dict[str, str] | Broken]


def table(folder: Path, text: str | bytes, delimiter: str | None = None, quotes: bool = True) -> Delimited:
    path = folder / "in.csv"
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return Delimited(Text(path), "in.csv", delimiter, quotes)


def rows(folder: Path, text: str | bytes, delimiter: str | None = None, quotes: bool = True) -> Rows:
    return list(table(folder, text, delimiter, quotes))


def values(found: Rows) -> list[list[str] | str]:
    return [one.cause if isinstance(one, Broken) else list(one.values()) for one in found]


@pytest.mark.parametrize(
    ("header", "delimiter", "names"),
    [
        ("a,b", ",", ["a", "b"]), ("a;b", ";", ["a", "b"]), ("a\tb", "\t", ["a", "b"]),
        ("a|b", "|", ["a", "b"]),
        ("a;b,c;d", ";", ["a", "b,c", "d"]), ("a;b,c", ",", ["a;b", "c"]), ("a", ",", ["a"]),
        ("a,,b,", ",", ["a", "column_2", "b", "column_4"]),
        (" a , a,a,a_2", ",", ["a", "a_2", "a_3", "a_2_2"]),
        ('"a,b",c', ",", ["a,b", "c"]), ("a|b;c;d", ";", ["a|b", "c", "d"]),
    ],
)  # fmt: skip
def test_headers(tmp_path: Path, header: str, delimiter: str, names: list[str]) -> None:
    found = table(tmp_path, f"{header}\n")
    assert (found.delimiter, found.names) == (delimiter, names)
    assert list(found) == []


def test_a_delimiter_that_is_given_is_taken(tmp_path: Path) -> None:
    assert table(tmp_path, "a,b;c\n1,2;3\n", ";").names == ["a,b", "c"]
    assert values(rows(tmp_path, "a,b;c\n1,2;3\n", ";")) == [["1,2", "3"]]


def test_blank_lines_before_the_header_are_passed(tmp_path: Path) -> None:
    found = table(tmp_path, "\n\r\n\na,b\n1\n")
    assert found.names == ["a", "b"]
    assert list(found) == [Broken("1 field where the header has 2", "1", 5)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "in.csv: it is empty; give a table with a header"),
        (b"\n\n", "in.csv: it is empty; give a table with a header"),
        (
            b'a,"b\n',
            "in.csv: the header cannot be read (a quotation mark is opened and not closed); mend its first "
            "line",
        ),
        (
            b"a,b\r1,2\r",
            "in.csv: the header cannot be read (its lines end in carriage returns alone); mend its first "
            "line",
        ),
        (
            b"a,\xe9\n",
            "in.csv: the header cannot be read (the byte 0xe9 is not UTF-8; if the whole file is like this, "
            "give its --encoding); mend its first line",
        ),
    ],
)  # fmt: skip
def test_headers_that_cannot_be_read(tmp_path: Path, text: bytes, said: str) -> None:
    with pytest.raises(CorpusError) as caught:
        table(tmp_path, text)
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("1,2", ["1", "2"]), (",", ["", ""]), ('"1","2"', ["1", "2"]), ('"1, one","2"', ["1, one", "2"]),
        ('"say ""hi""",2', ['say "hi"', "2"]), ('"",""', ["", ""]), ('"""",2', ['"', "2"]),
        ('a"b,2', ['a"b', "2"]),
        ('"1\n2",3', ["1\n2", "3"]), ('"1\r\n2",3', ["1\r\n2", "3"]), ("1 , 2", ["1 ", " 2"]),
        ('1,"2"', ["1", "2"]),
        ('"a\n\nb","c\n"', ["a\n\nb", "c\n"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_rows_that_are_whole(tmp_path: Path, line: str, cells: list[str], end: str) -> None:
    assert values(rows(tmp_path, f"a,b\n{line}{end}")) == [cells]
    assert values(rows(tmp_path, f"a,b\n{line}\n\n{line}{end}")) == [cells, cells]


def test_without_quotes_a_mark_is_a_character(tmp_path: Path) -> None:
    assert values(rows(tmp_path, 'a,b\n"1,2"\n"x,y\n', quotes=False)) == [['"1', '2"'], ['"x', "y"]]


def test_lines_are_counted_through_rows_of_several(tmp_path: Path) -> None:
    found = rows(tmp_path, 'a,b\n"1\n2",3\nx\n\n"4\n\n5",6\ny,z,w\n')
    assert [one for one in found if isinstance(one, Broken)] == [
        Broken("1 field where the header has 2", 'x "4 5",6 y,z,w', 4),
        Broken("3 fields where the header has 2", "y,z,w", 9),
    ]


def test_excerpts_are_of_the_broken_row_on(tmp_path: Path) -> None:
    [found] = rows(tmp_path, "a,b\n" + "x" * 300 + "\n")
    assert isinstance(found, Broken)
    assert found.text == "x" * 200


def test_text_behind_a_closing_mark(tmp_path: Path) -> None:
    why = "text stands between a closing quotation mark and the end of its field"
    assert values(rows(tmp_path, 'a,b\n"1"x,2\n3,4\n')) == [why, ["3", "4"]]
    assert values(rows(tmp_path, 'a,b\n1,"2"x\n')) == [why]
    assert values(rows(tmp_path, 'a,b\n1,"2"x')) == [why]
    assert values(rows(tmp_path, 'a,b\n"1\n2"x,3\n4,5\n')) == [why, ['2"x', "3"], ["4", "5"]]


def test_a_mark_that_is_never_closed_costs_its_row_alone(tmp_path: Path) -> None:
    why = "a quotation mark is opened and not closed"
    assert values(rows(tmp_path, 'a,b\n"1,2\n3,4\n5,6\n')) == [why, ["3", "4"], ["5", "6"]]
    assert values(rows(tmp_path, 'a,b\n1,"2')) == [why]
    assert values(rows(tmp_path, 'a,b\n1,"2\nso he said, and left\n3,4\n')) == [why, ["3", "4"]]
    found = rows(tmp_path, 'a,b\n"1,2\nnot whole\n3,4\n')
    assert found[0] == Broken(why, '"1,2 not whole 3,4', 2)
    assert found[1:] == [{"a": "3", "b": "4"}]


def test_a_row_of_far_too_many_fields_is_given_up(tmp_path: Path) -> None:
    def cause(fields: int, text: str = "x") -> list[list[str] | str]:
        return values(rows(tmp_path, "a,b\n" + ",".join([text] * fields) + "\n1,2\n"))

    assert cause(66) == ["66 fields where the header has 2", ["1", "2"]]
    assert cause(67) == ["67 fields where the header has 2", ["1", "2"]]
    assert cause(68) == ["more than 66 fields where the header has 2", ["1", "2"]]
    assert cause(500, '"x"') == ["more than 66 fields where the header has 2", ["1", "2"]]


def test_a_byte_that_does_not_belong_breaks_its_row(tmp_path: Path) -> None:
    found = rows(tmp_path, b"a,b\n1,\xff\n\xc3\xa9,2\n")
    assert values(found) == [
        "the byte 0xff is not UTF-8; if the whole file is like this, give its --encoding", ["é", "2"],
    ]  # fmt: skip


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pieces_of_any_size_give_the_same_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    text = 'a,b\r\n"1, ""one""\r\n",2\r\n\r\n"x"y,3\r\n"open,4\n5,6\r\n7,"8"\r\n9,"é\n"'
    whole = rows(tmp_path, text)
    why = "text stands between a closing quotation mark and the end of its field"
    assert values(whole)[:2] == [['1, "one"\r\n', "2"], why]
    assert values(whole)[-1] == ["9", "é\n"]
    monkeypatch.setattr(opened, "_CHARACTERS", size)
    monkeypatch.setattr(opened, "_BYTES", size)
    assert values(rows(tmp_path, text)) == values(whole)


def test_a_line_that_is_too_long_is_passed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "LARGEST_ROW", 3000)
    monkeypatch.setattr(opened, "_CHARACTERS", 500)
    monkeypatch.setattr(opened, "_BYTES", 500)
    long = "y" * 9000
    found = rows(tmp_path, f"a,b\n1,2\n{long}\n3,4\n")
    assert values(found) == [["1", "2"], "the line is longer than 3,000 characters", ["3", "4"]]
    assert isinstance(found[1], Broken)
    assert (found[1].line, set(found[1].text)) == (3, {"y"})
    assert values(rows(tmp_path, f"a,b\n1,2\n{long}")) == [
        ["1", "2"],
        "the line is longer than 3,000 characters",
    ]
    quoted = "".join(f"line {n} without a comma\n" for n in range(400))
    found = rows(tmp_path, f'a,b\n"open\n{quoted}3,4\n')
    assert values(found)[0] == "a quotation mark is opened and not closed"
    assert values(found)[-1] == ["3", "4"]
