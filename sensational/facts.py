"""What rules establish of a headline and each of its terms, with certainty or by plain counting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sensational.language.certainty import HEDGED_FROM, hedges
from sensational.language.document import Document, Sentence
from sensational.language.function_words import function_words
from sensational.language.negation import denials, negations
from sensational.language.quantities import compare, quantities
from sensational.language.voices import Voice, voice_at, voices
from sensational.lexicon.cues import cues
from sensational.lexicon.loader import load
from sensational.lexicon.phrases import Phrases
from sensational.terms import Span
from sensational.verifier.inputs import ReadBody

NumberFact = Literal["none", "follows", "differs"]
QuotationFact = Literal["none", "spoken", "written", "nowhere"]
DENIED_SHARE = 0.5
"""A denial concerns the headline if its sentence has this share of the headline's content words."""


@dataclass(frozen=True, slots=True)
class HeadlineFacts:
    """Of the headline as a whole.

    Attributes:
        word_for_word: the sentence in which it stands as it is, in the author's voice, unhedged and nowhere
            denied; None where there is none.
        attributed: it names a source (*says*, *report:*).
    """

    word_for_word: Sentence | None
    attributed: bool


@dataclass(frozen=True, slots=True)
class TermFacts:
    """Of one term.

    Attributes:
        words_found: share of its content words whose stem stands in the body, 0 to 1.
        number: whether its number follows from the body.
        quotation: whether words in quotation marks are spoken by somebody in the body, written there by the
            author, or neither.
        voice: who speaks in the deciding sentence; None for the author.
        milder: a word of the deciding sentence that stands on a lower rung of the term's own ladder, where
            none as strong stands there.
        hedged, denied: whether the deciding sentence hedges, or denies or negates.
    """

    words_found: float
    number: NumberFact
    quotation: QuotationFact
    voice: Voice | None
    milder: str | None
    hedged: bool
    denied: bool


class Facts:
    """Establishes the facts of one headline over one body.

    Args:
        headline: in its canonical form.
        body: what it stands over.
    """

    def __init__(self, headline: Document, body: ReadBody) -> None:
        self._headline = headline
        self._body = body
        grammar = function_words()
        self._content = [at for at, word in enumerate(headline.words) if word not in grammar]
        self._sentence_stems = [
            set(body.document.stems[sentence.first : sentence.last]) for sentence in body.document.sentences
        ]
        self._quantities = quantities(body.document.text)

    def of_headline(self) -> HeadlineFacts:
        """What holds of the headline as a whole."""
        return HeadlineFacts(self._stands_word_for_word(), bool(_sourcing().all(self._headline.words)))

    def of_term(self, term: Span, sentence: Sentence | None) -> TermFacts:
        """What holds of one term.

        Args:
            term: of the headline.
            sentence: of the body that decides it, if one does.
        """
        stems = [self._headline.stems[at] for at in self._content if term.first <= at < term.last]
        stems = stems or self._headline.stems[term.first : term.last]
        document = self._body.document
        return TermFacts(
            words_found=sum(stem in self._body.stems for stem in stems) / max(1, len(stems)),
            number=self._number(term),
            quotation=self._quotation(term),
            voice=_voice_of(document, sentence, stems) if sentence else None,
            milder=self._milder(term, sentence) if sentence else None,
            hedged=sentence is not None
            and any(hedge.strength >= HEDGED_FROM for hedge in hedges(document, sentence)),
            denied=sentence is not None
            and bool(negations(document, sentence) or denials(document, sentence)),
        )

    def _milder(self, term: Span, sentence: Sentence) -> str | None:
        """A milder word of the term's ladders in a sentence, unless one as strong stands there too."""
        lexicon = load()
        rungs: dict[str, int] = {}
        for hit in lexicon.find(self._headline.words[term.first : term.last]):
            for entry in hit.entries:
                rungs[entry.ladder] = max(entry.rung, rungs.get(entry.ladder, 0))
        milder = None
        document = self._body.document
        for hit in lexicon.find(document.words[sentence.first : sentence.last]) if rungs else ():
            for entry in hit.entries:
                if entry.ladder not in rungs:
                    continue
                if entry.rung >= rungs[entry.ladder]:
                    return None
                first, last = sentence.first + hit.first, sentence.first + hit.last
                milder = milder or document.text[document.starts[first] : document.ends[last - 1]]
        return milder

    def _number(self, term: Span) -> NumberFact:
        found = [
            quantity
            for quantity in quantities(self._headline.text)
            if quantity.start < term.end and term.start < quantity.end and quantity.step > 0
        ]
        if not found:
            return "none"
        return "follows" if all(compare(one, self._quantities).follows for one in found) else "differs"

    def _quotation(self, term: Span) -> QuotationFact:
        if term.kind != "quote":
            return "none"
        words = self._headline.words[term.first : term.last]
        document = self._body.document
        written = False
        for at in document.positions(self._headline.stems[term.first]):
            if document.words[at : at + len(words)] != words:
                continue
            start, end = document.starts[at], document.ends[at + len(words) - 1]
            if self._body.quotes(start) and self._body.quotes(end - 1):
                return "spoken"
            written = True
        return "written" if written else "nowhere"

    def _stands_word_for_word(self) -> Sentence | None:
        """The first sentence of the place where the whole headline stands as the author's own word."""
        words = self._headline.words
        if not words or f" {' '.join(words)} " not in self._body.words:
            return None
        document = self._body.document
        places = [
            (at, at + len(words))
            for at in document.positions(self._headline.stems[0])
            if document.words[at : at + len(words)] == words
        ]
        plain = [place for place in places if self._is_plain(*place)]
        if not plain or self._is_denied(places):
            return None
        return document.sentence_at(plain[0][0])

    def _is_plain(self, first: int, last: int) -> bool:
        """Whether some tokens are the author's own word, unhedged and undenied, or whole sentences.

        A whole sentence hedges, denies and attributes no more than the headline that it is.
        """
        document = self._body.document
        numbers = document.sentence_numbers
        covered = document.sentences[numbers[first] : numbers[last - 1] + 1]
        if any(self._quoted(sentence) for sentence in covered):
            return False
        if covered[0].first == first and covered[-1].last == last:
            return True
        return len(self._content) > 1 and not any(
            voices(document, sentence)
            or any(hedge.strength >= HEDGED_FROM for hedge in hedges(document, sentence))
            or denials(document, sentence)
            for sentence in covered
        )

    def _is_denied(self, places: Sequence[tuple[int, int]]) -> bool:
        """Whether a sentence denies what the headline says.

        Where the headline itself stands, a negation may be its own, so only a denial counts, and where it is
        whole sentences, nothing does.
        """
        document = self._body.document
        wanted = {self._headline.stems[at] for at in self._content}
        for sentence, stems in zip(document.sentences, self._sentence_stems, strict=True):
            if len(wanted & stems) < max(1, DENIED_SHARE * len(wanted)):
                continue
            here = [
                (first, last) for first, last in places if first < sentence.last and sentence.first < last
            ]
            if any(first <= sentence.first and sentence.last <= last for first, last in here):
                continue
            if denials(document, sentence) or (not here and negations(document, sentence)):
                return True
        return False

    def _quoted(self, sentence: Sentence) -> bool:
        return any(
            quote.start < sentence.end and sentence.start < quote.end for quote in self._body.quotations
        )


def _voice_of(document: Document, sentence: Sentence, stems: list[str]) -> Voice | None:
    """Who says what a sentence says of some words: where they stand, or over the most of it."""
    for at in range(sentence.first, sentence.last):
        if document.stems[at] in stems:
            return voice_at(document, document.starts[at], document.ends[at])
    heard = voices(document, sentence)
    longest = max(heard, key=lambda voice: (voice.end - voice.start, -voice.start), default=None)
    if longest is not None and 2 * (longest.end - longest.start) >= sentence.end - sentence.start:
        return longest
    return None


@lru_cache(maxsize=1)
def _sourcing() -> Phrases[float]:
    return Phrases((form, cue.strength) for cue in cues("headline_sourcing") for form in cue.forms)
