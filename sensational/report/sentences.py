"""The few sentences that say what was found, for a reader of fourteen who never heard of the tool."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sensational.analysis import Analysis, Term
from sensational.report.points import whole
from sensational.report.safe import one_line, shortened

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip

# Upper bound of each band, how far the headline goes, and what that means for whoever reads it alone.
# The bounds lie midway between the anchors of the annotation guide (0, 25, 50, 75, 100).
_BANDS: tuple[tuple[float, str, str], ...] = (
    (
        5,
        "The headline says no more than its article.",
        "A careful editor would let every word of the headline stand.",
    ),
    (
        13,
        "The headline goes hardly further than its article.",
        "Whoever reads only the headline misses a nuance at most.",
    ),
    (
        38,
        "The headline goes somewhat further than its article.",
        "Whoever reads only the headline misses a nuance.",
    ),
    (
        63,
        "The headline goes clearly further than its article.",
        "Whoever reads only the headline is misled on something that matters.",
    ),
    (
        88,
        "The headline goes much further than its article.",
        "Whoever reads only the headline is misled on the main point.",
    ),
    (
        101,
        "The headline has left its article behind.",
        "The article speaks against the headline, or is about something else.",
    ),
)

# From which divergence up to which it can be said without contradicting the band.
_STANCES: dict[str, tuple[int, int, str]] = {
    "agree": (0, 50, "As a whole, the article goes along with the headline."),
    "discuss": (5, 101, "As a whole, the article discusses what the headline says without taking its side."),
    "disagree": (25, 101, "As a whole, the article disagrees with the headline."),
    "unrelated": (50, 101, "As a whole, the article is about something else than the headline."),
}
_WIDEST = 50  # a wider interval says no more than that the article is hard to judge


def number(count: int) -> str:
    """A count in words up to twelve, in figures from there."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def plural(count: int, noun: str) -> str:
    """``"1 word"``, ``"2 words"``, ``"1,200 words"``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def named(term: str) -> str:
    """A term in quotation marks, its own marks taken off, not too long."""
    bare = shortened(one_line(term), 40).strip("\"'“”‘’ ")
    return f"“{bare or term}”"


def listed(items: Sequence[str]) -> str:
    """``"a"``, ``"a and b"``, ``"a, b and c"``."""
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]


def band(analysis: Analysis) -> str:
    """What the divergence means for whoever reads the headline alone, in one sentence."""
    return _band(analysis)[2]


def likely(analysis: Analysis) -> str:
    """Where a careful reader would probably put the divergence, in words."""
    low, high = analysis.interval or (analysis.divergence or 0.0,) * 2
    return "hard to judge" if high - low > _WIDEST else f"likely {whole(low)} to {whole(high)}"


def stance(analysis: Analysis) -> str:
    """What the article as a whole does with the headline; empty where that does not fit the divergence."""
    if analysis.stance is None or analysis.divergence is None:
        return ""
    least, most, sentence = _STANCES[analysis.stance.label]
    return sentence if least <= whole(analysis.divergence) < most else ""


def summary(analysis: Analysis) -> str:
    """How far the headline goes beyond its article, and by which words: two or three sentences."""
    loaded = [term for term in analysis.terms if term.loaded]
    if analysis.status != "scored" or analysis.divergence is None:
        return f"{_not_scored(analysis)} {_loudness(loaded)}"
    short = [term for term in analysis.terms if _falls_short(term)]
    said = [_band(analysis)[1], _opening(loaded, short)]
    clauses = _clauses(short)
    said += [f"{_capital(clause)}." for clause in clauses]
    if loaded and not clauses and analysis.loading >= 50 and whole(analysis.divergence) < _BANDS[1][0]:
        said.append("It is a loud headline, but it is no louder than its story.")
    return " ".join(said)


def _band(analysis: Analysis) -> tuple[float, str, str]:
    shown = whole(analysis.divergence or 0.0)
    bands = _BANDS[1:] if any(map(_falls_short, analysis.terms)) else _BANDS
    return next((one for one in bands if shown < one[0]), _BANDS[-1])


def _falls_short(term: Term) -> bool:
    if term.verdict is None or term.verdict == "supported":
        return False
    return term.loaded or whole(term.contribution or 0) > 0


def _not_scored(analysis: Analysis) -> str:
    reason = one_line(analysis.reason or "there is too little to go by").strip().rstrip(".")
    return f"This article was not scored: {reason}."


def _loudness(loaded: Sequence[Term]) -> str:
    if not loaded:
        return "By itself, its headline has no loaded words."
    words = listed([named(term.text) for term in loaded[:3]])
    if len(loaded) > 3:
        words = ", ".join(named(term.text) for term in loaded[:3]) + " and others"
    return f"By itself, its headline has {number(len(loaded))} loaded {_terms(len(loaded))}: {words}."


def _terms(count: int) -> str:
    return "term" if count == 1 else "terms"


def _opening(loaded: Sequence[Term], short: Sequence[Term]) -> str:
    count, borne = len(loaded), sum(term not in short for term in loaded)
    if count == 0:
        return f"It has no loaded words{'' if short else ', and the article says what it says'}."
    if count == 1:
        return f"Its one loaded term, {named(loaded[0].text)}, is {'' if borne else 'not fully '}borne out."
    has = f"It has {number(count)} loaded terms, and the article bears out"
    if borne == count:
        return f"{has} {'both' if count == 2 else 'all of them'}."
    none = "neither" if count == 2 else "none"
    return f"{has} {number(borne) if borne else none} of them in full."


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
    heaviest = sorted(group, key=lambda t: (-(t.contribution or 0), t.start))
    words = [named(term.text) for term in heaviest]
    who = f"{', '.join(words[:2])} and {number(len(words) - 2)} others" if len(words) > 3 else listed(words)
    one = len(words) == 1
    if verdict == "contradicted":
        return f"the article speaks against {who}"
    if verdict == "absent":
        return f"nothing in the article backs {who}"
    if verdict == "shifted":
        return f"the article says {who} of someone or something else, or of another time"
    if verdict == "weaker":
        return f"{who} {'is' if one else 'are'} stronger than what the article says"
    if verdict == "hedged":
        return f"the article is less sure of {who} than the headline"
    return f"{who} {'rests' if one else 'rest'} on the word of {_voice(group)}"


def _voice(group: Sequence[Term]) -> str:
    pieces = [piece for term in group for piece in term.evidence if piece.voice != "author"]
    sources = {piece.source for piece in pieces}
    voices = {piece.voice for piece in pieces}
    if len(group) > 1 and len(sources) > 1:
        return "single sources"
    if voices == {"unnamed"}:
        return "one source who is not named"
    if len(sources) == 1 and (source := next(iter(sources))):
        return f"one source, {shortened(one_line(source), 50)}"
    return "one source"


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
