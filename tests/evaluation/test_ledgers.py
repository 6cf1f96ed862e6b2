"""Ledgers beside labels, on analyses made by hand."""

from dataclasses import replace

import pytest
from hand_made import analysis, term

from sensational.evaluation import ledgers
from sensational.evaluation.ledgers import Found, Rated, Said

HEADLINE = "Mayor slams record deal"


def test_of_the_terms_that_overlap_the_one_that_shares_most_speaks() -> None:
    made = analysis(HEADLINE, (term(HEADLINE, "slams", "weaker"), term(HEADLINE, "slams record", "absent")))
    terms = ledgers.marks(made)
    assert ledgers.verdict_at(6, 18, terms) == "absent"
    assert ledgers.verdict_at(6, 11, terms) == "weaker"  # of equals, the first
    assert ledgers.verdict_at(0, 5, terms) == "supported"
    assert ledgers.overlapping(0, 6, terms) is None


def test_a_term_without_verdict_says_nothing_against_a_span() -> None:
    terms = ledgers.marks(analysis(HEADLINE, (term(HEADLINE, "slams", None),), None))
    assert ledgers.verdict_at(6, 11, terms) == "supported"


def test_either_of_two_verdicts_is_right_and_also_counts_within() -> None:
    assert ledgers.said(["weaker", "absent"], [], "absent") == Said("absent", "absent", True)
    assert ledgers.said(["weaker", "absent"], ["hedged"], "hedged") == Said("weaker", "hedged", True)
    assert ledgers.said(["weaker"], ["hedged"], "shifted") == Said("weaker", "shifted", False)


def test_verdict_figures_by_hand() -> None:
    items = [
        Said("supported", "supported", True),
        Said("absent", "supported", False),
        Said("absent", "absent", True),
    ]
    always = [Said(one.right, "supported", one.right == "supported") for one in items]
    figures = {
        one.name: one
        for one in ledgers.verdict_figures(
            "v", items, always, items, ["a", "b", "b"], 0, {"kappa": ledgers.Bar(0.3, 0.7)}
        )
    }
    assert figures["v, exact"].value == pytest.approx(2 / 3)
    assert figures["v, within also"].value == pytest.approx(2 / 3)
    assert figures["v, kappa"].value == pytest.approx(0.4)
    assert figures["v, macro-F1"].value == pytest.approx(2 / 3)
    assert figures["v, exact"].floor == pytest.approx(1 / 3)
    assert (figures["v, kappa"].floor, figures["v, kappa"].must, figures["v, kappa"].aim) == (0.0, 0.3, 0.7)


def test_term_counts_leave_out_what_is_neither() -> None:
    found = ledgers.found([(3, 8), (11, 12), (20, 25)], [(0, 5)], [(10, 15)])
    assert found == Found(right=1, given=2, met=1, wanted=1)
    assert ledgers.term_f1([found]) == pytest.approx(2 / 3)


def test_the_confusion_counts_every_pair() -> None:
    _, header, rows = ledgers.confusion(
        [Said("supported", "absent", False), Said("absent", "not found", False)]
    )
    assert header[-1] == "not found"
    assert sum(int(cell) for row in rows for cell in row[1:]) == 2


def rated(gold: float, ours: float | None, id: str = "1") -> Rated:
    return Rated(id, HEADLINE, id, gold, analysis(HEADLINE, (), ours), 0.5, 40.0, 30.0, 10.0)


def test_what_was_not_scored_counts_as_the_median() -> None:
    assert rated(50, None).ours == 10.0
    assert ledgers.error_figure("all", [rated(50, None)], 0).value == 40.0


def test_divergence_figures_by_hand() -> None:
    items = [rated(0, 30, "a"), rated(4, 10, "b"), rated(80, 90, "c"), rated(70, 20, "d")]
    assert ledgers.rank_figure("all", items, 0).value == pytest.approx(0.4)
    error = ledgers.error_figure("all", items, 0, ledgers.Bar(15, 8))
    assert error.value == pytest.approx((30 + 6 + 10 + 50) / 4)
    assert error.floor == pytest.approx((10 + 6 + 70 + 60) / 4)
    assert not error.higher_is_better
    assert ledgers.false_alarms(items[:2]) == ledgers.missed(items[2:]) == 0.5
    inside, off, width, shown, hard = ledgers.coverage_figures(items, 0)
    assert inside.value == pytest.approx(0.5)  # 4 in -10 to 30, 80 in 70 to 100
    assert off.value == pytest.approx(0.3)
    assert width.value == shown.value == pytest.approx((40 + 30 + 30 + 40) / 4)
    assert hard.value == 0


def test_a_wide_interval_is_not_shown() -> None:
    wide = replace(rated(40, 45), analysis=replace(analysis(HEADLINE, (), 45), interval=(10, 90)))
    *_, width, shown, hard = ledgers.coverage_figures([rated(4, 10, "b"), wide], 0)
    assert (width.value, shown.value, hard.value) == (55, 30, 0.5)


def test_the_worst_misses_come_first() -> None:
    _, _, rows = ledgers.worst([rated(0, 30, "a"), rated(70, 20, "d")])
    assert [row[0] for row in rows] == ["d", "a"]


def test_learners_are_folded_by_document() -> None:
    texts = [(f"Ship {word} sinks", f"The ship {word} sank.") for word in "abcdefgh"]
    gold = [float(at) for at in range(8)]
    made = [analysis(headline, (), 5.0) for headline, _ in texts]
    pytest.importorskip("sklearn")
    found = ledgers.rated(list("abcdefgh"), texts, gold, made, list("aabbccdd"), 0)
    assert [one.gold for one in found] == gold
    assert found[0].middle == found[1].middle
    assert all(one.ours == 5.0 for one in found)
