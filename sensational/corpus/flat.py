"""An analysis as rows of tables: one of the article, one of each term, named as in ``data/codebook.csv``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sensational.analysis import VERDICTS, Analysis, Term

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
    "stance": ("string", lambda a: a.stance and a.stance.label),
    "stance_agree": ("number", lambda a: a.stance and a.stance.probabilities["agree"]),
    "stance_discuss": ("number", lambda a: a.stance and a.stance.probabilities["discuss"]),
    "stance_disagree": ("number", lambda a: a.stance and a.stance.probabilities["disagree"]),
    "stance_unrelated": ("number", lambda a: a.stance and a.stance.probabilities["unrelated"]),
    "body_sentences": ("integer", lambda a: a.body.sentences),
    "body_words": ("integer", lambda a: a.body.words),
    "version": ("string", lambda a: a.provenance.version),
    "verifier": ("string", lambda a: a.provenance.verifier),
    "lexicon": ("string", lambda a: a.provenance.lexicon),
}
"""Columns of an article: type, and where it comes from."""


def _probability(verdict: str) -> Callable[[Term], Any]:
    return lambda term: term.probabilities.get(verdict)


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
    **{f"p_{verdict}": ("number", _probability(verdict)) for verdict in VERDICTS},
    "reason": ("string", lambda t: t.reason),
    "contribution": ("number", lambda t: t.contribution),
    "without": ("number", lambda t: t.without),
}
"""Columns of a term."""

PLACE: dict[str, Kind] = {"file": "string", "row": "integer"}
"""Where an article stood in the corpus; together they identify it, even where ids are missing or repeated."""

OTHERS = "other_columns"
"""The column that holds, as JSON, the fields of JSON Lines that none of the first thousand rows has."""


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
    """The columns of an article, without its place and without the columns carried through."""
    return {name: of(analysis) for name, (_, of) in ARTICLE.items()}


def term_rows(analysis: Analysis) -> list[dict[str, Any]]:
    """The columns of every term, with its number in the headline, counted from 1."""
    return [
        {"id": analysis.id, "term": number, **{name: of(term) for name, (_, of) in TERM.items()}}
        for number, term in enumerate(analysis.terms, 1)
    ]


def carried_row(columns: Mapping[str, Any], carried: Sequence[Carried]) -> dict[str, Any]:
    """The columns carried through, as cells: text stays as it is, other values are written as JSON."""
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
