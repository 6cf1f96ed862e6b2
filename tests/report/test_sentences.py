"""The sentences that say what was found."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed import render_terminal

from sensational.analysis import Stance
from sensational.report.excerpts import missing_marks
from sensational.report.html import render_html
from sensational.report.sentences import (
    band,
    brief,
    doubt,
    likely,
    listed,
    named,
    number,
    plural,
    stance,
    summary,
)
from sensational.report.view import build_view

from .samples import SAMPLES, sure


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "five",
            "The headline goes much further than its article. The tool finds that “humiliated” is said of "
            "someone or something else, or of another time. “abandon” is stronger than what the article "
            "says. “in droves” and “family” rest on the word of one driver. The others fall short in smaller "
            "ways. How far the article bears out “terrified” is hard to say.",
        ),
        (
            "none",
            "The headline says no more than its article. It has no loaded words, and the article bears out "
            "what it says.",
        ),
        (
            "supported",
            "The headline says no more than its article. The tool finds both loaded terms borne out. A "
            "loud headline can be fair.",
        ),
        (
            "contradicted",
            "The headline goes much further than its article. The tool finds none of the three loaded terms "
            "fully borne out. The article contradicts “cure”. Nothing in the article backs “Miracle”. The "
            "article is less certain of “finally arrives” than the headline is.",
        ),
        (
            "not_scored",
            "This article was not scored. The article is too short to judge: it has fewer than 10 "
            "words. Its headline has one loaded term: “Outrage”.",
        ),
    ],
)
def test_summary(name: str, said: str) -> None:
    assert summary(SAMPLES[name]()[1]) == said


def test_one_term_and_one_source() -> None:
    _, analysis = SAMPLES["five"]()
    said = summary(replace(analysis, terms=analysis.terms[:1]))
    assert said == (
        "The headline goes much further than its article. The tool finds that “humiliated” is said of "
        "someone or something else, or of another time."
    )
    quoted = replace(analysis.terms[3], evidence=(replace(analysis.terms[3].evidence[0], source="Jo Bell"),))
    assert "“in droves” rests on the word of Jo Bell." in summary(replace(analysis, terms=(quoted,)))
    unsure = replace(quoted, evidence=(replace(quoted.evidence[0], source=None),))
    assert "“in droves” rests on the word of one source." in summary(replace(analysis, terms=(unsure,)))
    both = replace(analysis, terms=(unsure, replace(unsure, text="droves")))
    assert "“in droves” and “droves” each rest on the word of one source." in summary(both)
    plain = replace(analysis, terms=(analysis.terms[-1],))
    assert "It has no loaded words. The tool finds that nothing in the article backs the plain" in summary(
        plain
    )


def test_a_term_without_a_likely_verdict_is_not_held_against_the_headline_as_if_it_were_sure() -> None:
    _, analysis = SAMPLES["five"]()
    term = analysis.terms[1]
    assert summary(replace(analysis, terms=(term,))).endswith(
        "its article. How far the article bears out “terrified” is hard to say."
    )
    passed = replace(term, verdict="supported", support=1.0)
    assert summary(replace(analysis, divergence=0.0, terms=(passed,))) == (
        "As far as the tool can tell, the headline says no more than its article. How far the article bears "
        "out “terrified” is hard to say."
    )


def test_plain_terms_stand_apart_from_the_count_of_loaded_ones() -> None:
    _, analysis = SAMPLES["five"]()
    loaded, other, plain = analysis.terms[0], analysis.terms[2], analysis.terms[-1]
    gone = replace(loaded, text="stranded", verdict="absent", probabilities={})
    fine = replace(other, verdict="supported", support=1.0)
    said = summary(replace(analysis, terms=(gone, fine, plain)))
    assert "The tool finds one of the two loaded terms fully borne out." in said
    assert said.endswith("Nothing in the article backs “stranded” or the plain term “worries”.")
    more = [replace(plain, text=text, start=plain.start + at) for at, text in enumerate("abcd")]
    said = summary(replace(analysis, terms=(gone, fine, *more[:2])))
    assert said.endswith("backs “stranded” or the plain terms “a” or “b”.")
    said = summary(replace(analysis, terms=(gone, *more)))
    assert said.endswith("backs “stranded” or the plain terms “a”, “b” or two others.")
    against = [replace(term, verdict="contradicted") for term in (gone, plain)]
    assert "the article contradicts “stranded” and the plain term “worries”." in summary(
        replace(analysis, terms=tuple(against))
    )


def test_a_headline_that_passes_is_not_vouched_for() -> None:
    assert band(SAMPLES["none"]()[1]) == "The tool finds nothing that a careful editor would change."


def test_a_small_number_over_an_open_term_does_not_say_that_all_is_well() -> None:
    _, analysis = SAMPLES["five"]()
    little = replace(analysis, divergence=3.0, terms=analysis.terms[:1])
    assert summary(little).startswith("The headline goes a little further than its article.")
    assert band(little) == "Anyone who reads only the headline misses a nuance."


def test_a_headline_does_not_match_its_article_only_where_the_ledger_says_so() -> None:
    _, analysis = SAMPLES["five"]()
    attributed = replace(analysis, divergence=95.0, terms=analysis.terms[3:4])
    assert summary(attributed).startswith("The headline goes much further")
    shifted = replace(analysis, divergence=95.0, terms=analysis.terms[:1])
    assert summary(shifted).startswith("The headline does not match its article.")


@pytest.mark.parametrize(
    ("label", "verdict", "fits", "contradicts"),
    [
        ("agree", "supported", 12, 13), ("agree", "weaker", None, 5),
        ("disagree", "contradicted", 38, 37), ("disagree", "absent", None, 80),
        ("unrelated", "absent", 63, 62), ("unrelated", "contradicted", None, 80),
        ("discuss", "hedged", 5, 4), ("discuss", "supported", None, 30),
    ],
)  # fmt: skip
def test_the_stance_never_contradicts_the_ledger(
    label: Any, verdict: Any, fits: float | None, contradicts: float
) -> None:
    _, five = SAMPLES["five"]()
    analysis = replace(five, stance=Stance(label, {}), terms=(replace(five.terms[0], verdict=verdict),))
    if fits is not None:
        assert stance(replace(analysis, divergence=float(fits))).startswith("The tool reads")
    assert stance(replace(analysis, divergence=float(contradicts))) == ""


def test_a_wide_interval_is_hard_to_judge_and_says_why() -> None:
    article, analysis = SAMPLES["five"]()
    assert likely(replace(analysis, interval=(20.0, 70.0))) == "likely 20 to 70"
    wide = replace(analysis, interval=(20.0, 70.1))
    assert brief(wide).splitlines()[1] == "Divergence 67 of 100, hard to judge. Loading 78 of 100."
    assert doubt(wide) == "Hard to judge: more than one verdict is likely for “terrified”."
    sure = replace(wide, terms=wide.terms[:1])
    assert doubt(sure).endswith("careful readers’ own scores range from 20 to 70.")
    assert doubt(analysis) == ""
    view = build_view(article, wide, readability_too=False)
    assert view.low == view.high == view.divergence
    for shown in (render_terminal(article, wide), render_html(article, wide)):
        assert "of 100, hard to judge" in shown
        assert "more than one verdict is likely" in shown
        assert ", likely" not in shown


def test_small_words() -> None:
    assert [number(0), number(12), number(13)] == ["no", "twelve", "13"]
    assert [plural(1, "word"), plural(1200, "word")] == ["1 word", "1,200 words"]
    assert [listed([]), listed(["a"]), listed(["a", "b", "c"])] == ["", "a", "a, b and c"]
    assert named("‘family’") == "“family”"
    assert named("''") == "“''”"
    assert "main point" in band(SAMPLES["five"]()[1])


def test_brief_says_the_number() -> None:
    assert brief(SAMPLES["five"]()[1]).splitlines()[1] == (
        "Divergence 67 of 100, likely 54 to 78. Loading 78 of 100."
    )
    assert "Divergence" not in brief(SAMPLES["not_scored"]()[1])


@pytest.mark.parametrize("name", SAMPLES)
def test_points_add_up_to_the_number(name: str) -> None:
    view = build_view(*SAMPLES[name](), readability_too=False)
    assert sum(entry.points for entry in view.shown) == view.divergence
    ranked = [(not entry.open, -entry.points) for entry in view.shown]
    assert ranked == sorted(ranked)


def test_view_quotes_the_sentence_and_the_words_that_it_shares_with_the_term() -> None:
    view = build_view(*SAMPLES["five"](), readability_too=False)
    first, abandon, droves = view.shown[:3]
    (quote,) = first.quotes
    assert "".join(part.text for part in quote.parts).startswith("A regional manager left his post")
    assert [part.text for part in quote.parts if part.bold] == ["humiliating"]
    assert first.reason == "In the article a regional manager is humiliated, not the mayor."
    assert [one.who for one in abandon.quotes] == ["one driver", "one driver"]
    assert not any(part.bold for one in droves.quotes for part in one.parts)


def test_the_ledger_lists_loaded_terms_and_plain_ones_that_are_not_borne_out() -> None:
    article, analysis = SAMPLES["five"]()
    plain = analysis.terms[-1]
    fine = replace(plain, text="drivers", verdict="supported", support=1.0, contribution=0.0)
    view = build_view(article, replace(analysis, terms=(*analysis.terms, fine)), readability_too=False)
    assert [entry.text for entry in view.shown if not entry.loaded] == ["worries"]
    assert "drivers" not in [entry.text for entry in view.shown]


def test_a_supported_term_shows_no_points() -> None:
    view = build_view(*SAMPLES["supported"](), readability_too=False)
    assert [entry.shown_points for entry in view.shown] == ["", ""]
    assert all(entry.supported == entry.claimed for entry in view.shown)
    open_terms = build_view(*SAMPLES["five"](), readability_too=False).shown
    assert all(entry.shown_points == str(entry.points) for entry in open_terms)
    unscored = build_view(*SAMPLES["not_scored"](), readability_too=False).shown
    assert [entry.shown_points for entry in unscored] == ["–"]


def test_evidence_that_does_not_slice_is_left_out() -> None:
    article, analysis = SAMPLES["five"]()
    wrong = replace(analysis.terms[0].evidence[0], start=3, end=9)
    broken = replace(analysis, terms=(replace(analysis.terms[0], evidence=(wrong,)),))
    view = build_view(article, broken, readability_too=False)
    assert view.shown[0].quotes == ()
    assert not any(run.terms for line in view.body for run in line)


def test_long_evidence_is_cut_around_its_deciding_words() -> None:
    article, analysis = SAMPLES["five"]()
    body = "Filler words go on and on here " * 30 + "a humiliating end " + "and on and on again " * 30 + "."
    piece = replace(analysis.terms[0].evidence[0], text=body.strip(), start=0, end=len(body.strip()))
    term = replace(analysis.terms[0], evidence=(piece,))
    view = build_view(replace(article, body=body), replace(analysis, terms=(term,)), readability_too=False)
    (quote,) = view.shown[0].quotes
    text = "".join(part.text for part in quote.parts)
    assert len(text) < 260
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert [part.text for part in quote.parts if part.bold] == ["humiliating"]


@pytest.mark.parametrize("verdict", ["weaker", "supported"])
@pytest.mark.parametrize(
    ("sentence", "begins", "ends", "marked"),
    [
        (
            "“I do not sleep before a night shift any more" + " of it" * 60 + ",” he wrote.",
            "“I do",
            " …”",
            False,
        ),
        ("He wrote: “I do not sleep because I am terrified.", "He wrote: ‘I do", "terrified.’", True),
        ("We all know that,” he wrote.", "‘We all know that,’ he", "wrote.", True),
        (
            '"I do not sleep before a night shift any more' + " of it" * 60 + '," he wrote.',
            "'I do",
            " …'",
            True,
        ),
        ("He calls the line a trap.", "He calls", "trap.", True),
        ("They call it a “death trap” now.", "They call it a ‘death trap’", "now.", True),
        ("“It is a trap.”", "“It is", "trap.”", False),
        ("“It is a trap", "“It is", "trap”", False),
        ("“It,” he said, “is a trap.”", "‘It,’ he", "‘is a trap.’", True),
        ('"It is a trap."', "'It is", "trap.'", True),
    ],
)
def test_a_sentence_stands_in_one_pair_of_double_marks(
    verdict: Any, sentence: str, begins: str, ends: str, marked: bool
) -> None:
    """One that has marks of its own, whole or cut, has single ones inside, and lost its outer ones once."""
    article, analysis = SAMPLES["five"]()
    piece = replace(analysis.terms[0].evidence[0], text=sentence, start=0, end=len(sentence))
    term = replace(analysis.terms[0], verdict=verdict, evidence=(piece,))
    shown = replace(article, body=sentence), replace(analysis, terms=(term,))
    (quote,) = build_view(*shown, readability_too=False).shown[0].quotes
    text = "".join(part.text for part in quote.parts)
    assert text.startswith(begins)
    assert text.endswith(ends)
    assert quote.marked is marked
    assert [missing_marks(text), missing_marks(text.replace("‘", "“").replace("’", "”"))] == [("", "")] * 2


class TestMissingMarks:
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


@pytest.mark.parametrize("name", sorted(set(SAMPLES) - {"hostile"}))
@pytest.mark.parametrize("share", [0.5, 0.6, 0.61])
def test_what_is_hard_to_judge_has_two_verdicts_in_its_row(name: str, share: float) -> None:
    """The line named terms whose rows showed one verdict only."""
    article, analysis = SAMPLES[name]()
    terms = tuple(
        replace(term, probabilities=sure(term.verdict, share) if term.verdict else {})
        for term in analysis.terms
    )
    made = replace(analysis, terms=terms, interval=(0.0, 90.0) if analysis.interval else None)
    rows = build_view(article, made, readability_too=False).shown
    judged = [row for row in rows if row.verdict]
    assert all(bool(row.also) is (share <= 0.6) for row in judged)
    two = [row for row in judged if row.also]
    if made.interval:
        assert ("more than one verdict" in doubt(made)) is bool(two)


def test_a_very_long_body_is_cut_and_says_so() -> None:
    article, analysis = SAMPLES["five"]()
    line = "Nothing of note was said on this line of the page.\n"
    long = replace(article, body=line * 4000 + article.body)
    moved = tuple(
        replace(
            term,
            evidence=tuple(
                replace(p, start=p.start + len(line) * 4000, end=p.end + len(line) * 4000)
                for p in term.evidence
            ),
        )
        for term in analysis.terms
    )
    view = build_view(long, replace(analysis, terms=moved), readability_too=False)
    shown = sum(len(run.text) for paragraph in view.body for run in paragraph)
    assert 80_000 < shown < 100_001
    assert view.body_rest.startswith("The last 1")
    assert view.shown[0].quotes[0].anchor == ""
    assert "humiliating" in "".join(part.text for part in view.shown[0].quotes[0].parts)
