"""Reads the lexicon of a language: ladders with their entries, and phrases that load nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from sensational.analysis import KINDS, Kind
from sensational.lexicon.inflect import forms
from sensational.lexicon.phrases import Phrases


class LexiconError(ValueError):
    """A lexicon file is not as it should be; the message names the file, the row and the remedy."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Words of one meaning in order of strength; texts in which they have it, and in which they do not."""

    id: str
    kind: Kind
    meaning: str
    for_: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase on a ladder: ``rung`` counts from 1 (plainest), ``loading`` is 0 to 1."""

    ladder: str
    rung: int
    text: str
    pos: str
    loading: float
    reason: str


@dataclass(frozen=True, slots=True)
class Hit:
    """Entries that stand at tokens ``first`` to ``last`` (exclusive)."""

    first: int
    last: int
    entries: tuple[Entry, ...]


class Lexicon:
    """The words of one language, indexed by their inflected forms.

    Attributes:
        ladders: by id.
        entries: every entry, in the order of the files.
        not_loaded: phrases in which a usually loaded word loads nothing.
        checksum: first 12 hexadecimal digits of the SHA-256 over all lexicon files.
    """

    def __init__(
        self,
        ladders: Iterable[Ladder],
        entries: Iterable[Entry],
        not_loaded: Iterable[str],
        irregular: dict[tuple[str, str], tuple[str, ...]],
        checksum: str,
    ) -> None:
        self.ladders = {ladder.id: ladder for ladder in ladders}
        self.entries = tuple(entries)
        self.not_loaded = tuple(not_loaded)
        self.checksum = checksum
        self._forms = Phrases(
            (form, entry) for entry in self.entries for form in forms(entry.text, entry.pos, irregular)
        )
        self._exempt = Phrases(
            (form, phrase) for phrase in self.not_loaded for form in forms(phrase, "n", irregular)
        )
        self._first_words = self._forms.first_words | self._exempt.first_words

    def find(self, words: Sequence[str]) -> list[Hit]:
        """Where entries stand in ``words`` (lower case): the longest at each place, none overlapping.

        Words inside a phrase that loads nothing (*murder trial*) are passed over.
        """
        hits = []
        free = 0
        for at in [at for at, word in enumerate(words) if word in self._first_words]:
            if at < free:
                continue
            exempt, found = self._exempt.at(words, at), self._forms.at(words, at)
            if exempt and (not found or exempt[0] >= found[0]):
                free = at + exempt[0]
            elif found:
                free = at + found[0]
                hits.append(Hit(at, free, found[1]))
        return hits


@lru_cache(maxsize=4)
def load(language: str = "en") -> Lexicon:
    """The lexicon of a language, read once a process.

    Raises:
        LexiconError: a file is missing a column, or a row names an unknown kind or ladder.
    """
    root = files("sensational.lexicon") / language
    ladders = [ladder for path in _tables(root / "ladders", ".ladders.tsv") for ladder in _ladders(path)]
    known = {ladder.id for ladder in ladders}
    if len(known) != len(ladders):
        twice = sorted({ladder.id for ladder in ladders if [x.id for x in ladders].count(ladder.id) > 1})
        raise LexiconError(
            f"lexicon/{language}: ladders defined twice: {', '.join(twice)}; rename one of each"
        )
    entries = [entry for path in _tables(root / "ladders", ".entries.tsv") for entry in _entries(path, known)]
    irregular = {
        (row["lemma"], row["pos"]): tuple(row["forms"].split("|"))
        for path in _tables(root, "irregular.tsv")
        for row in rows(path, "lemma", "pos", "forms")
    }
    not_loaded = [row["phrase"] for path in _tables(root, "not_loaded.tsv") for row in rows(path, "phrase")]
    return Lexicon(ladders, entries, not_loaded, irregular, _checksum(root))


def rows(path: Traversable, *needed: str) -> list[dict[str, str]]:
    """The rows of a tab-separated table with a header.

    Args:
        path: of the table.
        needed: columns that it must have.

    Raises:
        LexiconError: a row has more or fewer cells than the header, a column is missing, or it is not UTF-8.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as problem:
        raise LexiconError(f"{path.name}: it is not UTF-8 ({problem.reason}); save it as that") from problem
    header = lines[0].rstrip("\r").split("\t")
    missing = [name for name in needed if name not in header]
    if missing:
        raise LexiconError(
            f"{path.name}: there is no column {missing[0]!r}; its first line names the columns"
        )
    table = []
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        cells = line.rstrip("\r").split("\t")
        if len(cells) != len(header):
            raise LexiconError(
                f"{path.name}, row {number}: {len(cells)} cells where the header has {len(header)}; "
                "separate the cells by single tabs"
            )
        table.append(dict(zip(header, cells, strict=True)))
    return table


def _tables(folder: Traversable, ending: str) -> list[Traversable]:
    if not folder.is_dir():
        return []
    return sorted(
        (path for path in folder.iterdir() if path.name.endswith(ending)), key=lambda path: path.name
    )


def _ladders(path: Traversable) -> list[Ladder]:
    found = []
    listed = rows(path, "ladder", "kind", "meaning", "for", "against")
    for number, row in enumerate(listed, start=2):
        if row["kind"] not in KINDS:
            raise LexiconError(
                f"{path.name}, row {number}: unknown kind {row['kind']!r}; use one of {', '.join(KINDS)}"
            )
        found.append(
            Ladder(row["ladder"], row["kind"], row["meaning"], _texts(row["for"]), _texts(row["against"]))
        )
    return found


def _texts(cell: str) -> tuple[str, ...]:
    return tuple(text.strip() for text in cell.split(" | ") if text.strip())


def _entries(path: Traversable, known: set[str]) -> list[Entry]:
    found = []
    listed = rows(path, "ladder", "rung", "entry", "pos", "loading", "reason")
    for number, row in enumerate(listed, start=2):
        if row["ladder"] not in known:
            raise LexiconError(
                f"{path.name}, row {number}: no ladder {row['ladder']!r}; add it to a .ladders.tsv file"
            )
        try:
            rung, loading = int(row["rung"]), float(row["loading"])
        except ValueError as problem:
            raise LexiconError(
                f"{path.name}, row {number}: {problem}; rung and loading are numbers"
            ) from None
        if not 0 <= loading <= 1:
            raise LexiconError(f"{path.name}, row {number}: loading {row['loading']!r} is not from 0 to 1")
        found.append(Entry(row["ladder"], rung, row["entry"], row["pos"], loading, row["reason"]))
    return found


def _checksum(root: Traversable) -> str:
    digest = hashlib.sha256()
    for path in _walk(root):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _walk(folder: Traversable) -> Iterable[Traversable]:
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.is_dir():
            yield from _walk(path)
        elif path.name.endswith(".tsv"):
            yield path
