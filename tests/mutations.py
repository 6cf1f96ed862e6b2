"""Articles spoiled in the ways that the world spoils them, and headlines made for every kind of term.

Every change is a function of a text and a ``random.Random``: Hypothesis hands in one whose choices it can
shrink, and a run of the corpus one with a seed, so that the same articles can be made in every process.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from articles import GOLD, HEADLINES, Sample, bodies, examples, gold, without_sentences
from hypothesis import strategies as st

from sensational.analysis import KINDS, Kind
from sensational.language.document import Document
from sensational.language.negation import denials, negations
from sensational.language.sentences import split_sentences
from sensational.lexicon.inflect import forms
from sensational.lexicon.loader import load

Change = Callable[[str, random.Random], str]

QUOTES = "\"'“”‘’«»„`´″"
COMBINING = "\u0301\u0308\u0327\u20dd\u0489"
BIDI = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\u00ad\ufeff\u034f"
CONTROL = "\x00\x01\x07\x08\x0b\x0c\x1b\x1c\x1f\x7f\x80\x85\x9b\u2028\u2029"
SURROGATES = ("\ud800", "\udbff", "\udc00", "\udfff", "\ud83d\ude00", "\ude00\ud83d")
EMOJI = ("😱", "👩‍👩‍👧‍👦", "🇺🇦", "❤️", "1️⃣", "👍🏽", "\U0001f9ff")
SPACES = "\u00a0\u2009\u3000\t\u1680\u202f"
NUMBERS = (
    "0", "1", "-7", "12,000", "12.000", "1e308", "9" * 40, "½", "٣٤", "３", "$924 million", "55%", "1990s",
    "7.5 per cent", "2/3", "no. 1", "1,2,3", "00012", "a dozen", "zero", "IV", "²", "100,00,000", "1.2.3.4",
)  # fmt: skip
WORDS = (
    "Pneumono" * 60, "a" * 5000, "-" * 300, "ß", "İstanbul", "ŉ", "ǅ", "ﬁre", "STRAẞE", "K", "don't", "’n’",
    "O'Neill-Smith-Jones", "http://example.org/a?b=c&d=%20", "@mayor", "#crisis", "<b>", "&amp;", "{{7*7}}",
    "=SUM(A1)", "$\\frac{1}{0}$", "%s%n", "#strong[x]", "U.S.A.", "…", "[…]", "(sic)",
)  # fmt: skip
DENIALS = (
    "It is untrue.", "Officials denied it.", "The report was a hoax.", "He did not.", "No.", "Never!",
    "Nobody did.", "That claim is false, police said.",
)  # fmt: skip
OPENINGS = (
    "Read more", "ADVERTISEMENT", "Related:", "By Ilse Marrant", "Sign up for our newsletter", "10:42",
    "Photo: Reuters", "Updated 3 hours ago", "Share this article", "* * *", "—",
)  # fmt: skip


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in split_sentences(text)]


def _anywhere(text: str, what: str, pick: random.Random) -> str:
    at = pick.randint(0, len(text))
    return text[:at] + what + text[at:]


def _between_words(text: str, what: str, pick: random.Random) -> str:
    words = text.split(" ")
    words.insert(pick.randint(0, len(words)), what)
    return " ".join(words)


def delete_sentence(text: str, pick: random.Random) -> str:
    """One sentence less."""
    sentences = _sentences(text)
    return text.replace(pick.choice(sentences), "", 1) if sentences else text


def repeat_sentence(text: str, pick: random.Random) -> str:
    """One sentence once more, at another place."""
    sentences = _sentences(text)
    return _between_words(text, pick.choice(sentences), pick) if sentences else text


def swap_sentences(text: str, pick: random.Random) -> str:
    """Two sentences, each at the place of the other; the paragraphs go."""
    sentences = _sentences(text)
    if len(sentences) < 2:
        return text
    one, other = pick.sample(range(len(sentences)), 2)
    sentences[one], sentences[other] = sentences[other], sentences[one]
    return " ".join(sentences)


def cut_off(text: str, pick: random.Random) -> str:
    """Its beginning, up to anywhere."""
    return text[: pick.randint(len(text) // 3, len(text))]


def drop_quotation_mark(text: str, pick: random.Random) -> str:
    """A quotation that never ends, or never begins."""
    at = [place for place, character in enumerate(text) if character in QUOTES]
    if not at:
        return text
    gone = pick.choice(at)
    return text[:gone] + text[gone + 1 :]


def add_quotation_mark(text: str, pick: random.Random) -> str:
    """A quotation mark of any kind, anywhere."""
    return _anywhere(text, pick.choice(QUOTES), pick)


def mix_quotation_marks(text: str, pick: random.Random) -> str:
    """Every quotation mark another one."""
    return "".join(pick.choice(QUOTES) if character in QUOTES else character for character in text)


def add_combining(text: str, pick: random.Random) -> str:
    """Marks on a letter."""
    return _anywhere(text, pick.choice(COMBINING) * pick.randint(1, 20), pick)


def add_bidi(text: str, pick: random.Random) -> str:
    """A mark of the direction of writing."""
    return _anywhere(text, pick.choice(BIDI), pick)


def add_zero_width(text: str, pick: random.Random) -> str:
    """A character that nobody sees."""
    return _anywhere(text, pick.choice(ZERO_WIDTH), pick)


def add_control(text: str, pick: random.Random) -> str:
    """A control character, NUL among them, or another end of a line."""
    return _anywhere(text, pick.choice(CONTROL), pick)


def add_surrogate(text: str, pick: random.Random) -> str:
    """Half a character, as JSON and frames can hold it; or two that are none together."""
    return _anywhere(text, pick.choice(SURROGATES), pick)


def add_emoji(text: str, pick: random.Random) -> str:
    """A picture, of one code point or seven."""
    return _anywhere(text, pick.choice(EMOJI), pick)


def add_number(text: str, pick: random.Random) -> str:
    """A number, in any way of writing it."""
    return _between_words(text, pick.choice(NUMBERS), pick)


def add_word(text: str, pick: random.Random) -> str:
    """A word of five thousand letters, an address, code, a letter that grows when it is set in capitals."""
    return _between_words(text, pick.choice(WORDS), pick)


def add_denial(text: str, pick: random.Random) -> str:
    """A sentence that takes something back."""
    return _between_words(text, pick.choice(DENIALS), pick)


def other_spaces(text: str, pick: random.Random) -> str:
    """Every space another one."""
    return text.replace(" ", pick.choice(SPACES))


def carriage_returns(text: str, pick: random.Random) -> str:
    """Lines ended as Windows, or an old Macintosh, ends them."""
    return text.replace("\n", pick.choice(("\r\n", "\r", "\n\n\n\n", " \n ")))


def byte_order_mark(text: str, pick: random.Random) -> str:
    """A mark before the first letter."""
    return "\ufeff" + text


def capitals(text: str, pick: random.Random) -> str:
    """All capitals."""
    return text.upper()


def small_letters(text: str, pick: random.Random) -> str:
    """No capitals."""
    return text.lower()


def add_line(text: str, pick: random.Random) -> str:
    """A line that came along from the page."""
    lines = text.split("\n")
    lines.insert(pick.randint(0, len(lines)), pick.choice(OPENINGS))
    return "\n".join(lines)


CHANGES: dict[str, Change] = {
    change.__name__: change
    for change in (
        delete_sentence, repeat_sentence, swap_sentences, cut_off, drop_quotation_mark, add_quotation_mark,
        mix_quotation_marks, add_combining, add_bidi, add_zero_width, add_control, add_surrogate, add_emoji,
        add_number, add_word, add_denial, other_spaces, carriage_returns, byte_order_mark, capitals,
        small_letters, add_line,
    )
}  # fmt: skip
# A headline is one line, and short.
OF_A_HEADLINE = sorted(set(CHANGES) - {"repeat_sentence", "swap_sentences", "add_line", "add_denial"})
MOST_CHANGES = 6
LOADED = 0.25
"""From this loading on, an entry of the lexicon raises the stakes."""


@lru_cache(maxsize=1)
def originals() -> tuple[Sample, ...]:
    """The articles that are changed: real ones where they are at hand, and the examples of ``data/``."""
    return (*examples(), *(gold() if GOLD.is_file() else ()))


def mutate(sample: Sample, changes: Sequence[tuple[str, str]], pick: random.Random) -> Sample:
    """An article after some changes, each of its headline or of its body."""
    headline, body = sample.headline, sample.body
    for part, name in changes:
        if part == "headline":
            headline = CHANGES[name](headline, pick)
        else:
            body = CHANGES[name](body, pick)
    return Sample(f"{sample.name} after {', '.join(map('/'.join, changes)) or 'nothing'}", headline, body)


_STEPS = st.tuples(st.just("body"), st.sampled_from(sorted(CHANGES))) | st.tuples(
    st.just("headline"), st.sampled_from(OF_A_HEADLINE)
)


@st.composite
def mutated(draw: st.DrawFn) -> Sample:
    """A real article after up to six changes, now and then under a headline of another."""
    sample = draw(st.sampled_from(originals()))
    if draw(st.integers(0, 3)) == 0:
        sample = Sample(f"another over {sample.name}", draw(headlines()), sample.body)
    changes = draw(st.lists(_STEPS, max_size=MOST_CHANGES))
    return mutate(sample, changes, draw(st.randoms(use_true_random=False)))


def mutated_articles(count: int, seed: int) -> list[Sample]:
    """So many changed articles, the same ones in every process."""
    made = []
    for number in range(count):
        pick = random.Random(seed * 1_000_003 + number)  # noqa: S311
        steps = [("body", name) for name in sorted(CHANGES)] + [("headline", name) for name in OF_A_HEADLINE]
        changes = [pick.choice(steps) for _ in range(pick.randint(0, MOST_CHANGES))]
        own, other = pick.choice(originals()), pick.choice(HEADLINES)
        one = Sample(own.name, own.headline if number % 4 else other, own.body)
        changed = mutate(one, changes, pick)
        made.append(Sample(f"{number}: {changed.name}", changed.headline, changed.body))
    return made


# A headline with one place for a term of a kind. None of them says by itself that something is not so.
_FRAMES: dict[Kind, tuple[str, ...]] = {
    "emotion": ("{} crowd waits at Pellworth bridge", "Crew {} after ferry ride", "Mayor {} over toll"),
    "force": ("Dockers {} council in Ostrel", "Mayor {} after vote on tolls", "Gale {} harbour"),
    "scale": ("{} pupils join march in Ostrel", "Mayor buys {} boats", "Ferry fares rise {}"),
    "certainty": ("Tea {} headaches in cats", "New quay {} shops", "Ferry link {} jobs growth"),
    "judgement": ("Council gets {} plan for quay", "Mayor gives {} speech", "{} deal for Ostrel dockers"),
    "quote": ("Mayor in ‘{}’ row over tolls", "Clerk calls ferry plan “{}”", "“{}”: coach on his team"),
    "urgency": ("{}: ferry runs aground", "{} bridge at Pellworth shut"),
    "hook": ("{} the ferry left without its crew", "{} Ostrel loves its quay"),
    "plain": ("Mayor opens {} in Ostrel",),
}  # fmt: skip
_PLAIN = ("library", "footbridge", "ferry office", "quay", "school kitchen", "tennis court", "post office")
_NUMBERS = ("12,000", "nearly 400", "55%", "$924 million", "a dozen", "3", "one in five", "thousands of")
_OPENERS = ("Why", "How", "Here's why", "This is why", "What happened when")
_URGENT = ("BREAKING", "Just in", "Urgent", "Developing", "Breaking news")


@lru_cache(maxsize=1)
def _words() -> dict[Kind, tuple[str, ...]]:
    """What can be put into the frames of each kind: every loaded form of the lexicon, and the cues."""
    lexicon = load()
    found: dict[Kind, set[str]] = {kind: set() for kind in KINDS}
    for entry in lexicon.entries:
        if entry.loading >= LOADED:
            found[lexicon.ladders[entry.ladder].kind].update(forms(entry.text, entry.pos, {}))
    found["scale"] |= set(_NUMBERS)
    found["quote"] |= found["judgement"] | found["emotion"]
    found["urgency"] |= set(_URGENT)
    found["hook"] |= set(_OPENERS)
    found["plain"] |= set(_PLAIN)
    return {kind: tuple(sorted(words)) for kind, words in found.items()}


@lru_cache(maxsize=1)
def _listed() -> tuple[str, ...]:
    """The headlines of the list, and the real ones."""
    return (*HEADLINES, *(" ".join(sample.headline.split()) for sample in originals()))


@st.composite
def headlines(draw: st.DrawFn) -> str:
    """A headline of the list, or one made for a term of a kind."""
    if draw(st.booleans()):
        return draw(st.sampled_from(_listed()))
    kind = draw(st.sampled_from(KINDS))
    made = draw(st.sampled_from(_FRAMES[kind])).format(draw(st.sampled_from(_words()[kind])))
    return re.sub(r"\w", lambda first: first[0].upper(), made, count=1)  # as a sentence begins


def of_every_kind() -> st.SearchStrategy[Sample]:
    """A headline of any kind over a generated body, a real one or a changed one."""
    over = (
        bodies()
        | st.sampled_from(originals()).map(lambda one: one.body)
        | mutated().map(lambda one: one.body)
    )
    return st.builds(Sample, st.just("of a kind"), headlines(), over)


def undenied(changed: st.SearchStrategy[Sample]) -> st.SearchStrategy[Sample]:
    """The articles without the sentences that have a *not* or a denial; most real ones have some."""
    return changed.map(lambda one: Sample(f"{one.name}, undenied", one.headline, _without_denials(one.body)))


def _without_denials(body: str) -> str:
    document = Document(body)
    return without_sentences(
        body,
        {
            sentence.index
            for sentence in document.sentences
            if negations(document, sentence) or denials(document, sentence)
        },
    )
