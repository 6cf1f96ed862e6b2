"""Evidence: which places of the body bear on a term, and how they match."""

import pytest

from sensational.analysis import Evidence, Term
from sensational.scorer import score

REST = " The hall was open until ten, and the tram ran as on other days of the week."


def term(headline: str, body: str, text: str) -> Term:
    analysis = score(headline, body + REST)
    assert analysis.status == "scored"
    found = [t for t in analysis.terms if text in t.text]
    assert found, [t.text for t in analysis.terms]
    return found[0]


def evidence(headline: str, body: str, text: str, at: str) -> Evidence:
    pieces = [piece for piece in term(headline, body, text).evidence if at in piece.text]
    assert pieces, term(headline, body, text)
    return pieces[0]


@pytest.mark.parametrize(
    ("headline", "body", "text", "at", "match"),
    [
        (
            "Families flee the valley",
            "On Monday the families had to flee from the valley.",
            "flee",
            "flee",
            "same",
        ),
        ("Baker sells the mill", "In the end the baker sold the old mill.", "sells", "sold", "inflection"),
        ("Families flee the valley", "On Monday the families left the valley.", "flee", "left", "ladder"),
        (
            "Bank cuts 12,000 jobs",
            "The bank cuts jobs: 11,950 jobs at the bank will go.",
            "12,000",
            "11,950",
            "quantity",
        ),
    ],
)
def test_how_it_matches(headline: str, body: str, text: str, at: str, match: str) -> None:
    assert evidence(headline, body, text, at).match == match


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("The bank cut 300 jobs. Now 11,950 jobs will go. So will 12,040 jobs abroad.", ["11,950", "12,040"]),
        ("The bank cut 300 jobs. Now 9,000 jobs will go.", ["9,000"]),
    ],
)
def test_numbers_that_fall_short_are_shown_where_one_decides(body: str, shown: list[str]) -> None:
    pieces = term("Bank cuts 12,000 jobs", body, "12,000").evidence
    assert [piece.text for piece in pieces if piece.match == "quantity"] == shown


def test_verbatim() -> None:
    assert all(
        piece.match == "verbatim"
        for t in score("Families flee the valley", "Families flee the valley." + REST).terms
        for piece in t.evidence
    )


def test_voices() -> None:
    said = evidence(
        "Dockers terrified", "“The dockers are terrified,” said Ilse Marrant.", "terrified", "terrified"
    )
    assert (said.voice, said.source) == ("named", "Ilse Marrant")
    unnamed = evidence(
        "Dockers terrified", "The dockers are terrified, an official said.", "terrified", "terrified"
    )
    assert unnamed.voice == "unnamed"
    told = evidence("Dockers terrified", "On Monday all dockers were terrified.", "terrified", "terrified")
    assert (told.voice, told.source, told.hedged, told.denied) == ("author", None, False, False)


def test_hedges() -> None:
    assert evidence("Dockers flee", "The dockers may flee the port.", "flee", "flee").hedged
    assert not evidence("Dockers flee", "On Monday the dockers did flee the port.", "flee", "flee").hedged


def test_denial() -> None:
    assert evidence("Dockers flee", "The dockers did not flee the port.", "flee", "flee").denied


def test_absent_is_without_support() -> None:
    here = term("Premier humiliated over ferry", "The premier spoke about the ferry.", "humiliated")
    there = term("Premier humiliated over ferry", "The premier was humiliated over the ferry.", "humiliated")
    assert here.support < there.support  # type: ignore[operator]


def test_no_sentence_of_another_matter_is_evidence() -> None:
    body = "The dockers fled the port." + REST + "\n\nA sundial tells noon by the shortest shadow."
    for t in score("Dockers flee port", body).terms:
        assert not any("shadow" in piece.text or "sundial" in piece.text for piece in t.evidence)


def test_a_denial_fades_where_the_story_is_told_at_length() -> None:
    told = "The river burst the wall of the mill at night. "
    denial = "That the river burst the wall is false. "
    short = score("River bursts wall of mill", told + denial).divergence
    long = score("River bursts wall of mill", told * 12 + denial).divergence
    assert short is not None
    assert long is not None
    assert long < short
