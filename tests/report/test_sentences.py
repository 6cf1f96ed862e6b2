"""The sentences that say what was found."""

from dataclasses import replace

import pytest

from sensational.report.sentences import band, brief, listed, named, number, plural, summary
from sensational.report.view import build_view

from .samples import SAMPLES


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "five",
            "The headline goes much further than its article. Five loaded terms, and the body bears out none "
            "of them in full. “in droves”, “terrified” and “family” rest on the word of one source who is "
            "not named. “humiliated” is said of someone or something else. “abandon” is stronger than what "
            "the body says. The others fall short in smaller ways.",
        ),
        (
            "none",
            "The headline says no more than its article. It has no loaded words, and the body says what "
            "it says.",
        ),
        (
            "supported",
            "The headline says no more than its article. Two loaded terms, and the body bears out both. It "
            "is a loud headline, but it is no louder than its story.",
        ),
        (
            "contradicted",
            "The headline goes much further than its article. Three loaded terms, and the body bears out "
            "none of them in full. The body speaks against “cure”. Nothing in the body backs “Miracle”. "
            "“finally arrives” is uncertain in the body, but certain in the headline.",
        ),
        (
            "not_scored",
            "This article was not scored: body too short to judge (4 words). By itself, its headline has one "
            "loaded term: “Outrage”.",
        ),
    ],
)
def test_summary(name: str, said: str) -> None:
    assert summary(SAMPLES[name]()[1]) == said


def test_one_term_time_and_source() -> None:
    _, analysis = SAMPLES["five"]()
    first = analysis.terms[0]
    late = replace(first, gaps=(replace(first.gaps[0], kind="time"),))
    said = summary(replace(analysis, terms=(late,)))
    assert "Its one loaded term, “humiliated”, is not fully borne out by the body." in said
    assert "“humiliated” is said of another time." in said
    quoted = replace(analysis.terms[1], evidence=(replace(analysis.terms[1].evidence[0], voice="named"),))
    assert "rests on the word of one source, one driver" in summary(replace(analysis, terms=(quoted,)))
    plain = replace(analysis, terms=(analysis.terms[-1],))
    assert "It has no loaded words. Nothing in the body backs “worries”." in summary(plain)


def test_small_words() -> None:
    assert [number(0), number(12), number(13)] == ["no", "twelve", "13"]
    assert [plural(1, "word"), plural(1200, "word")] == ["1 word", "1,200 words"]
    assert [listed([]), listed(["a"]), listed(["a", "b", "c"])] == ["", "a", "a, b and c"]
    assert named("‘family’") == "“family”"
    assert named("''") == "“''”"
    assert "main point" in band(75)


def test_brief_says_the_number() -> None:
    assert brief(SAMPLES["five"]()[1]).splitlines()[1] == (
        "Divergence 67 of 100, likely 54 to 78; loading 78 of 100."
    )
    assert "Divergence" not in brief(SAMPLES["not_scored"]()[1])


@pytest.mark.parametrize("name", SAMPLES)
def test_points_add_up_to_the_number(name: str) -> None:
    view = build_view(*SAMPLES[name](), readability_too=False)
    assert sum(entry.points for entry in view.shown) == view.divergence
    assert not any(entry.points for entry in view.folded)
    contributions = [entry.contribution for entry in view.shown]
    assert contributions == sorted(contributions, reverse=True)


def test_view_quotes_the_sentence_and_its_deciding_words() -> None:
    view = build_view(*SAMPLES["five"](), readability_too=False)
    first = view.shown[0]
    (quote,) = first.quotes
    assert [part.text for part in quote.parts if part.bold] == ["humiliating"]
    assert "".join(part.text for part in quote.parts).startswith("A regional manager left his post")
    abandon = view.shown[1]
    assert len(abandon.quotes) == 1  # two pieces of one sentence
    assert abandon.quotes[0].who == "one driver, not named (hedged)"
    assert [e.text for e in view.folded] == ["drivers"]


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
    assert "more" not in view.body_rest
    assert view.body_rest.startswith("The body goes on for 1")
    assert view.shown[0].quotes[0].anchor == ""
    assert "humiliating" in "".join(part.text for part in view.shown[0].quotes[0].parts)


def test_plain_terms_over_one_sentence_share_a_row() -> None:
    article, analysis = SAMPLES["none"]()
    terms = tuple(
        replace(term, verdict="contradicted", contribution=20.0, support=0.2) for term in analysis.terms
    )
    first = replace(terms[0], evidence=(replace(terms[1].evidence[0]),))
    view = build_view(
        article, replace(analysis, terms=(first, terms[1]), divergence=40.0), readability_too=False
    )
    (row,) = view.rows
    assert row.text == "reopens, 3 June"
    assert row.points == 40
    assert [entry.points for entry in row.entries] == [20, 20]
    loaded = tuple(replace(term, loaded=True) for term in (first, terms[1]))
    both = build_view(article, replace(analysis, terms=loaded, divergence=40.0), readability_too=False)
    assert [row.text for row in both.rows] == ["reopens", "3 June"]


@pytest.mark.parametrize("name", SAMPLES)
def test_rows_hold_every_entry_once(name: str) -> None:
    view = build_view(*SAMPLES[name](), readability_too=False)
    assert sorted(e.number for row in view.rows for e in row.entries) == [e.number for e in view.shown]
    assert sum(row.points for row in view.rows) == view.divergence
    assert [row.points for row in view.rows] == sorted((row.points for row in view.rows), reverse=True)
