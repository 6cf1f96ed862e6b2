"""What is built: a wheel with the package and its data and nothing else, which works by itself."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "sensational"
ENDINGS = {".py", ".tsv", ".json", ".npz", ".html", ".css", ".typ", ".js", ".svg", ".txt"}


def build(kind: str, folder: Path) -> Path:
    """Builds with the backend that is installed, so that no network is needed."""
    pytest.importorskip("build", reason="build is not installed: the packaging tests did not run")
    pytest.importorskip("hatchling", reason="hatchling is not installed: the packaging tests did not run")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", f"--{kind}", "--outdir", str(folder), str(ROOT)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", tmp_path_factory.mktemp("wheel"))


def test_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    names = [PurePosixPath(name) for name in zipfile.ZipFile(wheel).namelist()]
    (metadata,) = {name.parts[0] for name in names} - {"sensational"}
    assert metadata.endswith(".dist-info")
    inside = {str(name) for name in names if name.parts[0] == "sensational"}
    strange = {name for name in inside if PurePosixPath(name).suffix not in ENDINGS}
    assert strange - {"sensational/py.typed", "sensational/lexicon/README.md"} == set()
    there = {
        path.relative_to(ROOT).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    examples = {f"sensational/web/examples/{name}.txt" for name in ("harbour", "flood", "vaccine", "library")}
    assert inside == there | examples  # copied from data/, for the page
    assert f"{metadata}/licenses/LICENSE" in map(str, names)


def test_wheel_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size < 15_000_000


def test_wheel_works_by_itself(wheel: Path, tmp_path: Path) -> None:
    """Unpacked elsewhere, with nothing of the checkout in sight, it scores and writes a report."""
    shutil.unpack_archive(wheel, tmp_path / "package", format="zip")
    (tmp_path / "story.txt").write_bytes((ROOT / "data" / "harbour.txt").read_bytes())
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "package"), "PYTHONUTF8": "1"}

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "sensational", *arguments],
            cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert json.loads(run("score", "--format", "json", "story.txt"))["status"] == "scored"
    run("report", "story.txt")
    assert {path.name for path in (tmp_path / "reports").iterdir()} == {"story.html", "story.pdf"}


def test_metadata(wheel: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    archive = zipfile.ZipFile(wheel)
    (name,) = (one for one in archive.namelist() if one.endswith(".dist-info/METADATA"))
    metadata = archive.read(name).decode("utf-8")
    assert f"\nVersion: {project['version']}\n" in metadata
    assert "\nRequires-Python: >=3.11\n" in metadata
    assert "\nLicense-Expression: MIT\n" in metadata
    (name,) = (one for one in archive.namelist() if one.endswith("entry_points.txt"))
    assert "sensational = sensational.cli:main" in archive.read(name).decode("utf-8")


def test_sdist_holds_what_the_tests_need(tmp_path: Path) -> None:
    with tarfile.open(build("sdist", tmp_path)) as archive:
        names = {PurePosixPath(name).relative_to(PurePosixPath(name).parts[0]) for name in archive.getnames()}
    tops = {name.parts[0] for name in names if name.parts}
    assert tops == {
        "sensational", "data", "tests", "docs", ".ci", ".gitignore", "README.md", "CHANGELOG.md",
        "CITATION.cff", "LICENSE", "tox.ini", "pyproject.toml", "PKG-INFO",
    }  # fmt: skip
