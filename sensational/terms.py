"""Of the headline: every span that claims something, loaded or plain, and how it is claimed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from sensational.analysis import Kind
from sensational.language import meaning
from sensational.language.document import Document
from sensational.language.quantities import Quantity, quantities
from sensational.language.quotations import find_quotations
from sensational.lexicon.cues import cues, index
from sensational.lexicon.loader import Entry, Lexicon, rows
from sensational.lexicon.phrases import Phrases

# A word whose loading lies below this is plain: the lexicon's plain rungs end at 0.15, its mild
# ones begin at 0.3 (see lexicon/README.md).
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
# A word that the news mostly writes with a capital is a name, one that it rarely does is none; between
# the two the body decides.
RARELY, MOSTLY = 0.15, 0.9
# What a shouted word or an exclamation mark adds to the loading of the whole headline.
SHOUT_LOADING = 0.1


@dataclass(frozen=True, slots=True)
class Claim:
    """A span of the headline that claims something.

    ``first`` to ``last`` (exclusive) are its tokens; ``content`` are those of them that carry
    meaning; ``entries`` the lexicon entries it stands for; ``negated`` says that the headline itself
    denies it (*Banksy NOT arrested*).
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
    negated: bool = False
    name: bool = False

    @property
    def loaded(self) -> bool:
        """Whether the term raises the stakes."""
        return self.kind != "plain"


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline as it is claimed.

    ``hedged`` and ``attributed`` say that it lowers its claims itself (*may*, *reportedly*, a
    question mark; *X says*, *report:*), ``doubt``, 0 to 1, how far it
    calls something untrue (*hoax*, *denies*).
    ``prose``, 0 to 1, says how much it reads like running text rather than like a headline, and
    ``loading`` is 0 to 100.
    """

    document: Document
    claims: tuple[Claim, ...]
    hedged: bool
    attributed: bool
    doubt: float
    prose: float
    loading: float


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


def find_claims(text: str, body: Document, lexicon: Lexicon) -> Headline:
    """Reads a headline; names are told from words by the body's casing, never by the headline's.

    Args:
        text: the headline, as it stands.
        body: the body under it (it may be empty).
        lexicon: the words to look for.
    """
    headline = Document(text)
    words = headline.words
    taken = [False] * len(words)
    claims: list[Claim] = []

    hedged = "?" in text or bool(_cues()["headline_hedge"].all(words))
    attributed = _is_attributed(headline)
    doubt = _doubt(words)

    def claim(first: int, last: int, kind: Kind, loading: float, **more: object) -> None:
        if any(taken[first:last]) or first >= last:
            return
        taken[first:last] = [True] * (last - first)
        start = int(more.pop("start", headline.starts[first]))  # type: ignore[call-overload]
        end = int(more.pop("end", headline.ends[last - 1]))  # type: ignore[call-overload]
        content = tuple(t for t in range(first, last) if words[t] not in function_words())
        claims.append(
            Claim(start, end, first, last, kind, loading, content or tuple(range(first, last)), **more)
        )  # type: ignore[arg-type]

    names = [is_name(word, body) for word in words]
    for quotation in find_quotations(text):
        first, last = headline.tokens_in(quotation.inner_start, quotation.inner_end)
        if first < last and not all(names[t] or words[t] in function_words() for t in range(first, last)):
            claim(first, last, "quote", QUOTE_LOADING, start=quotation.start, end=quotation.end)
    for first, last, _ in _numbered(_cues()["hook"], words):
        claim(first, last, "hook", 0.5)
    for first, last, _ in _cues()["urgency"].all(words):
        claim(first, last, "urgency", 0.4)
    for quantity in quantities(text):
        first, last = headline.tokens_in(quantity.start, quantity.end)
        if quantity.unit not in ("year", "date", "time") and not _in_name(first, last, names, text, headline):
            claim(first, last, "scale", NUMBER_LOADING, quantity=quantity)
    for hit in lexicon.find(words):
        best = max(hit.entries, key=lambda entry: entry.loading)
        if best.loading >= LOADED and not all(names[hit.first : hit.last]):
            kind = lexicon.ladders[best.ladder].kind
            claim(hit.first, hit.last, kind, best.loading, entries=hit.entries)
    for at in range(1, len(words) - 1):
        if words[at] == "to" and names[at - 1] and words[at + 1] not in function_words() | {"the"}:
            claim(at, at + 2, "certainty", FUTURE_LOADING)
    for first, last in _plain_runs(words, taken, names):
        entries = tuple(e for hit in lexicon.find(words[first:last]) for e in hit.entries)
        claim(first, last, "plain", PLAIN_LOADING, entries=entries, name=all(names[first:last]))

    claims.sort(key=lambda one: one.start)
    return Headline(headline, tuple(claims), hedged, attributed, doubt, _prose(words), _loading(text, claims))


def claim_shares(headline: Headline) -> tuple[float, ...]:
    """Each claim's share of the headline's meaning-bearing words; they sum to 1."""
    words = sum(len(claim.content) for claim in headline.claims)
    return tuple(len(claim.content) / words for claim in headline.claims)


def is_name(word: str, body: Document) -> bool:
    """Whether ``word`` is written as a name: with a capital where no sentence begins.

    The news at large decides for words that it knows well, the body for others.
    """
    usual = meaning.capital_share(word)
    if usual is not None and not RARELY < usual < MOSTLY:
        return usual >= MOSTLY
    capital = small = 0
    for at in body.positions_of_word(word):
        if at in body.sentence_starts:
            continue
        if body.text[body.starts[at]].isupper():
            capital += 1
        else:
            small += 1
    return capital > small


def _doubt(words: list[str]) -> float:
    """How far a headline calls something untrue, 0 to 1: by its own cues, or by those of denial in texts."""
    own = sum(max(strengths) for _, _, strengths in _cues()["headline_doubt"].all(words))
    general = sum(
        found.cue.strength for group in REFUTING for found in index(group).find(words, 0, len(words))
    )
    return min(1.0, max(own, general))


def _is_attributed(headline: Document) -> bool:
    """Whether the headline gives its claim as somebody's word: a verb of saying, or *X: '...'*."""
    return bool(_cues()["headline_sourcing"].all(headline.words))


def _numbered(cue: Phrases[float], words: list[str]) -> Iterator[tuple[int, int, float]]:
    """Cues in which ``#`` stands for a number and ``^`` for the beginning of the headline."""
    marked = ["#" if word[0].isdigit() else word for word in words]
    first = cue.at(["^" + marked[0], *marked[1:]], 0) if marked else None
    if first:
        yield 0, first[0], max(first[1])
    for begin, end, strengths in cue.all(marked):
        yield begin, end, max(strengths)


def _in_name(first: int, last: int, names: list[bool], text: str, headline: Document) -> bool:
    """Whether a number is part of a name, as in *iOS 8* or *G-7*."""
    return (
        first > 0
        and names[first - 1]
        and text[headline.ends[first - 1] : headline.starts[first]] in (" ", "-")
    )


def _plain_runs(words: list[str], taken: list[bool], names: list[bool]) -> Iterator[tuple[int, int]]:
    """Plain terms: names of several words in one, other words that carry meaning one by one."""
    at = 0
    while at < len(words):
        if taken[at] or words[at] in function_words():
            at += 1
            continue
        last = at + 1
        while names[at] and last < len(words) and names[last] and not taken[last]:
            last += 1
        yield at, last
        at = last


def _prose(words: list[str]) -> float:
    """0 for the clipped style of headlines (a quarter function words), 1 for sentences (nearly half)."""
    share = sum(word in function_words() for word in words) / len(words) if words else 0.0
    return min(1.0, max(0.0, (share - 0.25) / 0.2))


def _loading(text: str, claims: list[Claim]) -> float:
    calm = 1.0
    for one in claims:
        if one.loaded:
            calm *= 1 - one.loading
    return round(100 * (1 - calm), 1)
