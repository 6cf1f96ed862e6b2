"""The page without a network: applications that are asked directly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the extra 'web' is not installed: the page is NOT TESTED")

from report.samples import found, scored, term
from starlette.testclient import TestClient

from sensational.analysis import Analysis
from sensational.article import Article
from sensational.report.html import shown_parts
from sensational.report.view import build_view
from sensational.scorer import score_article
from sensational.web import shelf
from sensational.web.app import make_app
from sensational.web.settings import Settings
from sensational.web.shelf import Kept, words_of

BASE = "http://127.0.0.1:8000"
KEY = "the-key-of-the-teacher-0123"
HEADLINE = "Furious mayor storms out of crisis talks"
BODY = (
    "The mayor left the talks on Tuesday a little early, her office said. A spokesman said that she had a "
    "train to catch. The talks about the swimming pool go on next week."
)
LEFT, TALKS = "The mayor left", "The talks about"
ANALYSIS = scored(
    Article(HEADLINE, BODY),
    [
        term(HEADLINE, "Furious", "absent", 0.8, 0.1, kind="emotion", reason="The article does not say it."),
        term(HEADLINE, "storms out", "weaker", 0.7, 0.4, evidence=(found(BODY, LEFT),)),
        term(HEADLINE, "crisis", "absent", 0.5, 0.2, kind="judgement", evidence=(found(BODY, TALKS),)),
    ],
    70.0,
)
"""Made by hand, so that these tests do not depend on what the model has learned."""


def analysed(article: Article) -> Analysis:
    """:data:`ANALYSIS` for its article, a real analysis for any other."""
    return ANALYSIS if (article.headline, article.body) == (HEADLINE, BODY) else score_article(article)


@pytest.fixture(autouse=True)
def _by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "score_article", analysed)


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
    article = Article(HEADLINE, BODY)
    view = build_view(article, ANALYSIS)
    return Kept(article, ANALYSIS, view, shown_parts(view), words_of(HEADLINE))
