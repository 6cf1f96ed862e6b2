"""``--meaning-model PATH``: nearness of meaning by a sentence-transformers folder on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sensational.extras.model_folder import (
    ModelFolderError,
    _read_object,
    check_folder,
    import_libraries,
    load,
)

EXTRA = "meaning"
_KNOWN = ("Transformer", "Pooling", "Normalize")


class MeaningModel:
    """A model that gives each text a vector.

    Read with transformers alone, not with the sentence-transformers library, which imports whatever
    classes a folder's ``modules.json`` names. Each text is encoded by itself, so that its vector does not
    depend on what it is batched with.
    """

    def __init__(self, path: Path) -> None:
        """Open the folder ``path``.

        Raises:
            ModelFolderError: the folder is unsafe, or is built of more than a transformer, a pooling by
                mean or by first token, and a normalisation.
            ImportError: torch or transformers is not installed.
        """
        check_folder(path)
        self._first_token = _pooling(path)
        self._torch, _ = import_libraries(EXTRA)
        self._tokenizer, self._model, self._longest = load(path, "AutoModel", EXTRA)

    def similarities(self, terms: Sequence[str], sentences: Sequence[str]) -> list[list[float]]:
        """A row a term, a column a sentence: cosine, 0 to 1 (below zero counts as 0), to four decimals."""
        if not terms or not sentences:
            return [[] for _ in terms]
        ours = self._torch.stack([self._vector(text) for text in terms])
        theirs = self._torch.stack([self._vector(text) for text in sentences])
        return [[round(min(max(x, 0.0), 1.0), 4) for x in row] for row in (ours @ theirs.T).tolist()]

    def _vector(self, text: str) -> Any:
        encoded = self._tokenizer(text, truncation=True, max_length=self._longest, return_tensors="pt")
        with self._torch.inference_mode():
            states = self._model(**encoded).last_hidden_state[0].double()
        pooled = states[0] if self._first_token else states.mean(dim=0)
        return self._torch.nn.functional.normalize(pooled, dim=0)


def _pooling(path: Path) -> bool:
    """Whether the folder pools by its first token; otherwise by the mean of all."""
    modules = path / "modules.json"
    if not modules.exists():
        return False
    import json

    try:
        listed = json.loads(modules.read_text(encoding="utf-8"))
        kinds = [(str(module["type"]).rpartition(".")[2], str(module["path"])) for module in listed]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ModelFolderError(f"{modules} cannot be understood: {error}") from error
    first_token = False
    for kind, folder in kinds:
        if kind not in _KNOWN:
            raise ModelFolderError(f"{modules} asks for a part “{kind}”; only {', '.join(_KNOWN)} are known.")
        if kind == "Transformer" and folder not in ("", "."):
            raise ModelFolderError(
                f"{modules}: the transformer must lie in the folder itself, not in {folder}."
            )
        if kind == "Pooling":
            first_token = _pools_first_token(path, folder)
    return first_token


def _pools_first_token(path: Path, folder: str) -> bool:
    place = (path / folder / "config.json").resolve()
    if not place.is_relative_to(path.resolve()):
        raise ModelFolderError(f"{path / 'modules.json'} points outside of its folder.")
    config = _read_object(place)
    modes = sorted(name for name, on in config.items() if name.startswith("pooling_mode_") and on is True)
    named = config.get("pooling_mode")
    if modes == ["pooling_mode_mean_tokens"] or (not modes and named in (None, "mean")):
        return False
    if modes == ["pooling_mode_cls_token"] or (not modes and named == "cls"):
        return True
    raise ModelFolderError(f"{place}: pooling must be by mean or by first token, not {modes or named}.")
