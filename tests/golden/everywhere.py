"""The golden articles on every Python that is here, from the tree, the wheel and the sdist, and otherwise.

``python tests/golden/everywhere.py [--python PATH]...`` builds a wheel and an sdist of this checkout, puts
each into a fresh environment of each Python that is found (``python3.11`` and on, on the path or under pyenv,
or those named), scores the articles there and holds the lines against those kept, to the last bit. With the
first Python it does so once more under other hash seeds, locales, processors and code of the C library.
It prints a table, and exits with 1 where something differs or fewer than ``--least`` Pythons were tried.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from golden import kept, moved

ROOT = Path(__file__).parents[2]
MINORS = range(11, 16)
TELL = (
    "import platform, sys, unicodedata, numpy; "
    "print(platform.python_version(), unicodedata.unidata_version, numpy.__version__, sep=chr(9))"
)
# Other machines, as far as one machine can pretend: NumPy's and OpenBLAS's code for older processors, and
# the C library's powers and logarithms without fused multiply-add. (Unknown names change nothing elsewhere.)
OTHERWISE = {
    "hash seed 0": {"PYTHONHASHSEED": "0"},
    "hash seed 4294967295": {"PYTHONHASHSEED": "4294967295"},
    "another time zone, and locale": {"LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu"},
    "no UTF-8": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "OpenBLAS for Nehalem": {"OPENBLAS_CORETYPE": "Nehalem"},
    "OpenBLAS for Haswell": {"OPENBLAS_CORETYPE": "Haswell"},
    "OpenBLAS for SkylakeX": {"OPENBLAS_CORETYPE": "SkylakeX"},
    "OpenBLAS, eight threads": {"OPENBLAS_NUM_THREADS": "8"},
    "NumPy without AVX": {"NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3 AVX512F AVX512CD AVX512_SKX X86_V3 X86_V4"},
    "glibc without AVX2, FMA": {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX,-AVX512F"},
    "optimised": {"PYTHONOPTIMIZE": "2"},
}


def pythons(named: list[str]) -> list[Path]:
    """The Pythons to try, those named or one of each version that is found."""
    if named:
        return [Path(one).absolute() for one in named]
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found = []
    for minor in MINORS:
        under_pyenv = sorted(pyenv.glob(f"3.{minor}.*/bin/python3.{minor}"))
        on_path = shutil.which(f"python3.{minor}")
        if under_pyenv:
            found.append(under_pyenv[-1])
        elif on_path and runs([on_path, "-c", ""]):
            found.append(Path(on_path))
    return found


def runs(command: list[str]) -> bool:
    """Whether a command ends well (a shim of pyenv stands on the path and runs nothing)."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def call(*command: str | Path, folder: Path, **environment: str) -> str:
    """What a command prints; its errors end everything here."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, env={**inherited, **environment}, check=False,
        capture_output=True, text=True, encoding="utf-8", errors="replace",
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def environment_with(package: Path, python: Path, folder: Path) -> Path:
    """The Python of a fresh environment that has the package and its dependencies."""
    uv = (sys.executable, "-m", "uv")
    call(*uv, "venv", "--quiet", "--python", python, folder, folder=folder.parent)
    made = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    call(*uv, "pip", "install", "--quiet", "--python", made, package, folder=folder)
    return made


def lines_by(python: Path, script: Path, folder: Path, tree: bool = False, **more: str) -> list[str]:
    """The lines that a Python writes; with ``tree``, with the package beside ``script``, else its own."""
    out = folder / "lines.jsonl"
    top = script.parents[2]
    environment = {"PYTHONPATH": str(top)} if tree else {}
    place = call(python, script, "--lines", out, folder=folder, **environment, **more).strip()
    if Path(place).is_relative_to(top) != tree:
        sys.exit(f"{place} is not the package that was to be tried")
    return out.read_bytes().decode("utf-8").splitlines()


def tried(python: Path, built: dict[str, Path], folder: Path, first: bool) -> Iterator[tuple[str, list[str]]]:
    """Each way in which one Python scored the articles, with the lines."""
    own = Path("tests") / "golden" / "golden.py"
    with_wheel = environment_with(built["wheel"], python, folder / "wheel")
    version, unicode, numpy = call(with_wheel, "-c", TELL, folder=folder).strip().split("\t")
    name = f"Python {version}, Unicode {unicode}, NumPy {numpy}"
    yield f"{name}: tree", lines_by(with_wheel, ROOT / own, folder, tree=True)
    yield f"{name}: wheel", lines_by(with_wheel, ROOT / own, folder)
    if first:
        for what, environment in OTHERWISE.items():
            yield f"{name}: wheel, {what}", lines_by(with_wheel, ROOT / own, folder, **environment)
    with_sdist = environment_with(built["sdist"], python, folder / "sdist")
    with tarfile.open(built["sdist"]) as archive:
        archive.extractall(folder / "unpacked", filter="data")
    (unpacked,) = (folder / "unpacked").iterdir()
    yield f"{name}: sdist", lines_by(with_sdist, unpacked / own, folder)


def main() -> int:
    """Builds, tries, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--python", action="append", default=[], help="a Python to try (more than once)")
    parser.add_argument("--least", type=int, default=2, help="how many Pythons there must be (2)")
    asked = parser.parse_args()
    wanted = kept()
    found = pythons(asked.python)
    differing = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        call(sys.executable, "-m", "build", "--outdir", folder / "dist", ROOT, folder=folder)
        built = {
            "wheel": next((folder / "dist").glob("*.whl")),
            "sdist": next((folder / "dist").glob("*.tar.gz")),
        }
        for at, python in enumerate(found):
            own = folder / f"python{at}"
            own.mkdir()
            for what, lines in tried(python, built, own, first=at == 0):
                changes = moved(wanted, lines)
                differing += bool(changes)
                verdict = "DIFFERENT" if changes else "the same"
                print(f"{what:<72} {verdict}", *changes, sep="\n    ", flush=True)
            shutil.rmtree(own)
    print(f"{len(wanted)} articles, {len(found)} Pythons; {differing} ways differ")
    return 1 if differing or len(found) < asked.least else 0


if __name__ == "__main__":
    sys.exit(main())
