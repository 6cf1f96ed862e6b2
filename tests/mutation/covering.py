"""A pytest plugin: which lines of the package each test runs, in this process and in those it starts.

A fixture that serves several tests runs once; what it runs counts for each of them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import coverage
import pytest

OUT = Path(os.environ.get("MUTANTS_COVERAGE", "."))
SETTINGS = """[run]
source = sensational
data_file = {data}
parallel = true
patch = subprocess
context = ${{MUTANTS_TEST}}
"""


class Covering:
    """Tells coverage which test runs, and keeps how long it took and which shared fixtures it has."""

    def __init__(self) -> None:
        os.environ["MUTANTS_TEST"] = ""
        settings = OUT / "coveragerc"
        settings.write_text(SETTINGS.format(data=OUT / "lines"), encoding="utf-8")
        self.coverage = coverage.Coverage(config_file=str(settings))
        self.coverage.start()
        self.tests: dict[str, dict[str, object]] = {}

    def _to(self, context: str) -> str:
        before, os.environ["MUTANTS_TEST"] = os.environ["MUTANTS_TEST"], context
        self.coverage.switch_context(context)
        return before

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.tests[item.nodeid] = {"seconds": 0.0, "passed": True, "fixtures": [*item.fixturenames]}  # type: ignore[attr-defined]
        before = self._to(item.nodeid)
        done = yield
        self._to(before)
        return done

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef) -> Iterator[None]:  # type: ignore[type-arg]
        if fixturedef.scope == "function":
            return (yield)
        before = self._to(f"fixture {fixturedef.baseid} {fixturedef.argname}")
        try:
            return (yield)
        finally:
            self._to(before)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        test = self.tests[report.nodeid]
        test["seconds"] += report.duration  # type: ignore[operator]
        if report.outcome != "passed":
            test["passed"] = False

    def pytest_unconfigure(self) -> None:
        self.coverage.stop()
        self.coverage.save()
        (OUT / "tests.json").write_text(json.dumps(self.tests), encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Covering())


class Covered:
    """For a line of a module: the tests that run it, the quickest first."""

    def __init__(self, work: Path) -> None:
        self.tests: dict[str, dict[str, Any]] = {}
        joined = coverage.CoverageData(no_disk=True)
        for folder in sorted(work.glob("cover-*")):
            self.tests |= json.loads((folder / "tests.json").read_text(encoding="utf-8"))
            for part in folder.glob("lines.*"):
                one = coverage.CoverageData(str(part))
                one.read()
                joined.update(one)
        self._lines = {
            path.partition("/sensational/")[2]: joined.contexts_by_lineno(path)
            for path in joined.measured_files()
        }

    def of(self, path: str, line: int) -> list[str]:
        """The tests that run ``line``; those that run anything of the module, where none does."""
        lines = self._lines.get(path.removeprefix("sensational/"), {})
        found = self._tests(lines.get(line, ()))
        if not found:
            found = self._tests({one for each in lines.values() for one in each})
        return sorted(found, key=self.seconds)

    def seconds(self, test: str) -> float:
        return float(self.tests[test]["seconds"])

    def _tests(self, contexts) -> set[str]:  # type: ignore[no-untyped-def]
        found = set()
        for context in contexts:
            kind, _, rest = context.partition(" ")
            if kind == "fixture" and context.count(" ") == 2:
                base, _, name = rest.partition(" ")
                found |= {
                    t for t, one in self.tests.items() if t.startswith(base) and name in one["fixtures"]
                }
            # A process that a test starts says its test before its own contexts.
            found |= {one for one in context.split("|") if one in self.tests}
        return {test for test in found if self.tests[test]["passed"]}
