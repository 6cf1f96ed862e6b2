"""What an analysis can do in Python: show itself, and many articles scored one after the other."""

import dataclasses
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import matplotlib
import pandas
import pytest
from corpus.samples import articles, environment
from corpus.test_approved import summary
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.text import Text
from report import samples

import sensational
from sensational import Analysis, Article
from sensational.analysis import from_dict, to_dict, without_surrogates
from sensational.corpus.errors import CorpusError
from sensational.corpus.flat import TERM
from sensational.corpus.frame import score_terms
from sensational.report.html import render_html
from sensational.report.tokens import colours

matplotlib.use("Agg")

Sample = Callable[[], tuple[Article, Analysis]]
SAMPLES = [samples.five, samples.none, samples.supported, samples.twelve, samples.not_scored, samples.hostile]


def held(sample: Sample) -> Analysis:
    """A sample as :func:`sensational.score_article` gives it: with its article."""
    article, analysis = sample()
    return dataclasses.replace(analysis, article=article)


@pytest.fixture(autouse=True)
def figures() -> Iterator[None]:
    yield
    from matplotlib import pyplot

    pyplot.close("all")


@pytest.fixture(params=SAMPLES, ids=lambda sample: sample.__name__)
def analysis(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Analysis:
    monkeypatch.setattr("sensational.rewrite.fitting_of", lambda article, analysis: None)
    return held(request.param)


# --- what is taken ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Hello", None), 'the body must be a str, not None; pass ""'),
        (("Hello", float("nan")), 'the body must be a str, not float; pass ""'),
        (("Hello", 7), "the body must be a str, not int"),
        (("Hello", ["A", "B"]), "the body must be a str, not list"),
        ((None, "Hello"), 'the headline must be a str, not None; pass ""'),
        ((b"Hello", "Hello"), "the headline must be a str, not bytes"),
        (("Hello", "Hello", 7), "the id must be a str or None, not int; pass str(id)"),
    ],
)
def test_what_is_no_text(arguments: tuple[Any, ...], said: str) -> None:
    for call in (sensational.score, Article):
        with pytest.raises(TypeError) as told:
            call(*arguments)
        assert str(told.value).startswith(said)


def test_what_is_no_article() -> None:
    with pytest.raises(TypeError, match="takes an Article"):
        sensational.score_article("Hello")  # type: ignore[arg-type]


def test_an_analysis_holds_its_article() -> None:
    article = Article("Roof falls in", "The roof fell in.", "7", clutter=())
    scored = sensational.score_article(article)
    assert scored.article is article
    assert sensational.score("Roof falls in", "The roof fell in.", "7") == scored
    assert scored == dataclasses.replace(scored, article=None)


def test_an_analysis_prints_in_two_lines(analysis: Analysis) -> None:
    headline, result = str(analysis).splitlines()
    assert "\x1b" not in headline
    if analysis.divergence is None:
        assert result.startswith("Not scored, ")
        assert analysis.reason is not None
        assert result.endswith(analysis.reason)
    else:
        assert re.fullmatch(r"Divergence \d+ of 100 \(\d+ to \d+\), \d+ terms?", result)
    assert f" {len(analysis.terms)} term" in result


# --- reports ---------------------------------------------------------------------------------


def test_report_as_html(analysis: Analysis, tmp_path: Path) -> None:
    assert analysis.article is not None
    page = analysis.to_html()
    assert page == render_html(analysis.article, analysis)
    assert analysis.to_html(tmp_path / "report.html") is None  # type: ignore[func-returns-value]
    analysis.to_html(str(tmp_path / "again.html"))
    assert [path.read_bytes() for path in sorted(tmp_path.iterdir())] == [page.encode()] * 2


def test_report_as_pdf(tmp_path: Path) -> None:
    analysis = held(samples.contradicted)
    analysis.to_pdf(tmp_path / "report.pdf")
    analysis.to_pdf(str(tmp_path / "letter.pdf"), paper="us-letter")
    assert [path.read_bytes()[:5] for path in tmp_path.iterdir()] == [b"%PDF-"] * 2
    with pytest.raises(ValueError, match="us-letter"):
        analysis.to_pdf(tmp_path / "report.pdf", paper="foolscap")  # type: ignore[arg-type]


def test_report_in_no_folder(analysis: Analysis, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"there is no folder .*nowhere.*; make it first"):
        analysis.to_html(tmp_path / "nowhere" / "report.html")
    assert list(tmp_path.iterdir()) == []


def test_report_without_the_article(tmp_path: Path) -> None:
    article, analysis = samples.five()
    again = from_dict(to_dict(analysis))
    for call in (again.to_html, lambda: again.to_pdf(tmp_path / "report.pdf")):
        with pytest.raises(ValueError, match="does not have its article"):
            call()
    assert "</html>" in dataclasses.replace(again, article=article).to_html()


# --- drawings --------------------------------------------------------------------------------


def texts(axes: Any) -> list[str]:
    return [one.get_text() for one in axes.texts]


@pytest.mark.parametrize("sample", [samples.five, samples.contradicted, samples.twelve])
def test_plot_names_each_term_and_its_verdict(sample: Sample) -> None:
    analysis = sample()[1]
    axes = analysis.plot()
    axes.figure.canvas.draw()
    for term in analysis.terms:
        if term.loaded and term.verdict != "supported":
            assert term.text in texts(axes)
            assert term.verdict in texts(axes)
    assert axes.get_title(loc="left")


def test_plot_on_given_axes() -> None:
    from matplotlib import pyplot

    _, (left, right) = pyplot.subplots(1, 2)
    left.set_title("Mine")
    assert samples.five()[1].plot(left) is left
    assert samples.five()[1].plot(ax=right) is right
    assert (left.get_title(), left.get_title(loc="left")) == ("Mine", "")
    assert len(pyplot.get_fignums()) == 1


def test_plot_where_nothing_goes_beyond() -> None:
    for sample in (samples.none, samples.supported):
        assert "No term goes beyond the article." in texts(sample()[1].plot())


def test_plot_of_what_was_not_scored() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        samples.not_scored()[1].plot()


def test_plot_sets_no_formula_and_changes_no_setting() -> None:
    before = dict(matplotlib.rcParams)
    axes = samples.hostile()[1].plot()
    axes.figure.canvas.draw()
    (title,) = (one for one in axes.findobj(Text) if "<script>" in one.get_text() and one not in axes.texts)
    assert all(not one.get_parse_math() for one in [*axes.texts, title])
    assert dict(matplotlib.rcParams) == before


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_plot_can_be_read_on_its_figure(theme: str) -> None:
    with matplotlib.rc_context({"figure.facecolor": "black" if theme == "dark" else "white"}):
        axes = samples.five()[1].plot()
        used = {one.get_color() for one in axes.texts}
    ink = colours(theme)
    assert ink["ink"] in used
    assert used <= set(ink.values())


def test_a_style_of_the_user_changes_no_report() -> None:
    article, analysis = samples.five()
    page = render_html(article, analysis)
    with matplotlib.rc_context({"figure.facecolor": "black", "axes.grid": True, "lines.linewidth": 9}):
        assert render_html(article, analysis) == page


@pytest.mark.parametrize("of", ["divergence", "loading", "verdicts", "terms"])
def test_summary_plots(of: Any) -> None:
    from matplotlib import pyplot

    found = summary("outlets")
    axes = found.plot(of)
    axes.figure.canvas.draw()
    if of != "terms":
        for group in found.shown:
            assert group.label in texts(axes)
    _, given_axes = pyplot.subplots()
    assert found.plot(of, ax=given_axes) is given_axes


def test_summary_plots_nothing_else() -> None:
    with pytest.raises(ValueError, match="divergence, loading, verdicts, terms"):
        summary("outlets").plot("stance")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="nothing to draw"):
        summary("none").plot()


# --- frames ----------------------------------------------------------------------------------


def test_frame_has_one_row_per_term(analysis: Analysis) -> None:
    frame = analysis.to_frame()
    assert list(frame.columns) == ["id", "term", *TERM]
    assert list(frame.term) == list(range(1, len(analysis.terms) + 1))
    for row, term in zip(frame.itertuples(), analysis.terms, strict=True):
        assert (row.start, row.end, row.kind, row.loaded) == (term.start, term.end, term.kind, term.loaded)
        assert row.text == without_surrogates(term.text)
        assert pandas.isna(row.verdict) if term.verdict is None else row.verdict == term.verdict


def test_frame_is_that_of_a_scored_frame() -> None:
    story = articles(1)[0]
    frame = sensational.score(story["title"], story["text"], story["id"]).to_frame()
    theirs = score_terms(pandas.DataFrame([story]))
    pandas.testing.assert_frame_equal(frame[list(theirs.columns)], theirs.reset_index(drop=True))


# --- notebooks -------------------------------------------------------------------------------


class Page(HTMLParser):
    """The tags of a piece of HTML, and its text outside the style."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = self.style = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["style"]:
            self.style += data
        else:
            self.text += data


HARMLESS = {"style", "div", "p", "b", "q", "span", "table", "thead", "tbody", "tfoot", "tr", "th", "td"}


def harmless(html: str) -> Page:
    """Holds that HTML is well formed and has nothing that could act, or clash with another output."""
    page = Page(html)
    assert page.open == []
    assert {tag for tag, _ in page.tags} <= HARMLESS
    assert {name for _, given in page.tags for name in given} <= {"class", "scope", "aria-hidden"}
    assert "mathjax_ignore" in page.tags[1][1]["class"]  # type: ignore[operator]
    return page


def test_notebook_shows_the_ledger(analysis: Analysis) -> None:
    page = harmless(analysis._repr_html_())
    said = " ".join(page.text.split())
    for term in analysis.terms:
        if term.loaded and term.verdict and len(term.text) < 100:
            assert " ".join(term.text.split()) in said
            assert term.verdict in said
    assert "Divergence" in said
    if analysis.status != "scored":
        assert "not scored" in said


def test_notebook_quotes_the_evidence_with_and_without_the_article() -> None:
    article, analysis = samples.five()
    with_it = harmless(dataclasses.replace(analysis, article=article)._repr_html_())
    without = harmless(from_dict(to_dict(analysis))._repr_html_())
    assert with_it.text == without.text
    assert "wrote to his union" in without.text


def test_notebook_in_light_and_dark() -> None:
    style = harmless(samples.five()[1]._repr_html_()).style
    assert "/*LIGHT*/" not in style
    assert not re.search(r"/\*[A-Z]+\*/", style)
    for theme in ("light", "dark"):
        for name, colour in colours(theme).items():
            assert f"--s-{name}:{colour}" in style
    for rule in re.sub(r"/\*.*?\*/|@media[^{]*", "", style, flags=re.S).split("}"):
        for selector in filter(str.strip, rule.lstrip("{").split("{")[0].split(",")):
            assert ".sensational" in selector, "a rule that reaches into the rest of the notebook"


@given(
    texts=st.lists(st.text(st.characters(), min_size=1, max_size=40), min_size=3, max_size=3),
    offsets=st.tuples(st.integers(-5, 10**12), st.integers(-5, 10**12)),
)
@settings(max_examples=60, deadline=None)
def test_notebook_of_any_texts(texts: list[str], offsets: tuple[int, int]) -> None:
    article, analysis = samples.five()
    first = analysis.terms[0]
    evidence = dataclasses.replace(
        first.evidence[0], text=texts[0], source=texts[1], start=offsets[0], end=offsets[1]
    )
    term = dataclasses.replace(first, text=texts[1], reason=texts[2], evidence=(evidence,))
    changed = dataclasses.replace(analysis, headline=texts[2], terms=(term, *analysis.terms[1:]))
    harmless(changed._repr_html_())
    harmless(dataclasses.replace(changed, article=article)._repr_html_())


# --- many ------------------------------------------------------------------------------------


def pairs(count: int) -> list[tuple[str, str, str]]:
    return [(one["title"], one["text"] or "", one["id"]) for one in articles(count)]


def test_many_are_scored_like_each() -> None:
    some = pairs(5)
    wanted = [sensational.score(*one) for one in some]
    found = list(sensational.score_many(iter(some)))
    assert found == wanted
    assert [one.article for one in found] == [Article(*one) for one in some]
    assert list(sensational.score_many([Article(*one) for one in some])) == wanted
    assert list(sensational.score_many([])) == []


def test_workers_give_the_same_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sensational.corpus.many._ROWS", 2)
    page = sensational.read(Path(__file__).parents[1] / "data" / "bridge.html")
    some = [*(Article(*one) for one in pairs(5)), page, Article("Lone \ud800 surrogate", "\udfff" * 9)]
    found = list(sensational.score_many(iter(some), workers=2))
    assert found == [sensational.score_article(one) for one in some]
    assert [one.article for one in found] == some
    assert found[5].body.clutter == page.clutter


def test_many_are_read_as_they_are_needed() -> None:
    taken = []

    def endless() -> Iterator[tuple[str, str]]:
        while True:
            taken.append(1)
            yield "Roof falls in", ""

    found = sensational.score_many(endless())
    assert taken == []
    next(found)
    assert len(taken) == 1


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([("A", "B"), 7], "item 2 is of type int; give an Article"),
        ([("A", "B"), "AB"], "item 2 is of type str"),
        ([("A",)], "item 1 has 1 parts"),
        ([("A", "B", "C", "D")], "item 1 has 4 parts"),
        ([("A", "B"), ("A", None)], "item 2: the body must be a str, not None"),
    ],
)
@pytest.mark.parametrize("workers", [1, 2])
def test_items_that_are_no_articles(items: list[Any], said: str, workers: int) -> None:
    found: list[Analysis] = []
    with pytest.raises(TypeError) as told:
        found.extend(sensational.score_many(items, workers=workers))
    assert str(told.value).startswith(said)


def test_many_is_not_one() -> None:
    for one in ("text", Article("A", "B")):
        with pytest.raises(TypeError, match="use score for one"):
            sensational.score_many(one)  # type: ignore[arg-type]
    for workers, kind in ((0, ValueError), (None, TypeError), (1.5, TypeError)):
        with pytest.raises(kind, match="workers must be"):
            sensational.score_many([], workers=workers)  # type: ignore[arg-type]


def test_an_article_on_which_the_scorer_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(article: Article) -> Analysis:
        raise ZeroDivisionError("by\nzero")

    monkeypatch.setattr("sensational.scorer.score_article", failing)
    with pytest.raises(
        CorpusError, match=r"item 1 \('A'\): the scorer failed on it: ZeroDivisionError: by zero"
    ):
        list(sensational.score_many([("A", "B")]))


@pytest.mark.parametrize("terminal", [True, False])
def test_progress_is_for_terminals(
    terminal: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for _ in sensational.score_many([("A", ""), ("B", "")]):
        print("printed")
    said = capsys.readouterr()
    assert said.out == "printed\n" * 2
    assert ("2/2" in said.err) == terminal
    assert terminal or said.err == ""


# --- what it costs ---------------------------------------------------------------------------


def test_importing_is_quick_and_brings_nothing_heavy() -> None:
    code = (
        "import time; start = time.process_time()\n"
        "import sensational; spent = time.process_time() - start\n"
        "import sys; sensational.Analysis\n"
        "heavy = {'pandas', 'pyarrow', 'sklearn', 'numpy', 'matplotlib', 'onnxruntime', 'rich', 'jinja2'}\n"
        "print(spent, heavy & set(sys.modules))"
    )
    times = []
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True
        )
        spent, brought = done.stdout.strip().split(" ", 1)
        times.append(float(spent))
        assert brought == "set()"
    assert min(times) < 0.1  # of the processor's time, since the machine may be busy


def test_every_name_of_the_package_is_there_and_typed() -> None:
    assert set(sensational._HOMES) == set(sensational.__all__) - {"__version__"}
    source = Path(sensational.__file__).read_text(encoding="utf-8")
    for name, home in sensational._HOMES.items():
        assert f"from {home} import {name} as {name}\n" in source
        if name != "SensationalFeatures":
            assert getattr(sensational, name).__doc__
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        sensational.nothing  # noqa: B018
