"""A hundred pupils at once: how long a page of the class takes to answer, on this machine and on no other.

    python tests/benchmarks/class_load.py [--pupils 100] [--minutes 0.5]

Starts the page in class mode on 127.0.0.1 and ends it again. Every pupil is a thread with a connection of its
own, as a phone is, so the figures bear the cost of a hundred clients on the same cores too. What is measured:
joining and answering, all at the same moment; keeping up as the phones do, every 2.5 seconds, while articles
are scored and drawn; and what the page does with too much: codes guessed, bodies too large, slow ones.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import secrets
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).parent.parent.parent
MOST_PUPILS = 200  # more threads than that would measure this script


class Browser:
    """A connection with its cookies."""

    def __init__(self, base: str) -> None:
        parts = urlsplit(base)
        self.host = parts.netloc
        self.link = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=30)
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, form: object = None) -> tuple[int, str, float]:
        """Status, text and seconds of one request, without following redirects."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if method == "POST":
            headers |= {"Origin": f"http://{self.host}", "Content-Type": "application/x-www-form-urlencoded"}
            body = urlencode(form or {}, doseq=True)
        start = time.perf_counter()
        try:
            self.link.request(method, path, body, headers)
            answer = self.link.getresponse()
        except (OSError, http.client.HTTPException):  # closed while it was idle: a browser opens another
            self.link.close()
            self.link.request(method, path, body, headers)
            answer = self.link.getresponse()
        text = answer.read().decode("utf-8", "replace")
        took = time.perf_counter() - start
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, text, took


def together(
    pupils: list[Browser], work: Callable[[int, Browser], list[tuple[int, float]]]
) -> list[tuple[int, float]]:
    """Status and seconds of what all pupils do, having started at the same moment."""
    gate = threading.Barrier(len(pupils))
    found: list[list[tuple[int, float]]] = [[] for _ in pupils]

    def run(number: int) -> None:
        gate.wait()
        found[number] = work(number, pupils[number])

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(pupils))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [one for row in found for one in row]


def tell(what: str, found: list[tuple[int, float]]) -> None:
    """A line: how many, the middle, the slow end, and what was not answered as it should be."""
    times = sorted(took for _, took in found)
    wrong = sum(status not in (200, 303) for status, _ in found)
    slow = times[min(len(times) - 1, int(len(times) * 0.99))]
    print(
        f"{what:<44}{len(found):>6} answers  median {statistics.median(times) * 1000:5.0f} ms  "
        f"99 % under {slow * 1000:5.0f} ms  longest {times[-1] * 1000:5.0f} ms  refused {wrong}"
    )


def main() -> None:
    """Run it and print the figures."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--pupils", type=int, default=100)
    options.add_argument("--minutes", type=float, default=0.5)
    given = options.parse_args()
    count, seconds = min(given.pupils, MOST_PUPILS), min(given.minutes, 5.0) * 60
    server = subprocess.Popen(
        [sys.executable, "-m", "sensational", "serve", "--class", "--host", "127.0.0.1", "--port", "0"],
        stdout=subprocess.PIPE, text=True, cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    try:
        measure(server, count, seconds)
    finally:
        server.terminate()
        server.wait(10)


def measure(server: subprocess.Popen[str], count: int, seconds: float) -> None:
    """All figures, one after the other."""
    assert server.stdout is not None
    found = re.search(r"(http://127\.0\.0\.1:\d+)(/teach\?key=\S+)", server.stdout.readline())
    if found is None:
        raise SystemExit("the page did not start")
    base, key = found.groups()
    time.sleep(5)  # it scores an example first, so that nobody waits for imports
    teacher = Browser(base)
    teacher.ask("GET", key)
    code = "".join(re.findall(r'class="code">([^<]+)<', teacher.ask("GET", "/teach")[1]))
    pupils = [Browser(base) for _ in range(count)]

    def step(
        work: Callable[[int, Browser], list[tuple[str, str, object]]],
    ) -> Callable[[int, Browser], list[tuple[int, float]]]:
        def done(number: int, pupil: Browser) -> list[tuple[int, float]]:
            return [(status, took) for status, _, took in (pupil.ask(*one) for one in work(number, pupil))]

        return done

    print(f"{count} pupils on 127.0.0.1, {os.cpu_count()} cores, the clients on the same cores")
    tell("load the first page, all at once", together(pupils, step(lambda n, p: [("GET", "/", None)])))
    joined = together(pupils, step(lambda n, p: [("POST", "/join", {"code": code, "nickname": f"p{n}"})]))
    tell("join, all at once", joined)
    teacher.ask("POST", "/teach/article", {"example": "harbour"})
    tell("open the article, all at once", together(pupils, step(lambda n, p: [("GET", "/pupil", None)])))

    def answer(n: int, _: Browser) -> list[tuple[str, str, object]]:
        marks = {"place": "1-mark", "guess": n % 101, "w": [n % 7, 3, 5]}
        return [("POST", "/pupil/answer", marks), ("GET", "/pupil", None)]

    tell("send marks and guess, all at once", together(pupils, step(answer)))

    until = time.monotonic() + seconds
    busy: list[float] = []

    def keep_up(n: int, pupil: Browser) -> list[tuple[int, float]]:
        done = []
        time.sleep(2.5 * n / count)
        while time.monotonic() < until:
            status, _, took = pupil.ask("GET", "/pupil/place")
            done.append((status, took))
            time.sleep(2.5)
        return done

    def score_meanwhile() -> None:
        other = Browser(base)
        other.cookies = dict(teacher.cookies)
        while time.monotonic() < until:
            busy.append(other.ask("POST", "/article", {"example": "flood"})[2])

    scoring = threading.Thread(target=score_meanwhile)
    scoring.start()
    tell(f"keep up for {seconds:.0f} s while articles are scored", together(pupils, keep_up))
    scoring.join()
    print(f"  meanwhile {len(busy)} articles were scored and drawn, {statistics.median(busy):.2f} s each")

    teacher.ask("POST", "/teach/next", {"place": "1-mark"})

    def vote(n: int, _: Browser) -> list[tuple[str, str, object]]:
        votes = {"place": "1-check"} | {f"t{term}": (n + term) % 3 for term in range(1, 9)}
        return [("GET", "/pupil", None), ("POST", "/pupil/answer", votes)]

    tell("open the terms and send votes, all at once", together(pupils, step(vote)))
    teacher.ask("POST", "/teach/next", {"place": "1-check"})
    tell(
        "the teacher opens the ledger with the votes", [teacher.ask("GET", "/teach")[::2] for _ in range(10)]
    )
    table = teacher.ask("GET", "/teach/answers.csv")[1]
    named = len(set(re.findall(r",(p[0-9]+),", table)))
    print(f"  {table.count(chr(10)) - 1} answers in the table, of {named} pupils")
    abuse(base)
    memory = Path(f"/proc/{server.pid}/status")
    if memory.is_file():
        print("memory of the page at its height:", *re.findall(r"VmHWM:\s*(.*)", memory.read_text()))


def abuse(base: str) -> None:
    """What it does with too much."""
    thief = Browser(base)
    tried = [thief.ask("POST", "/join", {"code": secrets.token_hex(3)})[0] for _ in range(300)]
    print(
        f"300 codes guessed from one address: {tried.count(422)} looked at, {tried.count(429)} refused unseen"
    )
    host, port = urlsplit(base).hostname or "", urlsplit(base).port or 80
    head = f"POST /join HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: {base}\r\n"
    with socket.create_connection((host, port), 10) as raw:
        raw.sendall(f"{head}Content-Length: 5000000000\r\n\r\n".encode())
        print("a body said to be 5 GB:", raw.recv(200).split(b"\r\n")[0].decode())
    with socket.create_connection((host, port), 30) as raw:
        raw.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        sent = 0
        try:
            while sent < 10_000_000:
                raw.sendall(b"1000\r\n" + b"a" * 4096 + b"\r\n")
                sent += 4096
        except OSError:
            pass
        print(f"chunks without end, {sent:,} bytes sent:", raw.recv(200).split(b"\r\n")[0].decode())
    slow = [socket.create_connection((host, port), 10) for _ in range(100)]
    for one in slow:
        one.sendall(f"{head}Content-Length: 100\r\n\r\nco".encode())
    times = [Browser(base).ask("GET", "/")[2] for _ in range(20)]
    print(f"with 100 bodies that never end: a page takes {max(times) * 1000:.0f} ms at most")
    for one in slow:
        one.close()


if __name__ == "__main__":
    main()
