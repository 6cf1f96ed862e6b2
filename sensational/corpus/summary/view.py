"""What the report on a corpus shows, computed once for the page and the PDF: plain, safe texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sensational.analysis import VERDICTS
from sensational.corpus.summary.sentences import (
    COMPARES,
    MOST_PAIRS,
    lead,
    method,
    name_of,
    notes,
    pairs_said,
    percent,
    point,
    rounded,
    tells,
)
from sensational.corpus.summary.statistics import Estimate, Spread, size_word
from sensational.corpus.summary.summarise import GroupSummary, Pair, Summary, TermSummary
from sensational.corpus.summary.tally import Specimen
from sensational.report.safe import one_line, shortened
from sensational.report.sentences import listed, plural

_MOST_TERMS = 20
_MOST_REASONS = 30


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
    """A term, how often it was seen and outran its body, and what it got most: a verdict, or two that tie."""

    text: str
    kind: str
    seen: str
    outrun: str
    loading: str
    support: str
    verdicts: tuple[str, ...]


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


def build_view(summary: Summary, sources: Sequence[str]) -> SummaryView:
    """What the report shows.

    Args:
        summary: what the corpus comes to.
        sources: names of the files it was read from.
    """
    every = (summary.whole, *summary.shown)
    pairs = [pair for pair in summary.pairs if pair.measure == "divergence"]
    telling = [pair for pair in pairs if tells(pair)]
    reasons = _reasons(summary)
    by = listed(list(summary.by))
    return SummaryView(
        title="Headlines against their bodies" + (f", by {one_line(by)}" if by else ""),
        source=_source(summary, sources),
        lead=lead(summary, pairs, telling),
        compares=COMPARES,
        notes=notes(summary),
        scored=summary.whole.scored > 0,
        by=one_line(by),
        divergence=_median(summary.whole.divergence),
        loading=_median(summary.whole.loading),
        groups=tuple(_group_row(one) for one in every),
        verdict_names=VERDICTS,
        verdicts=tuple(_share_row(one, one.verdicts, VERDICTS) for one in every),
        pairs_said=pairs_said(pairs, telling),
        pairs=tuple(_pair_row(pair) for pair in _widest(telling)),
        farthest=tuple(_article_row(one) for one in summary.whole.farthest),
        specimens=tuple(_specimens(one) for one in summary.shown),
        terms=tuple(_term_row(one) for one in summary.terms[:_MOST_TERMS] if one.outrun),
        not_scored=reasons[:_MOST_REASONS],
        not_scored_rest=f"{len(reasons) - _MOST_REASONS:,} more rows are in the table of groups."
        if len(reasons) > _MOST_REASONS
        else "",
        method=method(summary),
        provenance=_provenance(summary, sources),
    )


def _source(summary: Summary, sources: Sequence[str]) -> tuple[str, ...]:
    files = listed([shortened(one_line(name), 60) for name in sources[:3]])
    if len(sources) > 3:
        files += f" and {len(sources) - 3} more"
    groups = f"{plural(len(summary.groups), 'group')} by {listed(list(summary.by))}" if summary.by else ""
    counts = plural(summary.whole.read, "article"), f"{summary.whole.scored:,} scored"
    return tuple(one_line(part) for part in (files, *counts, groups) if part)


def _median(of: Spread) -> tuple[str, str]:
    if not of.n:
        return "–", ""
    return point(of.median.value), f"{point(of.median.low)} to {point(of.median.high)}"


def _range(share: Estimate) -> str:
    return "" if share.value != share.value else f"{rounded(share.low * 100)} to {rounded(share.high * 100)}"


def _group_row(one: GroupSummary) -> GroupRow:
    unscored = one.read - one.scored
    return GroupRow(
        name=name_of(one),
        small=one.small,
        articles=f"{one.scored:,}" + (f" of {one.read:,}" if unscored else ""),
        divergence=_median(one.divergence),
        middle=f"{point(one.divergence.deciles[1])} to {point(one.divergence.deciles[2])}"
        if one.scored
        else "–",
        far=(percent(one.far), _range(one.far)),
        loading=_median(one.loading),
    )


def _share_row(one: GroupSummary, shares: Mapping[str, Estimate], names: Sequence[str]) -> ShareRow:
    return ShareRow(
        name_of(one),
        one.small,
        f"{one.terms:,}",
        tuple((percent(shares[name]), _range(shares[name])) for name in names),
    )


def _widest(pairs: Sequence[Pair]) -> list[Pair]:
    """Those with the largest effect, in the order that they stood in."""
    widest = sorted(range(len(pairs)), key=lambda at: (-abs(pairs[at].found.delta.value), at))[:MOST_PAIRS]
    return [pairs[at] for at in sorted(widest)]


def _pair_row(pair: Pair) -> PairRow:
    delta = pair.found.delta
    p = pair.corrected
    return PairRow(
        first=pair.first,
        second=pair.second,
        medians=f"{point(pair.medians[0])} and {point(pair.medians[1])}",
        delta=_signed(delta.value),
        interval=f"{_signed(delta.low)} to {_signed(delta.high)}",
        word=size_word(delta.value),
        p="–" if p is None else "< 0.001" if p < 0.001 else f"{p:.3f}",
    )


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")


def _article_row(one: Specimen) -> ArticleRow:
    return ArticleRow(one.group, one.headline, rounded(one.divergence), rounded(one.loading), one.terms)


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
        rounded(one.loading * 100),
        rounded(one.support * 100),
        one.verdicts if len(one.verdicts) < 3 else (),
    )


def _reasons(summary: Summary) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (name_of(one), reason, f"{count:,}")
        for one in summary.groups or (summary.whole,)
        for reason, count in one.reasons.items()
    )


def _provenance(summary: Summary, sources: Sequence[str]) -> tuple[tuple[str, str], ...]:
    rows = [("Read from", listed([shortened(one_line(name), 80) for name in sources[:5]]))]
    for (version, verifier, lexicon), count in summary.made[:5]:
        by = f"sensational {version}, verifier {verifier}, lexicon {lexicon} ({plural(count, 'article')})"
        rows.append(("Scored by", one_line(by)[:160]))
    return tuple(rows)
