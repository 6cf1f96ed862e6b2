"""What rules establish: numbers, quotations, voices, hedges, denials, and how much stands in the body."""

from __future__ import annotations

import pytest
from articles import NEUTRAL, Sample, samples
from hypothesis import given
from hypothesis import strategies as st
from verifier.fakes import reading_of

from sensational.analysis import Kind
from sensational.facts import Facts, HeadlineFacts, TermFacts
from sensational.language.canonical import canonical
from sensational.language.document import Document
from sensational.terms import Span, find_spans
from sensational.verifier.inputs import ReadBody


def document(headline: str) -> Document:
    return Document(canonical(headline)[0])


def of_headline(headline: str, body: str) -> HeadlineFacts:
    return Facts(document(headline), ReadBody(Document(body))).of_headline()


def term(headline: str, text: str, kind: Kind = "plain") -> Span:
    """The span of some words of a headline."""
    read = document(headline)
    start = read.text.index(text)
    first, last = read.tokens_in(start, start + len(text))
    return Span(start, start + len(text), first, last, kind, 0.9)


def of_term(headline: str, text: str, body: str, kind: Kind = "plain", sentence: int | None = 0) -> TermFacts:
    read = Document(body)
    facts = Facts(document(headline), ReadBody(read))
    return facts.of_term(term(headline, text, kind), None if sentence is None else read.sentences[sentence])


@given(st.data(), samples())
def test_shares_are_shares(data: st.DataObject, sample: Sample) -> None:
    read, body = document(sample.headline), Document(sample.body)
    facts = Facts(read, ReadBody(body))
    for span in find_spans(read, reading_of(read)):
        found = facts.of_term(span, data.draw(st.sampled_from((None, *body.sentences))))
        assert 0 <= found.words_found <= 1
        assert found.quotation == "none" or span.kind == "quote"


class TestNumbers:
    @pytest.mark.parametrize(
        ("headline", "number", "body"),
        [
            ("Bank cuts 12,000 jobs", "12,000", "The bank cut 12,000 jobs."),
            ("Bank cuts 12,000 jobs", "12,000", "The bank cut 11,988 jobs."),
            ("Robot sells for $924m", "$924m", "The robot was sold for $924 million on Monday."),
            ("Half of pupils can’t swim", "half", "Some 50 percent of pupils cannot swim."),
        ],
    )
    def test_follows(self, headline: str, number: str, body: str) -> None:
        assert of_term(headline, number, body).number == "follows"

    @pytest.mark.parametrize(
        ("headline", "number", "body"),
        [
            ("Bank cuts 12,000 jobs", "12,000", "The bank cut 1,200 jobs."),
            ("Storm kills three in Pellworth", "three", "One man died in the storm."),
            ("Bank cuts 12,000 jobs", "12,000", "The bank cut jobs."),
        ],
    )
    def test_differs(self, headline: str, number: str, body: str) -> None:
        assert of_term(headline, number, body).number == "differs"

    def test_none(self) -> None:
        assert of_term("Bank cuts 12,000 jobs", "bank", "The bank cut 1,200 jobs.").number == "none"


class TestQuotations:
    HEADLINE = "Mayor in 'dirty tricks' row"

    @pytest.mark.parametrize(
        ("body", "fact"),
        [
            ("“It was dirty tricks,” she said.", "spoken"),
            ("She spoke of “dirty tricks” again.", "spoken"),
            ("There were dirty tricks in the campaign.", "written"),
            ("There were tricks, and it was dirty. “Dirty, dirty,” she said.", "nowhere"),
        ],
    )
    def test_where(self, body: str, fact: str) -> None:
        assert of_term(self.HEADLINE, "'dirty tricks'", body, "quote").quotation == fact

    def test_spoken_somewhere_is_spoken(self) -> None:
        body = "There were dirty tricks. “It was dirty tricks,” she said."
        assert of_term(self.HEADLINE, "'dirty tricks'", body, "quote").quotation == "spoken"

    def test_other_terms_have_none(self) -> None:
        assert of_term(self.HEADLINE, "row", "“A row,” she said.").quotation == "none"


class TestWordForWord:
    HEADLINE = "Bank slashes 12,000 jobs"

    @pytest.mark.parametrize(
        "sentence",
        [
            "Bank slashes 12,000 jobs.",
            "BANK SLASHES 12,000 JOBS",
            "On Monday, bank slashes 12,000 jobs again.",
        ],
    )
    def test_it_stands_there(self, sentence: str) -> None:
        assert of_headline(self.HEADLINE, f"{NEUTRAL}\n\n{sentence}").word_for_word

    @pytest.mark.parametrize(
        "sentence",
        [
            "“Bank slashes 12,000 jobs,” said a clerk who did not give a name.",
            "According to officials, bank slashes 12,000 jobs.",
            "Reportedly, bank slashes 12,000 jobs.",
            "It is untrue that bank slashes 12,000 jobs.",
            "The bank slashes many jobs, 12,000 of them.",
            "It was dry.",
        ],
    )
    def test_it_is_only_said_hedged_denied_or_not_there(self, sentence: str) -> None:
        assert not of_headline(self.HEADLINE, f"{NEUTRAL}\n\n{sentence}").word_for_word

    def test_it_is_denied_elsewhere(self) -> None:
        denial = "The report that the bank slashes jobs is a hoax."
        assert not of_headline(self.HEADLINE, f"{self.HEADLINE}.\n\n{NEUTRAL}\n\n{denial}").word_for_word

    def test_it_is_denied_elsewhere_in_its_own_words(self) -> None:
        denial = "It is untrue that bank slashes 12,000 jobs."
        assert not of_headline(self.HEADLINE, f"{self.HEADLINE}.\n\n{NEUTRAL}\n\n{denial}").word_for_word

    def test_one_word_is_not_enough(self) -> None:
        assert not of_headline("Crisis!", f"The crisis goes on.\n\n{NEUTRAL}").word_for_word
        assert of_headline("Crisis!", f"Crisis!\n\n{NEUTRAL}").word_for_word


class TestTheHeadline:
    @pytest.mark.parametrize("headline", ["Bridge to close, mayor says", "Report: Airline to axe routes"])
    def test_attributed(self, headline: str) -> None:
        assert of_headline(headline, NEUTRAL).attributed

    def test_not_attributed(self) -> None:
        assert not of_headline("Bridge closed", NEUTRAL).attributed


class TestTheDecidingSentence:
    def test_the_author(self) -> None:
        found = of_term("Bridge closed", "closed", "The bridge was closed on Monday.")
        assert (found.voice, found.hedged, found.denied) == (None, False, False)

    def test_a_source(self) -> None:
        found = of_term("Bridge closed", "closed", "The bridge was closed, Ilse Marrant said.")
        assert found.voice is not None
        assert found.voice.kind == "named"
        assert found.voice.source is not None
        assert "Marrant" in found.voice.source

    def test_a_hedge(self) -> None:
        assert of_term("Bridge closed", "closed", "The bridge was reportedly closed.").hedged

    def test_a_denial(self) -> None:
        assert of_term("Bridge closed", "closed", "The council denied that the bridge was closed.").denied
        assert of_term("Bridge closed", "closed", "The bridge was not closed.").denied

    def test_none(self) -> None:
        found = of_term("Bridge closed", "closed", "The bridge was not closed, a clerk said.", sentence=None)
        assert (found.voice, found.hedged, found.denied, found.milder) == (None, False, False, None)
        assert found.words_found == 1

    def test_a_milder_word_and_one_as_strong(self) -> None:
        milder = of_term("Coach slams team", "slams", "The coach criticised the team.", "force")
        assert milder.milder == "criticised"
        strong = of_term("Coach slams team", "slams", "The coach slammed the team.", "force")
        assert strong.milder is None
