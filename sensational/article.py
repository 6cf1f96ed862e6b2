"""What is read: an article, and the lines that were set aside from its page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clutter:
    """A line that came along from the page but is no part of the story."""

    text: str
    why: str
    """The reason in plain words, such as ``"sign-up notice"`` or ``"related headline"``."""


@dataclass(frozen=True, slots=True)
class Article:
    """A headline and a body, with what is known of their origin.

    ``body`` is free of clutter; paragraphs are separated by a newline or more. All offsets of an
    analysis are character offsets into exactly these two strings.

    Raises:
        TypeError: headline or body is not a ``str``, or ``id`` is neither a ``str`` nor None.
    """

    headline: str
    body: str
    id: str | None = None
    outlet: str | None = None
    date: str | None = None
    address: str | None = None
    clutter: tuple[Clutter, ...] = ()

    def __post_init__(self) -> None:
        for name, value in (("headline", self.headline), ("body", self.body)):
            if not isinstance(value, str):
                hint = '; pass "" where there is none' if value is None or value != value else ""
                raise TypeError(f"the {name} must be a str, not {_kind(value)}{hint}")
        if self.id is not None and not isinstance(self.id, str):
            raise TypeError(f"the id must be a str or None, not {_kind(self.id)}; pass str(id)")


def _kind(value: object) -> str:
    return "None" if value is None else type(value).__name__
