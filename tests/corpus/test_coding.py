"""Coding sheets and agreement: blind, fair, and alpha as its author works it out."""

import csv
import io
import itertools
import json
import re
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational import cli
from sensational.analysis import VERDICTS
from sensational.corpus.agreement import (
    Coding,
    Key,
    agreement,
    alpha_interval,
    alpha_nominal,
    read_coding,
    read_key,
)
from sensational.corpus.agreement_tables import as_json, as_table
from sensational.corpus.coding_sheet import KEY, SHEET, STRATA, Item, coding_sheet, draw
from sensational.corpus.errors import CorpusError

from .scored_samples import article, line, output, term

# Krippendorff, Content Analysis, 12.3.3: four observers, twelve units, values 1 to 5; a dot is missing.
OBSERVERS = [
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
]


def krippendorff() -> dict[tuple[str, str], list[str]]:
    by_unit: dict[tuple[str, str], list[str]] = defaultdict(list)
    for observer in OBSERVERS:
        for number, value in enumerate(observer.split()):
            if value != ".":
                by_unit[str(number), "1"].append(value)
    return dict(by_unit)


def test_alpha_of_krippendorff_s_own_example() -> None:
    nominal = alpha_nominal(krippendorff())
    interval = alpha_interval({unit: [float(v) for v in values] for unit, values in krippendorff().items()})
    assert nominal.value == pytest.approx(0.743, abs=0.0005)
    assert interval.value == pytest.approx(0.849, abs=0.0005)
    assert nominal.n == interval.n == 40  # of 41 values one stands alone
    assert nominal.low < nominal.value < nominal.high <= 1


codings = st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=4), min_size=2, max_size=12)


@given(codings)
def test_alpha_is_that_of_nltk(said: list[list[int]]) -> None:
    from nltk.metrics.agreement import AnnotationTask
    from nltk.metrics.distance import binary_distance

    values = {value for unit in said for value in unit}
    ours_nominal = alpha_nominal({(str(n), "1"): [str(v) for v in unit] for n, unit in enumerate(said)})
    ours_interval = alpha_interval({(str(n), "1"): [float(v) for v in unit] for n, unit in enumerate(said)})
    if len(values) == 1:
        assert np.isnan(ours_nominal.value)
        assert np.isnan(ours_interval.value)
        return
    triples = [(coder, n, value) for n, unit in enumerate(said) for coder, value in enumerate(unit)]
    for ours, distance in ((ours_nominal, binary_distance), (ours_interval, lambda a, b: float(a - b) ** 2)):
        assert ours.value == pytest.approx(AnnotationTask(triples, distance=distance).alpha(), abs=1e-9)


def test_alpha_of_nothing_is_not_defined() -> None:
    for found in (alpha_nominal({}), alpha_nominal({("1", "1"): ["absent"]})):
        assert np.isnan(found.value)
        assert found.n == 0


def test_terms_of_one_article_are_drawn_together() -> None:
    said = {
        (str(item), str(at)): ["absent", "absent" if item % 2 else "weaker"]
        for item in range(10)
        for at in range(9)
    }
    apart = {(f"{item}-{at}", "1"): values for (item, at), values in said.items()}
    together = alpha_nominal(said)
    assert together.high - together.low > alpha_nominal(apart).high - alpha_nominal(apart).low


def many() -> list:  # type: ignore[type-arg]
    """Mostly articles of hardly any divergence, and a few of much."""
    made = []
    for row in range(1, 301):
        divergence = float(row % 5) if row % 30 else float(row % 97)
        made.append(article(row, divergence, [term("Chaos", "absent"), term("Mayor", "supported", "plain")]))
    return [*made, article(400, None)]


def test_a_sample_is_not_all_zeros_and_is_drawn_again() -> None:
    sample = draw(many(), 20, 3)
    assert len({one.row for one in sample}) == 20
    assert [one.row for one in sample] == [one.row for one in draw(many(), 20, 3)]
    assert [one.row for one in sample] != [one.row for one in draw(many(), 20, 4)]
    strata = [sum((one.divergence or 0) >= bound for bound in STRATA) for one in sample]
    assert max(strata.count(at) for at in set(strata) if at) >= 2
    assert strata.count(0) <= 14
    assert strata != sorted(strata)
    assert strata != sorted(strata, reverse=True)


def test_a_sample_of_all_is_all() -> None:
    assert sorted(one.row for one in draw(many(), 1000, 0)) == list(range(1, 301))
    assert draw([article(1, None)], 5, 0) == []


def test_a_sheet_does_not_tell() -> None:
    made = coding_sheet([Item(one, f"Body of {one.row}.") for one in draw(many(), 10, 0)])
    rows = list(csv.DictReader(io.StringIO(made.sheet)))
    key = list(csv.DictReader(io.StringIO(made.key)))
    assert tuple(rows[0]) == SHEET
    assert tuple(key[0]) == KEY
    assert [(row["item"], row["term"]) for row in rows] == [(row["item"], row["term"]) for row in key]
    assert all(row[name] == "" for row in rows for name in ("verdict", "also", "divergence", "note"))
    told = {"id", "kind", "loading", "support", "row", *VERDICTS} & set(
        made.sheet.replace('"', ",").split(",")
    )
    assert told == set()
    assert made.terms == 10  # the loaded ones: those plain ones that are in an output give its verdict away


def test_a_sheet_has_no_formulas() -> None:
    hostile = article(1, 50.0, [term("=1+1", "absent")], headline="@SUM(A1)", id="+1+1", file="-x")
    made = coding_sheet([Item(hostile, "=cmd|' /C calc'!A0")])
    for text in (made.sheet, made.key):
        for row in csv.reader(io.StringIO(text)):
            assert not any(one.startswith(("=", "+", "-", "@")) for one in row)


@pytest.fixture
def scored_corpus(tmp_path: Path) -> tuple[Path, Path]:
    headline = "Mayor storms out of talks"
    out = output(tmp_path, [line(n, float(n)) for n in range(1, 31)])
    source = tmp_path / "in.csv"
    with source.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["id", "headline", "body"])
        table.writerows([f"a{n}", headline, f"Body {n} of the mayor."] for n in range(1, 31))
    return out, source


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stopped:
        cli.main(list(arguments))
    out, err = capsys.readouterr()
    assert isinstance(stopped.value.code, int)
    return stopped.value.code, out, err


def filled(sheet: Path, path: Path, verdict: str, divergence: str, delimiter: str = ",") -> Path:
    """A copy of a sheet in which everything was judged alike."""
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["verdict" if row["term"] else "divergence"] = verdict if row["term"] else divergence
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0], delimiter=delimiter)
        table.writeheader()
        table.writerows(rows)
    return path


def test_from_corpus_to_agreement(
    capsys: pytest.CaptureFixture[str], scored_corpus: tuple[Path, Path], tmp_path: Path
) -> None:
    out, source = scored_corpus
    sheet, key = tmp_path / "s" / "sheet.csv", tmp_path / "s" / "sheet.key.csv"
    code, said, err = run(
        capsys, "coding-sheet", str(out), "--articles", str(source), "--sample", "12", "--output", str(sheet)
    )  # fmt: skip
    assert (code, err) == (0, "")
    assert "12 articles, 12 terms" in said
    with sheet.open(encoding="utf-8-sig") as file:
        bodies = [row["body"] for row in csv.DictReader(file) if not row["term"]]
    assert all(body.startswith("Body ") for body in bodies)
    one = filled(sheet, tmp_path / "ann.csv", "Weaker ", "10")
    other = filled(sheet, tmp_path / "bo.csv", "weaker", "12,5", delimiter=";")
    code, said, err = run(capsys, "agreement", str(one), str(other), "--key", str(key))
    assert (code, err) == (0, "")
    assert "2 coders (ann and bo)" in said
    code, said, _ = run(capsys, "agreement", str(one), str(other), "--key", str(key), "--format", "json")
    found = json.loads(said)
    assert found["coders_verdicts_alpha"]["value"] is None  # all said the same
    assert found["tool_verdicts"][0]["same"]["value"] == 1
    assert {"coders": "weaker", "tool": "weaker", "count": 24} in found["confusion"]
    code, said, _ = run(capsys, "agreement", str(one), "--format", "csv")
    assert said.splitlines()[0] == "measure,kind_or_coders,tool,value,low,high,n"


def test_files_are_named_as_the_help_says(
    capsys: pytest.CaptureFixture[str], scored_corpus: tuple[Path, Path], tmp_path: Path
) -> None:
    out, source = scored_corpus
    _, said, _ = run(capsys, "coding-sheet", "--help")
    (sheet, key) = re.findall(r"for (\S+), (\S+)\.", " ".join(said.split()))[0]
    code, said, _ = run(
        capsys, "coding-sheet", str(out), "--articles", str(source), "--output", str(tmp_path / "s" / sheet)
    )
    assert code == 0
    assert {path.name for path in (tmp_path / "s").iterdir()} == {sheet, key}
    assert said.rstrip().endswith(f"the key: {tmp_path / 's' / key}")


def test_a_sheet_that_has_judgements_in_it_is_not_replaced(
    capsys: pytest.CaptureFixture[str], scored_corpus: tuple[Path, Path], tmp_path: Path
) -> None:
    out, source = scored_corpus
    sheet = tmp_path / "sheet.csv"
    again = ("coding-sheet", str(out), "--articles", str(source), "--output", str(sheet))
    assert "(replaced)" not in run(capsys, *again)[1]
    assert run(capsys, *again)[1].startswith(f"{sheet} (replaced): ")
    before = filled(sheet, sheet, "weaker", "").read_bytes()
    code, said, err = run(capsys, *again)
    assert (code, said, sheet.read_bytes()) == (2, "", before)
    assert "judgements in it" in err


def test_bodies_are_needed(capsys: pytest.CaptureFixture[str], scored_corpus: tuple[Path, Path]) -> None:
    code, _, err = run(capsys, "coding-sheet", str(scored_corpus[0]))
    assert code == 2
    assert "does not hold them" in err
    assert "--articles" in err


def test_bodies_of_other_articles_are_not_taken(
    capsys: pytest.CaptureFixture[str], scored_corpus: tuple[Path, Path], tmp_path: Path
) -> None:
    out, source = scored_corpus
    sheet = tmp_path / "sheet.csv"
    text = source.read_text()
    source.write_text(text.replace("Mayor storms", "Mayor strolls"))
    code, _, err = run(capsys, "coding-sheet", str(out), "--articles", str(source), "--output", str(sheet))
    assert code == 2
    assert "none of the bodies was found in in.csv" in err
    assert not sheet.exists()
    source.write_text("\n".join(text.splitlines()[:21]) + "\n")
    code, said, err = run(capsys, "coding-sheet", str(out), "--articles", str(source), "--output", str(sheet))
    assert code == 0
    assert "20 articles" in said
    assert "10 articles left out" in err


def test_bodies_are_found_by_id_where_rows_moved(
    capsys: pytest.CaptureFixture[str], scored_corpus: tuple[Path, Path], tmp_path: Path
) -> None:
    out, source = scored_corpus
    head, *rest = source.read_text().splitlines()
    moved = tmp_path / "moved.csv"
    moved.write_text("\n".join([head, *reversed(rest)]) + "\n")
    sheet = tmp_path / "sheet.csv"
    code, said, _ = run(capsys, "coding-sheet", str(out), "--articles", str(moved), "--output", str(sheet))
    assert code == 0
    assert "30 articles" in said
    with sheet.open(encoding="utf-8-sig") as file:
        bodies = {row["item"]: row["body"] for row in csv.DictReader(file) if not row["term"]}
    with (tmp_path / "sheet.key.csv").open(encoding="utf-8-sig") as file:
        ids = {row["item"]: row["id"] for row in csv.DictReader(file) if not row["term"]}
    assert all(bodies[item] == f"Body {ids[item][1:]} of the mayor." for item in ids)


def coders(tmp_path: Path, text: str, name: str = "ann.csv") -> Coding:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_coding([path])


def test_cells_that_cannot_be_taken_are_named(tmp_path: Path) -> None:
    coding = coders(
        tmp_path,
        "Coder,Item,Term,Verdict,Divergence\n"
        "ann,1,,,50\nann,1,1,absent,\nann,1,2,wrong,\nann,2,,,much\nann,3,,,101\nann,1,1,weaker,\n"
        "ann,1,,,60\nann,4,1,absent,30\nann,5,,absent,20\nann,,,absent,\nann,6,,,nan\n",
    )
    assert coding.coders == ["ann"]
    assert coding.verdicts == {("1", "1"): {"ann": "absent"}, ("4", "1"): {"ann": "absent"}}
    assert coding.divergences == {("1", ""): {"ann": 50.0}, ("5", ""): {"ann": 20.0}}
    assert [int(fault.split("row ")[1].split(":")[0]) for fault in coding.faults] == [
        4,
        5,
        6,
        7,
        8,
        9,
        10,
        12,
    ]
    assert all("ann.csv, row" in fault for fault in coding.faults)


def test_what_is_no_sheet_is_said(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="cannot be read"):
        read_coding([tmp_path / "none.csv"])
    with pytest.raises(CorpusError, match="no column item"):
        coders(tmp_path, "a,b\n1,2\n")
    with pytest.raises(CorpusError, match="empty"):
        agreement(coders(tmp_path, "item,term,verdict,divergence\n1,1,,\n"))
    coding = coders(tmp_path, "item,term,verdict,divergence\n1,1,absent,\n")
    with pytest.raises(CorpusError, match="key"):
        agreement(coding, Key({("9", "1"): "absent"}, {("9", "1"): "force"}, {}))
    (tmp_path / "key.csv").write_text("item,term,kind,verdict,divergence\n1,1,farce,absent,\n")
    with pytest.raises(CorpusError, match="row 2"):
        read_key(tmp_path / "key.csv")


def coding_of(said: dict[tuple[str, str], list[str]]) -> Coding:
    coding = Coding(coders=["a", "b"])
    for unit, values in said.items():
        coding.verdicts[unit] = dict(zip("ab", values, strict=False))
    return coding


def test_the_tool_against_the_coders_by_kind() -> None:
    said = {
        ("1", "1"): ["absent", "absent"], ("1", "2"): ["weaker", "absent"], ("2", "1"): ["hedged", "hedged"],
        ("3", "1"): ["absent"],
    }  # fmt: skip
    key = Key(
        {("1", "1"): "absent", ("1", "2"): "absent", ("2", "1"): "shifted", ("3", "1"): "absent"},
        {("1", "1"): "force", ("1", "2"): "force", ("2", "1"): "quote", ("3", "1"): "force"},
        {},
    )
    found = agreement(coding_of(said), key)
    by_kind = {one.kind: one for one in found.by_kind}
    assert list(by_kind) == ["all", "force", "quote"]
    assert by_kind["all"].same.value == pytest.approx(4 / 7)
    assert by_kind["force"].same.value == pytest.approx(4 / 5)
    assert by_kind["force"].among.value == pytest.approx(1 / 2)
    assert (by_kind["quote"].same.value, by_kind["quote"].among.value) == (0, 1)
    assert sum(found.confusion.values()) == 7
    assert found.confusion["hedged", "shifted"] == 2
    assert found.confusion["weaker", "absent"] == 1
    assert json.loads(as_json(found))["terms"] == 4
    table = list(csv.DictReader(io.StringIO(as_table(found))))
    cells = [row for row in table if row["measure"] == "confusion"]
    assert [(row["kind_or_coders"], row["tool"]) for row in cells] == list(
        itertools.product(VERDICTS, VERDICTS)
    )


def test_distance_of_the_tool_from_the_coders_mean() -> None:
    coding = Coding(coders=["a", "b"])
    coding.divergences["1", ""] = {"a": 10.0, "b": 20.0}
    coding.divergences["2", ""] = {"a": 40.0}
    found = agreement(coding, Key({}, {}, {("1", ""): 25.0, ("2", ""): 40.0}))
    assert found.tool_error is not None
    assert (found.tool_error.value, found.tool_error.n) == (5, 2)
    assert (found.tool_error.low, found.tool_error.high) == (0, 10)
