"""Reasons: a sentence for every verdict, none twice, and no source that is not sure."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational.analysis import KINDS, VERDICTS, Kind, Verdict
from sensational.combiner import Weighed
from sensational.facts import Facts, TermFacts
from sensational.language.document import Document
from sensational.language.voices import Voice
from sensational.reasons import LONGEST, missing_marks, reason, source_name
from sensational.terms import Span
from sensational.verifier.inputs import ReadBody

BODY = Document(
    "The council said that about 400 families had left the valley on Monday, and that the others would "
    "follow them within a week if the water did not fall. It is dry. “No,” she said."
)
NOTHING: TermFacts = Facts(Document("mayor resigns"), ReadBody(BODY)).of_term(
    Span(0, 5, 0, 1, "plain", 0.0), None
)


def voice(kind: str, source: str | None) -> Voice:
    known = {"kind": kind, "source": source, "start": 0, "end": 10, "cue": "said"}
    names = Voice._fields if hasattr(Voice, "_fields") else tuple(Voice.__dataclass_fields__)
    return Voice(**{name: known.get(name) for name in names})


def said(
    verdict: Verdict,
    facts: TermFacts = NOTHING,
    kind: Kind = "emotion",
    sentences: tuple[int, ...] = (0,),
    before: frozenset[str] = frozenset(),
    term: str = "Flooded valley",
) -> str:
    weighed = Weighed(tuple(float(name == verdict) for name in VERDICTS), verdict, (), 0.5)
    shown = [BODY.sentences[number] for number in sentences]
    return reason(Span(0, 5, 0, 1, kind, 0.9), weighed, facts, shown, BODY, before, term)


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
    assert len(text) < 110 + LONGEST
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
        assert "Ilse Marrant" in said(verdict, replace(NOTHING, voice=voice("named", "Ilse Marrant")))

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
        text = said(verdict, replace(NOTHING, voice=voice(kind, source)))
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


class TestSupported:
    def every(self, facts: TermFacts = NOTHING, term: str = "Flooded valley") -> list[str]:
        """All that a supported term can be given as its reason, the first one first."""
        seen: list[str] = []
        while (text := said("supported", facts, before=frozenset(seen), term=term)) not in seen:
            seen.append(text)
        return seen

    @pytest.mark.parametrize("source", [None, "Ilse Marrant"])
    def test_the_article_says_so_whoever_speaks(self, source: str | None) -> None:
        """“One source says so.” explains *attributed*."""
        words = f"in the words of {source or 'one source'}"
        told = self.every(replace(NOTHING, voice=voice("named", source)))
        assert told == [
            f"The article says so, {words}.",
            f"The article says “valley”, {words}.",
            f"The article bears out “Flooded valley”, {words}.",
            "The article says so in this sentence: “The council said that about 400 families had left…”.",
        ]

    def test_an_article_before_a_name_is_small_inside_a_sentence(self) -> None:
        heard = voice("named", "The White House")
        assert said("supported", replace(NOTHING, voice=heard)).endswith("in the words of the White House.")

    @pytest.mark.parametrize(
        ("term", "shown"),
        [("takes the", "takes"), ("in flight from", "flight"), ("of the", None), ("over the", None),
         ("at least 400", "at least 400"), ("without power", None)],
    )  # fmt: skip
    def test_a_phrase_has_no_joining_word_at_its_ends(self, term: str, shown: str | None) -> None:
        told = [text for text in self.every(term=term) if text.startswith("In other words")]
        if term == "without power":  # it says the opposite without its first word
            assert told == ["In other words, the article says “without power”."]
        else:
            assert told == ([f"In other words, the article says “{shown}”."] if shown else [])


class TestMarks:
    @pytest.mark.parametrize(
        ("text", "missing"),
        [
            ("“I do not sleep …", ("", "”")), ("He wrote: “I do", ("", "”")), ("No,” she said.", ("“", "")),
            ("No,” she said, “nev", ("“", "”")), ("“No,” she said.", ("", "")), ("No", ("", "")),
            ('"I do not sleep …', ("", '"')), ('No," she said.', ('"', "")), ('"No," she said.', ("", "")),
        ],
    )  # fmt: skip
    def test_missing_ones(self, text: str, missing: tuple[str, str]) -> None:
        assert missing_marks(text) == missing

    @given(st.text("a “”", max_size=30))
    def test_none_is_missing_once_they_are_added(self, text: str) -> None:
        before, after = missing_marks(text)
        assert missing_marks(before + text + after) == ("", "")

    def test_a_quotation_that_a_reason_cuts_is_closed(self) -> None:
        body = Document("She wrote: “We are so afraid that none of us will ever come back to this valley.”")
        weighed = Weighed(tuple(float(name == "shifted") for name in VERDICTS), "shifted", (), 0.5)
        seen: set[str] = set()
        for _ in range(4):
            seen.add(reason(Span(0, 5, 0, 1, "emotion", 0.9), weighed, NOTHING, body.sentences, body, seen))
        assert any("“She wrote: ‘We are so afraid" in text and text.endswith("…’”.") for text in seen)


class TestQuotedWords:
    def test_long_ones_are_cut_at_a_word(self) -> None:
        text = said("shifted", before=frozenset([said("shifted", term="")]), term="")
        quoted = text[text.index("“") + 1 : text.index("”")]
        assert len(quoted) <= LONGEST
        assert quoted.endswith("…")
        assert BODY.text.startswith(quoted.removesuffix("…"))

    def test_a_number_of_the_body_is_named(self) -> None:
        assert "400" in said("weaker", kind="scale")
        assert "400" in said("contradicted", replace(NOTHING, number="differs"), "scale")

    @pytest.mark.parametrize("verdict", VERDICTS)
    def test_nothing_is_quoted_where_no_sentence_decides(self, verdict: Verdict) -> None:
        assert "“”" not in said(verdict, sentences=())


def test_a_denial_is_named_only_where_there_is_one() -> None:
    assert "denies" in said("contradicted", replace(NOTHING, denied=True))
    assert "denies" not in said("contradicted")
