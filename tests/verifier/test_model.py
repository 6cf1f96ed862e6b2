"""The shipped model: rounded, alone, the same each time, and refused where it is not that of this version."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from articles import HEADLINES, NEUTRAL, examples

from sensational.language.canonical import canonical
from sensational.language.document import Document
from sensational.verifier import model
from sensational.verifier.inputs import ReadBody
from sensational.verifier.judgement import Judgement, Reading
from sensational.verifier.model import DECIMALS, VerifierError, judge, read_headline

SHIPPED = files("sensational.verifier")


def document(headline: str) -> Document:
    return Document(canonical(headline)[0])


def bits(judgement: Judgement) -> tuple[object, ...]:
    return (
        bits_of_reading(judgement.reading), judgement.verdicts.tobytes(), judgement.pointer.tobytes(),
        judgement.sentences, judgement.divergence, judgement.stances,
    )  # fmt: skip


def bits_of_reading(reading: Reading) -> tuple[object, ...]:
    return reading.pieces, reading.kinds.tobytes(), reading.begins.tobytes()


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a copy of the model's files, from which they are read."""
    for name in ("verifier.onnx", "verifier.sha256"):
        shutil.copy(str(SHIPPED / name), tmp_path / name)
    monkeypatch.setattr(model, "files", lambda _package: tmp_path)
    caches = (model._session, model._expected, model.checksum)
    for one in caches:
        one.cache_clear()
    yield tmp_path
    for one in caches:
        one.cache_clear()


def test_the_file_is_the_one_that_its_checksum_names() -> None:
    found = hashlib.sha256((SHIPPED / "verifier.onnx").read_bytes()).hexdigest()
    assert (SHIPPED / "verifier.sha256").read_text(encoding="ascii").strip() == found


def test_numbers_are_probabilities_and_rounded_at_one_place() -> None:
    for sample in examples():
        headline, body = document(sample.headline), ReadBody(Document(sample.body))
        judgement = judge(headline, body)
        reading = judgement.reading
        size = len(reading.pieces)
        assert reading.kinds.shape == (size, 9)
        assert reading.begins.shape == (size,)
        assert judgement.verdicts.shape == (size, 7)
        assert judgement.pointer.shape == (size, len(judgement.sentences) + 1)
        for values in (
            reading.kinds, reading.begins, judgement.verdicts, judgement.pointer,
            np.array(judgement.divergence), np.array(judgement.stances),
        ):  # fmt: skip
            assert (values == values.round(DECIMALS)).all()
            assert values.dtype == np.float64
        for values in (reading.kinds, judgement.verdicts, np.array(judgement.stances)):
            assert ((values >= 0) & (values <= 1)).all()
            assert values.sum(axis=-1) == pytest.approx(1, abs=1e-3)
        assert 0 <= judgement.divergence <= 1
        assert ((reading.begins >= 0) & (reading.begins <= 1)).all()


def test_the_same_bits_whatever_came_before() -> None:
    bodies = [ReadBody(Document(sample.body)) for sample in examples()]
    first = [bits(judge(document(HEADLINES[i]), body)) for i, body in enumerate(bodies)]
    read_headline(document("Something else entirely"))
    again = [bits(judge(document(HEADLINES[i]), body)) for i, body in reversed(list(enumerate(bodies)))]
    assert again[::-1] == first


def test_the_headline_is_read_by_itself() -> None:
    first = read_headline(document(HEADLINES[1]))
    judge(document(HEADLINES[1]), ReadBody(Document(NEUTRAL)))
    assert bits_of_reading(read_headline(document(HEADLINES[1]))) == bits_of_reading(first)


def test_a_headline_of_nothing() -> None:
    assert read_headline(Document("")).pieces == ()
    assert judge(Document(""), ReadBody(Document(NEUTRAL))).verdicts.shape == (0, 7)


def test_one_thread_one_article_on_the_processor() -> None:
    session = model._session()
    options = session.get_session_options()
    assert (options.intra_op_num_threads, options.inter_op_num_threads) == (1, 1)
    assert session.get_providers() == ["CPUExecutionProvider"]
    assert {one.name: one.shape[0] for one in session.get_inputs()} == dict.fromkeys(
        ("ids", "parts", "match", "quoted"), 1
    )


def changed(content: bytes) -> bytes:
    at = len(content) // 2
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


@pytest.mark.parametrize(
    "damage", [changed, lambda content: content[:-1], lambda content: b"", lambda content: content + b"\0"]
)
def test_a_damaged_file_is_refused(elsewhere: Path, damage) -> None:  # type: ignore[no-untyped-def]
    path = elsewhere / "verifier.onnx"
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(VerifierError, match="install sensational again"):
        read_headline(document("Mayor resigns"))


def test_a_missing_file_is_named(elsewhere: Path) -> None:
    (elsewhere / "verifier.onnx").unlink()
    with pytest.raises(VerifierError, match=r"verifier\.onnx.*install sensational again"):
        read_headline(document("Mayor resigns"))


def test_a_model_of_another_version_is_refused(elsewhere: Path) -> None:
    (elsewhere / "verifier.sha256").write_text("0" * 64 + "\n", encoding="ascii")
    with pytest.raises(VerifierError, match="of another version"):
        read_headline(document("Mayor resigns"))


def test_the_checksum_is_of_the_model_and_of_the_weights(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = model.checksum()
    assert len(first) == 12
    model.checksum.cache_clear()
    monkeypatch.setattr(model.resources, "checksum", lambda: "other weights")
    second = model.checksum()
    model._expected.cache_clear()
    model.checksum.cache_clear()
    (elsewhere / "verifier.sha256").write_text("1" * 64, encoding="ascii")
    assert len({first, second, model.checksum()}) == 3
