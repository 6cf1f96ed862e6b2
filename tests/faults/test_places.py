"""Real disks that are full, read-only or taken away, where the system lets us have some, and reports."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from articles import ROOT
from corpus.samples import environment, files

from faults.samples import ALL, FORMS, FailingSystem, goes_on, interrupted, score
from sensational.report.files import write_all

Disk = Callable[..., Path]
PAGE = 4096


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """Makes disks of so many bytes."""
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("real disks were not tried: that needs root on Linux")
    mounted: list[Path] = []

    def make(size: int) -> Path:
        folder = tmp_path / f"disk-{len(mounted)}"
        folder.mkdir()
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True
        )
        if made.returncode:
            pytest.skip("real disks were not tried: the system gives no tmpfs here")
        mounted.append(folder)
        return folder

    yield make
    for folder in mounted:
        subprocess.run(["umount", "-l", str(folder)], capture_output=True)


def mounted(folder: Path, option: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{option}", str(folder)], check=True)


@pytest.mark.parametrize("form", FORMS)
def test_a_disk_of_every_size(form: str, source: Path, calm: dict[str, dict[str, bytes]], disk: Disk) -> None:
    """A page more each time, until the whole run fits: it fails at another place each time."""
    size = full = 0
    said = ""
    while said != "done":
        size += PAGE
        folder = disk(size)
        said = score(source, folder / f"out.{form}")
        if said != "done":
            full += 1
            assert "no space left on device; what was done is kept" in said
            assert files(folder) == {}
        mounted(folder, "size=4m")
        goes_on(source, folder / f"out.{form}", calm[form])
    assert full > 5


def test_a_disk_that_is_read_only(source: Path, calm: dict[str, dict[str, bytes]], disk: Disk) -> None:
    """Between two runs; the system does not let it become so under an open file (see the other tests)."""
    folder = disk(1 << 20)
    parts = interrupted(source, folder / "out.jsonl", 2)
    mounted(folder, "ro")
    for resume in (True, False):
        assert "read-only file system; what was" in score(source, folder / "out.jsonl", resume=resume)
        assert "read-only file system; what was" in score(source, folder / "new.jsonl", resume=resume)
    mounted(folder, "rw")
    assert len(list(parts.glob("0*.json"))) == 2
    goes_on(source, folder / "out.jsonl", calm["jsonl"])


def test_a_disk_that_is_taken_away(source: Path, disk: Disk) -> None:
    """The folder under it is there, and empty: nothing is written there."""
    folder = disk(1 << 20)
    count = iter(range(100))

    def going() -> bool:
        if next(count) == 2:
            subprocess.run(["umount", "-l", str(folder)], check=True)
        return False

    said = score(source, folder / "out.jsonl", stopping=going)
    assert "was removed or replaced during the run" in said
    assert list(folder.iterdir()) == []


def test_a_file_system_without_locks(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not said to be another run; and not gone on without one."""

    def without(_: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("sensational.corpus.lock._lock", without)
    said = score(source, tmp_path / "out.jsonl")
    assert "out.jsonl.parts/lock: no locks available" in said
    assert "another run" not in said


def test_a_lock_of_a_dead_run_holds_nobody(
    source: Path, calm: dict[str, dict[str, bytes]], tmp_path: Path
) -> None:
    """The number in it says nothing: it may be that of a process that is alive again."""
    parts = interrupted(source, tmp_path / "out.jsonl", 2)
    (parts / "lock").write_text(f"{os.getpid()}\n")
    goes_on(source, tmp_path / "out.jsonl", calm["jsonl"])


def test_a_run_that_failed_lets_go_of_its_lock(
    source: Path, calm: dict[str, dict[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the same process too, where the disk was full when it wrote its number."""

    def full(*_: Any) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("sensational.corpus.lock.os.write", full)
    assert "no space left" in score(source, tmp_path / "out.jsonl")
    monkeypatch.undo()
    goes_on(source, tmp_path / "out.jsonl", calm["jsonl"])


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
def test_files_that_belong_together(lasting: bool, tmp_path: Path) -> None:
    """Those of a report, a worksheet, a coding sheet, a summary: each whole, none new beside an old one."""
    folder = tmp_path / "reports"
    folder.mkdir()
    contents = {folder / name: b"new " * 5000 for name in ("a.html", "a.pdf", "a.csv")}
    counted = FailingSystem(folder, 0, errno.ENOSPC, False)
    with counted.installed():
        write_all(contents)
    for at in range(1, counted.asked + 1):
        for path in contents:
            path.write_bytes(b"old")
        with FailingSystem(folder, at, errno.ENOSPC, lasting).installed(), pytest.raises(OSError, match="28"):
            write_all(contents)
        left = [path.read_bytes() for path in contents]
        assert set(left) <= {b"old", contents[folder / "a.csv"]}
        if at <= counted.asked - len(contents):  # until the first one is to get its name
            assert set(left) == {b"old"}
        if not lasting:
            assert set(folder.iterdir()) == set(contents)


def test_reports_on_a_full_disk(disk: Disk, capsys: pytest.CaptureFixture[str]) -> None:
    """Every command that writes some: said, with 2, and no file of them is there."""
    from sensational.cli import main

    article = str(ROOT / "data" / "harbour.txt")
    scores = disk(1 << 22)
    corpus = [
        "corpus",
        str(ROOT / "data" / "corpus.csv"),
        "--output",
        str(scores / "s.jsonl"),
        "--workers",
        "1",
    ]
    full = disk(4 * PAGE)
    with pytest.raises(SystemExit) as ended:
        main(corpus)
    assert ended.value.code == 0
    for command in (
        ["report", article, "--output", str(full)],
        ["worksheet", article, "--output", str(full)],
        ["summary", str(scores / "s.jsonl"), "--by", "outlet", "--report", "--tables", "--output", str(full)],
    ):
        with pytest.raises(SystemExit) as ended:
            main(command)
        assert ended.value.code == 2
        assert "no space left on device); choose another --output" in capsys.readouterr().err
        assert list(full.iterdir()) == []


RIVAL = """
import os, sys, time
from pathlib import Path
from sensational.corpus.errors import CorpusError
from sensational.corpus.lock import Lock
lock, inside = Path(sys.argv[1], "lock"), sys.argv[1] + "/inside"
end, held = time.monotonic() + 3, 0
while time.monotonic() < end:
    try:
        with Lock(lock):
            os.close(os.open(inside, os.O_CREAT | os.O_EXCL))  # fails where another one is inside
            os.unlink(inside)
            held += 1
            lock.unlink()  # as a run does that has come to its end
    except CorpusError:
        pass
print(held)
"""


@pytest.mark.skipif(not ALL or os.name == "nt", reason="long: tried by tox -e faults")
def test_rivals_for_a_lock_that_comes_and_goes(tmp_path: Path) -> None:
    """A run that ends takes the file away under one that just opened it: still one at a time."""
    rivals = [
        subprocess.Popen(
            [sys.executable, "-c", RIVAL, str(tmp_path)], env=environment(), stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    held = [rival.communicate(timeout=60)[0] for rival in rivals]
    assert [rival.returncode for rival in rivals] == [0] * 4
    assert sum(map(int, held)) > 100
