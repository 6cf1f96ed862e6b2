import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sensational.reading import ReadingError, read, read_bytes, read_html

DATA = Path(__file__).parents[2] / "data"

PARAGRAPHS = [
    "The bridge was shut on Friday morning after a driver told the county that he had seen a crack in it.",
    "Engineers looked at all eight piers and found nothing that they had not known of since the spring.",
    "It was open again by noon, and the queue of lorries had gone by the time that the schools let out.",
    "The mayor, who had called for it to be shut for good, said that he would wait for the report.",
]
STORY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page(head: str = "", above: str = "", below: str = "") -> str:
    main = f"<main>{above}<article>{STORY}</article>{below}</main>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{main}</body></html>"


def test_the_example_page() -> None:
    article = read(DATA / "bridge.html")
    assert article.headline == "Commuters stranded as ‘death trap’ Hallow Bridge crumbles into river"
    assert article.outlet == "The Brackwater Gazette"
    assert article.date == "2024-05-18"
    assert article.address == "https://gazette.brackwater.example/news/2024/05/hallow-bridge-crumbles"
    paragraphs = article.body.split("\n\n")
    assert len(paragraphs) == 8
    assert paragraphs[0].startswith("One of the two lanes")
    assert paragraphs[-1].endswith("on the west bank.")
    for piece in (
        "cookies",
        "Read more",
        "newsletter",
        "Follow us",
        "Tunnel tolls",
        "Market traders",
        "Topics",
    ):
        assert piece not in article.body


@pytest.mark.parametrize(
    ("head", "above", "headline"),
    [
        ("<title>Bridge shut for hours | The Gazette</title>", "", "Bridge shut for hours"),
        ("<title>Bridge shut for hours - BBC News</title>", "", "Bridge shut for hours"),
        ('<meta property="og:title" content="Bridge shut for hours">', "", "Bridge shut for hours"),
        (
            "<title>Bridge shut for hours | Gazette</title>",
            "<h1>Bridge shut  for hours</h1>",
            "Bridge shut for hours",
        ),
        ("<title>Bridge shut for hours</title>", "<h1>Gazette</h1>", "Bridge shut for hours"),
        ("<title>Bridge shut - again - for hours</title>", "", "Bridge shut - again - for hours"),
        ("", "<h1>Bridge shut for hours</h1>", "Bridge shut for hours"),
    ],
)
def test_headline(head: str, above: str, headline: str) -> None:
    assert read_html(page(head, above)).headline == headline


def test_a_given_headline_is_taken() -> None:
    article = read_html(page(above="<h1>Bridge shut for hours</h1>"), headline="Panic")
    assert article.headline == "Panic"
    assert "Bridge shut for hours" not in article.body


def test_hidden_parts_and_lists_of_links_are_no_story() -> None:
    links = (
        "<ul><li><a href='/a'>Tunnel tolls to rise</a></li><li><a href='/b'>Ferry late again</a></li></ul>"
    )
    hidden = "<p style='display:none'>Nobody sees this sentence about the bridge and its eight old piers.</p>"
    html = page().replace("<p>It was open", f"{links}{hidden}<p>It was open")
    assert read_html(html).body == "\n\n".join(PARAGRAPHS)


def test_the_pages_own_statement_is_a_fallback() -> None:
    body = " ".join(PARAGRAPHS)
    html = (
        '<html><head><title>Bridge shut for hours</title><script type="application/ld+json">'
        f'{{"@type": "NewsArticle", "headline": "Bridge shut for hours", "articleBody": "{body}"}}'
        "</script></head><body><div id=app></div></body></html>"
    )
    article = read_html(html)
    assert article.headline == "Bridge shut for hours"
    assert PARAGRAPHS[2] in article.body


def test_content_decides_before_the_suffix() -> None:
    assert read_bytes(page("<title>Bridge shut for hours</title>").encode(), "page.txt").body == "\n\n".join(
        PARAGRAPHS
    )
    assert read_bytes(b"Bridge shut\n\nThe bridge was shut on Friday.", "a.html").headline == "Bridge shut"
    assert (
        read_bytes(b"<3 for the bridge\n\nThe town loves it, he said.", "a.txt").headline
        == "<3 for the bridge"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<html><body>" + "<div>" * 50_000 + STORY,
        "<html><body><div class='" + "a " * 1_000_000 + "'>" + STORY,
        "<html><body>" + "<b>x</b>" * 100_000 + STORY,
        "<html><body>" + "<ul><li><a href=x>abc</a>" * 10_000 + STORY,
        "<html><head><script type='application/ld+json'>" + "[" * 200_000 + "</script></head><body>" + STORY,
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><html><body>&b;' + STORY,
        "<html><body><table>" + "<tr><td>" * 5_000 + STORY,
        "<html>" + "<" * 500_000,
        "<html><body>" + "&" * 300_000,
        "<html><!--" + "-" * 500_000,
    ],
)
def test_hostile_pages_end_soon(html: str) -> None:
    start = time.perf_counter()
    try:
        article = read_html(html)
        assert "a" * 200 not in article.body
    except ReadingError:
        pass
    assert time.perf_counter() - start < 20


def test_a_local_file_named_in_the_page_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden treasure", encoding="utf-8")
    html = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><body><p>&x;</p>{STORY}</body></html>'
    )
    assert "treasure" not in read_html(html).body


PIECES = [
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<ul>",
    "<li>",
    "<a href=x>",
    "</a>",
    "<h1>",
    "<table>",
    "<tr>",
    "<td>",
    "text ",
    "<article>",
    "<blockquote>",
    "<script>",
    "<!--",
    "-->",
    "&#0;",
    "&#x202e;",
    "\ud800",
    "<form>",
    "<svg>",
    "<br>",
    "<title>",
    "A sentence about a bridge. ",
]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(PIECES)))
def test_any_markup_is_read_or_refused(pieces: list[str]) -> None:
    try:
        article = read_html("<html><body>" + "".join(pieces))
    except ReadingError:
        return
    assert article.body
    assert not any(ord(c) < 32 and c != "\n" for c in article.body + article.headline)


# Pages of other makings, written for this project.

CONSENT = "We and our partners store what you read on our pages, so that the adverts fit you better. " * 3
OTHERS = [
    "The library will stay open on Sundays until the end of the year, the council decided on Thursday night.",
    "Four members voted against it and said that the money was needed for the roads north of the town.",
    "Some two hundred readers had come to the meeting with books under their arms and sat through it all.",
]


def stated(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


@pytest.mark.parametrize(
    "body",
    [
        "\n\n".join(PARAGRAPHS),
        "".join(f"<p>{one}</p>" for one in PARAGRAPHS),
        "<br><br>".join(PARAGRAPHS),
        "".join(f"&lt;p class=&quot;x&quot;&gt;{one}&lt;/p&gt;" for one in PARAGRAPHS),
        "<br/>".join(one.replace("bridge", '<a href="/bridge">bridge</a>') for one in PARAGRAPHS),
    ],
)
@pytest.mark.parametrize(
    "shown", ["", f"<p>{PARAGRAPHS[0]}</p><p>Subscribe to read on.</p>", f"<p>{CONSENT}</p>"]
)
def test_the_whole_story_is_in_the_statement_alone(body: str, shown: str) -> None:
    """A page that a script fills, one that shows the beginning, and one that shows a notice instead."""
    if shown.startswith(f"<p>{CONSENT}"):
        body += "\n\n" + "\n\n".join(OTHERS)
    head = f"<title>Bridge shut for hours</title>{stated(headline='Bridge shut for hours', articleBody=body)}"
    article = read_html(f"<html><head>{head}</head><body><main>{shown}</main></body></html>")
    assert article.headline == "Bridge shut for hours"
    assert article.body.split("\n\n")[:4] == PARAGRAPHS


@pytest.mark.parametrize(
    "wrap",
    [
        lambda one: one,
        lambda one: [{"@type": "Organization", "name": "The Gazette"}, one],
        lambda one: {"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, one]},
        lambda one: {"@type": "WebPage", "mainEntity": one},
    ],
)
def test_where_a_statement_may_stand(wrap: Callable[[object], object]) -> None:
    one = {"@type": ["NewsArticle"], "headline": "Bridge shut for hours", "articleBody": " ".join(PARAGRAPHS)}
    script = f'<script type="application/ld+json">{json.dumps(wrap(one))}</script>'
    article = read_html(f"<html><head>{script}</head><body></body></html>")
    assert article.headline == "Bridge shut for hours"
    assert PARAGRAPHS[2] in article.body


def test_the_statement_of_another_story_is_not_taken() -> None:
    others = stated(headline="Library stays open on Sundays", articleBody=" ".join(OTHERS * 9))
    own = stated(headline="Bridge shut for hours", articleBody=" ".join(PARAGRAPHS))
    html = f"<html><head><title>Bridge shut for hours</title>{others}{own}</head><body></body></html>"
    assert read_html(html).body == " ".join(PARAGRAPHS)


def test_a_statement_that_says_no_more_than_the_page_is_left_alone() -> None:
    head = stated(headline="Bridge shut for hours", articleBody=" ".join(PARAGRAPHS) + " Advertisement.")
    article = read_html(page(f"<title>Bridge shut for hours</title>{head}"))
    assert article.body == "\n\n".join(PARAGRAPHS)


def test_an_amp_page() -> None:
    article = read_html(
        '<!doctype html><html amp lang="en"><head><meta charset="utf-8">'
        '<script async src="https://cdn.ampproject.org/v0.js"></script>'
        "<title>Bridge shut for hours after crack is seen | The Gazette</title>"
        '<link rel="canonical" href="https://gazette.example/news/bridge">'
        "<style amp-boilerplate>body{visibility:hidden;animation:-amp-start 8s}</style>"
        "<noscript><style amp-boilerplate>body{visibility:visible}</style></noscript></head><body>"
        '<amp-sidebar id="menu" layout="nodisplay"><p>Welcome to the menu, where you find all '
        "that the Gazette has written.</p>"
        "<ul><li><a href=/n>News</a></li><li><a href=/s>Sport</a></li></ul></amp-sidebar>"
        f'<amp-consent layout="nodisplay"><div><p>{CONSENT}</p><button>Accept</button></div></amp-consent>'
        "<article><header><h1>Bridge shut for hours<br>after crack is seen</h1></header>"
        '<amp-img src="a.jpg" width="4" height="3" layout="responsive" alt="A bridge"></amp-img>'
        f"<p>{PARAGRAPHS[0]}</p>"
        '<amp-ad type="x" width="3" height="2"><p>Buy a car from a dealer by the bridge now.</p></amp-ad>'
        f"<p>{PARAGRAPHS[1]}</p>"
        '<div subscriptions-section="content-not-granted"><p>Sign in to read the rest of this article, '
        "which is for those who pay for it each month.</p></div>"
        f'<section subscriptions-section="content"><p>{PARAGRAPHS[2]}</p><p>{PARAGRAPHS[3]}</p></section>'
        '<amp-social-share type="email"></amp-social-share></article></body></html>'
    )
    assert article.headline == "Bridge shut for hours after crack is seen"
    assert article.address == "https://gazette.example/news/bridge"
    assert "\n\n".join(PARAGRAPHS) == article.body


def test_several_h1_and_a_second_story_for_those_who_scroll_on() -> None:
    other = "".join(f"<p>{paragraph}</p>" for paragraph in OTHERS)
    article = read_html(
        "<html><head><title>Bridge shut for hours after crack is seen | The Gazette</title></head><body>"
        "<header><h1><a href='/'>The Gazette</a></h1></header><h1>News</h1><main>"
        f"<article><h1>Bridge shut for hours after crack is seen</h1>{STORY}</article>"
        f"<article><h1>Library stays open on Sundays after close vote</h1>{other}</article></main>"
        "<aside><h1>Most read</h1><p>Tunnel tolls to rise in the autumn</p></aside></body></html>"
    )
    assert article.headline == "Bridge shut for hours after crack is seen"
    assert article.body == "\n\n".join(PARAGRAPHS)


def test_an_article_around_all_or_a_part_of_it_is_kept() -> None:
    """An ``article`` within the story's own, such as an embedded post, and one around it."""
    inner = f"<article><h1>A post</h1><p>{OTHERS[0]}</p></article>"
    html = page("<title>Bridge shut for hours</title>", below="").replace(
        "<article>", "<article><h1>Bridge shut for hours</h1>"
    )
    assert PARAGRAPHS[3] in read_html(html.replace("<p>It was open", f"{inner}<p>It was open")).body
    assert read_html(f"<article><h1>All news of today</h1>{html}</article>").body.endswith(PARAGRAPHS[3])
    only_head = f"<article><h1>Bridge shut for hours</h1></article><article><h1>By noon</h1>{STORY}</article>"
    head = "<title>Bridge shut for hours</title>"
    assert PARAGRAPHS[3] in read_html(f"<html><head>{head}</head><body>{only_head}</body></html>").body
