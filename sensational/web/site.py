"""What the running page holds: all of it in memory, and gone with it."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request

from sensational.web.guard import client_of, is_loopback
from sensational.web.lesson import Lesson
from sensational.web.rate import Allowance
from sensational.web.settings import Settings
from sensational.web.shelf import Shelf
from sensational.web.worker import Worker

TEACHER_COOKIE = "teacher"
PUPIL_COOKIE = "pupil"


class Site:
    """The articles, the worker and, in class mode, the class."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.shelf = Shelf()
        self.worker = Worker()
        self.fetchers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="sensational-fetch")
        self.lesson = Lesson() if settings.classroom else None
        self.wrong_codes = Allowance(tries=10, seconds=6)  # ten at once, then ten a minute

    def close(self) -> None:
        """Forget everything."""
        if self.lesson is not None:
            self.lesson.end()
            self.lesson = None
        self.worker.close()
        self.fetchers.shutdown(wait=False, cancel_futures=True)


def site_of(request: Request) -> Site:
    """The site that a request came to."""
    found: Site = request.app.state.site
    return found


def client(request: Request) -> str:
    """Whom a rate limit counts."""
    return client_of(request.client.host) if request.client else ""


def is_teacher(request: Request) -> bool:
    """Whether a request has the teacher's key and comes from the teacher's own machine.

    The key alone would do, were it not for open networks, on which it could be read; so it is never sent
    over one.
    """
    return is_key(request, request.cookies.get(TEACHER_COOKIE, ""))


def is_key(request: Request, given: str) -> bool:
    """Whether ``given`` is the teacher's key, sent from this machine."""
    key = site_of(request).settings.teacher_key
    here = request.client is not None and is_loopback(request.client.host)
    return bool(key) and here and secrets.compare_digest(given.encode("utf-8", "replace"), key.encode())
