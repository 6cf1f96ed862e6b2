"""The commands with models on disk: they are named, every engine gives the same, and errors are a line."""

from __future__ import annotations

import csv
import json
import sys
from functools import partial
from pathlib import Path

import pytest
from tiny import libraries, tiny, write

import sensational
from sensational import cli
from sensational.corpus.engines.alone import Alone
from sensational.corpus.engines.processes import Processes
from sensational.corpus.errors import CorpusError
from sensational.corpus.inputs import Settings
from sensational.corpus.run import run
from sensational.corpus.scored import ScoredArticle, read_scored
from sensational.extras.loading import Folders, checksum, load_models
from sensational.extras.model_folder import ModelFolderError

DATA = Path(__file__).parents[2] / "data"
FLOOD = str(DATA / "flood.txt")
CLASSES = ["contradiction", "entailment", "neutral"]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    libraries()
    folder = tmp_path_factory.mktemp("models")
    return Folders(str(tiny(folder / "near")), str(tiny(folder / "judge", CLASSES)))


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first rows of the example corpus."""
    lines = (DATA / "corpus.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(lines.splitlines(keepends=True)))[:7]
    path = tmp_path_factory.mktemp("table") / "in.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def called(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int | str | None, str, str]:
    with pytest.raises(SystemExit) as stopped:
        cli.main(list(arguments))
    out, err = capsys.readouterr()
    return stopped.value.code, out, err


def both(folders: Folders) -> list[str]:
    return ["--meaning-model", str(folders.meaning), "--entailment-model", str(folders.entailment)]


def test_score_names_its_models(capsys: pytest.CaptureFixture[str], folders: Folders) -> None:
    code, out, err = called(capsys, "score", "--format", "json", *both(folders), FLOOD)
    assert (code, err) == (0, "")
    made = json.loads(out)["provenance"]["models"]
    assert [(one["kind"], one["name"]) for one in made] == [("meaning", "near"), ("entailment", "judge")]
    assert made[0]["checksum"] == checksum(Path(str(folders.meaning)))
    judges = sensational.load_models(meaning=folders.meaning, entailment=folders.entailment)
    analysis = sensational.score_article(sensational.read(FLOOD), judges=judges)
    assert cli.as_json(analysis) == out.strip()


def test_one_model_alone(capsys: pytest.CaptureFixture[str], folders: Folders) -> None:
    code, out, _ = called(capsys, "score", "--format", "json", "--meaning-model", str(folders.meaning), FLOOD)
    assert code == 0
    assert [one["kind"] for one in json.loads(out)["provenance"]["models"]] == ["meaning"]


def test_report_names_its_models(
    capsys: pytest.CaptureFixture[str], folders: Folders, tmp_path: Path
) -> None:
    code, _, err = called(capsys, "report", "--output", str(tmp_path), *both(folders), FLOOD)
    assert (code, err) == (0, "")
    page = (tmp_path / "flood.html").read_text(encoding="utf-8")
    for kind, folder in (("meaning", folders.meaning), ("entailment", folders.entailment)):
        assert f"Model of {kind}" in page
        assert checksum(Path(str(folder))) in page


def test_a_corpus_is_the_same_on_every_engine(folders: Folders, table: Path, tmp_path: Path) -> None:
    made = []
    for name, engine in (("alone", Alone), ("processes", partial(Processes, count=2))):
        (tmp_path / name).mkdir()
        run([table], tmp_path / name / "out.jsonl", engine, Settings(rows=2), models=folders)
        made.append((tmp_path / name / "out.jsonl").read_bytes())
    assert made[0] == made[1]
    first = json.loads(made[0].splitlines()[0])
    judges = load_models(folders.meaning, folders.entailment)
    with table.open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    alone = sensational.score(row["headline"], row["body"], judges=judges)
    assert first["provenance"]["models"] == [
        {"kind": one.kind, "name": one.name, "checksum": one.checksum} for one in judges.used
    ]
    assert first["divergence"] == alone.divergence


def test_resume_takes_no_other_model(folders: Folders, table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    run([table], out, Alone, models=folders)
    assert run([table], out, Alone, resume=True, models=folders).counts.read == 6
    for other in (None, Folders(meaning=folders.meaning)):
        with pytest.raises(CorpusError, match="models"):
            run([table], out, Alone, resume=True, models=other)
    settings = json.loads((tmp_path / "out.csv.manifest.json").read_bytes())["settings"]
    assert settings["models"] == [
        f"meaning near {checksum(Path(str(folders.meaning)))}",
        f"entailment judge {checksum(Path(str(folders.entailment)))}",
    ]


def test_tables_name_the_models(folders: Folders, table: Path, tmp_path: Path) -> None:
    run([table], tmp_path / "with.csv", Alone, models=folders)
    run([table], tmp_path / "with.jsonl", Alone, models=folders)
    run([table], tmp_path / "plain.csv", Alone)
    read = {
        name: next(one for one in read_scored(tmp_path / name) if isinstance(one, ScoredArticle)).made
        for name in ("with.csv", "with.jsonl", "plain.csv")
    }
    assert read["with.csv"] == read["with.jsonl"] != read["plain.csv"]
    assert "meaning near" in read["with.csv"][2]
    assert "near" not in read["plain.csv"][2]


@pytest.mark.parametrize("command", ["score", "report", "corpus"])
@pytest.mark.parametrize("option", ["--meaning-model", "--entailment-model"])
def test_no_folder_is_a_line(
    capsys: pytest.CaptureFixture[str], command: str, option: str, tmp_path: Path
) -> None:
    source = str(DATA / "corpus.csv") if command == "corpus" else FLOOD
    into = ["--output", str(tmp_path / "out.jsonl")] if command != "score" else []
    code, out, err = called(capsys, command, source, *into, option, "somebody/some-model")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert "somebody/some-model is no folder" in err
    assert "never fetched" in err


def test_a_missing_library_is_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    write(tmp_path, "config.json", {})
    (tmp_path / "model.safetensors").write_bytes(b"")
    code, out, err = called(capsys, "score", FLOOD, "--meaning-model", str(tmp_path))
    assert (code, out) == (2, "")
    assert "pip install 'sensational[meaning]'" in err
    assert err.count("\n") == 1


def test_dask_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = called(
        capsys, "corpus", str(DATA / "corpus.csv"), "--output", str(tmp_path / "out.jsonl"),
        "--engine", "dask", "--scheduler", "tcp://127.0.0.1:1", "--meaning-model", str(tmp_path),
    )  # fmt: skip
    assert code == 2
    assert "--engine processes" in err


def test_the_checksum_is_of_all_that_decides(tmp_path: Path) -> None:
    write(tmp_path, "config.json", {})
    (tmp_path / "model.safetensors").write_bytes(b"one")
    before = checksum(tmp_path)
    (tmp_path / "README.md").write_text("of no account", encoding="utf-8")
    assert checksum(tmp_path) == before
    (tmp_path / "model.safetensors").write_bytes(b"two")
    assert checksum(tmp_path) != before
    write(tmp_path, "1_Pooling/config.json", {"pooling_mode_cls_token": True})
    assert checksum(tmp_path) not in (before, "")
    with pytest.raises(ModelFolderError):
        load_models(meaning=tmp_path / "nowhere")
