"""What fuzzing found, each as the small input that broke something."""

from __future__ import annotations

import pytest

from sensational.reading import read_bytes

SENTENCE = "The mayor left the talks on Tuesday a little early, her office said. "


@pytest.mark.parametrize("character", ["\x01", "&#1;", "&#x1f;", "\x0b", "&#11;", "\ufffe", "&#xffff;"])
def test_a_character_that_no_tree_can_have_behind_a_part_that_is_taken_out(character: str) -> None:
    story = f"<p>{SENTENCE * 6}</p>"
    page = (
        f"<html><body><h1>Mayor leaves talks</h1>{story}<nav>Menu</nav> then {character} this{story}</body>"
    )
    article = read_bytes(page.encode(), "page.html")
    assert article.headline == "Mayor leaves talks"
    assert SENTENCE.strip() in article.body


def test_a_long_attribute_whose_name_no_tree_can_have() -> None:
    page = f'<html><body><h1>Mayor leaves talks</h1><p {{="{"x" * 100_001}">{SENTENCE * 6}</p></body></html>'
    assert SENTENCE.strip() in read_bytes(page.encode(), "page.html").body
