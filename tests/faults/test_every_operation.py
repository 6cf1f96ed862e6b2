"""Every single thing that a run asks of the file system fails once: nothing is lost, nothing is half there.

Some of them in a usual run of the tests; all where ``SENSATIONAL_FAULTS`` is set, as by ``tox -e faults``.
"""

import errno
from pathlib import Path

import pytest
from corpus.samples import files

from faults.samples import ALL, FORMS, FailingSystem, goes_on, score

ERRORS = (errno.ENOSPC, errno.EROFS, errno.EIO, errno.EACCES, errno.EDQUOT, errno.ESTALE)
STRIDE = {"jsonl": 3, "csv": 7, "parquet": 31}
OLD = b"an older output\n"


def disturbed(source: Path, folder: Path, form: str, at: int, error: int, lasting: bool) -> tuple[str, int]:
    """A run in which an operation fails: what it said, and how many operations it asked for."""
    system = FailingSystem(folder, at, error, lasting)
    with system.installed():
        said = score(source, folder / f"out.{form}", overwrite=True)
    return said, system.asked


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("form", FORMS)
def test_whatever_fails(
    form: str, lasting: bool, source: Path, calm: dict[str, dict[str, bytes]], tmp_path: Path
) -> None:
    wanted = calm[form]
    (tmp_path / "count").mkdir()
    said, operations = disturbed(source, tmp_path / "count", form, 0, errno.EIO, False)
    assert said == "done"
    assert operations > 50
    failed = 0
    tried = range(1, operations + 1, 1 if ALL else STRIDE[form])
    for at in tried:
        folder = tmp_path / str(at)
        folder.mkdir()
        for name in wanted:
            (folder / name).write_bytes(OLD)
        error = ERRORS[at % len(ERRORS)]
        said, _ = disturbed(source, folder, form, at, error, lasting)
        left = {name: data for name, data in files(folder).items() if not name.endswith(".waiting")}
        closing = f"out.{form}.manifest.json"
        assert all(data in (OLD, wanted[name]) for name, data in left.items()), at  # whole: old or new
        assert left.get(closing) != wanted[closing] or left == wanted, at  # where the manifest is, all is
        assert left.get(closing) != OLD or set(left.values()) == {OLD}, at
        if said == "done":
            assert left == wanted, at
        else:
            failed += 1
            assert "what was done is kept" in said, said
        goes_on(source, folder / f"out.{form}", wanted)
    assert failed > 0.8 * len(tried)  # the others are tidying up, after which all is done


def test_an_input_that_cannot_be_read(
    source: Path, calm: dict[str, dict[str, bytes]], tmp_path: Path
) -> None:
    """A disk that fails under the input is no end of the input: plain or packed, nothing is cut off."""
    import gzip

    for name, data in (("in.csv", source.read_bytes()), ("in.csv.gz", gzip.compress(source.read_bytes()))):
        own = tmp_path / name / name
        own.parent.mkdir()
        own.write_bytes(data)
        (tmp_path / f"{name}-calm").mkdir()
        assert score(own, tmp_path / f"{name}-calm" / "out.jsonl") == "done"
        wanted = files(tmp_path / f"{name}-calm")
        system = FailingSystem(own.parent, 0, errno.EIO, False)
        with system.installed():
            assert score(own, tmp_path / f"{name}-calm" / "out.jsonl", overwrite=True) == "done"
        assert system.asked > 4
        for at in range(1, system.asked + 1):
            folder = tmp_path / f"{name}-{at}"
            folder.mkdir()
            with FailingSystem(own.parent, at, errno.EIO, False).installed():
                said = score(own, folder / "out.jsonl")
            assert "input/output error" in said.lower(), (at, said)
            assert name in said
            assert files(folder) == {}
            goes_on(own, folder / "out.jsonl", wanted)
