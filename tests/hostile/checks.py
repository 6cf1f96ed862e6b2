"""What is asked of an output, whatever text was put into it."""

import csv
import io
import re
import xml.etree.ElementTree as ET
import zlib
from html.parser import HTMLParser

from lxml import etree
from lxml import html as lxml_html

_ADDRESSES = {
    "href", "src", "srcset", "action", "formaction", "data", "poster", "background", "cite", "manifest",
    "ping", "style", "srcdoc", "content", "http-equiv", "xlink:href",
}  # fmt: skip
# Control characters but the line feed, marks and overrides of direction, tags, surrogates, no characters.
STEERING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)
_ACTIVE = (
    b"/JavaScript",
    b"/JS",
    b"/Launch",
    b"/URI",
    b"/SubmitForm",
    b"/EmbeddedFile",
    b"/GoToR",
    b"/RichMedia",
)
_FORMULAS = tuple("=+-@|%＝＋－＠")


class _Skeleton(HTMLParser):
    """Elements with the names of their attributes, and the values of those that could act."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, ...]] = []
        self.others: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "b":  # excerpts are set bold by the words that they share with their term
            return
        names = sorted(name for name, _ in attrs)
        acting = sorted(
            f"{name}={value}" for name, value in attrs if name in _ADDRESSES and (value or "")[:1] != "#"
        )
        self.found.append((tag, *names, *acting))

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)

    def unknown_decl(self, data: str) -> None:
        self.others.append(data)


def skeleton(page: str) -> list[tuple[str, ...]]:
    """What of a page is not text."""
    read = _Skeleton()
    read.feed(page)
    read.close()
    assert read.others == []
    return read.found


def page_is_alike(page: str, plain: str) -> None:
    """No element, attribute, handler or address that the harmless page has not, in the same places.

    That the harmless page itself has none is asked of both: only addresses within the page are let pass.
    """
    assert skeleton(page) == skeleton(plain)
    assert _by_lxml(page) == _by_lxml(plain)
    assert not [one for one in skeleton(page) if any(name.startswith("on") for name in one[1:])]
    assert not STEERING.search(page)
    page.encode("utf-8")


def _by_lxml(page: str) -> list[tuple[str, ...]]:
    tree = lxml_html.document_fromstring(page.encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8"))
    return [(str(element.tag), *sorted(element.attrib)) for element in tree.iter() if element.tag != "b"]


def svg_is_alike(svg: str, plain: str) -> None:
    """Well-formed, with the same elements, no script, and nothing from elsewhere."""

    def shape(text: str) -> list[tuple[str, ...]]:
        root = ET.fromstring(text)  # noqa: S314 - that it parses is what is asked
        return [(element.tag, *sorted(element.attrib)) for element in root.iter()]

    found, wanted = shape(svg), shape(plain)
    if "<text" in plain:  # outlines of letters are elements of their own, a shape a letter
        assert found == wanted
    assert {one[0] for one in found} <= {one[0] for one in wanted} | {"{http://www.w3.org/2000/svg}use"}
    root = etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            assert not str(name).rpartition("}")[2].startswith("on")
            if str(name).endswith("href"):
                assert str(value).startswith("#")
    assert not STEERING.search(svg)


def terminal_is_harmless(text: str, colour: bool = False) -> None:
    """No control character but the line feed, no change of direction; colours only where they are ours."""
    if colour:
        text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert not STEERING.search(text), ascii(STEERING.search(text))


def csv_is_harmless(text: str, *, raw: bool = False) -> list[list[str]]:
    """No cell begins as a formula, after whatever a spreadsheet passes over.

    Args:
        text: the table.
        raw: the text of cells is kept to the character; else no cell may steer a terminal either.
    """
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert rows
    for cell in (cell for row in rows for cell in row):
        assert not cell.startswith(("\t", "\r", "\n")), cell
        begin = cell.lstrip("".join(map(chr, range(33))) + "\x7f\x85\xa0\ufeff\u2028\u2029\u3000")
        if begin.startswith(_FORMULAS):
            float(cell)  # a plain number
        if not raw:
            assert not STEERING.search(cell)
    assert len({len(row) for row in rows}) == 1
    return rows


def json_is_harmless(text: str) -> None:
    """ASCII, one object a line."""
    assert text.isascii()
    assert not STEERING.search(text)


def pdf_is_inert(pdf: bytes) -> None:
    """Nothing in it acts: no script, no address, no file."""
    assert pdf.startswith(b"%PDF-")
    content = re.sub(rb"stream\r?\n.*?endstream", b"", pdf, flags=re.DOTALL) + b"".join(_unpacked(pdf))
    assert not [name for name in _ACTIVE if re.search(re.escape(name) + rb"\b", content)]


def _unpacked(pdf: bytes) -> list[bytes]:
    found = []
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompressobj().decompress(match[1]))
        except zlib.error:
            continue
    assert found
    return found
