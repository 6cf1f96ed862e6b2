"""What stands before every page: for whom, from where and how much.

A page on one's own machine is open to whatever else runs in the browser. So a request has to name the
address that it came in by (against DNS rebinding: a name that somebody else's server lets point here is
not ours), a request that changes something has to come from a page of ours (against forged requests), and
no body is read further than its size allows. Every answer forbids the browser whatever the pages do not
need.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

from sensational.web import settings

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

Refuse = Callable[[int, str, str], "Response"]
"""Makes the page that says no: status, what is wrong, what to do."""

_SAFE = frozenset({"GET", "HEAD"})

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # not "no-referrer": with that, a browser sends "Origin: null" with our own forms
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


class Guard:
    """The middleware; see the module."""

    def __init__(self, app: ASGIApp, refuse: Refuse, *, classroom: bool = False) -> None:
        self._app = app
        self._refuse = refuse
        self._classroom = classroom
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-store")
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, guarded)
            return
        room = self._room(scope)
        self._held += room
        try:
            found = await self._whole(scope, receive)
            if isinstance(found, bytes):
                await self._app(scope, _replayed(found, receive), guarded)
            else:
                await found(scope, receive, guarded)
        finally:
            self._held -= room

    async def _whole(self, scope: Scope, receive: Receive) -> bytes | Response:
        """The whole body, or why it is not taken."""
        try:
            async with asyncio.timeout(settings.BODY_SECONDS):
                body = await _body(receive, self._largest(scope))
        except TimeoutError:
            return self._refuse(408, "The request took too long.", "Try again.")
        return self._too_large(scope) if body is None else body

    def _refusal(self, scope: Scope) -> Response | None:
        """Why a request is refused before its body is read; None where it is not."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not is_ours(host, scope.get("server")):
            return self._refuse(
                421, "This is not the address of this page.", "Type the address that the program printed."
            )
        if scope["method"] not in _SAFE and not _from_our_page(headers, host):
            return self._refuse(
                403,
                "The request came from another page and was refused.",
                "Open this page and try there.",
            )
        if not scope["query_string"].isascii():  # a browser escapes the others; the framework fails on them
            return self._refuse(
                400, "The address contains characters that are not allowed.", "Type it again."
            )
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()):
            return self._refuse(400, "The request does not state its length.", "Try again.")
        if len(length) > 12 or int(length) > self._largest(scope):
            return self._too_large(scope)
        if self._held + self._room(scope) > settings.MOST_HELD:
            return self._refuse(
                503, "The program is receiving too much at once.", "Wait a moment and try again."
            )
        return None

    def _room(self, scope: Scope) -> int:
        """Bytes that a request may come to hold: as many as it says, or all that it may where it does not."""
        length = Headers(scope=scope).get("content-length", "")
        if scope["method"] in _SAFE and not length:
            return 0
        return int(length) if length else self._largest(scope)

    def _largest(self, scope: Scope) -> int:
        """Bytes that a request may bring. In class mode articles come from the teacher's own machine."""
        brings_article = scope["path"] in ("/article", "/teach/article")
        allowed = not self._classroom or is_loopback((scope.get("client") or ("", 0))[0])
        return settings.LARGEST_ARTICLE if brings_article and allowed else settings.LARGEST_ANSWER

    def _too_large(self, scope: Scope) -> Response:
        size = self._largest(scope)
        shown = f"{size // 1024**2} MiB" if size >= 1024**2 else f"{size // 1024} KiB"
        return self._refuse(
            413, f"That is larger than {shown}.", "Nothing was read. Enter the text of a single article."
        )


def is_ours(host: str, server: tuple[str, int | None] | None) -> bool:
    """Whether a Host header names the very address that the connection came in by.

    ``server`` is that address and port. Its number is no name, so no name server can point it elsewhere;
    beside it, ``localhost`` is taken on this machine's own address.
    """
    if server is None or server[1] is None:
        return False
    address, port = server
    name, given = _split(host)
    if given != port:
        return False
    if name == "localhost":
        return is_loopback(address)
    try:
        return _plain(name) == _plain(address)
    except ValueError:
        return False


def _split(host: str) -> tuple[str, int]:
    """Name and port of a Host header; port -1 for one that is no number."""
    host = host.strip().lower()
    if host.startswith("["):
        name, _, rest = host[1:].partition("]")
        port = rest.removeprefix(":") if rest else "80"
    else:
        name, colon, port = host.partition(":")
        port = port if colon else "80"
    return name, int(port) if port.isascii() and port.isdigit() and len(port) < 6 else -1


def _plain(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    found = ipaddress.ip_address(address)
    mapped = getattr(found, "ipv4_mapped", None)
    return mapped or found


def is_loopback(address: str) -> bool:
    """Whether an address is this machine's own; False for what is no address."""
    try:
        return _plain(address).is_loopback
    except ValueError:
        return False


def client_of(address: str) -> str:
    """Whom a rate limit counts: an IPv4 address, or the /64 network that an IPv6 household has to itself."""
    try:
        plain = _plain(address)
    except ValueError:
        return address
    if plain.version == 6:
        return str(ipaddress.ip_network((int(plain), 64), strict=False))
    return str(plain)


def _from_our_page(headers: Headers, host: str) -> bool:
    """Whether the browser says that a request was sent by a page of this very address.

    Every browser sends Origin with a form. One that is missing is refused: whoever writes their own client
    can send it, and nobody else needs to.
    """
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    return headers.get("origin", "").lower() == f"http://{host.strip().lower()}"


async def _body(receive: Receive, limit: int) -> bytes | None:
    """The whole body; None as soon as it is larger than ``limit``, whatever its length was said to be."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b""
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > limit:
            return None
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


def _replayed(body: bytes, receive: Receive) -> Receive:
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
