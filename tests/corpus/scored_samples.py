"""Outputs of a corpus made by hand, so that summing up is tested without scoring."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sensational.analysis import (
    SCHEMA_VERSION,
    VERDICTS,
    Analysis,
    Body,
    Evidence,
    Provenance,
    Stance,
    Term,
    to_dict,
)
from sensational.corpus.scored import ScoredArticle, ScoredTerm

MADE = Provenance("0.1.0", "bbbb2222", "aaaa1111")
CHANCES = (0.05, 0.05, 0.05, 0.7, 0.05, 0.05, 0.05)
"""Probabilities of the seven verdicts."""


def term(text: str, verdict: Any = "supported", kind: Any = "force", **more: Any) -> ScoredTerm:
    """A loaded term as it is read back."""
    fields: dict[str, Any] = {
        "loaded": kind != "plain",
        "loading": 0.5,
        "support": 0.4,
        "contribution": 5.0,
    } | more
    return ScoredTerm(text=text, kind=kind, verdict=verdict, **fields)


def article(
    row: int, divergence: float | None = 10.0, terms: Sequence[ScoredTerm] = (), **more: Any
) -> ScoredArticle:
    """An article as it is read back; without divergence it was not scored."""
    fields: dict[str, Any] = {
        "file": "in.csv", "id": f"a{row}", "headline": f"Headline {row}", "loading": 20.0, "stance": "agree",
        "reason": None if divergence is not None else "There is no body.", "interval": None,
        "columns": {"outlet": "Lantern"}, "made": ("0.1.0", "bbbb2222", "aaaa1111"),
    } | more  # fmt: skip
    return ScoredArticle(row=row, divergence=divergence, terms=tuple(terms), **fields)


def analysis(number: int, divergence: float | None, headline: str = "Mayor storms out of talks") -> Analysis:
    """An analysis of one loaded term, which falls short where there is a divergence."""
    scored = divergence is not None
    short = scored and bool(divergence)
    loaded = Term(
        "storms", 6, 12, "force", True, 0.55,
        support=(0.4 if short else 1.0) if scored else None,
        verdict=("weaker" if short else "supported") if scored else None,
        probabilities=dict(zip(VERDICTS, CHANCES if short else CHANCES[3:] + CHANCES[:3], strict=True))
        if scored else {},
        reason=("The article says “left”, a milder word." if short else "The article says so.") if scored
        else None,
        contribution=divergence, without=0.0 if scored else None,
        evidence=() if short or not scored else (
            Evidence("“Mayor storms out  of talks”, it says.", 0, 37, 0, "author", None, False, False),
        ),
    )  # fmt: skip
    return Analysis(
        SCHEMA_VERSION, f"a{number}", headline, "scored" if scored else "not_scored",
        None if scored else "There is no body.", divergence,
        None if divergence is None else (max(0.0, divergence - 5), min(100.0, divergence + 20)), 62.5,
        Stance("discuss", {"agree": 0.2, "discuss": 0.6, "disagree": 0.1, "unrelated": 0.1}),
        (loaded,), Body(3, 40, ()), MADE,
    )  # fmt: skip


def line(number: int, divergence: float | None, columns: Mapping[str, Any] | None = None, **more: Any) -> str:
    """An article as a line of JSON Lines."""
    made = {"file": "in.csv", "row": number, "columns": dict(columns or {"outlet": "Lantern"})}
    return json.dumps({**to_dict(analysis(number, divergence, **more)), **made})


def output(folder: Path, lines: Iterable[str], name: str = "out.jsonl") -> Path:
    """A file of such lines."""
    path = folder / name
    path.write_text("".join(f"{one}\n" for one in lines), encoding="utf-8")
    return path
