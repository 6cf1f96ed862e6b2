from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational.reading import read, read_text

DATA = Path(__file__).parents[2] / "data"

STORY = "The bridge was shut on Friday, and nobody in the town could say why it had been."


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        (f"Bridge shut for repairs\n\n{STORY}", "Bridge shut for repairs"),
        (f"Bridge shut\nThe mayor wants it open by the end of the week\n{STORY}", "Bridge shut"),
        (f"World News\n\nBridge shut as cracks are found\n\n{STORY}", "Bridge shut as cracks are found"),
        (f"Island Life\n\nBridge shut as cracks are found\n\n{STORY}", "Bridge shut as cracks are found"),
        (f"Home > News\nBy A. Writer\n3 May 2020\nBridge shut\n{STORY}", "Bridge shut"),
        (f"The bridge is shut. Again.\n\n{STORY}", "The bridge is shut. Again."),
        (f"Is the bridge shut?\n\n{STORY}", "Is the bridge shut?"),
        ("Bridge shut", "Bridge shut"),
        (f"WATCH: Mayor booed off the stage\n\n{STORY}", "WATCH: Mayor booed off the stage"),
        (f"Watch: Mayor booed off stage [VIDEO]\n\n{STORY}", "Watch: Mayor booed off stage [VIDEO]"),
        (f"Advertisement\n\nMayor booed off\n\n{STORY}", "Mayor booed off"),
        ("  \n\nBridge shut\n\n", "Bridge shut"),
        (STORY * 4, ""),
    ],
)
def test_headline_is_found(text: str, headline: str) -> None:
    assert read_text(text).headline == headline


def test_one_line_is_a_headline_without_a_body() -> None:
    article = read_text("Bridge shut for repairs\n")
    assert (article.headline, article.body) == ("Bridge shut for repairs", "")


def test_with_a_headline_all_of_the_text_is_the_body() -> None:
    article = read_text(f"Bridge shut, say engineers.\n\n{STORY}", headline="Panic")
    assert article.headline == "Panic"
    assert article.body == f"Bridge shut, say engineers.\n\n{STORY}"


def test_the_headline_repeated_in_the_body_stays() -> None:
    article = read_text(f"Bridge shut\n\nBridge shut\n\n{STORY}")
    assert article.body == f"Bridge shut\n\n{STORY}"


def test_wrapped_lines_are_joined() -> None:
    text = (
        "Bridge shut for repairs\n\n"
        "The bridge was shut on Friday, and nobody in the town could say why\n"
        "it had been, since no crack had been found and no boat had struck\n"
        "it. The mayor said that he would ask the county for its report on\n"
        "Monday.\n\n"
        "Drivers went round by the mill, which took them half an hour longer\n"
        "than usual, and the bus to the station did not run until the middle\n"
        "of the afternoon.\n"
    )
    body = read_text(text).body
    assert body.count("\n\n") == 1
    assert "say why it had been" in body
    assert body.split("\n\n")[0].endswith("Monday.")


def test_short_lines_that_are_not_wrapped_stay_apart() -> None:
    text = "\n".join(
        ["Bridge shut"]
        + [f"Reason {n} was given by the county on Friday morning, at the quay." for n in range(9)]
    )
    assert read_text(text).body.count("\n\n") == 8


def test_origin() -> None:
    article = read(DATA / "flood.txt")
    assert (article.outlet, article.date) == ("Ostrel Evening Post", "2023-11-14")
    agency = read_text(f"Bridge shut\n\nBRACKWATER (Reuters) - {STORY}")
    assert agency.outlet == "Reuters"
    source = read_text(f"Bridge shut\n\n{STORY}\n\nSource: The Brackwater Gazette")
    assert source.outlet == "The Brackwater Gazette"
    assert read_text(f"Bridge shut\n\n{STORY}\n\nhttps://g.example/a").address == "https://g.example/a"


def test_harbour_loses_its_clutter_and_nothing_else() -> None:
    article = read(DATA / "harbour.txt")
    assert article.id == "harbour.txt"
    assert article.headline.startswith("Premier shamed as ‘terrified’ dockers")
    assert [item.why for item in article.clutter] == [
        "section label",
        "caption",
        "sign-up notice",
        "related headline",
        "related headline",
        "related headline",
        "source line",
    ]
    assert article.body.startswith("A leaked message from a worker")
    assert article.body.endswith("the office said.")
    assert article.body.count("\n\n") == 16


@pytest.mark.parametrize("name", ["flood.txt", "vaccine.txt", "library.txt"])
def test_the_other_examples_lose_no_line_of_the_story(name: str) -> None:
    article = read(DATA / name)
    assert {item.why for item in article.clutter} <= {"by-line", "date line", "outlet", "section label"}
    assert article.headline == (DATA / name).read_text(encoding="utf-8").splitlines()[0]


PIECES = st.sampled_from(
    [
        "World News",
        "Read more:",
        "By A. Writer",
        "Source: Gazette",
        "Bridge shut",
        "Port: A crane idle",
        "[TAG]",
        "Follow us on Twitter",
        "Something is happening here [UPDATE]",
        "a\u00adb",
        "itâ€™s",
        "\ufeff",
        "The bridge was shut on Friday.",
        "",
        "Links [TAG]",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("\n".join), st.lists(PIECES).map("\n\n".join)))
def test_reading_a_cleaned_body_again_changes_nothing(text: str) -> None:
    first = read_text(text)
    again = read_text(first.body, headline=first.headline)
    assert again.clutter == ()
    assert again.body == first.body
    assert again.headline == first.headline
