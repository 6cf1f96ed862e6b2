"""Counting a corpus in every detail: groups, samples, terms, and what is shown of an article."""

from __future__ import annotations

from collections import Counter

import pytest

from sensational.corpus.scored import OutputError, Unreadable
from sensational.corpus.summary import tally as t

from .scored_samples import article, term


def test_rows_that_cannot_be_read_are_counted_and_the_first_five_shown() -> None:
    found = t.tally([Unreadable(n, f"fault {n}") for n in range(7)], (), 0)
    assert found.unreadable == 7
    assert [one.row for one in found.unreadable_rows] == [0, 1, 2, 3, 4]
    assert found.whole.read == 0


def test_the_whole_and_each_group_are_counted() -> None:
    rows = [
        article(1, 12.34, [term("chaos", "weaker"), term("fury")], stance="agree", loading=50.05),
        article(2, 12.36, [term("Mayor", "absent", "plain")], stance="", loading=0.0),
        article(3, None, reason="There is no body."),
        article(4, 90.0, [term("chaos", None)], stance="s" * 30, columns={"outlet": "Post"}),
        article(5, None, reason=None, columns={"outlet": "Post"}),
    ]
    found = t.tally(rows, ("outlet",), 0)
    lantern, post = found.groups["Lantern",], found.groups["Post",]
    assert (found.whole.read, found.whole.scored, lantern.read, post.scored) == (5, 3, 3, 1)
    assert lantern.divergence == {123: 1, 124: 1}
    assert lantern.loading == {501: 1, 0: 1}
    assert lantern.reasons == {"There is no body.": 1}
    assert post.reasons == {"": 1}
    assert (lantern.stances, post.stances) == ({"agree": 1}, {"s" * 20: 1})
    assert (lantern.terms, post.terms) == (2, 0)
    assert lantern.verdicts == {"weaker": {(2, 1): 1}, "supported": {(2, 1): 1}, "": {(2, 0): 1}}
    assert post.verdicts == {}
    assert found.made == {("0.1.0", "bbbb2222", "aaaa1111"): 5}
    assert (found.columns, found.found) == ({"outlet"}, {"outlet"})


def test_far_is_what_is_shown_as_38_or_more() -> None:
    rows = [article(n, divergence) for n, divergence in enumerate((37.4, 37.46, 37.5, 37.87, 38.0))]
    assert t.tally(rows, (), 0).whole.far == 3  # the second is shown as 37, and counted in tenths as 37.5


def test_headlines_that_stand_in_their_body_are_counted_once() -> None:
    rows = [
        article(1, 0.0, [term("a", verbatim=True), term("b", verbatim=True)]),
        article(2, 5.0, [term("a"), term("b", verbatim=True)]),
        article(3, 5.0, [term("a")]),
    ]
    assert t.tally(rows, (), 0).whole.verbatim == 2


def test_terms_are_summed_up() -> None:
    rows = [
        article(1, 30.0, [term(" “Chaos  now” ", "weaker", "quote", loading=0.25, support=0.5)]),
        article(2, 30.0, [term("CHAOS now", "absent", loading=0.5, support=None), term("“”", "absent")]),
        article(3, 30.0, [term("chaos NOW", "supported", loading=0.75, support=1.0)]),
        article(4, None, [term("chaos now", "absent")]),
    ]
    found = t.tally(rows, (), 0)
    assert list(found.terms) == ["chaos now"]
    chaos = found.terms["chaos now"]
    assert (chaos.text, chaos.seen, chaos.outrun) == ("chaos now", 3, 2)
    assert (chaos.loading, chaos.support) == (1.5, 1.5)
    assert chaos.verdicts == {"weaker": 1, "absent": 1, "supported": 1}
    assert chaos.kinds == {"quote": 1, "force": 2}
    assert found.kinds == {"quote": {"weaker": 1}, "force": {"absent": 2, "supported": 1}}


def test_long_terms_are_one_by_their_first_80_letters() -> None:
    rows = [article(1, 9.0, [term("x" * 80 + "a"), term("x" * 80 + "b"), term("x" * 79)])]
    found = t.tally(rows, (), 0).terms
    assert {key: one.seen for key, one in found.items()} == {"x" * 80: 2, "x" * 79: 1}
    assert found["x" * 80].text == "x" * 39 + "…"


def test_the_rarest_terms_are_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(t, "MOST_TERMS", 4)
    words = ["a", "a", "b", "b", "c", "d", "e"]
    found = t.tally([article(n, 9.0, [term(word)]) for n, word in enumerate(words)], (), 0)
    assert {key: one.seen for key, one in found.terms.items()} == {"a": 2, "b": 2, "e": 1}
    assert found.forgotten == 1


def test_the_columns_of_the_first_thousand_rows_are_named_and_held_to() -> None:
    rows = [article(n, columns={"outlet": "x", "z" * 300: "1", "a\nb": "2"}) for n in range(3)]
    with pytest.raises(OutputError) as caught:
        t.tally(rows, ("pa\nper",), 0)
    assert str(caught.value) == (
        f"there is no column pa per; choose among those that were carried through: a b, outlet, {'z' * 200}"
    )
    late = [article(n, columns={}) for n in range(1000)] + [article(1000, columns={"outlet": "x"})]
    with pytest.raises(OutputError, match=r"no column publisher; .*: none$"):
        t.tally([article(1, columns={})], ("publisher",), 0)
    assert t.tally(late[1:], ("outlet",), 0).groups["x",].read == 1
    with pytest.raises(OutputError, match="no column outlet"):
        t.tally([*late[:1000], article(1001, columns={}), late[-1]], ("outlet",), 0)
    assert t.tally([], ("outlet",), 0).groups == {}


def test_what_makes_a_group() -> None:
    def name(columns: dict[str, str], by: str) -> str:
        [(found,)] = t.tally(
            [article(1, columns=columns), article(2, columns={by: "x"})], (by,), 0
        ).groups.keys() - {("x",)}
        return found

    assert name({"outlet": " The\n Post "}, "outlet") == "The Post"
    assert name({"outlet": "x" * 201}, "outlet") == "x" * 199 + "…"
    assert name({"outlet": ""}, "outlet") == "(not given)"
    assert name({}, "outlet") == "(not given)"
    assert name({"date": "May 1999"}, "year") == "1999"
    assert name({"date": "in May"}, "year") == "(not given)"
    assert name({"year": "2001", "date": "1999"}, "year") == "2001"
    assert name({}, "file") == "in.csv"
    assert name({"file": "other.csv"}, "file") == "other.csv"


def test_a_year_of_its_own_column_is_not_taken_from_the_date() -> None:
    own = t.tally([article(1, columns={"year": "2001", "date": "1999"})], ("year",), 0)
    taken = t.tally([article(1, columns={"date": "1999"})], ("year",), 0)
    other = t.tally([article(1, columns={"date": "1999"})], ("date",), 0)
    assert (own.year_from_date, taken.year_from_date, other.year_from_date) == (False, True, False)


def test_too_many_groups_are_refused_at_the_first_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(t, "MOST_GROUPS", 2)
    rows = [article(n, columns={"a": str(n % 2), "b": "y"}) for n in range(6)]
    assert len(t.tally(rows, ("a", "b"), 0).groups) == 2
    with pytest.raises(OutputError) as caught:
        t.tally([*rows, article(9, columns={"a": "9", "b": "y"})], ("a", "b"), 0)
    assert str(caught.value) == "--by a,b makes more than 2 groups; choose a column with fewer values"
    assert t.label(("a", "b")) == "a · b"


def test_what_is_shown_of_an_article_is_short_and_safe() -> None:
    terms = [
        term("least\n", "absent", contribution=1.0), term("t" * 50, "weaker", contribution=9.0),
        term("none", "hedged", contribution=None), term("middle", "shifted", contribution=2.0),
        term("fine", "supported", contribution=30.0), term("unjudged", None, contribution=40.0),
    ]  # fmt: skip
    shown = t.tally(
        [
            article(
                7, 60.0, terms, headline="h" * 300, id="i" * 50, file="f" * 70, interval=(50.0, 70.0),
                loading=3.0,
            )
        ],
        ("outlet",), 0,
    ).groups["Lantern",].sample[0]  # fmt: skip
    assert shown == t.Specimen(
        file="f" * 59 + "…", row=7, id="i" * 39 + "…", group="Lantern", headline="h" * 199 + "…",
        divergence=60.0, interval=(50.0, 70.0), loading=3.0,
        terms=(("t" * 39 + "…", "weaker"), ("middle", "shifted"), ("least", "absent")),
    )  # fmt: skip
    bare = t.tally([article(1, 0.0, headline=" ", id=None)], (), 0).whole.sample[0]
    assert (bare.headline, bare.id, bare.group, bare.divergence) == ("(no headline)", "", "", 0.0)


def test_the_ten_farthest_are_kept_and_of_equals_the_first() -> None:
    rows = [article(n, float(n % 12)) for n in range(40)]
    kept = sorted(t.tally(rows, (), 0).whole.farthest, reverse=True)
    assert [(one.divergence, one.row) for _, _, one in kept] == [
        (11.0, 11), (11.0, 23), (11.0, 35), (10.0, 10), (10.0, 22), (10.0, 34), (9.0, 9), (9.0, 21),
        (9.0, 33), (8.0, 8),
    ]  # fmt: skip


def test_the_sample_of_a_group_depends_on_seed_and_group_alone() -> None:
    def sample(seed: int, outlet: str = "Post", others: int = 0) -> list[int]:
        rows = [article(n, columns={"outlet": outlet}) for n in range(300)]
        rows += [article(n, columns={"outlet": "Zed"}) for n in range(others)]
        return [one.row for one in t.tally(rows, ("outlet",), seed).groups[outlet,].sample]

    assert sample(1) == sample(1, others=200)
    assert sample(1) != sample(2)
    assert sample(1) != sample(1, "Echo")
    assert len(sample(1)) == 100
    assert max(sample(1)) > 200
    assert sorted(sample(1)) != list(range(100))


@pytest.mark.parametrize(
    ("date", "year"),
    [
        ("2019", "2019"), ("1900", "1900"), ("2099", "2099"), ("1899", ""), ("2100", ""),
        ("20190431", "2019"),
        ("20191231", "2019"), ("20190001", ""), ("20190132", ""), ("120191", ""), ("20190401123", ""),
        ("", ""),
        ("31 May 1999, 2001", "1999"), ("x2019y", "2019"),
    ],
)  # fmt: skip
def test_the_year_of_a_date(date: str, year: str) -> None:
    assert t.year_of(date) == year


def test_pairs_leave_out_what_nobody_has() -> None:
    pairs = {"": Counter({(2, 0): 3, (1, 0): 1}), "weaker": Counter({(2, 1): 3})}
    assert t.pairs_for(pairs, "weaker") == {(2, 1): 3, (1, 0): 1}
    assert t.pairs_for({}, "weaker") == {}
