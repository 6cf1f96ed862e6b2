"""Models on disk: tiny ones, built here, of random weights; and folders that must not be opened."""

from __future__ import annotations

import json
import math
import os
from pathlib import Path
from typing import Any

import pytest
from tiny import SENTENCES, libraries, tiny, write

from sensational.extras.entailment_model import EntailmentModel
from sensational.extras.meaning_model import MeaningModel
from sensational.extras.model_folder import ModelFolderError, check_folder, import_libraries


def test_similarities(tmp_path: Path) -> None:
    model = MeaningModel(tiny(tmp_path / "model"))
    matrix = model.similarities(SENTENCES[:2], SENTENCES)
    assert [len(row) for row in matrix] == [4, 4]
    assert all(0 <= value <= 1 for row in matrix for value in row)
    assert matrix[0][0] == matrix[1][1] == 1
    assert matrix[0][1] == matrix[1][0]
    assert model.similarities(SENTENCES[1:2], SENTENCES[::-1]) == [matrix[1][::-1]]
    assert model.similarities([], SENTENCES) == []
    assert model.similarities(SENTENCES[:1], []) == [[]]
    assert len(model.similarities(["troops " * 500], ["men"])[0]) == 1  # cut to what the model reads


def test_pooling_is_taken_from_the_folder(tmp_path: Path) -> None:
    folder = tiny(tmp_path / "model")
    mean = MeaningModel(folder).similarities(SENTENCES[:1], SENTENCES)
    parts = [
        ("", "sentence_transformers.models.Transformer"),
        ("1_Pooling", "sentence_transformers.models.Pooling"),
    ]
    write(folder, "modules.json", [{"path": place, "type": kind} for place, kind in parts])
    write(
        folder, "1_Pooling/config.json", {"pooling_mode_mean_tokens": True, "pooling_mode_cls_token": False}
    )
    assert MeaningModel(folder).similarities(SENTENCES[:1], SENTENCES) == mean
    write(
        folder, "1_Pooling/config.json", {"pooling_mode_mean_tokens": False, "pooling_mode_cls_token": True}
    )
    assert MeaningModel(folder).similarities(SENTENCES[:1], SENTENCES) != mean
    write(folder, "1_Pooling/config.json", {"pooling_mode_max_tokens": True})
    with pytest.raises(ModelFolderError, match="pooling must be"):
        MeaningModel(folder)


@pytest.mark.parametrize(
    ("labels", "order"),
    [
        (["contradiction", "entailment", "neutral"], (1, 2, 0)),
        (["ENTAILMENT", "NEUTRAL", "CONTRADICTION"], (0, 1, 2)),
        (["entailment", "not_entailment"], (0, 1, None)),
    ],
)
def test_entailments_are_put_in_order_by_the_names_of_the_classes(
    tmp_path: Path, labels: list[str], order: tuple[int | None, ...]
) -> None:
    folder = tiny(tmp_path / "model", labels)
    pairs = [(SENTENCES[0], SENTENCES[1]), (SENTENCES[2], SENTENCES[3])]
    answers = EntailmentModel(folder).entailments(pairs)
    assert EntailmentModel(folder).entailments(pairs[1:]) == answers[1:]
    torch, transformers = libraries()
    model = transformers.BertForSequenceClassification.from_pretrained(str(folder)).eval()
    tokenizer = transformers.AutoTokenizer.from_pretrained(str(folder))
    with torch.inference_mode():
        logits = model(**tokenizer(*pairs[0], return_tensors="pt")).logits[0].double()
    shares = torch.softmax(logits, dim=0).tolist()
    for answer, place in zip(answers[0], order, strict=True):
        assert math.isclose(answer, 0 if place is None else shares[place], abs_tol=1e-4)


def test_nothing_is_fetched(tmp_path: Path) -> None:
    libraries()
    import_libraries("meaning")
    assert os.environ["HF_HUB_OFFLINE"] == "1"
    with pytest.raises(ModelFolderError, match="no folder"):
        MeaningModel(Path("somebody/some-model"))


def test_a_missing_library_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "torch", None)
    write(tmp_path, "config.json", {"id2label": {"0": "entailment", "1": "neutral"}})
    (tmp_path / "model.safetensors").write_bytes(b"")
    with pytest.raises(ImportError, match=r"pip install 'sensational\[meaning\]'"):
        MeaningModel(tmp_path)
    with pytest.raises(ImportError, match=r"pip install 'sensational\[entailment\]'"):
        EntailmentModel(tmp_path)


@pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pkl", "model.pt"])
def test_pickles_are_refused(tmp_path: Path, name: str) -> None:
    write(tmp_path, "config.json", {})
    (tmp_path / name).write_bytes(b"cos\nsystem\n(S'false'\ntR.")
    with pytest.raises(ModelFolderError, match="a pickle can run code"):
        check_folder(tmp_path)


def test_unsafe_or_broken_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelFolderError, match="cannot be read as JSON"):
        check_folder(tmp_path)
    write(tmp_path, "config.json", [])
    with pytest.raises(ModelFolderError, match="JSON object"):
        check_folder(tmp_path)
    write(tmp_path, "config.json", {})
    with pytest.raises(ModelFolderError, match="no weights"):
        check_folder(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"")
    assert check_folder(tmp_path) == {}
    write(tmp_path, "config.json", {"auto_map": {"AutoModel": "evil.Model"}})
    with pytest.raises(ModelFolderError, match="not run"):
        check_folder(tmp_path)
    write(tmp_path, "config.json", {})
    write(tmp_path, "adapter_config.json", {})
    with pytest.raises(ModelFolderError, match="adapter"):
        check_folder(tmp_path)


@pytest.mark.parametrize(
    ("modules", "message"),
    [
        ([{"path": "", "type": "os.system"}], "asks for a part"),
        ([{"path": "../..", "type": "x.Transformer"}], "in the folder itself"),
        ([{"path": "../..", "type": "x.Pooling"}], "outside"),
        ("nonsense", "cannot be understood"),
    ],
)
def test_strange_parts_are_refused(tmp_path: Path, modules: Any, message: str) -> None:
    write(tmp_path, "config.json", {})
    (tmp_path / "model.safetensors").write_bytes(b"")
    write(tmp_path, "modules.json", modules)
    with pytest.raises(ModelFolderError, match=message):
        MeaningModel(tmp_path)


@pytest.mark.parametrize(
    "labels", [None, {}, {"0": "LABEL_0", "1": "LABEL_1"}, {"0": "neutral", "1": "contradiction"}]
)
def test_classes_must_say_what_they_are(tmp_path: Path, labels: Any) -> None:
    write(tmp_path, "config.json", {"id2label": labels})
    (tmp_path / "model.safetensors").write_bytes(b"")
    with pytest.raises(ModelFolderError, match="class"):
        EntailmentModel(tmp_path)


def test_broken_weights_are_an_error_in_words(tmp_path: Path) -> None:
    folder = tiny(tmp_path / "model")
    (folder / "model.safetensors").write_bytes(b"not safetensors at all")
    with pytest.raises(ModelFolderError, match="cannot be opened"):
        MeaningModel(folder)


def test_weights_that_are_missing_are_not_filled_in(tmp_path: Path) -> None:
    folder = tiny(tmp_path / "model")  # sentence vectors only: the classifier's part is not there
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    write(folder, "config.json", {**config, "id2label": {"0": "entailment", "1": "neutral"}})
    with pytest.raises(ModelFolderError, match="lacks weights"):
        EntailmentModel(folder)
