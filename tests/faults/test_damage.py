"""What lies in the folder of the parts, or beside the output, is damaged or replaced between two runs."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from corpus.samples import alone, articles, files, write_csv
from hypothesis import given
from hypothesis import strategies as st

from faults.samples import FORMS, SMALL, goes_on, interrupted, remembered, score
from sensational.corpus.inputs import Settings
from sensational.corpus.run import run

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)


def damaged(data: bytes, draw: Any) -> bytes | None:
    """Bytes as a bad disk, a bad copy or a curious user leaves them; None: the file is gone."""
    kind = draw(st.sampled_from(["cut", "flip", "more", "zeros", "gone", "empty", "json", "value"]))
    at = draw(st.integers(0, max(len(data) - 1, 0)))
    if kind == "flip":
        return data[:at] + bytes([data[at] ^ 1 << draw(st.integers(0, 7))]) + data[at + 1 :] if data else b"x"
    if kind == "value":  # a number or a name in it is another one
        return data.replace(*draw(st.sampled_from([(b"1", b"2"), (b"4", b"3"), (b"part", b"Part")])))
    return {
        "cut": data[:at], "more": data + b"\n{}", "zeros": bytes(len(data)), "gone": None, "empty": b"",
        "json": json.dumps(draw(JSON)).encode(),
    }[kind]  # fmt: skip


@given(draw=st.data(), form=st.sampled_from(FORMS))
def test_damaged_parts(
    draw: st.DataObject, form: str, source: Path, calm: dict[str, dict[str, bytes]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:  # fmt: skip
    """Done again, or refused with the reason; never taken for good, and never a fault of the program."""
    folder = tmp_path_factory.mktemp("damaged")
    output = folder / f"out.{form}"
    parts = interrupted(source, output, 3)
    for _ in range(draw.draw(st.integers(1, 2))):
        path = draw.draw(st.sampled_from(sorted(path for path in parts.iterdir() if path.name != "lock")))
        data = damaged(path.read_bytes(), draw.draw)
        if data is None:
            path.unlink()
        else:
            path.write_bytes(data)
    for _ in range(4):
        said = score(source, output, resume=True)
        if said == "done":
            break
        assert not output.exists()
        if "its manifest (it cannot be read)" in said or "Undo that, or delete that folder" in said:
            shutil.rmtree(parts)
        else:
            assert "it was damaged; run once more with --resume" in said
    assert files(folder) == calm[form]
    shutil.rmtree(folder)


@given(draw=st.data())
def test_a_damaged_manifest_of_a_complete_output(
    draw: st.DataObject, source: Path, calm: dict[str, dict[str, bytes]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:  # fmt: skip
    folder = tmp_path_factory.mktemp("complete")
    for name, data in calm["jsonl"].items():
        (folder / name).write_bytes(data)
    path = folder / draw.draw(st.sampled_from(sorted(calm["jsonl"])))
    data = damaged(path.read_bytes(), draw.draw)
    path.unlink() if data is None else path.write_bytes(data)
    said = score(source, folder / "out.jsonl", resume=True)
    assert said == "done" or "--overwrite" in said
    if path.name == "out.jsonl" and data is not None and data != calm["jsonl"]["out.jsonl"]:
        assert "it was changed or damaged since" in said
    assert score(source, folder / "out.jsonl", overwrite=True) == "done"
    assert files(folder) == calm["jsonl"]
    shutil.rmtree(folder)


def test_a_count_of_another_name_is_damage(source: Path, tmp_path: Path) -> None:
    """As the long run found it: one letter of the manifest was another."""
    assert score(source, tmp_path / "out.jsonl") == "done"
    manifest = tmp_path / "out.jsonl.manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b"not_scored", b"oot_scored"))
    assert "it was changed or damaged since" in score(source, tmp_path / "out.jsonl", resume=True)


def test_a_damaged_manifest_does_not_cost_the_parts(source: Path, tmp_path: Path) -> None:
    """It is not taken for no run at all, which would begin anew and remove them."""
    parts = interrupted(source, tmp_path / "out.jsonl", 3)
    (parts / "manifest.json").write_bytes(b"")
    for resume in (True, False):
        said = score(source, tmp_path / "out.jsonl", resume=resume)
        assert said != "done"
        assert len(list(parts.glob("0*.json"))) == 3
    assert "its manifest (it cannot be read). Undo that, or delete that folder" in score(
        source, tmp_path / "out.jsonl", resume=True
    )


@pytest.mark.parametrize(
    "edit",
    [('"scored": 3', '"scored": 4'), ('"rejected": []', '"rejected": [{"file": "x"}]'), ('": 0', '": 1')],
)
def test_an_edited_record(
    edit: tuple[str, str], source: Path, calm: dict[str, dict[str, bytes]], tmp_path: Path
) -> None:
    """Nobody believes its counts, or what it says was rejected."""
    parts = interrupted(source, tmp_path / "out.jsonl", 3)
    edited = 0
    for path in parts.glob("0*.json"):
        text = path.read_text(encoding="utf-8")
        edited += edit[0] in text
        path.write_text(text.replace(*edit), encoding="utf-8")
    assert edited
    goes_on(source, tmp_path / "out.jsonl", calm["jsonl"])


def test_a_part_of_another_run(source: Path, calm: dict[str, dict[str, bytes]], tmp_path: Path) -> None:
    """Copied in, or written by a run that lost its folder: whole in itself, and still not one of ours."""
    other = tmp_path / "other"
    other.mkdir()
    rows = articles(14)
    rows[0]["title"] = "Another headline"
    foreign = interrupted(write_csv(tmp_path / "other.csv", rows), other / "out.jsonl", 2)
    parts = interrupted(source, tmp_path / "out.jsonl", 2)
    for name in ("000000001.json", "000000001.articles"):
        shutil.copy(foreign / name, parts / name)
    for name in ("json", "articles"):
        shutil.copy(parts / f"000000002.{name}", parts / f"000000003.{name}")  # and one under a wrong number
    goes_on(source, tmp_path / "out.jsonl", calm["jsonl"])


def test_other_settings_are_refused_and_cost_nothing(
    source: Path, calm: dict[str, dict[str, bytes]], tmp_path: Path
) -> None:
    parts = interrupted(source, tmp_path / "out.jsonl", 2)
    for settings, why in (
        (Settings(rows=5), "rows of a part: it was 4, now it is 5"),
        (Settings(rows=4, encoding="latin-1"), "encoding: it was None, now it is 'latin-1'"),
        (Settings(rows=4, quotes=False), "quotes: it was True, now it is False"),
        (Settings(rows=4, id="year"), "the columns of in.csv"),
    ):
        assert why in score(source, tmp_path / "out.jsonl", resume=True, settings=settings)
        assert "or delete that folder" in score(source, tmp_path / "out.jsonl", settings=settings)
    assert len(list(parts.glob("0*.json"))) == 2
    goes_on(source, tmp_path / "out.jsonl", calm["jsonl"])


@pytest.mark.parametrize("what", ["a folder", "a file"])
def test_what_is_not_ours_is_not_removed(what: str, source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out.jsonl.parts"
    folder.mkdir()
    theirs = folder / "my notes"
    theirs.mkdir() if what == "a folder" else theirs.write_text("precious")
    said = score(source, tmp_path / "out.jsonl")
    assert "my notes: that is no part of a run; move it away, or choose another --output" in said
    assert theirs.exists()
    assert not (tmp_path / "out.jsonl").exists()


def test_what_comes_in_meanwhile_is_not_removed_either(source: Path, tmp_path: Path) -> None:
    parts = interrupted(source, tmp_path / "out.jsonl", 2)
    (parts / "notes.txt").write_text("precious")
    assert score(source, tmp_path / "out.jsonl", resume=True) == "done"
    assert (parts / "notes.txt").read_text() == "precious"


@pytest.mark.parametrize("which", ["out.csv.manifest.json", "out.csv.rejected.jsonl", "out.terms.csv"])
def test_a_folder_where_a_file_has_to_go(which: str, source: Path, tmp_path: Path) -> None:
    """Said before the scoring, not after it."""
    (tmp_path / which).mkdir()
    assert f"{which}: that is a folder; move it away, or choose another" in score(
        source, tmp_path / "out.csv"
    )


@pytest.mark.skipif(os.name == "nt", reason="names of POSIX")
def test_a_name_that_would_be_too_long_in_the_end(source: Path, tmp_path: Path) -> None:
    scored = []

    def counting(part: Any, output: Any) -> Any:
        scored.append(part)
        return remembered(part, output)

    assert "file name too long" in score(source, tmp_path / f"{'x' * 235}.jsonl", work=counting)
    assert scored == []


def replacing(own: Path, data: bytes) -> Any:
    """Writes to the input when its checksum is taken and its rows are not read."""

    def told(line: str) -> None:
        if "starting from the beginning" in line:
            own.write_bytes(data)

    return told


def test_an_input_that_changes_and_comes_back(
    source: Path, calm: dict[str, dict[str, bytes]], tmp_path: Path
) -> None:
    """Parts of other rows are there, and are not taken for parts of the first ones."""
    data = source.read_bytes()
    own = tmp_path / "in.csv"
    own.write_bytes(data)
    other = data.replace(b"Furious", b"Curious")
    said = score(own, tmp_path / "out.jsonl", resume=True, told=replacing(own, other))
    assert f"{own}: it was changed while it was read; bring back what it was and go on with --resume" in said
    assert b"Curious" in (tmp_path / "out.jsonl.parts" / "000000001.articles").read_bytes()
    assert "the content of in.csv" in score(own, tmp_path / "out.jsonl", resume=True)
    own.write_bytes(data)
    goes_on(own, tmp_path / "out.jsonl", calm["jsonl"])


def test_an_input_that_changes_and_is_back_in_the_end(
    source: Path, calm: dict[str, dict[str, bytes]], tmp_path: Path
) -> None:
    """The same bytes before and after, and others between: the rows that were read then are scored again."""
    data = source.read_bytes()
    own = tmp_path / "in.csv"
    own.write_bytes(data)
    scored = []

    there = replacing(own, data.replace(b"Furious", b"Curious"))

    def and_back() -> bool:
        own.write_bytes(data)
        return False

    def watched(part: Any, output: Any) -> Any:
        scored.append("Curious" in part.items[0].headline)
        return remembered(part, output)

    said = score(own, tmp_path / "out.jsonl", resume=True, told=there, stopping=and_back, work=watched)
    assert said == "done"
    assert scored[0]
    assert len(scored) > 4
    assert files(tmp_path) == calm["jsonl"]


def test_an_input_that_is_only_touched(
    source: Path, calm: dict[str, dict[str, bytes]], tmp_path: Path
) -> None:
    """Hours of work are not thrown away over a time stamp."""
    own = Path(shutil.copy(source, tmp_path / "in.csv"))
    assert score(own, tmp_path / "out.jsonl", resume=True, told=replacing(own, own.read_bytes())) == "done"
    assert files(tmp_path) == calm["jsonl"]


def test_an_input_that_vanishes(source: Path, calm: dict[str, dict[str, bytes]], tmp_path: Path) -> None:
    own = Path(shutil.copy(source, tmp_path / "in.csv"))
    parts = interrupted(own, tmp_path / "out.jsonl", 2)
    own.unlink()
    assert "in.csv: there is no such file" in score(own, tmp_path / "out.jsonl", resume=True)
    assert len(list(parts.glob("0*.json"))) == 2

    def vanishing() -> bool:
        own.unlink(missing_ok=True)
        return False

    shutil.copy(source, own)
    said = score(own, tmp_path / "out.jsonl", resume=True, stopping=vanishing)
    assert "in.csv: no such file or directory; what was done is kept" in said
    shutil.copy(source, own)
    goes_on(own, tmp_path / "out.jsonl", calm["jsonl"])


def test_a_folder_of_articles_that_changes(tmp_path: Path) -> None:
    """A file in it is written to, which its own time stamp does not show."""
    given = tmp_path / "articles"
    (given / "deep").mkdir(parents=True)
    for number, row in enumerate(articles(10)):
        (given / "deep" / f"{number}.txt").write_text(f"{row['title']}\n\n{row['text']}\n", encoding="utf-8")

    count = iter(range(100))

    def changing_one() -> bool:
        if next(count) == 2:
            (given / "deep" / "9.txt").write_text("Another headline\n\nAnother body.\n", encoding="utf-8")
        return False

    said = score(given, tmp_path / "out.jsonl", stopping=changing_one)
    assert "articles: it was changed while it was read" in said
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize("how", ["removed", "replaced"])
def test_the_folder_of_the_parts_goes(
    how: str, source: Path, calm: dict[str, dict[str, bytes]], tmp_path: Path
) -> None:
    """Nothing is written into the folder of another run that took its place."""
    output = tmp_path / "out.jsonl"
    count = iter(range(100))

    def gone() -> bool:
        if next(count) == 2:
            shutil.rmtree(tmp_path / "out.jsonl.parts")
            if how == "replaced":
                interrupted(source, output, 1)
        return False

    said = score(source, output, stopping=gone)
    assert "out.jsonl.parts: the folder of the parts was removed or replaced during the run" in said
    assert not output.exists()
    if how == "replaced":
        assert len(list((tmp_path / "out.jsonl.parts").glob("0*.json"))) == 1
    run([source], output, alone, SMALL, resume=True)
    assert files(tmp_path) == calm["jsonl"]
