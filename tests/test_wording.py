"""Phrases that do not come back: no page, message, help text or document has one (``banned_phrases.tsv``)."""

import ast
import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "sensational"
TEMPLATES = {".html", ".typ", ".js", ".json", ".tsv", ".css", ".svg"}
# Word lists and weights: what they hold is looked for in articles, and shown to nobody.
NO_PROSE = {"resources", "lexicon", "language", "verifier", "training"}


@cache
def banned() -> dict[str, str]:
    """The phrases, in small letters, each with the reason why it is banned."""
    with (Path(__file__).parent / "banned_phrases.tsv").open(encoding="utf-8", newline="") as lines:
        return {row["phrase"]: row["reason"] for row in csv.DictReader(lines, delimiter="\t", quotechar="\0")}


def strings(source: str) -> Iterator[str]:
    """The string literals of a module, docstrings too; of an f-string what stands between its values."""
    parts: set[ast.AST] = set()
    for node in ast.walk(ast.parse(source)):  # an f-string comes before its parts
        if isinstance(node, ast.JoinedStr):
            parts.update(node.values)
            yield "".join(str(one.value) if isinstance(one, ast.Constant) else "…" for one in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in parts:
            yield node.value


def texts() -> Iterator[tuple[str, str]]:
    """What a user of the package can come to read, each with the file that it stands in."""
    for path in sorted(PACKAGE.rglob("*")):
        where = path.relative_to(ROOT).as_posix()
        if path.suffix == ".py":
            for text in strings(path.read_text(encoding="utf-8")):
                yield where, text
        elif path.suffix in TEMPLATES and not NO_PROSE & set(path.relative_to(PACKAGE).parts):
            yield where, path.read_text(encoding="utf-8")
    pages = [ROOT / "README.md", ROOT / "data" / "README.md", *(ROOT / "docs").rglob("*.md")]
    for path in [*pages, ROOT / "data" / "codebook.csv", *(ROOT / "docs").rglob("*.json")]:
        yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def found_in(text: str) -> list[str]:
    """The banned phrases of a text."""
    plain = re.sub(r"\s+", " ", text).lower().replace("’", "'")
    return [phrase for phrase in banned() if phrase in plain]


def test_no_banned_phrase_comes_back() -> None:
    faults = {
        f"{where}: “{phrase}” ({banned()[phrase]})" for where, text in texts() for phrase in found_in(text)
    }
    assert not faults, "\n".join(sorted(faults))


def test_every_entry_has_a_reason_and_can_be_found() -> None:
    for phrase, reason in banned().items():
        assert reason.strip(), phrase
        assert phrase == phrase.lower().strip(" "), phrase
        assert found_in(f"So:\n{phrase.upper()}.") != [], phrase


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('x = f"{a} is loud is not wrong"', ["loud is not wrong"]),
        ('def f():\n    """A row a\n    term."""', ["a row a term"]),
        ("x = 'loud'  # loud is not wrong", []),
    ],
)
def test_literals_are_walked_and_comments_are_not(source: str, said: list[str]) -> None:
    assert [phrase for text in strings(source) for phrase in found_in(text)] == said


def test_everything_is_walked() -> None:
    files = {where for where, _ in texts()}
    for one in ("sensational/report/templates/report.typ", "sensational/web/static/page.js", "README.md",
                "sensational/worksheet/tables/questions.tsv", "sensational/report/tokens.json",
                "sensational/cli.py", "data/codebook.csv"):  # fmt: skip
        assert one in files
    assert any(where.startswith("docs/") for where in files)
