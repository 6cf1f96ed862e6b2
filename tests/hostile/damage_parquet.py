"""Reads damaged Parquet files, in a process of its own: a library that crashes must not take the tests along.

Prints what became of each, as JSON: rows that were read, or the error. Run by ``test_parquet.py``.
"""

import datetime
import json
import random
import resource
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet

from sensational.corpus.errors import CorpusError
from sensational.corpus.inputs import Settings, find_inputs, read_rows
from sensational.corpus.scored import read_scored

ROWS = 40
MEMORY = 4 << 30  # of addresses, more than any good file of this size needs, and less than a length that lies


def good(compression: str) -> bytes:
    """A small file with a column of each type, several pages and row groups."""
    rows = [
        {"id": number, "title": f"Town {number} flees flood", "body": f"Some families left in {number}. " * 8,
         "share": number / 7, "paid": number % 2 == 0, "day": datetime.date(2020, 1, 1 + number % 28),
         "when": datetime.datetime(2021, 2, 3, 4, number), "tags": [str(number)] * (number % 3),
         "of": {"a": number}}
        for number in range(ROWS)
    ]  # fmt: skip
    file = pa.BufferOutputStream()
    parquet.write_table(
        pa.Table.from_pylist(rows), file, row_group_size=16, compression=compression, data_page_size=256,
        use_dictionary=["title"],
    )  # fmt: skip
    return file.getvalue().to_pybytes()


def damages(data: bytes, count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """So many damaged copies: flipped bits, overwritten and cut pieces, and lengths that lie."""
    pick = random.Random(seed)  # noqa: S311 - no secret
    footer = struct.unpack("<I", data[-8:-4])[0]
    begin = len(data) - 8 - footer
    for number in range(count):
        broken = bytearray(data)
        kind = (
            "bit",
            "bits",
            "bytes of the footer",
            "zeros",
            "ones",
            "cut",
            "length of the footer",
            "doubled",
        )[number % 8]
        if kind == "bit":
            broken[pick.randrange(len(data))] ^= 1 << pick.randrange(8)
        elif kind == "bits":
            for _ in range(pick.randrange(2, 40)):
                broken[pick.randrange(len(data))] ^= 1 << pick.randrange(8)
        elif kind == "bytes of the footer":  # sizes, offsets and counts stand there
            for _ in range(pick.randrange(1, 4)):
                broken[pick.randrange(begin, len(data) - 8)] = pick.choice((0, 1, 0x7F, 0x80, 0xFE, 0xFF))
        elif kind in ("zeros", "ones"):
            at, length = pick.randrange(4, len(data) - 8), pick.randrange(1, 64)
            broken[at : at + length] = (b"\0" if kind == "zeros" else b"\xff") * len(broken[at : at + length])
        elif kind == "cut":
            del broken[pick.randrange(len(data)) :]
        elif kind == "length of the footer":
            lie = pick.choice(
                (0, 1, footer - 1, footer + 1, len(data), 2**31 - 1, 2**32 - 1, pick.randrange(2**32))
            )
            broken[-8:-4] = struct.pack("<I", lie)
        else:
            at = pick.randrange(4, len(data) - 8)
            broken[at:at] = broken[at : at + pick.randrange(1, 200)]
        yield kind, bytes(broken)


def outcome(path: Path) -> dict[str, object]:
    """What the readers of a corpus and of its outputs make of a file."""
    rows = 0
    try:
        (source,) = find_inputs([path], Settings())
        for _ in read_rows(source, Settings()):
            rows += 1
            assert rows < 1_000_000, "there is no end of rows"
    except CorpusError as problem:
        return {"rows": rows, "error": str(problem)}
    return {"rows": rows, "error": None}


def outcome_of_output(path: Path) -> dict[str, object]:
    """The same of a file that is taken for an output of ours."""
    try:
        return {"rows": sum(1 for _ in read_scored(path)), "error": None}
    except CorpusError as problem:
        return {"rows": 0, "error": str(problem)}


def good_output(folder: Path) -> bytes:
    """An output of ours, whose terms are put beside it."""
    from corpus.samples import alone, articles, write_csv

    from sensational.corpus.run import run

    source = write_csv(folder / "articles.csv", articles(6))
    run([source], folder / "in.parquet", alone)
    return (folder / "in.parquet").read_bytes()


def main(count: int, seed: int, folder: Path) -> None:
    path = folder / "in.parquet"
    undamaged = [(f"input, {one}", good(one), outcome) for one in ("none", "zstd")]
    undamaged.append(("output", good_output(folder), outcome_of_output))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for name, data, read in undamaged:
        path.write_bytes(data)
        print(json.dumps({"file": name, "kind": "none", **read(path)}), flush=True)
        for number, (kind, broken) in enumerate(damages(data, count, seed)):
            path.write_bytes(broken)
            said: dict[str, object] = {"file": name, "kind": kind, "number": number}
            print(json.dumps(said), flush=True)  # before it is read: the last line of a crash says which
            try:
                found = read(path)
            except BaseException as problem:
                found = {"rows": 0, "error": None, "fault": f"{type(problem).__name__}: {problem}"}
            print(json.dumps({**said, **found}), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
