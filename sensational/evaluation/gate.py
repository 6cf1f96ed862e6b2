"""The gate: no figure falls below its floor unnoticed, and no set changes under it.

After trafilatura's: floors stand in a small JSON file beside the checksum of each set's data. A figure
that has a floor to clear or an aim is gated; raising a floor takes one flag, lowering it another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sensational.evaluation.result import Figure, SetResult

# A floor is set below the figure by this share of it, or by this much where the figure is small, so that
# another version of a numeric library does not close the gate.
SHARE = 0.01
LEAST = 0.005
DIGITS = 4

Floors = dict[str, Any]
"""By set: ``files`` (checksum by name) and ``figures`` (floor by name)."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A set as it was measured in this run: its figures, and the SHA-256 of each of its files."""

    name: str
    result: SetResult
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why the gate is closed; ``lowered`` says that lowering floors would open it."""

    set: str
    what: str
    lowered: bool = True


def checksums(paths: Sequence[Path]) -> dict[str, str]:
    """SHA-256 of each file, by its name.

    Raises:
        OSError: a file cannot be read.
    """
    found = {}
    for path in paths:
        with path.open("rb") as file:
            found[path.name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def read_floors(path: Path) -> Floors:
    """The floors in a file; none where there is no file.

    Raises:
        ValueError: it is not a JSON object.
        OSError: it cannot be read.
    """
    if not path.exists():
        return {}
    data = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict):
        raise ValueError(f"{path.name} holds no JSON object")
    return data


def write_floors(floors: Floors, path: Path) -> None:
    """Write the floors, sorted, so that a change shows as one line.

    Raises:
        OSError: it cannot be written.
    """
    path.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n")


def gated(result: SetResult) -> tuple[Figure, ...]:
    """The figures that the gate holds: those with a floor or an aim."""
    return tuple(one for one in result.figures if one.aim is not None or one.floor is not None)


def faults(measured: Sequence[Measured], floors: Floors) -> tuple[Fault, ...]:
    """What keeps the gate closed: figures below their floor, figures gone, changed or missing sets."""
    found = []
    here = {one.name: one for one in measured}
    for name, wanted in sorted(floors.items()):
        if name not in here:
            found.append(Fault(name, "has floors but its data is not there", lowered=False))
            continue
        one = here[name]
        for file, checksum in sorted(wanted["files"].items()):
            if one.files.get(file) != checksum:
                found.append(Fault(name, f"{file} is not the file that the floors were set on"))
        figures = {figure.name: figure for figure in gated(one.result)}
        for figure_name, floor in sorted(wanted["figures"].items()):
            figure = figures.get(figure_name)
            if figure is None:
                found.append(Fault(name, f"{figure_name}: has a floor and was not measured"))
            elif _below(figure, floor):
                found.append(Fault(name, f"{figure_name}: {figure.value:.4f}, floor {floor:.4f}"))
    return tuple(found)


def raised(measured: Sequence[Measured], floors: Floors) -> tuple[Floors, tuple[str, ...]]:
    """The floors with every figure's own where that is stricter or new, and what changed, in words.

    A set whose files have changed stays as it is: that is for :func:`lowered`.
    """
    changed: list[str] = []
    new = {name: {"files": dict(s["files"]), "figures": dict(s["figures"])} for name, s in floors.items()}
    for one in measured:
        known = new.setdefault(one.name, {"files": one.files, "figures": {}})
        if known["files"] != one.files:
            continue
        for figure in gated(one.result):
            old, floor = known["figures"].get(figure.name), floor_for(figure)
            if old is None or (floor > old if figure.higher_is_better else floor < old):
                known["figures"][figure.name] = floor
                changed.append(_change(one.name, figure.name, old, floor))
    return new, tuple(changed)


def lowered(measured: Sequence[Measured], floors: Floors) -> tuple[Floors, tuple[str, ...]]:
    """The floors with those lowered that figures fall below, checksums renewed, and what changed, in words.

    Floors of figures that are measured no more are taken away; sets that were not measured stay.
    """
    changed: list[str] = []
    new = {name: {"files": dict(s["files"]), "figures": dict(s["figures"])} for name, s in floors.items()}
    for one in measured:
        if one.name not in new:
            continue
        known = new[one.name]
        for file in sorted(set(one.files) | set(known["files"])):
            if one.files.get(file) != known["files"].get(file):
                changed.append(f"{one.name}: {file}: another checksum")
        known["files"] = one.files
        figures = {figure.name: figure for figure in gated(one.result)}
        for name, old in sorted(known["figures"].items()):
            figure = figures.get(name)
            if figure is None:
                del known["figures"][name]
                changed.append(f"{one.name}: {name}: {old:.4f} taken away")
            elif _below(figure, old):
                known["figures"][name] = floor_for(figure)
                changed.append(_change(one.name, name, old, known["figures"][name]))
    return new, tuple(changed)


def floor_for(figure: Figure) -> float:
    """The floor that a figure sets: itself, less a small tolerance."""
    tolerance = max(LEAST, SHARE * abs(figure.value))
    return round(figure.value - tolerance if figure.higher_is_better else figure.value + tolerance, DIGITS)


def _below(figure: Figure, floor: float) -> bool:
    return figure.value < floor if figure.higher_is_better else figure.value > floor


def _change(set_name: str, figure: str, old: float | None, new: float) -> str:
    return f"{set_name}: {figure}: {'none' if old is None else f'{old:.4f}'} to {new:.4f}"
