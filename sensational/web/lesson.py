"""A class: its code, its pupils, and its rounds, one article each."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Literal

from sensational.web.shelf import Kept
from sensational.web.store import ClassStore

Step = Literal["mark", "check", "reveal"]
STEPS: tuple[Step, ...] = ("mark", "check", "reveal")
"""Mark words and guess; say of each term whether the article bears it out; see the ledger."""

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""What a code is made of: nothing that is taken for something else (0 and O; 1, I and L)."""
CODE_LETTERS = 6
LONGEST_NICKNAME = 24


@dataclass(slots=True)
class Round:
    """One article before the class; ``step`` is how far it has come."""

    number: int
    name: str
    """Of the article on the shelf."""
    kept: Kept
    step: Step = "mark"


class Lesson:
    """A class from the first pupil who joins until its teacher ends it."""

    def __init__(self) -> None:
        # 31^6 are some 900 million codes, and a client has ten tries a minute (web/site.py): if thirty phones
        # guessed through a lesson of an hour, a stranger would get into one of 48,000 such lessons.
        self.code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS))
        self.store = ClassStore()
        self.rounds: list[Round] = []

    @property
    def shown_code(self) -> str:
        """The code in two halves, which are easier to copy."""
        return f"{self.code[:3]}-{self.code[3:]}"

    @property
    def round(self) -> Round | None:
        """The article that the class is at."""
        return self.rounds[-1] if self.rounds else None

    @property
    def place(self) -> str:
        """Where the class is, in a word that changes whenever it goes on."""
        return f"{self.round.number}-{self.round.step}" if self.round else "0-wait"

    def is_code(self, typed: str) -> bool:
        """Whether ``typed`` is the code, however it is spaced and in small letters or large."""
        bare = "".join(letter for letter in typed[:40].upper() if letter.isalnum())
        return secrets.compare_digest(bare.encode(), self.code.encode())

    def begin_round(self, name: str, kept: Kept) -> None:
        """Put an article before the class."""
        self.rounds.append(Round(len(self.rounds) + 1, name, kept))

    def go_on(self, place: str) -> None:
        """The next step, if the class is still at ``place``: a button pressed twice goes one step."""
        if self.round is not None and place == self.place and self.round.step != STEPS[-1]:
            self.round.step = STEPS[STEPS.index(self.round.step) + 1]

    def end(self) -> None:
        """Forget all answers."""
        self.store.close()


def nickname_of(typed: str) -> str:
    """A nickname on one line, of at most 24 characters."""
    from sensational.report.safe import one_line

    return " ".join(one_line(typed[:200]).split())[:LONGEST_NICKNAME]
