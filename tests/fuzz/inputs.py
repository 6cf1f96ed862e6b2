"""What fuzzing begins with: seeds made of the project's own examples, words, and seeds changed at random."""

from __future__ import annotations

import gzip
import io
import random
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from targets import ROOT, TERMS_FOLLOW, headline_and_body, memory

from sensational.corpus.flat import carried_columns
from sensational.corpus.forms import Output
from sensational.corpus.part import score_part
from sensational.corpus.rows import Part, Row

WORDS = """
“ ” ‘ ’ " ' « » ( ) [ ] , . : ; … – — - % $ £ € # @ & < > / \\ | = + * ? !
İ ß ﬁ é e\u0301 中 😀 𝐀 Â â€œ ½ ² ٣ १ Ⅷ ㎞ \ufffd
not never no may might allegedly said told according_to sources denied refuses he she they Smith the_BBC
the_council a_spokesman some all dozens scores_of hundreds million 1,200 3.5 20% per_cent one_in_five half
twice 1990s 2024-05-18 yesterday last_week in_April at_10pm May_3 £3bn 12-year-old 1e999 nan inf -0
slams chaos horror flee fled in_masses humiliated BREAKING: Why you U.S. Mr. o'clock dogs' rock_'n'_roll
"""
UNSEEN = ("\n", "\n\n", "\t", "\r", "\0", "\x01", "\x0b", "\x1b[31m", "\x85", "\u2028", "\u200b", "\u202e",
          "\ufeff", "\ufffe", "\ud800")  # fmt: skip
OF_FORMS: dict[str, tuple[str, ...]] = {
    "page": (
        "<p>", "</p>", "<article>", "<h1>", "<nav>", "</nav>", "</script>", "<title>", "<ul><li><a>",
        "<blockquote>", "<script type='application/ld+json'>",
        '{"@type":"NewsArticle","headline":"x","articleBody":"y"}',
        "<meta property='og:title' content='x'>", "<!--", "-->", "&#1;", "&#x110000;", "&amp;", "&nbsp;",
        "<svg>", "<![CDATA[", "<?xml", "<template>", "<table><tr><td>", "hidden", "style='display:none'",
        "{", "xmlns:a='b'",
    ),
    "csv": ('"', '""', ",", ";", "\r\n", "headline,body\n", "id", "=1+1", "nan"),
    "json_lines": (
        '{"', '":', "null", "true", "NaN", "Infinity", "1e400", "[[[[", '"\\ud800"',
        '{"headline":"a","body":"b"}\n',
    ),
    "scored": (
        '"scored"', '"not_scored"', "null", "NaN", "Infinity", "[]", "{}", "true", "1e400", '"\\ud800"',
        "\n--terms--\n",
    ),
    "summary": (
        '"scored"', '"not_scored"', "null", "NaN", "[]", "{}", '"outlet":', '"columns":',
        '"date":"2024-01-01"',
    ),
    "coding": ("item,term,verdict,divergence\n", "supported", "nan", "inf", "1e2", "coder", ";", '"'),
    "web_form": (
        "POST /article multipart/form-data; boundary=x\n", "--x\r\n", "--x--\r\n", "\r\n\r\n", "filename=",
        "Content-Disposition: form-data; ", "name=", "headline=", "&body=", "&example=harbour", "%00",
        "%ED%A0%80", "GET /", "?w=",
    ),
    "web_guard": (
        "127.0.0.1:8000", "http://", "[::1]:8000", "localhost", "::ffff:127.0.0.1", "%25eth0", "64:ff9b::",
    ),
    "web_fetch": (
        "http://", "https://", "xn--", "@", ":80", "//", "[", "]", "HTTP/1.1 200 OK\r\n", "\r\n", "1..",
        "HTTP/1.1 302 \r\nLocation: ", "Content-Type: text/html\r\n\r\n", "Transfer-Encoding: chunked\r\n",
        "Content-Length: -1\r\n", "%0d%0a",
    ),
}  # fmt: skip
SHORT = """Town flees ‘record’ flood, 300 dead
Some families left on Monday, the council said. “We were asked to go,” a woman told reporters. It
may have been 12 people, not 300; nobody died, according to Mr. Lee.
The water fell again in the night, and all of them came
back to their homes by noon.""".encode()
PAGE = (
    "<!doctype html><html><head><title>Mayor leaves talks - The Lantern</title><meta property='og:title' "
    "content='Mayor leaves talks'></head><body><nav><ul><li><a>Home</a><li><a>News</a></ul></nav> tail"
    "<article><h1>Mayor leaves talks</h1><p>"
    + "The mayor left the talks on Tuesday a little early, her office said. " * 5
    + "</p><blockquote class=embed><p>“It was late.”</p></blockquote></article></body></html>"
).encode()
FORM = (
    b'POST /article multipart/form-data; boundary=x\n--x\r\nContent-Disposition: form-data; name="file"; '
    b'filename="a.html"\r\n\r\n<html><p>Mayor left.</p>\r\n--x\r\nContent-Disposition: form-data; '
    b'name="headline"\r\n\r\nMayor storms out\r\n--x--\r\n'
)
SHEET = (
    b"coder,item,term,verdict,divergence\nann,1,,,40\nann,1,1,supported,\nbob,1,,,20\nbob,1,1,weaker,\n"
    b"ann,2,,,0\nbob,2,,,0\nann,2,1,absent,\nbob,2,1,absent,\n"
)


def tokens(name: str) -> tuple[bytes, ...]:
    """Pieces that a fuzzer would take long to find by itself."""
    words = OF_FORMS.get(name, ())
    if name not in ("parquet", "web_guard", "web_fetch"):
        words += (*(word.replace("_", " ") for word in WORDS.split()), *UNSEEN)
    return tuple(word.encode("utf-8", "surrogatepass") for word in words) or (b"\0", b"\xff")


@cache
def seeds(name: str) -> tuple[bytes, ...]:
    """The inputs that a target begins with."""
    articles = [_data(f"{one}.txt") for one in ("harbour", "flood", "library")]
    made: dict[str, Callable[[], list[bytes]]] = {
        "decoding": lambda: [*articles, SHORT.decode().encode("utf-16"), "“naïve” café".encode("cp1252"),
                             "â€œquotedâ€ Ã©".encode()],
        "page": lambda: [_data("bridge.html"), PAGE],
        "csv": lambda: [b"\0" + _data("corpus.csv")[:2500], b"\1id\theadline\tbody\n1\ta b\tc d\n",
                        b'\2headline,body\n"a ""b""\nc",d\n', b'\4headline;body\n"a;b\n',
                        b"\3headline,body\na,b\n", b"\5" + "headline,body\na,b\n".encode("utf-16")],
        "json_lines": lambda: [b'{"id": 1, "title": "Mayor storms out", "text": "Left.", "n": [1.5, null]}\n'
                               b'{"title": null, "text": 4, "more": "\\u00e9", "o": {"a": true}}\n'],
        "parquet": _parquet_seeds,
        "headline": lambda: [article.partition(b"\n")[0] for article in (*articles, SHORT)],
        "scored": _scored_seeds,
        "summary": lambda: [_output("json_lines")[0]],
        "coding": lambda: [SHEET, b"item;term;verdict;divergence\n1;1;hedged;\n2;;;7,5\n"],
        "web_form": lambda: [b"POST /article application/x-www-form-urlencoded\nheadline=M&body=x", FORM,
                             b"GET /article/abc/ledger?w=1&guess=50 \n", b"GET /static/..%2fapp.py \n"],
        "web_guard": lambda: [b"127.0.0.1:8000\nhttp://127.0.0.1:8000\n4\n::ffff:127.0.0.1",
                              b"localhost\n\n-1\n[::1]:8000"],
        "web_fetch": lambda: [b"http://a.org/a?b=c\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nx",
                              b"https://example.org\nHTTP/1.1 302 Found\r\nLocation: //other.org/\r\n\r\n",
                              b"http://[::ffff:10.0.0.1]/\n"],
    }  # fmt: skip
    return tuple(made[name]() if name in made else [*articles, SHORT, b""])


def mutated(name: str, count: int) -> Iterator[bytes]:
    """Inputs made of the seeds, the same in every run."""
    pick = random.Random(name)  # noqa: S311
    start, words = seeds(name), tokens(name)
    for _ in range(count):
        data = bytearray(pick.choice(start))
        for _ in range(pick.choice((1, 1, 2, 3, 8))):
            at = pick.randrange(min(len(data), pick.choice((80, 1000, 10_000))) + 1)  # often in the headline
            end = min(len(data), at + pick.choice((0, 1, 4, 30, 300)))
            match pick.randrange(5):
                case 0:
                    data[at:at] = pick.choice(words) * pick.choice((1, 1, 1, 40))
                case 1:
                    del data[at:end]
                case 2:
                    data[at:end] = pick.choice(words)
                case 3:
                    data[at:at] = data[end : end + 200]
                case _ if at < len(data):
                    data[at] ^= 1 << pick.randrange(8)
        yield bytes(data)


def _data(name: str) -> bytes:
    return (ROOT / "data" / name).read_bytes()


def _parquet_seeds() -> list[bytes]:
    import pyarrow
    import pyarrow.parquet

    written = []
    for columns in (
        {"headline": ["Mayor storms out", None], "body": ["She left.", "x"], "n": [1, None], "f": [1.5, 0.0]},
        {"title": ["a"], "text": ["b"], "l": [[{"a": 1}]], "d": [b"\xff"]},
    ):
        file = io.BytesIO()
        pyarrow.parquet.write_table(pyarrow.table(columns), file, compression="none")
        written.append(file.getvalue())
    return written


def _output(form: Any) -> list[bytes]:
    """What a small corpus is written as, a table a piece."""
    columns = {"outlet": "Lantern", "date": "2024-05-18"}
    rows = tuple(
        Row("in.csv", number, f"a{number}", *headline_and_body(data), columns)
        for number, data in enumerate((_data("flood.txt"), SHORT, b"Too short\n"), 1)
    )
    output = Output(form, carried_columns(columns, {}))
    written = []
    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        for table, content in score_part(Part(1, rows, 0), output).tables.items():
            path = Path(folder) / "part"
            path.write_bytes(content)
            file = io.BytesIO()
            output.join(table, [path], file)
            written.append(file.getvalue())
    return written


def _scored_seeds() -> list[bytes]:
    (lines,) = _output("json_lines")
    return [
        b"\0" + lines.splitlines(keepends=True)[0],
        b"\1" + TERMS_FOLLOW.join(_output("csv")),
        b"\2" + TERMS_FOLLOW.join(_output("parquet")),
        b"\3" + gzip.compress(lines, mtime=0),
    ]
