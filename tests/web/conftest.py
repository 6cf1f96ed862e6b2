"""The page without a network: applications that are asked directly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the extra 'web' is not installed: the page is NOT TESTED")

from starlette.testclient import TestClient

from sensational.article import Article
from sensational.web.app import make_app
from sensational.web.settings import Settings
from sensational.web.shelf import Kept, keep

BASE = "http://127.0.0.1:8000"
KEY = "the-key-of-the-teacher-0123"
HEADLINE = "Furious mayor storms out of crisis talks"
BODY = (
    "The mayor left the talks on Tuesday a little early, her office said. A spokesman said that she had a "
    "train to catch. The talks about the swimming pool go on next week."
)


def browser(app: Any, address: str = "127.0.0.1", base: str = BASE) -> TestClient:
    """A browser at ``address``, whose forms say where they come from as browsers' do."""
    return TestClient(app, base_url=base, client=(address, 40_000), headers={"origin": base})


@pytest.fixture
def reader() -> Iterator[TestClient]:
    """A browser before the page of one reader."""
    with browser(make_app(Settings(), warm=False)) as client:
        yield client


@pytest.fixture
def teacher() -> Iterator[TestClient]:
    """A teacher's browser before a class; pupils' are made by ``pupil``."""
    app = make_app(Settings(teacher_key=KEY, join_address="192.0.2.7:8000"), warm=False)
    with browser(app) as client:
        assert client.get("/teach", params={"key": KEY}).status_code == 200
        yield client


@pytest.fixture
def pupil(teacher: TestClient) -> Callable[..., TestClient]:
    """Makes pupils who have joined."""

    def make(number: int, nickname: str = "") -> TestClient:
        client = browser(teacher.app, f"192.0.2.{number + 20}")
        code = lesson_of(teacher).shown_code
        answer = client.post("/join", data={"code": code, "nickname": nickname})
        assert answer.url.path == "/pupil"
        return client

    return make


def lesson_of(client: TestClient) -> Any:
    return client.app.state.site.lesson  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def kept() -> Kept:
    return keep(Article(HEADLINE, BODY))
