"""Verdicts: each gap speaks for its own, and costs support."""

import pytest

from sensational.analysis import Term
from sensational.scorer import score

REST = " The hall was open until ten, and the tram ran as on other days of the week."


def term(headline: str, body: str, text: str) -> Term:
    analysis = score(headline, body + REST)
    return next(t for t in analysis.terms if text in t.text)


CASES = [
    ("supported", None, "Terrified dockers flee Port Kesteral", "On Monday terrified dockers had to flee from Port Kesteral.", "flee"),  # noqa: E501
    ("attributed", "source", "Terrified dockers flee Port Kesteral", "Terrified dockers flee Port Kesteral every day, an official said.", "flee"),  # noqa: E501
    ("hedged", "certainty", "Terrified dockers flee Port Kesteral", "Terrified dockers may perhaps flee Port Kesteral.", "flee"),  # noqa: E501
    ("weaker", "strength", "Dockers flee Port Kesteral", "Dockers left Port Kesteral on Monday.", "flee"),
    ("contradicted", "polarity", "Terrified dockers flee Port Kesteral", "The story that terrified dockers flee Port Kesteral is false. It is a hoax, the harbour office said.", "flee"),  # noqa: E501
]  # fmt: skip


@pytest.mark.parametrize(
    ("verdict", "gap", "headline", "body", "text"), CASES, ids=[case[0] for case in CASES]
)
def test_each_gap_gives_its_verdict(
    verdict: str, gap: str | None, headline: str, body: str, text: str
) -> None:
    found = term(headline, body, text)
    assert verdict == found.verdict or verdict in found.also, found
    if gap is not None:
        assert gap in {one.kind for one in found.gaps}, found.gaps
        assert found.support < 1  # type: ignore[operator]


def test_absent() -> None:
    found = term("Premier humiliated over ferry", "The premier spoke about the ferry.", "humiliated")
    assert found.verdict in ("absent", "weaker", "shifted")
    assert found.support < 0.5  # type: ignore[operator]


def test_a_quotation_nobody_says() -> None:
    spoken = term("Coach calls rival ‘a coward’", "The coach said of his rival: “He is a coward.”", "coward")
    unspoken = term(
        "Coach calls rival ‘a coward’", "The coach spoke of his rival, who is a coward.", "coward"
    )
    assert spoken.support > unspoken.support  # type: ignore[operator]
    assert "quotation" in {gap.kind for gap in unspoken.gaps}


def test_a_larger_number_is_not_borne_out() -> None:
    right = term("Bank cuts 12,000 jobs", "The bank cuts 11,950 jobs.", "12,000")
    wrong = term("Bank cuts 12,000 jobs", "The bank cuts 300 jobs.", "12,000")
    assert right.support > wrong.support  # type: ignore[operator]
    assert "scale" in {gap.kind for gap in wrong.gaps}


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("On Monday the dockers had to flee.", "On Monday the dockers had to flee, an official said."),
        ("On Monday the dockers had to flee.", "On Monday the dockers may have had to flee."),
        ("On Monday the dockers had to flee.", "On Monday the dockers did not have to flee."),
        ("On Monday the dockers had to flee.", "On Monday the dockers had to leave."),
        ("On Monday the dockers had to flee.", "On Monday the hens had to flee."),
    ],
)
def test_every_gap_costs(better: str, worse: str) -> None:
    one, other = score("Dockers flee", better + REST), score("Dockers flee", worse + REST)
    assert one.divergence <= other.divergence  # type: ignore[operator]
    assert one.divergence < 50  # type: ignore[operator]


def test_gaps_say_why_in_a_sentence() -> None:
    for *_, headline, body, _ in CASES:
        for t in score(headline, body + REST).terms:
            for gap in t.gaps:
                assert gap.reason[0].isupper()
                assert gap.reason.endswith((".", "!", "?"))
                assert len(gap.reason) < 250
