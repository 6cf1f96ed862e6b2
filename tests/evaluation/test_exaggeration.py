import os
from pathlib import Path

import pytest

from sensational.evaluation.exaggeration import evaluate, macro_f1

SHARED = Path(os.environ.get("SENSATIONAL_SHARED", Path(__file__).resolve().parents[3] / "shared"))


def test_macro_f1_is_the_mean_over_labels():
    assert macro_f1(["a", "b"], ["a", "b"], ("a", "b")) == 1
    assert macro_f1(["a", "a", "b", "b"], ["a", "a", "a", "a"], ("a", "b")) == pytest.approx(1 / 3)


@pytest.mark.skipif(not SHARED.is_dir(), reason="SENSATIONAL_SHARED: labelled sets not here")
def test_clears_the_plain_learner():
    pytest.importorskip("sklearn")
    sentences, pairs = evaluate(SHARED / "benchmarks" / "exaggeration").figures
    assert sentences.learner is not None
    assert sentences.value > sentences.learner > sentences.floor
    assert pairs.value > pairs.floor
