"""
Writes tracenet.json, for both first layers: loss over rows and cells, every gradient, running statistics, logits and maps of tracenet, by
PyTorch in float64, on weights and pictures that both sides make alike (../onnx/fill.py).

    python test/golden/nn/tracenet.py
"""

import json
import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

here = Path(__file__).parent
sys.path.insert(0, str(here.parent / "onnx"))
from fill import digest, fill, rounded  # noqa: E402
from models import pictures, weights  # noqa: E402

BATCH, HEIGHT, WIDTH, MAP_WEIGHT = 4, 32, 48, 2
CHANNELS = [[8, 16, 32, 48], [0, 16, 32, 48]]


class Residual(nn.Module):
    def __init__(self, channels, convolutions):
        super().__init__()
        self.convolutions = convolutions
        for i in range(1, convolutions + 1):
            setattr(self, f"conv{i}", nn.Conv2d(channels, channels, 3, 1, 1, bias=False))
            setattr(self, f"bn{i}", nn.BatchNorm2d(channels))

    def forward(self, x):
        y = x
        for i in range(1, self.convolutions + 1):
            y = getattr(self, f"bn{i}")(getattr(self, f"conv{i}")(y))
            y = F.relu(y + x if i == self.convolutions else y)
        return y


class Context(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(channels, channels, 1, 1))
        self.bias = nn.Parameter(torch.zeros(1, channels, 1, 1))

    def forward(self, x):
        return F.relu(x + F.conv2d(x.mean((2, 3), keepdim=True), self.weight) + self.bias)


class MapHead(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.map = nn.Module()
        self.map.weight = nn.Parameter(torch.zeros(1, channels, 1, 1))
        self.map.bias = nn.Parameter(torch.zeros(1, 1, 1, 1))
        self.slope = nn.Parameter(torch.zeros(1))
        self.offset = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        cells = (F.conv2d(x, self.map.weight) + self.map.bias)[:, 0]
        pooled = torch.logsumexp(cells.flatten(1), 1) - torch.log(torch.tensor(cells[0].numel()))
        return pooled * self.slope + self.offset, cells


class Tracenet(nn.Module):
    def __init__(self, channels):
        super().__init__()
        inputs = 3
        self.first = 1 if channels[0] > 0 else 2
        for i, outputs in enumerate(channels, start=1):
            if i < self.first:
                continue
            kernel = 5 if self.first == i == 2 else 3
            setattr(self, f"conv{i}", nn.Conv2d(inputs, outputs, kernel, min(i, 2), kernel // 2, bias=False))
            setattr(self, f"bn{i}", nn.BatchNorm2d(outputs))
            if i > 1:
                setattr(self, f"block{i}", nn.Sequential(Residual(outputs, 2 if i == 4 else 1)))
            inputs = outputs
        self.context = Context(inputs)
        self.block5 = nn.Sequential(Residual(inputs, 2))
        self.head = MapHead(inputs)

    def forward(self, x):
        for i in range(self.first, 5):
            x = F.relu(getattr(self, f"bn{i}")(getattr(self, f"conv{i}")(x)))
            x = x if i == 1 else getattr(self, f"block{i}")(x)
        return self.head(self.block5(self.context(x)))

def golden(channels):
    module = Tracenet(channels).double()
    weights(module)
    x = pictures(BATCH, HEIGHT, WIDTH)

    module.eval()
    with torch.no_grad():
        logits, cells = module(x)
    out = {
        "architecture": {
            "name": "tracenet",
            "options": {"channels": channels, "depth": 1, "context": True, "momentum": 0.9},
        },
        "input": {"channels": 3, "height": HEIGHT, "width": WIDTH},
        "mapWeight": MAP_WEIGHT,
        "logits": logits.tolist(),
        "map": {"shape": list(cells.shape), **digest("map", cells)},
    }

    module.train()
    labels = torch.tensor([i % 2 for i in range(BATCH)]).double()
    row_weights = fill("weights", [BATCH], 0.5, 2)
    edited = (fill("edited", list(cells.shape)) > 0).double()
    cell_weights = fill("cellWeights", list(cells.shape), 0, 1)
    logits, cells = module(x)
    of_rows = F.binary_cross_entropy_with_logits(logits, labels, reduction="none") * row_weights
    of_cells = F.binary_cross_entropy_with_logits(cells, edited, reduction="none") * cell_weights
    loss = of_rows.mean() + MAP_WEIGHT * of_cells.mean()
    loss.backward()
    out["loss"] = loss.item()
    out["gradients"] = {name: digest(f"d/{name}", p.grad) for name, p in module.named_parameters()}
    out["statistics"] = {n: digest(f"s/{n}", b) for n, b in module.named_buffers() if "running" in n}
    return out


(here / "tracenet.json").write_text(json.dumps(rounded([golden(channels) for channels in CHANNELS])) + "\n")
