"""A class in a browser: a teacher, thirty pupils, an article, and what is left when the class ends."""

import csv
import io
import random

import pytest

from browser.conftest import WIDTHS
from browser.test_reader import fits

pytestmark = pytest.mark.browser

PUPILS = 30


def test_a_teacher_and_thirty_pupils(browser, class_addresses, axe, pictures) -> None:  # type: ignore[no-untyped-def]
    teacher_address, pupils_address = class_addresses
    chance = random.Random(5)  # noqa: S311 - votes, not secrets
    teacher = browser.new_context(
        viewport=dict(zip(("width", "height"), WIDTHS["projector"], strict=True))
    ).new_page()
    wrong: list[str] = []
    teacher.on("pageerror", lambda problem: wrong.append(str(problem)))
    teacher.goto(teacher_address)
    assert "key=" not in teacher.url
    assert axe(teacher) == []
    assert fits(teacher)
    pictures(teacher, "class-join")
    code = teacher.locator(".join-card .code").inner_text()

    width, height = WIDTHS["phone"]
    phones = [browser.new_context(viewport={"width": width, "height": height}) for _ in range(PUPILS)]

    def pupil(number):  # type: ignore[no-untyped-def]
        page = phones[number].new_page()
        page.goto(pupils_address)
        return page

    for number in range(PUPILS):
        page = pupil(number)
        if number == 0:
            assert axe(page) == []
            assert fits(page)
            pictures(page, "class-phone-join")
        page.get_by_label("Code").fill(code.lower())
        page.get_by_label("Nickname").fill(f"=pupil{number}" if number else "")
        page.get_by_role("button", name="Join").click()
        assert "You are in" in page.locator("h1").inner_text()
        if number == 0:
            assert axe(page) == []
        page.close()
    teacher.get_by_text("30").first.wait_for(timeout=6000)  # the projector keeps up by itself

    teacher.get_by_role("link", name="Choose the article").click()
    assert axe(teacher) == []
    assert fits(teacher)
    teacher.locator("button[name=example]").first.click()
    assert axe(teacher) == []
    assert fits(teacher)
    pictures(teacher, "class-mark")
    for number in range(PUPILS):
        page = pupil(number)
        words = page.locator(".words label")
        for place in range(words.count()):
            if chance.random() < (0.7 if place in (1, 3, 5, 10) else 0.08):
                words.nth(place).click()
        page.get_by_label("How far").fill(str(min(100, max(0, round(chance.gauss(58, 18) / 5) * 5))))
        if number == 0:
            assert axe(page) == []
            assert fits(page)
            pictures(page, "class-phone-mark")
        page.get_by_role("button", name="Send").click()
        assert "Sent" in page.get_by_role("status").inner_text()
        page.close()

    waiting = pupil(1)  # a phone that goes on by itself when the class does
    teacher.reload()
    teacher.get_by_role("button", name="Close the guesses").click()
    assert axe(teacher) == []
    assert fits(teacher)
    pictures(teacher, "class-check")
    waiting.locator(".vote").first.wait_for(timeout=8000)
    waiting.close()
    for number in range(PUPILS):
        page = pupil(number)
        for place, vote in enumerate(page.locator(".vote").all()):
            leaning = [(5, 3, 1), (1, 5, 3), (1, 3, 5), (3, 3, 3)][place % 4]
            vote.locator("label").nth(chance.choices((0, 1, 2), leaning)[0]).click()
        if number == 0:
            assert axe(page) == []
            assert fits(page)
            pictures(page, "class-phone-check")
        page.get_by_role("button", name="Send").click()
        assert "Sent" in page.get_by_role("status").inner_text()
        page.close()

    teacher.get_by_role("button", name="Close the vote").click()
    for place in range(3):
        teacher.locator("[data-next]").click()
        if place == 1:
            assert axe(teacher) == []
            assert fits(teacher)
    pictures(teacher, "class-ledger")
    teacher.locator("[data-all]").click()
    assert axe(teacher) == []
    assert fits(teacher)
    pictures(teacher, "class-opened", full_page=True)
    found = teacher.locator(".class-found").inner_text()
    assert "Most disputed" in found
    assert "Krippendorff" in found

    page = pupil(0)
    assert "Look up" in page.locator("h1").inner_text()
    page.locator("summary").click()
    assert axe(page) == []
    assert fits(page)
    pictures(page, "class-phone-reveal")

    with teacher.expect_download() as waited:
        teacher.get_by_role("link", name="Answers (CSV)").click()
    rows = list(csv.DictReader(io.StringIO(waited.value.path().read_bytes().decode("utf-8-sig"))))
    assert len({row["pupil"] for row in rows}) == PUPILS
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert sum(row["question"] == "guess" for row in rows) == PUPILS

    teacher.locator("details.end summary").click()
    assert axe(teacher) == []
    teacher.get_by_role("button", name="Delete and end").click()
    assert "The class has ended" in teacher.locator("h1").inner_text()
    assert axe(teacher) == []
    page.reload()
    assert "The class has ended" in page.locator("h1").inner_text()
    assert wrong == []
