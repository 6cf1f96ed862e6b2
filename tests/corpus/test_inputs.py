"""Every form of input, its columns, and what is wrong with it."""

import datetime
import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.samples import articles, write_csv
from sensational.corpus.columns import choose, plain
from sensational.corpus.errors import CorpusError
from sensational.corpus.inputs import Settings, checksum, find_inputs, read_rows, said
from sensational.corpus.part import cut
from sensational.corpus.rows import Reject, Row


def read(path: Path, **settings: Any) -> list[Row | Reject]:
    (source,) = find_inputs([path], Settings(**settings))
    return [row for row, _ in read_rows(source, Settings(**settings))]


def whole(path: Path, **settings: Any) -> list[Row]:
    rows = read(path, **settings)
    assert all(isinstance(row, Row) for row in rows)
    return rows  # type: ignore[return-value]


def json_lines(rows: list[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def zstd(path: Path, content: bytes) -> Path:
    with pa.CompressedOutputStream(str(path), "zstd") as file:
        file.write(content)
    return path


def test_every_form_gives_the_same_rows(tmp_path: Path) -> None:
    rows = articles(12)
    table = write_csv(tmp_path / "a.csv", rows)
    content = table.read_bytes()
    write_csv(tmp_path / "a.tsv", rows, delimiter="\t")
    (tmp_path / "a.jsonl").write_bytes(json_lines(rows))
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(content[:999]) + gzip.compress(content[999:]))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(json_lines(rows)))
    zstd(tmp_path / "one.zst", content[:999])
    zstd(tmp_path / "two.zst", content[999:])
    (tmp_path / "a.csv.zst").write_bytes(
        (tmp_path / "one.zst").read_bytes() + (tmp_path / "two.zst").read_bytes()
    )
    zstd(tmp_path / "a.ndjson.zst", json_lines(rows))
    parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet", row_group_size=5)
    wanted = [
        (n, row["id"], row["title"], row["text"], {"outlet": row["outlet"], "year": row["year"]})
        for n, row in enumerate(rows, 1)
    ]
    paths = sorted(tmp_path.glob("a.*"))
    assert len(paths) == 8
    for path in paths:
        found = [(row.row, row.id, row.headline, row.body, row.columns) for row in whole(path)]
        assert found == wanted, path.name


@pytest.mark.parametrize(
    ("there", "asked", "headline", "body", "id"),
    [
        (("Title", "Text"), (None, None, None), "Title", "Text", None),
        (("title", "headline", "body"), (None, None, None), "headline", "body", None),
        (
            ("article-id", "article_Body", "HEADLINE"),
            (None, None, None),
            "HEADLINE",
            "article_Body",
            "article-id",
        ),
        (("a", "b", "id"), ("a", "b", None), "a", "b", "id"),
        (("headline", "body", "id"), ("body", "headline", None), "body", "headline", "id"),
        (("title", "content", "x"), (None, None, "x"), "title", "content", "x"),
    ],
)
def test_columns(there: Any, asked: Any, headline: str, body: str, id: str | None) -> None:
    columns = choose("x.csv", there, *asked)
    assert (columns.headline, columns.body, columns.id) == (headline, body, id)
    assert set(columns.carried) == set(there) - {headline, body, id}
    for role, name in zip(("headline", "body", "id"), asked, strict=True):
        assert (role in columns.guessed) == (name is None and getattr(columns, role) is not None)


@pytest.mark.parametrize(
    ("there", "asked", "said"),
    [
        (
            ("a", "b"),
            (None, None, None),
            'no column looks like the headline (it has "a", "b"); name it with --headline',
        ),
        (("title", "b"), (None, None, None), "no column looks like the body"),
        (("title", "text"), ("Title", None, None), 'there is no column "Title"; it has "title", "text"'),
        (("title", "text"), ("title", "title", None), "cannot be both"),
    ],
)
def test_columns_that_do_not_do(there: Any, asked: Any, said: str) -> None:
    with pytest.raises(CorpusError) as refused:
        choose("x.csv", there, *asked)
    assert str(refused.value).startswith("x.csv: ")
    assert said in str(refused.value)


def test_guesses_are_said(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", articles(2), delimiter=";")
    (source,) = find_inputs([path], Settings(id="year"))
    assert said(source) == (
        'a.csv (";"): headline = "title" (guessed), body = "text" (guessed), id = "year"; '
        "carried through: id, outlet"
    )


def test_broken_lines_of_json(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = json_lines([{"title": "T", "body": "b"}])
    broken = [
        b'{"title": "T"',
        b"[1]",
        b"nonsense",
        b'{"title": "\xff"}',
        b'{"a": ' + b"[" * 100_000,
        b"1" * 5000,
    ]
    path.write_bytes(good + b"\n".join(broken) + b"\n\n" + good)
    rows = read(path)
    assert [isinstance(row, Row) for row in rows] == [True, *[False] * len(broken), True]
    assert [row.row for row in rows] == list(range(1, len(broken) + 3))
    assert [row.line for row in rows if isinstance(row, Reject)] == list(range(2, len(broken) + 2))
    assert all(row.cause and len(row.text) <= 200 for row in rows if isinstance(row, Reject))


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (float("nan"), ""), ("nan", ""), ("NaN", ""), (1984, "1984"), (1.5, "1.5"), ("Nan", "Nan")],
)
def test_a_cell_as_text(value: Any, text: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(json_lines([{"title": value, "body": "b"}]))
    (row,) = whole(tmp_path / "a.jsonl")
    assert row.headline == text


@pytest.mark.parametrize("value", [True, ["a"], {"a": 1}])
def test_no_text(value: Any, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(json_lines([{"title": "T", "body": value}]))
    (row,) = read(tmp_path / "a.jsonl")
    assert isinstance(row, Reject)
    assert row.cause.startswith('the body ("body") is not text but a ')


def test_ids_are_text(tmp_path: Path) -> None:
    rows = [{"id": value, "title": "T", "body": "b"} for value in (7, "7", None, 1.5, float("nan"), ["x"])]
    (tmp_path / "a.jsonl").write_bytes(json_lines(rows))
    assert [row.id for row in whole(tmp_path / "a.jsonl")] == ["7", "7", None, "1.5", None, '["x"]']


def test_what_json_cannot_say_is_carried_in_words() -> None:
    value = {1: [datetime.date(2024, 5, 1), b"\xff", float("inf"), 2**70, {"a": {3}}]}
    assert plain(value) == {"1": ["2024-05-01", "/w==", None, str(2**70), {"a": "{3}"}]}
    deep: Any = "end"
    for _ in range(100):
        deep = [deep]
    with pytest.raises(ValueError, match="nested"):
        plain(deep)


def test_parquet_rows_that_cannot_be_read(tmp_path: Path) -> None:
    bodies = pa.array([b"good", b"bad \xff", b"good"]).view(pa.string())
    parquet.write_table(pa.table({"title": ["a", "b", "c"], "body": bodies}), tmp_path / "a.parquet")
    rows = read(tmp_path / "a.parquet")
    assert [isinstance(row, Row) for row in rows] == [True, False, True]


def test_parquet_keeps_types_of_numbers(tmp_path: Path) -> None:
    table = pa.table({"title": ["a"], "body": ["b"], "year": [2024], "share": [0.5], "paid": [True],
                      "day": [datetime.date(2024, 5, 1)]})  # fmt: skip
    parquet.write_table(table, tmp_path / "a.parquet")
    (source,) = find_inputs([tmp_path / "a.parquet"], Settings())
    assert dict(source.types) == {"year": "integer", "share": "number", "paid": "boolean"}


@pytest.mark.parametrize("end", ["gz", "zst"])
def test_a_packed_file_that_is_cut_off(end: str, tmp_path: Path) -> None:
    content = json_lines([{"title": f"T{n}", "body": f"{hash((n, 'x'))} " * 20} for n in range(2000)])
    path = tmp_path / f"a.jsonl.{end}"
    if end == "gz":
        path.write_bytes(gzip.compress(content))
    else:
        zstd(path, content)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    rows = read(path)
    good = [row for row in rows if isinstance(row, Row)]
    assert [row.headline for row in good] == [f"T{n}" for n in range(len(good))]
    assert len(good) > 100
    assert isinstance(rows[-1], Reject)
    assert all("cut off" in row.cause or "no JSON" in row.cause for row in rows[len(good) :])  # type: ignore[union-attr]


def test_a_folder_of_articles(tmp_path: Path) -> None:
    for name in ("b.txt", "deep/a.HTML", "deep/c.txt", "notes.doc", "deep/.hidden"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(f"Headline of {name}\n\nA body.", encoding="utf-8")
    (tmp_path / "in" / "gone.txt").symlink_to(tmp_path / "nowhere")
    rows = read(tmp_path / "in")
    assert [row.file for row in rows] == ["in/b.txt", "in/gone.txt", "in/deep/a.HTML", "in/deep/c.txt"]
    assert isinstance(rows[1], Reject)
    assert isinstance(rows[2], Row)
    assert rows[2].id == "deep/a.HTML"


def test_inputs_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        write_csv(tmp_path / folder / "a.csv", articles(2))
    found = find_inputs([tmp_path / "one" / "a.csv", tmp_path / "two" / "a.csv"], Settings())
    assert len({source.label for source in found}) == 2
    assert len({checksum(source) for source in found}) == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", None, "there is no such file"),
        ("a.xlsx", b"PK\x03\x04", "its ending is not one of"),
        ("a.parquet", b"PAR1 and no more", "cannot be read as Parquet"),
        ("a.parquet.gz", b"", "its ending is not one of"),
        ("a.jsonl", b'[{"title": "T", "body": "b"}]', "one JSON array"),
        ("a.jsonl", b"", "it is empty"),
        ("a.csv.gz", b"no gzip", "header cannot be read"),
        ("folder", "folder", "there is no text or HTML file"),
    ],
)
def test_inputs_that_do_not_do(name: str, content: Any, said: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if content == "folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    with pytest.raises(CorpusError) as refused:
        find_inputs([path], Settings())
    assert str(path) in str(refused.value)
    assert said in str(refused.value)
    assert ";" in str(refused.value)  # what was wrong; what to do


@given(st.binary(max_size=200))
def test_every_line_of_json_is_somebodys_affair(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    good = json_lines([{"title": "T", "body": "b"}])
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_bytes(good + content + b"\n" + good)
    rows = read(path, headline="title", body="body")
    assert [row.row for row in rows] == list(range(1, len(rows) + 1))
    assert sum(bool(line.strip()) for line in path.read_bytes().split(b"\n")) >= len(rows) >= 2
    assert isinstance(rows[0], Row)
    assert isinstance(rows[-1], Row)


def test_parts_end_where_the_rows_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sensational.corpus.part.MOST_CHARACTERS", 100)
    rows = [(Row("f", n, None, "", "x" * (150 if n == 4 else 1)), n) for n in range(1, 12)]
    parts = list(cut(rows, 3))
    assert [[item.row for item in part.items] for part in parts] == [
        [1, 2, 3],
        [4],
        [5, 6, 7],
        [8, 9, 10],
        [11],
    ]
    assert [part.number for part in parts] == [1, 2, 3, 4, 5]
    assert parts[-1].read_to == 11
    assert list(cut([], 3)) == []
