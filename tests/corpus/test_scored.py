"""Outputs are read back alike from all three forms, and what is wrong with one is said."""

import csv
import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from sensational.corpus.errors import CorpusError
from sensational.corpus.scored import (
    OutputError,
    ScoredArticle,
    Unreadable,
    read_scored,
    rejected_beside,
)

from .scored_samples import line, output

COLUMNS = {"outlet": "=Lantern", "date": "2024-05-01", "stance": "mine"}
LINES = [line(1, 12.5, COLUMNS), line(2, None, COLUMNS), line(3, 0.0, COLUMNS)]


def read(path: Path) -> list[ScoredArticle | Unreadable]:
    return list(read_scored(path))


def articles(path: Path) -> list[ScoredArticle]:
    found = read(path)
    assert not [one for one in found if isinstance(one, Unreadable)]
    return [one for one in found if isinstance(one, ScoredArticle)]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["id", "headline", "body", "outlet", "date", "stance"])
        body = "The mayor left the talks on Tuesday, her office said. She had a train to catch at noon. "
        table.writerow(["a1", "Mayor storms out of talks", body * 2, "=Lantern", "2024-05-01", "mine"])
        table.writerow(["a2", "Mayor leaves", "", "+Post", "2024", ""])
        table.writerow(["a3", "'Quoted' mayor leaves talks", body, "", "", "mine"])
    return path


def test_all_forms_say_the_same(source: Path, tmp_path: Path) -> None:
    from sensational.corpus.engines.alone import Alone
    from sensational.corpus.run import run

    found = {}
    for name in ("out.jsonl", "out.csv", "out.parquet"):
        run([source], tmp_path / name, Alone)
        found[name] = [
            replace(one, terms=tuple(replace(term, verbatim=False) for term in one.terms))
            for one in articles(tmp_path / name)
        ]
    assert found["out.jsonl"] == found["out.csv"] == found["out.parquet"]
    first, second, third = found["out.jsonl"]
    assert first.columns == {"outlet": "=Lantern", "date": "2024-05-01", "stance": "mine"}
    assert (second.divergence, second.columns["outlet"]) == (None, "+Post")
    assert second.reason
    assert third.headline.startswith("'Quoted'")
    assert any(term.loaded for term in first.terms)


def test_json_lines(tmp_path: Path) -> None:
    first, second, third = articles(output(tmp_path, LINES))
    assert (first.row, first.divergence, first.interval) == (1, 12.5, (7.5, 32.5))
    assert (first.terms[0].verdict, first.terms[0].verbatim) == ("weaker", False)
    assert (second.divergence, second.reason) == (None, "There is no body.")
    assert second.terms[0].verdict is None
    assert third.terms[0].verbatim


def test_packed_json_lines(tmp_path: Path) -> None:
    import pyarrow

    plain = articles(output(tmp_path, LINES))
    text = (tmp_path / "out.jsonl").read_bytes()
    (tmp_path / "out.jsonl.gz").write_bytes(gzip.compress(text))
    with pyarrow.output_stream(str(tmp_path / "out.jsonl.zst"), compression="zstd") as file:
        file.write(text)
    assert articles(tmp_path / "out.jsonl.gz") == articles(tmp_path / "out.jsonl.zst") == plain


BROKEN = {
    "not JSON": "{",
    "a list": "[1]",
    "null": "null",
    "too deep": "[" * 100_000,
    "no terms": json.dumps({k: v for k, v in json.loads(LINES[0]).items() if k != "terms"}),
    "out of range": LINES[0].replace('"divergence": 12.5', '"divergence": 1e9'),
    "infinite": LINES[0].replace('"divergence": 12.5', '"divergence": Infinity'),
    "a word": LINES[0].replace('"divergence": 12.5', '"divergence": "much"'),
    "a status": LINES[0].replace('"scored"', '"half"'),
    "a verdict": LINES[0].replace('"weaker"', '"wrong"'),
    "a kind": LINES[0].replace('"force"', '"farce"'),
    "no columns": LINES[0].replace('"columns": {', '"columns": 3, "x": {'),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_row_is_its_own_affair(tmp_path: Path, broken: str) -> None:
    first, second, third = read(output(tmp_path, [LINES[0], BROKEN[broken], LINES[2]]))
    assert isinstance(first, ScoredArticle)
    assert isinstance(third, ScoredArticle)
    assert isinstance(second, Unreadable)
    assert second.row == 2
    assert second.why


@pytest.mark.parametrize("nothing", ["NaN", "null"])
def test_a_divergence_that_is_no_number_is_not_scored(tmp_path: Path, nothing: str) -> None:
    text = LINES[0].replace('"divergence": 12.5', f'"divergence": {nothing}')
    (found,) = articles(output(tmp_path, [text]))
    assert found.divergence is None
    assert found.reason is not None
    assert "no divergence" in found.reason


def test_bytes_that_are_no_text_are_read_on(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(LINES[0].encode() + b"\n\xff\xfe\n\n" + LINES[2].encode() + b"\n")
    assert [type(one).__name__ for one in read(path)] == ["ScoredArticle", "Unreadable", "ScoredArticle"]


def test_what_is_no_output_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no such file"):
        read(tmp_path / "none.jsonl")
    (tmp_path / "out.txt").write_text("x")
    with pytest.raises(OutputError, match="ending"):
        read(tmp_path / "out.txt")
    (tmp_path / "out.csv").write_text("headline,status\n")
    with pytest.raises(CorpusError, match=r"out\.terms\.csv"):
        read(tmp_path / "out.csv")
    (tmp_path / "out.terms.csv").write_text("file,row,text\n")
    assert read(tmp_path / "out.csv") == []
    (tmp_path / "out.csv").write_text("headline,body\na,b\n")
    with pytest.raises(OutputError, match="no column"):
        read(tmp_path / "out.csv")
    (tmp_path / "out.parquet").write_text("no")
    (tmp_path / "out.terms.parquet").write_text("no")
    with pytest.raises(OutputError, match="not Parquet"):
        read(tmp_path / "out.parquet")
    (tmp_path / "out.jsonl.gz").write_bytes(gzip.compress(b"x" * 5000)[:15])
    with pytest.raises(OutputError, match="cannot be read"):
        read(tmp_path / "out.jsonl.gz")


def test_terms_of_another_run_are_noticed(source: Path, tmp_path: Path) -> None:
    from sensational.corpus.engines.alone import Alone
    from sensational.corpus.run import run

    run([source], tmp_path / "out.csv", Alone)
    terms = tmp_path / "out.terms.csv"
    terms.write_text(terms.read_text(encoding="utf-8").replace(",in.csv,", ",other.csv,"), encoding="utf-8")
    with pytest.raises(OutputError, match="not of one run"):
        read(tmp_path / "out.csv")


def test_rejected_rows_are_counted(tmp_path: Path) -> None:
    path = output(tmp_path, LINES)
    assert rejected_beside(path) == 0
    (tmp_path / "out.jsonl.rejected.jsonl").write_text('{"row": 4}\n{"row": 5}\n')
    assert rejected_beside(path) == 2
