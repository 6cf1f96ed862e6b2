"""The application: which page stands where."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sensational.web import classroom, pages
from sensational.web.draw import message_page, static_file
from sensational.web.examples import example_article
from sensational.web.guard import HEADERS, Guard
from sensational.web.settings import Settings
from sensational.web.shelf import keep
from sensational.web.site import Site


def make_app(settings: Settings, *, warm: bool = True) -> Starlette:
    """The page as an ASGI application.

    Args:
        settings: what was asked for.
        warm: score and draw an example at the start, so that the first visitor does not wait for imports.
    """
    site = Site(settings)

    @contextlib.asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        if warm:
            site.worker.start(lambda: keep(example_article("harbour")))
        yield
        site.close()

    routes = [
        Route("/", classroom.front),
        Route("/static/{name}", static_file),
        Route("/article", pages.post_article, methods=["POST"]),
        Route("/article/{name}", pages.guess),
        Route("/article/{name}/ledger", pages.ledger),
        Route("/article/{name}/{what}", pages.download),
    ]
    if settings.classroom:
        routes += [
            Route("/teach", classroom.teach),
            Route("/teach/article", classroom.choose),
            Route("/teach/article", classroom.begin_round, methods=["POST"]),
            Route("/teach/next", classroom.go_on, methods=["POST"]),
            Route("/teach/counts", classroom.counts),
            Route("/teach/answers.csv", classroom.answers),
            Route("/teach/end", classroom.end, methods=["POST"]),
            Route("/teach/begin", classroom.begin, methods=["POST"]),
            Route("/join", classroom.join, methods=["POST"]),
            Route("/pupil", classroom.pupil),
            Route("/pupil/place", classroom.place),
            Route("/pupil/answer", classroom.answer, methods=["POST"]),
        ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, refuse=message_page, classroom=settings.classroom)],
        exception_handlers={HTTPException: _not_here, Exception: _fault},
        lifespan=life,
    )
    app.state.site = site
    return app


async def _not_here(request: Request, problem: Exception) -> Response:
    status = problem.status_code if isinstance(problem, HTTPException) else 500
    return message_page(status, "There is no such page.", "Go back to the start.")


async def _fault(request: Request, problem: Exception) -> Response:
    answer = message_page(
        500,
        "Something went wrong in the program.",
        "Try again, or try another article.",
    )
    answer.headers.update(HEADERS)  # this answer is made outside of the guard
    return answer
