"""Parquet that lies about itself: rows or a clear error, and no crash of the library."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from articles import ROOT

from sensational.corpus.errors import CorpusError
from sensational.corpus.inputs import Settings, find_inputs, read_rows
from sensational.corpus.rows import Row

from .payloads import THOROUGH

COUNT = 4_000 if THOROUGH else 170  # of damaged copies of each of three files
SEED = int(os.environ.get("SENSATIONAL_SEED", "1"))


@pytest.mark.skipif(sys.platform == "win32", reason="the memory of a process cannot be bounded there")
def test_damaged_files_are_read_or_refused(tmp_path: Path) -> None:
    script = Path(__file__).with_name("damage_parquet.py")
    done = subprocess.run(
        [sys.executable, str(script), str(COUNT), str(SEED), str(tmp_path)],
        capture_output=True, text=True, timeout=3_000, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])},
    )  # fmt: skip
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, f"it crashed ({done.returncode}) over {said[-1:]}: {done.stderr[-500:]}"
    found = [one for one in said if "rows" in one]
    whole = [one for one in found if one["kind"] == "none"]
    assert [(one["rows"], one["error"]) for one in whole] == [(40, None), (40, None), (6, None)]
    assert [one for one in found if "fault" in one] == []
    damaged = [one for one in found if one["kind"] != "none"]
    assert len(damaged) == 3 * COUNT
    for one in damaged:
        assert one["error"] is None or "in.parquet: " in one["error"] or "in.terms.parquet: " in one["error"]
    kinds = Counter(one["kind"] for one in damaged if one["error"])
    assert len(kinds) == 8, "every kind of damage was noticed at least once"
    print(f"{len(damaged)} damaged files, {sum(kinds.values())} refused")


def test_rows_before_the_damage_are_read(tmp_path: Path) -> None:
    """A row group in the middle is damaged: those before it come out, then the error says after which row."""
    rows = [{"title": f"Town {n} flees", "body": f"Some left the town in {n}. " * 20} for n in range(300)]
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.Table.from_pylist(rows), path, row_group_size=100, compression="none")
    data = bytearray(path.read_bytes())
    at = parquet.ParquetFile(path).metadata.row_group(1).column(0).data_page_offset
    data[at - 40 : at + 40] = b"\xff" * 80
    path.write_bytes(data)
    (source,) = find_inputs([path], Settings())
    read: list[Row] = []

    def take() -> None:
        for row, _ in read_rows(source, Settings()):
            assert isinstance(row, Row)
            read.append(row)

    with pytest.raises(CorpusError, match=r"damaged after row \d+ .*write it again"):
        take()
    assert [row.headline for row in read] == [f"Town {n} flees" for n in range(len(read))]
    assert len(read) >= 64


def test_a_type_that_would_be_unpickled_is_left_alone(tmp_path: Path) -> None:
    """Arrow once made types by unpickling what a file says (CVE-2023-47248)."""
    trap = tmp_path / "opened"
    code = f"cbuiltins\nexec\n(S'open({str(trap)!r}, \"w\")'\ntR.".encode()
    field = pa.field("extra", pa.int64(), metadata={
        b"ARROW:extension:name": b"arrow.py_extension_type", b"ARROW:extension:metadata": code,
    })  # fmt: skip
    schema = pa.schema([pa.field("title", pa.string()), pa.field("body", pa.string()), field])
    table = pa.table({"title": ["Town flees"], "body": ["Some left."], "extra": [1]}, schema=schema)
    parquet.write_table(table, tmp_path / "a.parquet")
    try:
        (source,) = find_inputs([tmp_path / "a.parquet"], Settings())
        list(read_rows(source, Settings()))
    except CorpusError:
        pass
    assert not trap.exists()


def test_names_of_columns_that_are_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.table({"title": ["T"], "body": ["b"], "outlet": ["G"]}), path)
    path.write_bytes(path.read_bytes().replace(b"outlet", b"out\xffet"))
    with pytest.raises(CorpusError, match="it cannot be read as Parquet .*; write it again"):
        find_inputs([path], Settings())


def test_columns_that_are_no_table(tmp_path: Path) -> None:
    table = pa.table([pa.array(["T"]), pa.array(["b"]), pa.array(["c"])], names=["title", "body", "body"])
    parquet.write_table(table, tmp_path / "a.parquet")
    with pytest.raises(CorpusError, match="two columns have the same name; rename one"):
        find_inputs([tmp_path / "a.parquet"], Settings())
    parquet.write_table(pa.table({}), tmp_path / "b.parquet")
    with pytest.raises(CorpusError, match="no column looks like the headline"):
        find_inputs([tmp_path / "b.parquet"], Settings())
    for number, content in enumerate((b"", b"PAR1", b"PAR1PAR1", b"title,body\nT,b\n")):
        (tmp_path / f"c{number}.parquet").write_bytes(content)
        with pytest.raises(
            CorpusError, match=r"c\d.parquet: it cannot be read as Parquet .*; write it again"
        ):
            find_inputs([tmp_path / f"c{number}.parquet"], Settings())
