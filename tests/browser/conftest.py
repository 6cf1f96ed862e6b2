"""A served page and a browser, for ``pytest -m browser`` (``tox -e browser``).

Needs playwright, Debian's chromium and axe-core; what is missing is said, and its tests are skipped.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
WIDTHS = {"phone": (360, 740), "laptop": (1280, 800), "projector": (1920, 1080)}


def served(*arguments: str) -> tuple[subprocess.Popen[str], list[str]]:
    """``sensational serve`` on a free port, and the addresses that it printed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "sensational", "serve", "--port", "0", *arguments],
        stdout=subprocess.PIPE, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(2 if "--class" in arguments else 1)]
    found = [re.search(r"http://\S+", line) for line in lines]
    return process, [one.group() for one in found if one]


@pytest.fixture(scope="session")
def page_address() -> Iterator[str]:
    process, (address,) = served()
    yield address
    process.terminate()
    process.wait(10)


@pytest.fixture
def class_addresses() -> Iterator[tuple[str, str]]:
    process, (teacher, pupils) = served("--class", "--host", "127.0.0.1")
    yield teacher, pupils
    process.terminate()
    process.wait(10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: NOT TESTED in a browser"
    )
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.skip("chromium is not installed: NOT TESTED in a browser")
    with sync_api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="session")
def axe() -> Callable[[Any], list[str]]:
    """Gives what axe-core finds wrong on a page, by WCAG 2.2 AA and its best practices."""
    path = Path(os.environ.get("AXE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))
    if not path.is_file():
        pytest.skip(f"axe-core is not at {path} (npm install axe-core; AXE=path): accessibility NOT TESTED")
    script = path.read_text(encoding="utf-8")

    def violations(page: Any) -> list[str]:
        page.evaluate(script)
        found = page.evaluate("axe.run(document, {rules: {'target-size': {enabled: true}}})")
        return [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]]

    return violations


@pytest.fixture
def pictures() -> Callable[[Any, str], None]:
    """Takes a picture of a page, where ``PICTURES`` names a folder for them."""
    folder = os.environ.get("PICTURES")

    def take(page: Any, name: str, **options: Any) -> None:
        if folder:
            page.wait_for_timeout(600)  # until what moves has come to rest
            page.screenshot(path=Path(folder) / f"{name}.png", **options)

    return take
