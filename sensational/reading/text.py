"""Plain text, as a reader copies it from a page, to an article."""

from __future__ import annotations

import re
from itertools import pairwise, takewhile

from sensational.article import Article, Clutter
from sensational.reading.clutter import is_label, is_sentence, set_aside, why_clutter, without_icon
from sensational.reading.decoding import tidy
from sensational.reading.headline import key
from sensational.reading.origin import find_origin

# The headline is looked for among this many lines.
_FIRST_LINES = 12
# A first line of more words than this is a paragraph.
_WORDS_IN_HEADLINE = 35
# A line that ends as a sentence and has this many words opens the story.
_WORDS_IN_PARAGRAPH = 12
# A headline under a label has as many words: fewer may be another label, more are a paragraph.
_SHORTEST_AFTER_LABEL, _LONGEST_AFTER_LABEL = 5, 25
# Labels have no more words each than this, and no more characters on one line.
_WORDS_IN_LABEL, _LETTERS_IN_LABELS = 3, 200

# "WATCH: Mayor booed off the stage" is a link in a body, and a headline at the top of a text.
_REASONS_LIKE_HEADLINES = frozenset({"related links", "follow us", "comments"})
_WORDS_LIKE_HEADLINE = 5

# Text wrapped by hand or by a mail program: lines of 45 to 90 characters one under the other.
_NARROWEST, _WIDEST = 45, 90


def read_text(text: str, *, name: str | None = None, headline: str | None = None) -> Article:
    """The article in a plain text.

    A headline that stands over the story once more is set aside there, with what is above it: it would be
    evidence for itself.

    Args:
        text: a headline among its first lines and the body below, or with ``headline`` the body alone.
        name: becomes the article's ``id``.
        headline: the headline, where it is known.

    Returns:
        An article; its headline is empty if the text opens with a paragraph, its body is empty if the
        text is a single line.
    """
    lines = paragraphs(tidy(text))
    above: list[Clutter] = []
    if headline is None:
        headline, above, lines = _split_off_headline(lines)
    else:
        headline = " ".join(tidy(headline).split())
    again, lines = _split_off_repeated(lines, headline)
    story, aside = set_aside(lines, headline)
    clutter = (*above, *again, *(item for _, item in aside))
    origin = find_origin([item for item in clutter if len(item.text) <= 200], story)
    return Article(
        headline=headline,
        body="\n\n".join(story),
        id=name,
        outlet=origin.outlet,
        date=origin.date,
        address=origin.address,
        clutter=clutter,
    )


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, stripped, none empty; lines of a wrapped text are joined."""
    lines = [line.strip() for line in text.split("\n")]
    width = _wrapped_at(lines)
    if width is None:
        return [line for line in lines if line]
    joined: list[list[str]] = []
    running = False
    for number, line in enumerate(lines):
        if not line:
            running = False
            continue
        if running:
            joined[-1].append(line)
        else:
            joined.append([line])
        following = lines[number + 1] if number + 1 < len(lines) else ""
        running = bool(following) and len(line) + 1 + len(following.split(" ", 1)[0]) > width - 8
    return [" ".join(parts) for parts in joined]


def _wrapped_at(lines: list[str]) -> int | None:
    """The width at which the text is wrapped, or None if each line is a paragraph."""
    above_another = [len(line) for line, below in pairwise(lines) if line and below]
    open_ended = sum(1 for line, below in pairwise(lines) if line and below and not is_sentence(line))
    if len(above_another) < 3:
        return None
    above_another.sort()
    width = above_another[int(0.98 * (len(above_another) - 1))]
    full = sum(1 for length in above_another if length >= width - 25)
    if not _NARROWEST <= width <= _WIDEST or above_another[-1] > 2 * _WIDEST:
        return None
    if full < 0.7 * len(above_another) or open_ended < 0.5 * len(above_another):
        return None
    return width


def _split_off_headline(lines: list[str]) -> tuple[str, list[Clutter], list[str]]:
    """The headline, the clutter above it, and the lines below it."""
    place = _headline_place(lines)
    if place is None:
        return "", [], lines
    return lines[place], _above(lines[:place]), lines[place + 1 :]


def _split_off_repeated(lines: list[str], headline: str) -> tuple[list[Clutter], list[str]]:
    """What stands over the story down to the repeated headline, as clutter, and what is below."""
    same = key(headline)
    below = 0
    for number, line in enumerate(lines[:_FIRST_LINES]):
        if same and len(line) < 2 * len(headline) + 20 and key(line) == same:
            below = number + 1
        elif _is_paragraph(line) and why_clutter(line, "lead") is None:
            break
    if not below:
        return [], lines
    return [*_above(lines[: below - 1]), Clutter(lines[below - 1], "headline")], lines[below:]


def _above(lines: list[str]) -> list[Clutter]:
    return [Clutter(line, why_clutter(line, "lead") or "section label") for line in lines]


def _is_paragraph(line: str) -> bool:
    words = line.count(" ") + 1
    return words > _WORDS_IN_HEADLINE or (words >= _WORDS_IN_PARAGRAPH and is_sentence(line))


def _headline_place(lines: list[str]) -> int | None:
    """The number of the headline's line.

    The first line that is not clutter, not a label with a headline further down, and stands before the
    first paragraph. What ends in a full stop is no headline under a label: "Mayor Resigns" may be one
    itself, over its standfirst. A text whose first line is a sentence has that as its headline, unless
    it is as long as a paragraph.
    """
    candidates: list[int] = []
    for number, line in enumerate(lines[:_FIRST_LINES]):
        words = line.count(" ") + 1
        if words > _WORDS_IN_HEADLINE or (candidates and _is_paragraph(line)):
            break
        why = why_clutter(line, "lead")
        if why is None or (why in _REASONS_LIKE_HEADLINES and words >= _WORDS_LIKE_HEADLINE):
            candidates.append(number)
    if not candidates:
        # Nothing but labels and paragraphs: a text of one line, or one without a headline.
        if lines and lines[0].count(" ") < _WORDS_IN_HEADLINE and why_clutter(lines[0]) is None:
            return 0
        return None
    over_standfirst = list(takewhile(lambda number: not _ends_in_full_stop(lines[number]), candidates))
    if any(_may_follow_label(lines[number]) for number in over_standfirst):
        return next(number for number in over_standfirst if not _may_be_label(lines[number]))
    return candidates[0]


def _may_be_label(line: str) -> bool:
    """Whether the line has only short names, as of sections or the buttons of a page."""
    if len(line) > _LETTERS_IN_LABELS:
        return False
    names = [name.strip() for name in re.split(r"[|/>»›·•]", without_icon(line)) if name.strip()]
    return not is_sentence(line) and all(
        name.count(" ") < _WORDS_IN_LABEL and is_label(name) for name in names
    )


def _may_follow_label(line: str) -> bool:
    """Whether the line has the length of a headline and is no label itself."""
    words = line.count(" ") + 1
    return _SHORTEST_AFTER_LABEL <= words <= _LONGEST_AFTER_LABEL and not _may_be_label(line)


def _ends_in_full_stop(line: str) -> bool:
    """Whether the line is a standfirst or a sentence of the story, rather than a headline."""
    end = line.rstrip("\"'”’»)")
    return end.endswith(".") and not end.endswith("..")
