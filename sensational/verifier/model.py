"""Runs the shipped verifier: one article a pass, one thread, on the processor."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

import numpy as np

from sensational import resources
from sensational.language.document import Document
from sensational.verifier.inputs import Inputs, ReadBody, verifier_inputs
from sensational.verifier.judgement import Floats, Judgement, Reading

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

DECIMALS = 4
"""Every number that leaves the model is rounded to so many decimals, here and nowhere else."""
_NOTHING = ReadBody(Document(""))


class VerifierError(RuntimeError):
    """The verifier's file is missing, damaged or not the one that this version was made with."""


@cache
def _expected() -> str:
    """The SHA-256 of the file that this version was made with."""
    return (files("sensational.verifier") / "verifier.sha256").read_text(encoding="ascii").strip()


@cache
def checksum() -> str:
    """Twelve hexadecimal digits that stand for the verifier's file and the fitted weights that read it."""
    return hashlib.sha256(f"{_expected()} {resources.checksum()}".encode()).hexdigest()[:12]


@cache
def _session() -> InferenceSession:
    import onnxruntime

    with as_file(files("sensational.verifier") / "verifier.onnx") as path:
        try:
            content = path.read_bytes()
        except OSError as problem:
            raise VerifierError(f"{path}: {problem.strerror}; install sensational again") from None
    found = hashlib.sha256(content).hexdigest()
    if found != _expected():
        raise VerifierError(
            f"{path}: its SHA-256 begins with {found[:12]} where this version has {_expected()[:12]}; the "
            "file is damaged or of another version: install sensational again"
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


def require() -> None:
    """Opens the model now, so that a long run fails before it begins.

    Raises:
        VerifierError: the verifier's file cannot be used.
    """
    _session()


def read_headline(headline: Document) -> Reading:
    """The kinds of the words of a headline, with no body at hand: loading belongs to the headline alone."""
    inputs = verifier_inputs(headline, _NOTHING)
    return _reading(inputs, _run(inputs))


def judge(headline: Document, body: ReadBody) -> Judgement:
    """Sets a headline against the passage of its body.

    Args:
        headline: in its canonical form.
        body: with at least one sentence.

    Raises:
        VerifierError: the verifier's file cannot be used.
    """
    inputs = verifier_inputs(headline, body)
    out = _run(inputs)
    rows = slice(1, 1 + len(inputs.headline))
    towards = out["pointer"][rows]
    scores = [towards[:, first:last].mean(axis=1) for first, last in inputs.sentence_spans]
    agree, discuss, disagree, unrelated = (float(one) for one in _rounded(out["stances"]))
    return Judgement(
        _reading(inputs, out),
        _rounded(out["verdicts"][rows]),
        _rounded(np.stack([*scores, out["nowhere"][rows]], axis=1)),
        inputs.sentences,
        float(_rounded(out["divergence"])),
        (agree, discuss, disagree, unrelated),
    )


def _reading(inputs: Inputs, out: dict[str, Any]) -> Reading:
    rows = slice(1, 1 + len(inputs.headline))
    return Reading(inputs.headline, _rounded(out["kinds"][rows]), _rounded(out["begins"][rows]))


def _run(inputs: Inputs) -> dict[str, Any]:
    names = ("verdicts", "kinds", "begins", "divergence", "stances", "pointer", "nowhere")
    given = {name: getattr(inputs, name)[None, :] for name in ("ids", "parts", "match", "quoted")}
    return dict(zip(names, _session().run(names, given), strict=True))


def _rounded(values: Any) -> Floats:
    return np.asarray(values, dtype=np.float64).round(DECIMALS)
