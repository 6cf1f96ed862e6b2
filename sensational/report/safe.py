"""Text from outside, made safe to show: nothing in it can steer a terminal or turn a line around."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from sensational.analysis import Analysis, Evidence, Provenance, Term
from sensational.article import Article, Clutter
from sensational.fitting import Fitting

_REPLACEMENT = 0xFFFD


@cache
def _table() -> dict[int, int]:
    """One character for one, so that every offset of an analysis still holds."""
    spaces = (0x09, 0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029)
    steering = [
        *range(0x0A), *range(0x0E, 0x20), *range(0x7F, 0xA0),  # control characters
        0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A),  # direction overrides
        *range(0xD800, 0xE000), 0xFEFF, *range(0xFDD0, 0xFDF0),  # surrogates, byte order mark
        *range(0xE0000, 0xE0080),  # invisible tags
        *(plane << 16 | low for plane in range(17) for low in (0xFFFE, 0xFFFF)),  # not characters
    ]  # fmt: skip
    table = dict.fromkeys(steering, _REPLACEMENT)
    table.update(dict.fromkeys(spaces, 0x20))
    return table


def visible(text: str) -> str:
    """``text`` with control characters, direction overrides and surrogates as U+FFFD.

    Newlines stay; other line breaks and tabs become spaces. The length never changes.
    """
    return text.translate(_table())


def one_line(text: str) -> str:
    """:func:`visible`, on one line; the length never changes."""
    return visible(text).replace("\n", " ")


def shortened(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` characters, cut at a word where one ends in the last third."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    if space > limit * 2 // 3:
        cut = cut[:space]
    return cut.rstrip(" ,;:") + "…"


def safe_article(article: Article) -> Article:
    """The article with every field made visible; offsets into headline and body still hold."""

    def maybe(text: str | None) -> str | None:
        return None if text is None else one_line(text)

    return Article(
        headline=one_line(article.headline),
        body=visible(article.body),
        id=maybe(article.id),
        outlet=maybe(article.outlet),
        date=maybe(article.date),
        address=maybe(article.address),
        clutter=tuple(Clutter(one_line(line.text), one_line(line.why)) for line in article.clutter),
    )


def safe_fitting(fitting: Fitting) -> Fitting:
    """The fitting headline with every text in it made visible."""
    changes = tuple(
        replace(one, before=one_line(one.before), after=one_line(one.after), reason=one_line(one.reason))
        for one in fitting.changes
    )
    return replace(fitting, text=one_line(fitting.text), changes=changes)


def safe_analysis(analysis: Analysis) -> Analysis:
    """The analysis with every text in it made visible."""

    def evidence(piece: Evidence) -> Evidence:
        source = None if piece.source is None else one_line(piece.source)
        return replace(piece, text=visible(piece.text), source=source)

    def term(one: Term) -> Term:
        return replace(
            one,
            text=one_line(one.text),
            reason=None if one.reason is None else one_line(one.reason),
            evidence=tuple(evidence(piece) for piece in one.evidence),
        )

    clutter = tuple(Clutter(one_line(line.text), one_line(line.why)) for line in analysis.body.clutter)
    return replace(
        analysis,
        id=None if analysis.id is None else one_line(analysis.id),
        headline=one_line(analysis.headline),
        reason=None if analysis.reason is None else one_line(analysis.reason),
        terms=tuple(term(one) for one in analysis.terms),
        body=replace(analysis.body, clutter=clutter),
        provenance=Provenance(
            one_line(analysis.provenance.version),
            one_line(analysis.provenance.verifier),
            one_line(analysis.provenance.lexicon),
        ),
    )
