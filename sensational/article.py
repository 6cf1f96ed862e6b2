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
    """

    headline: str
    body: str
    id: str | None = None
    outlet: str | None = None
    date: str | None = None
    address: str | None = None
    clutter: tuple[Clutter, ...] = ()
