"""What a user's own models change, with stand-ins for them: no torch, and answers that are known."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from importlib.resources import files

import pytest
from articles import Sample, examples, without_sentences
from hypothesis import given
from hypothesis import strategies as st

from sensational.analysis import Analysis, ModelUsed, Term, from_dict, to_dict
from sensational.judges import Judges
from sensational.language.document import Document
from sensational.language.negation import sentence_denies
from sensational.scorer import score
from sensational.training.weights import BY_HAND

HEADLINE = "Mayor flees Ostrel after flood"
PARAPHRASE = "The mayor took the last boat out of Ostrel once the flood had come."
BODY = f"The council met on Monday. {PARAPHRASE} Nobody in the town hall would say more about it."


class Meaning:
    """Finds every sentence as near to a term as it is told, and notes what it was asked."""

    def __init__(self, cosine: Callable[[str, str], float]) -> None:
        self.cosine = cosine
        self.asked: list[tuple[str, str]] = []

    def similarities(self, terms: Sequence[str], sentences: Sequence[str]) -> list[list[float]]:
        self.asked += [(term, sentence) for term in terms for sentence in sentences]
        return [[self.cosine(term, sentence) for sentence in sentences] for term in terms]


class Entailment:
    """Says of every sentence what it is told to say of it, and notes what it was asked."""

    def __init__(self, answer: Callable[[str], tuple[float, float]]) -> None:
        self.answer = answer
        self.asked: list[tuple[str, str]] = []

    def entailments(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, float, float]]:
        self.asked += pairs
        answers = [self.answer(premise) for premise, _ in pairs]
        return [(entails, 1 - entails - contradicts, contradicts) for entails, contradicts in answers]


def of(analysis: Analysis, text: str) -> Term:
    return next(term for term in analysis.terms if term.text == text)


def near(term: str, cosine: float) -> Judges:
    return Judges(
        meaning=Meaning(lambda one, sentence: cosine if (one, sentence) == (term, PARAPHRASE) else 0.0)
    )


def saying(entails: float, contradicts: float) -> Judges:
    return Judges(
        entailment=Entailment(lambda premise: (entails, contradicts) if premise == PARAPHRASE else (0.0, 0.0))
    )


def test_a_near_sentence_is_evidence() -> None:
    plain, judged = score(HEADLINE, BODY), score(HEADLINE, BODY, judges=near("flees", 0.9))
    before, after = of(plain, "flees"), of(judged, "flees")
    assert before.verdict == "absent"
    assert (after.evidence[0].match, after.evidence[0].text) == ("meaning", PARAPHRASE.rstrip("."))
    assert after.verdict != "absent"
    assert (after.support or 0) > (before.support or 0)
    assert "The nearest that the body says" in " ".join(gap.reason for gap in after.gaps) or not after.gaps


def test_below_the_floor_it_is_none() -> None:
    assert score(HEADLINE, BODY, judges=near("flees", 0.59)) == score(HEADLINE, BODY)


def test_names_numbers_and_quotations_have_no_paraphrase() -> None:
    headline = "Mayor of Paris says ‘utter chaos’ drove 900 families out after flood"
    model = Meaning(lambda term, sentence: 1.0)
    judged = score(headline, BODY, judges=Judges(model, Entailment(lambda premise: (1.0, 0.0))))
    asked = {term for term, _ in model.asked}
    assert "families" in asked
    assert not any(name in term for term in asked for name in ("Paris", "chaos", "900"))
    for name in ("Paris", "‘utter chaos’", "900"):
        assert of(judged, name).evidence == ()


def test_only_sentences_with_the_words_of_the_headline_are_read() -> None:
    meaning, entailment = Meaning(lambda term, sentence: 1.0), Entailment(lambda premise: (1.0, 0.0))
    score(HEADLINE, BODY, judges=Judges(meaning, entailment))
    assert {sentence for _, sentence in meaning.asked} == {PARAPHRASE}
    assert entailment.asked == [(PARAPHRASE, HEADLINE)]


def test_a_word_of_the_ladder_keeps_its_rung() -> None:
    body = BODY.replace("took the last boat out of Ostrel", "left Ostrel")
    sentence = PARAPHRASE.replace("took the last boat out of Ostrel", "left Ostrel")
    judges = Judges(meaning=Meaning(lambda term, one: 1.0 if (term, one) == ("flees", sentence) else 0.0))
    assert of(score(HEADLINE, body), "flees").evidence[0].match == "ladder"
    assert score(HEADLINE, body, judges=judges) == score(HEADLINE, body)


def test_a_sentence_that_entails_the_headline_closes_gaps_of_wording() -> None:
    plain, judged = score(HEADLINE, BODY), score(HEADLINE, BODY, judges=saying(1.0, 0.0))
    assert of(judged, "flees").verdict == "supported"
    assert of(judged, "flees").evidence[0].text == PARAPHRASE.rstrip(".")
    assert plain.divergence is not None
    assert judged.divergence is not None
    assert judged.divergence < plain.divergence
    assert all(
        gap.kind != "strength" for term in judged.terms for gap in term.gaps if term.verdict == "supported"
    )


def test_the_more_it_entails_the_less_is_lost() -> None:
    points = [
        score(HEADLINE, BODY, judges=saying(share, 0.0)).divergence for share in (0.0, 0.3, 0.5, 0.8, 1.0)
    ]
    assert points == sorted(points, reverse=True)  # type: ignore[type-var]
    assert len(set(points)) == len(points)


def test_a_contradiction_speaks_against_the_headline() -> None:
    plain, judged = score(HEADLINE, BODY), score(HEADLINE, BODY, judges=saying(0.0, 1.0))
    mayor = of(judged, "Mayor")
    assert mayor.verdict == "contradicted"
    assert any(gap.kind == "polarity" and "model of entailment" in gap.reason for gap in mayor.gaps)
    assert (judged.divergence or 0) > (plain.divergence or 0)
    assert score(HEADLINE, BODY, judges=saying(0.0, 0.5)) == plain
    assert score(HEADLINE, BODY, judges=saying(0.25, 0.75)).terms[0].verdict != "contradicted"


def test_word_for_word_is_beyond_any_judge() -> None:
    body = f"{HEADLINE}. {BODY}"
    judges = Judges(Meaning(lambda term, sentence: 1.0), Entailment(lambda premise: (0.0, 1.0)))
    assert score(HEADLINE, body).divergence == 0
    assert score(HEADLINE, body, judges=judges).divergence == 0


def test_models_are_named() -> None:
    used = (ModelUsed("meaning", "small", "0123456789ab"),)
    judged = score(HEADLINE, BODY, judges=replace(near("flees", 0.9), used=used))
    assert judged.provenance.models == used
    assert from_dict(to_dict(judged)) == judged
    assert score(HEADLINE, "", judges=Judges(used=used)).provenance.models == used


def test_without_models_none_are_named_and_old_outputs_are_read() -> None:
    plain = score(HEADLINE, BODY)
    assert plain.provenance.models == ()
    assert score(HEADLINE, BODY, judges=Judges()) == plain
    old = to_dict(plain)
    del old["provenance"]["models"]
    assert from_dict(old) == plain


def test_the_weight_set_by_hand_is_shipped() -> None:
    shipped = json.loads((files("sensational.resources") / "weights.json").read_text(encoding="utf-8"))
    assert {name: shipped["theta"][name] for name in BY_HAND} == BY_HAND


UNDENIED = [
    sample
    for sample in examples()
    if not any(
        gap.kind == "polarity" for term in score(sample.headline, sample.body).terms for gap in term.gaps
    )
]
"""Articles that nowhere deny their headline: less support is only surely less where nothing is denied."""


def drawn(*texts: str) -> float:
    """A number from 0 to 1 that depends on the texts alone."""
    return round(int(sha256("\0".join(texts).encode()).hexdigest()[:8], 16) / 0xFFFFFFFF, 4)


@pytest.mark.parametrize("sample", UNDENIED, ids=lambda sample: sample.name)
@given(data=st.data())
def test_less_support_never_helps_whatever_the_judges_say(sample: Sample, data: st.DataObject) -> None:
    """Invariant 2, with judges that nowhere contradict: the absent is not made good by what is left."""
    judges = Judges(
        Meaning(lambda term, sentence: drawn(term, sentence)),
        Entailment(lambda premise: (drawn(premise), 0.0)),
    )
    before = score(sample.headline, sample.body, judges=judges)
    document = Document(sample.body)
    places = sorted(
        {piece.sentence for term in before.terms for piece in term.evidence}
        - {sentence.index for sentence in document.sentences if sentence_denies(document, sentence)}
    )
    gone = data.draw(st.sets(st.sampled_from(places), min_size=1, max_size=3))
    after = score(sample.headline, without_sentences(sample.body, gone), judges=judges)
    assert after.divergence is not None
    assert before.divergence is not None
    assert after.divergence >= before.divergence
