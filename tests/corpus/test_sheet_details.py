"""Coding sheets in detail: what stands in each row of sheet and key, and which bodies are found."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from sensational.corpus.coding_sheet import Item, check, coding_sheet, draw, with_bodies
from sensational.corpus.errors import CorpusError
from sensational.corpus.inputs import Settings
from sensational.corpus.scored import ScoredArticle, Unreadable

from .scored_samples import article, term


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_every_row_of_a_sheet_and_its_key() -> None:
    first = article(
        7,
        40.5,
        [term("Mayor", "absent", "plain"), term("chaos", "absent"), term("fury", "weaker", "emotion")],
    )
    made = coding_sheet(
        [Item(first, "Its body."), Item(article(9, 0.0, id=None, file=""), "")], ["row 3 of x"]
    )
    assert cells(made.sheet) == [
        ["item", "term", "headline", "body", "words", "verdict", "also", "divergence", "note"],
        ["1", "", "Headline 7", "Its body.", "", "", "", "", ""],
        ["1", "1", "", "", "chaos", "", "", "", ""],
        ["1", "2", "", "", "fury", "", "", "", ""],
        ["2", "", "Headline 9", "", "", "", "", "", ""],
    ]
    assert cells(made.key) == [
        ["item", "term", "words", "kind", "verdict", "divergence", "file", "row", "id"],
        ["1", "", "", "", "", "40.5", "in.csv", "7", "a7"],
        ["1", "1", "chaos", "force", "absent", "", "in.csv", "7", "a7"],
        ["1", "2", "fury", "emotion", "weaker", "", "in.csv", "7", "a7"],
        ["2", "", "", "", "", "0", "", "9", ""],
    ]
    assert (made.items, made.terms, made.missing) == (2, 2, ("row 3 of x",))


def test_each_band_gives_as_many_as_it_can() -> None:
    numbers = [0.0, 4.9, 5.0, 12.9, 13.0, 37.9, 38.0, 62.9, 63.0, 100.0]
    rows: list[ScoredArticle | Unreadable] = [article(n, number) for n, number in enumerate(numbers)]
    rows += [Unreadable(50, "x"), article(51, None)]
    five = sorted(one.divergence or 0.0 for one in draw(rows, 5, 1))
    assert [sum(number >= bound for number in five) for bound in (5.0, 13.0, 38.0, 63.0)] == [4, 3, 2, 1]
    assert len(draw(rows, 7, 1)) == 7
    assert sorted(one.row for one in draw(rows, 10, 1)) == list(range(10))
    assert len(draw(rows, 99, 1)) == 10
    assert draw(rows, 0, 1) == []


def test_of_a_long_band_every_article_has_the_same_chance() -> None:
    seen = [one.row for seed in range(60) for one in draw([article(n) for n in range(100)], 10, seed)]
    assert len(seen) == 600
    assert 240 < sum(row < 50 for row in seen) < 360
    assert len(set(seen)) > 90


def test_bodies_are_found_by_place_and_else_by_id(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text(
        "id,headline,body\na1,Headline 1,first\na2,Headline  2 ,second\nzz,Headline 3,third\n"
        "a4,Another,fourth\na9,Headline 5,by id\n,Headline 6,sixth\na1,Headline 1,again\n"
    )
    sample = [
        article(5, id="a9"), article(1), article(2), article(3, id=None), article(4),
        article(6, id="none"), article(60, id=None), article(8, id="a8", file=""),
    ]  # fmt: skip
    items, missing = with_bodies(sample, [source], Settings())
    assert [(one.article.row, one.body) for one in items] == [
        (5, "by id"), (1, "first"), (2, "second"), (3, "third"), (6, "sixth"),
    ]  # fmt: skip
    assert missing == ["row 4 of in.csv (id a4)", "row 60 of in.csv", "row 8 of the corpus (id a8)"]


def test_bodies_of_pages_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text("Mayor resigns\n\nThe mayor resigned on Monday, her office said.\n")
    (folder / "b.txt").write_text("")
    sample = [article(1, file="pages/a.txt", headline="Mayor resigns"), article(2, file="pages/b.txt")]
    items, missing = with_bodies(sample, [folder], Settings())
    assert [one.body.strip() for one in items] == ["The mayor resigned on Monday, her office said."]
    assert missing == ["row 2 of pages/b.txt (id a2)"]


def test_nothing_to_judge_is_said() -> None:
    with pytest.raises(CorpusError) as caught:
        check([], [], [Path("x/in.csv")])
    assert str(caught.value) == "no article in it was scored, so there is nothing to judge"
    with pytest.raises(CorpusError) as caught:
        check([article(1)], [], [Path("x/in.csv"), Path("b.csv")])
    assert str(caught.value) == (
        "none of the bodies was found in in.csv, b.csv; give with --articles the input that the corpus "
        "was scored from"
    )
    check([article(1)], [Item(article(1))], [])
