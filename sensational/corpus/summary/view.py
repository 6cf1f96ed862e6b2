"""What the report on a corpus shows, worked out once for the page and the PDF: plain, safe texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sensational.analysis import VERDICTS
from sensational.corpus.summary.statistics import (
    FAR,
    ROUNDS,
    SHUFFLES,
    SMALL,
    TESTED,
    Estimate,
    Spread,
    size_word,
)
from sensational.corpus.summary.summarise import GAPS, GroupSummary, Pair, Summary, TermSummary
from sensational.corpus.summary.tally import Specimen
from sensational.report.safe import one_line, shortened
from sensational.report.sentences import listed, plural

_MOST_PAIRS = 30
_MOST_TERMS = 20
_MOST_REASONS = 30
_SURE = 0.05
_WORD_FOR_WORD = 0.5


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group in figures; each figure beside its interval."""

    name: str
    small: bool
    articles: str
    divergence: tuple[str, str]
    middle: str
    far: tuple[str, str]
    loading: tuple[str, str]


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A group and its shares, in whole percent, each with its interval."""

    name: str
    small: bool
    terms: str
    shares: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two groups, and how they differ."""

    first: str
    second: str
    medians: str
    delta: str
    interval: str
    word: str
    p: str


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article with its numbers and the terms that cost it most, each with its verdict."""

    group: str
    headline: str
    divergence: str
    loading: str
    terms: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term, how often it was seen and outran its body, and the verdict it got most."""

    text: str
    kind: str
    seen: str
    outrun: str
    loading: str
    support: str
    verdict: str


@dataclass(frozen=True, slots=True)
class SummaryView:
    """Everything that the report on a corpus shows."""

    title: str
    source: tuple[str, ...]
    lead: tuple[str, ...]
    compares: tuple[str, ...]
    notes: tuple[str, ...]
    scored: bool
    by: str
    divergence: tuple[str, str]
    loading: tuple[str, str]
    groups: tuple[GroupRow, ...]
    verdict_names: tuple[str, ...]
    verdicts: tuple[ShareRow, ...]
    gap_names: tuple[str, ...]
    gaps: tuple[ShareRow, ...]
    pairs_said: str
    pairs: tuple[PairRow, ...]
    farthest: tuple[ArticleRow, ...]
    specimens: tuple[tuple[str, ArticleRow | None, ArticleRow | None], ...]
    """A group, an article near its medians, and the one of the highest divergence."""
    terms: tuple[TermRow, ...]
    not_scored: tuple[tuple[str, str, str], ...]
    """A group, a reason, and how many."""
    not_scored_rest: str
    method: tuple[tuple[str, str], ...]
    provenance: tuple[tuple[str, str], ...]


COMPARES = (
    "It compares texts: each headline with its own body, and then many such distances with each other. It "
    "never ranks outlets, writers or years by worth. Groups stand in alphabetical order, whatever their "
    "figures.",
    "Groups write about different things, at different lengths and in different kinds of headline. A "
    "difference "
    "between two groups is a question to their texts, not an answer about who wrote them.",
    "A group is the articles that were put into this corpus, not all that an outlet published. How they were "
    "gathered and copied decides much: a body that begins with its own headline bears it out by itself.",
    "The intervals say how much the figures would move with other articles of the same kind. They do not "
    "contain the analyser's own errors, which may lean one way for a whole style of writing.",
    "A single number is no ground to judge a writer or an outlet. Read the articles that are named here.",
)


def build_view(summary: Summary, sources: Sequence[str]) -> SummaryView:
    """What the report shows.

    Args:
        summary: what the corpus comes to.
        sources: names of the files it was read from.
    """
    every = (summary.whole, *summary.shown)
    pairs = [pair for pair in summary.pairs if pair.measure == "divergence"]
    telling = [pair for pair in pairs if _telling(pair)]
    reasons = _reasons(summary)
    by = listed(list(summary.by))
    return SummaryView(
        title="Headlines against their bodies" + (f", by {one_line(by)}" if by else ""),
        source=_source(summary, sources),
        lead=_lead(summary, pairs, telling),
        compares=COMPARES,
        notes=_notes(summary),
        scored=summary.whole.scored > 0,
        by=by,
        divergence=_median(summary.whole.divergence),
        loading=_median(summary.whole.loading),
        groups=tuple(_group_row(one) for one in every),
        verdict_names=VERDICTS,
        verdicts=tuple(_share_row(one, one.verdicts, VERDICTS) for one in every),
        gap_names=GAPS,
        gaps=tuple(_share_row(one, one.gaps, GAPS) for one in every),
        pairs_said=_pairs_said(pairs, telling),
        pairs=tuple(_pair_row(pair) for pair in _widest(telling)),
        farthest=tuple(_article_row(one) for one in summary.whole.farthest),
        specimens=tuple(_specimens(one) for one in summary.shown),
        terms=tuple(_term_row(one) for one in summary.terms[:_MOST_TERMS] if one.outrun),
        not_scored=reasons[:_MOST_REASONS],
        not_scored_rest=f"{len(reasons) - _MOST_REASONS:,} more rows are in the table of groups."
        if len(reasons) > _MOST_REASONS
        else "",
        method=_method(summary),
        provenance=_provenance(summary, sources),
    )


def name_of(one: GroupSummary) -> str:
    """The name of a group in tables."""
    return one.label or "All articles"


def _source(summary: Summary, sources: Sequence[str]) -> tuple[str, ...]:
    files = listed([shortened(one_line(name), 60) for name in sources[:3]])
    if len(sources) > 3:
        files += f" and {len(sources) - 3} more"
    groups = f"{plural(len(summary.groups), 'group')} by {listed(list(summary.by))}" if summary.by else ""
    counts = plural(summary.whole.read, "article"), f"{summary.whole.scored:,} scored"
    return tuple(one_line(part) for part in (files, *counts, groups) if part)


def _lead(summary: Summary, pairs: Sequence[Pair], telling: Sequence[Pair]) -> tuple[str, ...]:
    whole = summary.whole
    if not whole.scored:
        return (
            "None of these articles was scored, so there is no divergence to sum up; the reasons stand "
            "below.",
        )
    half = _point(whole.divergence.median.value)
    said = [
        f"Half of the {whole.scored:,} scored headlines have a divergence of {half} or less; "
        f"{_percent(whole.divergence.far)} "
        f"% go clearly further than their article ({FAR:.0f} of 100 or more).",
        "Loading, which is about the headlines alone, has its middle at "
        f"{_point(whole.loading.median.value)}.",
    ]
    if pairs:
        tested = sum(pair.corrected is not None for pair in pairs)
        if not tested:
            said.append("No two groups are large enough to test whether they differ.")
        elif not telling:
            said.append(
                f"Of {plural(len(pairs), 'pair')} of groups none differs by more than chance and by more "
                "than "
                "a negligible amount."
            )
        else:
            verb = "differs" if len(telling) == 1 else "differ"
            said.append(
                f"Of {plural(len(pairs), 'pair')} of groups {len(telling):,} {verb} by more than chance "
                "and by "
                f"more than a negligible amount: {_sizes(telling)}."
            )
    return tuple(said)


def _sizes(telling: Sequence[Pair]) -> str:
    words = [size_word(pair.found.delta.value) for pair in telling]
    return listed([f"{words.count(size)} {size}" for size in ("small", "medium", "large") if size in words])


def _telling(pair: Pair) -> bool:
    return (
        pair.corrected is not None
        and pair.corrected < _SURE
        and size_word(pair.found.delta.value) != "negligible"
    )


def _notes(summary: Summary) -> tuple[str, ...]:
    """What a reader has to know of this corpus before the figures."""
    whole, notes = summary.whole, []
    small = [one for one in summary.groups if one.small]
    if small:
        some = listed([one.label for one in small[:4]]) + (
            f" and {len(small) - 4:,} more" if len(small) > 4 else ""
        )
        notes.append(
            f"{plural(len(small), 'group')} of fewer than {SMALL} scored articles ({some}): one article "
            "more or "
            "less can move their figures far, and their intervals are too narrow rather than too wide. Take "
            "them as examples, not as findings. They are drawn hollow and in grey."
        )
    repeated = [
        one for one in summary.groups or (whole,) if one.verbatim >= max(5, _WORD_FOR_WORD * one.scored)
    ]
    if repeated:
        some = listed([name_of(one) for one in repeated[:4]])
        notes.append(
            f"In most articles of {some}{' and others' if len(repeated) > 4 else ''} the headline stands "
            "word for "
            "word in the body. Often that is a title line that was copied along; it makes divergence 0 "
            "whatever "
            "the article says. Look at the bodies before you compare."
        )
    missing = whole.read - whole.scored
    if missing:
        notes.append(
            f"{missing:,} of {plural(whole.read, 'article')} could not be scored: they are in no figure "
            "below, and "
            "their reasons stand at the end, by group."
        )
    if summary.rejected:
        notes.append(
            f"{plural(summary.rejected, 'row')} of the corpus could not be read or scored at all, and are "
            "not among "
            "these articles; the file of rejected rows says why."
        )
    if summary.unreadable:
        first = "; ".join(
            f"row {one.row}: {shortened(one_line(one.why), 90)}" for one in summary.unreadable_rows
        )
        notes.append(f"{plural(summary.unreadable, 'row')} could not be read and are left out ({first}).")
    if summary.year_from_date:
        notes.append("There is no column year: it was taken from the column date, as the first year in it.")
    if len(summary.groups) > len(summary.shown):
        notes.append(
            f"Of {len(summary.groups):,} groups, the {len(summary.shown)} with the most scored articles "
            "are drawn "
            "and compared here; all of them are in the table of groups."
        )
    if len(summary.made) > 1:
        notes.append(
            "The corpus was scored by more than one version, lexicon or model; scores of different versions "
            "are not comparable. Score it again with one."
        )
    return tuple(notes)


def _point(value: float) -> str:
    """A figure on the scale of 0 to 100, with one decimal; "–" for none."""
    return "–" if value != value else f"{value:.1f}"


def _median(of: Spread) -> tuple[str, str]:
    if not of.n:
        return "–", ""
    return _point(of.median.value), f"{_point(of.median.low)} to {_point(of.median.high)}"


def _percent(share: Estimate) -> str:
    return "–" if share.value != share.value else f"{share.value * 100:.0f}"


def _range(share: Estimate) -> str:
    return "" if share.value != share.value else f"{share.low * 100:.0f} to {share.high * 100:.0f}"


def _group_row(one: GroupSummary) -> GroupRow:
    unscored = one.read - one.scored
    return GroupRow(
        name=name_of(one),
        small=one.small,
        articles=f"{one.scored:,}" + (f" of {one.read:,}" if unscored else ""),
        divergence=_median(one.divergence),
        middle=f"{_point(one.divergence.deciles[1])} to {_point(one.divergence.deciles[2])}"
        if one.scored
        else "–",
        far=(_percent(one.divergence.far), _range(one.divergence.far)),
        loading=_median(one.loading),
    )


def _share_row(one: GroupSummary, shares: Mapping[str, Estimate], names: Sequence[str]) -> ShareRow:
    return ShareRow(
        name_of(one),
        one.small,
        f"{one.terms:,}",
        tuple((_percent(shares[name]), _range(shares[name])) for name in names),
    )


def _pairs_said(pairs: Sequence[Pair], telling: Sequence[Pair]) -> str:
    if not pairs:
        return ""
    untested = sum(pair.corrected is None for pair in pairs)
    such = f"by more than chance (corrected p below {_SURE:g}) and by more than a negligible amount"
    said = f"{plural(len(pairs), 'pair')} of groups {'was' if len(pairs) == 1 else 'were'} compared. "
    if telling:
        differ = "differs" if len(telling) == 1 else "differ"
        said += f"{len(telling):,} of them {differ} {such}; they are listed in alphabetical order."
    else:
        said += f"None differs {such}."
    if len(telling) > _MOST_PAIRS:
        said += f" The {_MOST_PAIRS} widest are here, all of them in the table of pairs."
    if untested:
        said += f" {plural(untested, 'pair')} could not be tested: a group has fewer than {TESTED} articles."
    return said


def _widest(pairs: Sequence[Pair]) -> list[Pair]:
    """Those with the largest effect, in the order that they stood in."""
    widest = sorted(range(len(pairs)), key=lambda at: (-abs(pairs[at].found.delta.value), at))[:_MOST_PAIRS]
    return [pairs[at] for at in sorted(widest)]


def _pair_row(pair: Pair) -> PairRow:
    delta = pair.found.delta
    p = pair.corrected
    return PairRow(
        first=pair.first,
        second=pair.second,
        medians=f"{_point(pair.medians[0])} and {_point(pair.medians[1])}",
        delta=_signed(delta.value),
        interval=f"{_signed(delta.low)} to {_signed(delta.high)}",
        word=size_word(delta.value),
        p="–" if p is None else "< 0.001" if p < 0.001 else f"{p:.3f}",
    )


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")


def _article_row(one: Specimen) -> ArticleRow:
    return ArticleRow(one.group, one.headline, f"{one.divergence:.0f}", f"{one.loading:.0f}", one.terms)


def _specimens(one: GroupSummary) -> tuple[str, ArticleRow | None, ArticleRow | None]:
    typical = _article_row(one.typical[0]) if one.typical else None
    farthest = _article_row(one.farthest[0]) if one.farthest else None
    return name_of(one), typical, farthest


def _term_row(one: TermSummary) -> TermRow:
    return TermRow(
        one.text,
        one.kind,
        f"{one.seen:,}",
        f"{one.outrun:,}",
        f"{one.loading * 100:.0f}",
        f"{one.support * 100:.0f}",
        one.verdict,
    )


def _reasons(summary: Summary) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (name_of(one), reason, f"{count:,}")
        for one in summary.groups or (summary.whole,)
        for reason, count in one.reasons.items()
    )


def _method(summary: Summary) -> tuple[tuple[str, str], ...]:
    return (
        (
            "Intervals",
            f"95 % percentile bootstrap, {ROUNDS:,} samples, seed {summary.seed}. Whole articles are drawn "
            "so that the terms of one headline stay together. For the share from 38 on, and for shares "
            "of 0 and 100 %, Wilson's interval. Divergence and loading are counted in tenths of a point.",
        ),
        (
            "Profiles",
            "Shares of the loaded terms of the scored headlines. Each term got one verdict, "
            "and may have no gap or several, of whatever size.",
        ),
        (
            "Differences",
            "Cliff's delta: the chance that a headline of the first group diverges more than one of the "
            "second, "
            "less the chance that it diverges less; 0 is no difference, 1 all of them. Below 0.147 it is "
            "called "
            "negligible, below 0.33 small, below 0.474 medium. Its interval is Feng and Cliff's (2004).",
        ),
        (
            "Chance",
            f"Mann and Whitney's test, two-sided, with ties; where a group has fewer than {SMALL} articles, "
            f"{SHUFFLES:,} permutations. The p-values of all pairs of a measure are corrected together "
            "(Holm 1979).",
        ),
        (
            "Typical",
            "The article nearest to the medians of its group, in divergence and loading, each measured by "
            "the "
            "width of the group's middle half; among all its articles or, in large groups, 100 drawn at "
            "random.",
        ),
        (
            "Terms",
            "Ordered by the low end of Wilson's 95 % interval of the share that was not supported, so "
            "that a few "
            "sightings do not come first."
            + (
                f" Terms seen up to {summary.forgotten} times may be missing: room for terms is limited."
                if summary.forgotten
                else ""
            ),
        ),
    )


def _provenance(summary: Summary, sources: Sequence[str]) -> tuple[tuple[str, str], ...]:
    rows = [("Read from", listed([shortened(one_line(name), 80) for name in sources[:5]]))]
    for (version, lexicon, model), count in summary.made[:5]:
        rows.append(
            (
                "Scored by",
                one_line(
                    f"sensational {version}, lexicon {lexicon}, trained data {model} ({count:,} articles)"
                )[:160],
            )
        )
    return tuple(rows)
