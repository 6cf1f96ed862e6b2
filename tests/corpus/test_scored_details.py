"""What is read back of an output, value by value, and what is said of each row that cannot be."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path
from typing import Any

import pytest

from sensational.corpus.scored import (
    OutputError,
    ScoredArticle,
    ScoredTerm,
    Unreadable,
    read_all,
    read_scored,
    rejected_beside,
)

from .scored_samples import line, output

TERM = {
    "text": "storms", "kind": "force", "loaded": True, "loading": 0.5, "support": 0.25, "verdict": "weaker",
    "contribution": 12.5, "evidence": [{"text": "The mayor left."}],
}  # fmt: skip
ARTICLE: dict[str, Any] = {
    "schema_version": "2", "file": "in.csv", "row": 7, "id": "a7", "headline": "Mayor storms out",
    "status": "scored", "reason": None, "divergence": 40.5, "interval": [10.0, 60.0], "loading": 33.0,
    "stance": {"label": "agree"},
    "provenance": {"version": "1", "verifier": "v", "lexicon": "l"}, "columns": {"outlet": "Post"},
    "terms": [TERM],
}  # fmt: skip
READ = ScoredArticle(
    file="in.csv", row=7, id="a7", headline="Mayor storms out", reason=None, divergence=40.5,
    interval=(10.0, 60.0), loading=33.0, stance="agree", columns={"outlet": "Post"},
    terms=(ScoredTerm("storms", "force", True, 0.5, 0.25, "weaker", 12.5, False),),
    made=("1", "v", "l"),
)  # fmt: skip


def read(folder: Path, *rows: Any) -> list[ScoredArticle | Unreadable]:
    return list(
        read_scored(output(folder, [one if isinstance(one, str) else json.dumps(one) for one in rows]))
    )


def changed(**changes: Any) -> dict[str, Any]:
    return {**ARTICLE, **changes}


def one(folder: Path, **changes: Any) -> Any:
    [found] = read(folder, changed(**changes))
    return found


def test_an_article_with_all_it_has(tmp_path: Path) -> None:
    assert read(tmp_path, ARTICLE, "", "  ", ARTICLE) == [READ, READ]


def test_an_article_with_little(tmp_path: Path) -> None:
    bare = {
        "schema_version": "2", "id": None, "headline": None, "status": "not_scored", "reason": None,
        "divergence": None, "interval": None, "loading": None, "stance": None, "terms": [],
        "provenance": {"version": "", "verifier": "", "lexicon": None},
    }  # fmt: skip
    assert read(tmp_path, ARTICLE, bare)[1] == ScoredArticle(
        file="", row=2, id=None, headline="", reason="No reason is given.", divergence=None, interval=None,
        loading=0.0, stance=None, columns={}, terms=(), made=("unknown", "unknown", "unknown"),
    )  # fmt: skip


def test_what_was_not_scored_has_a_reason_and_no_divergence(tmp_path: Path) -> None:
    found = one(tmp_path, status="not_scored", reason="There is no body.", divergence=5.0)
    assert (found.reason, found.divergence) == ("There is no body.", None)
    found = one(tmp_path, status="scored", reason="left over")
    assert (found.reason, found.divergence) == (None, 40.5)
    found = one(tmp_path, divergence="")
    assert found.reason == "The output has no divergence, though it says that it was scored."


def test_another_version_of_the_form_is_refused(tmp_path: Path) -> None:
    said = (
        "{}: it was written in version 1 of the output form, and this release of sensational reads "
        "version 2; score the corpus again"
    )
    of_lines = output(tmp_path, [json.dumps(one) for one in (ARTICLE, changed(schema_version="1"))])
    of_table = table(tmp_path / "old.csv", [{**FLAT, "schema_version": "1"}])
    table(tmp_path / "old.terms.csv", [FLAT_TERM])
    for path in (of_lines, of_table):
        with pytest.raises(OutputError) as caught:
            list(read_scored(path))
        assert str(caught.value) == said.format(path)


@pytest.mark.parametrize("interval", [None, [None, 5.0], [5.0, None], ["", 5.0], [math.nan, 5.0]])
def test_half_an_interval_is_none(tmp_path: Path, interval: Any) -> None:
    assert one(tmp_path, interval=interval).interval is None


def test_the_ends_of_a_scale_are_on_it(tmp_path: Path) -> None:
    found = one(tmp_path, divergence=100, loading=100.0, interval=[0, 100])
    assert (found.divergence, found.loading, found.interval) == (100.0, 100.0, (0.0, 100.0))
    assert one(tmp_path, divergence=0).divergence == 0.0


def test_columns_are_read_as_text(tmp_path: Path) -> None:
    columns = {"a": 1.0, "b": 1.5, "c": None, "d": " x ", "e": math.nan, "f": True, "g": 7}
    assert one(tmp_path, columns=columns).columns == {
        "a": "1", "b": "1.5", "c": "", "d": "x", "e": "", "f": "True", "g": "7",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"status": "half" * 20}, f"status is {('half' * 10)!r}, not scored or not_scored"),
        ({"divergence": 100.01}, "100.01 is not from 0 to 100"),
        ({"divergence": -0.01}, "-0.01 is not from 0 to 100"),
        ({"interval": [0, 101]}, "101 is not from 0 to 100"),
        ({"interval": [-1, 10]}, "-1 is not from 0 to 100"),
        ({"loading": 101}, "101 is not from 0 to 100"),
        ({"terms": [{**TERM, "kind": "x" * 50}]}, f"a term is of the unknown kind {('x' * 40)!r}"),
        ({"terms": [{**TERM, "verdict": "y" * 50}]}, f"a term has the unknown verdict {('y' * 40)!r}"),
        ({"terms": [{**TERM, "loading": 1.5}]}, "1.5 is not from 0 to 1"),
        ({"terms": [{**TERM, "support": -0.5}]}, "-0.5 is not from 0 to 1"),
        ({"terms": [{**TERM, "contribution": 101}]}, "101 is not from 0 to 100"),
        ({"terms": [{**TERM, "evidence": 3}]}, "it is not in the form of an analysis"),
        ({"schema_version": "two"}, "its schema_version is none of ours"),
        ({"terms": 3}, "it is not in the form of an analysis"),
        ({"divergence": "9" * 60}, f"{'9' * 40} is not from 0 to 100"),
    ],
)
def test_what_is_said_of_a_row_that_is_not_in_the_form(
    tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    assert read(tmp_path, ARTICLE, changed(**changes)) == [READ, Unreadable(2, said)]


@pytest.mark.parametrize(
    "name",
    ["schema_version", "interval", "stance", "provenance", "id", "headline", "reason", "loading", "terms"],
)
def test_what_is_missing_is_named(tmp_path: Path, name: str) -> None:
    without = {key: value for key, value in ARTICLE.items() if key != name}
    assert read(tmp_path, without) == [Unreadable(1, f"it has no {name}")]


def test_what_is_no_json_is_said(tmp_path: Path) -> None:
    assert read(tmp_path, "{", "[" * 100_000) == [
        Unreadable(1, "it is not JSON (expecting property name enclosed in double quotes)"),
        Unreadable(2, "it is nested too deeply"),
    ]


def test_a_headline_word_for_word_in_the_body(tmp_path: Path) -> None:
    other, whole = {"text": "The mayor left."}, {"text": "She said: “MAYOR  storms\nout”."}
    terms = [TERM, {**TERM, "evidence": [other, whole]}, {**TERM, "evidence": []}]
    assert [term.verbatim for term in one(tmp_path, terms=terms).terms] == [False, True, False]
    assert not one(tmp_path, terms=terms, headline="").terms[1].verbatim


@pytest.mark.parametrize(
    ("said", "loaded"),
    [(True, True), ("True", True), ("1", True), (1, True), (False, False), ("no", False), (0, False)],
)
def test_whether_a_term_is_loaded(tmp_path: Path, said: Any, loaded: bool) -> None:
    assert one(tmp_path, terms=[{**TERM, "loaded": said}]).terms[0].loaded is loaded


def test_a_term_with_little(tmp_path: Path) -> None:
    bare = {**TERM, "loading": None, "support": None, "verdict": None, "contribution": None}
    assert one(tmp_path, terms=[bare]).terms == (
        ScoredTerm("storms", "force", True, 0.0, None, None, None, False),
    )


# --- tables ----------------------------------------------------------------------------------


def table(path: Path, rows: list[dict[str, Any]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        made = csv.DictWriter(file, list(rows[0]))
        made.writeheader()
        made.writerows(rows)
    return path


FLAT = {
    "schema_version": "2", "file": "in.csv", "row": "7", "id": "a7", "headline": "'=Mayor",
    "status": "scored", "reason": "",
    "divergence": "40.5", "interval_low": "10", "interval_high": "60", "loading": "33", "stance": "agree",
    "version": "1", "verifier": "v", "lexicon": "l", "outlet": "Post", "input_id": "own",
    "input_x": "x", "other_columns": '{"date": 2024.0, "file": "f"}',
}  # fmt: skip
FLAT_TERM = {
    "file": "in.csv", "row": "7", "text": "storms", "kind": "force", "loaded": "True", "loading": "0.5",
    "support": "0.25", "verdict": "weaker", "contribution": "12.5",
}  # fmt: skip


def test_a_table_with_its_terms(tmp_path: Path) -> None:
    rows = [FLAT, {**FLAT, "row": "8", "headline": "b"}, {**FLAT, "row": "9", "other_columns": ""}]
    path = table(tmp_path / "OUT.CSV", rows)
    path = path.rename(tmp_path / "out.csv")
    table(
        tmp_path / "out.terms.csv",
        [FLAT_TERM, {**FLAT_TERM, "text": "b"}, {**FLAT_TERM, "row": "9"}],
    )
    first, second, third = (found for found in read_scored(path) if isinstance(found, ScoredArticle))
    assert first.headline == "=Mayor"
    assert first.columns == {"outlet": "Post", "id": "own", "input_x": "x", "date": "2024", "file": "f"}
    assert [term.text for term in first.terms] == ["storms", "b"]
    assert first.terms[0] == READ.terms[0]
    assert (second.row, second.terms) == (8, ())
    assert [term.text for term in third.terms] == ["storms"]
    assert "date" not in third.columns


def test_a_broken_row_of_a_table(tmp_path: Path) -> None:
    path = table(tmp_path / "out.csv", [{**FLAT, "divergence": "500"}, {**FLAT, "row": "8"}])
    table(tmp_path / "out.terms.csv", [FLAT_TERM, {**FLAT_TERM, "row": "8", "kind": "x"}])
    assert list(read_scored(path)) == [
        Unreadable(1, "500 is not from 0 to 100"),
        Unreadable(2, "a term is of the unknown kind 'x'"),
    ]


def test_a_table_that_is_not_scored_yet_is_said(tmp_path: Path) -> None:
    path = table(tmp_path / "in.csv", [{"headline": "Roof falls in", "body": "The roof fell in."}])
    with pytest.raises(OutputError) as caught:
        list(read_scored(path))
    assert str(caught.value) == f"{path}: this is not scored yet; run `sensational corpus` on it first"


def test_what_is_said_of_tables_that_do_not_fit(tmp_path: Path) -> None:
    path = table(tmp_path / "out.csv", [FLAT])
    with pytest.raises(OutputError) as caught:
        list(read_scored(path))
    assert (
        str(caught.value)
        == f"{path}: the table of its terms is missing; put out.terms.csv in the same folder"
    )
    beside = table(tmp_path / "out.terms.csv", [{**FLAT_TERM, "row": "9"}])
    with pytest.raises(OutputError) as caught:
        list(read_scored(path))
    assert str(caught.value) == (
        f"{beside}: it has terms of row 9 of in.csv, which out.csv has not in that place; the two are not "
        "of one run: write them again"
    )
    for name in ("schema_version", "file", "row", "headline", "status", "divergence"):
        table(path, [{key: value for key, value in FLAT.items() if key != name}])
        with pytest.raises(OutputError) as caught:
            list(read_scored(path))
        assert str(caught.value) == f"{path}: it has no column {name}; give what `sensational corpus` wrote"


def test_what_is_said_of_files(tmp_path: Path) -> None:
    missing, other = tmp_path / "none.jsonl", tmp_path / "out.txt"
    with pytest.raises(OutputError) as caught:
        list(read_scored(missing))
    assert str(caught.value) == (
        f"{missing}: there is no such file; give what `sensational corpus --output` wrote"
    )
    other.write_text("")
    with pytest.raises(OutputError) as caught:
        list(read_scored(other))
    assert str(caught.value) == (
        f"{other}: the ending is not known; give a .jsonl, .csv or .parquet that `sensational corpus` wrote"
    )


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.json", "A.JSONL"])
def test_json_lines_by_any_name(tmp_path: Path, name: str) -> None:
    assert len(list(read_scored(output(tmp_path, [line(1, 2.0)], name)))) == 1


def test_several_outputs_one_after_the_other(tmp_path: Path) -> None:
    paths = [output(tmp_path, [line(n, 2.0)], f"{n}.jsonl") for n in (2, 1)]
    assert [found.row for found in read_all(paths)] == [2, 1]


def test_rejected_rows_are_those_with_something_on_them(tmp_path: Path) -> None:
    path = output(tmp_path, [])
    (tmp_path / "out.jsonl.rejected.jsonl").write_text("a\n\n \nb\n")
    assert rejected_beside(path) == 2
