"""What a report shows, worked out once for the page, the PDF and the terminal: plain data, safe text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import isfinite

from sensational.analysis import Analysis, Evidence, Gap, Term
from sensational.article import Article
from sensational.report.points import kept_share, whole, whole_points
from sensational.report.readability import MODE, Readability, readability
from sensational.report.safe import safe_analysis, safe_article, shortened
from sensational.report.sentences import band, plural, summary
from sensational.report.spans import Run, Span, paragraphs
from sensational.report.tokens import tokens

_QUOTE = 230  # characters of the body that one excerpt shows
_MOST_QUOTES = 2  # excerpts of a loaded term; a plain one shows one
_MOST_BODY = 100_000  # characters of the body that a report shows; a long feature has a third of that
_DECIDING = 8  # a longer piece of evidence is not set bold as a whole


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an excerpt; ``bold`` where it decides."""

    text: str
    bold: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """An excerpt of the body.

    ``who`` says in whose voice it is, empty for the author's; ``anchor`` leads to its place in the shown
    body, empty where that is cut before it.
    """

    parts: tuple[Part, ...]
    who: str
    anchor: str
    marked: bool
    """True where the excerpt needs quotation marks of ours, having none of its own."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One term as the ledger shows it."""

    number: int
    anchor: str
    start: int
    text: str
    loaded: bool
    verdict: str
    also: tuple[str, ...]
    quotes: tuple[Quote, ...]
    more: str
    """How many further places of the body bear on it, in words; empty for none."""
    reasons: tuple[str, ...]
    points: int
    claimed: float
    supported: float
    shortfall: float
    weight: float | None
    kept: float
    contribution: float
    without: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the ledger: one loaded term, or all plain terms that one sentence judges alike."""

    entries: tuple[Entry, ...]
    text: str
    verdict: str
    also: tuple[str, ...]
    quotes: tuple[Quote, ...]
    more: str
    reason: str
    points: int


@dataclass(frozen=True, slots=True)
class View:
    """Everything a report shows of one article. ``shown`` entries stand in the ledger, the rest folded."""

    headline: tuple[Run, ...]
    """Marked: the loaded terms, and the plain ones that cost points and are not borne out."""
    headline_text: str
    source: tuple[str, ...]
    scored: bool
    divergence: int
    exact: float
    low: int
    high: int
    band: str
    loading: int
    summary: str
    shown: tuple[Entry, ...]
    folded: tuple[Entry, ...]
    rows: tuple[Row, ...]
    """The ``shown`` entries as rows of the ledger."""
    folded_rows: tuple[Row, ...]
    body: tuple[tuple[Run, ...], ...]
    body_rest: str
    """How much of a very long body is not shown, in words; empty for nothing."""
    clutter: tuple[tuple[str, str], ...]
    readability: tuple[tuple[str, Readability], ...]
    readability_mode: str
    stance: str
    claim_strength: str
    provenance: tuple[tuple[str, str], ...]
    limits: tuple[str, ...]

    def entry(self, number: int) -> Entry:
        """The entry with this number."""
        return (self.shown + self.folded)[number - 1]


LIMITS = (
    "It compares two texts and nothing else. It does not know what really happened: “absent” means not found "
    "in this text, never false, and a headline with a divergence of 0 can still be wrong, with its article.",
    "It does not read pictures, captions, videos, charts or linked pages, which may bear a headline out.",
    "It works with words and rules. Irony, satire, allusions and knowledge that a reader brings along "
    "escape it, and it may miss evidence that says the same in quite other words.",
    "It reads English, and news prose best. Poems, lists, live blogs and very short texts are not its field.",
    "A high number is no charge against the writer. Headlines are short, are often not written by the "
    "reporter, and a quotation mark may be honest attribution. Follow the ledger and judge for yourself.",
)

_STANCES = {
    "agree": "As a whole, the body goes along with the headline.",
    "discuss": "As a whole, the body discusses what the headline says without taking its side.",
    "disagree": "As a whole, the body disagrees with the headline.",
    "unrelated": "As a whole, the body is about something else than the headline.",
}
_STRENGTHS = (
    "no link between cause and effect", "that things go together", "a cause under conditions", "a cause",
)  # fmt: skip


def build_view(article: Article, analysis: Analysis, *, readability_too: bool = True) -> View:
    """What a report on ``article`` shows. Every text in the result is safe to show (see ``safe``).

    Args:
        article: what was read.
        analysis: what was said of it. Evidence whose offsets do not slice to its text is not shown.
        readability_too: False leaves readability out, which costs half a second once.
    """
    article, analysis = safe_article(article), safe_analysis(analysis)
    scored = analysis.status == "scored" and analysis.divergence is not None
    exact = analysis.divergence or 0.0
    order = sorted(analysis.terms, key=lambda t: (-(t.contribution or 0.0), not t.loaded, t.start, t.end))
    points = whole_points([term.contribution or 0.0 for term in order], whole(exact))
    ranked = list(zip(order, points, strict=True))
    ranked.sort(key=lambda pair: not _belongs(*pair))
    sentences = _sentence_bounds(article.body)
    entries = tuple(
        _entry(number, term, given, exact, article.body, sentences)
        for number, (term, given) in enumerate(ranked, start=1)
    )
    count = sum(_belongs(*pair) for pair in ranked)
    low, high = analysis.interval or (exact, exact)
    body_end = _body_end(article.body)
    rest = len(article.body) - body_end
    terms = [term for term, _ in ranked]
    return View(
        headline=_headline(analysis.headline, terms[:count]),
        headline_text=analysis.headline,
        source=_source(article, analysis),
        scored=scored,
        divergence=whole(exact),
        exact=exact,
        low=whole(low),
        high=whole(high),
        band=band(exact),
        loading=whole(analysis.loading),
        summary=summary(analysis),
        shown=entries[:count],
        folded=entries[count:],
        rows=_rows(entries[:count]),
        folded_rows=_rows(entries[count:]),
        body=paragraphs(article.body[:body_end], _evidence_spans(article.body[:body_end], terms)),
        body_rest=f"The body goes on for {plural(rest, 'character')} that are not shown here."
        if rest
        else "",
        clutter=_clutter(article, analysis),
        readability=_readabilities(article) if readability_too else (),
        readability_mode=MODE,
        stance=_STANCES.get(analysis.stance.label, "") if analysis.stance else "",
        claim_strength=_claim_strength(analysis),
        provenance=_provenance(article, analysis),
        limits=LIMITS,
    )


def _belongs(term: Term, points: int) -> bool:
    return term.loaded or points > 0


def _entry(
    number: int, term: Term, points: int, divergence: float, body: str, sentences: Sequence[tuple[int, int]]
) -> Entry:
    support = 1.0 if term.support is None else term.support
    quotes, further = _quotes(number, term, body, sentences)
    contribution = term.contribution or 0.0
    kept = kept_share(contribution, divergence)
    shortfall = 1.0 - support
    return Entry(
        number=number,
        anchor=f"term-{number}",
        start=term.start,
        text=shortened(term.text, 160),
        loaded=term.loaded,
        verdict=term.verdict or "",
        also=tuple(verdict for verdict in term.also if verdict != term.verdict),
        quotes=quotes,
        more=f"and {plural(further, 'more place')} in the body" if further else "",
        reasons=_reasons(term),
        points=points,
        claimed=term.loading,
        supported=term.loading * support,
        shortfall=shortfall,
        weight=min(1.0, (1.0 - kept) / shortfall) if shortfall > 1e-9 else None,
        kept=kept,
        contribution=contribution,
        without=term.without if term.without is not None and isfinite(term.without) else None,
    )


def _reasons(term: Term) -> tuple[str, ...]:
    """Why the term falls short, the widest gap first; at most three sentences."""
    gaps: list[Gap] = sorted(term.gaps, key=lambda gap: -gap.size)
    said = [_stopped(gap.reason.strip()) for gap in gaps if gap.reason.strip()]
    if not said and term.verdict == "supported":
        said = ["The body says so, of the same thing and as strongly."]
    if not said and term.verdict == "absent":
        said = ["Nothing was found in the body that bears on it."]
    return tuple(dict.fromkeys(said))[:3]


def _rows(entries: Sequence[Entry]) -> tuple[Row, ...]:
    """The entries as rows, heaviest first; plain ones of one verdict over one sentence stand together."""
    groups: dict[object, list[Entry]] = {}
    for entry in entries:
        first = "".join(part.text for part in entry.quotes[0].parts) if entry.quotes else ""
        key = entry.number if entry.loaded else (entry.verdict, entry.also, first)
        groups.setdefault(key, []).append(entry)
    return tuple(sorted(map(_row, groups.values()), key=lambda row: -row.points))


def _row(group: Sequence[Entry]) -> Row:
    first = group[0]
    in_order = sorted(group, key=lambda entry: entry.start)
    alike = [reason for reason in first.reasons if all(reason in entry.reasons for entry in group)]
    return Row(
        entries=tuple(in_order),
        text=", ".join(entry.text for entry in in_order),
        verdict=first.verdict,
        also=first.also,
        quotes=(_all_bold(group), *first.quotes[1:]) if first.quotes else (),
        more=first.more if len(group) == 1 else "",
        reason=" ".join(alike) or _stopped(_meaning(first.verdict)),
        points=sum(entry.points for entry in group),
    )


def _meaning(verdict: str) -> str:
    return str(tokens()["verdicts"][verdict]["meaning"]) if verdict else ""


def _all_bold(group: Sequence[Entry]) -> Quote:
    """The excerpt that the entries share, with the deciding words of each of them bold."""
    first = group[0].quotes[0]
    bold = [False] * sum(len(part.text) for part in first.parts)
    for entry in group:
        at = 0
        for part in entry.quotes[0].parts:
            if part.bold:
                bold[at : at + len(part.text)] = [True] * len(part.text)
            at += len(part.text)
    text = "".join(part.text for part in first.parts)
    runs = groupby(range(len(text)), key=bold.__getitem__)
    parts = tuple(Part("".join(text[index] for index in run), heavy) for heavy, run in runs)
    return replace(first, parts=parts)


def _stopped(reason: str) -> str:
    if not reason:
        return ""
    reason = reason[:1].upper() + reason[1:]
    return reason if reason.endswith((".", "!", "?", "…", "”")) else reason + "."


def _sentence_bounds(body: str) -> list[tuple[int, int]]:
    from sensational.language.sentences import split_sentences

    return [(start, end) for start, end, _ in split_sentences(body)]


def _fits(piece: Evidence, body: str) -> bool:
    return 0 <= piece.start < piece.end <= len(body) and body[piece.start : piece.end] == piece.text


def _body_end(body: str) -> int:
    """Where the shown body ends: at the end of a paragraph, if one ends near the limit."""
    if len(body) <= _MOST_BODY:
        return len(body)
    newline = body.rfind("\n", _MOST_BODY * 9 // 10, _MOST_BODY)
    return newline if newline >= 0 else _MOST_BODY


def _evidence_anchor(number: int, index: int) -> str:
    return f"evidence-{number}-{index}"


def _evidence_spans(body: str, terms: Sequence[Term]) -> list[Span]:
    return [
        Span(piece.start, piece.end, number, _evidence_anchor(number, index))
        for number, term in enumerate(terms, start=1)
        for index, piece in enumerate(term.evidence, start=1)
        if _fits(piece, body)
    ]


def _headline(headline: str, terms: Sequence[Term]) -> tuple[Run, ...]:
    spans = [
        Span(term.start, term.end, number, "")
        for number, term in enumerate(terms, start=1)
        if term.loaded or term.verdict != "supported"
    ]
    lines = paragraphs(headline, spans)
    return lines[0] if lines else ()


def _quotes(
    number: int, term: Term, body: str, sentences: Sequence[tuple[int, int]]
) -> tuple[tuple[Quote, ...], int]:
    """Excerpts of the body, one a sentence, in order of the evidence; and how many are left out."""
    by_sentence: dict[tuple[int, int], list[tuple[int, Evidence]]] = {}
    for index, piece in enumerate(term.evidence, start=1):
        if _fits(piece, body):
            by_sentence.setdefault(_around(piece, sentences), []).append((index, piece))
    quotes = []
    for (start, end), found in list(by_sentence.items())[: _MOST_QUOTES if term.loaded else 1]:
        bold = [span for _, piece in found for span in _deciding(piece, term)]
        parts = _excerpt(body, start, end, bold or [(p.start, p.end) for _, p in found], bool(bold))
        plain = "".join(part.text for part in parts)
        quotes.append(
            Quote(
                parts=parts,
                who=_voices([piece for _, piece in found]),
                anchor=_evidence_anchor(number, found[0][0]) if found[0][1].end <= _body_end(body) else "",
                marked=not any(mark in plain for mark in '“”"'),
            )
        )
    return tuple(quotes), len(by_sentence) - len(quotes)


def _around(piece: Evidence, sentences: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """From the beginning of the sentence that the evidence starts in to the end of the one it ends in."""
    from bisect import bisect_right

    first = bisect_right(sentences, (piece.start, float("inf"))) - 1
    last = bisect_right(sentences, (piece.end - 1, float("inf"))) - 1
    start = min(sentences[first][0], piece.start) if first >= 0 else piece.start
    end = max(sentences[last][1], piece.end) if last >= 0 else piece.end
    return start, end


def _deciding(piece: Evidence, term: Term) -> list[tuple[int, int]]:
    """The words to set bold: the evidence itself if it is short, else its words akin to the term's."""
    from sensational.language.document import TOKEN
    from sensational.language.stems import stem

    words = [match.span() for match in TOKEN.finditer(piece.text)]
    if len(words) <= _DECIDING:
        return [(piece.start, piece.end)]
    wanted = {stem(match.group().lower()) for match in TOKEN.finditer(term.text) if len(match.group()) > 3}
    return [
        (piece.start + start, piece.start + end)
        for start, end in words
        if stem(piece.text[start:end].lower()) in wanted
    ]


def _excerpt(
    body: str, start: int, end: int, focus: Sequence[tuple[int, int]], bold: bool
) -> tuple[Part, ...]:
    """``body[start:end]`` cut to size around ``focus``, in parts; cuts are shown by an ellipsis."""
    first, last = min(left for left, _ in focus), max(right for _, right in focus)
    before = after = ""
    if end - start > _QUOTE:
        room = max(0, _QUOTE - (last - first))
        if first - start > room // 2:
            start = _word_after(body, first - room // 2, first)
            before = "… "
        if end - max(first, start) > _QUOTE - (first - start):
            end = _word_before(body, start + _QUOTE, start)
            after = " …"
    parts = [Part(before, False)] if before else []
    at = start
    for left, right in _merged(focus) if bold else []:
        left, right = max(left, at), min(right, end)
        if left >= right:
            continue
        if left > at:
            parts.append(Part(_flat(body[at:left]), False))
        parts.append(Part(_flat(body[left:right]), True))
        at = right
    parts.append(Part(_flat(body[at:end]) + after, False))
    return tuple(part for part in parts if part.text)


def _flat(text: str) -> str:
    return text.replace("\n", " ")


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _word_after(text: str, at: int, limit: int) -> int:
    space = text.find(" ", at, limit)
    return at if space < 0 else space + 1


def _word_before(text: str, at: int, limit: int) -> int:
    space = text.rfind(" ", limit, at)
    return at if space <= limit else space


def _voices(pieces: Sequence[Evidence]) -> str:
    """In whose voice the pieces are said, and whether as a denial or with a hedge; empty for the author's."""
    voices = "; ".join(dict.fromkeys(who for piece in pieces if (who := _who(piece))))
    tones = [
        tone
        for tone, holds in (
            ("denied", any(piece.denied for piece in pieces)),
            ("hedged", any(piece.hedged for piece in pieces)),
        )
        if holds
    ]
    return " ".join(part for part in (voices, f"({', '.join(tones)})" if tones else "") if part)


def _who(piece: Evidence) -> str:
    source = shortened(piece.source, 70) if piece.source else ""
    if source.startswith(("The ", "A ", "An ")):
        source = source[0].lower() + source[1:]
    if piece.voice == "named":
        return source or "a named source"
    if piece.voice == "unnamed":
        return f"{source}, not named" if source else "a source that is not named"
    if piece.voice == "outlet":
        return f"{source}, another outlet" if source else "another outlet"
    if piece.voice == "document":
        return source or "a document"
    return ""


def _source(article: Article, analysis: Analysis) -> tuple[str, ...]:
    origin = article.outlet or article.address or "Copied text"
    counts = f"{plural(analysis.body.sentences, 'sentence')}, {plural(analysis.body.words, 'word')}"
    aside = len(article.clutter or analysis.body.clutter)
    clutter = f"{plural(aside, 'line')} set aside as clutter" if aside else ""
    return tuple(part for part in (shortened(origin, 80), article.date, counts, clutter) if part)


def _clutter(article: Article, analysis: Analysis) -> tuple[tuple[str, str], ...]:
    return tuple((line.text, line.why) for line in (article.clutter or analysis.body.clutter))


def _readabilities(article: Article) -> tuple[tuple[str, Readability], ...]:
    texts = (("Headline", article.headline), ("Body", article.body))
    return tuple((name, found) for name, text in texts if (found := readability(text)))


def _claim_strength(analysis: Analysis) -> str:
    head, body = analysis.claim_strength.headline, analysis.claim_strength.body
    if head is None or body is None or not (0 <= head <= 3 and 0 <= body <= 3) or head == body == 0:
        return ""
    if head == body:
        return f"Headline and body both claim {_STRENGTHS[head]}."
    return f"The headline claims {_STRENGTHS[head]}, the body {_STRENGTHS[body]}."


def _provenance(article: Article, analysis: Analysis) -> tuple[tuple[str, str], ...]:
    made = analysis.provenance
    rows = (
        ("Made by", f"sensational {made.version}"),
        ("Lexicon", made.lexicon),
        ("Trained data", made.model),
        ("Form", f"schema version {analysis.schema_version}"),
        ("Article", article.id or analysis.id or ""),
        ("Address", shortened(article.address, 200) if article.address else ""),
    )
    return tuple((name, value) for name, value in rows if value)
