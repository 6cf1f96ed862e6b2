"""Files that are none, and names that lead elsewhere: a clear error, no waiting, nothing written outside."""

import os
import signal
import socket
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational import cli
from sensational.corpus.errors import CorpusError
from sensational.corpus.inputs import Settings, checksum, find_inputs, read_rows
from sensational.corpus.rows import Reject, Row
from sensational.reading import ReadingError, open_without_waiting, read
from sensational.report.files import safe_name

from .checks import terminal_is_harmless
from .payloads import PAYLOADS, THOROUGH

STORY = (
    "Town flees record flood\n\nSome families left the town on Monday because the river was high, the "
    "council said. The water fell again in the night, and all of them came back.\n"
)
posix = pytest.mark.skipif(os.name != "posix", reason="such files are of POSIX systems")


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    """Fails a test that hangs, where the system can."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def late(*_: object) -> None:
        pytest.fail("it hangs")  # no OSError, which somebody would catch

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(40)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stopped:
        cli.main([str(one) for one in arguments])
    out, err = capsys.readouterr()
    assert isinstance(stopped.value.code, int)
    terminal_is_harmless(out)
    terminal_is_harmless(err)
    return stopped.value.code, out, err


# ---- what is no file


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    place = os.getcwd()
    os.chdir(path.parent)  # the name of a socket may have a hundred letters
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(path.name)
    os.chdir(place)


STRANGE: dict[str, Callable[[Path], None]] = {
    "missing": lambda path: None,
    "a folder": lambda path: path.mkdir(),
    "a pipe": _pipe,
    "a socket": _socket,
    "a link in a circle": lambda path: path.symlink_to(path),
    "two links in a circle": lambda path: (path.with_suffix(".two").symlink_to(path),
                                           path.symlink_to(path.with_suffix(".two")))[0],
    "a link to nothing": lambda path: path.symlink_to("nowhere"),
    "a link to a pipe": lambda path: (_pipe(path.with_suffix(".fifo")),
                                      path.symlink_to(path.with_suffix(".fifo")))[0],
    "a link to /dev/zero": lambda path: path.symlink_to("/dev/zero"),
    "a link to /dev/null": lambda path: path.symlink_to("/dev/null"),
    "a link to /dev/stdin": lambda path: path.symlink_to("/dev/stdin"),
    "a link to /dev/tty": lambda path: path.symlink_to("/dev/tty"),
    "a link to its own memory": lambda path: path.symlink_to("/proc/self/mem"),
    "a link to all memory": lambda path: path.symlink_to("/proc/kcore"),
    "a link to the environment": lambda path: path.symlink_to("/proc/self/environ"),
    "below a file": lambda path: None,
    "empty": lambda path: path.write_bytes(b"") and None,
    "NULs alone": lambda path: path.write_bytes(b"\0" * 100_000) and None,
}  # fmt: skip

COMMANDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "score": ("a.txt", ("score", "PATH")),
    "score a page": ("a.html", ("score", "PATH", "--format", "json")),
    "body": ("a.txt", ("score", "--headline", "Town flees", "--body", "PATH")),
    "report": ("a.txt", ("report", "PATH", "--output", "OUT")),
    "worksheet": ("a.txt", ("worksheet", "PATH", "--output", "OUT")),
    "corpus of CSV": ("a.csv", ("corpus", "PATH", "--output", "OUT.csv", "--workers", "1")),
    "corpus of lines": ("a.jsonl", ("corpus", "PATH", "--output", "OUT.csv", "--workers", "1")),
    "corpus packed": ("a.csv.gz", ("corpus", "PATH", "--output", "OUT.csv", "--workers", "1")),
    "corpus packed with zstd": ("a.jsonl.zst", ("corpus", "PATH", "--output", "OUT.csv", "--workers", "1")),
    "corpus of Parquet": ("a.parquet", ("corpus", "PATH", "--output", "OUT.csv", "--workers", "1")),
    "summary": ("a.jsonl", ("summary", "PATH")),
    "summary of CSV": ("a.csv", ("summary", "PATH")),
    "summary of Parquet": ("a.parquet", ("summary", "PATH")),
    "summary packed": ("a.jsonl.gz", ("summary", "PATH")),
    "agreement": ("a.csv", ("agreement", "PATH")),
    "coding-sheet": ("a.jsonl", ("coding-sheet", "PATH", "--articles", "PATH", "--output", "OUT.csv")),
}


CASES = [
    (kind, command)
    for kind in STRANGE
    for command in COMMANDS
    if THOROUGH or command in ("score", "summary") or kind in ("a pipe", "a link to /dev/zero")
]


@posix
@pytest.mark.parametrize(("kind", "command"), CASES)
def test_what_is_no_file_is_refused(
    kind: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, arguments = COMMANDS[command]
    folder = tmp_path / "in"
    folder.mkdir()
    path = folder / name
    STRANGE[kind](path)
    if kind == "below a file":
        path.write_text(STORY)
        path = path / name
    given = {
        "PATH": path,
        "OUT": tmp_path / "out",
        "OUT.csv": tmp_path / "out.csv",
    }
    code, out, err = run(capsys, *(given.get(one, one) for one in arguments))
    assert code == 2, out
    assert err.startswith("sensational: ")
    assert err.count("\n") == 1
    assert name in err or "there is no article in it" in err
    assert "fault of the program" not in err
    assert not list(tmp_path.glob("out*"))


@posix
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looked at as a file, opened as a pipe: whoever shares the folder could do that."""
    path = tmp_path / "a.txt"
    path.write_text(STORY)
    looked_at = path.stat()
    path.unlink()
    os.mkfifo(path)
    monkeypatch.setattr(Path, "stat", lambda *_, **__: looked_at)
    with pytest.raises(ReadingError, match="it is empty"):
        read(path)
    with open_without_waiting(path) as file:
        assert not file.read(10)


# ---- folders of files


@posix
def test_a_folder_with_strange_files_in_it(tmp_path: Path) -> None:
    """Each is a row that is rejected, and the good ones are read."""
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text(STORY)
    for name in ("a.txt", "deep/b.txt", "new\nline.txt", "z\x1b[31m.html", "\u202etxt.txt"):
        (folder / name).write_text(STORY)
    (folder / os.fsdecode(b"not-utf-8-\xff.txt")).write_text(STORY)
    (folder / "circle").symlink_to(folder)
    (folder / "deep" / "up").symlink_to("..")
    (folder / "elsewhere").symlink_to(outside)
    (folder / "root").symlink_to("/")
    bad = ("pipe.txt", "socket.txt", "loop.txt", "gone.txt", "zero.txt", "memory.txt", "large.txt")
    _pipe(folder / "pipe.txt")
    _socket(folder / "socket.txt")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "gone.txt").symlink_to("nowhere")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "memory.txt").symlink_to("/proc/self/mem")
    with (folder / "large.txt").open("wb") as file:
        file.truncate(1 << 40)  # a terabyte of nothing
    (source,) = find_inputs([folder], Settings())
    rows = [row for row, _ in read_rows(source, Settings())]
    good = [row for row in rows if isinstance(row, Row)]
    gone = [row for row in rows if isinstance(row, Reject)]
    assert len(good) == 6
    assert all(row.page == STORY.encode() for row in good)
    assert sorted(row.file.rpartition("/")[2] for row in gone) == sorted(bad)
    assert all(row.cause for row in gone)
    assert checksum(source)


@posix
def test_a_folder_through_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a.txt", "new\nline.txt", os.fsdecode(b"not-utf-8-\xff.txt")):
        (folder / name).write_text(STORY)
    os.mkfifo(folder / "pipe.txt")
    code, out, err = run(capsys, "corpus", folder, "--output", tmp_path / "out.csv", "--workers", "1")
    assert (code, err) == (0, "")
    assert "4 rows read: 3 scored, 0 not scored, 1 rejected" in out


# ---- names


NAMES = (
    *PAYLOADS.values(), "..", "../../x", "/etc/x", "..\\..\\x", "C:\\x", "C:x", "\\\\host\\share\\x", "con",
    "CON", "con.x", "nul.tar.gz", "aux ", "com1", "COM¹", "lpt9.", "conin$", "a" * 300, "é" * 300,
    "漢" * 300, "x\0y", "a\nb", "", ".", "...", ".hidden", "-rf", "--help", "~", "~root", "$HOME", "%TEMP%",
    "`id`", "$(id)", "a;b|c&d", "*", "?", "a:stream", "a.", "a ", " a", "a/b/c", "ａ／ｂ", "x.lnk",
    "desktop.ini", "\u202etxt.exe", "file:///etc/x",
)  # fmt: skip


def _is_one_plain_name(name: str) -> None:
    assert name
    assert len(name.encode("utf-8")) <= 101
    assert not set(name) & set("/\\:*?\"<>|\0\n\r\t ~$%`;&'")
    assert name not in (".", "..")
    assert name[0] not in ".-"
    assert name[-1] not in ".- "
    device = name.split(".")[0].casefold()
    assert device not in {
        "con",
        "prn",
        "aux",
        "nul",
        *(p + d for p in ("com", "lpt") for d in "0123456789¹²³"),
    }


@pytest.mark.parametrize("name", NAMES)
def test_names_of_reports(name: str) -> None:
    _is_one_plain_name(safe_name(name))


@given(st.text(st.sampled_from("./\\-con1:aux\0 é漢\u202e¹~"), max_size=40) | st.text(max_size=200))
def test_any_name_of_a_report(name: str) -> None:
    _is_one_plain_name(safe_name(name))
    assert safe_name(safe_name(name)) == safe_name(name)


def _tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@posix
def test_reports_on_files_of_any_name_stay_in_their_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out = tmp_path / "deep" / "in", tmp_path / "deep" / "out"
    source.mkdir(parents=True)
    for name in NAMES:
        plain = name.replace("/", "∕").replace("\0", "").encode("utf-8", "ignore").decode()
        if plain not in ("", ".", "..") and len(plain.encode()) < 250:
            (source / plain).write_text(STORY)
    monkeypatch.chdir(tmp_path / "deep")
    before = _tree(tmp_path)
    for path in sorted(source.iterdir())[:: 1 if THOROUGH else 12]:
        code, _, err = run(capsys, "report", path, "--output", out)
        assert (code, err) == (0, "")
    code, _, err = run(
        capsys, "worksheet", *sorted(source.iterdir())[:3], "--output", out, "--name", "../../../x"
    )
    assert (code, err) == (0, "")
    after = _tree(tmp_path)
    new = set(after) - set(before)
    assert len(new) >= 10
    assert all(name.startswith("deep/out/") and name.count("/") == 2 for name in new)
    assert {name: after[name] for name in before} == before


def test_a_headline_names_no_place(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch) -> None:  # type: ignore[no-untyped-def]
    import io

    folder = tmp_path / "deep" / "out"
    for headline in ("../../../x flees town", "C:\\x flees the town", "con")[:: 1 if THOROUGH else 2]:
        given = f"{headline}\n\n{STORY}".encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        code, _, err = run(capsys, "report", "-", "--output", folder)
        assert (code, err) == (0, "")
    assert {path.parent for path in tmp_path.rglob("*") if path.is_file()} == {folder}


# ---- where output goes


@posix
@pytest.mark.parametrize("command", ["report", "worksheet", "corpus", "summary", "coding-sheet"])
def test_a_link_in_the_place_of_an_output_is_replaced_and_not_followed(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story, table = tmp_path / "story.txt", tmp_path / "in.jsonl"
    story.write_text(STORY)
    headline, _, body = STORY.partition("\n\n")
    import json

    table.write_text(json.dumps({"title": headline, "text": body, "outlet": "G"}) + "\n")
    out = tmp_path / "out"
    out.mkdir()
    precious = tmp_path / "precious"
    precious.write_bytes(b"mine")
    scores = tmp_path / "scores.jsonl"
    assert run(capsys, "corpus", table, "--output", scores, "--workers", "1")[0] == 0
    arguments, names = {
        "report": (("report", story, "--output", out), ("story.html", "story.pdf")),
        "worksheet": (("worksheet", story, "--output", out), ("story-worksheet.html", "story-key.pdf")),
        "corpus": (("corpus", table, "--output", out / "s.csv", "--workers", "1", "--overwrite"),
                   ("s.csv", "s.terms.csv", "s.csv.rejected.jsonl", "s.csv.manifest.json")),
        "summary": (("summary", scores, "--report", "--tables", "--output", out),
                    ("scores-summary.html", "scores-summary.pdf", "scores-summary.groups.csv")),
        "coding-sheet": (("coding-sheet", scores, "--articles", table, "--output", out / "s.csv"),
                         ("s.csv", "s.key.csv")),
    }[command]  # fmt: skip
    for name in names:
        (out / name).symlink_to(precious)
    assert run(capsys, *arguments)[0] == 0
    assert precious.read_bytes() == b"mine"
    for name in names:
        assert stat.S_ISREG((out / name).lstat().st_mode), name


@posix
@pytest.mark.parametrize("name", ["s.csv", "s.terms.csv", "s.csv.rejected.jsonl", "s.csv.manifest.json"])
def test_a_link_where_a_file_waits_to_be_whole_is_not_written_through(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, precious = tmp_path / "in.csv", tmp_path / "precious"
    table.write_text("title,text\nMayor resigns,The mayor resigned.\n")
    precious.write_bytes(b"mine")
    (tmp_path / f"{name}.waiting").symlink_to(precious)
    code, _, err = run(capsys, "corpus", table, "--output", tmp_path / "s.csv", "--workers", "1")
    assert (code, precious.read_bytes()) == (2, b"mine")
    assert f"{name}.waiting" in err
    assert run(capsys, "corpus", table, "--output", tmp_path / "s.csv", "--workers", "1", "--resume")[0] == 0


@posix
@pytest.mark.parametrize("kind", ["a file", "a pipe", "a link to nothing", "a link in a circle", "/dev/null"])
@pytest.mark.parametrize("command", ["report", "worksheet", "summary"])
def test_an_output_that_is_no_folder(
    kind: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    if kind == "a file":
        out.write_bytes(b"mine")
    elif kind == "/dev/null":
        out = Path("/dev/null")
    else:
        STRANGE[kind](out)
    story = tmp_path / "story.txt"
    story.write_text(STORY)
    arguments: tuple[str | Path, ...] = (command, story, "--output", out)
    if command == "summary":
        from corpus.scored_samples import line
        from corpus.scored_samples import output as output_of

        arguments = (command, output_of(tmp_path, [line(1, 40.0)], "o.jsonl"), "--tables", "--output", out)
    code, _, err = run(capsys, *arguments)
    assert code == 2
    assert "choose another --output" in err
    assert kind != "a file" or out.read_bytes() == b"mine"


def test_inputs_are_never_written_over(tmp_path: Path) -> None:
    from corpus.samples import alone

    from sensational.corpus.run import run as run_corpus

    table = tmp_path / "a.csv"
    table.write_text("title,text\nTown flees,Some left.\n")
    (tmp_path / "link.csv").symlink_to(table)
    for output in ("a.csv", "link.csv", "../" + tmp_path.name + "/a.csv"):
        with pytest.raises(CorpusError, match="would be written over; choose another --output"):
            run_corpus([table], tmp_path / output, alone)
    assert table.read_text() == "title,text\nTown flees,Some left.\n"
