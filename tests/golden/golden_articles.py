"""Two hundred articles whose analysis is kept: every kind of term, verdict and reason not to score.

The texts of ``data/``, and articles put together from small facts, each with what a headline makes of it and
what bodies do with it. What is drawn depends on nothing but the code below: the generator is our own, for
``random`` promises the same numbers on every version of Python for ``random()`` alone.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

DATA = Path(__file__).parents[2] / "data"
HOW_MANY = 200

T = TypeVar("T")


@dataclass(frozen=True)
class Golden:
    """A headline and a body to score, by the name that stands in the file of results."""

    name: str
    headline: str
    body: str


class Draw:
    """Numbers that look random: Knuth's linear congruential generator of 64 bits, its upper half."""

    def __init__(self, seed: int) -> None:
        self._state = seed

    def below(self, bound: int) -> int:
        """A whole number from 0 on, smaller than ``bound``."""
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self._state >> 32) * bound >> 32

    def one_of(self, things: Sequence[T]) -> T:
        """One of them."""
        return things[self.below(len(things))]


@dataclass(frozen=True)
class Fact:
    """What may have happened: as headlines put it, and as bodies do, from bearing it out to denying it."""

    claims: tuple[str, ...]
    told: tuple[str, ...]


FACTS = (
    Fact(
        (
            "thousands flee as dam bursts", "Terrified families flee valley in droves",
            "Hundreds evacuated from Tamsel valley", "Dam disaster: valley is gone forever",
        ),
        (
            "Thousands fled the valley in terror when the dam burst on Sunday night.",
            "About 340 people left their homes near the dam, some of them scared.",
            "Officials said that 340 families may have to leave the valley if the dam gives way.",
            "Nobody fled: the dam did not burst, and the valley is dry.",
            "In 1953 the dam burst and thousands fled the valley.",
        ),
    ),
    Fact(
        (
            "Mayor ‘humiliated’ in furious council row", "Mayor storms out of crisis talks",
            "Mayor denies row with council", "Disgraced mayor SLAMS rivals",
        ),
        (
            "The mayor was humiliated, and she stormed out of the crisis talks in a fury.",
            "The mayor left the talks a little early on Tuesday, her office said.",
            "“I was a bit annoyed,” Mayor Ilse Marrant told the Kesteral Lantern. “That is all.”",
            "One councillor, who asked not to be named, called the mayor “humiliated”.",
            "There was no row, and the mayor denied that she had stormed out.",
        ),
    ),
    Fact(
        (
            "Coffee causes insomnia, scientists prove", "Coffee may be linked to poor sleep, study finds",
            "Shock study: one in five can't sleep after coffee", "Coffee cures baldness",
        ),
        (
            "A study published in April found that coffee causes insomnia.",
            "Coffee was associated with shorter sleep in a study of 1,200 adults, the researchers wrote.",
            "The authors warn that the results do not prove that coffee causes insomnia.",
            "Scientists suspect that coffee could possibly disturb sleep, but more research is needed.",
            "A fifth of those asked, 21.4 percent, said that they slept badly.",
        ),
    ),
    Fact(
        (
            "Robot sells for record $924 million", "Robot fetches nearly $1bn at auction",
            "World’s most expensive robot sold", "Nobody wants the billion-dollar robot",
        ),
        (
            "The robot was sold at auction for $924 million, more than any before it.",
            "It went for $92.4 million, the auction house said in a statement.",
            "Bidders offered some 900 million dollars for the robot.",
            "The robot found no buyer and goes back to its maker.",
            "Reportedly a collector will pay “close to a billion” next year.",
        ),
    ),
    Fact(
        (
            "Bank axes 12,000 jobs in brutal purge", "BREAKING: Bank slashes jobs",
            "Bank to cut up to 12,000 posts by 2027", "Workers ‘betrayed’ as bank collapses",
        ),
        (
            "The bank will cut 12,000 jobs, it announced on Monday.",
            "About 1,200 posts are to go by the end of 2027, a third of them by retirement.",
            "According to a leaked document, the bank is considering whether to reduce its staff.",
            "The bank denied on Wednesday that it would cut any jobs.",
            "“We were betrayed,” said Pell Orrin, a clerk of the bank for thirty years.",
        ),
    ),
    Fact(
        (
            "Storm KILLS three in Pellworth", "Deadly storm batters coast", "3 dead, 40 injured in storm",
            "Killer storm leaves Pellworth in ruins",
        ),
        (
            "Three people were killed and forty injured when the storm hit Pellworth.",
            "The storm damaged two roofs in Pellworth. No one was hurt.",
            "Police believe that one man may have died in the storm.",
            "Rescuers said three were dead; by the evening the toll had been corrected to one.",
            "A violent storm battered the coast and left the town in ruins.",
        ),
    ),
    Fact(
        (
            "Is the Hallow Bridge about to collapse?", "‘Death trap’ bridge crumbles into river",
            "Why nobody trusts the Hallow Bridge", "Bridge is safe, engineers insist",
        ),
        (
            "The Hallow Bridge is safe, the engineers found after four weeks of tests.",
            "Pieces of concrete fell from the Hallow Bridge into the river last week.",
            "A driver called the bridge “a death trap” on the town’s forum.",
            "The bridge could collapse unless it is repaired, a report by the county says.",
            "The bridge crumbled into the river at dawn.",
        ),
    ),
    Fact(
        (
            "Viral video of giant eel is a hoax", "Giant eel terrorises harbour", "Monster eel eats dog",
            "Experts baffled by giant eel",
        ),
        (
            "The video of the giant eel is a fake, its maker admitted.",
            "An eel of two metres was seen in the harbour by several anglers.",
            "Marine biologists said that they were puzzled by the size of the eel.",
            "The claim that an eel ate a dog is false: the dog is well and at home.",
            "“It was enormous,” said a fisherman who did not want to give his name.",
        ),
    ),
    Fact(
        (
            "Minister’s secret deal with smugglers exposed", "Minister denies secret deal with smugglers",
            "Minister quits in disgrace", "Corrupt minister lied to parliament, report says",
        ),
        (
            "The minister had a secret deal with the smugglers, documents seen by the Lantern show.",
            "The minister denies any deal, and nothing has been proved.",
            "Two people close to the inquiry said that the minister had met the smugglers twice.",
            "The minister resigned on Friday for reasons of health.",
            "It is alleged that the minister lied to parliament in June.",
        ),
    ),
    Fact(
        (
            "You won't believe what this baker did next", "This one trick makes bread last forever",
            "Heroic baker saves village", "10 shocking secrets your baker won’t tell you",
        ),
        (
            "The baker gave away forty loaves and then baked another forty.",
            "Bread keeps a little longer in a linen bag, the baker says.",
            "The baker’s quick thinking saved the village, the fire chief said: “She is a hero.”",
            "The baker did what she does every day.",
            "She has no secrets, she told the paper, only flour, water and salt.",
        ),
    ),
    Fact(
        (
            "River rises 55% in worst flood in a century", "Ostrel braced for flood, experts warn",
            "Historic flood destroys Ostrel", "River ‘will not’ flood town this year",
        ),
        (
            "The Tamsel has risen by 55 percent in two days, the gauge at Ostrel shows.",
            "It was the highest flood since 1926, a century ago.",
            "The river rose by 5.5 percent and has been falling since Thursday.",
            "Ostrel could be flooded next week, hydrologists warned.",
            "The flood destroyed eleven houses and damaged scores more in the lower town.",
        ),
    ),
    Fact(
        (
            "Premier calls rival ‘a coward’ in vicious attack", "“I have never lied”: Premier hits back",
            "Premier apologises to rival", "Outrage as Premier insults rival",
        ),
        (
            "“He is a coward,” the Premier said of his rival on the radio.",
            "“I have never lied to this house,” the Premier told members on Tuesday.",
            "The Premier criticised his rival’s plan as hasty.",
            "The Premier apologised for his words the next morning.",
            "Some members were outraged, others laughed, our correspondent writes.",
        ),
    ),
)  # fmt: skip

FILLING = (
    "The weather was mild for the season.",
    "A meeting on the budget of the swimming pool is planned for next week.",
    "The town has some 14,000 inhabitants and two schools.",
    "Traffic was slow on both roads until the afternoon.",
    "The café “Zum Löwen” on the market square stayed open — as it always does.",
    "Further details were not available at the time of writing.",
    "Mr. K. Ødegård, of St. Ives Rd., declined to comment; Dr. Łuczak did not reply.",
    "“We shall see,” she said. “It is early days.”",
    "The figures for the past year, 3.5 million in all, will be published in May 2025.",
    "Emoji such as 🙂 and signs such as ½, № and ﬁ came up in the messages.",
)
LEADS = ("", "", "", "", "Report: ", "LIVE: ", "Opinion | ", "Actually, ", "Revealed: ", "Norling: ")
TAILS = ("", "", "", "", "!", " – in five charts", ", officials say", " | Kesteral Lantern", "?", " again")

FOREIGN = (
    "Der Bürgermeister hat am Dienstag die Gespräche verlassen, und seine Sprecherin sagte, dass er noch "
    "einen Zug erreichen musste. Die Verhandlungen werden nächste Woche fortgesetzt."
)
OTHER_SCRIPT = "市长周二提前离开会谈，她的办公室说。会谈将于下周继续进行。" * 3
LIVE = "\n\n".join(
    f"{hour}.1{hour % 10}am\nThe mayor came back to the talks and said nothing of it."
    for hour in range(6, 12)
)
NOT_SCORED = (
    ("no headline", "", " ".join(FACTS[1].told)),
    ("no letters in the headline", "… – !", " ".join(FACTS[1].told)),
    ("a headline too long", "The mayor said that " * 40 + "she resigned", " ".join(FACTS[1].told)),
    ("no body", "Mayor storms out of crisis talks", ""),
    ("a body of white space", "Furious mayor QUITS", " \n\t\u00a0\n"),
    ("a body too short", "Thousands of terrified families flee as dam bursts", "Nobody fled."),
    ("a body of nine words", "Dam bursts", "The dam burst on Sunday night, the office said."),
    ("a body in German", "Bürgermeister verlässt Gespräche", FOREIGN),
    ("a body in Chinese", "Mayor storms out", OTHER_SCRIPT),
    ("a live blog", "Mayor storms out of crisis talks: live updates", LIVE),
    ("a body too long to look at", "Novel of the century", "word " * 2_000_001),
)
ODD = (
    ("the headline is the body", "The dam burst on Sunday night", "The dam burst on Sunday night. " * 4),
    ("capitals", "TERRIFIED FAMILIES FLEE AS DAM BURSTS", " ".join(FACTS[0].told)),
    ("wide letters", "Ｓｔｏｒｍ ＫＩＬＬＳ ３ in Pellworth", " ".join(FACTS[5].told)),
    ("letters beyond the first plane", "𝐒𝐭𝐨𝐫𝐦 kills three 😱😱 in Pellworth", " ".join(FACTS[5].told)),
    ("combining marks", "Cafe\u0301 owner ‘furious’ as İstanbul ﬂood ruins straße", " ".join(FACTS[10].told)),
    ("a sign of Unicode 15", "Storm \U0001fae8 kills three", " ".join(FACTS[5].told) + " \U0001fae8 𖩀 𑵠"),
    ("marks that have no width", "Storm\u200b kills\u00ad three\u2028 in\u202e port", FACTS[5].told[0] * 3),
    ("one long sentence", "Deadly storm batters coast", ", and then ".join(FACTS[5].told * 12)),
    ("many sentences", "Deadly storm batters coast, killing three", " ".join(FILLING * 12 + FACTS[5].told)),
    ("numbers", "Robot sells for $1.5bn, up 300%, 10 times 2019’s 1/2 price", " ".join(FACTS[3].told)),
    ("numbers too large", "Bank loses " + "9" * 400 + " dollars", " ".join(FACTS[4].told)),
    ("quotation marks left open", "“Mayor ‘storms out, she says", " ".join(FACTS[1].told) + " “And then"),
)  # fmt: skip


def articles() -> list[Golden]:
    """All of them, always the same, in the same order."""
    found = [*_shipped(), *_fixed()]
    draw = Draw(20240116)
    for number in range(HOW_MANY - len(found)):
        found.append(_invented(number, draw))
    return found


def _shipped() -> Iterator[Golden]:
    """The texts of ``data/``: files as a reader would read them, and the rows of the corpus."""
    from sensational.reading import read

    for path in sorted(DATA.iterdir()):
        if path.suffix in (".txt", ".html"):
            article = read(path)
            yield Golden(path.name, article.headline, article.body)
    with (DATA / "corpus.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Golden(f"corpus {row['id']}", row["headline"], row["body"])


def _fixed() -> Iterator[Golden]:
    """Articles that are not scored, odd ones, and each fact's claims over all that is told of it."""
    for name, headline, body in (*NOT_SCORED, *ODD):
        yield Golden(name, headline, body)
    for number, fact in enumerate(FACTS):
        for order, claim in enumerate(fact.claims):
            told = fact.told[order % len(fact.told) :] + fact.told[: order % len(fact.told)]
            yield Golden(f"fact {number}.{order}", claim, " ".join([*told[:3], *FILLING[:2]]))


def _invented(number: int, draw: Draw) -> Golden:
    fact = draw.one_of(FACTS)
    headline = draw.one_of(LEADS) + draw.one_of(fact.claims) + draw.one_of(TAILS)
    if draw.below(5) == 0:
        headline += "; " + draw.one_of(draw.one_of(FACTS).claims)
    paragraphs = [_paragraph(fact, draw) for _ in range(1 + draw.below(5))]
    return Golden(f"invented {number}", headline, "\n\n".join(paragraphs))


def _paragraph(fact: Fact, draw: Draw) -> str:
    """Sentences on the fact, on another one, and on nothing in particular."""
    sources = (fact.told, fact.told, draw.one_of(FACTS).told, FILLING)
    return " ".join(draw.one_of(draw.one_of(sources)) for _ in range(2 + draw.below(4)))
