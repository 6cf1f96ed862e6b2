"""A headline that the body bears out: it fits by the same scorer, or none is offered."""

from dataclasses import replace

import pytest
from articles import examples
from hypothesis import given
from hypothesis import strategies as st
from report.samples import five, found, hostile, term

from sensational.analysis import Analysis
from sensational.fitting import CHANGE_NAMES
from sensational.language.document import Document
from sensational.rewrite import MOST_DIVERGENCE, choose, fitting_headline, fitting_of
from sensational.rewrite.choose import LEAST_GAIN
from sensational.rewrite.edits import Edited, edited
from sensational.rewrite.names import names_of
from sensational.rewrite.naming import full_name, speaker
from sensational.scorer import score

BODY = (
    "The mayor left the talks on Tuesday a little early, her office said. A spokesman said that she had a "
    "train to catch. The talks about the swimming pool go on next week, and 40 swimmers were in the hall."
)


@pytest.mark.parametrize("sample", examples(), ids=lambda one: one.name)
def test_what_is_offered_fits(sample) -> None:  # type: ignore[no-untyped-def]
    offered = fitting_headline(sample.headline, sample.body)
    if offered is None:
        return
    assert offered.divergence == score(offered.text, sample.body).divergence
    assert offered.divergence < MOST_DIVERGENCE
    assert offered.divergence < (score(sample.headline, sample.body).divergence or 0) - LEAST_GAIN
    assert offered.changes
    assert all(change.kind in CHANGE_NAMES and change.reason.endswith(".") for change in offered.changes)


def test_where_the_headline_fits_nothing_is_offered() -> None:
    article, analysis = five()
    assert fitting_of(article, replace(analysis, divergence=LEAST_GAIN - 1)) is None
    assert fitting_headline("The talks about the swimming pool go on next week", BODY) is None


@pytest.mark.parametrize(("own", "offered"), [(0.0, True), (12.9, True), (13.0, False), (None, False)])
def test_only_what_scores_clearly_lower_is_offered(
    own: float | None, offered: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    article, analysis = five()
    monkeypatch.setattr(choose, "score_article", lambda article: replace(analysis, divergence=own))
    monkeypatch.setattr(choose, "_changed", lambda *_: iter([Edited("Manager left his post", ())]))
    assert (fitting_of(article, analysis) is not None) == offered
    assert fitting_of(article, replace(analysis, divergence=20.0)) is None


@pytest.mark.parametrize("body", ["", "Too short.", "Der Rat der Stadt hat das Bad geschlossen und " * 5])
def test_where_nothing_is_scored_nothing_is_offered(body: str) -> None:
    assert fitting_headline("Town shocked by pool scandal", body) is None


def test_no_question_is_offered() -> None:
    offered = fitting_headline("Do the talks about the swimming pool go on next week?", BODY)
    assert offered is None or "?" not in offered.text


def test_the_same_twice() -> None:
    for one in examples():
        assert fitting_headline(one.headline, one.body) == fitting_headline(one.headline, one.body)


@given(st.text(max_size=120), st.text(max_size=600))
def test_any_text(headline: str, body: str) -> None:
    offered = fitting_headline(headline, body)
    assert offered is None or offered.divergence < MOST_DIVERGENCE


def test_hostile_text() -> None:
    article, analysis = hostile()
    offered = fitting_headline(article.headline, article.body * 5)
    assert offered is None or offered.divergence < MOST_DIVERGENCE
    assert fitting_of(article, replace(analysis, divergence=None)) is None


def test_a_very_long_body_without_marks_is_passed_over() -> None:
    assert fitting_headline("Town flees record flood", "word, " * 40_000) is None


# The headline's own words, changed.


def analysed(headline: str, *terms: object) -> Analysis:
    _, analysis = five()
    return replace(analysis, headline=headline, terms=tuple(terms))  # type: ignore[arg-type]


def first(analysis: Analysis, body: str) -> Edited:
    return next(iter(edited(analysis, Document(body))))


def test_a_milder_word_of_the_same_form() -> None:
    headline, body = "Thousands flee the old harbour town", "Thousands leave the old harbour town."
    loud = term(headline, "flee", "weaker", 0.6, 0.4, evidence=(found(body, "leave"),))
    made = first(analysed(headline, loud), body)
    assert made.text == "Thousands leave the old harbour town"
    assert [(one.kind, one.before, one.after) for one in made.changes] == [("rung_lowered", "flee", "leave")]


def test_no_milder_word_where_it_is_said_of_other_things() -> None:
    headline, body = "Thousands flee the old harbour town", "Thousands leave a message for their friends."
    loud = term(headline, "flee", "weaker", 0.6, 0.4, evidence=(found(body, "leave"),))
    assert first(analysed(headline, loud), body).changes == ()


@pytest.mark.parametrize("verdict", ["weaker", "contradicted"])
def test_the_number_of_the_body(verdict: str) -> None:
    headline, body = "400 swimmers left the hall", "Some 40 swimmers left the hall."
    loud = term(headline, "400", verdict, 0.4, 0.4, kind="scale", evidence=(found(body, "40"),))
    made = first(analysed(headline, loud), body)
    assert made.text == "Some 40 swimmers left the hall"
    assert made.changes[0].kind == "number_replaced"


def test_no_number_before_of() -> None:
    """*11 of swimmers* is no English."""
    headline, body = "Dozens of swimmers left the hall", "In all, 11 swimmers left the hall."
    loud = term(headline, "Dozens", "weaker", 0.4, 0.4, kind="scale", evidence=(found(body, "11"),))
    assert first(analysed(headline, loud), body).changes == ()


@pytest.mark.parametrize(("body", "changed"), [("All of them leave.", True), ("They leave it.", False)])
def test_a_last_word_is_replaced_only_by_a_last_word(body: str, changed: bool) -> None:
    headline = "Mayor and swimmers flee"
    loud = term(headline, "flee", "weaker", 0.6, 0.4, evidence=(found(body, "leave"),))
    assert bool(first(analysed(headline, loud), body).changes) == changed


def test_an_adjective_that_nothing_bears_out_goes() -> None:
    headline, body = "Furious mayor left the hall", "The mayor left the hall."
    loud = term(headline, "Furious", "absent", 0.8, 0.1, kind="emotion", reason="It is not there.")
    made = first(analysed(headline, loud), body)
    assert (made.text, made.changes[0].kind) == ("Mayor left the hall", "term_dropped")
    assert made.changes[0].reason == "It is not there."


def test_an_adjective_behind_its_noun_stays() -> None:
    headline, body = "Mayor is furious over talks", "The mayor left the hall."
    loud = term(headline, "furious", "absent", 0.8, 0.1, kind="emotion")
    assert first(analysed(headline, loud), body).changes == ()


def test_may_in_place_of_will() -> None:
    headline, body = "Council to close pool", "The council may close the pool."
    evidence = (found(body, "close", hedged=True),)
    loud = term(headline, "to close", "hedged", 0.4, 0.4, kind="certainty", evidence=evidence)
    made = first(analysed(headline, loud), body)
    assert (made.text, made.changes[0].kind) == ("Council may close pool", "hedge_added")


def test_whose_word_it_is() -> None:
    headline, body = "Mayor lied over pool", "The mayor lied over the pool, Jo Bell said."
    loud = term(headline, "lied", "attributed", 0.6, 0.4, evidence=(found(body, "lied", "named", "Jo Bell"),))
    made = list(edited(analysed(headline, loud), Document(body)))
    assert "Mayor lied over pool, Jo Bell says" in [one.text for one in made]


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
    who = speaker(source, kind, Document(BODY))
    assert (who.name if who else None) == name


def test_a_surname_gets_its_first_name() -> None:
    body = Document("The mayor, John Smith, spoke first. Smith left early.")
    assert full_name("Smith", body, len(body.text)) == "John Smith"
    assert full_name("hall", body, len(body.text)) == "hall"


def test_names_are_what_the_body_writes_with_a_capital_inside_sentences() -> None:
    body = Document("Pupils met Jo Bell. “Nobody knew,” said Bell’s brother. The Pool is a pool in Elmby.")
    assert names_of(body) == {"jo", "bell", "elmby"}
