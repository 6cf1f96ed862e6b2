"""What fuzzing found, each as the small input that broke something."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
from pathlib import Path

import pytest
from targets import web_fetch, web_form

from sensational.corpus.errors import CorpusError
from sensational.corpus.inputs import Settings, find_inputs, read_rows
from sensational.corpus.rows import Reject
from sensational.corpus.scored import OutputError, Unreadable, read_scored
from sensational.reading import read_bytes

SENTENCE = "The mayor left the talks on Tuesday a little early, her office said. "


@pytest.mark.parametrize("character", ["\x01", "&#1;", "&#x1f;", "\x0b", "&#11;", "\ufffe", "&#xffff;"])
def test_a_character_that_no_tree_can_have_behind_a_part_that_is_taken_out(character: str) -> None:
    story = f"<p>{SENTENCE * 6}</p>"
    page = (
        f"<html><body><h1>Mayor leaves talks</h1>{story}<nav>Menu</nav> then {character} this{story}</body>"
    )
    article = read_bytes(page.encode(), "page.html")
    assert article.headline == "Mayor leaves talks"
    assert SENTENCE.strip() in article.body


def test_a_long_attribute_whose_name_no_tree_can_have() -> None:
    page = f'<html><body><h1>Mayor leaves talks</h1><p {{="{"x" * 100_001}">{SENTENCE * 6}</p></body></html>'
    assert SENTENCE.strip() in read_bytes(page.encode(), "page.html").body


@pytest.mark.parametrize(
    ("name", "data", "settings", "why"),
    [
        ("a.csv", b"headline,body\na,b\n", Settings(encoding="utf-16"), "it is not utf-16"),
        ("a.csv.zst", b"headline,body\na,b\n", Settings(), "cut off or damaged"),  # it was zeros without end
    ],
)
def test_a_table_that_is_not_what_it_says(
    name: str, data: bytes, settings: Settings, why: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(CorpusError, match=why):
        find_inputs([path], settings)


def parquet(columns: dict[str, object]) -> bytes:
    import pyarrow
    import pyarrow.parquet

    file = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), file, compression="none")
    return file.getvalue()


def test_a_parquet_table_with_a_name_that_is_no_text(tmp_path: Path) -> None:
    data = parquet({"headline": ["a"], "body": ["b"], "colour": ["c"]}).replace(b"colour", b"col\xffur")
    with pytest.raises(CorpusError, match="cannot be read as Parquet"):
        find_inputs([written(tmp_path, "a.parquet", data)], Settings())


def test_a_parquet_table_with_a_time_of_nowhere(tmp_path: Path) -> None:
    import pyarrow

    when = pyarrow.array([0], pyarrow.timestamp("us", tz="Europe/Nowhere"))
    data = parquet({"headline": ["a"], "body": ["b"], "when": when})
    (source,) = find_inputs([written(tmp_path, "a.parquet", data)], Settings())
    ((row, _),) = read_rows(source, Settings())
    assert isinstance(row, Reject)
    assert "when" in row.cause


@pytest.mark.parametrize(("says", "written"), [(1, b"\x02"), (-3, b"\x05")])
def test_a_parquet_table_with_more_rows_than_it_says(says: int, written: bytes, tmp_path: Path) -> None:
    import pyarrow.parquet

    data = parquet({"headline": ["a"] * 3, "body": ["b"] * 3})
    path = tmp_path / "a.parquet"
    told = 0
    for at in range(data.rindex(b"PAR1") - 1000, len(data)):
        if data[at] == 6:  # 3 as it is written
            path.write_bytes(data[:at] + written + data[at + 1 :])
            with contextlib.suppress(CorpusError, OSError):
                if pyarrow.parquet.ParquetFile(path).metadata.num_rows == says:
                    (source,) = find_inputs([path], Settings())
                    positions = [position for _, position in read_rows(source, Settings())]
                    told += len(positions) == 3
                    assert all(0 <= position <= len(data) for position in positions)
    assert told


def test_an_output_as_parquet_with_a_cell_that_is_no_text(tmp_path: Path) -> None:
    cells = {name: ["Zürich"] for name in ("file", "row", "headline", "status", "divergence")}
    data = parquet(cells).replace("Zürich".encode(), b"Z\xff\xffrich")
    path = written(tmp_path, "out.parquet", data)
    written(tmp_path, "out.terms.parquet", parquet({"file": ["a"], "row": [1]}))
    with pytest.raises(OutputError, match="not Parquet"):
        list(read_scored(path))


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_an_output_whose_packing_is_damaged(tmp_path: Path) -> None:
    packed = gzip.compress(b"{}", mtime=0)[:10] + b"\xff" * 40  # no such block: zlib.error, no OSError
    with pytest.raises(OutputError, match="cannot be read"):
        list(read_scored(written(tmp_path, "out.jsonl.gz", packed)))


def test_a_row_of_an_output_with_a_number_beyond_all_bounds(tmp_path: Path) -> None:
    row = {
        "id": None, "headline": "x", "status": "scored", "reason": None, "divergence": 1, "interval": None,
        "loading": 1, "stance": None, "terms": [], "row": float("inf"),
        "provenance": {"version": "1", "verifier": "2", "lexicon": "3"},
    }  # fmt: skip
    (found,) = read_scored(written(tmp_path, "out.jsonl", json.dumps(row).encode()))
    assert isinstance(found, Unreadable)


def test_other_columns_of_an_output_that_are_no_object(tmp_path: Path) -> None:
    names = "schema_version,file,row,headline,status,divergence,reason,"
    names += "interval_low,interval_high,loading,id,stance"
    cells = "2,in.csv,1,x,scored,1,,,,1,,"
    table = f"{names},other_columns\n{cells},1.5\n{cells},{'[' * 200_000}\n"
    path = written(tmp_path, "out.csv", table.encode())
    written(tmp_path, "out.terms.csv", b"file,row\n")
    assert [type(row) for row in read_scored(path)] == [Unreadable, Unreadable]


@pytest.mark.parametrize(
    "data",
    [
        b"http://example.org/\xff\n",  # the path has a lone surrogate
        b"http://example.org/\nHTTP/1.1 302 Found\r\nLocation: //other.org[\r\n\r\n",
    ],
)
def test_an_address_that_cannot_be_written_and_one_that_leads_nowhere(data: bytes) -> None:
    web_fetch(data)


def test_a_query_with_bytes_that_no_address_has() -> None:
    web_form(b"GET /article/abc/?w=\xbd \n")
