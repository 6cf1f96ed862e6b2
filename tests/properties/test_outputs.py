"""From a file to every output and back: nothing raises, the schema holds, every offset slices to its text."""

import codecs
import csv
import html
import io
import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from typing import Any

import pyarrow.parquet
import pytest
from articles import ROOT, Sample
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from mutations import mutated, of_every_kind
from printed import render_terminal
from verifier.fakes import judgement_of, reading_of

from sensational.analysis import Analysis, Kind, from_dict, to_json, without_surrogates
from sensational.article import Article
from sensational.corpus.cells import unprotected
from sensational.corpus.flat import carried_columns
from sensational.corpus.forms import ARTICLES, TERMS, Output
from sensational.corpus.part import score_part
from sensational.corpus.rows import Part, Row
from sensational.language.document import Document
from sensational.reading import ReadingError
from sensational.reading.reader import read_bytes
from sensational.report.chart import chart_text
from sensational.report.html import view_to_html
from sensational.report.pdf import view_to_pdf
from sensational.report.safe import one_line, visible
from sensational.report.view import View, build_view
from sensational.rewrite import fitting_of
from sensational.scorer import score, score_article
from sensational.verifier.inputs import ReadBody
from sensational.verifier.judgement import Judgement
from sensational.worksheet.lesson import build_lesson
from sensational.worksheet.pages import key_pdf, sheet_html, sheet_pdf

_PATH = ROOT / "docs" / "analysis.schema.json"
SCHEMA = Draft202012Validator(
    json.loads((ROOT / "docs" / "analysis.schema.json").read_text(encoding="utf-8"))
)
ALL = settings.default.max_examples
# Drawing costs a third of a second, and a table some articles: `tox -e properties` has all of the examples.
DRAWN = settings(max_examples=ALL if ALL >= 2000 else 4)
TABLES = settings(max_examples=ALL if ALL >= 2000 else 8)
# As in test_promise_3_replay.py, and whatever characters there are, lone surrogates among them.
ANY_TEXT = st.builds(
    Sample,
    st.just("any text"),
    st.text(st.characters(), max_size=80),
    st.text(st.characters() | st.sampled_from("\n .\"'“”"), max_size=400),
)
ANY = mutated() | of_every_kind() | ANY_TEXT


EXAMPLE = (
    "Dockers flee Ostrel in droves",
    "Some dockers left Ostrel on Monday, a spokesman said. Two fled in a boat.\n\n"
    "The rest of the dockers of Ostrel stayed, and the council met on Tuesday to talk about the quay.",
)


def as_text(sample: Sample) -> str:
    return f"{sample.headline}\n\n{sample.body}"


def as_page(sample: Sample) -> str:
    """The article as a web page; its texts are escaped, so that they come back as they are."""
    lines = "\n".join(f"<p>{html.escape(line)}</p>" for line in sample.body.split("\n") if line.strip())
    title = html.escape(sample.headline)
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title></head><body><nav>Home</nav><article>"
        f"<h1>{title}</h1>{lines}</article><footer>About us</footer></body></html>"
    )


def as_raw_page(sample: Sample) -> str:
    """The article as a page that nobody escaped."""
    return f"<html><body><h1>{sample.headline}</h1><p>{sample.body}</p></body></html>"


SHAPES = {"text": (as_text, "a.txt"), "page": (as_page, "a.html"), "raw page": (as_raw_page, "a.html")}
ENCODINGS = {
    "utf-8": (b"", "utf-8", "surrogatepass"),
    "utf-8 with a mark": (codecs.BOM_UTF8, "utf-8", "replace"),
    "utf-16": (codecs.BOM_UTF16_LE, "utf-16-le", "surrogatepass"),
    "windows-1252": (b"", "cp1252", "xmlcharrefreplace"),
    "latin-1": (b"", "latin-1", "ignore"),
}


def read_back(sample: Sample, shape: str, encoding: str) -> Article:
    """The article as it is read from a file of one of the shapes and encodings.

    Raises:
        ReadingError: it says that there is nothing to read, which is an answer.
    """
    written, name = SHAPES[shape]
    mark, codec, errors = ENCODINGS[encoding]
    return read_bytes(mark + written(sample).encode(codec, errors), name)


def checked(article: Article, analysis: Analysis) -> Analysis:
    """The analysis as it comes back from JSON, after schema and offsets were looked at."""
    line = to_json(analysis)
    assert "\n" not in line
    assert line.isascii()
    data = json.loads(line)
    assert [error.message for error in SCHEMA.iter_errors(data)] == []
    slices(data, without_surrogates(article.headline), without_surrogates(article.body))
    again = from_dict(data)
    assert to_json(again) == line
    return again


def slices(data: dict[str, Any], headline: str, body: str) -> None:
    assert data["headline"] == headline
    for term in data["terms"]:
        assert headline[term["start"] : term["end"]] == term["text"] != ""
        for piece in term["evidence"]:
            assert body[piece["start"] : piece["end"]] == piece["text"] != ""
            assert 0 <= piece["sentence"] < data["body"]["sentences"]


class Shown(HTMLParser):
    """The text of a page's body of the article, and where its anchors stand in it."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.anchors: dict[str, int] = {}
        self.links: list[str] = []
        self._inside = 0
        self._aside = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href", "").startswith("#evidence-"):
            self.links.append(given["href"][1:])
        if tag == "div" and (self._inside or given.get("class") == "body"):
            self._inside += 1
        if self._inside and "id" in given:
            self.anchors[given["id"]] = len(self.text)
        self._aside = self._aside or (tag == "a" and given.get("class", "").startswith("back"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self._inside:
            self._inside -= 1
        self._aside = self._aside and tag != "a"

    def handle_data(self, data: str) -> None:
        if self._inside and not self._aside:
            self.text += "".join(data.split())


def evidence_at_anchors(view: View, page: str, analysis: Analysis) -> int:
    """Checks that every piece of evidence begins at its anchor of the page; gives how many there are."""
    shown = Shown(page)
    assert set(shown.links) <= set(shown.anchors)
    by_start = {term.start: term for term in analysis.terms}
    found = 0
    for number, entry in enumerate(view.shown, start=1):
        for index, piece in enumerate(by_start[entry.start].evidence, start=1):
            at = shown.anchors[f"evidence-{number}-{index}"]
            assert shown.text.startswith("".join(visible(piece.text).split()), at)
            found += 1
    return found


def drawn(article: Article, analysis: Analysis) -> None:
    """Every output that is no PDF."""
    fitting = fitting_of(article, analysis)
    view = build_view(article, analysis, fitting=fitting)
    page = view_to_html(view)
    page.encode("utf-8")
    evidence_at_anchors(view, page, analysis)
    for drawing in re.findall(r"<svg\b.*?</svg>", page, re.DOTALL):
        ET.fromstring(drawing)  # noqa: S314 - our own drawing
    for width in (24, 80):
        shown = render_terminal(article, analysis, width=width, colour=width == 80)
        assert not set(re.sub(r"\x1b\[[\d;]*m", "", shown)) & set("\x1b\x9b\u202e\u2066\x00\x07")
    chart_text(view.shown).encode("utf-8")
    for level in ("standard", "younger"):
        lesson = build_lesson(article, analysis, fitting, level)  # type: ignore[arg-type]
        sheet_html([lesson], level).encode("utf-8")  # type: ignore[arg-type]


@DRAWN
@given(ANY, st.sampled_from(sorted(SHAPES)), st.sampled_from(sorted(ENCODINGS)))
def test_from_a_file_to_every_output_and_back(sample: Sample, shape: str, encoding: str) -> None:
    try:
        article = read_back(sample, shape, encoding)
    except ReadingError as problem:
        assert problem.problem and problem.remedy  # noqa: PT017, PT018 - a refusal says why, and what to do
        return
    drawn(article, checked(article, score_article(article)))


@DRAWN
@given(ANY)
def test_from_any_two_texts_to_every_output_and_back(sample: Sample) -> None:
    article = Article(sample.headline, sample.body, "an id")
    analysis = score_article(article)
    checked(article, analysis)
    drawn(article, analysis)


@given(ANY)
@example(Sample("halves side by side", f"\ud83d\ude00{EXAMPLE[0]}", f"\ud83d\ude00{EXAMPLE[1]}"))
def test_every_output_keeps_to_the_schema_and_slices(sample: Sample) -> None:
    checked(Article(sample.headline, sample.body), score(sample.headline, sample.body))


def test_every_piece_of_evidence_has_an_anchor(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a verifier that finds the words loaded, weaker in the body, and decided by its first sentence."""
    kinds: dict[str, Kind] = {"flee": "force", "droves": "scale"}

    def judge(headline: Document, body: ReadBody) -> Judgement:
        points = dict.fromkeys(headline.words, 0)
        return judgement_of(headline, body, dict.fromkeys(headline.words, "weaker"), points, kinds)

    monkeypatch.setattr("sensational.scorer.judge", judge)
    monkeypatch.setattr("sensational.scorer.read_headline", lambda headline: reading_of(headline, kinds))
    article = Article(*EXAMPLE)
    analysis = score_article(article)
    view = build_view(article, analysis)
    wanted = sum(len(term.evidence) for term in analysis.terms if term.verdict != "supported" or term.loaded)
    assert evidence_at_anchors(view, view_to_html(view), analysis) == wanted >= 2


INNER = str.maketrans('“”"', "‘’'")


@given(mutated() | of_every_kind())
def test_quotes_of_the_worksheet_stand_in_their_paragraphs(sample: Sample) -> None:
    article = Article(sample.headline, sample.body)
    lesson = build_lesson(article, score_article(article), None)
    # Quotation marks within quotation marks are single.
    paragraphs = ["".join(one.split()).translate(INNER) for one in lesson.paragraphs]
    for answer in lesson.answers:
        assert answer.text
        for quote, number in zip(answer.quotes, answer.paragraphs, strict=True):
            # A mark that opens or closes a quotation may have been added: it stands nowhere.
            said = [part for part in quote.parts if any(map(str.isalnum, part.text))] or quote.parts
            telling = [part.text for part in said if part.bold] or [said[0].text.strip("…“” ")]
            first = "".join(telling[0].split()).translate(INNER)
            assert 0 <= "".join(paragraphs[number - 1 :]).find(first) < len(paragraphs[number - 1])


@DRAWN
@given(ANY, st.sampled_from(["report", "sheet", "key"]), st.sampled_from(["a4", "us-letter"]))
def test_pdfs(sample: Sample, kind: str, paper: Any) -> None:
    article = Article(sample.headline, sample.body)
    analysis = score_article(article)
    fitting = fitting_of(article, analysis)
    if kind == "report":
        made = view_to_pdf(build_view(article, analysis, fitting=fitting), paper)
    else:
        lesson = build_lesson(article, analysis, fitting)
        made = (sheet_pdf if kind == "sheet" else key_pdf)([lesson], paper=paper)
    assert made.startswith(b"%PDF-")


def rows_of(samples: list[Sample]) -> tuple[Row, ...]:
    return tuple(
        Row("in.jsonl", number, one.name, one.headline, one.body, {"outlet": one.headline[:20]})
        for number, one in enumerate(samples, 1)
    )


def encoded(rows: tuple[Row, ...], form: Any) -> dict[str, bytes]:
    result = score_part(Part(1, rows, 0), Output(form, carried_columns(["outlet"], {})))
    assert result.counts.read == len(rows)
    assert result.rejected == ()
    return result.tables


def cells(table: bytes, names: list[str]) -> list[dict[str, str]]:
    return [
        {name: unprotected(cell) for name, cell in zip(names, row, strict=True)}
        for row in csv.reader(io.StringIO(table.decode("utf-8"), newline=""))
    ]


def tables(rows: tuple[Row, ...], form: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The articles and the terms of a table, read back."""
    made = encoded(rows, form)
    shape = Output(form, carried_columns(["outlet"], {}))
    if form == "csv":
        articles, terms = (cells(made[name], list(shape.kinds(name))) for name in (ARTICLES, TERMS))
        return articles, terms
    articles, terms = (
        pyarrow.parquet.read_table(io.BytesIO(made[name])).to_pylist() for name in (ARTICLES, TERMS)
    )
    return articles, terms


@TABLES
@given(st.lists(ANY, min_size=1, max_size=3), st.sampled_from(["csv", "parquet"]))
def test_offsets_of_the_table_of_terms_slice(samples: list[Sample], form: str) -> None:
    rows = rows_of(samples)
    articles, terms = tables(rows, form)
    headlines = {int(article["row"]): article["headline"] or "" for article in articles}
    assert headlines == {row.row: without_surrogates(row.headline) for row in rows}
    for term in terms:
        headline = headlines[int(term["row"])]
        assert headline[int(term["start"]) : int(term["end"])] == term["text"] != ""
    wanted = [len(score(row.headline, row.body).terms) for row in rows]
    assert [sum(int(term["row"]) == row.row for term in terms) for row in rows] == wanted


@TABLES
@given(st.lists(ANY, min_size=1, max_size=3))
def test_offsets_of_json_lines_slice(samples: list[Sample]) -> None:
    rows = rows_of(samples)
    lines = encoded(rows, "json_lines")[ARTICLES].decode("ascii").split("\n")
    assert lines.pop() == ""
    for row, line in zip(rows, lines, strict=True):
        data = json.loads(line)
        assert [error.message for error in SCHEMA.iter_errors(data)] == []
        slices(data, without_surrogates(row.headline), without_surrogates(row.body))
        assert data["row"] == row.row


def test_text_that_is_shown_keeps_its_length() -> None:
    every = "".join(map(chr, range(0x11000))) + "\U000e0041\U0010ffff"
    assert len(visible(every)) == len(one_line(every)) == len(every)
