"""Clauses of the body that could stand as a headline: sentences, shortened where nothing is lost.

There is no parser here. A sentence is only cut at marks and words at which English lets go of an adjunct, and
never at one that turns or limits what is said (*but*, *if*, *unless*, a source). What cannot stand by
itself, such as a sentence that begins with *this*, is passed over: no headline is better than a bad one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sensational.language.document import TOKEN, Document, Sentence
from sensational.language.quotations import find_quotations
from sensational.language.voices import Voice, voices_of
from sensational.lexicon.cues import word_set
from sensational.terms import function_words, is_name

FEWEST_WORDS, MOST_WORDS = 5, 21
"""Words of a headline made here; of 19,000 news headlines nine in ten have 6 to 17."""
MOST_CHARACTERS = 135
COMFORTABLE = 13
"""A clause of more words is cut further where it can be."""
LONGEST_SENTENCE = 60
"""Words of a sentence that is still looked at: what is longer cannot be brought down honestly."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Words of the body in the form of a headline.

    ``start`` to ``end`` is the stretch of the body that it was made from, ``source`` whom it names as the
    speaker where the body's sentence does not do so itself (empty otherwise).
    """

    text: str
    sentence: int
    start: int
    end: int
    source: str = ""
    restored: str = ""
    """The name that was put in the place of a pronoun or of a mere surname; empty for none."""


_PLACE = r"(?:[A-Z][\w.'’-]{0,20},? ){0,5}"
_DATELINE = re.compile(
    rf"^(?:{_PLACE}\((?:AP|Reuters|AFP|CNN|CNSNews\.com|[A-Z][\w. ]{{1,20}})\)\s{{0,2}}[-–—]{{0,2}}\s{{0,2}}"
    rf"|[A-Z][A-Za-z.'’,/ -]{{2,40}}\s[—–-]{{1,2}}\s(?=[A-Z“\"]))"
)
_OPENERS = re.compile(
    r"^(?:(?:But|And|So|Yet|Still|Now|Also|Then|Plus|Indeed|Meanwhile|However|Moreover|Furthermore|Instead|"
    r"Separately|In fact|In addition|Earlier|Later|Of course|Nevertheless|Nonetheless|Additionally|Once "
    r"again|Again|As a result|At the same time|Naturally|Remember|Yes|Well|Thus|Hence|Therefore)\b,? )+",
)
_BRACKETS = re.compile(r" ?(?:\([^()]{0,120}\)|\[[^\[\]]{0,120}\])")
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|April|May|June|July|Aug(?:ust|\.)|Sept(?:ember|\.)|"
    r"Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_PART = r"(?:morning|afternoon|evening|night|lunchtime)"
# When it was, where the story is today's: a headline is read on its day.
_WHEN = re.compile(
    rf",? (?:late |early )?(?:(?:on|late on|early on) )?{_DAY}(?: {_PART})?(?:, {_MONTH} \d{{1,2}}(?:, \d{{4}})?)?"
    rf"(?=[ ,.;:]|$)(?!,? (?:and|or|to|through)\b)(?! [A-Z])"
    rf"|,? (?:earlier )?(?:today|yesterday|tonight|this {_PART}|earlier this (?:week|day))(?=[ ,.;:]|$)(?! and\b)"
)
_BEFORE_WHEN = word_set(
    "last next this every since until till by through before after for from to and or the of black good "
    "super holy bloody ash easter palm than"
)
# An aside that tells more of what stands before it.
_ASIDE = re.compile(
    r", (?:who|which|whose|where|whom|a|an|the|now|then|once|aged?|formerly|both) [^,;:“”\"]{2,110},(?= )"
)
_NUMBER_ASIDE = re.compile(r", \d{1,3},(?= )")
_PHRASE_ASIDE = re.compile(
    r", (?:however|meanwhile|though|too|also|in turn|for example|of course|in fact|he said|she said),(?= )"
)
# Where a sentence may be cut off: what follows only adds to it.
_TAILS_AT_COMMA = word_set(
    "who which whose where whom while with as including amid following after before making leaving "
    "adding sending sparking prompting marking becoming raising bringing putting giving causing noting "
    "citing calling arguing telling taking blaming saying warning forcing a an the one part even such "
    "especially particularly many most some all just only based compared according"
)
_KEEPS = word_set("according saying warning arguing telling citing noting calling")
_TAILS = re.compile(
    r" (?:after|amid|following|as|while|before|in an effort|in a bid|in hopes|at a time when|because|when|where) "
)
_NOT_CUT_AFTER = word_set(
    "look looking named day days week weeks month months year years hour hours minute minutes shortly soon "
    "long even just not such known same seen described well far much many soon long used serve serves "
    "served serving regarded viewed only ever never act acts acted acting work works worked working been is "
    "was are were be the a an and or whether that of to him her them it dubbed treat treated see cast casts"
)
_LETS_GO = word_set(
    "after before following amid as in on at during despite with for by while speaking asked from under over "
    "under since according"
)
_LEADS_THAT_BIND = word_set(
    "if unless although though without instead rather not except even whether according "
    "while despite because when until once unlike contrary like"
)
_FIRST_PERSON = word_set(
    "i me my mine myself we us our ours ourselves you your yours yourself i'm i've i'd i'll we're we've "
    "we'd we'll you're you've you'd you'll let's"
)
_PRONOUNS = word_set(
    "he she they it him her them his its their he's she's it's they're he'd she'd they'd he'll she'll "
    "they'll they've himself herself themselves itself hers theirs"
)
_PERSONAL = word_set("he she him her his hers he's she's he'd she'd he'll she'll himself herself")
_POINTS_BACK = word_set(
    "this that these those such both another others it's here there one the latter former he she they it "
    "his her their its what which who whose how why where when not nor neither either as than that's there's "
    "so then because although though while if unless or and but yet too only instead other"
)
_POINTS_BACK_INSIDE = word_set("these those latter former aforementioned thereby therein above below")
_VERBS = word_set(
    "is are was were be been has have had will would can could may might should must do does did isn't aren't "
    "wasn't weren't won't can't couldn't hasn't haven't hadn't doesn't don't didn't said says say told tells "
    "made makes make took takes take went goes go gave gives give came comes come got gets get put puts won wins "
    "win lost loses lose held holds hold kept keeps led leads met meets ran runs run sent sends set sets shot "
    "saw sees fell falls rose rises grew grows broke breaks cut cuts hit hits left leaves let lets paid pays "
    "stood stands struck strikes fought fights found finds fled flees drew draws drove drives chose chooses "
    "wrote writes spoke speaks swept sweeps began begins became becomes brought brings built bought caught "
    "taught thought sought felt threw flew knew hid bit sank spent shook slid swore tore wore wants want plans "
    "plan faces face calls call seeks seek needs need vows vow urges warns claims"
)
_ENDS_BADLY = word_set(
    "the a an of to in on at for with from by and or but as that who which whose is are was were be been has "
    "have had will would can could may might than into about his her their its this these those said says not "
    "if when while because mr mrs ms dr also more very after before"
)
_TITLES = word_set(
    "mr mrs ms miss dr sen rep gov sir lord lady gen col capt rev prof president sheriff judge"
)


def clauses(body: Document, headline_stems: frozenset[str]) -> Iterator[Clause]:
    """The clauses of a body that can stand as a headline, in the order of their sentences.

    Args:
        body: the body, read.
        headline_stems: stems of the headline's words; what they name needs no introduction.
    """
    for sentence in body.sentences:
        if not FEWEST_WORDS <= sentence.last - sentence.first <= LONGEST_SENTENCE:
            continue
        for clause in _of(sentence, body):
            whole = _finished(clause, body, headline_stems)
            if whole is not None:
                yield whole


def _of(sentence: Sentence, body: Document) -> Iterator[Clause]:
    text = body.text[sentence.start : sentence.end]
    spoken = voices_of(body)
    voices = [v for v in spoken.of(sentence) if v.strength >= 0.5 and v.source]
    quoted = spoken.quoted(sentence.start + 1, max(sentence.start + 1, sentence.end - 2))
    if not quoted and not text.startswith(("“", '"', "‘")):
        yield Clause(text, sentence.index, sentence.start, sentence.end)
    for voice in voices:
        inside = max(voice.start, sentence.start), min(voice.end, sentence.end)
        said = body.text[inside[0] : inside[1]]
        share = (inside[1] - inside[0]) / (sentence.end - sentence.start)
        if share >= 0.4 and voice.source:
            yield Clause(said, sentence.index, *inside, source=voice.source)


def _finished(clause: Clause, body: Document, known: frozenset[str]) -> Clause | None:
    """The clause as a headline; None where it cannot be one."""
    quoted = bool(clause.source) and _is_quoted(clause, body)
    text = _bare(clause.text) if quoted else clause.text
    if quoted and any(mark in text for mark in '“”"'):
        return None
    short = shortened(text, may_cut=not quoted)
    if short is None:
        return None
    short, restored = _restored(short, clause, body) if not quoted else (short, "")
    if not _stands(short, clause, known, quoted, restored):
        return None
    if clause.source:
        source = _source(clause.source, body)
        if source is None:
            return None
        short = f"{source}: ‘{_inner(short)}’" if quoted else f"{short}, {_small(source)} says"
    short = _single_marks(short)
    if len(short) > MOST_CHARACTERS or len(TOKEN.findall(short)) > MOST_WORDS:
        return None
    return Clause(short, clause.sentence, clause.start, clause.end, clause.source, restored)


def _is_quoted(clause: Clause, body: Document) -> bool:
    text = body.text[clause.start : clause.end].strip()
    return voices_of(body).quoted(clause.start + 1, clause.end - 1) or text[:1] in '“"'


def _bare(text: str) -> str:
    return text.strip().strip('“”"‘’').strip()


def _inner(text: str) -> str:
    return text.rstrip(",.;: ")


def shortened(text: str, *, may_cut: bool = True) -> str | None:
    """A sentence without what a headline leaves out; None where it stays too long or is a question.

    Args:
        text: one sentence.
        may_cut: whether adjuncts may be cut off; a quotation is taken whole or not at all.
    """
    text = " ".join(text.split())
    text = _DATELINE.sub("", text)
    text = text.rstrip('”" ').rstrip(".;:, …") if text.count("“") < text.count("”") else text.rstrip(".;:, …")
    if text.endswith("?") or "…" in text or "..." in text or "http" in text:
        return None
    if not may_cut:
        return text
    text = _OPENERS.sub("", text)
    text = _BRACKETS.sub("", text)
    text = _without_when(text)
    text = _PHRASE_ASIDE.sub("", _NUMBER_ASIDE.sub("", text))
    if _words(text) > COMFORTABLE:
        text = _ASIDE.sub("", text)
    if _words(text) > COMFORTABLE:
        text = _without_lead(text)
    while _words(text) > COMFORTABLE:
        cut = _without_tail(text)
        if cut is None:
            break
        text = cut
    text = text.strip(" ,;:–—-")
    return text[:1].upper() + text[1:] if text else None


def _words(text: str) -> int:
    return len(TOKEN.findall(text))


def _without_when(text: str) -> str:
    def gone(match: re.Match[str]) -> str:
        before = TOKEN.findall(text[max(0, match.start() - 20) : match.start()])
        said = match.group().lower()
        if match.start() == 0 or (before and before[-1].lower() in _BEFORE_WHEN and " on " not in said):
            return match.group()
        return ""

    return _WHEN.sub(gone, text)


def _without_lead(text: str) -> str:
    """Without an adjunct before the subject (*After a long debate, the council …*)."""
    first = text.split(" ", 1)[0].lower().strip(",")
    comma = text.find(", ", 0, 90)
    if comma < 0 or first not in _LETS_GO or first in _LEADS_THAT_BIND:
        return text
    rest = text[comma + 2 :]
    lead = rest.split(" ", 1)[0].lower().strip(",")
    if "," in rest[:45] or not _opens_a_clause(rest) or lead in _POINTS_BACK - {"the"}:
        return text
    return rest


def _opens_a_clause(text: str) -> bool:
    """Whether a finite verb comes within the first words, so that they can be a subject."""
    words = [word.lower() for word in TOKEN.findall(text[:120])]
    return any(_is_verb(word) for word in words[1:9])


def _without_tail(text: str) -> str | None:
    """Without its last adjunct, the shortest cut that leaves a headline; None where there is none."""
    floor = 35
    quotations = [(q.start, q.end) for q in find_quotations(text)]

    def free(at: int) -> bool:
        return not any(start <= at < end for start, end in quotations)

    best = None
    for match in re.finditer(r",|[–—;]| - ", text):
        following = TOKEN.findall(text[match.end() : match.end() + 25])
        if match.start() < floor or not following or not free(match.start()):
            continue
        word = following[0].lower()
        if word in _KEEPS or _binds(text[match.end() :]):
            continue
        if match.group() != "," or word in _TAILS_AT_COMMA or (word.endswith("ing") and len(word) > 4):
            best = match.start()
    for match in _TAILS.finditer(text):
        before = TOKEN.findall(text[max(0, match.start() - 20) : match.start()])
        word = match.group().strip()
        if match.start() < floor or not free(match.start()) or not before:
            continue
        if before[-1].lower() in _NOT_CUT_AFTER or _binds(text[match.end() :]):
            continue
        if word == "as" and not _opens_a_clause(text[match.end() :]):
            continue
        if word in {"because", "when", "where"} and _words(text[: match.start()]) < COMFORTABLE - 3:
            continue
        best = max(best or 0, match.start())
    if best is None:
        return None
    cut = text[:best].rstrip(" ,;:–—-")
    return cut if _words(cut) >= FEWEST_WORDS and TOKEN.findall(cut)[-1].lower() not in _ENDS_BADLY else None


def _binds(rest: str) -> bool:
    """Whether what would be cut off limits what is said before it, or says whose word it is."""
    words = [word.lower() for word in TOKEN.findall(rest[:400])]
    if words[:1] and words[0] in {
        "but",
        "if",
        "unless",
        "although",
        "though",
        "except",
        "despite",
        "without",
        "not",
    }:
        return True
    return any(
        word
        in {
            "said",
            "says",
            "according",
            "told",
            "tweeted",
            "reported",
            "claimed",
            "added",
            "reports",
            "alleged",
            "unless",
            "wrote",
            "testified",
        }
        for word in words
    )


def _restored(text: str, clause: Clause, body: Document) -> tuple[str, str]:
    """The text with whom it speaks of, where it begins with *he* or *she* or a mere surname."""
    words = TOKEN.findall(text[:60])
    if not words:
        return text, ""
    first = words[0]
    if first in {"He", "She"}:
        name = _subject_before(clause, body)
        return (name + text[len(first) :], name) if name else (text, "")
    title = first.lower().rstrip(".") in _TITLES
    bare = words[1] if title and len(words) > 1 else first
    place = text.find(bare)
    after = text[place + len(bare) :]
    if (
        not bare[:1].isupper()
        or not is_name(bare.lower().removesuffix("’s").removesuffix("'s"))
        or after[:2].strip()[:1].isupper()
    ):
        return text, ""
    if title and first.lower().rstrip(".") not in {"mr", "mrs", "ms", "miss", "dr"}:
        return text, ""
    core = bare.removesuffix("’s").removesuffix("'s")
    full = re.search(
        rf"\b([A-Z][\w'’-]{{1,20}}(?: [A-Z]\.)?) {re.escape(core)}\b", body.text[: clause.start + 1]
    )
    if full is None or not is_name(full.group(1).split(" ")[0].lower()):
        return text, ""
    return full.group() + text[place + len(core) :], full.group()


def _subject_before(clause: Clause, body: Document) -> str:
    """The person with whose full name the sentence before begins; empty where it names others too."""
    if clause.sentence == 0:
        return ""
    before = body.sentences[clause.sentence - 1]
    text = body.text[before.start : before.end]
    match = re.match(
        r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|President|Senator)\.? )?((?:[A-Z][a-zA-Z'’-]+)(?: [A-Z]\.)?(?: [A-Z][a-zA-Z'’-]+){1,2})\b",
        text,
    )
    if match is None or not all(is_name(w.lower()) for w in TOKEN.findall(match.group(1)) if len(w) > 1):
        return ""
    others = [w for w in TOKEN.findall(text[match.end() :]) if w[:1].isupper() and is_name(w.lower())]
    return match.group(1) if not others else ""


def _stands(text: str, clause: Clause, known: frozenset[str], quoted: bool, restored: str) -> bool:
    """Whether a text can be read by itself."""
    from sensational.language.stems import stem

    words = [word.lower().replace("’", "'") for word in TOKEN.findall(text)]
    if not FEWEST_WORDS - (2 if quoted else 0) <= len(words) <= MOST_WORDS:
        return False
    if text.count("“") != text.count("”") or text.count('"') % 2 or text.count("(") != text.count(")"):
        return False
    if words[-1] in _ENDS_BADLY or not any(_is_verb(word) for word in words[1 if not quoted else 0 :]):
        return False
    if any(word in _POINTS_BACK_INSIDE for word in words):
        return False
    if quoted:
        return words[0] not in {"he", "she", "they", "it", "this", "that", "these", "those", "and", "but"}
    outside = [w.lower().replace("’", "'") for w in TOKEN.findall(_outside_marks(text))]
    if any(word in _FIRST_PERSON for word in outside):
        return False
    if words[0] in _POINTS_BACK - {"the", "one"}:
        return False
    if words[0] in {"the", "a"} or words[0] == "one":
        if words[0] == "one" and words[1] in {"of", "is", "was"} is False:
            return False
        if words[0] == "the" and clause.sentence > 1 and not _introduced(text, known):
            return False
    for at, word in enumerate(words):
        if word in _PERSONAL and not _named_before(text, words, at):
            return False
        if word in _PRONOUNS - _PERSONAL and at < 3:
            return False
        if word in {"this", "that"} and at + 1 < len(words) and word == "this":
            if words[at + 1] not in {
                "year",
                "week",
                "month",
                "summer",
                "winter",
                "spring",
                "autumn",
                "fall",
                "season",
            }:
                return False
    return True


def _outside_marks(text: str) -> str:
    return re.sub(r"“[^“”]{0,300}”|\"[^\"]{0,300}\"", " ", text)


def _introduced(text: str, known: frozenset[str]) -> bool:
    """Whether *The …* at the beginning names something that the headline does, or a name."""
    from sensational.language.stems import stem

    for word in TOKEN.findall(text)[1:5]:
        if word[:1].isupper() or stem(word.lower()) in known:
            return True
        if word.lower() in function_words() or _is_verb(word.lower()):
            return False
    return False


def _named_before(text: str, words: list[str], at: int) -> bool:
    """Whether somebody whom *he* or *her* can mean is named before token ``at``."""
    written = TOKEN.findall(text)
    from sensational.lexicon.cues import index

    people = index("unnamed").first_words
    return any(
        (written[i][:1].isupper() and (i > 0 or is_name(words[i]))) or words[i] in people for i in range(at)
    )


def _is_verb(word: str) -> bool:
    return word in _VERBS or (word.endswith("ed") and len(word) > 3)


def _source(source: str, body: Document) -> str | None:
    """A source as a headline names it; None where it would not be understood."""
    flat = " ".join(source.split()).strip(",;: ")
    flat = re.sub(r"\s?\([^()]{0,60}\)", "", flat)
    flat = re.sub(r"^(?:[Tt]he|[Aa]n?|[Oo]ne of the|[Oo]ne) ", "", flat)
    if not flat or len(flat) > 45 or len(flat.split()) > 6:
        return None
    if flat.split()[0].lower() in _PRONOUNS | _FIRST_PERSON | _POINTS_BACK | word_set(
        "his her their many some several those people sources"
    ):
        return None
    if "," in flat:
        return None
    if " " not in flat and flat[:1].isupper():
        full = re.search(rf"\b[A-Z][\w'’-]{{1,20}} {re.escape(flat)}\b", body.text[:20000])
        if full is not None and is_name(full.group().split(" ")[0].lower()):
            flat = full.group()
    return flat[:1].upper() + flat[1:]


def _small(source: str) -> str:
    """The source inside a line: its first letter small, unless it is a name."""
    first = source.split(" ", 1)[0]
    if (
        is_name(first.lower())
        or first.isupper()
        or len(source.split()) > 1
        and source.split()[1][:1].isupper()
    ):
        return source
    return source[:1].lower() + source[1:]


def _single_marks(text: str) -> str:
    """Quotation marks as headlines have them."""
    text = text.replace("“", "‘").replace("”", "’")
    return re.sub(r'"([^"]{1,200})"', r"‘\1’", text)
