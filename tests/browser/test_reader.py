"""One reader in a browser: paste, guess, reveal, print; by keyboard alone, without a script, at any width."""

import json

import pytest

from browser.conftest import WIDTHS

pytestmark = pytest.mark.browser

HEADLINE = "Furious mayor storms out of crisis talks as ‘betrayed’ swimmers revolt"
BODY = """The mayor left the talks about the swimming pool on Tuesday a little early, her office said.

A spokesman said that she had a train to catch. The talks go on next week.

Some swimmers have written to the council. “We feel betrayed,” said one of them, who was not named."""

LONG = (
    " ".join(["Furious mayor storms out of crisis talks while thousands of betrayed swimmers revolt and"] * 4)
    + " weep"
)
TWELVE = (
    "Furious mayor storms out, slams ‘disgraceful’ council, vows revenge as thousands of terrified swimmers "
    "flee doomed pool in massive, shocking, catastrophic revolt"
)


def opened(browser, address, width="laptop", **more):  # type: ignore[no-untyped-def]
    size = WIDTHS[width]
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}, **more).new_page()
    page.wrong = []
    page.on("pageerror", lambda problem: page.wrong.append(str(problem)))
    page.on("console", lambda said: page.wrong.append(said.text) if said.type == "error" else None)
    page.goto(address)
    return page


def last_step(page):  # type: ignore[no-untyped-def]
    """The id of what opens last: a better headline, where there is one to offer, or the number."""
    return "fitting" if page.locator("#fitting").count() else "number"


def fits(page):  # type: ignore[no-untyped-def]
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", WIDTHS)
def test_paste_guess_reveal_print(browser, page_address, axe, pictures, width) -> None:  # type: ignore[no-untyped-def]
    page = opened(browser, page_address, width)
    assert axe(page) == []
    assert fits(page)
    pictures(page, f"home-{width}", full_page=True)
    page.get_by_label("Headline").fill(HEADLINE)
    page.get_by_label("Article").fill(BODY)
    page.get_by_role("button", name="Guess first").click()

    assert page.locator("table, .verdict, mark").count() == 0, "something is revealed before the guess"
    page.get_by_text("storms", exact=True).click()
    page.get_by_label("How far").fill("70")
    assert page.locator("output").inner_text() == "70"
    assert axe(page) == []
    assert fits(page)
    pictures(page, f"guess-{width}")
    page.get_by_role("button", name="Open the ledger").click()

    rows = page.locator("[data-rows] tbody tr")
    count = rows.count()
    assert count >= 3
    assert rows.first.is_hidden()
    assert page.locator("#number").is_hidden()
    assert page.locator("#chart").is_hidden()
    assert page.locator("h1 sup:visible").count() == 0, "the headline tells its verdicts before the ledger"
    assert axe(page) == []
    for number in range(count):
        page.locator("[data-next]").click()
        assert rows.nth(number).is_visible()
        assert number + 1 == count or rows.nth(number + 1).is_hidden()
        assert page.locator("tr.now").count() == 1
        if number == 1:
            pictures(page, f"ledger-{width}")
            assert axe(page) == []
    drawn = page.locator("#chart").count() > 0  # there is none where every term is borne out
    if drawn:
        page.locator("[data-next]").click()
        assert page.locator("#chart").is_visible()
        assert page.locator("#number").is_hidden()
    page.locator("[data-next]").click()
    assert page.locator("#number").is_visible()
    if last_step(page) == "fitting":
        assert page.locator("#fitting").is_hidden()
        page.locator("[data-next]").click()
        assert page.locator("#fitting").is_visible()
    assert page.evaluate("document.activeElement.id") == last_step(page)
    assert "You guessed 70." in page.locator(".guessed").inner_text()
    assert "You marked it" in page.locator("tr", has_text="storms").first.inner_text()
    assert axe(page) == []
    assert fits(page)
    pictures(page, f"opened-{width}", full_page=True)
    page.emulate_media(media="print")
    assert page.locator(".steps, .bar").locator("visible=true").count() == 0
    assert rows.first.is_visible()
    assert not drawn or page.locator("#chart").is_visible()
    assert page.pdf()[:5] == b"%PDF-"
    assert page.wrong == []


def test_printing_before_everything_is_open_prints_everything(browser, page_address) -> None:  # type: ignore[no-untyped-def]
    page = opened(browser, page_address)
    page.locator("button[name=example]").first.click()
    page.get_by_role("button", name="Open the ledger").click()
    page.emulate_media(media="print")
    assert page.locator("[data-rows] tbody tr").last.is_visible()
    assert page.locator("#number").is_visible()


def test_with_the_keyboard_alone(browser, page_address) -> None:  # type: ignore[no-untyped-def]
    page = opened(browser, page_address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip ui"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(HEADLINE)
    page.keyboard.press("Tab")
    page.keyboard.type(BODY.replace("\n\n", "\n"))
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/*")
    page.locator("#main").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.locator("input[name=w]").first.is_checked()
    while page.evaluate("document.activeElement.type") != "range":
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert page.locator("#guess").input_value() == "55"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ledger?*")
    page.keyboard.press("Enter")  # the button has the focus
    assert page.locator("tr.now").count() == 1
    assert (
        "storms out" in page.locator("[data-said]").inner_text() or page.locator("[data-said]").inner_text()
    )
    page.keyboard.press("ArrowRight")
    assert page.locator("[data-rows] tbody tr:visible").count() == 2
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("#number").is_visible()
    assert page.evaluate("document.activeElement.id") == last_step(page)


def test_without_a_script(browser, page_address, axe) -> None:  # type: ignore[no-untyped-def]
    page = opened(browser, page_address, java_script_enabled=False)
    page.get_by_label("Headline").fill(HEADLINE)
    page.get_by_label("Article").fill(BODY)
    page.get_by_role("button", name="Guess first").click()
    page.get_by_role("button", name="Open the ledger").click()
    assert page.locator("[data-rows] tbody tr").first.is_visible()
    assert page.locator("#number").is_visible()
    assert page.locator("#chart").is_visible()
    assert page.locator("[data-next], [data-print]").locator("visible=true").count() == 0


def test_a_dropped_file_and_its_report(browser, page_address, tmp_path) -> None:  # type: ignore[no-untyped-def]
    page = opened(browser, page_address)
    page.set_input_files(
        "#file",
        {"name": "../../evil.txt", "mimeType": "text/plain", "buffer": f"{HEADLINE}\n\n{BODY}".encode()},
    )
    page.get_by_role("button", name="Show the ledger now").click()
    page.locator("[data-all]").click()
    for name, start in (("Web page", b"<!doctype"), ("PDF, A4", b"%PDF-"), ("JSON", b"{")):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=name).click()
        assert waiting.value.path().read_bytes().startswith(start)
    assert json.loads(waiting.value.path().read_bytes())["headline"] == HEADLINE


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "headline",
    ["Mayor storms out", LONG, TWELVE, "Pool talks go on next week"],
    ids=["short", "long", "twelve", "calm"],
)
def test_headlines_of_every_length(browser, page_address, axe, pictures, headline, scheme) -> None:  # type: ignore[no-untyped-def]
    for width in WIDTHS:
        page = opened(browser, page_address, width, color_scheme=scheme)
        page.get_by_label("Headline").fill(headline)
        page.get_by_label("Article").fill(BODY)
        page.get_by_role("button", name="Guess first").click()
        name = f"{headline.split()[0]}{len(headline)}-{width}-{scheme}"
        pictures(page, f"{name}-guess")
        assert axe(page) == []
        assert fits(page)
        page.get_by_role("button", name="Open the ledger").click()
        if page.locator("[data-next]").is_visible():
            page.locator("[data-next]").click()
            pictures(page, f"{name}-first")
            assert axe(page) == []
            assert fits(page)
            page.locator("[data-all]").click()
        assert axe(page) == []
        assert fits(page)
        pictures(page, f"{name}-all", full_page=True)
        assert page.wrong == []
        page.context.close()


def test_messages(browser, page_address, axe) -> None:  # type: ignore[no-untyped-def]
    page = opened(browser, page_address)
    page.get_by_role("button", name="Guess first").click()
    assert "no text" in page.get_by_role("alert").inner_text()
    assert axe(page) == []
    page.set_input_files(
        "#file", {"name": "big.txt", "mimeType": "text/plain", "buffer": b"too much of it " * 600_000}
    )
    page.get_by_role("button", name="Guess first").click()
    assert "larger than 4 MiB" in page.locator("h1").inner_text()
    assert axe(page) == []
    page.goto(page_address + "nothing")
    assert "no such page" in page.locator("h1").inner_text()
    assert axe(page) == []


def test_axe_sees_what_is_wrong(browser, axe) -> None:  # type: ignore[no-untyped-def]
    page = browser.new_page()
    page.set_content("<a href=#a><img src=x></a><p style='color:#aaa;background:#fff'>pale</p>")
    found = " ".join(axe(page))
    assert "color-contrast" in found
    assert "image-alt" in found
