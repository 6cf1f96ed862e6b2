"""The golden articles on a machine whose C library is a little off: ``python tests/golden/nudged.py HOW``.

``HOW`` is ``up`` or ``down`` (each power and logarithm by one unit in the last place), or ``mixed`` (each by
up to two, up or down by its argument). Every module of the package that asks ``math`` gets such answers, and
``sum`` refuses fractions, which only ``math.fsum`` adds alike on every version of Python. Where the articles
differ from those kept, it names what moved and exits with 1.
"""

from __future__ import annotations

import argparse
import math
import struct
import sys
import types
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

FUNCTIONS = ("exp", "expm1", "log", "log1p", "log10", "pow")
EXACT = {("exp", 0.0), ("expm1", 0.0), ("log", 1.0), ("log1p", 0.0), ("log10", 1.0)}


def steps(how: str, arguments: tuple[float, ...]) -> int:
    """By how many units in the last place the answer is off."""
    if how != "mixed":
        return 1 if how == "up" else -1
    bits = sum(struct.unpack("<q", struct.pack("<d", one))[0] for one in arguments)
    return (bits ^ bits >> 17 ^ bits >> 31) % 5 - 2


def nudged(name: str, how: str, asked: list[int]) -> Callable[..., float]:
    """The function of ``math`` of that name, off by a little; each call is counted in ``asked``."""
    exact: Callable[..., float] = getattr(math, name)

    def answer(*arguments: float) -> float:
        value = exact(*arguments)
        if (name, arguments[0]) in EXACT or not math.isfinite(value) or value == 0.0:
            return value  # every library has these right
        off = steps(how, arguments)
        asked[0] += off != 0
        for _ in range(abs(off)):
            value = math.nextafter(value, math.inf if off > 0 else -math.inf)
        return value

    return answer


def whole_sum(numbers: Iterable[Any], start: Any = 0) -> Any:
    """``sum`` of whole numbers; raises TypeError where it is asked for another."""
    numbers = list(numbers)
    if any(isinstance(one, float) for one in numbers):
        raise TypeError("a sum of fractions: take math.fsum, which is the same on every version of Python")
    return sum(numbers, start)


def main() -> int:
    """Scores the articles so, and compares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("how", choices=("up", "down", "mixed"))
    asked = parser.parse_args()

    from golden import kept, lines, moved

    import sensational.cli
    import sensational.scorer  # noqa: F401

    count = [0]
    functions = {name: nudged(name, asked.how, count) for name in FUNCTIONS}
    off = types.SimpleNamespace(**{**vars(math), **functions})
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == "sensational":
            vars(module)["sum"] = whole_sum
            if vars(module).get("math") is math:
                vars(module)["math"] = off

    changes = moved(kept(), lines())
    print("\n".join(changes) or f"nothing moved, with {count[0]:,} answers that were off")
    return 1 if changes or not count[0] else 0


if __name__ == "__main__":
    sys.exit(main())
