"""What a run reads and how: written before the run begins, compared before it is resumed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sensational.corpus.flat import Carried
from sensational.corpus.inputs import Input, Settings
from sensational.corpus.part import MOST_CHARACTERS

FORM = "sensational corpus manifest 2"


def describe(
    inputs: Sequence[Input],
    checksums: Sequence[str],
    settings: Settings,
    form: str,
    carried: Sequence[Carried],
    provenance: tuple[str, str, str],
) -> dict[str, Any]:
    """Everything that decides the bytes of the output; no time, path or engine, so that runs compare."""
    version, verifier, lexicon = provenance
    return {
        "manifest": FORM,
        "provenance": {"version": version, "verifier": verifier, "lexicon": lexicon},
        "settings": {
            "output": form,
            "encoding": settings.encoding,
            "quotes": settings.quotes,
            "rows_of_a_part": settings.rows,
            "characters_of_a_part": MOST_CHARACTERS,
        },
        "inputs": [
            {
                "name": source.label,
                "form": source.form,
                "bytes": source.size,
                "sha256": checksum,
                "delimiter": source.delimiter,
                "columns": None if source.columns is None else _columns(source),
            }
            for source, checksum in zip(inputs, checksums, strict=True)
        ],
        "carried": {one.name or one.column: one.column for one in carried},
    }


def _columns(source: Input) -> dict[str, Any]:
    columns = source.columns
    assert columns is not None  # noqa: S101 - asked before
    return {
        "headline": columns.headline,
        "body": columns.body,
        "id": columns.id,
        "carried": list(columns.carried),
    }


def differences(old: Any, new: Any) -> list[str]:
    """In what an earlier run differs from this one, in words; empty where they are the same."""
    try:
        if old["manifest"] != FORM:
            return ["the version of the package (another one wrote its manifest)"]
        return _differences(old, new)
    except (AttributeError, KeyError, TypeError):
        return ["its manifest (it cannot be read)"]


def _differences(old: Any, new: Any) -> list[str]:
    found = []
    for part, what in (("provenance", "the package"), ("settings", "the setting")):
        for name, value in new[part].items():
            was = old.get(part, {}).get(name)
            if was != value:
                found.append(f"{what} ({name.replace('_', ' ')}: it was {was!r}, now it is {value!r})")
    before = {one["name"]: one for one in old.get("inputs", [])}
    if list(before) != [one["name"] for one in new["inputs"]]:
        found.append("the list of inputs")
    for one in new["inputs"]:
        was = before.get(one["name"])
        if was is not None and was != one:
            changed = "content" if was["sha256"] != one["sha256"] else "columns"
            found.append(f"the {changed} of {one['name']}")
    return found


def as_bytes(data: Any) -> bytes:
    """A manifest as it is written: JSON in ASCII, the same bytes for the same data."""
    return (json.dumps(data, indent=1, allow_nan=False) + "\n").encode("ascii")


def read(path: Path) -> Any:
    """What a manifest holds; None where there is none, and nothing (``{}``) where it is damaged.

    The two are not the same: where there is none, no run was begun, and one may begin in its place.

    Raises:
        OSError: it is there and cannot be read.
    """
    try:
        return json.loads(path.read_bytes()) or {}
    except FileNotFoundError:
        return None
    except (ValueError, RecursionError):
        return {}
