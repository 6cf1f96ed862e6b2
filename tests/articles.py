"""Articles to test with: the examples of ``data/``, real ones where they are at hand, and invented text."""

from __future__ import annotations

import gzip
import json
import os
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import strategies as st

from sensational.analysis import Analysis
from sensational.language.document import Document
from sensational.lexicon.loader import rows
from sensational.reading import read
from sensational.terms import function_words

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("SENSATIONAL_SHARED", ROOT.parent / "shared"))
GOLD = SHARED / "benchmarks" / "gold" / "dev.jsonl.gz"
ARTICLES = SHARED / "benchmarks" / "articles" / "articles.parquet"


@dataclass(frozen=True)
class Sample:
    """A headline over a body; short in a failing test's output."""

    name: str
    headline: str
    body: str

    def __repr__(self) -> str:
        return f"<{self.name}: {self.headline!r}>"


@lru_cache(maxsize=1)
def examples() -> tuple[Sample, ...]:
    """The example articles of ``data/``."""
    found = []
    for path in sorted((ROOT / "data").iterdir()):
        if path.suffix in (".txt", ".html"):
            article = read(path)
            found.append(Sample(path.name, article.headline, article.body))
    return tuple(found)


@lru_cache(maxsize=1)
def gold() -> tuple[Sample, ...]:
    """The headlines and bodies of the gold set; skips the test where it is not at hand."""
    _skip_without(GOLD)
    with gzip.open(GOLD, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return tuple(Sample(row["id"], row["headline"], row["body"]) for row in rows)


def _skip_without(path: Path) -> None:
    if not path.is_file():
        pytest.skip(f"REAL ARTICLES NOT TESTED: no {path.name}; set SENSATIONAL_SHARED to the shared folder")


def real_articles(every: int) -> list[Sample]:
    """Every so-manieth article of the corpus; skips the test where it is not at hand."""
    _skip_without(ARTICLES)
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(ARTICLES, columns=["id", "headline", "body"])
    return [Sample(row["id"], row["headline"] or "", row["body"] or "") for row in table.to_pylist()[::every]]


# Headlines of every build, each as it might stand over an article.
HEADLINES = (
    "Mayor resigns",
    "Thousands of terrified families flee as dam bursts",
    "Mayor Will Not Resign",
    "No one hurt as tower falls",
    "Is the bridge about to collapse?",
    "‘I have never lied’: Premier hits back at critics",
    "“We were betrayed,” says sacked coach",
    'Premier calls rival "a coward" in furious outburst',
    "Norling: ‘This is a disgrace’",
    "BREAKING: Bank slashes 12,000 jobs",
    "Robot sells for $924 million at record-breaking auction",
    "Police hunt alleged arsonist after blaze",
    "Viral video of giant eel is a hoax",
    "Report: Airline to axe nearly a dozen routes",
    "You won't believe what this baker did next",
    "Why nobody trusts the harbour board",
    "One in five pupils can't swim, study finds",
    "Ship's captain 'humiliated' by crew's mutiny",
    "Scientists prove coffee causes insomnia",
    "Storm KILLS three in Pellworth",
    "Minister denies secret deal with smugglers",
    "3 dead, 40 injured in train crash near Ostrel",
    "Actually, the moon festival was a flop",
    "Everything you need to know about the sluice crisis – in five charts",
    "Ostrel braced for 'worst flood in a century' as River Tamsel rises 55% in two days, experts warn",
    "Fake doctors may have treated hundreds, officials say",
    "Crisis!",
)

# On subjects of their own: none denies anything, none brings in anybody who could be the next "he" or
# "they" (whoever reads on would take a pronoun for them, and so do we).
OTHER_SUBJECTS = (
    "Good sourdough is slow. The dough rests in a jar until it bubbles, and the crust sings as it cools.",
    "In the kelp, an otter floats on its back. The pebble on its belly is the anvil for the next crab.",
    "The violin has a spruce belly. Its varnish dries slowly, and an old one may sound warmer than a new one.",  # noqa: E501
    "In chess, the opening bears an old name. Some 1,300 of these are listed, and about half are in use.",
    "On the gravestone grows a lichen. A patch as wide as a thumb can be sixty years old.",
    "For the knitter, merino is soft. It keeps its shape, and it takes dye in enormous variety.",
    "The comet has a tail of dust. It is visible with binoculars in late October, low above the horizon.",
    "An orchid hates tap water. Rain is better, and a spoonful a week is plenty.",
    "In the old quarter a jazz club opens at nine. The trumpet is horribly loud, and so is the applause.",
    "A sundial does not tick. It tells noon by the shortest shadow and is useless at night.",
)

NEUTRAL = "\n\n".join(OTHER_SUBJECTS)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """A sentence of news, about few enough things that they come back."""
    who = draw(
        st.sampled_from(
            ["The mayor", "Ilse Marrant", "Dockers", "Some 400 families", "The council", "An unnamed official",  # noqa: E501
             "The Kesteral Lantern", "A study", "Nobody", "Terrified pupils", "The harbour board", "They"]
        )
    )  # fmt: skip
    does = draw(
        st.sampled_from(
            ["fled the valley", "left the port", "may close the bridge", "said that the dam had burst",
             "did not resign", "denied the report", "was humiliated", "cut 12,000 jobs", "slashed the budget",
             "reportedly sold the robot for $924 million", "told reporters: “We were betrayed”",
             "called it ‘a disgrace’", "found that coffee causes insomnia", "rose by 55 percent",
             "are scared", "were killed in the storm"]
        )
    )  # fmt: skip
    when = draw(st.sampled_from(["", " on Monday", " in early April", " last year", " in droves", " again"]))
    return f"{who} {does}{when}."


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """A body of two to six paragraphs of such sentences."""
    paragraphs = draw(st.lists(st.lists(sentences(), min_size=1, max_size=4), min_size=2, max_size=6))
    return "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)


@st.composite
def invented(draw: st.DrawFn) -> Sample:
    """A headline, of the list or a generated sentence, over a generated body."""
    own = sentences().map(lambda text: text.rstrip("."))
    return Sample("invented", draw(st.sampled_from(HEADLINES) | own), draw(bodies()))


def samples() -> st.SearchStrategy[Sample]:
    """Invented articles and the examples of ``data/``, with their headlines exchanged now and then."""
    return (
        invented()
        | st.sampled_from(examples())
        | st.builds(
            lambda one, other: Sample(f"{one.name} over {other.name}", one.headline, other.body),
            st.sampled_from(examples()),
            st.sampled_from(examples()),
        )
    )


def paragraphs(body: str) -> list[str]:
    """The paragraphs of a body."""
    return [part for part in re.split(r"\n\s*", body) if part.strip()]


def content_stems(text: str) -> set[str]:
    """The stems of a text's words, without those that carry grammar only."""
    document = Document(text)
    return {s for s, word in zip(document.stems, document.words, strict=True) if word not in function_words()}


def has_own_subject(paragraph: str, headline: str) -> bool:
    """Whether a paragraph shares no word with a headline in any form, but the smallest (*the*, *is*)."""
    return not (content_stems(paragraph) & content_stems(headline)) and not (
        _forms(paragraph) & _forms(headline)
    )


def _forms(text: str) -> set[str]:
    """The words of a text, but the smallest, each as itself and as what it is a form of (*best*: *good*)."""
    small = set("a an the of in on at to and as is it its by for with than so".split())
    words = set(Document(text).words) - small
    return words | {lemma for word in words for lemma in _lemmas().get(word, ())}


@lru_cache(maxsize=1)
def _lemmas() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in rows(ROOT / "sensational" / "lexicon" / "en" / "irregular.tsv"):
        for form in row["forms"].split("|"):
            found.setdefault(form, set()).add(row["lemma"])
    return found


def without_sentences(body: str, gone: set[int]) -> str:
    """The body without some of its sentences, in its paragraphs."""
    kept: dict[int, list[str]] = {}
    for sentence in Document(body).sentences:
        if sentence.index not in gone:
            kept.setdefault(sentence.paragraph, []).append(body[sentence.start : sentence.end].strip())
    return "\n\n".join(" ".join(lines) for lines in kept.values())


def weighed(analysis: Analysis) -> list[tuple[object, ...]]:
    """What a paragraph on another subject must not change."""
    return [(t.text, t.verdict, t.support, t.contribution, t.without) for t in analysis.terms]
