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
        "The body speaks against the headline, or is about something else.",
    ),
)


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


def band(divergence: float) -> str:
    """What a divergence of 0 to 100 means for whoever reads the headline alone, in one sentence."""
    return _band(divergence)[2]


def summary(analysis: Analysis) -> str:
    """How far the headline goes beyond its article, and by which words: two or three sentences."""
    loaded = [term for term in analysis.terms if term.loaded]
    if analysis.status != "scored" or analysis.divergence is None:
        return f"{_not_scored(analysis)} {_loudness(loaded)}"
    lead = _band(analysis.divergence)[1]
    short = [t for t in analysis.terms if _falls_short(t)]
    of_loaded = [t for t in short if t.loaded]
    opening = _opening(loaded, of_loaded, len(short) > len(of_loaded))
    clauses = _clauses(short)
    said = f"{lead} {opening}"
    if clauses:
        said += "".join(f" {_capital(clause)}." for clause in clauses)
    elif loaded and analysis.loading >= 50 and whole(analysis.divergence) < _BANDS[1][0]:
        said += " It is a loud headline, but it is no louder than its story."
    return said


def _band(divergence: float) -> tuple[float, str, str]:
    shown = whole(divergence)
    return next((one for one in _BANDS if shown < one[0]), _BANDS[-1])


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


def _opening(loaded: Sequence[Term], short: Sequence[Term], plain_short: bool) -> str:
    count, borne = len(loaded), len(loaded) - len(short)
    if count == 0:
        return "It has no loaded words" + ("." if plain_short else ", and the body says what it says.")
    if count == 1:
        word = named(loaded[0].text)
        if borne:
            return f"Its one loaded term, {word}, is borne out by the body."
        return f"Its one loaded term, {word}, is not fully borne out by the body."
    subject = _capital(number(count)) + " loaded terms"
    if borne == count:
        return f"{subject}, and the body bears out {'both' if count == 2 else f'all {number(count)}'}."
    if borne == 0:
        return f"{subject}, and the body bears out {'neither' if count == 2 else 'none'} of them in full."
    return f"{subject}, and the body bears out {number(borne)} of them in full."


def _clauses(short: Sequence[Term]) -> list[str]:
    """A clause a verdict, heaviest first; at most three."""
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
    others = f"{', '.join(words[:2])} and {number(len(words) - 2)} others"
    who = others if len(words) > 3 else listed(words)
    one = len(words) == 1
    if verdict == "contradicted":
        return f"the body speaks against {who}"
    if verdict == "absent":
        return f"nothing in the body backs {who}"
    if verdict == "shifted":
        return f"{who} {'is' if one else 'are'} said {_elsewhere(group)}"
    if verdict == "weaker":
        return f"{who} {'is' if one else 'are'} stronger than what the body says"
    if verdict == "hedged":
        return f"{who} {'is' if one else 'are'} uncertain in the body, but certain in the headline"
    return f"{who} {'rests' if one else 'rest'} on the word of {_voice(group)}"


def _elsewhere(group: Sequence[Term]) -> str:
    sizes = {"subject": 0.0, "time": 0.0}
    for term in group:
        for gap in term.gaps:
            if gap.kind in sizes:
                sizes[gap.kind] += gap.size
    if sizes["subject"] > sizes["time"]:
        return "of someone or something else"
    if sizes["time"] > sizes["subject"]:
        return "of another time"
    return "of something else than the headline says it of"


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
    if analysis.status == "scored" and analysis.divergence is not None:
        low, high = analysis.interval or (analysis.divergence, analysis.divergence)
        number_line = (
            f"Divergence {whole(analysis.divergence)} of 100, likely {whole(low)} to {whole(high)}; "
            f"loading {whole(analysis.loading)} of 100."
        )
    else:
        number_line = f"Loading {whole(analysis.loading)} of 100."
    return "\n".join(
        (shortened(one_line(analysis.headline), 200) or "No headline", number_line, summary(analysis))
    )
