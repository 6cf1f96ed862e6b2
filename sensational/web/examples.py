"""The example articles: ``data/`` of the checkout, and a copy of it in the wheel."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sensational.article import Article
from sensational.reading import read

_INSTALLED = Path(__file__).with_name("examples")
_CHECKOUT = Path(__file__).parents[2] / "data"

# What each is for stands in data/README.md; it is not said here, because it would give the answer away.
_NAMES = ("harbour", "flood", "vaccine", "library")


@dataclass(frozen=True, slots=True)
class Example:
    """An article to begin with."""

    name: str
    headline: str


def example_article(name: str) -> Article:
    """The example called ``name``.

    Raises:
        KeyError: there is none.
    """
    if name not in _NAMES:
        raise KeyError(name)
    folder = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
    return read(folder / f"{name}.txt")


@cache
def examples() -> tuple[Example, ...]:
    """The examples, in the order in which they are offered."""
    return tuple(Example(name, example_article(name).headline) for name in _NAMES)
