"""The design tokens: colours, lines, signs, fonts and sizes, defined once in ``tokens.json``."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("tokens.json")


@cache
def tokens() -> dict[str, Any]:
    """All tokens, as they stand in ``tokens.json``; not to be changed."""
    loaded: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return loaded


def colours(theme: str = "light") -> dict[str, str]:
    """Hexadecimal colours by name; ``theme`` is ``"light"`` or ``"dark"``."""
    found: dict[str, str] = tokens()["colours"][theme]
    return found


def sign(verdict: str) -> str:
    """The sign of a verdict, one character."""
    return str(tokens()["verdicts"][verdict]["sign"])


def css_variables() -> str:
    """The tokens as CSS custom properties: light by default and in print, dark where preferred."""
    fonts, sizes = tokens()["fonts"], tokens()["sizes"]
    shared = [f"--{name[5:]}:{value}" for name, value in fonts.items() if name.startswith("html_")]
    shared += [f"--size-{name.replace('_', '-')}:{value / 16:g}rem" for name, value in sizes.items()]
    light, dark = (";".join(f"--{n}:{c}" for n, c in colours(t).items()) for t in ("light", "dark"))
    return (
        f":root{{color-scheme:light dark;{';'.join(shared)};{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
    )
