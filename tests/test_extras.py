"""What is said of a library that an extra brings along."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from sensational.extras import not_installed

ROOT = Path(__file__).parents[1]


def test_the_extra_is_named_for_a_checkout_and_without_one() -> None:
    said = not_installed("uvicorn", "web")
    assert said.startswith('uvicorn is not installed; it comes with the extra "web"')
    assert 'pip install -e ".[web]"' in said


def test_every_extra_that_is_named_is_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "sensational").rglob("*.py"))
    named = set(re.findall(r"""not_installed\([^()]*, ["'](\w+)["']\)""", source))
    assert {"dask", "sklearn", "train", "web"} == named
    assert named <= project["optional-dependencies"].keys()
    assert source.count("pip install -e") == 1  # one way to say it
