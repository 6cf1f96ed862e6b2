"""Numbers of headlines: are right ones left alone, and wrong ones noticed?

The set holds headlines with a number that follows from the body. A wrong headline is made of each right
one by putting another plausible number in its place, seeded. Rules were developed on the items with an
even index; all figures are of the odd ones.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sensational.evaluation.result import Figure, SetResult
from sensational.language.quantities import Quantity, compare, quantities

_NUMBER = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
_WAYS = ("doubled", "tenfold", "one more", "digits shuffled")


def evaluate(path: Path, seed: int = 0) -> SetResult:
    """Flag rates and AUC on ``headlines.jsonl.gz`` of the numbers benchmark at ``path``.

    Args:
        path: the folder of the set, or the file itself.
        seed: of the corruptions and of the bootstrap.

    Raises:
        OSError: the file cannot be read.
    """
    with gzip.open(path / "headlines.jsonl.gz" if path.is_dir() else path, "rt", encoding="utf-8") as lines:
        items = [json.loads(line) for line in lines]
    chosen = random.Random(seed)  # noqa: S311 - a seeded choice, no secret
    judged = [_judge(item, chosen) for item in items[1::2]]
    right = [one["right"] for one in judged]
    wrong = [one["wrong"] for one in judged if one["wrong"]]
    flags, caught = [not ok for ok, _, _ in right], [not ok for ok, _, _ in wrong]
    plain_flags, plain_caught = [not plain for _, _, plain in right], [not plain for _, _, plain in wrong]
    area = _area([support for _, support, _ in right], [support for _, support, _ in wrong])
    plain_area = _area([float(plain) for _, _, plain in right], [float(plain) for _, _, plain in wrong])
    name = "number not in the body"
    tables = (
        _by("flagged, by how the number follows", [(one["derivation"], one["right"]) for one in judged]),
        _by("flagged, by corruption", [(one["way"], one["wrong"]) for one in judged if one["wrong"]]),
    )
    return SetResult(
        name="numbers",
        figures=(
            Figure("right headlines flagged", _mean(flags), len(flags), _interval(flags, _mean, seed),
                   _mean(plain_flags), name, aim=0.05, higher_is_better=False),
            Figure("corrupted headlines flagged", _mean(caught), len(caught), _interval(caught, _mean, seed),
                   _mean(plain_caught), name),
            Figure("right against corrupted, AUC", area, len(right) + len(wrong), None, plain_area, name),
        ),
        tables=tables,
        notes=("Rules were developed on the items with an even index; figures are of the odd ones.",
               "A corrupted number may happen to be true of something else in the body."),
    )  # fmt: skip


def _judge(item: dict[str, Any], chosen: random.Random) -> dict[str, Any]:
    headline, number = item["headline"], item["number"]
    at = _place(headline, number)
    body = quantities(item["body"])
    other = _corrupted(number, chosen)
    wrong = headline[:at] + other[1] + headline[at + len(number) :] if other else None
    return {
        "derivation": item["derivation"].split("(")[0].strip(),
        "right": _verdict(headline, number, at, item["body"], body),
        "way": other[0] if other else None,
        "wrong": _verdict(wrong, other[1], at, item["body"], body) if other and wrong else None,
    }


def _verdict(
    headline: str, number: str, at: int, text: str, body: Sequence[Quantity]
) -> tuple[bool, float, bool]:
    """Whether the number follows, how surely, and whether its string stands in the body."""
    plain = re.search(rf"(?<![0-9.,]){re.escape(number)}(?![0-9]|[.,][0-9])", text) is not None
    for quantity in quantities(headline):
        if quantity.start <= at < quantity.end:
            match = compare(quantity, body)
            return match.follows, match.support, plain
    return True, 0.5, plain


def _place(headline: str, number: str) -> int:
    alone = re.search(rf"(?<![0-9])(?<![0-9][.,]){re.escape(number)}(?![0-9]|[.,][0-9])", headline)
    return alone.start() if alone else headline.find(number)


def _corrupted(number: str, chosen: random.Random) -> tuple[str, str] | None:
    """Another plausible number of the same form: (way, number); None for dates and the like."""
    if not _NUMBER.fullmatch(number):
        return None
    digits = number.replace(",", "")
    decimals = len(digits.partition(".")[2])
    value = int(digits.replace(".", ""))  # in units of the last digit
    year = decimals == 0 and "," not in number and 1900 < value < 2100
    for _ in range(20):
        way = chosen.choice(_WAYS)
        if way == "digits shuffled":
            order = list(digits.replace(".", ""))
            chosen.shuffle(order)
            made = int("".join(order))
        elif year:  # nobody writes 4024: a wrong year is near
            made = value + {"doubled": 3, "tenfold": -7, "one more": 1}[way]
        else:
            made = value + 1 if way == "one more" else value * (2 if way == "doubled" else 10)
        if made != value and made > 0 and len(str(made)) >= len(str(value)):
            break
    else:
        return None
    whole, part = divmod(made, 10**decimals)
    text = f"{whole:,}" if "," in number else str(whole)
    return way, text + (f".{part:0{decimals}d}" if decimals else "")


def _mean(values: Sequence[bool]) -> float:
    return sum(values) / max(1, len(values))


def _interval(
    values: Sequence[bool], measure: Callable[[Sequence[bool]], float], seed: int
) -> tuple[float, float]:
    """The 95% bootstrap interval of ``measure``."""
    drawn = random.Random(seed)  # noqa: S311 - a seeded choice, no secret
    found = sorted(measure(drawn.choices(values, k=len(values))) for _ in range(1000))
    return found[25], found[974]


def _area(right: Sequence[float], wrong: Sequence[float]) -> float:
    """The chance that a right headline has more support than a wrong one (ties count half)."""
    levels = sorted(set(right) | set(wrong))
    below, area = 0, 0.0
    for level in levels:
        here = wrong.count(level)
        area += right.count(level) * (below + here / 2)
        below += here
    return area / (len(right) * len(wrong))


def _by(
    title: str, judged: Sequence[tuple[str, tuple[bool, float, bool]]]
) -> tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]]:
    rows = []
    for name in sorted({name for name, _ in judged}):
        flags = [not follows for one, (follows, _, _) in judged if one == name]
        rows.append((name, str(len(flags)), f"{_mean(flags):.3f}"))
    return title, ("kind", "n", "flagged"), tuple(rows)
