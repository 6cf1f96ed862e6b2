"""Learning, on a network of a few thousand weights: only where torch is installed (extra: train)."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="LEARNING NOT TESTED: torch is not installed (extra: train)")
transformers = pytest.importorskip(
    "transformers", reason="LEARNING NOT TESTED: no transformers (extra: train)"
)

from sensational.training.verifier import learn as learning  # noqa: E402
from sensational.training.verifier import reader as reading  # noqa: E402
from sensational.training.verifier.examples import (  # noqa: E402
    ANY_KIND,
    NOT_SUPPORTED,
    Example,
    Span,
    one_verdict,
)
from sensational.training.verifier.learn import Stage, hide, learn  # noqa: E402
from sensational.training.verifier.losses import LOSS, loss_of  # noqa: E402
from sensational.training.verifier.network import Network  # noqa: E402
from sensational.training.verifier.reader import Reader, batches, tensors  # noqa: E402
from sensational.verifier.wordpieces import MASK, vocabulary  # noqa: E402

BODY = "The mayor lost the vote on Monday. It rained all day in Pellworth, and the harbour was shut."
EXAMPLES = [
    Example("mayor humiliated in vote", BODY,
            (Span(6, 16, one_verdict("weaker"), kind="emotion", evidence=((0, 34),), pointed=True),),
            0.25, True, 0.4),
    Example("harbour shut", BODY, (), 0.25, True, 0.0, stance=0),
    Example("bridge falls", BODY, (Span(0, 12, one_verdict("absent"), kind="force", pointed=True),),
            0.2, True, 0.9),
    Example("a man sleeps", "A man rests.", entailment=0),
    Example("mayor humiliated", "", (Span(6, 16, one_verdict("weaker"), False, kind="emotion"),), kinds=True),
] * 3  # fmt: skip


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the shape of a very small BERT."""
    folder = tmp_path_factory.mktemp("base")
    transformers.BertConfig(
        vocab_size=len(vocabulary()), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, max_position_embeddings=512,
    ).save_pretrained(folder)  # fmt: skip
    return folder


def network(base: Path) -> Network:
    torch.manual_seed(7)
    return Network(base, pretrained=False)


def stage(passes: int = 2) -> Stage:
    return Stage("tiny", passes, lambda pick: pick.sample(EXAMPLES, len(EXAMPLES)), budgets=(60,))


def weights(one: Network) -> dict[str, object]:
    return {name: value.clone() for name, value in one.state_dict().items()}


def same(one: dict[str, object], other: dict[str, object]) -> bool:
    return all(torch.equal(one[name], other[name]) for name in one)


def test_a_batch_gives_every_loss(base: Path) -> None:
    reader = Reader()
    ready = [reader.ready(example, 60) for example in EXAMPLES[:5]]
    given = tensors([one.inputs for one in ready])
    sizes = [len(one.inputs.ids) for one in ready]
    assert given["mask"].sum(1).tolist() == sizes
    losses = loss_of(network(base)(**given), ready)
    assert set(losses) == set(LOSS) - {"flawed", "loaded", "contrast"}
    assert all(torch.isfinite(loss) for loss in losses.values())


def losses_of(base: Path, *examples: Example) -> dict[str, float]:
    reader = Reader()
    ready = [reader.ready(example, 60) for example in examples]
    out = network(base)(**tensors([one.inputs for one in ready]))
    return {name: loss.item() for name, loss in loss_of(out, ready, balances=True).items()}


def test_of_a_flawed_headline_some_word_is_not_supported(base: Path) -> None:
    found = losses_of(base, Example("a man sleeps", "A man rests.", flawed=True))
    assert set(found) == {"flawed"}
    assert found["flawed"] > 0


def test_a_loaded_word_of_no_known_kind_has_a_loss_of_its_own(base: Path) -> None:
    span = Span(6, 16, NOT_SUPPORTED, exact=False, kind=ANY_KIND)
    found = losses_of(base, Example("mayor humiliated", "", (span,)))
    assert set(found) == {"loaded"}
    assert found["loaded"] > 0


def test_two_bodies_of_a_headline_are_set_apart(base: Path) -> None:
    def over(body: str, verdict: str, divergence: float) -> Example:
        return Example("bridge falls", body, (Span(0, 12, one_verdict(verdict)),), divergence=divergence)

    supported, absent = over("The bridge fell.", "supported", 0.0), over("It rained.", "absent", 0.9)
    assert "contrast" in losses_of(base, supported, absent)
    assert "contrast" not in losses_of(base, supported, over("The bridge has fallen.", "supported", 0.0))
    assert "contrast" not in losses_of(base, supported, Example("other words", "It rained.", divergence=0.9))


def test_what_is_not_known_has_no_loss(base: Path) -> None:
    ready = [Reader().ready(Example("a man sleeps", "A man rests.", entailment=0), 60)]
    assert set(loss_of(network(base)(**tensors([ready[0].inputs])), ready)) == {"entailment"}


def test_targets_stand_at_the_words_of_their_span() -> None:
    ready = Reader().ready(EXAMPLES[0], 60)
    names = [EXAMPLES[0].headline[piece.start : piece.end] for piece in ready.inputs.headline]
    loaded = [
        name for name, kind in zip(names, ready.kind, strict=True) if kind != reading.KIND_NUMBERS["none"]
    ]
    assert "".join(loaded) == "humiliated"
    assert ready.begins.sum() == 1
    assert ready.begins[names.index("mayor") + 1] == 1
    ((pieces, right),) = ready.pointers
    assert len(pieces) == len(loaded)
    assert [ready.inputs.sentences[at] for at in right] == [0]


def test_batches_hold_every_example_once() -> None:
    found = batches(EXAMPLES, (60, 90), random.Random(3))  # noqa: S311
    assert sorted(example.headline for batch in found for example, _ in batch) == sorted(
        example.headline for example in EXAMPLES
    )
    assert found == batches(EXAMPLES, (60, 90), random.Random(3))  # noqa: S311


def test_the_bodies_of_a_headline_can_stand_side_by_side() -> None:
    bodies = [Example(f"headline {n % 20}", "Some words. " * n, divergence=0.1) for n in range(60)]
    found = batches(bodies, (90,), random.Random(3), together=True)  # noqa: S311
    order = [example.headline for batch in found for example, _ in batch]
    assert sorted(order) == sorted(one.headline for one in bodies)
    in_batches = [[example.headline for example, _ in batch] for batch in found]
    assert all(b == sorted(b, key=b.index) for b in in_batches), "no other headline stands between"


def test_learning_moves_the_weights_and_is_the_same_for_a_seed(base: Path, tmp_path: Path) -> None:
    one, other = network(base), network(base)
    before = weights(one)
    learn(one, [stage()], tmp_path / "one", seed=3)
    learn(other, [stage()], tmp_path / "other", seed=3)
    assert not same(before, weights(one))
    assert same(weights(one), weights(other))
    assert same(torch.load(tmp_path / "one" / "tiny.pt", weights_only=True), weights(one))


def test_an_interrupted_run_goes_on_to_the_same_weights(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PIECES_PER_BATCH", 120)
    stages = [stage(), Stage("more", 1, stage().examples, budgets=(60,))]
    whole, stopped, resumed = network(base), network(base), network(base)
    learn(whole, stages, tmp_path / "whole", seed=5, every=0)

    saved = learning._save
    count = 0

    def save_and_stop(*arguments: object) -> None:
        nonlocal count
        saved(*arguments)  # type: ignore[arg-type]
        count += 1
        if count == 5:
            raise KeyboardInterrupt

    monkeypatch.setattr(learning, "_save", save_and_stop)
    with pytest.raises(KeyboardInterrupt):
        learn(stopped, stages, tmp_path / "run", seed=5, every=0)
    monkeypatch.setattr(learning, "_save", saved)
    learn(resumed, stages, tmp_path / "run", seed=5, every=0)
    assert same(weights(resumed), weights(whole))
    assert not list((tmp_path / "run").glob("*.part"))


def test_the_log_is_lines_of_json(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PIECES_PER_BATCH", 40)
    monkeypatch.setattr(learning, "LOGGED", 2)
    learn(network(base), [stage(4)], tmp_path, seed=1)
    rows = [json.loads(line) for line in (tmp_path / "losses.jsonl").read_text().splitlines()]
    assert [row["step"] for row in rows] == list(range(2, rows[-1]["of"] + 1, 2))


def test_only_words_of_the_body_are_hidden() -> None:
    given = tensors([Reader().ready(one, 60).inputs for one in EXAMPLES])
    chance = torch.Generator().manual_seed(1)
    kept, gone = hide(given, 0.0, chance), hide(given, 1.0, chance)
    assert torch.equal(kept["ids"], given["ids"])
    body = (given["parts"] == 1) & (given["ids"] > MASK)
    assert (gone["ids"][body] == MASK).all()
    assert torch.equal(gone["ids"][~body], given["ids"][~body])
