"""Signals, a terminal that goes, and standard output that nobody reads or nothing can be written to."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from articles import ROOT
from corpus.samples import articles, command, environment, lines, write_csv

from faults.samples import ALL

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and devices of POSIX were not tried")
FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="a full /dev/full was not tried: there is none")
long = pytest.mark.skipif(not ALL, reason="long: tried by tox -e faults")
ARTICLE = str(ROOT / "data" / "harbour.txt")


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Any]:
    """Begins a run of thirty rows in eight slow parts, without the scorer; it and its workers are a group."""
    write_csv(tmp_path / "in.csv", articles(30))
    script = tmp_path / "script.py"
    script.write_text(
        "import sys\nfrom functools import partial\nfrom pathlib import Path\n"
        "from sensational.corpus import run as corpus\nfrom corpus.samples import NOBODY, slow\n"
        "if __name__ == '__main__':\n"
        f"    corpus.run.__kwdefaults__['work'] = partial(slow, folder=Path({str(tmp_path)!r}))\n"
        "    corpus.provenance = lambda: NOBODY\n"
        "    from sensational.cli import main\n    main(sys.argv[1:])\n"
    )
    there = environment()
    there["PYTHONPATH"] += os.pathsep + str(ROOT / "tests")
    begun: list[subprocess.Popen[str]] = []

    def begin(*more: str, until: int = 1, **how: Any) -> subprocess.Popen[str]:
        arguments = ("in.csv", "--output", "out.jsonl", "--workers", "2", "--part-rows", "4", "--resume")
        process = subprocess.Popen(
            [sys.executable, str(script), "corpus", *arguments, *more], cwd=tmp_path, env=there, text=True,
            start_new_session=True, **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **how},
        )  # fmt: skip
        begun.append(process)
        deadline = time.monotonic() + 60
        while len(list(tmp_path.glob("begun-*"))) < until:
            assert time.monotonic() < deadline
            assert process.poll() is None
            time.sleep(0.01)
        return process

    yield begin
    for process in begun:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def left_of(group: int) -> bool:
    """Whether a process of the group is still there."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.parametrize(
    "number", [pytest.param(signal.SIGTERM, marks=long), signal.SIGHUP], ids=["TERM", "HUP"]
)
def test_asked_to_stop(number: int, run: Any, tmp_path: Path) -> None:
    """As a service manager or the end of a session asks: the run and its workers at once."""
    process = run()
    os.killpg(process.pid, number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "was lost" not in said  # no worker died of it
    assert "Traceback" not in said
    parts = len(list((tmp_path / "out.jsonl.parts").glob("0*.json")))
    assert parts == len(list(tmp_path.glob("begun-*")))  # what was begun is done
    assert 1 <= parts < 8
    assert f"stopped; {4 * parts} rows are done" in said
    assert not left_of(process.pid)
    done = run(until=0)
    assert (done.communicate(timeout=60)[1], done.returncode) == ("", 0)
    assert lines(tmp_path / "out.jsonl") == list(range(1, 31))
    assert len(list(tmp_path.glob("begun-*"))) == 8


@long
def test_asked_twice(run: Any, tmp_path: Path) -> None:
    process = run()
    process.send_signal(signal.SIGTERM)
    assert "once more to stop at once" in process.stderr.readline()
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Traceback" not in said
    assert "stopped at once; the finished parts are kept. Go on with: sensational corpus" in said
    assert not left_of(process.pid)
    assert run(until=0).wait(60) == 0
    assert lines(tmp_path / "out.jsonl") == list(range(1, 31))


@long
def test_nohup_is_heeded(run: Any, tmp_path: Path) -> None:
    process = run(preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    os.killpg(process.pid, signal.SIGHUP)
    assert process.wait(60) == 0
    assert lines(tmp_path / "out.jsonl") == list(range(1, 31))


@long
@pytest.mark.skipif(sys.platform != "linux", reason="a terminal that goes was not tried: that needs Linux")
def test_the_terminal_goes(run: Any, tmp_path: Path) -> None:
    """Closed while the bar is shown: the system sends SIGHUP, and nothing can be said any more."""
    import fcntl
    import pty
    import termios

    ours, theirs = pty.openpty()
    process = run(
        stdin=theirs, stdout=theirs, stderr=theirs,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )  # fmt: skip
    os.close(theirs)
    os.close(ours)
    assert process.wait(60) in (1, 2, 120)
    assert not left_of(process.pid)
    assert not (tmp_path / "out.jsonl").exists()
    assert run(until=0).wait(60) == 0
    assert lines(tmp_path / "out.jsonl") == list(range(1, 31))
    assert len(list(tmp_path.glob("begun-*"))) == 8


@long
def test_killed(run: Any, tmp_path: Path) -> None:
    """The run alone; its workers see it, and let another run have the output at once."""
    process = run()
    process.kill()
    process.wait()
    again = run(until=0)
    assert again.wait(60) == 0
    assert not left_of(process.pid)
    assert lines(tmp_path / "out.jsonl") == list(range(1, 31))


def sensational(*arguments: str, then: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The command, with what the shell does with its output."""
    words = " ".join([sys.executable, "-m", "sensational", *arguments])
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {words} {then}"], cwd=folder, env=environment(), text=True,
        capture_output=True, timeout=120,
    )  # fmt: skip


@needs_full
@pytest.mark.parametrize("what", [("--version",), ("score", ARTICLE)], ids=["version", "score"])
def test_standard_output_is_full(what: tuple[str, ...], tmp_path: Path) -> None:
    done = sensational(*what, then="> /dev/full", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "no space left on device" in done.stderr
    assert "fault of the program" not in done.stderr


@needs_full
def test_a_run_whose_output_is_full_blames_the_right_place(tmp_path: Path) -> None:
    write_csv(tmp_path / "in.csv", articles(3))
    done = sensational(
        "corpus", "in.csv", "--output", "out.jsonl", "--workers", "1", then="> /dev/full", folder=tmp_path
    )
    assert done.returncode == 2
    assert "sensational: standard output: no space left on device" in done.stderr


@pytest.mark.parametrize(
    ("then", "code"), [(">&-", 0), ("2>&-", 0), ("<&-", 0), (">&- 2>&- <&-", 0), ("| head -c 1", 1)]
)
def test_streams_that_are_closed(then: str, code: int, tmp_path: Path) -> None:
    done = sensational("--help" if "head" in then else "--version", then=then, folder=tmp_path)
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    assert done.returncode in (0, code)  # head may be late


def test_a_run_that_nobody_listens_to(tmp_path: Path) -> None:
    """``| head``: it ends without a word, keeps what it did, and goes on when it is told to."""
    write_csv(tmp_path / "in.csv", articles(5))
    arguments = ("corpus", "in.csv", "--output", "out.jsonl", "--workers", "1", "--resume")
    done = sensational(*arguments, then="2>&1 | true", folder=tmp_path)
    assert done.returncode == 1
    assert (done.stdout, done.stderr) == ("", "")
    done = subprocess.run(command(*arguments[1:]), cwd=tmp_path, env=environment(), capture_output=True)
    assert done.returncode == 0
    assert len(lines(tmp_path / "out.jsonl")) == 5
