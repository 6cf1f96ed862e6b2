"""A summary: what is counted, that nothing is lost, that it is safe to show, and the command."""

import csv
import io
import itertools
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from report.test_showing import _Page

from sensational import cli
from sensational.corpus.scored import OutputError, ScoredArticle, Unreadable
from sensational.corpus.summary import summarise as module
from sensational.corpus.summary import tally as tallying
from sensational.corpus.summary.page import summary_html, summary_pdf
from sensational.corpus.summary.summarise import Summary, summarise
from sensational.corpus.summary.tables import tables
from sensational.corpus.summary.tally import pairs_for, year_of
from sensational.corpus.summary.view import build_view

from .scored_samples import article, line, output, term

HOSTILE = "=1+1 <script>alert('x')</script> #panic(\"typst\") \x1b[31m\u202e{{ 7*7 }} $x$ @cite"


def corpus(count: int = 60, seed: int = 1) -> list[ScoredArticle]:
    """Articles of two outlets, the one more divergent than the other."""
    draws = np.random.default_rng(seed)
    made = []
    for row in range(1, count + 1):
        outlet = "Post" if row % 3 else "Lantern"
        divergence = min(100.0, abs(float(draws.normal(35 if outlet == "Post" else 8, 10))))
        verdict = "weaker" if divergence > 20 else "supported"
        terms = [
            term("chaos", verdict),
            term(f"slams{row % 7}", "supported"),
            term("Mayor", "absent", "plain"),
        ]
        columns = {"outlet": outlet, "date": f"{2023 + row % 2}-03-01"}
        made.append(article(row, divergence, terms, columns=columns, loading=float(row % 100)))
    return made


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_groups_are_counted_and_stand_in_alphabetical_order() -> None:
    found = summarise(corpus(), ["outlet", "year"])
    assert [one.label for one in found.groups] == [
        "Lantern · 2023", "Lantern · 2024", "Post · 2023", "Post · 2024",
    ]  # fmt: skip
    assert sum(one.scored for one in found.groups) == found.whole.scored == 60
    assert found.year_from_date
    assert "taken from the column date" in " ".join(build_view(found, ["x"]).notes)
    turned = [article(n, 99.0 if n % 2 else 1.0, columns={"outlet": "ab"[n % 2]}) for n in range(10)]
    assert [one.label for one in summarise(turned, ["outlet"]).groups] == ["a", "b"]


def test_figures_are_those_of_the_articles() -> None:
    articles = corpus()
    found = summarise(articles, ["outlet"])
    (lantern, post) = found.groups
    mine = [round(one.divergence or 0, 1) for one in articles if one.columns["outlet"] == "Post"]
    assert post.divergence.median.value == pytest.approx(np.median(mine), abs=0.051)
    assert post.divergence.mean.value == pytest.approx(np.mean(mine), abs=0.051)
    assert lantern.terms == 2 * lantern.scored
    assert sum(share.value for share in post.verdicts.values()) == pytest.approx(1)
    weaker = sum(value > 20 for value in mine) / (2 * len(mine))
    assert post.verdicts["weaker"].value == pytest.approx(weaker)


def test_a_clear_difference_is_found_and_named_without_a_winner() -> None:
    found = summarise(corpus(120), ["outlet"])
    pair = next(one for one in found.pairs if one.measure == "divergence")
    assert (pair.first, pair.second) == ("Lantern", "Post")
    assert pair.found.delta.value < -0.8
    assert pair.corrected is not None
    assert pair.corrected < 0.001
    view = build_view(found, ["x"])
    assert view.lead[-1] == "The difference between the two groups is significant and large."
    assert "never ranks outlets" in view.compares[0]
    text = " ".join((*view.lead, *view.notes, *view.compares)).lower()
    assert not {"worse", "worst", "best", "better"} & set(text.split())


def test_the_same_rows_and_seed_give_the_same_whatever_else_is_there() -> None:
    one, again = summarise(corpus(), ["outlet"], 5), summarise(corpus(), ["outlet"], 5)
    assert tables(one) == tables(again)
    assert tables(one) != tables(summarise(corpus(), ["outlet"], 6))
    more = [*corpus(), *(article(n, 50.0, columns={"outlet": "Zed"}) for n in range(100, 130))]
    known = {group.label: group for group in summarise(more, ["outlet"], 5).groups}
    assert known["Post"].divergence == one.groups[1].divergence


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b", ""]), st.none() | st.floats(0, 100)), min_size=1, max_size=20
    )
)
def test_no_row_is_lost(drawn: list[tuple[str, float | None]]) -> None:
    articles = [
        article(row, divergence, columns={"outlet": outlet})
        for row, (outlet, divergence) in enumerate(drawn, start=1)
    ]
    found = summarise([*articles, Unreadable(99, "it is not JSON")], ["outlet"], rejected=3)
    assert sum(one.read for one in found.groups) == len(drawn)
    unscored = sum(sum(one.reasons.values()) for one in found.groups)
    assert unscored + found.whole.scored == len(drawn)
    assert (found.unreadable, found.rejected) == (1, 3)
    listed = sum(int(row["articles"]) for row in rows(tables(found)["not_scored"]))
    assert listed == unscored
    names = [one.label for one in found.groups]
    if any(outlet == "" for outlet, _ in drawn):
        assert names[-1] == "(not given)"


def test_pairs_of_a_verdict_that_nobody_got() -> None:
    pairs = {"": Counter({(2, 0): 5}), "weaker": Counter({(2, 1): 2, (2, 2): 1})}
    assert pairs_for(pairs, "weaker") == {(2, 1): 2, (2, 2): 1, (2, 0): 2}
    assert pairs_for(pairs, "absent") == {(2, 0): 5}


def test_small_groups_are_marked() -> None:
    found = summarise(corpus(30), ["outlet"])
    assert [one.small for one in found.groups] == [True, False]
    assert any("fewer than 20" in note and "Lantern" in note for note in build_view(found, ["x"]).notes)
    assert "few" in _Page(summary_html(found, ["x"])).text


def test_headlines_that_stand_in_their_body_are_pointed_out(tmp_path: Path) -> None:
    from sensational.corpus.scored import read_scored

    found = summarise(read_scored(output(tmp_path, [line(n, 0.0) for n in range(8)])), ["outlet"])
    assert found.groups[0].verbatim == 8
    assert any("word for word" in note for note in build_view(found, ["x"]).notes)


def test_years_in_dates() -> None:
    dates = ("2019-04-01", "8/29/2016", "3 May 1999", "20190401", "20191301", "12/3")
    assert [year_of(date) for date in dates] == ["2019", "2016", "1999", "2019", "", ""]


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(OutputError, match=r"no column publisher.*outlet"):
        summarise(corpus(), ["publisher"])
    with pytest.raises(OutputError, match="no column publisher"):
        tallying.tally(itertools.repeat(article(1)), ("publisher",), 0)  # soon, not at the end
    assert [one.label for one in summarise(corpus(), ["file"]).groups] == ["in.csv"]


def test_a_row_that_lacks_a_column_is_not_given() -> None:
    found = summarise([article(1, columns={}), article(2), article(3, columns={"other": "x"})], ["outlet"])
    assert [(one.label, one.read) for one in found.groups] == [("Lantern", 1), ("(not given)", 2)]


def test_too_many_groups_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallying, "MOST_GROUPS", 5)
    with pytest.raises(OutputError, match="more than 5 groups"):
        summarise([article(n, columns={"id": str(n)}) for n in range(6)], ["id"])


def test_of_many_groups_the_largest_are_shown_in_alphabetical_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_SHOWN", 2)
    articles = [article(n, columns={"outlet": "abbccc"[n % 6]}) for n in range(60)]
    found = summarise(articles, ["outlet"])
    assert [one.label for one in found.shown] == ["b", "c"]
    assert len(found.groups) == 3
    assert len(found.pairs) == 2
    assert any("all of them are in the table" in note for note in build_view(found, ["x"]).notes)


def test_memory_for_terms_and_texts_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallying, "MOST_TERMS", 50)
    articles = [article(n, 30.0, [term(f"rare{n}", "absent"), term("Chaos", "weaker")]) for n in range(400)]
    counted = tallying.tally(articles, ("outlet",), 0)
    assert len(counted.terms) <= 50
    assert counted.forgotten > 0
    assert counted.terms["chaos"].seen == 400
    assert len(counted.groups["Lantern",].sample) == tallying.SAMPLED
    assert len(counted.groups["Lantern",].farthest) == tallying.FARTHEST
    found = summarise(articles, ["outlet"])
    assert found.terms[0].text == "chaos"
    assert "may be missing" in dict(build_view(found, ["x"]).method)["Terms"]


def test_samples_are_fair() -> None:
    """Every place of a long corpus is as likely to be in the sample as every other."""
    seen: Counter[bool] = Counter()
    for seed in range(40):
        counted = tallying.tally((article(n) for n in range(400)), (), seed)
        seen.update(one.row < 200 for one in counted.whole.sample)
    assert 0.46 < seen[True] / sum(seen.values()) < 0.54


def test_typical_and_farthest_articles() -> None:
    articles = [article(n, float(n), loading=50.0) for n in range(1, 22)]
    found = summarise(articles, ["outlet"]).groups[0]
    assert found.typical[0].row == 11
    assert [one.row for one in found.farthest] == [21, 20, 19]
    alike = summarise([article(n, 7.0) for n in range(1, 22)], ["outlet"]).groups[0]
    assert [one.row for one in alike.farthest] == [1, 2, 3]


def test_terms_are_one_however_they_are_written() -> None:
    articles = [
        article(1, 30.0, [term("‘Chaos’", "weaker", "quote")]), article(2, 30.0, [term("CHAOS", "absent")]),
        article(3, 30.0, [term("chaos", "absent")]), article(4, 30.0, [term("Won’t", "absent")]),
        article(5, 30.0, [term("won't", "supported")]),
    ]  # fmt: skip
    found = {one.text: one for one in summarise(articles).terms}
    assert (found["chaos"].seen, found["chaos"].outrun, found["chaos"].verdicts) == (3, 3, ("absent",))
    assert (found["won't"].seen, found["won't"].outrun) == (2, 1)
    tied = {one.text: one for one in summarise(articles[:2]).terms}
    assert tied["chaos"].verdicts == ("weaker", "absent")
    assert [one.text for one in summarise(articles).terms] == ["chaos", "won't"]


CASES: dict[str, tuple[Sequence[ScoredArticle], Sequence[str]]] = {
    "two outlets": (corpus(), ("outlet",)),
    "one group": (corpus(9), ("file",)),
    "no groups": (corpus(9), ()),
    "one article": ([article(1, 12.0)], ("outlet",)),
    "all alike": ([article(n, 0.0, [term("chaos")]) for n in range(30)], ("outlet",)),
    "none scored": ([article(n, None) for n in range(3)], ("outlet",)),
    "a group not scored": ([*corpus(9), article(20, None, columns={"outlet": "Zed"})], ("outlet",)),
    "hostile": (
        [
            article(
                n, 40.0 + n, [term(HOSTILE, "weaker", "quote"), term(HOSTILE, "contradicted")],
                headline=HOSTILE * 5, id=HOSTILE, file=HOSTILE, stance=HOSTILE,
                columns={"outlet": f"{HOSTILE}{n % 2}"}, made=(HOSTILE, HOSTILE, HOSTILE),
            )
            for n in range(12)
        ]
        + [article(40, None, reason=HOSTILE, columns={"outlet": "=x"})],
        ("outlet",),
    ),
}  # fmt: skip


@pytest.fixture(params=list(CASES))
def case(request: pytest.FixtureRequest) -> Summary:
    articles, by = CASES[request.param]
    return summarise(articles, by, rejected=2 if request.param == "hostile" else 0)


def test_page_stands_by_itself(case: Summary) -> None:
    text = summary_html(case, [HOSTILE])
    page = _Page(text)
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "img", "iframe", "object", "form", "base"}
    assert all(href.startswith("#") for href in page.all("href"))
    assert page.all("style") == []
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
    assert not set("\x1b\u202e") & set(text)
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.all("href")} <= {*ids, *(["groups"] if not case.whole.scored else [])}
    assert "never ranks outlets" in page.text
    assert len(text.encode()) < 600_000


def test_pdf_is_made(case: Summary) -> None:
    assert summary_pdf(case, [HOSTILE]).startswith(b"%PDF")


def test_report_is_the_same_bytes_every_time() -> None:
    made = [summarise(corpus(30), ["outlet"]) for _ in range(2)]
    assert summary_html(made[0], ["x"]) == summary_html(made[1], ["x"])
    assert summary_pdf(made[0], ["x"]) == summary_pdf(made[1], ["x"])
    assert summary_pdf(made[0], ["x"]) != summary_pdf(made[0], ["x"], "us-letter")


def test_cells_are_no_formulas(case: Summary) -> None:
    for name, text in tables(case).items():
        for row in csv.reader(io.StringIO(text)):
            for cell in row:
                assert not cell.startswith(("=", "@", "\t", "\r")), (name, cell)
                if cell.startswith(("+", "-")):
                    float(cell)


def test_codebook_names_every_column(case: Summary) -> None:
    made = tables(case)
    book = rows(made.pop("codebook"))
    assert {row["table"] for row in book} == set(made)
    for name, text in made.items():
        header = next(csv.reader(io.StringIO(text)))
        assert header == [row["column"] for row in book if row["table"] == name]
    assert all(row["meaning"] and None not in row for row in book)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["summary", *arguments])
    out, err = capsys.readouterr()
    assert isinstance(stopped.value.code, int)
    return stopped.value.code, out, err


@pytest.fixture
def scored_file(tmp_path: Path) -> Path:
    lines = [
        line(n, None if n == 7 else float(n), {"outlet": "Post" if n % 2 else "Lantern", "date": "2024"})
        for n in range(1, 31)
    ]
    return output(tmp_path, [*lines, "{"], "corpus.jsonl")


def test_command(
    capsys: pytest.CaptureFixture[str], scored_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    code, out, err = run(
        capsys, str(scored_file), "--by", "outlet, year", "--report", "--tables",
        "--output", str(tmp_path / "r"),
    )  # fmt: skip
    assert code == 0
    assert "Lantern · 2024 (few)" in out
    assert "row 31: it is not JSON" in " ".join(out.split())
    assert "not scored: 1 of Post · 2024: There is no body." in " ".join(out.split())
    written = sorted(path.name for path in (tmp_path / "r").iterdir())
    assert written == sorted(
        f"corpus-summary.{ending}"
        for ending in (
            "html", "pdf", "groups.csv", "profiles.csv", "pairs.csv", "articles.csv", "terms.csv",
            "not_scored.csv", "codebook.csv",
        )
    )  # fmt: skip
    assert len(err.splitlines()) == len(written)
    _, _, err = run(capsys, str(scored_file), "--report", "--output", str(tmp_path / "r"))
    ends = ("html (replaced)", "pdf (replaced)")
    assert err.splitlines() == [f"{tmp_path / 'r' / 'corpus-summary'}.{end}" for end in ends]


def test_command_as_csv(capsys: pytest.CaptureFixture[str], scored_file: Path) -> None:
    code, out, err = run(capsys, str(scored_file), "--format", "csv", "--by", "outlet")
    assert (code, err) == (0, "")
    assert [row["group"] for row in rows(out)] == ["All articles", "Lantern", "Post"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.jsonl"], "no such file"),
        (["empty.jsonl"], "no article"),
        (["corpus.jsonl", "--by", "x"], "no column x"),
        (["old.jsonl"], "old.jsonl: it was written in version 1 of the output form"),
        (["corpus.jsonl", "old.jsonl"], "score the corpus again"),
    ],
)
def test_errors(
    capsys: pytest.CaptureFixture[str], scored_file: Path, monkeypatch: pytest.MonkeyPatch,
    arguments: list[str], said: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(scored_file.parent)
    Path("empty.jsonl").write_text("")
    Path("old.jsonl").write_text(line(1, 5.0).replace('"schema_version": "2"', '"schema_version": "1"'))
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert "--help" not in err
    assert len(err.splitlines()) == 1


def test_output_that_cannot_be_written(capsys: pytest.CaptureFixture[str], scored_file: Path) -> None:
    code, _, err = run(capsys, str(scored_file), "--tables", "--output", str(scored_file))
    assert code == 2
    assert "choose another --output" in err


@pytest.mark.parametrize(("first", "second", "said"), [(8.5, 8.6, "8.6"), (20.5, 20.6, "20.6")])
def test_a_median_between_two_tenths_is_rounded_half_up(first: float, second: float, said: str) -> None:
    view = build_view(summarise([article(1, first), article(2, second)]), ["x"])
    assert view.divergence[0] == said


def test_whole_numbers_are_rounded_half_up_as_in_the_report_on_an_article() -> None:
    scored = [article(n, 62.5 if n < 2 else 0.0, loading=0.5) for n in range(1, 9)]
    view = build_view(summarise(scored), ["x"])
    assert (view.farthest[0].divergence, view.farthest[0].loading) == ("63", "1")
    assert view.groups[0].far[0] == "13"


def test_no_difference_is_said_to_be_none() -> None:
    alike = [article(n, float(n // 3), columns={"outlet": f"O{n % 3}"}) for n in range(90)]
    view = build_view(summarise(alike, ["outlet"]), ["x"])
    assert view.lead[-1] == "In all 3 pairs of groups, the difference is negligible or may be due to chance."
    assert view.pairs_said == (
        "3 pairs of groups were compared. No difference is both significant (corrected p below 0.05) and "
        "more than negligible."
    )


def test_small_groups_are_listed_with_one_and() -> None:
    named = [article(n, 1.0, columns={"outlet": f"O{n}"}) for n in range(6)]
    note = build_view(summarise(named, ["outlet"]), ["x"]).notes[0]
    assert "(O0, O1, O2, O3 and 2 more)" in note


def test_summing_up_imports_no_heavy_library(scored_file: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from sensational.corpus.scored import read_scored\n"
        "from sensational.corpus.summary.summarise import summarise\n"
        f"summarise(read_scored(Path({str(scored_file)!r})), ['outlet'])\n"
        "print(sorted({'pandas', 'pyarrow', 'matplotlib', 'nltk', 'scipy', 'sklearn'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_term_that_every_article_bears_out_is_not_named_in_the_drawing() -> None:
    from matplotlib.figure import Figure

    axes = summarise(corpus(), ("outlet",)).plot("terms", ax=Figure().subplots())
    named = {text.get_text() for text in axes.texts}
    assert "chaos" in named
    assert not any(one.startswith("slams") for one in named)
