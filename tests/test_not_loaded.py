"""Names, sport, weather, titles of works, legal terms and animals load nothing; their words elsewhere do."""

from __future__ import annotations

import pytest

from sensational.language.document import Document
from sensational.lexicon.loader import load
from sensational.loading import headline_loading
from sensational.terms import find_claims

HARMLESS = {
    "names": [
        "Trump meets Merkel in Berlin",
        "Battle Creek council meets on Monday",
        "Hope Hicks leaves the office",
        "Death Valley park opens new trail",
        "Victoria Crosses auctioned in Leeds",
    ],
    "sport": [
        "Rovers striker has shot on goal",
        "Forward fires wide from free kick",
        "Team wins on penalty shootout",
        "Guard attacks the rim in late win",
        "Boxer wins title fight by knockout",
    ],
    "weather": [
        "Heat wave continues through Friday",
        "Hurricane season begins in June",
        "Flash flood watch issued for valley",
        "Blizzard warning ends at noon",
        "Wildfire smoke drifts over the lake",
    ],
    "titles of works": [
        "‘War and Peace’ returns to the stage",
        "‘Killing Eve’ shown again in June",
        "‘The Walking Dead’ cast visits museum",
        "‘Crime and Punishment’ read in library",
        "‘Breaking Bad’ actor opens restaurant",
    ],
    "law": [
        "Murder trial opens in county court",
        "Manslaughter charge against driver dropped",
        "Grand jury to hear arson case",
        "Judge sets date for rape trial",
        "War crimes tribunal hears witness",
        "Death penalty hearing moved to May",
    ],
    "animals and trade": [
        "Killer whale seen off the coast",
        "Assassin bugs found in orchard",
        "Attack ads to air next week",
    ],
}
LOADED = [
    ("Gunman’s shot kills guard", "kills"),
    ("Battle rages in the valley", "battle"),
    ("Mayor fires whole board in fury", "fury"),
    ("Mob attacks the bus", "attacks"),
    ("Team humiliated in cup final", "humiliated"),
    ("Flood devastates the valley", "devastates"),
    ("Crowd stunned by the verdict", "stunned"),
    ("Judge slams prosecutor over trial", "slams"),
    ("Killer strikes again in the city", "killer"),
    ("Minister attacks his own party", "attacks"),
]


@pytest.mark.parametrize("headline", [one for group in HARMLESS.values() for one in group])
def test_harmless(headline: str) -> None:
    claims = find_claims(headline, load())
    assert not [(claim.kind, headline[claim.start : claim.end]) for claim in claims.claims if claim.loaded]
    assert headline_loading(claims.document.words, claims.claims, headline) < 35


@pytest.mark.parametrize(("headline", "word"), LOADED)
def test_the_same_words_elsewhere(headline: str, word: str) -> None:
    claims = find_claims(headline, load())
    held = {w for claim in claims.claims if claim.loaded
            for w in claims.document.words[claim.first : claim.last]}  # fmt: skip
    assert word in held


def test_exempt_words_are_places_of_the_phrase() -> None:
    words = Document("Killer whale seen near a killer").words
    assert load().exempt(words) == {0, 1}
