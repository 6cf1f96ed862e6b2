"""Writing trained data: the same bytes for the same data, each file with its provenance."""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy.typing as npt

# The earliest time a zip archive can hold: an archive must not depend on when it was written.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_json(path: Path, data: Any) -> None:
    """Write ``data`` as UTF-8 JSON, keys sorted, indented by one, one newline at the end, on any machine.

    Raises:
        ValueError: ``data`` holds a number that is not finite.
        TypeError: ``data`` holds something JSON has no form for (a set has no order: sort it first).

    """
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((text + "\n").encode("utf-8"))


def write_npz(path: Path, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    """Write plain arrays as a compressed NPZ without pickles, names sorted, byte for byte repeatable.

    (``numpy.savez_compressed`` does the same but for the time of writing.) Arrays are little-endian
    and in C order. Read them with ``numpy.load(path, allow_pickle=False)``.

    Raises:
        ValueError: an array holds Python objects.

    """
    import numpy as np

    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(arrays):
            array = np.ascontiguousarray(arrays[name])
            array = array.astype(array.dtype.newbyteorder("<"), copy=False)
            held = BytesIO()
            np.lib.format.write_array(held, array, version=(1, 0), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=_ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # otherwise the archive names the operating system it was written on
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, held.getvalue())


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
