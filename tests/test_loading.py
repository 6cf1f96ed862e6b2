from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational.language.document import Document
from sensational.lexicon.loader import load
from sensational.loading import (
    LoadingModel,
    Part,
    headline_loading,
    model,
    parts,
    shortness,
    word_loading,
)
from sensational.terms import find_claims


def loading(text: str) -> float:
    headline = find_claims(text, load())
    return headline_loading(headline.document.words, headline.claims, text)


def parts_of(text: str) -> list[Part]:
    headline = find_claims(text, load())
    return parts(headline.document.words, headline.claims, text)


@pytest.mark.parametrize(
    ("plain", "loaded"),
    [
        ("Council approves plan for new tram line", "Council rams through lunatic plan for new tram line"),
        ("Minister defends budget before committee", "Shameless minister peddles absurd budget lies"),
        ("The union rejected the offer, a spokesman said", "The greedy union sneered at the generous offer"),
    ],
)
def test_opinionated_wording_is_more_loaded(plain: str, loaded: str) -> None:
    assert loading(plain) < 30
    assert loading(loaded) > loading(plain) + 30


def test_a_calm_cue_lowers_the_loading() -> None:
    told = "The old bridge over the river will be closed for the whole of next week for repairs to its {}"
    assert loading(told.format("roof, officials said")) < loading(told.format("roof, truth be told"))


def test_a_short_headline_is_no_sentence() -> None:
    assert shortness(3) == shortness(10) == 1
    assert shortness(18) == shortness(40) == 0
    assert shortness(12) > shortness(15) > 0


def test_in_a_short_headline_harm_speaks_and_tone_does_not() -> None:
    assert {part.why for part in parts_of("Gunmen slaughtered villagers")} == {"charge", "vigour"}
    assert loading("Gunmen slaughtered villagers") > loading("Gunmen met villagers") + 20
    sentence = "Gunmen slaughtered villagers " + "who lived in the small houses on the hill " * 2
    assert "vigour" not in {part.why for part in parts_of(sentence)}


def test_the_parts_are_all_there_is() -> None:
    text = "Ridiculous stunt wins applause at town fair!"
    odds = model().bias / 1000 + sum(part.points for part in parts_of(text))
    assert loading(text) == round(100 / (1 + math.exp(-odds)), 1)
    words = Document(text).words
    most = max((part for part in parts_of(text) if part.why == "charge"), key=lambda part: part.points)
    assert words[most.first] == "ridiculous"
    assert [part.why for part in parts_of(text)][-1] == "exclamation"


NAMES = (
    ("Trump", "Biden", "Obama", "Clinton", "Romney", "Sanders", "Johnson", "Corbyn", "Putin", "Merkel"),
    ("Democrats", "Republicans", "Tories", "Libertarians"),
    ("Reuters", "Breitbart", "Fox", "CNN", "Salon", "Guardian"),
    ("Muslims", "Christians", "Jews", "Catholics", "immigrants", "whites", "blacks", "women", "men"),
    ("liberals", "conservatives", "progressives", "leftists", "right-wing", "left-wing"),
)


@pytest.mark.parametrize("name", [name.lower() for group in NAMES for name in group])
def test_no_name_of_a_person_party_outlet_or_people_is_loaded(name: str) -> None:
    assert word_loading(name) == 0
    assert name not in model().words
    assert name not in model().harm
    assert not any(name in phrase.split(" ") for phrase in model().phrases)


@pytest.mark.parametrize("group", NAMES[:1])
def test_swapping_persons_changes_nothing(group: tuple[str, ...]) -> None:
    assert len({loading(f"Angry voters turn on {name} over wasteful spending") for name in group}) == 1


def test_words_that_readers_mark_outweigh_plain_ones() -> None:
    assert word_loading("shameful", "judgement", 0.8) > 0.3
    assert word_loading("table") < 0.05
    assert word_loading("a-word-nobody-wrote") == 0


@given(st.text(max_size=200))
def test_any_text_has_a_loading_in_range(text: str) -> None:
    assert 0 <= loading(text) <= 100


@given(st.lists(st.sampled_from(sorted(model().words)[:500]), max_size=12), st.floats(0, 1))
def test_a_term_with_more_loading_never_has_less_charge(words: list[str], lower: float) -> None:
    slope = model().kinds["judgement"][1]
    assert slope > 0
    for word in words:
        assert word_loading(word, "judgement", lower) <= word_loading(word, "judgement", 1.0)


def test_a_model_without_entries_gives_its_bias() -> None:
    weights = dict.fromkeys(model().weights, 0)
    empty = LoadingModel(0, -9000, {}, {}, {}, {}, weights)
    assert headline_loading(["anything", "else"], (), "anything else", using=empty) == 50.0
    assert word_loading("anything", using=empty) == 0
