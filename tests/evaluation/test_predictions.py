"""Predictions of other tools: read as they are meant, and refused with file and row where they are wrong."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational.analysis import VERDICTS
from sensational.evaluation.labelled import Labelled
from sensational.evaluation.ledgers import Mark
from sensational.evaluation.predictions import COLUMNS, Prediction, PredictionsError, read_predictions

TERMS = "id,divergence,start,end"
HEADLINE, BODY = "Mayor slams record deal", "The mayor criticised the deal. It is the largest yet."


def labelled(id: str) -> Labelled:
    return Labelled({"id": id, "headline": HEADLINE, "divergence": 10, "terms": []}, BODY, id, ())


ASKED = [labelled("a-1"), labelled("a-2")]


def write(folder: Path, text: str) -> Path:
    path = folder / "tool.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return path


def problems(path: Path) -> tuple[str, ...]:
    with pytest.raises(PredictionsError) as refused:
        read_predictions(path, ASKED, ["b-1"])
    assert all(line.startswith(f"{path}: ") for line in refused.value.problems)
    return tuple(line.removeprefix(f"{path}: ") for line in refused.value.problems)


def test_a_number_for_each_headline(tmp_path: Path) -> None:
    read = read_predictions(
        write(tmp_path, "\ufeffnote,divergence,id\nx,12.5,a-1\ny,,a-2\nz,3,b-1\n"), ASKED, ["b-1"]
    )
    assert dict(read.of) == {"a-1": Prediction(12.5), "a-2": Prediction(None)}
    assert (read.terms, read.verdicts, read.evidence) == (False, False, False)


def test_terms_with_verdict_and_evidence(tmp_path: Path) -> None:
    text = (
        "id,divergence,start,end,verdict,loaded,evidence_start,evidence_end\n"
        "a-1,40,6,11,weaker,,0,30\n"
        "a-1,40,6.0,11.0,weaker,True,31,53\n"
        "a-1,40,12,18,,false,,\n"
        "a-2,0,,,,,,\n"
    )
    read = read_predictions(write(tmp_path, text), ASKED)
    assert (read.terms, read.verdicts, read.evidence) == (True, True, True)
    assert read.of["a-1"].terms == (
        Mark(6, 11, True, "weaker", ((0, 30), (31, 53))),
        Mark(12, 18, False, None),
    )
    assert read.of["a-2"] == Prediction(0.0)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "row 1: must have the column id once"),
        ("id,score\na-1,3\n", "row 1: must have the column divergence once"),
        ("id;divergence\na-1;3\n", "a comma between columns"),
        ("id,divergence,id\na-1,3,a-2\n", "row 1: must have the column id once"),
        ("id,divergence\na-1,3\n", "1 of 2 headlines of the test part have no row: a-2"),
        ("id,divergence\na-1,3\na-2,101\n", "row 3: the divergence is '101'; it goes from 0 to 100"),
        ("id,divergence\na-1,nan\na-2,1\n", "row 2: the divergence is 'nan'"),
        ("id,divergence\na-1,3\na-1,3\na-2,1\n", "row 3: it says again what row 2 says of a-1"),
        ("id,divergence\na-1,3\na-2,3\nc-1,1\n", "row 4: the benchmark has no headline 'c-1'"),
        ("id,divergence\na-1,3,9\na-2,1\n", "row 2: it has more cells than there are columns"),
        (f"{TERMS}\na-1,3,0,99\na-2,1,,\n", "row 2: start and end are '0' and '99'; the headline has"),
        (f"{TERMS}\na-1,3,0,\na-2,1,,\n", "row 2: start and end are '0' and ''"),
        (f"{TERMS}\na-1,3,0,5\na-1,4,6,11\na-2,1,,\n", "row 3: the divergence of a-1 is another in row 2"),
        (f"{TERMS},verdict\na-1,3,0,5,false\na-2,1,,,\n", "row 2: 'false' is no verdict; the verdicts are"),
        (f"{TERMS},verdict\na-1,3,,,weaker\na-2,1,,,\n", "row 2: it has a verdict or evidence and no term"),
        (f"{TERMS},loaded\na-1,3,0,5,maybe\na-2,1,,,\n", "row 2: loaded is 'maybe'"),
        ('id,divergence\na-1,"3\na-2,1\n', "is not CSV"),
        (
            "id,divergence,start,end,verdict,evidence_start,evidence_end\n"
            "a-1,3,0,5,weaker,0,9\na-1,3,0,5,absent,10,19\na-2,1,,,,,\n",
            "row 3: this term of a-1 has another verdict in an earlier row",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_row(tmp_path: Path, text: str, wanted: str) -> None:
    assert any(wanted in line for line in problems(write(tmp_path, text)))


def test_all_that_is_wrong_is_named_at_once(tmp_path: Path) -> None:
    assert len(problems(write(tmp_path, "id,divergence\na-1,x\nc-1,1\n"))) == 3


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tool.csv"
    path.write_bytes(b"id,divergence\n\xff\xfe,3\n")
    assert problems(path) == ("is not UTF-8; save it as CSV in UTF-8",)
    assert problems(tmp_path / "none.csv")[0].startswith("cannot be read")


def test_an_error_shows_little_of_a_large_cell(tmp_path: Path) -> None:
    assert max(map(len, problems(write(tmp_path, f"id,divergence\n{'x' * 100_000},1\n")))) < 300


@given(st.text(max_size=80) | st.lists(st.lists(st.text(max_size=6), max_size=5), max_size=5).map(
    lambda rows: "id,divergence,start,end,verdict\n" + "\n".join(",".join(row) for row in rows)
))  # fmt: skip
def test_whatever_a_file_holds_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "anything.csv"
    path.write_bytes(text.encode("utf-8", "replace"))
    try:
        read = read_predictions(path, ASKED)
    except PredictionsError:
        assert problems(path)
    else:
        assert set(read.of) == {"a-1", "a-2"}


spans = st.tuples(st.integers(0, len(HEADLINE) - 1), st.integers(1, len(HEADLINE))).filter(
    lambda s: s[0] < s[1]
)
pieces = st.tuples(st.integers(0, len(BODY) - 1), st.integers(1, len(BODY))).filter(lambda s: s[0] < s[1])
marks = st.dictionaries(
    spans,
    st.tuples(
        st.booleans(),
        st.sampled_from([None, *VERDICTS]),
        st.lists(pieces, max_size=3, unique=True).map(tuple),
    ),
    max_size=4,
).map(lambda found: tuple(Mark(*span, *rest) for span, rest in found.items()))
predicted = st.builds(Prediction, st.none() | st.floats(0, 100), marks)


@given(predicted, predicted)
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, first: Prediction, second: Prediction
) -> None:
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for id, one in (("a-1", first), ("a-2", second)):
        head = (id, "" if one.divergence is None else repr(one.divergence))
        for mark in one.terms:
            for ends in mark.evidence or (("", ""),):
                table.writerow((*head, mark.start, mark.end, mark.verdict or "", mark.loaded, *ends))
        if not one.terms:
            table.writerow((*head, *[""] * (len(COLUMNS) - 2)))
    path = tmp_path_factory.getbasetemp() / "again.csv"
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    assert dict(read_predictions(path, ASKED).of) == {"a-1": first, "a-2": second}
