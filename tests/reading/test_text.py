from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sensational.reading import read, read_text
from sensational.reading.headline import key

DATA = Path(__file__).parents[2] / "data"

STORY = "The bridge was shut on Friday, and nobody in the town could say why it had been."
COOKIES = "We use cookies on this site, so that our partners can show you what you may like to buy."


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


@pytest.mark.parametrize(
    "above",
    [
        "Menu",
        "☰ Menu",
        "Menu\nSearch",
        "Menu\nNews | Local",
        "News | Local | Courts | Schools | Letters",
        "Brackwell Herald\nIn pictures",
        "Island Life\nTown Talk\nSections",
        "\u25b6\ufe0f Watch",
        "Home\nNews\nSport\nWeather",
        "Skip to main content\nSign in",
    ],
)
@pytest.mark.parametrize(
    "headline", ["Bridge shut as cracks are found", "Bridge Shut After Cracks Are Found"]
)
def test_labels_above_the_headline_are_set_aside(above: str, headline: str) -> None:
    article = read_text(f"{above}\n{headline}\n{STORY}")
    assert (article.headline, article.body) == (headline, STORY)
    assert [item.text for item in article.clutter] == above.split("\n")


@pytest.mark.parametrize("headline", ["Mayor resigns", "Mayor Resigns", "Flood watch"])
@pytest.mark.parametrize(
    "below",
    [
        "She will leave the town hall at the end of the month.",
        "She will leave the town hall at the end of the month, and the council will choose another.",
        "By A. Writer",
        "3 May 2020",
        "By A. Writer\n3 May 2020\nShe will leave at the end of the month.",
        "",
    ],
)
@pytest.mark.parametrize("above", ["", "Menu\nSearch\n", "Brackwell Herald\n"])
def test_a_short_headline_stays_one(above: str, headline: str, below: str) -> None:
    assert read_text(f"{above}{headline}\n{below}\n{STORY}").headline == headline


def test_one_line_is_a_headline_without_a_body() -> None:
    article = read_text("Bridge shut for repairs\n")
    assert (article.headline, article.body) == ("Bridge shut for repairs", "")


def test_with_a_headline_all_of_the_text_is_the_body() -> None:
    article = read_text(f"Bridge shut, say engineers.\n\n{STORY}", headline="Panic")
    assert article.headline == "Panic"
    assert article.body == f"Bridge shut, say engineers.\n\n{STORY}"


@pytest.mark.parametrize(
    ("first", "given"),
    [
        ("Bridge shut, say ‘angry’ drivers", "Bridge shut, say ‘angry’ drivers"),
        ("BRIDGE SHUT,  say “angry” drivers", 'Bridge shut, say "angry" drivers'),
        ("The bridge will be shut for a year, and nobody knows why.",) * 2,
    ],
)
@pytest.mark.parametrize("above", [[], ["Menu", "Local matters"], ["Bridge shut | Gazette", COOKIES]])
def test_a_given_headline_over_the_story_is_set_aside(above: list[str], first: str, given: str) -> None:
    lines = [*above, first, "By A. Writer", STORY]
    article = read_text("\n\n".join(lines), headline=given)
    assert (article.headline, article.body) == (given, STORY)
    assert [item.text for item in article.clutter] == [" ".join(line.split()) for line in lines[:-1]]


@pytest.mark.parametrize("headline", ["Bridge shut", "", "!"])
def test_a_given_headline_further_down_stays(headline: str) -> None:
    body = f"{STORY}\n\nBridge shut\n\n!\n\n{STORY}"
    assert read_text(body, headline=headline).body == body


def test_a_headline_pasted_twice_is_no_evidence_for_itself() -> None:
    article = read_text(f"Bridge shut\n\nBridge shut\n\n{STORY}")
    assert (article.headline, article.body) == ("Bridge shut", STORY)
    assert [(item.text, item.why) for item in article.clutter] == [("Bridge shut", "headline")]


def test_the_headline_repeated_within_the_story_stays() -> None:
    article = read_text(f"Bridge shut\n\n{STORY}\n\nBridge shut\n\n{STORY}")
    assert article.body == f"{STORY}\n\nBridge shut\n\n{STORY}"


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
    # Known beforehand, a headline that its body repeats is set aside.
    assume(key(first.headline) not in map(key, first.body.split("\n\n")))
    again = read_text(first.body, headline=first.headline)
    assert again.clutter == ()
    assert again.body == first.body
    assert again.headline == first.headline
