"""Examples to learn from: spans of the canonical headline, and headlines over other bodies."""

from __future__ import annotations

import gzip
import json
import math
import random
from pathlib import Path

import pytest

from sensational.analysis import VERDICTS
from sensational.language.canonical import canonical
from sensational.training.verifier.examples import (
    ANY_KIND,
    FIRST_VERDICT,
    NOT_SUPPORTED,
    ORIGINAL_WEIGHT,
    Example,
    Span,
    consistency,
    entailment,
    headlines,
    loaded_sentences,
    one_verdict,
    over_other_bodies,
    snli,
    stances,
    unsupported_words,
    without_body,
    without_evidence,
    words_outside,
    written_for_training,
)
from sensational.training.verifier.parts import part_of

HEADLINE = "Mayor\u00a0 “HUMILIATED”  in VOTE"
BODY = "The mayor lost the vote. It rained all day in Pellworth."


def write(path: Path, rows: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def label(text: str, verdict: str, **more: object) -> dict[str, object]:
    start = HEADLINE.index(text)
    return {"start": start, "end": start + len(text), "verdict": verdict, "also": [], "kind": "emotion",
            "loaded": True, "evidence": [], **more}  # fmt: skip


@pytest.fixture
def benchmarks(tmp_path: Path) -> Path:
    train, test = (
        next(f"real-{n:04d}" for n in range(99) if part_of(f"real-{n:04d}") == part)
        for part in ("train", "test")
    )
    write(tmp_path / "headlines" / "articles.jsonl.gz", [
        {"id": train, "body": BODY, "source": "news", "sentences": [[0, 24], [25, len(BODY)]]},
        {"id": test, "body": "Something else was in the news.", "source": "news", "sentences": [[0, 31]]},
    ])  # fmt: skip
    write(tmp_path / "headlines" / "headlines.jsonl.gz", [
        {"id": "h1", "article": train, "headline": HEADLINE, "divergence": 40, "recipe": "original",
         "terms": [
            label("“HUMILIATED”", "weaker", also=["shifted"], evidence=[0]),
            label("VOTE", "absent", kind="force", loaded=False),
        ]},
        {"id": "h2", "article": train, "headline": "Mayor lost", "divergence": 0, "recipe": "milder",
         "terms": []},
        {"id": "h3", "article": test, "headline": "Tested", "divergence": 0, "recipe": "original",
         "terms": []},
    ])  # fmt: skip
    write(tmp_path / "gold" / "dev.jsonl.gz", [{"body": "A body of the gold set, of its own."}])
    write(tmp_path / "fnc1" / "bodies.jsonl.gz", [
        {"body_id": n, "body": f"Body number {n} of a story about a bridge."} for n in range(40)
    ])  # fmt: skip
    write(tmp_path / "fnc1" / "stances.jsonl.gz", [
        {"body_id": n, "headline": f"Headline {n}", "stance": stance}
        for n in range(40) for stance in ("discuss", "unrelated")
    ])  # fmt: skip
    return tmp_path


def test_labels_are_carried_over_to_the_canonical_headline(benchmarks: Path) -> None:
    one, other = headlines(benchmarks, ("train",))
    assert one.headline == canonical(HEADLINE)[0] == 'mayor "humiliated" in vote'
    first, second = one.spans
    assert one.headline[first.start : first.end] == '"humiliated"'
    assert one.headline[second.start : second.end] == "vote"
    assert first.verdicts[VERDICTS.index("weaker")] == FIRST_VERDICT
    assert first.verdicts[VERDICTS.index("shifted")] == pytest.approx(1 - FIRST_VERDICT)
    assert (first.kind, second.kind) == ("emotion", "none")
    assert [BODY[start:end] for start, end in first.evidence] == ["The mayor lost the vote."]
    assert first.pointed
    assert second.pointed, "that nothing decides is known of what is absent"
    assert (one.divergence, one.weight, other.weight) == (0.4, ORIGINAL_WEIGHT, 1.0)


def test_what_is_tested_is_not_learned_from(benchmarks: Path) -> None:
    assert {one.id for one in headlines(benchmarks, ("train",))} == {"h1", "h2"}
    assert {one.id for one in headlines(benchmarks, ("test",))} == {"h3"}
    write(benchmarks / "gold" / "dev.jsonl.gz", [{"body": f"{BODY} And more."}])
    assert headlines(benchmarks, ("train",)) == []


def test_the_verdicts_of_a_span_sum_to_one(benchmarks: Path) -> None:
    for example in headlines(benchmarks, ("train", "test")):
        assert all(math.fsum(span.verdicts) == pytest.approx(1) for span in example.spans)
    assert one_verdict("absent") == (0, 0, 0, 0, 0, 0, 1)
    assert NOT_SUPPORTED == (0, 1, 1, 1, 1, 1, 1)


def test_over_another_body_nothing_is_borne_out() -> None:
    marked = (Span(6, 16, one_verdict("weaker"), kind="emotion", evidence=((0, 9),), pointed=True),)
    own = [
        Example(
            f"mayor humiliated in vote {n}", f"Body {n} of an article.", marked, 0.3, True, 0.5, id=str(n)
        )
        for n in range(40)
    ]
    swapped_ones = over_other_bodies(own, 0.5, random.Random(0))  # noqa: S311
    assert len(swapped_ones) == 20
    for swapped in swapped_ones:
        example = own[int(swapped.id)]
        assert swapped.body != example.body
        assert swapped.headline == example.headline
        assert {span.verdicts for span in swapped.spans} == {one_verdict("absent")}
        assert all(span.evidence == () for span in swapped.spans)
        assert (swapped.stance, swapped.supported) == (3, 0.0)
        assert swapped.divergence is not None
        assert swapped.divergence > 0.9
        kinds = [span.kind for span in swapped.spans]
        assert kinds[: len(example.spans)] == [span.kind for span in example.spans]
        assert set(kinds[len(example.spans) :]) <= {"none"}
        assert list(words_outside(swapped.headline, [(s.start, s.end) for s in swapped.spans])) == []


def test_words_outside_the_spans() -> None:
    text = "mayor humiliated in the vote again"
    found = [text[start:end] for start, end in words_outside(text, [(6, 16)])]
    assert found[:2] == ["mayor", "vote"]


def test_without_its_body_only_the_kinds_are_known() -> None:
    example = Example(
        "mayor humiliated", BODY, (Span(6, 16, one_verdict("weaker"), kind="emotion"),), 0.3, True, 0.5
    )
    alone = without_body(example)
    assert (alone.body, alone.divergence, alone.supported) == ("", None, 0.0)
    (span,) = alone.spans
    assert (span.kind, span.exact, span.pointed) == ("emotion", False, False)


def test_stances_are_drawn_from_stories_that_are_not_tested(benchmarks: Path) -> None:
    from sensational.training.verifier.parts import story_is_tested

    found = stances(benchmarks, 10, 5, random.Random(1))  # noqa: S311
    assert len(found) == 15
    assert sum(one.stance == 3 for one in found) == 5
    assert all(one.divergence == 0.97 for one in found if one.stance == 3)
    for one in found:
        number = int(one.body.split()[2])
        assert not story_is_tested([f"{number:05d}"])


def test_the_other_sets(benchmarks: Path) -> None:
    write(benchmarks / "entailment" / "pairs.jsonl.gz", [
        {"premise": "A man sleeps.", "hypothesis": "A MAN rests", "label": 0},
        {"premise": " ", "hypothesis": "Nothing", "label": 1},
    ])  # fmt: skip
    (pair,) = entailment(benchmarks)
    assert (pair.headline, pair.body, pair.entailment) == ("a man rests", "A man sleeps.", 0)
    bodies = [f"{letter * 9} was the word of the day in the town." for letter in "abcdefghij"]
    write(benchmarks / "consistency" / "claims.jsonl.gz", [
        {"headline": "The word", "body": body, "supported": n % 2 == 0} for n, body in enumerate(bodies)
    ])  # fmt: skip
    kept = consistency(benchmarks)
    assert 0 < len(kept) < len(bodies), "half of the articles are kept for testing"
    assert all((one.supported > 0) == (one.divergence is not None and one.divergence < 0.1) for one in kept)
    write(benchmarks / "unsupported_words" / "claims.jsonl.gz", [
        {"headline": "The word fell", "body": body, "workers": 3,
         "spans": [{"text": "fell", "worker": one} for one in ("a", "b")] + [{"text": "word", "worker": "a"}]}
        for body in bodies
    ])  # fmt: skip
    for one in unsupported_words(benchmarks):
        (span,) = one.spans
        assert one.headline[span.start : span.end] == "fell"
        assert not span.exact


def test_without_its_deciding_sentence_a_term_is_absent() -> None:
    body = "The mayor was humiliated. It rained all day."
    spans = (
        Span(6, 16, one_verdict("supported"), kind="emotion", evidence=((0, 25),), pointed=True),
        Span(20, 24, one_verdict("supported"), evidence=((0, 25),), pointed=True),
    )
    found = without_evidence(Example("mayor humiliated in rain", body, spans, 0.3, True, 0.1))
    assert found.body.strip() == "It rained all day."
    assert found.spans[0].verdicts == one_verdict("absent")
    assert found.spans[0].pointed and not found.spans[0].evidence  # noqa: PT018 - one statement: none decides
    assert set(found.spans[1].verdicts) == {1.0}, "a word of it is left: nothing is known"
    assert not found.spans[1].pointed
    assert (found.supported, found.divergence) == (0.0, None)


def test_biased_words_are_loaded_and_unbiased_sentences_plain(tmp_path: Path) -> None:
    texts = [f"The mayor {n} slammed the plan." for n in range(12)]
    write(tmp_path / "loaded_words" / "sentences.jsonl.gz", [
        {"text": text, "label": label, "words": ["slammed"] if label == "Biased" else []}
        for text in texts for label in ("Biased", "Non-biased", "No agreement")
    ])  # fmt: skip
    found = loaded_sentences(tmp_path)
    assert found
    assert {len(one.spans) for one in found} == {0, 1}
    for one in found:
        assert one.kinds == (not one.spans)
        assert one.body == ""
        for span in one.spans:
            assert (one.headline[span.start : span.end], span.kind) == ("slammed", ANY_KIND)


def test_what_entails_supports_every_word_and_what_does_not_is_flawed(tmp_path: Path) -> None:
    write(tmp_path / "entailment" / "pairs.jsonl.gz", [
        {"premise": "A man rests.", "hypothesis": "A man sleeps.", "label": label} for label in (0, 1, 2)
    ])  # fmt: skip
    found = entailment(tmp_path, words=True)
    assert [one.flawed for one in found] == [False, True, True]
    assert [one.supported > 0 for one in found] == [True, False, False]
    assert not any(one.flawed or one.supported for one in entailment(tmp_path))


def test_headlines_written_for_training(tmp_path: Path) -> None:
    import pandas as pd

    (tmp_path / "articles").mkdir()
    pd.DataFrame({"id": ["real"], "headline": ["Bridge shut"], "body": ["The bridge was shut."]}).to_parquet(
        tmp_path / "articles" / "articles.parquet"
    )
    write(tmp_path / "written" / "articles.jsonl.gz", [
        {"id": "ours", "body": BODY},
        {"id": "real-a", "of": "real", "replace": [[4, 10, "road"], [15, 19, "open"]]},
    ])  # fmt: skip
    row = {"recipe": "calm", "divergence": 40, "terms": [label("HUMILIATED", "weaker", evidence=[[0, 24]])]}
    write(tmp_path / "written" / "headlines.jsonl.gz", [
        {**row, "id": "1", "article": "ours", "part": "train", "headline": HEADLINE},
        {**row, "id": "2", "article": "real", "part": "fit", "recipe": "original", "terms": []},
        {**row, "id": "3", "article": "real-a", "part": "fit", "recipe": "body changed", "terms": []},
    ])  # fmt: skip
    (one,) = written_for_training(tmp_path / "written", tmp_path)
    assert (one.body, one.divergence, one.spans[0].evidence) == (BODY, 0.4, ((0, 24),))
    assert one.headline[one.spans[0].start : one.spans[0].end] == "humiliated"
    assert (one.kinds, one.spans[0].kind) == (False, None)
    other, changed = written_for_training(tmp_path / "written", tmp_path, "fit")
    assert (other.headline, other.body) == ("bridge shut", "The bridge was shut.")
    assert (changed.headline, changed.body) == ("bridge shut", "The road was open.")


def test_pairs_of_snli(tmp_path: Path) -> None:
    file = tmp_path / "snli.jsonl"
    lines = [("A man rests.", "A man sleeps.", "entailment"), ("A dog.", "A cat.", "contradiction"),
             ("A dog.", "A pet.", "-"), ("A dog.", "It barks.", "neutral")]  # fmt: skip
    file.write_text(
        "".join(json.dumps({"sentence1": a, "sentence2": b, "gold_label": c}) + "\n" for a, b, c in lines)
    )
    found = snli(file, 3, random.Random(1))  # noqa: S311
    assert {(one.headline, one.entailment, one.flawed) for one in found} == {
        ("a man sleeps.", 0, False), ("a cat.", 2, True), ("it barks.", 1, True),
    }  # fmt: skip
