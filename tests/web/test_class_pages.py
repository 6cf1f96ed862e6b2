"""A class: who may do what, what is counted, and what is left."""

import csv
import io
import os
import re
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sensational.web import classroom
from sensational.web.lesson import ALPHABET, Lesson, nickname_of
from sensational.web.rate import Allowance
from sensational.web.shelf import Kept
from sensational.web.store import ClassStore
from web.conftest import BASE, BODY, HEADLINE, KEY, browser, lesson_of

Pupils = Callable[..., TestClient]


def begin(teacher: TestClient, **fields: str) -> None:
    answer = teacher.post("/teach/article", data={"headline": HEADLINE, "body": BODY, **fields})
    assert answer.url.path == "/teach"


def go_on(teacher: TestClient) -> TestClient:
    return teacher.post("/teach/next", data={"place": lesson_of(teacher).place})  # type: ignore[return-value]


def answer(pupil: TestClient, teacher: TestClient, **fields: object) -> str:
    return pupil.post("/pupil/answer", data={"place": lesson_of(teacher).place, **fields}).text


def test_a_lesson(teacher: TestClient, pupil: Pupils) -> None:
    assert lesson_of(teacher).shown_code in teacher.get("/teach").text
    assert "192.0.2.7:8000" in teacher.get("/teach").text
    children = [pupil(number, f"child {number}") for number in range(3)]
    assert "as soon as your teacher" in children[0].get("/pupil").text
    begin(teacher)
    for number, child in enumerate(children):
        assert "verdict" not in child.get("/pupil").text
        text = answer(child, teacher, guess=40 + 10 * number, w=["0", "2"] if number else ["1"])
        assert "Sent" in text
    assert '<b data-count="answered">3</b> of <b data-count="pupils">3</b>' in teacher.get("/teach").text
    go_on(teacher)
    assert "Does the article bear it out" in children[0].get("/pupil").text
    for number, child in enumerate(children):
        assert "Sent" in answer(child, teacher, t1=number, t2=2, t3=1)
    go_on(teacher)
    shown = teacher.get("/teach").text
    assert "The class guessed <b>50</b>" in shown
    assert "1 yes · 1 partly · 1 no" in shown
    assert "2 of 3 marked it" in shown
    assert "Most disputed" in shown
    assert "Look up" in children[0].get("/pupil").text
    assert "You guessed <b>40</b>" in children[0].get("/pupil").text


def test_pages_say_where_the_answers_go(teacher: TestClient, pupil: Pupils, reader: TestClient) -> None:
    child = pupil(1)
    begin(teacher)
    for path in ("/teach", "/teach/article", "/teach?new"):
        assert "come to this machine over the local network" in teacher.get(path).text
    assert "unless your teacher saves them" in child.get("/pupil").text
    assert "sends neither to the internet" in reader.get("/").text
    assert "except in a file that you saved" in teacher.post("/teach/end").text
    assert "a file that you saved" not in child.get("/pupil").text


def test_an_answer_can_be_changed_until_the_class_goes_on(teacher: TestClient, pupil: Pupils) -> None:
    child = pupil(1)
    begin(teacher)
    answer(child, teacher, guess=10, w=["0", "1"])
    answer(child, teacher, guess=20, w=["3"])
    late = lesson_of(teacher).place
    go_on(teacher)
    child.post("/pupil/answer", data={"place": late, "guess": 90})
    found = lesson_of(teacher).store.answers(1)
    assert found.guesses == {1: 20}
    assert found.marks == {1: frozenset({3})}


def test_answers_that_are_none(teacher: TestClient, pupil: Pupils) -> None:
    child = pupil(1)
    begin(teacher)
    answer(child, teacher, guess="x", w=["99", "-1", "x", "0"])
    go_on(teacher)
    answer(child, teacher, t1="3", t2="-1", t3="1", t99="1", tx="1")
    found = lesson_of(teacher).store.answers(1)
    assert found.marks == {1: frozenset({0})}
    assert found.votes == {1: {3: 1}}


def test_a_button_pressed_twice_goes_one_step(teacher: TestClient) -> None:
    begin(teacher)
    place = lesson_of(teacher).place
    for _ in range(2):
        teacher.post("/teach/next", data={"place": place})
    assert lesson_of(teacher).place == "1-check"


def test_a_second_article(teacher: TestClient, pupil: Pupils) -> None:
    child = pupil(1)
    begin(teacher)
    answer(child, teacher, guess=10)
    begin(teacher, headline="Mayor leaves talks early")
    assert "leaves" in child.get("/pupil").text
    answer(child, teacher, guess=30)
    table = list(csv.DictReader(io.StringIO(teacher.get("/teach/answers.csv").content.decode("utf-8-sig"))))
    assert [(row["round"], row["answer"]) for row in table] == [("1", "10"), ("2", "30")]


TEACHERS = [
    ("GET", "/teach"), ("GET", "/teach?new"), ("GET", "/teach/article"), ("GET", "/teach/counts"),
    ("GET", "/teach/answers.csv"), ("POST", "/teach/article"), ("POST", "/teach/next"),
    ("POST", "/teach/end"), ("POST", "/teach/begin"), ("POST", "/article"), ("GET", "/article/x"),
    ("GET", "/article/x/ledger"),     ("GET", "/article/x/report.pdf"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), TEACHERS)
def test_what_only_the_teacher_may(teacher: TestClient, pupil: Pupils, method: str, path: str) -> None:
    begin(teacher)
    child = pupil(1)
    stranger = browser(teacher.app)  # on the teacher's machine, without the key
    thief = browser(teacher.app, "192.0.2.99")  # with the key, from elsewhere
    thief.cookies.set("teacher", KEY)
    guessing = browser(teacher.app)
    guessing.cookies.set("teacher", "")
    before = lesson_of(teacher).place
    for client in (child, stranger, thief, guessing):
        assert client.request(method, path).status_code == 403
    assert lesson_of(teacher).place == before


def test_the_key_is_taken_once_and_kept_out_of_the_address(teacher: TestClient) -> None:
    fresh = browser(teacher.app)
    answer = fresh.get("/teach", params={"key": KEY}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/teach")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert browser(teacher.app).get("/teach", params={"key": "x"}).status_code == 403
    assert browser(teacher.app, "192.0.2.9").get("/teach", params={"key": KEY}).status_code == 403
    assert KEY not in fresh.get("/teach").text


def test_every_button_that_changes_something_is_a_form_of_ours(teacher: TestClient) -> None:
    begin(teacher)
    for path in ("/teach/next", "/teach/end", "/teach/article", "/pupil/answer", "/join"):
        answer = teacher.post(path, headers={"origin": "http://evil.example"})
        assert answer.status_code == 403
        assert teacher.get(path).status_code in (200, 404, 405)
    assert lesson_of(teacher).place == "1-mark"


def test_codes() -> None:
    lessons = [Lesson() for _ in range(200)]
    assert len({one.code for one in lessons}) == 200
    assert all(set(one.code) <= set(ALPHABET) and len(one.code) == 6 for one in lessons)
    assert not set("0O1IL") & set(ALPHABET)
    code = lessons[0].code
    for typed in (code, code.lower(), f" {code[:3]} - {code[3:]} ", lessons[0].shown_code):
        assert lessons[0].is_code(typed)
    for typed in ("", code[:5], code + "A", "é" * 6, code[::-1] + "x"):
        assert not lessons[0].is_code(typed)


def test_guessing_codes_is_soon_refused(teacher: TestClient, pupil: Pupils) -> None:
    thief = browser(teacher.app, "192.0.2.66")
    answers = [thief.post("/join", data={"code": f"AAA{number}"}).status_code for number in range(15)]
    assert answers == [422] * 10 + [429] * 5
    right = thief.post("/join", data={"code": lesson_of(teacher).code})
    assert right.status_code == 429, "who guessed too often is not told that this one is right"
    pupil(5)  # another phone is not held up


def test_an_allowance_comes_back() -> None:
    now = 0.0
    allowance = Allowance(tries=2, seconds=10, clock=lambda: now)
    for _ in range(2):
        assert allowance.left("a")
        allowance.spend("a")
    assert not allowance.left("a")
    assert allowance.left("b")
    now = 11.0
    assert allowance.left("a")
    allowance.spend("a")
    assert not allowance.left("a")


def test_an_allowance_remembers_no_more_than_it_can() -> None:
    allowance = Allowance(tries=1, seconds=1e9)
    for number in range(5000):
        allowance.spend(str(number))
    assert len(allowance._spent) <= 4096


def test_a_class_can_be_full(teacher: TestClient, pupil: Pupils, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classroom, "MOST_PUPILS", 2)
    for number in range(2):
        pupil(number)
    late = browser(teacher.app, "192.0.2.50")
    assert late.post("/join", data={"code": lesson_of(teacher).code}).status_code == 403


def test_who_has_joined_does_not_join_again(teacher: TestClient, pupil: Pupils) -> None:
    child = pupil(1)
    child.post("/join", data={"code": lesson_of(teacher).code})
    assert lesson_of(teacher).store.count() == 1


def test_nicknames(teacher: TestClient, pupil: Pupils) -> None:
    assert nickname_of("  Ann\n B\u202e ") == "Ann B\ufffd"
    assert len(nickname_of("x" * 500)) == 24
    pupil(1, "<script>alert(1)</script>")
    begin(teacher)
    for path in ("/teach", "/teach/article"):
        assert "alert" not in teacher.get(path).text


def test_when_the_class_ends_everything_is_gone(teacher: TestClient, pupil: Pupils) -> None:
    child = pupil(1, "Ann")
    begin(teacher)
    answer(child, teacher, guess=10)
    store, code = lesson_of(teacher).store, lesson_of(teacher).code
    assert "The class has ended" in teacher.post("/teach/end").text
    with pytest.raises(sqlite3.ProgrammingError):
        store.pupils()
    assert "The class has ended" in child.get("/pupil").text
    assert child.get("/pupil/place").json() == {"place": "ended"}
    assert "ended" in teacher.get("/teach/answers.csv").text
    teacher.post("/teach/begin")
    assert lesson_of(teacher).code != code
    assert "Join the class" in child.get("/pupil").text, "the old cookie opens nothing"


def test_answers_lie_in_no_file_that_has_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Larger than its memory, SQLite writes to a file that only its owner may read, deleted already."""
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    store = ClassStore()
    store._db.execute("PRAGMA cache_size = 10")
    for number in range(3000):
        store.join(f"nickname {number}")
    store._db.execute("PRAGMA cache_spill = ON")
    assert list(tmp_path.iterdir()) == []
    if sys.platform == "linux":
        open_files = [path for path in Path("/proc/self/fd").iterdir() if "etilqs" in target(path)]
        assert open_files, "nothing was spilled: this test shows nothing"
        assert all(path.stat().st_mode & 0o777 == 0o600 for path in open_files)
        assert all("(deleted)" in target(path) for path in open_files)
    store.close()


def target(path: Path) -> str:
    """Where a link leads; empty where it has gone meanwhile."""
    try:
        return os.readlink(path)
    except OSError:
        return ""


def test_pupils_keep_up(teacher: TestClient, pupil: Pupils) -> None:
    child = pupil(1)
    assert child.get("/pupil/place").json() == {"place": "0-wait"}
    begin(teacher)
    assert child.get("/pupil/place").json() == {"place": "1-mark"}
    assert teacher.get("/teach/counts").json() == {"place": "1-mark", "pupils": 1, "answered": 0}
    assert 'data-place="1-mark"' in child.get("/pupil").text


def test_the_first_page_leads_everyone_where_they_belong(teacher: TestClient, pupil: Pupils) -> None:
    assert teacher.get("/").url.path == "/teach"
    assert pupil(1).get("/").url.path == "/pupil"
    stranger = browser(teacher.app, "192.0.2.77")
    assert "Code" in stranger.get("/").text
    assert stranger.get("/pupil").url.path == "/"
    assert "Headline" not in stranger.get("/").text


def test_pupils_come_by_the_address_of_the_network(teacher: TestClient) -> None:
    """The socket that a phone comes in by has the address that was typed."""
    phone = browser(teacher.app, "192.0.2.30", base="http://192.0.2.7:8000")
    answer = phone.post("/join", data={"code": lesson_of(teacher).code})
    assert answer.url.path == "/pupil"
    assert phone.post("/pupil/answer", data={}, headers={"origin": BASE}).status_code == 403


def test_a_class_has_no_page_without_class_mode(reader: TestClient) -> None:
    for path in ("/teach", "/pupil", "/join", "/teach/answers.csv"):
        assert reader.get(path).status_code == 404


def test_votes_are_asked_in_the_order_of_the_headline(teacher: TestClient, pupil: Pupils) -> None:
    child = pupil(1)
    begin(teacher)
    go_on(teacher)
    asked = re.findall(r"<legend>([^<]+)</legend>", child.get("/pupil").text)
    assert [HEADLINE.index(term) for term in asked] == sorted(HEADLINE.index(term) for term in asked)


def test_an_article_of_the_class_is_kept_however_many_follow(teacher: TestClient, kept: Kept) -> None:
    begin(teacher)
    for _ in range(60):
        teacher.app.state.site.shelf.put(kept)  # type: ignore[attr-defined]
    assert "Furious" in teacher.get("/teach").text
