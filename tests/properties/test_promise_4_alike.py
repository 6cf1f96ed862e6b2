"""The same article, the same bytes: alone, in a batch, in any order, thread, process, locale, folder."""

import hashlib
import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import pytest
from articles import HEADLINES, NEUTRAL, ROOT, Sample, examples, gold
from hypothesis import given
from hypothesis import strategies as st
from mutations import mutated, mutated_articles, of_every_kind
from printed import render_terminal

from sensational.article import Article
from sensational.cli import as_json
from sensational.report.html import render_html
from sensational.report.pdf import render_pdf
from sensational.rewrite import fitting_of
from sensational.scorer import score, score_article
from sensational.worksheet.lesson import build_lesson
from sensational.worksheet.pages import key_pdf, sheet_html

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "reliability"
"""Whether this is `tox -e properties`, which sets no fewer than 2,000 changed articles against each other."""
COUNT = 2000 if THOROUGH else 24

BATCH = [
    *examples(),
    *(Sample(headline, headline, NEUTRAL) for headline in HEADLINES),
    *(Sample(f"{a.name} over {b.name}", a.headline, b.body) for a in examples() for b in examples()),
]  # fmt: skip


@lru_cache(maxsize=1)
def changed() -> tuple[Sample, ...]:
    """Changed articles, the same ones in every process."""
    return tuple(mutated_articles(COUNT, seed=5))


def line(sample: Sample) -> str:
    return as_json(score(sample.headline, sample.body, sample.name))


@given(st.lists(mutated() | of_every_kind(), min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_any_order(samples: list[Sample], pick: random.Random) -> None:
    first = [line(sample) for sample in samples]
    order = list(range(len(samples)))
    pick.shuffle(order)
    assert [line(samples[at]) for at in order] == [first[at] for at in order]


def test_changed_articles_in_another_order_and_in_threads() -> None:
    first = [line(sample) for sample in changed()]
    assert [line(sample) for sample in reversed(changed())] == first[::-1]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(line, changed())) == first


def test_threads() -> None:
    wanted = [line(sample) for sample in BATCH]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(line, BATCH)) == wanted


def test_real_articles_in_another_order() -> None:
    some = random.Random(5).sample(gold(), 60)  # noqa: S311
    first = {sample.name: line(sample) for sample in some}
    assert {sample.name: line(sample) for sample in reversed(some)} == first


def pages(sample: Sample) -> str:
    """A checksum of the drawn outputs of one article."""
    article = Article(sample.headline, sample.body, sample.name)
    analysis = score_article(article)
    lesson = build_lesson(article, analysis, fitting_of(article, analysis))
    made = (
        render_html(article, analysis).encode(), render_pdf(article, analysis), key_pdf([lesson]),
        sheet_html([lesson]).encode(), render_terminal(article, analysis).encode(),
    )  # fmt: skip
    return " ".join(hashlib.sha256(one).hexdigest() for one in made)


def written(stride: int) -> list[str]:
    """What every process must write, whatever its surroundings."""
    return [
        *map(line, BATCH[::stride]),
        *map(line, changed()),
        *map(pages, BATCH[:40] if THOROUGH else ()),
    ]


_CODE = """
import locale
import sys
sys.path.insert(0, sys.argv[1])
try:
    locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    sys.stderr.write("no such locale")
from properties_batch import written
for one in written(int(sys.argv[2])):
    sys.stdout.write(one + "\\n")
"""


@lru_cache(maxsize=4)
def wanted(stride: int) -> list[str]:
    return written(stride)


@pytest.mark.parametrize(
    ("environment", "stride"),
    [
        ({"PYTHONHASHSEED": "0"}, 1),
        ({"PYTHONHASHSEED": "1", "LC_ALL": "C", "PYTHONUTF8": "0"}, 5),
        ({"PYTHONHASHSEED": "4711", "LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati"}, 5),
        ({"PYTHONHASHSEED": "2", "PYTHONOPTIMIZE": "2", "OMP_NUM_THREADS": "1", "TZ": "EST5EDT"}, 5),
    ],
    ids=lambda value: ",".join(value) if isinstance(value, dict) else None,
)
def test_other_processes(environment: dict[str, str], stride: int, tmp_path: Path) -> None:
    """Each in a folder of its own, with the settings of a machine of its own."""
    (tmp_path / "properties_batch.py").write_bytes(Path(__file__).read_bytes())
    done = subprocess.run(
        [sys.executable, "-c", _CODE, str(ROOT / "tests"), str(stride)],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT))),
            "HYPOTHESIS_PROFILE": os.environ.get("HYPOTHESIS_PROFILE", "fast"),
            **environment,
        },
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    assert done.stdout.decode("ascii").splitlines() == wanted(stride)
