"""The few sentences that say what was found, for a reader of fourteen who never heard of the tool.

What they say follows from the ledger: no sentence here holds against a headline what no row does, or lets
pass what a row does not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from sensational.analysis import Analysis, Term, readings
from sensational.divergence import WIDEST_INTERVAL
from sensational.report.points import whole
from sensational.report.safe import one_line, shortened

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
FAR = 38
"""Divergence, in whole points as shown, from which a headline goes "clearly further than its article"."""
_LOUD = 50  # loading, of 100, from which a headline counts as loud


class _Band(NamedTuple):
    """Divergence below ``until``: how far the headline goes, and what a reader of it alone takes away."""

    until: float
    says: str
    means: str


# The bounds lie midway between the anchors of the annotation guide (0, 25, 50, 75, 100).
_BANDS = (
    _Band(
        5,
        "The headline says no more than its article.",
        "The tool finds nothing that a careful editor would change.",
    ),
    _Band(
        13,
        "The headline goes a little further than its article.",
        "Anyone who reads only the headline misses a nuance.",
    ),
    _Band(
        FAR,
        "The headline goes somewhat further than its article.",
        "Anyone who reads only the headline misses some nuance.",
    ),
    _Band(
        63,
        "The headline goes clearly further than its article.",
        "Anyone who reads only the headline is misled about something that matters.",
    ),
    _Band(
        101,
        "The headline goes much further than its article.",
        "Anyone who reads only the headline is misled on the main point.",
    ),
)
# From this divergence on, a headline that is denied or about something else does not match its article.
_NO_FIT_FROM = 88
_NO_FIT = _Band(
    101,
    "The headline does not match its article.",
    "The article contradicts the headline or is about something else.",
)


def number(count: int) -> str:
    """A count in words up to twelve, in figures from there."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def plural(count: int, noun: str) -> str:
    """``"1 word"``, ``"2 words"``, ``"1,200 words"``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def named(term: str) -> str:
    """A term in quotation marks, its own marks taken off, not too long."""
    bare = shortened(one_line(term), 40).strip("\"'“”‘’ ").rstrip(",")
    return f"“{bare or term}”"


def listed(items: Sequence[str], last: str = "and") -> str:
    """``"a"``, ``"a and b"``, ``"a, b and c"``; ``last`` stands before the last one."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def is_open(term: Term) -> bool:
    """Whether the article was found to bear out less than the term claims."""
    return term.verdict not in (None, "supported")


def falls_short(term: Term) -> bool:
    """Whether the term is held against the headline: open, and loaded or worth a point."""
    return is_open(term) and (term.loaded or whole(term.contribution or 0) > 0)


def is_unsure(term: Term) -> bool:
    """Whether a term that the ledger lists has more than one likely verdict."""
    return (term.loaded or falls_short(term)) and bool(readings(term.verdict, term.probabilities))


def band(analysis: Analysis) -> str:
    """What the divergence means for someone who reads the headline alone, in one sentence."""
    return _band(analysis).means


def likely(analysis: Analysis) -> str:
    """Where a careful reader would probably put the divergence, in words."""
    if is_hard(analysis):
        return "hard to judge"
    low, high = _interval(analysis)
    return f"likely {whole(low)} to {whole(high)}"


def is_hard(analysis: Analysis) -> bool:
    """Whether the interval is too wide to be of use."""
    low, high = _interval(analysis)
    return high - low > WIDEST_INTERVAL


def doubt(analysis: Analysis) -> str:
    """Why an article is hard to judge, in one sentence; empty where it is not."""
    if not is_hard(analysis):
        return ""
    unsure = [named(term.text) for term in analysis.terms if is_unsure(term)]
    if unsure:
        others = f" and {number(len(unsure) - 3)} more" if len(unsure) > 3 else ""
        words = ", ".join(unsure[:3]) + others if others else listed(unsure)
        return f"Hard to judge: more than one verdict is likely for {words}."
    low, high = _interval(analysis)
    return (
        "Hard to judge: for headlines with this number, careful readers’ own scores range from "
        f"{whole(low)} to {whole(high)}."
    )


def _interval(analysis: Analysis) -> tuple[float, float]:
    return analysis.interval or (analysis.divergence or 0.0,) * 2


def stance(analysis: Analysis) -> str:
    """What the article as a whole does with the headline; empty where the ledger does not bear that out."""
    if analysis.stance is None or analysis.divergence is None:
        return ""
    shown = whole(analysis.divergence)
    verdicts = {term.verdict for term in analysis.terms if term.verdict}
    label = analysis.stance.label
    reads = "The tool reads the article as a whole as"
    if label == "agree" and shown < 13 and verdicts <= {"supported"}:
        return f"{reads} agreeing with the headline."
    if label == "discuss" and 5 <= shown < _NO_FIT_FROM and verdicts - {"supported"}:
        return f"{reads} discussing what the headline says, without taking sides."
    if label == "disagree" and shown >= FAR and "contradicted" in verdicts:
        return f"{reads} disagreeing with the headline."
    if label == "unrelated" and shown >= 63 and verdicts <= {"absent", "shifted"}:
        return f"{reads} being about something other than the headline."
    return ""


def summary(analysis: Analysis) -> str:
    """How far the headline goes beyond its article, and by which words: two or three sentences."""
    loaded = [term for term in analysis.terms if term.loaded]
    if analysis.status != "scored" or analysis.divergence is None:
        return f"{_not_scored(analysis)} {_loudness(loaded)}"
    unsure = [term for term in analysis.terms if is_unsure(term)]
    short = [term for term in analysis.terms if falls_short(term) and term not in unsure]
    says = _band(analysis).says
    if (unsure and not short) or is_hard(analysis):
        says = f"As far as the tool can tell, {says[0].lower()}{says[1:]}"
    opening = _opening(loaded, short, unsure)
    clauses = _clauses(short)
    if clauses and not opening.startswith("The tool"):
        clauses[0] = f"the tool finds that {clauses[0]}"
    if unsure:
        clauses.append(f"how far the article bears out {_named_apart(unsure, 'or')} is hard to say")
    said = [says, opening, *(f"{_capital(clause)}." for clause in clauses)]
    if loaded and not clauses and analysis.loading >= _LOUD and whole(analysis.divergence) < _BANDS[1].until:
        said.append("A loud headline can be fair.")
    return " ".join(part for part in said if part)


def _band(analysis: Analysis) -> _Band:
    shown = whole(analysis.divergence or 0.0)
    open_terms = [term for term in analysis.terms if falls_short(term)]
    if shown >= _NO_FIT_FROM and {term.verdict for term in open_terms} & {
        "contradicted",
        "absent",
        "shifted",
    }:
        return _NO_FIT
    return next(one for one in (_BANDS[1:] if open_terms else _BANDS) if shown < one.until)


def _not_scored(analysis: Analysis) -> str:
    reason = one_line(analysis.reason or "there is too little to go by").strip().rstrip(".")
    return f"This article was not scored. {_capital(reason)}."


def _loudness(loaded: Sequence[Term]) -> str:
    if not loaded:
        return "Its headline has no loaded words."
    words = listed([named(term.text) for term in loaded[:3]])
    if len(loaded) > 3:
        words = ", ".join(named(term.text) for term in loaded[:3]) + " and others"
    return f"Its headline has {number(len(loaded))} loaded {_terms(len(loaded))}: {words}."


def _terms(count: int) -> str:
    return "term" if count == 1 else "terms"


def _opening(loaded: Sequence[Term], short: Sequence[Term], unsure: Sequence[Term]) -> str:
    """How many of the loaded terms are surely borne out; nothing where the clauses say it of each."""
    count, borne = len(loaded), sum(term not in short and term not in unsure for term in loaded)
    if count == 0:
        backed = "" if short or unsure else ", and the article bears out what it says"
        return f"It has no loaded words{backed}."
    if not borne and (count == 1 or any(term in unsure for term in loaded)):
        return ""
    if count == 1:
        return f"The tool finds the one loaded term, {named(loaded[0].text)}, borne out."
    if borne == count:
        return f"The tool finds {'both' if count == 2 else f'all {number(count)}'} loaded terms borne out."
    of_these = number(borne) if borne else "neither" if count == 2 else "none"
    return f"The tool finds {of_these} of the {number(count)} loaded terms fully borne out."


def _clauses(short: Sequence[Term]) -> list[str]:
    """A clause for each verdict, heaviest first; at most three."""
    groups: dict[str, list[Term]] = {}
    for term in short:
        groups.setdefault(str(term.verdict), []).append(term)
    ordered = sorted(
        groups, key=lambda v: (v != "contradicted", -math.fsum(t.contribution or 0 for t in groups[v]))
    )
    clauses = [_clause(verdict, groups[verdict]) for verdict in ordered[:3]]
    if len(ordered) > 3:
        clauses.append("the others fall short in smaller ways")
    return clauses


def _clause(verdict: str, group: Sequence[Term]) -> str:
    who = _named_apart(group, "or" if verdict == "absent" else "and")
    one = len(group) == 1
    if verdict == "contradicted":
        return f"the article contradicts {who}"
    if verdict == "absent":
        return f"nothing in the article backs {who}"
    if verdict == "shifted":
        return f"{who} {'is' if one else 'are'} said of someone or something else, or of another time"
    if verdict == "weaker":
        return f"{who} {'is' if one else 'are'} stronger than what the article says"
    if verdict == "hedged":
        return f"the article is less certain of {who} than the headline is"
    return f"{who} {_rests(group)}"


def _named_apart(group: Sequence[Term], last: str) -> str:
    """Some terms by name, the plain ones apart: a count of the loaded terms stands before them."""
    heaviest = sorted(group, key=lambda t: (-(t.contribution or 0), t.start))
    items = _first_named([term for term in heaviest if term.loaded])
    plain = [term for term in heaviest if not term.loaded]
    if plain:
        items.append(f"the plain {_terms(len(plain))} {listed(_first_named(plain), last)}")
    return listed(items, last)


def _first_named(terms: Sequence[Term]) -> list[str]:
    """Up to three terms by name; of more, two by name and how many others there are."""
    words = [named(term.text) for term in terms]
    return words if len(words) <= 3 else [*words[:2], f"{number(len(words) - 2)} others"]


def _rests(group: Sequence[Term]) -> str:
    """On whose word some terms rest; a source that is not sure may be another one for each term."""
    pieces = [piece for term in group for piece in term.evidence if piece.voice != "author"]
    sources = {piece.source for piece in pieces}
    source = next(iter(sources)) if len(sources) == 1 else None
    if source:
        return f"{'rests' if len(group) == 1 else 'rest'} on the word of {shortened(one_line(source), 50)}"
    return f"{'rests' if len(group) == 1 else 'each rest'} on the word of one source"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def brief(analysis: Analysis) -> str:
    """Headline, number and sentence in three lines, for a terminal."""
    number_line = f"Loading {whole(analysis.loading)} of 100."
    if analysis.status == "scored" and analysis.divergence is not None:
        divergence = f"Divergence {whole(analysis.divergence)} of 100, {likely(analysis)}."
        number_line = f"{divergence} {number_line}"
    return "\n".join(
        (shortened(one_line(analysis.headline), 200) or "No headline", number_line, summary(analysis))
    )
