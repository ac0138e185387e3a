"""
Writes exactness.json: the gradient of every parameter of ResNet-50 at full width, by PyTorch in float64, as sketches
(sketch.py), and beside each how far PyTorch's own float32 is from it. Takes ten minutes on two cores.

    python test/golden/nn/exactness.py
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F
from models import ResNet, fill, pictures, weights
from sketch import sketch

here = Path(__file__).parent
BATCH, SIDE, UNITS = 16, 64, 256


def backward(version, dtype):
    network = ResNet(50, version, 1, UNITS).double()
    weights(network)
    network = network.to(dtype).train()
    x = pictures(BATCH, SIDE, SIDE).to(dtype)
    labels = torch.tensor([i % 2 for i in range(BATCH)]).to(dtype)
    mask = ((fill("mask", [BATCH, UNITS]) > 0) * 2).to(dtype)
    loss = F.binary_cross_entropy_with_logits(network.head(network.features(x), mask), labels)
    loss.backward()
    return loss.item(), {name: p.grad.double().flatten() for name, p in network.named_parameters()}


def gap(a, b):
    """1 - cosine, by the difference of the unit vectors, so that nothing cancels."""
    return float(f"{((a / a.norm() - b / b.norm()) ** 2).sum().item() / 2:.3g}")


def golden(version):
    loss, gradients = backward(version, torch.float64)
    loss32, gradients32 = backward(version, torch.float32)
    gaps = {name: gap(gradient, gradients32[name]) for name, gradient in gradients.items()}
    norms = {name: (gradients32[name].norm() / gradient.norm()).item() - 1 for name, gradient in gradients.items()}
    worst = max(gaps, key=gaps.get)
    worst_norm = max(norms, key=lambda name: abs(norms[name]))
    print(version, f"loss {loss}, float32 {loss32 / loss - 1:.1e} off")
    print(f"  float32: 1 - cosine {gaps[worst]} at {worst}, norm {norms[worst_norm]:.1e} off at {worst_norm}")
    return {
        "architecture": {"name": "resnet50", "options": {"version": version, "headUnits": UNITS}},
        "input": {"channels": 3, "height": SIDE, "width": SIDE},
        "batch": BATCH,
        "loss": loss,
        "gradients": {name: {**sketch(name, gradient), "float32": gaps[name]} for name, gradient in gradients.items()},
    }


def rounded(entry):
    return {key: float(f"{value:.8g}") if key == "norm" else value for key, value in entry.items()}


cases = [golden(version) for version in ("v1", "v1.5")]
for case in cases:
    case["gradients"] = {name: rounded(entry) for name, entry in case["gradients"].items()}
lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
(here / "exactness.json").write_text(f"[\n{lines}\n]\n")
