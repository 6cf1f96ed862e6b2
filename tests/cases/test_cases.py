"""Short articles on which the first version went wrong, each for a kind of fault (``cases/README.md``)."""

import json
from typing import Any

import pytest
from articles import SHARED

import sensational
from sensational.evaluation.ledgers import overlapping

CASES = SHARED / "cases" / "headlines.jsonl"
_CALLED_SUPPORTED = "the verifier calls it supported (docs/development/what-was-tried.md)"
KNOWN: dict[str, str] = {
    "no-problems": "“plague” is contradicted, and costs 61",
    "tabloid-flags": _CALLED_SUPPORTED,
    "crash-borne-out": "“horror” is called absent",
    "celebrity-split": "“split” is read as plain, “bombshell” as supported",
    "quotation-over-paragraphs": "“out of control” is attributed, and costs too little",
    "crisis-not-spoken-of": _CALLED_SUPPORTED,
}
"""Cases that fail, by their id, with the reason; one that passes again must be taken out."""


def cases() -> list[Any]:
    """The cases, each a parameter; one that says so where they are not at hand."""
    if not CASES.is_file():
        why = f"CASES NOT TESTED: no {CASES.name}; set SENSATIONAL_SHARED to the shared folder"
        return [pytest.param({}, id="none", marks=pytest.mark.skip(reason=why))]
    read = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        pytest.param(
            case,
            id=case["id"],
            marks=[pytest.mark.xfail(strict=True, reason=KNOWN[case["id"]])] if case["id"] in KNOWN else [],
        )
        for case in read
    ]


@pytest.mark.parametrize("case", cases())
def test_a_case_is_read_as_a_careful_reader_would(case: dict[str, Any]) -> None:
    analysis = sensational.score(case["headline"], case["body"])
    faults = []
    for text, right in case["terms"].items():
        start = case["headline"].index(text)
        found = overlapping(start, start + len(text), analysis.terms)
        if found is None:
            faults.append(f"“{text}” is no term")
        elif found.verdict not in right:
            faults.append(f"“{found.text}” is {found.verdict}, right: {', '.join(right)}")
    low, high = case["divergence"]
    if analysis.divergence is None or not low <= analysis.divergence <= high:
        faults.append(f"divergence {analysis.divergence}, right: {low} to {high}")
    assert not faults, "; ".join([*faults, case["why"]])


def test_every_known_failure_is_a_case() -> None:
    if CASES.is_file():
        lines = CASES.read_text(encoding="utf-8").splitlines()
        assert set(KNOWN) <= {json.loads(line)["id"] for line in lines}
