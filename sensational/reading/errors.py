"""What goes wrong when something cannot be read."""

from __future__ import annotations


class ReadingError(ValueError):
    """An input that cannot be read as an article.

    The message names the input, says what is wrong with it, and what to do about it.
    """

    def __init__(self, name: str, problem: str, remedy: str) -> None:
        self.name = name
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{name}: {problem}. {remedy}.")
