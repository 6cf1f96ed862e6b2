"""Says in one plain sentence why evidence falls short of its term, for a reader of fourteen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sensational.analysis import GapKind
from sensational.evidence import REFUTED_FROM, Find, Findings
from sensational.language.document import Document
from sensational.terms import Claim, Headline

LONGEST = 60
"""Characters of the body that a reason quotes at most."""


class Situation(NamedTuple):
    """A claim with the place that decided, in its surroundings."""

    claim: Claim
    best: Find | None
    headline: Headline
    findings: Findings
    body: Document


def reason(kind: GapKind, situation: Situation) -> str:
    """Why there is a gap of ``kind``, in one sentence."""
    return _WRITERS[kind](situation)


def _strength(on: Situation) -> str:
    find = on.best
    if find is None:
        return "The body has no word near to it in this connection."
    if find.how == "ladder" and find.entry is not None and find.rungs > 0:
        rungs = "a step" if find.rungs == 1 else f"{_number(find.rungs)} steps"
        return f"The body says {_found(on)}, which is {rungs} weaker."
    if find.how == "ladder":
        return f"The body says {_found(on)}, another word of the same meaning."
    if find.how == "meaning":
        return f"The nearest that the body says is {_found(on)}."
    return f"The body says {_found(on)}, with other words around it."


def _scale(on: Situation) -> str:
    find = on.best
    if find is None:
        return "The body gives no such number."
    theirs = "larger" if find.quantity is not None and find.quantity.how == "smaller" else "smaller"
    return f"The body’s number is {theirs}: {_found(on)}."


def _source(on: Situation) -> str:
    voice = on.best.voice if on.best else None
    if voice is None:
        return "Only as somebody’s word."
    said = "in the words of" if voice.quoted else "as the word of"
    if voice.source is None:
        return f"Only {said} a source that is not named."
    source = _short(voice.source)
    if voice.kind == "unnamed":
        return f"Only {said} one source without a name ({source})."
    if voice.kind == "outlet":
        return f"Only as another outlet’s report ({source})."
    if voice.kind == "document":
        return f"Only as one document says ({source})."
    return f"Only {said} one source ({source})."


def _certainty(on: Situation) -> str:
    hedge = on.best.hedge if on.best else None
    if hedge is None:
        return "The body says it less surely."
    return f"The body does not say it for sure (“{_short(hedge.cue)}”)."


def _subject(on: Situation) -> str:
    missing = _missing_subject(on)
    if on.best is None:
        return "The body does not speak of the rest of the headline together."
    if missing:
        return f"Where the body says {_found(on)}, it does not speak of “{_short(missing)}”."
    return f"Where the body says {_found(on)}, it speaks of something else than the headline."


def _missing_subject(on: Situation) -> str | None:
    """The unloaded term before the claim, where it does not stand with it in the body."""
    claims = on.headline.claims
    before = next((one for one in reversed(claims[: claims.index(on.claim)]) if not one.loaded), None)
    if before is None or on.best is None or on.best.subject == 1:
        return None
    return on.headline.document.text[before.start : before.end]


def _time(on: Situation) -> str:
    return "The body tells it of an earlier time, the headline as news."


def _polarity(on: Situation) -> str:
    if on.headline.doubt and not on.findings.denials:
        return "The headline doubts it; the body tells it straight."
    if on.findings.denials:
        denial = on.findings.denials[0]
        return f"The body speaks against it (“{_short(on.body.text[denial.start : denial.end])}”)."
    against = _refuting(on)
    if against is not None:
        sentence = on.body.sentences[against]
        said = _short(on.body.text[sentence.start : sentence.end])
        return f"A model of entailment takes the body to contradict it (“{said}”)."
    negation = on.best.negation if on.best else None
    if negation is not None:
        return f"The body denies it there (“{_short(negation.cue)}”)."
    return "The body also says the opposite."


def _refuting(on: Situation) -> int | None:
    """The sentence on the claim that an entailment model takes most to contradict the headline."""
    told = on.findings.judged
    against = [find.sentence for find in _finds(on) if told.get(find.sentence, (0.0, 0.0))[1] > REFUTED_FROM]
    return max(against, key=lambda sentence: told[sentence][1], default=None)


def _quotation(on: Situation) -> str:
    if on.best is None:
        return "Nobody in the body says these words."
    if on.best.how == "same":
        return f"The body has {_found(on)}, but not as anybody’s words."
    return f"Nobody in the body says these very words; the nearest are {_found(on)}."


def _absence(on: Situation) -> str:
    if on.claim.kind == "quote":
        return "Nobody in the body says these words."
    passed_over = next((one for one in _finds(on) if one.how != "opposite"), None)
    if passed_over is not None:
        return f"Nothing in the body bears on it; {_quoted(passed_over, on)} there is of another matter."
    return "Nothing in the body bears on it."


def _finds(on: Situation) -> Sequence[Find]:
    return on.findings.finds[on.headline.claims.index(on.claim)]


def _found(on: Situation) -> str:
    assert on.best is not None  # noqa: S101 - the writers ask for a place only where there is one
    return _quoted(on.best, on)


def _quoted(find: Find, on: Situation) -> str:
    body = on.body
    return f"“{_short(body.text[body.starts[find.first] : body.ends[find.last - 1]])}”"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1].rstrip() + "…"


def _number(count: int) -> str:
    return ("no", "one", "two", "three", "four", "five", "six")[count] if count <= 6 else str(count)


_WRITERS = {
    "strength": _strength,
    "scale": _scale,
    "source": _source,
    "certainty": _certainty,
    "subject": _subject,
    "time": _time,
    "polarity": _polarity,
    "quotation": _quotation,
    "absence": _absence,
}
