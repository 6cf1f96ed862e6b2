"""From a form to an article: pasted, dropped, an example, or an address."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from sensational.article import Article
from sensational.reading import ReadingError, read_bytes, read_text
from sensational.web.examples import example_article
from sensational.web.fetch import SECONDS, RefusedError, fetch
from sensational.web.settings import LARGEST_ARTICLE, LONGEST_ARTICLE, LONGEST_HEADLINE
from sensational.web.shelf import Kept, keep
from sensational.web.site import Site


async def form_of(request: Request) -> FormData:
    """The fields of a form. An uploaded file stays in memory and never touches the disk.

    Raises:
        ReadingError: it is no form.
    """
    try:
        if not request.headers.get("content-type", "").startswith("multipart/form-data"):
            return await request.form()
        parser = MultiPartParser(
            request.headers, request.stream(), max_files=1, max_fields=12, max_part_size=LARGEST_ARTICLE
        )
        parser.spool_max_size = LARGEST_ARTICLE + 1  # never reached: the guard lets no more in
        return await parser.parse()
    except (MultiPartException, FormParserError, HTTPException, ValueError) as problem:
        raise ReadingError("the form", "it did not arrive completely", "Try again") from problem


def text_of(form: FormData, name: str) -> str:
    """A field of a form, empty where it is missing or a file."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


async def kept_from(form: FormData, site: Site) -> Kept:
    """The article of a form, scored.

    Raises:
        ReadingError: there is no article in it.
        BusyError: too many are waiting.
    """
    reader = await _reader(form, site)

    def read_and_keep() -> Kept:
        article = reader()
        if not article.headline.strip():
            raise ReadingError("the article", "it has no headline", "Enter one in the first field")
        if len(article.headline) > LONGEST_HEADLINE:
            raise ReadingError(
                "the headline",
                f"the headline is longer than {LONGEST_HEADLINE} characters",
                "Enter only the headline in the first field",
            )
        if len(article.body) > LONGEST_ARTICLE:
            raise ReadingError(
                "the article", f"it is longer than {LONGEST_ARTICLE:,} characters", "Enter a single article"
            )
        return keep(article)

    return await site.worker.run(read_and_keep)


async def _reader(form: FormData, site: Site) -> Callable[[], Article]:
    """What makes the article; to be called where it disturbs nobody."""
    headline = text_of(form, "headline").strip() or None
    if example := text_of(form, "example"):
        try:
            found = example_article(example)
        except KeyError:
            raise ReadingError("the example", "there is none with this name", "Choose another") from None
        return lambda: found
    upload = form.get("file")
    if isinstance(upload, UploadFile) and upload.size:
        data = await upload.read()
        page = (upload.filename or "").lower().endswith((".html", ".htm", ".xhtml"))
        return lambda: _nameless(
            read_bytes(data, "your file.html" if page else "your file", headline=headline)
        )
    if (address := text_of(form, "address").strip()) and site.settings.allow_fetch:
        data, final = await _fetched(address, site)
        return lambda: replace(read_bytes(data, "the page.html", headline=headline), id=None, address=final)
    body = text_of(form, "body")
    if not body.strip():
        raise ReadingError("the article", "there is no text", "Paste it, drop a file, or choose an example")
    return lambda: read_text(body, headline=headline)


async def _fetched(address: str, site: Site) -> tuple[bytes, str]:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(2 * SECONDS):
            return await loop.run_in_executor(site.fetchers, fetch, address)
    except TimeoutError:
        raise RefusedError("it took too long") from None


def _nameless(article: Article) -> Article:
    """Without the name of the file, which says something about whoever saved it."""
    return replace(article, id=None)
