"""Terms of the headline: what is loaded, of which kind, and what is none."""

from itertools import pairwise

import pytest

from sensational.lexicon.loader import load
from sensational.terms import Headline, claim_shares, find_claims


def terms(headline: str) -> Headline:
    return find_claims(headline, load())


def loaded(headline: str) -> dict[str, str]:
    return {headline[c.start : c.end]: c.kind for c in terms(headline).claims if c.loaded}


@pytest.mark.parametrize(
    ("headline", "text", "kind"),
    [
        ("Terrified villagers leave the valley", "Terrified", "emotion"),
        ("Fury over the new rota", "Fury", "emotion"),
        ("River smashes through the wall", "smashes", "force"),
        ("Villagers flee the valley", "flee", "force"),
        ("Bank to close 40 branches", "40 branches", "scale"),
        ("Villagers leave in droves", "in droves", "scale"),
        ("Scientists prove that coffee harms sleep", "prove", "certainty"),
        ("The shameful deal of the harbour board", "shameful", "judgement"),
        ("Coach calls rival ‘a coward’", "‘a coward’", "quote"),
        ('Coach calls rival "a coward"', '"a coward"', "quote"),
        ("BREAKING: mayor leaves office", "BREAKING", "urgency"),
        ("You won't believe what this baker did", "You won't believe", "hook"),
    ],
)
def test_kinds(headline: str, text: str, kind: str) -> None:
    found = loaded(headline)
    assert any(text in span or span in text for span in found), found
    assert kind in {k for span, k in found.items() if text in span or span in text}


@pytest.mark.parametrize(
    "headline",
    ["Library to open on Sundays", "Council meets in the town hall", "Rain in the north on Monday"],
)
def test_plain_headlines_have_little_load(headline: str) -> None:
    assert terms(headline).loading <= 40
    assert not {"emotion", "force", "judgement", "hook"} & set(loaded(headline).values())


def test_title_case_loads_nothing() -> None:
    headline = "Library opens its reading room to everybody in the town"
    assert {text.lower() for text in loaded(headline.title())} == set(loaded(headline))
    assert terms(headline.title()).loading == terms(headline).loading


@pytest.mark.parametrize("form", [str.upper, str.lower, str.title])
def test_case_finds_the_same_terms(form) -> None:  # type: ignore[no-untyped-def]
    headline = "Terrified families flee as river smashes flood wall"
    plain = [(c.start, c.end, c.kind) for c in terms(headline).claims]
    assert [(c.start, c.end, c.kind) for c in terms(form(headline)).claims] == plain


@pytest.mark.parametrize("headline", ["Trump meets Putin in Washington", "Apple opens shop in Boston"])
def test_names_are_not_loaded(headline: str) -> None:
    assert loaded(headline) == {}


@pytest.mark.parametrize("word", ["says", "reportedly", "claims", "alleged", "may", "could", "according to"])
def test_sourcing_and_hedge_words_are_no_loaded_terms(word: str) -> None:
    assert not any(word in span.lower().split() for span in loaded(f"Mayor {word} bridge is safe"))


def test_what_the_headline_lowers_itself() -> None:
    assert terms("Is the bridge safe?").hedged
    assert terms("Bridge may close").hedged
    assert terms("Bridge will close, police say").attributed
    assert not terms("Bridge closes").hedged
    assert not terms("Bridge closes").attributed
    assert terms("Bridge closure is a hoax").doubt > terms("Bridge closes").doubt


def test_apostrophes_are_no_quotations() -> None:
    assert "quote" not in loaded("Dockers' leader won't join '90s band").values()


def test_terms_lie_in_order_and_never_over_each_other() -> None:
    claims = terms("BREAKING: ‘Terrified’ crowds flee 12 ports in droves over ‘rota’ fears").claims
    assert all(one.end <= other.start for one, other in pairwise(claims))


def test_shares_sum_to_one() -> None:
    assert abs(sum(claim_shares(terms("Terrified families flee as river smashes flood wall"))) - 1) < 1e-9


def test_loading_grows_with_loaded_words_only() -> None:
    assert terms("Families leave").loading < terms("Terrified families flee").loading
    assert terms("Terrified families flee").loading == terms("Terrified families flee Ostrel").loading


def test_a_label_claims_nothing_and_marks_part_names() -> None:
    spans = [c.start for c in terms("Opinion: the mill must stay").claims]
    assert min(spans) >= len("Opinion:")
    assert any(c.start == 0 for c in terms("Opinion on the mill is split").claims)
    names = ["Berlin, Paris shut mills"[c.start : c.end] for c in terms("Berlin, Paris shut mills").claims]
    assert names[:2] == ["Berlin", "Paris"]
