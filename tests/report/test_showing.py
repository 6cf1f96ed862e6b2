"""The page, the PDF, the chart and the terminal."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from printed import render_terminal

from sensational.article import Article
from sensational.fitting import Change, Fitting
from sensational.report.chart import chart_svg, chart_text, inline_svg
from sensational.report.files import write_report
from sensational.report.html import render_html
from sensational.report.pdf import TEMPLATES, render_pdf
from sensational.report.readability import MODE, readability
from sensational.report.tokens import colours, sign
from sensational.report.view import build_view

from .samples import SAMPLES

_VOID = {"meta", "link", "br", "img"}


class _Page(HTMLParser):
    """Checks that tags nest, and collects what the tests ask for."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text += data

    def all(self, attribute: str) -> list[str]:
        return [value for _, attrs in self.tags if (value := attrs.get(attribute)) is not None]


@pytest.fixture(params=list(SAMPLES))
def sample(request: pytest.FixtureRequest):  # type: ignore[no-untyped-def]
    return SAMPLES[request.param]()


def test_page_stands_by_itself(sample) -> None:  # type: ignore[no-untyped-def]
    text = render_html(*sample)
    page = _Page(text)
    assert len(text.encode()) < 300_000
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "img", "iframe", "object", "form", "base"}
    assert page.all("src") == []
    assert all(href.startswith("#") for href in page.all("href"))
    assert page.all("style") == []
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
    assert "default-src 'none'" in text
    assert "@import" not in text
    assert "url(http" not in text
    assert ("html", {"lang": "en"}) in page.tags


def test_page_links_lead_somewhere(sample) -> None:  # type: ignore[no-untyped-def]
    page = _Page(render_html(*sample))
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.all("href")} <= set(ids)


def test_page_headings_and_tables(sample) -> None:  # type: ignore[no-untyped-def]
    page = _Page(render_html(*sample))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all("scope" in attrs for tag, attrs in page.tags if tag == "th")


def test_page_contains_the_whole_body_and_headline(sample) -> None:  # type: ignore[no-untyped-def]
    article, analysis = sample
    page = _Page(render_html(article, analysis))
    view = build_view(article, analysis, readability_too=False)
    assert view.summary in page.text
    for line in view.body:
        for run in line:
            assert run.text in page.text
    assert re.search(r"What this tool cannot see", page.text)
    assert MODE in page.text


def test_evidence_and_term_are_linked_both_ways() -> None:
    text = render_html(*SAMPLES["five"]())
    assert '<tr role="row" id="term-1">' in text
    assert 'href="#evidence-1-1"' in text
    assert '<mark class="shifted first last" id="evidence-1-1">A regional manager left his post' in text
    assert '<a class="back shifted" href="#term-1">' in text


def test_verdict_is_said_by_class_sign_and_word() -> None:
    text = render_html(*SAMPLES["five"]())
    assert '<mark class="shifted first last">humiliated</mark>' in text
    assert f'aria-hidden="true">{sign("shifted")}</span><span class="hidden"> (shifted)</span>' in text


def test_style_hash_is_that_of_the_style() -> None:
    import base64
    import hashlib

    text = render_html(*SAMPLES["none"]())
    style = text[text.index("<style>") + 7 : text.index("</style>")]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in text


def test_same_bytes_every_time(sample) -> None:  # type: ignore[no-untyped-def]
    assert render_html(*sample) == render_html(*sample)
    assert render_pdf(*sample) == render_pdf(*sample)


def test_hostile_text_stays_text_on_the_page() -> None:
    text = render_html(*SAMPLES["hostile"]())
    page = _Page(text)
    assert "<script" not in text
    assert "49" not in re.findall(r"\{\{.*?\}\}|49", page.text)
    assert "{{7*7}}" in page.text
    assert "</style><b>x</b>" in page.text
    assert not set(text) & set("\x1b\x9b\u202e\u2066\x00")
    assert 'href="javascript' not in text
    text.encode("utf-8")


@pytest.mark.parametrize("layout", ["wide", "narrow"])
@pytest.mark.parametrize("outlines", [False, True])
def test_chart_is_the_same_and_well_formed(sample, layout, outlines) -> None:  # type: ignore[no-untyped-def]
    view = build_view(*sample, readability_too=False)
    drawn = chart_svg(view.shown, layout, outlines=outlines)
    assert drawn == chart_svg(view.shown, layout, outlines=outlines)
    assert "<dc:date" not in drawn
    ET.fromstring(drawn)  # noqa: S314 - our own drawing


def test_chart_labels_are_never_read_as_formulas() -> None:
    article, analysis = SAMPLES["supported"]()
    term = replace(analysis.terms[0], text="$\\frac{1}{0}$ <b>", loaded=True)
    view = build_view(article, replace(analysis, terms=(term,)), readability_too=False)
    drawn = chart_svg(view.shown)
    assert "$\\frac{1}{0}$ &lt;b&gt;" in drawn
    assert "$\\frac{1}{0}$ &lt;b&gt;" in inline_svg(drawn, "x", "label")


def test_inline_chart_follows_the_page() -> None:
    view = build_view(*SAMPLES["five"](), readability_too=False)
    inlined = inline_svg(chart_svg(view.shown), "wide", "words & more")
    assert "var(--ink)" in inlined
    assert "var(--shifted)" in inlined
    assert not re.search(r"#[0-9a-f]{6}", inlined)
    assert "style=" not in inlined
    assert 'aria-label="words &amp; more"' in inlined


def test_a_supported_term_takes_no_length_on_the_chart() -> None:
    views = [build_view(*SAMPLES[name](), readability_too=False) for name in ("supported", "five")]
    stem = f"stroke: {colours()['stem']}"
    assert [chart_svg(view.shown).count(stem) for view in views] == [0, 6]


def test_without_a_headline_to_offer_the_report_says_nothing_of_it() -> None:
    offered = Fitting("Manager left after hearing", 4.0, (Change("term_dropped", "humiliated", "", "So."),))
    for name in ("five", "not_scored", "none"):
        assert "A headline that the article" not in render_html(*SAMPLES[name]())
    page = render_html(*SAMPLES["five"](), fitting=offered)
    assert "A headline that the article bears out" in page
    assert "Its divergence is 4; the original headline’s is 67." in page
    assert len(render_pdf(*SAMPLES["five"](), fitting=offered)) > len(render_pdf(*SAMPLES["five"]()))


def test_chart_in_words() -> None:
    view = build_view(*SAMPLES["five"](), readability_too=False)
    said = chart_text(view.shown)
    assert "“humiliated”: claims 90, keeps 18 (shifted); " in said
    assert "expected support" in said
    assert chart_text(()) == "No term to draw."


def test_the_page_says_what_goes_into_the_number() -> None:
    text = _Page(render_html(*SAMPLES["five"]())).text
    assert "a weight w, which says how much it can mislead" in text
    assert "Loading never enters it." in text
    assert "The expected support s weighs all seven verdicts by their probability." in text
    pdf = (TEMPLATES / "report.typ").read_text(encoding="utf-8").replace("_", "")
    for line in re.findall(
        r"<p[^>]*>(Each term has.*?|The expected support.*?)</p>",
        (TEMPLATES / "report.html").read_text(encoding="utf-8"),
    ):
        assert re.sub(r"<[^>]+>", "", line) in pdf


def test_what_an_absent_term_keeps_is_not_called_borne_out() -> None:
    """An *absent* term keeps some of its expected support, and stood at *borne out 0.65*."""
    sample = SAMPLES["five"]()
    view = build_view(*sample, readability_too=False)
    page = _Page(render_html(*sample))
    for shown in (*(chart_svg(view.open, layout) for layout in ("wide", "narrow")), chart_text(view.open)):
        assert "borne out" not in shown
        assert "expected support" in shown
    assert "even “absent” leaves some" in page.text
    assert "Expected support, s" in page.text
    close = chart_svg([replace(view.open[0], claimed=0.5, supported=0.45)])
    assert "support – claimed" in close
    templates = [(TEMPLATES / name).read_text(encoding="utf-8") for name in ("report.typ", "parts.html")]
    (caption,) = re.findall(r"<figcaption>(.*?)\{%", templates[1])
    assert caption in templates[0]


def test_nothing_interrupts_the_article_in_the_pdf() -> None:
    """The key to the verdicts and the chart floated to where the article had already begun."""
    template = (TEMPLATES / "report.typ").read_text(encoding="utf-8")
    assert "float: true" not in template
    places = [
        template.index(one) for one in ("\n#key\n", "== Claim and", "== The article, with its evidence")
    ]
    assert places == sorted(places)


def test_the_axis_of_the_chart_says_what_its_ends_are() -> None:
    drawn = chart_svg(build_view(*SAMPLES["five"](), readability_too=False).open)
    assert "the boldest claim" in drawn
    assert "the strongest" not in drawn


@pytest.mark.parametrize("name", ["summary.html", "summary.typ"])
def test_a_percent_sign_follows_its_figure(name: str) -> None:
    assert not re.search(r"\d %", (TEMPLATES / name).read_text(encoding="utf-8"))


def test_a_small_group_is_set_apart_from_its_name() -> None:
    assert 'ui(" (few)")' in (TEMPLATES / "summary.typ").read_text(encoding="utf-8")


def test_pdf_is_tagged_and_titled(sample) -> None:  # type: ignore[no-untyped-def]
    made = render_pdf(*sample)
    assert made.startswith(b"%PDF-1.")
    assert b"/StructTreeRoot" in made
    assert b"/Lang" in made
    assert b"/Title" in made


def test_pdf_paper() -> None:
    assert render_pdf(*SAMPLES["none"](), paper="us-letter") != render_pdf(*SAMPLES["none"]())
    with pytest.raises(ValueError, match="paper"):
        render_pdf(*SAMPLES["none"](), paper="a0")  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [24, 40, 60, 100])
def test_terminal_keeps_to_its_width_and_without_codes(sample, width) -> None:  # type: ignore[no-untyped-def]
    from rich.cells import cell_len

    text = render_terminal(*sample, width=width)
    assert "\x1b" not in text
    assert not set(text) & set("\x9b\u202e\u2066\x00\r")
    assert max(cell_len(line) for line in text.splitlines()) <= width


def test_terminal_colours_the_terms_and_says_the_rest() -> None:
    plain = render_terminal(*SAMPLES["five"](), width=80)
    coloured = render_terminal(*SAMPLES["five"](), width=80, colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    assert "Mayor humiliated⇢ as" in plain
    assert "Divergence  67 of 100, likely 54 to 78" in plain
    assert " 22  humiliated  ⇢ shifted" in plain
    assert "In the article a regional manager is humiliated, not the mayor." in plain
    assert "[red]r[/red]" in render_terminal(*SAMPLES["hostile"](), width=100).replace("\n", " ")


def test_terminal_hostile_codes_never_reach_it() -> None:
    coloured = render_terminal(*SAMPLES["hostile"](), width=80, colour=True)
    assert not re.sub(r"\x1b\[[0-9;]*m", "", coloured).count("\x1b")
    assert "\ufffd[31mred" in coloured.replace("\x1b[0m", "").replace("\n", " ")


def test_report_files(tmp_path) -> None:  # type: ignore[no-untyped-def]
    page, pdf = map(Path, write_report(*SAMPLES["none"](), tmp_path / "deep" / "er", "../../evil"))
    assert page == tmp_path / "deep" / "er" / "evil.html"
    assert pdf.read_bytes().startswith(b"%PDF")
    assert sorted(path.name for path in page.parent.iterdir()) == ["evil.html", "evil.pdf"]


def test_no_headline_and_no_body() -> None:
    _, analysis = SAMPLES["not_scored"]()
    bare = replace(analysis, headline="", terms=(), reason="no headline")
    nothing = Article("", "")
    assert "No headline" in _Page(render_html(nothing, bare)).text
    assert render_pdf(nothing, bare).startswith(b"%PDF")
    assert "No headline" in render_terminal(nothing, bare)


def test_readability_needs_no_corpus_and_no_network(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    import nltk

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(nltk, "download", refuse)
    monkeypatch.setattr(nltk.data, "find", refuse)
    found = readability("The cat sat on the mat. It was an extraordinary occasion, said the minister.")
    assert found is not None
    assert 0 < found.reading_ease < 100
    assert found.words_per_sentence == 7.0
    assert readability("123 !?") is None
    assert readability("") is None
    easy, hard = readability("We ran to the shop."), readability("Considerable institutional reorganisation.")
    assert easy is not None
    assert hard is not None
    assert easy.reading_ease > hard.reading_ease


def test_readability_leaves_textstat_as_it_was() -> None:
    readability("Some words.")
    from textstat.backend.counts import _count_syllables
    from textstat.backend.utils import get_cmudict

    assert _count_syllables.get_cmudict is get_cmudict
