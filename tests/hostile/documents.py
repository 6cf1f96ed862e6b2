"""Articles, analyses and corpora that hold one text in every field at once, each under a mark of its own."""

from collections.abc import Callable
from dataclasses import replace

from sensational.analysis import VERDICTS, Analysis, Body, Evidence, Provenance, Stance, Term
from sensational.article import Article, Clutter
from sensational.corpus.coding_sheet import Item
from sensational.corpus.scored import ScoredArticle, ScoredTerm, Unreadable
from sensational.fitting import Change, Fitting
from sensational.report.view import View, build_view
from sensational.web.shelf import Kept, words_of

Text = Callable[[str], str]
"""Gives the text of a field, by the field's name."""

ARTICLE = ("headline", "body", "id", "outlet", "date", "address", "clutter", "reason of clutter")
ANALYSIS = (
    *ARTICLE,
    "term",
    "evidence",
    "source",
    "reason of a term",
    "version",
    "verifier",
    "lexicon",
    "fitting headline",
    "before",
    "after",
    "reason of a change",
)
CORPUS = (
    "group",
    "name of the column",
    "headline",
    "term",
    "file",
    "id",
    "reason",
    "version",
    "verifier",
    "lexicon",
    "unreadable row",
    "source file",
    "body",
)


def mark(field: str) -> str:
    """What a field begins with, to find it again: letters only, which no output changes."""
    number = (*ANALYSIS, *CORPUS).index(field)
    return f"zq{chr(97 + number // 26)}{chr(97 + number % 26)}"


def filled(payload: str) -> Text:
    """The payload first, where a cell might run it, then the mark by which it is found again."""
    return lambda field: f"{payload}{mark(field)}{payload}"


def briefly(payload: str) -> Text:
    """The mark first, for labels that are cut after some letters."""
    return lambda field: f"{mark(field)}{payload}"


def article_of(text: Text) -> tuple[Article, Analysis, Fitting]:
    """An article that was scored, and a headline that fits it."""
    headline = f"{text('headline')} {text('term')} ends"
    body = f"{text('body')}\n\nThe mayor {text('evidence')} left the talks and the town behind her.\nEnd."
    article = Article(
        headline,
        body,
        id=text("id"),
        outlet=text("outlet"),
        date=text("date"),
        address=text("address"),
        clutter=(Clutter(text("clutter"), text("reason of clutter")),),
    )
    start, at = headline.index(text("term")), body.index(text("evidence"))
    pieces = tuple(
        Evidence(
            text("evidence"),
            at,
            at + len(text("evidence")),
            1,
            voice,
            text("source"),
            True,
            True,
        )
        for voice in ("named", "unnamed", "document")
    )
    terms = (
        Term(
            text("term"),
            start,
            start + len(text("term")),
            "force",
            True,
            0.9,
            0.2,
            "contradicted",
            ("absent",),
            {name: 0.7 if name == "contradicted" else 0.05 for name in VERDICTS},
            text("reason of a term"),
            30.0,
            10.0,
            pieces,
        ),
        Term(
            "ends",
            len(headline) - 4,
            len(headline),
            "plain",
            False,
            0.1,
            1.0,
            "supported",
            (),
            {name: float(name == "supported") for name in VERDICTS},
            "The article says so in its own voice.",
            0.0,
            30.0,
            (),
        ),
    )
    made = Provenance(text("version"), text("verifier"), text("lexicon"))
    analysis = Analysis(
        "2",
        text("id"),
        headline,
        "scored",
        None,
        30.0,
        (20.0, 45.0),
        70.0,
        Stance("discuss", {"agree": 0.2, "discuss": 0.6, "disagree": 0.1, "unrelated": 0.1}),
        terms,
        Body(3, 40, article.clutter),
        made,
    )
    changes = (
        Change("rung_lowered", text("before"), text("after"), text("reason of a change")),
        Change("term_dropped", headline, "", text("reason of a change")),
    )
    return article, analysis, Fitting(text("fitting headline"), 4.0, changes)


def view_of(text: Text) -> View:
    """All that a report shows of :func:`article_of`."""
    article, analysis, fitting = article_of(text)
    return build_view(article, analysis, fitting=fitting)


def kept_of(text: Text) -> Kept:
    """The same, as the pages of the browser keep it."""
    from sensational.report.html import shown_parts

    article, analysis, _ = article_of(text)
    view = view_of(text)
    return Kept(article, analysis, view, shown_parts(view), words_of(view.headline_text))


def corpus_of(text: Text) -> list[ScoredArticle | Unreadable]:
    """Some scored articles in two groups, one that was not scored, and a row that cannot be read."""

    def one(row: int, group: str, divergence: float | None) -> ScoredArticle:
        terms = (
            ScoredTerm(text("term"), "force", True, 0.7, 0.3, "weaker", 12.0),
            ScoredTerm("storms", "force", True, 0.5, 0.4, "absent", 4.0),
        )
        return ScoredArticle(
            text("file"),
            row,
            text("id"),
            text("headline"),
            None if divergence is not None else text("reason"),
            divergence,
            None if divergence is None else (divergence, divergence + 5),
            40.0,
            "discuss",
            {text("name of the column"): group},
            terms if divergence is not None else (),
            (text("version"), text("verifier"), text("lexicon")),
        )

    rows = [one(row, text("group") if row % 2 else "Gazette", 10.0 * row) for row in range(1, 9)]
    return [*rows, one(9, text("group"), None), Unreadable(10, text("unreadable row"))]


def sheet_items(text: Text) -> list[Item]:
    """Articles to be judged by people."""
    scored = [row for row in corpus_of(text) if isinstance(row, ScoredArticle) and row.divergence is not None]
    return [Item(replace(row, row=1), text("body")) for row in scored[:2]]
