"""A summary as tables, and the codebook that says what is in their columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files

from sensational.corpus.csv_text import as_csv
from sensational.corpus.summary.sentences import name_of
from sensational.corpus.summary.statistics import Estimate, Spread, size_word
from sensational.corpus.summary.summarise import GroupSummary, Summary
from sensational.corpus.summary.tally import Specimen

Row = tuple[object, ...]

_PARTS = ("", "_low", "_high")
_PERCENTILES = ("p10", "p25", "p75", "p90")
_STANCES = ("agree", "discuss", "disagree", "unrelated")


def tables(summary: Summary) -> Mapping[str, str]:
    """The tables of a summary as CSV, by name, with the codebook of their columns."""
    every = (summary.whole, *summary.groups)
    return {
        "groups": as_csv(_group_header(), (_group(one) for one in every)),
        "profiles": as_csv(
            ("group", "verdict", "terms", "share", "low", "high"),
            (row for one in every for row in _profile(one)),
        ),
        "pairs": as_csv(
            (
                "measure", "first", "second", "first_median", "second_median", "delta", "delta_low",
                "delta_high", "size", "test", "p", "p_corrected",
            ),
            _pairs(summary),
        ),
        "articles": as_csv(
            (
                "group", "why", "file", "row", "id", "headline", "divergence", "interval_low",
                "interval_high", "loading", "terms",
            ),
            (row for one in every for row in _articles(one)),
        ),
        "terms": as_csv(
            ("term", "kind", "seen", "outrun", "outrun_low", "loading", "support", "verdict"),
            (
                (
                    one.text, one.kind, one.seen, one.outrun, _round(one.least), _round(one.loading),
                    _round(one.support), "|".join(one.verdicts),
                )
                for one in summary.terms
            ),
        ),
        "not_scored": as_csv(
            ("group", "reason", "articles"),
            (
                (name_of(one), reason, count)
                for one in summary.groups or (summary.whole,)
                for reason, count in one.reasons.items()
            ),
        ),
        "codebook": _codebook(),
    }  # fmt: skip


def _codebook() -> str:
    text = (files("sensational.corpus.summary") / "codebook.tsv").read_text(encoding="utf-8")
    header, *rows = (line.split("\t") for line in text.splitlines())
    return as_csv(header, rows)


def _round(value: float) -> float:
    """Four decimals, as everywhere in the output."""
    return round(value, 4)


def _parts(of: Estimate) -> Row:
    return _round(of.value), _round(of.low), _round(of.high)


def _group_header() -> list[str]:
    header = ["group", "read", "scored", "small", "verbatim", "terms"]
    for measure in ("divergence", "loading"):
        header += [f"{measure}_{figure}{part}" for figure in ("mean", "median") for part in _PARTS]
        header += [f"{measure}_{name}" for name in _PERCENTILES]
        if measure == "divergence":
            header += [f"divergence_far{part}" for part in _PARTS]
    return header + [f"stance_{name}" for name in _STANCES]


def _group(one: GroupSummary) -> Row:
    def measured(of: Spread) -> Row:
        return *_parts(of.mean), *_parts(of.median), *(_round(value) for value in of.deciles)

    return (
        name_of(one), one.read, one.scored, one.small, one.verbatim, one.terms,
        *measured(one.divergence), *_parts(one.far), *measured(one.loading),
        *(one.stances.get(name, 0) for name in _STANCES),
    )  # fmt: skip


def _profile(one: GroupSummary) -> Iterator[Row]:
    for verdict, share in one.verdicts.items():
        yield name_of(one), verdict, one.terms, *_parts(share)


def _pairs(summary: Summary) -> Iterator[Row]:
    for pair in summary.pairs:
        found = pair.found
        yield (
            pair.measure, pair.first, pair.second, *(_round(value) for value in pair.medians),
            *_parts(found.delta), size_word(found.delta.value), found.test, found.p, pair.corrected,
        )  # fmt: skip


def _articles(one: GroupSummary) -> Iterator[Row]:
    for why, specimens in (("farthest", one.farthest), ("typical", one.typical)):
        for specimen in specimens:
            yield name_of(one), why, *_specimen(specimen)


def _specimen(one: Specimen) -> Row:
    low, high = one.interval or (None, None)
    terms = " | ".join(f"{text}: {verdict}" for text, verdict in one.terms)
    return one.file, one.row, one.id, one.headline, one.divergence, low, high, one.loading, terms
