"""``sensational serve``: arguments in, words out."""

from __future__ import annotations

import os
import secrets
import socket
import sys
from typing import TYPE_CHECKING

import click

from sensational.extras import not_installed

if TYPE_CHECKING:
    from uvicorn import Server

_HERE = "127.0.0.1"
_AT_ONCE = 1000  # connections: a class of a hundred, each browser with a handful
_TURN_SECONDS = 0.0005  # the thread that scores lets the pages have their turn; Python's own turn is 5 ms


@click.command()
@click.option(
    "--class", "classroom", is_flag=True, help="Class mode: pupils join over the local network with a code."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True,
    help="Port to listen at; 0 takes any free port.",
)  # fmt: skip
@click.option(
    "--host", metavar="ADDRESS",
    help="Another address of this machine to listen at; anyone who reaches it can use the page.",
)  # fmt: skip
@click.option("--allow-fetch", is_flag=True, help="Let the page fetch an article from a public web address.")
@click.option("--open", "show", is_flag=True, help="Open the page in the browser.")
def serve(classroom: bool, port: int, host: str | None, allow_fetch: bool, show: bool) -> None:
    """Open a page on this machine: guess first, then see the ledger.

    Needs the extra "web". Ctrl-C stops it and deletes everything that it held.
    """
    try:
        import uvicorn

        from sensational.web.app import make_app
    except ModuleNotFoundError as problem:
        if (problem.name or "").partition(".")[0] not in ("uvicorn", "starlette", "python_multipart"):
            raise
        raise click.UsageError(not_installed(problem.name, "web")) from problem
    from sensational.web.settings import Settings

    outside = host or (_local_address() if classroom else None)
    if classroom and outside is None:
        raise click.UsageError(
            "no local network was found; join one, or give this machine's address with --host"
        )
    sockets = _listen(outside, port)
    port = sockets[0].getsockname()[1]
    key = secrets.token_urlsafe(18) if classroom else ""
    join = f"{_bracketed(outside)}:{port}" if classroom and outside else ""
    app = make_app(Settings(allow_fetch=allow_fetch, teacher_key=key, join_address=join))
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, proxy_headers=False, ws="none",
        lifespan="on", limit_concurrency=_AT_ONCE, backlog=_AT_ONCE, timeout_keep_alive=15,
        timeout_graceful_shutdown=2,
    )  # fmt: skip
    server = uvicorn.Server(config)
    sys.setswitchinterval(_TURN_SECONDS)
    page = f"http://{_HERE}:{port}/" + (f"teach?key={key}" if classroom else "")
    click.echo(f"{'Teacher:  ' if classroom else 'The page: '}{page}")
    if classroom:
        click.echo(f"Pupils:   http://{join}/  (the code is on the teacher's page)")
        click.echo("Keep the teacher's address to yourself. Ctrl-C ends the class and deletes all answers.")
    elif outside:
        click.echo(f"Also at:  http://{_bracketed(outside)}:{port}/  for anyone who reaches it")
    if show:
        import webbrowser

        webbrowser.open(page)
    _run(server, sockets)


def _run(server: Server, sockets: list[socket.socket]) -> None:
    try:
        server.run(sockets=sockets)
    except KeyboardInterrupt:
        pass
    finally:
        for one in sockets:
            one.close()


def _listen(outside: str | None, port: int) -> list[socket.socket]:
    """Sockets at this machine's own address and, where asked, at another one, on the same port.

    Raises:
        click.UsageError: the port is taken, or the address is none of this machine.
    """
    made: list[socket.socket] = []
    for address in dict.fromkeys([_HERE, *([outside] if outside else [])]):
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        listening = socket.socket(family, socket.SOCK_STREAM)
        if os.name != "nt":  # there it would let two programs share a port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((address, made[0].getsockname()[1] if made else port))
            listening.listen(_AT_ONCE)
        except OSError as problem:
            for one in (*made, listening):
                one.close()
            said = (problem.strerror or type(problem).__name__).lower()
            raise click.UsageError(
                f"cannot listen at {address}, port {port} ({said}); choose another --port, or check --host"
            ) from problem
        made.append(listening)
    return made


def _local_address() -> str | None:
    """This machine's address in its local network; None without one. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("192.0.2.1", 9))  # an address for documentation: only the route to it is looked up
            found: str = asked.getsockname()[0]
        except OSError:
            return None
    return None if found.startswith(("127.", "0.")) else found


def _bracketed(address: str | None) -> str:
    return f"[{address}]" if address and ":" in address else str(address)
