"""What is said of an article: plain frozen data, in the shape of the JSON that comes out.

The fields and their order are those of the output form (``docs/analysis.schema.json``,
``data/codebook.csv``); :func:`to_dict` and :func:`from_dict` are inverse to each other.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, overload

from sensational.article import Article, Clutter

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes

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
SURE = 0.6
"""Where no verdict has a higher probability, a term is open for discussion."""


def readings(verdict: Verdict | None, probabilities: Mapping[str, float]) -> tuple[Verdict, ...]:
    """The two verdicts between which a term is open for discussion, its own first; none if it is settled."""
    if verdict is None or max(probabilities.values(), default=1.0) > SURE:
        return ()
    return verdict, max({*VERDICTS} - {verdict}, key=lambda one: (probabilities.get(one, 0.0), one))


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

    ``loading`` (0 to 100) belongs to the headline alone and never enters divergence. ``article`` is what was
    scored, for the report; it is no part of the output form, and None in an analysis that was read from it.
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
    article: Article | None = field(default=None, repr=False, compare=False)

    # The only way up in this package: each method hands over to the module that shows an analysis, which is
    # imported when it is called (see ignore_imports in pyproject.toml).

    @overload
    def to_html(self, path: None = None) -> str: ...
    @overload
    def to_html(self, path: str | os.PathLike[str]) -> None: ...
    def to_html(self, path: str | os.PathLike[str] | None = None) -> str | None:
        """The report as one HTML page that stands by itself, as ``sensational report`` writes it.

        Args:
            path: the file to write, replaced if it is there. Without it, the page is returned.

        Raises:
            ValueError: the analysis does not have its article (see ``article``).
            OSError: the file cannot be written.
        """
        from sensational.showing import to_html

        return to_html(self, path)

    def to_pdf(self, path: str | os.PathLike[str], paper: Literal["a4", "us-letter"] = "a4") -> None:
        """Writes the report as a PDF, as ``sensational report`` does.

        Args:
            path: the file to write, replaced if it is there.
            paper: ``"a4"`` or ``"us-letter"``.

        Raises:
            ValueError: the analysis does not have its article (see ``article``), or ``paper`` is neither.
            OSError: the file cannot be written.
        """
        from sensational.showing import to_pdf

        to_pdf(self, path, paper)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draws how much each term claims, and its expected support.

        Args:
            ax: matplotlib axes to draw on. Without them, a new figure is made with pyplot.

        Returns:
            The axes, for titles of your own and the like.

        Raises:
            ValueError: the article was not scored, so there is nothing to draw.
        """
        from sensational.showing import plot

        return plot(self, ax)

    def to_frame(self) -> pandas.DataFrame:
        """The terms as a pandas DataFrame, one row per term, with the columns of a term in the codebook."""
        from sensational.showing import to_frame

        return to_frame(self)

    def __str__(self) -> str:
        """The headline, and below it the result in one line."""
        from sensational.showing import in_two_lines

        return in_two_lines(self)

    def _repr_html_(self) -> str:
        """The ledger, for a notebook."""
        from sensational.showing import ledger

        return ledger(self)


def to_dict(analysis: Analysis) -> dict[str, Any]:
    """The analysis as plain dicts and lists, ready for ``json.dumps``; its article is left out."""
    fields = asdict(replace(analysis, article=None))
    del fields["article"]
    return _listed(fields)  # type: ignore[no-any-return]


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
    return {name: getattr(value, name) for name in value.__slots__ if name != "article"}


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
