"""One reader: an article in, a guess, the ledger and what can be kept of it."""

import json
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sensational.analysis import to_dict
from sensational.web import articles, examples, pages, worker
from sensational.web.app import make_app
from sensational.web.settings import Settings
from sensational.web.shelf import Kept, Shelf, words_of
from web.conftest import ANALYSIS, BODY, HEADLINE, browser

HOSTILE = "</textarea><script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7777*7777 }}"


def given(reader: TestClient, **fields: str) -> str:
    """The address of an article that was posted."""
    answer = reader.post("/article", data={"headline": HEADLINE, "body": BODY, **fields})
    assert answer.status_code == 200
    return answer.url.path


def test_nothing_is_revealed_before_the_guess(reader: TestClient) -> None:
    text = reader.get(given(reader)).text
    for telling in ("verdict", "ledger</h2>", "divergence", "loading", "<mark", "attributed", "points"):
        assert telling not in text.replace("/ledger", "")
    assert re.findall(r'name="w" value="\d+"><span>([^<]+)', text) == HEADLINE.split()
    assert "a little early, her office said" in text


def test_the_guess_stands_beside_the_ledger(reader: TestClient) -> None:
    path = given(reader)
    text = reader.get(f"{path}/ledger?w=0&w=6&guess=40").text
    assert "You guessed <b>40</b>" in text
    row = re.search(r'<tr role="row" id="term-\d+"><th[^>]*>Furious</th>.*?</tr>', text, re.S)
    assert row is not None
    assert "You marked it" in row.group()
    other = re.search(r'<tr role="row" id="term-\d+"><th[^>]*>storms out</th>.*?</tr>', text, re.S)
    assert other is not None
    assert "You did not mark it" in other.group()
    assert f'<span class="number">{ANALYSIS.divergence:.0f}</span>' in text


def test_a_guess_that_is_none(reader: TestClient) -> None:
    path = given(reader)
    for query in ("w=99&w=-1&w=x&guess=101", "guess=-3", "guess=٤", "w=0", "guess=" + "9" * 5000):
        answer = reader.get(f"{path}/ledger?{query}")
        assert answer.status_code == 200
        assert "You guessed" not in answer.text


def test_the_ledger_at_once(reader: TestClient) -> None:
    path = given(reader, go="ledger")
    assert path.endswith("/ledger")
    assert "mark it" not in reader.get(path).text


@pytest.mark.parametrize("name", ["harbour", "flood", "vaccine", "library"])
def test_examples(reader: TestClient, name: str) -> None:
    answer = reader.post("/article", data={"example": name})
    assert examples.example_article(name).headline.split()[0] in answer.text


@pytest.mark.parametrize("name", ["../README", "codebook", "/etc/passwd", "harbour.txt"])
def test_no_other_file_is_an_example(reader: TestClient, name: str) -> None:
    assert reader.post("/article", data={"example": name}).status_code == 422


@pytest.mark.parametrize("name", ["story.txt", "../../evil.txt", "", "C:\\x\\y.txt", "a" * 3000, "\x00.txt"])
def test_a_file_is_read_and_its_name_forgotten(
    reader: TestClient, name: str, tmp_path: Path, monkeypatch
) -> None:  # type: ignore[no-untyped-def]
    def no_file(*_: object, **__: object) -> None:
        raise AssertionError("it went to the disk")

    monkeypatch.setattr("tempfile._TemporaryFileWrapper", no_file)
    monkeypatch.setattr("tempfile.SpooledTemporaryFile.rollover", no_file)
    body = (
        f"{HEADLINE}\n\n{BODY}\n\n" + "\n" * 1_200_000
    )  # more than Starlette would keep in memory by itself
    answer = reader.post("/article", files={"file": (name or "x", body.encode(), "text/plain")})
    assert answer.status_code == 200
    assert "evil" not in answer.text
    kept = next(iter(reader.app.state.site.shelf._kept.values()))  # type: ignore[attr-defined]
    assert (kept.article.headline, kept.article.id) == (HEADLINE, None)


def test_a_saved_page(reader: TestClient) -> None:
    page = (Path(examples.__file__).parents[2] / "data" / "bridge.html").read_bytes()
    answer = reader.post("/article", files={"file": ("bridge.html", page, "text/html")})
    assert "death trap" in answer.text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "no text"),
        ({"headline": HEADLINE}, "no text"),
        ({"body": " \n "}, "no text"),
        ({"headline": "word " * 200, "body": BODY}, "longer than 600"),
        ({"headline": HEADLINE, "body": "It stays open. " * 14_000}, "longer than 200,000"),
        ({"file": b"%PDF-1.7"}, "PDF"),
        ({"file": b"\x00\x01\x02\x03" * 50}, "not text"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(reader: TestClient, fields, said) -> None:  # type: ignore[no-untyped-def]
    files = {"file": ("x.txt", fields.pop("file"))} if "file" in fields else None
    answer = reader.post("/article", data=fields, files=files)
    assert answer.status_code == 422
    assert said in answer.text
    assert fields.get("headline", "") in answer.text


PART = b'--b\r\nContent-Disposition: form-data; name="body"\r\n\r\nx\r\n--b--\r\n'


@pytest.mark.parametrize(
    "kind",
    [
        "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=b",
        "multipart/form-data; boundary=b; charset=utf-32", "multipart/form-data; boundary=b; charset=none",
        "multipart/form-data; boundary=" + "b" * 300, "application/x-www-form-urlencoded", "application/json",
        "",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "content",
    [
        b"", b"--b", PART, PART[:-20], PART.replace(b'; name="body"', b""),
        PART.replace(b"form-data", b"\xff\xfe"), PART.replace(b'"body"', b'"file"; filename="\xff\x00"'),
        b"body=%ff%zz&&==&headline=%00%ed%a0%80", b"\x00" * 99,
        b"&".join(b"w=%d" % number for number in range(2000)),
    ],
    ids=range(10),
)  # fmt: skip
def test_a_form_that_is_none_is_no_fault(reader: TestClient, kind: str, content: bytes) -> None:
    assert reader.post("/article", content=content, headers={"content-type": kind}).status_code in (200, 422)


def test_everything_is_escaped(reader: TestClient) -> None:
    for fields in ({"headline": HOSTILE, "body": f"{HOSTILE} {BODY}"}, {"headline": HOSTILE}):
        answer = reader.post("/article", data=fields)
        shown = answer.text + reader.get(answer.url.path + "/ledger?guess=1").text
        assert "<script>" not in shown
        assert "<img" not in shown
        assert "60481729" not in shown


def test_an_article_without_a_number(reader: TestClient) -> None:
    path = given(reader, body="Too short.")
    text = reader.get(f"{path}/ledger?guess=10").text
    assert "not scored" in text
    assert reader.get(f"{path}/report.pdf").content.startswith(b"%PDF-")


def test_downloads(reader: TestClient) -> None:
    path = given(reader)
    page, pdf, data = (
        reader.get(f"{path}/{what}") for what in ("report.html", "report.pdf", "analysis.json")
    )
    assert page.text.startswith("<!doctype html>")
    assert "<script" not in page.text
    assert "data-terms" not in page.text, "what only a script needs stays out of the report"
    assert pdf.content.startswith(b"%PDF-")
    assert json.loads(data.content) == json.loads(json.dumps(to_dict(ANALYSIS)))
    for answer, ending in ((page, "html"), (pdf, "pdf"), (data, "json")):
        disposition = answer.headers["content-disposition"]
        assert disposition.startswith(
            'attachment; filename="Furious-mayor-storms-out-of-crisis-talks.' + ending
        )
    assert reader.get(f"{path}/report.pdf?paper=letter").content != pdf.content
    assert reader.get(f"{path}/../../etc/passwd").status_code == 404
    assert reader.get(f"{path}/report.exe").status_code == 404


def test_a_download_has_a_harmless_name(reader: TestClient) -> None:
    path = given(reader, headline='"Über" ../../ \r\nX: y; filename="evil.exe" 漢字')
    disposition = reader.get(f"{path}/analysis.json").headers["content-disposition"]
    assert re.fullmatch(
        r"attachment; filename=\"[\w.-]+\.json\"; filename\*=UTF-8''[\w.%-]+\.json", disposition
    )


def test_articles_are_kept_by_names_that_cannot_be_guessed(reader: TestClient) -> None:
    first, second = given(reader), given(reader)
    assert first != second
    assert len(first.split("/")[-1]) >= 22
    assert reader.get("/article/guess").status_code == 404


def test_the_oldest_article_makes_room(kept: Kept) -> None:
    shelf = Shelf(room=2)
    names = [shelf.put(kept) for _ in range(2)]
    assert shelf.get(names[0]) is kept
    shelf.put(kept)
    assert shelf.get(names[0]) is kept
    assert shelf.get(names[1]) is None


def test_words_of_a_headline() -> None:
    words = words_of("‘Scared’ — 40,000  flee!")
    assert [(one.text, one.start) for one in words] == [("‘Scared’", 0), ("40,000", 11), ("flee!", 19)]


def test_a_page_that_waits_for_too_many_says_so(reader: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    async def run(self: object, work: object) -> None:
        raise worker.BusyError

    monkeypatch.setattr(worker.Worker, "run", run)
    answer = reader.post("/article", data={"example": "harbour"})
    assert answer.status_code == 503
    assert answer.headers["retry-after"]


def test_a_fault_shows_nothing_of_the_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret inside")

    monkeypatch.setattr(pages, "home_page", broken)
    monkeypatch.setattr("sensational.web.classroom.home_page", broken)
    client = browser(make_app(Settings(), warm=False))
    client._transport.raise_server_exceptions = False  # type: ignore[attr-defined]
    answer = client.get("/")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_no_address_is_fetched_unless_allowed(reader: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(address: str) -> None:
        raise AssertionError("it was fetched")

    monkeypatch.setattr(articles, "fetch", never)
    assert "address" not in reader.get("/").text
    assert reader.post("/article", data={"address": "https://news.example/"}).status_code == 422


def test_an_address_where_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    story = f"<html><body><article><h1>{HEADLINE}</h1>{'<p>' + BODY + '</p>' * 3}</article></body></html>"
    monkeypatch.setattr(articles, "fetch", lambda address: (story.encode(), "https://news.example/pool"))
    with browser(make_app(Settings(allow_fetch=True), warm=False)) as client:
        answer = client.post("/article", data={"address": "https://news.example/"})
        assert "Furious" in answer.text
        assert "news.example" in client.get(answer.url.path + "/ledger").text


def test_a_private_address_is_refused_with_a_message() -> None:
    with browser(make_app(Settings(allow_fetch=True), warm=False)) as client:
        answer = client.post("/article", data={"address": "http://127.0.0.1:80/"})
        assert answer.status_code == 422
        assert "private network" in answer.text


def test_static_files_are_these_and_no_others(reader: TestClient) -> None:
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', reader.get("/").text)
    assert len(addresses) == 3
    for address in addresses:
        answer = reader.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    for path in ("page.css.map", "..%2fapp.py", "../app.py"):
        assert reader.get(f"/static/{path}").status_code == 404


def test_the_page_reads_the_examples_of_the_wheel_or_of_the_checkout(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    copied = tmp_path / "examples"
    copied.mkdir()
    (copied / "harbour.txt").write_text(f"{HEADLINE}\n\n{BODY}", encoding="utf-8")
    monkeypatch.setattr(examples, "_INSTALLED", copied)
    assert examples.example_article("harbour").headline == HEADLINE
