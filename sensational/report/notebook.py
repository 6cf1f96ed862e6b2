"""The ledger as a piece of a notebook, which other outputs stand beside: no ids, no links, no script."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from sensational.analysis import Analysis, Evidence
from sensational.article import Article
from sensational.report.html import environment
from sensational.report.tokens import colours, tokens
from sensational.report.view import build_view

_STYLE = Path(__file__).with_name("templates") / "notebook.css"


def notebook_html(analysis: Analysis, article: Article | None = None) -> str:
    """Headline, numbers and ledger as HTML without a page around it, everything from outside escaped.

    It is set on paper of its own, light or dark, so that it can be read whatever stands behind it.

    Args:
        analysis: what is shown.
        article: what it was said of. Without it, the evidence is quoted from the analysis.
    """
    from markupsafe import Markup

    if article is None:
        article, analysis = _quoted(analysis)
    return (
        environment()
        .get_template("notebook.html")
        .render(
            view=build_view(article, analysis, readability_too=False),
            style=Markup(_style()),  # noqa: S704 - our own file and tokens
            signs={name: verdict["sign"] for name, verdict in tokens()["verdicts"].items()},
        )
    )


def _quoted(analysis: Analysis) -> tuple[Article, Analysis]:
    """An article whose body is the evidence of an analysis, and the analysis with offsets into that."""
    starts: dict[str, int] = {}
    length = 0
    for term in analysis.terms:
        for piece in term.evidence:
            if piece.text not in starts:
                starts[piece.text] = length
                length += len(piece.text) + 1

    def moved(piece: Evidence) -> Evidence:
        start = starts[piece.text]
        return replace(piece, start=start, end=start + len(piece.text))

    terms = (
        replace(term, evidence=tuple(moved(piece) for piece in term.evidence)) for term in analysis.terms
    )
    return Article(analysis.headline, "\n".join(starts)), replace(analysis, terms=tuple(terms))


@cache
def _style() -> str:
    """The rules of ``notebook.css``, with fonts and the colours of both themes."""
    light, dark = (
        ";".join(f"--s-{name}:{colour}" for name, colour in colours(theme).items())
        for theme in ("light", "dark")
    )
    fonts = tokens()["fonts"]
    rules = _STYLE.read_text(encoding="utf-8")
    for name, value in (("LIGHT", light), ("DARK", dark), ("SERIF", fonts["html_serif"]),
                        ("SANS", fonts["html_sans"]), ("SIGN", fonts["html_sign"])):  # fmt: skip
        rules = rules.replace(f"/*{name}*/", value)
    return rules
