"""A web page to an article: trafilatura finds the story, and repairs around it mend what it misses.

Before it reads, the page loses what is never story (lists of links, hidden parts) and what it would
wrongly drop is renamed (embedded posts). After it, the headline and clutter lines go. Where it finds
nothing, the page's own statement (JSON-LD) and its plain paragraphs are asked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from sensational.article import Article, Clutter
from sensational.reading.clutter import is_sentence, set_aside
from sensational.reading.decoding import tidy
from sensational.reading.errors import ReadingError
from sensational.reading.origin import iso_date

# A page is never longer than this; the largest of the 98 benchmark pages has 1.5 million characters.
LARGEST_PAGE = 10_000_000
# Elements deeper than this are cut off, and a page of more elements is refused: both cost time out of
# proportion in libraries that walk the tree by recursion. The benchmark's pages have up to 1,643
# elements; 30,000 hostile ones take some ten seconds.
_DEEPEST = 120
_MOST_ELEMENTS = 30_000
_LONGEST_ATTRIBUTE = 100_000
_LARGEST_STATEMENT = 2_000_000

# A story shorter than this many words is asked for again by other means.
_FEW_WORDS = 40
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
_NEWSPAPER = re.compile(
    r"\b(?:news|times|post|herald|journal|gazette|tribune|telegraph|guardian|mail|cnn|bbc|reuters|npr|\w{1,30}\.com)$",
    re.IGNORECASE,
)
_NEVER_STORY = ("script", "style", "noscript", "template", "svg", "iframe", "form", "button", "nav", "object")


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
    statements = [] if tree is None else list(_statements(tree))
    own = "" if tree is None else _headline(tree, statements)
    lines = [] if tree is None else _story_lines(tree, statements)
    title = " ".join(tidy(headline if headline is not None else own).split())
    lines = _without_headline(lines, {_key(title), _key(own)})
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
        outlet=_outlet(tree, statements),
        date=_date(tree, statements),
        address=_address(tree),
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


def _story_lines(tree: Any, statements: list[dict[str, Any]]) -> list[str]:
    """The story's paragraphs, by the first means that finds enough of them; else the longest."""
    found: list[list[str]] = []
    for means in (_by_trafilatura, _by_statement, _by_paragraphs, _by_recall):
        lines = means(tree, statements)
        if sum(line.count(" ") + 1 for line in lines) >= _FEW_WORDS:
            return lines
        found.append(lines)
    return max(found, key=lambda lines: sum(map(len, lines)))


def _by_trafilatura(tree: Any, _: list[dict[str, Any]]) -> list[str]:
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
    place = {_key(line): number for number, line in enumerate(lines)}
    known = "".join(map(_key, lines))
    added: dict[int, list[str]] = {}
    for family in families:
        found = [place.get(_key(text)) for text in family]
        if sum(number is not None for number in found) < _NEIGHBOURS_TO_RESTORE:
            continue
        last = max(index for index, number in enumerate(found) if number is not None)
        before: int | None = None
        for text, number in zip(family[:last], found[:last], strict=True):
            if number is not None:
                before = number
            elif before is not None and _may_be_restored(text) and _key(text) not in known:
                added.setdefault(before, []).append(text)
    return [line for number, own in enumerate(lines) for line in (own, *added.get(number, ()))]


def _may_be_restored(text: str) -> bool:
    return text.count(" ") + 1 >= _WORDS_TO_RESTORE and len(text) <= _LONGEST_RESTORED and is_sentence(text)


def _by_recall(tree: Any, _: list[dict[str, Any]]) -> list[str]:
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


def _by_statement(_: Any, statements: list[dict[str, Any]]) -> list[str]:
    bodies = [one["articleBody"] for one in statements if isinstance(one.get("articleBody"), str)]
    return _lines(max(bodies, key=len)) if bodies else []


def _by_paragraphs(tree: Any, _: list[dict[str, Any]]) -> list[str]:
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
    return (style is not None and _HIDDEN_STYLE.search(style[:500]) is not None) or element.get(
        "hidden"
    ) is not None


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
    """The lines without the headline that stands over them."""
    for number, line in enumerate(lines[:3]):
        if _key(line) and _key(line) in headlines:
            return lines[:number] + lines[number + 1 :]
    return lines


def _key(line: str) -> str:
    return "".join(character for character in line.casefold() if character.isalnum())


# --- what the page says of itself ------------------------------------------------------------------


def _statements(tree: Any) -> Iterator[dict[str, Any]]:
    """Objects of the page's JSON-LD that speak of an article."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = script.text or ""
        if len(text) > _LARGEST_STATEMENT:
            continue
        try:
            stated = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        stack = [stated]
        while stack:
            one = stack.pop()
            if isinstance(one, list):
                stack.extend(reversed(one))
            elif isinstance(one, dict):
                if _is_article(one.get("@type")):
                    yield one
                stack.append(one.get("@graph"))


def _is_article(kind: object) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(
        isinstance(one, str) and one.endswith(("Article", "BlogPosting", "Report", "Posting"))
        for one in kinds
    )


def _meta(tree: Any, *names: str) -> str:
    """The content of the first of these ``meta`` elements that has one."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        content = " ".join((element.get("content") or "").split())
        if key in names and content:
            found.setdefault(key, content)
    return next((found[one] for one in names if one in found), "")


def _headline(tree: Any, statements: list[dict[str, Any]]) -> str:
    """The page's headline: the ``h1`` that the title bears out, else og:title, else any."""
    title_element = next(tree.iter("title"), None)
    title = "" if title_element is None else " ".join((title_element.text or "").split())
    stated = next((one["headline"] for one in statements if isinstance(one.get("headline"), str)), "")
    shared = _meta(tree, "og:title", "twitter:title") or title
    outlet = _outlet(tree, statements)
    headings = [" ".join(one.text_content().split()) for one in tree.iter("h1")]
    headings = [one for one in headings if one and len(one) <= 400]
    words = set(_words(shared) + _words(stated) + _words(title))
    scored = [(len(words & set(_words(one))) / (len(set(_words(one))) or 1), one) for one in headings]
    borne_out = [(share, one) for share, one in scored if share >= 0.5 and len(_words(one)) >= 2]
    if borne_out:
        return _plain(max(borne_out, key=lambda pair: (round(pair[0], 1), len(pair[1])))[1], outlet)
    return _plain(shared or stated or (headings[0] if headings else ""), outlet)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _plain(headline: str, outlet: str | None) -> str:
    """The headline without " - Outlet" or " | Section | Outlet" at its end."""
    headline = " ".join(headline.split())
    parts = re.split(r" [|•·»] ", headline)
    if len(parts) > 1 and len(_words(parts[0])) >= 3:
        headline = parts[0]
    for _ in range(2):
        head, dash, last = _last_part(headline)
        if dash and len(_words(head)) >= 3 and _names_outlet(last, outlet):
            headline = head
    return headline.strip()


def _last_part(headline: str) -> tuple[str, str, str]:
    places = [(headline.rfind(mark), mark) for mark in (" - ", " – ", " — ", " :: ")]
    place, mark = max(places)
    return (headline, "", "") if place < 0 else (headline[:place], mark, headline[place + len(mark) :])


def _names_outlet(part: str, outlet: str | None) -> bool:
    """Whether the end of a title is a name of the outlet, its address, or looks like a newspaper's."""
    if outlet and (_key(part) in _key(outlet) or _key(outlet) in _key(part)):
        return bool(_key(part))
    words = part.split()
    if len(words) > 4 or not all(word[:1].isupper() or word in ("the", "of", "and", "&") for word in words):
        return False
    return _NEWSPAPER.search(part) is not None


def _outlet(tree: Any, statements: list[dict[str, Any]]) -> str | None:
    named = _meta(tree, "og:site_name", "application-name")
    if not named:
        for one in statements:
            publisher = one.get("publisher")
            if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
                named = publisher["name"]
                break
    named = (
        " ".join(tidy(named).split()).removeprefix("https://").removeprefix("http://").removeprefix("www.")
    )
    return named[:100] or None


def _date(tree: Any, statements: list[dict[str, Any]]) -> str | None:
    stated = (one["datePublished"] for one in statements if isinstance(one.get("datePublished"), str))
    marked = (one.get("datetime") or "" for one in tree.iter("time"))
    for source in (
        _meta(
            tree, "article:published_time", "datepublished", "date", "dc.date", "parsely-pub-date", "pubdate"
        ),
        next(stated, ""),
        next(marked, ""),
    ):
        found = iso_date(source[:100])
        if found:
            return found
    return None


def _address(tree: Any) -> str | None:
    canonical = (
        one.get("href") or "" for one in tree.iter("link") if (one.get("rel") or "").lower() == "canonical"
    )
    for address in (next(canonical, ""), _meta(tree, "og:url")):
        address = tidy(address).strip()
        if re.match(r"https?://[^\s<>\"]{3,2000}$", address):
            return address
    return None
