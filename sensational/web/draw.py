"""Templates, style and script: the report's own, and what the page adds to them."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, Response

from sensational.report.html import environment, stylesheet

if TYPE_CHECKING:
    from jinja2 import Environment
    from starlette.requests import Request

_HERE = Path(__file__).parent


@cache
def templates() -> Environment:
    """The page's templates, over those of the report whose parts they show."""
    from jinja2 import ChoiceLoader, FileSystemLoader

    reports = environment()
    loaders = [FileSystemLoader(_HERE / "templates")] + ([reports.loader] if reports.loader else [])
    made = reports.overlay(loader=ChoiceLoader(loaders))
    made.globals = {**reports.globals, "static": static_address}
    return made


@cache
def static_files() -> dict[str, tuple[bytes, str]]:
    """What a page links to, by its name: content and media type."""
    css = stylesheet() + (_HERE / "static" / "page.css").read_text(encoding="utf-8")
    return {
        "page.css": (css.encode("utf-8"), "text/css; charset=utf-8"),
        "page.js": ((_HERE / "static" / "page.js").read_bytes(), "text/javascript; charset=utf-8"),
        "icon.svg": ((_HERE / "static" / "icon.svg").read_bytes(), "image/svg+xml"),
    }


@cache
def static_address(name: str) -> str:
    """The address of one of :func:`static_files`, which changes with its content."""
    return f"/static/{name}?{hashlib.sha256(static_files()[name][0]).hexdigest()[:12]}"


async def static_file(request: Request) -> Response:
    """One of :func:`static_files`."""
    found = static_files().get(request.path_params["name"])
    if found is None:
        return message_page(404, "There is no such page.", "Go back to the start.")
    return Response(
        found[0], media_type=found[1], headers={"cache-control": "public, max-age=31536000, immutable"}
    )


def page(template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A page drawn from a template; everything in ``context`` is escaped."""
    return HTMLResponse(templates().get_template(template).render(**context), status_code=status)


def message_page(status: int, problem: str, remedy: str) -> HTMLResponse:
    """A page that says what was wrong and what to do."""
    return page("message.html", status, problem=problem, remedy=remedy)
