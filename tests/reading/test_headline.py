"""Which words of a page are its headline, on pages written for this project."""

import html
import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sensational.reading import read_html

STORY = "".join(
    f"<p>{paragraph}</p>"
    for paragraph in (
        "The laboratory in Pittsburgh was inspected twice this year, the university said on Monday evening.",
        "Inspectors had praised it in March for the way in which it keeps its mice and its twelve rabbits.",
        "Two former members of staff have since asked why three tests were not entered in the records.",
        "The university answered that the entries had been made late, and that nobody had hidden them.",
    )
)
PITT = "Pitt drug lab - once praised - faces animal testing questions"
BRIDGE = "Bridge shut for hours after crack is seen"


def page(
    *,
    h1: tuple[str, ...] = (),
    title: str = "",
    og: str = "",
    site: str = "",
    section: str = "",
    stated: dict[str, Any] | None = None,
) -> str:
    """A page with these headings and titles over the same story."""
    given_section = {"articleSection": section} if section else {}
    statement = {"@type": "NewsArticle", **given_section, **(stated or {})}
    head = "".join(
        [
            f"<title>{html.escape(title)}</title>" if title else "",
            f'<meta property="og:title" content="{html.escape(og)}">' if og else "",
            f'<meta property="og:site_name" content="{html.escape(site)}">' if site else "",
            f'<script type="application/ld+json">{json.dumps(statement)}</script>' if stated else "",
            f'<meta property="article:section" content="{html.escape(section)}">' if section else "",
        ]
    )
    above = "".join(f"<h1>{one}</h1>" for one in h1)
    return f"<!DOCTYPE html><html><head>{head}</head><body><main>{above}{STORY}</main></body></html>"


def headline(**given: Any) -> str:
    return read_html(page(**given)).headline


@pytest.mark.parametrize(
    "text",
    [
        PITT,
        "Mayor quits | council in uproar",
        "Mayor quits – and blames The Times",
        "Markets slide — again · banks hit hardest",
        "Rail strike off :: trains back on Monday - BBC News",
    ],
)
@pytest.mark.parametrize("end", ["", " | The Gazette", " - The Gazette", " | News | The Gazette"])
@pytest.mark.parametrize("site", ["The Gazette", "Test", "AT", ""])
def test_an_h1_keeps_its_dashes_and_bars(text: str, end: str, site: str) -> None:
    assert headline(h1=(text,), og=text, title=text + end, site=site) == text
    assert headline(h1=(text,), title=text + end, site=site) == text


@pytest.mark.parametrize("end", ["", " | The Gazette", " - The Gazette", " | Science | The Gazette"])
@pytest.mark.parametrize("site", ["The Gazette", "Test", ""])
def test_a_title_keeps_its_dashes_without_the_site(end: str, site: str) -> None:
    assert headline(og=PITT + end, site=site or "The Gazette") == PITT
    assert headline(title=PITT + end, site=site) == PITT


def test_what_looks_like_a_newspaper_stays_where_the_json_ld_has_it() -> None:
    text = "Mayor quits in anger - Blames The Times"
    assert headline(og=text, site="The Gazette") == "Mayor quits in anger"
    assert headline(og=text, site="The Gazette", stated={"headline": text}) == text
    with_site = f"{text} - The Gazette"  # the name of the site goes even so
    assert headline(og=with_site, site="The Gazette", stated={"headline": with_site}) == text


@pytest.mark.parametrize(
    ("title", "site", "found"),
    [
        (f"{BRIDGE} | The Gazette", "", BRIDGE),
        (f"{BRIDGE} - BBC News", "", BRIDGE),
        (f"{BRIDGE} - BBC News", "BBC News", BRIDGE),
        (f"{BRIDGE} - CNNPolitics", "CNN", BRIDGE),
        (f"{BRIDGE} - CNN World News", "CNN", BRIDGE),
        (f"{BRIDGE} | Live Science", "livescience.com", BRIDGE),
        (f"{BRIDGE} | Science | News | Express.co.uk", "Express.co.uk", BRIDGE),
        (f"{BRIDGE} - Breaking News - The Hallow post", "The Hallow Post | hallow.example", BRIDGE),
        (f"{BRIDGE} - residents furious", "The Gazette", f"{BRIDGE} - residents furious"),
        (f"{BRIDGE} | residents are furious", "The Gazette", f"{BRIDGE} | residents are furious"),
        ("Opinion | Shut the bridge", "The Gazette", "Opinion | Shut the bridge"),
        ("Bridge shut - The Gazette", "The Gazette", "Bridge shut - The Gazette"),  # too little would be left
    ],
)
def test_the_end_of_a_title(title: str, site: str, found: str) -> None:
    assert headline(title=title, site=site) == found


@pytest.mark.parametrize(
    "other",
    ["18 May 2024", "Saturday, May 18th", "2024-05-18", "18/05/2024", "Updated 9.30am, Sat 18 May 2024",
     "The Gazette", "World news", "Arts & Culture", "UK politics", "Health"],
)  # fmt: skip
def test_an_h1_that_is_a_date_a_site_or_a_section_is_passed_over(other: str) -> None:
    titles = {"title": f"{BRIDGE} | {other} | The Gazette", "site": "The Gazette"}
    escaped = html.escape(other)
    assert headline(h1=(escaped,), og=BRIDGE, **titles) == BRIDGE
    assert headline(h1=(escaped,), og=f"{other}: {BRIDGE}", **titles) == f"{other}: {BRIDGE}"
    assert headline(h1=(escaped,), stated={"headline": BRIDGE}, site="The Gazette") == BRIDGE
    assert headline(h1=(escaped, BRIDGE), og=BRIDGE, **titles) == BRIDGE
    # og:title may be as empty of sense
    assert (
        headline(h1=(escaped,), og="The Gazette", stated={"headline": BRIDGE}, site="The Gazette") == BRIDGE
    )


def test_a_long_section_that_the_page_names() -> None:
    section = "Letters from our readers in the north"
    titles = {"og": f"{section} | {BRIDGE}", "site": "The Gazette", "section": section}
    assert headline(h1=(section,), stated={"headline": BRIDGE}, **titles) == f"{section} | {BRIDGE}"
    several = {"headline": BRIDGE, "articleSection": ["News", section, 7, None]}
    assert headline(h1=(section,), stated=several, title=section) == BRIDGE


def test_a_short_h1_is_the_headline_where_a_title_says_the_same() -> None:
    assert headline(h1=("Bridge shut",), og="Bridge shut", site="The Gazette") == "Bridge shut"
    assert headline(h1=("Bridge shut",)) == "Bridge shut"
    assert headline(h1=("18 May 2024",)) == "18 May 2024"  # there is nothing else


def test_the_h1_that_readers_see_comes_before_the_title_for_sharing() -> None:
    seen = "Bridge shut for hours after driver sees crack in pier"
    assert headline(h1=(seen,), og="Bridge shut for hours", title="Bridge shut for hours") == seen
    assert headline(h1=("Win two tickets for the opera tonight",), og=BRIDGE) == BRIDGE


def test_the_json_ld_may_be_written_with_entities_and_tags() -> None:
    stated = {"headline": "Bridge shut: repairs to cost &#163;2m, <em>Gazette</em> &amp; council say"}
    assert headline(stated=stated) == "Bridge shut: repairs to cost £2m, Gazette & council say"


def test_lines_of_a_heading_are_words_apart() -> None:
    broken = "Bridge shut<br>for hours after<div>crack is seen</div>"
    article = read_html(page(h1=(broken,), og=BRIDGE))
    assert article.headline == BRIDGE
    assert "Bridge shut" not in article.body


def test_endless_titles_end_soon() -> None:
    start = time.perf_counter()
    for mark in (" | ", " - "):
        headline(title="A b c" + f"{mark}News" * 100_000, og="A b c" + f"{mark}News" * 9_000)
    assert time.perf_counter() - start < 5


WORDS = st.lists(
    st.sampled_from(
        "mayor quits council in uproar - | – blames Times News Post Gazette 12 ‘lies’ of".split()
    ),
    min_size=4,
    max_size=14,
).map(" ".join)


@settings(deadline=None, max_examples=40)
@given(WORDS, st.sampled_from(["", " | The Gazette", " - The Gazette"]))
def test_whatever_an_h1_says_is_kept(text: str, end: str) -> None:
    """As long as it does not itself end in the name of the site."""
    text = f"Bridge shut for {text} today"
    assert headline(h1=(text,), og=text + end, site="The Gazette") == text
