"""Writing trained data: the same bytes for the same data, each file with its provenance."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any


def write_json(path: Path, data: Any) -> None:
    """Write ``data`` as UTF-8 JSON, keys sorted, indented by one, one newline at the end, on any machine.

    Raises:
        ValueError: ``data`` holds a number that is not finite.
        TypeError: ``data`` holds something JSON has no form for (a set has no order: sort it first).

    """
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((text + "\n").encode("utf-8"))


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def provenance(**facts: Any) -> dict[str, Any]:
    """Say what made a trained file: the facts given, and the Python that ran (major and minor version).

    Give at least ``what``, ``data`` (a description, no path), ``data_sha256``, ``seed``, ``method`` and
    ``libraries`` (name to version; see :func:`versions`). No time and no path: they would make two runs
    differ that are the same.
    """
    return {"python": f"{sys.version_info.major}.{sys.version_info.minor}", **facts}


def versions(*packages: str) -> dict[str, str]:
    """Read the installed version of each package.

    Raises:
        importlib.metadata.PackageNotFoundError: a package is not installed.

    """
    from importlib.metadata import version

    return {package: version(package) for package in packages}
