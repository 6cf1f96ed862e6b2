"""An analysis as rows of tables: one of the article, one of each term, named as in ``data/codebook.csv``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sensational.analysis import Analysis, Term

Kind = Literal["string", "integer", "number", "boolean"]
_Of = Callable[[Analysis], Any]

ARTICLE: dict[str, tuple[Kind, _Of]] = {
    "schema_version": ("string", lambda a: a.schema_version),
    "id": ("string", lambda a: a.id),
    "headline": ("string", lambda a: a.headline),
    "status": ("string", lambda a: a.status),
    "reason": ("string", lambda a: a.reason),
    "divergence": ("number", lambda a: a.divergence),
    "interval_low": ("number", lambda a: a.interval and a.interval[0]),
    "interval_high": ("number", lambda a: a.interval and a.interval[1]),
    "loading": ("number", lambda a: a.loading),
    "teasing": ("number", lambda a: a.teasing),
    "stance": ("string", lambda a: a.stance and a.stance.label),
    "stance_agree": ("number", lambda a: a.stance and a.stance.probabilities["agree"]),
    "stance_discuss": ("number", lambda a: a.stance and a.stance.probabilities["discuss"]),
    "stance_disagree": ("number", lambda a: a.stance and a.stance.probabilities["disagree"]),
    "stance_unrelated": ("number", lambda a: a.stance and a.stance.probabilities["unrelated"]),
    "claim_strength_headline": ("integer", lambda a: a.claim_strength.headline),
    "claim_strength_body": ("integer", lambda a: a.claim_strength.body),
    "body_sentences": ("integer", lambda a: a.body.sentences),
    "body_words": ("integer", lambda a: a.body.words),
    "version": ("string", lambda a: a.provenance.version),
    "lexicon": ("string", lambda a: a.provenance.lexicon),
    "model": ("string", lambda a: a.provenance.model),
    "models": (
        "string",
        lambda a: "|".join(f"{one.kind} {one.name} {one.checksum}" for one in a.provenance.models),
    ),
}
"""Columns of an article: type, and where it comes from."""

TERM: dict[str, tuple[Kind, Callable[[Term], Any]]] = {
    "text": ("string", lambda t: t.text),
    "start": ("integer", lambda t: t.start),
    "end": ("integer", lambda t: t.end),
    "kind": ("string", lambda t: t.kind),
    "loaded": ("boolean", lambda t: t.loaded),
    "loading": ("number", lambda t: t.loading),
    "support": ("number", lambda t: t.support),
    "verdict": ("string", lambda t: t.verdict),
    "also": ("string", lambda t: "|".join(t.also)),
    "gaps": ("string", lambda t: "|".join(gap.kind for gap in t.gaps)),
    "contribution": ("number", lambda t: t.contribution),
    "without": ("number", lambda t: t.without),
}
"""Columns of a term."""

PLACE: dict[str, Kind] = {"file": "string", "row": "integer"}
"""Where an article stood in the corpus; the two together know it, where ids are missing or there twice."""

OTHERS = "other_columns"
"""Where a table puts, as JSON, what a row of JSON Lines has beyond the columns of the first thousand rows."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A column of the input that is carried through: its name there, its name and type in a table."""

    name: str
    column: str
    kind: Kind = "string"


def carried_columns(
    names: Iterable[str], kinds: Mapping[str, Kind], others: bool = False
) -> tuple[Carried, ...]:
    """The carried columns of a table, each under a name of its own.

    Args:
        names: of the input's columns.
        kinds: of those that are not text.
        others: whether rows may have more.
    """
    taken = {*ARTICLE, *PLACE, OTHERS}
    carried = []
    for name in dict.fromkeys(names):
        column = name
        while column in taken:
            column = f"input_{column}"
        taken.add(column)
        carried.append(Carried(name, column, kinds.get(name, "string")))
    if others:
        carried.append(Carried("", OTHERS))
    return tuple(carried)


def article_row(analysis: Analysis) -> dict[str, Any]:
    """The columns of an article but for its place and what is carried through."""
    return {name: of(analysis) for name, (_, of) in ARTICLE.items()}


def term_rows(analysis: Analysis) -> list[dict[str, Any]]:
    """The columns of every term, with its number in the headline, counted from 1."""
    return [
        {"id": analysis.id, "term": number, **{name: of(term) for name, (_, of) in TERM.items()}}
        for number, term in enumerate(analysis.terms, 1)
    ]


def carried_row(columns: Mapping[str, Any], carried: Sequence[Carried]) -> dict[str, Any]:
    """What is carried through, as cells: text is text, other things as JSON writes them."""
    row = {}
    for one in carried:
        if one.column == OTHERS:
            known = {other.name for other in carried if other.column != OTHERS}
            more = {name: value for name, value in columns.items() if name not in known}
            row[one.column] = _text(more) if more else None
        else:
            value = columns.get(one.name)
            row[one.column] = _text(value) if one.kind == "string" else value
    return row


def _text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)
