from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational.reading.clutter import pattern_rows, set_aside, why_clutter

EXAMPLES = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("clutter_examples.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("place", "why", "line"), EXAMPLES)
def test_example(place: str, why: str, line: str) -> None:
    assert (why_clutter(line, place) or "story") == why


def test_every_reason_has_an_example() -> None:
    shown = {why for _, why, _ in EXAMPLES}
    assert {row.why for row in pattern_rows()} <= shown


def test_every_pattern_has_a_note_and_a_known_place() -> None:
    for row in pattern_rows():
        assert row.note, row.pattern
        assert row.where in ("any", "head", "lead", "tail"), row.where
        assert row.longest <= 120
        assert all(cue == cue.lower() for cue in row.cues)


def test_links_after_a_heading_go_and_the_story_after_them_stays() -> None:
    lines = [
        "The bridge was shut on Friday.",
        "Read more",
        "Tunnel tolls to go up in June",
        "Ferry crew rescues dog from mudbank",
        "It was open again by noon.",
    ]
    story, aside = set_aside(lines)
    assert story == [lines[0], lines[4]]
    assert [item.why for _, item in aside] == ["related links", "related headline", "related headline"]


def test_tagged_headlines_in_a_row() -> None:
    lines = [
        "The bridge was shut on Friday.",
        "Tunnel tolls to go up in June [MAYOR'S VIEW]",
        "Ferry crew rescues dog from mudbank [ODD]",
        "It was open again by noon.",
    ]
    assert set_aside(lines)[0] == [lines[0], lines[3]]
    assert set_aside([lines[0], lines[1], lines[3]])[0] == [lines[0], lines[1], lines[3]]


def test_what_follows_the_buttons_under_a_headline_goes_too() -> None:
    above = [
        "Share on X",
        "Post on Bluesky",
        "Listen to this article",
        "By Lotte Fenwick",
        "18 May 2024, 7.30am",
    ]
    story, aside = set_aside([*above, "The bridge was shut on Friday.", "It was open again by noon."])
    assert story == ["The bridge was shut on Friday.", "It was open again by noon."]
    assert [item.why for _, item in aside] == [
        "social buttons", "social buttons", "audio player", "by-line", "date line",
    ]  # fmt: skip


def test_sounds_in_a_transcript_stay() -> None:
    lines = ["And so I told him to leave [LAUGHTER]", "and he simply would not go away [APPLAUSE]"]
    assert set_aside(lines)[0] == lines


def test_the_headline_as_a_line_of_the_body_stays() -> None:
    lines = ["Advertisement", "The bridge was shut on Friday."]
    assert set_aside(lines, "ADVERTISEMENT")[0] == lines


def test_credits_count_only_after_the_story() -> None:
    line = "Source: the ministry of works"
    assert set_aside(["The bridge was shut.", line, "It was open again by noon."])[1] == []
    assert [item.text for _, item in set_aside(["The bridge was shut.", line])[1]] == [line]


LINES = st.lists(
    st.one_of(
        st.sampled_from([line for _, _, line in EXAMPLES]),
        st.sampled_from(
            ["Somebody said something here [TAG]", "Brackwater: A ferry at dawn", "News", "Related:"]
        ),
        st.text(alphabet="abc AB.:[]()@’'", min_size=1, max_size=30).map(str.strip).filter(bool),
    ),
    max_size=14,
)


@given(LINES, st.sampled_from(["", "News", "Share Tweet Email"]))
def test_set_aside_is_idempotent_and_loses_nothing(lines: list[str], headline: str) -> None:
    story, aside = set_aside(lines, headline)
    assert set_aside(story, headline) == (story, [])
    together = {number: item.text for number, item in aside}
    rest = iter(story)
    assert [together.get(number) or next(rest) for number in range(len(lines))] == lines


def test_long_lines_cost_no_more_than_their_length() -> None:
    import time

    start = time.perf_counter()
    for piece in ("follow ", "copyright ", "share | ", "(", "sign up ", "@", "a.", "by A ", "[A", "photo: A"):
        line = (piece * 1_000_000)[:1_000_000]
        for length in (len(line), 1000):
            set_aside([line[:length].strip()] * 3)
    assert time.perf_counter() - start < 20
