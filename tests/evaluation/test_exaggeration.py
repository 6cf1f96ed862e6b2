import os
from pathlib import Path

import pytest

from sensational.evaluation.exaggeration import evaluate

SHARED = Path(os.environ.get("SENSATIONAL_SHARED", Path(__file__).resolve().parents[3] / "shared"))


@pytest.mark.skipif(not SHARED.is_dir(), reason="SENSATIONAL_SHARED: labelled sets not here")
def test_clears_the_plain_learner():
    pytest.importorskip("sklearn")
    sentences, pairs = evaluate(SHARED / "benchmarks" / "exaggeration").figures
    assert sentences.learner is not None
    assert sentences.value > sentences.learner > sentences.floor
    assert pairs.value > pairs.floor
