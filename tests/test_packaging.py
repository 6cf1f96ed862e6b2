"""What is built: a wheel with the package and its data and nothing else, which works by itself."""

import base64
import csv
import hashlib
import json
import os
import re
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
ENDINGS = {".py", ".tsv", ".json", ".onnx", ".sha256", ".html", ".css", ".typ", ".js", ".svg", ".txt"}


def build(kind: str, folder: Path, root: Path = ROOT, environment: dict[str, str] | None = None) -> Path:
    """Builds with the backend that is installed, so that no network is needed."""
    pytest.importorskip("build", reason="build is not installed: the packaging tests did not run")
    pytest.importorskip("hatchling", reason="hatchling is not installed: the packaging tests did not run")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", f"--{kind}", "--outdir", str(folder), str(root)],
        env={**os.environ, **(environment or {})},
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
    assert (
        strange - {"sensational/py.typed", "sensational/lexicon/README.md", "sensational/verifier/README.md"}
        == set()
    )
    there = {
        path.relative_to(ROOT).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    examples = {f"sensational/web/examples/{name}.txt" for name in ("harbour", "flood", "vaccine", "library")}
    assert inside == there | examples  # copied from data/, for the page
    assert f"{metadata}/licenses/LICENSE" in map(str, names)


def test_wheel_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size < 30_000_000


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
    assert "\nName: sensational-headlines\n" in metadata
    assert f"\nVersion: {project['version']}\n" in metadata
    assert "\nRequires-Python: >=3.11\n" in metadata
    assert "\nLicense-Expression: MIT\n" in metadata
    (name,) = (one for one in archive.namelist() if one.endswith("entry_points.txt"))
    assert "sensational = sensational.cli:main" in archive.read(name).decode("utf-8")


TEXTS = {
    ".md",
    ".py",
    ".txt",
    ".html",
    ".css",
    ".js",
    ".cff",
    ".toml",
    ".ini",
    ".typ",
    ".tsv",
    ".csv",
    ".ipynb",
}
ADVICE = re.compile(
    r"\b(?:pip3?|pipx|uv|uv pip) (?:install|add|run)\b([^\n`&|;()<>]{1,200})|\buvx([^\n`]{1,80})"
)
EXTRA = re.compile(r"(?<![\w-])sensational\[[a-z]+\]")


def advised(text: str) -> list[str]:
    """What a text says to install that is called like the package, or like its distribution."""
    words = (
        word for found in ADVICE.finditer(text) for word in "".join(filter(None, found.groups())).split()
    )
    plain = (re.split(r"[\[=<>~!,.:]", word.strip("\"'*_\\"))[0] for word in words)
    found = [word for word in plain if word.replace("_", "-") in ("sensational", "sensational-headlines")]
    return found or ["sensational"] * bool(EXTRA.search(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("pip install sensational", ["sensational"]),
        ("`.venv/bin/pip install 'sensational[web]'`", ["sensational"]),
        ('py -m pip install --upgrade "sensational==0.1.0"', ["sensational"]),
        ("pip install 'sensational-headlines[web]'", ["sensational-headlines"]),
        ("install it with  pip install sensational-headlines, then", ["sensational-headlines"]),
        ("it is not installed; install sensational[train]", ["sensational"]),
        ("pip install . && .venv/bin/sensational score data/harbour.txt", []),
        ("pip install -e '.[dev]' && .venv/bin/pytest", []),
    ],
)
def test_advice_is_found(text: str, found: list[str]) -> None:
    assert advised(text) == found


def test_nothing_advises_to_install_another_librarys_name() -> None:
    """``sensational`` on the package index is somebody else's; ours is ``sensational-headlines``."""
    folders = (ROOT / name for name in ("docs", "sensational", "data", "tests"))
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in TEXTS]
    assert len(files) > 200
    wrong = [
        path.relative_to(ROOT).as_posix()
        for path in [*files, *(path for path in ROOT.iterdir() if path.suffix in TEXTS)]
        if path != Path(__file__)
        and "sensational" in advised(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert wrong == []


def test_every_name_of_the_distribution_is_the_same() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["name"] == "sensational-headlines"
    assert list(project["scripts"]) == ["sensational"]
    assert f'\ntitle: "{project["name"]}"\n' in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    extras = project["optional-dependencies"]
    own = [one for wanted in extras.values() for one in wanted if one.startswith("sensational")]
    assert [one.split("[")[0] for one in own] == [project["name"]] * len(own)


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("sdist", tmp_path_factory.mktemp("sdist"))


def inside(sdist: Path) -> dict[str, tarfile.TarInfo]:
    """The files of an sdist by their place in it."""
    with tarfile.open(sdist) as archive:
        members = archive.getmembers()
    assert all(member.isfile() for member in members), "folders and links need not be listed"
    return {
        PurePosixPath(member.name).relative_to(sdist.name[: -len(".tar.gz")]).as_posix(): member
        for member in members
    }


def test_sdist_holds_what_the_tests_need(sdist: Path) -> None:
    assert {name.split("/")[0] for name in inside(sdist)} == {
        "sensational", "data", "tests", "docs", ".ci", ".gitignore", "README.md", "CHANGELOG.md",
        "CITATION.cff", "LICENSE", "SECURITY.md", "requirements-dev.txt", "tox.ini", "pyproject.toml",
        "PKG-INFO",
    }  # fmt: skip


def test_sdist_holds_what_is_kept_and_nothing_else(sdist: Path) -> None:
    """Every file that git keeps, but the sample reports and what only training needs; none that lay about."""
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode or not done.stdout:
        pytest.skip("STRAY FILES NOT LOOKED FOR: this is no checkout of git")
    listed = {name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()}
    left_out = ("reports/", "data/training/", ".gitattributes")
    kept = {name for name in listed if not name.startswith(left_out)}
    assert set(inside(sdist)) - {"PKG-INFO"} == kept


def test_sdist_says_nothing_of_who_built_it(sdist: Path) -> None:
    for name, member in inside(sdist).items():
        assert (member.uid, member.gid, member.uname, member.gname) == (0, 0, "", ""), name
        assert member.mode in (0o644, 0o755), name


def test_record_of_the_wheel_is_right(wheel: Path) -> None:
    """Every file with its length and hash, and none besides."""
    archive = zipfile.ZipFile(wheel)
    (record,) = (name for name in archive.namelist() if name.endswith(".dist-info/RECORD"))
    rows = list(csv.reader(archive.read(record).decode("utf-8").splitlines()))
    assert sorted(row[0] for row in rows) == sorted(archive.namelist())
    for name, digest, length in rows:
        if name == record:
            assert (digest, length) == ("", "")
            continue
        content = archive.read(name)
        made = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode("ascii")
        assert (digest, int(length)) == (f"sha256={made}", len(content)), name


def test_the_wheel_of_the_sdist_is_the_wheel(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    """The same bytes from a folder of another name and age: who builds it again can check it."""
    shutil.unpack_archive(sdist, tmp_path / "unpacked", filter="data")
    (folder,) = (tmp_path / "unpacked").iterdir()
    for path in folder.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    again = build("wheel", tmp_path / "wheel", folder)
    assert again.name == wheel.name
    assert again.read_bytes() == wheel.read_bytes()


def test_the_sdist_is_the_same_twice(sdist: Path, tmp_path: Path) -> None:
    again = build(
        "sdist", tmp_path, environment={"TZ": "Asia/Kathmandu", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    )
    assert again.name == sdist.name
    assert again.read_bytes() == sdist.read_bytes()
