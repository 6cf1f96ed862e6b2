"""Votes counted, agreement, and the table that a teacher takes home."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational.web.shelf import Kept
from sensational.web.store import Answers, ClassStore, Pupil
from sensational.web.votes import COLUMNS, TermVotes, agreement_in_words, as_csv, tally, voted_on, words_in


@given(st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40)))
def test_dispute(counts: tuple[int, int, int]) -> None:
    votes = TermVotes(1, "x", 0, counts)
    assert 0 <= votes.dispute <= 2
    assert (votes.dispute == 0) == (sum(1 for count in counts if count) < 2)
    assert TermVotes(1, "x", 0, (counts[0], 0, counts[0])).dispute == (2 if counts[0] else 0)


def answers(kept: Kept) -> Answers:
    first, second = (entry.number for entry in voted_on(kept)[:2])
    return Answers(
        guesses={1: 20, 2: 60, 3: 60, 4: 100},
        marks={1: frozenset({0}), 2: frozenset({0, 2}), 3: frozenset(), 4: frozenset({4})},
        votes={1: {first: 0, second: 2}, 2: {first: 2, second: 2}, 3: {first: 0}},
    )


def test_a_tally(kept: Kept) -> None:
    found = tally(kept, answers(kept))
    assert (found.guessed, found.voted, found.guess) == (4, 3, 60)
    assert found.guesses == ((20, 1), (60, 2), (100, 1))
    first, second = voted_on(kept)[:2]
    assert (first.text, second.text) == ("Furious", "mayor") or first.start < second.start
    assert found.term(first.number).counts == (2, 0, 1)
    assert found.term(first.number).marked == 2
    assert found.term(second.number).counts == (0, 0, 2)
    assert found.disputed == found.term(first.number)
    assert found.agreement_marks is not None


def test_a_tally_of_nothing(kept: Kept) -> None:
    found = tally(kept, Answers({}, {}, {}))
    assert (found.guess, found.disputed, found.agreement_marks, found.agreement_votes) == (
        None,
        None,
        None,
        None,
    )


def test_a_term_holds_its_words(kept: Kept) -> None:
    entry = next(one for one in kept.view.shown if one.text == "storms out")
    assert [kept.words[number].text for number in sorted(words_in(entry, kept.words))] == ["storms", "out"]


@pytest.mark.parametrize("alpha", [None, -0.4, 0.0, 0.3, 0.7, 0.9])
def test_agreement_is_said_in_words(alpha: float | None) -> None:
    assert agreement_in_words(alpha).endswith(".")
    assert ("less than by chance" in agreement_in_words(alpha)) == (alpha is not None and alpha < 0)


def rows_of(kept: Kept, pupils: list[Pupil]) -> list[dict[str, str]]:
    text = as_csv([(kept, answers(kept))], pupils).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_table(kept: Kept) -> None:
    rows = rows_of(kept, [Pupil(1, "Ann"), Pupil(2, "")])
    assert tuple(rows[0]) == COLUMNS
    assert [row["answer"] for row in rows if row["question"] == "guess"] == ["20", "60", "60", "100"]
    assert {row["pupil"]: row["nickname"] for row in rows} == {"1": "Ann", "2": "", "3": "", "4": ""}
    furious = [row for row in rows if row["question"] == "borne out" and row["item"] == "Furious"]
    assert [row["answer"] for row in furious] == ["no", "yes", "no"]
    assert all(row["verdict"] and 0 <= float(row["support"]) <= 1 for row in furious)
    assert {row["divergence"] for row in furious} == {""}
    guesses = [row for row in rows if row["question"] == "guess"]
    assert {(row["support"], row["divergence"]) for row in guesses} == {("", str(kept.view.divergence))}


@given(st.sampled_from(["=", "+", "-", "@", "\t=", "\r=", " =", "|", "%"]), st.text(max_size=12))
def test_no_cell_is_a_formula(kept: Kept, start: str, rest: str) -> None:
    for row in csv.reader(
        io.StringIO(as_csv([(kept, answers(kept))], [Pupil(1, start + rest)]).decode("utf-8-sig"))
    ):
        for cell in row:
            if cell.lstrip(" ").startswith(("=", "+", "-", "@", "|", "%", "\t", "\r")):
                float(cell)  # a plain number


def test_a_store() -> None:
    store = ClassStore()
    ann, key = store.join("Ann")
    ben, _ = store.join("Ben")
    assert store.pupil(key) == ann
    assert store.pupil("") is None
    assert store.pupil("' OR 1=1 --") is None
    assert store.pupils() == [ann, ben]
    store.guess(1, ann.number, 30, frozenset({1, 2}))
    store.guess(1, ann.number, 40, frozenset({2}))
    store.vote(1, ben.number, {1: 2, 3: 0})
    assert store.answers(1) == Answers({1: 40}, {1: frozenset({2})}, {2: {1: 2, 3: 0}})
    assert store.answers(2) == Answers({}, {}, {})
    assert store.answered(1) == (1, 1)
    store.close()
