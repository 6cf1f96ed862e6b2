"""Where what is shown of an article contradicts itself or its ledger; for any article.

Each function gives sentences that say what is wrong, and none where all is well. :func:`contradictions` is
all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sensational.analysis import Analysis
from sensational.article import Article
from sensational.fitting import Fitting
from sensational.report.chart import chart_text
from sensational.report.ledger import Entry
from sensational.report.sentences import named, number
from sensational.report.view import View, build_view
from sensational.rewrite.choose import LEAST_GAIN, MOST_DIVERGENCE
from sensational.worksheet.lesson import Lesson, build_lesson

# What a reason may only say under these verdicts.
_ONLY_UNDER = {
    r"^A sentence of the article denies|both count the same|speak against": {"contradicted"},
    r"^The article does not use|found nothing|but nothing": {"absent"},
    r"^Nobody in the article": {"absent", "weaker"},
    r"milder|stronger than": {"weaker"},
    r"someone or something else|quotation marks\.$": {"shifted"},
    r"only in the words of|does not say it": {"attributed"},
    r"surer\.$|less certain": {"hedged"},
    r"^The article says so|^The article itself|as support|this number": {"supported"},
}
# What a reason does not say where another verdict is likely too.
_ONLY_WHERE_SURE = re.compile(
    r"^The article (?:says so|itself says)|article denies|does not say it|headline sounds surer"
)


def contradictions(article: Article, analysis: Analysis, fitting: Fitting | None) -> list[str]:
    """Everything that the report, the key and the offered headline say of an article against its ledger.

    Args:
        article: what was read.
        analysis: what was said of it.
        fitting: the headline that is offered, if there is one.
    """
    view = build_view(article, analysis, fitting=fitting, readability_too=False)
    lesson = build_lesson(article, analysis, fitting)
    return [
        *in_points(view),
        *in_the_summary(view),
        *in_the_number(view),
        *in_reasons(view.shown),
        *in_sources(view.shown),
        *in_the_chart(view),
        *in_the_stance(analysis, view),
        *in_the_offer(analysis, view, fitting),
        *in_the_key(view, lesson),
    ]


def in_points(view: View) -> Iterator[str]:
    """Points add up to the number, and no supported term has any."""
    points = sum(entry.points for entry in view.shown)
    if view.open and points != view.divergence:
        yield f"the points add up to {points}, and the divergence is {view.divergence}"
    for entry in view.shown:
        if entry.verdict == "supported" and (entry.shown_points or entry.points):
            yield f"“{entry.text}” is supported and costs {entry.shown_points or entry.points} points"
        if entry.verdict == "supported" and entry.support < 0.98:
            yield f"“{entry.text}” is supported and only {entry.support} of it is borne out"
        if entry.open and entry.shown_points in ("", "0"):
            yield f"“{entry.text}” is {entry.verdict} and costs nothing"
    verdicts = [entry.open for entry in view.shown]
    if verdicts != sorted(verdicts, reverse=True):
        yield "a supported term stands before one that is not"


def in_the_summary(view: View) -> Iterator[str]:
    """The summary and the sentence under the number hold against the headline what the ledger does."""
    if not view.scored:
        if view.open:
            yield "the article was not scored, and there are verdicts"
        return
    text = view.summary
    passes = "he headline says no more" in text
    if passes == bool(view.open):
        yield f"{len(view.open)} terms are open, and the summary says: {text}"
    if passes and view.divergence >= 5:
        yield f"the divergence is {view.divergence}, and the summary says: {text}"
    if view.open and "nothing that a careful editor would change" in view.band:
        yield "terms are open, and the band finds nothing to change"
    if view.open and "can be fair" in text:
        yield "terms are open, and the summary says that a loud headline can be fair"
    verdicts = {entry.verdict for entry in view.open}
    for said, needed in (
        ("he article contradicts", {"contradicted"}),
        ("othing in the article backs", {"absent"}),
        ("does not match its article", {"contradicted", "absent", "shifted"}),
    ):
        if said in text and not needed & verdicts:
            yield f"no term is {' or '.join(sorted(needed))}, and the summary says: {text}"
    loaded = [entry for entry in view.shown if entry.loaded]
    if re.search("finds (?:all|both) .*borne out", text) and any(entry.open for entry in loaded):
        yield f"a loaded term is open, and the summary says: {text}"
    borne = number(sum(not entry.open and not entry.also for entry in loaded))
    counted = re.search(r"finds (\w+) of the \w+ loaded terms fully borne out", text)
    if counted and counted[1] != borne and not (counted[1] in ("neither", "none") and borne == "no"):
        yield f"{borne} loaded terms are surely borne out, and the summary says: {text}"
    hard = re.search(r"[Hh]ow far the article bears out (.*) is hard to say", text)
    if bool(hard) != any(entry.also for entry in view.shown):
        yield f"the ledger and the summary differ in what is hard to say: {text}"
    for entry in view.shown if hard and "others" not in hard[1] else ():
        if bool(entry.also) != (named(entry.text) in hard[1]):
            yield f"“{entry.text}” may be {[entry.verdict, *entry.also]}, and the summary says: {text}"
    for entry in view.shown:
        if f"backs {named(entry.text)}." in text and entry.verdict != "absent":
            yield f"“{entry.text}” is {entry.verdict}, and the summary says: {text}"
        if not entry.loaded and named(entry.text) in text and "the plain term" not in text.lower():
            yield f"“{entry.text}” is a plain term, and the summary does not name it apart: {text}"


def in_the_number(view: View) -> Iterator[str]:
    """The interval holds the number, or it is absent and the report says why."""
    if not view.scored:
        return
    if not view.low <= view.divergence <= view.high:
        yield f"{view.divergence} does not lie from {view.low} to {view.high}"
    if view.high - view.low > 51:  # both are rounded
        yield f"the interval {view.low} to {view.high} says nothing"
    if (view.likely == "hard to judge") != bool(view.doubt):
        yield f"“{view.likely}” stands beside “{view.doubt}”"
    if view.doubt and view.low != view.high:
        yield "an interval is drawn of an article that is hard to judge"


def in_reasons(entries: Sequence[Entry]) -> Iterator[str]:
    """Each row has a reason of its own that fits its verdict."""
    said: dict[str, str] = {}
    for entry in entries:
        if not entry.verdict:
            continue
        if entry.reason in said:
            yield f"“{entry.text}” and “{said[entry.reason]}” have the same reason: {entry.reason}"
        said[entry.reason] = entry.text
        for pattern, verdicts in _ONLY_UNDER.items():
            if re.search(pattern, _unquoted(entry.reason)) and entry.verdict not in verdicts:
                yield f"“{entry.text}” is {entry.verdict} because: {entry.reason}"
        if entry.verdict == "absent" and entry.quotes:
            yield f"“{entry.text}” is absent, and there is evidence"
        if entry.also and _ONLY_WHERE_SURE.search(_unquoted(entry.reason)):
            yield f"“{entry.text}” may be {entry.also[0]}, and is surely {entry.verdict}: {entry.reason}"


def _unquoted(text: str) -> str:
    return re.sub("“[^”]*”", "“”", text)


def in_sources(entries: Sequence[Entry]) -> Iterator[str]:
    """A source is a name or *one source*, in the reason as under the quotation."""
    for entry in entries:
        for quote in entry.quotes:
            if quote.who and quote.who != "one source" and (re.search(r"[\d()]|not named", quote.who)):
                yield f"“{entry.text}”: {quote.who} is no source"
        only = re.match(r"(?:Only )?(.+?) says this;", entry.reason)
        if only and entry.quotes and entry.quotes[0].who not in ("", only[1], _small(only[1])):
            yield f"“{entry.text}”: {entry.reason} The quotation is by {entry.quotes[0].who}"


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]


def in_the_chart(view: View) -> Iterator[str]:
    """The chart draws the open terms, and each of them falls short."""
    text = chart_text(view.open)
    unsure = {named(entry.text) for entry in view.shown if entry.also}
    hard = re.search("more than one verdict is likely for (.*)", view.doubt)
    for name in re.findall("“[^”]*”", hard[1]) if hard else ():
        if name not in unsure:
            yield f"{name} has one verdict, and: {view.doubt}"
    for entry in view.shown:
        if not entry.open and f"{named(entry.text)}: claims" in text and entry.text not in {
            one.text for one in view.open
        }:  # fmt: skip
            yield f"“{entry.text}” is {entry.verdict or 'not judged'}, and the chart draws it"
        if entry.open and entry.supported > entry.claimed:
            yield f"“{entry.text}” claims {entry.claimed}, and the chart bears out {entry.supported}"


def in_the_stance(analysis: Analysis, view: View) -> Iterator[str]:
    """What the article as a whole does is what the rows say that it does."""
    verdicts = {entry.verdict for entry in view.shown}
    if " agreeing" in view.stance and (verdicts - {"supported"} or view.divergence >= 13):
        yield f"the divergence is {view.divergence}, and: {view.stance}"
    if "disagreeing" in view.stance and ("contradicted" not in verdicts or view.divergence < 38):
        yield f"nothing is contradicted, and: {view.stance}"
    if "something other" in view.stance and verdicts - {"absent", "shifted"}:
        yield f"the article has something on the headline, and: {view.stance}"
    if view.stance and analysis.stance is None:
        yield f"no stance was read, and: {view.stance}"


def in_the_offer(analysis: Analysis, view: View, fitting: Fitting | None) -> Iterator[str]:
    """What is offered fits clearly better, and has nothing that the ledger denies the headline."""
    if fitting is None:
        if view.offer is not None:
            yield "a headline is shown, and none was found"
        return
    if not view.open:
        yield f"nothing is open, and another headline is offered: {fitting.text}"
    if fitting.divergence >= MOST_DIVERGENCE or fitting.divergence > (analysis.divergence or 0) - LEAST_GAIN:
        yield f"the headline that is offered diverges by {fitting.divergence}"
    for entry in view.open:
        gone = entry.verdict in ("absent", "contradicted")
        if gone and re.search(rf"\b{re.escape(entry.text.lower())}\b", fitting.text.lower()):
            yield f"“{entry.text}” is {entry.verdict}, and it stands in the headline that is offered"
    supported = {entry.text for entry in view.shown if entry.verdict == "supported"}
    for change in fitting.changes:
        if change.kind == "term_dropped" and change.before in supported:
            yield f"“{change.before}” is supported, and the headline that is offered leaves it out for that"


def in_the_key(view: View, lesson: Lesson) -> Iterator[str]:
    """The teacher's key gives the ledger's answers, or leaves a term open and settles nothing."""
    if lesson.stands and view.open:
        yield "terms are open, and the key lets the headline stand"
    if (lesson.divergence, lesson.summary, lesson.likely) != (view.divergence, view.summary, view.likely):
        yield "the key has another number or summary than the report"
    entries = {(entry.text, entry.start): entry for entry in view.shown if entry.loaded}
    texts = {text: entry for (text, _), entry in entries.items()}
    if len(texts) < len(entries):
        return  # the same words twice: answers cannot be told apart by their text
    for answer in lesson.answers:
        entry = texts.get(answer.text)
        if entry is None:
            continue  # cut to another length
        if answer.readings:
            if answer.why or answer.points or answer.sure or answer.who == "Nobody.":
                yield f"“{answer.text}” is open for discussion, and the key settles it"
            if {entry.verdict, *entry.also} != {*answer.readings}:
                yield f"“{answer.text}” is {entry.verdict}, which is none of the readings"
        elif entry.also:
            yield f"“{answer.text}” is open in the ledger, and the key settles it"
        elif (answer.verdict, answer.points, answer.why) != (entry.verdict, entry.points, entry.reason):
            yield f"“{answer.text}” is {answer.verdict} in the key, and {entry.verdict} in the ledger"
        if answer.verdict == "supported" and re.search("vouch|Not sure", answer.sure):
            yield f"“{answer.text}” is supported, and the key says: {answer.sure}"
        if answer.who == "Nobody." and answer.quotes:
            yield f"“{answer.text}”: nobody says it, and there is a sentence"
        if any(not 1 <= number <= max(1, len(lesson.paragraphs)) for number in answer.paragraphs):
            yield f"“{answer.text}” has its sentence in no paragraph"
