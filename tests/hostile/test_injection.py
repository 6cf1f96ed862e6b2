"""Whatever text comes in, it goes out as text: every payload in every field of every output."""

import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from printed import render_terminal
from starlette.testclient import TestClient

from sensational.corpus.agreement import Coding, agreement
from sensational.corpus.agreement_tables import as_json as agreement_json
from sensational.corpus.agreement_tables import as_table, print_agreement
from sensational.corpus.cells import unprotected
from sensational.corpus.coding_sheet import coding_sheet
from sensational.corpus.flat import carried_columns
from sensational.corpus.forms import Output
from sensational.corpus.rows import Row
from sensational.corpus.summary import charts
from sensational.corpus.summary.page import summary_html, summary_pdf
from sensational.corpus.summary.summarise import Summary, summarise
from sensational.corpus.summary.tables import tables
from sensational.corpus.summary.terminal import print_summary
from sensational.report.chart import chart_svg
from sensational.report.html import view_to_html
from sensational.report.pdf import view_to_pdf
from sensational.web.app import make_app
from sensational.web.settings import Settings
from sensational.worksheet.lesson import Lesson, build_lesson
from sensational.worksheet.pages import key_pdf, sheet_html, sheet_pdf

from .checks import (
    STEERING,
    csv_is_harmless,
    json_is_harmless,
    page_is_alike,
    pdf_is_inert,
    svg_is_alike,
    terminal_is_harmless,
)
from .documents import (
    ANALYSIS,
    CORPUS,
    Text,
    article_of,
    briefly,
    corpus_of,
    filled,
    kept_of,
    mark,
    sheet_items,
    view_of,
)
from .payloads import CHOSEN, PAYLOADS, THOROUGH, harmless

TRIED: set[tuple[str, str, str]] = set()
"""(payload, field, output) of which the payload was found in the output, by its mark."""

LEAST = 12_800 if THOROUGH else 540
"""Cases that have to be found; fewer mean that an output no longer shows what it should."""

pages = pytest.mark.parametrize("name", CHOSEN)


def tried(name: str, output: str, shown: str, fields: tuple[str, ...]) -> None:
    """Notes which fields the output showed."""
    shown = "".join(shown.split())
    found = {field for field in fields if mark(field) in shown}
    assert found, f"{output} shows no field"
    TRIED.update((name, field, output) for field in found)


@cache
def _plain(name: str) -> str:
    return harmless(PAYLOADS[name])


def both(name: str, draw: Callable[[Text], str], fill: Callable[[str], Text] = filled) -> tuple[str, str]:
    """An output with the payload, and the same with the harmless text of its shape."""
    return draw(fill(PAYLOADS[name])), draw(fill(_plain(name)))


@pages
def test_report_as_a_page(name: str) -> None:
    page, plain = both(name, lambda text: view_to_html(view_of(text)))
    page_is_alike(page, plain)
    tried(name, "HTML report", page, ANALYSIS)


@pytest.mark.parametrize("colour", [False, True])
@pages
def test_report_in_a_terminal(name: str, colour: bool) -> None:
    article, analysis, _ = article_of(filled(PAYLOADS[name]))
    text = render_terminal(article, analysis, width=80, colour=colour)
    terminal_is_harmless(text, colour)
    tried(name, "terminal, coloured" if colour else "terminal", re.sub(r"\x1b\[[0-9;]*m", "", text), ANALYSIS)


@pytest.mark.parametrize("layout", ["wide", "narrow"])
@pages
def test_chart(name: str, layout: Any) -> None:
    svg, plain = both(name, lambda text: chart_svg(view_of(text).shown, layout), briefly)
    svg_is_alike(svg, plain)
    tried(name, f"SVG chart, {layout}", svg, ANALYSIS)
    svg_is_alike(*both(name, lambda text: chart_svg(view_of(text).shown, layout, outlines=True), briefly))


def _lessons(text: Text) -> list[Lesson]:
    article, analysis, fitting = article_of(text)
    made = build_lesson(article, analysis, fitting)
    # A payload with a number in it is an amount, and is asked one question more.
    alike = tuple(replace(answer, amount=True) for answer in made.answers)
    return [replace(made, answers=alike)] * 2


@pages
def test_worksheet_as_a_page(name: str) -> None:
    page, plain = both(name, lambda text: sheet_html(_lessons(text)))
    page_is_alike(page, plain)
    tried(name, "worksheet page", page, ANALYSIS)


# ---- a corpus


def _summary(text: Text) -> Summary:
    return summarise(corpus_of(text), (text("name of the column"),), rejected=3)


@pytest.mark.parametrize("name", CHOSEN if THOROUGH else CHOSEN[:1])  # seconds each
def test_summary_as_a_page(name: str) -> None:
    page, plain = both(name, lambda text: summary_html(_summary(text), [text("source file")]), briefly)
    page_is_alike(page, plain)
    tried(name, "summary page", page, CORPUS)


@pages
def test_summary_in_words_tables_and_charts(name: str) -> None:
    summary = _summary(filled(PAYLOADS[name]))
    text = _printed(lambda console: print_summary(summary, [filled(PAYLOADS[name])("source file")], console))
    terminal_is_harmless(text)
    tried(name, "summary in a terminal", text, CORPUS)
    for table, content in tables(summary).items():
        csv_is_harmless(content)
        if any(mark(field) in content for field in CORPUS):
            tried(name, f"summary table of {table}", content, CORPUS)
    summary, plain = _summary(briefly(PAYLOADS[name])), _summary(briefly(_plain(name)))
    for draw in (lambda one: charts.terms(one.terms, "wide"), lambda one: charts.intervals(one, "wide")):
        svg = draw(summary)
        svg_is_alike(svg, draw(plain))
        tried(name, "summary chart", svg, CORPUS)


def _printed(show: Callable[[Any], None]) -> str:
    from rich.console import Console

    file = io.StringIO()
    show(Console(file=file, width=200, highlight=False, markup=False, emoji=False))
    return file.getvalue()


@pages
def test_tables_and_lines_of_a_corpus(name: str) -> None:
    import pyarrow.parquet as parquet

    text = filled(PAYLOADS[name])
    _, analysis, _ = article_of(text)
    column, value = text("name of the column"), text("group")
    row = Row(text("file"), 1, analysis.id, analysis.headline, "", {column: value})
    carried = carried_columns([column], {}, False)
    joined = io.BytesIO()
    for form in ("json_lines", "csv", "parquet"):
        made = Output(form, carried).encode([(row, analysis)])  # type: ignore[arg-type]
        for table, content in made.items():
            if form == "json_lines":
                line = content.decode("ascii")
                json_is_harmless(line)
                read = json.loads(line)
                assert read["columns"] == {_replaced(column): _replaced(value)}
                assert read["headline"] == _replaced(analysis.headline)
                tried(name, "JSON Lines", line, (*ANALYSIS, *CORPUS))
            elif form == "csv":
                cells = csv_is_harmless(content.decode("utf-8"), raw=True)[0]
                again = [unprotected(cell) for cell in cells]
                assert _replaced(analysis.headline if table == "articles" else text("term")) in again
                if table == "articles":
                    assert again[0] == _replaced(value)
                tried(name, f"CSV of {table}", content.decode("utf-8"), (*ANALYSIS, *CORPUS))
            else:
                joined = io.BytesIO(content)
                cells_of = parquet.read_table(joined).to_pylist()[0]
                if table == "articles":
                    assert cells_of[_replaced(column)] == _replaced(value)
                    assert cells_of["headline"] == _replaced(analysis.headline)
                tried(name, f"Parquet of {table}", repr(cells_of), (*ANALYSIS, *CORPUS))


def _replaced(text: str) -> str:
    """Without lone surrogates."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _said(text: str) -> str:
    """The same, where those of a pair are one character: to whoever reads JSON."""
    return _replaced(json.loads(json.dumps(text)))


@pages
def test_head_of_a_csv(name: str, tmp_path: Path) -> None:
    """Names of columns are cells too, and come back as they were."""
    from sensational.corpus.run import run
    from sensational.corpus.scored import ScoredArticle, read_scored

    column = PAYLOADS[name].strip() + mark("name of the column")
    source = tmp_path / "in.jsonl"
    row = {"title": "Town flees flood", "text": "Some families left the town. " * 5, column: "x"}
    source.write_text(json.dumps(row) + "\n", encoding="ascii")

    from corpus.samples import alone

    run([source], tmp_path / "out.csv", alone)
    content = (tmp_path / "out.csv").read_bytes().decode("utf-8")
    assert unprotected(csv_is_harmless(content, raw=True)[0][0]) == _said(column)
    tried(name, "CSV, its head", content, CORPUS)
    (back,) = read_scored(tmp_path / "out.csv")
    assert isinstance(back, ScoredArticle)
    assert back.columns[_said(column)] == "x"


@pages
def test_sheet_for_coders_and_their_agreement(name: str) -> None:
    text = filled(PAYLOADS[name])
    made = coding_sheet(sheet_items(text))
    for content, output in ((made.sheet, "coding sheet"), (made.key, "key of a coding sheet")):
        csv_is_harmless(content)
        tried(name, output, content, CORPUS)
    coding = Coding(coders=[text("source file"), "ben"])
    for coder, verdict in zip(coding.coders, ("weaker", "absent"), strict=True):
        coding.verdicts["1", "1"][coder] = verdict
        coding.divergences["1", ""][coder] = 30.0
    coding.faults.append(f'x.csv, row 2: "{text("term")}" is no verdict')
    found = agreement(coding, None, 0)
    json_is_harmless(agreement_json(found))
    tried(name, "agreement as JSON", agreement_json(found), CORPUS)
    csv_is_harmless(as_table(found))
    printed = _printed(lambda console: print_agreement(found, console))
    terminal_is_harmless(printed)
    tried(name, "agreement in a terminal", printed, CORPUS)


@pages
def test_summary_by_a_group_of_any_name(name: str) -> None:
    with pytest.raises(ValueError, match="no column") as refused:
        summarise(corpus_of(filled(PAYLOADS[name])), ("nowhere",))
    from sensational import cli

    assert mark("name of the column") in str(refused.value)
    with pytest.MonkeyPatch.context() as patch:
        err = io.StringIO()
        patch.setattr("sys.stderr", err)
        cli.complain(filled(PAYLOADS[name])("file"), str(refused.value))
    terminal_is_harmless(err.getvalue())
    tried(name, "errors", err.getvalue(), CORPUS)


# ---- the page in a browser


@pytest.fixture(scope="module")
def reader() -> Iterator[TestClient]:
    base = "http://127.0.0.1:8000"
    with TestClient(
        make_app(Settings(), warm=False),
        base_url=base,
        client=("127.0.0.1", 40_000),
        headers={"origin": base},
    ) as client:
        yield client


@pages
def test_pages_in_a_browser(name: str, reader: TestClient) -> None:
    shelf = reader.app.state.site.shelf  # type: ignore[attr-defined]
    drawn = []
    for payload in (PAYLOADS[name], _plain(name)):
        kept = shelf.put(kept_of(filled(payload)))
        shown = [reader.get(f"/article/{kept}"), reader.get(f"/article/{kept}/ledger?guess=40&w=0&w=1")]
        shown.append(
            reader.post("/article", data={"headline": "long " * 150 + _replaced(payload), "body": "x"})
        )
        assert [one.status_code for one in shown] == [200, 200, 422]
        assert all("default-src 'none'" in one.headers["content-security-policy"] for one in shown)
        drawn.append([one.text.replace(kept, "kept") for one in shown])
        named = reader.get(f"/article/{kept}/analysis.json").headers["content-disposition"]
        assert re.fullmatch(
            r"attachment; filename=\"[\w.-]+\.json\"; filename\*=UTF-8''[\w.%-]+\.json", named, re.ASCII
        )
    for page, plain, output in zip(*drawn, ("page: guess", "page: ledger", "page: form again"), strict=True):
        if output == "page: form again":  # what was typed stays, to the character
            page, plain = STEERING.sub("\ufffd", page), STEERING.sub("\ufffd", plain)
        page_is_alike(page, plain)
        if output != "page: form again":
            tried(name, output, page, ANALYSIS)


@pages
def test_answers_of_a_class(name: str) -> None:
    from sensational.web.lesson import nickname_of
    from sensational.web.store import Answers, Pupil
    from sensational.web.votes import as_csv

    kept = kept_of(filled(harmless(PAYLOADS[name])))
    nickname = nickname_of(PAYLOADS[name] + mark("source"))
    answers = Answers({1: 40}, {1: frozenset({0})}, {1: {1: 2}})
    content = as_csv([(kept, answers)], [Pupil(1, nickname)]).decode("utf-8-sig")
    csv_is_harmless(content)
    tried(name, "answers of a class", content, ANALYSIS)


# ---- PDF: everything at once, or each by itself


def _pdfs(text: Text) -> Iterator[tuple[str, bytes]]:
    lessons = _lessons(text)
    yield "PDF report", view_to_pdf(view_of(text))
    yield "PDF worksheet", sheet_pdf(lessons)
    yield "PDF key", key_pdf(lessons)
    yield "PDF summary", summary_pdf(_summary(text), [text("source file")])


@pytest.mark.parametrize("name", PAYLOADS if THOROUGH else ("Typst code",))
def test_pdf(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Typst gets our own template and the text as data; nothing of the text is run, and no file is read."""
    import typst

    given: list[tuple[str, dict[str, str]]] = []
    compiler = typst.Compiler

    class Watched:
        """Typst's compiler, and what it is given."""

        def __init__(self, template: str, **more: Any) -> None:
            self._template = Path(template).read_text(encoding="utf-8")
            self._own = compiler(template, **more)
            self.query = self._own.query

        def compile(self, *, sys_inputs: dict[str, str], **more: Any) -> Any:
            given.append((self._template, sys_inputs))
            return self._own.compile(sys_inputs=sys_inputs, **more)

    monkeypatch.setattr(typst, "Compiler", Watched)
    text = filled(PAYLOADS[name])
    for output, pdf in _pdfs(text):
        assert given, "nothing was set"
        while given:
            source, inputs = given.pop()
            assert mark("headline") not in source, "the text came into the template"
            assert inputs["data"].isascii()
        pdf_is_inert(pdf)
        tried(name, output, inputs["data"], (*ANALYSIS, *CORPUS))
        if shutil.which("pdftotext"):
            shown = _as_text(pdf, tmp_path / "x.pdf")
            assert "root:x:" not in shown.replace(" ", "")
            if name in _LITERAL:
                assert "".join(PAYLOADS[name].split()) in "".join(shown.split())


_LITERAL = ("Typst code", "Typst import", "LaTeX", "script", "template expression")


def _as_text(pdf: bytes, path: Path) -> str:
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, timeout=60, check=True)
    return done.stdout.decode("utf-8", "replace")


def test_how_much_was_tried() -> None:
    """Last in this file: that the payloads were really found in the outputs, and how often."""
    assert len(TRIED) >= LEAST, f"{len(TRIED):,} of {LEAST:,} cases"
    texts, fields, outputs = ({case[at] for case in TRIED} for at in range(3))
    print(f"{len(TRIED):,} cases: {len(texts)} texts, {len(fields)} fields, {len(outputs)} outputs")
