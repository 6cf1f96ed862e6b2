"""What the golden articles come out as, and what moved: ``python tests/golden/golden.py [--write]``.

The file holds one line of ``score`` per article. Without ``--write`` the current code is compared with it to
the last bit, and each article that came out differently is named with the fields that moved; ``--write``
writes the file again after the same list. ``--lines FILE`` writes only the lines, and prints which package
made them, for ``everywhere.py``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from golden_articles import articles

GOLDEN = Path(__file__).with_name("golden.jsonl.gz")


def lines() -> list[str]:
    """The articles scored, one line each, as ``sensational corpus`` writes it."""
    from sensational.cli import as_json
    from sensational.scorer import score

    return [as_json(score(one.headline, one.body, one.name)) for one in articles()]


def kept() -> list[str]:
    """The lines that are kept."""
    return gzip.decompress(GOLDEN.read_bytes()).decode("utf-8").splitlines()


def write(made: Sequence[str]) -> None:
    """Keeps these lines; the same lines make the same file (no time, no name in it)."""
    GOLDEN.write_bytes(gzip.compress("".join(f"{line}\n" for line in made).encode("utf-8"), 9, mtime=0))


def moved(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """What changed: a line for each article whose bytes did, with the fields; empty where nothing did."""
    old = {json.loads(line)["id"]: line for line in before}
    new = {json.loads(line)["id"]: line for line in after}
    found = [f"{name}: gone" for name in old.keys() - new.keys()]
    found += [f"{name}: new" for name in new.keys() - old.keys()]
    both = sorted(old.keys() & new.keys())
    changes = {
        name: list(_changes(json.loads(old[name]), json.loads(new[name]))) or ["form only"]
        for name in both
        if old[name] != new[name]
    }
    # What moved everywhere, such as the checksum of the word lists, is said once.
    everywhere = set.intersection(*map(set, changes.values())) if len(changes) == len(both) > 1 else set()
    found += [f"every article: {one}" for one in everywhere]
    for name, of_one in changes.items():
        own = [one for one in of_one if one not in everywhere]
        if own:
            found.append(f"{name}: {'; '.join(own)}")
    if not found and list(before) != list(after):
        found.append("the order of the articles")
    return sorted(found)


def _changes(old: Any, new: Any, place: str = "") -> Iterator[str]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            yield from _changes(old.get(key), new.get(key), f"{place}.{key}" if place else key)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for at, pair in enumerate(zip(old, new, strict=True)):
            yield from _changes(*pair, f"{place}[{at}]")
    elif old != new:
        yield f"{place} {_short(old)} → {_short(new)}"


def _short(value: Any) -> str:
    if isinstance(value, list):
        return f"{len(value)} of them"
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 40 else shown[:39] + "…"


def main() -> int:
    """Compares, and writes where asked; 1 where something moved and was not written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--write", action="store_true", help="make the file anew")
    parser.add_argument("--lines", type=Path, help="write the lines to this file, and compare nothing")
    asked = parser.parse_args()
    made = lines()
    if asked.lines:
        asked.lines.write_bytes("".join(f"{line}\n" for line in made).encode("utf-8"))
        import sensational

        print(sensational.__file__)
        return 0
    changes = moved(kept() if GOLDEN.exists() else [], made)
    print("\n".join(changes) or f"nothing moved in {len(made)} articles")
    if asked.write:
        write(made)
        print(f"written: {GOLDEN}")
        return 0
    return 1 if changes else 0


if __name__ == "__main__":
    sys.exit(main())
