"""Addresses are fetched only from the open internet, by whatever way somebody tries to lead elsewhere."""

import http.client
import socket
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from sensational.web import fetch as fetching
from sensational.web.fetch import RefusedError, fetch, is_public

PUBLIC = "93.184.215.14"
STORY = (
    "<html><head><title>Café shut - twice - in a week</title></head><body><main><h1>Café shut - twice - in a "
    "week</h1><p>The café by the bridge was shut on Friday morning, and nobody in the town could say why.</p>"
    "<p>It had been shut on Monday as well, for the repair of an oven that its owner bought in 1987.</p>"
    "<p>The owner said that she would open again on Saturday, with the oven or without it.</p></main>"
).encode()


@pytest.mark.parametrize(
    "address", [PUBLIC, "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::808:808"]
)
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",  # noqa: S104
        "100.64.0.1", "224.0.0.1", "239.255.255.250", "255.255.255.255", "240.0.0.1", "192.0.2.1",
        "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::",
        "2001:db8::1", "::127.0.0.1", "", "localhost", "1",
    ],
)  # fmt: skip
def test_not_public(address: str) -> None:
    assert not is_public(address)


def never(*_: Any) -> Any:
    raise AssertionError("it connected")


@pytest.mark.parametrize(
    "address",
    [
        "ftp://a.example/", "file:///etc/passwd", "gopher://a.example/", "javascript:alert(1)", "http://",
        "nonsense",         "http://a.example:22/", "http://user:pw@a.example/", "http://user@a.example/", "http://a.example:99999/",
        "http://[::1/", "https://a.example:80/", "http://" + "a" * 3000 + ".example/", "", "//a.example/",
    ],
)  # fmt: skip
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(RefusedError):
        fetch(address, resolve=lambda host, port: [PUBLIC], connect=never)


@pytest.mark.parametrize("found", [["127.0.0.1"], [PUBLIC, "10.0.0.1"], ["10.0.0.1", PUBLIC], ["::1"], []])
def test_a_name_that_leads_inside(found: list[str]) -> None:
    """One private address among public ones is enough: which one is used would be up to chance."""
    with pytest.raises(RefusedError):
        fetch("http://rebind.example/", resolve=lambda host, port: found, connect=never)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]", "0", "[::ffff:127.0.0.1]"]
)
def test_this_machine_by_the_real_resolver(host: str) -> None:
    with pytest.raises(RefusedError):
        fetch(f"http://{host}/", connect=never)


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        answers: dict[str, Any] = {
            "/page": (200, {"Content-Type": "text/html"}, b"<p>It is here.</p>"),
            "/story": (200, {"Content-Type": "text/html; charset=utf-8"}, STORY),
            "/news": (302, {"Location": "/story"}, b""),
            "/text": (200, {"Content-Type": "text/plain"}, b"Bridge shut\n\nIt was shut on Friday."),
            "/big": (200, {"Content-Type": "text/html"}, b"x" * 5000),
            "/picture": (200, {"Content-Type": "image/png"}, b"x"),
            "/zipped": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, b"x"),
            "/gone": (404, {"Content-Type": "text/html"}, b""),
            "/inside": (302, {"Location": "http://inside.example/page"}, b""),
            "/file": (302, {"Location": "file:///etc/passwd"}, b""),
            "/port": (302, {"Location": "http://outside.example:6379/"}, b""),
            "/round": (302, {"Location": "/round"}, b""),
            "/other": (301, {"Location": "/page"}, b""),
        }
        if self.path == "/drip":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            for _ in range(200):
                self.wfile.write(b"x")
                threading.Event().wait(0.05)
            return
        status, headers, body = answers[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()


class _Asked:
    """Names resolve as told; what is connected to a public address comes out at the test's own server."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connected: list[str] = []

    def resolve(self, host: str, port: int) -> list[str]:
        return ["10.0.0.7"] if host == "inside.example" else [PUBLIC]

    def connect(
        self, host: str, port: int, address: str, tls: bool, seconds: float
    ) -> http.client.HTTPConnection:
        self.connected.append(address)
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)

    def fetch(self, path: str) -> tuple[bytes, str]:
        return fetch(f"http://outside.example{path}", self.resolve, self.connect)


@pytest.fixture
def asked(port: int) -> _Asked:
    return _Asked(port)


def test_a_page(asked: _Asked) -> None:
    assert asked.fetch("/page") == (b"<p>It is here.</p>", "http://outside.example/page")
    assert asked.fetch("/other") == (b"<p>It is here.</p>", "http://outside.example/page")
    assert set(asked.connected) == {PUBLIC}


def test_an_article(asked: _Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "fetch", partial(fetch, resolve=asked.resolve, connect=asked.connect))
    article = fetching.fetched_article("http://outside.example/news")
    assert article.headline == "Café shut - twice - in a week"
    assert article.body.startswith("The café by the bridge")
    assert article.id == "http://outside.example/news"
    assert article.address == "http://outside.example/story"
    given = fetching.fetched_article("http://outside.example/story", headline="Café shut for good")
    assert given.headline == "Café shut for good"
    assert fetching.fetched_article("http://outside.example/text").body == "It was shut on Friday."


@pytest.mark.parametrize("path", ["/inside", "/file", "/port", "/round", "/picture", "/zipped", "/gone"])
def test_what_a_page_may_not_do(asked: _Asked, path: str) -> None:
    with pytest.raises(RefusedError):
        asked.fetch(path)
    assert set(asked.connected) == {PUBLIC}


def test_too_large(asked: _Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LARGEST_PAGE", 1000)
    with pytest.raises(RefusedError, match="larger"):
        asked.fetch("/big")


def test_too_slow(asked: _Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "SECONDS", 0.3)
    with pytest.raises(RefusedError):
        asked.fetch("/drip")


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    gone_to: list[Any] = []

    def create_connection(where: Any, timeout: float) -> Any:
        gone_to.append(where)
        raise OSError

    monkeypatch.setattr(socket, "create_connection", create_connection)
    with pytest.raises(RefusedError):
        fetch("http://rebind.example/", resolve=lambda host, port: [PUBLIC])
    assert gone_to == [(PUBLIC, 80)]
