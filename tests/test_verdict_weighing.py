"""Weighing by hand: a claim and a place of the body made up, and what each of its gaps costs."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from sensational.evidence import Denial, Find, Findings
from sensational.language.certainty import Hedge
from sensational.language.document import Document
from sensational.language.quantities import Match
from sensational.language.voices import Voice
from sensational.terms import Claim, Headline
from sensational.verdict import (
    WIDTHS,
    Weights,
    absence,
    interval,
    load_weights,
    log_support,
    options,
    verdict_of,
    weigh,
    weight,
    weights_from,
    widths,
)

TEXT = "Terrified dockers flee Port Kesteral"
BODY = Document("The dockers left on Monday. It was a hoax. Nobody was hurt.")
THETA = dict.fromkeys(WIDTHS, 1.0)
WEIGHTS = Weights(THETA, 1.0, 0.5, 0.2, 2.0, {"supported_from": 0.7, "also_from": 0.3}, ())


def claim(kind: str = "force", **changes: Any) -> Claim:
    made = Claim(18, 22, 2, 3, kind, 0.5, (2,))  # type: ignore[arg-type]
    return made._replace(**changes)


def headline(*claims: Claim, **changes: Any) -> Headline:
    claims = claims or (claim(), claim("plain"), claim("emotion"))
    made = Headline(Document(TEXT), claims, False, False, 0.0, 0.0, frozenset(), 50.0, 0.0)
    return replace(made, **changes)


def place(how: str = "same", **changes: Any) -> Find:
    made = Find(0, 1, 2, how, nearness=1.0, context=1.0, subject=1.0, loose=0.0)  # type: ignore[arg-type]
    return made._replace(**changes)


def voice(kind: str = "named", source: str | None = "an official") -> Voice:
    return Voice(0, 10, kind, source, "said", False)  # type: ignore[arg-type]


def against(finds: tuple[Find, ...] = (), on: Headline | None = None, **findings: Any) -> dict[str, float]:
    """What speaks against the first claim of a headline, beside what having no place costs."""
    made = Findings((finds,), findings.pop("denials", ()), **findings)
    having_none = options(0, on or headline(), made)[-1]
    alone = absence((on or headline()).claims[0])
    return {name: width for name, width in having_none.items() if name not in alone}


# --- nothing there --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "names"),
    [
        (claim("emotion"), {"absent_emotion", "subject", "loose_loaded"}),
        (claim("plain"), {"absent_plain", "loose_plain"}),
        (claim("plain", name=True), {"absent_name", "loose_plain"}),
        (claim("emotion", name=True), {"absent_emotion", "subject", "loose_loaded"}),
        (claim("plain", quantity=object()), {"number_absent", "loose_plain"}),
        (claim("plain", quantity=object(), name=True), {"absent_name", "loose_plain"}),
    ],
)
def test_what_is_absent(one: Claim, names: set[str]) -> None:
    assert absence(one) == dict.fromkeys(names, 1.0)


def test_every_width_has_a_weight_and_every_absence_a_width() -> None:
    for kind in ("emotion", "force", "scale", "certainty", "judgement", "urgency", "hook", "plain", "quote"):
        assert set(absence(claim(kind))) <= set(WIDTHS)
    assert set(load_weights().theta) == set(WIDTHS)


# --- one place ------------------------------------------------------------------------------------


def test_a_perfect_place_has_no_gap() -> None:
    assert widths(claim(), place(), headline()) == {}


def test_word_for_word_nothing_else_counts() -> None:
    poor = place("verbatim", subject=0.0, loose=1.0, voice=voice(), earlier=True)
    assert widths(claim(), poor, headline()) == {}


def test_what_it_is_said_of() -> None:
    apart = place(subject=0.75, loose=0.5)
    assert widths(claim(), apart, headline()) == {"subject": 0.25, "loose_loaded": 0.5}
    assert widths(claim("plain"), apart, headline()) == {"loose_plain": 0.5}


@pytest.mark.parametrize(
    ("rungs", "wide"), [(-1, None), (0, None), (1, 1 / 3), (2, 2 / 3), (3, 1.0), (7, 1.0)]
)
def test_rungs_of_a_ladder(rungs: int, wide: float | None) -> None:
    found = widths(claim(), place("ladder", rungs=rungs, nearness=0.2), headline())
    assert found == ({} if wide is None else {"rungs": wide})


@pytest.mark.parametrize("how", ["related", "meaning", "inflection"])
def test_other_words_are_a_gap_of_meaning(how: str) -> None:
    assert widths(claim(), place(how, nearness=0.75), headline()) == {"meaning": 0.25}
    quoted = place(how, nearness=0.75, quoted=True)
    assert widths(claim("quote"), quoted, headline()) == {"paraphrased": 0.25}


def test_the_same_word_is_none() -> None:
    assert widths(claim(), place("same", nearness=0.5), headline()) == {}


@pytest.mark.parametrize(
    ("factor", "wide"),
    [
        (10**0.5, 0.5),
        (10**-0.5, 0.5),
        (10.0, 1.0),
        (1000.0, 1.0),
        (0.0, 1.0),
        (math.inf, 1.0),
        (0.5, math.log10(2)),
    ],
)
def test_numbers_are_apart_by_their_powers_of_ten(factor: float, wide: float) -> None:
    number = Match("larger", (), factor, 0.0)
    found = widths(claim("plain"), place("quantity", quantity=number), headline())
    assert found == pytest.approx({"number_larger": wide})


def test_a_number_that_follows_is_borne_out() -> None:
    number = Match("rounded", (), 10.0, 0.7)
    assert widths(claim("plain"), place("quantity", quantity=number), headline()) == {}


@pytest.mark.parametrize("kind", ["named", "unnamed", "outlet", "document"])
def test_whose_word_it_is(kind: str) -> None:
    said = place(voice=voice(kind))
    assert widths(claim(), said, headline()) == {kind: 1.0}
    assert widths(claim("plain"), said, headline()) == {kind: 0.3}
    assert widths(claim(), said, headline(attributed=True)) == {}


def test_a_quotation_is_to_be_somebodys_words() -> None:
    quote = claim("quote")
    assert widths(quote, place(), headline()) == {"unquoted": 1.0}
    assert widths(quote, place(quoted=True), headline()) == {}
    assert widths(quote, place(quoted=True, voice=voice("named")), headline()) == {}


@pytest.mark.parametrize(
    ("source", "attributed", "named"),
    [
        ("an official", False, False),
        ("the dockers", False, True),  # the headline speaks of dockers
        ("the angry dockers", False, True),
        ("dockers of Hull", False, False),  # the last word is the one that names
        (None, False, False),
        ("", False, False),
        (None, True, True),
        ("an official", True, True),
    ],
)
def test_a_quotation_of_nobody_in_particular(source: str | None, attributed: bool, named: bool) -> None:
    said = place(quoted=True, voice=voice("unnamed", source))
    found = widths(claim("quote"), said, headline(attributed=attributed))
    assert found == ({} if named else {"unnamed": 1.0})


def test_a_hedge_costs_unless_the_headline_hedges_too() -> None:
    unsure = place(hedge=Hedge(0, 5, "modal", "may", 0, 3, 0.6))  # type: ignore[arg-type]
    assert widths(claim(), unsure, headline()) == {"hedged": 0.6}
    assert widths(claim(), unsure, headline(hedged=True)) == {}


@pytest.mark.parametrize(("how", "costs"), [("same", True), ("inflection", True), ("related", False)])
def test_an_earlier_time_counts_for_the_same_word_only(how: str, costs: bool) -> None:
    assert widths(claim(), place(how, earlier=True), headline()) == ({"earlier": 1.0} if costs else {})


# --- all places -----------------------------------------------------------------------------------


def test_each_place_has_its_widths_and_having_none_comes_last() -> None:
    finds = (place(subject=0.5), place("opposite"), place(loose=0.5))
    assert options(0, headline(), Findings((finds,), ())) == (
        {"subject": 0.5},
        {"loose_loaded": 0.5},
        {"absent_force": 1.0, "subject": 1.0, "loose_loaded": 1.0},
    )


def test_several_sources_are_no_longer_one_persons_word() -> None:
    one, other = place(voice=voice(source="the mayor"), loose=0.5), place(voice=voice(source="a docker"))
    several = Findings(((one, other, place(subject=0.5)),), ())
    assert options(0, headline(), several)[:3] == ({"loose_loaded": 0.5}, {}, {"subject": 0.5})
    again = Findings(((one, one, place(subject=0.5)),), ())
    assert options(0, headline(), again)[:2] == ({"loose_loaded": 0.5, "named": 1.0},) * 2
    opposite = Findings(((one, other._replace(how="opposite")),), ())
    assert options(0, headline(), opposite)[0] == {"loose_loaded": 0.5, "named": 1.0}
    unnamed = Findings(((place(voice=voice("unnamed")), place(voice=voice("outlet", "the Post"))),), ())
    assert options(0, headline(), unnamed)[:2] == ({}, {})


def test_what_a_sentence_entails_closes_gaps_of_wording_only() -> None:
    finds = (
        place("related", nearness=0.5, loose=0.5, subject=0.5),
        place("related", nearness=0.5, sentence=1),
    )
    found = options(0, headline(), Findings((finds,), (), judged={0: (0.75, 0.0)}))
    assert found[0] == {"meaning": 0.125, "loose_loaded": 0.125, "subject": 0.5}
    assert found[1] == {"meaning": 0.5}
    plain = Findings(((place(loose=0.5),),), (), judged={0: (0.5, 0.0)})
    assert options(0, headline(claim("plain")), plain)[0] == {"loose_plain": 0.25}


# --- what speaks against it -----------------------------------------------------------------------


def denial(share: float = 0.6, debunking: float = 1.0, strength: float = 1.0) -> Denial:
    return Denial(1, 28, 41, strength, debunking, share)


def test_nothing_speaks_against_it() -> None:
    assert against() == {}


@pytest.mark.parametrize(
    ("denials", "wide"),
    [
        ((denial(),), 1.0),
        ((denial(share=0.9),), 1.0),
        ((denial(share=0.45),), 0.5),  # 0.75 of the headline reached; what lies above a half
        ((denial(debunking=0.8),), 0.6),
        ((denial(share=0.3),), None),  # half of it: none of this headline's
        ((denial(share=0.3), denial(share=0.3)), 0.5),  # together 0.75
    ],
)
def test_a_debunking_counts_by_how_much_of_the_headline_it_reaches(
    denials: tuple[Denial, ...], wide: float | None
) -> None:
    assert against(denials=denials) == pytest.approx({} if wide is None else {"debunked": wide})


def test_a_body_that_tells_the_headline_often_debunks_it_less() -> None:
    assert against(denials=(denial(),), told=2.0) == {"debunked": 1.0}
    assert against(denials=(denial(),), told=4.0) == pytest.approx({"debunked": 0.5})
    assert against(denials=(denial(),), told=6.0) == {}


@pytest.mark.parametrize(("claims", "wide"), [(1, None), (2, 1 / 3), (3, 1.0), (6, 1.0)])
def test_a_label_leaves_little_to_deny(claims: int, wide: float | None) -> None:
    found = against(on=headline(*[claim()] * claims), denials=(denial(),))
    assert found == pytest.approx({} if wide is None else {"debunked": wide}, abs=1e-5)


def test_the_nearest_place_tells_what_is_denied_there() -> None:
    denied = place(denied=0.8, context=0.5)
    assert against((denied, place())) == pytest.approx({"denied_here": (0.4 - 0.3) / 0.7})
    assert against((place(), denied)) == {}
    assert against((place(denied=0.5, context=0.5),)) == {}


def test_a_headline_that_doubts_is_not_taken_back_by_a_denial() -> None:
    doubting = headline(doubt=0.75)
    assert against((place(denied=1.0),), on=doubting, denials=(denial(),)) == {
        "debunked": 0.25,
        "denied_here": 0.25,
    }
    assert against(on=headline(doubt=1.0), denials=(denial(),)) == {}


def test_a_doubt_that_the_body_does_not_share() -> None:
    untrue = headline(untrue=0.8)
    assert against(on=untrue) == {"doubt_unmet": 0.8}
    assert against(on=untrue, doubted=True) == {}
    assert against(on=untrue, verbatim=True) == {}
    halved = (denial(debunking=0.0, strength=0.5), denial(debunking=0.0, strength=0.25))
    assert against(on=untrue, denials=halved) == {"doubt_unmet": 0.4}


def test_a_model_takes_the_body_to_contradict_it() -> None:
    finds = (place(), place(sentence=1), place(sentence=2))
    assert against(finds, judged={1: (0.0, 0.9)}) == pytest.approx({"refuted": 0.8})
    assert against(finds, judged={0: (0.2, 0.0), 1: (0.0, 0.9), 2: (0.0, 0.6)}) == pytest.approx(
        {"refuted": 0.4}
    )
    assert against(finds, judged={0: (0.0, 0.5)}) == {}
    assert against(finds, judged={9: (0.0, 1.0)}) == {}


def test_a_denial_widens_every_place() -> None:
    found = options(0, headline(), Findings(((place(), place(loose=0.5)),), (denial(),)))
    assert found[0] == {"debunked": 1.0}
    assert found[1] == {"loose_loaded": 0.5, "debunked": 1.0}
    assert found[2]["debunked"] == 1.0


# --- weighing -------------------------------------------------------------------------------------


def test_support_is_what_all_gaps_leave() -> None:
    assert log_support({}, THETA) == 0
    assert log_support({"meaning": 0.5, "hedged": 1.0}, {"meaning": 2.0, "hedged": 0.25}) == -1.25


def weighed(*finds: Find, theta: dict[str, float] | None = None, **findings: Any):  # type: ignore[no-untyped-def]
    made = Findings((finds,), findings.pop("denials", ()), **findings)
    return weigh(0, headline(), made, BODY, replace(WEIGHTS, theta={**THETA, **(theta or {})}))


def test_the_place_that_leaves_most_decides() -> None:
    poor, better = place("ladder", rungs=3), place("ladder", rungs=1)
    found = weighed(poor, place("opposite"), better)
    assert found.best == better
    assert found.support == round(math.exp(-1 / 3), 4)
    assert found.verdict == "supported"
    assert [(gap.kind, gap.size) for gap in found.gaps] == [("strength", round(1 - math.exp(-1 / 3), 4))]


def test_of_two_alike_the_first_decides() -> None:
    first, second = place(sentence=1, loose=0.5), place(sentence=0, loose=0.5)
    assert weighed(first, second).best == first


def test_a_place_worse_than_none_does_not_decide() -> None:
    found = weighed(
        place("ladder", rungs=3), theta={"absent_force": 0.5, "subject": 0.1, "loose_loaded": 0.1}
    )
    assert found.best is None
    assert found.support == round(math.exp(-0.7), 4)
    assert found.verdict == "absent"


def test_nothing_at_all() -> None:
    found = weighed()
    assert found.best is None
    assert found.support == round(math.exp(-3), 4)
    assert (found.verdict, found.also) == ("absent", ("shifted",))
    assert {gap.kind for gap in found.gaps} == {"strength", "absence", "subject"}


def test_gaps_are_the_largest_first_and_none_is_small() -> None:
    hedge = Hedge(0, 5, "modal", "may", 0, 3, 0.6)  # type: ignore[arg-type]
    found = weighed(
        place(hedge=hedge, subject=0.95, loose=0.04, voice=voice()),
        theta={"named": 0.75, "subject": 1.0, "absent_force": 9.0},
    )
    assert [gap.kind for gap in found.gaps] == ["source", "certainty", "subject"]
    assert [gap.size for gap in found.gaps] == [round(1 - math.exp(-x), 4) for x in (0.75, 0.6, 0.05)]
    assert [gap.reason for gap in found.gaps][:2] == [
        "Only as the word of one source (an official).",
        "The body does not say it for sure (“may”).",
    ]


def test_a_gap_of_a_twentieth_is_worth_a_line() -> None:
    assert [gap.kind for gap in weighed(place(loose=0.05)).gaps] == ["strength"]
    assert weighed(place(loose=0.049)).gaps == ()


def test_gaps_of_one_kind_are_one_line() -> None:
    found = weighed(place("related", nearness=0.5, loose=0.25), theta={"absent_force": 9.0})
    assert [(gap.kind, gap.size) for gap in found.gaps] == [("strength", round(1 - math.exp(-0.75), 4))]


# --- verdicts -------------------------------------------------------------------------------------


def verdict(
    supported_from: float = 0.7, also_from: float = 0.3, **wide: float
) -> tuple[str, tuple[str, ...]]:
    return verdict_of(wide, THETA, supported_from, also_from)


@pytest.mark.parametrize(
    ("names", "kind", "expected"),
    [
        ("meaning rungs", "strength", "weaker"),
        ("number_larger number_absent", "scale", "weaker"),
        ("named unnamed outlet document", "source", "attributed"),
        ("hedged", "certainty", "hedged"),
        ("subject", "subject", "shifted"),
        ("loose_loaded loose_plain", "strength", "supported"),
        ("earlier", "time", "shifted"),
        ("unquoted", "quotation", "shifted"),
        ("paraphrased", "quotation", "weaker"),
        ("debunked denied_here doubt_unmet refuted", "polarity", "contradicted"),
        ("absent_emotion absent_force absent_scale absent_certainty absent_judgement", "absence", "absent"),
        ("absent_urgency absent_hook absent_plain absent_name absent_quote", "absence", "absent"),
    ],
)
def test_each_width_is_of_a_gap_and_speaks_for_a_verdict(names: str, kind: str, expected: str) -> None:
    for name in names.split():
        assert WIDTHS[name] == (kind, expected)
        assert verdict(**{name: 1.0}) == (expected, ())


def test_no_gap_is_supported() -> None:
    assert verdict() == ("supported", ())


def test_small_gaps_are_supported_and_those_of_one_verdict_add_up() -> None:
    assert verdict(meaning=0.25) == ("supported", ())
    assert verdict(meaning=0.25, number_larger=0.25) == ("weaker", ())
    assert verdict(meaning=0.25, loose_loaded=5.0) == ("supported", ())  # other words say nothing against it


def test_the_threshold_itself_is_supported() -> None:
    assert verdict_of({"hedged": 0.5}, THETA, math.exp(-0.5), 0.3)[0] == "supported"


def test_the_widest_comes_first_and_others_from_the_least_on() -> None:
    found = verdict(named=0.3, hedged=0.9, subject=0.5, meaning=0.25)
    assert found == ("hedged", ("shifted", "attributed"))


# --- weights and interval -------------------------------------------------------------------------


def test_weights_are_read_as_they_are_written() -> None:
    data = {
        "theta": dict.fromkeys(WIDTHS, 2),
        "weight": {"plain": 1, "loaded": 2, "loading": 3, "curve": 4},
        "verdict": {"supported_from": 1, "also_from": 0},
        "interval": [[1, 2, 3]],
    }
    assert weights_from(data) == Weights(
        dict.fromkeys(WIDTHS, 2.0),
        1.0,
        2.0,
        3.0,
        4.0,
        {"supported_from": 1.0, "also_from": 0.0},
        ((1.0, 2.0, 3.0),),
    )


def test_the_weight_of_a_term() -> None:
    assert weight(claim("plain"), 0.5, WEIGHTS) == 0.5
    assert weight(claim(loading=0.5), 0.5, WEIGHTS) == 0.5 * (1.0 + 0.5 + 0.2 * 0.5)
    assert weight(claim(loading=1.0), 0.9, WEIGHTS) == 0.98


TABLE = ((10.0, 5.0, 20.0), (50.0, 25.0, 80.0), (60.0, 30.0, 85.0))


@pytest.mark.parametrize(
    ("divergence", "expected"),
    [
        (10.0, (5.0, 20.0)),
        (30.0, (15.0, 50.0)),
        (50.0, (25.0, 80.0)),
        (4.0, (4.0, 20.0)),  # below the table its first row, which reaches down to the divergence itself
        (55.0, (27.5, 82.5)),
        (80.0, (30.0, 85.0)),
        (90.0, (30.0, 90.0)),
        (31.0, (15.5, 51.5)),
        (30.01, (15.0, 50.1)),  # rounded outwards
    ],
)
def test_the_interval_lies_between_the_rows(divergence: float, expected: tuple[float, float]) -> None:
    assert interval(divergence, replace(WEIGHTS, interval=TABLE)) == expected


def test_the_interval_stays_within_the_scale_and_around_the_divergence() -> None:
    wild = replace(WEIGHTS, interval=((0.0, -9.0, 120.0), (100.0, 150.0, 160.0)))
    assert interval(0.0, wild) == (0.0, 100.0)
    assert interval(100.0, wild) == (100.0, 100.0)
    assert interval(50.0, WEIGHTS) == (0.0, 100.0)
