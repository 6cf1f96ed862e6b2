"""What the code never does, read from its source: run what it reads, reach out, import the undeclared."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "sensational"
MODULES = {
    path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DEPENDENCIES = (ROOT / "docs" / "development" / "dependencies.md").read_text(encoding="utf-8")

# Import names that are not the distribution's own.
DISTRIBUTION = {"sklearn": "scikit-learn", "distributed": "dask"}
# Declared, and imported by nobody here: see docs/development/dependencies.md.
FOR_OTHERS = {"lxml-html-clean", "onnx"}

RUNS_WHAT_IT_READS = frozenset(
    "pickle cPickle _pickle marshal shelve dill joblib cloudpickle jsonpickle yaml code codeop runpy ctypes "
    "cffi subprocess pty imp distutils dbm".split()
)
REACHES_OUT = frozenset(
    "socket ssl http urllib ftplib smtplib poplib imaplib telnetlib nntplib xmlrpc socketserver requests "
    "httpx httpx2 aiohttp urllib3 webbrowser asyncore websockets paramiko huggingface_hub".split()
)
# Where an address that a reader gave is fetched, and where the page of `serve` finds its own and is opened.
MAY_REACH_OUT = {
    "web/fetch.py": {"http", "socket", "ssl", "urllib"},
    "commands/serve.py": {"socket", "webbrowser"},
}
# Parts of these that take addresses and texts apart and ask nobody.
ASKS_NOBODY = frozenset(["urllib.parse"])
BUILTINS = frozenset(["eval", "exec", "compile", "__import__", "breakpoint", "input"])
# Methods and functions of others that open pickles, run commands, or fetch.
CALLS = frozenset(
    "read_pickle to_pickle system popen spawnl spawnv execv execve execvp startfile urlopen urlretrieve "
    "download hf_hub_download snapshot_download fetch_url literal_eval".split()
)


def distribution(requirement: str) -> str:
    """The name of what a requirement asks for, in the form in which names are compared."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found[0]).lower()


BASE = {distribution(one) for one in PROJECT["dependencies"]}
EXTRAS = {
    name: {distribution(one) for one in wanted} for name, wanted in PROJECT["optional-dependencies"].items()
}
# What the package itself never needs: to test it, and to build the site.
TOOLS = ("dev", "docs")
RUNTIME = BASE.union(*(wanted for name, wanted in EXTRAS.items() if name not in TOOLS)) - {"sensational"}


@cache
def imports(module: ast.Module) -> tuple[str, ...]:
    """Every module that is imported, wherever it stands, by statement or by name."""
    return tuple(_imports(module))


def _imports(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)
        elif isinstance(node, ast.Call) and called(node).endswith("import_module") and node.args:
            name = node.args[0]
            if isinstance(name, ast.Constant):
                yield str(name.value)


def called(node: ast.Call) -> str:
    """The dotted name of what is called, *?* for what is no name."""
    parts, at = [], node.func
    while isinstance(at, ast.Attribute):
        parts.append(at.attr)
        at = at.value
    return ".".join([at.id if isinstance(at, ast.Name) else "?", *reversed(parts)])


def outside(module: ast.Module) -> set[str]:
    """The distributions that a module imports from."""
    tops = {name.split(".")[0] for name in imports(module)}
    others = {top for top in tops if top not in sys.stdlib_module_names and top != "sensational"}
    return {DISTRIBUTION.get(distribution(top), distribution(top)) for top in others}


def faults(module: ast.Module, name: str = "elsewhere.py") -> list[str]:
    """What a module does that none may, but those that are named above."""
    found = [f"imports {one}" for one in imports(module) if one.split(".")[0] in RUNS_WHAT_IT_READS]
    found += [
        f"imports {one}"
        for one in imports(module)
        if one.split(".")[0] in REACHES_OUT - MAY_REACH_OUT.get(name, set())
        and not any(one == free or one.startswith(f"{free}.") for free in ASKS_NOBODY)
    ]
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        what = called(node)
        last = what.rpartition(".")[2]
        if what in BUILTINS or last in CALLS:
            found.append(f"line {node.lineno}: calls {what}")
        keywords = {one.arg: ast.unparse(one.value) for one in node.keywords}
        if what in ("np.load", "numpy.load") and keywords.get("allow_pickle") != "False":
            found.append(f"line {node.lineno}: {what} without allow_pickle=False")
        if what == "torch.load" and keywords.get("weights_only") != "True":
            found.append(f"line {node.lineno}: {what} without weights_only=True")
        if keywords.get("shell") == "True" or keywords.get("trust_remote_code") == "True":
            found.append(f"line {node.lineno}: {what} runs what it is given")
        if last == "from_pretrained" and keywords.get("local_files_only") != "True":
            found.append(f"line {node.lineno}: {what} may download")
    return found


def test_runs_nothing_and_reaches_out_nowhere() -> None:
    found = {name: faults(module, name) for name, module in MODULES.items()}
    assert {name: those for name, those in found.items() if those} == {}


@pytest.mark.parametrize(
    "code",
    [
        "import pickle", "from marshal import loads", "import subprocess as s", "import_module('shelve')",
        "import urllib.request", "from urllib import request", "from http import client", "import socket",
        "def f():\n    import requests", "eval('1')", "exec(x)", "compile(x, '', 'exec')", "__import__('os')",
        "os.system('ls')", "np.load(path)", "np.load(path, allow_pickle=True)", "pd.read_pickle(path)",
        "run(x, shell=True)", "AutoModel.from_pretrained(name)", "torch.load(path)", "nltk.download('punkt')",
    ],
)  # fmt: skip
def test_the_guard_sees_it(code: str) -> None:
    assert faults(ast.parse(code))


def test_the_guard_lets_pass_what_is_harmless() -> None:
    code = "from urllib.parse import urlsplit\nre.compile(x)\nnp.load(p, allow_pickle=False)\nmodel.eval()"
    assert faults(ast.parse(code)) == []
    assert faults(ast.parse("import socket"), "web/fetch.py") == []


def test_the_page_fetches_in_one_module_only() -> None:
    """And nothing imports that module but what takes an address from a form or after ``--fetch``."""
    users = {
        name
        for name, module in MODULES.items()
        if any(one.startswith("sensational.web.fetch") for one in imports(module))
    }
    assert users == {"cli.py", "web/articles.py"}


def imported_at_once(module: ast.Module) -> set[str]:
    """What a module imports when it is imported itself, for use and not for types alone."""
    found: set[str] = set()
    for node in module.body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= set(imports(ast.Module([node], [])))
    return {name.split(".")[0] for name in found}


def test_what_only_training_needs_is_imported_by_training_only() -> None:
    heavy = {"torch", "transformers", "sklearn", "scipy", "onnx"}
    users = {name for name, module in MODULES.items() if imported_at_once(module) & heavy}
    assert all(name.startswith("training/verifier/") for name in users), users


def allowed(name: str) -> set[str]:
    """What a module may import from: what is always installed, and the extra that it is used with."""
    home = PurePosixPath(name).parts[0]
    found = set(BASE)
    if home == "web" or name == "commands/serve.py":
        found |= EXTRAS["web"]
    if home in ("training", "evaluation"):
        found |= EXTRAS["train"]
    if name == "corpus/engines/cluster.py":
        found |= EXTRAS["dask"]
    if name == "corpus/transformer.py":
        found |= EXTRAS["sklearn"]
    return found


def test_imports_are_declared() -> None:
    undeclared = {name: outside(module) - allowed(name) for name, module in MODULES.items()}
    assert {name: those for name, those in undeclared.items() if those} == {}


def test_what_is_declared_is_imported() -> None:
    used = set().union(*map(outside, MODULES.values()))
    assert RUNTIME - used == FOR_OTHERS


def test_each_is_explained() -> None:
    words = set(re.findall(r"[a-z0-9][a-z0-9-]*", DEPENDENCIES.lower().replace("_", "-")))
    unexplained = RUNTIME.union(*(EXTRAS[name] for name in TOOLS)) - words - {PROJECT["name"]}
    assert unexplained == set(), "docs/development/dependencies.md does not say what these are for"


def test_each_has_the_bounds_that_are_explained() -> None:
    """The table of bounds in the document is that of pyproject.toml, word for word."""
    table = dict(re.findall(r"^\| `([\w.\[\]-]+)` \| `([^`]+)` \| .+ \|$", DEPENDENCIES, re.M))
    declared = {}
    for name, wanted in {"": PROJECT["dependencies"], **PROJECT["optional-dependencies"]}.items():
        if name not in TOOLS:
            declared.update(re.fullmatch(r"([\w.\[\]-]+)([><=!~].+)", one).groups() for one in wanted)  # type: ignore[union-attr]
    assert table == {name: bounds.replace(",", ", ") for name, bounds in declared.items()}


def test_nothing_is_installed_from_elsewhere() -> None:
    """Requirements are names and versions: no address, no path, no repository."""
    every = [*PROJECT["dependencies"], *(one for w in PROJECT["optional-dependencies"].values() for one in w)]
    assert [one for one in every if re.search(r"[@:/\\]", one)] == []
