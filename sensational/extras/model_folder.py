"""Opening a folder with a model in it: from disk only, no code of its own, no pickles."""

from __future__ import annotations

import json
import os
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

_PICKLES = (".bin", ".pkl", ".pickle", ".pt", ".pth", ".ckpt")
_LONGEST = 512
"""Tokens of a text that are read, where the model itself does not ask for fewer."""


class ModelFolderError(ValueError):
    """The folder is no model that is safe or fit to open; the message says why and what to do."""


def check_folder(path: Path) -> dict[str, Any]:
    """The ``config.json`` of the model folder ``path``.

    Raises:
        ModelFolderError: the folder is missing or lacks a configuration; its weights are pickles (a pickle
            runs code when it is opened) or an adapter of another model; it wants to run code of its own.
    """
    if not path.is_dir():
        raise ModelFolderError(f"{path} is no folder. A model is read from disk and never fetched.")
    if (path / "adapter_config.json").exists():
        raise ModelFolderError(f"{path} is an adapter of another model. Merge the two, then save the whole.")
    config = _read_object(path / "config.json")
    for name in ("config.json", "tokenizer_config.json"):
        if (path / name).exists() and _read_object(path / name).get("auto_map"):
            raise ModelFolderError(f"{path / name} asks to run code that came with the model; it is not run.")
    if not list(path.glob("*.safetensors")):
        pickles = sorted(file.name for file in path.iterdir() if file.suffix.lower() in _PICKLES)
        why = f"only {', '.join(pickles)}, and a pickle can run code when opened" if pickles else "no weights"
        raise ModelFolderError(
            f"{path} holds {why}. Weights must be .safetensors: load the model where you trust it "
            "and save it again with save_pretrained(folder, safe_serialization=True)."
        )
    return config


def _read_object(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ModelFolderError(f"{path} cannot be read as JSON: {error}") from error
    if not isinstance(data, dict):
        raise ModelFolderError(f"{path} does not hold a JSON object.")
    return data


def import_libraries(extra: str) -> tuple[ModuleType, ModuleType]:
    """The modules torch and transformers, told to stay offline, quiet, and on one thread.

    One thread sums in one order, however many cores there are; and workers of a corpus have a core each.

    Raises:
        ImportError: either is not installed; the message names the ``extra`` to install.
    """
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TRANSFORMERS_OFFLINE"] = "1"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    try:
        torch = import_module("torch")
        transformers = import_module("transformers")
    except ImportError as error:
        raise ImportError(
            f"This model needs torch and transformers: pip install 'sensational[{extra}]'"
        ) from error
    torch.set_num_threads(1)
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    return torch, transformers


def load(path: Path, kind: str, extra: str) -> tuple[Any, Any, int]:
    """Tokenizer, model and greatest number of tokens of the checked folder ``path``.

    Args:
        path: a folder that :func:`check_folder` has passed.
        kind: the class of transformers to load with, such as ``AutoModel``.
        extra: as in :func:`import_libraries`.

    Raises:
        ModelFolderError: transformers cannot open the folder, or weights are missing in it.
        ImportError: see :func:`import_libraries`.
    """
    _, transformers = import_libraries(extra)
    broken = import_module("safetensors").SafetensorError
    offline = {"local_files_only": True, "trust_remote_code": False}
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(str(path), **offline)
        model, about = getattr(transformers, kind).from_pretrained(
            str(path), use_safetensors=True, output_loading_info=True, **offline
        )
    except (OSError, ValueError, KeyError, RuntimeError, broken) as error:
        raise ModelFolderError(f"{path} cannot be opened by transformers: {error}") from error
    missing = sorted(name for name in about["missing_keys"] if not name.startswith("pooler."))
    if missing:  # transformers would fill them with random numbers
        raise ModelFolderError(
            f"{path} lacks weights of an {kind} ({', '.join(missing[:3])}); it is another kind of model, or "
            "was not saved as a whole."
        )
    model = model.float().eval()
    asked = getattr(model.config, "max_position_embeddings", None) or _LONGEST
    return tokenizer, model, int(min(asked, tokenizer.model_max_length, _LONGEST))
