"""What comes out: the same in JSON Lines, CSV and Parquet, and nothing that a spreadsheet would run."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pandas
import pyarrow.parquet as parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from test_schema import SCHEMA

from corpus.samples import STORIES, alone, articles, files, lines, write_csv
from sensational import score
from sensational.analysis import VERDICTS, from_dict, to_dict, to_json
from sensational.corpus.cells import protected, unprotected
from sensational.corpus.flat import carried_columns, carried_row
from sensational.corpus.forms import Output
from sensational.corpus.inputs import Settings
from sensational.corpus.part import score_part
from sensational.corpus.rows import Part, Row
from sensational.corpus.run import run


@given(st.text(st.sampled_from("'=+-@|%＝\t\r\n\x001.e "), max_size=8) | st.text(max_size=20))
def test_no_cell_is_a_formula_and_every_cell_comes_back(text: str) -> None:
    cell = protected(text)
    assert unprotected(cell) == text
    if cell.lstrip("\x00\n ")[:1] in tuple("=+-@|%＝\t\r"):
        float(cell)  # a plain number


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("-5.3", "-5.3"),
        ("+1e5", "+1e5"),
        ("'Scared' men", "'Scared' men"),
        ("'=1", "''=1"),
        (" =1", "' =1"),
        ("\n=1", "'\n=1"),
        ("\x00=1", "'\x00=1"),
        ("＝1+1", "'＝1+1"),
        ("%0|cmd", "'%0|cmd"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_cells(text: str, cell: str) -> None:
    assert protected(text) == cell


def test_three_forms_say_the_same(tmp_path: Path) -> None:
    source = write_csv(tmp_path / "in.csv", articles(20))
    for suffix in ("jsonl", "csv", "parquet"):
        run([source], tmp_path / f"out.{suffix}", alone, Settings(rows=6))
    full = lines(tmp_path / "out.jsonl")
    assert len(full) == 20
    table = parquet.read_table(tmp_path / "out.parquet").to_pylist()
    terms = parquet.read_table(tmp_path / "out.terms.parquet").to_pylist()
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    frame = pandas.read_csv(tmp_path / "out.csv")
    for at, (line, row, texts) in enumerate(zip(full, table, cells, strict=True)):
        assert line["columns"] == {name: row[name] for name in ("outlet", "year")}
        for name in ("id", "headline", "status", "reason", "divergence", "loading", "file", "row"):
            assert row[name] == line[name]
        assert row["stance"] == (line["stance"] and line["stance"]["label"])
        assert unprotected(texts["headline"]) == line["headline"]
        assert texts["divergence"] == ("" if line["divergence"] is None else repr(line["divergence"]))
        assert pandas.isna(frame.divergence[at]) == (line["divergence"] is None)
        own = [term for term in terms if (term["file"], term["row"]) == (line["file"], line["row"])]
        assert [term["term"] for term in own] == list(range(1, len(line["terms"]) + 1))
        for term, said in zip(own, line["terms"], strict=True):
            assert term["id"] == line["id"]
            assert (term["text"], term["verdict"], term["loaded"]) == (
                said["text"],
                said["verdict"],
                said["loaded"],
            )
            assert term["also"] == "|".join(said["also"])
            assert term["reason"] == said["reason"]
            chances = {verdict: term[f"p_{verdict}"] for verdict in VERDICTS}
            assert chances == (said["probabilities"] or dict.fromkeys(VERDICTS))
    with (tmp_path / "out.terms.csv").open(encoding="utf-8", newline="") as file:
        assert [unprotected(row["text"]) for row in csv.DictReader(file)] == [term["text"] for term in terms]


def test_each_line_is_the_analysis_and_keeps_to_the_schema(tmp_path: Path) -> None:
    rows = articles(12)
    run([write_csv(tmp_path / "in.csv", rows)], tmp_path / "out.jsonl", alone, Settings(rows=5))
    validator = Draft202012Validator(SCHEMA)
    for row, line in zip(rows, lines(tmp_path / "out.jsonl"), strict=True):
        assert from_dict(line) == score(row["title"], row["text"], row["id"])
        assert [error.message for error in validator.iter_errors(line)] == []


def test_json_is_that_of_the_dataclasses() -> None:
    import json

    analysis = score(*STORIES[2], id="\ud800 \U0001f600 \\ud83d")
    assert json.loads(to_json(analysis)) == {**to_dict(analysis), "id": "\ufffd \U0001f600 \\ud83d"}
    assert to_json(analysis).isascii()
    assert json.loads(to_json(analysis, {"row": 3}))["row"] == 3


def test_a_carried_column_gives_way_to_ours() -> None:
    carried = carried_columns(["loading", "input_loading", "year", "year"], {"year": "integer"}, others=True)
    assert [one.column for one in carried] == [
        "input_loading",
        "input_input_loading",
        "year",
        "other_columns",
    ]
    row = carried_row({"loading": [1], "year": 3, "more": None}, carried)
    assert row == {
        "input_loading": "[1]", "input_input_loading": None, "year": 3, "other_columns": '{"more": null}',
    }  # fmt: skip


def test_a_cell_with_line_ends_is_one_cell() -> None:
    odd = 'one\rtwo\nthree\r\n"four", five'
    (result,) = (score_part(Part(1, (Row("f", 1, odd, *STORIES[0]),), 0), Output("csv", ())),)
    text = result.tables["articles"].decode()
    frame = pandas.read_csv(io.StringIO(text), names=list(Output("csv", ()).kinds("articles")))
    assert frame["id"][0].replace("\r\n", "\n") == odd.replace("\r\n", "\n")
    (row,) = csv.reader(io.StringIO(text, newline=""))
    assert odd in row


@pytest.mark.parametrize("form", ["json_lines", "csv", "parquet"])
def test_odd_texts_are_written(form: str) -> None:
    odd = "\ud800 \0 \r\n \" ' , \u2028 \U0001f600"
    row = Row("f\udcff", 1, odd, f"{STORIES[0][0]} {odd}", STORIES[0][1], {odd: odd})
    result = score_part(Part(1, (row,), 0), Output(form, carried_columns([odd], {})))  # type: ignore[arg-type]
    assert (result.rejected, result.counts.scored) == ((), 1)
    if form == "parquet":
        table = parquet.read_table(io.BytesIO(result.tables["articles"]))
        assert table.to_pylist()[0]["id"] == odd.replace("\ud800", "\ufffd")


def test_a_row_that_cannot_be_written_is_its_own_affair() -> None:
    good = Row("f", 1, None, *STORIES[0], {"year": 1})
    bad = replace(good, row=2, columns={"year": "no number"})
    output = Output("parquet", carried_columns(["year"], {"year": "integer"}))
    result = score_part(Part(1, (good, bad, replace(good, row=3)), 0), output)
    assert [one.row for one in result.rejected] == [2]
    assert "cannot be written" in result.rejected[0].cause
    assert (result.counts.read, result.counts.scored, result.counts.rejected) == (3, 2, 1)


def test_columns_of_several_inputs(tmp_path: Path) -> None:
    one = write_csv(tmp_path / "one.csv", [{"title": "T", "body": "b", "year": "1"}])
    (tmp_path / "two.jsonl").write_text('{"headline": "H", "text": "t", "place": {"a": 1}}\n')
    run([one, tmp_path / "two.jsonl"], tmp_path / "out.parquet", alone)
    rows = parquet.read_table(tmp_path / "out.parquet").to_pylist()
    assert [(row["file"], row["row"], row["year"], row["place"]) for row in rows] == [
        ("one.csv", 1, "1", None),
        ("two.jsonl", 1, None, '{"a": 1}'),
    ]
    assert {name.removeprefix("out.") for name in files(tmp_path)} == {
        "parquet", "terms.parquet", "parquet.manifest.json", "parquet.rejected.jsonl",
    }  # fmt: skip


def test_row_groups_are_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write_csv(tmp_path / "in.csv", articles(30))
    run([source], tmp_path / "out.parquet", alone, Settings(rows=2))
    assert parquet.ParquetFile(tmp_path / "out.parquet").num_row_groups == 1
    monkeypatch.setattr("sensational.corpus.forms._GROUP_ROWS", 8)
    run([source], tmp_path / "out.parquet", alone, Settings(rows=2), overwrite=True)
    assert parquet.ParquetFile(tmp_path / "out.parquet").num_row_groups == 4
