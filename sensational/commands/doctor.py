"""``sensational doctor``: what a bug report has to say of the installation, and whether that works."""

from __future__ import annotations

import json
import os
import platform
import re
import sys
import time
from dataclasses import asdict, dataclass
from importlib import import_module, metadata
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sensational import __version__

if TYPE_CHECKING:
    from sensational.analysis import Analysis

DISTRIBUTION = "sensational-headlines"

# Instructions that the arithmetic of the verifier depends on, as numpy calls them.
_FEATURES = (
    "AVX", "AVX2", "FMA3", "AVX512F", "AVX512_SKX", "AVX512_CLX", "AVX512_ICL", "AVX512_SPR",
    "NEON", "ASIMD", "ASIMDDP", "SVE", "VSX", "VX",
)  # fmt: skip

HEADLINE = "Furious baker storms out of market as council bans all stalls"
BODY = (
    "The council of Hallow will close the eastern row of the market for two weeks in May while the drains "
    "are mended. Eleven of the forty stalls have to move to the other side of the square.\n\n"
    "Ruth Ansell, who has sold bread there for nine years, left the meeting on Tuesday before it ended. She "
    "said that she was disappointed, because nobody had asked the stallholders which weeks would suit them. "
    "“I would have told them June,” she said.\n\n"
    "The council said that no stall would be banned and that nobody would lose a day of trade. It will "
    "decide on the exact dates next week."
)
"""An article written for this project."""


@dataclass(frozen=True, slots=True)
class SelfTest:
    """What came of scoring one article twice; ``problem`` is None if it was scored as it should be.

    The first time, everything is loaded. The divergence shows whether two machines reckon alike.
    """

    seconds: float
    seconds_again: float
    divergence: float | None
    terms: int
    problem: str | None


@dataclass(frozen=True, slots=True)
class Findings:
    """What a bug report needs to know."""

    sensational: str
    python: str
    platform: str
    encoding: str
    processor: str
    cores: int
    features: tuple[str, ...]
    libraries: dict[str, str | None]
    extras: dict[str, str]
    verifier: str
    verifier_problem: str | None
    lexicon: str
    self_test: SelfTest

    @property
    def well(self) -> bool:
        """Whether the verifier is whole and the self-test passed."""
        return self.verifier_problem is None and self.self_test.problem is None


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="Lines to read, or one JSON object.",
)  # fmt: skip
def doctor(form: str) -> None:
    """Check the installation: versions, the verifier's checksum, the processor, and a self-test.

    Paste what it prints into a bug report. Nothing of your articles is in it. The self-test scores an article
    that comes with the package. Exits with 1 if that fails or the verifier is damaged.
    """
    from sensational.report.safe import one_line

    found = examine()
    if form == "json":
        click.echo(json.dumps({**asdict(found), "well": found.well}))
    else:
        for line in _lines(found):
            click.echo(one_line(line))
    if not found.well:
        raise SystemExit(1)


def examine() -> Findings:
    """Looks at the installation, and scores one article."""
    checksum, problem = _verifier()
    test = _self_test()
    return Findings(
        sensational=__version__,
        python=f"{platform.python_version()}, {platform.python_implementation()}",
        platform=platform.platform(),
        encoding=f"{getattr(sys.stdout, 'encoding', None) or 'unknown'}, files {sys.getfilesystemencoding()}",
        processor=_processor(),
        cores=os.cpu_count() or 1,
        features=_features(),
        libraries={name: _version(name) for name in _required(of_extras=False)},
        extras={name: found for name in _required(of_extras=True) if (found := _version(name))},
        verifier=checksum,
        verifier_problem=problem,
        lexicon=_lexicon(),
        self_test=test,
    )


def _lines(found: Findings) -> list[str]:
    test = found.self_test
    libraries, extras = (
        ", ".join(f"{name} {version}" for name, version in versions.items() if version)
        for versions in (found.libraries, found.extras)
    )
    missing = [name for name, version in found.libraries.items() if not version]
    shown = "none" if test.divergence is None else f"{test.divergence:.4f}"
    return [
        f"sensational {found.sensational}",
        f"Python:     {found.python}",
        f"Platform:   {found.platform}",
        f"Encoding:   {found.encoding}",
        f"Processor:  {found.processor}, {found.cores} cores",
        f"Features:   {' '.join(found.features) or 'unknown'}",
        f"Libraries:  {libraries}",
        f"Extras:     {extras or 'none'}",
        *([f"Missing:    {', '.join(missing)}"] if missing else []),
        f"Verifier:   {found.verifier}, {found.verifier_problem or 'whole'}",
        f"Lexicon:    {found.lexicon}",
        f"Self-test:  {test.problem or 'passed'}; {test.seconds:.2f} s, again {test.seconds_again:.2f} s; "
        f"divergence {shown}, {test.terms} terms",
        "Everything works." if found.well else "Something is wrong; see above.",
    ]


def _required(of_extras: bool) -> list[str]:
    """The libraries that the package needs, or that its extras bring, by their names in the package index."""
    try:
        required = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:  # a checkout that was never installed
        return []
    chosen = [one for one in required if ("extra ==" in one) is of_extras]
    names = [re.split(r"[^\w.-]", one, maxsplit=1)[0] for one in chosen]
    return sorted({name for name in names if name != DISTRIBUTION})


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _processor() -> str:
    """The name of the processor, as far as the system tells it."""
    try:  # Linux, where Python often knows the architecture only
        with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as file:
            for line in file:
                if line.startswith("model name"):
                    return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine() or "unknown"


def _features() -> tuple[str, ...]:
    """The instructions of the processor that matter here; empty where numpy does not tell."""
    try:
        known = import_module("numpy._core._multiarray_umath").__cpu_features__
        return tuple(name for name in _FEATURES if known.get(name))
    except (ImportError, AttributeError):  # a private name: another numpy may have another one
        return ()


def _verifier() -> tuple[str, str | None]:
    """The checksum that stands for the verifier and its weights, and what is wrong with its file."""
    from sensational.verifier.model import checksum, require

    try:
        require()
        return checksum(), None
    except Exception as problem:
        return "unknown", _said(problem)


def _lexicon() -> str:
    try:
        from sensational.lexicon.loader import load

        return load().checksum
    except Exception as problem:
        return f"it cannot be read ({_said(problem)})"


def _self_test() -> SelfTest:
    start = time.perf_counter()
    try:
        from sensational.scorer import score

        first = score(HEADLINE, BODY)
        loaded = time.perf_counter()
        again = score(HEADLINE, BODY)
    except Exception as problem:
        return SelfTest(time.perf_counter() - start, 0.0, None, 0, f"failed ({_said(problem)})")
    end = time.perf_counter()
    return SelfTest(loaded - start, end - loaded, first.divergence, len(first.terms), _wrong(first, again))


def _wrong(first: Analysis, again: Analysis) -> str | None:
    """What is wrong with two analyses of one article; None if they are as they should be."""
    if first.divergence is None:
        return f"failed (not scored: {first.reason})"
    if first != again:
        return "failed (the same article was scored in two ways)"
    if abs(sum(term.contribution or 0.0 for term in first.terms) - first.divergence) > 0.01:
        return "failed (the contributions do not add up to the divergence)"
    return None


def _said(problem: Exception) -> str:
    """An error in words, without the name of the user, which paths often hold."""
    return f"{type(problem).__name__}: {' '.join(str(problem).split())}".replace(str(Path.home()), "~")[:200]
