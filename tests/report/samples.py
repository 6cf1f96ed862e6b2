"""Invented articles with analyses made by hand, so that showing is tested without scoring."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from sensational.analysis import (
    Analysis,
    Body,
    ClaimStrength,
    Evidence,
    Gap,
    Provenance,
    Stance,
    Term,
)
from sensational.article import Article, Clutter

MADE = Provenance("0.1.0", "sha256:aaaa1111", "sha256:bbbb2222")


def gap(kind: Any, size: float, reason: str) -> Gap:
    return Gap(kind, size, reason)


def found(body: str, text: str, voice: Any = "author", source: str | None = None, **more: Any) -> Evidence:
    start = body.index(text)
    flags = {"hedged": False, "denied": False, "match": "same word", "sentence": 0} | more
    return Evidence(text, start, start + len(text), voice=voice, source=source, **flags)


def term(headline: str, text: str, verdict: Any, loading: float, support: float, **more: Any) -> Term:
    start = headline.index(text)
    fields: dict[str, Any] = {"kind": "force", "loaded": True} | more
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
        "schema_version": "1",
        "id": article.id,
        "headline": article.headline,
        "status": "scored",
        "reason": None,
        "divergence": divergence,
        "interval": (max(0.0, divergence - 13), min(100.0, divergence + 11)),
        "loading": loading,
        "teasing": 0.0,
        "stance": Stance("discuss", {"agree": 0.3, "discuss": 0.5, "disagree": 0.1, "unrelated": 0.1}),
        "claim_strength": ClaimStrength(0, 0),
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
    """Five loaded terms, all of them beyond what the body says; one plain claim with points."""
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
            gaps=(
                gap("subject", 0.7, "Said of a regional manager, not of the mayor."),
                gap("time", 0.2, "The hearing was in March."),
            ),
            evidence=(found(body, "humiliating"),),
        ),
        term(
            headline, "‘terrified’", "attributed", 0.75, 0.45, kind="quote", also=("weaker",),
            gaps=(
                gap("source", 0.4, "Only in the words of one unnamed driver, of himself."),
                gap("strength", 0.2, "One rung below: frightened → terrified."),
            ),
            evidence=(found(body, "frightened", "unnamed", who),),
        ),
        term(
            headline, "abandon", "weaker", 0.8, 0.35, also=("attributed",),
            gaps=(
                gap("strength", 0.5, "Two rungs below: ask for leave → leave → quit → abandon."),
                gap("source", 0.3, "One unnamed source."),
            ),
            evidence=(
                found(body, "asking for leave", "unnamed", who),
                found(body, "not expected back", "unnamed", who, hedged=True),
            ),
        ),
        term(
            headline, "in droves", "attributed", 0.7, 0.4, kind="scale",
            gaps=(gap("source", 0.4, "Only in the words of one unnamed driver."),),
            evidence=(
                found(body, "many of his colleagues", "unnamed", who),
                found(body, "nine of us left", "unnamed", who),
            ),
        ),
        term(
            headline, "‘family’", "attributed", 0.4, 0.75, kind="quote",
            gaps=(gap("source", 0.2, "His word, and the ground that others gave."),),
            evidence=(found(body, "“for family reasons”", "unnamed", who),),
        ),
        term(
            headline, "drivers", "supported", 0.1, 1.0, kind="plain", loaded=False,
            evidence=(found(body, "driver"),),
        ),
        term(
            headline, "worries", "absent", 0.15, 0.4, kind="plain", loaded=False,
            gaps=(gap("absence", 0.6, "Not found in the body."),),
        ),
    ]  # fmt: skip
    return article, scored(article, terms, 78.0)


def none() -> tuple[Article, Analysis]:
    """No loaded term; the plain claims are borne out."""
    body = (
        "The library in Carrow Street opens again on 3 June after seven weeks of repairs.\n\n"
        "The council says the roof is sound and the reading room has new lamps."
    )
    headline = "Library reopens on 3 June after repairs"
    article = Article(headline, body, id="none", outlet="Carrow Post")
    terms = [
        term(headline, "reopens", "supported", 0.05, 1.0, kind="plain", loaded=False,
             evidence=(found(body, "opens again"),)),
        term(headline, "3 June", "supported", 0.1, 1.0, kind="plain", loaded=False,
             evidence=(found(body, "3 June"),)),
    ]  # fmt: skip
    return article, scored(article, terms, 6.0, interval=(0.0, 9.0))


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
             evidence=(found(body, "a catastrophe", "named", "Ana Ruiz"),)),
        term(headline, "destroys", "supported", 0.7, 1.0, evidence=(found(body, "destroyed"),)),
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
             gaps=(gap("absence", 0.9, "The body uses no such word, nor one like it."),)),
        term(headline, "cure", "contradicted", 0.8, 0.0, kind="certainty", also=("absent",),
             gaps=(gap("polarity", 1.0, "The body denies it."),),
             evidence=(found(body, "There is no cure", "named", "Professor Lena Holt", denied=True),
                       found(body, "no cure, and we never said so", "named", "Professor Lena Holt",
                             denied=True))),
        term(headline, "finally arrives", "hedged", 0.6, 0.2, kind="urgency",
             gaps=(gap("certainty", 0.6, "A trial that may begin next year."),),
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
            gaps=() if verdict == "supported" else (gap("strength", 0.5, f"Reason number {index + 1}."),),
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
    bare = tuple(replace(t, contribution=None, without=None) for t in done.terms)
    return article, replace(
        done, status="not_scored", reason="body too short to judge (4 words)", divergence=None,
        interval=None, stance=None, terms=bare, claim_strength=ClaimStrength(None, None),
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
    piece = Evidence(body[:end], 0, end, 0, "named", HOSTILE, True, True, HOSTILE)
    terms = [
        Term(headline, 0, len(headline), "force", True, 0.9, 0.2, "contradicted", ("absent",),
             (Gap("strength", 0.5, HOSTILE),), None, None, (piece, piece)),
        term(headline, "horror", "absent", 0.8, 0.1, gaps=(gap("absence", 1, HOSTILE),)),
    ]  # fmt: skip
    done = scored(article, terms, 90.0)
    return article, replace(done, provenance=Provenance(HOSTILE, HOSTILE, HOSTILE))


SAMPLES = {
    sample.__name__: sample
    for sample in (five, none, supported, contradicted, twelve, not_scored, hostile)
}  # fmt: skip
