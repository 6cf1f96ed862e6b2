"""The form of a headline in which case, white space and the shape of quotation marks tell nothing."""

from __future__ import annotations

_STRAIGHT = str.maketrans("‘’‚‛“”„‟", "''''\"\"\"\"")


def canonical(text: str) -> tuple[str, tuple[int, ...]]:
    """A headline in lower case, with straight quotation marks and single spaces.

    Returns:
        The canonical text, and for each of its characters where it stands in ``text``.
    """
    places: list[int] = []
    for at, character in enumerate(text):
        if not character.isspace() or (places and not text[places[-1]].isspace()):
            places.append(at)
    if places and text[places[-1]].isspace():
        places.pop()
    return "".join(_plain(text[at]) for at in places), tuple(places)


def _plain(character: str) -> str:
    if character.isspace():
        return " "
    lower = character.translate(_STRAIGHT).lower()
    return lower if len(lower) == 1 else character
