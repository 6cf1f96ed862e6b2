"""What ``sensational serve`` was asked for, and the sizes that bound what a visitor can use up."""

from __future__ import annotations

from dataclasses import dataclass

LARGEST_ARTICLE = (
    4 * 1024 * 1024
)  # bytes of a request that brings an article: a saved web page may have 3 MiB
LARGEST_ANSWER = 32 * 1024  # bytes of any other request: a pupil's answer has some hundreds
MOST_HELD = 96 * 1024 * 1024  # bytes of requests that are in memory at a time, all visitors together
LONGEST_ARTICLE = 200_000  # characters of a body: three seconds of work; a long feature has a sixth of that
LONGEST_HEADLINE = 600  # characters; a paragraph has more
BODY_SECONDS = 20.0  # until a request has to be here in full
MOST_PUPILS = 300  # in one class
MOST_WAITING = 24  # articles that wait to be scored or drawn, before a visitor is asked to come back
KEPT_ARTICLES = 40  # articles in memory; the oldest makes room


@dataclass(frozen=True, slots=True)
class Settings:
    """What the page allows.

    ``teacher_key`` opens the teacher's pages and is empty where there is no class; ``join_address`` is what
    pupils type, such as ``"192.168.1.20:8000"``.
    """

    allow_fetch: bool = False
    teacher_key: str = ""
    join_address: str = ""

    @property
    def classroom(self) -> bool:
        """Whether this is class mode."""
        return bool(self.teacher_key)
