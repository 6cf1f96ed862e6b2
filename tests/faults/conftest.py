"""The corpus, and the runs over it that nobody disturbed."""

from pathlib import Path

import pytest
from corpus.samples import articles, files, write_csv

from faults.samples import FORMS, score


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fourteen rows: four parts."""
    rows = articles(14)
    rows[5]["text"] = ""
    path = write_csv(tmp_path_factory.mktemp("faults") / "in.csv", rows)
    with path.open("a", encoding="utf-8") as file:
        file.write("one,field too few\n")  # so that there is a row that is rejected
    return path


@pytest.fixture(scope="session")
def calm(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """What a run leaves, for each form."""
    found = {}
    for form in FORMS:
        folder = tmp_path_factory.mktemp("calm")
        assert score(source, folder / f"out.{form}") == "done"
        found[form] = files(folder)
    return found
