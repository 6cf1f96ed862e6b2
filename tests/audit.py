"""Known holes in the libraries of ``requirements-dev.txt``: ``python tests/audit.py [--service pypi|osv]``.

It asks pip-audit, which asks a service on the internet. Where that service does not answer, or knows nothing,
pip-audit says "No known vulnerabilities found" all the same, with every library skipped. So a version that is
known to have holes is asked for first, and a library that was skipped is no library without holes.

Exits with 0 where every library was looked up and none has a known hole, 1 where one has, 2 where nothing can
be said.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

LOCKED = Path(__file__).parents[1] / "requirements-dev.txt"
# Jinja2 3.1.2 lets attributes be injected (CVE-2024-22195), and more: any service that works knows of it.
CANARY = "jinja2==3.1.2"
TOO_LITTLE = "NOTHING WAS AUDITED"


def audited(requirements: Path, service: str, *more: str) -> Sequence[Mapping[str, Any]]:
    """What pip-audit says of each library; ends the program with 2 where it says nothing."""
    done = subprocess.run(
        [sys.executable, "-m", "pip_audit", "--requirement", str(requirements), "--disable-pip",
         "--vulnerability-service", service, "--format", "json", "--progress-spinner", "off", *more],
        capture_output=True, text=True, encoding="utf-8", check=False, timeout=900,
    )  # fmt: skip
    try:
        found: Sequence[Mapping[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        print(f"{TOO_LITTLE}: pip-audit reached no service ({service}): {last}", file=sys.stderr)
        sys.exit(2)
    return found


def judged(canary: Sequence[Mapping[str, Any]], locked: Sequence[Mapping[str, Any]]) -> tuple[int, str]:
    """Exit code and words for what was said of the version with known holes, and of the libraries."""
    if not any(one.get("vulns") for one in canary):
        return 2, (
            f"{TOO_LITTLE}: the service knows of no hole in {CANARY}, which has some. It cannot be reached, "
            "or is a mirror without them. Run this where pypi.org or osv.dev can be reached."
        )
    skipped = [one["name"] for one in locked if "skip_reason" in one]
    holes = [
        f"{one['name']} {one['version']}: {', '.join(v['id'] for v in one['vulns'])}"
        for one in locked
        if one.get("vulns")
    ]
    if holes:
        return 1, "\n".join(["known holes:", *holes])
    if skipped or not locked:
        return 2, f"{len(skipped)} of {len(locked)} libraries were not looked up: {', '.join(skipped)}"
    return 0, f"{len(locked)} libraries were looked up, and none has a known hole"


def main() -> int:
    """Asks, and says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--service", choices=("pypi", "osv"), default="pypi")
    service = parser.parse_args().service
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "canary.txt"
        file.write_text(f"{CANARY}\n", encoding="utf-8")
        canary = audited(file, service, "--no-deps")
    answers = any(one.get("vulns") for one in canary)
    code, words = judged(canary, audited(LOCKED, service, "--require-hashes") if answers else [])
    print(words, file=sys.stderr if code else sys.stdout)
    return code


if __name__ == "__main__":
    sys.exit(main())
