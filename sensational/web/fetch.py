"""An article from an address, where the user allowed it: never from a private place, by whatever way.

The name is resolved here, every address that it has must be public, and the connection goes to one of those
very addresses, so that a second answer of the name server changes nothing. A redirect is a new address and
goes the same way.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from sensational.article import Article
from sensational.reading import ReadingError, read_bytes

LARGEST_PAGE = 4 * 1024 * 1024
SECONDS = 10.0
_REDIRECTS = 4
_PORTS = {"http": 80, "https": 443}
_TYPES = ("text/html", "text/plain", "application/xhtml+xml")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NAT64_LOCAL = ipaddress.ip_network("64:ff9b:1::/48")

Resolve = Callable[[str, int], list[str]]


class RefusedError(ReadingError):
    """An address that is not fetched, or could not be."""

    def __init__(self, problem: str, remedy: str = "Copy the article's text and paste it instead") -> None:
        super().__init__("the address", problem, remedy)


class UnknownHostError(RefusedError):
    """An address whose host has no IP address, as far as can be told from here."""

    def __init__(self) -> None:
        super().__init__(
            "the host could not be found",
            "Check the address and your connection, or copy the article's text and paste it instead",
        )


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, also behind every way of wrapping one in another."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    inner: list[ipaddress.IPv4Address | None] = []
    if isinstance(found, ipaddress.IPv6Address):
        if found in _NAT64_LOCAL:
            return False
        inner = [found.ipv4_mapped, found.sixtofour, *(found.teredo or ())]
        if found in _NAT64:
            inner.append(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF))
        if any(inner):
            return all(is_public(str(one)) for one in inner if one)
    return found.is_global and not found.is_multicast and not found.is_reserved


def resolved(host: str, port: int) -> list[str]:
    """The addresses of a name, by the system's resolver.

    Raises:
        OSError: it has none.
    """
    return list(
        dict.fromkeys(str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    )


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was checked, whatever its name resolves to by now."""

    def __init__(self, host: str, port: int, address: str, tls: bool, seconds: float) -> None:
        super().__init__(host, port, timeout=seconds)
        self._address = address
        self._tls = tls

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._tls:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def fetched_article(address: str, headline: str | None = None) -> Article:
    """The article at an address, which becomes its ``id``; its ``address`` is the one it had in the end.

    Args:
        address: http or https, on the usual port.
        headline: the headline, where it is known.

    Raises:
        ReadingError: the page cannot be fetched (:class:`RefusedError`), or there is no article on it.
    """
    data, final = fetch(address)
    return replace(read_bytes(data, "the page.html", headline=headline), id=address, address=final)


def fetch(
    address: str, resolve: Resolve = resolved, connect: Callable[..., http.client.HTTPConnection] = _Pinned
) -> tuple[bytes, str]:
    """The bytes of a page, and the address that it had in the end.

    Args:
        address: http or https, on the usual port.
        resolve: gives the addresses of a name.
        connect: opens a connection to a checked address.

    Raises:
        RefusedError: the address is not public, or the page is too large, too slow, or no text.
    """
    until = time.monotonic() + SECONDS
    for _ in range(_REDIRECTS + 1):
        host, port, tls, path = _taken_apart(address)
        connection = connect(host, port, _checked(host, port, resolve), tls, _left(until))
        late = threading.Timer(_left(until), _hang_up, (connection,))  # for an answer that drips byte by byte
        late.start()
        try:
            connection.request("GET", path, headers={
                "Host": host if ":" not in host else f"[{host}]",
                "User-Agent": "sensational (a reader asked for this page)",
                "Accept": "text/html, text/plain", "Accept-Encoding": "identity", "Connection": "close",
            })  # fmt: skip
            answer = connection.getresponse()
            if answer.status in (301, 302, 303, 307, 308):
                address = _onwards(address, answer.getheader("Location") or "")
                continue
            return _page(answer, until), address
        except (OSError, http.client.HTTPException) as problem:
            raise RefusedError(f"it does not answer as a page does ({type(problem).__name__})") from problem
        finally:
            late.cancel()
            connection.close()
    raise RefusedError("it leads from one address to the next without end")


def _hang_up(connection: http.client.HTTPConnection) -> None:
    if connection.sock is not None:
        with contextlib.suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)


def _onwards(address: str, location: str) -> str:
    try:
        return urljoin(address, location)
    except ValueError:
        raise RefusedError("it leads on to what is no address") from None


def _taken_apart(address: str) -> tuple[str, int, bool, str]:
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        raise RefusedError("it is no address of a web page") from None
    if parts.scheme not in _PORTS or not parts.hostname or len(address) > 2000:
        raise RefusedError("it is no address of a web page")
    if parts.username is not None or parts.password is not None:
        raise RefusedError("it has a user name in it")
    usual = _PORTS[parts.scheme]
    if port not in (None, usual):
        raise RefusedError("it names an unusual port")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    host = parts.hostname
    try:
        if not path.isascii() or any(c <= " " or c == "\x7f" for c in path):
            from urllib.parse import quote

            path = quote(path, safe="/?&=%+:;,@~!$'()*")
        if not host.isascii():
            host = host.encode("idna").decode("ascii")
    except UnicodeError:  # also of a lone surrogate
        raise RefusedError("it is no address of a web page") from None
    return host, usual, parts.scheme == "https", path


def _checked(host: str, port: int, resolve: Resolve) -> str:
    """One address of ``host``, all of which are public.

    Raises:
        RefusedError: one of them is not, or there is none.
    """
    try:
        addresses = resolve(host, port)
    except (OSError, UnicodeError):
        addresses = []
    if not addresses:
        raise UnknownHostError
    if not all(is_public(one) for one in addresses):
        raise RefusedError("it lies in a private network, where nothing is fetched")
    return addresses[0]


def _page(answer: http.client.HTTPResponse, until: float) -> bytes:
    if answer.status != 200:
        raise RefusedError(f"it answers with {answer.status}, and not with the page")
    kind = (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()
    if kind not in _TYPES:
        raise RefusedError("it is no page of text")
    if (answer.getheader("Content-Encoding") or "identity").strip().lower() != "identity":
        raise RefusedError("it answers compressed, which was not asked for")
    parts: list[bytes] = []
    size = 0
    while part := answer.read1(64 * 1024):
        size += len(part)
        if size > LARGEST_PAGE:
            raise RefusedError(f"it is larger than {LARGEST_PAGE // 1024**2} MiB")
        parts.append(part)
        _left(until)
    return b"".join(parts)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise RefusedError(f"it took longer than {SECONDS:g} seconds")
    return left
