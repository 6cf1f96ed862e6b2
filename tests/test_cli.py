"""The command line: arguments, exit codes, streams and errors. Scoring itself is stood in for."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from report.samples import five, hostile, not_scored

from sensational import cli
from sensational.analysis import from_dict
from sensational.article import Article
from sensational.web import fetch as fetching

_RUN = [sys.executable, "-m", "sensational"]


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scorer that knows one analysis, and fails on an article that asks for it."""

    def score_article(article: Article):  # type: ignore[no-untyped-def]
        from dataclasses import replace

        if "Boom" in article.headline:
            raise ZeroDivisionError("line one\nline two")
        _, analysis = hostile() if "Hostile" in article.headline else five()
        return replace(analysis, id=article.id)

    module = ModuleType("sensational.scorer")
    module.score_article = score_article  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sensational.scorer", module)
    rewrite = ModuleType("sensational.rewrite")
    rewrite.fitting_of = lambda article, analysis: None  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sensational.rewrite", rewrite)
    monkeypatch.delenv("SENSATIONAL_DEBUG", raising=False)
    monkeypatch.setenv("COLUMNS", "80")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stopped:
        cli.main(list(arguments))
    out, err = capsys.readouterr()
    assert isinstance(stopped.value.code, int)
    return stopped.value.code, out, err


@pytest.fixture
def article_file(tmp_path: Path) -> Path:
    article, _ = five()
    path = tmp_path / "rail.txt"
    path.write_text(f"{article.headline}\n\n{article.body}\n", encoding="utf-8")
    return path


def test_score_as_text(capsys, article_file) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run(capsys, "score", str(article_file))
    assert (code, err) == (0, "")
    assert "Mayor humiliated⇢ as ‘terrified’❝ drivers" in out
    assert "\x1b" not in out


def test_score_as_json(capsys, article_file) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run(capsys, "score", str(article_file), str(article_file), "--format", "json")
    assert code == 0
    assert out.isascii()
    first, second = out.splitlines()
    assert first == second
    assert from_dict(json.loads(first)).headline == five()[0].headline


def test_json_has_no_lone_surrogates() -> None:
    line = cli.as_json(hostile()[1])
    assert line.isascii()
    assert "\\ud800" not in line
    assert "\\ud83d\\ude00" in line  # a pair is one character
    assert "\n" not in line
    data = json.loads(line)
    assert data["terms"][0]["text"] == data["headline"]


def test_one_bad_file_does_not_stop_the_others(capsys, article_file, tmp_path) -> None:  # type: ignore[no-untyped-def]
    boom = tmp_path / "boom.txt"
    boom.write_text("Boom goes the scorer\n\nA body of some length stands here.\n", encoding="utf-8")
    missing = tmp_path / "none.txt"
    code, out, err = run(capsys, "score", str(missing), str(boom), str(article_file), "--format", "json")
    assert code == 2
    assert len(out.splitlines()) == 1
    lines = err.splitlines()
    assert lines[0].startswith(f"sensational: {missing}: ")
    assert "; " in lines[0]
    assert "unexpected ZeroDivisionError: line one line two;" in lines[1]
    assert lines[2] == "sensational: 2 of 3 articles could not be done; the others are"
    assert len(lines) == 3
    assert "Traceback" not in err


def test_debugging_shows_the_traceback(capsys, tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    boom = tmp_path / "boom.txt"
    boom.write_text("Boom goes the scorer\n\nA body of some length stands here.\n", encoding="utf-8")
    monkeypatch.setenv("SENSATIONAL_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        cli.main(["score", str(boom)])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["score"], "no FILE given"),
        (["score", "a", "--body", "b"], "not both"),
        (["score", "--body", "b"], "--body needs --headline"),
        (["score", "--headline", "x", "a", "b"], "--headline goes with one FILE"),
        (["score", "-", "-"], "only once"),
        (["score", "a", "--format", "xml"], "'xml' is not one of"),
        (["scroe", "a"], "no such command"),
        (["score", "--nonsense"], "no such option"),
        (["report", "--outptu", "a"], "? See sensational report --help"),
        (["report", "--headline", "A b"], "no FILE or --body given; see sensational report --help"),
    ],
)
def test_wrong_arguments_are_one_line(capsys, arguments, said) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith("sensational: ")
    assert said in err
    assert err.count("\n") == 1


def test_headline_and_body_apart(capsys, tmp_path) -> None:  # type: ignore[no-untyped-def]
    body = tmp_path / "body.txt"
    body.write_text(five()[0].body, encoding="utf-8")
    code, out, _ = run(capsys, "score", "--headline", "Anything", "--body", str(body), "--format", "json")
    assert code == 0
    assert json.loads(out)["status"] == "scored"


def test_report_prints_two_paths_and_the_sentence(capsys, article_file, tmp_path) -> None:  # type: ignore[no-untyped-def]
    out_folder = tmp_path / "out"
    code, out, err = run(
        capsys,
        "report",
        str(article_file),
        str(article_file),
        "--output",
        str(out_folder),
        "--paper",
        "letter",
    )
    assert (code, err) == (0, "")
    assert sorted(path.name for path in out_folder.iterdir()) == [
        "rail-2.html", "rail-2.pdf", "rail.html", "rail.pdf",
    ]  # fmt: skip
    lines = out.splitlines()
    assert lines[:2] == [str(out_folder / "rail.html"), str(out_folder / "rail.pdf")]
    assert "Divergence 67 of 100, likely 54 to 78" in out
    _, again, _ = run(capsys, "report", str(article_file), "--output", str(out_folder))
    assert again.splitlines()[:2] == [f"{line} (replaced)" for line in lines[:2]]


@pytest.mark.parametrize(("form", "begins"), [("png", b"\x89PNG"), ("svg", b"<?xml")])
def test_report_with_the_chart_as_an_image(capsys, article_file, tmp_path, form, begins) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run(
        capsys, "report", str(article_file), "--output", str(tmp_path / "out"), "--chart", form
    )
    assert (code, err) == (0, "")
    image = tmp_path / "out" / f"{article_file.stem}.{form}"
    assert str(image) in out.splitlines()
    assert image.read_bytes().startswith(begins)


def test_a_chart_that_is_not_drawn_is_said(capsys, article_file, tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(sys.modules["sensational.scorer"], "score_article", lambda article: not_scored()[1])
    code, _, err = run(
        capsys, "report", str(article_file), "--output", str(tmp_path / "out"), "--chart", "png"
    )
    assert (code, err) == (
        0, f"sensational: {article_file}: no chart was drawn, because the article was not scored\n"
    )  # fmt: skip
    assert not (tmp_path / "out" / f"{article_file.stem}.png").exists()


@pytest.mark.parametrize("command", ["score", "report", "worksheet"])
@pytest.mark.parametrize("ending", ["csv", "TSV", "csv.gz", "jsonl", "parquet"])
def test_a_table_is_no_article(capsys, tmp_path, command, ending) -> None:  # type: ignore[no-untyped-def]
    table = tmp_path / f"corpus.{ending}"
    table.write_text("headline,body\nBridge shut,The bridge was shut on Friday.\n", encoding="utf-8")
    code, out, err = run(capsys, command, str(table))
    assert (code, out) == (2, "")
    assert err == f"sensational: {table}: it is a table; use sensational corpus\n"
    table.unlink()
    assert "there is no such file" in run(capsys, command, str(table))[2]


@pytest.mark.parametrize(
    ("name", "hinted"),
    [("example.org/news/flood", True), ("www.example.org", True), ("data/flood.txt", False),
     ("../flood.txt", False), ("flood.txt", False)],
)  # fmt: skip
def test_a_missing_file_that_looks_like_an_address(capsys, tmp_path, monkeypatch, name, hinted) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys, "score", name)
    assert code == 2
    assert "there is no such file" in err
    assert ("; for a web address, begin with https:// and add --fetch\n" in err) == hinted


def test_a_host_that_is_not_found(capsys, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def fetch(address: str) -> tuple[bytes, str]:
        return fetching_alone(address, resolve=lambda host, port: [])

    fetching_alone = fetching.fetch
    monkeypatch.setattr(fetching, "fetch", fetch)
    code, out, err = run(capsys, "score", "--fetch", "https://example.org/news/flood")
    assert (code, out) == (2, "")
    assert err == (
        "sensational: https://example.org/news/flood: the host could not be found; check the address and "
        "your connection, or save the page and give the file\n"
    )


def test_report_into_a_file_is_refused(capsys, article_file) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run(capsys, "report", str(article_file), "--output", str(article_file))
    assert (code, out) == (2, "")
    assert "choose another --output" in err


def test_hostile_file_names_and_texts(capsys, tmp_path) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run(capsys, "score", "no\x1b[31m such\u202e file")
    assert (code, out) == (2, "")
    assert "\x1b" not in err
    assert "\u202e" not in err
    path = tmp_path / "h.txt"
    path.write_text("Hostile headline\n\nSome body that is long enough to read.\n", encoding="utf-8")
    code, out, _ = run(capsys, "score", str(path))
    assert code == 0
    assert "\x1b" not in out


def test_help_and_version(capsys) -> None:  # type: ignore[no-untyped-def]
    assert run(capsys)[1] == run(capsys, "--help")[1]
    assert run(capsys, "--version")[1].startswith("sensational ")
    for command in ("score", "report"):
        assert "--headline TEXT" in run(capsys, command, "--help")[1]


def test_every_command_of_other_modules_can_be_imported() -> None:
    import click

    context = click.Context(cli.cli)
    for name in cli.COMMANDS:
        assert cli.cli.get_command(context, name) is not None


def test_help_is_light() -> None:
    code = (
        "import sys, sensational.cli as c\n"
        "try: c.main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'rich','numpy','matplotlib','jinja2','typst','nltk','onnxruntime','pandas'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")


@pytest.mark.skipif(os.name == "nt", reason="the time of a child is told otherwise there")
def test_help_is_quick() -> None:
    """150 ms of the processor's time, since the machine may be busy."""
    import resource

    def spent() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    times = []
    for _ in range(5):
        start = spent()
        subprocess.run([*_RUN, "--help"], capture_output=True, check=True)
        times.append(spent() - start)
    assert min(times) < 0.15


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe is told otherwise there")
def test_broken_pipe_is_silent() -> None:
    run_help = f"{sys.executable} -m sensational --help"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; (sleep 0.3; {run_help}) | true"], capture_output=True, text=True
    )
    assert (done.stderr, done.returncode) == ("", 1)


def test_output_that_cannot_be_encoded_is_replaced() -> None:
    code = "import sys\nfrom sensational import cli\nsys.argv=['x']\ncli.complain('', 'a ⇢ b')\n"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii"}
    )
    assert b"Traceback" not in done.stderr


# --- completion by the shell


def completed(shell: str, words: str, place: int) -> list[str]:
    """What the shell would offer, as click answers it."""
    last = words.split(" ")[place] if place < len(words.split(" ")) else ""
    done = subprocess.run(
        _RUN,
        env={
            **os.environ, "_SENSATIONAL_COMPLETE": f"{shell}_complete", "COMP_WORDS": words,
            "COMP_CWORD": last if shell == "fish" else str(place),
        },
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_completes_commands_options_and_files(shell: str) -> None:
    offered = completed(shell, "sensational ", 1)
    for name in [*cli.cli.commands, *cli.COMMANDS]:
        assert any(name in line for line in offered), name
    assert any("--fetch" in line for line in completed(shell, "sensational score --f", 2))
    assert any("json" in line for line in completed(shell, "sensational score --format j", 3))
    for words, place in (("sensational score art", 2), ("sensational worksheet --body art", 3)):
        offered = completed(shell, words, place)
        assert "file" in "".join(offered)
        assert len(offered) <= 3


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_that_the_help_names(shell: str, capsys) -> None:  # type: ignore[no-untyped-def]
    if shell == "bash" and shutil.which("bash") is None:
        pytest.skip("click asks bash for its version")
    assert f"_SENSATIONAL_COMPLETE={shell}_source sensational" in run(capsys, "--help")[1]
    there = {**os.environ, "_SENSATIONAL_COMPLETE": f"{shell}_source"}
    script = subprocess.run(_RUN, env=there, capture_output=True, text=True, check=True).stdout
    assert f"_SENSATIONAL_COMPLETE={shell}_complete" in script
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=script, text=True, check=True)


@pytest.mark.skipif(os.name == "nt" or shutil.which("bash") is None, reason="needs bash")
def test_bash_completes(tmp_path: Path) -> None:
    """From the documented line to what is offered after the Tab key."""
    command = tmp_path / "sensational"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m sensational "$@"\n')
    command.chmod(0o755)
    typed = (
        'eval "$(_SENSATIONAL_COMPLETE=bash_source sensational)"; COMP_WORDS=(sensational co); COMP_CWORD=1; '
        '_sensational_completion sensational; echo "${COMPREPLY[@]}"; complete -p sensational'
    )
    done = subprocess.run(
        ["bash", "-c", typed],
        env={**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[0] == "coding-sheet corpus"
    assert "_sensational_completion sensational" in done.stdout
