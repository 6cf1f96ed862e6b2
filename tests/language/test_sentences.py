"""Where sentences begin and end."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational.language.sentences import _rules, split_sentences


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in split_sentences(text)]


# Sentences are set apart by " | ", which is taken out before the text is split.
CASES = [
    "The dam held. | The town did not.",
    "Gov. Ada Strong met Sen. Will Young on Jan. 5. | They argued.",
    "Lt. Col. Brown and the Rev. Mr. Little spoke.",
    "Then-Gov. Price signed it.",
    "It opens at 9 a.m. Monday and closes at 5 p.m. | The café stays open.",
    "She joined Acme Inc. in May. | He left Widget Corp. | They never met.",
    "Acme Inc. Chairman Lee Park resigned.",
    "The U.S. Senate voted. | He lives in the U.S. | The vote was close.",
    "The U.S. 5th Circuit agreed.",
    "J. K. Moss wrote to George W. Marsh.",
    "Prices rose 3.5 percent. | Wages fell 0.2 percent.",
    "He finished No. 5 in the race. | She said no. | Five others cheered.",
    "It was built in 1987. | Nobody lives there.",
    "“Go!” he said.",
    "“Go!” Smith shouted. | Nobody went.",
    "“Is it true?” Mayor Ann Lee asked. | It was.",
    "“Is it true?” | The hall fell silent.",
    "“It was. And now it's not,” he said. | They laughed.".replace("was. And", "was. | And"),
    "He called it “a mess.” | Others agreed.",
    "The “mess.” of it".replace(" of it", " as he put it, grew."),
    "(It was late.) | Nobody came.",
    "What?! | Nobody knew.",
    "Well… | The wall fell.",
    "Well… maybe not.",
    "He waited... and waited.",
    "He waited . . . and waited. | Then he left.",
    "Yahoo! said profits fell.",
    "Sales fell. | iPhone owners shrugged.",
    "It ended. | “We lost,” she said.",
    "1. Stay calm. | 2. Leave.".replace(" | ", "\n"),
    "The bill was vetoed. | Sen. Mary Hill, D-Conn., protested.",
    "He has a Ph.D. in law, e.g. Roman law.",
    "He was ill. | Putin was not.",
    "Visit example.com. | The page is short.",
    "He runs (and hides). | Putin rose by 8%. | Merkel did not.",
    "We lost a life! – and then another.",
    "He stopped. | — The door opened.",
    "AUSTIN, Tex. — The women came.",
    "In Roe v. Wade it lost. | His bill, S. 698, won.",
    "It grew out of that.’ ” | And so it ended.",
    "It’s over! | #flood",
    "What was it...? | Putin knew.",
]


@pytest.mark.parametrize("case", CASES)
def test_cases(case: str) -> None:
    expected = [piece for line in case.split("\n") for piece in line.split(" | ")]
    assert pieces(case.replace(" | ", " ")) == expected


def test_a_missing_space_is_forgiven_but_a_domain_is_not_split() -> None:
    assert pieces("The match was over.The crowd left.") == ["The match was over.", "The crowd left."]
    assert pieces("See news.example.com for more.") == ["See news.example.com for more."]


def test_a_newline_always_ends_a_sentence_and_blank_lines_are_no_paragraph() -> None:
    text = "  One line\n\n \t\nanother line. And more.  \r\nLast"
    assert split_sentences(text) == [(2, 10, 0), (15, 28, 1), (29, 38, 1), (42, 46, 2)]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t \n"])
def test_nothing(text: str) -> None:
    assert split_sentences(text) == []


def test_newlines_never_lie_inside_a_sentence_and_marks_alone_survive() -> None:
    assert pieces("...\n!?\n.") == ["...", "!?", "."]


@pytest.mark.xfail(strict=True, reason="a name after U.S. may begin a sentence; nothing local tells")
def test_a_name_after_an_acronym() -> None:
    assert len(pieces("He flew back to the U.S. Merkel stayed at home.")) == 2


ALPHABET = st.sampled_from([*"aAbZ .!?…\"'“”‘’()[]\n\t\r,-–15iI", "U.S", "Gov.", "No. ", "said "])


@given(st.lists(ALPHABET, max_size=60).map("".join) | st.text(max_size=80))
def test_every_visible_character_lies_in_exactly_one_trimmed_sentence(text: str) -> None:
    spans = split_sentences(text)
    seen = 0
    paragraph = 0
    for start, end, number in spans:
        assert seen <= start < end <= len(text)
        assert not text[seen:start].strip()
        assert text[start:end] == text[start:end].strip()
        assert "\n" not in text[start:end]
        assert number in (paragraph, paragraph + 1)
        paragraph = number
        seen = end
    assert not text[seen:].strip()


@given(st.lists(ALPHABET, max_size=40).map("".join), st.lists(ALPHABET, max_size=40).map("".join))
def test_lines_are_split_independently(one: str, two: str) -> None:
    joined = pieces(one + "\n" + two)
    assert joined == pieces(one) + pieces(two)


@pytest.mark.parametrize(
    "unit",
    [
        ".",
        ". ",
        '."',
        "!”",
        "A. ",
        "\n",
        " ",
        "“",
        "a",
        "x! ” ",
        "“?” Aa ",
        "Mr. ",
        "A.\t",
        "\r",
        ".A",
        "aa.Aa",
        "U.S. The ",
        ". ””",
        ". - ",
        ". ((((",
    ],
)
def test_time_is_linear(unit: str) -> None:
    """Some 1 s a case at most when linear; anything quadratic would take minutes."""
    text = "a" + unit * (300_000 // len(unit))
    start = time.process_time()
    split_sentences(text)
    assert time.process_time() - start < 5


def test_parameters_are_small_sorted_and_say_where_they_come_from() -> None:
    folder = resources.files("sensational.resources")
    raw = (folder / "punkt.json").read_bytes()
    data = json.loads(raw)
    assert len(raw) < 100_000
    for name in ("abbreviations", "openers", "starters"):
        assert data[name] == sorted(set(data[name]))
    assert {"data_sha256", "seed", "method", "libraries"} <= set(data["provenance"])
    added = json.loads((folder / "punkt_additions.json").read_text(encoding="utf-8"))
    for group in added.values():
        assert group["reason"].endswith(".")
        assert group["words"] == sorted(group["words"], key=str.lower)


def test_titles_and_news_abbreviations_are_known() -> None:
    rules = _rules()
    assert {"Gov", "Sen", "Lt", "Mr", "SEN"} <= rules.never
    assert {"ill", "miss"} <= rules.words
    assert {"jan", "a.m", "p.m", "inc", "u.s", "ph.d"} <= rules.punkt._params.abbrev_types
    assert "the" in rules.punkt._params.ortho_context
    assert "senate" not in rules.punkt._params.ortho_context


def test_nothing_is_remembered_of_a_text() -> None:
    before = len(_rules().punkt._params.ortho_context)
    split_sentences("They left the U.S. Merkelish stayed. J. Q. Zyx came... Qwert went.")
    assert len(_rules().punkt._params.ortho_context) == before


def test_nltk_is_imported_by_the_first_text_only_and_without_scikit_learn() -> None:
    code = (
        "import sys, sensational.language.document as d\n"
        "def found(): return [m for m in ('nltk', 'sklearn', 'scipy') if sys.modules.get(m)]\n"
        "print(found()); d.Document('Mr. Hill left. He was late.'); print(found())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[]", "['nltk']"]


def test_the_decisions_are_punkts_where_no_difference_is_meant() -> None:
    """Against NLTK's own splitter with the same parameters, on ordinary prose."""
    text = (
        "The council met on Tuesday at 8 p.m. in the old mill. Gov. Hill, who chairs it, was late. "
        'She said: "We have lost 3.5 percent of our trade." Nobody from Acme Inc. was there. '
        "What comes next? The mayor, J. Moss, would not say! In the U.S. Congress the bill is stuck. "
        "Two members left (both had trains to catch). They will meet again on Sept. 4."
    )
    assert list(_rules().punkt.span_tokenize(text)) == [
        (start, end) for start, end, _ in split_sentences(text)
    ]
