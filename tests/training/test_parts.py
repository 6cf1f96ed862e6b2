"""Which articles train, fit and test: the shares, and what stays together."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from sensational.training.verifier.parts import Known, original_of, part_of, story_is_tested

WORDS = "the mayor of pellworth left the town hall on monday after a long talk with the harbour board".split()


def test_shares() -> None:
    count = Counter(part_of(f"real-{number:04d}") for number in range(10_000))
    assert abs(count["test"] / 10_000 - 1 / 8) < 0.01
    assert abs(count["fit"] / 10_000 - 1 / 12) < 0.01


@given(st.integers(0, 9999), st.sampled_from("abcdefgh"))
def test_a_changed_body_stays_with_its_original(number: int, letter: str) -> None:
    original, changed = f"real-{number:04d}", f"changed-{number:04d}{letter}"
    assert original_of(changed) == original == original_of(original)
    assert part_of(changed) == part_of(original)


def test_stories() -> None:
    tested = [story_is_tested([f"{number:05d}"]) for number in range(4000)]
    assert 0.22 < sum(tested) / len(tested) < 0.28
    assert story_is_tested(["00007", "00003"]) == story_is_tested(["00003", "00009", "00007"])


class TestKnown:
    LONG = " ".join(f"{word}{number}" for number in range(10) for word in WORDS)

    def test_the_same_article_and_a_version_of_it(self) -> None:
        known = Known(
            [self.LONG, "another article about something else that is long enough to be told apart"]
        )
        assert known.holds(self.LONG)
        assert known.holds(self.LONG.upper().replace(" ", "  \n"))
        assert known.holds(self.LONG[: len(self.LONG) // 2])
        assert known.holds("A new beginning that was put before it. " + self.LONG)

    def test_another_article(self) -> None:
        assert not Known([self.LONG]).holds(" ".join(reversed(self.LONG.split())))
        assert not Known([]).holds(self.LONG)

    def test_a_text_that_is_too_short_to_tell(self) -> None:
        assert not Known(["the mayor left"]).holds("the mayor left")
