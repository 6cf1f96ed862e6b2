"""Whose word it is: direct, indirect and mixed speech, and the source of each.

Whatever no :class:`Voice` covers is the author's. The constructions are those of news writing, after the
annotation guide of PolNeAR (Newell, Margolin and Ruths 2018: source, cue, content); each has a function
below. Sources carry over: a quotation without a speaker of its own belongs to the last speaker, and *he
said* to the last person who was named.
"""

from __future__ import annotations

import threading
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Literal, NamedTuple

from sensational.language.clauses import clause
from sensational.language.document import Document, Sentence
from sensational.language.quotations import Quotation, find_quotations
from sensational.language.sources import (
    Mention,
    SourceKind,
    after_verb,
    agrees_in_number,
    before_verb,
    gap,
    is_plain,
    is_plural,
    kind_of,
    names_somebody,
    opening,
)
from sensational.lexicon.cues import CueIndex, Found, index, word_set

VoiceKind = Literal["named", "unnamed", "outlet", "document"]

LOOK_BACK = 6
"""How many sentences back a pronoun may find the person it stands for."""

_SAYING = ("sourcing", "sourcing_told", "sourcing_clause")
_VERBS = ("sourcing_told", "sourcing", "sourcing_clause", "sourcing_thought", "sourcing_stance")
_ALL_GROUPS = (*_VERBS, "sourcing_according", "sourcing_passive", "sourcing_noun", "sourcing_adverb")
_BE = word_set("is are was were be been being am it's he's she's they're that's there's get got")
_ARTICLES = word_set(
    "the a an his her their its our my your this that these those no any some such each every"
)
_FINITE = word_set(
    "is are was were be been has have had will would can could may might should must do does did isn't "
    "aren't wasn't weren't won't can't couldn't wouldn't doesn't didn't hasn't haven't it's he's she's "
    "they're there's that's i'm we're you're i'll we'll he'll he'd i'd"
)
_SUBJECTS = word_set("he she they it there we i you who nobody everyone")
_PAUSES = (",", "—", "–", ",”", ',"', ",’", ",'", "?”", "!”", '?"', '!"')
_WH = word_set("that how why whether what if when where who")
_CIRCUMSTANCE = word_set(
    "on in at during after before when while as to earlier later yesterday today tonight last this via "
    "from following through over with monday tuesday wednesday thursday friday saturday sunday about of "
    "by for here there again recently afterwards afterward once and but"
)
_SPEECH_MARKS = frozenset("“\"‘'«„")
_THAT_MAY_BE_LEFT_OUT = word_set("think thinks thought believe believes believed")
# What stands before a colon and is nobody's name.
_LABELS = word_set(
    "analysis update updated opinion watch breaking exclusive video photos gallery live latest note "
    "correction read more related comment editorial explainer review column advertisement question "
    "answer example result location date time price background summary warning tip source"
)
# A new main clause that turns against what was said ends it.
_TURNS = word_set("but although though whereas despite")
_IN_PLACE = word_set("on in at during to of about by for with as after before")

WISH = 0.4
"""The strength of a voice that wishes or promises, and states nothing as done."""

MAX_TOKENS = 600
"""How much of one sentence is listened to: a line without full stops must not cost quadratic time."""

MAX_VOICES = 40
"""How many voices one sentence may have, for the same reason."""


class Voice(NamedTuple):
    """A stretch of text that is somebody's word: ``text[start:end]``.

    Attributes:
        kind: ``named`` (a name, a titled person, an organisation by name), ``unnamed``, ``outlet`` (a news
            organisation) or ``document`` (a study, a statement, a tweet).
        source: who says so, as first named; ``None`` where nobody is (*is said to*, *reportedly*).
        cue: the words that give it away, ``""`` for a quotation that only carries on.
        quoted: whether the words stand in quotation marks, wholly or for the greater part.
        source_start, source_end, cue_start, cue_end: where source and cue stand, ``None`` if they do not;
            a pronoun's place is its own, though ``source`` names whom it stands for.
        strength: 1 for saying, less for believing (0.7) and wishing (0.4).
    """

    start: int
    end: int
    kind: VoiceKind
    source: str | None
    cue: str
    quoted: bool
    source_start: int | None = None
    source_end: int | None = None
    cue_start: int | None = None
    cue_end: int | None = None
    strength: float = 1.0


class _Heard(NamedTuple):
    """A voice before its pronoun is resolved; ``inherits`` where the speaker is that of the clause."""

    start: int
    end: int
    mention: Mention | None
    cue_start: int
    cue_end: int
    strength: float
    quoted: bool
    inherits: bool = False
    utters: bool = True


class _Frame(NamedTuple):
    """A verb of saying in its clause: its speaker, where the clause opens, the token after it."""

    mention: Mention | None
    opens: int
    after: int
    inherits: bool = False
    inverted: bool = False


class Voices:
    """The voices of one document, found sentence by sentence as they are asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.quotations = find_quotations(document.text)
        self._spoken = [q for q in self.quotations if q.depth == 0 and self._is_speech(q)]
        self._spoken_starts = [q.start for q in self._spoken]
        self._heard: dict[int, tuple[_Heard, ...]] = {}
        self._voices: dict[int, tuple[Voice, ...]] = {}
        self._speakers: list[Voice | None] = []
        self._paragraphs: dict[int, int] = {}
        for sentence in document.sentences:
            self._paragraphs.setdefault(sentence.paragraph, sentence.index)
        self._sentence_starts = [sentence.start for sentence in document.sentences]

    def of(self, sentence: Sentence) -> tuple[Voice, ...]:
        """The voices of one sentence, in order; they may nest (*he said that critics claim …*)."""
        known = self._voices.get(sentence.index)
        if known is None:
            known = self._voices[sentence.index] = self._resolve(sentence)
        return known

    def at(self, start: int, end: int, at_least: float = 0.0) -> Voice | None:
        """The voice that covers the middle of ``start`` to ``end``.

        Of several, the innermost that says or believes; a wish (*asked for leave*) inside what somebody says
        is told by that somebody.

        Args:
            start, end: a span of the text.
            at_least: passes over voices of less strength (0.5 leaves out mere wishes).
        """
        if not self._sentence_starts:
            return None
        middle = (start + end) // 2
        sentence = self.document.sentences[max(0, bisect_right(self._sentence_starts, middle) - 1)]
        covering = [
            voice
            for voice in self.of(sentence)
            if voice.start <= middle < max(voice.end, voice.start + 1) and voice.strength >= at_least
        ]
        if len(covering) < 2:
            return covering[0] if covering else None
        return min(
            covering,
            key=lambda voice: (voice.strength < 0.5, voice.end - voice.start, voice.start),
        )

    # What stands in a sentence by itself

    def _is_speech(self, quotation: Quotation) -> bool:
        """Whether a quotation reports speech: no scare quotes, and no title of a work."""
        if quotation.scare:
            return False
        text = self.document.text[
            quotation.inner_start : min(quotation.inner_end, quotation.inner_start + 200)
        ]
        words = [word for word in text.split() if len(word) > 3]
        return not (
            2 <= len(words) <= 8 and text[-1:] not in ",.!?" and all(word[:1].isupper() for word in words)
        )

    def _hear(self, sentence: Sentence) -> tuple[_Heard, ...]:
        known = self._heard.get(sentence.index)
        if known is None:
            known = self._heard[sentence.index] = self._listen(sentence)
        return known

    def _listen(self, sentence: Sentence) -> tuple[_Heard, ...]:
        heard = self._headline(sentence) or self._headline_tail(sentence)
        if heard:
            return heard
        if sentence.last - sentence.first > MAX_TOKENS:
            end = self.document.ends[sentence.first + MAX_TOKENS - 1]
            sentence = replace(sentence, last=sentence.first + MAX_TOKENS, end=end)
        places = [
            at
            for at in self.document.cue_places(_all_cues(), sentence)
            if at < sentence.last and not self._in_speech(at)
        ]
        if not places:
            return ()
        found: list[_Heard] = []
        words = self.document.words
        first_words = [words[at] for at in places]
        for listed, hear in _constructions():
            if listed.first_words.isdisjoint(first_words):
                continue
            for cue in listed.find_at(words, places, sentence.last):
                if not (found and any(_overlaps(one, cue, self.document) for one in found)):
                    found += hear(self, sentence, cue)
        found.sort(key=lambda one: (one.start, -one.end, one.cue_start))
        return tuple(found[:MAX_VOICES])

    def _headline(self, sentence: Sentence) -> tuple[_Heard, ...]:
        """*Hale: ‘I never …’*, *POLL: voters …*: a short source, a colon, and what it says."""
        document = self.document
        text = document.text
        colon = text.find(":", sentence.start, min(sentence.end, sentence.start + 60))
        if colon < 0 or colon + 2 >= sentence.end or not text[colon + 1].isspace():
            return ()
        last = bisect_left(document.starts, colon, sentence.first, sentence.last)
        if not sentence.first < last <= sentence.first + 5 or last == sentence.last:
            return ()
        if any(mark in text[sentence.start : colon] for mark in ',;“"('):
            return ()
        if any(not text[document.starts[at]].isupper() for at in range(sentence.first, last)):
            return ()
        kind = kind_of(document, sentence.first, last, opens_sentence=True)
        mention = Mention(sentence.first, last, kind, last - 1, sure=document.words[last - 1] not in _LABELS)
        following = text[colon + 1 : colon + 4].strip()
        quoted = following[:1] in _SPEECH_MARKS
        if not quoted and not mention.sure:
            return ()
        if not quoted and not (following[:1].isupper() or following[:1].isdigit()):
            return ()
        shouted = text[sentence.start : colon].isupper()
        # Hale: Tower to fall. In running text a word and a colon are a label as often as a name.
        if (
            not quoted
            and kind == "named"
            and not shouted
            and (sentence.index > 0 or last - sentence.first > 3)
        ):
            return ()
        start = (
            colon + 1 + (len(text[colon + 1 : sentence.end]) - len(text[colon + 1 : sentence.end].lstrip()))
        )
        return (_Heard(start, sentence.end, mention, colon, colon + 1, 1.0, quoted),)

    def _headline_tail(self, sentence: Sentence) -> tuple[_Heard, ...]:
        """*Mill to close: report*, *Mill to close – police*: a source at the end of a line without a stop."""
        document, text = self.document, self.document.text
        if sentence.last - sentence.first < 4 or not text[sentence.end - 1].isalnum():
            return ()
        for token in range(sentence.last - 1, max(sentence.first + 2, sentence.last - 4), -1):
            between = gap(document, token)
            if between.endswith((": ", " - ", " – ", " — ")):
                kind = kind_of(document, token, sentence.last, opens_sentence=True)
                mention = Mention(token, sentence.last, kind, sentence.last - 1)
                known = index("unnamed", "document_source", "outlet", "outlet_noun")
                if document.words[sentence.last - 1] not in known.first_words:
                    return ()
                cue = document.ends[token - 1]
                return (_Heard(sentence.start, cue, mention, cue, cue + len(between), 1.0, False),)
        return ()

    def _according(self, sentence: Sentence, cue: Found) -> list[_Heard]:
        """*According to X, …*; *…, according to X.*; *…, according to X, …* and the like."""
        document = self.document
        mention = after_verb(document, cue.last, sentence.last)
        if mention is None or not names_somebody(document, mention):
            return []
        found = []
        start, end = document.starts[cue.first], document.ends[mention.last - 1]
        before = self._trim(self._clause_start(sentence, start), start)
        after_comma = document.text.find(",", end, min(sentence.end, end + 120))
        if before[1] - before[0] > 3 and cue.first > sentence.first:
            found.append(self._heard_at(before, mention, cue))
        if after_comma >= 0 and (cue.first == sentence.first or "," in gap(document, cue.first)):
            after = self._trim(after_comma + 1, sentence.end)
            if after[1] - after[0] > 3:
                found.append(self._heard_at(after, mention, cue))
        return found

    def _verb_or_passive(self, sentence: Sentence, cue: Found) -> list[_Heard]:
        return self._passive(sentence, cue) or self._verb(sentence, cue)

    def _verb(self, sentence: Sentence, cue: Found) -> list[_Heard]:
        """*X said …*, *…, X said*, *… said X*, *X told Y that …*, *…, saying that …* and the like."""
        document = self.document
        frame = self._frame(sentence, cue)
        if frame is None:
            return []
        said = cue.cue.group in _SAYING
        spans: list[tuple[int, int]] = []
        if said and not frame.inherits:
            spans = self._content_before(sentence, frame)
        if not spans and not frame.inverted:
            finding = frame.mention is not None and frame.mention.kind == "document"
            span = self._content_after(sentence, cue, finding)
            spans = [span] if span is not None else []
        start, end = document.starts[cue.first], document.ends[cue.last - 1]
        strength = cue.cue.strength
        if said and cue.last + 1 < sentence.last and document.words[cue.last] == "to":
            # Asked to leave, vowed to stay: a wish, unless somebody is spoken to.
            strength = WISH if self._is_infinitive(cue.last + 1) else strength
        return [
            _Heard(*span, frame.mention, start, end, strength, self._mostly_quoted(*span),
                   frame.inherits, said)
            for span in spans
            if span[1] > span[0]
        ]  # fmt: skip

    def _frame(self, sentence: Sentence, cue: Found) -> _Frame | None:
        """Speaker and place of a verb of saying; ``None`` where it is none, or nobody speaks."""
        document, words = self.document, self.document.words
        verb, group = cue.first, cue.cue.group
        before = words[verb - 1] if verb > sentence.first else ""
        plain = verb > sentence.first and is_plain(gap(document, verb))
        if plain and (before in _ARTICLES or before == "to" or before.endswith("'s")):
            return None
        if plain and self._is_name_part(sentence, verb):
            return None
        if before == "as" and words[verb] == "saying":
            # Quoted a guard as saying …
            mention = before_verb(document, verb - 1, sentence.first)
            return None if mention is None else _Frame(mention, document.starts[mention.first], cue.last)
        if self._shares_subject(sentence, cue, before, plain):
            if verb == sentence.first:
                return None
            return _Frame(None, document.starts[verb], cue.last, inherits=True)
        mention = before_verb(document, verb, sentence.first)
        quote = self._quotation_before(sentence, document.starts[verb])
        if mention is None or (quote is not None and quote.end > document.starts[mention.first]):
            inverted = self._inverted(sentence, cue, quote)
            if inverted is not None:
                return _Frame(inverted, document.starts[verb], inverted.last, inverted=True)
        if mention is None or not agrees_in_number(document, mention, verb):
            return None
        if group not in ("sourcing", "sourcing_told") and not mention.sure:
            return None
        return _Frame(mention, document.starts[mention.first], cue.last)

    def _shares_subject(self, sentence: Sentence, cue: Found, before: str, plain: bool) -> bool:
        """*…, saying that …* and *… came late and said …*: the subject is that of the sentence."""
        words = self.document.words
        if words[cue.first].endswith("ing"):
            return not (plain and _between(before))
        if cue.cue.group not in ("sourcing", "sourcing_told"):
            return False
        joined = before in {"later", "also", "then"} and cue.first - 2 >= sentence.first
        return before == "and" or (joined and words[cue.first - 2] == "and")

    def _inverted(self, sentence: Sentence, cue: Found, quote: Quotation | None) -> Mention | None:
        """The speaker of *“…,” said X* and *…, said X*."""
        document, verb = self.document, cue.first
        if cue.cue.group not in _SAYING:
            return None
        directly = quote is not None and self._adjoins(quote, document.starts[verb])
        if not directly and not (
            verb > sentence.first and gap(document, verb).strip() in {",", "—", "–", "-"}
        ):
            return None
        mention = after_verb(document, cue.last, sentence.last)
        if mention is None or not mention.sure:
            return None
        return mention if directly or self._ends_or_pauses(sentence, mention.last) else None

    def _adjoins(self, quote: Quotation, position: int) -> bool:
        """Whether nothing but a pause stands between a quotation and ``position``."""
        return not self.document.text[quote.end : min(position, quote.end + 40)].strip(" ,—–-\n")

    def _content_before(self, sentence: Sentence, frame: _Frame) -> list[tuple[int, int]]:
        """What was said before its speaker is named, and what goes on after; empty if nothing was."""
        document = self.document
        opens, after = frame.opens, frame.after
        if (
            frame.mention is not None
            and not frame.inverted
            and self._follows_as(sentence, frame.mention, after)
        ):
            return [self._trim(document.starts[after], sentence.end)]
        quote = self._quotation_before(sentence, opens)
        if quote is not None and self._adjoins(quote, opens):
            start = self._clause_start(sentence, max(sentence.start, quote.start))
            return [(start, quote.end), *self._quotation_after(sentence, after)]
        pause = document.text[max(sentence.start, opens - 4) : opens].rstrip()
        if pause.endswith(_PAUSES) and self._ends_or_pauses(sentence, after):
            spans = [self._trim(self._clause_start(sentence, opens), opens)]
            if after < sentence.last and gap(document, after).startswith((",", " —", " –")):
                spans.append(self._trim(document.starts[after], sentence.end))
            return spans
        if quote is None and after >= sentence.last and opens == sentence.start:
            # A sentence of nothing but “X said” belongs to the quotation just before it.
            previous = self._spoken_before(opens)
            if previous is not None and self._adjoins(previous, opens):
                return [(previous.start, previous.end)]
        return []

    def _follows_as(self, sentence: Sentence, mention: Mention, after: int) -> bool:
        """*As X observed, …* and the like."""
        document = self.document
        if not sentence.first < mention.first or document.words[mention.first - 1] != "as":
            return False
        return after < sentence.last and "," in gap(document, after)

    def _is_name_part(self, sentence: Sentence, verb: int) -> bool:
        """Whether a capital makes a verb's form part of a name (*United States*); title case does not."""
        text, starts = self.document.text, self.document.starts
        if not text[starts[verb]].isupper() or not text[starts[verb - 1]].isupper():
            return False
        near = starts[max(sentence.first, verb - 6) : min(sentence.last, verb + 7)]
        return sum(text[start].isupper() for start in near) < 0.7 * len(near)

    def _content_after(self, sentence: Sentence, cue: Found, finding: bool) -> tuple[int, int] | None:
        """What follows a verb of saying, without the person told and the time and place of telling."""
        document = self.document
        words, last, group = document.words, sentence.last, cue.cue.group
        at = cue.last
        if at >= last:
            return self._quote_after(sentence, document.ends[cue.last - 1])
        between = gap(document, at)
        if ":" in between or any(mark in between for mark in '“"‘'):
            return self._trim(document.ends[at - 1] + (between.find(":") + 1), sentence.end)
        if "," in between:
            quote = self._quote_after(sentence, document.ends[cue.last - 1])
            aside = bisect_left(document.starts, document.text.find(",", document.starts[at], sentence.end))
            if at < aside < last and words[aside] == "that":
                return self._trim(document.ends[aside], sentence.end)
            return quote if quote is not None else None
        if group == "sourcing_told" or words[cue.first] in {"asked", "told"}:
            at = self._past_addressee(at, last)
            if at >= last:
                return None
        limit = min(last, at + 12)
        that = next((token for token in range(at, limit) if words[token] == "that"), None)
        if that is not None and (
            that == at or words[at] in _CIRCUMSTANCE or not is_plain(gap(document, that))
        ):
            return self._trim(document.ends[that], sentence.end)
        if words[at] == "to" and at + 1 < last and self._is_infinitive(at + 1):
            return self._trim(self._opens_at(at), self._content_end(sentence, at))
        if group in _SAYING and words[at] in _CIRCUMSTANCE:
            quote = self._quote_after(sentence, document.starts[at])
            if quote is not None:
                return quote
            if words[at] in _IN_PLACE:
                past = self._past_time(at, last)
                if past is None:
                    return (
                        self._trim(document.starts[at], self._content_end(sentence, at))
                        if words[at] in {"of", "about"}
                        else None
                    )
                at = past
        if group == "sourcing_clause" and not finding and not self._is_clause(at, last):
            return None
        if group == "sourcing" and self._noun_phrase_only(cue, at, last):
            return None
        short = last - at < 5 or words[cue.first] not in _THAT_MAY_BE_LEFT_OUT
        if (
            group == "sourcing_thought"
            and short
            and not self._is_clause(at, last)
            and "to" not in words[at : at + 5]
        ):
            return None
        return self._trim(self._opens_at(at), self._content_end(sentence, at))

    def _opens_at(self, token: int) -> int:
        """Where content that begins with ``token`` begins: with the opening mark before it, if any."""
        start = self.document.starts[token]
        return start - 1 if start and self.document.text[start - 1] in _SPEECH_MARKS else start

    def _content_end(self, sentence: Sentence, at: int) -> int:
        """The end of reported speech: that of its sentence, or where a new main clause contradicts."""
        document = self.document
        words = document.words
        for token in range(at + 3, sentence.last - 2):
            if words[token] in _TURNS and "," in gap(document, token) and not self._in_speech(token):
                return document.ends[token - 1]
        return sentence.end

    def _past_addressee(self, at: int, last: int) -> int:
        """The token after the person told: *reporters*, *him*, *the BBC*, *a court in York that*."""
        document = self.document
        words, text, starts = document.words, document.text, document.starts
        if words[at] in _WH:
            return at
        for token in range(at, min(last, at + 14)):
            if words[token] == "that":
                return token
            if words[token] in _FINITE or self._in_speech(token):
                break
        end = at + 1
        if words[at] in _ARTICLES or words[at] in {"one", "two", "several"}:
            end += 1
        while (
            end < last
            and is_plain(gap(document, end))
            and text[starts[end]].isupper()
            and text[starts[end - 1]].isupper()
        ):
            end += 1
        people = index("unnamed", "outlet_noun").first_words
        while end < last and end - at < 6 and is_plain(gap(document, end)) and words[end] in people:
            end += 1
        # Where and when it was told, if “that” or a mark says where the content begins.
        for token in range(end, min(last, end + 10)):
            if words[token] == "that" or (token > end and not is_plain(gap(document, token))):
                return token
            if token == end and words[token] not in _CIRCUMSTANCE:
                break
        if end < last and words[end] in _CIRCUMSTANCE:
            return self._past_time(end, last) or end
        return end

    def _past_time(self, at: int, last: int) -> int | None:
        """The token after a phrase of time or place (*on Monday*, *in a statement*), if a clause follows."""
        document = self.document
        words = document.words
        end = at + 1
        while end < last and end - at < 8 and is_plain(gap(document, end)):
            if (
                words[end] in _SUBJECTS
                or words[end] == "that"
                or (end - at >= 2 and words[end] in {"the", "a"})
            ):
                break
            end += 1
        if end >= last:
            return None
        if words[end] == "that":
            return end + 1 if end + 1 < last else None
        return end if self._is_clause(end, last) else None

    def _is_infinitive(self, at: int) -> bool:
        """Whether a verb follows *to* (*vowed to rebuild*) and not a person (*said to reporters*)."""
        word = self.document.words[at]
        return not (
            word in _ARTICLES
            or word in {"me", "him", "us", "them", "one", "some", "all"}
            or self.document.text[self.document.starts[at]].isupper()
            or word in index("unnamed", "outlet_noun").first_words
        )

    def _is_clause(self, at: int, last: int) -> bool:
        """Whether a clause with a subject and a finite verb begins at ``at``."""
        words = self.document.words
        if words[at] in _WH or words[at] in _SUBJECTS:
            return True
        for token in range(at + 1, min(last, at + 14)):
            if words[token] in _FINITE:
                return True
            if words[token] in {"who", "which", "that"} or "," in gap(self.document, token):
                return False
        return False

    def _noun_phrase_only(self, cue: Found, at: int, last: int) -> bool:
        """Whether a verb of saying is followed by a short thing rather than by what is said."""
        words = self.document.words
        return (
            last - at <= 3
            and words[cue.first] not in {"said", "says", "say"}
            and not self._is_clause(at, last)
        )

    def _quotation_after(self, sentence: Sentence, after: int) -> list[tuple[int, int]]:
        """*“…,” X said, “…”*: the quotation that goes on after token ``after`` was reached."""
        span = self._quote_after(sentence, self.document.ends[after - 1])
        return [] if span is None else [span]

    def _passive(self, sentence: Sentence, cue: Found) -> list[_Heard]:
        """*are said to be …*, *it is believed that …*, *X, thought to be …,* *described as …*."""
        document = self.document
        words, last = document.words, sentence.last
        passive, mention = index("sourcing_passive").at(words, cue.first, last), None
        if passive is None and cue.last < last and words[cue.last] == "by":
            # Described by critics as …: the same without its agent.
            mention = after_verb(document, cue.last + 1, last)
            if mention is not None and mention.last < last:
                passive = index("sourcing_passive").at((words[cue.first], words[mention.last]), 0, 2)
                if passive is not None:
                    passive = Found(cue.first, mention.last + 1, passive.cue)
        if passive is None:
            return []
        at = cue.first - 1
        while at >= sentence.first and (
            words[at].endswith("ly") or words[at] in {"also", "once", "still", "now", "often"}
        ):
            at -= 1
        aside = "," in gap(document, cue.first) or cue.first == sentence.first
        if not aside and (at < sentence.first or words[at] not in _BE):
            return []
        after = passive.last
        if after >= last:
            return []
        if words[after - 1] == "saying":
            mention = before_verb(document, passive.first, sentence.first)
        phrase = passive.last - passive.first > 1
        if not phrase and words[after] == "by":
            mention = after_verb(document, after + 1, last)
            if mention is None:
                return []
            after = mention.last
        if after >= last or (not phrase and words[after] not in {"to", "that"}):
            return []
        end = sentence.end
        if aside:
            comma = document.text.find(",", document.starts[after], sentence.end)
            end = comma if comma >= 0 else end
        start, end = self._trim(document.starts[after], end)
        if end <= start:
            return []
        return [
            _Heard(start, end, mention, document.starts[passive.first], document.ends[passive.last - 1],
                   passive.cue.strength, False, utters=False)
        ]  # fmt: skip

    def _phrase(self, sentence: Sentence, cue: Found) -> list[_Heard]:
        """*reports emerged of …*: a set phrase, which goes before the verbs that stand in it."""
        return self._noun(sentence, cue) if cue.last - cue.first > 1 else []

    def _noun(self, sentence: Sentence, cue: Found) -> list[_Heard]:
        """*the claim that …*, *reports emerged of …* and the like."""
        document = self.document
        words = document.words
        after = cue.last
        if after >= sentence.last:
            return []
        if after - cue.first == 1:
            if words[after] != "that" or after + 2 >= sentence.last or not is_plain(gap(document, after)):
                return []
            if words[after + 1] in _FINITE or not self._is_clause(after + 1, sentence.last):
                return []
            after += 1
        mention = None
        if cue.first > sentence.first and is_plain(gap(document, cue.first)):
            owner = words[cue.first - 1]
            if owner in {"his", "her", "their"}:
                mention = Mention(cue.first - 1, cue.first, "pronoun")
            elif owner.endswith("'s"):
                mention = before_verb(document, cue.first, sentence.first)
        start, end = self._trim(document.starts[after], sentence.end)
        if end <= start:
            return []
        return [
            _Heard(start, end, mention, document.starts[cue.first], document.ends[cue.last - 1],
                   cue.cue.strength, self._mostly_quoted(start, end), utters=False)
        ]  # fmt: skip

    def _adverb(self, sentence: Sentence, cue: Found) -> list[_Heard]:
        """*reportedly*: its clause is somebody's word."""
        first, last = clause(self.document, cue.first, sentence.first, sentence.last)
        start, end = self.document.starts[first], self.document.ends[last - 1]
        return [
            _Heard(
                start, end, None, self.document.starts[cue.first], self.document.ends[cue.last - 1],
                cue.cue.strength, False, utters=False,
            )
        ]  # fmt: skip

    def _heard_at(self, span: tuple[int, int], mention: Mention, cue: Found) -> _Heard:
        return _Heard(
            *span, mention, self.document.starts[cue.first], self.document.ends[cue.last - 1],
            cue.cue.strength, self._mostly_quoted(*span),
        )  # fmt: skip

    # Places in a sentence

    def _in_speech(self, token: int) -> bool:
        start = self.document.starts[token]
        at = bisect_right(self._spoken_starts, start) - 1
        return at >= 0 and start < self._spoken[at].end

    def _spoken_before(self, position: int) -> Quotation | None:
        at = bisect_left(self._spoken_starts, position) - 1
        return self._spoken[at] if at >= 0 and self._spoken[at].end <= position else None

    def _quotation_before(self, sentence: Sentence, position: int) -> Quotation | None:
        """The last spoken quotation that ends in this sentence before ``position``, or just before it."""
        quote = self._spoken_before(position)
        if quote is None or quote.end <= sentence.start - 2:
            return None
        if quote.end <= sentence.start and self.document.text[quote.end : position].strip(" ,—–-"):
            return None
        return quote

    def _quote_after(self, sentence: Sentence, position: int) -> tuple[int, int] | None:
        at = bisect_left(self._spoken_starts, position)
        if at < len(self._spoken) and self._spoken[at].start < sentence.end:
            return (self._spoken[at].start, min(self._spoken[at].end, sentence.end))
        return None

    def _clause_start(self, sentence: Sentence, position: int) -> int:
        """Where the content that ends before ``position`` begins: at a semicolon or the sentence's start."""
        semicolon = self.document.text.rfind("; ", sentence.start, position)
        return semicolon + 2 if semicolon >= 0 else sentence.start

    def _ends_or_pauses(self, sentence: Sentence, after: int) -> bool:
        """Whether “X said” is over at token ``after``: an end, a pause, or a phrase of time and place."""
        document = self.document
        if after >= sentence.last:
            return True
        if any(mark in gap(document, after) for mark in ',;:—–.“"'):
            return ":" not in gap(document, after) and "“" not in gap(document, after)
        words = document.words
        if words[after] not in _CIRCUMSTANCE:
            return False
        return "that" not in words[after : after + 10] and self._past_time(after, sentence.last) is None

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        """The span without white space and joining marks at its ends."""
        text = self.document.text
        while start < end and text[start] in " ,;:—–-\t\r\n\u00a0":
            start += 1
        while end > start and text[end - 1] in " ,;:—–-\t\r\n\u00a0":
            end -= 1
        return start, end

    def _mostly_quoted(self, start: int, end: int) -> bool:
        at = max(0, bisect_right(self._spoken_starts, start) - 1)
        inside = 0
        while at < len(self._spoken) and self._spoken[at].start < end:
            quote = self._spoken[at]
            inside += max(0, min(end, quote.end) - max(start, quote.start))
            at += 1
        return 2 * inside > end - start

    # Who it is

    def _resolve(self, sentence: Sentence) -> tuple[Voice, ...]:
        heard = self._hear(sentence) or self._transcript(sentence)
        found = [
            self._voice(sentence, one, max(one.start, sentence.start), min(one.end, sentence.end))
            for one in heard
            if one.start < sentence.end and one.end > sentence.start
        ]
        told = tuple(found)
        at = max(0, bisect_right(self._spoken_starts, sentence.start) - 1)
        while at < len(self._spoken) and self._spoken[at].start < sentence.end:
            quote = self._spoken[at]
            start, end = max(quote.start, sentence.start), min(quote.end, sentence.end)
            if end > start and not any(one.start <= start and one.end >= end for one in told):
                speaker = self._speaker(at)
                if speaker is not None:
                    found.append(speaker._replace(start=start, end=end, quoted=True))
            at += 1
        found.sort(key=lambda voice: (voice.start, -voice.end))
        return tuple(found)

    def _transcript(self, sentence: Sentence) -> tuple[_Heard, ...]:
        """The later sentences of a paragraph that begins with *HALE:* are still hers."""
        first = self.document.sentences[self._paragraphs[sentence.paragraph]]
        if first.index == sentence.index:
            return ()
        for one in self._headline(first):
            name = one.mention
            if name is not None and name.kind == "named" and self._text(name).isupper():
                return (one._replace(start=sentence.start, end=sentence.end),)
        return ()

    def _voice(self, sentence: Sentence, one: _Heard, start: int, end: int) -> Voice:
        kind, source = self._source(sentence, one)
        text, document = self.document.text, self.document
        own = one.mention
        return Voice(
            start, end, kind, source, text[one.cue_start : one.cue_end], one.quoted,
            document.starts[own.first] if own else None, document.ends[own.last - 1] if own else None,
            one.cue_start, one.cue_end, one.strength,
        )  # fmt: skip

    def _source(self, sentence: Sentence, one: _Heard) -> tuple[VoiceKind, str | None]:
        mention = one.mention
        if one.inherits:
            mention = self._subject(sentence, one)
        if mention is not None and mention.kind == "pronoun":
            mention = self._antecedent(sentence, mention)
        if mention is None:
            return "unnamed", None
        kind: SourceKind = mention.kind
        return ("unnamed" if kind == "pronoun" else kind), self._text(mention)

    def _text(self, mention: Mention) -> str:
        return self.document.text[self.document.starts[mention.first] : self.document.ends[mention.last - 1]]

    def _subject(self, sentence: Sentence, one: _Heard) -> Mention | None:
        """Whose participle it is: the last speaker before it in the sentence, or the sentence's subject."""
        earlier = [
            other for other in self._hear(sentence) if other.cue_start < one.cue_start and other.mention
        ]
        if earlier:
            return earlier[-1].mention
        return opening(self.document, sentence.first, sentence.last)

    def _antecedent(self, sentence: Sentence, pronoun: Mention) -> Mention | None:
        """The last person, or for *it* the last source of another kind, before a pronoun."""
        word = self.document.words[pronoun.first]
        for number in range(sentence.index, max(-1, sentence.index - LOOK_BACK - 1), -1):
            other = self.document.sentences[number]
            mentions = [
                one.mention
                for one in self._hear(other)
                if one.utters and one.mention and one.mention.kind != "pronoun"
            ]
            subject = opening(self.document, other.first, other.last)
            if subject is not None and subject.kind != "pronoun":
                mentions.insert(0, subject)
            for mention in reversed(mentions):
                if mention.last <= pronoun.first and _agrees(word, mention, self.document):
                    return mention
        return None

    def _speaker(self, wanted: int) -> Voice | None:
        """The speaker of spoken quotation number ``wanted``; earlier ones are settled on the way."""
        while len(self._speakers) <= wanted:
            self._speakers.append(self._find_speaker(len(self._speakers)))
        return self._speakers[wanted]

    def _find_speaker(self, number: int) -> Voice | None:
        quote = self._spoken[number]
        sentences = self.document.sentences
        first = max(0, bisect_right(self._sentence_starts, quote.start) - 1)
        last = max(0, bisect_right(self._sentence_starts, quote.end) - 1)
        for near in sorted({first, last, min(last + 1, len(sentences) - 1)}):
            for one in self._hear(sentences[near]):
                if one.utters and one.start < quote.end and one.end > quote.start:
                    return self._voice(sentences[near], one, one.start, one.end)
        previous = self._spoken[number - 1] if number else None
        if previous is not None and (quote.continues or quote.paragraph - previous.paragraph <= 1):
            speaker = self._speakers[number - 1]
            if speaker is not None and (quote.continues or self._carries(sentences[first], previous)):
                return speaker._replace(
                    cue="", cue_start=None, cue_end=None, source_start=None, source_end=None
                )
        return self._introduced(sentences[first], quote)

    def _carries(self, sentence: Sentence, previous: Quotation) -> bool:
        """Whether nobody else takes the stage between the last quotation and this sentence."""
        at = max(0, bisect_right(self._sentence_starts, previous.end) - 1)
        return sentence.index - at <= 3

    def _introduced(self, sentence: Sentence, quote: Quotation) -> Voice:
        """A quotation that nobody is said to have spoken: the sentence before may name its speaker."""
        document = self.document
        for number in range(sentence.index, max(-1, sentence.index - 3), -1):
            other = document.sentences[number]
            subject = opening(document, other.first, other.last)
            if (
                subject is None
                or document.starts[subject.first] >= quote.start
                or self._in_speech(subject.first)
            ):
                continue
            if subject.kind == "pronoun":
                subject = self._antecedent(other, subject)
            if subject is not None and subject.kind != "pronoun":
                return Voice(quote.start, quote.end, subject.kind, self._text(subject), "", True)
        return Voice(quote.start, quote.end, "unnamed", None, "", True)


@cache
def _all_cues() -> CueIndex:
    return index(*_ALL_GROUPS)


@cache
def _constructions() -> tuple[tuple[CueIndex, Callable[[Voices, Sentence, Found], list[_Heard]]], ...]:
    """The cues of each construction, with what hears it; what is heard first takes its words."""
    return (
        (index("sourcing_according"), Voices._according),
        (index("sourcing_noun"), Voices._phrase),
        (index(*_VERBS), Voices._verb_or_passive),
        (index("sourcing_passive"), Voices._passive),
        (index("sourcing_noun"), Voices._noun),
        (index("sourcing_adverb"), Voices._adverb),
    )


def voices(document: Document, sentence: Sentence) -> tuple[Voice, ...]:
    """The voices of one sentence, in order of their start; what none of them covers is the author's."""
    return voices_of(document).of(sentence)


def voice_at(document: Document, start: int, end: int, at_least: float = 0.0) -> Voice | None:
    """The voice that covers the middle of ``start`` to ``end``; ``None`` where the author speaks.

    Args:
        document: the text.
        start, end: a span of it.
        at_least: passes over voices of less strength (0.5 leaves out mere wishes).
    """
    return voices_of(document).at(start, end, at_least)


_LATEST = threading.local()


def voices_of(document: Document) -> Voices:
    """The voices of a document; those of the last document asked for are kept, one a thread."""
    latest: Voices | None = getattr(_LATEST, "voices", None)
    if latest is None or latest.document is not document:
        latest = _LATEST.voices = Voices(document)
    return latest


def _overlaps(one: _Heard, cue: Found, document: Document) -> bool:
    return one.cue_start < document.ends[cue.last - 1] and document.starts[cue.first] < one.cue_end


def _agrees(pronoun: str, mention: Mention, document: Document) -> bool:
    head = document.words[mention.last - 1]
    if pronoun in {"it", "it's"}:
        return (
            mention.kind in ("document", "outlet")
            or not document.text[document.starts[mention.first]].isupper()
        )
    if pronoun.partition("'")[0] in {"he", "she", "him", "his", "her"}:
        return mention.kind in ("named", "unnamed") and not (mention.kind == "unnamed" and is_plural(head))
    return mention.kind != "document"


def _between(word: str) -> bool:
    """Whether a participle after ``word`` is a finite form (*is saying*)."""
    return word in _BE or word.endswith("ly")
