"""A web page to an article: trafilatura finds the story, and repairs around it mend what it misses.

Before it reads, the page loses what is never story (lists of links, hidden parts) and what it would
wrongly drop is renamed (embedded posts). After it, the headline and clutter lines go. Where it finds
nothing, the page's own statement (JSON-LD) and its plain paragraphs are asked.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from sensational.article import Article, Clutter
from sensational.reading.clutter import is_sentence, set_aside
from sensational.reading.decoding import tidy
from sensational.reading.errors import ReadingError
from sensational.reading.headline import alike, find_headline, heading_text, key
from sensational.reading.stated import Statement, address, date, outlet, stated_text, statements

# A page is never longer than this; the largest of the 98 benchmark pages has 1.5 million characters.
LARGEST_PAGE = 10_000_000
# Elements deeper than this are cut off, and a page of more elements is refused: both cost time out of
# proportion in libraries that walk the tree by recursion. The benchmark's pages have up to 1,643
# elements; 30,000 hostile ones take some ten seconds.
_DEEPEST = 120
_MOST_ELEMENTS = 30_000
_LONGEST_ATTRIBUTE = 100_000
_MOST_STATEMENTS = 100

# A story shorter than this many words is asked for again by other means.
_FEW_WORDS = 40
# A page whose JSON-LD has so many times the words that were found shows the beginning of its story only.
_TIMES_AS_LONG = 2
# A headline over the story, of so many lines at most, is looked for from each of so many lines.
_FIRST_LINES = 3
# Elements around an embedded post that hold nothing else.
_WRAPPERS = 4
# A span of this many links and little else, right after a link, is a panel that opens on hovering over it.
_LINKS_IN_PANEL = 3
# A paragraph of this many words among three that were found is one that was dropped in error.
_WORDS_TO_RESTORE = 8
_NEIGHBOURS_TO_RESTORE = 3
_LONGEST_RESTORED = 3000

_MARKUP = re.compile(
    r"<(?:!doctype html|html|head|body|article|main|div|section|meta|title|h1|p)[\s>/]", re.IGNORECASE
)
# Characters that no XML has. libxml2 hands them on from a page, but lxml refuses to write them into a tree,
# as taking an element out of it does where one stands behind that element.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_HIDDEN_STYLE = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
_NEVER_STORY = (
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "form",
    "button",
    "nav",
    "object",
    "amp-ad",
    "amp-consent",
    "amp-sidebar",
)


def looks_like_html(text: str) -> bool:
    """Whether the text is markup: it opens with a tag, and an HTML element comes early on."""
    start = text[:1024].lstrip("\ufeff \t\r\n")
    return start.startswith("<") and _MARKUP.search(text, 0, 20_000) is not None


def read_html(html: str, *, name: str | None = None, headline: str | None = None) -> Article:
    """The article on a web page.

    Args:
        html: the page's source.
        name: becomes the article's ``id``, and names the page in errors.
        headline: the headline, where it is known better than the page tells.

    Raises:
        ReadingError: the page is too large, or there is no article on it.
    """
    called = name or "page"
    if len(html) > LARGEST_PAGE:
        raise ReadingError(
            called,
            f"the page has {len(html):,} characters, more than the {LARGEST_PAGE:,} that are read",
            "Save the article's text as a text file and read that",
        )
    tree = _parsed(html, called)
    stated = [] if tree is None else list(islice(statements(tree), _MOST_STATEMENTS))
    own = "" if tree is None else find_headline(tree, stated)
    if tree is not None:
        _drop_other_articles(tree, own)
    lines = [] if tree is None else _story_lines(tree, _about(own, stated))
    title = " ".join(tidy(headline if headline is not None else own).split())
    lines = _without_headline(lines, {key(title), key(own)})
    story, aside = set_aside(lines, title)
    if tree is None or not story:
        raise ReadingError(
            called,
            "no article was found on this page",
            "Copy the headline and the text of the article into a text file and read that",
        )
    return Article(
        headline=title,
        body="\n\n".join(story),
        id=name,
        outlet=outlet(tree, stated),
        date=date(tree, stated),
        address=address(tree),
        clutter=tuple(Clutter(item.text, item.why) for _, item in aside),
    )


def _parsed(html: str, name: str) -> Any:
    """The page's tree, or None if there is none; entities beyond HTML's own are never expanded."""
    from lxml import etree
    from lxml import html as lxml_html

    # libxml2 takes no declared encoding over the one of the string, except in an XML declaration.
    html = re.sub(r"^\s{0,100}<\?xml[^>]{0,200}\?>", "", html.replace("\0", ""), count=1)
    html = _NOT_XML.sub(" ", html)
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        tree = lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    _bound(tree, name)
    return tree


def _bound(tree: Any, name: str) -> None:
    """Cut what is too deep, drop attributes that are too long, and characters that no tree can have."""
    count = 0
    stack = [(tree, 0)]
    while stack:
        element, depth = stack.pop()
        count += 1
        if count > _MOST_ELEMENTS:
            raise ReadingError(
                name,
                f"the page has more than {_MOST_ELEMENTS:,} elements",
                "Save the article's text as a text file and read that",
            )
        if any(len(value) > _LONGEST_ATTRIBUTE for value in element.attrib.values()):
            _drop_long_attributes(element)
        for place in ("text", "tail"):  # from references, such as &#1;
            text = getattr(element, place)
            if text and _NOT_XML.search(text):
                setattr(element, place, _NOT_XML.sub(" ", text))
        if depth >= _DEEPEST:
            for child in list(element):
                element.remove(child)
        else:
            stack.extend((child, depth + 1) for child in element)


def _drop_long_attributes(element: Any) -> None:
    try:
        for name in [name for name, value in element.attrib.items() if len(value) > _LONGEST_ATTRIBUTE]:
            del element.attrib[name]
    except ValueError:  # a name that lxml reads and does not take, such as "{"
        element.attrib.clear()


# --- the story -------------------------------------------------------------------------------------


def _drop_other_articles(tree: Any, headline: str) -> None:
    """Take out whole articles under another ``h1``, which some pages append for readers who scroll on."""
    under: list[tuple[Any, bool]] = []
    for heading in tree.iter("h1"):
        article = next(heading.iterancestors("article"), None)
        if article is not None:
            under.append((article, key(headline) in key(heading_text(heading))))
    own = {article for article, is_own in under if is_own}
    if not any(_count([p.text_content() for p in article.iter("p")]) >= _FEW_WORDS for article in own):
        return
    kept = {one for article in own for one in (*article.iterancestors(), *article.iter())}
    for article in dict.fromkeys(article for article, _ in under):
        if article not in kept and article.getparent() is not None:
            article.drop_tree()


def _about(headline: str, stated: list[Statement]) -> list[Statement]:
    """The statements of the article of this headline, where any is: a page may state others beside it."""
    own = [one for one in stated if alike(headline, stated_text(one, "headline"))]
    return own or stated


def _story_lines(tree: Any, stated: list[Statement]) -> list[str]:
    """The story's paragraphs, by the first means that finds enough of them; else the longest.

    A page that shows a part of the story and states it in full is taken at its word.
    """
    found: list[list[str]] = []
    for means in (_by_trafilatura, _by_statement, _by_paragraphs, _by_recall):
        found.append(means(tree, stated))
        if _count(found[-1]) >= _FEW_WORDS:
            break
    else:
        return max(found, key=lambda lines: sum(map(len, lines)))
    whole = _by_statement(tree, stated)
    return whole if _count(whole) >= _TIMES_AS_LONG * _count(found[-1]) else found[-1]


def _count(lines: list[str]) -> int:
    return sum(line.count(" ") + 1 for line in lines)


def _by_trafilatura(tree: Any, _: list[Statement]) -> list[str]:
    from copy import deepcopy

    page = deepcopy(tree)
    _prepare(page)
    paragraphs = _paragraphs_by_parent(page)  # before trafilatura changes the tree
    return _restored(_extract(page, favor_precision=True), paragraphs)


def _paragraphs_by_parent(tree: Any) -> list[list[str]]:
    """The text of the paragraphs that stand side by side, for each element that holds several."""
    families: dict[Any, list[str]] = {}
    for paragraph in tree.iter("p"):
        text = " ".join(tidy(paragraph.text_content()).split())
        if text:
            families.setdefault(paragraph.getparent(), []).append(text)
    return [family for family in families.values() if len(family) > _NEIGHBOURS_TO_RESTORE]


def _restored(lines: list[str], families: list[list[str]]) -> list[str]:
    """The lines with the sentences put back that stood between them on the page."""
    place = {key(line): number for number, line in enumerate(lines)}
    known = "".join(map(key, lines))
    added: dict[int, list[str]] = {}
    for family in families:
        found = [place.get(key(text)) for text in family]
        if sum(number is not None for number in found) < _NEIGHBOURS_TO_RESTORE:
            continue
        last = max(index for index, number in enumerate(found) if number is not None)
        before: int | None = None
        for text, number in zip(family[:last], found[:last], strict=True):
            if number is not None:
                before = number
            elif before is not None and _may_be_restored(text) and key(text) not in known:
                added.setdefault(before, []).append(text)
    return [line for number, own in enumerate(lines) for line in (own, *added.get(number, ()))]


def _may_be_restored(text: str) -> bool:
    return text.count(" ") + 1 >= _WORDS_TO_RESTORE and len(text) <= _LONGEST_RESTORED and is_sentence(text)


def _by_recall(tree: Any, _: list[Statement]) -> list[str]:
    from copy import deepcopy

    return _extract(deepcopy(tree), favor_recall=True)


def _extract(tree: Any, **mode: Any) -> list[str]:
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        text = trafilatura.extract(tree, include_comments=False, **mode)
    except (RecursionError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        return []  # a page that trafilatura cannot walk is left to the other means
    return _lines(text or "")


def _by_statement(_: Any, stated: list[Statement]) -> list[str]:
    bodies = (stated_text(one, "articleBody") for one in stated)
    return _lines(max(bodies, key=len, default=""))


def _by_paragraphs(tree: Any, _: list[Statement]) -> list[str]:
    scopes = tree.xpath("//article") or tree.xpath("//main") or [tree]
    scope = max(scopes, key=lambda one: sum(len(p.text_content()) for p in one.iter("p")))
    return _lines("\n".join(" ".join(p.text_content().split()) for p in scope.iter("p")))


def _lines(text: str) -> list[str]:
    stripped = (line.strip() for line in tidy(text).split("\n"))
    return [line.removeprefix("- ").strip() for line in stripped if line and line != "-"]


def _prepare(tree: Any) -> None:
    """Take out what is never story, and save from trafilatura what often is."""
    for element in list(tree.iter(*_NEVER_STORY)):
        if not (element.tag == "form" and len(element.findall(".//p")) > 5):
            element.drop_tree()
    for element in [one for one in tree.iter() if _is_hidden(one)]:
        if element.getparent() is not None and element.tag not in ("html", "body"):
            element.drop_tree()
    for element in _link_lists(tree):
        if element.getparent() is not None:
            element.drop_tree()
    for element in tree.iter("blockquote"):
        _forget_names(element)


def _forget_names(quotation: Any) -> None:
    """Clear the classes of a quotation and its wrappers, by which trafilatura drops embedded posts."""
    length = _length(quotation.text_content())
    element = quotation
    for _ in range(_WRAPPERS):
        if element is None or element.tag in ("body", "article", "main", "html"):
            return
        if element is not quotation and _length(element.text_content()) > 1.1 * length + 20:
            return
        element.attrib.clear()
        element = element.getparent()


def _is_hidden(element: Any) -> bool:
    style = element.get("style")
    return (
        (style is not None and _HIDDEN_STYLE.search(style[:500]) is not None)
        or element.get("hidden") is not None
        or element.get("layout") == "nodisplay"  # AMP
        or element.get("subscriptions-section") == "content-not-granted"
    )


def _link_lists(tree: Any) -> list[Any]:
    """Lists in which two links or more make up nearly all of the text, outermost first.

    Text is summed once for the whole tree, from the leaves up, so that nested lists cost no more.
    """
    text: dict[Any, int] = {}
    linked: dict[Any, int] = {}
    links: dict[Any, int] = {}
    found = []
    for element in reversed(list(tree.iter())):
        own = _length(element.text) + sum(text[child] + _length(child.tail) for child in element)
        text[element] = own
        is_link = element.tag == "a"
        linked[element] = own if is_link else sum(linked[child] for child in element)
        links[element] = int(is_link) + sum(links[child] for child in element)
        enough = {"ul": 2, "ol": 2, "span": _LINKS_IN_PANEL}.get(element.tag)
        if element.tag == "span" and (element.getprevious() is None or element.getprevious().tag != "a"):
            continue
        if enough and links[element] >= enough and linked[element] >= 0.9 * own:
            found.append(element)
    return found[::-1]


def _length(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def _without_headline(lines: list[str], headlines: set[str]) -> list[str]:
    """The lines without the headline that stands over them, on one line or several."""
    for first in range(min(_FIRST_LINES, len(lines))):
        for end in range(first + 1, min(first + _FIRST_LINES, len(lines)) + 1):
            found = key("".join(lines[first:end]))
            if found and found in headlines:
                return lines[:first] + lines[end:]
    return lines
