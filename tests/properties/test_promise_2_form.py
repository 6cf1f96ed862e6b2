"""How the headline is set (case as a whole, quotation marks, white space) changes no divergence."""

import os
import re
from collections.abc import Callable
from itertools import product

import pytest
from articles import HEADLINES, Sample, examples, gold, samples
from hypothesis import assume, given
from hypothesis import strategies as st
from mutations import mutated, of_every_kind

from sensational.analysis import Term
from sensational.scorer import score

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "reliability"


def curly(text: str) -> str:
    text = re.sub(r"(^|[\s(\[—–-])\"", r"\1“", text).replace('"', "”")
    return re.sub(r"(^|[\s(\[—–“-])'(?=\w)", r"\1‘", text).replace("'", "’")


def straight(text: str) -> str:
    return text.translate(str.maketrans("‘’“”", "''\"\""))


CASES: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "small": str.lower,
    "sentence": lambda text: text[:1].upper() + text[1:].lower(),
    "title": lambda text: " ".join(word[:1].upper() + word[1:].lower() for word in text.split(" ")),
    "title, all words": lambda text: re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), text),
}
MARKS: dict[str, Callable[[str], str]] = {"straight": straight, "curly": lambda text: curly(straight(text))}
SPACES: dict[str, Callable[[str], str]] = {
    "doubled": lambda text: text.replace(" ", "  "),
    "tabs": lambda text: text.replace(" ", "\t"),
    "no-break": lambda text: text.replace(" ", "\u00a0"),
    "thin": lambda text: text.replace(" ", "\u2009"),
    "around": lambda text: f" \t{text}\u00a0 ",
    "new lines around": lambda text: f"\n{text}\r\n",
    "one new line": lambda text: text.replace(" ", "\n", 1),
}
ALL = {**CASES, **MARKS, **SPACES}


def has_both_cases(headline: str) -> bool:
    """Whether every letter has one capital and one small letter (*ﬁ*, *ß* and *İ* have not)."""
    return (
        len(headline.upper()) == len(headline) == len(headline.lower())
        and headline.upper().lower() == headline.lower()
    )


def judged(term: Term) -> tuple[object, ...]:
    """All that is said of a term, but where it stands and how it is written."""
    return (term.kind, term.loading, term.support, term.verdict, term.also, term.probabilities, term.reason,
            term.contribution, term.without, term.evidence)  # fmt: skip


def holds(sample: Sample, form: str, forms: dict[str, Callable[[str], str]]) -> None:
    plain = score(sample.headline, sample.body)
    other_headline = forms[form](sample.headline)
    other = score(other_headline, sample.body)
    assert (other.divergence, other.interval, other.loading) == (
        plain.divergence, plain.interval, plain.loading
    )  # fmt: skip
    assert list(map(judged, other.terms)) == list(map(judged, plain.terms))
    assert all(other_headline[t.start : t.end] == t.text for t in other.terms)


@given(samples(), st.sampled_from(sorted(CASES)))
def test_case(sample: Sample, form: str) -> None:
    holds(sample, form, CASES)


@given(samples(), st.sampled_from(sorted(MARKS)))
def test_quotation_marks(sample: Sample, form: str) -> None:
    holds(sample, form, MARKS)


@given(samples(), st.sampled_from(sorted(SPACES)))
def test_white_space(sample: Sample, form: str) -> None:
    holds(sample, form, SPACES)


@given(of_every_kind(), st.sampled_from(sorted(ALL)))
def test_every_kind_of_term(sample: Sample, form: str) -> None:
    assume(has_both_cases(sample.headline))
    holds(sample, form, ALL)


@given(mutated(), st.sampled_from(sorted(ALL)))
def test_changed_articles(sample: Sample, form: str) -> None:
    assume(has_both_cases(sample.headline))
    holds(sample, form, ALL)


@given(st.data(), st.sampled_from(sorted(ALL)))
def test_real_articles(data: st.DataObject, form: str) -> None:
    sample = data.draw(st.sampled_from(gold()))
    assume(has_both_cases(sample.headline))
    holds(sample, form, ALL)


@pytest.mark.parametrize(("number", "form"), enumerate(sorted(ALL)))
def test_every_example_in_every_form(number: int, form: str) -> None:
    """Each in its own headline; the other headlines over one of them, over all in ``tox -e properties``."""
    for sample in examples():
        holds(sample, form, ALL)
    under = examples() if THOROUGH else [examples()[number % len(examples())]]
    for sample, headline in product(under, HEADLINES):
        holds(Sample(headline, headline, sample.body), form, ALL)


@given(samples() | of_every_kind(), st.data())
def test_a_shouted_word_changes_nothing(sample: Sample, data: st.DataObject) -> None:
    words = sample.headline.split(" ")
    at = data.draw(st.integers(0, len(words) - 1))
    assume(has_both_cases(words[at]))
    shouted = " ".join([*words[:at], words[at].upper(), *words[at + 1 :]])
    plain, loud = score(sample.headline, sample.body), score(shouted, sample.body)
    assert list(map(judged, loud.terms)) == list(map(judged, plain.terms))
    assert (loud.divergence, loud.loading) == (plain.divergence, plain.loading)
