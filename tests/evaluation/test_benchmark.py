"""The open benchmark: its data are what the datasheet says, and every tool is measured as ours is."""

import csv
import hashlib
import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hand_made import by_long_words

from sensational import cli
from sensational.analysis import KINDS, VERDICTS
from sensational.article import Article
from sensational.evaluation import baselines, benchmark, ledgers, markdown, scoring
from sensational.evaluation.floors import LEARN, judged
from sensational.evaluation.predictions import COLUMNS, read_predictions
from sensational.evaluation.result import Figure, SetResult
from sensational.evaluation.rows import read_rows
from sensational.evaluation.table import figures_table
from sensational.training.verifier.parts import part_of

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data" / "benchmark"
SIMPLE = (*baselines.TRIVIAL, *baselines.LEARNERS)
FEW = 2
_TERM = ("start", "end", "verdict", "loaded", "evidence_start", "evidence_end")


@pytest.fixture(scope="module")
def articles() -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in read_rows(DATA, benchmark.ARTICLES)}


@pytest.fixture(scope="module")
def headlines() -> list[dict[str, Any]]:
    return read_rows(DATA, benchmark.HEADLINES)


# The data


def test_articles_are_split_for_ever(articles: dict[str, dict[str, Any]]) -> None:
    assert len(articles) == 364
    for id, row in articles.items():
        assert re.fullmatch(r"written-\d{4}", id)
        assert row["part"] == ("test" if part_of(id) == "test" else "train")
    assert Counter(row["part"] for row in articles.values()) == {"train": 318, "test": 46}
    assert set(Counter(row["register"] for row in articles.values()).values()) == {14}


def test_headlines_are_numbered_by_nothing_that_tells_their_label(headlines: list[dict[str, Any]]) -> None:
    of: dict[str, list[dict[str, Any]]] = {}
    for row in headlines:
        of.setdefault(row["article"], []).append(row)
    for article, rows in of.items():
        assert [row["id"] for row in rows] == [f"{article}-{at}" for at in range(1, 6)]
        sums = [hashlib.sha256(row["headline"].encode("utf-8")).hexdigest() for row in rows]
        assert sums == sorted(sums)


def test_labels_stand_where_they_say(
    articles: dict[str, dict[str, Any]], headlines: list[dict[str, Any]]
) -> None:
    for row in headlines:
        body = articles[row["article"]]["body"]
        assert 0 <= row["divergence"] <= 100
        for term in row["terms"]:
            assert row["headline"][term["start"] : term["end"]] == term["text"], row["id"]
            assert term["verdict"] in VERDICTS
            assert set(term["also"]) <= set(VERDICTS) - {term["verdict"]}
            assert term["kind"] in KINDS
            assert term["loaded"] == (term["kind"] != "plain")
            assert term["loaded"] or term["verdict"] != "supported"
            assert (term["verdict"] == "absent") == (not term["evidence"]), row["id"]
            assert all(0 <= start < end <= len(body) for start, end in term["evidence"])


def test_the_datasheet_counts_right(
    articles: dict[str, dict[str, Any]], headlines: list[dict[str, Any]]
) -> None:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    for part in ("train", "test"):
        rows = [row for row in headlines if articles[row["article"]]["part"] == part]
        terms = [term for row in rows for term in row["terms"]]
        verdicts = Counter(term["verdict"] for term in terms)
        order = ("supported", "contradicted", "shifted", "weaker", "absent", "hedged", "attributed")
        counts = [
            len({row["article"] for row in rows}), len(rows), len(terms),
            sum(term["loaded"] for term in terms), *(verdicts[one] for one in order),
        ]  # fmt: skip
        assert f"| {part} | " + " | ".join(f"{one:,}" for one in counts) + " |" in text
    for recipe, count in Counter(row["recipe"] for row in headlines).items():
        (line,) = (line for line in text.splitlines() if line.startswith("|") and f"`{recipe}`" in line)
        assert int(line.split("|")[2]) >= count


# Measures


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Analyses by rule: here it matters what is measured, not how good it is."""
    monkeypatch.setattr(scoring, "score_one", by_long_words)


def needs_learners() -> None:
    pytest.importorskip("sklearn")
    pytest.importorskip("vaderSentiment")


def as_csv(path: Path, rows: list[dict[str, object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    return path


def handed_in(terms: bool = True) -> list[dict[str, object]]:
    """What ``by_long_words`` says of the whole test part, as another tool would hand it in."""
    rows: list[dict[str, object]] = []
    for one in benchmark.read(DATA, benchmark.HEADLINES, benchmark.ARTICLES):
        if part_of(one.document) != "test":
            continue
        made = by_long_words(Article(one.headline, one.body))
        head: dict[str, object] = {"id": one.row["id"], "divergence": made.divergence}
        if not terms or not made.terms:
            rows.append(head if not terms else dict.fromkeys((*head, *_TERM), "") | head)
        for mark in ledgers.marks(made) if terms else ():
            evidence = mark.evidence or (("", ""),)
            rows += [
                head | dict(zip(_TERM, (mark.start, mark.end, mark.verdict, mark.loaded, *ends), strict=True))
                for ends in evidence
            ]
    return rows


@pytest.mark.usefixtures("quick")
def test_a_tool_that_says_what_ours_says_gets_our_figures(tmp_path: Path) -> None:
    needs_learners()
    full = as_csv(tmp_path / "same.csv", handed_in())
    number = as_csv(tmp_path / "number.csv", handed_in(terms=False))
    result = benchmark.evaluate(DATA, 1, (full, number), articles=FEW)
    assert len({one.name for one in result.figures}) == len(result.figures) == len(benchmark.MEASURES)
    for figure in result.figures:
        others = dict(figure.others)
        assert tuple(others) == (*SIMPLE, "same", "number")
        assert others["same"] == pytest.approx(figure.value), figure.name
        only_divergence = "divergence" in figure.name or "scored" in figure.name
        assert others["number"] == (pytest.approx(figure.value) if only_divergence else None)
        assert figure.n > 0
    assert any("number: its file has no columns for terms, verdicts, evidence" in one for one in result.notes)


@pytest.mark.usefixtures("quick")
def test_methods_are_silent_on_what_they_do_not_judge() -> None:
    needs_learners()
    result = benchmark.evaluate(DATA, articles=FEW)
    figures = {one.name: one for one in result.figures}
    exact, f1 = figures["verdicts, exact"], figures["loaded terms, F1"]
    rank = figures["divergence, Spearman"]
    assert dict(exact.others)["VADER"] is None
    assert dict(f1.others)["all supported"] is None
    assert dict(rank.others)["all supported"] == 0.0
    assert exact.floor == max(value for name, value in exact.others if name in baselines.TRIVIAL and value)
    assert exact.learner_name in baselines.LEARNERS
    half = figures["loaded terms, recall"]
    assert (half.floor, half.learner) == (None, None)
    assert all(value is None or 0 <= value <= 1 for _, value in exact.others)
    assert result == benchmark.evaluate(DATA, articles=FEW)


@pytest.mark.usefixtures("quick")
def test_what_needs_a_library_that_is_missing_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise ModuleNotFoundError("No module named 'sklearn'", name="sklearn")

    for methods, name in (("TRIVIAL", "VADER"), ("LEARNERS", "tf-idf"), ("LEARNERS", "surface cues")):
        monkeypatch.setitem(getattr(baselines, methods), name, missing)
    result = benchmark.evaluate(DATA, articles=1)
    assert [name for name, _ in result.figures[0].others] == ["all supported", "word overlap"]
    assert any(one.startswith("Left out: VADER, tf-idf, surface cues.") for one in result.notes)


def test_what_is_only_learned_from_is_not_judged() -> None:
    assert judged([LEARN, 0, LEARN, 2]) == [0, 2]


# The command


def call(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        cli.main(["evaluate", *map(str, arguments)])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


def test_the_command_runs_out_of_the_box(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    needs_learners()
    monkeypatch.chdir(tmp_path)  # it finds the benchmark beside the package, or else is given it
    place = () if (Path(benchmark.__file__).parents[2] / "data").is_dir() else (DATA,)
    code, out, err = call(capsys, "benchmark", *place, "--articles", 1)
    assert code == 0, err
    header = next(line for line in out.splitlines() if line.startswith("measure"))
    assert [name for name in ("ours", *SIMPLE) if name not in header] == []
    for measure in benchmark.MEASURES:
        assert measure.name in out
    assert "5 headlines of 1 articles" in out


@pytest.mark.usefixtures("quick")
def test_json_and_the_gate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "benchmark", DATA, "--articles", 1, "--format", "json")
    found = json.loads(out)["sets"]["benchmark"]
    assert code == 0
    assert set(found["files"]) == {benchmark.HEADLINES, benchmark.ARTICLES}
    assert found["figures"][0]["others"][0][0] == "all supported"


@pytest.mark.usefixtures("quick")
def test_what_cannot_be_done_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = handed_in(terms=False)
    wrong = as_csv(tmp_path / "wrong.csv", [*rows[1:], rows[5], {"id": "nobody", "divergence": 3}])
    for arguments, wanted in (
        (("gold",), "give it as PATH"),
        (("gold", tmp_path, "--predictions", wrong), 'go with the set "benchmark"'),
        (("benchmark", tmp_path), "cannot be read"),
        (("benchmark", DATA, "--articles", 1, "--gate"), "for a look"),
        (("benchmark", DATA, "--predictions", tmp_path / "none.csv"), "cannot be read"),
        (("benchmark", DATA, "--predictions", wrong), "1 of 230 headlines of the test part have no row"),
    ):
        code, out, err = call(capsys, *arguments)
        assert (code, out) == (2, ""), arguments
        assert wanted in err
    assert f"{wrong}: row {len(rows) + 1}: it says again what row 6 says of {rows[5]['id']}" in err
    assert f"{wrong}: row {len(rows) + 2}: the benchmark has no headline 'nobody'" in err
    monkeypatch.setattr(benchmark, "folder", lambda: None)
    code, _, err = call(capsys, "benchmark")
    assert code == 2
    assert "run this in a clone of it" in err


# The page


def test_the_examples_of_the_page_can_be_handed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs" / "benchmark.md").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"^```(text|python)\n(.*?)^```$", page, re.M | re.S))
    items = benchmark.read(DATA, benchmark.HEADLINES, benchmark.ARTICLES)
    asked = [one for one in items if part_of(one.document) == "test"]
    shutil.copytree(DATA, tmp_path / "data" / "benchmark")
    monkeypatch.chdir(tmp_path)
    exec(blocks["python"], {"my_tool": lambda headline, body: len(headline) / len(body)})  # noqa: S102
    assert set(read_predictions(Path("mytool.csv"), asked).of) == {str(one.row["id"]) for one in asked}
    Path("example.csv").write_text(blocks["text"], encoding="utf-8")
    shown = [one for one in asked if one.row["id"] in blocks["text"]]
    read = read_predictions(Path("example.csv"), shown)
    assert (read.terms, read.verdicts, read.evidence) == (True, True, True)
    named = re.findall(r"^\| (`[a-z_`, ]+`) \|", page, re.M)
    assert re.findall(r"[a-z_]+", " ".join(named)) == list(COLUMNS)


def test_the_table_is_renewed_in_its_page() -> None:
    figure = Figure("exact | a", 0.5, 3, (0.4, 0.6), others=(("tool <b>", 0.25), ("none", None)))
    result = SetResult("benchmark", (figure,), notes=("One *note*.",))
    page = (ROOT / "docs" / "benchmark.md").read_text(encoding="utf-8")
    once = markdown.with_table(page, result, "1", 0)
    assert "| exact \\| a | 3 | 0.500 | 0.400–0.600 | 0.250 |" in once
    assert "tool &lt;b&gt;" in once
    assert "- One \\*note\\*." in once
    assert markdown.with_table(once, result, "1", 0) == once
    assert once.startswith(page.partition(markdown.TABLE_BEGINS)[0])
    with pytest.raises(ValueError, match="lacks the comments"):
        markdown.with_table("# Another page\n", result, "1", 0)


def test_figures_stand_beside_every_other_method() -> None:
    figures = (Figure("a", 12.5, 3, others=(("x", 1.25),)), Figure("b", 0.5, 3, others=(("x", None),)))
    _, header, rows = figures_table(figures)
    assert header[3:] == ("95% interval", "x")
    assert [row[4] for row in rows] == ["1.2", ""]
