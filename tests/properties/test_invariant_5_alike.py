"""The same article, the same bytes: alone, in a batch, in any order, thread, process, locale, folder."""

import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from articles import HEADLINES, NEUTRAL, ROOT, Sample, examples, gold
from hypothesis import given
from hypothesis import strategies as st

from sensational.cli import as_json
from sensational.scorer import score

BATCH = [
    *examples(),
    *(Sample(headline, headline, NEUTRAL) for headline in HEADLINES),
    *(Sample(f"{a.name} over {b.name}", a.headline, b.body) for a in examples() for b in examples()),
]  # fmt: skip


def line(sample: Sample) -> str:
    return as_json(score(sample.headline, sample.body, sample.name))


@given(st.permutations(range(len(BATCH))))
def test_any_order(order: list[int]) -> None:
    alone = {at: line(BATCH[at]) for at in order[:5]}
    for at in order[:12]:
        assert line(BATCH[at]) == alone.setdefault(at, line(BATCH[at]))


def test_threads() -> None:
    wanted = [line(sample) for sample in BATCH]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(line, BATCH)) == wanted


def test_real_articles_in_another_order() -> None:
    some = random.Random(5).sample(gold(), 60)  # noqa: S311
    first = {sample.name: line(sample) for sample in some}
    assert {sample.name: line(sample) for sample in reversed(some)} == first


_CODE = """
import sys
sys.path.insert(0, sys.argv[1])
from properties_batch import BATCH, line
for sample in BATCH[:: int(sys.argv[2])]:
    sys.stdout.write(line(sample) + "\\n")
"""


@pytest.mark.parametrize(
    ("environment", "stride"),
    [
        ({"PYTHONHASHSEED": "0"}, 1),
        ({"PYTHONHASHSEED": "1", "LC_ALL": "C", "PYTHONUTF8": "0"}, 1),
        ({"PYTHONHASHSEED": "4711", "LANG": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati"}, 3),
        ({"PYTHONHASHSEED": "2", "PYTHONOPTIMIZE": "2", "OMP_NUM_THREADS": "1"}, 5),
    ],
    ids=lambda value: ",".join(value) if isinstance(value, dict) else None,
)
def test_other_processes(environment: dict[str, str], stride: int, tmp_path: Path) -> None:
    (tmp_path / "properties_batch.py").write_bytes(Path(__file__).read_bytes())
    done = subprocess.run(
        [sys.executable, "-c", _CODE, str(ROOT / "tests"), str(stride)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT))), **environment},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    assert done.stdout.decode("ascii").splitlines() == [line(sample) for sample in BATCH[::stride]]
