"""The command: where it listens, what it prints, and that it ends."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from sensational.commands import serve as command
from sensational.web.worker import BusyError, Worker

ROOT = Path(__file__).parents[2]


def start(*arguments: str) -> tuple[subprocess.Popen[str], list[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "sensational", "serve", "--port", "0", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(3 if "--class" in arguments else 1)]
    return process, [found.group() for line in lines if (found := re.search(r"http://\S+", line))]


def asked(address: str, host: str | None = None) -> int:
    request = urllib.request.Request(address, headers={"Host": host} if host else {})  # noqa: S310 - our own page
    opened = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    for _ in range(50):
        try:
            with opened.open(request, timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as problem:
            return problem.code
        except OSError:
            time.sleep(0.1)
    raise AssertionError("it does not answer")


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise on Windows")
def test_a_class_over_real_sockets() -> None:
    process, (teacher, pupils) = start("--class", "--host", "127.0.0.1")
    try:
        assert asked(teacher) == 200
        assert asked(pupils) == 200
        assert asked(pupils, host="evil.example") == 421
        assert asked(teacher.replace("key=", "key=x")) == 403
    finally:
        process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=15)
    assert (process.returncode, err) == (0, "")
    assert "all answers are gone" not in out  # said before, in the lines that were read


def test_it_listens_on_this_machine_alone_unless_asked() -> None:
    (only,) = command._listen(None, 0)
    assert only.getsockname()[0] == "127.0.0.1"
    only.close()


def test_a_port_that_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = CliRunner().invoke(command.serve, ["--port", str(taken.getsockname()[1])])
    assert result.exit_code == 2
    assert "choose another --port" in result.output


def test_an_address_of_another_machine() -> None:
    result = CliRunner().invoke(command.serve, ["--port", "0", "--host", "192.0.2.1"])
    assert result.exit_code == 2
    assert "check --host" in result.output


def test_a_class_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_local_address", lambda: None)
    result = CliRunner().invoke(command.serve, ["--class"])
    assert result.exit_code == 2
    assert "--host" in result.output


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    result = CliRunner().invoke(command.serve, [])
    assert result.exit_code == 2
    assert ".[web]" in result.output


def test_a_worker_lets_only_so_many_wait() -> None:
    import asyncio
    import threading

    async def crowd() -> list[object]:
        worker, gate = Worker(waiting=3), threading.Event()
        waiting = [asyncio.ensure_future(worker.run(gate.wait)) for _ in range(5)]
        await asyncio.sleep(0.01)
        gate.set()
        first = await asyncio.gather(*waiting, return_exceptions=True)
        again = await worker.run(lambda: "free")
        worker.close()
        return [*first, again]

    *first, again = asyncio.run(crowd())
    assert [isinstance(one, BusyError) for one in first] == [False] * 3 + [True] * 2
    assert again == "free"


def test_a_worker_survives_what_goes_wrong() -> None:
    import asyncio

    async def broken() -> None:
        worker = Worker(waiting=1)
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                await worker.run(lambda: 1 // 0)
        worker.close()

    asyncio.run(broken())
