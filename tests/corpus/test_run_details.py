"""A run in detail: how far each row reads, what is told, what stands beside an output, what is refused."""

from __future__ import annotations

import hashlib
import io
import json
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

from sensational.analysis import KINDS, VERDICTS
from sensational.corpus import opened
from sensational.corpus import run as running
from sensational.corpus.cells import protected
from sensational.corpus.engines.alone import Alone
from sensational.corpus.errors import CorpusError
from sensational.corpus.forms import Output, output_form
from sensational.corpus.inputs import Input, Settings, checksum, find_inputs, read_rows, said, summed
from sensational.corpus.json_lines import JsonLines
from sensational.corpus.part import Result, provenance
from sensational.corpus.rows import Broken, Counts, Part, Reject, Row
from sensational.corpus.run import Outcome, run
from sensational.corpus.store import Done, Store, companions

from .scored_samples import analysis, article, term

UNKNOWN = "its ending is not one of CSV, TSV, JSON Lines (each also .gz or .zst) or Parquet; rename it"
HEAD = "id,headline,body,outlet\n"


def result(part: Part, output: Output) -> Result:
    """Stands in for the scorer: nothing is scored, so that a run takes no time."""
    done = Counts(len(part.items), 0, len(part.items), 0)
    return Result(part.number, dict.fromkeys(output.tables, b""), (), done, provenance())


def nothing(folder: Path, name: str = "out.jsonl", **more: Any) -> Outcome:
    source = folder / "in.csv"
    if not source.exists():
        source.write_text(HEAD + "".join(f"a{n},Headline {n},Body,Post\n" for n in range(5)))
    settings = more.pop("settings", Settings(rows=2))
    return run([source], folder / name, Alone, settings, work=result, **more)


# --- inputs ----------------------------------------------------------------------------------


def test_how_far_each_row_reads(tmp_path: Path) -> None:
    table, pages, packed = tmp_path / "in.csv", tmp_path / "pages", tmp_path / "in.parquet"
    table.write_text(HEAD + "a1,One,Body,Post\n")
    pages.mkdir()
    (pages / "a.txt").write_text("abc")
    (pages / "b.txt").write_text("defgh")
    columns = {"headline": ["a"] * 4, "body": ["b"] * 4}
    pyarrow.parquet.write_table(pyarrow.table(columns), packed)
    settings = Settings()
    found = find_inputs([table, pages, packed], settings)
    read = [[at for _, at in read_rows(source, settings)] for source in found]
    size = packed.stat().st_size
    assert read[0] == [table.stat().st_size]
    assert read[1] == [3, 8]
    assert read[2] == [size * n // 4 for n in (1, 2, 3, 4)]
    assert summed(found) == table.stat().st_size + 8 + size


def test_inputs_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title,text,x\n1,2,3\n")
    (tmp_path / "b.tsv").write_text("title\ttext\n1\t2\n")
    (tmp_path / "c.csv").write_text("title;text\n1;2\n")
    (tmp_path / "d.jsonl").write_text('{"title": "a", "text": "b"}\n')
    (tmp_path / "e.txt").write_text("A headline\n\nA body.\n")
    lines = [
        said(one)
        for one in find_inputs(
            [tmp_path / f"{n}" for n in ("a.csv", "b.tsv", "c.csv", "d.jsonl", "e.txt")], Settings()
        )
    ]
    chosen = 'headline = "title" (guessed), body = "text" (guessed), no id; carried through: '
    assert lines == [
        f"a.csv: {chosen}x", f"b.tsv (tabs): {chosen}nothing", f'c.csv (";"): {chosen}nothing',
        f"d.jsonl: {chosen}nothing",
        "e.txt: text and HTML files, each an article; carried through: outlet, date, address",
    ]  # fmt: skip


def test_checksums_of_files_and_folders(tmp_path: Path) -> None:
    told: list[int] = []
    file = tmp_path / "in.csv"
    file.write_bytes(b"x" * (2**20 + 5))
    assert (
        checksum(Input(file, "in.csv", "csv", 0), told.append)
        == hashlib.sha256(file.read_bytes()).hexdigest()
    )
    assert told == [2**20, 5]
    folder = tmp_path / "pages"
    (folder / "b").mkdir(parents=True)
    (folder / "a.txt").write_bytes(b"abc")
    (folder / "b" / "c.txt").write_bytes(b"defg")
    told.clear()
    whole = hashlib.sha256(b"5 3 a.txtabc7 4 b/c.txtdefg").hexdigest()
    assert checksum(Input(folder, "pages", "files", 0), told.append) == whole
    assert told == [3, 4]


@pytest.mark.parametrize(
    ("name", "said_of_it"),
    [
        ("none.csv", "there is no such file; give tables, or folders of text and HTML files"),
        (
            "empty",
            "there is no text or HTML file (.htm, .html, .shtml, .text, .txt, .xhtml) in this folder; give "
            "tables one by one",
        ),
        ("a.doc", UNKNOWN),
        ("a.parquet.gz", UNKNOWN),
        ("array.json", "it is one JSON array; write one object per line (JSON Lines), as `jq -c '.[]'` does"),
        ("empty.jsonl", "it is empty; give a file with one JSON object per line"),
        (
            "words.jsonl",
            "none of its first lines is a JSON object with fields (the line is JSON but not an object); mend "
            "it",
        ),
        ("bare.jsonl", "none of its first lines is a JSON object with fields (they are empty); mend it"),
    ],
)  # fmt: skip
def test_inputs_that_do_not_do(tmp_path: Path, name: str, said_of_it: str) -> None:
    (tmp_path / "empty").mkdir()
    texts = {"array.json": ' [{"a": 1}]', "words.jsonl": '"a"\n1\n', "bare.jsonl": "{}\n{}\n"}
    for file in ("a.doc", "a.parquet.gz", "array.json", "empty.jsonl", "words.jsonl", "bare.jsonl"):
        (tmp_path / file).write_text(texts.get(file, ""))
    path = tmp_path / name
    with pytest.raises(CorpusError) as caught:
        find_inputs([path], Settings())
    assert str(caught.value) == f"{path}: {said_of_it}"


def test_json_lines_that_are_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sensational.corpus.json_lines.LARGEST_ROW", 50)
    monkeypatch.setattr(opened, "_CHARACTERS", 60)
    monkeypatch.setattr(opened, "_BYTES", 60)
    path = tmp_path / "in.jsonl"
    path.write_bytes(
        b'{"a": NaN}\n\n[1]\n{"a": \n"\xff"\n{"b' + b"x" * 300 + b'"}\n' + b"[" * 40 + b'\n{"a": 1}'
    )
    found = list(JsonLines(opened.Text(path), "in.jsonl"))
    assert found[0] == {"a": None}
    assert found[1] == Broken("the line is JSON but not an object", "[1]", 3)
    assert isinstance(found[2], Broken)
    assert (found[2].line, found[2].text) == (4, '{"a":')
    assert found[2].cause.startswith("the line is not JSON: Expecting value")
    assert isinstance(found[3], Broken)
    assert found[3].cause.startswith("the byte 0xff is not UTF-8")
    assert isinstance(found[4], Broken)
    assert (found[4].cause, found[4].line) == ("the line is longer than 50 characters", 6)
    assert found[4].text.startswith('{"bxxx')
    assert found[-1] == {"a": 1}


# --- forms -----------------------------------------------------------------------------------


def test_forms_by_ending(tmp_path: Path) -> None:
    assert [output_form(Path(f"a.{end}")) for end in ("jsonl", "CSV", "parquet")] == [
        "json_lines",
        "csv",
        "parquet",
    ]
    with pytest.raises(CorpusError) as caught:
        output_form(tmp_path / "a.txt")
    assert (
        str(caught.value)
        == f"{tmp_path / 'a.txt'}: the ending of --output chooses the form; use .jsonl, .csv or .parquet"
    )


def test_parquet_is_packed_part_by_part_and_joined(tmp_path: Path) -> None:
    form = Output("parquet", ())
    data = form.encode([])
    for table in form.tables:
        part = pyarrow.parquet.ParquetFile(io.BytesIO(data[table])).schema_arrow
        assert part.names == list(form.kinds(table))
    path = tmp_path / "in.csv"
    path.write_text(HEAD + "a1,Mayor storms out of talks,The mayor left the talks on Tuesday.,Post\n")
    run([path], tmp_path / "out.parquet", Alone)
    for name in ("out.parquet", "out.terms.parquet"):
        group = pyarrow.parquet.ParquetFile(tmp_path / name).metadata.row_group(0)
        assert {group.column(at).compression for at in range(group.num_columns)} == {"ZSTD"}
    [row] = pyarrow.parquet.read_table(tmp_path / "out.parquet").to_pylist()
    assert (row["id"], row["outlet"], row["file"], row["row"]) == ("a1", "Post", "in.csv", 1)


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_formulas_are_kept_from_being_one(start: str) -> None:
    assert protected(f"{start}1+1") == f"'{start}1+1"
    assert protected(f"a{start}") == f"a{start}"


# --- the run ---------------------------------------------------------------------------------


def test_what_a_finished_run_leaves_behind(tmp_path: Path) -> None:
    told: list[str] = []
    assert nothing(tmp_path, "out.csv", told=told.append) == Outcome(Counts(5, 0, 5, 0), False)
    assert told == [
        'in.csv: headline = "headline" (guessed), body = "body" (guessed), id = "id" (guessed); carried '
        "through: outlet"
    ]
    closing = json.loads((tmp_path / "out.csv.manifest.json").read_text())
    output, terms = tmp_path / "out.csv", tmp_path / "out.terms.csv"
    assert closing["settings"]["output"] == "csv"
    assert closing["carried"] == {"outlet": "outlet"}
    assert closing["inputs"][0]["columns"] == {
        "headline": "headline", "body": "body", "id": "id", "carried": ["outlet"],
    }  # fmt: skip
    assert (closing["parts"], closing["counts"]) == (
        3,
        {"read": 5, "scored": 0, "not_scored": 5, "rejected": 0, "reasons": {}},
    )
    assert closing["outputs"] == {
        table: {"bytes": path.stat().st_size, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for table, path in (("articles", output), ("terms", terms))
    }
    assert not (tmp_path / "out.csv.parts").exists()
    assert (tmp_path / "out.csv.rejected.jsonl").read_bytes() == b""
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [
            "in.csv",
            *(path.name for path in (output, terms)),
            "out.csv.manifest.json",
            "out.csv.rejected.jsonl",
        ]
    )


def test_going_on_where_nothing_is_left(tmp_path: Path) -> None:
    told: list[str] = []
    nothing(tmp_path)
    assert nothing(tmp_path, resume=True, told=told.append) == Outcome(Counts(5, 0, 5, 0), False)
    assert told[-1] == f"{tmp_path / 'out.jsonl'}: it is complete; there is nothing to do"
    with pytest.raises(CorpusError) as caught:
        nothing(tmp_path, resume=True, settings=Settings(rows=3))
    assert str(caught.value) == (
        f"{tmp_path / 'out.jsonl'}: it was made by another run; these changed: the setting (rows of a "
        "part: it was 2, now it is 3). Undo that, or run with --overwrite instead of --resume to replace it"
    )


def test_a_run_that_is_stopped_and_taken_up(tmp_path: Path) -> None:
    told: list[str] = []
    asked = iter([False, True, True, True, True])
    stopped = nothing(tmp_path, resume=True, stopping=lambda: next(asked, True), told=told.append)
    assert stopped.stopped
    assert told[-1] == f"{tmp_path / 'out.jsonl'}: there is no unfinished run; starting from the beginning"
    assert 0 < stopped.counts.read < 5
    parts = tmp_path / "out.jsonl.parts"
    with pytest.raises(CorpusError) as caught:
        nothing(tmp_path)
    assert str(caught.value) == (
        f"{parts}: an unfinished run is there; go on with --resume, or delete that folder"
    )
    with pytest.raises(CorpusError) as caught:
        nothing(tmp_path, resume=True, settings=Settings(rows=4))
    assert str(caught.value) == (
        f"{parts}: the unfinished run cannot be resumed; these changed: the setting (rows of a part: it "
        "was 2, now it is 4). Undo that, or delete that folder"
    )
    assert nothing(tmp_path, resume=True, told=told.append) == Outcome(Counts(5, 0, 5, 0), False)
    done = stopped.counts.read // 2
    assert told[-1] == f"{tmp_path / 'out.jsonl'}: {done} part{'s' if done > 1 else ''} of it are done"


def test_a_worker_of_another_version_is_named(tmp_path: Path) -> None:
    def other(part: Part, output: Output) -> Result:
        made = result(part, output)
        return Result(made.number, made.tables, (), made.counts, ("9", "x", "y"))

    (tmp_path / "in.csv").write_text(HEAD + "a1,One,Body,Post\n")
    with pytest.raises(CorpusError) as caught:
        run([tmp_path / "in.csv"], tmp_path / "out.jsonl", Alone, work=other)
    assert str(caught.value) == (
        f"a worker has another version of the package (9 x y instead of {' '.join(provenance())}); install "
        "the same one everywhere, and go on with --resume"
    )


def test_types_of_carried_columns_are_kept_where_inputs_agree(tmp_path: Path) -> None:
    def source(name: str, types: tuple[tuple[str, str], ...], form: Any = "parquet") -> Input:
        columns = running.find_inputs([table], Settings())[0].columns
        return Input(Path(name), name, form, 1, columns, types)

    table = tmp_path / "in.csv"
    table.write_text("headline,body,year,outlet\na,b,1,c\n")
    one, other = source("a", (("year", "integer"),)), source("b", (("year", "number"),))
    assert [(c.name, c.kind) for c in running._carried([one])] == [("year", "integer"), ("outlet", "string")]
    assert [(c.name, c.kind) for c in running._carried([one, one, other])] == [
        ("year", "string"),
        ("outlet", "string"),
    ]
    lines = running._carried([one, source("c", (), "json_lines")])
    assert [c.column for c in lines] == ["year", "outlet", "other_columns"]
    pages = running._carried([Input(Path("p"), "p", "files", 1)])
    assert [c.name for c in pages] == ["outlet", "date", "address"]


# --- the store -------------------------------------------------------------------------------


def test_a_part_is_done_when_all_of_it_is_there(tmp_path: Path) -> None:
    form = Output("csv", ())
    store = Store(tmp_path / "out.csv", form, {"a": 1})
    store.folder.mkdir()
    with store.lock:
        _write_a_part_and_begin_anew(store)
    assert not store.folder.exists()


def _write_a_part_and_begin_anew(store: Store) -> None:
    store.begin()
    assert store.begun() == {"a": 1}
    rejected = (Reject("in.csv", 3, None, "it is wrong", "é"),)
    counts = Counts(3, 1, 1, 1, {"it is short": 1})
    made = Result(7, {"articles": b"abc", "terms": b"de"}, rejected, counts, ("1", "l", "m"))
    store.write(made, "of its rows")
    sealed = json.loads((store.folder / "000000007.json").read_text())
    assert sealed["sha256"] == hashlib.sha256(json.dumps(sealed["record"]).encode()).hexdigest()
    assert sealed["record"] == {
        "part": 7, "run": hashlib.sha256(b'{\n "a": 1\n}\n').hexdigest(), "rows": "of its rows",
        "counts": {
            "read": 3, "scored": 1, "not_scored": 1, "rejected": 1, "reasons": {"it is short": 1},
        },
        "tables": {
            "000000007.articles": {"bytes": 3, "sha256": hashlib.sha256(b"abc").hexdigest()},
            "000000007.terms": {"bytes": 2, "sha256": hashlib.sha256(b"de").hexdigest()},
        },
        "rejected": [{"file": "in.csv", "row": 3, "line": None, "cause": "it is wrong", "text": "é"}],
    }  # fmt: skip
    assert store.done() == {7: Done(counts, "of its rows")}
    (store.folder / "notes.json").write_text("{}")
    (store.folder / "000000008.json").write_text("{")
    assert store.done() == {7: Done(counts, "of its rows")}
    (store.folder / "000000007.terms").write_bytes(b"d")
    assert store.done() == {}
    (store.folder / "000000007.terms").unlink()
    assert store.done() == {}
    (store.folder / "notes.json").unlink()  # of somebody else: nothing begins while it is there
    other = Store(store.output, Output("csv", ()), {"b": 2})
    other.begin()
    assert sorted(path.name for path in store.folder.iterdir()) == ["lock", "manifest.json"]
    assert store.begun() == {"b": 2}
    other.clear()


def test_a_part_of_the_right_size_and_the_wrong_bytes_is_done_again(tmp_path: Path) -> None:
    form = Output("jsonl", ())
    store = Store(tmp_path / "out.jsonl", form, {})
    store.folder.mkdir()
    with store.lock:
        store.begin()
        store.write(Result(1, {"articles": b"abc\n"}, (), Counts(1, 1), ("1", "l", "m")), "")
        (store.folder / "000000001.articles").write_bytes(b"abd\n")
        with pytest.raises(CorpusError) as caught:
            store.finish(1)
    damaged = store.folder / "000000001.articles"
    assert str(caught.value) == f"{damaged}: it was damaged; run once more with --resume to do it again"
    assert store.done() == {}
    assert not store.output.exists()


def test_the_files_beside_an_output() -> None:
    assert {name: path.as_posix() for name, path in companions(Path("x/out.v1.csv")).items()} == {
        "rejected": "x/out.v1.csv.rejected.jsonl", "manifest": "x/out.v1.csv.manifest.json",
        "terms": "x/out.v1.terms.csv", "parts": "x/out.v1.csv.parts",
    }  # fmt: skip


# --- features --------------------------------------------------------------------------------


def test_features_have_their_names_and_count_terms() -> None:
    from sensational import score
    from sensational.corpus.transformer import SensationalFeatures

    headline = "Furious mayor storms out of crisis talks"
    body = (
        "The mayor left the talks on Tuesday a little early, her office said. She had a train to catch. " * 3
    )
    made = SensationalFeatures()
    names = made.get_feature_names_out().tolist()
    assert names == [
        "divergence", "loading", "stance_agree", "stance_discuss", "stance_disagree", "stance_unrelated",
        "body_sentences", "body_words", "terms", *(f"terms_{kind}" for kind in KINDS),
        *(f"verdict_{one}" for one in VERDICTS),
    ]  # fmt: skip
    row = dict(
        zip(names, made.fit([(headline, body)]).transform([(headline, body)])[0].tolist(), strict=True)
    )
    found = score(headline, body)
    assert row["divergence"] == found.divergence
    assert row["terms"] == len(found.terms)
    for kind in KINDS:
        assert row[f"terms_{kind}"] == sum(term.kind == kind for term in found.terms)
    for verdict in VERDICTS:
        assert row[f"verdict_{verdict}"] == sum(term.verdict == verdict for term in found.terms)


def test_rows_are_plain() -> None:
    assert Row("f", 1, None, "h", "b") == Row("f", 1, None, "h", "b", {}, None)
    assert partial(result, output=Output("jsonl", ()))(Part(1, (), 0)).number == 1


def test_an_article_as_a_row_of_a_table() -> None:
    from sensational.corpus.flat import Carried, article_row, carried_row, term_rows

    assert article_row(analysis(7, 40.0)) == {
        "schema_version": "2", "id": "a7", "headline": "Mayor storms out of talks", "status": "scored",
        "reason": None, "divergence": 40.0, "interval_low": 35.0, "interval_high": 60.0, "loading": 62.5,
        "stance": "discuss", "stance_agree": 0.2, "stance_discuss": 0.6, "stance_disagree": 0.1,
        "stance_unrelated": 0.1, "body_sentences": 3, "body_words": 40, "version": "0.1.0",
        "verifier": "bbbb2222", "lexicon": "aaaa1111",
    }  # fmt: skip
    assert article_row(analysis(7, None))["interval_low"] is None
    assert term_rows(analysis(7, 40.0)) == [
        {
            "id": "a7", "term": 1, "text": "storms", "start": 6, "end": 12, "kind": "force", "loaded": True,
            "loading": 0.55, "support": 0.4, "verdict": "weaker", "also": "", "p_supported": 0.05,
            "p_attributed": 0.05, "p_hedged": 0.05, "p_weaker": 0.7, "p_shifted": 0.05,
            "p_contradicted": 0.05, "p_absent": 0.05,
            "reason": "The article says “left”, a milder word.", "contribution": 40.0, "without": 0.0,
        }
    ]  # fmt: skip
    [bare] = term_rows(analysis(7, None))
    assert (bare["verdict"], bare["p_absent"], bare["reason"]) == (None, None, None)
    carried = [Carried("a", "a"), Carried("n", "n", "integer"), Carried("id", "input_id")]
    carried.append(Carried("", "other_columns"))
    assert carried_row({"a": [1], "n": 5, "id": "x", "é": "é"}, carried) == {
        "a": "[1]", "n": 5, "input_id": "x", "other_columns": '{"é": "é"}',
    }  # fmt: skip
    assert carried_row({}, carried) == {"a": None, "n": None, "input_id": None, "other_columns": None}


def test_a_part_of_parquet_is_packed() -> None:
    rows = [(Row("in.csv", 7, "a7", "h", "b"), analysis(7, 40.0))]
    for data in Output("parquet", ()).encode(rows).values():
        group = pyarrow.parquet.ParquetFile(io.BytesIO(data)).metadata.row_group(0)
        assert {group.column(at).compression for at in range(group.num_columns)} == {"ZSTD"}


def test_letters_are_outlines_in_print_and_text_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    from sensational.corpus.summary import page
    from sensational.corpus.summary.summarise import summarise

    drawings: dict[str, str] = {}
    monkeypatch.setattr(page, "typeset", lambda template, data, drawn: drawings.update(drawn) or b"")
    found = summarise([article(n, 9.0 * n, [term("chaos", "weaker")]) for n in range(5)], ["outlet"])
    page.summary_pdf(found, ["x"])
    assert list(drawings) == ["distributions", "intervals", "verdicts", "terms"]
    assert not any("<text" in one for one in drawings.values())
    assert "<text" in page.summary_html(found, ["x"])
