"""Examples to learn from: what each labelled set says of a headline over a body, in one form."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from sensational.analysis import VERDICTS
from sensational.language.canonical import canonical
from sensational.language.function_words import function_words
from sensational.language.stems import stem
from sensational.training.held_out import for_training
from sensational.training.verifier.parts import Known, Part, part_of, story_is_tested

STANCES = ("agree", "discuss", "disagree", "unrelated")
FIRST_VERDICT = 0.75
"""Share of the verdict itself where the label names others as well (``also``)."""
ORIGINAL_WEIGHT = 2.0
"""How much more a real headline, or a body changed under one, counts than a headline written to a recipe."""
SWAPPED = 0.2
"""Share of the headlines that also stand over another article's body in each pass."""
ANY_VERDICT = (1.0,) * len(VERDICTS)
ANY_KIND = "loaded"
"""Kind of a span that is known to be loaded, of whichever kind."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a headline and what is known of them.

    ``verdicts`` are seven shares that sum to 1, or, where only some verdicts are ruled out (``exact`` false),
    1 for each that may hold. ``kind`` is None where loading was not judged, and "none" for a plain span.
    ``evidence`` are character spans in the body; ``pointed`` says whether they (or their absence) are known.
    """

    start: int
    end: int
    verdicts: tuple[float, ...]
    exact: bool = True
    kind: str | None = None
    evidence: tuple[tuple[int, int], ...] = ()
    pointed: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A headline over a body, with whatever is known of the pair.

    Attributes:
        supported: how much each content word outside the spans counts as borne out; 0: nothing is known.
        kinds: whether words outside the spans are known to be plain.
        divergence: 0 to 1.
        entailment: 0 entailment, 1 neutral, 2 contradiction.
        stance: number in :data:`STANCES`.
        flawed: whether some word, nobody knows which, is not supported.
    """

    headline: str
    body: str
    spans: tuple[Span, ...] = ()
    supported: float = 0.0
    kinds: bool = False
    divergence: float | None = None
    entailment: int | None = None
    stance: int | None = None
    flawed: bool = False
    weight: float = 1.0
    id: str = ""
    recipe: str = ""


def one_verdict(verdict: str) -> tuple[float, ...]:
    """All of the share on one verdict."""
    return tuple(float(verdict == one) for one in VERDICTS)


NOT_SUPPORTED = tuple(float(verdict != "supported") for verdict in VERDICTS)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def headlines(benchmarks: Path, parts: tuple[Part, ...]) -> list[Example]:
    """The labelled headlines of some parts, without those whose body stands in ``gold`` too."""
    kept = {
        row["id"]: row
        for row in rows(benchmarks / "headlines" / "articles.jsonl.gz")
        if part_of(row["id"]) in parts
    }
    gold = Known(row["body"] for row in rows(benchmarks / "gold" / "dev.jsonl.gz"))
    tested = Known(_tested_bodies(benchmarks))
    known = {
        id
        for id, row in kept.items()
        if gold.holds(row["body"])
        or ("test" not in parts and "fnc" in row["source"] and tested.holds(row["body"]))
    }
    return [
        _headline(row, kept[row["article"]])
        for row in rows(benchmarks / "headlines" / "headlines.jsonl.gz")
        if row["article"] in kept and row["article"] not in known
    ]


def written_for_training(folder: Path, benchmarks: Path, part: Part = "train") -> list[Example]:
    """The headlines that were written and labelled for training alone (``data/training``).

    One article in twelve, with all that was made from it, is kept from the verifier and fits the combiner.
    Their writers mark loaded terms more freely than the readers of the benchmark, so kinds are not learned
    from them.

    Args:
        folder: holds ``articles.jsonl.gz``, invented articles and changes of the unlabelled articles of
            ``benchmarks``, and ``headlines.jsonl.gz``, headlines over all of these.
        benchmarks: the folder of the labelled sets.
        part: ``"train"`` or ``"fit"``.
    """
    import pandas as pd

    frame = pd.read_parquet(benchmarks / "articles" / "articles.parquet", columns=["id", "headline", "body"])
    articles = {row["id"]: row for row in frame.to_dict("records")}
    for row in rows(folder / "articles.jsonl.gz"):
        articles[row["id"]] = _changed(row, articles[row["of"]]) if "of" in row else row
    found = []
    for row in rows(folder / "headlines.jsonl.gz"):
        if row["part"] == part:
            article = articles[row["article"]]
            found.append(_headline({"headline": article.get("headline"), **row}, article, kinds=False))
    return found


def _changed(change: dict[str, Any], article: dict[str, Any]) -> dict[str, Any]:
    """An article with some of its sentences replaced by others, or taken away."""
    body = article["body"]
    for start, end, new in reversed(change["replace"]):
        body = body[:start] + new + body[end:]
    return article | {"body": body}


def _headline(row: dict[str, Any], article: dict[str, Any], kinds: bool = True) -> Example:
    headline, places = canonical(row["headline"])
    where = {place: at for at, place in enumerate(places)}
    spans = []
    for term in row["terms"]:
        first = FIRST_VERDICT if term["also"] else 1.0
        verdicts = [first * float(term["verdict"] == verdict) for verdict in VERDICTS]
        for other in term["also"]:
            verdicts[VERDICTS.index(other)] += (1 - first) / len(term["also"])
        evidence = [
            article["sentences"][piece] if isinstance(piece, int) else piece for piece in term["evidence"]
        ]
        spans.append(
            Span(
                where.get(term["start"], 0),
                where.get(term["end"] - 1, len(headline) - 1) + 1,
                tuple(verdicts),
                kind=(term["kind"] if term["loaded"] else "none") if kinds else None,
                evidence=tuple((start, end) for start, end in evidence),
                pointed=bool(evidence) or term["verdict"] == "absent",
            )
        )
    real = row["recipe"] in ("original", "body changed")
    return Example(
        headline,
        article["body"],
        tuple(spans),
        supported=0.25,
        kinds=kinds,
        divergence=row["divergence"] / 100,
        weight=ORIGINAL_WEIGHT if real else 1.0,
        id=row["id"],
        recipe=row["recipe"],
    )


def over_other_bodies(examples: list[Example], share: float, random: Random) -> list[Example]:
    """Some headlines, each over the body that shares most of its words among thirty of other articles."""
    bodies = [(set(example.body.lower().split()), example.body) for example in examples]
    swapped = []
    for example in random.sample(examples, int(share * len(examples))):
        words = set(example.headline.split())
        others = [pair for pair in random.sample(bodies, 30) if pair[1][:60] != example.body[:60]]
        best = max(others, key=lambda pair: len(words & pair[0]))[1]
        absent = one_verdict("absent")
        spans = tuple(replace(span, verdicts=absent, evidence=(), pointed=True) for span in example.spans)
        covered = [(span.start, span.end) for span in spans]
        span_kind = "none" if example.kinds else None
        spans += tuple(
            Span(start, end, absent, kind=span_kind)
            for start, end in words_outside(example.headline, covered)
        )
        swapped.append(
            replace(example, body=best, spans=spans, supported=0.0, divergence=0.97, stance=3, weight=0.35)
        )
    return swapped


def words_outside(text: str, covered: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where the content words of a text stand that overlap none of the given spans."""
    at = 0
    for word in text.split(" "):
        start, end = at, at + len(word)
        at = end + 1
        if word not in function_words() and not any(start < stop and begin < end for begin, stop in covered):
            yield start, end


def without_body(example: Example) -> Example:
    """The headline alone: only the kinds of its words can be told."""
    spans = tuple(
        replace(span, verdicts=NOT_SUPPORTED, exact=False, pointed=False, evidence=())
        for span in example.spans
    )
    return replace(example, body="", spans=spans, supported=0.0, divergence=None)


def without_evidence(example: Example) -> Example:
    """The headline over its body without the deciding sentences.

    A term of which the rest holds no word is absent there; of the others, and of the words outside, nothing
    is known.
    """
    cut = sorted({place for span in example.spans for place in span.evidence})
    rest, at = [], 0
    for start, end in cut:
        rest.append(example.body[at : max(at, start)])
        at = max(at, end)
    body = " ".join((*rest, example.body[at:]))
    left = set(re.findall(r"\w+", canonical(body)[0]))
    stems = {stem(word) for word in left}
    spans = []
    for span in example.spans:
        words = re.findall(r"\w+", example.headline[span.start : span.end])
        gone = not any(stem(word) in stems for word in words if word not in function_words())
        known = gone and bool(span.evidence)
        verdicts = one_verdict("absent") if known else ANY_VERDICT
        spans.append(replace(span, verdicts=verdicts, exact=known, evidence=(), pointed=known))
    return replace(example, body=body, spans=tuple(spans), supported=0.0, divergence=None)


def loaded_sentences(benchmarks: Path) -> list[Example]:
    """Sentences of BABE, half of them, read alone: biased words are loaded, unbiased sentences hold none."""
    found = []
    for row in rows(benchmarks / "loaded_words" / "sentences.jsonl.gz"):
        if row["label"] == "No agreement" or not for_training(row["text"]):
            continue
        text = canonical(row["text"])[0]
        spans = []
        for word in row["words"] if row["label"] == "Biased" else ():
            marked = canonical(word)[0]
            at = text.find(marked) if marked else -1
            if at >= 0:
                spans.append(Span(at, at + len(marked), NOT_SUPPORTED, exact=False, kind=ANY_KIND))
        found.append(Example(text, "", tuple(spans), kinds=row["label"] != "Biased"))
    return found


def entailment(benchmarks: Path, words: bool = False) -> list[Example]:
    """Sentence pairs of MultiNLI and SNLI: the hypothesis stands for the headline.

    Args:
        benchmarks: the folder of the labelled sets.
        words: also say what follows for the words: all supported, or some word not.
    """
    return [
        _pair(row["premise"], row["hypothesis"], row["label"], words)
        for row in rows(benchmarks / "entailment" / "pairs.jsonl.gz")
        if row["hypothesis"].strip() and row["premise"].strip()
    ]


def snli(file: Path, count: int, random: Random) -> list[Example]:
    """Sentence pairs of SNLI (Bowman and others 2015, CC BY-SA 4.0), drawn at random.

    Args:
        file: pairs in SNLI's own form, JSON Lines.
        count: how many.
        random: draws them.
    """
    labels = {"entailment": 0, "neutral": 1, "contradiction": 2}
    with file.open(encoding="utf-8") as lines:
        read = [json.loads(line) for line in lines]
    kept = [
        row
        for row in read
        if row["gold_label"] in labels and row["sentence1"].strip() and row["sentence2"].strip()
    ]
    return [
        _pair(row["sentence1"], row["sentence2"], labels[row["gold_label"]], words=True)
        for row in random.sample(kept, count)
    ]


def _pair(premise: str, hypothesis: str, label: int, words: bool) -> Example:
    return Example(
        canonical(hypothesis)[0],
        premise,
        entailment=label,
        supported=0.2 if words and label == 0 else 0.0,
        flawed=words and label != 0,
    )


def unsupported_words(benchmarks: Path) -> list[Example]:
    """Summaries whose unsupported words people marked; only the half of the articles that is learned from."""
    found = []
    for row in rows(benchmarks / "unsupported_words" / "claims.jsonl.gz"):
        if not for_training(row["body"]):
            continue
        headline = canonical(row["headline"].replace("\\'", "'"))[0]
        voters: list[set[str]] = [set() for _ in headline]
        for mark in row["spans"]:
            text = canonical(mark["text"].replace("\\'", "'"))[0]
            at = headline.find(text) if text else -1
            for place in range(at, at + len(text)) if at >= 0 else ():
                voters[place].add(mark["worker"])
        spans = []
        at = 0
        for word in headline.split(" "):
            most = max((len(ids) for ids in voters[at : at + len(word)]), default=0)
            if 2 * most > row["workers"]:
                spans.append(Span(at, at + len(word), NOT_SUPPORTED, exact=False))
            at += len(word) + 1
        found.append(Example(headline, row["body"], tuple(spans), supported=0.4))
    return found


def consistency(benchmarks: Path) -> list[Example]:
    """Summaries judged consistent or not; only the half of the articles that is learned from."""
    return [
        Example(
            canonical(row["headline"])[0],
            row["body"],
            supported=0.2 if row["supported"] else 0.0,
            divergence=0.03 if row["supported"] else 0.6,
            flawed=not row["supported"],
        )
        for row in rows(benchmarks / "consistency" / "claims.jsonl.gz")
        if for_training(row["body"])
    ]


def stances(benchmarks: Path, related: int, unrelated: int, random: Random) -> list[Example]:
    """Pairs of FNC-1 from the stories that are not tested, drawn at random.

    Args:
        benchmarks: the folder of the labelled sets.
        related, unrelated: how many of each are drawn.
        random: draws them.
    """
    bodies, story = stories(benchmarks)
    pools: dict[bool, list[Example]] = {True: [], False: []}
    for row in rows(benchmarks / "fnc1" / "stances.jsonl.gz"):
        if story_is_tested(story[row["body_id"]]):
            continue
        is_related = row["stance"] != "unrelated"
        pools[is_related].append(
            Example(
                canonical(row["headline"])[0],
                bodies[row["body_id"]],
                stance=STANCES.index(row["stance"]),
                divergence={"disagree": 0.9, "unrelated": 0.97}.get(row["stance"]),
                weight=2.0 if row["stance"] == "disagree" else 1.0,
                flawed=row["stance"] == "disagree",
            )
        )
    return random.sample(pools[True], min(related, len(pools[True]))) + random.sample(
        pools[False], min(unrelated, len(pools[False]))
    )


def _tested_bodies(benchmarks: Path) -> list[str]:
    bodies, story = stories(benchmarks)
    return [body for id, body in bodies.items() if story_is_tested(story[id])]


def stories(benchmarks: Path) -> tuple[dict[int, str], dict[int, tuple[str, ...]]]:
    """The bodies of FNC-1, and for each the bodies of its story: what related headlines connect."""
    bodies = {row["body_id"]: row["body"] for row in rows(benchmarks / "fnc1" / "bodies.jsonl.gz")}
    parent: dict[int | str, int | str] = {id: id for id in bodies}

    def root(one: int | str) -> int | str:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for row in rows(benchmarks / "fnc1" / "stances.jsonl.gz"):
        if row["stance"] != "unrelated":
            parent.setdefault(row["headline"], row["headline"])
            parent[root(row["headline"])] = root(row["body_id"])
    members: dict[int | str, list[str]] = {}
    for id in bodies:
        members.setdefault(root(id), []).append(f"{id:05d}")
    return bodies, {id: tuple(members[root(id)]) for id in bodies}
