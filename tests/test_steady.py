"""Powers and logarithms without their last bits, and nothing else of the C library in a score."""

import ast
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational import steady
from sensational.language.quantities import compare, quantities

PACKAGE = Path(__file__).parents[1] / "sensational"
# What C libraries compute each in their own way; sqrt, fsum and floor are the same everywhere.
LOOSE = frozenset(
    "exp exp2 expm1 log log1p log2 log10 pow erf erfc gamma lgamma sin cos tan asin acos atan atan2 sinh "
    "cosh tanh asinh acosh atanh cbrt hypot dist power logaddexp float_power mean std var dot".split()
)
# Where no score is made: pictures, figures of many articles, learning, and measuring.
BESIDE = ("training", "evaluation", "extras", "corpus/summary", "corpus/agreement.py", "report", "web")


def scoring() -> list[Path]:
    """The modules that a score comes from."""
    files = [path.relative_to(PACKAGE).as_posix() for path in sorted(PACKAGE.rglob("*.py"))]
    return [PACKAGE / name for name in files if not name.startswith(BESIDE) and name != "steady.py"]


def loose(tree: ast.AST) -> list[str]:
    """Where a module asks ``math`` or numpy for such a function, or raises to a fraction."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id in ("math", "np", "numpy", "cmath", "statistics") and node.attr in LOOSE:
                found.append(f"line {node.lineno}: {node.value.id}.{node.attr}")
        elif isinstance(node, ast.ImportFrom) and node.module in ("math", "cmath", "numpy", "statistics"):
            found += [f"line {node.lineno}: {one.name}" for one in node.names if one.name in LOOSE]
        elif isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Pow):
            exponent = node.right if isinstance(node, ast.BinOp) else node.value
            base = node.left if isinstance(node, ast.BinOp) else node.target
            whole = [isinstance(one, ast.Constant) and isinstance(one.value, int) for one in (base, exponent)]
            if not any(whole):
                found.append(f"line {node.lineno}: a power")
    return found


@pytest.mark.parametrize("path", scoring(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_score_takes_them_from_one_place(path: Path) -> None:
    assert loose(ast.parse(path.read_text(encoding="utf-8"))) == []


def test_the_guard_sees_them() -> None:
    for code in ("math.exp(x)", "np.log(x)", "from math import log1p", "x ** y", "x **= y", "math.pow(x, 2)"):
        assert loose(ast.parse(code)), code
    for code in ("math.sqrt(x)", "math.fsum(x)", "x ** 2", "10 ** digits", "np.sqrt(x)"):
        assert not loose(ast.parse(code)), code


@given(st.floats(-500, 500))
def test_logistic(odds: float) -> None:
    assert steady.logistic(odds) == pytest.approx(1 / (1 + math.exp(-odds)), abs=1e-12)
    assert steady.logistic(odds) + steady.logistic(-odds) == pytest.approx(1, abs=2e-12)


def test_logistic_of_odds_beyond_all_floats() -> None:
    assert steady.logistic(1e6) == 1.0
    assert steady.logistic(-1e6) == 0.0


def test_a_tie_is_a_tie() -> None:
    """Ten times as much and a tenth as much are equally far, whatever the last bit of a logarithm."""
    assert abs(math.log(10)) != abs(math.log(0.1))
    assert abs(steady.log(10)) == abs(steady.log(0.1))
    (wanted,) = quantities("100 jobs")
    there = quantities("The bank cut 10 jobs in May and 1,000 jobs in June.")
    numbers = [one for one in there if one.value in (10.0, 1000.0)]
    assert len(numbers) == 2
    assert compare(wanted, numbers).body == (numbers[0],)
    assert compare(wanted, numbers[::-1]).body == (numbers[1],)
