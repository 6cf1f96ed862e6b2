"""Of the body: for each claim of the headline, the spans that bear on it, and how.

Only sentences that share something with the headline are ever looked at closely, so that a
paragraph on another subject changes nothing. What is found here is plain data; what it is worth is
the next stage's affair (``verdict.py``).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeVar

from sensational.judges import NO_JUDGES, Entailment, Judges, Nearness
from sensational.language import meaning
from sensational.language.certainty import Hedge, hedges
from sensational.language.document import Document
from sensational.language.negation import Negation, any_of, denials, negations, sentence_denies
from sensational.language.quantities import Match as QuantityMatch
from sensational.language.quantities import Quantity, matches, quantities
from sensational.language.quotations import find_quotations
from sensational.language.time import is_earlier
from sensational.language.voices import Voice, voice_at, voices_of
from sensational.lexicon.loader import Entry, Lexicon
from sensational.terms import Claim, Headline, function_words, parted

# How a place was found; "denial" is for what goes out beside the places.
How = Literal[
    "verbatim", "same", "inflection", "related", "ladder", "quantity", "meaning", "opposite", "denial"
]

# How near in meaning a kind of match is, before context is looked at.
NEARNESS: dict[str, float] = {
    "verbatim": 1.0, "same": 1.0, "inflection": 0.95, "quantity": 0.95, "related": 0.85, "ladder": 0.8,
    "opposite": 0.6,
}  # fmt: skip
# Matches by the claim's own words; the others need the headline to be spoken of around them.
STRONG = frozenset({"verbatim", "same", "inflection", "quantity"})
# Letters that words of one family have in common at the beginning.
FAMILY = 5
# Words less alike than this are no evidence. It is a weak sign above it too: half of the opposites of our
# list lie there, so such a place never counts in full, and the ladders tell opposites apart.
MEANING_FLOOR = 0.6
# The same floor for a sentence near to a claim by a model that the user gave. With all-MiniLM-L6-v2 hardly
# any sentence reaches it, and lower floors gain next to nothing (docs/models.md), so it stays strict.
MODEL_FLOOR = 0.6
# An entailment model is asked about the sentences that speak of this share of the headline. By the share and
# not by the best few: else taking one away would let another in. Set by hand; it decides mostly the cost.
ASKED = 0.3
# A sentence bears out all of a headline if that is likelier than not.
ENTAILED = 0.5
# Below this an entailment model's word against a headline is none: a detail more or less is often taken for
# a contradiction. Set by hand, as there is no model to measure.
REFUTED_FROM = 0.5
# What a claim adds to the context of a sentence if it is spoken of anywhere else in the body.
ELSEWHERE = 0.5
# A headline that stands word for word is only taken back by a denial that speaks of this share of it.
ENOUGH = 0.5
# How much the contrary word takes back: often it is said of something else.
OPPOSED = 0.35
# How much a negation that reaches over the place takes back.
NEGATED = 0.7
# A denial in a sentence that speaks of less of the headline is of another matter, unless the story
# was spoken of just before. Chosen on FNC-1 (agree against disagree), where closer demands lose more
# debunks than they avoid false alarms.
LEAST_SHARE = 0.08
LEAST_POINTED = 0.2
# Words of the headline stand together in the body if one follows the other within so many words: an article
# or an adjective may come between. Chosen on gold and consistency, where it ranks better than word pairs.
TOGETHER = 3
# How fast the story fades behind sentences that share little with the headline.
FADING = 0.7
# What is left of a debunking word in quotation marks: quotations call many things untrue. Chosen on FNC-1,
# where 34 of 35 bodies that disagree are kept, and on gold, where a quarter of the false alarms are not.
QUOTED = 0.4
# Words by which a denial points back at what was said before it.
POINTERS = frozenset(
    {"it", "this", "that", "these", "those", "story", "stories", "report", "reports", "rumour", "rumours"}
    | {"rumor", "rumors", "claim", "claims", "video", "photo", "photos", "picture", "image", "images"}
    | {"footage", "article", "post", "news", "tale", "account", "hoax"}
)


class Find(NamedTuple):
    """A place in the body that bears on a claim: tokens ``first`` to ``last`` (exclusive).

    Attributes:
        nearness: how close it is in meaning, 0 to 1.
        context: share of the rest of the headline that stands with it, 0 to 1.
        subject: whether what the headline says it of does, 0 to 1.
        loose: share of its neighbours in the headline that never stand near it in the body.
        rungs: how many rungs of their ladder it lies below the headline's word (negative: above).
        voice: whose word it is; None for the author's.
        hedge, negation: what weakens or denies it there.
        denied: how much the sentence takes it back, 0 to 1.
        earlier: whether it is told of another time than the headline's.
        quoted: whether it stands in quotation marks.
    """

    sentence: int
    first: int
    last: int
    how: How
    nearness: float
    context: float
    subject: float
    loose: float
    rungs: int = 0
    entry: Entry | None = None
    quantity: QuantityMatch | None = None
    voice: Voice | None = None
    hedge: Hedge | None = None
    negation: Negation | None = None
    denied: float = 0.0
    earlier: bool = False
    quoted: bool = False

    @property
    def falls_short(self) -> bool:
        """Whether it is a number that the claimed one does not follow from."""
        return self.quantity is not None and not self.quantity.follows


class Denial(NamedTuple):
    """Words by which the body denies what the headline says, or something near to it.

    ``strength``, 0 to 1, is that of the denial, ``debunking``, 0 to 1, that of those of its words that
    call a story untrue (*a hoax*), which a party's mere denial (*he denied it*) does not; ``share``, 0 to 1,
    is how much of the headline its sentence speaks of, or points back to.
    """

    sentence: int
    start: int
    end: int
    strength: float
    debunking: float
    share: float


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the body has to say on a headline.

    ``finds`` holds for each claim, in the order of ``headline.claims``, its places, the best first, and
    ``denials`` the sentences that deny the headline as a whole, the strongest first. ``doubted`` says that
    the words by which the headline calls a story untrue stand in the body, ``verbatim`` that the whole
    headline stands word for word in the author's voice. ``told`` is how often over the body speaks of the
    whole headline: the sum of its sentences' shares. ``judged`` has, by the number of a sentence, how far an
    entailment model says that it entails and contradicts the headline, each 0 to 1; empty without one.
    """

    finds: tuple[tuple[Find, ...], ...]
    denials: tuple[Denial, ...]
    doubted: bool = False
    verbatim: bool = False
    told: float = 0.0
    judged: Mapping[int, tuple[float, float]] = field(default_factory=dict)


def find_evidence(
    headline: Headline, body: Document, lexicon: Lexicon, judges: Judges = NO_JUDGES
) -> Findings:
    """What the body says on each claim of the headline, and where it denies the headline."""
    matched = _spoken(_all_places(headline, body, lexicon), body)
    if judges.meaning is not None:
        matched = _with_near(judges.meaning, matched, headline, body)
    context = Context(headline, matched)
    denials = tuple(
        sorted(_denials(context, body), key=lambda one: (-one.strength * one.share, one.sentence))
    )
    whole = _verbatim(headline.document, body)
    if whole is not None:
        stands = tuple((_as_it_stands(claim, whole, body),) for claim in headline.claims)
        elsewhere = tuple(
            d for d in denials if d.share >= ENOUGH and not _stands_at(d.start, headline.document, body)
        )
        return Findings(stands, elsewhere, verbatim=True, told=context.told())
    judged: dict[int, tuple[float, float]] = {}
    if judges.entailment is not None:
        judged = _judged(judges.entailment, context, headline, body)
        matched = _with_entailing(judged, matched, headline, body)
    heard = _Heard(headline, body)
    finds = tuple(
        _finds(index, claim, places, context, headline, heard)
        for index, (claim, places) in enumerate(zip(headline.claims, matched, strict=True))
    )
    doubted = any(body.positions(stem) for stem in headline.untrue_stems)
    return Findings(finds, denials, doubted, told=context.told(), judged=judged)


def _finds(
    index: int, claim: Claim, places: Sequence[Place], context: Context, headline: Headline, heard: _Heard
) -> tuple[Find, ...]:
    loose = _loose(places, claim, headline.document, heard.body)
    judged = [_judge(place, context.around(place.sentence, index), loose, claim, heard) for place in places]
    return tuple(sorted(judged, key=lambda find: (-find.nearness * (0.25 + 0.75 * find.context), find.first)))


class _Said(NamedTuple):
    """How one sentence of the body says what it says, whichever claim is held against it."""

    hedges: tuple[Hedge, ...]
    negations: tuple[Negation, ...]
    denies: float
    earlier: bool


class _Heard:
    """The sentences of a body that were looked at closely, each once."""

    def __init__(self, headline: Headline, body: Document) -> None:
        self.body = body
        self.voices = voices_of(body)
        self._headline = headline.document.text
        self._said: dict[int, _Said] = {}

    def said(self, index: int) -> _Said:
        """How sentence number ``index`` says what it says."""
        known = self._said.get(index)
        if known is None:
            sentence = self.body.sentences[index]
            known = self._said[index] = _Said(
                hedges(self.body, sentence),
                negations(self.body, sentence),
                sentence_denies(self.body, sentence),
                is_earlier(self._headline, self.body, sentence),
            )
        return known


def _verbatim(headline: Document, body: Document) -> int | None:
    """The token at which the whole headline stands in the body, in the author's voice and unhedged."""
    wanted = headline.words
    for at in body.positions_of_word(wanted[0]) if wanted else ():
        last = at + len(wanted)
        if body.words[at:last] != wanted:
            continue
        start, end = body.starts[at], body.ends[last - 1]
        sentences = body.sentences[body.sentence_at(at).index : body.sentence_at(last - 1).index + 1]
        cues: list[Hedge | Negation] = []
        for sentence in sentences:
            cues += hedges(body, sentence)
            cues += negations(body, sentence)
        if any(_reaches_from_outside(cue, start, end) for cue in cues):
            continue
        voice = voice_at(body, start, end)
        if voice is None or _is_own_word(voice, start, end, headline.text):
            return at
    return None


def _reaches_from_outside(cue: Hedge | Negation, start: int, end: int) -> bool:
    """Whether a hedge or negation weakens characters ``start`` to ``end`` without being part of them."""
    return not start <= cue.cue_start < end and cue.start < end and start < cue.end


def _is_own_word(voice: Voice, start: int, end: int, headline: str) -> bool:
    """Whether what makes it somebody's word is the headline's own: its cue, or a quotation within it."""
    if voice.cue_start is not None and start <= voice.cue_start < end:
        return True
    # The opening mark of the quotation stands before the first word, the closing one behind the last.
    within = (
        start - 2 <= voice.start and voice.end <= end + 2 and (voice.start > start or voice.end < end - 1)
    )
    return within and bool(find_quotations(headline))


def _stands_at(character: int, headline: Document, body: Document) -> bool:
    """Whether a place of the body lies within a word-for-word repetition of the headline."""
    wanted = headline.words
    return any(
        body.starts[at] <= character < body.ends[at + len(wanted) - 1]
        for at in body.positions_of_word(wanted[0])
        if body.words[at : at + len(wanted)] == wanted
    )


def _as_it_stands(claim: Claim, whole: int, body: Document) -> Find:
    first, last = whole + claim.first, whole + claim.last
    return Find(body.sentence_at(first).index, first, last, "verbatim", 1.0, 1.0, 1.0, 0.0, quoted=True)


def _denials(context: Context, body: Document) -> Iterable[Denial]:
    """Sentences that deny what the headline says.

    A denial speaks of the headline if its own sentence does, or if it points back (*the report is
    false*) at the last sentence before it that does. Sentences of other matters are passed over, so
    that a paragraph on another subject between the two changes nothing.
    """
    last = 0.0
    for sentence in body.sentences:
        share = context.own_share(sentence.index)
        found = denials(body, sentence) if share >= LEAST_SHARE or last >= LEAST_POINTED else ()
        if found:
            points = bool(POINTERS.intersection(body.words[sentence.first : sentence.last]))
            near = max(share, last if points else 0.0)
            cue = max(found, key=lambda one: one.strength)
            debunking = any_of(_debunking(one, body) for one in found if one.debunks)
            yield Denial(
                sentence.index, cue.cue_start, cue.cue_end, any_of(one.strength for one in found),
                debunking, round(near, 6),
            )  # fmt: skip
        if share > 0:
            last = max(share, FADING * last)


def _debunking(one: Negation, body: Document) -> float:
    """How strongly words call a story untrue, 0 to 1; those that somebody is quoted with, less."""
    quoted = voices_of(body).quoted(one.cue_start, one.cue_end)
    return one.strength * (QUOTED if quoted else 1.0)


class Place(NamedTuple):
    """Where a claim's words, or others of their meaning, stand in the body."""

    sentence: int
    first: int
    last: int
    how: How
    nearness: float
    rungs: int = 0
    entry: Entry | None = None
    quantity: QuantityMatch | None = None


class Context:
    """How much of the headline each sentence of the body speaks of.

    The weight of a claim is the information of its words (inverse document frequency in news). A
    sentence speaks of a claim if one of the claim's places stands in it, and :data:`ELSEWHERE` as
    much if one stands anywhere else. (Neighbouring sentences earn no more than distant ones: taking
    a sentence away would then bring others closer, and could raise the support of a claim.)
    """

    def __init__(self, headline: Headline, matched: Sequence[Sequence[Place]]) -> None:
        self.weights = [_weight(claim, headline) for claim in headline.claims]
        self.in_sentence: dict[int, dict[int, float]] = {}
        self.anywhere = [0.0] * len(matched)
        for index, places in enumerate(matched):
            for place in places:
                if place.how == "opposite":
                    continue
                # Of a claim, a sentence has one place, its nearest.
                self.in_sentence.setdefault(place.sentence, {})[index] = place.nearness
                self.anywhere[index] = max(self.anywhere[index], place.nearness)
        self._spread = [ELSEWHERE * nearness for nearness in self.anywhere]
        self.total = math.fsum(self.weights)
        self._elsewhere = math.fsum(
            w * ELSEWHERE * n for w, n in zip(self.weights, self.anywhere, strict=True)
        )
        self._sums: dict[int, float] = {}
        self.subjects = [_subject(index, headline) for index in range(len(headline.claims))]

    def speaks(self, sentence: int, of: int) -> float:
        """How much, 0 to 1, ``sentence`` speaks of claim number ``of``."""
        here = self.in_sentence.get(sentence)
        spread = self._spread[of]
        return spread if here is None else max(here.get(of, 0.0), spread)

    def own_share(self, sentence: int) -> float:
        """Share of the headline's weight, 0 to 1, that ``sentence`` itself speaks of."""
        here = self.in_sentence.get(sentence)
        if here is None or not self.total:
            return 0.0
        return math.fsum([self.weights[i] * nearness for i, nearness in here.items()]) / self.total

    def told(self) -> float:
        """How often over the body speaks of the whole headline: the sum of its sentences' shares."""
        return round(math.fsum(self.own_share(sentence) for sentence in self.in_sentence), 6)

    def share(self, sentence: int, without: int) -> float:
        """Share of the rest of the headline's weight, 0 to 1, that ``sentence`` speaks of."""
        rest = self.total - self.weights[without]
        if rest <= 0:
            return 1.0
        spoken = self._spoken(sentence) - self.weights[without] * self.speaks(sentence, without)
        return min(1.0, max(0.0, spoken / rest))

    def _spoken(self, sentence: int) -> float:
        """The weight that ``sentence`` speaks of: what stands anywhere, and more of what stands in it."""
        known = self._sums.get(sentence)
        if known is None:
            more = math.fsum(
                [
                    self.weights[i] * max(0.0, nearness - self._spread[i])
                    for i, nearness in self.in_sentence.get(sentence, {}).items()
                ]
            )
            known = self._sums[sentence] = self._elsewhere + more
        return known

    def around(self, sentence: int, of: int) -> tuple[float, float]:
        """How much, 0 to 1, a sentence speaks of all but claim ``of``, and of its subject."""
        subject = self.subjects[of]
        return (
            self.share(sentence, without=of),
            1.0 if subject is None else self.speaks(sentence, subject),
        )


def _subject(index: int, headline: Headline) -> int | None:
    """What a claim is said of: the nearest unloaded term before it."""
    return next((i for i in range(index - 1, -1, -1) if not headline.claims[i].loaded), None)


def _weight(claim: Claim, headline: Headline) -> float:
    return math.fsum(meaning.idf(headline.document.words[token]) for token in claim.content)


def _loose(places: Sequence[Place], claim: Claim, headline: Document, body: Document) -> float:
    """Share of the claim's pairs of neighbouring words that stand nowhere together in the body.

    The pairs are those within the claim and, unless it is quoted, of the claim with the word before and the
    word after it, where no mark parts them; not those of two function words (*in a*), which stand together in
    any paragraph. A pair stands together where one follows the other within :data:`TOGETHER` words of a
    sentence; at the ends of the claim, another word of its ladder or family will do as well.
    """
    stems = headline.stems
    places = [place for place in places if place.how not in ("meaning", "opposite")]
    if claim.kind == "quote":  # whose words they are is another gap
        seams: Iterable[int] = range(claim.first + 1, claim.last)
    else:
        seams = range(max(1, claim.first), min(len(stems) - 1, claim.last) + 1)
    seams = [at for at in seams if not parted(headline, at) and not _function_words_only(headline, at)]
    held = sum(
        _together(stems[at - 1], stems[at], body)
        or (at == claim.first and any(stems[at - 1] in _before(place, body) for place in places))
        or (at == claim.last and any(stems[at] in _after(place, body) for place in places))
        for at in seams
    )
    return 1.0 - held / len(seams) if seams else 0.0


def _function_words_only(headline: Document, at: int) -> bool:
    """Whether token ``at`` and the one before it are function words."""
    return function_words().issuperset(headline.words[at - 1 : at + 1])


def _together(one: str, two: str, body: Document) -> bool:
    """Whether stem ``two`` follows stem ``one`` within :data:`TOGETHER` words of a sentence."""
    ones, twos = body.positions(one), body.positions(two)
    if not ones:
        return False
    numbers = body.sentence_numbers
    for at in twos:
        before = bisect_left(ones, at) - 1
        if before >= 0 and at - ones[before] <= TOGETHER and numbers[ones[before]] == numbers[at]:
            return True
    return False


def _before(place: Place, body: Document) -> Sequence[str]:
    return body.stems[max(body.sentences[place.sentence].first, place.first - TOGETHER) : place.first]


def _after(place: Place, body: Document) -> Sequence[str]:
    return body.stems[place.last : min(body.sentences[place.sentence].last, place.last + TOGETHER)]


def _judge(place: Place, around: tuple[float, float], loose: float, claim: Claim, heard: _Heard) -> Find:
    body, said = heard.body, heard.said(place.sentence)
    start, end = body.starts[place.first], body.ends[place.last - 1]
    hedge = _strongest(said.hedges, start, end)
    negation = _strongest(said.negations, start, end)
    denied = said.denies
    if negation is not None:
        denied = max(denied, NEGATED)
    if place.how == "opposite":
        denied = max(denied, OPPOSED)
    context, subject = around
    return Find(
        place.sentence,
        place.first,
        place.last,
        place.how,
        place.nearness,
        context,
        subject,
        loose,
        place.rungs,
        place.entry,
        place.quantity,
        heard.voices.at(start, end),
        hedge,
        negation,
        denied,
        said.earlier,
        claim.kind == "quote" and heard.voices.quoted(start, end),
    )


T = TypeVar("T", Hedge, Negation)


def _strongest(cues: Iterable[T], start: int, end: int) -> T | None:
    """The strongest of those cues that reach over characters ``start`` to ``end``."""
    strongest = None
    for cue in cues:
        if cue.start < end and start < cue.end and (strongest is None or cue.strength > strongest.strength):
            strongest = cue
    return strongest


def _all_places(headline: Headline, body: Document, lexicon: Lexicon) -> list[list[Place]]:
    """Every place of every claim, each sentence's nearest one only."""
    near = _near_in_meaning(headline, body)
    families = _families(headline, body)
    numbers = _numbers_of_the_story(headline, body)
    found = []
    for claim in headline.claims:
        places = [*_same_words(claim, headline, body), *_on_ladders(claim, body, lexicon)]
        if claim.quantity is not None:
            places += _quantities(claim.quantity, numbers, body)
        if claim.kind != "quote":
            places += _related(claim, headline, body, families)
            places += _alike(claim, headline, body, near)
        nearest: dict[int, Place] = {}
        for place in places:
            best = nearest.get(place.sentence)
            if best is None or place.nearness > best.nearness:
                nearest[place.sentence] = place
        found.append(list(nearest.values()))
    return found


def _spoken(matched: Sequence[Sequence[Place]], body: Document) -> list[list[Place]]:
    """The places without those that only look like evidence.

    Another word of the same ladder, or one near in meaning, counts only in a paragraph that holds
    the very words of another claim: a paragraph on another subject is no evidence.
    """
    claims_by_paragraph: dict[int, set[int]] = {}
    for index, places in enumerate(matched):
        for place in places:
            if place.how in STRONG:
                paragraph = body.sentences[place.sentence].paragraph
                claims_by_paragraph.setdefault(paragraph, set()).add(index)

    def counts(index: int, place: Place) -> bool:
        if place.how in STRONG:
            return True
        spoken = claims_by_paragraph.get(body.sentences[place.sentence].paragraph, ())
        return len(spoken) > 1 or (len(spoken) == 1 and index not in spoken)

    return [[place for place in places if counts(index, place)] for index, places in enumerate(matched)]


def _same_words(claim: Claim, headline: Headline, body: Document) -> Iterable[Place]:
    """The claim's own words or their inflections, close together."""
    words = [headline.document.words[token] for token in claim.content]
    stems = [headline.document.stems[token] for token in claim.content]
    by_sentence: dict[int, dict[int, int]] = {}
    numbers = body.sentence_numbers
    for order, one in enumerate(stems):
        for at in body.positions(one):
            by_sentence.setdefault(numbers[at], {}).setdefault(order, at)
    if not by_sentence:
        return
    rarities = list(map(meaning.idf, words))
    total = math.fsum(rarities)
    for sentence, at_by_word in by_sentence.items():
        share = math.fsum([rarities[order] for order in at_by_word]) / total
        if share < 0.5 and not claim.name:
            continue
        places = sorted(at_by_word.values())
        first, last = places[0], places[-1] + 1
        same = len(at_by_word) == len(words) and all(
            body.words[at] == words[o] for o, at in at_by_word.items()
        )
        how: How = "same" if same else "inflection"
        spread = 1.0 if last - first <= 2 * len(words) + 2 else 0.85
        nearness = NEARNESS[how] * (share if not claim.name else max(share, 0.8)) * spread
        if spread < 1:
            last = first + 1
        yield Place(sentence, first, last, how, nearness)


def _numbers_of_the_story(headline: Headline, body: Document) -> list[Quantity]:
    """Quantities in paragraphs that hold a word of the headline, if it has any to hold them against."""
    if not any(claim.quantity is not None for claim in headline.claims):
        return []
    stems = {headline.document.stems[token] for claim in headline.claims for token in claim.content}
    spoken = {body.sentence_at(at).paragraph for stem in stems for at in body.positions(stem)}
    return [
        quantity
        for quantity in quantities(body.text)
        if body.sentence_at(body.tokens_in(quantity.start, quantity.end)[0]).paragraph in spoken
    ]


def _quantities(claimed: Quantity, stated: Sequence[Quantity], body: Document) -> Iterable[Place]:
    """Quantities of the body that the claimed one can be held against."""
    for match in matches(claimed, stated):  # the best first: of those in one sentence, it counts
        # One that falls short is a lower rung, as on a ladder.
        nearness = NEARNESS["quantity" if match.follows else "ladder"]
        for quantity in match.body:
            first, last = body.tokens_in(quantity.start, quantity.end)
            if first < last:
                sentence = body.sentence_at(first).index
                yield Place(sentence, first, last, "quantity", nearness, quantity=match)


def _on_ladders(claim: Claim, body: Document, lexicon: Lexicon) -> Iterable[Place]:
    """Other words of the same ladders, and words of the opposite ones."""
    for claimed in claim.entries:
        opposite = lexicon.ladders[claimed.ladder].opposite
        both: tuple[tuple[str | None, How], ...] = ((claimed.ladder, "ladder"), (opposite, "opposite"))
        for ladder, how in both:
            for words, entry in lexicon.fellows(ladder, body.vocabulary) if ladder else ():
                for at in body.positions_of_word(words[0]):
                    if len(words) > 1 and tuple(body.words[at : at + len(words)]) != words:
                        continue
                    match: How = "inflection" if entry.text == claimed.text else how
                    rungs = claimed.rung - entry.rung if match == "ladder" else 0
                    sentence = body.sentence_numbers[at]
                    yield Place(sentence, at, at + len(words), match, NEARNESS[match], rungs, entry)


def _families(headline: Headline, body: Document) -> dict[str, list[str]]:
    """The words of the body that begin as a word of the headline does, by their first letters."""
    families: dict[str, list[str]] = {
        word[:FAMILY]: [] for word in headline.document.words if len(word) >= FAMILY
    }
    for word in body.vocabulary:
        begin = word[:FAMILY]
        if begin in families:
            families[begin].append(word)
    return families


def _related(
    claim: Claim, headline: Headline, body: Document, families: dict[str, list[str]]
) -> Iterable[Place]:
    """Words of one family that have not one stem (*Russia*, *Russian*)."""
    words = [headline.document.words[token] for token in claim.content]
    for word in words:
        for other in families.get(word[:FAMILY], ()) if len(word) >= FAMILY else ():
            if other != word and abs(len(other) - len(word)) <= FAMILY - 1:
                for at in body.positions_of_word(other):
                    yield Place(
                        body.sentence_numbers[at], at, at + 1, "related", NEARNESS["related"] / len(words)
                    )


def _near_in_meaning(headline: Headline, body: Document) -> dict[str, tuple[tuple[str, float], ...]]:
    """For each word of a claim the other words of the body that are near to it in meaning.

    All of them: if only the nearest were looked at, taking its sentence away would let another in,
    and that one might stand in a better voice.
    """
    words = list(
        dict.fromkeys(
            headline.document.words[token]
            for claim in headline.claims
            if claim.kind != "quote" and not claim.name
            for token in claim.content
        )
    )
    near = meaning.alike(words, body.vocabulary, function_words().union(words), MEANING_FLOOR)
    return dict(zip(words, near, strict=True))


def _alike(
    claim: Claim, headline: Headline, body: Document, near: dict[str, tuple[tuple[str, float], ...]]
) -> Iterable[Place]:
    """Words near in meaning, by the word vectors."""
    for token in claim.content:
        for word, cosine in near.get(headline.document.words[token], ()):
            for at in body.positions_of_word(word):
                yield Place(body.sentence_numbers[at], at, at + 1, "meaning", cosine / len(claim.content))


def _with_near(
    model: Nearness, matched: Sequence[Sequence[Place]], headline: Headline, body: Document
) -> list[list[Place]]:
    """The places, and the sentences that a model finds near to a claim.

    Only sentences that hold the very words of another claim, and nothing but other words near to this one:
    what the ladders know of a word tells more, and a model takes opposites for neighbours. Every claim is
    compared, also one that has a place elsewhere: else taking that one away could let a better one in.
    """
    sentences = sorted({place.sentence for places in matched for place in places if place.how in STRONG})
    compared = [index for index, claim in enumerate(headline.claims) if _may_be_paraphrased(claim)]
    claimed = [headline.claims[index] for index in compared]
    cosines = model.similarities(
        [headline.document.text[claim.start : claim.end] for claim in claimed],
        [_text(sentence, body) for sentence in sentences],
    )
    found = [list(places) for places in matched]
    for index, row in zip(compared, cosines, strict=True):
        known = {place.sentence: place for place in found[index]}
        for sentence, cosine in zip(sentences, row, strict=True):
            place = known.get(sentence)
            if cosine >= MODEL_FLOOR and (
                place is None or (place.how == "meaning" and cosine > place.nearness)
            ):
                known[sentence] = _whole(sentence, cosine, body)
        found[index] = list(known.values())
    return found


def _judged(
    model: Entailment, context: Context, headline: Headline, body: Document
) -> dict[int, tuple[float, float]]:
    """How far each sentence that speaks of enough of the headline entails and contradicts it."""
    asked = [index for index in sorted(context.in_sentence) if context.own_share(index) >= ASKED]
    answers = model.entailments([(_text(index, body), headline.document.text) for index in asked])
    return {
        index: (entails, contradicts) for index, (entails, _, contradicts) in zip(asked, answers, strict=True)
    }


def _with_entailing(
    judged: Mapping[int, tuple[float, float]],
    matched: Sequence[Sequence[Place]],
    headline: Headline,
    body: Document,
) -> list[list[Place]]:
    """The places, and for claims without one there the sentences that bear out the whole headline."""
    found = [list(places) for places in matched]
    for places, claim in zip(found, headline.claims, strict=True):
        known = {place.sentence for place in places}
        places += [
            _whole(sentence, entails, body)
            for sentence, (entails, _) in judged.items()
            if entails >= ENTAILED and sentence not in known and _may_be_paraphrased(claim)
        ]
    return found


def _may_be_paraphrased(claim: Claim) -> bool:
    """Whether other words can say the same: not of a quotation, a name or a number."""
    return claim.kind != "quote" and not claim.name and claim.quantity is None


def _whole(sentence: int, nearness: float, body: Document) -> Place:
    one = body.sentences[sentence]
    return Place(sentence, one.first, one.last, "meaning", nearness)


def _text(sentence: int, body: Document) -> str:
    one = body.sentences[sentence]
    return body.text[one.start : one.end]
