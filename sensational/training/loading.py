"""Trains the tables of :mod:`sensational.loading`.

Tone: a logistic regression over words and pairs of words tells passages of comment from passages of
reports, by outlet, with left and right of equal weight, so that what is learned is manner and not side.
Charge: a logistic regression over the lexicon's terms, word vectors, endings and tone, from words that
people marked in BABE and spans that they marked in PTC. The weights of both: a logistic regression over
sentences, on charges that were learned from other sentences, and on the sentences' words and word vectors,
whose part goes into the tone. Harm: a ridge regression from word vectors to the lexicon's loadings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from sensational import loading as runtime
from sensational.language import meaning
from sensational.language.document import Document
from sensational.lexicon.loader import load, rows
from sensational.loading import MARKS, SCALE, LoadingModel, from_json
from sensational.terms import LOADED, Claim, find_claims, function_words
from sensational.training import teasing
from sensational.training.claims import read
from sensational.training.files import checksum, provenance, versions
from sensational.training.tables import NAME_SHARE, SIDES, direction, usual_case, write

# Outlets by manner, as the field sorts them (AllSides names): news desks, and comment of either side.
REPORTS = frozenset(
    {
        "Reuters", "Associated Press", "BBC News", "NPR Online News", "CNN (Web News)", "USA TODAY",
        "New York Times - News", "Wall Street Journal - News", "CBS News", "ABC News", "Bloomberg",
        "The Hill", "Axios", "NBC News (Online)", "CNBC", "PBS NewsHour", "ABC News (Online)", "Al Jazeera",
        "NBCNews.com", "Chicago Sun-Times", "Roll Call",
    }
)  # fmt: skip
LEFT = frozenset(
    {
        "Salon", "Guest Writer - Left", "Daily Beast", "Vanity Fair", "Slate", "Daily Kos", "Mother Jones",
        "Media Matters", "CNN - Editorial", "New York Times - Opinion", "Democracy Now", "Vice",
        "New York Magazine", "The Intercept", "ThinkProgress", "Jacobin", "The Nation", "The New Yorker",
        "New Republic", "AlterNet", "HuffPost", "The Root", "Current Affairs", "Splinter", "Jezebel",
        "Raw Story", "Vox", "The Atlantic", "Esquire", "Ryan Cooper", "Damon Linker",
    }
)  # fmt: skip
RIGHT = frozenset(
    {
        "Townhall", "National Review", "Reason", "Breitbart News", "Guest Writer - Right",
        "The Daily Caller", "American Spectator", "TheBlaze.com", "The Daily Wire", "Victor Hanson",
        "HotAir", "Fox News Opinion", "Rich Lowry", "NewsBusters", "Media Research Center",
        "The Epoch Times", "John Stossel", "Newsmax - Opinion", "InfoWars", "Newt Gingrich", "Ben Shapiro",
        "Washington Free Beacon", "Ann Coulter", "The Post Millennial", "Michelle Malkin", "George Will",
        "John Fund", "Wall Street Journal - Editorial", "Independent Journal Review", "American Thinker",
        "PJ Media", "The American Spectator", "Patriot Post",
    }
)  # fmt: skip

PASSAGE = 4  # sentences of a passage
PASSAGES = 15  # of an article, at most
LEAST_OFTEN = 15  # passages that hold a word or pair
LEAST_TONE = 0.03  # weaker ones are left out
TONE_PENALTY = 5e-4
LEAST_CHARGE = -3.7  # log-odds; words below have no charge (a chance of one in forty)
OTHER_SET = 0.3  # weight of a PTC word beside one of BABE
CORE = frozenset({"Loaded_Language", "Name_Calling,Labeling", "Exaggeration,Minimisation"})
LONGEST_SPAN = 60  # characters; longer spans do not say which word it was
ENDINGS = (
    "ist", "ists", "ism", "ly", "ing", "ed", "ous", "ive", "ic", "al", "less", "ful", "able", "ity", "ness",
    "y", "est", "er", "s",
)  # fmt: skip
KINDS = ("emotion", "force", "scale", "certainty", "judgement", "quote", "urgency", "hook")
INNER = 4  # folds
# Chosen, not fitted: sentences of prose, which the rest is learned from, say nothing of headlines; with these
# the loading follows readers' emotions (docs/what-was-tried.md).
VIGOUR = 1500
HARM = 6000
HARMFUL = ("force-death", "force-violence", "force-war")  # files of ladders
LEAST_HARM = 0.1
RARE = 5.0  # weight of a word of harm beside any other, for they are few
HARM_COST = 3.0
LEAST_SENTENCES = 2  # that hold a word, for it to have a leaning of its own
LEAN_VECTOR = 0.1  # of word vectors, and of words, beside the sums; chosen by cross-validation
LEAN_WORD = 0.2
LEAST_POINTS = 0.02
VECTOR_WEIGHT = 0.6  # of word vectors beside named features

_WORD = re.compile(r"[^\W\d_]+(?:['’\-‑][^\W_]+)*|[0-9]+")
_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])|\n")


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence read: ``label`` 1 biased, 0 not, None where the readers disagree; ``marked`` by word."""

    text: str
    words: list[str]
    claims: tuple[Claim, ...]
    label: int | None
    marked: list[bool]
    group: str


Tone = Mapping[str, float]


def is_name(word: str, capital: bool) -> bool:
    """Whether a word is a name, by its usual case in the news; a word never seen there, by its case here."""
    share = meaning.capital_share(word)
    return capital if share is None else share > NAME_SHARE


# --- tone


def ngrams(sentences: Iterable[str]) -> set[str]:
    """Words and pairs of neighbours, numbers as *0*, names and words for sides left out; ``^`` begins."""
    found: set[str] = set()
    for sentence in sentences:
        last: str | None = "^"
        for token in _WORD.findall(sentence):
            word = "0" if token[0].isdigit() else token.lower().replace("’", "'")
            if word in SIDES or is_name(word, token[0].isupper()):
                last = None
                continue
            found.add(word)
            if last is not None:
                found.add(f"{last} {word}")
            last = word
    return found


def passages(articles: Path, held_out: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """(*report*, *left* or *right*; sentences) of articles that hold none of the ``held_out`` texts."""
    import pyarrow.parquet as pq

    runs = {run for text in held_out for run in _runs(text)}
    table = pq.read_table(articles, columns=["outlet", "body"]).to_pydict()
    for outlet, body in zip(table["outlet"], table["body"], strict=True):
        side = (
            "report" if outlet in REPORTS
            else "left" if outlet in LEFT
            else "right" if outlet in RIGHT
            else ""
        )  # fmt: skip
        if not side or not body or any(run in runs for run in _runs(body)):
            continue
        sentences = [one for one in _SENTENCE.split(body) if 40 <= len(one) <= 600]
        for at in range(0, min(len(sentences), PASSAGE * PASSAGES), PASSAGE):
            yield side, sentences[at : at + PASSAGE]


def _runs(text: str) -> Iterator[str]:
    """All runs of eight words, to know copies by."""
    words = re.findall(r"\w+", text.lower())
    return (" ".join(words[at : at + 8]) for at in range(max(1, len(words) - 7)))


def learn_tone(articles: Path, held_out: Sequence[str], seed: int) -> dict[str, float]:
    """Log-odds of comment against report, by word and pair of words."""
    import numpy as np
    from sklearn.linear_model import SGDClassifier

    sides: list[str] = []
    held: list[set[str]] = []
    often: Counter[str] = Counter()
    for side, sentences in passages(articles, held_out):
        found = ngrams(sentences)
        sides.append(side)
        held.append(found)
        often.update(found)
    names = sorted(name for name, times in often.items() if times >= LEAST_OFTEN)
    column = {name: at for at, name in enumerate(names)}
    binary = _binary([[column[name] for name in found if name in column] for found in held], len(names))
    count = Counter(sides)
    # Reports weigh as much as left and right together, which weigh the same.
    weight = np.array([(2.0 if side == "report" else 1.0) / count[side] for side in sides])
    learner = SGDClassifier(
        loss="log_loss", alpha=TONE_PENALTY, max_iter=6, tol=None, random_state=seed, average=True
    )
    learner.fit(binary, [side != "report" for side in sides], sample_weight=weight / weight.mean())
    return {
        name: round(float(one), 3)
        for name, one in zip(names, learner.coef_[0], strict=True)
        if abs(one) >= LEAST_TONE
    }


def _binary(places: Sequence[Sequence[int]], width: int) -> Any:
    import numpy as np
    from scipy.sparse import csr_matrix

    starts = np.cumsum([0] + [len(one) for one in places]).astype(np.int32)
    flat = np.array([at for one in places for at in sorted(one)], dtype=np.int32)
    return csr_matrix((np.ones(len(flat)), flat, starts), shape=(len(places), width))


# --- charge


def charged(example: Example) -> list[int]:
    """The tokens that have a charge: no grammar, numbers, names, or words for sides."""
    return [
        at
        for at, word in enumerate(example.words)
        if word not in function_words()
        and not word[0].isdigit()
        and word not in SIDES
        and usual_case(word) <= NAME_SHARE
    ]


def word_features(word: str, tone: Tone) -> list[float]:
    """What is known of a word whatever it stands in: tone, rarity, endings, hyphen, direction."""
    found = [tone.get(word, 0.0), meaning.idf(word) / 10, 0.5 * ("-" in word)]
    found += [0.5 * word.endswith(ending) for ending in ENDINGS]
    return found + [VECTOR_WEIGHT * one for one in direction(word)]


def kind_features(example: Example) -> list[list[float]]:
    """For each token a constant and the loading, by kind of the term that it stands in."""
    found = [[0.0] * (2 * len(KINDS)) for _ in example.words]
    for claim in example.claims:
        if claim.kind != "plain":
            column = 2 * KINDS.index(claim.kind)
            for at in range(claim.first, claim.last):
                found[at][column : column + 2] = [1.0, claim.loading]
    return found


class Charges:
    """Features of all charged words of a set of examples, made once."""

    def __init__(self, examples: Sequence[Example], tone: Tone, apart: float) -> None:
        import numpy as np

        known: dict[str, list[float]] = {}
        lines, marked, owner = [], [], []
        for number, example in enumerate(examples):
            kinds = kind_features(example)
            for at in charged(example):
                word = example.words[at]
                if word not in known:
                    known[word] = word_features(word, tone)
                lines.append([*kinds[at], apart, *known[word]])
                marked.append(example.marked[at])
                owner.append(number)
        self.lines = np.array(lines)
        self.marked = np.array(marked)
        self.owner = np.array(owner)


@dataclass(frozen=True, slots=True)
class Charge:
    """The learned line: kinds, the set it came from, then :func:`word_features`."""

    bias: float
    weights: Any

    def of_word(self, word: str, tone: Tone) -> float:
        """Log-odds of a word outside every term."""
        return self.bias + float(self.weights[2 * len(KINDS) + 1 :] @ word_features(word, tone))


def learn_charge(ours: Charges, rows_of_ours: Any, other: Charges) -> Charge:
    """Fits the log-odds that a word is marked."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    lines = np.vstack([ours.lines[rows_of_ours], other.lines])
    marked = np.concatenate([ours.marked[rows_of_ours], other.marked])
    weight = np.concatenate([np.ones(int(rows_of_ours.sum())), np.full(len(other.marked), OTHER_SET)])
    learner = LogisticRegression(C=1.0, max_iter=300).fit(lines, marked, sample_weight=weight)
    return Charge(float(learner.intercept_[0]), learner.coef_[0])


# --- both together


def fit(examples: Sequence[Example], others: Sequence[Example], tone: Tone) -> dict[str, Any]:
    """The tables and weights, as :func:`sensational.loading.from_json` reads them."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    ours, other = Charges(examples, tone, 0.0), Charges(others, tone, 1.0)
    groups = sorted({example.group for example in examples})
    fold = np.array([groups.index(example.group) % INNER for example in examples])
    names = _sum_names()
    sums = np.zeros((len(examples), len(names)))
    for inner in range(INNER):
        charge = learn_charge(ours, fold[ours.owner] != inner, other)
        held = _from_charge(
            charge, tone, {w for e, f in zip(examples, fold, strict=True) if f == inner for w in e.words}
        )
        for number in map(int, np.flatnonzero(fold == inner)):
            sums[number] = _sums(examples[number], held)
    judged = np.array([example.label is not None for example in examples])
    target = np.array([example.label or 0 for example in examples])[judged]
    # Charge and tone are brought to one size; marks, which are rare, keep theirs, and with it their penalty.
    spread = sums[judged].std(axis=0)
    spread[len(names) - len(MARKS) :] = 1.0
    spread[spread == 0] = 1.0
    manner = Manner(examples)
    lines = np.hstack([sums / spread, manner.lines])[judged]
    learner = LogisticRegression(C=1.0, max_iter=500).fit(lines, target)
    own = learner.coef_[0][: len(names)] / spread
    leaning = manner.of_words(learner.coef_[0][len(names) :])
    whole = learn_charge(ours, np.ones(len(ours.owner), bool), other)
    weights = dict(zip(names, own.tolist(), strict=True))
    words = {word for word in meaning._table().rows if meaning.row(word) is not None}
    merged = {
        name: tone.get(name, 0.0) * weights["tone"] + leaning.get(name, 0.0)
        for name in {*leaning, *tone}
        if " " not in name
    }
    kept = {name: one for name, one in merged.items() if abs(one) >= LEAST_POINTS}
    data = _from_charge(whole, {name: one for name, one in tone.items() if " " in name} | kept, words, tone)
    data["harm"] = harm()
    data["bias"] = round(float(learner.intercept_[0]) * SCALE)
    data["weights"] = {name: round(one * SCALE) for name, one in weights.items()}
    data["weights"] |= {"tone": SCALE, "vigour": VIGOUR, "harm": HARM}
    return data


class Manner:
    """What sentences say by their words alone: which stand there, and the sum of their vectors."""

    def __init__(self, examples: Sequence[Example]) -> None:
        import numpy as np

        held = [[word for word in sorted(set(example.words)) if _may_lean(word)] for example in examples]
        often = Counter(word for one in held for word in one)
        self.names = sorted(word for word, times in often.items() if times >= LEAST_SENTENCES)
        column = {name: at for at, name in enumerate(self.names)}
        known = {word: np.array(direction(word)) for word in sorted(often)}
        sums = np.array([sum((known[word] for word in one), np.zeros(100)) for one in held])
        stands = np.zeros((len(held), len(self.names)))
        for number, one in enumerate(held):
            stands[number, [column[word] for word in one if word in column]] = 1.0
        self.lines = np.hstack([LEAN_VECTOR * sums, LEAN_WORD * stands])

    def of_words(self, coefficients: Any) -> dict[str, float]:
        """The points of each word that has a vector or stood in the sentences."""
        slope = LEAN_VECTOR * coefficients[:100]
        found = {word: float(slope @ direction(word)) for word in meaning._table().rows if _may_lean(word)}
        for word, one in zip(self.names, coefficients[100:].tolist(), strict=True):
            found[word] = found.get(word, 0.0) + LEAN_WORD * one
        return found


def _may_lean(word: str) -> bool:
    return (
        word not in SIDES
        and usual_case(word) <= NAME_SHARE
        and not word[0].isdigit()
        and bool(word.strip("'-"))
        and meaning.row(word) is not None
    )


def harm() -> dict[str, int]:
    """How near a word lies to the lexicon's words of harm, in thousandths, where it is :data:`LEAST_HARM`."""
    import numpy as np

    lexicon = load()
    loadings: dict[str, float] = {}
    folder = files("sensational.lexicon") / "en" / "ladders"
    for row in (row for topic in HARMFUL for row in rows(folder / f"{topic}.ladders.tsv")):
        for form, entry in lexicon.forms_on(row["ladder"]):
            if entry.loading >= LOADED:
                word = " ".join(form)
                loadings[word] = max(loadings.get(word, 0.0), entry.loading)
    words = [
        word
        for word in meaning._table().rows
        if _may_lean(word) and word not in function_words() and word.isalpha()
    ]
    lines = np.array([[*direction(word), 1.0] for word in words])
    target = np.array([loadings.get(word, 0.0) for word in words])
    weight = np.where(target > 0, RARE, 1.0)[:, None]
    products = (lines * weight).T @ lines + HARM_COST * np.eye(lines.shape[1])
    solved = np.linalg.solve(products, (lines * weight).T @ target)
    return {
        word: round((near - LEAST_HARM) * SCALE)
        for word, near in zip(words, (lines @ solved).tolist(), strict=True)
        if round((near - LEAST_HARM) * SCALE) > 0
    }


def _sum_names() -> list[str]:
    return ["charge", "strongest", "tone", "phrase_tone", *(name for name, _ in MARKS)]


def _sums(example: Example, data: Mapping[str, Any]) -> list[float]:
    """What each weight is multiplied with: the points of the parts under a weight of 1."""
    found = []
    for wanted in _sum_names():
        weights = {name: SCALE * (name == wanted) for name in [*_sum_names(), "vigour", "harm"]}
        held = from_json({**data, "weights": weights, "harm": {}})
        found.append(
            sum(part.points for part in runtime.parts(example.words, example.claims, example.text, held))
        )
    return found


def _from_charge(
    charge: Charge, tone: Tone, words: Iterable[str], learned: Tone | None = None
) -> dict[str, Any]:
    """Tables for ``words``, without names and words for sides, and for all phrases.

    The charge knows words by the tone ``learned`` from outlets, ``tone`` itself if not given.
    """
    of_outlets = tone if learned is None else learned
    table: dict[str, list[int]] = {}
    for word in sorted(words):
        if word in SIDES or usual_case(word) > NAME_SHARE or not word.strip("'-"):
            continue
        odds = -99.0 if word in function_words() or word[0].isdigit() else charge.of_word(word, of_outlets)
        tones = round(tone.get(word, 0.0) * SCALE)
        if odds >= LEAST_CHARGE or tones:
            table[word] = [round(max(odds, LEAST_CHARGE) * SCALE), tones]
    if "0" in tone:
        table["0"] = [round(LEAST_CHARGE * SCALE), round(tone["0"] * SCALE)]
    kinds = {
        kind: [round(float(one) * SCALE) for one in charge.weights[2 * at : 2 * at + 2]]
        for at, kind in enumerate(KINDS)
    }
    return {
        "bias": 0,
        "plain": round(LEAST_CHARGE * SCALE),
        "words": table,
        "phrases": {name: round(one * SCALE) for name, one in sorted(tone.items()) if " " in name},
        "kinds": kinds,
        "weights": {},
    }


def fit_model(examples: Sequence[Example], others: Sequence[Example], tone: Tone) -> LoadingModel:
    """A model fitted to examples, as it would be read back."""
    return from_json(fit(examples, others, tone))


# --- the sets


def babe(path: Path) -> list[Example]:
    """The sentences of BABE (``loaded_words/sentences.jsonl.gz``), grouped by topic."""
    labels = {"Biased": 1, "Non-biased": 0}
    found = []
    for item in read(path):
        marked = {
            word.replace("’", "'") for phrase in item["words"] for word in _WORD.findall(phrase.lower())
        } - function_words()
        document, claims = _claims(item["text"])
        found.append(
            Example(
                item["text"], document.words, claims, labels.get(item["label"]),
                [word in marked for word in document.words], item["topic"],
            )
        )  # fmt: skip
    return found


def ptc(path: Path) -> list[Example]:
    """The sentences of PTC (``loaded_words/articles.jsonl.gz``), words of short core spans marked."""
    found = []
    for item in read(path):
        spans = [
            (span["start"], span["end"])
            for span in item["spans"]
            if span["technique"] in CORE and span["end"] - span["start"] < LONGEST_SPAN
        ]
        whole = Document(item["text"])
        for sentence in whole.sentences:
            text = item["text"][sentence.start : sentence.end]
            document, claims = _claims(text)
            marked = [
                any(start < sentence.start + end and sentence.start + begin < stop for start, stop in spans)
                for begin, end in zip(document.starts, document.ends, strict=True)
            ]
            if len(document.words) > 3:
                found.append(Example(text, document.words, claims, None, marked, item["id"]))
    return found


def _claims(text: str) -> tuple[Document, tuple[Claim, ...]]:
    headline = find_claims(text, load())
    return headline.document, headline.claims


def train(benchmarks: Path, out: Path, seed: int = 0) -> None:
    """Train on the sets under ``benchmarks`` and write both tables into the folder ``out``.

    Args:
        benchmarks: the folder that holds ``loaded_words``, ``articles`` and ``clickbait``.
        out: a folder.
        seed: of the solver of tone; the rest has no chance in it.

    Raises:
        OSError: a set cannot be read or the file not written.
    """
    sentences = benchmarks / "loaded_words" / "sentences.jsonl.gz"
    spans = benchmarks / "loaded_words" / "articles.jsonl.gz"
    articles = benchmarks / "articles" / "articles.parquet"
    examples = babe(sentences)
    tone = learn_tone(articles, [example.text for example in examples], seed)
    data = fit(examples, ptc(spans), tone)
    facts = provenance(
        what="Charge and tone of words and pairs of words; no sentence of the data is in this file",
        data="labels and words of BABE SG1 (AGPL-3.0); spans of PTC; news bodies by outlet",
        data_sha256={path.name: checksum(path) for path in (sentences, spans, articles)},
        method="logistic regressions; see sensational/training/loading.py",
        libraries=versions("numpy", "scipy", "scikit-learn", "pyarrow"),
        seed=seed,
        lexicon=load().checksum,
    )
    unit = "thousandths of log-odds; two numbers of a word are its charge and its tone"
    small, tables = ("bias", "plain", "weights", "kinds"), ("words", "phrases", "harm")
    write(out / "loading.json", data, facts, unit, small, tables)
    teasing.train(benchmarks, out)
