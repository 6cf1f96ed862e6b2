"""Clauses of the body that could stand as a headline, in its own words.

What cannot be read by itself, such as a sentence that begins with *this*, is passed over: no headline is
better than a bad one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sensational.language.document import TOKEN, Document, Sentence
from sensational.language.function_words import function_words
from sensational.language.stems import stem
from sensational.language.time import is_earlier
from sensational.language.voices import Voice, voices_of
from sensational.lexicon.cues import word_set
from sensational.rewrite.names import bare, names_of
from sensational.rewrite.naming import is_somebody, restored, speaker
from sensational.rewrite.shorten import FEWEST_WORDS, shortenings
from sensational.rewrite.words import (
    ANSWERS,
    ENDS_BADLY,
    FINITE,
    FIRST_PERSON,
    HALF_OF_A_PAIR,
    IMPERSONAL,
    OF_TODAY,
    PERSONAL,
    POINTS_BACK,
    POINTS_BACK_INSIDE,
    is_complete,
    lower_words,
    may_be_verb,
)

MOST_WORDS = 23
"""Of 19,000 news headlines hardly one in a hundred has more."""
MOST_CHARACTERS = 140
LONGEST_SENTENCE = 60
"""Words of a sentence that is still looked at: what is longer cannot be brought down honestly."""
LONGEST_TEXT = 800
"""Characters of such a sentence, whatever they are."""
LEAD = 1
"""Sentences from the beginning in which a story introduces what it is about."""
LEAST_SAID = 0.35
"""Share of its sentence that somebody's words must fill to be taken by themselves."""

_PLAIN_SAYING = word_set(
    "said says say told tells wrote writes reported reports claimed claims warned warns argued argues "
    "added testified found finds announced announces insisted insists estimated estimates : according"
)
_FROM_THE_PAGE = re.compile(
    r"\b(?:Photo|Image|Getty|Reuters|Pinterest|Facebook|ADVERTISEMENT|Advertisement|Story Continued|"
    r"Read more|Click|Subscribe|newsletter|copyright|CLOSE|WATCH|Show Hide|pic\.twitter)\b"
    r"|^(?:Video|Audio|Gallery|Story highlights) |[|/@#©►•]"
)
_HALF_OF_A_PAIR = re.compile(r"(?:n['’]t|\bnot) (?:just|only|merely|simply)\b", re.IGNORECASE)
_BE = word_set("is are was were isn't aren't wasn't weren't will would may might has have had")
# Nouns that only point at what was named before.
_STANDS_FOR = word_set(
    "agency company group move decision report man woman measure bill plan article piece post comments "
    "remarks incident attack event statement pair two couple official suspect victim study survey poll"
)
_AS_SUBJECT = word_set("it they it's they're")
# What goes on from a sentence before.
_CONTINUES = re.compile(r"(?:No|Yes|Well|Oh), |[A-Z][a-z]+ (?:\w+ )?(?:later|earlier|afterwards?)\b")
# A quotation that begins so is a question, or the rest of a sentence.
_NO_STATEMENT = word_set(
    "and but because or which who why how what when where is are was were do does did can could will would "
    "should"
)
# A full date is that of a picture or of a chronicle.
_DATED = re.compile(r"\b[A-Z][a-z]{2,8}\.? \d{1,2}, (?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Clause:
    """Words of the body in the form of a headline.

    Attributes:
        sentence: number of the sentence of the body that it was made from.
        source: who is named in it as the speaker and was not so in those words; empty otherwise.
        restored: the name that was put in the place of a pronoun or a mere surname; empty for none.
    """

    text: str
    sentence: int
    source: str = ""
    restored: str = ""


def clauses(
    headline: str, body: Document, known: frozenset[str], sentences: Iterable[int]
) -> Iterator[Clause]:
    """The clauses of some sentences that can stand as a headline.

    Args:
        headline: the old headline; what the body tells of an earlier time is none of its news.
        body: the body, read.
        known: stems of the words of the old headline; what they name needs no introduction.
        sentences: the numbers of the sentences of the body.
    """
    for number in sentences:
        sentence = body.sentences[number]
        text = body.text[sentence.start : sentence.end]
        if len(text) > LONGEST_TEXT or not 4 <= sentence.last - sentence.first <= LONGEST_SENTENCE:
            continue
        # What says "also" adds to the news and is none.
        if _FROM_THE_PAGE.search(text) or "also" in body.words[sentence.first : sentence.last]:
            continue
        # A line without a closing mark is a caption, a label or a headline of its own.
        if text.rstrip("”’\"')")[-1:] not in (".", "!", ",") or is_earlier(headline, body, sentence):
            continue
        yield from _told(sentence, text, body, known)
        for voice in voices_of(body).of(sentence):
            yield from _spoken(voice, sentence, body, known)


def _told(sentence: Sentence, text: str, body: Document, known: frozenset[str]) -> Iterator[Clause]:
    """The sentence as it stands, whoever it says is speaking."""
    quoted = voices_of(body).quoted(sentence.start + 1, max(sentence.start + 1, sentence.end - 2))
    if quoted or text[:1].isdigit() or text.startswith(("“", '"', "‘", "'")) or text.count('"') % 2:
        return
    for short in shortenings(text):
        short, name = restored(short, sentence.index, body)
        if can_stand(short, known, names_of(body), lead=sentence.index < LEAD, somebody=bool(name)):
            yield Clause(single_marks(short), sentence.index, restored=name)


def _spoken(voice: Voice, sentence: Sentence, body: Document, known: frozenset[str]) -> Iterator[Clause]:
    """What somebody says in the sentence, with whose word it is."""
    start, end = max(voice.start, sentence.start), min(voice.end, sentence.end)
    if (
        voice.source is None
        or voice.strength < 0.9
        or end - start < LEAST_SAID * (sentence.end - sentence.start)
    ):
        return
    who = speaker(voice.source, voice.kind, body, known)
    if who is None:
        return
    said = body.text[start:end]
    if said.lstrip()[:1] in '“"' and voice.quoted:
        quotation = _quotation(said) if voice.cue else ""
        if quotation:
            yield Clause(f"{who.name}: ‘{quotation}’", sentence.index, who.name)
        return
    if voice.quoted or not set(lower_words(voice.cue) or [voice.cue]) & _PLAIN_SAYING:
        return
    if "that" in lower_words(said)[1:3]:
        return
    for short in shortenings(said):
        short, name = restored(short, sentence.index, body)
        text = f"{short}, {who.says}"
        stands = can_stand(short, known, names_of(body), lead=sentence.index < LEAD, somebody=bool(name))
        if stands and len(TOKEN.findall(text)) <= MOST_WORDS:
            yield Clause(single_marks(text), sentence.index, who.name, name)


def _quotation(said: str) -> str:
    """A quotation that is understood by itself, without its marks; empty where it is not."""
    match = re.match(r"\s*[“\"]([^“”\"]{10,160})[”\",.]*\s*$", said)
    if match is None:
        return ""
    text = match.group(1).strip()
    if text[-1:] in "?…" or "…" in text or "[" in text or "..." in text or ":" in text:
        return ""
    text = text.rstrip(".,;: ")
    words = lower_words(text)
    unclear = PERSONAL | IMPERSONAL | POINTS_BACK_INSIDE | {"this", "that", "that's", "so", "there's", "then"}
    if not FEWEST_WORDS <= len(words) <= MOST_WORDS - 3 or any(word in unclear for word in words):
        return ""
    if words[0] in _NO_STATEMENT or not any(map(may_be_verb, words)):
        return ""
    return text[:1].upper() + text[1:]


def can_stand(
    text: str, known: frozenset[str], names: frozenset[str], *, lead: bool, somebody: bool = False
) -> bool:
    """Whether a clause can be read by itself.

    Args:
        text: the clause, without closing mark.
        known: stems of words that need no introduction.
        names: the names of the body.
        lead: whether it stands where a story introduces what it is about.
        somebody: whether its subject is a person, whom *he* and *her* then mean.
    """
    words, written = lower_words(text), TOKEN.findall(text)
    if not FEWEST_WORDS <= len(words) <= MOST_WORDS or len(text) > MOST_CHARACTERS:
        return False
    if text.count("“") != text.count("”") or text.count('"') % 2 or text.count("(") != text.count(")"):
        return False
    long = [word for word in written[1:] if len(word) > 3]
    if sum(word[:1].isupper() for word in long) > 0.7 * len(long) and len(long) > 3:
        return False  # a headline of its own
    if _CONTINUES.match(text) or text.isupper() or ";" in text or "?" in text or ": " in text:
        return False
    if words[0] in POINTS_BACK or words[-1] in ENDS_BADLY or not is_complete(words):
        return False
    if words[0] in FINITE or (words[0].endswith(("ed", "ing", "ly")) and bare(words[0]) not in names):
        return False
    if any(word in FIRST_PERSON for word in lower_words(_outside_marks(text))):
        return False
    if bare(words[0]) in names and stem(words[0]) not in known and may_be_verb(words[1]):
        return False  # a first name, or a surname that was never introduced
    if words[0] == "the" and words[1].removesuffix("'s") in _STANDS_FOR and stem(words[1]) not in known:
        return False
    if words[0] == "the" and not lead and not _introduced(written, known):
        return False
    if HALF_OF_A_PAIR.intersection(words) or _HALF_OF_A_PAIR.search(text):
        return False
    if ANSWERS.intersection(words) or _DATED.search(text):
        return False
    for at, word in enumerate(words):
        exists = word == "there" and set(words[at + 1 : at + 2]) & _BE
        if (word in POINTS_BACK_INSIDE and not exists) or (
            word == "this" and not set(words[at + 1 : at + 2]) & OF_TODAY
        ):
            return False
        if (
            word in PERSONAL
            and not somebody
            and not any(is_somebody(words, written, i, names) for i in range(at))
        ):
            return False
        if word in IMPERSONAL and at < (5 if word in _AS_SUBJECT else 2):
            return False
    return True


def _outside_marks(text: str) -> str:
    return re.sub(r"“[^“”]{0,300}”|\"[^\"]{0,300}\"", " ", text)


def _introduced(written: list[str], known: frozenset[str]) -> bool:
    """Whether *The …* at the beginning is said of what the headline names, or of a name."""
    for word in written[1:5]:
        if word[:1].isupper() or stem(word.lower()) in known:
            return True
        if word.lower() in function_words() or may_be_verb(word.lower()):
            return False
    return False


def single_marks(text: str) -> str:
    """The text with quotation marks as headlines have them."""
    return re.sub(r'"([^"]{1,200})"', r"‘\1’", text.replace("“", "‘").replace("”", "’"))
