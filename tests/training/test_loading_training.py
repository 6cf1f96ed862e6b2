from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from sensational.training.loading import harm, is_name, ngrams, train
from sensational.training.tables import SIDES
from sensational.training.teasing import fit_teasing, predict

pytest.importorskip("sklearn")


def test_ngrams_hold_no_names_and_no_sides() -> None:
    found = ngrams(["The senator met Merkel and 12 Republicans there"])
    assert {"the", "met", "0", "and 0", "^ the", "there"} <= found
    assert not any(word in SIDES | {"merkel"} for name in found for word in name.split(" "))
    assert "met and" not in found  # a pair never spans a name


def test_a_word_never_seen_is_a_name_by_its_capital() -> None:
    assert is_name("zzyzxville", True)
    assert not is_name("zzyzxville", False)


def test_teasing_is_learned_from_shares() -> None:
    headlines = ["you must see this"] * 20 + ["committee meets in town"] * 20
    learned = fit_teasing(headlines, [0.9] * 20 + [0.1] * 20)
    assert learned["weights"]["must"] > 0 > learned["weights"]["town"]
    high, low = predict(learned, [headlines[0], headlines[-1]])
    assert high > 0.5 > low


def test_harm_is_near_words_of_harm_only() -> None:
    found = harm()
    assert min(found["killed"], found["massacre"]) > 100
    assert not {"library", "budget", "court", "goal", "rain"} & set(found)
    assert not SIDES & set(found)


def test_training_writes_the_same_bytes(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    def put(path: Path, items: list[dict[str, object]]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with gzip.open(path, "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps(item) + "\n" for item in items)

    loud = "The shameful plan is a ridiculous insult to everyone here"
    calm = "The plan was presented at the town hall on a rainy day"
    put(
        tmp_path / "loaded_words" / "sentences.jsonl.gz",
        [
            {
                "text": f"{loud if at % 2 else calm} {at}",
                "label": "Biased" if at % 2 else "Non-biased",
                "words": ["shameful", "ridiculous"] if at % 2 else [],
                "topic": f"topic {at // 4}",
            }
            for at in range(24)
        ],
    )
    put(
        tmp_path / "loaded_words" / "articles.jsonl.gz",
        [
            {
                "id": str(at),
                "text": f"{calm}.\n{loud}.",
                "spans": [
                    {"start": len(calm) + 6, "end": len(calm) + 14, "technique": "Loaded_Language"},
                ],
            }
            for at in range(3)
        ],
    )
    put(
        tmp_path / "clickbait" / "posts.jsonl.gz",
        [{"text": loud if at % 2 else calm, "strength": at % 2 * 0.8} for at in range(12)],
    )
    (tmp_path / "articles").mkdir()
    bodies = ["Frankly this whole scheme is a wicked joke and nothing else at all."] * 40
    reports = ["The board said on the day that the new road will open in the spring."] * 40
    table = {
        "outlet": ["Salon", "Townhall"] * 20 + ["Reuters"] * 40,
        "body": bodies + reports,
    }
    pq.write_table(pa.table(table), tmp_path / "articles" / "articles.parquet")

    for name in ("one", "two"):
        train(tmp_path, tmp_path / name)
    for file in ("loading.json", "loading_teasing.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    learned = json.loads((tmp_path / "one" / "loading.json").read_text(encoding="utf-8"))
    assert learned["words"]["wicked"][1] > 0 > learned["words"]["spring"][1]
    assert not SIDES & set(learned["words"])
