"""The pupils' sheet, the teacher's key and the form: what they say, and that no article steers them."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from report.samples import HOSTILE, SAMPLES, five, none, not_scored, supported, twelve

from sensational.analysis import VERDICTS
from sensational.article import Article
from sensational.cli import main
from sensational.fitting import Change, Fitting
from sensational.report.view import build_view
from sensational.worksheet.files import write_worksheet
from sensational.worksheet.lesson import MOST_TERMS, OWN_WORDS, QUESTIONS, Lesson, build_lesson
from sensational.worksheet.pages import key_pdf, loud_is_missing, sheet_html, sheet_pdf
from sensational.worksheet.texts import LEVELS, disagreement, doubt, questions, tasks, timing

ROOT = Path(__file__).parents[2]
ASKED = {*VERDICTS, "scale", "quote"} - {"supported"}
FIT = Fitting(
    "A driver says that many colleagues ask for leave",
    3.0,
    (Change("term_dropped", "humiliated", "", "Said of somebody else."),),
)


def lesson(sample, fitting: Fitting | None = None, level="standard") -> Lesson:  # type: ignore[no-untyped-def]
    article, analysis = sample()
    return build_lesson(article, analysis, fitting, level)


@pytest.fixture(params=list(SAMPLES))
def any_lesson(request: pytest.FixtureRequest) -> Lesson:
    return lesson(SAMPLES[request.param])


# The tables.


def test_every_verdict_has_a_question_and_a_note() -> None:
    for level in LEVELS:
        assert questions(level).keys() >= ASKED
        assert all(one.text.endswith("?") and one.note for one in questions(level).values())
    assert all(disagreement(verdict) for verdict in ("", *VERDICTS))


def test_the_levels_word_the_same_tasks_differently() -> None:
    standard, younger = tasks("standard"), tasks("younger")
    assert standard.keys() == younger.keys()
    assert standard["stakes"] == "Which words raise the stakes? Underline them."
    assert standard["stakes"] != younger["stakes"]
    assert all(questions("standard")[case].text != questions("younger")[case].text for case in ASKED)


def test_a_lesson_takes_thirty_minutes() -> None:
    assert sum(minutes for minutes, _ in timing()) == 30


def test_doubts_are_sentences_with_known_places() -> None:
    for verdict in ("absent", "shifted", "contradicted"):
        assert "{" not in doubt(verdict).format(term="“a”")
    assert doubt("none of them") == ""


def test_the_tables_are_wide_enough() -> None:
    for path in sorted((ROOT / "sensational" / "worksheet" / "tables").glob("*.tsv")):
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
        assert rows[0][-1] == "reason"
        assert all(len(row) == len(rows[0]) and row[-1] for row in rows), path.name


# The lesson.


def test_terms_stand_in_the_order_of_the_headline() -> None:
    made = lesson(five)
    places = [made.headline.index(term) for term in made.terms]
    assert places == sorted(places)
    assert [one.text for one in made.answers] == list(made.terms)


INNER = str.maketrans("“”", "‘’")


def test_evidence_is_given_by_paragraph() -> None:
    article, _ = five()
    made = lesson(five)
    lines = [line for line in article.body.split("\n") if line.strip()]
    assert list(made.paragraphs) == lines
    for answer in made.answers:
        for quote, number in zip(answer.quotes, answer.paragraphs, strict=True):
            sentence = "".join(part.text for part in quote.parts).strip("… ").translate(INNER)
            assert sentence in lines[number - 1].translate(INNER)  # quotation marks within quotation marks


def test_model_answers_say_who_and_how_sure() -> None:
    answers = {one.text: one for one in lesson(five).answers}
    assert answers["in droves"].who == "One driver."
    assert answers["in droves"].sure.startswith("The source sounds sure")
    assert answers["humiliated"].who == "The writer of the article."
    article, analysis = five()
    told = {one.text: one.evidence[0] for one in analysis.terms if one.evidence}
    both = replace(analysis.terms[0], evidence=(told["humiliated"], told["in droves"]))
    (answer,) = build_lesson(article, replace(analysis, terms=(both,)), None).answers
    assert answer.who == "The writer of the article."  # as the first sentence has it, in the report too
    assert [quote.who for quote in answer.quotes] == ["", "one driver"]
    assert all(one.disagree and (one.why or one.readings) for one in answers.values())


def test_only_an_amount_is_asked_how_many() -> None:
    answers = {one.text: one.many for one in lesson(five).answers}
    assert {text for text, many in answers.items() if many} == {"in droves"}


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("They left at eight o’clock, the other 40 at 9 p.m.", "The sentence says “40”."),
        ("They left shortly after 10 on 3 March 2024.", ""),
        ("They left between 6 and 7 p.m., 12 of them by 8.30 pm.", "The sentence says “12”."),
        ("They left at half past nine, at seven in the morning, or at twenty past nine at last.", ""),
        ("The number of drivers fell to eight after 12 deaths.", "The sentence says “eight” and “12”."),
        ("They left the depot.", "The sentence gives no number."),
        ("They left the depot after eleven years.", ""),
        (f"They left{' and left' * 40}, all 40 of them.", "The sentence says “40”."),  # shown in part
    ],
)
def test_a_clock_counts_nothing(sentence: str, said: str) -> None:
    article, analysis = five()
    term = next(one for one in analysis.terms if one.kind == "scale")
    place = {"text": sentence, "start": 0, "end": len(sentence), "sentence": 0}
    told = replace(term, evidence=(replace(term.evidence[0], **place),))  # type: ignore[arg-type]
    (answer,) = build_lesson(replace(article, body=sentence), replace(analysis, terms=(told,)), None).answers
    assert answer.many == said


def test_the_sheet_asks_how_many_only_of_an_amount() -> None:
    asked = tasks("standard")["many"]
    assert _Form(sheet_html([lesson(five)])).text.count(asked) == 1
    assert _Form(sheet_html([lesson(none)])).text.count(asked) == OWN_WORDS
    article, analysis = five()
    alone = replace(analysis.terms[0], text="one man")
    assert not build_lesson(article, replace(analysis, terms=(alone,)), None).answers[0].amount
    counted = next(one for one in analysis.terms if one.kind == "scale")
    force = replace(analysis, terms=(replace(counted, kind="force"),))
    assert sheet_pdf([build_lesson(article, force, None)]) != sheet_pdf(
        [build_lesson(article, replace(analysis, terms=(counted,)), None)]
    )


def test_the_key_does_not_explain_supported_as_attributed() -> None:
    article, analysis = supported()
    first = analysis.terms[0]

    def said(**more: bool) -> str:
        evidence = (replace(first.evidence[0], **more),)  # type: ignore[arg-type]
        changed = replace(analysis, terms=(replace(first, evidence=evidence),))
        return build_lesson(article, changed, None).answers[0].sure

    assert said() == "The source sounds sure."
    assert said(hedged=True) == "As sure as the headline is."


def test_a_term_without_a_likely_verdict_is_open_for_discussion() -> None:
    answers = {one.text: one for one in lesson(five).answers}
    assert answers["‘terrified’"].readings == ("attributed", "weaker")
    assert (answers["‘terrified’"].why, answers["‘terrified’"].sure, answers["‘terrified’"].points) == (
        "",
        "",
        0,
    )
    assert answers["humiliated"].readings == ()
    article, analysis = five()
    sure = replace(analysis, terms=tuple(replace(term, probabilities={}) for term in analysis.terms))
    assert all(one.readings == () for one in build_lesson(article, sure, None).answers)
    assert key_pdf([build_lesson(article, sure, None)]) != key_pdf([lesson(five)])


def test_questions_follow_the_ledger() -> None:
    assert [one.when for one in lesson(five).questions] == ["shifted", "weaker", "quote"]
    assert len(lesson(five).questions) == QUESTIONS
    assert lesson(supported).questions[0].when == "loud"
    article, analysis = five()
    (droves,) = (one for one in analysis.terms if one.kind == "scale")
    assert build_lesson(article, replace(analysis, terms=(droves,)), None).questions[0].when == "scale"
    for text in ("They left.", "They left at 8 p.m.", "One driver left after two years."):
        few = replace(droves, evidence=(replace(droves.evidence[0], text=text),))
        assert build_lesson(article, replace(analysis, terms=(few,)), None).questions[0].when == "attributed"
    assert len(lesson(none).questions) == QUESTIONS


@pytest.mark.parametrize(
    ("date", "said"), [("2024-05-03", "3 May 2024"), ("May 2024", "May 2024"), (None, "")]
)
def test_a_date_stands_as_people_write_it(date: str | None, said: str) -> None:
    article, analysis = five()
    made = build_lesson(replace(article, outlet="The Ostrel Courier", date=date), analysis, None)
    assert made.source == " · ".join(filter(None, ("The Ostrel Courier", said)))


@pytest.mark.parametrize(
    ("divergence", "loading", "label"),
    [
        (9.4, 60.0, "loud, borne out"), (9.6, 20.0, "calm, borne out in part"),
        (37.4, 60.0, "loud, borne out in part"), (37.6, 20.0, "calm, not borne out"),
    ],
)  # fmt: skip
def test_the_cover_of_a_key_sorts_by_what_is_shown(divergence: float, loading: float, label: str) -> None:
    article, analysis = five()
    changed = replace(analysis, divergence=divergence, loading=loading)
    assert build_lesson(article, changed, None).label == label
    assert lesson(not_scored).label == "not scored"


def test_the_key_names_plain_terms_that_cost_points() -> None:
    entry = next(one for one in build_view(*five()).shown if not one.loaded)
    assert lesson(five).plain == f"“{entry.text}” ({entry.points})" != "“worries” (0)"
    assert lesson(supported).plain == ""


def test_twelve_terms_are_the_most() -> None:
    article, analysis = twelve()
    many = replace(analysis, terms=analysis.terms * 2)
    made = build_lesson(article, many, None)
    loaded = sum(term.loaded for term in many.terms)
    assert (len(made.terms), made.more_terms) == (MOST_TERMS, loaded - MOST_TERMS)


def test_without_a_score_there_is_no_answer_but_a_sheet() -> None:
    made = lesson(not_scored)
    assert (made.scored, made.borne_out) == (False, False)
    assert made.terms == ("Outrage",)
    assert (made.answers[0].verdict, made.answers[0].sure) == ("", "")
    assert made.offer is None
    assert "too short" in made.reading


def test_the_key_says_what_the_verifier_alone_calls_supported() -> None:
    article, analysis = supported()
    assert not any("bears out" in said for said in build_lesson(article, analysis, None).doubts)
    first, *others = analysis.terms
    told = replace(first, reason="The tool takes this sentence as support; check it.")
    doubts = build_lesson(article, replace(analysis, terms=(told, *others)), None).doubts
    assert [said for said in doubts if "bears out “Catastrophe”. Check" in said]
    assert not any("destroys" in said for said in doubts)


def test_loud_and_borne_out_is_told_from_loud() -> None:
    assert loud_is_missing([lesson(five), lesson(none)])
    fair = lesson(supported)
    assert fair.loud
    assert fair.borne_out
    assert not loud_is_missing([lesson(five), fair])
    article, analysis = supported()
    for divergence, borne_out in ((9.4, True), (9.6, False)):  # shown as 9 and 10
        scored = replace(analysis, divergence=divergence)
        assert build_lesson(article, scored, None).borne_out == borne_out


def test_one_word_is_spoken_of_as_one() -> None:
    article, analysis = five()
    for level in LEVELS:
        every, single = tasks(level)["evidence"], tasks(level)["evidence_one"]
        page = _Form(sheet_html([lesson(five, level=level)], level)).text
        assert (every in page, single in page) == (True, False)
        alone = build_lesson(article, replace(analysis, terms=analysis.terms[:1]), None, level)
        page = _Form(sheet_html([alone], level)).text
        assert (every in page, single in page) == (False, True)
        assert sheet_pdf([alone], level).startswith(b"%PDF-")


# The pages.


class _Form(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "input", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def test_any_lesson_can_be_printed(any_lesson: Lesson) -> None:
    for make in (sheet_pdf, key_pdf):
        made = make([any_lesson])
        assert made.startswith(b"%PDF-")
        assert b"/StructTreeRoot" in made  # tagged, for screen readers
        assert b"/Lang" in made
        assert made == make([any_lesson])


def test_any_lesson_can_be_filled_in(any_lesson: Lesson) -> None:
    form = _Form(sheet_html([any_lesson]))
    assert form.named("script") == form.named("img") == form.named("link") == []
    assert all((one.get("href") or "").startswith("#") for one in form.named("a"))
    assert not any(name.startswith("on") for _, attrs in form.tags for name in attrs)
    labelled = [one for one in form.named("textarea") if "aria-label" in one]
    assert len(form.named("textarea")) > len(labelled) > 0
    for paragraph in any_lesson.paragraphs:
        assert paragraph in form.text
    assert any_lesson.headline in form.text


def test_hostile_text_stays_text() -> None:
    page = sheet_html([lesson(SAMPLES["hostile"])])
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{7*7}}" in page
    for steering in ("\x1b", "\x9b", "\u202e", "\u2066", "\x00", "\ud800"):
        assert steering in HOSTILE
        assert steering not in page
    policy = next(a["content"] or "" for a in _Form(page).named("meta") if "http-equiv" in a)
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_typst_reads_no_article_as_source() -> None:
    article = Article(
        '#panic("read") $x$ *b* [c] \\ "', '#include "/etc/passwd"\n\n#image("x.png") @label <a>'
    )
    _, analysis = none()
    made = build_lesson(article, replace(analysis, headline=article.headline, terms=()), None)
    assert sheet_pdf([made]).startswith(b"%PDF-")
    assert key_pdf([made]).startswith(b"%PDF-")


def test_a_set_has_a_cover_and_one_article_has_none() -> None:
    one, two = lesson(five), lesson(supported)
    cover = tasks("standard")["cover_title"]
    assert cover not in sheet_html([one])
    form = _Form(sheet_html([one, two]))
    assert cover in form.text
    assert [a["href"] for a in form.named("a")] == ["#article-1", "#article-2"]
    assert tasks("standard")["again"] in _Form(sheet_html([one])).text
    assert tasks("standard")["again"] not in form.text  # the cover has the second guess
    assert len(sheet_pdf([one, two])) > len(sheet_pdf([one]))


def test_pupils_are_not_told_the_answer() -> None:
    page = sheet_html([lesson(five, FIT), lesson(supported)])
    assert FIT.text not in page
    for verdict in ("shifted", "attributed", "borne out"):
        assert verdict not in _Form(page).text


def test_the_key_offers_the_fitting_headline() -> None:
    offer = lesson(five, FIT).offer
    assert offer is not None
    assert offer.text == FIT.text
    assert offer.changes[0][0] == "word left out"
    assert lesson(five).offer is None


def test_paper_and_articles_are_needed() -> None:
    with pytest.raises(ValueError, match="paper"):
        sheet_pdf([lesson(five)], paper="a5")  # type: ignore[arg-type]
    for make in (sheet_pdf, key_pdf, sheet_html):
        with pytest.raises(ValueError, match="needs an article"):
            make([])
    assert sheet_pdf([lesson(five)], paper="us-letter") != sheet_pdf([lesson(five)])


def test_three_files_whole(tmp_path: Path) -> None:
    paths = [Path(line) for line in write_worksheet([lesson(five)], tmp_path / "new", "../rail", "younger")]
    assert [path.name for path in paths] == ["rail-worksheet.pdf", "rail-key.pdf", "rail-worksheet.html"]
    assert {path.parent for path in paths} == {tmp_path / "new"}
    assert not list((tmp_path / "new").glob(".*"))


# The command.


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[object, str, str]:
    with pytest.raises(SystemExit) as stopped:
        main(["worksheet", *arguments])
    return stopped.value.code, *capsys.readouterr()


def test_one_article(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(
        capsys, str(ROOT / "data" / "vaccine.txt"), "--output", str(tmp_path), "--paper", "letter"
    )
    assert code == 0
    assert {path.name for path in tmp_path.iterdir()} == {
        "vaccine-worksheet.pdf", "vaccine-key.pdf", "vaccine-worksheet.html",
    }  # fmt: skip
    assert "sensational worksheet article.txt another.txt --name set" in out  # none is loud and borne out
    assert "data/flood.txt" not in out  # it is not installed with the package


def test_a_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(ROOT / "data" / name) for name in ("flood.txt", "library.txt")]
    code, _, _ = run(capsys, *files, "--output", str(tmp_path), "--level", "younger", "--name", "week 3")
    assert code == 0
    assert (tmp_path / "week-3-worksheet.pdf").is_file()
    assert tasks("younger")["stakes"] in (tmp_path / "week-3-worksheet.html").read_text(encoding="utf-8")
    _, out, _ = run(capsys, files[0], "--output", str(tmp_path), "--name", "week 3")
    named = [f"{tmp_path / 'week-3'}-{end}" for end in ("worksheet.pdf", "key.pdf", "worksheet.html")]
    assert out.splitlines()[:3] == [f"{name} (replaced)" for name in named]


def test_what_cannot_be_read_does_not_stop_the_set(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(
        capsys, str(tmp_path / "none.txt"), str(ROOT / "data" / "flood.txt"), "--output", str(tmp_path)
    )
    assert code == 2
    assert "none.txt" in err
    assert (tmp_path / "flood-worksheet.pdf").is_file()
    assert "flood-key.pdf" in out


def test_the_folder_must_be_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x")
    code, _, err = run(capsys, str(ROOT / "data" / "flood.txt"), "--output", str(tmp_path / "file"))
    assert code == 2
    assert "choose another --output" in err


def test_templates_hold_no_address() -> None:
    for path in (ROOT / "sensational" / "worksheet" / "templates").iterdir():
        assert not re.search(r"https?://", path.read_text(encoding="utf-8")), path.name


def test_lessons_are_plain_data() -> None:
    from dataclasses import asdict

    assert json.loads(json.dumps(asdict(lesson(five, FIT))))["headline"] == lesson(five).headline
