"""Real headlines in which words were replaced: which ones, the verifier has to find with the body at hand.

The idea is that of replaced token detection (Clark et al. 2020, ELECTRA), with the article as context. Words
are replaced by others of the body, so that shared words tell nothing, by neighbours in the embedding of the
base model (*rises*, *falls*), and by words of other headlines; numbers are altered, names exchanged, verbs
negated.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from random import Random

from sensational.language.canonical import canonical
from sensational.language.document import Document
from sensational.language.function_words import function_words
from sensational.language.negation import negations
from sensational.language.stems import stem
from sensational.training.verifier.examples import (
    NOT_SUPPORTED,
    Example,
    Span,
    one_verdict,
    over_other_bodies,
    rows,
)
from sensational.training.verifier.parts import Known, part_of

_WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*|\d+(?:[.,]\d+)*")
_BODY_WORD = re.compile(r"[A-Za-z]+(?:['-][a-z]+)*|\d+(?:[.,]\d+)*")
_ENDINGS = ("ing", "ed", "ly", "es", "s", "er")
_NEGATED = {
    "will": "will not", "is": "is not", "are": "are not", "was": "was not", "can": "cannot", "to": "not to",
    "has": "has not", "have": "have not", "may": "may not", "says": "does not say",
}  # fmt: skip
_SIMPLE = frozenset(("not", "no", "never"))
TAKEN_AWAY = 0.7
MOST_PLACES = 5
"""How often a word may stand in a body in which it is replaced."""
LEAST_BODY = 700
MOST_BODY = 8000


def replaced_words(
    benchmarks: Path, count: int, neighbours: Mapping[str, Sequence[str]], random: Random
) -> list[Example]:
    """``count`` headlines of the unlabelled articles with one to three words replaced.

    Args:
        benchmarks: the folder of the labelled sets; no article of ``gold`` or of the test part is used.
        count: how many.
        neighbours: words that stand in like places, by word.
        random: draws everything.
    """
    pairs = list(_articles(benchmarks))
    pool = headline_words(headline for headline, _ in pairs)
    random.shuffle(pairs)
    found: list[Example] = []
    for headline, body in pairs:
        if len(found) >= count:
            break
        example = replace_words(headline, body, pool, neighbours, random)
        if example:
            found.append(example)
    return found + over_other_bodies(found, 0.1, random)


def changed_bodies(
    benchmarks: Path, count: int, neighbours: Mapping[str, Sequence[str]], random: Random
) -> list[Example]:
    """``count`` real headlines, each over its body and over the same body with one of their words replaced.

    Args:
        benchmarks: the folder of the labelled sets; no article of ``gold`` or of the test part is used.
        count: how many headlines.
        neighbours: words that stand in like places, by word.
        random: draws everything.
    """
    pairs = list(_articles(benchmarks))
    pool = headline_words(headline for headline, _ in pairs)
    random.shuffle(pairs)
    found: list[Example] = []
    for headline, body in pairs:
        if len(found) >= 2 * count:
            break
        found += change_body(headline, body, pool, neighbours, random)
    return found


def denying_headlines(benchmarks: Path, random: Random) -> list[Example]:
    """Real headlines that deny something, as they are and, of some, with the denial taken away.

    Without them the model takes every denial in a headline for one that was put in by :func:`replace_words`.

    Args:
        benchmarks: the folder of the labelled sets; no article of ``gold`` or of the test part is used.
        random: draws those from which the denial is taken.
    """
    return [one for pair in _articles(benchmarks) for one in denying(*pair, random)]


def denying(headline: str, body: str, random: Random) -> list[Example]:
    """A headline that denies something and, of some, the same without the denial; nothing of others."""
    document = Document(headline)
    cues = [one for sentence in document.sentences for one in negations(document, sentence)]
    if not cues:
        return []
    spans = tuple(Span(one.cue_start, one.cue_end, one_verdict("supported")) for one in cues)
    found = [Example(headline, body, spans, supported=0.5)]
    first = cues[0]
    before, rest = headline[: first.cue_start], headline[first.cue_end :].lstrip()
    following = rest.split(" ", 1)[0]
    if first.cue in _SIMPLE and following and random.random() < TAKEN_AWAY:
        turned = Span(len(before), len(before) + len(following), NOT_SUPPORTED, exact=False)
        found.append(Example(before + rest, body, (turned,), supported=0.3))
    return found


@lru_cache(maxsize=1)
def _articles(benchmarks: Path) -> tuple[tuple[str, str], ...]:
    """Canonical headline and body of the unlabelled articles of a usual length that may be learned from."""
    import pandas as pd

    frame = pd.read_parquet(benchmarks / "articles" / "articles.parquet", columns=["headline", "body"])
    untouched = Known(
        [row["body"] for row in rows(benchmarks / "gold" / "dev.jsonl.gz")]
        + [
            row["body"]
            for row in rows(benchmarks / "headlines" / "articles.jsonl.gz")
            if part_of(row["id"]) != "train"
        ]
    )
    pairs = zip((canonical(one)[0] for one in frame["headline"]), frame["body"], strict=True)
    return tuple(
        (headline, body)
        for headline, body in pairs
        if LEAST_BODY < len(body) < MOST_BODY
        and 5 <= len(headline.split()) <= 18
        and not untouched.holds(body)
    )


def headline_words(headlines: object) -> dict[str, list[str]]:
    """The content words of many headlines, by shape, each as often as it occurs."""
    found: dict[str, list[str]] = {}
    for headline in headlines:  # type: ignore[attr-defined]
        for word in _WORD.findall(canonical(headline)[0]):
            if word not in function_words():
                found.setdefault(_shape(word), []).append(word)
    return found


def replace_words(
    headline: str,
    body: str,
    pool: Mapping[str, Sequence[str]],
    neighbours: Mapping[str, Sequence[str]],
    random: Random,
) -> Example | None:
    """The headline with one to three of its words replaced; None where no word can be."""
    places = list(_WORD.finditer(headline))
    content = [match for match in places if match[0] not in function_words()]
    if len(content) < 3:
        return None
    stems = {stem(word) for word in _WORD.findall(body.lower())}
    names = Counter(word.lower() for word in re.findall(r"(?<=[a-z,] )[A-Z][a-z]+", body))
    new: dict[int, tuple[str, bool]] = {}
    chosen = random.sample(content, min(len(content), random.choice((1, 1, 2, 2, 3))))
    named = [match for match in content if names[match[0]]]
    if len(named) > 1 and random.random() < 0.15:
        first, second = random.sample(named, 2)
        if first[0] != second[0]:
            new = {first.start(): (second[0], True), second.start(): (first[0], True)}
            chosen = []
    others = [word for word in dict.fromkeys(_WORD.findall(body.lower())) if word not in function_words()]
    for match in chosen:
        other = _other(match[0], others, names, stems, pool, neighbours, random)
        if other and stem(other) != stem(match[0]) and other not in headline:
            new[match.start()] = (other, True)
    if random.random() < 0.15:
        for match in places:
            if match[0] in _NEGATED and " not" not in headline:
                new[match.start()] = (_NEGATED[match[0]], True)
                break
    if not new:
        return None
    return _rebuilt(headline, body, places, new)


def change_body(
    headline: str,
    body: str,
    pool: Mapping[str, Sequence[str]],
    neighbours: Mapping[str, Sequence[str]],
    random: Random,
) -> list[Example]:
    """A headline over its body and over the body with one of its words replaced wherever it stands.

    Nothing where the body has none of the words, or has them too often.
    """
    words = list(_BODY_WORD.finditer(body))
    by_stem: dict[str, list[re.Match[str]]] = {}
    for word in words:
        by_stem.setdefault(stem(word[0].lower()), []).append(word)
    places = [
        match
        for match in _WORD.finditer(headline)
        if match[0] not in function_words() and 1 <= len(by_stem.get(stem(match[0]), ())) <= MOST_PLACES
    ]
    if not places:
        return []
    chosen = random.choice(places)
    names = Counter(word.lower() for word in re.findall(r"(?<=[a-z,] )[A-Z][a-z]+", body))
    others = [one for one in dict.fromkeys(word[0].lower() for word in words) if one not in function_words()]
    other = _other(chosen[0], others, names, set(by_stem), pool, neighbours, random)
    if not other or stem(other) == stem(chosen[0]) or other in headline:
        return []
    text, at = "", 0
    for word in by_stem[stem(chosen[0])]:
        text += body[at : word.start()] + (other.capitalize() if word[0][0].isupper() else other)
        at = word.end()
    text += body[at:]
    number = chosen[0][0].isdigit()
    verdicts = one_verdict("contradicted") if number else NOT_SUPPORTED
    start, end = chosen.span()
    return [
        Example(headline, body, (Span(start, end, one_verdict("supported")),), supported=0.3),
        Example(headline, text, (Span(start, end, verdicts, exact=number),), supported=0.3),
    ]


def _other(
    word: str,
    others: Sequence[str],
    names: Mapping[str, int],
    stems: set[str],
    pool: Mapping[str, Sequence[str]],
    neighbours: Mapping[str, Sequence[str]],
    random: Random,
) -> str | None:
    if word[0].isdigit():
        return _other_number(word, others, random)
    way = random.random()
    if way < 0.4:
        same = [
            one
            for one in others
            if _shape(one) == _shape(word) and bool(names.get(one)) == bool(names.get(word))
        ]
        return random.choice(same) if same else None
    if way < 0.75 and word in neighbours:
        near = [one for one in neighbours[word] if stem(one) not in stems]
        return random.choice(near) if near else None
    if len(pool.get(_shape(word), ())) <= 8:
        return None
    return next((one for one in random.sample(pool[_shape(word)], 8) if stem(one) not in stems), None)


def _other_number(word: str, others: Sequence[str], random: Random) -> str:
    present = [one for one in others if one[0].isdigit() and one != word]
    if present and random.random() < 0.4:
        return random.choice(present)
    digits = list(word)
    at = 0 if random.random() < 0.6 else max(i for i, digit in enumerate(digits) if digit.isdigit())
    digits[at] = str(random.choice([d for d in range(1, 10) if str(d) != digits[at]]))
    return "".join(digits)


def _rebuilt(
    headline: str, body: str, places: Sequence[re.Match[str]], new: Mapping[int, tuple[str, bool]]
) -> Example:
    text, spans, at = "", [], 0
    for match in places:
        text += headline[at : match.start()]
        at = match.end()
        if match.start() in new:
            word, _ = new[match.start()]
            number = word[0].isdigit()
            verdicts = one_verdict("contradicted") if number else NOT_SUPPORTED
            spans.append(Span(len(text), len(text) + len(word), verdicts, exact=number))
            text += word
        else:
            text += match[0]
    text += headline[at:]
    return Example(text, body, tuple(spans), supported=0.3)


def _shape(word: str) -> str:
    if word[0].isdigit():
        return "0"
    return next((ending for ending in _ENDINGS if word.endswith(ending) and len(word) > len(ending) + 2), "")
