"""Whoever scores a corpus, however many, in whatever order and cutting: the same bytes.

One run over 2,000 changed articles sets 2,000 of them against another; that is what `tox -e properties` does.
The normal run has fewer, and leaves Dask to ``tests/corpus/test_dask.py``.
"""

import json
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pandas
import pytest
from articles import Sample
from corpus.samples import alone, files, lines, processes
from mutations import mutated_articles

from sensational.analysis import to_json
from sensational.corpus.engines import Engine, Work
from sensational.corpus.engines.cluster import Dask
from sensational.corpus.frame import score_frame
from sensational.corpus.inputs import Settings
from sensational.corpus.run import run
from sensational.corpus.scored import Unreadable, read_scored
from sensational.corpus.summary.page import summary_html, summary_pdf
from sensational.corpus.summary.summarise import summarise
from sensational.scorer import score

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "reliability"
COUNT = 2000 if THOROUGH else 24
FORMS = ("jsonl", "csv", "parquet") if THOROUGH else ("jsonl",)
SETTINGS = Settings(rows=COUNT // 6)


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    made = mutated_articles(COUNT, seed=17)
    # In JSON two halves of a character side by side are the character.
    return [Sample(one.name, *json.loads(json.dumps([one.headline, one.body]))) for one in made]


def write(path: Path, samples: list[Sample]) -> Path:
    """The articles as JSON Lines, which can say any character, half ones too."""
    with path.open("w", encoding="ascii") as file:
        for one in samples:
            file.write(json.dumps({"id": one.name, "title": one.headline, "text": one.body}) + "\n")
    return path


@pytest.fixture(scope="module")
def source(samples: list[Sample], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("in") / "in.jsonl", samples)


@pytest.fixture(scope="module")
def calm(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of what this process makes of the articles."""
    folder = tmp_path_factory.mktemp("calm")
    for form in FORMS:
        outcome = run([source], folder / f"out.{form}", alone, SETTINGS)
        assert (outcome.counts.read, outcome.counts.rejected) == (COUNT, 0)
    return folder


@pytest.fixture(scope="module")
def cluster() -> Iterator[Callable[[Work], Engine]]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as local:
        yield partial(Dask, scheduler=local.scheduler_address)


def test_a_corpus_says_what_each_article_says_alone(samples: list[Sample], calm: Path) -> None:
    written = (calm / "out.jsonl").read_text(encoding="ascii").splitlines()
    for number, (sample, line) in enumerate(zip(samples, written, strict=True), 1):
        more = {"file": "in.jsonl", "row": number, "columns": {}}
        assert line == to_json(score(sample.headline, sample.body, sample.name), more)


@pytest.mark.parametrize("count", [2, 3] if THOROUGH else [2])
def test_processes(count: int, source: Path, calm: Path, tmp_path: Path) -> None:
    for form in FORMS:
        run([source], tmp_path / f"out.{form}", processes(count), SETTINGS)
    assert files(tmp_path) == files(calm)


@pytest.mark.skipif(not THOROUGH, reason="2,000 articles on Dask: by `tox -e properties`")
def test_dask(source: Path, calm: Path, tmp_path: Path, cluster: Callable[[Work], Engine]) -> None:
    for form in FORMS:
        run([source], tmp_path / f"out.{form}", cluster, SETTINGS)
    assert files(tmp_path) == files(calm)


def test_parts_of_another_size(source: Path, calm: Path, tmp_path: Path) -> None:
    run([source], tmp_path / "out.jsonl", alone, Settings(rows=7))
    assert (tmp_path / "out.jsonl").read_bytes() == (calm / "out.jsonl").read_bytes()


def by_id(path: Path) -> dict[str, dict[str, Any]]:
    return {one["id"]: {name: one[name] for name in one if name != "row"} for one in lines(path)}


def test_the_other_way_round(samples: list[Sample], calm: Path, tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", samples[::-1])
    run([source], tmp_path / "out.jsonl", alone, SETTINGS)
    assert by_id(tmp_path / "out.jsonl") == by_id(calm / "out.jsonl")
    assert len(by_id(calm / "out.jsonl")) == COUNT


def test_a_frame(samples: list[Sample], calm: Path) -> None:
    columns = {"title": [one.headline for one in samples], "text": [one.body for one in samples]}
    frame = pandas.DataFrame(columns, dtype=object)
    for workers in (1, 2) if THOROUGH else (1,):
        scored = score_frame(frame, workers=workers)
        wanted = [one["divergence"] for one in lines(calm / "out.jsonl")]
        found = [None if pandas.isna(value) else float(value) for value in scored["divergence"]]
        assert found == wanted


@pytest.mark.parametrize("form", FORMS)
def test_what_was_scored_is_read_back_and_summed_up(form: str, calm: Path) -> None:
    back = list(read_scored(calm / f"out.{form}"))
    assert not [one for one in back if isinstance(one, Unreadable)]
    wanted = [(one["id"], one["divergence"], len(one["terms"])) for one in lines(calm / "out.jsonl")]
    assert [(one.id, one.divergence, len(one.terms)) for one in back] == wanted  # type: ignore[union-attr]
    made = summarise(iter(back), ())
    assert "</html>" in summary_html(made, [form])
    assert summary_pdf(made, [form]).startswith(b"%PDF-")
