"""The small parts of a run by themselves: rows, columns, folders, lock, manifest, parts and progress."""

from __future__ import annotations

import datetime
import io
import json
import math
from pathlib import Path
from typing import Any

import pytest

from sensational.corpus import manifest, progress
from sensational.corpus import part as parts
from sensational.corpus.columns import Columns, as_text, choose, plain, to_row
from sensational.corpus.errors import CorpusError
from sensational.corpus.flat import Carried
from sensational.corpus.folder import article_files, contents
from sensational.corpus.inputs import Input, Settings
from sensational.corpus.lock import Lock
from sensational.corpus.rows import Broken, Counts, Reject, Row, counted, excerpt
from sensational.reading import LARGEST_INPUT

COLUMNS = Columns("title", "text", "id", ("outlet",), ("headline", "body"))

# --- rows ------------------------------------------------------------------------------------


def test_counts_add_up_field_by_field() -> None:
    assert Counts(10, 5, 3, 2) + Counts(100, 50, 30, 20) == Counts(110, 55, 33, 22)
    assert Counts() == Counts(0, 0, 0, 0)
    both = Counts(1, 0, 1, 0, {"a": 1}) + Counts(3, 0, 3, 0, {"b": 1, "a": 2})
    assert both == Counts(4, 0, 4, 0, {"a": 3, "b": 1})


def test_an_excerpt_is_one_short_line() -> None:
    assert excerpt(" a\n b\t c ") == "a b c"
    assert excerpt("x" * 300) == "x" * 200
    assert excerpt(" " * 798 + "ab" + "c") == "ab"  # what lies further in is not looked at


def test_counts_in_words() -> None:
    assert [counted(1, "row"), counted(0, "row"), counted(12000, "row")] == ["1 row", "0 rows", "12,000 rows"]
    assert [counted(1, "entry", "entries"), counted(2, "entry", "entries")] == ["1 entry", "2 entries"]


# --- columns ---------------------------------------------------------------------------------


def test_columns_are_guessed_in_their_order_however_they_are_written() -> None:
    there = ["Text", "TITLE", "Article-ID", "head line", "other"]
    assert choose("in.csv", there, None, None, None) == Columns(
        "head line", "Text", "Article-ID", ("TITLE", "other"), ("headline", "body", "id")
    )
    assert choose("in.csv", there, "TITLE", "other", None) == Columns(
        "TITLE", "other", "Article-ID", ("Text", "head line"), ("id",)
    )
    assert choose("in.csv", ["a", "b"], "a", "b", None) == Columns("a", "b", None, (), ())
    assert choose("in.csv", ["id", "text"], "id", None, None).id is None  # named for another part


@pytest.mark.parametrize(
    ("there", "named", "said"),
    [
        (
            ["text"], (None, None, None),
            'in.csv: no column looks like the headline (it has "text"); name it with --headline',
        ),
        (
            ["title", "x"], (None, None, None),
            'in.csv: no column looks like the body (it has "title", "x"); name it with --body',
        ),
        (["title"], ("nope", None, None), 'in.csv: there is no column "nope"; it has "title"'),
        ([], ("a", None, None), 'in.csv: there is no column "a"; it has none'),
        (["a", "b"], ("a", "a", None), 'in.csv: "a" cannot be both headline and body; name two columns'),
    ],
)  # fmt: skip
def test_columns_that_cannot_be_chosen(there: list[str], named: tuple[Any, Any, Any], said: str) -> None:
    with pytest.raises(CorpusError) as caught:
        choose("in.csv", there, *named)
    assert str(caught.value) == said


def test_only_thirty_columns_are_listed() -> None:
    with pytest.raises(CorpusError) as caught:
        choose("in.csv", [f"c{n}" for n in range(40)], None, None, None)
    assert '"c29")' in str(caught.value)


def test_a_choice_in_words() -> None:
    assert COLUMNS.said() == (
        'headline = "title" (guessed), body = "text" (guessed), id = "id"; carried through: outlet'
    )
    assert (
        Columns("a", "b", None, ("c", "d")).said()
        == 'headline = "a", body = "b", no id; carried through: c, d'
    )
    assert Columns("a", "b", None, ()).said().endswith("carried through: nothing")


def test_a_row_of_values() -> None:
    values = {"title": "Mayor resigns", "text": None, "id": 7, "outlet": "Post", "more": math.nan}
    assert to_row(values, COLUMNS, "in.csv", 3) == Row(
        "in.csv", 3, "7", "Mayor resigns", "", {"outlet": "Post", "more": None}
    )
    assert to_row({"title": 5, "text": 0.5}, Columns("title", "text", None, ()), "f", 1) == Row(
        "f", 1, None, "5", "0.5", {}
    )


def test_values_that_are_no_text_break_a_row() -> None:
    assert to_row({"title": ["a"], "text": "b"}, COLUMNS, "f", 1) == Broken(
        'the headline ("title") is not text but a list', "['a']"
    )
    assert to_row({"title": "a", "text": True}, COLUMNS, "f", 1) == Broken(
        'the body ("text") is not text but a bool', "True"
    )
    deep: Any = "x"
    for _ in range(51):
        deep = [deep]
    assert to_row({"title": "a  b", "text": "", "outlet": deep}, COLUMNS, "f", 1) == Broken(
        "a column is nested more than 50 deep", "a b"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "a"), ("nan", ""), ("NaN", ""), ("NAN", "NAN"), (None, ""), (math.nan, ""), (3, "3"),
        (1.5, "1.5"), (True, None), ([], None), ({}, None), (b"x", None),
    ],
)  # fmt: skip
def test_cells_as_text(value: Any, text: str | None) -> None:
    assert as_text(value) == text


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, None), (True, True), ("a", "a"), (2**63 - 1, 2**63 - 1), (2**63, str(2**63)),
        (-(2**63), -(2**63)), (-(2**63) - 1, str(-(2**63) - 1)), (10**500, "1" + "0" * 399), (0.5, 0.5),
        (math.inf, None), (math.nan, None), (datetime.date(2024, 5, 1), "2024-05-01"),
        (datetime.datetime(2024, 5, 1, 12), "2024-05-01T12:00:00"),
        (datetime.time(9, 30), "09:30:00"), (b"ab", "YWI="),
        ({1: (b"ab", [math.inf])}, {"1": ["YWI=", [None]]}),
        (1j, "1j"),
    ],
)  # fmt: skip
def test_values_as_json_can_say_them(value: Any, said: Any) -> None:
    assert plain(value) == said
    assert type(plain(value)) is type(said)


def test_fifty_deep_is_carried_and_deeper_is_not() -> None:
    deep: Any = 1
    for _ in range(50):
        deep = {"a": deep}
    assert plain(deep)
    for one in ([deep], {"b": deep}):
        with pytest.raises(ValueError, match="more than 50 deep"):
            plain(one)


# --- folders and files -----------------------------------------------------------------------


def test_the_files_of_a_folder_in_order(tmp_path: Path) -> None:
    for name in ("b/z.TXT", "b/a.html", "a/x.htm", "c.text", "B.xhtml", "note.pdf", "d.shtml", "txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    found = [path.relative_to(tmp_path).as_posix() for path in article_files(tmp_path)]
    assert found == ["B.xhtml", "c.text", "d.shtml", "a/x.htm", "b/a.html", "b/z.TXT"]


def test_what_a_file_holds_or_why_not(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"abc")
    assert contents(path) == b"abc"
    assert contents(tmp_path) == Broken("it is not a regular file", tmp_path.name)
    assert contents(tmp_path / "b.txt") == Broken(
        "the file cannot be read (No such file or directory)", "b.txt"
    )
    with path.open("r+b") as file:
        file.truncate(LARGEST_INPUT + 1)
    assert contents(path) == Broken(f"the file is larger than {LARGEST_INPUT // 2**20} MiB", "a.txt")
    with path.open("r+b") as file:
        file.truncate(LARGEST_INPUT)
    found = contents(path)
    assert isinstance(found, bytes)
    assert len(found) == LARGEST_INPUT


def test_one_output_has_one_writer(tmp_path: Path) -> None:
    import os

    path = tmp_path / "lock"
    with Lock(path) as first:
        assert isinstance(first, Lock)
        assert path.read_text() == f"{os.getpid()}\n"
        with pytest.raises(CorpusError) as caught, Lock(path):
            pass
        assert str(caught.value) == (
            f"another run (process {os.getpid()}) is writing to this output; wait for it, or choose another "
            "--output"
        )
        path.write_text("")
        with pytest.raises(CorpusError, match=r"process unknown"), Lock(path):
            pass
    path.write_text("999999999999\n")
    with Lock(path):
        assert path.read_text() == f"{os.getpid()}\n"


# --- the manifest ----------------------------------------------------------------------------


def described(**changes: Any) -> dict[str, Any]:
    source = Input(Path("in.csv"), "in.csv", "delimited", 123, COLUMNS, delimiter=",")
    folder = Input(Path("pages"), "pages", "pages", 9)  # type: ignore[arg-type]
    fields: dict[str, Any] = {
        "inputs": [source, folder], "checksums": ["aa", "bb"],
        "settings": Settings(encoding="utf-8", quotes=True, rows=50), "form": "csv",
        "carried": [Carried("outlet", "outlet", "text")], "provenance": ("1", "ver", "lex"),
    }  # fmt: skip
    return manifest.describe(**{**fields, **changes})


def test_changed_settings_inputs_and_package_are_named() -> None:
    old = described()
    assert manifest.differences(old, described()) == []
    assert manifest.differences(None, old) == ["its manifest (it cannot be read)"]
    assert manifest.differences([], old) == ["its manifest (it cannot be read)"]
    assert manifest.differences({**old, "manifest": "sensational corpus manifest 1"}, old) == [
        "the version of the package (another one wrote its manifest)"
    ]
    assert manifest.differences(old, described(form="jsonl")) == [
        "the setting (output: it was 'csv', now it is 'jsonl')"
    ]
    assert manifest.differences(old, described(provenance=("2", "other", "lex"))) == [
        "the package (version: it was '1', now it is '2')",
        "the package (verifier: it was 'ver', now it is 'other')",
    ]
    assert manifest.differences(
        old, described(settings=Settings(encoding="utf-8", quotes=True, rows=60))
    ) == ["the setting (rows of a part: it was 50, now it is 60)"]
    assert manifest.differences(old, described(checksums=["aa", "cc"])) == ["the content of pages"]
    assert manifest.differences(old, described(inputs=described_inputs(), checksums=["aa"])) == [
        "the list of inputs",
        "the columns of in.csv",
    ]
    assert manifest.differences({**old, "settings": {}, "provenance": {}}, old)[0] == (
        "the package (version: it was None, now it is '1')"
    )


def described_inputs() -> list[Input]:
    other = Columns("title", "text", None, ("outlet",), ())
    return [Input(Path("in.csv"), "in.csv", "delimited", 123, other, delimiter=",")]


def test_a_manifest_holds_all_that_decides_the_bytes() -> None:
    assert described() == {
        "manifest": "sensational corpus manifest 2",
        "provenance": {"version": "1", "verifier": "ver", "lexicon": "lex"},
        "settings": {
            "output": "csv", "encoding": "utf-8", "quotes": True, "rows_of_a_part": 50,
            "characters_of_a_part": 2_000_000,
        },
        "inputs": [
            {
                "name": "in.csv", "form": "delimited", "bytes": 123, "sha256": "aa", "delimiter": ",",
                "columns": {"headline": "title", "body": "text", "id": "id", "carried": ["outlet"]},
            },
            {
                "name": "pages", "form": "pages", "bytes": 9, "sha256": "bb", "delimiter": None,
                "columns": None,
            },
        ],
        "carried": {"outlet": "outlet"},
    }  # fmt: skip


def test_a_manifest_is_written_and_read(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    assert manifest.read(path) is None
    path.write_bytes(b"{")
    assert manifest.read(path) == {}
    assert manifest.as_bytes({"a": "é"}) == b'{\n "a": "\\u00e9"\n}\n'
    path.write_bytes(manifest.as_bytes(described()))
    assert manifest.read(path) == json.loads(json.dumps(described()))
    with pytest.raises(ValueError, match="JSON"):
        manifest.as_bytes({"a": math.nan})


# --- parts -----------------------------------------------------------------------------------


def test_parts_end_at_so_many_rows_or_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_CHARACTERS", 10)
    rows: list[tuple[Row | Reject, int]] = [
        (Row("f", 1, None, "abc", "defg"), 5), (Reject("f", 2, None, "x", "y" * 50), 9),
        (Row("f", 3, None, "", "", page=b"abc"), 20), (Row("f", 4, None, "a", "b"), 30),
        (Row("f", 5, None, "a", "b"), 31), (Row("f", 6, None, "a", "b"), 32),
        (Row("f", 7, None, "a", "b"), 40),
    ]  # fmt: skip
    found = [(one.number, [item.row for item in one.items], one.read_to) for one in parts.cut(rows, 3)]
    assert found == [(1, [1, 2, 3], 20), (2, [4, 5, 6], 32), (3, [7], 40)]
    found = [(one.number, [item.row for item in one.items], one.read_to) for one in parts.cut(rows, 100)]
    assert found == [(1, [1, 2, 3], 20), (2, [4, 5, 6, 7], 40)]
    monkeypatch.setattr(parts, "MOST_CHARACTERS", 8)
    assert [len(one.items) for one in parts.cut(rows[3:], 100)] == [4]
    assert list(parts.cut([], 3)) == []


# --- progress --------------------------------------------------------------------------------


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_line_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(progress.time, "monotonic", clock)
    stream = io.StringIO()
    shown = progress.Progress(stream)
    shown.start(1000, Counts(50, 40, 5, 5), 100)
    for seconds, rows, read_to in ((59.0, 60, 200), (60.0, 650, 400), (119.0, 700, 450), (160.0, 1050, 550)):
        clock.now = 100.0 + seconds
        shown.show(Counts(rows, rows - 10, 6, 4), read_to)
    shown.stop()
    assert stream.getvalue().splitlines() == [
        "sensational: 650 rows, 10/s, 2 min left; 640 scored, 6 not scored, 4 rejected",
        "sensational: 1,050 rows, 6/s, 3 min left; 1,040 scored, 6 not scored, 4 rejected",
    ]


def test_nothing_done_has_no_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(progress.time, "monotonic", clock)
    stream = io.StringIO()
    shown = progress.Progress(stream, every=0.0)
    shown.start(0, Counts(), 0)
    shown.show(Counts(), 0)
    clock.now += 2
    shown.show(Counts(4, 4, 0, 0), 0)
    assert stream.getvalue().splitlines() == [
        "sensational: 0 rows, 0/s; 0 scored, 0 not scored, 0 rejected",
        "sensational: 4 rows, 2/s; 4 scored, 0 not scored, 0 rejected",
    ]


def test_a_terminal_gets_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    stream = Terminal()
    shown = progress.Progress(stream)
    shown.start(200, Counts(), 0)
    shown.show(Counts(7, 6, 1, 0), 50)
    shown.stop()
    shown.stop()
    assert "6 scored, 1 not scored, 0 rejected" in stream.getvalue()
    assert "25%" in stream.getvalue()
    assert "sensational:" not in stream.getvalue()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-3, "0 s"), (0.4, "0 s"), (99.4, "99 s"), (100, "2 min"), (720, "12 min"), (5969, "99 min"),
        (5999, "1 h 40 min"), (12000, "3 h 20 min"),
    ],
)  # fmt: skip
def test_durations_in_words(seconds: float, words: str) -> None:
    assert progress.duration(seconds) == words
