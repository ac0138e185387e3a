"""
Writes torchvision.json: the pooled features of torchvision's own ResNet-50 and ResNet-18 at full width, in float64, on
weights and pictures that both sides make alike (../onnx/fill.py). Needs torch and torchvision.

    python test/golden/nn/torchvision.py
"""

import json
import sys
from pathlib import Path

import torch
from torch import nn
from torchvision import models

here = Path(__file__).parent
sys.path.insert(0, str(here.parent / "onnx"))
from fill import digest, fill, rounded  # noqa: E402

BATCH, SIDE = 4, 64


def weights(module: nn.Module) -> None:
    """As networks.py: He's uniform rule, scales and variances around 1, shifts and means around 0."""
    for name, tensor in module.state_dict().items():
        if name.endswith("num_batches_tracked") or name.startswith("fc."):
            continue
        limit = (6 / tensor[0].numel()) ** 0.5 if tensor.dim() > 1 else 0.2
        around = 1 if tensor.dim() == 1 and name.endswith(("weight", "running_var")) else 0
        tensor.copy_(fill(name, tensor.shape, around - limit, around + limit))


@torch.no_grad()
def golden(architecture, options):
    network = getattr(models, architecture)().double().eval()
    weights(network)
    network.fc = nn.Identity()
    pooled = network(fill("x", [BATCH, 3, SIDE, SIDE]))
    names = [name for name in network.state_dict() if not name.endswith("num_batches_tracked")]
    return {
        "architecture": {"name": architecture, "options": options},
        "input": {"channels": 3, "height": SIDE, "width": SIDE},
        "tensors": {name: list(network.state_dict()[name].shape) for name in names},
        "pooled": {"shape": list(pooled.shape), **digest("pooled", pooled)},
    }


cases = [golden("resnet50", {"version": "v1.5"}), golden("resnet18", {})]
lines = ",\n".join(json.dumps(rounded(entry), separators=(",", ":")) for entry in cases)
(here / "torchvision.json").write_text(f"[\n{lines}\n]\n")
