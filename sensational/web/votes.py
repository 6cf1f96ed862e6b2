"""What a class answered, counted: against the evidence, and against one another."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from sensational.agreement import krippendorff_alpha
from sensational.corpus.cells import protected
from sensational.report.ledger import Entry
from sensational.report.points import whole
from sensational.web.shelf import Kept, Word
from sensational.web.store import Answers, Pupil

VOTES = ("no", "partly", "yes")
"""Whether the article bears a term out; the place in this list is the number that is kept."""


@dataclass(frozen=True, slots=True)
class TermVotes:
    """How a class voted on one term. ``marked``: how many marked a word of it before the ledger opened."""

    number: int
    text: str
    marked: int
    counts: tuple[int, int, int]

    @property
    def total(self) -> int:
        """How many voted on it."""
        return sum(self.counts)

    @property
    def dispute(self) -> float:
        """Mean squared distance between two votes on it, 0 (all alike) to 2 (half no, half yes).

        Twice the variance of the votes; in a tie of the most disputed terms, the one where more voted leads.
        """
        if self.total < 2:
            return 0.0
        mean = sum(value * count for value, count in enumerate(self.counts)) / self.total
        return (
            2 * math.fsum(count * (value - mean) ** 2 for value, count in enumerate(self.counts)) / self.total
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """A class's answers in one round, counted."""

    guessed: int
    voted: int
    guess: int | None
    """The median guess of the divergence."""
    guesses: tuple[tuple[int, int], ...]
    """How many guessed each value, in order."""
    terms: tuple[TermVotes, ...]
    agreement_marks: float | None
    agreement_votes: float | None
    disputed: TermVotes | None

    def term(self, number: int) -> TermVotes:
        """The votes on the term with this number."""
        return next(one for one in self.terms if one.number == number)


def voted_on(kept: Kept) -> tuple[Entry, ...]:
    """The terms that a class votes on, in the order of the headline: those that the ledger shows."""
    return tuple(sorted(kept.view.shown, key=lambda entry: (entry.start, entry.number)))


def tally(kept: Kept, answers: Answers) -> Tally:
    """Count the answers of a class on one article."""
    entries = voted_on(kept)
    terms = tuple(_term(entry, kept.words, answers) for entry in entries)
    values = sorted(answers.guesses.values())
    marked = [[int(word.number in marks) for marks in answers.marks.values()] for word in kept.words]
    voted = [[votes[e.number] for votes in answers.votes.values() if e.number in votes] for e in entries]
    most = max(terms, key=lambda one: (one.dispute, one.total), default=None)
    return Tally(
        guessed=len(answers.guesses),
        voted=len(answers.votes),
        guess=whole(median(values)) if values else None,
        guesses=tuple((value, len(list(same))) for value, same in groupby(values)),
        terms=terms,
        agreement_marks=krippendorff_alpha(marked, "nominal"),
        agreement_votes=krippendorff_alpha(voted, "ordinal"),
        disputed=most if most is not None and most.dispute > 0 else None,
    )


def words_in(entry: Entry, words: Sequence[Word]) -> frozenset[int]:
    """The numbers of the words that a term touches."""
    return frozenset(word.number for word in words if word.start < entry.end and entry.start < word.end)


def _term(entry: Entry, words: Sequence[Word], answers: Answers) -> TermVotes:
    own = words_in(entry, words)
    given = [votes[entry.number] for votes in answers.votes.values() if entry.number in votes]
    return TermVotes(
        number=entry.number,
        text=entry.text,
        marked=sum(1 for marks in answers.marks.values() if marks & own),
        counts=(given.count(0), given.count(1), given.count(2)),
    )


def agreement_in_words(alpha: float | None) -> str:
    """What an agreement means, for a class.

    The bounds are Krippendorff's (2004): from 0.8 on, data may be relied on; below 0.667, not even for a
    tentative conclusion.
    """
    if alpha is None:
        return "There are too few answers, or they are too similar, to say how far the class agrees."
    if alpha >= 0.8:
        return "The class agrees."
    if alpha >= 0.667:
        return "The class agrees on most of it."
    if alpha > 0.2:
        return "The class agrees on some of it."
    return f"The class agrees {'little more' if alpha >= 0 else 'less'} than by chance."


COLUMNS = (
    "round", "headline", "pupil", "nickname", "question", "item", "answer", "verdict", "support",
    "divergence",
)  # fmt: skip


def as_csv(rounds: Sequence[tuple[Kept, Answers]], pupils: Sequence[Pupil]) -> bytes:
    """All answers as a table, one row per answer, that a spreadsheet opens as text and never as a formula.

    Args:
        rounds: each article with its answers, in order.
        pupils: everyone who joined.
    """
    names = {pupil.number: pupil.nickname for pupil in pupils}
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for number, (kept, answers) in enumerate(rounds, start=1):
        entries = {entry.number: entry for entry in kept.view.shown}
        words = {word.number: word.text for word in kept.words}
        headline = kept.view.headline_text

        def row(pupil: int, question: str, item: str, answer: str, ours: tuple[str, str, str] = ("", "", ""),
                first: tuple[str, str] = (str(number), headline)) -> None:  # fmt: skip
            cells = (*first, str(pupil), names.get(pupil, ""), question, item, answer, *ours)
            table.writerow([protected(cell) for cell in cells])

        for pupil, value in answers.guesses.items():
            found = str(kept.view.divergence) if kept.view.scored else ""
            row(pupil, "guess", "divergence", str(value), ("", "", found))
            for word in sorted(answers.marks.get(pupil, ())):
                row(pupil, "marked", words[word], "yes")
        for pupil, votes in answers.votes.items():
            for term, vote in votes.items():
                entry = entries[term]
                ours = entry.verdict, f"{entry.support:.2f}", ""
                row(pupil, "borne out", entry.text, VOTES[vote], ours)
    return written.getvalue().encode("utf-8-sig")
