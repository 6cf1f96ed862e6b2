"""For whom a page is, from where, and how much: what is let in, and what is not."""

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from sensational.web import settings
from sensational.web.draw import message_page
from sensational.web.guard import Guard, client_of, is_loopback, is_ours
from web.conftest import BASE, BODY, HEADLINE, browser

HERE = ("127.0.0.1", 8000)


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000", " 127.0.0.1:8000 "])
def test_our_own_addresses(host: str) -> None:
    assert is_ours(host, HERE)


@pytest.mark.parametrize(
    "host",
    [
        "", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:8000.evil.example", "evil.example:8000", "evil.example",
        "localhost.evil.example:8000", "127.0.0.1.evil.example:8000", "127.0.0.2:8000", "0.0.0.0:8000",
        "2130706433:8000", "0x7f000001:8000", "[::1]:8000", "localhost:8000@evil.example",
        "user@localhost:8000",         "127.0.0.1:08000x", "127.0.0.1:-8000", "127.0.0.1:٨٠٠٠",
    ],
)  # fmt: skip
def test_names_of_others(host: str) -> None:
    assert not is_ours(host, HERE)


def test_other_addresses_of_this_machine() -> None:
    assert is_ours("192.168.1.20:8000", ("192.168.1.20", 8000))
    assert is_ours("192.168.1.20", ("192.168.1.20", 80))
    assert not is_ours("localhost:8000", ("192.168.1.20", 8000))
    assert is_ours("[::1]:8000", ("::1", 8000))
    assert is_ours("127.0.0.1:8000", ("::ffff:127.0.0.1", 8000))
    assert not is_ours("127.0.0.1:8000", None)
    assert not is_ours("127.0.0.1:8000", ("/run/socket", None))


@given(st.text(max_size=40))
def test_any_host_is_judged(host: str) -> None:
    is_ours(host, HERE)
    is_loopback(host)
    client_of(host)


def test_whom_a_limit_counts() -> None:
    assert client_of("192.0.2.1") == client_of("::ffff:192.0.2.1") != client_of("192.0.2.2")
    assert client_of("2001:db8::1") == client_of("2001:db8::ffff:2") != client_of("2001:db8:0:1::1")


def test_a_name_that_points_here_is_refused(reader: TestClient) -> None:
    answer = reader.get("/", headers={"host": "evil.example:8000"})
    assert answer.status_code == 421
    assert "evil" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"}, {"origin": "null"}, {"origin": ""}, {"origin": "http://127.0.0.1:9000"},
        {"origin": "https://127.0.0.1:8000"}, {"origin": "http://localhost:8000"},
        {"origin": BASE, "sec-fetch-site": "cross-site"}, {"origin": BASE, "sec-fetch-site": "same-site"},
    ],
)  # fmt: skip
def test_a_form_of_another_page_is_refused(reader: TestClient, headers: dict[str, str]) -> None:
    answer = reader.post("/article", data={"example": "harbour"}, headers=headers)
    assert answer.status_code == 403
    assert "another page" in answer.text


def test_a_form_without_origin_is_refused(reader: TestClient) -> None:
    del reader.headers["origin"]
    assert reader.post("/article", data={"example": "harbour"}).status_code == 403


def test_every_answer_forbids_what_the_pages_do_not_need(reader: TestClient) -> None:
    for answer in (
        reader.get("/"),
        reader.get("/none"),
        reader.get("/", headers={"host": "x"}),
        reader.post("/join"),
    ):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "http:" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"


def test_pages_hold_no_script_style_or_address_of_their_own(reader: TestClient) -> None:
    article = reader.post("/article", data={"headline": HEADLINE, "body": BODY, "go": "ledger"})
    for text in (reader.get("/").text, article.text):
        assert "<style" not in text
        assert " style=" not in text
        assert " onclick=" not in text
        assert text.count("<script") == text.count('<script src="/static/page.js?') == 1
        assert "//" not in text.replace("http://www.w3.org/2000/svg", "").replace(
            "http://www.w3.org/1999/xlink", ""
        )


def test_a_large_article_is_refused_with_a_message(
    reader: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "LARGEST_ARTICLE", 3 * 1024**2)
    answer = reader.post("/article", data={"body": "a" * (3 * 1024**2)})
    assert answer.status_code == 413
    assert "larger than 3 MiB" in answer.text
    assert reader.post("/article", data={"headline": HEADLINE, "body": "a b " * 30_000}).status_code == 200


def test_a_large_answer_is_refused(teacher: TestClient) -> None:
    assert teacher.post("/join", content=b"c" * 40_000).status_code == 413


def test_a_body_that_is_larger_than_it_says_is_cut_off() -> None:
    """Chunked, or with a length that lies: no more is asked for than the limit and one part."""
    asked = 0

    async def receive() -> dict[str, Any]:
        nonlocal asked
        asked += 1
        return {"type": "http.request", "body": b"x" * 10_000, "more_body": True}

    assert run_guarded(receive) == 413
    assert asked == 4


def test_a_body_that_never_comes_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "BODY_SECONDS", 0.05)

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(60)
        raise AssertionError

    assert run_guarded(receive) == 408


@pytest.mark.parametrize("length", ["-1", "1e3", "٣", "99999999999999999999", ""])
def test_a_length_that_is_none(length: str) -> None:
    async def receive() -> dict[str, Any]:
        raise AssertionError("it was read")

    assert run_guarded(receive, [(b"content-length", length.encode())]) in (400, 413)


def test_no_more_is_held_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would not fit beside the others is refused; when they are gone, there is room again."""
    monkeypatch.setattr(settings, "MOST_HELD", 2 * settings.LARGEST_ANSWER)
    monkeypatch.setattr(settings, "BODY_SECONDS", 0.05)
    statuses: list[int] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError("it came through")

    guard = Guard(app, message_page)

    async def ask() -> None:
        async def receive() -> Any:
            await asyncio.sleep(60)

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        await guard(scope_of([]), receive, send)

    async def crowd() -> None:
        await asyncio.gather(*(ask() for _ in range(3)))
        await ask()

    asyncio.run(crowd())
    assert sorted(statuses) == [408, 408, 408, 503]
    assert statuses[-1] == 408


def test_a_class_takes_articles_from_its_teacher_only(teacher: TestClient, reader: TestClient) -> None:
    long = {"headline": HEADLINE, "body": BODY + "x " * 40_000}
    assert teacher.post("/teach/article", data=long).status_code == 200
    assert browser(teacher.app, "192.0.2.8").post("/article", data=long).status_code == 413
    assert browser(reader.app, "192.0.2.8").post("/article", data=long).status_code == 200


def scope_of(more: list[tuple[bytes, bytes]]) -> dict[str, Any]:
    return {
        "type": "http", "method": "POST", "path": "/join", "server": HERE, "query_string": b"",
        "headers": [(b"host", b"127.0.0.1:8000"), (b"origin", BASE.encode()), *more],
    }  # fmt: skip


def run_guarded(receive: Any, more: list[tuple[bytes, bytes]] | None = None) -> int:
    """The status of a post to ``/join`` whose body comes from ``receive``."""
    sent: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError("it came through")

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Guard(app, message_page)(scope_of(more or []), receive, send))
    return int(sent[0]["status"])


def test_websockets_are_closed() -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Guard(None, message_page)({"type": "websocket"}, None, send))  # type: ignore[arg-type]
    assert sent == [{"type": "websocket.close", "code": 1008}]
