"""How long the worst texts take at a quarter, a half and the whole of a megabyte: patterns and functions.

    python tests/patterns/measure.py [patterns] [functions] [--longest CHARACTERS]

Four times the length should take four times as long. It ends with 1 where it takes more than eight times, or
where one takes a minute of the processor (a signal ends it).
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence

from gather import patterns
from worst import attacks, seconds

TOO_MUCH = 8
LEAST = 0.1  # seconds of the longest: what takes less is fast, and cannot be told from noise
LONGEST = 60  # seconds of the processor for one measurement
# The worst texts for what reads whole articles, a piece to be repeated each.
TEXTS = {
    "nested quotation marks": "“‘",
    "opening marks": "“the dockers ",
    "one endless quotation": "“a” ",
    "straight marks": "\"'",
    "one endless word": "a",
    "one endless number": "1",
    "numbers": "1,2.3 ",
    "one endless line": "the dockers left the port and ",
    "capital words": "Aa Bb ",
    "opening brackets": "(",
    "line ends": "\n",
    "spaces": " ",
    "end marks": ".",
    "end marks and closing marks": ".”",
    "hyphens": "a-",
    "apostrophes": "a'",
    "abbreviations": "U.S. Mr. ",
    "said": "he said that ",
    "not": "not ",
    "may": "may ",
    "broken UTF-8": "â€œ",
    "accents": "e\u0301\u0301",
    "commas": "a, ",
    "short lines": "a.\n",
    "tags": "<b>",
    "opening angles": "<",
    "references": "&#1;",
}


class TooLongError(Exception):
    """A measurement took a minute."""


def main() -> None:
    """Prints a line a pattern, a table of the functions, and what is not linear."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=["patterns", "functions"])
    parser.add_argument("--longest", type=int, default=1_000_000)
    given = parser.parse_args()
    parts, lengths = given.parts, (given.longest // 4, given.longest // 2, given.longest)
    signal.signal(signal.SIGPROF, _too_long)
    bad: list[str] = []
    if "patterns" in parts:
        bad += _patterns(lengths)
    if "functions" in parts:
        bad += _functions(lengths)
    print("\n".join(["", *bad, f"{len(bad)} not linear"]))
    sys.exit(1 if bad else 0)


def _patterns(lengths: Sequence[int]) -> Iterator[str]:
    found = patterns()
    tried, slowest = 0, []
    for one in found:
        times = []
        for attack in attacks(one.pattern):
            tried += 1
            took, problem = _measured(lambda text: seconds(one, text), attack.text, lengths)  # noqa: B023
            times.append((took[-1], took, attack))
            if problem:
                yield f"{one.where}: {problem} on {attack}"
        slowest.append((*max(times, key=lambda item: item[0]), one.where))
    print(f"{len(found)} patterns, {tried:,} texts, each of {lengths} characters; the slowest:")
    for _, took, attack, where in sorted(slowest, key=lambda item: -item[0])[:12]:
        print(f"  {where:44} {_said(took)}  {attack.start!r:.30} then {attack.piece!r:.40}")


def _functions(lengths: Sequence[int]) -> Iterator[str]:
    for name, function in functions().items():
        slowest: list[tuple[list[float], str]] = []
        for said, piece in TEXTS.items():
            took, problem = _measured(
                lambda text: _clocked(function, text),  # noqa: B023 - called at once
                lambda length: (piece * (length // len(piece) + 1))[:length],  # noqa: B023
                lengths,
            )
            slowest.append((took, said))
            if problem:
                yield f"{name}: {problem} on {said}"
        print(f"{name}, {len(TEXTS)} texts; the slowest:")
        for took, said in sorted(slowest, key=lambda item: -item[0][-1])[:4]:
            print(f"  {said:44} {_said(took)}", flush=True)


def functions() -> dict[str, Callable[[str], object]]:
    """What is given a megabyte: reading, the language pass, the terms of a headline, the whole score."""
    from sensational.language.canonical import canonical
    from sensational.language.certainty import hedges
    from sensational.language.document import Document
    from sensational.language.negation import denials, negations
    from sensational.language.quantities import quantities
    from sensational.language.quotations import find_quotations
    from sensational.language.voices import voices
    from sensational.reading import ReadingError, read_bytes
    from sensational.reading.decoding import tidy
    from sensational.scorer import score
    from sensational.terms import find_spans
    from sensational.verifier.model import read_headline
    from sensational.verifier.wordpieces import wordpieces

    def text(data: str) -> object:
        return read_bytes(f"Mayor leaves talks\n{data}".encode("utf-8", "replace"), "article.txt")

    def page(data: str) -> object:
        whole = f"<html><title>Mayor leaves talks</title><body><p>The mayor left.</p><p>{data}"
        try:
            return read_bytes(whole.encode("utf-8", "replace"), "page.html")
        except ReadingError:  # more elements than are read
            return None

    def language(data: str) -> None:
        document = Document(data)
        find_quotations(data), quantities(data)
        for sentence in document.sentences:
            voices(document, sentence), hedges(document, sentence)
            negations(document, sentence), denials(document, sentence)

    def terms(data: str) -> object:
        headline = Document(canonical(data)[0])
        return find_spans(headline, read_headline(headline))

    return {
        "tidy": tidy,
        "reading a text": text,
        "reading a page": page,
        "the language pass": language,
        "wordpieces": wordpieces,
        "terms of a headline": terms,
        "the score": lambda data: score("Premier humiliated as ‘terrified’ dockers flee in droves", data),
        "the score of a headline": lambda data: score(data, "The dockers left the port on Monday. " * 20),
    }


def _measured(
    timed: Callable[[str], float], made: Callable[[int], str], lengths: Sequence[int]
) -> tuple[list[float], str]:
    """Seconds at each length, and what is wrong with them."""
    took: list[float] = []
    for length in lengths:
        signal.setitimer(signal.ITIMER_PROF, LONGEST)
        try:
            took.append(timed(made(length)))
        except TooLongError:
            return [*took, float(LONGEST)], f"more than {LONGEST} s at {length:,} characters"
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    if took[-1] < LEAST or took[-1] <= TOO_MUCH * took[0]:
        return took, ""
    again = min(timed(made(lengths[0])) for _ in range(3)), min(timed(made(lengths[-1])) for _ in range(2))
    problem = f"{again[1] / again[0]:.0f} times as long for four times the length"
    return took, problem if again[1] > TOO_MUCH * again[0] else ""


def _clocked(function: Callable[[str], object], text: str) -> float:
    begin = time.process_time()
    function(text)
    return time.process_time() - begin


def _said(took: list[float]) -> str:
    ratio = f"×{took[-1] / took[0]:.1f}" if took[0] else ""
    return " ".join(f"{one:8.3f}" for one in took) + f" s {ratio:>6}"


def _too_long(*_: object) -> None:
    raise TooLongError


if __name__ == "__main__":
    main()
