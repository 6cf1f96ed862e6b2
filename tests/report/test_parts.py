"""Tokens, points, spans, safe text and file names: the small parts."""

import json
import math
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensational.analysis import VERDICTS
from sensational.report.files import safe_name, write_all
from sensational.report.points import whole, whole_points
from sensational.report.safe import one_line, safe_analysis, safe_article, shortened, visible
from sensational.report.spans import Span, paragraphs
from sensational.report.tokens import colours, css_variables, sign, tokens

from .samples import HOSTILE, SAMPLES


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["ink", "soft", *VERDICTS])
def test_contrast_is_enough_for_text(theme: str, name: str) -> None:
    shown = colours(theme)
    for ground in ("paper", "target"):
        assert _contrast(shown[name], shown[ground]) >= 4.5


def test_every_verdict_has_a_colour_a_line_and_a_sign_of_its_own() -> None:
    defined = tokens()["verdicts"]
    assert list(defined) == list(VERDICTS)
    for feature in ("sign", "line"):
        assert len({one[feature] for one in defined.values()}) == len(VERDICTS)
    for theme in ("light", "dark"):
        assert len({colours(theme)[verdict] for verdict in VERDICTS}) == len(VERDICTS)
    assert all(len(sign(verdict)) == 1 for verdict in VERDICTS)


def test_both_themes_have_the_same_names_and_reach_the_page() -> None:
    assert set(colours("light")) == set(colours("dark"))
    style = css_variables()
    assert all(f"--{name}:{code}" in style for name, code in colours("dark").items())
    assert "url(" not in style


@given(st.lists(st.floats(0, 100), max_size=20), st.integers(0, 100))
def test_whole_points_add_up(values: list[float], total: int) -> None:
    points = whole_points(values, total)
    assert len(points) == len(values)
    assert all(point >= 0 for point in points)
    if math.fsum(values) > 0:
        assert sum(points) == total
        for value, point in zip(values, points, strict=True):
            assert abs(value / math.fsum(values) * total - point) < 1 + 1e-6


def test_whole_points_by_largest_remainder() -> None:
    assert whole_points([10.6, 10.6, 10.8], 32) == [11, 10, 11]
    assert whole_points([], 0) == []
    assert whole_points([0.0, 0.0], 5) == [0, 0]
    assert whole(2.5) == 3
    assert whole(67.49) == 67


_SPANS = st.lists(
    st.builds(Span, st.integers(-2, 40), st.integers(-2, 40), st.integers(1, 4), st.text("ab", max_size=2)),
    max_size=8,
)


@given(st.text("ab \n“é", max_size=40), _SPANS)
def test_runs_cover_every_line_once_whatever_the_spans_do(text: str, spans: list[Span]) -> None:
    lines = paragraphs(text, spans)
    assert ["".join(run.text for run in line) for line in lines] == [t for t in text.split("\n") if t.strip()]
    runs = [run for line in lines for run in line]
    real = [
        span
        for span in spans
        if 0 <= span.start < span.end <= len(text) and text[span.start : span.end].strip()
    ]
    assert sorted(anchor for run in runs for anchor in run.opens) == sorted(span.id for span in real)
    assert {term for run in runs for term in run.terms} == {span.term for span in real}
    assert {term for run in runs for term in run.closes} == {span.term for span in real}
    assert all(run.text for run in runs)


@given(st.text("abc\n", min_size=1, max_size=30), st.data())
def test_runs_know_which_terms_hold_each_character(text: str, data: st.DataObject) -> None:
    ends = st.integers(0, len(text))
    spans = data.draw(st.lists(st.builds(Span, ends, ends, st.integers(1, 3), st.just("x")), max_size=5))
    seen = []
    for line in paragraphs(text, spans):
        for run in line:
            seen += [(character, run.terms) for character in run.text]
    at = 0
    for position, character in enumerate(text):
        if character == "\n":
            continue
        holding = {span.term for span in spans if span.start <= position < span.end <= len(text)}
        assert seen[at] == (character, tuple(sorted(holding)))
        at += 1


def test_overlapping_evidence_of_one_term_closes_once() -> None:
    (line,) = paragraphs("abcdef", [Span(0, 4, 1, "a"), Span(2, 6, 1, "b"), Span(1, 3, 2, "c")])
    assert [(run.text, run.terms, run.closes) for run in line] == [
        ("a", (1,), ()),
        ("b", (1, 2), ()),
        ("c", (1, 2), (2,)),
        ("d", (1,), ()),
        ("ef", (1,), (1,)),
    ]


@given(st.text())
def test_visible_text_steers_nothing_and_keeps_its_length(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert all(c == "\n" or unicodedata.category(c) not in {"Cc", "Cs", "Zl", "Zp"} for c in shown)
    assert not any(unicodedata.bidirectional(c) in {"RLO", "LRO", "RLE", "LRE", "PDF"} for c in shown)
    shown.encode("utf-8")


def test_hostile_characters_are_replaced_in_every_field() -> None:
    article, analysis = SAMPLES["hostile"]()
    text = repr((safe_article(article), safe_analysis(analysis)))
    for character in ("\x1b", "\x9b", "\u202e", "\u2066", "\ud800", "\x00"):
        assert character not in text
        assert repr(character)[1:-1] not in text
    assert "<script>" in text  # text stays text


def test_shortened() -> None:
    assert shortened("one  two\nthree", 40) == "one two three"
    assert shortened("a fairly long line of words", 17) == "a fairly long…"
    assert shortened("unbreakablelongword", 8) == "unbreak…"
    assert one_line("a\tb\r\nc") == "a b  c"


@given(st.text())
def test_safe_names_stay_in_their_folder(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert len(safe.encode("utf-8")) <= 101
    assert not set(safe) & set('/\\:*?"<>|\0\n ')
    assert safe[0] not in ".-"
    assert ".." not in safe or not safe.startswith(".")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("..", "report"),
        ("", "report"),
        ("CON", "CON_"),
        ("nul.txt", "_nul.txt"),
        ("Com1", "Com1_"),
        ("C:\\x\\y", "C-x-y"),
        ("a b – c!", "a-b-c"),
        ("Überfall", "Überfall"),
        (".hidden", "hidden"),
        (HOSTILE[:8], "script"),
    ],
)
def test_safe_name(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_files_are_written_whole_or_not_at_all(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    target = tmp_path / "x.html"
    assert write_all({target: b"older"}) == [f"{target}"]
    assert write_all({target: b"old"}) == [f"{target} (replaced)"]
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(OSError, match="No space"):
        write_all({target: b"new"})
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["x.html"]


def test_tokens_file_is_plain_json() -> None:
    assert json.dumps(tokens(), ensure_ascii=False)
