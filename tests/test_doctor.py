"""What ``sensational doctor`` finds, on a whole installation and on broken ones."""

import json
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from sensational import __version__, cli, scorer
from sensational.analysis import Analysis
from sensational.commands import doctor
from sensational.scorer import score
from sensational.verifier import model
from sensational.verifier.model import VerifierError, checksum

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["doctor", *arguments])
    out, err = capsys.readouterr()
    assert isinstance(stopped.value.code, int)
    return stopped.value.code, out, err


def test_a_whole_installation(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == f"sensational {__version__}"
    assert lines[-1] == "Everything works."
    assert f"Verifier:   {checksum()}, whole" in lines
    assert f"onnxruntime {metadata.version('onnxruntime')}" in out
    assert re.search(
        r"^Self-test:  passed; \d+\.\d\d s, again \d+\.\d\d s; divergence [\d.]+, \d+ terms$", out, re.M
    )
    assert str(Path.home()) not in out
    assert str(ROOT) not in out


def test_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "--format", "json")
    found = json.loads(out)
    assert (code, err, out.count("\n")) == (0, "", 1)
    assert found["well"] is True
    assert found["verifier_problem"] is found["self_test"]["problem"] is None
    assert found["libraries"]["numpy"] == metadata.version("numpy")
    assert found["self_test"]["divergence"] == score(doctor.HEADLINE, doctor.BODY).divergence


def test_it_names_every_library_that_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, "--format", "json")[1])
    assert set(found["libraries"]) == {re.split(r"[<>=; ]", one)[0] for one in PROJECT["dependencies"]}
    assert {"starlette", "dask", "scikit-learn"} <= set(found["extras"])
    assert "sensational-headlines" not in found["extras"]


def test_what_is_not_installed_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    version, extras = metadata.version, doctor._required(of_extras=True)

    def missing(name: str) -> str:
        if name in ("textstat", *extras):
            raise metadata.PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(metadata, "version", missing)
    _, out, _ = run(capsys)
    assert "Missing:    textstat" in out
    assert "Extras:     none" in out
    assert json.loads(run(capsys, "--format", "json")[1])["libraries"]["textstat"] is None


def test_a_damaged_verifier(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged() -> None:
        raise VerifierError("verifier.onnx: the file is damaged: install sensational again")

    monkeypatch.setattr(model, "require", damaged)
    code, out, err = run(capsys)
    assert (code, err) == (1, "")
    assert "Verifier:   unknown, VerifierError: verifier.onnx: the file is damaged" in out
    assert out.splitlines()[-1] == "Something is wrong; see above."
    code, out, _ = run(capsys, "--format", "json")
    assert code == 1
    assert json.loads(out)["well"] is False


def _raise(headline: str, body: str) -> Analysis:
    raise OSError(f"{Path.home()}/lists/en.tsv\x1b[31m:\nno such file")


def _changing() -> Any:
    real, turn = scorer.score, iter(range(9))
    return lambda headline, body: real(headline, body if next(turn) % 2 else f"{body} And so on.")


@pytest.mark.parametrize(
    ("stand_in", "said"),
    [
        (_raise, "failed (OSError: ~/lists/en.tsv"),
        (lambda headline, body: score(headline, ""), "failed (not scored: "),
        (_changing(), "failed (the same article was scored in two ways)"),
    ],
)
def test_a_self_test_that_fails(
    stand_in: Any, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scorer, "score", stand_in)
    code, out, err = run(capsys)
    assert (code, err) == (1, "")
    assert f"Self-test:  {said}" in out
    assert "\x1b" not in out
    assert str(Path.home()) not in out


def test_the_contributions_are_added_up() -> None:
    from dataclasses import replace

    analysis = score(doctor.HEADLINE, doctor.BODY)
    assert doctor._wrong(analysis, analysis) is None
    wrong = replace(analysis, divergence=(analysis.divergence or 0.0) + 1)
    assert "do not add up" in (doctor._wrong(wrong, wrong) or "")


def test_a_processor_that_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(doctor, "import_module", unknown)
    assert doctor._features() == ()
    monkeypatch.setattr(doctor.platform, "processor", lambda: "")
    monkeypatch.setattr("builtins.open", _raise_missing)
    assert doctor._processor() == doctor.platform.machine()


def _raise_missing(*arguments: Any, **named: Any) -> Any:
    raise FileNotFoundError


@pytest.mark.skipif(sys.platform == "win32", reason="the time of a child is told otherwise there")
def test_it_takes_less_than_three_seconds() -> None:
    """Of the processor's time, since the machine may be busy."""
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "sensational", "doctor"], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 3
