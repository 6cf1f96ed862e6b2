"""Agreement in every detail that a reader sees: the JSON, the table, the text on a terminal, intervals."""

from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path

import pytest
from rich.console import Console

from sensational.analysis import VERDICTS
from sensational.corpus.agreement import (
    Agreement,
    AgreementOfKind,
    Coding,
    Figure,
    Key,
    agreement,
    alpha_interval,
    alpha_nominal,
    read_coding,
    read_key,
)
from sensational.corpus.agreement_tables import as_json, as_table, print_agreement
from sensational.corpus.errors import CorpusError

NOTHING = Figure(math.nan, math.nan, math.nan, 0)
CELLS = {(theirs, its): 0 for theirs in VERDICTS for its in VERDICTS}


def made(**changes: object) -> Agreement:
    fields: dict[str, object] = {
        "coders": ("ann", "bo"), "articles": 1, "terms": 2345,
        "verdicts": Figure(0.81234, 0.7, 0.9, 1234), "divergence": Figure(0.7, 0.61239, 0.78, 50),
        "by_kind": (
            AgreementOfKind("force", 1200, Figure(0.5, 0.4, 0.6, 80), Figure(0.75, 0.7, 0.8, 40), NOTHING),
        ),
        "tool_divergence": Figure(0.5, 0.4, 0.6, 30), "tool_error": Figure(12.34567, 10.0, 15.0, 20),
        "confusion": {**CELLS, ("weaker", "absent"): 1500}, "faults": ("ann.csv, row 3: it is wrong",),
    }  # fmt: skip
    return Agreement(**{**fields, **changes})  # type: ignore[arg-type]


def printed(found: Agreement) -> list[str]:
    console = Console(file=io.StringIO(), width=140, color_system=None)
    print_agreement(found, console)
    return [" ".join(line.split()) for line in console.file.getvalue().splitlines()]  # type: ignore[attr-defined]


def test_json_holds_every_figure() -> None:
    found = json.loads(as_json(made(tool_divergence=NOTHING, confusion={("weaker", "absent"): 3})))
    assert found == {
        "coders": ["ann", "bo"], "articles": 1, "terms": 2345,
        "coders_verdicts_alpha": {"value": 0.8123, "interval": [0.7, 0.9], "n": 1234},
        "coders_divergence_alpha": {"value": 0.7, "interval": [0.6124, 0.78], "n": 50},
        "tool_divergence_alpha": {"value": None, "interval": None, "n": 0},
        "tool_divergence_error": {"value": 12.3457, "interval": [10.0, 15.0], "n": 20},
        "tool_verdicts": [
            {
                "kind": "force", "terms": 1200,
                "same": {"value": 0.5, "interval": [0.4, 0.6], "n": 80},
                "among_coders": {"value": 0.75, "interval": [0.7, 0.8], "n": 40},
                "alpha": {"value": None, "interval": None, "n": 0},
            }
        ],
        "confusion": [{"coders": "weaker", "tool": "absent", "count": 3}],
        "left_out": ["ann.csv, row 3: it is wrong"],
    }  # fmt: skip
    assert json.loads(as_json(made(tool_error=None)))["tool_divergence_error"] is None


def test_the_table_holds_every_figure() -> None:
    rows = list(csv.reader(io.StringIO(as_table(made(tool_error=None, confusion={("weaker", "absent"): 3})))))
    assert [cell.removeprefix("\ufeff") for cell in rows[0]] == [
        "measure", "kind_or_coders", "tool", "value", "low", "high", "n",
    ]  # fmt: skip
    assert rows[1:] == [
        ["coders_verdicts_alpha", "", "", "0.8123", "0.7", "0.9", "1234"],
        ["coders_divergence_alpha", "", "", "0.7", "0.6124", "0.78", "50"],
        ["tool_divergence_alpha", "", "", "0.5", "0.4", "0.6", "30"],
        ["tool_verdicts_same", "force", "", "0.5", "0.4", "0.6", "80"],
        ["coders_verdicts_same", "force", "", "0.75", "0.7", "0.8", "40"],
        ["tool_verdicts_alpha", "force", "", "", "", "", "0"],
        ["confusion", "weaker", "absent", "3", "", "", "3"],
    ]


def test_what_a_reader_sees() -> None:
    assert printed(made())[:13] == [
        "2 coders (ann and bo), 1 article, 2,345 terms",
        "",
        "Krippendorff's alpha 95% judgements read as",
        "coders, verdicts 0.81 0.70 to 0.90 1,234 reliable",
        "coders, divergence 0.70 0.61 to 0.78 50 for tentative conclusions",
        "tool and coders, divergence 0.50 0.40 to 0.60 30 not reliable",
        "The tool's divergence is 12.3 points from the coders' mean on average (10.0 to 15.0).",
        "",
        "kind terms tool = coder 95% coder = coder alpha 95%",
        "force 1,200 50% 40 to 60 75% –",
        "",
        "coders below, tool beside ● ❝ ∿ ▽ ⇢ ✕ ○",
        "● supported · · · · · · ·",
    ]
    assert printed(made())[15] == "▽ weaker · · · · · · 1,500"
    assert printed(made())[-1] == "ann.csv, row 3: it is wrong"


def test_coders_alone_are_said_alone() -> None:
    lines = printed(made(by_kind=(), tool_divergence=None, tool_error=None, divergence=NOTHING, faults=()))
    assert lines == [
        "2 coders (ann and bo), 1 article, 2,345 terms",
        "",
        "Krippendorff's alpha 95% judgements read as",
        "coders, verdicts 0.81 0.70 to 0.90 1,234 reliable",
        "coders, divergence – 0 not defined: fewer than two judged it, or all said the same",
    ]
    assert not any("points from" in line for line in printed(made(tool_error=NOTHING)))


@pytest.mark.parametrize(
    ("alpha", "reading"),
    [
        (0.8, "reliable"), (0.79, "for tentative conclusions"), (0.667, "for tentative conclusions"),
        (0.66, "not reliable"), (-0.2, "not reliable"),
    ],
)  # fmt: skip
def test_alpha_is_read_as_its_author_does(alpha: float, reading: str) -> None:
    assert printed(made(verdicts=Figure(alpha, 0.1, 0.2, 3)))[3].endswith(f" 3 {reading}")


def test_many_coders_and_many_faults_are_cut_short() -> None:
    lines = printed(made(coders=tuple("abcdefgh"), faults=tuple(f"fault {n}" for n in range(25))))
    assert lines[0].startswith("8 coders (a, b, c, d, e and f), ")
    assert lines[-2:] == ["fault 19", "and 5 more cells that could not be taken"]
    assert printed(made(faults=tuple(f"fault {n}" for n in range(20))))[-1] == "fault 19"
    assert printed(made(coders=("x" * 50,)))[0] == f"1 coder ({'x' * 29}…), 1 article, 2,345 terms"


# --- reading the sheets ----------------------------------------------------------------------


def sheet(folder: Path, text: str, name: str = "ann.csv") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_every_fault_says_what_to_do(tmp_path: Path) -> None:
    text = (
        "item,term,verdict,divergence\n1,,absent,\n1,1,wrong,\n1,1,absent,\n1,1,weaker,\n1,,,much\n1,1,,30\n"
        "1,,,50\n1,,,60\n"
    )
    assert read_coding([sheet(tmp_path, text)]).faults == [
        "ann.csv, row 2: a verdict belongs to a term, not to an article; it is left out",
        'ann.csv, row 3: "wrong" is not a verdict and is left out; write one of supported, attributed, '
        "hedged, weaker, shifted, contradicted, absent",
        "ann.csv, row 5: ann has judged this term before; the first verdict counts",
        'ann.csv, row 6: "much" is not a divergence and is left out; write a number from 0 to 100',
        "ann.csv, row 7: a divergence belongs to an article, not to a term; it is left out",
        "ann.csv, row 9: ann has judged this article before; the first number counts",
    ]


def test_long_cells_are_cut_in_faults(tmp_path: Path) -> None:
    text = f"item,term,verdict,divergence\n1,1,{'x' * 40},\n1,,,{'y' * 40}\n"
    faults = read_coding([sheet(tmp_path, text)]).faults
    assert f'"{"x" * 30}" is not a verdict' in faults[0]
    assert f'"{"y" * 30}" is not a divergence' in faults[1]


def test_a_file_is_named_for_its_coder_and_by_its_place_where_two_are_alike(tmp_path: Path) -> None:
    text = "item,term,verdict,divergence\n1,1,absent,\n"
    one, other = sheet(tmp_path, text, "a/ann.csv"), sheet(tmp_path, text, "b/ann.csv")
    assert read_coding([one]).coders == ["ann"]
    assert read_coding([one, other]).coders == [str(one), str(other)]
    both = sheet(tmp_path, "item,term,verdict,divergence,coder\n1,1,absent,,bo\n1,1,weaker,, \n", "cy.csv")
    assert read_coding([both]).verdicts == {("1", "1"): {"bo": "absent", "cy": "weaker"}}


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_sheets_of_any_spreadsheet(tmp_path: Path, mark: str) -> None:
    text = "\ufeffItem, Term ,VERDICT,divergence,other\n 1 , 1 , Absent ,\n2,,,12.5,x,y\n".replace(",", mark)
    found = read_coding([sheet(tmp_path, text)])
    assert found.verdicts == {("1", "1"): {"ann": "absent"}}
    assert found.divergences == {("2", ""): {"ann": 12.5}}
    assert found.faults == []


@pytest.mark.parametrize(("cell", "value"), [("0", 0.0), ("100", 100.0), ("12,5", 12.5)])
def test_the_ends_of_the_scale_are_on_it(tmp_path: Path, cell: str, value: float) -> None:
    found = read_coding([sheet(tmp_path, f'item,term,verdict,divergence\n1,,,"{cell}"\n')])
    assert found.divergences == {("1", ""): {"ann": value}}


def test_what_cannot_be_read_is_said_in_one_sentence(tmp_path: Path) -> None:
    missing = tmp_path / "none.csv"
    with pytest.raises(CorpusError) as caught:
        read_coding([missing])
    assert str(caught.value) == (
        f"{missing}: it cannot be read (there is no such file); give a filled-in sheet, saved as CSV"
    )
    wrong = sheet(tmp_path, "item,term,divergence\n", "wrong.csv")
    with pytest.raises(CorpusError) as caught:
        read_coding([wrong])
    assert str(caught.value) == (
        f"{wrong}: it has no column verdict; give a sheet that `sensational coding-sheet` wrote, filled in"
    )
    empty = sheet(tmp_path, "", "empty.csv")
    with pytest.raises(CorpusError, match="no column item"):
        read_coding([empty])


def test_a_key_is_read_and_held_to_its_form(tmp_path: Path) -> None:
    head = "item,term,kind,verdict,divergence\n"
    key = read_key(sheet(tmp_path, f"{head}1,,,,40\n1,1,force,absent,\n1,2,quote,weaker,\n"))
    assert key == Key(
        {("1", "1"): "absent", ("1", "2"): "weaker"},
        {("1", "1"): "force", ("1", "2"): "quote"},
        {("1", ""): 40.0},
    )
    for rows, said in (
        ("1,1,force,wrong,\n", "row 2 was changed; use the key as coding-sheet wrote it"),
        ("1,1,farce,absent,\n", "row 2 was changed; use the key as coding-sheet wrote it"),
        ("1,1,force,absent,\n1,,,,x\n", "row 3 has no divergence; use the key as coding-sheet wrote it"),
    ):
        path = sheet(tmp_path, head + rows)
        with pytest.raises(CorpusError) as caught:
            read_key(path)
        assert str(caught.value) == f"{path}: {said}"


# --- the figures -----------------------------------------------------------------------------


def coding(verdicts: dict[tuple[str, str], list[str]], divergences: dict[str, list[float]]) -> Coding:
    made = Coding(coders=["a", "b"], faults=["one"])
    for unit, said in verdicts.items():
        made.verdicts[unit] = dict(zip("ab", said, strict=False))
    for item, numbers in divergences.items():
        made.divergences[item, ""] = dict(zip("ab", numbers, strict=False))
    return made


def test_without_a_key_there_is_nothing_on_the_tool() -> None:
    found = agreement(coding({("1", "1"): ["absent", "absent"]}, {"1": [5.0, 6.0], "2": [7.0]}))
    assert (found.coders, found.articles, found.terms, found.faults) == (("a", "b"), 2, 1, ("one",))
    assert (found.by_kind, found.tool_divergence, found.tool_error, found.confusion) == ((), None, None, {})
    assert found.verdicts.n == 2
    assert found.divergence.n == 2


def test_errors_say_what_to_do() -> None:
    with pytest.raises(CorpusError) as caught:
        agreement(Coding())
    assert str(caught.value) == "the sheets are empty: fill in the columns verdict and divergence"
    with pytest.raises(CorpusError) as caught:
        agreement(coding({("1", "1"): ["absent"]}, {}), Key({}, {}, {("1", ""): 5.0}))
    assert str(caught.value) == (
        "no row of the sheets is in the key; use the key that was written with the sheet"
    )


def test_one_common_row_is_enough() -> None:
    by_verdict = agreement(
        coding({("1", "1"): ["absent"]}, {}), Key({("1", "1"): "absent"}, {("1", "1"): "force"}, {})
    )
    assert by_verdict.by_kind[0].same.value == 1
    assert by_verdict.tool_error is not None
    assert by_verdict.tool_error.n == 0
    by_number = agreement(coding({}, {"1": [5.0]}), Key({}, {}, {("1", ""): 9.0}))
    assert by_number.tool_error is not None
    assert (by_number.tool_error.value, by_number.tool_error.n) == (4.0, 1)
    assert by_number.by_kind[0].terms == 0


def test_the_tool_beside_each_coder() -> None:
    said = {"1": [10.0, 20.0], "2": [40.0, 50.0], "3": [90.0], "4": [1.0]}
    key = Key({}, {}, {("1", ""): 10.0, ("2", ""): 60.0, ("3", ""): 80.0})
    found = agreement(coding({}, said), key).tool_divergence
    pairs = [(10, 10), (20, 10), (40, 60), (50, 60), (90, 80)]
    units = {(str(n), "1"): [float(one), float(other)] for n, (one, other) in enumerate(pairs)}
    assert found is not None
    assert found.value == pytest.approx(alpha_interval(units).value)
    assert found.n == 10


def test_intervals_are_of_the_seed_and_hold_the_middle_95_of_100() -> None:
    units = {(str(n), "1"): ["absent", "absent" if n % 3 else "weaker"] for n in range(30)}
    units |= {(f"w{n}", "1"): ["weaker", "weaker"] for n in range(20)}
    found = alpha_nominal(units, 1)
    assert found == alpha_nominal(units, 1)
    assert (found.low, found.high) != (alpha_nominal(units, 2).low, alpha_nominal(units, 2).high)
    assert found.value == pytest.approx(1 - 0.2 * (100 * 99) / (2 * 50 * 50))  # 10 of 50 units differ
    assert found.low == pytest.approx(0.36, abs=0.05)
    assert found.high == pytest.approx(0.80, abs=0.05)


def test_by_kind_in_the_order_of_kinds_and_with_alpha() -> None:
    verdicts = {
        ("1", "1"): ["absent", "weaker"], ("1", "2"): ["absent", "absent"], ("2", "1"): ["weaker", "weaker"],
        ("3", "1"): ["hedged"],
    }  # fmt: skip
    key = Key(
        {("1", "1"): "absent", ("1", "2"): "absent", ("2", "1"): "weaker"},
        {("1", "1"): "quote", ("1", "2"): "emotion", ("2", "1"): "quote"},
        {},
    )
    found = agreement(coding(verdicts, {}), key)
    assert [(one.kind, one.terms) for one in found.by_kind] == [("all", 3), ("emotion", 1), ("quote", 2)]
    every = found.by_kind[0]
    assert (every.same.value, every.same.n) == (pytest.approx(5 / 6), 6)
    assert (every.among.value, every.among.n) == (pytest.approx(2 / 3), 3)
    units = {
        ("1", "a"): ["absent", "absent"], ("1", "b"): ["weaker", "absent"], ("1", "c"): ["absent", "absent"],
        ("1", "d"): ["absent", "absent"], ("2", "a"): ["weaker", "weaker"], ("2", "b"): ["weaker", "weaker"],
    }  # fmt: skip
    assert every.alpha.value == pytest.approx(alpha_nominal(units).value)
