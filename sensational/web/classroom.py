"""The pages of a class: the teacher's, which is what the projector shows, and the pupils'."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from sensational.reading import ReadingError
from sensational.web.articles import form_of, text_of
from sensational.web.draw import message_page, page
from sensational.web.lesson import Lesson, Round, nickname_of
from sensational.web.pages import home_page, marks_in, number_in, posted
from sensational.web.settings import MOST_PUPILS
from sensational.web.site import PUPIL_COOKIE, TEACHER_COOKIE, client, is_key, is_teacher, site_of
from sensational.web.store import Pupil
from sensational.web.votes import VOTES, agreement_in_words, as_csv, tally, voted_on

_Page = Callable[[Request], Awaitable[Response]]
_COOKIE_SECONDS = 12 * 3600


def _for_teacher(handler: _Page) -> _Page:
    """The page only for whoever has the teacher's key."""

    @wraps(handler)
    async def checked(request: Request) -> Response:
        if not is_teacher(request):
            return message_page(
                403,
                "Only the teacher can open this page.",
                "The program printed its address when it started.",
            )
        return await handler(request)

    return checked


def _keep_cookie(answer: Response, name: str, value: str) -> Response:
    answer.set_cookie(name, value, max_age=_COOKIE_SECONDS, httponly=True, samesite="strict", path="/")
    return answer


async def front(request: Request) -> Response:
    """The first page: where an article is given or, in class mode, where pupils join."""
    site = site_of(request)
    if not site.settings.classroom:
        return home_page(site)
    if is_teacher(request):
        return RedirectResponse("/teach", 303)
    if _pupil(request) is not None:
        return RedirectResponse("/pupil", 303)
    return _join_page()


# ---- the teacher


async def teach(request: Request) -> Response:
    """The projector: how to join, the article, how many have answered, and the ledger with the votes."""
    if key := request.query_params.get("key"):
        if not is_key(request, key):
            return message_page(
                403, "This is not the teacher’s address.", "The program printed the address when it started."
            )
        return _keep_cookie(RedirectResponse("/teach", 303), TEACHER_COOKIE, key)
    return await _stage(request)


@_for_teacher
async def _stage(request: Request) -> Response:
    site = site_of(request)
    lesson = site.lesson
    if lesson is None:
        return page("ended.html", teacher=True)
    common: dict[str, Any] = {
        "lesson": lesson,
        "join_address": site.settings.join_address,
        "pupils": lesson.store.count(),
    }
    playing = lesson.round
    if playing is None or "new" in request.query_params:
        return page("lobby.html", **common)
    guessed, voted = lesson.store.answered(playing.number)
    if playing.step != "reveal":
        return page(
            "stage.html", **playing.kept.parts, **common, kept=playing.kept, step=playing.step,
            terms=voted_on(playing.kept), answered=guessed if playing.step == "mark" else voted,
        )  # fmt: skip
    counted = tally(playing.kept, lesson.store.answers(playing.number))
    return page(
        "ledger.html", **playing.kept.parts, **common, live=True, kept=playing.kept, name=playing.name,
        tally=counted, vote_names=VOTES, in_words=agreement_in_words, asked=False,
    )  # fmt: skip


@_for_teacher
async def choose(request: Request) -> Response:
    """Where the teacher gives the article for the class."""
    return home_page(site_of(request))


@_for_teacher
async def begin_round(request: Request) -> Response:
    """Put an article before the class."""
    site = site_of(request)
    found = await posted(request)
    if isinstance(found, Response):
        return found
    kept, _ = found
    if site.lesson is not None:
        site.lesson.begin_round(site.shelf.put(kept), kept)
    return RedirectResponse("/teach", 303)


@_for_teacher
async def go_on(request: Request) -> Response:
    """The next step."""
    lesson = site_of(request).lesson
    if lesson is not None:
        lesson.go_on(text_of(await form_of(request), "place"))
    return RedirectResponse("/teach", 303)


@_for_teacher
async def counts(request: Request) -> Response:
    """How many joined and answered, for the projector to keep up."""
    lesson = site_of(request).lesson
    if lesson is None:
        return JSONResponse({"place": "ended"})
    guessed, voted = lesson.store.answered(lesson.round.number) if lesson.round else (0, 0)
    marking = lesson.round is not None and lesson.round.step == "mark"
    return JSONResponse(
        {"place": lesson.place, "pupils": lesson.store.count(), "answered": guessed if marking else voted}
    )


@_for_teacher
async def answers(request: Request) -> Response:
    """All answers of the class, for a spreadsheet."""
    lesson = site_of(request).lesson
    if lesson is None:
        return page("ended.html", teacher=True)
    rounds = [(one.kept, lesson.store.answers(one.number)) for one in lesson.rounds]
    table = as_csv(rounds, lesson.store.pupils())
    return Response(
        table, media_type="text/csv", headers={"content-disposition": 'attachment; filename="class.csv"'}
    )


@_for_teacher
async def end(request: Request) -> Response:
    """End the class: its answers are gone."""
    site = site_of(request)
    if site.lesson is not None:
        site.lesson.end()
        site.lesson = None
    return RedirectResponse("/teach", 303)


@_for_teacher
async def begin(request: Request) -> Response:
    """Begin a new class, with a new code."""
    site = site_of(request)
    if site.lesson is None:
        site.lesson = Lesson()
    return RedirectResponse("/teach", 303)


# ---- the pupils


def _join_page(problem: str = "", status: int = 200, code: str = "") -> Response:
    return page("join.html", status, problem=problem, code=code[:12])


def _pupil(request: Request) -> Pupil | None:
    lesson = site_of(request).lesson
    return lesson.store.pupil(request.cookies.get(PUPIL_COOKIE, "")) if lesson is not None else None


async def join(request: Request) -> Response:
    """Take a pupil in who has the code. Wrong codes are counted, and soon no longer looked at."""
    site = site_of(request)
    if site.lesson is None:
        return page("ended.html", teacher=False)
    if _pupil(request) is not None:
        return RedirectResponse("/pupil", 303)
    who = client(request)
    if not site.wrong_codes.left(who):
        answer = _join_page(
            "Too many wrong codes. Wait a minute, then look at the projector and try again.", 429
        )
        answer.headers["retry-after"] = "60"
        return answer
    try:
        form = await form_of(request)
    except ReadingError:
        return _join_page("Your entry did not arrive. Try again.", 400)
    code = text_of(form, "code")
    if not site.lesson.is_code(code):
        site.wrong_codes.spend(who)
        return _join_page("This is not the class code. Look at the projector and try again.", 422, code)
    if site.lesson.store.count() >= MOST_PUPILS:
        return _join_page(f"The class is full: {MOST_PUPILS} pupils have joined.", 403)
    _, key = site.lesson.store.join(nickname_of(text_of(form, "nickname")))
    return _keep_cookie(RedirectResponse("/pupil", 303), PUPIL_COOKIE, key)


async def pupil(request: Request) -> Response:
    """What a pupil is asked just now."""
    lesson, who = site_of(request).lesson, _pupil(request)
    if lesson is None:
        return page("ended.html", teacher=False)
    if who is None:
        return RedirectResponse("/", 303)
    playing = lesson.round
    if playing is None:
        return page("pupil_wait.html", lesson=lesson)
    return _asked(lesson, playing, who)


def _asked(lesson: Lesson, playing: Round, who: Pupil) -> Response:
    given = lesson.store.answers(playing.number)
    marks, votes = given.marks.get(who.number, frozenset()), given.votes.get(who.number, {})
    context = {**playing.kept.parts, "lesson": lesson, "kept": playing.kept, "marks": marks}
    if playing.step == "mark":
        return page(
            "pupil_mark.html",
            **context,
            guessed=given.guesses.get(who.number),
            sent=who.number in given.guesses,
        )
    if playing.step == "check":
        return page(
            "pupil_check.html", **context, terms=voted_on(playing.kept), votes=votes, sent=bool(votes)
        )
    return page(
        "pupil_reveal.html", **context, votes=votes, vote_names=VOTES, guessed=given.guesses.get(who.number)
    )


async def place(request: Request) -> Response:
    """Where the class is, for a pupil's page to keep up."""
    lesson = site_of(request).lesson
    return JSONResponse({"place": lesson.place if lesson is not None else "ended"})


async def answer(request: Request) -> Response:
    """Take a pupil's answer to the step that the class is at; one that is late is left out."""
    lesson, who = site_of(request).lesson, _pupil(request)
    if lesson is None or who is None:
        return RedirectResponse("/pupil", 303)
    playing = lesson.round
    try:
        form = await form_of(request)
    except ReadingError:
        return message_page(400, "Your answer did not arrive.", "Go back and send it again.")
    if playing is not None and text_of(form, "place") == lesson.place:
        if playing.step == "mark":
            value = number_in(text_of(form, "guess"), 100)
            words = marks_in([one for one in form.getlist("w") if isinstance(one, str)], playing.kept)
            lesson.store.guess(playing.number, who.number, 50 if value is None else value, words)
        elif playing.step == "check":
            given = {
                entry.number: vote
                for entry in voted_on(playing.kept)
                if (vote := number_in(text_of(form, f"t{entry.number}"), len(VOTES) - 1)) is not None
            }
            lesson.store.vote(playing.number, who.number, given)
    return RedirectResponse("/pupil", 303)
