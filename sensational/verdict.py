"""Weighs evidence: the gaps between a claim and what the body says, its support, its verdict.

A gap of kind k has a measured width x (0 for none) and a size 1 - exp(-θ_k x); support is the
product of what the gaps leave, so it is exp(-Σ θ x) and falls whenever a gap widens. The θ are
fitted on labelled sets under θ >= 0 and shipped in ``resources/weights.json``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

from sensational.analysis import Gap, GapKind, Verdict
from sensational.divergence import WEIGHT_LIMIT
from sensational.evidence import REFUTED_FROM, STRONG, Find, Findings
from sensational.language.document import Document
from sensational.language.negation import any_of
from sensational.language.voices import Voice
from sensational.reasons import Situation, reason
from sensational.steady import exp, expm1, log10
from sensational.terms import Claim, Headline

# The gap that each measured width belongs to, and the verdict that it speaks for. Other words around a term
# cost support, but say nothing against it.
WIDTHS: dict[str, tuple[GapKind, Verdict]] = {
    "meaning": ("strength", "weaker"),
    "rungs": ("strength", "weaker"),
    "number_larger": ("scale", "weaker"),
    "number_absent": ("scale", "weaker"),
    "named": ("source", "attributed"),
    "unnamed": ("source", "attributed"),
    "outlet": ("source", "attributed"),
    "document": ("source", "attributed"),
    "hedged": ("certainty", "hedged"),
    "subject": ("subject", "shifted"),
    "loose_loaded": ("strength", "supported"),
    "loose_plain": ("strength", "supported"),
    "earlier": ("time", "shifted"),
    "unquoted": ("quotation", "shifted"),
    "paraphrased": ("quotation", "weaker"),
    "debunked": ("polarity", "contradicted"),
    "denied_here": ("polarity", "contradicted"),
    "doubt_unmet": ("polarity", "contradicted"),
    "refuted": ("polarity", "contradicted"),
    "absent_emotion": ("absence", "absent"),
    "absent_force": ("absence", "absent"),
    "absent_scale": ("absence", "absent"),
    "absent_certainty": ("absence", "absent"),
    "absent_judgement": ("absence", "absent"),
    "absent_urgency": ("absence", "absent"),
    "absent_hook": ("absence", "absent"),
    "absent_plain": ("absence", "absent"),
    "absent_name": ("absence", "absent"),
    "absent_quote": ("absence", "absent"),
}

TELLING = frozenset(name for name, (_, verdict) in WIDTHS.items() if verdict != "supported")
"""The widths that speak against a term."""

# A denial reaches the headline in full if it speaks of this share of it; news is full of denials of other
# matters, so what falls short of MUTED (the debunking words of the body, each with its reach, together) is
# none of this headline, and for a single claim MUTED_HERE. Chosen on gold and FNC-1 (the shares
# that lie above: docs/what-was-tried.md). A party's denial does not tell them apart.
REACHED = 0.6
MUTED = 0.5
MUTED_HERE = 0.3
# A body that debunks its headline does little else: in one that tells the whole headline so many times over,
# each debunking word loses reach. What counts is how often the headline is told, not how long the body is, so
# that a paragraph on another subject changes nothing. Chosen on FNC-1 and articles: of the bodies that
# disagree 36 % lie above MUTED (40 % without), of those that agree 5 % (6 %), of articles 5 % (18 %).
TOLD = 3.0
# Gaps of wording, which a sentence that entails the headline closes.
WORDING = ("meaning", "loose_loaded", "loose_plain")
# A headline of fewer claims than this is a label rather than a statement, and leaves little to deny.
SAYING = 3
# Whose word a plain term is tells less than whose a loaded one is: news is made of what people say. Chosen on
# consistency, whose summaries are mostly of what somebody said.
PLAIN_SOURCE = 0.3
# From so many rungs on, a word is as far below another as it can be.
RUNGS = 3
# A gap smaller than this is not worth a line.
LEAST_GAP = 0.05


@dataclass(frozen=True, slots=True)
class Weights:
    """What is fitted: θ by width, the weight of a term by its loading, and the verdict thresholds."""

    theta: dict[str, float]
    weight_plain: float
    weight_loaded: float
    weight_loading: float
    curve: float
    verdict: dict[str, float]
    interval: tuple[tuple[float, float, float], ...]


class Weighed(NamedTuple):
    """A claim weighed against its evidence; ``best`` is the place that decided."""

    support: float
    verdict: Verdict
    also: tuple[Verdict, ...]
    gaps: tuple[Gap, ...]
    best: Find | None


def absence(claim: Claim) -> dict[str, float]:
    """How wide the gaps are where nothing in the body bears on a claim."""
    if claim.name and not claim.loaded:
        name = "absent_name"
    elif claim.quantity is not None:
        name = "number_absent"
    else:
        name = f"absent_{claim.kind}"
    return {name: 1.0, **_setting(claim, 1.0, 1.0)}


def widths(claim: Claim, find: Find, headline: Headline) -> dict[str, float]:
    """How wide each gap is between a claim and one place of the body."""
    if find.how == "verbatim":
        return {}
    wide = _setting(claim, 1.0 - find.subject, find.loose)
    if find.how == "ladder":
        wide["rungs"] = min(RUNGS, max(0, find.rungs)) / RUNGS
    elif find.how in ("related", "meaning", "inflection"):
        wide["paraphrased" if claim.kind == "quote" else "meaning"] = 1.0 - find.nearness
    if find.quantity is not None and not find.quantity.follows:
        factor = find.quantity.factor
        wide["number_larger"] = min(1.0, abs(log10(factor))) if 0 < factor < math.inf else 1.0
    if claim.kind == "quote":
        wide["unquoted"] = float(not find.quoted)
        if find.voice is not None and find.voice.kind == "unnamed" and not _is_named_in(find.voice, headline):
            wide["unnamed"] = 1.0
    elif find.voice is not None and not headline.attributed:
        wide[find.voice.kind] = 1.0 if claim.loaded else PLAIN_SOURCE
    if find.hedge is not None and not headline.hedged:
        wide["hedged"] = find.hedge.strength
    # Another word at another time is weaker evidence, not the same event seen earlier.
    wide["earlier"] = float(find.earlier and find.how in STRONG)
    return {name: width for name, width in wide.items() if width > 0}


def _is_named_in(voice: Voice, headline: Headline) -> bool:
    """Whether the headline owns up to this source: by a verb of saying, or by naming who it is."""
    if headline.attributed or not voice.source:
        return headline.attributed
    source = Document(voice.source).stems
    return bool(source) and source[-1] in headline.document.stems


def _setting(claim: Claim, subject: float, loose: float) -> dict[str, float]:
    """The widths of what surrounds a claim: whom it is said of, and in what words."""
    if claim.loaded:
        return {"subject": subject, "loose_loaded": loose}
    return {"loose_plain": loose}


def log_support(wide: dict[str, float], theta: dict[str, float]) -> float:
    """Logarithm of the support that gaps of these widths leave; 0 for no gap."""
    return -math.fsum([theta[name] * width for name, width in wide.items()])


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The fitted weights that the package ships."""
    data = json.loads((files("sensational.resources") / "weights.json").read_text(encoding="utf-8"))
    return weights_from(data)


def weights_from(data: dict[str, Any]) -> Weights:
    """Weights from their JSON form (``resources/weights.json``)."""
    return Weights(
        {name: float(data["theta"][name]) for name in WIDTHS},
        float(data["weight"]["plain"]),
        float(data["weight"]["loaded"]),
        float(data["weight"]["loading"]),
        float(data["weight"]["curve"]),
        {name: float(value) for name, value in data["verdict"].items()},
        tuple((float(p), float(low), float(high)) for p, low, high in data["interval"]),
    )


def weight(claim: Claim, share: float, weights: Weights) -> float:
    """How much a term may mislead a reader: by its share of the headline, and more, the more it is loaded."""
    loaded = weights.weight_loaded + weights.weight_loading * claim.loading if claim.loaded else 0.0
    return min(WEIGHT_LIMIT, share * (weights.weight_plain + loaded))


def interval(divergence: float, weights: Weights) -> tuple[float, float]:
    """Where a careful reader's judgement lies in four cases of five.

    Split-conformal residuals of held-out folds, interpolated between the predicted values at which
    they were taken (Vovk et al. 2005; Papadopoulos 2008 for the locally weighted form).
    """
    table = weights.interval
    if not table:
        return (0.0, 100.0)
    for (p0, low0, high0), (p1, low1, high1) in pairwise(table):
        if p0 <= divergence <= p1:
            t = (divergence - p0) / (p1 - p0)
            low, high = low0 + t * (low1 - low0), high0 + t * (high1 - high0)
            break
    else:
        _, low, high = table[0] if divergence < table[0][0] else table[-1]
    low, high = max(min(low, divergence), 0.0), min(max(high, divergence), 100.0)
    return (math.floor(10 * low) / 10, math.ceil(10 * high) / 10)


def options(index: int, headline: Headline, findings: Findings) -> tuple[dict[str, float], ...]:
    """The widths of each place of claim number ``index``, in their order, and last those of having none.

    A denial anywhere widens them all: what one place says, another takes back.
    """
    claim, finds = headline.claims[index], findings.finds[index]
    against = _against(finds, findings, headline)
    telling = [find for find in finds if find.how != "opposite"]
    wide = [widths(claim, find, headline) for find in telling]
    if findings.judged:
        wide = _closed(wide, telling, findings)
    if len({find.voice.source for find in telling if find.voice is not None}) > 1:  # several sources
        wide = [{name: width for name, width in one.items() if WIDTHS[name][0] != "source"} for one in wide]
    wide.append(absence(claim))
    return tuple([{**one, **against} for one in wide])


def _closed(
    wides: Sequence[dict[str, float]], finds: Sequence[Find], findings: Findings
) -> list[dict[str, float]]:
    """The widths of each place without what, to an entailment model, its sentence says in other words."""
    entails = [findings.judged.get(find.sentence, (0.0, 0.0))[0] for find in finds]
    return [
        {name: width * (1.0 - share) if name in WORDING else width for name, width in wide.items()}
        for wide, share in zip(wides, entails, strict=True)
    ]


def _refuted(finds: Sequence[Find], findings: Findings) -> float:
    """How far an entailment model says that the sentences on a claim contradict the headline."""
    judged = [findings.judged[find.sentence] for find in finds if find.sentence in findings.judged]
    against = max((contradicts for _, contradicts in judged), default=0.0)
    return _above(REFUTED_FROM, against - max((entails for entails, _ in judged), default=0.0))


def _against(finds: Sequence[Find], findings: Findings, headline: Headline) -> dict[str, float]:
    """What speaks against a claim, wherever it stands: a denial, or a doubt that the body does not share."""
    rarely = min(1.0, TOLD / findings.told) if findings.told else 1.0
    reach = rarely * min(1.0, len(headline.claims) / SAYING)
    debunked = any_of(one.debunking * reach * min(1.0, one.share / REACHED) for one in findings.denials)
    anywhere = max((one.strength for one in findings.denials), default=0.0)
    # The nearest place tells: a word that matters is often said again under some other *not*.
    here = finds[0].denied * finds[0].context if finds else 0.0
    trust = 1.0 - headline.doubt
    found = {
        "debunked": _above(MUTED, debunked) * trust,
        "denied_here": _above(MUTED_HERE, here) * trust,
        "doubt_unmet": 0.0 if findings.verbatim or findings.doubted else headline.untrue * (1.0 - anywhere),
        "refuted": _refuted(finds, findings),
    }
    return {name: width for name, width in found.items() if width > 0}


def _above(least: float, value: float) -> float:
    """What of ``value`` lies above ``least``, as a share of what could, 0 to 1."""
    return max(0.0, value - least) / (1.0 - least)


def weigh(index: int, headline: Headline, findings: Findings, body: Document, weights: Weights) -> Weighed:
    """Weighs claim number ``index`` against its places: the one that leaves most support decides.

    Taking a place away can only lower the support, unless the place denies the claim.
    """
    wides = options(index, headline, findings)
    lost = [-log_support(wide, weights.theta) for wide in wides]
    chosen = min(range(len(wides)), key=lambda order: (lost[order], order))
    places = [find for find in findings.finds[index] if find.how != "opposite"]
    best = places[chosen] if chosen < len(places) else None
    support = exp(-lost[chosen])
    verdict, also = verdict_of(
        wides[chosen], weights.theta, weights.verdict["supported_from"], weights.verdict["also_from"]
    )
    situation = Situation(headline.claims[index], best, headline, findings, body)
    gaps = _gaps(wides[chosen], situation, weights.theta)
    return Weighed(round(support, 4), verdict, also, gaps, best)


def _gaps(wide: dict[str, float], situation: Situation, theta: dict[str, float]) -> tuple[Gap, ...]:
    sizes: dict[GapKind, float] = {}
    for name, width in wide.items():
        kind = WIDTHS[name][0]
        sizes[kind] = sizes.get(kind, 0.0) + theta[name] * width
    return tuple(
        Gap(kind, round(-expm1(-total), 4), reason(kind, situation))
        for kind, total in sorted(sizes.items(), key=lambda one: -one[1])
        if total >= LEAST_GAP
    )


def verdict_of(
    wide: dict[str, float], theta: dict[str, float], supported_from: float, also_from: float
) -> tuple[Verdict, tuple[Verdict, ...]]:
    """The verdict that gaps of these widths speak for most, and the others that they speak for.

    Args:
        wide: the widths.
        theta: what each takes away.
        supported_from: what has to be left for the term to count as supported, 0 to 1.
        also_from: how much of Σ θ x makes another verdict worth naming.
    """
    total: dict[Verdict, float] = {}
    for name, width in wide.items():
        if name in TELLING:
            verdict = WIDTHS[name][1]
            total[verdict] = total.get(verdict, 0.0) + theta[name] * width
    if exp(-math.fsum(total.values())) >= supported_from:
        return "supported", ()
    ranked = sorted(total, key=lambda verdict: -total[verdict])
    return ranked[0], tuple(v for v in ranked[1:] if total[v] >= also_from)
