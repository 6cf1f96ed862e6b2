"""Whose word it is: the constructions of news writing, one by one, with invented sentences."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational.language.document import Document
from sensational.language.voices import Voice, voice_at, voices


def heard(text: str) -> list[Voice]:
    document = Document(text)
    return [voice for sentence in document.sentences for voice in voices(document, sentence)]


def of(text: str, words: str) -> Voice | None:
    start = text.index(words)
    return voice_at(Document(text), start, start + len(words))


SPOKEN = [
    # direct
    ("“The bridge is shut,” Ann Hale said.", "bridge is shut", "named", "Ann Hale"),
    ("“The bridge is shut,” said Ann Hale, 45, a baker from York.", "bridge is shut", "named", "Ann Hale"),
    ("“The bridge is shut,” she said. “The road too.”\n", "bridge", "unnamed", None),
    ("Ann Hale, a baker, said: “The bridge is shut.”", "bridge is shut", "named", "Ann Hale"),
    ("“It is shut,” said Ann Hale. “The road is shut too.”", "road is shut", "named", "Ann Hale"),
    ("“It is shut,” Hale told a crowd, “and so is the road.”", "so is the road", "named", "Hale"),
    ("'The bridge is shut,' a guard said.", "bridge is shut", "unnamed", "a guard"),
    ("“Is it shut?” a guard asked.", "it shut", "unnamed", "a guard"),
    ("“I’m sad”, Hale told the BBC.", "sad", "named", "Hale"),
    # indirect
    ("The mill’s lawyer, Jo Bell, said the bridge was shut.", "bridge was shut", "named", "Jo Bell"),
    ("The agency quoted a guard as saying the bridge was shut.", "bridge was shut", "unnamed", "a guard"),
    ("Hale was quoted as saying that the bridge was shut.", "bridge was shut", "named", "Hale"),
    ("Ann Hale said the bridge was shut.", "bridge was shut", "named", "Ann Hale"),
    ("Ann Hale, who runs the mill, said the bridge was shut.", "bridge was shut", "named", "Ann Hale"),
    ("The bridge was shut, Ann Hale said on Monday.", "bridge was shut", "named", "Ann Hale"),
    ("The bridge, officials said, was shut.", "was shut", "unnamed", "officials"),
    ("Officials told the Gazette that the bridge was shut.", "bridge was shut", "unnamed", "Officials"),
    ("Officials familiar with the matter say the bridge is shut.", "bridge is shut", "unnamed",
     "Officials familiar with the matter"),
    ("A source close to the family said the bridge was shut.", "bridge was shut", "unnamed",
     "A source close to the family"),
    ("According to Hale, the bridge was shut.", "bridge was shut", "named", "Hale"),
    ("The bridge was shut, according to two residents.", "bridge was shut", "unnamed", "two residents"),
    ("As Ann Hale pointed out, the bridge was shut.", "bridge was shut", "named", "Ann Hale"),
    ("Ann Hale came late and said the bridge was shut.", "bridge was shut", "named", "Ann Hale"),
    ("Ann Hale smiled, adding that the bridge was shut.", "bridge was shut", "named", "Ann Hale"),
    ("Ann Hale rejected the claim that the bridge was shut.", "bridge was shut", "unnamed", None),
    ("The Hale campaign said the bridge was shut.", "bridge was shut", "named", "The Hale campaign"),
    ("The Prime Minister said the bridge was shut.", "bridge was shut", "named", "The Prime Minister"),
    ("Ukrainian officials said the bridge was shut.", "bridge was shut", "unnamed", "Ukrainian officials"),
    # passive, impersonal
    ("The crew are said to be sleeping on deck.", "sleeping on deck", "unnamed", None),
    ("The cook is believed to have fled the town.", "fled the town", "unnamed", None),
    ("The vase was described as a forgery.", "forgery", "unnamed", None),
    ("It was described by critics as a forgery.", "forgery", "unnamed", "critics"),
    ("Even in spring, reports emerged of guards selling bread.", "selling bread", "unnamed", None),
    ("Many cooks have also reportedly quarrelled with the crew.", "quarrelled", "unnamed", None),
    ("Army sources suggest the crew has moved inland.", "moved inland", "unnamed", "Army sources"),
    # outlets and documents
    ("Reuters reported that the bridge was shut.", "bridge was shut", "outlet", "Reuters"),
    ("The newspaper said the bridge was shut.", "bridge was shut", "outlet", "The newspaper"),
    ("The Hill Valley Gazette reported that the bridge was shut.", "bridge was shut", "outlet",
     "The Hill Valley Gazette"),
    ("9to5Mac reports that the phone has no buttons.", "no buttons", "outlet", "9to5Mac"),
    ("The report found that the bridge was unsafe.", "bridge was unsafe", "document", "The report"),
    ("A study by Hill University found no link between tea and sleep.", "no link", "document",
     "A study by Hill University"),
    ("The bridge is unsafe, a lawsuit claims.", "bridge is unsafe", "document", "a lawsuit"),
    # headlines
    ("Hale: ‘I never saw the bridge’", "never saw", "named", "Hale"),
    ("REPORT: The bridge was unsafe", "bridge was unsafe", "document", "REPORT"),
    ("Bridge to shut for good: report", "Bridge to shut", "document", "report"),
    ("Bridge to shut - police", "Bridge to shut", "unnamed", "police"),
    ("US Officials Say Bridge Was Shut", "Bridge Was Shut", "unnamed", "US Officials"),
    ("Bridge to shut for good, says union", "Bridge to shut", "unnamed", "union"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "kind", "source"), SPOKEN, ids=[row[0] for row in SPOKEN])
def test_whose_word(text: str, words: str, kind: str, source: str | None) -> None:
    voice = of(text, words)
    assert voice is not None
    assert (voice.kind, voice.source) == (kind, source)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The bridge was shut on Monday.", "bridge"),
        ("“The bridge is shut,” said Hale, leaving by boat.", "leaving by boat"),
        ("Ann Hale said the bridge was shut.", "Ann Hale"),
        ("They found a purse under the bridge.", "purse"),
        ("The United States sold the bridge.", "bridge"),
        ("The ‘experts’ sold the bridge.", "bridge"),
        ("The reports lay on the bridge.", "bridge"),
        ("He read a novel on the bridge.", "bridge"),
        ("I think the bridge is shut.", "bridge"),
    ],
)
def test_the_author_speaks(text: str, words: str) -> None:
    assert of(text, words) is None


def test_the_speaker_of_a_running_quotation_is_carried_over_paragraphs() -> None:
    text = (
        "The cook, believed to be hiding in a cellar, said: “We are out of bread.\n\n"
        "“Nobody eats. Everyone has gone.”\n\n“We are cold too.”\n\nThe cellar is dark."
    )
    for words in ("out of bread", "Nobody eats", "Everyone has gone", "cold too"):
        voice = of(text, words)
        assert voice is not None, words
        assert (voice.kind, voice.source, voice.quoted) == ("unnamed", "The cook", True)
    assert of(text, "cellar is dark") is None
    hiding = of(text, "hiding in a cellar")
    assert hiding is not None
    assert (hiding.source, hiding.cue) == (None, "believed")


def test_an_intercepted_call() -> None:
    text = (
        "In a call picked up by Radio Hill, one of the cooks complains to his mother.\n\n"
        "The unnamed cook tells her that great numbers of crew were asking for leave “for health reasons”, "
        "only to vanish.\n\nIn the meantime, he said they were not coming back to the ship."
    )
    for words in ("great numbers of crew", "only to vanish", "not coming back"):
        voice = of(text, words)
        assert voice is not None, words
        assert (voice.kind, voice.source) == ("unnamed", "The unnamed cook")


def test_a_pronoun_stands_for_the_last_person_named() -> None:
    text = "Ann Hale arrived by boat. The river was high. She said the bridge was shut."
    voice = of(text, "bridge was shut")
    assert voice is not None
    assert voice.source == "Ann Hale"
    assert voice.source_start is not None
    assert text[voice.source_start : voice.source_end] == "She"


def test_the_later_sentences_of_a_transcript_keep_their_speaker() -> None:
    text = "HALE: The bridge is shut. The road is shut too.\nThe hall was full."
    voice = of(text, "road is shut")
    assert voice is not None
    assert (voice.kind, voice.source) == ("named", "HALE")
    assert of(text, "hall was full") is None


def test_wishes_are_weaker_than_words() -> None:
    text = "Ann Hale called for a ban on boats. Ann Hale thinks boats are slow. Ann Hale said boats are slow."
    wish, thought, word = heard(text)
    assert wish.strength < thought.strength < word.strength == 1
    start = text.index("ban")
    assert voice_at(Document(text), start, start + 3, at_least=0.5) is None


def test_the_innermost_voice_covers_a_span() -> None:
    text = "Ann Hale said the study showed that tea was harmless."
    voice = of(text, "tea was harmless")
    assert voice is not None
    assert voice.kind == "document"


PIECES = [
    "“", "”", "\"", "‘", "’", ",", ".", ":", "\n", " said", " Ann Hale", " officials", " the bridge", " fell",
    " that", " told", " he", " according to", " reportedly", " believed to", " saying", " who", " The",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_voices_stay_in_their_sentence_and_slice(text: str) -> None:
    document = Document(text)
    for sentence in document.sentences:
        for voice in voices(document, sentence):
            assert sentence.start <= voice.start <= voice.end <= sentence.end
            assert 0 < voice.strength <= 1
            if voice.cue:
                assert voice.cue_start is not None
                assert text[voice.cue_start : voice.cue_end] == voice.cue
            if voice.source_start is not None:
                assert voice.source_end is not None
                assert text[voice.source_start : voice.source_end].strip()


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_the_order_of_asking_does_not_matter(text: str) -> None:
    document, other = Document(text), Document(text)
    forward = [voices(document, sentence) for sentence in document.sentences]
    backward = [voices(other, sentence) for sentence in reversed(other.sentences)]
    assert forward == backward[::-1]


@pytest.mark.parametrize(
    "unit",
    [
        "He said that officials told ",
        "“He said,” ",
        "“a b c d e ",
        "Hale, said, ",
        "according to Hale, ",
        "and said, saying ",
        "“The bridge is shut.” He said.\n",
        "\" said ' told, ",
        "the the the the ",
        "A: b. ",
    ],
)
def test_time_is_linear(unit: str) -> None:
    text = unit * (150_000 // len(unit))
    started = time.perf_counter()
    heard(text)
    assert time.perf_counter() - started < 10
