"""Training the parameters by which sentences are told apart.

Method: T. Kiss and J. Strunk, "Unsupervised Multilingual Sentence Boundary Detection", Computational
Linguistics 32(4), 2006, in NLTK's implementation. What it learns is cut down to what
``sensational.language.sentences`` hands to NLTK's splitter, and written as JSON.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sensational.training.files import checksum, provenance, versions, write_json

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # NLTK 3.10 mistakes them for binary data
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")

# A word after a small letter and a space is inside a sentence; one after an end mark begins one.
_INSIDE = re.compile(r"(?<=[a-z] )[A-Za-z][a-z']*")
_FIRST = re.compile(r"(?:(?<=[a-z][.?!] )|(?<=\n))[A-Z][a-z']*")
_SHORTENED = re.compile(r"(?<=[\s\"(])([A-Za-z][\w.&-]{0,15})\.(?:(,| [a-z0-9])|(?= ))")

# A capital after an abbreviation marks a new sentence only for words that are seldom capitalised
# inside one. Punkt asks for never, which no common word passes in millions of words of news, with
# its names of papers and ministries; this share keeps "police" and "officials", and leaves out "senate"
# and "court".
_CAPITAL_SHARE = 0.15
_SMALL_AT_LEAST = 20
_FIRST_AT_LEAST = 3
# An abbreviation without inner periods must have been followed by the rest of its sentence so often:
# "thud." and "scum." end sentences only, and no rule of Punkt notices.
_CONTINUED_AT_LEAST = 3
_CONTINUED_SHARE = 0.1


def read_bodies(articles: Path, size: int | None, seed: int) -> list[str]:
    """Bodies of ``articles`` (Parquet with a ``body`` column); a seeded sample of ``size``, in file order."""
    import pyarrow.parquet as pq

    bodies: list[str] = pq.read_table(articles, columns=["body"])["body"].to_pylist()
    if size is None or size >= len(bodies):
        return bodies
    chosen = random.Random(seed).sample(range(len(bodies)), size)  # noqa: S311 (a sample, no secret)
    return [bodies[i] for i in sorted(chosen)]


def clean(bodies: Iterable[str]) -> str:
    """One text without control characters or curly quotation marks."""
    return "\n\n".join(_CONTROL.sub(" ", body).translate(_STRAIGHT) for body in bodies)


def train(articles: Path, out: Path, size: int = 4000, seed: int = 0) -> None:
    """Learn abbreviations and sentence openers from ``size`` bodies of ``articles``; write ``out`` (JSON)."""
    from nltk.tokenize.punkt import PunktTrainer

    bodies = read_bodies(articles, size, seed)
    text = clean(bodies)
    trainer = PunktTrainer()
    trainer.train(text, finalize=False)
    trainer.finalize_training()
    learned = trainer.get_params()
    openers = _openers(text)
    write_json(
        out,
        {
            "abbreviations": sorted(_continued(text, learned.abbrev_types)),
            "collocations": sorted(
                [first, second]
                for first, second in learned.collocations
                if first[0].isalpha() and len(first) > 1  # initials and numbers have rules of their own
            ),
            "openers": sorted(openers),
            "starters": sorted(learned.sent_starters & openers),
            "provenance": _facts(articles, bodies, seed),
        },
    )


def _openers(text: str) -> set[str]:
    """Words whose capital means that a sentence begins: small inside sentences, capitalised at the start."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for word in _INSIDE.findall(text):
        (small if word[0].islower() else capital)[word.lower()] += 1
    first = Counter(word.lower() for word in _FIRST.findall(text))
    return {
        word
        for word, count in small.items()
        if count >= _SMALL_AT_LEAST
        and first[word] >= _FIRST_AT_LEAST
        and capital[word] <= _CAPITAL_SHARE * (capital[word] + count)
    }


def _continued(text: str, abbreviations: set[str]) -> set[str]:
    """Those of ``abbreviations`` which often have the rest of their sentence after them."""
    seen: Counter[str] = Counter()
    continued: Counter[str] = Counter()
    for word, after in _SHORTENED.findall(text):
        seen[word.lower()] += 1
        continued[word.lower()] += bool(after)
    return {
        word
        for word in abbreviations
        if re.fullmatch(r"[a-z][a-z.-]*", word)
        and ("." in word or continued[word] >= max(_CONTINUED_AT_LEAST, _CONTINUED_SHARE * seen[word]))
    }


def _facts(articles: Path, bodies: list[str], seed: int) -> dict[str, Any]:
    return provenance(
        what="Parameters for telling sentences apart",
        method="Punkt (Kiss and Strunk 2006), cut down to what the splitter asks for",
        data="bodies of English-language news articles, 2012 to 2020; no text of theirs is in this file",
        data_sha256=checksum(articles),
        bodies=len(bodies),
        seed=seed,
        libraries=versions("nltk", "pyarrow"),
    )
