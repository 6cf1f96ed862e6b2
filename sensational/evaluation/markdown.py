"""The page ``docs/development/evaluation.md``, written by the command and never by hand."""

from __future__ import annotations

from collections.abc import Sequence

from sensational.evaluation.result import SetResult, Table
from sensational.evaluation.table import holds_numbers, notes_of, tables_of

COMMAND = "sensational evaluate all ../shared/benchmarks --write-docs docs/development/evaluation.md"
TABLE_BEGINS = (
    "<!-- Made by `sensational evaluate benchmark --write-docs docs/benchmark.md`. Do not edit. -->"
)
TABLE_ENDS = "<!-- End of what is made. -->"
# Headlines belong to their publishers: the page names them by their id.
_LEFT_OUT = "headline"
# Lists of single headlines, cues and outlets help to find faults: the command prints them, the page does not.
_LISTS = (
    "worst misses", "highest divergences", "most lost first", "By outlet", "by recipe", "by kind",
    "by construction", "Extraction", "flagged",
)  # fmt: skip
# A cell or a note is cut after so many characters.
_LONGEST = 900

_TITLES = {
    "headlines": "Verdicts, terms and divergence: headlines",
    "gold": "The same on gold",
    "fnc1": "Stance: fnc1",
    "consistency": "Support of a claim: consistency",
    "unsupported_words": "Words without support: unsupported_words",
    "loaded_words": "Loaded words: loaded_words",
    "attribution": "Voices: attribution",
    "hedges": "Hedges: hedges",
    "extraction": "Clean bodies: extraction",
    "numbers": "Numbers: numbers",
    "articles": "News at large: articles",
}

_LIMITS = (
    "Rules and word lists were written while these sets were at hand. Expect a little less on other texts.",
    "Language models that followed one guide judged headlines and gold: a careful reading, not the truth.",
    "Intervals are 95% bootstrap intervals over documents. They say nothing of other outlets or years.",
    "All texts are English, mostly from the United States and the United Kingdom, 2007 to 2020.",
)


def page(results: Sequence[tuple[str, SetResult]], version: str, seed: int) -> str:
    """The whole page.

    Args:
        results: sets by name, in order.
        version: of the package.
        seed: of the run.
    """
    lines = [
        "# Evaluation",
        "",
        f"Made by `{COMMAND}` (version {version}, seed {seed}). Do not edit: the next run overwrites it.",
        "",
        "Every figure stands beside two floors of the same run: what a trivial method and what a plain "
        "learner gives. *Headlines* is the test part of the set that the verifier learned from. *Gold* is "
        "another set, only ever measured: real headlines over their own body or another one. Divergence and "
        "loading are in points, 0 to 100. `benchmarks/README.md`, beside the data, describes all sets.",
        "",
        "## Limits",
        "",
        *(f"- {limit}" for limit in _LIMITS),
        "",
    ]
    for name, result in results:
        lines += [f"## {_TITLES.get(name, name)}", ""]
        for table in tables_of(result):
            if not any(name in table[0] for name in _LISTS):
                lines += _table(table)
        lines += [*(f"- {_cell(note)}" for note in notes_of(result)), ""]
    return "\n".join(lines).rstrip() + "\n"


def with_table(text: str, result: SetResult, version: str, seed: int) -> str:
    """The page of the benchmark with its table renewed, between the two comments that mark its place.

    Args:
        text: the page.
        result, version, seed: of the run.

    Raises:
        ValueError: the page has no place for the table.
    """
    before, begin, rest = text.partition(TABLE_BEGINS)
    _, end, after = rest.partition(TABLE_ENDS)
    if not begin or not end:
        raise ValueError(f"it lacks the comments {TABLE_BEGINS} and {TABLE_ENDS}")
    lines = [
        f"Version {version}, seed {seed}:",
        "",
        *_table(tables_of(result)[0]),
        *(f"- {_cell(note)}" for note in notes_of(result)),
    ]
    return "\n".join((before + begin, "", *lines, "", end)) + after


def _table(table: Table) -> list[str]:
    title, header, rows = table
    filled = [any(row[at : at + 1] not in ((), ("",)) for row in rows) for at in range(len(header))]
    kept = [at for at, name in enumerate(header) if name != _LEFT_OUT and (filled[at] or not rows)]

    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(_cell(cells[at]) if at < len(cells) else "" for at in kept) + " |"

    return [
        *([f"**{_cell(title)}**", ""] if title else []),
        line(header),
        "| "
        + " | ".join("---" if at == 0 else "---:" if holds_numbers(rows, at) else "---" for at in kept)
        + " |",
        *(line(row) for row in rows),
        "",
    ]


def _cell(text: str) -> str:
    """Text that means in Markdown what it says: no markup, no cell or line of its own."""
    flat = " ".join(text.split())
    if len(flat) > _LONGEST:
        flat = flat[:_LONGEST] + "…"
    flat = flat.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join("\\" + character if character in "\\|`*_[]" else character for character in flat)
