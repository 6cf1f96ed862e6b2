"""Nothing that is read is run: no pickle, no code of a model's own, no word list that breaks the program."""

import ast
import json
from pathlib import Path

import numpy as np
import pytest
from articles import ROOT

from sensational import cli
from sensational.extras.model_folder import ModelFolderError, check_folder
from sensational.lexicon import loader

SOURCES = sorted((ROOT / "sensational").rglob("*.py"))
RUNS_CODE = {
    "pickle",
    "cPickle",
    "dill",
    "cloudpickle",
    "joblib",
    "shelve",
    "marshal",
    "yaml",
    "subprocess",
    "pty",
}
CALLS = {"eval", "exec", "compile", "__import__"}


def _called(node: ast.Call) -> str:
    return ast.unparse(node.func)


def test_nothing_in_the_package_unpickles_or_runs_what_it_reads() -> None:
    assert len(SOURCES) > 150
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                assert not {one.name.split(".")[0] for one in node.names} & RUNS_CODE, path
            elif isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] not in RUNS_CODE, path
            elif isinstance(node, ast.Call):
                name = _called(node)
                assert name not in CALLS, f"{path}: {name}"
                assert not name.endswith(("read_pickle", "torch.load", "os.system", "os.popen")), (
                    f"{path}: {name}"
                )
                if name in ("np.load", "numpy.load"):
                    given = {one.arg: ast.unparse(one.value) for one in node.keywords}
                    assert given.get("allow_pickle") == "False", f"{path}: np.load may unpickle"
                if name.endswith("from_pretrained"):
                    assert "offline" in ast.unparse(node), f"{path}: it may fetch, or run code of the model's"


def test_arrays_of_objects_are_not_opened(tmp_path: Path) -> None:
    """That numpy keeps its word: what the package's own table is read with refuses a pickle."""

    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return Path.touch, (tmp_path / "opened",)  # type: ignore[return-value]

    np.savez(tmp_path / "a.npz", words=np.array([Trap()], dtype=object))
    with np.load(tmp_path / "a.npz", allow_pickle=False) as held, pytest.raises(ValueError, match="pickle"):
        held["words"]
    assert not (tmp_path / "opened").exists()


PICKLE = b"cposix\nsystem\n(S'touch opened'\ntR."
MODELS: dict[str, dict[str, bytes]] = {
    "weights that are a pickle": {"config.json": b"{}", "pytorch_model.bin": PICKLE},
    "pickle": {"config.json": b"{}", "model.pkl": PICKLE},
    "checkpoint": {"config.json": b"{}", "model.ckpt": PICKLE},
    "array of objects": {"config.json": b"{}", "model.npy": PICKLE},
    "code": {"config.json": b'{"auto_map": {"AutoModel": "evil.Model"}}', "evil.py": b"open('opened', 'w')",
             "model.safetensors": b""},
    "code of the tokenizer": {"config.json": b"{}",
                              "tokenizer_config.json": b'{"auto_map": {"AutoTokenizer": ["evil.T", null]}}',
                              "evil.py": b"open('opened', 'w')", "model.safetensors": b""},
    "configuration nested": {"config.json": b'{"a":' * 100_000, "model.safetensors": b""},
    "configuration of NULs": {"config.json": b"\0" * 1_000, "model.safetensors": b""},
    "configuration that is a pickle": {"config.json": PICKLE, "model.safetensors": b""},
    "configuration that is a list": {"config.json": b"[]", "model.safetensors": b""},
    "modules of its own": {"config.json": b"{}", "model.safetensors": b"",
                           "modules.json": b'[{"type": "os.system", "path": ""}]'},
    "modules from outside": {"config.json": b"{}", "model.safetensors": b"",
                             "modules.json": b'[{"type": "x.Pooling", "path": "../../../../etc"}]'},
    "modules nested": {"config.json": b"{}", "model.safetensors": b"", "modules.json": b"[" * 100_000},
}  # fmt: skip


@pytest.mark.parametrize("name", MODELS)
def test_models(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "model"
    folder.mkdir()
    for file, content in MODELS[name].items():
        (folder / file).write_bytes(content)
    story = tmp_path / "story.txt"
    story.write_text("Town flees\n\nSome families left the town on Monday.\n")
    with pytest.raises(SystemExit) as stopped:
        cli.main(["score", str(story), "--meaning-model", str(folder)])
    out, err = capsys.readouterr()
    assert (stopped.value.code, out) == (2, "")
    assert err.startswith(f"sensational: {folder}")
    assert err.count("\n") == 1
    assert "fault of the program" not in err
    assert not (tmp_path / "opened").exists()


def test_a_configuration_outside_is_not_needed(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({}))
    with pytest.raises(ModelFolderError, match="no weights"):
        check_folder(tmp_path)


# ---- word lists, which people correct by hand


ENTRIES = "ladder\trung\tentry\tpos\tloading\treason\n"
LISTS = {
    "a cell too many": (ENTRIES + "a\t1\tb\tverb\t0.5\tc\td\n", "row 2: 7 cells where the header has 6"),
    "a word for a number": (ENTRIES + "a\tone\tb\tverb\t0.5\tc\n", "row 2: .*rung and loading are numbers"),
    "no number": (ENTRIES + "a\t1\tb\tverb\tnan\tc\n", "row 2: loading 'nan' is not from 0 to 1"),
    "too large": (ENTRIES + "a\t1\tb\tverb\t1e999\tc\n", "row 2: loading '1e999' is not from 0 to 1"),
    "a ladder that is not there": (ENTRIES + "z\t1\tb\tverb\t0.5\tc\n", "row 2: no ladder 'z'"),
    "a column that is not there": ("ladder\trung\na\t1\n", "there is no column 'entry'"),
    "another encoding": ("ladder\tcaf\udce9\n", "it is not UTF-8"),
    "nothing": ("", "there is no column 'ladder'"),
}


@pytest.mark.parametrize("name", LISTS)
def test_word_lists(name: str, tmp_path: Path) -> None:
    content, said = LISTS[name]
    path = tmp_path / "force.entries.tsv"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(loader.LexiconError, match=rf"force\.entries\.tsv.*{said}"):
        loader._entries(path, {"a"})


def test_a_pattern_in_a_word_list_is_text(tmp_path: Path) -> None:
    path = tmp_path / "force.entries.tsv"
    path.write_text(ENTRIES + "a\t1\t(a+)+$[\\\tverb\t0.5\tc\n", encoding="utf-8")
    (entry,) = loader._entries(path, {"a"})
    found = loader.Lexicon([loader.Ladder("a", "force", "m", None, (), ())], [entry], [], {}, "")
    assert found.forms_on("a")
    assert found.find(["a" * 5_000]) == [], "nothing of it was taken for a pattern"


def test_a_broken_word_list_is_no_fault_of_the_program() -> None:
    said = cli._unexpected(loader.LexiconError("force.entries.tsv, row 2: no ladder 'z'"))
    assert said == "the word lists cannot be read: force.entries.tsv, row 2: no ladder 'z'"
