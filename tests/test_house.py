"""What the documents promise: commands, examples, links, figures and the floors are as they say."""

import doctest
import fnmatch
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

import sensational
from sensational.analysis import VERDICTS
from sensational.cli import cli
from sensational.lexicon.cues import groups
from sensational.report.tokens import sign

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "data" / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
BLOCK = re.compile(r"^(?:<!-- command: (\w+) -->\n)?```(\w+)\n(.*?)^```$", re.M | re.S)
BLOCKS = [(name, language, text) for name, language, text in BLOCK.findall(README)]
# Every line of a shell block, on any page, that calls the command.
LINES = [
    (page.relative_to(ROOT).as_posix(), line)
    for page in PAGES
    for _, language, text in BLOCK.findall(page.read_text(encoding="utf-8"))
    if language == "sh"
    for line in text.splitlines()
    if line.startswith("sensational ")
]
HEAVY = {
    "dask",
    "lxml",
    "matplotlib",
    "nltk",
    "onnx",
    "pandas",
    "pyarrow",
    "scipy",
    "sklearn",
    "textstat",
    "torch",
    "trafilatura",
    "transformers",
}


def command(name: str) -> str:
    (text,) = (text for marked, _, text in BLOCKS if marked == name)
    return text.strip()


def test_every_code_block_of_the_readme_is_known() -> None:
    assert [(name, language) for name, language, _ in BLOCKS] == [
        ("report", "sh"), ("test", "sh"), ("", "bat"), ("", "python"),
    ]  # fmt: skip


@pytest.mark.skipif(shutil.which("bash") is None or os.name == "nt", reason="bash is not here")
def test_ci_runs_the_test_command_of_the_readme() -> None:
    shown = subprocess.run(
        ["bash", str(ROOT / ".ci" / "run"), "--show"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert shown.stdout.strip() == command("test")
    if os.access(ROOT / "README.md", os.X_OK) is False:  # a file system that knows the bit
        assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_extras_are_quoted_so_that_every_shell_takes_them() -> None:
    for page in PAGES:
        for line in page.read_text(encoding="utf-8").splitlines():
            assert not re.search(r"pip install [^\"`]*'|pip install -e \.\[", line), f"{page.name}: {line}"


def test_windows_commands_are_the_same() -> None:
    (windows,) = (text for _, language, text in BLOCKS if language == "bat")
    as_posix = windows.replace("py -m", "python3 -m").replace("\\Scripts\\", "/bin/").replace("\\", "/")
    assert as_posix.splitlines() == [command("report"), command("test")]


def in_a_folder_of_its_own(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs one ``sensational`` line of the README as it stands, among a copy of the articles."""
    shutil.copytree(ROOT / "data", folder / "data", dirs_exist_ok=True)
    program, *arguments = shlex.split(line)
    assert program.removeprefix(".venv/bin/") == "sensational"
    return subprocess.run(
        [sys.executable, "-m", "sensational", *arguments],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=120,
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(Path(sensational.__file__).parents[1])},
    )  # fmt: skip


def test_commands_of_the_documents_exist() -> None:
    """Each with its options, so that nobody copies a line that fails."""
    group = click.Context(cli)
    for page, line in LINES:
        _, name, *arguments = shlex.split(line.rstrip("&"))
        found = cli.get_command(group, name)
        assert found is not None, f"{page}: {line}"
        options = {one for option in found.params for one in (*option.opts, *option.secondary_opts)}
        given = {one for one in arguments if one.startswith("--")}
        assert given <= options, f"{page}: {line}"
    assert {"score", "report", "worksheet", "serve", "corpus", "summary", "coding-sheet", "agreement"} <= {
        shlex.split(line)[1] for _, line in LINES
    }


def test_first_command_of_the_readme_prints_and_writes_the_report(tmp_path: Path) -> None:
    make, install, score, report = command("report").split(" && ")
    assert make == "python3 -m venv .venv"
    assert install == ".venv/bin/pip install -e ."
    printed = in_a_folder_of_its_own(score, tmp_path)
    written = in_a_folder_of_its_own(report, tmp_path)
    assert (printed.returncode, written.returncode) == (0, 0)
    assert "Divergence" in printed.stdout
    for name in ("harbour.html", "harbour.pdf"):
        assert f"reports/{name}" in README
        assert (tmp_path / "reports" / name).stat().st_size > 10_000


@pytest.mark.parametrize("page", ["README.md", "docs/editors.md"])
def test_python_of_the_documents(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    blocks = BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))
    examples = "".join(text for _, language, text in blocks if language == "python")
    parsed = doctest.DocTestParser().get_doctest(examples, {}, page, None, None)
    assert len(parsed.examples) >= 3
    told: list[str] = []
    failed, _ = doctest.DocTestRunner(verbose=False).run(parsed, out=told.append)
    assert failed == 0, "".join(told)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for address in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if "://" not in address:
            assert (page.parent / address).exists(), address


def test_get_started_names_every_verdict_by_its_sign() -> None:
    page = (ROOT / "docs" / "get-started.md").read_text(encoding="utf-8")
    for verdict in VERDICTS:
        assert f"| {sign(verdict)} {verdict} |" in page


def test_every_page_is_in_the_navigation() -> None:
    docs = ROOT / "docs"
    index = (docs / "index.md").read_text(encoding="utf-8")
    listed = set(
        re.findall(
            r"^[a-z-]+(?:/[a-z-]+)?$", "\n".join(re.findall(r"```{toctree}(.*?)```", index, re.S)), re.M
        )
    )
    pages = {
        path.relative_to(docs).with_suffix("").as_posix()
        for path in [*docs.rglob("*.md"), *docs.rglob("*.ipynb")]
    }
    assert pages - {"index"} == listed


def test_lexicon_page_names_every_group_of_cues() -> None:
    page = (ROOT / "docs" / "reference" / "word-lists.md").read_text(encoding="utf-8")
    named = re.findall(r"`([a-z_*]+)`", page)
    assert [group for group in groups() if not any(fnmatch.fnmatch(group, name) for name in named)] == []


def test_dependencies_page_names_every_library() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (ROOT / "docs" / "development" / "dependencies.md").read_text(encoding="utf-8").lower()
    needed = [*project["dependencies"], *project["optional-dependencies"]["train"]]
    assert [one for one in needed if one.split(">=")[0].lower() not in page] == []
    assert all(">=" in one for one in needed)


def test_versions_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert project["version"] == sensational.__version__
    assert f"\nversion: {project['version']}\n" in citation
    assert f"\nlicense: {project['license']}\n" in citation
    assert re.search(
        rf"^## \[(?:Unreleased|{re.escape(project['version'])})\]", (ROOT / "CHANGELOG.md").read_text(), re.M
    )


def test_every_module_has_its_floor() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = settings["tool"]["importlinter"]["contracts"]
    named = set(re.findall(r"\w+", " ".join(contract["layers"])))
    package = ROOT / "sensational"
    there = {path.stem for path in package.glob("*.py")} | {
        path.parent.name for path in package.glob("*/__init__.py")
    }
    assert there - {"__init__"} <= named


def loaded(*arguments: str) -> set[str]:
    """The libraries that a process has imported after ``python -m sensational`` with these arguments."""
    code = (
        "import contextlib, io, json, sys\n"
        "from sensational.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        f"    main({list(arguments)!r})\n"
        "print(json.dumps([name for name in sys.modules if '.' not in name]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True, cwd=ROOT
    )
    return set(json.loads(done.stdout))


def test_scoring_imports_nothing_heavy() -> None:
    assert loaded("--help") & (HEAVY | {"numpy", "onnxruntime", "rich", "jinja2", "typst"}) == set()
    scoring = loaded("score", "--format", "json", "data/harbour.txt")  # NLTK splits sentences and stems words
    assert scoring & (HEAVY - {"nltk"} | {"rich", "jinja2", "typst"}) == set()
