"""What a summary says in words: what was found, what to know of the corpus, and how it was computed."""

from __future__ import annotations

from collections.abc import Sequence

from sensational.corpus.summary.statistics import ROUNDS, SHUFFLES, SMALL, TESTED, Estimate, size_word
from sensational.corpus.summary.summarise import GroupSummary, Pair, Summary
from sensational.report.points import whole as half_up
from sensational.report.safe import one_line, shortened
from sensational.report.sentences import FAR, listed, plural

MOST_PAIRS = 30
"""Pairs that a report lists."""
_SURE = 0.05
_WORD_FOR_WORD = 0.5

COMPARES = (
    "This summary compares texts: each headline with its own article, and then groups of articles with each "
    "other. It never ranks outlets, writers or years by worth. Groups stand in alphabetical order, whatever "
    "their figures.",
    "Groups write about different things, at different lengths and in different kinds of headline. A "
    "difference between two groups is a reason to read their texts, not a verdict on who wrote them.",
    "A group is the articles that were put into this corpus, not all that an outlet published. How they "
    "were collected and copied matters: a headline that was copied into its own text will always seem "
    "supported.",
    "The intervals say how much the figures would move with other articles of the same kind. They do not "
    "include the tool's own errors, which may all lean the same way for a style of writing.",
    "Do not judge a writer or an outlet by a single number. Read the articles that are named here.",
)


def name_of(one: GroupSummary) -> str:
    """The name of a group in tables."""
    return one.label or "All articles"


def lead(summary: Summary, pairs: Sequence[Pair], telling: Sequence[Pair]) -> tuple[str, ...]:
    """What was found, in a few sentences that name no group.

    Args:
        summary: what the corpus comes to.
        pairs: of groups, on divergence.
        telling: those of them that differ (:func:`tells`).
    """
    whole = summary.whole
    if not whole.scored:
        return (
            "None of these articles was scored, so there is no divergence to sum up; the reasons stand "
            "below.",
        )
    half = point(whole.divergence.median.value)
    said = [
        f"Half of the {whole.scored:,} scored headlines have a divergence of {half} or less; "
        f"{percent(whole.far)}% go clearly further than their article ({FAR} of 100 or "
        "more).",
        "The median of loading, which depends on the headlines alone, is "
        f"{point(whole.loading.median.value)}.",
    ]
    if pairs:
        said.append(_difference(pairs, telling))
    return tuple(said)


def _difference(pairs: Sequence[Pair], telling: Sequence[Pair]) -> str:
    """Whether groups differ, in one sentence."""
    if not any(pair.corrected is not None for pair in pairs):
        return "No two groups are large enough to test whether they differ."
    if len(pairs) == 1:
        size = size_word(pairs[0].found.delta.value)
        found = f"significant and {size}" if telling else "negligible or may be due to chance"
        return f"The difference between the two groups is {found}."
    if not telling:
        return f"In all {len(pairs):,} pairs of groups, the difference is negligible or may be due to chance."
    differ = "differs" if len(telling) == 1 else "differ"
    return (
        f"Of {len(pairs):,} pairs of groups, {len(telling):,} {differ} significantly and by more than a "
        f"negligible amount: {_sizes(telling)}."
    )


def _sizes(telling: Sequence[Pair]) -> str:
    words = [size_word(pair.found.delta.value) for pair in telling]
    return listed([f"{words.count(size)} {size}" for size in ("small", "medium", "large") if size in words])


def tells(pair: Pair) -> bool:
    """Whether two groups differ significantly and by more than a negligible amount."""
    return (
        pair.corrected is not None
        and pair.corrected < _SURE
        and size_word(pair.found.delta.value) != "negligible"
    )


def pairs_said(pairs: Sequence[Pair], telling: Sequence[Pair]) -> str:
    """How many pairs were compared, and how many are listed."""
    if not pairs:
        return ""
    untested = sum(pair.corrected is None for pair in pairs)
    such = f"significantly (corrected p below {_SURE:g}) and by more than a negligible amount"
    said = f"{plural(len(pairs), 'pair')} of groups {'was' if len(pairs) == 1 else 'were'} compared. "
    if telling:
        differ = "differs" if len(telling) == 1 else "differ"
        said += f"{len(telling):,} of them {differ} {such}; they are listed in alphabetical order."
    else:
        said += f"No difference is both significant (corrected p below {_SURE:g}) and more than negligible."
    if len(telling) > MOST_PAIRS:
        said += f" The {MOST_PAIRS} largest differences are here; the table of pairs has all of them."
    if untested:
        said += f" {plural(untested, 'pair')} could not be tested: a group has fewer than {TESTED} articles."
    return said


def notes(summary: Summary) -> tuple[str, ...]:
    """What readers should know about this corpus before the figures."""
    whole, found = summary.whole, []
    small = [one for one in summary.groups if one.small]
    if small:
        more = [f"{len(small) - 4:,} more"] if len(small) > 4 else []
        some = listed([one.label for one in small[:4]] + more)
        found.append(
            f"{plural(len(small), 'group')} of fewer than {SMALL} scored articles ({some}): one article "
            "more or less can move their figures far, and their intervals are too narrow rather than too "
            "wide. Take them as examples, not as findings."
        )
    repeated = [
        one for one in summary.groups or (whole,) if one.verbatim >= max(5, _WORD_FOR_WORD * one.scored)
    ]
    if repeated:
        some = listed([name_of(one) for one in repeated[:4]])
        found.append(
            f"In most articles of {some}{' and others' if len(repeated) > 4 else ''} the headline stands "
            "word for word in the body. Often that is a title line that was copied along; it makes "
            "divergence 0 whatever the article says. Look at the bodies before you compare."
        )
    missing = whole.read - whole.scored
    if missing:
        found.append(
            f"{missing:,} of {plural(whole.read, 'article')} could not be scored, and no figure includes "
            f"{'it' if missing == 1 else 'them'}."
        )
    if summary.rejected:
        found.append(
            f"{plural(summary.rejected, 'row')} of the corpus could not be read or scored at all, and "
            f"{'is' if summary.rejected == 1 else 'are'} not among these articles; the file of rejected rows "
            "says why."
        )
    if summary.unreadable:
        first = "; ".join(
            f"row {one.row}: {shortened(one_line(one.why), 90)}" for one in summary.unreadable_rows
        )
        was = "was" if summary.unreadable == 1 else "were"
        found.append(f"{plural(summary.unreadable, 'row')} could not be read and {was} left out ({first}).")
    if summary.year_from_date:
        found.append("There is no column year: it was taken from the column date, as the first year in it.")
    if len(summary.groups) > len(summary.shown):
        found.append(
            f"Of {len(summary.groups):,} groups, the {len(summary.shown)} with the most scored articles "
            "are drawn and compared here; all of them are in the table of groups."
        )
    if len(summary.made) > 1:
        found.append(
            "The corpus was scored by more than one version, verifier or lexicon, and such scores are not "
            "comparable. Score it again with one."
        )
    return tuple(found)


def method(summary: Summary) -> tuple[tuple[str, str], ...]:
    """How the figures came about, by name; what compares groups only where there are several."""
    said = (
        (
            "Intervals",
            f"95% percentile bootstrap, {ROUNDS:,} samples, seed {summary.seed}. Whole articles are drawn "
            "so that the terms of one headline stay together. For the share of 38 or more, and for shares of "
            "0 and 100%, Wilson's interval. Divergence and loading are counted in tenths of a point.",
        ),
        (
            "Profiles",
            "Shares of the loaded terms of the scored headlines. Each term has one verdict.",
        ),
        (
            "Differences",
            "Cliff's delta: the chance that a headline of the first group diverges more than one of the "
            "second, less the chance that it diverges less; 0 means no difference, 1 means that all do. "
            "Below 0.147 it is called negligible, below 0.33 small, below 0.474 medium. Its interval is "
            "Feng and Cliff's (2004).",
        ),
        (
            "Chance",
            f"Mann and Whitney's test, two-sided, with ties; where a group has fewer than {SMALL} "
            f"articles, {SHUFFLES:,} permutations. The p-values of all pairs of a measure are corrected "
            "together (Holm 1979).",
        ),
        (
            "Typical",
            "The article nearest to the medians of its group, in divergence and loading, each measured by "
            "the width of the group's middle half; among all its articles or, in large groups, 100 drawn "
            "at random.",
        ),
        (
            "Terms",
            "Ordered by the low end of Wilson's 95% interval of the share that was not supported, so "
            "that a few sightings do not come first."
            + (
                f" Terms seen up to {summary.forgotten} times may be missing: room for terms is limited."
                if summary.forgotten
                else ""
            ),
        ),
    )
    several = len(summary.groups) > 1
    return tuple(one for one in said if several or one[0] not in ("Differences", "Chance"))


def point(value: float) -> str:
    """A figure on the scale of 0 to 100, with one decimal; "–" for none."""
    return "–" if value != value else f"{int(rounded(value * 10)) / 10:.1f}"


def percent(share: Estimate) -> str:
    """A share in whole percent; "–" for none."""
    return "–" if share.value != share.value else rounded(share.value * 100)


def rounded(value: float) -> str:
    """A figure as a whole number, rounded half up; the half of two tenths may be a hair below it."""
    return f"{half_up(round(value, 6))}"
