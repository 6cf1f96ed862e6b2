"""Plain text, as a reader copies it from a page, to an article."""

from __future__ import annotations

from itertools import pairwise

from sensational.article import Article, Clutter
from sensational.reading.clutter import is_label, is_sentence, set_aside, why_clutter
from sensational.reading.decoding import tidy
from sensational.reading.origin import find_origin

# The headline is looked for among this many lines.
_FIRST_LINES = 12
# A first line of more words than this is a paragraph.
_WORDS_IN_HEADLINE = 35
# A line that ends as a sentence and has this many words opens the story.
_WORDS_IN_PARAGRAPH = 12
# A headline under the name of a section has no more words than this; a paragraph has.
_LONGEST_AFTER_LABEL = 25

# "WATCH: Mayor booed off the stage" is a link in a body, and a headline at the top of a text.
_REASONS_LIKE_HEADLINES = frozenset({"related links", "follow us", "comments"})
_WORDS_LIKE_HEADLINE = 5

# Text wrapped by hand or by a mail program: lines of 45 to 90 characters one under the other.
_NARROWEST, _WIDEST = 45, 90


def read_text(text: str, *, name: str | None = None, headline: str | None = None) -> Article:
    """The article in a plain text.

    Args:
        text: with ``headline``, the body; without, a headline among its first lines and the body below.
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
    story, aside = set_aside(lines, headline)
    clutter = (*above, *(item for _, item in aside))
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
    above = [Clutter(line, why_clutter(line, "lead") or "section label") for line in lines[:place]]
    return lines[place], above, lines[place + 1 :]


def _headline_place(lines: list[str]) -> int | None:
    """The number of the headline's line.

    The first line that is not clutter, not a name of a section with a longer line after it, and stands
    before the first paragraph. A text whose first line is a sentence has that as its headline, unless
    it is as long as a paragraph.
    """
    candidates: list[int] = []
    for number, line in enumerate(lines[:_FIRST_LINES]):
        words = line.count(" ") + 1
        if words > _WORDS_IN_HEADLINE or (candidates and words >= _WORDS_IN_PARAGRAPH and is_sentence(line)):
            break
        why = why_clutter(line, "lead")
        if why is None or (why in _REASONS_LIKE_HEADLINES and words >= _WORDS_LIKE_HEADLINE):
            candidates.append(number)
    if not candidates:
        # Nothing but labels and paragraphs: a text of one line, or one without a headline.
        if lines and lines[0].count(" ") < _WORDS_IN_HEADLINE and why_clutter(lines[0]) is None:
            return 0
        return None
    for number, following in pairwise(candidates):
        line = lines[number]
        longer = lines[following].count(" ") + 1
        if not (
            line.count(" ") < 3
            and is_label(line)
            and not is_sentence(line)
            and 5 <= longer <= _LONGEST_AFTER_LABEL
        ):
            return number
    return candidates[-1]
