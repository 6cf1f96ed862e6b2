"""What a class answered, until the class ends.

SQLite keeps it in a temporary database of its own (an empty file name): what does not fit into memory goes to
a file that only this user can read and that has no name once it is open, so that it is gone when the class
ends, when the program ends, and when the machine does.
"""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass

_TABLES = """
CREATE TABLE pupil (number INTEGER PRIMARY KEY, key TEXT UNIQUE NOT NULL, nickname TEXT NOT NULL);
CREATE TABLE guess (round INTEGER, pupil INTEGER, value INTEGER, PRIMARY KEY (round, pupil));
CREATE TABLE mark (round INTEGER, pupil INTEGER, word INTEGER, PRIMARY KEY (round, pupil, word));
CREATE TABLE vote (round INTEGER, pupil INTEGER, term INTEGER, value INTEGER,
                   PRIMARY KEY (round, pupil, term));
"""


@dataclass(frozen=True, slots=True)
class Pupil:
    """Whoever joined; ``nickname`` may be empty."""

    number: int
    nickname: str


@dataclass(frozen=True, slots=True)
class Answers:
    """What the class answered in one round, by the number of the pupil.

    ``guesses``: 0 to 100. ``marks``: numbers of words. ``votes``: for each term, by its number, 0 (no),
    1 (partly) or 2 (yes).
    """

    guesses: dict[int, int]
    marks: dict[int, frozenset[int]]
    votes: dict[int, dict[int, int]]


class ClassStore:
    """Pupils and their answers. To be used from one thread at a time."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._db.executescript(_TABLES)

    def join(self, nickname: str) -> tuple[Pupil, str]:
        """A new pupil, and the key that their browser keeps."""
        key = secrets.token_urlsafe(16)
        made = self._db.execute("INSERT INTO pupil (key, nickname) VALUES (?, ?)", (key, nickname))
        return Pupil(int(made.lastrowid or 0), nickname), key

    def pupil(self, key: str) -> Pupil | None:
        """The pupil whose browser has this key."""
        found = self._db.execute("SELECT number, nickname FROM pupil WHERE key = ?", (key,)).fetchone()
        return Pupil(*found) if found else None

    def pupils(self) -> list[Pupil]:
        """Everyone who joined, in order."""
        return [Pupil(*row) for row in self._db.execute("SELECT number, nickname FROM pupil ORDER BY number")]

    def count(self) -> int:
        """How many joined."""
        return int(self._db.execute("SELECT count(*) FROM pupil").fetchone()[0])

    def guess(self, number: int, pupil: int, value: int, words: frozenset[int]) -> None:
        """A pupil's marks and guess in round ``number``, in place of their earlier ones."""
        self._db.execute("BEGIN")
        self._db.execute("INSERT OR REPLACE INTO guess VALUES (?, ?, ?)", (number, pupil, value))
        self._db.execute("DELETE FROM mark WHERE round = ? AND pupil = ?", (number, pupil))
        rows = [(number, pupil, word) for word in sorted(words)]
        self._db.executemany("INSERT INTO mark VALUES (?, ?, ?)", rows)
        self._db.execute("COMMIT")

    def vote(self, number: int, pupil: int, votes: dict[int, int]) -> None:
        """A pupil's votes in round ``number``, in place of their earlier ones."""
        self._db.execute("BEGIN")
        self._db.execute("DELETE FROM vote WHERE round = ? AND pupil = ?", (number, pupil))
        rows = [(number, pupil, term, value) for term, value in sorted(votes.items())]
        self._db.executemany("INSERT INTO vote VALUES (?, ?, ?, ?)", rows)
        self._db.execute("COMMIT")

    def answered(self, number: int) -> tuple[int, int]:
        """How many guessed and how many voted in round ``number``."""
        guessed = self._db.execute("SELECT count(*) FROM guess WHERE round = ?", (number,)).fetchone()[0]
        voted = self._db.execute(
            "SELECT count(DISTINCT pupil) FROM vote WHERE round = ?", (number,)
        ).fetchone()[0]
        return int(guessed), int(voted)

    def answers(self, number: int) -> Answers:
        """All answers of round ``number``."""
        guesses = dict(
            self._db.execute("SELECT pupil, value FROM guess WHERE round = ? ORDER BY pupil", (number,))
        )
        marks: dict[int, set[int]] = {pupil: set() for pupil in guesses}
        for pupil, word in self._db.execute("SELECT pupil, word FROM mark WHERE round = ?", (number,)):
            marks.setdefault(pupil, set()).add(word)
        votes: dict[int, dict[int, int]] = {}
        rows = self._db.execute(
            "SELECT pupil, term, value FROM vote WHERE round = ? ORDER BY pupil, term", (number,)
        )
        for pupil, term, value in rows:
            votes.setdefault(pupil, {})[term] = value
        return Answers(guesses, {pupil: frozenset(words) for pupil, words in marks.items()}, votes)

    def close(self) -> None:
        """Forget everything."""
        self._db.close()
