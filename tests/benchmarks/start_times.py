"""How long the commands take from a cold start: median of five, each in a new process.

Run in the checkout: ``python tests/benchmarks/start_times.py``. CPU time (user and system) says what the
command costs, the clock what a person waits; on a busy machine only the first can be compared.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

with tempfile.TemporaryDirectory() as folder:
    commands = {
        "python -c pass": ["-c", "pass"],
        "import sensational": ["-c", "import sensational"],
        "sensational --help": ["-m", "sensational", "--help"],
        "sensational score --format json": [
            "-m",
            "sensational",
            "score",
            "--format",
            "json",
            "data/harbour.txt",
        ],
        "sensational report": ["-m", "sensational", "report", "--output", folder, "data/harbour.txt"],
    }
    print(f"{'command':34}{'CPU s':>8}{'clock s':>9}")
    for name, arguments in commands.items():
        runs = []
        for _ in range(6):
            before, began = os.times(), time.perf_counter()
            subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
            after = os.times()
            cpu = after.children_user + after.children_system - before.children_user - before.children_system
            runs.append((cpu, time.perf_counter() - began))
        cpu, clock = (statistics.median(column) for column in zip(*runs[1:], strict=True))
        print(f"{name:34}{cpu:8.3f}{clock:9.3f}")
