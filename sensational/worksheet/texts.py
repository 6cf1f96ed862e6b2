"""What stands on the sheets besides the article: tables in ``tables/`` that a teacher can correct."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from sensational.lexicon.loader import rows

Level = Literal["standard", "younger"]
LEVELS: tuple[Level, ...] = ("standard", "younger")
"""``standard`` for readers from about thirteen, ``younger`` for those below."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question to discuss, with the teacher's note on where pupils will differ and why that is fine."""

    when: str
    text: str
    note: str


@cache
def _table(name: str) -> tuple[dict[str, str], ...]:
    return tuple(rows(files("sensational.worksheet") / "tables" / f"{name}.tsv"))


def tasks(level: Level) -> dict[str, str]:
    """The wording of every task, by its name."""
    return {row["id"]: row[level] for row in _table("tasks")}


def questions(level: Level) -> dict[str, Question]:
    """The questions to discuss, by what asks for them: a verdict, a kind of term, or anything."""
    return {row["when"]: Question(row["when"], row[level], row["note"]) for row in _table("questions")}


def disagreement(verdict: str) -> str:
    """Where pupils will disagree on a term with this verdict (empty where it was not scored)."""
    return {row["verdict"]: row["note"] for row in _table("disagreements")}[verdict]


def doubt(when: str) -> str:
    """What the tool may have got wrong at a verdict (or otherwise); empty where there is nothing to say."""
    return {row["when"]: row["text"] for row in _table("doubts")}.get(when, "")


def timing() -> tuple[tuple[int, str], ...]:
    """The steps of a lesson, each with its minutes; they add up to thirty."""
    return tuple((int(row["minutes"]), row["what"]) for row in _table("timing"))
