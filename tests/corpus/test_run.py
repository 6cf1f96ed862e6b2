"""The run: nothing lost, interrupted anywhere and taken up again, the same bytes on every engine."""

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from corpus.samples import (
    NOBODY,
    STORIES,
    alone,
    articles,
    command,
    corpus,
    deadly,
    deadly_once,
    environment,
    files,
    foreign,
    greedy,
    lines,
    processes,
    rejected,
    stub,
    write_csv,
)
from sensational.corpus.engines import Engine, Work
from sensational.corpus.errors import CorpusError
from sensational.corpus.inputs import Settings
from sensational.corpus.lock import Lock
from sensational.corpus.progress import Progress
from sensational.corpus.rows import Counts
from sensational.corpus.run import run
from sensational.corpus.store import Store

POSIX = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
SMALL = Settings(rows=4)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_csv(tmp_path_factory.mktemp("source") / "in.csv", articles(30))


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """The run expects the stand-ins of ``samples.py``."""
    monkeypatch.setattr("sensational.corpus.run.provenance", lambda: NOBODY)


@pytest.fixture(scope="module")
def undisturbed(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("undisturbed")
    run([source], folder / "out.jsonl", alone, SMALL)
    return files(folder)


def test_the_most_frequent_reason_for_rows_not_scored_is_said(tmp_path: Path) -> None:
    table, output = tmp_path / "in.csv", tmp_path / "out.csv"
    bodies = ["It fell.", "It fell in.", ""]
    table.write_text("headline,body\n" + "".join(f"Roof falls in,{body}\n" for body in bodies))
    done = subprocess.run(
        command(table, "--output", output, "--workers", "1"),
        env=environment(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == (
        "most frequent reason for rows not scored: The article is too short to judge (2 rows)"
    )
    assert json.loads((tmp_path / "out.csv.manifest.json").read_text())["counts"]["reasons"] == {
        "The article is too short to judge": 2,
        "The article has no text under its headline": 1,
    }


def test_counts_add_up(source: Path, undisturbed: dict[str, bytes]) -> None:
    closing = json.loads(undisturbed["out.jsonl.manifest.json"])
    counts = closing["counts"]
    assert sum(counts.pop("reasons").values()) == 5
    assert counts == {"read": 30, "scored": 25, "not_scored": 5, "rejected": 0}
    assert closing["inputs"][0]["bytes"] == source.stat().st_size
    assert undisturbed["out.jsonl"].count(b"\n") == 30


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "parquet"])
def test_engines_give_the_same_bytes(suffix: str, source: Path, tmp_path: Path) -> None:
    for engine, name in ((alone, "one"), (processes(2), "two")):
        (tmp_path / name).mkdir()
        run([source], tmp_path / name / f"out.{suffix}", engine, SMALL)
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert len(files(tmp_path / "one")) == 3 + (suffix != "jsonl")


@POSIX
def test_killed_at_random_moments(source: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    """``tests/benchmarks/kill.py`` does this twenty times and more."""
    output = tmp_path / "out.jsonl"
    pick = random.Random(3)  # noqa: S311
    arguments = (source, "--output", output, "--part-rows", "4", "--workers", "2", "--resume")
    begun = False
    for _ in range(3):
        process = subprocess.Popen(
            command(*arguments), env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        parts = tmp_path / "out.jsonl.parts"
        before = len(list(parts.glob("*.json")))
        deadline = time.monotonic() + 60
        while process.poll() is None and len(list(parts.glob("*.json"))) <= before:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        time.sleep(pick.uniform(0, 0.02))
        process.kill()
        process.wait()
        begun = begun or parts.exists()
    done = corpus(*arguments, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert begun
    assert files(tmp_path) == undisturbed
    assert not (tmp_path / "out.jsonl.parts").exists()


class Cut(BaseException):
    """The end of everything, at one write."""


@pytest.mark.parametrize("suffix", ["jsonl", "csv"])
def test_cut_off_at_every_write(
    suffix: str, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run ends at its first, second, third ... change of the disk; each time the next one goes on."""
    (tmp_path / "calm").mkdir()
    run([source], tmp_path / "calm" / f"out.{suffix}", alone, Settings(rows=12))
    calm = files(tmp_path / "calm")
    output = tmp_path / f"out.{suffix}"
    left = 0
    replace, unlink, rmtree = Path.replace, Path.unlink, shutil.rmtree

    def watched(change: Any) -> Any:
        def changed(*arguments: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                raise Cut
            return change(*arguments, **named)

        return changed

    monkeypatch.setattr(Path, "replace", watched(replace))
    monkeypatch.setattr(Path, "unlink", watched(unlink))
    monkeypatch.setattr(shutil, "rmtree", watched(rmtree))
    cuts = 0
    for step in range(1, 60):
        left = step
        try:
            run([source], output, alone, Settings(rows=12), resume=True)
            break
        except Cut:
            cuts += 1
    monkeypatch.undo()
    assert cuts >= 4
    run([source], output, alone, Settings(rows=12), resume=True)
    assert files(tmp_path) == calm
    assert not list(tmp_path.glob("*.parts"))


@POSIX
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_ends_at_the_next_part(workers: str, source: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    arguments = [str(source), "--output", str(output), "--part-rows", "4", "--workers", workers]
    script = tmp_path / "run.py"  # the parts take long enough to be interrupted
    script.write_text(
        "import sys\nfrom functools import partial\nfrom pathlib import Path\n"
        "import sensational.corpus.run as corpus\nfrom corpus.samples import NOBODY, slow\n"
        "if __name__ == '__main__':\n"
        f"    corpus.run.__kwdefaults__['work'] = partial(slow, folder=Path({str(tmp_path)!r}))\n"
        "    corpus.provenance = lambda: NOBODY\n"
        "    from sensational.cli import main\n    main(sys.argv[1:])\n"
    )
    there = environment()
    there["PYTHONPATH"] += os.pathsep + str(Path(__file__).parents[1])
    process = subprocess.Popen(
        [sys.executable, str(script), "corpus", *arguments], env=there, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("begun-*")):
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers too
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    parts = len(list((tmp_path / "out.jsonl.parts").glob("0*.json")))
    assert parts == len(list(tmp_path.glob("begun-*")))  # what was begun is done
    assert 1 <= parts < 8
    assert "once more to stop at once" in said
    assert f"stopped; {4 * parts} rows are done" in said
    assert said.rstrip().endswith("--resume")
    assert not output.exists()
    done = subprocess.run(
        [sys.executable, str(script), "corpus", *arguments, "--resume"],
        env=there,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{parts} part" in done.stdout
    assert lines(output) == list(range(1, 31))
    assert len(list(tmp_path.glob("begun-*"))) == 8


def begun(source: Path, output: Path, settings: Settings = SMALL, parts: int = 2) -> None:
    """A run that was stopped after so many parts."""
    count = iter(range(parts + 1))
    outcome = run([source], output, alone, settings, stopping=lambda: next(count, parts) >= parts)
    assert outcome.stopped
    assert 0 < len(list(output.with_name(f"{output.name}.parts").glob("0*.json"))) <= parts


def test_what_is_done_is_not_done_again(source: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    begun(source, tmp_path / "out.jsonl")
    told: list[str] = []
    run([source], tmp_path / "out.jsonl", processes(2), SMALL, resume=True, told=told.append)
    assert "part" in told[-1]
    assert files(tmp_path) == undisturbed
    told.clear()
    outcome = run([source], tmp_path / "out.jsonl", alone, SMALL, resume=True, told=told.append)
    assert "nothing to do" in told[-1]
    assert outcome.counts.read == 30


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "parquet"])
def test_a_resumed_run_gives_the_same_tables(suffix: str, source: Path, tmp_path: Path) -> None:
    (tmp_path / "calm").mkdir()
    run([source], tmp_path / "calm" / f"out.{suffix}", alone, SMALL)
    begun(source, tmp_path / f"out.{suffix}")
    run([source], tmp_path / f"out.{suffix}", alone, SMALL, resume=True)
    assert files(tmp_path) == files(tmp_path / "calm")


def test_another_run_is_not_taken_up(source: Path, tmp_path: Path) -> None:
    own = Path(shutil.copy(source, tmp_path / "in.csv"))
    output = tmp_path / "out.jsonl"
    begun(own, output)

    def refused(settings: Settings, resume: bool = True, inputs: tuple[Path, ...] = (own,)) -> str:
        with pytest.raises(CorpusError) as error:
            run(inputs, output, alone, settings, resume=resume)
        return str(error.value)

    assert "go on with --resume, or delete" in refused(SMALL, resume=False)
    assert "rows of a part: it was 4, now it is 5" in refused(Settings(rows=5))
    assert "encoding" in refused(Settings(rows=4, encoding="latin-1"))
    assert "the columns of in.csv" in refused(Settings(rows=4, id="year"))
    other = write_csv(tmp_path / "more.csv", articles(2))
    assert "the list of inputs" in refused(SMALL, inputs=(own, other))
    own.write_bytes(own.read_bytes().replace(b"flood", b"Flood", 1))
    assert "the content of in.csv" in refused(SMALL)
    own.write_bytes(source.read_bytes())
    run([own], output, alone, SMALL, resume=True)
    own.write_bytes(own.read_bytes().replace(b"flood", b"Flood", 1))
    assert "made by another run" in refused(SMALL)
    run([own], output, alone, SMALL, overwrite=True)


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "parquet"])
def test_an_output_is_not_written_over(suffix: str, source: Path, tmp_path: Path) -> None:
    output = tmp_path / f"out.{suffix}"
    run([source], output, alone, SMALL)
    before = files(tmp_path)
    with pytest.raises(CorpusError, match=r"already exists; .*--overwrite .*--resume is for"):
        run([source], output, alone, SMALL)
    assert files(tmp_path) == before
    assert not list(tmp_path.glob("*.parts"))
    other = write_csv(tmp_path / "more.csv", articles(2))
    run([other], output, alone, SMALL, overwrite=True)
    assert files(tmp_path) != before
    run([source], output, alone, SMALL, overwrite=True)
    assert files(tmp_path) == before


@pytest.mark.parametrize("resume", [False, True])
@pytest.mark.parametrize("name", ["out.csv", "out.terms.csv"])
def test_the_work_of_others_is_not_written_over(
    resume: bool, name: str, source: Path, tmp_path: Path
) -> None:
    mine = tmp_path / name
    mine.write_text("a thesis\n")
    with pytest.raises(CorpusError) as error:
        run([source], tmp_path / "out.csv", alone, SMALL, resume=resume)
    assert str(error.value).startswith(f"{mine} already exists; choose another --output")
    assert files(tmp_path) == {name: b"a thesis\n"}
    run([source], tmp_path / "out.csv", alone, SMALL, overwrite=True)
    assert mine.read_bytes() != b"a thesis\n"


def test_an_old_output_stays_until_the_new_one_is_whole(source: Path, tmp_path: Path) -> None:
    """And a run that is to replace it can be taken up, also where it was stopped before its first part."""
    output = tmp_path / "out.jsonl"
    output.write_text("old\n")
    for parts in (0, 2):
        asked = iter([False] * parts)
        stopped = partial(next, asked, True)
        assert run([source], output, alone, SMALL, overwrite=True, stopping=stopped).stopped
        assert output.read_text() == "old\n"
    with pytest.raises(CorpusError, match="an unfinished run is there; go on with --resume"):
        run([source], output, alone, SMALL, overwrite=True)
    run([source], output, alone, SMALL, resume=True)
    assert lines(output)[-1]["row"] == 30
    assert not list(tmp_path.glob("*.parts"))


def test_the_command_refuses_and_replaces(nobody: None, source: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    output.write_text("old\n")
    done = corpus(source, "--output", output, "--workers", "1", folder=tmp_path)
    assert done.returncode == 2
    assert f"sensational: {output} already exists" in done.stderr
    assert output.read_text() == "old\n"
    done = corpus(source, "--output", output, "--resume", "--overwrite", folder=tmp_path)
    assert done.returncode == 2
    assert "give one of them" in done.stderr
    done = corpus(source, "--output", output, "--workers", "1", "--overwrite", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert lines(output)[-1]["row"] == 30


def test_another_version_does_not_go_on(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(source, tmp_path / "out.jsonl")
    monkeypatch.setattr("sensational.__version__", "9.9")
    with pytest.raises(CorpusError, match="version: it was"):
        run([source], tmp_path / "out.jsonl", alone, SMALL, resume=True)


def test_a_worker_of_another_version_is_refused(source: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="another version"):
        run([source], tmp_path / "out.jsonl", alone, SMALL, work=foreign)


def test_an_input_that_changes_meanwhile(source: Path, tmp_path: Path) -> None:
    own = Path(shutil.copy(source, tmp_path / "in.csv"))

    def touched() -> bool:
        with own.open("ab") as file:
            file.write(b"\n")
        return False

    with pytest.raises(CorpusError, match="was changed while it was read"):
        run([own], tmp_path / "out.jsonl", alone, SMALL, stopping=touched)


def test_a_damaged_part_is_found(source: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    begun(source, output)
    part = tmp_path / "out.jsonl.parts" / "000000001.articles"
    part.write_bytes(part.read_bytes().replace(b"Gazette", b"gazette"))
    with pytest.raises(CorpusError, match="damaged"):
        run([source], output, alone, SMALL, resume=True)
    (tmp_path / "out.jsonl.parts" / "000000002.articles").write_bytes(b"")  # cut off: seen at once
    run([source], output, alone, SMALL, resume=True)
    assert files(tmp_path) == undisturbed


@pytest.mark.parametrize("moment", ["a part", "its record", "the end"])
def test_a_full_disk(
    moment: str, source: Path, undisturbed: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, finish = Store._write, Store._join

    def full(*arguments: Any) -> Any:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "out.jsonl.parts/x")

    def part(store: Store, name: str, data: bytes) -> None:
        wanted = {"a part": "000000003.articles", "its record": "000000003.json"}.get(moment)
        (full if name == wanted else write)(store, name, data)  # type: ignore[operator]

    monkeypatch.setattr(Store, "_write", part)
    monkeypatch.setattr(Store, "_join", full if moment == "the end" else finish)
    with pytest.raises(CorpusError, match=r"out\.jsonl\.parts/x: no space left .*--resume"):
        run([source], tmp_path / "out.jsonl", alone, SMALL)
    assert not (tmp_path / "out.jsonl").exists()
    monkeypatch.undo()
    run([source], tmp_path / "out.jsonl", alone, SMALL, resume=True)
    assert files(tmp_path) == undisturbed


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kB, where the system lets us have one."""
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("a real full disk was not tried: that needs root on Linux")
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], capture_output=True
    )
    if made.returncode:
        pytest.skip("a real full disk was not tried: the system gives no tmpfs here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_disk_that_is_really_full(source: Path, undisturbed: dict[str, bytes], small_disk: Path) -> None:
    done = corpus(source, "--output", "out.jsonl", "--part-rows", "4", "--workers", "2", folder=small_disk)
    assert done.returncode == 2
    assert "no space left" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (small_disk / "out.jsonl").exists()
    subprocess.run(["mount", "-o", "remount,size=4m", str(small_disk)], check=True)
    done = corpus(
        source, "--output", "out.jsonl", "--part-rows", "4", "--workers", "1", "--resume", folder=small_disk
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert files(small_disk) == undisturbed


def test_two_runs_on_one_output(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out.jsonl.parts"
    folder.mkdir()
    with Lock(folder / "lock"):
        done = corpus(source, "--output", "out.jsonl", "--workers", "1", folder=tmp_path)
    assert done.returncode == 2
    assert f"another run (process {os.getpid()}) is writing to this output" in done.stderr
    assert corpus(source, "--output", "out.jsonl", "--workers", "1", folder=tmp_path).returncode == 0


@POSIX
def test_a_worker_that_dies_is_replaced(nobody: None, tmp_path: Path) -> None:
    rows = articles(30)
    rows[9]["title"] = "KILL"
    own = write_csv(tmp_path / "in.csv", rows)
    for name, work in (("a", stub), ("b", partial(deadly_once, mark=tmp_path / "mark"))):
        (tmp_path / name).mkdir()
        run([own], tmp_path / name / "out.jsonl", processes(2), SMALL, work=work)
    assert (tmp_path / "mark").exists()
    assert files(tmp_path / "a") == files(tmp_path / "b")


@POSIX
def test_a_row_that_kills_its_worker_is_rejected(nobody: None, tmp_path: Path) -> None:
    rows = articles(20)
    for number in (3, 9, 10):
        rows[number]["title"] = f"KILL {number}"
    own = write_csv(tmp_path / "in.csv", rows)
    outcome = run([own], tmp_path / "out.jsonl", processes(2), Settings(rows=6), work=deadly)
    assert outcome.counts == Counts(20, outcome.counts.scored, outcome.counts.not_scored, 3)
    assert [one["row"] for one in rejected(tmp_path / "out.jsonl")] == [4, 10, 11]
    assert all("did not survive" in one["cause"] and "signal 9" in one["cause"]
               for one in rejected(tmp_path / "out.jsonl"))  # fmt: skip
    assert lines(tmp_path / "out.jsonl") == [n for n in range(1, 21) if n not in (4, 10, 11)]


def test_a_part_that_no_row_alone_explains(source: Path, nobody: None, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"the 4 rows from 1 on kill their worker .*MemoryError.*--resume"):
        run([source], tmp_path / "out.jsonl", alone, SMALL, work=greedy)


def test_a_row_on_which_the_scorer_fails(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sensational.scorer

    real = sensational.scorer.score_article

    def failing(article: Any) -> Any:
        if article.id in ("a3", "a7"):
            raise {"a3": ZeroDivisionError("line one\nline two"), "a7": MemoryError()}[article.id]
        return real(article)

    monkeypatch.setattr(sensational.scorer, "score_article", failing)
    warned: list[str] = []
    outcome = run([source], tmp_path / "out.jsonl", alone, SMALL, warned=warned.append)
    assert outcome.counts.rejected == 1  # want of memory is no fault of its row: another process has enough
    assert len(warned) == 2
    assert "a worker was lost (it failed: MemoryError: ); its part, 2, is tried again" in warned[0]
    (first,) = rejected(tmp_path / "out.jsonl")
    assert (first["row"], first["cause"]) == (
        4,
        "the scorer failed on it: ZeroDivisionError: line one line two",
    )
    assert first["text"] == STORIES[3][0]


def test_an_input_is_not_written_over(source: Path, tmp_path: Path) -> None:
    own = tmp_path / "out.csv"
    shutil.copy(source, own)
    with pytest.raises(CorpusError, match="written over"):
        run([own], own, alone)
    shutil.copy(source, tmp_path / "x.terms.csv")
    with pytest.raises(CorpusError, match="written over"):
        run([tmp_path / "x.terms.csv"], tmp_path / "x.csv", alone)


def test_ids_and_names_never_become_paths(tmp_path: Path) -> None:
    rows = articles(6)
    for row in rows:
        row["id"] = "../../escaped"
        row["outlet"] = "/tmp/escaped"  # noqa: S108
    run([write_csv(tmp_path / "in.csv", rows)], tmp_path / "out.csv", alone)
    assert {path.name for path in tmp_path.iterdir()} == {
        "in.csv", "out.csv", "out.terms.csv", "out.csv.manifest.json", "out.csv.rejected.jsonl",
    }  # fmt: skip


def test_progress_in_a_pipe_is_a_line_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    now = 100.0
    monkeypatch.setattr("sensational.corpus.progress.time.monotonic", lambda: now)
    stream = io.StringIO()
    progress = Progress(stream)
    progress.start(10_000, Counts(50, 50, 0, 0), 500)
    for second in range(1, 131):
        now = 100.0 + second
        done = 50 + 10 * second
        progress.show(Counts(done, done - 7, 5, 2), 500 + 50 * second)
    progress.stop()
    assert stream.getvalue().splitlines() == [
        "sensational: 650 rows, 10/s, 2 min left; 643 scored, 5 not scored, 2 rejected",
        "sensational: 1,250 rows, 10/s, 70 s left; 1,243 scored, 5 not scored, 2 rejected",
    ]


def test_progress_on_a_terminal_is_a_bar() -> None:
    import io

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    progress = Progress(stream)
    progress.start(1000, Counts(), 0)
    progress.show(Counts(10, 8, 1, 1), 500)
    progress.stop()
    assert "8 scored, 1 not scored, 1 rejected" in stream.getvalue()
    assert "50%" in stream.getvalue()


def test_a_run_that_did_nothing_is_no_run(
    source: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    def nobody_there(work: Work) -> Engine:
        raise CorpusError("no scheduler")

    with pytest.raises(CorpusError, match="no scheduler"):
        run([source], tmp_path / "out.jsonl", nobody_there, SMALL)
    run([source], tmp_path / "out.jsonl", alone, SMALL)
    assert files(tmp_path) == undisturbed


@pytest.mark.parametrize("rows", [3, 300])  # which a pipe takes at once, and which it does not
def test_processes_that_cannot_begin(rows: int, tmp_path: Path) -> None:
    """A script without its guard: said, instead of started again for ever."""
    script = tmp_path / "script.py"
    script.write_text(
        "import pandas, sensational\n"
        f"texts = [f'{{n}} ' * 5000 for n in range({rows})]\n"
        f"frame = pandas.DataFrame({{'title': ['T'] * {rows}, 'text': texts}})\n"
        "sensational.score_frame(frame, workers=2)\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)], env=environment(), capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 1
    assert "CorpusError: " in done.stderr.splitlines()[-1]
    assert "__main__" in done.stderr
