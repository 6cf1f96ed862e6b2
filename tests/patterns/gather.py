"""Every regular expression of the package, with how it is used.

They are found where the source calls ``re``: an argument that can be evaluated among the names of its module
is taken from there, with a word for what is escaped of the input; one that is made of data is made here
(``MADE``). A call that is neither is an error, so that no pattern goes unseen.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import sensational

USES = frozenset({"search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"})
ANCHORED = frozenset({"match", "fullmatch"})
MATCHED = frozenset({"match"})
# What of re makes no pattern.
HARMLESS = frozenset({"escape", "Pattern", "Match", "error", *re.RegexFlag.__members__})


@dataclass(frozen=True)
class Found:
    """A pattern of the package.

    Attributes:
        where: module, and its name there or its line.
        uses: what is called on it; empty where that cannot be told, and then it may be anything.
    """

    where: str
    pattern: re.Pattern[Any]
    uses: frozenset[str]

    @property
    def anchored(self) -> bool:
        """Whether it is only ever tried at one place of a text."""
        return bool(self.uses) and self.uses <= ANCHORED


class UnseenError(Exception):
    """A call from which the pattern cannot be told; see :data:`MADE`."""


def modules() -> list[ModuleType]:
    """All modules of the package, but those that need torch, which has to be dear and is seldom there.

    Raises:
        UnseenError: one of these has patterns.
    """
    found = []
    for one in pkgutil.walk_packages(sensational.__path__, "sensational."):
        if one.name == "sensational.__main__":
            continue
        spec = importlib.util.find_spec(one.name)
        source = Path(str(spec.origin)).read_text(encoding="utf-8") if spec else ""
        if re.search(r"^import torch$", source, re.MULTILINE):
            if re.search(r"^ *(?:import|from) re\b", source, re.MULTILINE):
                raise UnseenError(f"{one.name}: patterns belong in a module that does not need torch")
            continue
        found.append(importlib.import_module(one.name))
    return found


def patterns() -> list[Found]:
    """All patterns, each once a call.

    Raises:
        UnseenError: a call from which its pattern cannot be told.
    """
    trees = {
        module: list(ast.walk(ast.parse(Path(str(module.__file__)).read_bytes()))) for module in modules()
    }
    used = _uses(trees)
    return [found for module, nodes in trees.items() for found in of_module(module, nodes, used)]


def of_module(
    module: ModuleType, nodes: Sequence[ast.AST], used: Mapping[tuple[str, str], frozenset[str]]
) -> Iterator[Found]:
    """The patterns of one module.

    Args:
        module: that was imported.
        nodes: of its source.
        used: what is called on each name, by the module that the name is of.

    Raises:
        UnseenError: as :func:`patterns`.
    """
    names = {
        id(node.value): node.targets[0].id
        for node in nodes
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    called = {id(node.func): node for node in nodes if isinstance(node, ast.Call)}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module in ("re", "regex"):
            raise UnseenError(f"{module.__name__}:{node.lineno}: import re, so that its calls can be found")
        if isinstance(node, ast.Import) and any(
            one.name in ("re", "regex") and one.asname for one in node.names
        ):
            raise UnseenError(f"{module.__name__}:{node.lineno}: import re under its own name")
        if not (
            isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "re"
        ):
            continue
        if node.attr in HARMLESS:
            continue
        call = called.get(id(node))
        if call is None or not call.args or node.attr not in USES | {"compile"}:
            raise UnseenError(
                f"{module.__name__}:{node.lineno}: re.{node.attr} is used in a way not known here"
            )
        name = names.get(id(call), "")
        where = f"{module.__name__}:{name or call.lineno}"
        uses = used.get((module.__name__, name), frozenset()) if node.attr == "compile" else {node.attr}
        key = (module.__name__, ast.unparse(call.args[0]))
        if key in MADE:
            yield from (Found(where, pattern, MATCHED) for pattern in MADE[key]())
        else:
            yield Found(where, _evaluated(module, call), frozenset(uses))


def _evaluated(module: ModuleType, call: ast.Call) -> re.Pattern[Any]:
    flags = [keyword.value for keyword in call.keywords if keyword.arg == "flags"]
    if ast.unparse(call.func) == "re.compile":
        flags += call.args[1:2]
    try:
        text, *rest = (_value(module, one) for one in [call.args[0], *flags])
    except (NameError, AttributeError) as problem:
        said = ast.unparse(call.args[0])
        raise UnseenError(
            f"{module.__name__}:{call.lineno}: say in MADE what patterns {said} makes"
        ) from problem
    return re.compile(text, *rest)


def _value(module: ModuleType, node: ast.expr) -> Any:
    plain = ast.fix_missing_locations(ast.Expression(_WithoutInput().visit(node)))
    return eval(compile(plain, "pattern", "eval"), dict(vars(module)))  # noqa: S307 - our own source


class _WithoutInput(ast.NodeTransformer):
    """A word where the source has ``re.escape(...)``."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        return ast.Constant("Smith") if ast.unparse(node.func) == "re.escape" else node


def _uses(trees: Mapping[ModuleType, Sequence[ast.AST]]) -> dict[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for module, nodes in trees.items():
        home = {
            (one.asname or one.name): (str(node.module), one.name)
            for node in nodes
            if isinstance(node, ast.ImportFrom)
            for one in node.names
        }
        for node in nodes:
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in USES:
                found.setdefault(home.get(node.value.id, (module.__name__, node.value.id)), set()).add(
                    node.attr
                )
    return {name: frozenset(uses) for name, uses in found.items()}


def _of_clutter(joined: bool) -> list[re.Pattern[str]]:
    """The patterns that are compiled of ``clutter_patterns.tsv``."""
    from sensational.reading.clutter import _patterns, pattern_rows

    places = [_patterns(place) for place in dict.fromkeys(row.where for row in pattern_rows())]
    if joined:
        return [pattern for place in places for _, _, pattern in place._joined]
    by_cue = [found for place in places for several in place._by_cue.values() for found in several]
    return list(dict.fromkeys(pattern for _, _, pattern in by_cue))


MADE: dict[tuple[str, str], Callable[[], list[re.Pattern[Any]]]] = {
    ("sensational.reading.clutter", "row.pattern"): lambda: _of_clutter(False),
    ("sensational.reading.clutter", "_alternatives(found)"): lambda: _of_clutter(True),
}
"""Patterns made of data, by module and argument; all of them are matched at the start of a line."""
