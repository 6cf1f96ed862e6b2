"""The pages of one reader: an article, a guess, the ledger, and the ways to keep it."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sensational.reading import ReadingError
from sensational.report.files import safe_name
from sensational.report.ledger import Entry
from sensational.report.safe import shortened
from sensational.web.articles import form_of, kept_from, text_of
from sensational.web.draw import message_page, page
from sensational.web.examples import examples
from sensational.web.shelf import Kept
from sensational.web.site import Site, is_teacher, site_of
from sensational.web.votes import words_in
from sensational.web.worker import BusyError

_MEDIA = {
    "report.html": "text/html; charset=utf-8",
    "report.pdf": "application/pdf",
    "analysis.json": "application/json",
}


def home_page(
    site: Site, *, problem: str = "", form: dict[str, str] | None = None, status: int = 200
) -> Response:
    """Where an article is given; for a reader, or for a teacher who puts one before the class."""
    return page(
        "home.html", status, examples=examples(), problem=problem, given=form or {},
        allow_fetch=site.settings.allow_fetch, classroom=site.settings.classroom,
    )  # fmt: skip


async def posted(request: Request) -> tuple[Kept, str] | Response:
    """The article of a posted form, scored, and where to go on; or the form again, with what was wrong."""
    site = site_of(request)
    given: dict[str, str] = {}
    try:
        form = await form_of(request)
        given = {name: text_of(form, name) for name in ("headline", "body", "address", "go")}
        return await kept_from(form, site), given["go"]
    except ReadingError as found:
        problem = f"{found.problem[:1].upper()}{found.problem[1:]}. {found.remedy}."
        return home_page(site, problem=problem, form=given, status=422)
    except BusyError:
        return busy_page()


def busy_page() -> Response:
    """The page for a visitor more than the worker can serve."""
    answer = message_page(503, "The program is busy with other articles.", "Wait a moment and try again.")
    answer.headers["retry-after"] = "2"
    return answer


def _closed(request: Request) -> Response | None:
    """In class mode, an article is the teacher's until the class has seen it."""
    if site_of(request).settings.classroom and not is_teacher(request):
        return message_page(403, "Only the teacher can open this page.", "Join the class with its code.")
    return None


async def post_article(request: Request) -> Response:
    """Take an article and go on to the guess, or to the ledger at once."""
    if refused := _closed(request):
        return refused
    found = await posted(request)
    if isinstance(found, Response):
        return found
    kept, go = found
    name = site_of(request).shelf.put(kept)
    return RedirectResponse(f"/article/{name}{'/ledger' if go == 'ledger' else ''}", 303)


def _kept(request: Request) -> Kept | Response:
    if refused := _closed(request):
        return refused
    kept = site_of(request).shelf.get(request.path_params["name"])
    return kept or message_page(404, "This article is no longer in memory.", "Enter it again.")


async def guess(request: Request) -> Response:
    """Headline and body, words to mark and a scale to set, and nothing else."""
    kept = _kept(request)
    if isinstance(kept, Response):
        return kept
    return page("guess.html", **kept.parts, kept=kept, name=request.path_params["name"])


async def ledger(request: Request) -> Response:
    """The ledger, which opens term by term where there is a script, with what was guessed."""
    kept = _kept(request)
    if isinstance(kept, Response):
        return kept
    marks = marks_in(request.query_params.getlist("w"), kept)
    guessed = number_in(request.query_params.get("guess", ""), 100)
    return page(
        "ledger.html", **kept.parts, live=True, kept=kept, name=request.path_params["name"],
        guessed=guessed, asked=guessed is not None, marked=entries_marked(kept, marks),
        others=beside(kept, marks),
    )  # fmt: skip


def marks_in(values: list[str], kept: Kept) -> frozenset[int]:
    """The numbers of marked words among what a form brought."""
    found = (number_in(value, len(kept.words) - 1) for value in values[: len(kept.words)])
    return frozenset(one for one in found if one is not None)


def number_in(value: str, most: int) -> int | None:
    """A whole number from 0 to ``most``; None for anything else."""
    if not (value.isascii() and value.isdigit() and len(value) < 6):
        return None
    return int(value) if int(value) <= most else None


def entries_marked(kept: Kept, marks: frozenset[int]) -> frozenset[Entry]:
    """The terms of the ledger of which a word was marked."""
    return frozenset(entry for entry in kept.view.shown if words_in(entry, kept.words) & marks)


def beside(kept: Kept, marks: frozenset[int]) -> tuple[str, ...]:
    """The marked words that stand in no row."""
    covered = {number for entry in kept.view.shown for number in words_in(entry, kept.words)}
    return tuple(word.text for word in kept.words if word.number in marks - covered)


async def download(request: Request) -> Response:
    """The report as a page or a PDF, or the analysis as JSON, to keep."""
    kept = _kept(request)
    if isinstance(kept, Response):
        return kept
    what = request.path_params["what"]
    if what not in _MEDIA:
        return message_page(404, "There is no such page.", "Go back to the start.")
    letter = request.query_params.get("paper") == "letter"
    work = {
        "report.html": kept.as_html,
        "report.pdf": lambda: kept.as_pdf(letter),
        "analysis.json": kept.as_json,
    }
    try:
        content = await site_of(request).worker.run(work[what])
    except BusyError:
        return busy_page()
    stem = safe_name(shortened(kept.view.headline_text, 50))
    ending = what.rpartition(".")[2]
    plain = stem.encode("ascii", "ignore").decode() or "report"
    disposition = f"attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{quote(stem)}.{ending}"
    return Response(content, media_type=_MEDIA[what], headers={"content-disposition": disposition})
