"""Which column is the headline, which the body, which the id; the others are carried through."""

from __future__ import annotations

import base64
import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sensational.corpus.errors import CorpusError
from sensational.corpus.rows import Broken, Row, excerpt

# In the order in which they are preferred; compared without case, spaces, hyphens and underscores.
HEADLINES = ("headline", "title", "articletitle", "articleheadline")
BODIES = ("body", "text", "content", "articlebody", "bodytext", "articletext", "fulltext")
IDS = ("id", "articleid", "uid")

_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column of an input is; ``guessed`` names those that the user did not name."""

    headline: str
    body: str
    id: str | None
    carried: tuple[str, ...]
    guessed: tuple[str, ...] = ()

    def said(self) -> str:
        """The choice in words, as ``headline = "title" (guessed), ...``."""
        parts = [
            f'{role} = "{name}"' + (" (guessed)" if role in self.guessed else "")
            for role, name in (("headline", self.headline), ("body", self.body), ("id", self.id))
            if name is not None
        ]
        if self.id is None:
            parts.append("no id")
        return "; ".join([", ".join(parts), "carried through: " + (", ".join(self.carried) or "nothing")])


def choose(
    name: str, there: Sequence[str], headline: str | None, body: str | None, id: str | None
) -> Columns:
    """The columns of an input.

    Args:
        name: of the input, for errors.
        there: its columns.
        headline: as the user named it; None to guess. So ``body`` and ``id``, which may be missing.

    Raises:
        CorpusError: a column is not there, or cannot be guessed.
    """
    said = ", ".join(f'"{excerpt(one)[:60]}"' for one in list(there)[:30]) or "none"
    chosen: dict[str, str | None] = {}
    guessed = []
    for role, wanted, usual in (("headline", headline, HEADLINES), ("body", body, BODIES), ("id", id, IDS)):
        if wanted is not None and wanted not in there:
            raise CorpusError(f'{name}: there is no column "{wanted}"; it has {said}')
        chosen[role] = wanted
        if wanted is None:
            named = [one for one in (headline, body, id) if one is not None]
            chosen[role] = _guess([one for one in there if one not in named], usual)
            if chosen[role] is not None:
                guessed.append(role)
            elif role != "id":
                raise CorpusError(
                    f"{name}: no column looks like the {role} (it has {said}); name it with --{role}"
                )
    if chosen["headline"] == chosen["body"]:
        raise CorpusError(f'{name}: "{chosen["body"]}" cannot be both headline and body; name two columns')
    roles = set(chosen.values())
    return Columns(
        str(chosen["headline"]),
        str(chosen["body"]),
        chosen["id"],
        tuple(one for one in there if one not in roles),
        tuple(guessed),
    )


def _guess(there: Sequence[str], usual: Sequence[str]) -> str | None:
    plain = {one: "".join(c for c in one.casefold() if c not in " -_") for one in there}
    return next((one for wanted in usual for one in there if plain[one] == wanted), None)


def to_row(values: Mapping[str, Any], columns: Columns, file: str, number: int) -> Row | Broken:
    """A row as it is handed on; what is no text where text should be makes it broken."""
    texts = []
    for role, name in (("headline", columns.headline), ("body", columns.body)):
        text = as_text(values.get(name))
        if text is None:
            kind = type(values[name]).__name__
            return Broken(
                f'the {role} ("{name}") is not text but a {kind}', excerpt(str(values[name])[:1000])
            )
        texts.append(text)
    roles = (columns.headline, columns.body, columns.id)
    try:
        id = None if columns.id is None else plain(values.get(columns.id))
        carried = {name: plain(value) for name, value in values.items() if name not in roles}
    except ValueError as problem:
        return Broken(str(problem), excerpt(texts[0]))
    return Row(file, number, None if id is None else _in_words(id), texts[0], texts[1], carried)


def as_text(value: Any) -> str | None:
    """A cell as text: missing (null, NaN) is empty, numbers as written, None where it is neither.

    A cell that reads "nan" is what a program wrote that had none.
    """
    if isinstance(value, str):
        return "" if value in ("nan", "NaN") else value
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _in_words(value)
    return None


def plain(value: Any, depth: int = 0) -> Any:
    """A value as JSON can say it: times in ISO form, bytes in base64, NaN and infinity as null.

    Raises:
        ValueError: it is nested too deeply to be carried through.
    """
    if depth > _DEEPEST:
        raise ValueError(f"a column is nested more than {_DEEPEST} deep")
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, int):
        return value if -(2**63) <= value < 2**63 else str(value)[:400]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, Mapping):
        return {str(key): plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item, depth + 1) for item in value]
    return str(value)


def _in_words(value: Any) -> str:
    import json

    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
