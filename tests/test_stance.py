"""Stance: what the body as a whole does with the headline."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sensational.language.document import Document
from sensational.lexicon.loader import rows
from sensational.stance import (
    FEATURES,
    GROUPS,
    LABELS,
    LEAF_UNIT,
    MOST_LEAVES,
    RELATED_FEATURES,
    features,
    from_json,
    relatedness,
    stance,
)

HEADLINE = "Giant alligator eats poodle in Florida lake"
TOLD = (
    "An alligator ate a poodle on Monday in a Florida lake. The dog had been swimming when the giant "
    "reptile attacked. Its owner, who watched from the shore, is in mourning."
)
PASSED_ON = (
    "A giant alligator reportedly ate a poodle in a Florida lake, according to local media. The report "
    "could not be verified. Sources claim that the dog had been swimming."
)
DENIED = (
    "A viral story that a giant alligator ate a poodle in a Florida lake is a hoax, police said. The story "
    "was made up by a satirical website. It is not true that a dog was eaten, the sheriff said."
)
ELSEWHERE = (
    "The central bank left its interest rate where it was. Economists had expected a cut of a quarter of a "
    "point. Shares rose a little in the afternoon."
)


def label(headline: str, body: str) -> str:
    return stance(Document(headline), Document(body)).label


@pytest.mark.parametrize(
    ("body", "expected"),
    [(TOLD, "agree"), (PASSED_ON, "discuss"), (DENIED, "disagree"), (ELSEWHERE, "unrelated")],
)
def test_each_stance_is_told_from_the_others(body: str, expected: str) -> None:
    assert label(HEADLINE, body) == expected


def test_a_headline_that_debunks_disagrees_less_with_a_body_that_debunks() -> None:
    debunking = "No, a giant alligator did not eat a poodle in Florida: the story is a hoax"
    over_denial = stance(Document(debunking), Document(DENIED)).probabilities["disagree"]
    assert over_denial < stance(Document(HEADLINE), Document(DENIED)).probabilities["disagree"]
    assert (
        stance(Document(debunking), Document(TOLD)).probabilities["disagree"]
        > stance(Document(HEADLINE), Document(TOLD)).probabilities["disagree"]
    )


def test_relatedness_parts_the_same_subject_from_another() -> None:
    assert relatedness(Document(HEADLINE), Document(TOLD)) > 0.9
    assert relatedness(Document(HEADLINE), Document(ELSEWHERE)) < 0.3


def test_features_have_names_and_stand_in_their_order() -> None:
    row = dict(zip(FEATURES, features(Document(HEADLINE), Document(DENIED)), strict=True))
    assert len(set(FEATURES)) == len(FEATURES)
    assert FEATURES[: len(RELATED_FEATURES)] == RELATED_FEATURES
    assert row["fake_lead"] > 0
    assert row["fake_headline"] == 0
    assert row["fake_near"] > 0
    assert row["one_refutes_lead"] == 1
    assert row["held"] > 0.8


def test_features_name_no_topic() -> None:
    """The same words of denial about other things and people give nearly the same numbers."""
    other = (
        DENIED.replace("alligator", "crocodile").replace("poodle", "terrier").replace("Florida", "Queensland")
    )
    here = features(Document(HEADLINE), Document(DENIED))
    there = features(Document("Giant crocodile eats terrier in Queensland lake"), Document(other))
    cue_counts = slice(FEATURES.index("fake_lead"), FEATURES.index("turn_lead"))
    assert here[cue_counts] == there[cue_counts]


@pytest.mark.parametrize("group", GROUPS)
def test_every_cue_has_a_form_a_strength_and_a_reason(group: str) -> None:
    table = rows(files("sensational.lexicon") / "en" / "cues" / f"stance_{group}.tsv")
    assert table
    for row in table:
        assert 0 < float(row["strength"]) <= 1
        assert row["reason"]
        forms = row["cue"].split("|")
        assert len(set(forms)) == len(forms)
        for form in forms:
            # A form that the tokens of a document could never give would match nothing.
            assert Document(form).words == form.split(" ")


@pytest.mark.parametrize("group", GROUPS)
def test_every_cue_counts_for_its_group(group: str) -> None:
    for row in rows(files("sensational.lexicon") / "en" / "cues" / f"stance_{group}.tsv"):
        for form in row["cue"].split("|"):
            body = Document(f"Yesterday {form} indigo teapots.")
            counted = dict(zip(FEATURES, features(Document("Purple kettles"), body), strict=True))
            assert counted[f"{group}_lead"] > 0, form


WORDS = (
    """the alligator poodle hoax denied not said reportedly 12 Florida lake . ? “ ” is a No ’ according to"""
)
words = st.sampled_from([*WORDS.split(), "\n"])
texts = st.one_of(st.text(max_size=200), st.lists(words, max_size=60).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(headline=texts, body=texts)
def test_probabilities_sum_to_one_and_the_label_is_the_likeliest(headline: str, body: str) -> None:
    found = stance(Document(headline), Document(body))
    assert tuple(found.probabilities) == LABELS
    assert sum(round(share * 10_000) for share in found.probabilities.values()) == 10_000
    assert all(0 <= share <= 1 and share == round(share, 4) for share in found.probabilities.values())
    assert found.probabilities[found.label] == max(found.probabilities.values())
    assert found == stance(Document(headline), Document(body))


leaves = st.integers(-3_000_000, 3_000_000)
tests = st.tuples(st.integers(0, 3), st.sampled_from([-1.0, 0.0, 0.5, 2.0]))
trees = st.recursive(
    leaves,
    lambda node: st.tuples(tests, node, node).map(lambda one: [*one[0], *one[1:]]),
    max_leaves=MOST_LEAVES,
)
ensembles = st.fixed_dictionaries({"start": leaves, "trees": st.lists(trees, min_size=1, max_size=6)})


def walked(tree: object, row: list[float]) -> int:
    while isinstance(tree, list):
        tree = tree[2] if row[tree[0]] <= tree[1] else tree[3]
    assert isinstance(tree, int)
    return tree


@settings(max_examples=150, deadline=None)
@given(
    learned=st.lists(ensembles, min_size=4, max_size=4),
    row=st.lists(st.sampled_from([-2.0, -1.0, 0.0, 0.25, 0.5, 1.0, 2.0, 3.0]), min_size=4, max_size=4),
)
def test_trees_read_at_once_give_what_walking_down_each_gives(
    learned: list[dict[str, Any]], row: list[float]
) -> None:
    model = from_json({"tones": {"headline": {}, "body": {}}, "related": learned[0], "three": learned[1:]})
    assert model.trees.scores(row) == [
        (one["start"] + sum(walked(tree, row) for tree in one["trees"])) * LEAF_UNIT for one in learned
    ]


def test_time_grows_no_faster_than_the_text() -> None:
    """Every token of the worst case is a cue that matches the headline; a long one must still end."""
    headline = Document("hoax hoax alligator " * 20)
    assert stance(headline, Document("alligator hoax denied not true the story is " * 20_000)).label in LABELS
