"""The trained network as the file that is shipped: ONNX, its weights in eight bits."""

from __future__ import annotations

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from torch import Tensor, nn

from sensational.training.verifier.network import Network

OPSET = 17
OUTPUTS = ("verdicts", "kinds", "begins", "divergence", "stances", "pointer", "nowhere")


class _Shipped(nn.Module):
    """The network for one article, with probabilities for logits and without what only training needs."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, parts: Tensor, match: Tensor, quoted: Tensor) -> tuple[Tensor, ...]:
        out = self.network(ids, parts, match, quoted)
        return (
            out["verdict"].softmax(-1)[0],
            out["kind"].softmax(-1)[0],
            out["begins"].sigmoid()[0],
            out["divergence"].sigmoid()[0],
            out["stance"].softmax(-1)[0],
            out["pointer"][0],
            out["nowhere"][0],
        )


def export(weights: Path, base: Path, file: Path) -> None:
    """Writes the trained weights as ``file``, in ONNX, quantised dynamically to eight bits, per channel.

    Beside it, its SHA-256, without which it is not read.

    Args:
        weights: what ``recipe.train`` gave.
        base: the unpacked base model, for its shape.
        file: what is written.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    network = Network(base, pretrained=False)
    network.load_state_dict(torch.load(weights, weights_only=True))
    network.eval()
    names = ("ids", "parts", "match", "quoted")
    example = tuple(torch.ones((1, 32), dtype=torch.long) for _ in names)
    with TemporaryDirectory() as folder:
        full, ready = Path(folder) / "full.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            _Shipped(network).eval(), example, str(full), input_names=names, output_names=OUTPUTS,
            dynamic_axes={name: {1: "pieces"} for name in names}, opset_version=OPSET, dynamo=False,
        )  # fmt: skip
        quant_pre_process(str(full), str(ready), skip_symbolic_shape=True)
        # Seven bits of range: on processors without VNNI the products of eight would overflow.
        quantize_dynamic(
            str(ready), str(file), per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
        )
    file.with_suffix(".sha256").write_text(
        hashlib.sha256(file.read_bytes()).hexdigest() + "\n", encoding="ascii"
    )
