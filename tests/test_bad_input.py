"""Whatever comes in: a clear error, or an abstention with its reason; never a traceback, never a hang."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from articles import ROOT, examples
from test_abstain import FOREIGN

from sensational.cli import as_json
from sensational.scorer import score

HEADLINE = "Premier humiliated as ‘terrified’ dockers flee port in droves over 12,000 job cuts"
STORY = (
    "Some dockers have left the port because they are terrified of the new rota, a worker said on Monday. The "  # noqa: E501
    "premier denied that 12,000 jobs would be cut, and called the report “a hoax”."
)

BODIES = {
    "quotation marks": '"' * 10_000,
    "opening marks": "“" * 10_000,
    "apostrophes": "'" * 10_000,
    "words in opening marks": "“the dockers " * 3_000,
    "digits": "7" * 10_000,
    "numbers": "one in 12 of the " * 3_000,
    "no space": "a" * 1_000_000,
    "hyphens": "a-" * 100_000,
    "new lines": "\n" * 100_000,
    "carriage returns": "\r" * 100_000,
    "spaces": " " * 200_000 + STORY,
    "punctuation": ".,;:!?-–—()[]{}…" * 5_000,
    "full stops": "the of . " * 10_000,
    "NUL": "\0" * 10_000,
    "NUL in a story": STORY.replace(" ", " \0"),
    "control characters": STORY + "".join(map(chr, range(32))),
    "emoji": "😀👩‍👩‍👧" * 5_000,
    "emoji in a story": STORY.replace(" ", " 😀 "),
    "lone surrogates": "\ud800\udfff" * 1_000,
    "lone surrogates in a story": STORY.replace("a", "\ud83d"),
    "right to left": "‏" + FOREIGN["Arabic"] + "‮" + STORY,
    "combining marks": STORY.replace("e", "e" + "\u0301" * 50),
    "other spaces": STORY.replace(" ", "\u2003"),
    "line separators": STORY.replace(". ", ".\u2028"),
    "full width": "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in STORY),
    "one sentence": STORY.partition(". ")[0],
    "no full stop": "the dockers said that he may not have denied it and " * 2_000,
    "denials": "It is a hoax, they denied it, and the claim is false. " * 2_000,
    "mark-up": "<p>" * 20_000 + STORY + "</p>" * 20_000,
    "brackets": "(" * 20_000 + STORY,
    "initials": "U.S." * 20_000,
    "abbreviations": "the Mr. Dr. e.g. of " * 5_000,
    "colons": "Dockers: the of it is\n" * 5_000,
    "a thousand paragraphs of one word": "The\n\n" * 10_000,
    **FOREIGN,
}

HEADLINES = {
    "5,000 words": "terrified dockers flee the 12 ports " * 834,
    "5,000 words, all different": " ".join(f"w{'abcdefghij'[n % 10]}{n:x}" for n in range(5_000)),
    "5,000 quoted words": "‘scared’ " * 5_000,
    "the body": STORY,
    "marks": "“" * 10_000 + "dockers",
    "digits": "7" * 10_000,
    "no space": "a" * 100_000,
    "surrogates": "\ud800 dockers \udfff flee",
    "NUL": "dockers\0flee",
    "right to left": "‮" + HEADLINE,
    "new lines": "dockers\n\n\nflee\r\nport",
    "Arabic": FOREIGN["Arabic"],
    "punctuation": "?!… – ‘’",
    "one letter": "a",
    "braces": "{{ dockers }} #let x = 1 </style> <script>",
}

SECONDS = 20.0  # each takes far less than a second; so much for a machine that is busy


def is_an_answer(line: str) -> None:
    data = json.loads(line)
    assert (data["status"] == "scored") == (data["divergence"] is not None) == (data["reason"] is None)
    assert data["status"] == "scored" or data["reason"].endswith(".")


@pytest.mark.parametrize("name", BODIES)
def test_bodies(name: str) -> None:
    begin = time.process_time()
    is_an_answer(as_json(score(HEADLINE, BODIES[name])))
    assert time.process_time() - begin < SECONDS


@pytest.mark.parametrize("name", HEADLINES)
@pytest.mark.parametrize("body", [STORY, STORY * 50, ""], ids=["story", "long story", "no body"])
def test_headlines(name: str, body: str) -> None:
    begin = time.process_time()
    is_an_answer(as_json(score(HEADLINES[name], body)))
    assert time.process_time() - begin < SECONDS


def test_a_headline_that_is_the_body_diverges_by_nothing() -> None:
    for sample in examples():
        first = sample.body.split("\n")[0]
        if "denies" not in first and "false" not in first:
            assert score(first, first).divergence == 0


def test_nothing_of_the_body_tells_of_a_longer_one() -> None:
    """Ten times the text costs some ten times as much: this one is held loosely, for busy machines."""
    body = examples()[0].body + "\n\n"
    score(HEADLINE, body)

    def cost(times: int) -> float:
        best = float("inf")
        for _ in range(2):
            begin = time.process_time()
            score(HEADLINE, body * times)
            best = min(best, time.process_time() - begin)
        return best

    assert cost(400) < 40 * cost(40)


# Through the command: what a reader types.


def command(*arguments: str | Path, text: bytes | None = None) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "sensational", *map(str, arguments)],
        input=text,
        capture_output=True,
        timeout=120,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "SENSATIONAL_DEBUG": ""},
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def is_clear(result: tuple[int, str, str]) -> None:
    """Exit 2 with one line on standard error, or an answer and nothing there."""
    code, out, err = result
    assert "Traceback" not in err
    assert "fault of the program" not in err
    if code == 0:
        assert err == ""
        is_an_answer(out)
    else:
        assert code == 2
        assert out == ""
        assert err.count("\n") == 1
        assert err.startswith("sensational: ")


FILES: dict[str, bytes] = {
    "empty.txt": b"",
    "blank.txt": b" \n\n\t\n",
    "one-line.txt": HEADLINE.encode(),
    "headline-only.txt": HEADLINE.encode() + b"\n\n\n",
    "binary.bin": bytes(range(256)) * 400,
    "image.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 100,
    "archive.txt": b"PK\x03\x04" + bytes(at * 37 % 251 for at in range(4_000)),
    "nul.txt": b"\0" * 20_000,
    "no-article.html": b"<!doctype html><html><head><title>Menu</title></head><body><nav><a href='/'>Home</a></nav></body></html>",  # noqa: E501
    "empty.html": b"<html></html>",
    "broken.html": b"<html><body><h1>Dockers flee<p>" + STORY.encode() + b"<div><<<",
    "deep.html": b"<div>" * 20_000 + STORY.encode() + b"</div>" * 20_000,
    "utf-16.txt": f"{HEADLINE}\n\n{STORY}".encode("utf-16"),
    "utf-16-odd.txt": f"{HEADLINE}\n\n{STORY}".encode("utf-16")[:-1],
    "latin.txt": f"Café closes\n\n{STORY} Café, naïve.".encode("cp1252"),
    "surrogates.txt": f"{HEADLINE}\n\n{STORY}\ud800".encode("utf-8", "surrogatepass"),
    "arabic.txt": f"{FOREIGN['Arabic'].partition('.')[0]}\n\n{FOREIGN['Arabic']}".encode(),
    "german.txt": f"Brücke zu\n\n{FOREIGN['German']}".encode(),
    "marks.txt": f"{HEADLINE}\n\n".encode() + b'"' * 10_000,
    "new-lines.txt": b"\n" * 100_000,
    "long-line.txt": b"a" * 1_000_000,
    "long-headline.txt": ("terrified dockers " * 2_500).encode() + b"\n\n" + STORY.encode(),
}


@pytest.mark.parametrize("name", FILES)
def test_files(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name])
    is_clear(command("score", path, "--format", "json"))


@pytest.mark.parametrize("name", ["one-line.txt", "binary.bin", "arabic.txt", "deep.html", "surrogates.txt"])
def test_standard_input(name: str) -> None:
    is_clear(command("score", "-", "--format", "json", text=FILES[name]))


@pytest.mark.parametrize("name", ["surrogates.txt", "arabic.txt", "german.txt", "long-headline.txt"])
def test_in_words(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name])
    code, out, err = command("score", path)
    assert (code, err) == (0, "")
    assert out.strip()


def test_reports_of_bad_input(tmp_path: Path) -> None:
    for name in ("german.txt", "surrogates.txt", "arabic.txt"):
        path = tmp_path / name
        path.write_bytes(FILES[name])
        code, out, err = command("report", path, "--output", tmp_path / "out")
        assert "Traceback" not in err
        assert (code, err) == (0, ""), name
        assert out


def test_headline_without_body(tmp_path: Path) -> None:
    is_clear(command("score", "--headline", HEADLINE, "--body", tmp_path / "none.txt", "--format", "json"))
    is_clear(command("score", "--headline", HEADLINE, "--body", "-", "--format", "json", text=b""))
    is_clear(command("score", "--headline", "", "--body", "-", "--format", "json", text=STORY.encode()))
    is_clear(command("score", tmp_path, "--format", "json"))


@pytest.mark.skipif(
    os.environ.get("HYPOTHESIS_PROFILE") != "thorough", reason="takes minutes; HYPOTHESIS_PROFILE=thorough"
)
def test_fifty_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    path.write_text(f"{HEADLINE}\n\n" + (STORY + "\n\n") * (50_000_000 // len(STORY)), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "sensational", "score", str(path), "--format", "json"],
        capture_output=True, cwd=ROOT, timeout=1_800, check=False,
    )  # fmt: skip
    is_clear((done.returncode, done.stdout.decode(), done.stderr.decode()))
