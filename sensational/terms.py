"""Of the headline: every span that claims something, loaded or plain, and how it is claimed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from sensational.analysis import Kind
from sensational.language import meaning
from sensational.language.document import Document
from sensational.language.quantities import Quantity, quantities
from sensational.language.quotations import find_quotations
from sensational.lexicon.cues import cues, index
from sensational.lexicon.loader import Entry, Lexicon, rows
from sensational.lexicon.phrases import Phrases
from sensational.loading import headline_loading
from sensational.teasing import teasing

# A word whose loading lies below this is plain: the lexicon's plain rungs end at 0.15, its mild
# ones begin at 0.3 (see docs/lexicon.md).
LOADED = 0.25
# Loading of terms that the lexicon does not know by their words.
QUOTE_LOADING = 0.5
NUMBER_LOADING = 0.4
FUTURE_LOADING = 0.35
PLAIN_LOADING = 0.05
# Cue groups by which a text refutes something; those of the stance stage are finer than those of voices.
REFUTING = (
    "denial", "denial_false", "stance_debunk", "stance_deny", "stance_doubt", "stance_fake", "stance_false",
    "stance_reversal", "stance_rumour",
)  # fmt: skip
# Cues by which a headline calls a story untrue, and how strong they have to be.
CALLING_UNTRUE = {"denial": 0.75, "denial_false": 0.5, "stance_fake": 0.8, "stance_false": 0.9}
UNTRUE = 0.7
# A word that the news writes with a capital more often than this is a name.
NAME_SHARE = 0.6
# Marks that part what stands before them in a headline from what follows.
PARTING = frozenset(":;,|?!\u2013\u2014")


class Claim(NamedTuple):
    """A span of the headline that claims something.

    ``first`` to ``last`` (exclusive) are its tokens; ``content`` are those of them that carry
    meaning; ``entries`` the lexicon entries it stands for.
    """

    start: int
    end: int
    first: int
    last: int
    kind: Kind
    loading: float
    content: tuple[int, ...]
    entries: tuple[Entry, ...] = ()
    quantity: Quantity | None = None
    name: bool = False

    @property
    def loaded(self) -> bool:
        """Whether the term raises the stakes."""
        return self.kind != "plain"


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline as it is claimed.

    Attributes:
        hedged, attributed: whether it lowers its claims itself (*may*, *reportedly*, a question mark; *X
            says*, *report:*).
        doubt: how far it calls something untrue (*hoax*, *denies*), 0 to 1.
        untrue: how far it calls a story untrue (*hoax*, *denies*, never a mere *not*), 0 to 1.
        untrue_stems: of the words by which it does.
        loading: how much it raises the stakes, 0 to 100.
        teasing: how much it withholds to draw readers on, 0 to 1.
    """

    document: Document
    claims: tuple[Claim, ...]
    hedged: bool
    attributed: bool
    doubt: float
    untrue: float
    untrue_stems: frozenset[str]
    loading: float
    teasing: float


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """Words that carry grammar rather than meaning (``lexicon/en/function_words.tsv``)."""
    table = files("sensational.lexicon") / "en" / "function_words.tsv"
    return frozenset(row["word"] for row in rows(table))


@lru_cache(maxsize=1)
def _cues() -> dict[str, Phrases[float]]:
    """The cues that headlines are read by, with the strength of each."""
    return {
        group: Phrases((form, cue.strength) for cue in cues(group) for form in cue.forms)
        for group in ("hook", "urgency", "headline_hedge", "headline_sourcing", "headline_doubt")
    }


def find_claims(text: str, lexicon: Lexicon) -> Headline:
    """Reads a headline: what it claims, term by term, and how.

    Names are told from words by how the news usually writes them, never by the headline's own case.

    Args:
        text: the headline, white space flattened.
        lexicon: the words to look for.
    """
    document = Document(text)
    words = document.words
    claims = _Claims(document)
    claims.pass_over(_label(document))
    names = [is_name(word) for word in words]
    exempt = lexicon.exempt(words)
    for quotation in find_quotations(text):
        first, last = document.tokens_in(quotation.inner_start, quotation.inner_end)
        if not all(names[t] or t in exempt or words[t] in function_words() for t in range(first, last)):
            claims.add(first, last, "quote", QUOTE_LOADING, span=(quotation.start, quotation.end))
    for first, last, strength in _numbered(_cues()["hook"], words):
        if first not in exempt:
            claims.add(first, last, "hook", strength)
    for first, last, strengths in _cues()["urgency"].all(words):
        if first not in exempt:
            claims.add(first, last, "urgency", max(strengths))
    for quantity in quantities(text):
        first, last = document.tokens_in(quantity.start, quantity.end)
        if quantity.unit not in ("year", "date", "time") and not _in_name(first, names, document):
            claims.add(first, last, "scale", NUMBER_LOADING, quantity=quantity)
    for hit in lexicon.find(words):
        best = max(hit.entries, key=lambda entry: entry.loading)
        if best.loading >= LOADED and not all(names[hit.first : hit.last]):
            claims.add(
                hit.first, hit.last, lexicon.ladders[best.ladder].kind, best.loading, entries=hit.entries
            )
    for at in range(1, len(words) - 1):
        if words[at] == "to" and names[at - 1] and words[at + 1] not in function_words():
            claims.add(at, at + 2, "certainty", FUTURE_LOADING)
    for first, last in _plain_runs(document, claims.taken, names):
        entries = tuple(e for hit in lexicon.find(words[first:last]) for e in hit.entries)
        claims.add(first, last, "plain", PLAIN_LOADING, entries=entries, name=all(names[first:last]))
    found = tuple(sorted(claims.found, key=lambda claim: claim.start))
    untrue = tuple(_calling_untrue(words))
    return Headline(
        document,
        found,
        hedged="?" in text or bool(_cues()["headline_hedge"].all(words)),
        attributed=bool(_cues()["headline_sourcing"].all(words)),
        doubt=_doubt(words),
        untrue=max((strength for _, _, strength in untrue), default=0.0),
        untrue_stems=frozenset(document.stems[at] for first, last, _ in untrue for at in range(first, last)),
        loading=headline_loading(words, found, text),
        teasing=teasing(text),
    )


class _Claims:
    """Claims of one headline as they are found; the first to take a word keeps it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.taken = [False] * len(document.words)
        self.found: list[Claim] = []

    def pass_over(self, last: int) -> None:
        """Leaves the tokens before ``last`` to no claim."""
        self.taken[:last] = [True] * last

    def add(
        self,
        first: int,
        last: int,
        kind: Kind,
        loading: float,
        *,
        span: tuple[int, int] | None = None,
        entries: tuple[Entry, ...] = (),
        quantity: Quantity | None = None,
        name: bool = False,
    ) -> None:
        """Adds the claim of tokens ``first`` to ``last`` (exclusive), unless one of them is taken."""
        if first >= last or any(self.taken[first:last]):
            return
        self.taken[first:last] = [True] * (last - first)
        document = self.document
        start, end = span or (document.starts[first], document.ends[last - 1])
        grammar = function_words()
        content = tuple([t for t in range(first, last) if document.words[t] not in grammar])
        self.found.append(
            Claim(
                start,
                end,
                first,
                last,
                kind,
                loading,
                content or tuple(range(first, last)),
                entries,
                quantity,
                name,
            )
        )


def claim_shares(headline: Headline) -> tuple[float, ...]:
    """Each claim's share of the headline's meaning-bearing words; they sum to 1."""
    words = sum(len(claim.content) for claim in headline.claims)
    return tuple(len(claim.content) / words for claim in headline.claims)


def is_name(word: str) -> bool:
    """Whether the news writes ``word`` (lower case) with a capital more often than not."""
    return (meaning.capital_share(word) or 0.0) > NAME_SHARE


def _doubt(words: list[str]) -> float:
    """How far a headline calls something untrue, 0 to 1: by its own cues, or by those of denial in texts."""
    own = math.fsum(max(strengths) for _, _, strengths in _cues()["headline_doubt"].all(words))
    if index(*REFUTING).first_words.isdisjoint(words):
        return min(1.0, own)
    general = math.fsum(
        found.cue.strength for group in REFUTING for found in index(group).find(words, 0, len(words))
    )
    return min(1.0, max(own, general))


def _calling_untrue(words: list[str]) -> Iterator[tuple[int, int, float]]:
    """Strong cues by which a headline calls a story untrue: their tokens and strength."""
    for first, last, strengths in _cues()["headline_doubt"].all(words):
        if max(strengths) >= UNTRUE:
            yield first, last, max(strengths)
    if index(*CALLING_UNTRUE).first_words.isdisjoint(words):
        return
    for group, least in CALLING_UNTRUE.items():
        for found in index(group).find(words, 0, len(words)):
            if found.cue.strength >= least:
                yield found.first, found.last, found.cue.strength


def _numbered(cue: Phrases[float], words: list[str]) -> Iterator[tuple[int, int, float]]:
    """Cues in which ``#`` stands for a number and ``^`` for the beginning of the headline."""
    marked = ["#" if word[0].isdigit() else word for word in words]
    first = cue.at(["^" + marked[0], *marked[1:]], 0) if marked else None
    if first:
        yield 0, first[0], max(first[1])
    for begin, end, strengths in cue.all(marked):
        yield begin, end, max(strengths)


def _in_name(first: int, names: list[bool], document: Document) -> bool:
    """Whether a number is part of a name, as in *iOS 8* or *G-7*."""
    between = document.text[document.ends[first - 1] : document.starts[first]] if first > 0 else ""
    return between in (" ", "-") and names[first - 1]


def _plain_runs(document: Document, taken: list[bool], names: list[bool]) -> Iterator[tuple[int, int]]:
    """Plain terms: names of several words in one, other words that carry meaning one by one."""
    words, at = document.words, 0
    grammar = function_words()
    while at < len(words):
        if taken[at] or words[at] in grammar:
            at += 1
            continue
        last = at + 1
        while (
            names[at] and last < len(words) and names[last] and not taken[last] and not parted(document, last)
        ):
            last += 1
        yield at, last
        at = last


def parted(document: Document, token: int) -> bool:
    """Whether a mark (a colon, a comma) parts a token from the one before it."""
    return not PARTING.isdisjoint(document.text[document.ends[token - 1] : document.starts[token]])


@lru_cache(maxsize=1)
def _labels() -> Phrases[str]:
    """Labels that name the form of a piece (``lexicon/en/headline_labels.tsv``)."""
    table = files("sensational.lexicon") / "en" / "headline_labels.tsv"
    return Phrases((row["label"], row["label"]) for row in rows(table))


def _label(document: Document) -> int:
    """How many tokens at the beginning only name the form of the piece (*Opinion:*), and claim nothing."""
    label = _labels().at(document.words, 0) if document.words else None
    if label is None or label[0] >= len(document.words):
        return 0
    after = document.text[document.ends[label[0] - 1] : document.starts[label[0]]]
    return label[0] if after.strip()[:1] in (":", "|") else 0
