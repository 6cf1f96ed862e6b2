"""Invented articles with analyses made by hand, so that showing is tested without scoring."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from sensational.analysis import VERDICTS, Analysis, Body, Evidence, Provenance, Stance, Term
from sensational.article import Article, Clutter
from sensational.language.sentences import split_sentences

MADE = Provenance("0.1.0", "sha256:aaaa1111", "sha256:bbbb2222")


def found(body: str, text: str, voice: Any = "author", source: str | None = None, **more: Any) -> Evidence:
    """The sentence of the body that ``text`` stands in."""
    at = body.index(text)
    number, start, end = next(
        (number, start, end)
        for number, (start, end, _) in enumerate(split_sentences(body))
        if start <= at < end
    )
    flags = {"hedged": False, "denied": False} | more
    return Evidence(body[start:end], start, end, number, voice=voice, source=source, **flags)


def sure(verdict: str, share: float = 0.8, other: str = "absent") -> dict[str, float]:
    """Probabilities of the verdicts, all on one and some other."""
    other = other if other != verdict else "weaker"
    return {name: {verdict: share, other: round(1 - share, 6)}.get(name, 0.0) for name in VERDICTS}


def term(headline: str, text: str, verdict: Any, loading: float, support: float, **more: Any) -> Term:
    start = headline.index(text)
    fields: dict[str, Any] = {"kind": "force", "loaded": True, "probabilities": sure(verdict)} | more
    return Term(text, start, start + len(text), loading=loading, support=support, verdict=verdict, **fields)


def scored(article: Article, terms: list[Term], loading: float, **more: Any) -> Analysis:
    """An analysis whose contributions follow from loading and support by the formula."""
    kept = [1 - (0.02 + 0.4 * t.loading) * (1 - (t.support or 0)) for t in terms]
    total = math.prod(kept)
    divergence = 100 * (1 - total)
    logs = [-math.log(k) for k in kept]
    done = [
        replace(
            t,
            contribution=divergence * log / math.fsum(logs) if divergence else 0.0,
            without=100 * (1 - total / k),
        )
        for t, log, k in zip(terms, logs, kept, strict=True)
    ]
    fields: dict[str, Any] = {
        "schema_version": "2",
        "id": article.id,
        "headline": article.headline,
        "status": "scored",
        "reason": None,
        "divergence": divergence,
        "interval": (max(0.0, divergence - 13), min(100.0, divergence + 11)),
        "loading": loading,
        "stance": Stance("discuss", {"agree": 0.3, "discuss": 0.5, "disagree": 0.1, "unrelated": 0.1}),
        "terms": tuple(done),
        "body": Body(
            article.body.count(".") or 1,
            len(article.body.split()),
            tuple(Clutter(line.text, line.why) for line in article.clutter),
        ),
        "provenance": MADE,
    }
    return Analysis(**(fields | more))


def five() -> tuple[Article, Analysis]:
    """Five loaded terms, all of them beyond what the article says; one plain claim with points."""
    body = (
        "Commuters in Harlow Vale spent a second week on replacement buses after a landslip closed the "
        "branch line, and letters made public on Thursday show how the operator saw it.\n\n"
        "A regional manager left his post in March after what colleagues called a humiliating hearing "
        "before the county council. The mayor, Dana Okafor, was not at that hearing.\n\n"
        "One driver, who asked not to be named, wrote to his union that many of his colleagues were asking "
        "for leave “for family reasons” and were not expected back before the summer.\n\n"
        "“I am frightened of that embankment,” he wrote. “There are nine of us left on my roster.”\n\n"
        "The operator, Vale Rail, said that staffing was “tight but stable”. A spokeswoman added that "
        "the timetable could change in May.\n\n"
        "Engineers expect to reopen one track within a month. The county will pay for the buses until then."
    )
    headline = "Mayor humiliated as ‘terrified’ drivers abandon railway in droves over ‘family’ worries"
    article = Article(
        headline,
        body,
        id="five",
        outlet="Harlow Vale Examiner",
        date="14 May 2026",
        address="https://examiner.example/rail",
        clutter=(
            Clutter("Read more: ten walks to take this spring", "related headline"),
            Clutter("Sign up for our morning letter", "sign-up notice"),
            Clutter("A bus in the rain. Picture: J. Bell", "caption"),
        ),
    )
    who = "one driver"
    terms = [
        term(
            headline, "humiliated", "shifted", 0.9, 0.2, kind="emotion",
            reason="In the article a regional manager is humiliated, not the mayor.",
            evidence=(found(body, "humiliating"),),
        ),
        term(
            headline, "‘terrified’", "attributed", 0.75, 0.45, kind="quote", also=("weaker",),
            probabilities=sure("attributed", 0.55, "weaker"),
            reason="Only one unnamed driver says it, and he says “frightened”.",
            evidence=(found(body, "frightened", "unnamed", who),),
        ),
        term(
            headline, "abandon", "weaker", 0.8, 0.35, also=("attributed",),
            reason="The article says “asking for leave”, which is milder.",
            evidence=(
                found(body, "asking for leave", "unnamed", who, hedged=True),
                found(body, "nine of us left", "unnamed", who),
            ),
        ),
        term(
            headline, "in droves", "attributed", 0.7, 0.4, kind="scale",
            reason="Only one driver says this; the headline states it as fact.",
            evidence=(
                found(body, "many of his colleagues", "unnamed", who),
                found(body, "nine of us left", "unnamed", who),
            ),
        ),
        term(
            headline, "‘family’", "attributed", 0.4, 0.75, kind="quote",
            reason="It is the ground that one driver heard from others.",
            evidence=(found(body, "“for family reasons”", "unnamed", who),),
        ),
        term(
            headline, "worries", "absent", 0.15, 0.4, kind="plain", loaded=False,
            reason="The article does not mention it.",
        ),
    ]  # fmt: skip
    return article, scored(article, terms, 78.0)


def none() -> tuple[Article, Analysis]:
    """No loaded term, and the article says what the headline says."""
    body = (
        "The library in Carrow Street opens again on 3 June after seven weeks of repairs.\n\n"
        "The council says the roof is sound and the reading room has new lamps."
    )
    headline = "Library reopens on 3 June after repairs"
    article = Article(headline, body, id="none", outlet="Carrow Post")
    return article, scored(article, [], 6.0, interval=(0.0, 9.0))


def supported() -> tuple[Article, Analysis]:
    """A loud headline over a body that bears it out: loaded, not divergent."""
    body = (
        "Flames destroyed the whole market hall at Osk on Sunday night. The fire chief, Ana Ruiz, called it "
        "a catastrophe: “Nothing is left standing.”"
    )
    headline = "Catastrophe as fire destroys market hall"
    article = Article(headline, body, id="supported")
    terms = [
        term(headline, "Catastrophe", "supported", 0.9, 1.0, kind="judgement",
             reason="The fire chief calls it that.",
             evidence=(found(body, "a catastrophe", "named", "Ana Ruiz"),)),
        term(headline, "destroys", "supported", 0.7, 1.0,
             reason="The article says so in its own voice.", evidence=(found(body, "destroyed"),)),
    ]  # fmt: skip
    return article, scored(article, terms, 85.0)


def contradicted() -> tuple[Article, Analysis]:
    """Four words; the body denies them."""
    body = (
        "The hospital trust has not approved the new tablet. “There is no cure, and we never said so,” "
        "said Professor Lena Holt.\n\nA trial with forty patients may begin next year."
    )
    headline = "Miracle cure finally arrives"
    article = Article(headline, body, id="contradicted", outlet="Health Wire", date="2 April 2026")
    terms = [
        term(headline, "Miracle", "absent", 0.95, 0.1, kind="judgement",
             reason="The article does not mention it."),
        term(headline, "cure", "contradicted", 0.8, 0.0, kind="certainty", also=("absent",),
             reason="The article denies it.",
             evidence=(found(body, "There is no cure", "named", "Professor Lena Holt", denied=True),)),
        term(headline, "finally arrives", "hedged", 0.6, 0.2, kind="urgency",
             reason="The article says that a trial may begin next year.",
             evidence=(found(body, "may begin next year", hedged=True),)),
    ]  # fmt: skip
    return article, scored(article, terms, 88.0, stance=Stance("disagree", {}))


def twelve() -> tuple[Article, Analysis]:
    """Thirty words and twelve loaded terms of every verdict."""
    headline = (
        "Furious villagers slam ‘insane’ plan to bulldoze entire ancient forest as desperate council finally "
        "admits record debt will destroy beloved school, cripple every road and unleash total chaos by "
        "winter, shock report proves"
    )
    body = (
        "Some residents of Elmby are annoyed at a proposal to fell part of a wood. The wood is forty years "
        "old.\n\nA consultant's draft says that debt might reach a level last seen in 2011, and that a "
        "school could lose one class. “The plan is unwise,” said a resident. The council has not commented "
        "on roads.\n\n"
        "No decision will be taken before next autumn."
    )
    verdicts = ["weaker", "weaker", "shifted", "weaker", "contradicted", "absent", "hedged", "attributed",
                "hedged", "supported", "absent", "contradicted"]  # fmt: skip
    words = ["Furious", "slam", "‘insane’", "bulldoze", "entire", "desperate", "finally admits", "record",
             "will destroy", "beloved", "total chaos", "proves"]  # fmt: skip
    texts = ["annoyed", None, "unwise", "fell part of a wood", "part of a wood", None, "A consultant's draft",
             "a level last seen in 2011", "could lose one class", "a school", None, "draft"]  # fmt: skip
    terms = [
        term(
            headline, word, verdict, 0.95 - index * 0.05,
            1.0 if verdict == "supported" else 0.25 + index * 0.04,
            reason=f"Reason number {index + 1}.",
            evidence=(found(body, text),) if text else (),
        )
        for index, (word, verdict, text) in enumerate(zip(words, verdicts, texts, strict=True))
    ]  # fmt: skip
    article = Article(headline, body, id="twelve", outlet="The Elmby and District Weekly Advertiser")
    return article, scored(article, terms, 97.0)


def not_scored() -> tuple[Article, Analysis]:
    """No body to speak of."""
    headline = "Outrage over secret meeting"
    article = Article(headline, "Subscribe to read on.", id="short", outlet="Evening Echo")
    done = scored(
        article, [replace(term(headline, "Outrage", None, 0.8, 0.0, kind="emotion"), support=None)], 60.0
    )
    bare = tuple(replace(t, contribution=None, without=None, probabilities={}) for t in done.terms)
    return article, replace(
        done, status="not_scored", divergence=None, interval=None, stance=None, terms=bare,
        reason="The article is too short to judge: it has fewer than 10 words.",
    )  # fmt: skip


HOSTILE = (
    "<script>alert(1)</script> </style><b>x</b> {{7*7}} {% raw %} #let x = 1 $x$ \\frac{a}{b} *b* _e_ "
    "[red]r[/red] \x1b[31mred\x1b[0m \x9b31m \u202egnp.exe \u2066iso\u2069 \ud800 \x00 😀 漢字 שלום --> ]]> "
    "&amp; \"q\" 'a' @label <lab>"
)


def hostile() -> tuple[Article, Analysis]:
    """Every field holds text that would do something if it were not text."""
    headline = f"{HOSTILE} horror"
    body = f"{HOSTILE}\n\nThe word {HOSTILE} stands here.\u2028End."
    article = Article(
        headline, body, id=HOSTILE, outlet=HOSTILE, date=HOSTILE, address="javascript:alert(1)" + HOSTILE,
        clutter=(Clutter(HOSTILE, HOSTILE),),
    )  # fmt: skip
    end = len(body) - 4
    piece = Evidence(body[:end], 0, end, 0, "named", HOSTILE, True, True)
    terms = [
        Term(headline, 0, len(headline), "force", True, 0.9, 0.2, "contradicted", ("absent",),
             sure("contradicted"), HOSTILE, None, None, (piece, piece)),
        term(headline, "horror", "absent", 0.8, 0.1, reason=HOSTILE),
    ]  # fmt: skip
    done = scored(article, terms, 90.0)
    return article, replace(done, provenance=Provenance(HOSTILE, HOSTILE, HOSTILE))


SAMPLES = {
    sample.__name__: sample
    for sample in (five, none, supported, contradicted, twelve, not_scored, hostile)
}  # fmt: skip
