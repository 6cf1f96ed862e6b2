"""Every group of voice, certainty and negation cues: its table reads, and its examples hold."""

from __future__ import annotations

import pytest

from sensational.language.certainty import hedges
from sensational.language.document import Document
from sensational.language.negation import denials, negations
from sensational.language.voices import voices
from sensational.lexicon.cues import Example, Found, cues, examples, groups, index

OWN = ("denial", "document_source", "hedge", "negation", "outlet", "sourcing", "unnamed")
GROUPS = [name for name in groups() if name.startswith(OWN)]
SOURCES = {"unnamed": "unnamed", "outlet": "outlet", "outlet_noun": "outlet", "document_source": "document"}
LOOKED_UP = {"hedge_exempt", "hedge_weasel", "negation_exempt"}


def said(group: str, text: str) -> list[str]:
    """What the analysis that a group serves reports of ``text``, as lower-case words."""
    document = Document(text)
    reported: list[str] = []
    for sentence in document.sentences:
        if group in SOURCES:
            reported += [
                voice.source
                for voice in voices(document, sentence)
                if voice.source and voice.kind == SOURCES[group]
            ]
        elif group in LOOKED_UP:
            found: list[Found] = index(group).find(document.words, sentence.first, sentence.last)
            reported += [" ".join(document.words[one.first : one.last]) for one in found]
        elif group.startswith("sourcing"):
            reported += [voice.cue for voice in voices(document, sentence)]
        elif group.startswith("hedge"):
            reported += [hedge.cue for hedge in hedges(document, sentence)]
        elif group.startswith("denial"):
            reported += [one.cue for one in denials(document, sentence)]
        else:
            reported += [one.cue for one in negations(document, sentence)]
    return [" ".join(Document(words).words) for words in reported]


def reports(group: str, example: Example) -> bool:
    forms = next(cue.forms for cue in cues(group) if example.cue in cue.forms)
    heard = said(group, example.text)
    if group in SOURCES:
        return any(form in words.split(" ") or form in words for words in heard for form in forms)
    return any(words in forms for words in heard)


def test_the_groups_are_there() -> None:
    assert len(GROUPS) >= 20


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_has_examples_both_ways(group: str) -> None:
    holds = [example.holds for example in examples(group)]
    assert min(holds.count(True), holds.count(False)) >= 6


@pytest.mark.parametrize("group", GROUPS)
def test_every_cue_has_forms_a_strength_and_a_reason(group: str) -> None:
    for cue in cues(group):
        assert all(form == " ".join(form.lower().split()) for form in cue.forms)
        assert 0 <= cue.strength <= 1
        assert len(cue.reason) > 8


@pytest.mark.parametrize("group", GROUPS)
def test_every_form_is_what_the_tokenizer_makes_of_it(group: str) -> None:
    for cue in cues(group):
        for form in cue.forms:
            assert Document(form).words == form.split(" "), form


@pytest.mark.parametrize(
    ("group", "example"),
    [
        pytest.param(group, example, id=f"{group}-{'yes' if example.holds else 'no'}-{example.text}")
        for group in GROUPS
        for example in examples(group)
    ],
)
def test_examples_hold(group: str, example: Example) -> None:
    assert reports(group, example) is example.holds, said(group, example.text)


def test_the_longest_cue_wins_and_none_overlap() -> None:
    words = ["he", "is", "believed", "to", "be", "lost"]
    found = index("hedge_evidential").find(words, 0, len(words))
    assert [(one.first, one.last) for one in found] == [(1, 4)]


def test_a_cue_does_not_reach_beyond_its_range() -> None:
    words = ["it", "was", "according", "to", "plan"]
    assert index("sourcing_according").find(words, 0, 3) == []
