"""The mutants of a module: its source with one small change each, by the operators of mutmut and three more.

Left out is what no test here could tell, by rule and not by hand: annotations and names for types,
documentation, imports, decorators, what stands under ``TYPE_CHECKING``, the ``strict=`` of a zip (a guard),
the ``encoding=`` of a file (the system's own, here) and changes of a text's case only.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import libcst as cst
import libcst.matchers as m
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

UNTOLD = (cst.Annotation, cst.Import, cst.ImportFrom, cst.Decorator)
UNTOLD_CALLS = {"len", "isinstance", "cast", "TypeVar", "NewType"}
_TYPE = m.Call(m.Name("TypeVar")) | m.Subscript(m.Name("tuple") | m.Name("Literal") | m.Name("Callable"))
UNTOLD_ARGUMENTS = {"strict", "encoding"}


@dataclass(frozen=True)
class Mutant:
    """One changed source; ``key`` tells it from the others as long as its lines stay as they are."""

    key: str
    path: str
    line: int
    kind: str
    before: str
    after: str
    source: str


def mutants_of(root: Path, path: str, chosen: Callable[[str], bool]) -> Iterator[Mutant]:
    """The mutants of the module at ``path`` under ``root`` whose key is chosen, in the order of its lines."""
    code = (root / path).read_text(encoding="utf-8")
    wrapper = MetadataWrapper(cst.parse_module(code))
    positions = wrapper.resolve(PositionProvider)
    found = _Found()
    end = 0
    for statement in wrapper.module.body:
        text = _code(statement)
        start = code.index(text, end)
        end = start + len(text)
        found.changes.clear()
        statement.visit(found)
        seen: set[str] = set()
        for kind, old, new in found.changes:
            place = positions[old].start
            key = f"{path}:{place.line}:{place.column}|{kind}|{_one_line(new)}"
            if not chosen(key):
                continue
            seen = seen or {"", _told(text)}
            changed = _code(statement.deep_replace(old, new))
            told = _told(changed)
            if told not in seen:
                seen.add(told)
                source = code[:start] + changed + code[end:]
                yield Mutant(key, path, place.line, kind, _one_line(old), _one_line(new), source)


def _code(node: cst.CSTNode) -> str:
    return cst.Module([]).code_for_node(node)


def _one_line(node: cst.CSTNode) -> str:
    return " ".join(_code(node).split())


class _Found(cst.CSTVisitor):
    """Collects (operator, node, what takes its place)."""

    def __init__(self) -> None:
        self.changes: list[tuple[str, cst.CSTNode, cst.CSTNode]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if _untold(node):
            return False
        for kind, operator in _operators(node):
            self.changes.extend((kind, node, new) for new in operator(node))
        return True


def _untold(node: cst.CSTNode) -> bool:
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Name):
        return node.func.value in UNTOLD_CALLS
    if isinstance(node, cst.Assign) and m.matches(node.value, _TYPE):
        return True
    if isinstance(node, cst.If) and m.matches(node.test, m.Name("TYPE_CHECKING")):
        return True
    return isinstance(node, UNTOLD)


def _operators(node: cst.CSTNode):  # type: ignore[no-untyped-def]
    for kind, operator in mutation_operators:
        if isinstance(node, kind):
            yield operator.__name__.removeprefix("operator_"), operator
    for kind, operator in _MORE:
        if isinstance(node, kind):
            yield operator.__name__.strip("_"), operator


def _negated(node: cst.If | cst.While | cst.CompIf) -> Iterator[cst.CSTNode]:
    inside = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    yield node.with_changes(test=cst.UnaryOperation(cst.Not(), inside))


def _nothing_returned(node: cst.Return) -> Iterator[cst.CSTNode]:
    if node.value is not None and not m.matches(node.value, m.Name("None")):
        yield node.with_changes(value=cst.Name("None"))


def _statement_removed(node: cst.Expr) -> Iterator[cst.CSTNode]:
    if not isinstance(node.value, (cst.BaseString, cst.Ellipsis)):
        yield cst.Pass()


_MORE = (
    ((cst.If, cst.While, cst.CompIf), _negated),
    (cst.Return, _nothing_returned),
    (cst.Expr, _statement_removed),
)


def _told(code: str) -> str:
    """What of a source tests could tell: the same for two that differ in the untold only; "" if no Python."""
    try:
        return ast.dump(_Telling().visit(ast.parse(code)))
    except SyntaxError:
        return ""


class _Telling(ast.NodeTransformer):
    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return ast.Constant(node.value.casefold()) if isinstance(node.value, str) else node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        node.keywords = [one for one in node.keywords if one.arg not in UNTOLD_ARGUMENTS]
        return self.generic_visit(node)
