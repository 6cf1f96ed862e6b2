"""What an evaluation finds: figures, each beside its floors, and notes in words."""

from __future__ import annotations

from dataclasses import dataclass, field

Table = tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]]
"""Title, header, rows."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure on one set.

    ``interval`` is a 95% bootstrap interval over documents; ``floor`` a trivial method's figure and
    ``learner`` a plain learner's, both computed in the same run where they are given; ``must`` the figure
    that the design asks for at least, and ``aim`` the one that it hopes for. ``others`` are the figures of
    further methods by their name, None where a method says nothing on it.
    """

    name: str
    value: float
    n: int
    interval: tuple[float, float] | None = None
    floor: float | None = None
    floor_name: str = ""
    learner: float | None = None
    learner_name: str = ""
    aim: float | None = None
    higher_is_better: bool = True
    must: float | None = None
    others: tuple[tuple[str, float | None], ...] = ()


@dataclass(frozen=True, slots=True)
class SetResult:
    """All figures of one labelled set.

    ``folds`` holds, for a cross-validated figure, its value on every fold; ``tables`` are further
    tables (title, header, rows) such as a confusion matrix; ``notes`` say what to keep in mind. ``texts``
    are to be read by hand, by the name of the file that each belongs in.
    """

    name: str
    figures: tuple[Figure, ...]
    folds: dict[str, tuple[float, ...]] = field(default_factory=dict)
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)
