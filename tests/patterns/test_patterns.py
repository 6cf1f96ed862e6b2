"""No regular expression of the package backtracks without bound.

Measured here at lengths at which a pattern that is not linear takes a hundred times too long;
``tox -e patterns`` goes on to a megabyte.
"""

from __future__ import annotations

import ast
import re
import time
from types import ModuleType

import pytest
from gather import Found, UnseenError, of_module, patterns
from worst import Attack, attacks, seconds, tried

# One that doubles with every character shows at twenty-odd, and must not be tried on more.
LENGTHS = (20, 24, 28, 32, 64, 256, 1024, 8192)
SHORT, LONG = 1024, 8192  # eight times as long: a linear one takes 8 times as long, a quadratic one 64 times
TOO_MUCH = 24
LEAST = 0.005  # seconds of the longest: less cannot be told from noise
MOST = 0.02  # seconds of any other

FOUND = patterns()


def slow(found: Found, attack: Attack) -> str:
    """What is wrong with a pattern on a text; empty where it is linear."""
    for length in LENGTHS:
        text, begin = attack.text(length), time.perf_counter()
        tried(found, text)
        if time.perf_counter() - begin < LEAST:  # by the clock, which is read quickly
            continue
        took = seconds(found, text, 2)  # by the processor, which may have been busy with something else
        if length < LONG and took > MOST:
            return f"{took:.2f} s for {length} characters of {attack}"
        if length == LONG and took > LEAST:
            before = seconds(found, attack.text(SHORT), 3)
            if took > TOO_MUCH * before and (took := seconds(found, text, 5)) > TOO_MUCH * before:
                return f"{took / before:.0f} times as long for {LONG / SHORT:g} times the length of {attack}"
    return ""


def test_patterns_are_linear() -> None:
    said = {}
    for found in FOUND:
        for attack in attacks(found.pattern):
            if problem := slow(found, attack):
                said[found.where] = problem
                break
    assert not said


def test_all_are_seen() -> None:
    assert len(FOUND) > 150
    parts = {found.where.split(":")[0].split(".")[1] for found in FOUND}
    assert parts >= {"reading", "language", "rewrite", "report", "corpus", "web", "training", "evaluation"}


@pytest.mark.parametrize(
    "source",
    [
        "def hidden(text): return re.compile(text)",
        "from re import compile",
        "import re as regular",
        "found = list(map(re.compile, ['a']))",
    ],
)
def test_a_hidden_pattern_is_told(source: str) -> None:
    with pytest.raises(UnseenError):
        list(of_module(ModuleType("new"), list(ast.walk(ast.parse(source))), {}))


def test_what_is_used_decides_how_it_is_tried() -> None:
    source = "import re\nA = re.compile('a+$')\nB = re.compile('a+$')"
    module = ModuleType("new")
    vars(module)["re"] = re
    used = {("new", "A"): frozenset({"match"})}
    one, other = of_module(module, list(ast.walk(ast.parse(source))), used)
    assert one.anchored
    assert not other.anchored


@pytest.mark.parametrize("bad", [r"(a|aa)+$", r"(\w+\s?)*$", r"[a-z]+:", r"(?:[A-Z]\.){2,}$", r"x.*z"])
def test_a_bad_pattern_is_told(bad: str) -> None:
    found = Found("here", re.compile(bad), frozenset({"search"}))
    assert any(slow(found, attack) for attack in attacks(found.pattern))
