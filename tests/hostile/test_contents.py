"""What is in files: a clear error that names file and row, and no good row lost."""

import bz2
import gzip
import io
import json
import lzma
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from corpus.samples import alone
from corpus.scored_samples import line

from sensational.cli import as_json
from sensational.corpus.errors import CorpusError
from sensational.corpus.inputs import Settings, find_inputs, read_rows
from sensational.corpus.rows import Reject, Row
from sensational.corpus.run import run as run_corpus
from sensational.corpus.scored import ScoredArticle, Unreadable, read_scored
from sensational.reading import ReadingError, read_bytes
from sensational.scorer import score_article

from .payloads import THOROUGH

BIG = 1_000_000 if THOROUGH else 300_000
SECONDS = 120.0  # each takes a few; so much for a machine that is busy
TITLE = "Town flees record flood"
BODY = (
    "Some families left the town on Monday because the river was high, the council said. The water fell "
    "again in the night, and all of them came back to their houses."
)


# ---- single articles


def _zip(name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"\0" * BIG)
    return file.getvalue()


def _page(inside: str, head: str = "") -> bytes:
    above = f"<!doctype html><html><head><title>{TITLE}</title>{head}</head><body><h1>{TITLE}</h1>"
    return f"{above}{inside}</body></html>".encode()


LAUGHS = "<!DOCTYPE html [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)
) + "]>"  # fmt: skip
OUTSIDE = (
    "<!DOCTYPE html [<!ENTITY e SYSTEM 'file:///etc/passwd'><!ENTITY % p SYSTEM 'http://127.0.0.1:9/x'>%p;]>"
)
P = f"<p>{BODY}</p>" * 3
LD = "<script type='application/ld+json'>"
STATED = {"@type": "NewsArticle", "headline": {"a": 1}, "articleBody": [1], "publisher": [[]],
          "datePublished": float("nan")}  # fmt: skip


def _said(charset: str, more: str = "") -> bytes:
    """A page that says an encoding, and is of none."""
    page = _page(f"{P}<p>{more}</p>", f"<meta charset={charset}>")
    return page.replace(b"council", b"counc\xefl")


ARTICLES: dict[str, tuple[str, bytes]] = {
    "zip": ("a.txt", _zip("a.txt")),
    "workbook": ("a.xlsx", _zip("xl/workbook.xml")),
    "document": ("a.docx", _zip("word/document.xml")),
    "gzip bomb": ("a.txt", gzip.compress(b"\0" * BIG)),
    "bzip2 bomb": ("a.txt", bz2.compress(b"a" * BIG)),
    "xz bomb": ("a.txt", lzma.compress(b"a" * BIG)),
    "zstd bomb": ("a.txt", pa.compress(b"a" * BIG, "zstd", asbytes=True)),
    "seven zip": ("a.txt", b"7z\xbc\xaf\x27\x1c" + bytes(range(256)) * 20),
    "Parquet as text": ("a.txt", b"PAR1" + b"\x15\x04\x15\x00" * 999 + b"PAR1"),
    "pickle as text": ("a.txt", b"cos\nsystem\n(S'touch opened'\ntR."),
    "laughs": ("a.html", LAUGHS.encode() + _page(f"<p>&a11;</p>{P}")),
    "laughs, XHTML": ("a.xhtml", b"<?xml version='1.0'?>" + LAUGHS.encode() + _page(f"<p>&a11;</p>{P}")),
    "external entity": ("a.html", OUTSIDE.encode() + _page(f"<p>&e;</p>{P}")),
    "external entity, XHTML": (
        "a.xhtml",
        b"<?xml version='1.0'?>" + OUTSIDE.encode() + _page(f"<p>&e;</p>{P}"),
    ),
    "inclusion": ("a.html", _page("<xi:include href='file:///etc/passwd' parse='text'/>" + P)),
    "frames": (
        "a.html",
        _page("<iframe src='/etc/passwd'></iframe><object data='/etc/passwd'></object>" + P),
    ),
    "drawing": ("a.svg", f"<svg onload='x()'><script>x()</script>{P}</svg>".encode()),
    "drawing in a page": ("a.html", _page(f"<svg onload=x()><foreignObject>{P}</foreignObject></svg>{P}")),
    "nested": ("a.html", _page("<div>" * (BIG // 50) + P)),
    "nested in spans": ("a.html", _page("<p>" + "<span><b>" * (BIG // 100) + BODY)),
    "many elements": ("a.html", _page("<p>x</p>" * (BIG // 20) + P)),
    "unclosed tables": ("a.html", _page("<table><tr><td>" * (BIG // 400) + P)),
    "unclosed formatting": ("a.html", _page("<a><b><i><u>" * 3_000 + P)),
    "long attribute": ("a.html", _page(f"<p title='{'x' * BIG}'>{BODY}</p>{P}")),
    "many attributes": (
        "a.html",
        _page("<p " + " ".join(f"a{n}=1" for n in range(BIG // 100)) + f">{BODY}</p>{P}"),
    ),
    "long word": ("a.html", _page(f"<p>{'x' * BIG}</p>{P}")),
    "less-thans": ("a.html", _page("<" * (BIG // 10) + P)),
    "comments": ("a.html", _page("<!--" * (BIG // 50) + P)),
    "end of a comment missing": ("a.html", _page(P + "<!--" + P)),
    "characters that are none": (
        "a.html",
        _page(f"<p>&#0;&#1;&#x110000;&#xD800;&#xFFFE;&#9999999999;&bogus;</p>{P}"),
    ),
    "statement nested": ("a.html", _page(P, f"{LD}{'[' * 100_000}</script>")),
    "statement that is none": ("a.html", _page(P, f"{LD}{json.dumps(STATED)}</script>")),
    "statement in a circle of graphs": (
        "a.html",
        _page(P, LD + '{"@graph":[' * 900 + "]}" * 900 + "</script>"),
    ),
    "says UTF-7": ("a.html", _said("utf-7", "+ADw-script+AD4-x()+ADw-/script+AD4-")),
    "says UTF-16": ("a.html", _said("utf-16")),
    "says escapes": ("a.html", _said("unicode_escape", "\\x3cscript\\x3e")),
    "says what is no encoding": ("a.html", _said("zlib_codec")),
    "says punycode": ("a.html", _said("punycode")),
    "refresh": (
        "a.html",
        _page(P, "<meta http-equiv=refresh content='0;url=/etc/passwd'><base href='/etc/'>"),
    ),
    "line without end": ("a.txt", TITLE.encode() + b"\n\n" + b"a " * (BIG // 2)),
    "lines": ("a.txt", TITLE.encode() + b"\n" * (BIG // 4) + BODY.encode()),
    "marks": ("a.txt", (TITLE + "\n\n" + BODY + "\u0301" * (BIG // 50)).encode()),
    "broken UTF-8": (
        "a.txt",
        TITLE.encode() + b"\n\n" + BODY.encode() + b"\xff\xfe\xfd\xc0\x80\xed\xa0\x80" * 50,
    ),
}


@pytest.mark.parametrize("name", ARTICLES)
def test_articles(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read and scored, or refused with what to do; nothing opened, run or fetched."""
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("it asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.chdir(tmp_path)
    file, content = ARTICLES[name]
    begin = time.process_time()
    try:
        article = read_bytes(content, file)
    except ReadingError as problem:
        said = str(problem)
        assert said.startswith(f"{file}: ")
        assert said.count(". ") >= 1, "it says what to do"
    else:
        said = as_json(score_article(article))
        shown = article.headline + article.body + (article.outlet or "") + said
        assert "root:x" not in shown
        assert len(article.body) <= len(content) + 10
        if P.encode() in content:
            assert "Some families left the town on Monday" in article.body
    assert time.process_time() - begin < SECONDS
    assert list(tmp_path.iterdir()) == []


# ---- tables: a good row, the bad, a good row


GOOD_CSV = f'{TITLE},"{BODY}",Gazette\n'.encode()
HEAD_CSV = b"title,text,outlet\n"
TABLES: dict[str, tuple[bytes, int]] = {
    # what stands between two good rows, and how many rows are rejected for it (-1: scored or rejected)
    "large field": (b'Big,"' + b"word " * (BIG // 5) + b'",G\n', 0),
    "field too large": (b"a" * (70_000_000 if THOROUGH else 0) + b",x\n", 1),
    "hundred thousand fields": (b"a," * 100_000 + b"\n", 1),
    "no fields": (b",,\n", 0),
    "one field": (b"alone\n", 1),
    "NUL": (b"Nul\0title,bo\0dy \0,G\0\n", 0),
    "NULs": (b"\0" * 10_000 + b"\n", 1),
    "open quotation": (b'"Open,and never closed,G\n', 1),
    "open quotations": (b'"a,b,c\n' * 200, -1),
    "text behind a quotation": (b'"a" b,c,G\n', 1),
    "quotation marks alone": (b'""""""""""\n', 1),
    "quotation marks": (b'"' * 9_999 + b"\n", -1),
    "not UTF-8": (b"Caf\xe9,body,G\n", 1),
    "surrogates": (b"\xed\xa0\x80,body,G\n", 1),
    "controls": (b"\x1b]52;c;eA==\x07,\x1b[2J\x9b,\x7f\n", 1),
    "override": ("\u202eevil\u2066,body,G\n".encode(), 0),
    "formulas": (b"=1+1,@SUM(A1),+cmd|' /C calc'!A0\n", 0),
    "blank lines": (b"\n" * 100_000, 0),
    "carriage returns": (b"a\rb\rc\rd,x,G\n", 0),
    "line of separators": ("a\u2028b\u2029c,x\x0b\x0c\x1c\x85,G\n".encode(), 0),
}  # fmt: skip


def _row(**more: int) -> bytes:
    return json.dumps({"title": "T", "text": "b", **more}).encode() + b"\n"


GOOD_LINE = json.dumps({"title": TITLE, "text": BODY, "outlet": "Gazette"}).encode() + b"\n"
LINES: dict[str, tuple[bytes, int]] = {
    "nested lists": (b'{"title": ' + b"[" * 100_000 + b"\n", 1),
    "nested objects": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"\n", 1),
    "nested, not too deep to read": (b'{"title":"T","text":"b","x":' + b"[" * 300 + b"]" * 300 + b"}\n", 1),
    "long number": (b'{"title":"T","text":"b","n":' + b"9" * 5_000 + b"}\n", 1),
    "large number": (b'{"title":"T","text":"b","n":1e400,"m":-1e400,"k":' + b"9" * 4_000 + b"}\n", 0),
    "NaN": (b'{"title":"T","text":"b","n":NaN,"m":Infinity,"k":-Infinity}\n', 0),
    "keys twice": (b'{"title":"A","title":"B","text":"b","text":"c"}\n', 0),
    "surrogates": (b'{"title":"\\ud800 x","text":"\\udfff","\\ud83d":"\\ude00"}\n', 0),
    "NUL": (b'{"title":"a\\u0000b","text":"c\\u0000d"}\n', 0),
    "raw NUL": (b'{"title":"a\0b","text":"c"}\n', 1),
    "raw controls": (b'{"title":"a\x1b[2Jb","text":"c"}\n', 1),
    "list": (b'[{"title":"T","text":"b"}]\n', 1),
    "number": (b"1\n", 1),
    "text": (b'"title"\n', 1),
    "null": (b"null\n", 1),
    "cut off": (GOOD_LINE[:-20] + b"\n", 1),
    "two on a line": (GOOD_LINE.strip() * 2 + b"\n", 1),
    "single quotation marks": (b"{'title': 'T', 'text': 'b'}\n", 1),
    "comment": (b"// title\n", 1),
    "code": (b"__import__('os').system('touch opened')\n", 1),
    "title is an object": (b'{"title":{"a":1},"text":"b"}\n', 1),
    "body is a list": (b'{"title":"T","text":["b"]}\n', 1),
    "title is true": (b'{"title":true,"text":"b"}\n', 1),
    "no title": (b'{"text":"b"}\n', 0),
    "no key": (b'{"":"x","title":"T","text":"b"}\n', 0),
    "names that mean something": (
        b'{"title":"T","text":"b","__proto__":{"a":1},"self":1,"id":{"$ne":null}}\n',
        0,
    ),
    "hundred thousand keys": (_row(**{f"k{n}": n for n in range(BIG // 100)}), 0),
    "long key": (_row(**{"k" * 100_000: 1}), 0),
    "large list": (b'{"title":"T","text":"b","x":[' + b"{}," * (BIG // 10) + b"1]}\n", 0),
    "not UTF-8": (b'{"title":"Caf\xe9","text":"b"}\n', 1),
    "mark within": (b'\xef\xbb\xbf{"title":"T","text":"b"}\n', 1),
    "line too long": (b"x" * (70_000_000 if THOROUGH else 0) + b"x\n", 1),
}


def _rows(path: Path) -> list[Row | Reject]:
    (source,) = find_inputs([path], Settings())
    return [row for row, _ in read_rows(source, Settings())]


def _survived(path: Path, bad: int, tmp_path: Path) -> None:
    """The good rows are read, the bad ones counted and named; every form of output holds them."""
    rows = _rows(path)
    gone = [row for row in rows if isinstance(row, Reject)]
    assert bad < 0 or len(gone) == bad, gone
    assert all(row.cause and row.file == path.name and len(row.text) <= 200 for row in gone)
    assert all(1 < row.row < len(rows) and (row.line is None or row.line > 1) for row in gone)
    good = [row for row in rows if isinstance(row, Row) and (row.headline, row.body) == (TITLE, BODY)]
    assert len(good) == 2
    assert rows[0] is good[0]
    assert rows[-1] is good[-1]
    for suffix in ("jsonl", "csv", "parquet") if THOROUGH else ("csv",):
        output = tmp_path / f"out.{suffix}"
        counts = run_corpus([path], output, alone).counts
        assert counts.read == len(rows) == counts.scored + counts.not_scored + counts.rejected
        back = list(read_scored(output))
        assert all(isinstance(one, ScoredArticle) for one in back)
        assert len(back) == counts.scored + counts.not_scored
        told = output.with_name(f"{output.name}.rejected.jsonl").read_bytes()
        assert told.isascii()
        assert told.count(b"\n") == counts.rejected
        for one in map(json.loads, told.splitlines()):
            assert one["file"] == path.name
            assert one["cause"]


@pytest.mark.parametrize("name", TABLES)
def test_tables(name: str, tmp_path: Path) -> None:
    content, bad = TABLES[name]
    path = tmp_path / "in.csv"
    path.write_bytes(HEAD_CSV + GOOD_CSV + content + GOOD_CSV)
    begin = time.process_time()
    _survived(path, bad, tmp_path)
    assert time.process_time() - begin < SECONDS


@pytest.mark.parametrize("name", LINES)
def test_lines(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content, bad = LINES[name]
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "in.jsonl"
    path.write_bytes(GOOD_LINE + content + GOOD_LINE)
    begin = time.process_time()
    _survived(path, bad, tmp_path)
    assert time.process_time() - begin < SECONDS
    assert not (tmp_path / "opened").exists()


HEADS: dict[str, bytes] = {
    "ten thousand alike": b"a," * 9_990 + b"title,text\n",
    "hundred thousand columns": b",".join(b"c%d" % n for n in range(100_000)) + b"\n",
    "no end": b"title,text" + b"x" * BIG + b"\n",
    "open quotation": b'"title,text\n' + GOOD_CSV * 9,
    "NUL": b"ti\0tle,text\n",
    "controls": b"\x1b]0;x\x07title,te\x9bxt\n",
    "empty": b"",
    "blank": b"\n\n\n",
    "commas": b",,,,\n",
    "carriage returns": b"title,text\rT,b\rT,b\r",
    "UTF-16 without a mark": "title,text\nT,b\n".encode("utf-16-le"),
    "gzip by another name": gzip.compress(HEAD_CSV + GOOD_CSV),
    "workbook": _zip("xl/workbook.xml"),
    "Parquet by another name": b"PAR1\0\0" + b"\0" * 99,
    "page": _page(P),
}


@pytest.mark.parametrize("name", HEADS)
def test_heads_that_say_nothing(name: str, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(HEADS[name])
    begin = time.process_time()
    if name == "ten thousand alike":
        assert _rows(path) == []
    else:
        with pytest.raises(CorpusError) as refused:
            _rows(path)
        assert str(refused.value).startswith(f"{path}: ")
        assert len(str(refused.value)) < 4_000 + len(str(path))
    assert time.process_time() - begin < SECONDS


def _zstd(data: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as file:
        file.write(data)
    return sink.getvalue().to_pybytes()


PACKERS: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".zst": _zstd}
PACKED: dict[str, tuple[Callable[[bytes, Callable[[bytes], bytes]], bytes], int, int]] = {
    # made of good lines by a packer; good rows, rejected rows
    "bomb": (lambda good, pack: pack(good + b"\0" * (20 * BIG) + b"\n" + good), 2, 1),
    "bomb of lines": (lambda good, pack: pack(good + b"\n" * (20 * BIG) + good), 2, 0),
    "cut off": (lambda good, pack: pack(good * 2_000)[:-9], -1, 1),
    "rubbish behind": (lambda good, pack: pack(good) + b"rubbish", -1, 1),
    "packed twice": (lambda good, pack: pack(pack(good)), 0, -1),
    "flipped": (lambda good, pack: _flipped(pack(good * 2_000)), -1, -1),
}


def _flipped(data: bytes) -> bytes:
    broken = bytearray(data)
    broken[len(data) // 2] ^= 0xFF
    return bytes(broken)


@pytest.mark.parametrize("end", PACKERS)
@pytest.mark.parametrize("name", PACKED)
def test_packed_lines(name: str, end: str, tmp_path: Path) -> None:
    make, good, bad = PACKED[name]
    path = tmp_path / f"in.jsonl{end}"
    path.write_bytes(make(GOOD_LINE, PACKERS[end]))
    begin = time.process_time()
    try:
        rows = _rows(path)
    except CorpusError as problem:
        said = str(problem)
        assert said.startswith(f"{path}: ")
        assert good <= 0
    else:
        whole = [row for row in rows if isinstance(row, Row)]
        assert name != "flipped" or len(whole) < len(rows), "the damage was noticed"
        assert name == "flipped" or all((row.headline, row.body) == (TITLE, BODY) for row in whole)
        assert good < 0 or len(whole) == good
        assert bad < 0 or len(rows) - len(whole) <= bad
    assert time.process_time() - begin < SECONDS


def test_nothing_is_read_after_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an error, Arrow's stream gives out memory that it did not fill: rows of another file."""
    from sensational.corpus import opened

    class Stream(io.BytesIO):
        asked = 0

        def read1(self, size: int | None = -1, /) -> bytes:
            self.asked += 1
            if self.asked == 1:
                raise OSError("ZSTD decompress failed")
            return GOOD_LINE if self.asked == 2 else b""

    monkeypatch.setattr(opened, "unpacked", lambda path, file: Stream())
    path = tmp_path / "in.jsonl.zst"
    path.write_bytes(b"x")
    with pytest.raises(CorpusError, match="ZSTD decompress failed"):
        _rows(path)


# ---- outputs that were changed, read back


WEIRD: tuple[Any, ...] = (
    None, True, "", "x", "=1", "\x1b[31m", "\ud800", 0, -1, 1e308, 2**70, float("inf"), float("nan"), [],
    [[]], {}, {"a": {}}, [None], "9" * 400, -0.0,
)  # fmt: skip


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        found += _places(item, (*path, key))
    return found


def test_outputs_with_a_value_that_is_none_of_ours(tmp_path: Path) -> None:
    """Every value of an output, replaced by each of these: read, or named as unreadable."""
    good = json.loads(line(1, 40.0))
    places = _places(good)
    lines = []
    for place in places:
        for weird in WEIRD:
            changed = json.loads(json.dumps(good))
            inner = changed
            for key in place[:-1]:
                inner = inner[key]
            inner[place[-1]] = weird
            lines.append(json.dumps(changed))
    path = tmp_path / "o.jsonl"
    path.write_text("\n".join([*lines, json.dumps(good)]) + "\n", encoding="ascii")
    back = list(read_scored(path))
    assert len(back) == len(lines) + 1 > 1_000
    assert isinstance(back[-1], ScoredArticle)
    assert all(one.why for one in back if isinstance(one, Unreadable))
    from sensational.corpus.summary.page import summary_html
    from sensational.corpus.summary.summarise import summarise

    from .checks import STEERING

    assert not STEERING.search(summary_html(summarise(back, ("outlet",)), ["o.jsonl"]))


WEIRD_CELLS = ("", "x", "-1", "1e999", "nan", "inf", "[1]", '{"a":' * 9_000, "\x1b[31m", "9" * 400)


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_tables_of_ours_with_a_value_that_is_none_of_ours(suffix: str, tmp_path: Path) -> None:
    import csv

    table = tmp_path / "in.csv"
    table.write_bytes(HEAD_CSV + GOOD_CSV)
    output = tmp_path / f"o.{suffix}"
    run_corpus([table], tmp_path / "o.csv", alone)
    heads, cells = list(csv.reader(io.StringIO((tmp_path / "o.csv").read_text(encoding="utf-8"))))
    tried = 0
    for name in (*heads, "other_columns"):
        for weird in WEIRD_CELLS if THOROUGH or suffix == "csv" else WEIRD_CELLS[::3]:
            row = {**dict(zip(heads, cells, strict=True)), name: weird}
            if suffix == "csv":
                with output.open("w", encoding="utf-8", newline="") as file:
                    csv.writer(file).writerows([list(row), list(row.values())])
            else:
                import pyarrow.parquet as parquet

                parquet.write_table(pa.Table.from_pylist([row]), output)
                (tmp_path / "o.terms.parquet").write_bytes(output.read_bytes())
            try:
                assert all(isinstance(one, (ScoredArticle, Unreadable)) for one in read_scored(output))
            except CorpusError as problem:
                said = str(problem)
                assert "o." in said
            tried += 1
    assert tried >= 90


def test_an_output_of_one_endless_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sensational.corpus import scored

    monkeypatch.setattr(scored, "_LARGEST_LINE", 10_000)
    path = tmp_path / "o.jsonl.gz"
    good = line(1, 40.0).encode() + b"\n"
    path.write_bytes(gzip.compress(good + b"x" * 1_000_000 + b"\n" + good + b"y" * 50_000))
    back = list(read_scored(path))
    assert [isinstance(one, ScoredArticle) for one in back] == [True, False, True, False]
    assert isinstance(back[1], Unreadable)
    assert back[1].why == "its line is longer than 10,000 characters"
    path.write_bytes(_flipped(gzip.compress(good * 900)))
    with pytest.raises(CorpusError, match="it cannot be read"):
        list(read_scored(path))
