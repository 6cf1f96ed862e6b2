"""``sensational evaluate`` on tiny invented sets: every set runs, and says what it should."""

import gzip
import json
from pathlib import Path

import pytest
from hand_made import by_long_words

from sensational import __version__, cli
from sensational.evaluation import gold, ledgers, markdown, run, scoring, table, unsupported_words
from sensational.evaluation.floors import surface_cues, vader_compound, word_overlap
from sensational.evaluation.loaded_words import _overlap, _recall, _span_f1
from sensational.evaluation.result import Figure, SetResult
from sensational.evaluation.rows import read_rows, sample
from sensational.language.document import Document
from sensational.training.held_out import for_training

pytest.importorskip("sklearn")

DATA = Path(__file__).parent / "data"
PLACES = {
    "gold/dev.jsonl.gz": "gold.jsonl",
    "consistency/claims.jsonl.gz": "consistency.jsonl",
    "unsupported_words/claims.jsonl.gz": "unsupported_words.jsonl",
    "loaded_words/sentences.jsonl.gz": "sentences.jsonl",
    "loaded_words/articles.jsonl.gz": "spans.jsonl",
}
FIGURES = {
    "gold": "divergence, all, Spearman",
    "consistency": "supported above unsupported, xsumfaith, AUC",
    "unsupported_words": "unsupported words, AUC",
    "loaded_words": "biased sentence, AUC of loading",
}


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of labelled sets, laid out and compressed as the real ones are."""
    folder = tmp_path_factory.mktemp("benchmarks")
    for place, source in PLACES.items():
        path = folder / place
        path.parent.mkdir(exist_ok=True)
        name = path.parent.name
        path.write_bytes(gzip.compress(_times(DATA / source, 3 if name == "gold" else 1), mtime=0))
    return folder


def _times(source: Path, times: int) -> bytes:
    """The rows of a file several times over, each time over a body of its own."""
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    for turn in range(1, times):
        ending = f" The {turn} o'clock news said no more."
        rows += [
            {**r, "id": f"{r['id']}-{turn}", "body": r["body"] + ending} for r in rows[: len(rows) // turn]
        ]
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Analyses by rule: here it matters what is measured, not how good it is."""
    pytest.importorskip("vaderSentiment")
    monkeypatch.setattr(scoring, "score_one", by_long_words)


def call(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        cli.main(["evaluate", *map(str, arguments)])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


@pytest.mark.parametrize("name", FIGURES)
def test_each_set_gives_its_figures_beside_floors(sets: Path, name: str) -> None:
    result = run.evaluate_set(name, sets / run.SETS[name].folder)
    figures = {one.name: one for one in result.figures}
    main = figures[FIGURES[name]]
    assert main.floor is not None
    assert main.floor_name
    assert main.interval is not None
    assert main.interval[0] <= main.interval[1]
    assert main.n > 0
    assert result == run.evaluate_set(name, sets / run.SETS[name].folder)


def test_gold_shows_confusion_kinds_and_misses(sets: Path) -> None:
    result = run.evaluate_set("gold", sets / "gold")
    confusion, kinds, worst = result.tables
    wanted = sum(t["marked_by"] == 2 for r in read_rows(sets / "gold", "dev.jsonl.gz") for t in r["terms"])
    assert sum(int(cell) for row in confusion[2] for cell in row[1:]) == wanted
    assert sum(int(row[1]) for row in kinds[2]) == wanted
    assert len(worst[2]) == ledgers.WORST
    figures = {one.name: one for one in result.figures}
    assert figures["verdicts, exact"].n == wanted
    assert figures["verdicts, exact"].floor == pytest.approx(15 / wanted)
    strict = figures["verdicts, a term not found counted as wrong, exact"].value
    assert strict <= figures["verdicts, exact"].value


def test_gold_rows_that_share_a_text_share_a_document() -> None:
    rows = [
        {"id": "1", "headline": "a", "body": "x"},
        {"id": "2", "headline": "b", "body": "y"},
        {"id": "3", "headline": "b", "body": "x"},
        {"id": "4", "headline": "c", "body": "z"},
    ]
    one, two, three, four = gold.documents_of(rows)
    assert one == two == three != four


def test_term_counts_leave_out_what_one_reader_marked() -> None:
    terms = [{"start": 0, "end": 5, "marked_by": 2}, {"start": 10, "end": 15, "marked_by": 1}]
    row = {"terms": terms}
    assert gold.counts([(3, 8), (11, 12), (20, 25)], row) == ledgers.Found(1, 2, 1, 1)


def test_words_are_marked_by_most_people() -> None:
    text = "a cat sat on a distant island"
    row = {"workers": 3, "spans": []}
    for worker, words in (("a", "distant island"), ("b", "Distant"), ("b", "cat"), ("c", "nowhere")):
        row["spans"].append({"worker": worker, "text": words})
    marked = unsupported_words._marked(Document(text), text, row)
    assert [word for word, one in zip(Document(text).words, marked, strict=True) if one] == ["distant"]


def test_sentences_are_measured_on_the_half_that_is_not_learned_from(sets: Path) -> None:
    rows = read_rows(sets / "loaded_words", "sentences.jsonl.gz")
    judged = [row for row in rows if row["label"] != "No agreement"]
    figures = {one.name: one for one in run.evaluate_set("loaded_words", sets / "loaded_words").figures}
    measured = figures["biased sentence, AUC of loading"].n
    assert measured == sum(not for_training(row["text"]) for row in judged) < len(judged)


def test_span_measures_by_hand() -> None:
    counts = [_overlap([(0, 10), (50, 60)], [(5, 15), (100, 104)])]
    assert counts == [(0.5, 2, 0.5, 2, 1)]
    assert _recall(counts) == 0.5
    assert _span_f1(counts) == pytest.approx(0.25)


def test_floors_by_hand() -> None:
    headline, body = Document("Cats flee a burning barn"), Document("The cats left. A barn burned.")
    assert word_overlap(headline, body) == pytest.approx(3 / 4)
    cues = surface_cues(headline, body)
    assert len(cues) == 16
    assert cues[2] == pytest.approx(2 / 4)
    assert vader_compound("a wonderful day") > 0 > vader_compound("a horrible death")


def test_a_sample_is_seeded_and_in_order() -> None:
    rows = [{"at": at} for at in range(50)]
    assert sample(rows, 10, 1) == sample(rows, 10, 1) == sorted(sample(rows, 10, 1), key=lambda r: r["at"])
    assert sample(rows, 10, 1) != sample(rows, 10, 2)
    assert sample(rows, 60, 1) == rows


def test_standing_names_the_first_bar_that_is_missed() -> None:
    def stands(value: float, higher: bool = True) -> str:
        bars = (0.5, 0.6, 0.8) if higher else (0.5, 0.4, 0.2)
        return table.standing(
            Figure("x", value, 1, floor=bars[0], learner=bars[1], aim=bars[2], higher_is_better=higher)
        )

    words = ["below floor", "below learner", "above floors", "aim met"]
    assert [stands(value) for value in (0.4, 0.55, 0.7, 0.8)] == words
    assert [stands(value, False) for value in (0.6, 0.45, 0.3, 0.2)] == words
    assert table.standing(Figure("x", 0.5, 1)) == ""
    assert table.standing(Figure("x", 0.5, 1, floor=0.1, must=0.5)) == "met"
    assert table.standing(Figure("x", 0.5, 1, floor=0.1, must=0.6)) == "short"


def test_a_row_writes_its_interval_as_finely_as_its_figure() -> None:
    assert table.row(Figure("x", 11.2, 3, (9.5, 13.0)))[2:4] == ("11.2", "9.5–13.0")
    named = Figure("x", 0.25, 3000, (0.2, 0.3), floor=0.1, floor_name="f", learner=0.2, learner_name="g")
    assert table.row(named, table.methods([named]))[1:6] == (
        "3,000", "0.250", "0.200–0.300", "0.100 [1]", "0.200 [2]",
    )  # fmt: skip
    assert table.notes_of(SetResult("s", (named,), notes=("n",))) == (
        "Floors and learners: [1] f; [2] g.",
        "n",
    )


def test_one_set_as_a_table_and_as_json(sets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = call(capsys, "unsupported_words", sets / "unsupported_words")
    assert code == 0
    assert "unsupported words, AUC" in out
    assert "\x1b" not in out
    assert "unsupported_words" in err
    code, out, _ = call(capsys, "unsupported_words", sets / "unsupported_words", "--format", "json")
    data = json.loads(out)["sets"]["unsupported_words"]
    assert data["figures"][0]["n"] > 8
    assert len(data["files"]["claims.jsonl.gz"]) == 64


def test_all_sets_with_page_floors_and_gate(
    sets: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, floors = tmp_path / "evaluation.md", tmp_path / "floors.json"
    ask = ("all", sets, "--gate", "--floors", floors)
    code, _, err = call(capsys, *ask, "--raise-floors", "--write-docs", page)
    assert code == 0, err
    assert "numbers: not evaluated" in err
    assert "gate: open" in err
    text = page.read_text(encoding="utf-8")
    assert "Do not edit" in text
    assert markdown.COMMAND in text
    for name in FIGURES:
        assert name in json.loads(floors.read_text(encoding="utf-8"))
        assert name in text
    for row in (DATA / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        assert json.loads(row)["headline"] not in text
    assert call(capsys, *ask)[0] == 0

    data = json.loads(floors.read_text(encoding="utf-8"))
    data["gold"]["figures"]["verdicts, exact"] = 0.9999
    data["consistency"]["files"]["claims.jsonl.gz"] = "0" * 64
    floors.write_text(json.dumps(data), encoding="utf-8")
    code, _, err = call(capsys, *ask)
    assert code == 1
    assert "gate: gold: verdicts, exact" in err
    assert "gate: consistency: claims.jsonl.gz is not the file" in err
    code, _, err = call(capsys, *ask, "--lower-floors")
    assert code == 0
    assert "lowered: gold: verdicts, exact: 0.9999 to" in err


def test_the_page_in_the_repository_begins_as_it_is_made() -> None:
    made = markdown.page((), __version__, 0)
    page = Path(__file__).parents[2] / "docs" / "development" / "evaluation.md"
    assert page.read_text(encoding="utf-8").startswith(made)
    assert "| divergence, median, in points |" in page.read_text(encoding="utf-8")
    assert "*Gold* is another set" in made


def test_what_cannot_be_done_is_said(sets: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, wanted in (
        (("nothing", sets), "there is no set"),
        (("all", tmp_path), "there is no labelled set"),
        (("gold", tmp_path), "cannot be read"),
        (("gold", sets / "gold", "--write-docs", tmp_path / "x.md"), "takes all sets"),
    ):
        code, out, err = call(capsys, *arguments)
        assert (code, out) == (2, "")
        assert wanted in err


def test_what_is_read_by_hand_is_written_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    result = SetResult(
        "gold", (Figure("x", 0.5, 3),), texts={"articles.txt": "Read this.", "ledgers.txt": "So."}
    )
    monkeypatch.setattr(run, "evaluate_set", lambda *_: result)
    (tmp_path / "dev.jsonl.gz").touch()
    code, out, _ = call(capsys, "gold", tmp_path, "--format", "json", "--reading", tmp_path / "hand")
    assert code == 0
    assert "Read this." not in out
    assert (tmp_path / "hand" / "gold" / "articles.txt").read_text(encoding="utf-8") == "Read this."
    assert (tmp_path / "hand" / "gold" / "ledgers.txt").is_file()


def test_the_page_shows_markup_as_text() -> None:
    figure = Figure("a | <b>", 0.5, 3)
    result = SetResult("made", (figure,), tables=(("t", ("id", "headline"), (("1", "Not to be shown"),)),))
    page = markdown.page([("made", result)], "1", 0)
    assert "a \\| &lt;b&gt;" in page
    assert "Not to be shown" not in page


def test_the_page_has_measures_and_no_lists_of_faults() -> None:
    rows = (("id",), (("real-1",),))
    result = SetResult(
        "made", (), tables=(("The 20 worst misses of divergence", *rows), ("Confusion", *rows))
    )
    page = markdown.page([("made", result)], "1", 0)
    assert "Confusion" in page
    assert "worst misses" not in page
