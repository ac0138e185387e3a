"""
Writes networks.json: loss, every gradient, running statistics, inference logits and heat maps of small networks, by
PyTorch in float64, on weights and pictures that both sides make alike (../onnx/fill.py).

    python test/golden/nn/networks.py
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from scipy.fft import dctn
from torch import nn

here = Path(__file__).parent
sys.path.insert(0, str(here.parent / "onnx"))
from fill import digest, fill, rounded  # noqa: E402
from models import Head, ResNet, SmallCnn, pictures, weights  # noqa: E402

BATCH = 8


class DctHistogram(nn.Module):
    """The transform by SciPy, block by block; the bins by torch, so that they have a gradient."""

    edges = [*(i + 0.5 for i in range(11)), 12.5, 15.5, 20.5, 30.5]

    def __init__(self, frequencies, sharpness, units):
        super().__init__()
        self.frequencies, self.sharpness = frequencies, sharpness
        self.head = Head(frequencies * 16, units)
        self.head.pool = lambda maps: (maps.mean((2, 3)) + 1e-4).sqrt()

    def features(self, x):
        luma = 255 * np.einsum("bchw,c->bhw", x.numpy(), [0.299, 0.587, 0.114]) - 128
        b, h, w = luma.shape
        blocks = luma[:, : h // 8 * 8, : w // 8 * 8].reshape(b, h // 8, 8, w // 8, 8).swapaxes(2, 3)
        order = sorted(range(64), key=lambda k: (k // 8 + k % 8, k))[: self.frequencies]
        c = dctn(blocks, axes=(3, 4), norm="ortho").reshape(b, h // 8, w // 8, 64)[..., order]
        size = torch.tensor(np.abs(c)).permute(0, 3, 1, 2)[:, :, None]
        above = [torch.ones_like(size)]
        above += [torch.sigmoid(self.sharpness * (size - edge)) for edge in self.edges]
        above += [torch.zeros_like(size)]
        bins = torch.cat([low - high for low, high in zip(above, above[1:])], 2)  # [b, f, bins, h, w]
        return bins.flatten(1, 2).requires_grad_(True)


class LogisticHead(nn.Module):
    def __init__(self, planes):
        super().__init__()
        self.norm = nn.BatchNorm1d(4 * planes)
        self.logit = nn.Linear(4 * planes, 1)

    def forward(self, maps, mask):
        uneven = (maps.var((2, 3), correction=0) + 1e-6).sqrt()
        return self.logit(self.norm(torch.cat([maps.mean((2, 3)), uneven], 1)))[:, 0]


class Logistic(nn.Module):
    """Cells by slicing, so that nothing of it is a pooling operator."""

    def __init__(self, cells):
        super().__init__()
        self.cells = cells
        self.head = LogisticHead(3)

    def features(self, x):
        b, c, h, w = x.shape
        down, right = h // self.cells, w // self.cells
        rows, columns = h // down, w // right
        cells = x[:, :, : rows * down, : columns * right].reshape(b, c, rows, down, columns, right)
        cells = cells.swapaxes(3, 4).flatten(4)
        maps = torch.cat([cells.mean(4), cells.var(4, correction=0).sqrt()], 1)
        return maps.requires_grad_(True)


def golden(architecture, options, module, height, width):
    module = module.double()
    weights(module)
    x = pictures(BATCH, height, width)
    labels = torch.tensor([i % 2 for i in range(BATCH)]).double()
    sample_weights = fill("weights", [BATCH], 0.5, 2)

    module.eval()
    maps = module.features(x)
    maps.retain_grad()
    logits = module.head(maps, None)
    logits.sum().backward()
    heat = F.relu((maps * maps.grad.mean((2, 3), keepdim=True)).sum(1))
    module.zero_grad()

    module.train()
    mask = (fill("mask", [BATCH, options.get("headUnits", 1)]) > 0).double() * 2
    losses = F.binary_cross_entropy_with_logits(module.head(module.features(x), mask), labels, reduction="none")
    loss = (losses * sample_weights).mean()
    loss.backward()
    gradients = {name: digest(f"d/{name}", p.grad) for name, p in module.named_parameters()}
    statistics = {n: digest(f"s/{n}", b) for n, b in module.named_buffers() if "running" in n}
    return {
        "architecture": {"name": architecture, "options": options},
        "input": {"channels": 3, "height": height, "width": width},
        "logits": logits.tolist(),
        "heatMap": {"shape": list(heat.shape), **digest("heat", heat)},
        "loss": loss.item(),
        "gradients": gradients,
        "statistics": statistics,
    }


cases = [
    golden("resnet50", {"version": v, "width": 0.125, "headUnits": 16}, ResNet(50, v, 0.125, 16), 64, 96)
    for v in ("v1", "v1.5")
] + [
    golden("resnet18", {"width": 0.125, "headUnits": 16}, ResNet(18, "v1.5", 0.125, 16), 64, 96),
    golden("smallcnn", {"width": 0.5, "headUnits": 16}, SmallCnn(0.5, 16), 48, 32),
    golden("dctHistogram", {"frequencies": 20, "sharpness": 4, "headUnits": 16}, DctHistogram(20, 4, 16), 52, 80),
    golden("logistic", {"cells": 5}, Logistic(5), 48, 32),
]
lines = ",\n".join(json.dumps(rounded(entry)) for entry in cases)
(here / "networks.json").write_text(f"[\n{lines}\n]\n")
