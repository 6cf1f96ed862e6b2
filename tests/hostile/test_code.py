"""Nothing that is read is run: no pickle, no model from elsewhere, no word list that breaks the program."""

import ast
from pathlib import Path

import pytest
from articles import ROOT

from sensational import cli
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
                assert not name.endswith(("read_pickle", "os.system", "os.popen")), f"{path}: {name}"
                given = {one.arg: ast.unparse(one.value) for one in node.keywords}
                if name in ("np.load", "numpy.load"):
                    assert given.get("allow_pickle") == "False", f"{path}: np.load may unpickle"
                if name == "torch.load":
                    assert given.get("weights_only") == "True", f"{path}: torch.load may unpickle"
                if name.endswith("from_pretrained"):
                    assert given.get("local_files_only") == "True", f"{path}: it may fetch"


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
    found = loader.Lexicon([loader.Ladder("a", "force", "m", (), ())], [entry], [], {}, "")
    assert entry.text == "(a+)+$[\\"
    assert found.find(["a" * 5_000]) == [], "nothing of it was taken for a pattern"


def test_a_broken_word_list_is_no_fault_of_the_program() -> None:
    said = cli._unexpected(loader.LexiconError("force.entries.tsv, row 2: no ladder 'z'"))
    assert said == "the word lists cannot be read: force.entries.tsv, row 2: no ladder 'z'"
