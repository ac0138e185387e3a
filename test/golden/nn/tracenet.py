"""
Writes tracenet.json: loss over rows and cells, every gradient, running statistics, logits and maps of tracenet, by
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
OPTIONS = {"width": 0.5, "depth": 1, "context": True, "momentum": 0.9}


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
    def __init__(self, width):
        super().__init__()
        inputs = 3
        for i, base in enumerate([16, 32, 64, 96]):
            channels = round(base * width)
            setattr(self, f"conv{i + 1}", nn.Conv2d(inputs, channels, 3, 1 if i == 0 else 2, 1, bias=False))
            setattr(self, f"bn{i + 1}", nn.BatchNorm2d(channels))
            if i > 0:
                setattr(self, f"block{i + 1}", nn.Sequential(Residual(channels, 2 if i == 3 else 1)))
            inputs = channels
        self.context = Context(inputs)
        self.block5 = nn.Sequential(Residual(inputs, 2))
        self.head = MapHead(inputs)

    def forward(self, x):
        for i in range(1, 5):
            x = F.relu(getattr(self, f"bn{i}")(getattr(self, f"conv{i}")(x)))
            x = x if i == 1 else getattr(self, f"block{i}")(x)
        return self.head(self.block5(self.context(x)))


module = Tracenet(OPTIONS["width"]).double()
weights(module)
x = pictures(BATCH, HEIGHT, WIDTH)

module.eval()
with torch.no_grad():
    logits, cells = module(x)
out = {
    "architecture": {"name": "tracenet", "options": OPTIONS},
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
(here / "tracenet.json").write_text(json.dumps(rounded(out)) + "\n")
