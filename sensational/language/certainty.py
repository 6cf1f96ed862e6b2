"""How certain a sentence is: hedges with their scope and strength.

The kinds follow the survey behind the CoNLL-2010 shared task (Farkas and others 2010): modals, evidentials,
words of likelihood, conditions; vague words (*some say*, *widely regarded*) count for :func:`is_hedged`
only, for they leave open who and how many, not whether.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from sensational.language.clauses import MAX_REACH, clause, clause_end
from sensational.language.document import Document, Sentence
from sensational.language.sources import gap
from sensational.lexicon.cues import Found, index, word_set

HedgeKind = Literal["modal", "evidential", "approximator", "conditional"]

_GROUPS = ("hedge_exempt", "hedge_modal", "hedge_evidential", "hedge_approximator", "hedge_conditional")
_BEFORE_MONTH = word_set("in of on since by until last this next late early from before after through every")
_BEFORE_NOUN = word_set("the a an his her its their our my all military great full political")
_AFTER_MODAL = word_set("be have not never also still soon even well already actually just only yet")
# A word that is a hedge as a verb, and something else after these.
_ARTICLES = word_set("the a an his her their its our my this that these those")
_NOUN_TOO = word_set("suspect suspects guess estimate estimates point points")
HEDGED_FROM = 0.5
"""A sentence counts as hedged from this strength on; chosen on one half of the CoNLL-2010 sample."""


class Hedge(NamedTuple):
    """Words that withhold full commitment, and the stretch ``start`` to ``end`` that they weaken.

    ``strength`` is 0 to 1: how much of the certainty is taken away.
    """

    start: int
    end: int
    kind: HedgeKind
    cue: str
    cue_start: int
    cue_end: int
    strength: float


def hedges(document: Document, sentence: Sentence) -> tuple[Hedge, ...]:
    """The hedges of one sentence, in order of their cues."""
    return tuple(
        [
            _hedge(document, sentence, found)
            for found in document.cues(index(*_GROUPS), sentence)
            if found.cue.group != "hedge_exempt" and _holds(document, sentence, found)
        ]
    )


def is_hedged(text: str) -> bool:
    """Whether a sentence is uncertain or vague in the sense of the CoNLL-2010 shared task."""
    document = Document(text)
    return any(vagueness(document, sentence) >= HEDGED_FROM for sentence in document.sentences)


def vagueness(document: Document, sentence: Sentence) -> float:
    """The strength of the strongest hedge or vague word of a sentence, 0 to 1; conditions do not count."""
    strongest = max(
        (hedge.strength for hedge in hedges(document, sentence) if hedge.kind != "conditional"), default=0.0
    )
    for found in index("hedge_weasel").find(document.words, sentence.first, sentence.last):
        strongest = max(strongest, found.cue.strength)
    return strongest


def _hedge(document: Document, sentence: Sentence, found: Found) -> Hedge:
    first, last = _scope(document, sentence, found)
    start, end = document.starts[found.first], document.ends[found.last - 1]
    kind: HedgeKind = found.cue.group.removeprefix("hedge_")  # type: ignore[assignment]
    return Hedge(
        document.starts[first], document.ends[last - 1], kind, document.text[start:end], start, end,
        found.cue.strength,
    )  # fmt: skip


def _scope(document: Document, sentence: Sentence, found: Found) -> tuple[int, int]:
    reason = found.cue.reason
    if found.cue.group == "hedge_conditional":
        # A condition before its main clause weakens both; one after it, only itself.
        if found.first == sentence.first:
            return found.first, sentence.last
        return found.first, clause_end(document, found.last, sentence.last)
    if reason.startswith(("adjective", "noun")):
        end = found.last
        while (
            end < min(sentence.last, found.last + 6)
            and document.text[document.ends[end - 1] : document.starts[end]].isspace()
        ):
            end += 1
        return found.first, end
    if (
        document.words[found.last - 1] in {"to", "of"}
        and found.first > sentence.first
        and "," in gap(document, found.first)
    ):
        # The cook, believed to be ill, sang: the aside alone is weakened.
        end = found.last
        while end < sentence.last and end - found.last < MAX_REACH and "," not in gap(document, end):
            end += 1
        return found.first, end
    return clause(document, found.first, sentence.first, sentence.last)


def _holds(document: Document, sentence: Sentence, found: Found) -> bool:
    words = document.words
    word = words[found.first]
    before = words[found.first - 1] if found.first > sentence.first else ""
    after = words[found.last] if found.last < sentence.last else ""
    if word == "may":
        return _is_modal_may(document, sentence, found, before, after)
    if word in {"might", "could"}:
        return before not in _BEFORE_NOUN
    if word in _NOUN_TOO:
        return before not in _ARTICLES and before != "to"
    if word in {"indicate", "suggest", "assume", "guess", "suspect"} and before == "to":
        return False
    if word == "likely":
        return True
    return not (word == "suspected" and before == "never")


def _is_modal_may(document: Document, sentence: Sentence, found: Found, before: str, after: str) -> bool:
    """Whether *may* is the verb: not the month, and not Theresa."""
    if found.last - found.first > 1 and not document.text[document.starts[found.first]].isupper():
        return True
    following = words_after = after
    if before in _BEFORE_MONTH or following[:1].isdigit():
        return False
    text, starts = document.text, document.starts
    if not text[starts[found.first]].isupper():
        return True
    if text[starts[found.first] : document.ends[found.first]] == "MAY":
        return True
    if found.first == sentence.first:
        return following in {"the", "i", "he", "she", "they", "god", "all", "you"}
    # In a headline in title case the verb is capital too: Storm May Hit Coast.
    if words_after in _AFTER_MODAL:
        return True
    return bool(following) and text[starts[found.last]].isupper() and not re.search("(?:s|ed)$", following)
