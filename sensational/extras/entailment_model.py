"""``--entailment-model PATH``: does a sentence bear out a claim, by a classifier folder on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sensational.extras.model_folder import ModelFolderError, check_folder, import_libraries, load

EXTRA = "entailment"


class EntailmentModel:
    """A classifier of pairs: premise (a sentence of the body) and hypothesis (the claim).

    Each pair is classified by itself, so that its answer does not depend on what it is batched with.
    """

    def __init__(self, path: Path) -> None:
        """Open the folder ``path``.

        Raises:
            ModelFolderError: the folder is unsafe, or its labels do not say which of them is entailment.
            ImportError: torch or transformers is not installed.
        """
        self._labels = _labels(path, check_folder(path))
        self._torch, _ = import_libraries(EXTRA)
        self._tokenizer, self._model, self._longest = load(path, "AutoModelForSequenceClassification", EXTRA)

    def entailments(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, float, float]]:
        """For each (premise, hypothesis) the shares of entailment, neutral and contradiction.

        Each 0 to 1, to four decimals; they sum to 1 within rounding. A model that knows only entailment
        and its absence answers (p, 1 - p, 0).
        """
        return [self._answer(premise, hypothesis) for premise, hypothesis in pairs]

    def _answer(self, premise: str, hypothesis: str) -> tuple[float, float, float]:
        encoded = self._tokenizer(
            premise, hypothesis, truncation=True, max_length=self._longest, return_tensors="pt"
        )
        with self._torch.inference_mode():
            logits = self._model(**encoded).logits[0].double()
        shares = [0.0, 0.0, 0.0]
        for place, share in zip(self._labels, self._torch.softmax(logits, dim=0).tolist(), strict=True):
            shares[place] += share
        return (round(shares[0], 4), round(shares[1], 4), round(shares[2], 4))


def _labels(path: Path, config: dict[str, Any]) -> tuple[int, ...]:
    """Place in the answer (0 entailment, 1 neutral, 2 contradiction) of each class of the model."""
    named = config.get("id2label")
    if not isinstance(named, dict) or not named:
        raise ModelFolderError(f"{path / 'config.json'} has no id2label; it must name its classes.")
    places: list[int] = []
    for number in range(len(named)):
        label = str(named.get(str(number), "")).lower()
        if label.startswith("entail"):
            places.append(0)
        elif label.startswith(("neutral", "not_entail", "not entail", "non_entail")):
            places.append(1)
        elif label.startswith("contradict"):
            places.append(2)
        else:
            raise ModelFolderError(
                f"{path / 'config.json'} names a class {label!r}; known are entailment, neutral, "
                "contradiction and not_entailment."
            )
    if places.count(0) != 1 or len(set(places)) != len(places) or len(places) < 2:
        raise ModelFolderError(
            f"{path / 'config.json'}: the classes must be two or three, and one entailment."
        )
    return tuple(places)
