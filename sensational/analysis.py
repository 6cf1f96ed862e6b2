"""What is said of an article: plain frozen data, in the shape of the JSON that comes out.

The fields and their order are those of the output form (``docs/analysis.schema.json``,
``data/codebook.csv``); :func:`to_dict` and :func:`from_dict` are inverse to each other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from sensational.article import Clutter

SCHEMA_VERSION = "2"

Kind = Literal["emotion", "force", "scale", "certainty", "judgement", "quote", "urgency", "hook", "plain"]
Verdict = Literal["supported", "attributed", "hedged", "weaker", "shifted", "contradicted", "absent"]
VoiceKind = Literal["author", "named", "unnamed", "outlet", "document"]
StanceLabel = Literal["agree", "discuss", "disagree", "unrelated"]

KINDS: tuple[Kind, ...] = (
    "emotion", "force", "scale", "certainty", "judgement", "quote", "urgency", "hook", "plain",
)  # fmt: skip
VERDICTS: tuple[Verdict, ...] = (
    "supported", "attributed", "hedged", "weaker", "shifted", "contradicted", "absent",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of the body that decides a term; ``body[start:end] == text``.

    ``sentence`` is its number in the body. ``source`` names who says it, where that is sure; ``hedged`` and
    ``denied`` say whether the sentence hedges or denies.
    """

    text: str
    start: int
    end: int
    sentence: int
    voice: VoiceKind
    source: str | None
    hedged: bool
    denied: bool


@dataclass(frozen=True, slots=True)
class Term:
    """A span of the headline that claims something; ``headline[start:end] == text``.

    ``loading`` and ``support`` are 0 to 1. ``probabilities`` are those of the seven verdicts and sum to 1;
    ``reason`` is one plain sentence. ``contribution`` is in points of divergence, and ``without`` is the
    divergence that the headline would have without this term. What the body does with a term is null (and
    ``probabilities`` empty) where the article was not scored.
    """

    text: str
    start: int
    end: int
    kind: Kind
    loaded: bool
    loading: float
    support: float | None = None
    verdict: Verdict | None = None
    also: tuple[Verdict, ...] = ()
    probabilities: dict[str, float] = field(default_factory=dict)
    reason: str | None = None
    contribution: float | None = None
    without: float | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Stance:
    """What the body as a whole does with the headline; ``probabilities`` sum to 1."""

    label: StanceLabel
    probabilities: dict[str, float]


@dataclass(frozen=True, slots=True)
class Body:
    """Counts of the cleaned body, and what was set aside from it."""

    sentences: int
    words: int
    clutter: tuple[Clutter, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made this analysis: the package's version, and checksums of the verifier and the lexicon."""

    version: str
    verifier: str
    lexicon: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """The whole of what is said of one article.

    ``loading`` (0 to 100) belongs to the headline alone and never enters divergence.
    """

    schema_version: str
    id: str | None
    headline: str
    status: Literal["scored", "not_scored"]
    reason: str | None
    divergence: float | None
    interval: tuple[float, float] | None
    loading: float
    stance: Stance | None
    terms: tuple[Term, ...]
    body: Body
    provenance: Provenance


def to_dict(analysis: Analysis) -> dict[str, Any]:
    """The analysis as plain dicts and lists, ready for ``json.dumps``."""
    return _listed(asdict(analysis))  # type: ignore[no-any-return]


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _listed(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_listed(item) for item in value]
    return value


def to_json(analysis: Analysis, more: Mapping[str, Any] | None = None) -> str:
    """The analysis as one line of JSON in ASCII; lone surrogates, which JSON cannot say, as U+FFFD.

    Args:
        analysis: what is written.
        more: fields that are added at its end, such as the columns that a corpus carries through.

    Raises:
        ValueError: a number in ``more`` is not finite.
    """
    fields = {**_fields(analysis), **(more or {})}
    line = json.dumps(fields, default=_fields, allow_nan=False)
    if "\\ud" in line:  # surrogates, alone or in pairs; two lone ones side by side must not become a pair
        plain = json.dumps(fields, default=_fields, allow_nan=False, ensure_ascii=False)
        return json.dumps(json.loads(without_surrogates(plain)), allow_nan=False)
    return line


def _fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}


def without_surrogates(value: Any) -> Any:
    """A value of JSON with every lone surrogate in its texts as U+FFFD."""
    if isinstance(value, str):
        if value.isascii():
            return value
        return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in value)
    if isinstance(value, dict):
        return {without_surrogates(key): without_surrogates(item) for key, item in value.items()}
    if isinstance(value, list):
        return [without_surrogates(item) for item in value]
    return value


def from_dict(data: dict[str, Any]) -> Analysis:
    """The inverse of :func:`to_dict`; unknown fields are ignored.

    Raises:
        KeyError: a field of the form is missing.
    """

    def term(item: dict[str, Any]) -> Term:
        known = {name: item[name] for name in Term.__slots__}
        known["also"] = tuple(item["also"])
        known["probabilities"] = dict(item["probabilities"])
        known["evidence"] = tuple(
            Evidence(**{n: piece[n] for n in Evidence.__slots__}) for piece in item["evidence"]
        )
        return Term(**known)

    stance, interval, body, made = data["stance"], data["interval"], data["body"], data["provenance"]
    return Analysis(
        schema_version=data["schema_version"],
        id=data["id"],
        headline=data["headline"],
        status=data["status"],
        reason=data["reason"],
        divergence=data["divergence"],
        interval=None if interval is None else (interval[0], interval[1]),
        loading=data["loading"],
        stance=None if stance is None else Stance(stance["label"], dict(stance["probabilities"])),
        terms=tuple(term(item) for item in data["terms"]),
        body=Body(
            body["sentences"],
            body["words"],
            tuple(Clutter(line["text"], line["why"]) for line in body["clutter"]),
        ),
        provenance=Provenance(made["version"], made["verifier"], made["lexicon"]),
    )
