"""The inputs on which a regular expression takes longest, made of its parsed form.

A pattern that backtracks does so where a repeat could have ended earlier, and what comes after it fails. So
each repeat is fed what it repeats, after what leads up to it, and then a character that nothing expects. What
a search begins at every place, and gives up late, shows when what leads up to a repeat is repeated with it.
"""

from __future__ import annotations

import random
import re
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from gather import Found

MANY = 20
"""A repeat that may go on for so long is fed as one without end."""
CHARACTERS = (
    *"aZ1 \n.,-'\"“”‘’!?:;()[]<>/&@#%$£*_=+|•é中½\t\r\0ſK",
    *map(chr, range(33, 127)),
)
# What texts are made of, whatever the pattern; the last character fails nearly everything.
RUNS = (
    "a", "A", "1", " ", "\n", ".", ",", "-", "'", '"', "“", "‘", "(", "[", "<", "Aa ", "a ", "A. ", "A.",
    "1,", "1.", "a-", "a'", "“‘", "“a” ", "\"a\" ", "http://", "Mr. ", "A b, ", "a. ", "a.\n", "-- ", "*",
    "said ", "live ", "10:02 ", "\t", "\r\n", "…", ".”", "£1 ",
)  # fmt: skip
FAILS = ("\x02", "!", "\n")


@dataclass(frozen=True)
class Attack:
    """A text of any length: ``start`` and then ``piece`` over and over, and ``end``."""

    start: str
    piece: str
    end: str

    def text(self, length: int) -> str:
        """The text, of about so many characters."""
        return self.start + self.piece * max(1, length // len(self.piece)) + self.end


def attacks(pattern: re.Pattern[Any], samples: int = 1) -> list[Attack]:
    """The texts that a pattern is tried on, with so many samples of what each repeat repeats."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    flags = pattern.flags if isinstance(pattern.pattern, str) else pattern.flags | re.UNICODE
    tree = parser.parse(text, flags & ~re.DEBUG)
    pick = random.Random(7)  # noqa: S311
    found = [Attack("", run, end) for run in RUNS for end in FAILS[:samples]]
    for before, body in _repeats(tree, "", pick):
        for _ in range(samples):
            piece = _sample(body, pick) or "a"
            found += [Attack(before, piece, end) for end in FAILS]
            found += [Attack("", before + piece, end) for end in FAILS[:samples]]
            found += [Attack("", before + piece * 30, FAILS[0])]
    for _ in range(samples):
        whole = _sample(tree, pick) or "a"
        found += [Attack("", whole, FAILS[0]), Attack("", whole[:-1] or "a", FAILS[0])]
    return list(dict.fromkeys(found))


def _repeats(tree: Any, before: str, pick: random.Random) -> Iterator[tuple[str, Any]]:
    """Every repeat that may go on for long, with a text that leads up to it."""
    for kind, value in tree:
        for inner, more in _inside(kind, value):
            if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT) and more >= MANY:
                yield before, inner
            yield from _repeats(inner, before, pick)
        before += _sample([(kind, value)], pick)


def _inside(kind: Any, value: Any) -> list[tuple[Any, int]]:
    """The parts of an item, with how often they may be repeated."""
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return [(value[2], int(value[1]))]
    if kind is op.SUBPATTERN:
        return [(value[3], 1)]
    if kind is op.ATOMIC_GROUP:
        return [(value, 1)]
    if kind is op.BRANCH:
        return [(branch, 1) for branch in value[1]]
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return [(value[1], 1)]
    return []


def _sample(tree: Any, pick: random.Random) -> str:
    """A short text that the parsed form matches; look-around is taken at its word."""
    made = ""
    for kind, value in tree:
        if kind is op.LITERAL:
            made += chr(value)
        elif kind is op.NOT_LITERAL:
            made += next(one for one in CHARACTERS if ord(one) != value)
        elif kind is op.ANY:
            made += pick.choice("a 1.")
        elif kind is op.IN:
            made += _member(value, pick)
        elif kind is op.ASSERT:
            made += _sample(value[1], pick) if value[0] < 0 and not made else ""
        elif kind is op.BRANCH:
            made += _sample(pick.choice(value[1]), pick)
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            made += "".join(_sample(value[2], pick) for _ in range(max(value[0], min(1, value[1]))))
        else:
            made += "".join(
                _sample(inner, pick) for inner, _ in _inside(kind, value) if kind is not op.ASSERT_NOT
            )
    return made


def _member(items: Any, pick: random.Random) -> str:
    """A character of a set, of those that stand in texts if there is one."""
    one = re.compile(_as_set(items))
    members = [character for character in CHARACTERS if one.fullmatch(character)]
    if members:
        return pick.choice(members)
    kind, value = items[-1]
    return chr(value if kind is op.LITERAL else value[0])


def _as_set(items: Any) -> str:
    said = ""
    for kind, value in items:
        if kind is op.NEGATE:
            said += "^"
        elif kind is op.LITERAL:
            said += re.escape(chr(value))
        elif kind is op.RANGE:
            said += f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
        else:
            said += _CATEGORIES[value]
    return f"[{said}]"


_CATEGORIES = {
    op.CATEGORY_DIGIT: r"\d", op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_SPACE: r"\s",
    op.CATEGORY_NOT_SPACE: r"\S", op.CATEGORY_WORD: r"\w", op.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip


def tried(found: Found, text: str) -> None:
    """All that a pattern finds in a text, in the way in which it is used."""
    data: Any = text if isinstance(found.pattern.pattern, str) else text.encode("utf-8", "replace")
    if found.anchored:
        found.pattern.match(data)
        found.pattern.fullmatch(data)
    else:
        deque(found.pattern.finditer(data), maxlen=0)


def seconds(found: Found, text: str, times: int = 1) -> float:
    """The least processor time that it took, of so many times."""
    least = float("inf")
    for _ in range(times):
        begin = time.process_time()
        tried(found, text)
        least = min(least, time.process_time() - begin)
    return least
