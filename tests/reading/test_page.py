import time
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
