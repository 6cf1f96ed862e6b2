"""Abstaining: when, with what reason, and never over an ordinary article."""

import pytest
from articles import HEADLINES, NEUTRAL, examples, gold, real_articles

from sensational.abstain import LEAST_ENGLISH, LEAST_WORDS, english_share, reason_not_to_score
from sensational.analysis import Analysis
from sensational.language.document import Document
from sensational.scorer import score

FOREIGN = {
    "German": "Der Stadtrat von Ostrel hat am Donnerstag beschlossen, die alte Brücke im kommenden Jahr zu "
    "schließen. Das war in der Sitzung lange umstritten, denn viele Händler fürchten um ihre Kunden. Die "
    "Bürgermeisterin sagte, man habe alles so gut wie möglich geprüft.",
    "French": "Le conseil municipal a décidé jeudi de fermer le vieux pont au printemps. Les commerçants du "
    "quartier craignent de perdre une partie de leur clientèle, mais le maire assure que la sécurité passe "
    "avant tout. Les travaux doivent durer deux ans.",
    "Spanish": "El ayuntamiento decidió el jueves cerrar el viejo puente a partir de la primavera. Los "
    "comerciantes del barrio temen perder a sus clientes, pero la alcaldesa dice que la seguridad es lo "
    "primero. Las obras van a durar dos años y no se sabe cuánto costarán.",
    "Italian": "Il consiglio comunale ha deciso giovedì di chiudere il vecchio ponte in primavera. I "
    "negozianti del quartiere temono di perdere i clienti, ma la sindaca dice che la sicurezza viene prima "
    "di tutto. I lavori dureranno due anni.",
    "Dutch": "De gemeenteraad heeft donderdag besloten om de oude brug in het voorjaar te sluiten. De "
    "winkeliers in de buurt zijn bang dat ze klanten verliezen, maar de burgemeester zegt dat de veiligheid "
    "van de mensen voor alles gaat. Het werk is over twee jaar klaar.",
    "Portuguese": "A câmara municipal decidiu na quinta-feira fechar a velha ponte a partir da primavera. Os "
    "comerciantes do bairro temem perder os clientes, mas a presidente diz que a segurança está acima de "
    "tudo. As obras vão durar dois anos.",
    "Swedish": "Kommunen beslutade i torsdags att stänga den gamla bron till våren. Handlarna i kvarteret är "
    "rädda för att förlora kunder, men borgmästaren säger att säkerheten går före allt.",
    "Chinese": "市议会星期四决定明年春天关闭旧桥。附近的商人担心失去顾客，但市长说安全最重要。工程将持续两年，费用仍不清楚。",  # noqa: E501
    "Arabic": "قرر مجلس المدينة يوم الخميس إغلاق الجسر القديم في الربيع المقبل. ويخشى التجار في الحي أن "
    "يفقدوا زبائنهم، لكن رئيسة البلدية قالت إن السلامة أهم من كل شيء آخر.",
    "Russian": "Городской совет решил в четверг закрыть старый мост весной. Торговцы района боятся потерять "
    "покупателей, но мэр говорит, что безопасность важнее всего остального.",
}

ENTRIES = (
    "The first boats have reached Tanner Street and are taking people off the roofs.",
    "The water board says that the sluices at Lower Ostrel are open.",
    "We are hearing that the railway embankment is holding for now.",
    "The mayor has arrived at the sports hall and will speak in a moment.",
    "Trains to Pellworth are cancelled until further notice.",
    "That is all from us for today. Thank you for reading.",
)


def live(stamp: str, count: int, start: int = 9) -> str:
    return "\n\n".join(
        stamp.format(hour=start + at, ago=50 - 7 * at) + entry for at, entry in enumerate(ENTRIES[:count])
    )


LIVE_BLOGS = {
    "dotted, with the entry below": ("River bursts its banks", live("{hour}.15am\n", 6)),
    "zone": ("River bursts its banks", live("{hour:02}:15 GMT ", 5, 14)),
    "bracketed": ("River bursts its banks", live("[{hour:02}:05] ", 5)),
    "posted at": ("River bursts its banks", live("Posted at {hour}:40\n", 5)),
    "ago": ("River bursts its banks", live("{ago} min ago\n", 6)),
    "said in the headline": ("Ostrel flood – live updates", live("{hour}:15 p.m.\n", 3, 2)),
    "said by the headline's end": ("River bursts its banks – live", live("{hour}:15\n", 2, 2)),
    "said in the opening": (
        "River bursts its banks",
        "Follow our rolling coverage of the flood.\n\n" + live("{hour}:15\n", 2, 2),
    ),
}


def is_not_scored(analysis: Analysis, why: str) -> None:
    assert analysis.status == "not_scored"
    assert analysis.divergence is None
    assert analysis.interval is None
    assert why in (analysis.reason or "")


@pytest.mark.parametrize("language", FOREIGN)
def test_another_language(language: str) -> None:
    is_not_scored(score("Council closes old bridge", FOREIGN[language]), "English")
    is_not_scored(score("Council closes old bridge", "\n\n".join([FOREIGN[language]] * 30)), "English")


def test_a_foreign_quotation_in_an_english_body_does_no_harm() -> None:
    assert score("Council closes old bridge", f"{NEUTRAL}\n\n“{FOREIGN['French']}”").status == "scored"


@pytest.mark.parametrize("form", LIVE_BLOGS)
def test_live_blog(form: str) -> None:
    is_not_scored(score(*LIVE_BLOGS[form]), "live blog")


@pytest.mark.parametrize(
    "body",
    [
        NEUTRAL + "\n\nDoors open at 10.15am on Sunday. The talk is at 11:30 and tea at 16:00.",
        # decimal numbers and scores, and dates of posts that are shown in the story
        "\n\n".join(f"{n}.25 percent of the orchids in bed {n} were in flower by then." for n in range(8)),
        "\n\n".join(f"{n}.50 million of the fish went up the river in that year." for n in range(8)),
        "\n\n".join(f"So they said it again.\n11:2{n} PM - 19 Oct 2016" for n in range(8)),
        "He works for the live arts, and this live show is live on the radio.\n\n" + NEUTRAL,
    ],
)
def test_no_live_blog(body: str) -> None:
    assert score("Garden open", body).status == "scored"


def test_too_short_and_missing() -> None:
    is_not_scored(score("Mayor resigns", ""), "no text")
    is_not_scored(score("Mayor resigns", " \n\t "), "no text")
    is_not_scored(score("Mayor resigns", "!!! ... ???"), "no text")
    is_not_scored(
        score("Mayor resigns", "The mayor has resigned."),
        f"too short to judge: it has fewer than {LEAST_WORDS} words",
    )
    is_not_scored(score("", NEUTRAL), "no headline")
    is_not_scored(score(" …!? ", NEUTRAL), "no headline")
    assert (
        score("Mayor resigns", "The mayor of the town has resigned, the council said on Monday.").status
        == "scored"
    )


@pytest.mark.parametrize("body", ["", "Short.", FOREIGN["German"], LIVE_BLOGS["zone"][1]])
def test_the_headline_is_read_all_the_same(body: str) -> None:
    headline = "Thousands of terrified families flee as dam bursts"
    analysis, scored = score(headline, body), score(headline, NEUTRAL)
    assert analysis.status == "not_scored"
    assert analysis.loading == scored.loading
    assert [(term.text, term.kind, term.loading) for term in analysis.terms] == [
        (term.text, term.kind, term.loading) for term in scored.terms if term.loaded
    ]
    assert all(term.verdict is None and term.support is None for term in analysis.terms)


def test_no_example_and_no_real_headline_over_english_is_refused() -> None:
    for sample in examples():
        assert score(sample.headline, sample.body).status == "scored"
    for headline in HEADLINES:
        assert score(headline, NEUTRAL).status == "scored"
    for sample in gold():
        body = Document(sample.body)
        if english_share(body) >= LEAST_ENGLISH:  # one of them is French
            assert reason_not_to_score(Document(sample.headline), body) is None, sample


def test_hardly_any_real_article_is_refused() -> None:
    refused = [
        sample
        for sample in real_articles(every=60)
        if reason_not_to_score(Document(sample.headline), Document(sample.body)) is not None
    ]
    assert len(refused) <= 3, refused
