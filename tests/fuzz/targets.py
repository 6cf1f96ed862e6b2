"""What is fuzzed: functions of bytes that must not raise, with the little that must hold of every result.

Each can be called without a fuzzer, so that a finding is replayed by ``target(data)``. What the package
raises on purpose (ReadingError, CorpusError) is an answer; whatever else is raised is a finding.
"""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from functools import cache
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

from printed import render_terminal

from sensational.analysis import Analysis, from_dict, to_dict, to_json
from sensational.article import Article
from sensational.corpus.agreement import agreement, read_coding
from sensational.corpus.agreement_tables import as_json, as_table, print_agreement
from sensational.corpus.errors import CorpusError
from sensational.corpus.flat import carried_columns
from sensational.corpus.forms import Output
from sensational.corpus.inputs import Settings, find_inputs, read_rows
from sensational.corpus.rows import Row
from sensational.corpus.scored import ScoredArticle, read_scored
from sensational.corpus.summary.page import summary_html, summary_pdf
from sensational.corpus.summary.summarise import summarise
from sensational.corpus.summary.tables import tables
from sensational.corpus.summary.terminal import print_summary
from sensational.language.canonical import canonical
from sensational.language.certainty import hedges, vagueness
from sensational.language.document import Document
from sensational.language.negation import denials, negations
from sensational.language.quantities import compare, quantities
from sensational.language.quotations import find_quotations
from sensational.language.voices import voice_at, voices
from sensational.loading import headline_loading
from sensational.reading import ReadingError, read_bytes
from sensational.reading.decoding import decode, tidy
from sensational.reading.page import read_html
from sensational.report.html import render_html
from sensational.report.pdf import render_pdf
from sensational.rewrite import fitting_headline, fitting_of
from sensational.scorer import score, score_article
from sensational.terms import find_spans
from sensational.verifier.model import read_headline
from sensational.verifier.wordpieces import wordpieces
from sensational.web import guard
from sensational.web.app import make_app
from sensational.web.fetch import RefusedError, fetch, is_public
from sensational.web.settings import Settings as WebSettings
from sensational.worksheet.lesson import build_lesson
from sensational.worksheet.pages import key_pdf, sheet_html, sheet_pdf

ROOT = Path(__file__).parents[2]
Target = Callable[[bytes], None]


# --- reading ---------------------------------------------------------------------------------------


def decoding(data: bytes) -> None:
    """Bytes of any encoding."""
    try:
        text = tidy(decode(data, "input"))
    except ReadingError:
        return
    assert text.isprintable() or not any(c < " " and c != "\n" for c in text)
    text.encode("utf-8")


def text(data: bytes) -> None:
    """A file that says it is plain text."""
    with suppress(ReadingError):
        _is_sound_article(read_bytes(data, "folder/article.txt"))


def page(data: bytes) -> None:
    """A web page."""
    with suppress(ReadingError):
        _is_sound_article(read_html(data.decode("utf-8", "surrogateescape"), name="page.html"))


def _is_sound_article(article: Article) -> None:
    assert article.headline == " ".join(article.headline.split())
    fields = (article.headline, article.body, article.id, article.outlet, article.date, article.address)
    for field in fields:
        (field or "").encode("utf-8")
        assert not any(c < " " and c != "\n" for c in field or "")


def csv(data: bytes) -> None:
    """A table as CSV, or with tabs, or packed, whichever the first byte says."""
    first, data = data[:1], data[1:]
    if first == b"\1":
        _rows(data, "table.tsv")
    elif first == b"\2":
        _rows(gzip.compress(data, 1, mtime=0)[: len(data)], "table.csv.gz")
    elif first == b"\3":
        _rows(data, "table.csv.zst")
    elif first == b"\4":
        _rows(data, "table.csv", Settings(headline="headline", body="body", quotes=False))
    elif first == b"\5":
        _rows(data, "table.csv", Settings(encoding="utf-16"))
    else:
        _rows(data, "table.csv")


def json_lines(data: bytes) -> None:
    """A table as JSON Lines."""
    _rows(data, "table.jsonl")


def parquet(data: bytes) -> None:
    """A table as Parquet."""
    _rows(data, "table.parquet")


def _rows(data: bytes, name: str, settings: Settings | None = None) -> None:
    """The first rows of a table are rows or rejects, in order, and can be written with an analysis."""
    settings = settings or Settings()
    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            (source,) = find_inputs([path], settings)
            found = []
            for number, (row, position) in enumerate(read_rows(source, settings), 1):
                assert row.row == number
                assert 0 <= position <= len(data)
                found.append(row)
                if number >= 3:
                    break
        except CorpusError:
            return
    assert source.columns is not None
    kinds: Any = dict(source.types)
    carried = carried_columns(source.columns.carried, kinds, others=source.form == "json_lines")
    form: Any = ("json_lines", "csv", "parquet")[len(data) % 3]
    rows = [
        (row, replace(_not_scored(), id=row.id, headline=row.headline))
        for row in found
        if isinstance(row, Row)
    ]
    Output(form, carried).encode(rows)


@cache
def _not_scored() -> Analysis:
    return score("Mayor storms out", "")


def memory() -> str | None:
    """A folder that costs no disk, where there is one."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a folder in memory is faster


# --- language and scoring --------------------------------------------------------------------------


def language(data: bytes) -> None:
    """Any text, through all that is asked of a body."""
    text = data.decode("utf-8", "surrogateescape")
    document = Document(text)
    for start, end, word in zip(document.starts, document.ends, document.words, strict=True):
        assert 0 <= start < end <= len(text)
        assert word
    for quotation in find_quotations(text):
        assert quotation.start <= quotation.inner_start <= quotation.inner_end <= quotation.end <= len(text)
    numbers = quantities(text)
    for quantity in numbers:
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.low <= quantity.high
    for quantity in numbers[:3]:
        assert 0 <= compare(quantity, numbers[:50]).support <= 1
    last = 0
    for sentence in document.sentences:
        assert last <= sentence.start < sentence.end <= len(text)
        last = sentence.end
        for voice in voices(document, sentence):
            assert 0 <= voice.start <= voice.end <= len(text)
        voice_at(document, sentence.start, sentence.end)
        hedges(document, sentence), negations(document, sentence), denials(document, sentence)
        assert 0 <= vagueness(document, sentence) <= 1
    last = 0
    for piece in wordpieces(text):
        assert last <= piece.start < piece.end <= len(text)
        last = piece.start


def headline(data: bytes) -> None:
    """Any text as a headline: its spans."""
    text, places = canonical(data.decode("utf-8", "surrogateescape"))
    assert len(places) == len(text)
    document = Document(text)
    found = find_spans(document, read_headline(document))
    last = 0
    for span in found:
        assert last <= span.start < span.end <= len(text)
        last = span.end
        assert 0 <= span.loading <= 1
    assert 0 <= headline_loading(found) <= 100


def scoring(data: bytes) -> None:
    """A headline over a body: the invariants of every analysis."""
    title, body = headline_and_body(data)
    analysis = score(title, body, "id")
    _is_sound(analysis, title, body)
    assert from_dict(json.loads(json.dumps(to_dict(analysis), allow_nan=False))) == analysis
    _validator().validate(json.loads(to_json(analysis)))
    assert score(title, body, "id") == analysis


def rewriting(data: bytes) -> None:
    """A headline that its body bears out, where there is one."""
    found = fitting_headline(*headline_and_body(data))
    assert found is None or (found.text.strip() and 0 <= found.divergence <= 100)


def _is_sound(analysis: Analysis, title: str, body: str) -> None:
    total = Decimal(0)
    for term in analysis.terms:
        assert title[term.start : term.end] == term.text
        total += Decimal(repr(term.contribution or 0.0))
        for piece in term.evidence:
            assert body[piece.start : piece.end] == piece.text != ""
    if analysis.divergence is None:
        assert analysis.reason
        return
    assert 0 <= analysis.divergence <= 100
    assert total == Decimal(repr(analysis.divergence))


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(json.loads((ROOT / "docs" / "analysis.schema.json").read_bytes()))


def headline_and_body(data: bytes) -> tuple[str, str]:
    """The first line, and the others; bytes that do not belong become lone surrogates."""
    title, _, body = data.decode("utf-8", "surrogateescape").partition("\n")
    return title, body


# --- what is shown ---------------------------------------------------------------------------------


def report_html(data: bytes) -> None:
    """The report as a page with its charts, and in the terminal."""
    article, analysis = _scored(data)
    page = render_html(article, analysis, fitting_of(article, analysis))
    page.encode("utf-8")
    assert "<script" not in page.lower()
    shown = render_terminal(article, analysis)
    assert not any(c < " " and c != "\n" for c in shown)


def report_pdf(data: bytes) -> None:
    """The report as a PDF."""
    article, analysis = _scored(data)
    assert render_pdf(article, analysis, "us-letter" if len(data) % 2 else "a4").startswith(b"%PDF-")


def worksheet(data: bytes) -> None:
    """The sheet, its key and the form."""
    article, analysis = _scored(data)
    level: Any = "younger" if len(data) % 2 else "standard"
    lesson = build_lesson(article, analysis, fitting_of(article, analysis), level)
    assert "<script" not in sheet_html([lesson], level).lower()
    if len(data) % 4 == 0:
        assert sheet_pdf([lesson], level).startswith(b"%PDF-")
        assert key_pdf([lesson], level).startswith(b"%PDF-")


def _scored(data: bytes) -> tuple[Article, Analysis]:
    title, body = headline_and_body(data)
    article = Article(title, body, title[:20], title[20:40], title[40:60], title[60:80])
    return article, score_article(article)


# --- what was written, read again ------------------------------------------------------------------


def scored(data: bytes) -> None:
    """An output of ``sensational corpus`` in any form; a table's terms are behind the mark."""
    first, data = data[:1], data[1:]
    table, _, terms = data.partition(TERMS_FOLLOW)
    name = {b"\1": "out.csv", b"\2": "out.parquet", b"\3": "out.jsonl.gz", b"\4": "out.jsonl.zst"}.get(
        first, "out.jsonl"
    )
    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        path = Path(folder) / name
        path.write_bytes(table)
        if TERMS_FOLLOW in data:
            path.with_name(f"out.terms{path.suffix}").write_bytes(terms)
        try:
            for row in read_scored(path):
                if isinstance(row, ScoredArticle):
                    assert row.divergence is None or 0 <= row.divergence <= 100
                else:
                    assert row.why
        except CorpusError:
            pass


TERMS_FOLLOW = b"\n--terms--\n"


def summary(data: bytes) -> None:
    """A scored corpus summed up and shown."""
    from rich.console import Console

    by = ("outlet",) if len(data) % 2 else ()
    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        path = Path(folder) / "out.jsonl"
        path.write_bytes(data)
        try:
            made = summarise(read_scored(path), by)
        except CorpusError:
            return
    name = "<b>out\x1b.jsonl"
    for table in tables(made).values():
        table.encode("utf-8")
    print_summary(made, [name], Console(file=io.StringIO(), highlight=False, markup=False, emoji=False))
    if len(data) % 4 == 0:  # drawing takes a third of a second
        assert "<script" not in summary_html(made, [name]).lower()
    if len(data) % 16 == 0:
        assert summary_pdf(made, [name]).startswith(b"%PDF-")


def coding(data: bytes) -> None:
    """A coding sheet that people filled in."""
    from rich.console import Console

    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        path = Path(folder) / "ann.csv"
        path.write_bytes(data)
        try:
            found = agreement(read_coding([path]), None, 0)
        except CorpusError:
            return
    json.loads(as_json(found))
    as_table(found)
    print_agreement(found, Console(file=io.StringIO(), highlight=False, markup=False, emoji=False))


# --- the page in the browser -----------------------------------------------------------------------


def web_form(data: bytes) -> None:
    """A request to the page: a line of method, path and type of content, and its body."""
    line, _, body = data.partition(b"\n")
    method, path, kind = [*line.split(b" ", 2), b"", b""][:3]
    status = _asked(method=method.decode("latin-1") or "POST", path=path or b"/article", kind=kind, body=body)
    assert status != 500
    assert 200 <= status < 600


def web_guard(data: bytes) -> None:
    """Headers of a request: which host it names, from where it says to come, how long it is."""
    host, origin, length, address = [*data.split(b"\n", 3), b"", b"", b""][:4]
    more = [(b"host", host), (b"origin", origin), (b"content-length", length)]
    assert _asked(kind=b"", body=address, headers=more, host=False) != 500
    name = address.decode("utf-8", "surrogateescape")
    guard.is_ours(name, (name, 8000))
    assert guard.is_ours(name, ("192.0.2.7", 8000)) in (False, True)
    guard.client_of(name)
    if guard.is_loopback(name):
        assert not is_public(name)
    is_public(name)


def web_fetch(data: bytes) -> None:
    """An address, and behind a line what a server answers; nothing leaves the machine."""
    address, _, answer = data.decode("utf-8", "surrogateescape").partition("\n")
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return [host] if is_public(host) else ["93.184.215.14"] if host.endswith("g") else ["10.0.0.1"]

    def connect(host: str, port: int, to: str, tls: bool, seconds: float) -> Any:
        assert is_public(to)
        assert port == (443 if tls else 80)
        return _Connection(answer.encode("utf-8", "surrogateescape"))

    with suppress(RefusedError):
        fetch(address, resolve, connect)


class _Socket:
    def __init__(self, answer: bytes) -> None:
        self._answer = answer

    def makefile(self, *_: object) -> io.BufferedReader:
        return io.BufferedReader(io.BytesIO(self._answer))  # type: ignore[arg-type]


class _Connection:
    """An HTTP connection of which both ends are here."""

    sock = None

    def __init__(self, answer: bytes) -> None:
        self._answer = answer

    def request(self, method: str, path: str, headers: dict[str, str]) -> None:
        from http.client import HTTPConnection

        sent = io.BytesIO()
        connection = HTTPConnection("127.0.0.1")  # never opened: it is asked what it would send
        connection.connect = lambda: None  # type: ignore[method-assign]
        connection.send = sent.write  # type: ignore[method-assign,assignment]
        connection.request(method, path, headers=headers)
        lines = sent.getvalue().split(b"\r\n")
        assert lines[0].count(b" ") == 2, lines[0]  # one request line, whatever the address
        assert len(lines) == len(headers) + 3, lines

    def getresponse(self) -> HTTPResponse:
        found = HTTPResponse(_Socket(self._answer))  # type: ignore[arg-type]
        found.begin()
        return found

    def close(self) -> None:
        pass


@cache
def _app() -> tuple[Any, asyncio.AbstractEventLoop]:
    return make_app(WebSettings(), warm=False), asyncio.new_event_loop()


def _asked(
    method: str = "POST",
    path: bytes = b"/article",
    kind: bytes = b"",
    body: bytes = b"",
    headers: list[tuple[bytes, bytes]] | None = None,
    host: bool = True,
) -> int:
    """The status with which the page answers."""
    app, loop = _app()
    base = b"127.0.0.1:8000"
    where, _, query = path.partition(b"?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": where.decode("utf-8", "replace"), "raw_path": where, "query_string": query, "root_path": "",
        "headers": [*([(b"host", base), (b"origin", b"http://" + base)] if host else ()),
                    (b"content-type", kind), *(headers or ())],
        "client": ("127.0.0.1", 40_000), "server": ("127.0.0.1", 8000),
    }  # fmt: skip
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    loop.run_until_complete(app(scope, receive, send))
    (status,) = statuses
    return status


TARGETS: dict[str, Target] = {
    function.__name__: function
    for function in (
        decoding, text, page, csv, json_lines, parquet, language, headline, scoring, rewriting, report_html,
        report_pdf, worksheet, scored, summary, coding, web_form, web_guard, web_fetch,
    )
}  # fmt: skip
