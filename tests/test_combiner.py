"""The combiner: seven probabilities, what facts overrule, and what is left of a term."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from articles import HEADLINES, bodies
from hypothesis import given
from hypothesis import strategies as st
from verifier.fakes import judgement_of, judgements

from sensational.analysis import KINDS, VERDICTS, Kind, Verdict
from sensational.combiner import (
    TRACE,
    Combiner,
    inputs_of,
    least_support,
    load_combiner,
    overruled,
    settle,
    weigh,
)
from sensational.facts import Facts, TermFacts
from sensational.language.canonical import canonical
from sensational.language.document import Document
from sensational.language.voices import voice_at
from sensational.terms import find_spans
from sensational.verifier.inputs import ReadBody

COMBINER = Combiner(
    weights={f"verifier_{name}": tuple(float(name == other) for other in VERDICTS) for name in VERDICTS},
    supports={"supported": 1.0, "attributed": 0.7, "hedged": 0.6, "weaker": 0.5, "shifted": 0.4,
              "contradicted": 0.05, "absent": 0.2},
    supported_from=0.5, also=0.25, shares=dict.fromkeys(KINDS, 0.8), whole=0.5, curve=1.5,
    intervals=((0.0, 0.0, 10.0), (100.0, 80.0, 100.0)),
)  # fmt: skip
"""One that says what the verifier says."""
_BODY = ReadBody(Document("The mayor left on Monday. It rained all day."))
_HEADLINE = Document("mayor humiliated")
_FACTS = Facts(_HEADLINE, _BODY)
_TERM = find_spans(_HEADLINE, judgement_of(_HEADLINE, _BODY, kinds={"humiliated": "emotion"}).reading)[-1]
NOTHING: TermFacts = _FACTS.of_term(_TERM, None)
FOLLOWS, DIFFERS = replace(NOTHING, number="follows"), replace(NOTHING, number="differs")
SPOKEN, WRITTEN = replace(NOTHING, quotation="spoken"), replace(NOTHING, quotation="written")
ANY_FACTS = st.sampled_from([NOTHING, FOLLOWS, DIFFERS, SPOKEN, WRITTEN, replace(SPOKEN, number="follows")])


@st.composite
def probabilities(draw: st.DrawFn) -> list[float]:
    parts = draw(st.lists(st.floats(0, 1), min_size=7, max_size=7).filter(lambda all_: sum(all_) > 0.01))
    return [part / math.fsum(parts) for part in parts]


def mostly(verdict: Verdict, sure: float = 0.94) -> list[float]:
    return [sure if name == verdict else (1 - sure) / 6 for name in VERDICTS]


@given(probabilities(), ANY_FACTS)
def test_probabilities_sum_to_one_and_support_is_a_share(found: list[float], facts: TermFacts) -> None:
    weighed = settle(found, facts, COMBINER)
    assert math.fsum(weighed.probabilities) == pytest.approx(1, abs=1e-12)
    assert all(0 <= p <= 1 and p == round(p, 4) for p in weighed.probabilities)
    assert 0 <= weighed.support <= 1
    assert weighed.verdict not in weighed.also
    assert (weighed.verdict == "supported") == (weighed.probabilities[0] >= COMBINER.supported_from)
    if weighed.verdict != "supported":
        assert max(weighed.probabilities[1:]) == weighed.probabilities[VERDICTS.index(weighed.verdict)]


@given(probabilities(), st.sampled_from(VERDICTS[1:]), st.floats(0, 1), ANY_FACTS)
def test_more_for_supported_never_leaves_less(
    found: list[float], verdict: Verdict, share: float, facts: TermFacts
) -> None:
    at = VERDICTS.index(verdict)
    moved = [*found]
    moved[0] += share * found[at]
    moved[at] -= share * found[at]
    before, after = settle(found, facts, COMBINER), settle(moved, facts, COMBINER)
    assert after.support >= before.support - 2e-4  # probabilities have four decimals


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_verdict_that_is_sure(verdict: Verdict) -> None:
    weighed = settle(mostly(verdict), NOTHING, COMBINER)
    assert weighed.verdict == verdict
    assert weighed.also == ()
    assert weighed.support == pytest.approx(COMBINER.supports[verdict], abs=0.06)


@given(probabilities())
def test_a_supported_term_keeps_only_a_trace_of_what_is_missing(found: list[float]) -> None:
    weighed = settle(found, NOTHING, COMBINER)
    if weighed.verdict == "supported":
        assert weighed.support >= 1 - TRACE
        assert (weighed.support == 1) == (1 - weighed.probabilities[0] < 0.005) or weighed.support < 1


@given(probabilities(), ANY_FACTS)
def test_also_names_what_is_likely(found: list[float], facts: TermFacts) -> None:
    weighed = settle(found, facts, COMBINER)
    likely = {
        name
        for name, p in zip(VERDICTS, weighed.probabilities, strict=True)
        if p >= COMBINER.also and name != weighed.verdict
    }
    assert set(weighed.also) == likely


class TestNumberStated:
    """A number that the body states, or that follows from it, is not contradicted."""

    def test_for(self) -> None:
        assert settle(mostly("contradicted", 0.6), FOLLOWS, COMBINER).verdict != "contradicted"
        assert overruled(mostly("contradicted"), FOLLOWS)[VERDICTS.index("contradicted")] == 0

    @pytest.mark.parametrize("facts", [NOTHING, DIFFERS])
    def test_against(self, facts: TermFacts) -> None:
        assert settle(mostly("contradicted"), facts, COMBINER).verdict == "contradicted"

    @pytest.mark.parametrize("verdict", ["supported", "attributed", "shifted", "absent"])
    def test_it_leaves_the_other_verdicts(self, verdict: Verdict) -> None:
        assert settle(mostly(verdict), FOLLOWS, COMBINER).verdict == verdict


class TestQuotationSpoken:
    """A quotation that stands verbatim in somebody's mouth is not absent or contradicted."""

    @pytest.mark.parametrize("verdict", ["absent", "contradicted"])
    def test_for(self, verdict: Verdict) -> None:
        assert settle(mostly(verdict, 0.6), SPOKEN, COMBINER).verdict not in ("absent", "contradicted")

    @pytest.mark.parametrize("facts", [NOTHING, WRITTEN])
    def test_against(self, facts: TermFacts) -> None:
        assert settle(mostly("absent"), facts, COMBINER).verdict == "absent"

    @pytest.mark.parametrize("verdict", ["supported", "shifted", "weaker"])
    def test_it_leaves_the_other_verdicts(self, verdict: Verdict) -> None:
        assert settle(mostly(verdict), SPOKEN, COMBINER).verdict == verdict


@given(probabilities(), ANY_FACTS)
def test_what_is_not_ruled_out_keeps_its_order(found: list[float], facts: TermFacts) -> None:
    kept = overruled(found, facts)
    assert math.fsum(kept) == pytest.approx(1)
    left = [at for at in range(7) if kept[at] > 0]
    assert sorted(left, key=lambda at: (found[at], at)) == sorted(left, key=lambda at: (kept[at], at))


def test_where_everything_is_ruled_out_nothing_is() -> None:
    sure = [0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0]
    assert overruled(sure, FOLLOWS) == sure


@given(st.data(), st.sampled_from(HEADLINES), bodies())
def test_from_the_verifier_to_a_verdict(data: st.DataObject, headline: str, text: str) -> None:
    document, body = Document(canonical(headline)[0]), ReadBody(Document(text))
    judgement = data.draw(judgements(document, body))
    facts = Facts(document, body)
    whole = facts.of_headline()
    spans = find_spans(document, judgement.reading)
    least = least_support(spans, judgement)
    for span in spans:
        found = facts.of_term(span, None)
        inputs = inputs_of(span, judgement, whole, found, least)
        assert inputs["better_than_weakest"] >= 0
        assert all(math.isfinite(value) for value in inputs.values())
        weighed = weigh(inputs, found, load_combiner())
        assert math.fsum(weighed.probabilities) == pytest.approx(1, abs=1e-12)
        mean = judgement.verdicts_of(span.start, span.end)
        if found.number != "follows" and found.quotation != "spoken":
            own = weigh(inputs, found, COMBINER)
            assert own.probabilities == pytest.approx(tuple(mean), abs=0.011)


def test_the_shipped_weights_are_of_inputs_that_there_are() -> None:
    combiner = load_combiner()
    judgement = judgement_of(_HEADLINE, _BODY)
    assert set(combiner.weights) <= set(inputs_of(_TERM, judgement, _FACTS.of_headline(), NOTHING, 0.0))
    assert all(len(row) == len(VERDICTS) for row in combiner.weights.values())
    assert all(math.isfinite(one) for row in combiner.weights.values() for one in row)


def test_the_weakest_span_of_a_headline_is_known() -> None:
    headline = Document("mayor humiliated")
    body = ReadBody(Document("The mayor left on Monday. It rained all day."))
    judgement = judgement_of(headline, body, {"humiliated": "absent"}, kinds={"humiliated": "emotion"})
    spans = find_spans(headline, judgement.reading)
    least = least_support(spans, judgement)
    found = [inputs_of(span, judgement, _FACTS.of_headline(), NOTHING, least) for span in spans]
    assert [one["is_weakest"] for one in found] == [0.0, 1.0]
    assert found[0]["better_than_weakest"] > 0 == found[1]["better_than_weakest"]
    assert least_support([], judgement) == 0.0


@given(st.sampled_from(KINDS), st.floats(0, 1), st.floats(0, 1))
def test_a_headline_that_diverges_more_lets_its_terms_count_more(
    kind: Kind, one: float, other: float
) -> None:
    less, more = sorted((one, other))
    assert 0 <= COMBINER.weight_of(kind, less) <= COMBINER.weight_of(kind, more) <= COMBINER.shares[kind]
    assert COMBINER.weight_of(kind, 0.5) == COMBINER.shares[kind]


def test_the_shipped_shares_are_in_bounds() -> None:
    combiner = load_combiner()
    assert set(combiner.supports) == set(VERDICTS)
    assert combiner.supports["supported"] == 1
    assert all(0 <= share <= 1 for share in combiner.supports.values())
    assert set(combiner.shares) == set(KINDS)
    assert all(0 <= share <= 0.98 for share in combiner.shares.values())
    assert combiner.curve >= 1
    assert combiner.whole > 0
    rows = combiner.intervals
    assert [row[0] for row in rows] == sorted({row[0] for row in rows})
    assert all(0 <= low <= high <= 100 for _, low, high in rows)


SAID = Document("“He left,” Ilse Marrant said.")


def test_each_input_says_what_its_name_says() -> None:
    headline = Document("mayor utterly humiliated twice")
    judgement = judgement_of(
        headline,
        _BODY,
        {"humiliated": "absent", "mayor": "weaker"},
        {"mayor": 0},
        {"utterly": "emotion", "humiliated": "emotion"},
    )
    spans = find_spans(headline, judgement.reading)
    least = least_support(spans, judgement)
    heard = replace(NOTHING, voice=voice_at(SAID, 2, 6), words_found=0.5, number="differs")
    whole = _FACTS.of_headline()
    mayor, humiliated, twice = (inputs_of(span, judgement, whole, heard, least) for span in spans)
    assert least == pytest.approx(math.log(0.01))
    # The weakest word of a span, its mean, and how far it is from the weakest span.
    assert humiliated["least_supported_word"] == pytest.approx(math.log(0.01))
    assert humiliated["verifier_absent"] == pytest.approx(math.log((0.94 + 0.01) / 2))
    assert (humiliated["is_weakest"], mayor["is_weakest"], twice["is_weakest"]) == (0.0, 1.0, 0.0)
    assert humiliated["better_than_weakest"] == pytest.approx(humiliated["verifier_supported"] - least)
    assert mayor["headline_diverges"] == humiliated["headline_diverges"] == 0.0
    surer = replace(judgement, divergence=0.9)
    behind, first = (inputs_of(span, surer, whole, heard, least) for span in (spans[1], spans[0]))
    assert (behind["is_weakest_and_headline_diverges"], first["is_weakest_and_headline_diverges"]) == (
        0.0,
        pytest.approx(math.log(9)),
    )
    # Where it points.
    assert mayor["points_surely"] > 0.99 > 0.01 > twice["points_surely"]
    assert twice["points_nowhere"] > 0 > mayor["points_nowhere"]
    # What the facts are.
    assert (mayor["number_differs"], mayor["number_follows"]) == (1.0, 0.0)
    assert (mayor["words_found"], mayor["words_found_in_speech"], mayor["milder_word"]) == (0.5, 0.5, 0.0)
    assert (mayor["somebody_says"], mayor["somebody_says_unattributed"]) == (1.0, 1.0)
    told = inputs_of(spans[0], judgement, replace(whole, attributed=True), heard, least)
    assert (told["headline_attributes"], told["somebody_says_unattributed"]) == (1.0, 0.0)
    alone = inputs_of(spans[0], judgement, whole, replace(FOLLOWS, milder="left"), least)
    assert (alone["number_differs"], alone["number_follows"], alone["milder_word"]) == (0.0, 1.0, 1.0)
    assert (alone["somebody_says"], alone["words_found_in_speech"]) == (0.0, 0.0)


@pytest.mark.parametrize(("found", "verdict", "also"), [
    ([0.5, 0.25, 0.15, 0.1, 0.0, 0.0, 0.0], "supported", ("attributed",)),
    ([0.4999, 0.2501, 0.15, 0.1, 0.0, 0.0, 0.0], "attributed", ("supported",)),
    ([0.2, 0.0, 0.4, 0.0, 0.4, 0.0, 0.0], "hedged", ("shifted",)),
])  # fmt: skip
def test_thresholds_are_met_and_of_equal_verdicts_the_milder_comes_first(
    found: list[float], verdict: Verdict, also: tuple[Verdict, ...]
) -> None:
    weighed = settle(found, NOTHING, COMBINER)
    assert (weighed.verdict, weighed.also) == (verdict, also)


def test_what_is_left_of_a_supported_term_falls_with_its_doubts() -> None:
    sure, unsure = (
        settle(mostly("supported", 0.97), NOTHING, COMBINER),
        settle(mostly("supported", 0.5), NOTHING, COMBINER),
    )
    assert 1 - TRACE < unsure.support < sure.support < 1


def test_what_is_rounded_still_sums_to_one_by_the_likeliest() -> None:
    found = settle([0.33335, 0.33335, 0.3333, 0.0, 0.0, 0.0, 0.0], NOTHING, COMBINER).probabilities
    assert math.fsum(found) == 1
    assert found[2] == 0.3333
