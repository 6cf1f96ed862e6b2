"""An address is fetched only where the user says so, and then only from the public internet."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sensational import cli
from sensational.web import fetch as fetching
from sensational.web.fetch import RefusedError

ADDRESS = "https://gazette.example/news/2024/?id=7"
PAGE = (
    b"<!doctype html><html><head><title>Bridge shut for hours after crack is seen | The Gazette</title>"
    b'<link rel="canonical" href="https://elsewhere.example/"></head><body><main>'
    b"<h1>Bridge shut for hours after crack is seen</h1>"
    b"<p>The bridge was shut on Friday morning after a driver told the county that he saw a crack in it.</p>"
    b"<p>Engineers looked at all eight piers and found nothing that they had not known since the spring.</p>"
    b"<p>It was open again by noon, and the queue of lorries had gone by the time that schools let out.</p>"
    b"</main></body></html>"
)


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stopped:
        cli.main(list(map(str, arguments)))
    out, err = capsys.readouterr()
    assert isinstance(stopped.value.code, int)
    return stopped.value.code, out, err


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were fetched, each of which is :data:`PAGE`."""
    found: list[str] = []

    def fetch(address: str) -> tuple[bytes, str]:
        found.append(address)
        return PAGE, "https://www.gazette.example/news/bridge"

    monkeypatch.setattr(fetching, "fetch", fetch)
    return found


@pytest.mark.parametrize("command", ["score", "report", "worksheet"])
@pytest.mark.parametrize("address", [ADDRESS, "http://gazette.example", "HTTPS://gazette.example/a"])
def test_without_the_option_nothing_is_fetched(
    command: str, address: str, capsys: pytest.CaptureFixture[str], asked: list[str], tmp_path: Path
) -> None:
    output = [] if command == "score" else ["--output", tmp_path / "out"]
    for arguments in ([address], ["--headline", "Bridge shut", "--body", address]):
        code, out, err = run(capsys, command, *arguments, *output)
        assert (code, out) == (2, "")
        assert err.startswith(f"sensational: {address}: this is a web address")
        assert "--fetch" in err
        assert err.count("\n") == 1
    assert asked == []
    assert not (tmp_path / "out").exists()


def test_score(capsys: pytest.CaptureFixture[str], asked: list[str]) -> None:
    code, out, err = run(capsys, "score", "--fetch", ADDRESS, "--format", "json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert (found["id"], found["headline"]) == (ADDRESS, "Bridge shut for hours after crack is seen")
    assert asked == [ADDRESS]
    other = "Bridge collapses in panic"
    code, out, _ = run(capsys, "score", "--fetch", "--headline", other, "--body", ADDRESS, "--format", "json")
    assert json.loads(out)["headline"] == other


def test_the_address_is_the_one_that_was_reached(asked: list[str]) -> None:
    """And not the one that the page claims."""
    article = fetching.fetched_article(ADDRESS)
    assert (article.id, article.address) == (ADDRESS, "https://www.gazette.example/news/bridge")


def test_report_and_worksheet_are_named_after_the_headline(
    capsys: pytest.CaptureFixture[str], asked: list[str], tmp_path: Path
) -> None:
    code, _, err = run(capsys, "report", "--fetch", ADDRESS, ADDRESS, "--output", tmp_path)
    assert (code, err) == (0, "")
    stem = "Bridge-shut-for-hours-after-crack-is-seen"
    assert {path.name for path in tmp_path.iterdir()} == {
        f"{name}.{form}" for name in (stem, f"{stem}-2") for form in ("html", "pdf")
    }
    code, _, err = run(capsys, "worksheet", "--fetch", ADDRESS, "--output", tmp_path / "class")
    assert (code, err) == (0, "")
    assert {path.name for path in (tmp_path / "class").iterdir()} >= {f"{stem}-key.pdf"}


def test_files_and_addresses_go_together(
    capsys: pytest.CaptureFixture[str], asked: list[str], tmp_path: Path
) -> None:
    saved = tmp_path / "saved.html"
    saved.write_bytes(PAGE)
    code, out, err = run(capsys, "score", saved, ADDRESS, "--format", "json")
    assert (code, out.count("\n")) == (2, 1)
    assert "1 of 2 articles could not be done" in err
    code, out, err = run(capsys, "score", "--fetch", saved, ADDRESS, "--format", "json")
    assert (code, out.count("\n"), err) == (0, 2, "")
    assert asked == [ADDRESS]
    first, second = (json.loads(line) for line in out.splitlines())
    assert first["divergence"] == second["divergence"]


def test_what_cannot_be_fetched(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(address: str) -> tuple[bytes, str]:
        raise RefusedError("it answers with 404, and not with the page")

    monkeypatch.setattr(fetching, "fetch", refuse)
    code, out, err = run(capsys, "score", "--fetch", ADDRESS)
    assert (code, out) == (2, "")
    assert err == (
        f"sensational: {ADDRESS}: it answers with 404, and not with the page; save the page from your "
        "browser and give the file\n"
    )
    monkeypatch.setattr(fetching, "fetch", lambda address: (b"<html><body></body></html>", address))
    assert "no article was found on this page; save the page" in run(capsys, "score", "--fetch", ADDRESS)[2]
    monkeypatch.setattr(fetching, "fetch", lambda address: (b"  ", address))
    assert "it is empty; save the page" in run(capsys, "score", "--fetch", ADDRESS)[2]


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://localhost/a.html", "https://[::1]/", "http://169.254.169.254/latest",
     "http://127.0.0.1:8000/", "http://user:secret@gazette.example/", "http://", "https:///a"],
)  # fmt: skip
def test_this_machine_and_its_network_are_not_fetched_from(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the real fetcher, without a network."""
    code, out, err = run(capsys, "score", "--fetch", address)
    assert (code, out) == (2, "")
    assert "save the page from your browser" in err
    assert "fault of the program" not in err


@pytest.mark.parametrize("name", ["ftp://a.example/b", "www.gazette.example", "file:///etc/passwd", "http:a"])
def test_what_is_no_web_address_is_a_name_of_a_file(
    name: str, capsys: pytest.CaptureFixture[str], asked: list[str]
) -> None:
    code, _, err = run(capsys, "score", "--fetch", name)
    assert (code, asked) == (2, [])
    assert "there is no such file" in err


def test_the_fetcher_needs_no_extra() -> None:
    code = (
        "import sys\n"
        "for name in ('starlette', 'uvicorn', 'python_multipart', 'httpx2'): sys.modules[name] = None\n"
        "import sensational.cli, sensational.web.fetch\n"
        "print('ok')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "ok\n"


@pytest.mark.parametrize("command", ["score", "report", "worksheet"])
def test_it_is_in_the_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, command, "--help")
    assert "--fetch" in out
    assert "address of a page" in " ".join(out.split())
