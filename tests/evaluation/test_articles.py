"""What is read by hand: texts that tell nothing of their divergence, and ledgers under the same numbers."""

import re

from hand_made import analysis, term

from sensational.article import Article
from sensational.evaluation import articles


def scored(count: int) -> list[articles.Scored]:
    found = []
    for at in range(count):
        headline = f"Mayor slams plan {at}"
        made = analysis(headline, (term(headline, "slams", "weaker"),), at / 2)
        found.append(("Post", Article(headline, f"The body of {at}.", str(at)), made))
    return found


def test_the_highest_and_the_middle_are_read() -> None:
    texts = articles.to_read(scored(200), 0)
    assert sorted(texts) == ["articles.txt", "ledgers.txt"]
    shown = [int(n) for n in re.findall(r"^\d+\. Mayor slams plan (\d+)$", texts["articles.txt"], re.M)]
    assert set(shown) == {*range(150, 200), *range(75, 125)}
    assert shown != sorted(shown)
    assert "weaker" not in texts["articles.txt"]
    assert "The body of 199." in texts["articles.txt"]
    again = [int(n) for n in re.findall(r"^\d+\. Mayor slams plan (\d+)$", texts["ledgers.txt"], re.M)]
    assert again == shown
    assert texts["ledgers.txt"].count("“slams”: weaker") == 100


def test_few_articles_are_read_once() -> None:
    shown = re.findall(r"^\d+\. ", articles.to_read(scored(60), 0)["articles.txt"], re.M)
    assert len(shown) == 60


def test_what_was_not_scored_is_not_read() -> None:
    none = [("Post", Article("A", "B"), analysis("A", (), None))]
    assert articles.to_read(none, 0) == {"articles.txt": "", "ledgers.txt": ""}
