"""The headline that the body bears out: it fits by the same scorer, or there is none."""

from dataclasses import replace

import pytest
from articles import examples
from hypothesis import given
from hypothesis import strategies as st
from report.samples import five, hostile, term

from sensational.analysis import Analysis, Evidence, Gap
from sensational.fitting import CHANGE_NAMES
from sensational.language.document import Document
from sensational.rewrite import MOST_DIVERGENCE, fitting_headline, fitting_of
from sensational.rewrite.edits import Edited, edited
from sensational.rewrite.naming import full_name, restored, speaker
from sensational.scorer import score

BODY = (
    "The mayor left the talks on Tuesday a little early, her office said. A spokesman said that she had a "
    "train to catch. The talks about the swimming pool go on next week, and 40 swimmers were in the hall."
)


@pytest.mark.parametrize("sample", examples(), ids=lambda one: one.name)
def test_what_is_offered_fits(sample) -> None:  # type: ignore[no-untyped-def]
    found = fitting_headline(sample.headline, sample.body)
    if found is None:
        return
    assert found.divergence == score(found.text, sample.body).divergence
    assert found.divergence < MOST_DIVERGENCE
    assert (found.changes == ()) == (found.text == sample.headline)
    assert all(change.kind in CHANGE_NAMES and change.reason.endswith(".") for change in found.changes)


def test_some_of_the_examples_have_one_to_offer() -> None:
    offered = {one.name: fitting_headline(one.headline, one.body) for one in examples()}
    assert offered["flood.txt"] is not None
    assert offered["flood.txt"].changes == ()
    assert offered["library.txt"] is not None
    changed = [one for one in offered.values() if one is not None and one.changes]
    assert changed


def test_the_subject_comes_from_the_sentence_before() -> None:
    body = Document(
        "In a letter, one docker said that the hours were long. The man writes that many have left."
    )
    assert restored("The man says that many have left", 1, body) == (
        "A docker says that many have left",
        "docker",
    )


def test_a_headline_that_stands_in_the_body_is_given_back() -> None:
    headline = "The talks about the swimming pool go on next week"
    found = fitting_headline(headline, BODY)
    assert found is not None
    assert (found.text, found.changes) == (headline, ())


@pytest.mark.parametrize("body", ["", "Too short.", "Der Rat der Stadt hat das Bad geschlossen und " * 5])
def test_where_nothing_is_scored_nothing_is_offered(body: str) -> None:
    assert fitting_headline("Town shocked by pool scandal", body) is None


def test_a_question_is_no_headline_to_give_back() -> None:
    found = fitting_headline("Do the talks about the swimming pool go on next week?", BODY)
    assert found is None or "?" not in found.text


def test_an_opinion_keeps_its_label() -> None:
    found = fitting_headline("OPINION: The mayor’s shameful exit from the swimming pool talks", BODY)
    assert found is None or found.text.startswith("OPINION: ")


def test_the_same_twice() -> None:
    for one in examples():
        assert fitting_headline(one.headline, one.body) == fitting_headline(one.headline, one.body)


@given(st.text(max_size=120), st.text(max_size=600))
def test_any_text(headline: str, body: str) -> None:
    found = fitting_headline(headline, body)
    assert found is None or found.divergence < MOST_DIVERGENCE


def test_hostile_text() -> None:
    article, analysis = hostile()
    found = fitting_headline(article.headline, article.body * 5)
    assert found is None or found.divergence < MOST_DIVERGENCE
    assert fitting_of(article, replace(analysis, divergence=None)) is None


def test_a_very_long_body_without_marks_is_passed_over() -> None:
    assert fitting_headline("Town flees record flood", "word, " * 40_000) is None


# The headline's own words, changed.


def piece(body: str, text: str, match: str, **more: object) -> Evidence:
    start = body.index(text)
    fields = {"voice": "author", "source": None, "hedged": False, "denied": False, "sentence": 0} | more
    return Evidence(text, start, start + len(text), match=match, **fields)  # type: ignore[arg-type]


def analysed(headline: str, *terms: object) -> Analysis:
    _, analysis = five()
    return replace(analysis, headline=headline, terms=tuple(terms))  # type: ignore[arg-type]


def first(analysis: Analysis, body: str) -> Edited:
    return next(iter(edited(analysis, Document(body))))


def test_a_milder_word_of_the_same_form() -> None:
    headline, body = "Thousands flee the old harbour town", "Thousands leave the old harbour town."
    loud = term(headline, "flee", "weaker", 0.6, 0.4, gaps=(Gap("strength", 0.5, "Milder."),),
                evidence=(piece(body, "leave", "ladder"),))  # fmt: skip
    found = first(analysed(headline, loud), body)
    assert found.text == "Thousands leave the old harbour town"
    assert [(one.kind, one.before, one.after) for one in found.changes] == [("rung_lowered", "flee", "leave")]


def test_no_milder_word_where_it_is_said_of_other_things() -> None:
    headline, body = "Thousands flee the old harbour town", "Thousands leave a message for their friends."
    loud = term(headline, "flee", "weaker", 0.6, 0.4, gaps=(Gap("strength", 0.5, "Milder."),),
                evidence=(piece(body, "leave", "ladder"),))  # fmt: skip
    assert first(analysed(headline, loud), body).changes == ()


def test_the_number_of_the_body() -> None:
    headline, body = "400 swimmers left the hall", "Some 40 swimmers left the hall."
    loud = term(headline, "400", "weaker", 0.4, 0.4, kind="scale", gaps=(Gap("scale", 0.6, "Fewer."),),
                evidence=(piece(body, "40", "quantity"),))  # fmt: skip
    found = first(analysed(headline, loud), body)
    assert found.text == "40 swimmers left the hall"
    assert found.changes[0].kind == "number_replaced"


def test_an_adjective_that_nothing_bears_out_goes() -> None:
    headline, body = "Furious mayor left the hall", "The mayor left the hall."
    loud = term(headline, "Furious", "absent", 0.8, 0.1, kind="emotion", gaps=(Gap("absence", 0.9, "None."),))
    found = first(analysed(headline, loud), body)
    assert (found.text, found.changes[0].kind) == ("Mayor left the hall", "term_dropped")


def test_an_adjective_behind_its_noun_stays() -> None:
    headline, body = "Mayor is furious over talks", "The mayor left the hall."
    loud = term(headline, "furious", "absent", 0.8, 0.1, kind="emotion", gaps=(Gap("absence", 0.9, "None."),))
    assert first(analysed(headline, loud), body).changes == ()


def test_may_in_place_of_will() -> None:
    headline, body = "Council to close pool", "The council may close the pool."
    doubt = Gap("certainty", 0.5, "May.")
    loud = term(headline, "to close", "hedged", 0.4, 0.4, kind="certainty", gaps=(doubt,),
                evidence=(piece(body, "close", "same", hedged=True),))  # fmt: skip
    found = first(analysed(headline, loud), body)
    assert (found.text, found.changes[0].kind) == ("Council may close pool", "hedge_added")


def test_whose_word_it_is() -> None:
    headline, body = "Mayor lied over pool", "The mayor lied over the pool, Jo Bell said."
    loud = term(headline, "lied", "attributed", 0.6, 0.4, gaps=(Gap("source", 0.5, "One source."),),
                evidence=(piece(body, "lied", "same", voice="named", source="Jo Bell"),))  # fmt: skip
    found = list(edited(analysed(headline, loud), Document(body)))
    assert "Mayor lied over pool, Jo Bell says" in [one.text for one in found]


# Names.


@pytest.mark.parametrize(
    ("source", "kind", "name"),
    [
        ("The unnamed combatant", "unnamed", "Unnamed combatant"),
        ("A spokeswoman for the Elmby council", "unnamed", "Elmby council spokeswoman"),
        ("police", "unnamed", "Police"),
        ("he", "named", None),
        ("his brother", "unnamed", None),
        ("development", "unnamed", None),
        ("ADVERTISEMENT", "named", None),
        ("one of those who were in the hall that night", "unnamed", None),
    ],
)
def test_speakers(source: str, kind: str, name: str | None) -> None:
    found = speaker(source, kind, Document(BODY))
    assert (found.name if found else None) == name


def test_a_surname_gets_its_first_name() -> None:
    body = Document("John Smith spoke first. Smith left early.")
    assert full_name("Smith", body, len(body.text)) == "John Smith"
    assert full_name("hall", body, len(body.text)) == "hall"
