"""Opens the models that a user points at, and names them for the provenance."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sensational.analysis import ModelKind, ModelUsed
from sensational.extras.entailment_model import EntailmentModel
from sensational.extras.meaning_model import MeaningModel
from sensational.judges import Judges

_READ = (".json", ".model", ".safetensors", ".txt")
"""Endings of what decides a model's answers: its configuration, vocabulary and weights."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the models lie; None for none."""

    meaning: str | None = None
    entailment: str | None = None


def load_models(
    meaning: str | os.PathLike[str] | None = None, entailment: str | os.PathLike[str] | None = None
) -> Judges:
    """Opens models on disk, as further judges for :func:`sensational.score_article`.

    Args:
        meaning: a sentence-transformers folder.
        entailment: the folder of a sequence classifier that was trained on entailment.

    Raises:
        ModelFolderError: a folder is unsafe or unfit (see ``docs/models.md``).
        ImportError: torch or transformers is not installed.
    """
    used: list[ModelUsed] = []
    near = entails = None
    if meaning is not None:
        near = MeaningModel(Path(meaning))
        used.append(_named("meaning", Path(meaning)))
    if entailment is not None:
        entails = EntailmentModel(Path(entailment))
        used.append(_named("entailment", Path(entailment)))
    return Judges(near, entails, tuple(used))


@lru_cache(maxsize=1)
def of_this_process(folders: Folders) -> Judges:
    """:func:`load_models`, once a process: a worker scores many parts."""
    return load_models(folders.meaning, folders.entailment)


def _named(kind: ModelKind, path: Path) -> ModelUsed:
    return ModelUsed(kind, Path(os.path.abspath(path)).name, checksum(path))


def checksum(path: Path) -> str:
    """First 12 hexadecimal digits of the SHA-256 over the files of a model folder that decide its answers."""
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*"), key=lambda file: file.relative_to(path).as_posix()):
        if file.suffix.lower() in _READ and file.is_file():
            with file.open("rb") as opened:
                content = hashlib.file_digest(opened, "sha256").hexdigest()
            digest.update(f"{file.relative_to(path).as_posix()}\0{content}\n".encode())
    return digest.hexdigest()[:12]
