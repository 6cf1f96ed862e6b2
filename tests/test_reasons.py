"""Reasons: a sentence for every verdict, none twice, and no source that is not sure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational.analysis import KINDS, VERDICTS, Kind, Verdict
from sensational.combiner import Weighed
from sensational.facts import Facts, TermFacts
from sensational.language.document import Document
from sensational.language.voices import Voice, voice_at
from sensational.reasons import LONGEST_TERM, reason, shown_voice, source_name
from sensational.terms import Span
from sensational.verifier.inputs import ReadBody

BODY = Document(
    "The council said that about 400 families had left the valley on Monday, and that the others would "
    "follow them within a week if the water did not fall. It is dry. “No,” she said."
)
NOTHING: TermFacts = Facts(Document("mayor resigns"), ReadBody(BODY)).of_term(
    Span(0, 5, 0, 1, "plain", 0.0), None
)


def voice(kind: Any, source: str | None) -> Voice:
    return Voice(0, 10, kind, source, "said", quoted=False)


def said(
    verdict: Verdict,
    facts: TermFacts = NOTHING,
    kind: Kind = "emotion",
    sentences: tuple[int, ...] = (0,),
    before: frozenset[str] = frozenset(),
    term: str = "flooded valley",
    body: Document = BODY,
    share: float = 1.0,
) -> str:
    left = (1 - share) / (len(VERDICTS) - 1)
    weighed = Weighed(tuple(share if name == verdict else left for name in VERDICTS), verdict, (), 0.5)
    shown = [body.sentences[number] for number in sentences]
    return reason(Span(0, 5, 0, 1, kind, 0.9), weighed, facts, shown, body, before, term)


VOICES = [None, voice("named", "Ilse Marrant"), voice("unnamed", "an official"), voice("outlet", "Reuters"),
          voice("document", "a report"), voice("named", None)]  # fmt: skip
ANY_FACTS = st.builds(
    lambda number, quotation, voice, hedged, denied, found: replace(
        NOTHING,
        number=number,
        quotation=quotation,
        voice=voice,
        hedged=hedged,
        denied=denied,
        words_found=found,
    ),
    st.sampled_from(["none", "follows", "differs"]),
    st.sampled_from(["none", "spoken", "written", "nowhere"]),
    st.sampled_from(VOICES),
    st.booleans(),
    st.booleans(),
    st.sampled_from([0.0, 0.5, 1.0]),
)
SENTENCES = st.sampled_from([(), (0,), (1,), (2,), (0, 1)])


@given(st.sampled_from(VERDICTS), ANY_FACTS, st.sampled_from(KINDS), SENTENCES)
def test_every_verdict_has_one_sentence(
    verdict: Verdict, facts: TermFacts, kind: Kind, sentences: tuple[int, ...]
) -> None:
    text = said(verdict, facts, kind, sentences)
    assert text[0].isupper() or text[0] == "“"
    assert text.endswith((".", "?", "!"))
    assert "\n" not in text
    assert "  " not in text
    assert "None" not in text
    assert len(text) < 90 + LONGEST_TERM
    assert not text.endswith(("..", "…."))


@given(st.sampled_from(VERDICTS), ANY_FACTS, st.sampled_from(KINDS), SENTENCES)
def test_a_second_row_says_it_in_other_words(
    verdict: Verdict, facts: TermFacts, kind: Kind, sentences: tuple[int, ...]
) -> None:
    first = said(verdict, facts, kind, sentences)
    second = said(verdict, facts, kind, sentences, frozenset([first]))
    third = said(verdict, facts, kind, sentences, frozenset([first, second]), "400 families")
    assert len({first, second, third}) == 3


class TestSources:
    @pytest.mark.parametrize("verdict", ["supported", "attributed"])
    def test_a_name_that_is_sure(self, verdict: Verdict) -> None:
        facts = replace(NOTHING, voice=voice("named", "Ilse Marrant"))
        assert "Ilse Marrant" in said(verdict, facts, term="valley")

    @pytest.mark.parametrize("verdict", ["supported", "attributed"])
    @pytest.mark.parametrize(
        ("kind", "source"),
        [
            ("named", None), ("unnamed", "an official"), ("document", "A report"), ("named", "the official"),
            ("named", "1,300 people"), ("named", "April 2019"), ("named", "He said, she"),
            ("named", "“We"), ("named", "A" * 60), ("named", "X"), ("named", ""),
        ],
    )  # fmt: skip
    def test_one_that_is_not(self, verdict: Verdict, kind: str, source: str | None) -> None:
        text = said(verdict, replace(NOTHING, voice=voice(kind, source)), term="valley")
        assert "ne source" in text
        assert not source or source not in text

    @pytest.mark.parametrize("source", ["Therefore", "Initially", "That’s", "Let’s", "Believed", "Ticket"])
    def test_a_word_that_only_begins_a_sentence_is_no_source(self, source: str) -> None:
        """These came out of real articles as the names of sources."""
        assert source not in said("attributed", replace(NOTHING, voice=voice("named", source)))

    @pytest.mark.parametrize("source", ["Monday", "April", "Tuesday Night", "Thursday", "Last Week"])
    def test_a_day_or_a_month_is_no_source(self, source: str) -> None:
        assert source not in said("attributed", replace(NOTHING, voice=voice("named", source)))

    @given(st.sampled_from(VERDICTS), st.text(max_size=50), st.sampled_from(KINDS))
    def test_no_number_is_a_source(self, verdict: Verdict, source: str, kind: Kind) -> None:
        facts = replace(NOTHING, voice=voice("named", f"7 {source}"))
        assert f"7 {source}" not in said(verdict, facts, kind, sentences=())

    def test_a_quotation_that_carries_on_has_its_speaker_from_its_own_paragraph(self) -> None:
        body = Document("“We left,” said Jo Bell. “It was late.”\n\n“Nobody came,” was all that was heard.")
        here, later = body.text.index("“It"), body.text.index("“Nobody")
        carried = voice("named", "Jo Bell")._replace(cue="", start=here)
        assert source_name(carried, body) == "Jo Bell"
        assert source_name(carried._replace(start=later), body) is None

    @pytest.mark.parametrize(
        "name", ["Former Secretary", "R-Ohio", "MORE", "WILMINGTON", "Faith", "Donald Trump’s"]
    )
    def test_an_accident_of_parsing_is_no_source(self, name: str) -> None:
        """These came out of real articles as the names of sources."""
        body = Document(f"As {name} and Freedom Coalition said, {name} is here. The man from {name} agrees.")
        start = body.text.index(name)
        heard = voice("named", name)._replace(source_start=start, source_end=start + len(name))
        assert source_name(heard, body) != name


def every(verdict: Verdict, facts: TermFacts = NOTHING, **more: Any) -> list[str]:
    """All that a term can be given as its reason, the first one first."""
    seen: list[str] = []
    while (text := said(verdict, facts, before=frozenset(seen), **more)) not in seen:
        seen.append(text)
    return seen


class TestSupported:
    @pytest.mark.parametrize("source", [None, "Ilse Marrant"])
    def test_the_article_says_so_whoever_speaks(self, source: str | None) -> None:
        """“One source says so.” explains *attributed*."""
        words = f"in the words of {source or 'one source'}"
        assert every("supported", replace(NOTHING, voice=voice("named", source)), term="left the valley") == [
            f"The article says so, {words}.",
            f"The article says “left”, {words}.",
        ]

    def test_an_article_before_a_name_is_small_inside_a_sentence(self) -> None:
        heard = replace(NOTHING, voice=voice("named", "The White House"))
        assert said("supported", heard, term="valley").endswith("in the words of the White House.")

    def test_the_article_says_what_its_sentence_says(self) -> None:
        assert every("supported", term="family") == [
            "The article says so in its own voice.", "The article itself says “families”."
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("term", "fact"),
        [
            ("chaos", ""), ("flooded valley", "“valley”"), ("valley families", "“families”"),
            ("out", ""), ("to", ""), ("dry families", "“families”"),
        ],
    )  # fmt: skip
    def test_what_its_sentence_does_not_say_is_the_tools_reading(self, term: str, fact: str) -> None:
        """“In other words, the article says ‘chaos’” stood over a sentence that does not."""
        for text in every("supported", term=term):
            assert "tool takes" in text
            assert not text.startswith("The article says") or text.startswith(
                f"The article says {fact}, which"
            )

    def test_words_of_a_term_that_stand_apart_do_not_say_it(self) -> None:
        body = Document("The loser will turn out to be the minister, whose party votes on Tuesday.")
        assert "tool takes" in said("supported", term="turn on", body=body)
        assert said("supported", term="turn out", body=body) == "The article says so in its own voice."

    def test_a_sentence_that_negates_the_words_does_not_say_so(self) -> None:
        body = Document("The council did not close the bridge.")
        denied = replace(NOTHING, denied=True)
        assert "tool takes" in said("supported", denied, term="close", body=body)

    def test_a_term_that_is_open_for_discussion_is_only_taken_so(self) -> None:
        assert said("supported", term="valley", share=0.61) == "The article says so in its own voice."
        assert "tool takes" in said("supported", term="valley", share=0.6)

    @pytest.mark.parametrize(
        ("term", "shown"),
        [("takes the", "takes"), ("in flight from", "flight"), ("at least 500", "at least 500"),
         ("without power", "without power")],
    )  # fmt: skip
    def test_a_phrase_has_no_joining_word_at_its_ends(self, term: str, shown: str) -> None:
        """*Without* says the opposite if it is left out, and *at least* is part of a number."""
        assert every("supported", term=term)[-1].endswith(f"support for “{shown}”; check it.")


class TestNumbers:
    follows = replace(NOTHING, number="follows")

    @pytest.mark.parametrize(
        ("term", "text"),
        [
            ("400", "The article gives this number."), ("400 families", "The article gives this number."),
            ("about 400", "The article gives this number."), ("a week", "The article gives this number."),
            ("seven days", "“seven days” follows from “a week” in the article."),
        ],
    )  # fmt: skip
    def test_a_number_that_stands_in_the_sentence(self, term: str, text: str) -> None:
        assert said("supported", self.follows, "scale", term=term) == text

    @pytest.mark.parametrize("term", ["every", "all", "300", "two", "entire"])
    def test_no_number_is_given_for_a_word_or_out_of_another_sentence(self, term: str) -> None:
        """“The article gives this number” explained *every*."""
        assert "number" not in said("supported", self.follows, "scale", term=term)
        assert "“400”" not in said("supported", self.follows, "scale", term=term)

    def test_a_score_is_no_number_of_things(self) -> None:
        body = Document("The Ironbacks beat the Gulls 3-2 in four overtimes.")
        assert "number" not in said("supported", self.follows, "scale", term="two", body=body)

    def test_another_figure_is_one_of_the_same_things(self) -> None:
        differs = replace(NOTHING, number="differs")
        assert every("contradicted", differs, kind="scale", term="900 families")[:1] == [
            "The article says “about 400”, not “900 families”; check that both count the same thing.",
        ]
        assert "400" not in said("contradicted", differs, "scale", term="900 cows")

    @pytest.mark.parametrize("term", ["huge", "every", "in droves"])
    def test_a_word_is_not_measured_against_a_number(self, term: str) -> None:
        """“‘huge’ suggests more” stood over “About 40”: the fire was huge."""
        assert not any("400" in text for text in every("weaker", kind="scale", term=term))


class TestAttributed:
    heard = replace(NOTHING, voice=voice("named", "Ilse Marrant"))

    def test_a_word_that_only_a_source_says(self) -> None:
        assert every("attributed", self.heard, term="families") == [
            "Ilse Marrant says this; the article does not say it in its own voice.",
            "“families” is the word of Ilse Marrant; the article does not say it itself.",
        ]

    @pytest.mark.parametrize(("verdict", "firm"), [("attributed", "says this;"), ("supported", "says so")])
    def test_what_is_hedged_is_not_said(self, verdict: Verdict, firm: str) -> None:
        """“Sarah Teague says this” stood over *it could have been deadly*."""
        for hedge, says in (("could have been", False), ("was", True)):
            body = Document(f"“The crash {hedge} deadly,” Ilse Marrant said.")
            assert (firm in said(verdict, self.heard, term="deadly", body=body)) == says

    def test_one_that_the_article_says_too(self) -> None:
        body = Document("“The bridge is a trap,” Ilse Marrant said. It was a trap for years.")
        assert said("attributed", self.heard, term="trap", body=body).startswith("The tool finds this only")

    def test_one_that_nobody_says(self) -> None:
        assert all("tool finds" in text for text in every("attributed", self.heard, term="chaos"))


def test_a_hedge_is_named_and_the_rest_is_the_tools_reading() -> None:
    body = Document("The bridge will possibly close.")
    assert (
        said("hedged", term="close", body=body) == "The article says “possibly”; the headline sounds surer."
    )
    assert said("hedged", term="ruin", body=body).endswith(
        "“possibly” here; the tool finds the headline surer."
    )
    assert said("hedged", term="ruin").startswith("The tool finds the article less certain")


class TestWeaker:
    def test_a_milder_word_is_named_if_it_says_anything(self) -> None:
        assert said("weaker", replace(NOTHING, milder="hurt")) == (
            "The article says “hurt”, a milder word; check that it is about the same thing."
        )
        assert "milder word" not in said("weaker", replace(NOTHING, milder="say"))

    def test_a_particle_is_not_stronger_than_anything(self) -> None:
        assert not any("stronger" in text for text in every("weaker", term="out"))
        assert "The tool finds “ruin” stronger" in every("weaker", term="ruin")[-1]

    def test_a_quotation_with_a_hyphen_is_said_all_the_same(self) -> None:
        body = Document("She called it the “lynch-mob media” on Monday.")
        nowhere = replace(NOTHING, quotation="nowhere")
        assert "Nobody" not in said("weaker", nowhere, "quote", term="lynch mob media", body=body)
        assert "Nobody" in said("weaker", nowhere, "quote", term="lynch mob press", body=body)


class TestAbsent:
    @pytest.mark.parametrize(("term", "words"), [("chaos", "this word"), ("utter chaos", "these words")])
    def test_what_the_article_does_not_use(self, term: str, words: str) -> None:
        """“The article does not mention it” stood over paraphrases in one row of three."""
        gone = replace(NOTHING, words_found=0.0)
        assert said("absent", gone, sentences=(), term=term) == (
            f"The article does not use {words}, and the tool found nothing that says the same."
        )

    @pytest.mark.parametrize("found", [0.5, 1.0])
    def test_with_its_words_in_the_article_the_tool_found_nothing(self, found: float) -> None:
        assert said("absent", replace(NOTHING, words_found=found), sentences=()).startswith("The tool found")


def test_a_denial_is_named_only_where_it_turns_the_words_round() -> None:
    body = Document("The council did not close the bridge. Nobody was hurt when it opened in 1994.")
    denied = replace(NOTHING, denied=True)
    assert said("contradicted", denied, term="close", body=body) == "A sentence of the article denies it."
    assert "tool takes" in said("contradicted", denied, term="months", sentences=(1,), body=body)
    assert "tool takes" in said("contradicted", denied, term="close", sentences=(1,), body=body)


def test_a_second_sentence_that_is_shown_may_deny_it() -> None:
    body = Document("A post says that tea causes fever. We did not find that tea causes fever.")
    assert (
        said("contradicted", sentences=(0, 1), term="causes", body=body)
        == "A sentence of the article denies it."
    )
    assert "tool" in said("contradicted", sentences=(0, 1), term="causes", body=body, kind="plain")


def test_long_words_are_cut_at_a_word() -> None:
    quoted = (
        every("supported", term="a " + "very " * 12 + "long term")[-1].partition("“")[2].partition("”")[0]
    )
    assert len(quoted) <= LONGEST_TERM
    assert quoted.endswith("very…")


@pytest.mark.parametrize("verdict", VERDICTS)
def test_nothing_is_quoted_where_no_sentence_decides(verdict: Verdict) -> None:
    assert "“”" not in said(verdict, sentences=())


class TestShownVoice:
    body = Document(
        "After promising to reopen the quay by May, the board was driven to a shaming climbdown in June."
    )

    def heard(self, word: str) -> Voice | None:
        at = self.body.words.index(word)
        told = voice_at(self.body, self.body.starts[at], self.body.ends[at])
        assert told is not None, "the wish is heard to the end of the sentence"
        return shown_voice(told, [at], self.body)

    def test_a_promise_ends_with_its_clause(self) -> None:
        assert self.heard("shaming") is None
        assert self.heard("reopen") is not None

    def test_a_term_without_words_in_the_sentence_is_the_articles(self) -> None:
        told = voice_at(self.body, 30, 31)
        assert told is not None
        assert shown_voice(told, [], self.body) is None
        assert shown_voice(told._replace(strength=1.0), [], self.body) is not None
        assert shown_voice(None, [], self.body) is None

    def test_the_reason_says_so_too(self) -> None:
        told = replace(NOTHING, voice=voice_at(self.body, 30, 31))
        assert (
            said("supported", told, term="shamed", body=self.body) == "The article says so in its own voice."
        )
