"""A corpus of deliberately broken rows: each is accounted for, and costs no other."""

from pathlib import Path

import pyarrow.parquet as parquet
import pytest

from corpus.samples import STORIES, corpus, files, lines, manifest, rejected

HEADLINE, BODY = STORIES[0][0], STORIES[1][1].replace('"', '""')
SCORED, NOT_SCORED, BROKEN = "scored", "not_scored", None

# Each row as it stands in the file, and what becomes of it. A good row stands between all of them.
ROWS: list[tuple[bytes, str | None]] = [
    (f'r{{}},{HEADLINE},"{BODY}",2020\n'.encode(), SCORED),
    (f'r{{}},"{HEADLINE}","{BODY}\n\nIt goes on,\nand ends here.",2020\n'.encode(), SCORED),
    (f'r{{}},{HEADLINE},"{BODY},2020\n'.encode(), BROKEN),  # never closed
    (f'r{{}},{HEADLINE},"{BODY}" and,2020\n'.encode(), BROKEN),  # closed too early
    (f'r{{}},{HEADLINE},"{BODY}"\n'.encode(), BROKEN),  # a field too few
    (f'r{{}},{HEADLINE},"{BODY}",2020,,\n'.encode(), BROKEN),  # two too many
    (f'r{{}},{HEADLINE},"{BODY}\n\nwith, commas, there",20,20\n'.encode(), BROKEN),  # over several lines
    (f'r{{}},caf\xe9 closes,"{BODY}",2020\n'.encode("latin-1"), BROKEN),  # another encoding
    (f'r{{}},{HEADLINE},"{BODY} \udc80",2020\n'.encode("utf-8", "surrogateescape"), BROKEN),
    (f'r{{}},,"{BODY}",2020\n'.encode(), NOT_SCORED),
    (f"r{{}},{HEADLINE},,2020\n".encode(), NOT_SCORED),
    (f"r{{}},{HEADLINE},NaN,2020\n".encode(), NOT_SCORED),
    (f'r{{}},nan,"{BODY}",2020\n'.encode(), NOT_SCORED),
    (f'same,{HEADLINE},"{BODY}",2020\n'.encode(), SCORED),  # an id that is there twice
    (f'same,{HEADLINE},"{BODY}",2020\n'.encode(), SCORED),
    (f',{HEADLINE},"{BODY}",\n'.encode(), SCORED),  # no id
    (f'r{{}},=HYPERLINK(1),"{BODY}",=1+1\n'.encode(), SCORED),
    (f'r{{}},a\0b {HEADLINE},"{BODY} \0",2020\n'.encode(), SCORED),
    (b"r{},Big," + b"word " * 8_000_000 + b",2020\n", NOT_SCORED),  # 40 MB
    (b'r{},Big,"' + b"word, \n" * 100_000 + b'",2020\n', NOT_SCORED),
    (b"@@@@\n", BROKEN),
    (b'"\n', BROKEN),
    (b",,,\n", NOT_SCORED),
    (f'r{{}},{HEADLINE},"{BODY}",2020\r\n'.encode(), SCORED),
]
GOOD = f'good{{}},"{STORIES[4][0]}","{STORIES[4][1]}",2021\n'.encode()


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("broken")
    content = [b"id,title,text,year\n"]
    for number, (row, _) in enumerate(ROWS):
        content += [row.replace(b"{}", b"%d" % number), b"\n", GOOD.replace(b"{}", b"%d" % number)]
    (folder / "in.csv").write_bytes(b"".join(content))
    ran = corpus("in.csv", "--output", "out.jsonl", "--workers", "2", "--part-rows", "9", folder=folder)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert f"{2 * len(ROWS)} rows read" in ran.stdout
    return folder


def test_every_row_is_accounted_for(done: Path) -> None:
    found = {line["row"]: line["status"] for line in lines(done / "out.jsonl")}
    found |= {one["row"]: BROKEN for one in rejected(done / "out.jsonl")}
    wanted = {2 * number + 1: status for number, (_, status) in enumerate(ROWS)}
    wanted |= {2 * number + 2: SCORED for number in range(len(ROWS))}
    assert found == wanted
    counts = manifest(done / "out.jsonl")["counts"]
    assert sum(counts.pop("reasons").values()) == counts["not_scored"]
    assert counts == {
        "read": len(wanted),
        "scored": sum(status == SCORED for status in wanted.values()),
        "not_scored": sum(status == NOT_SCORED for status in wanted.values()),
        "rejected": sum(status is BROKEN for status in wanted.values()),
    }


def test_good_rows_are_as_if_alone(done: Path) -> None:
    good = [line for line in lines(done / "out.jsonl") if (line["id"] or "").startswith("good")]
    assert [line["id"] for line in good] == [f"good{number}" for number in range(len(ROWS))]
    assert {line["divergence"] for line in good} == {good[0]["divergence"]}


def test_every_rejected_row_says_where_and_why(done: Path) -> None:
    text = (done / "in.csv").read_bytes().split(b"\n")
    for one in rejected(done / "out.jsonl"):
        assert one["file"] == "in.csv"
        begin = text[one["line"] - 1].decode("utf-8", "replace")
        assert one["text"][:1] == begin[:1]
        assert one["cause"]
    causes = [one["cause"] for one in rejected(done / "out.jsonl")]
    assert "3 fields where the header has 4" in causes
    assert "6 fields where the header has 4" in causes
    assert any(cause.startswith("the byte 0xe9 is not UTF-8; ") for cause in causes)


def test_tables_hold_the_same_rows(done: Path) -> None:
    for suffix in ("csv", "parquet"):
        ran = corpus("in.csv", "--output", f"out.{suffix}", "--workers", "2", "--part-rows", "9", folder=done)
        assert (ran.returncode, ran.stderr) == (0, "")
        assert manifest(done / f"out.{suffix}")["counts"] == manifest(done / "out.jsonl")["counts"]
    rows = parquet.read_table(done / "out.parquet", columns=["row"])["row"].to_pylist()
    assert rows == [line["row"] for line in lines(done / "out.jsonl")]
    assert b"\n=" not in (done / "out.csv").read_bytes()
    left = files(done)
    assert left["out.csv.rejected.jsonl"] == left["out.jsonl.rejected.jsonl"]
