"""Less support never lowers the divergence; a paragraph on another subject changes nothing at all."""

import pytest
from articles import (
    OTHER_SUBJECTS,
    Sample,
    gold,
    has_own_subject,
    paragraphs,
    real_articles,
    samples,
    weighed,
    without_sentences,
)
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from mutations import mutated, of_every_kind, undenied

from sensational.analysis import Analysis
from sensational.language.document import Document
from sensational.language.negation import sentence_denies
from sensational.language.quantities import quantities
from sensational.language.voices import voice_at
from sensational.scorer import score

ALL = settings.default.max_examples  # type: ignore[union-attr]


def supporting(analysis: Analysis, body: str) -> list[int]:
    """The sentences that hold evidence, without those that deny or speak against the headline."""
    document = Document(body)
    evidence = [piece for term in analysis.terms for piece in term.evidence]
    against = {piece.sentence for piece in evidence if piece.denied or piece.match == "opposite"}
    against |= {sentence.index for sentence in document.sentences if sentence_denies(document, sentence)}
    return sorted({piece.sentence for piece in evidence} - against)


def denies_nothing(analysis: Analysis, body: str) -> bool:
    """Whether nothing in the body speaks against the headline.

    A denial is worth what it denies: take away the sentences that it points back at, and less is denied.
    Which is why less support is only surely less where nothing is denied.
    """
    document = Document(body)
    return not any(sentence_denies(document, sentence) for sentence in document.sentences) and not any(
        any(gap.kind == "polarity" for gap in term.gaps) or any(piece.denied for piece in term.evidence)
        for term in analysis.terms
    )


def told_alike(body: str, gone: set[int], shorter: str, after: Analysis) -> bool:
    """Whether what is left is said by whom it was said before.

    A quotation that ran over several sentences, and whom a pronoun stands for, may depend on what is gone.
    """
    before, now = Document(body), Document(shorter)
    kept = [sentence for sentence in before.sentences if sentence.index not in gone]
    if [body[one.start : one.end].strip() for one in kept] != [
        shorter[one.start : one.end].strip() for one in now.sentences
    ]:
        return False
    for piece in (piece for term in after.terms for piece in term.evidence):
        moved = kept[piece.sentence].start - now.sentences[piece.sentence].start
        voice = voice_at(before, piece.start + moved, piece.end + moved)
        if (piece.voice, piece.source) != ((voice.kind, voice.source) if voice else ("author", None)):
            return False
    return True


def add(body: str, paragraph: str, at: float) -> str:
    parts = paragraphs(body)
    parts.insert(round(at * len(parts)), paragraph)
    return "\n\n".join(parts)


def without(sample: Sample, gone: set[int]) -> Analysis | None:
    """The analysis without these sentences; None where they leave too little, or it is told otherwise."""
    shorter = without_sentences(sample.body, gone)
    after = score(sample.headline, shorter)
    told = after.status == "scored" and told_alike(sample.body, gone, shorter, after)
    return after if told else None


def removal_holds(sample: Sample, data: st.DataObject) -> None:
    before = score(sample.headline, sample.body)
    assume(before.status == "scored")
    assume(denies_nothing(before, sample.body))
    places = supporting(before, sample.body)
    assume(places)
    gone = data.draw(st.sets(st.sampled_from(places), min_size=1))
    after = without(sample, gone)
    assume(after is not None)
    assert [(t.text, t.kind) for t in before.terms] == [(t.text, t.kind) for t in after.terms]
    assert before.divergence is not None
    assert after.divergence is not None
    assert after.divergence >= before.divergence, f"without sentences {sorted(gone)}"


def addition_holds(sample: Sample, data: st.DataObject) -> None:
    paragraph = data.draw(st.sampled_from(OTHER_SUBJECTS))
    assume(has_own_subject(paragraph, sample.headline))
    # Both bodies are put together in the same way, so that only the paragraph differs.
    before = score(sample.headline, "\n\n".join(paragraphs(sample.body)))
    assume(before.status == "scored")
    after = score(sample.headline, add(sample.body, paragraph, data.draw(st.floats(0, 1))))
    # Whom a pronoun stands for ("he said") is told by what comes before it, on whatever subject.
    assume(voices(after) == voices(before))
    assert weighed(after) == weighed(before)
    assert (after.divergence, after.interval, after.loading) == (
        before.divergence,
        before.interval,
        before.loading,
    )
    assert [[e.text for e in t.evidence] for t in after.terms] == [
        [e.text for e in t.evidence] for t in before.terms
    ]


def matches(analysis: Analysis, *how: str) -> list[str]:
    return [piece.text for term in analysis.terms for piece in term.evidence if piece.match in how]


def voices(analysis: Analysis) -> list[tuple[str, str | None]]:
    return [
        (piece.voice, piece.source)
        for term in analysis.terms
        for piece in term.evidence
        if piece.match != "quantity"
    ]


@given(samples(), st.data())
def test_less_support_never_lowers_the_divergence(sample: Sample, data: st.DataObject) -> None:
    removal_holds(sample, data)


@settings(suppress_health_check=list(HealthCheck))  # most real bodies deny something somewhere
@given(st.data())
def test_less_support_never_lowers_the_divergence_of_real_articles(data: st.DataObject) -> None:
    removal_holds(data.draw(st.sampled_from(gold())), data)


@settings(suppress_health_check=list(HealthCheck))
@given(undenied(of_every_kind()), st.data())
def test_less_support_never_lowers_the_divergence_of_any_kind(sample: Sample, data: st.DataObject) -> None:
    removal_holds(sample, data)


@settings(suppress_health_check=list(HealthCheck))
@given(undenied(mutated()), st.data())
def test_less_support_never_lowers_the_divergence_of_changed_articles(
    sample: Sample, data: st.DataObject
) -> None:
    removal_holds(sample, data)


@given(samples(), st.data())
def test_another_subject_changes_nothing(sample: Sample, data: st.DataObject) -> None:
    addition_holds(sample, data)


@given(st.data())
def test_another_subject_changes_nothing_in_real_articles(data: st.DataObject) -> None:
    addition_holds(data.draw(st.sampled_from(gold())), data)


@given(of_every_kind(), st.data())
def test_another_subject_changes_nothing_under_any_kind(sample: Sample, data: st.DataObject) -> None:
    addition_holds(sample, data)


@given(mutated(), st.data())
def test_another_subject_changes_nothing_in_changed_articles(sample: Sample, data: st.DataObject) -> None:
    addition_holds(sample, data)


def test_no_number_taken_from_a_real_article_lowers_the_divergence() -> None:
    """Each sentence that holds evidence and a number, one by one, where the headline claims a number."""
    tried = 0
    for sample in real_articles(every=1 if ALL >= 2000 else 50):
        if not quantities(sample.headline):
            continue
        before = score(sample.headline, sample.body)
        if before.status != "scored" or not denies_nothing(before, sample.body):
            continue
        sentences = Document(sample.body).sentences
        for index in supporting(before, sample.body):
            if not quantities(sample.body[sentences[index].start : sentences[index].end]):
                continue
            after = without(sample, {index})
            if after is not None:
                assert after.divergence >= before.divergence, f"{sample} without sentence {index}"  # type: ignore[operator]
                tried += 1
    print(f"{tried} sentences taken away")
    assert tried


def test_the_second_best_number() -> None:
    said = "Employers added 203,000 jobs in Ostrel, an unnamed official said."
    told = "The board counts 204,000 jobs that were added in Ostrel. The rest of the year was dry and mild."
    headline = "203K jobs added in Ostrel"
    before, after = score(headline, f"{said}\n\n{told}"), score(headline, told)
    assert after.divergence >= before.divergence  # type: ignore[operator]


def test_the_second_nearest_word_takes_over() -> None:
    said = "Storms hit Pellworth on Wednesday, according to officials."
    told = "The deadly storms hit Pellworth again on Saturday. It was dry for the rest of the year."
    headline = "Deadly week of storms in Pellworth"
    before, after = score(headline, f"{said}\n\n{told}"), score(headline, told)
    assert after.divergence >= before.divergence  # type: ignore[operator]


def test_function_words_of_another_matter() -> None:
    headline = "‘Nobody hurt in a fire’ at Pellworth mill"
    body = "The mill of Pellworth burnt, and nobody was hurt by the fire. It was an old one, and stood empty."
    other = "The dough rests in a jar until it bubbles."
    before, after = score(headline, body), score(headline, f"{body}\n\n{other}")
    assert weighed(after) == weighed(before)


def test_a_number_of_another_matter() -> None:
    headline = "Everyone has fled the Pellworth dam"
    body = "The mayor of Pellworth said that the dam was safe and that the people had fled."
    before, after = score(headline, body), score(headline, f"{body}\n\n{OTHER_SUBJECTS[3]}")
    assert matches(after, "quantity") == matches(before, "quantity")


@pytest.mark.parametrize("paragraph", OTHER_SUBJECTS)
def test_the_other_subjects_deny_nothing(paragraph: str) -> None:
    document = Document(paragraph)
    assert all(sentence_denies(document, sentence) == 0 for sentence in document.sentences)
