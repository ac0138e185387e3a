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

BATCH = 8


class Head(nn.Module):
    pool = staticmethod(lambda maps: maps.mean((2, 3)))

    def __init__(self, channels, units):
        super().__init__()
        self.norm = nn.BatchNorm1d(channels)
        self.dense = nn.Linear(channels, units)
        self.logit = nn.Linear(units, 1)

    def forward(self, maps, mask):
        hidden = F.relu(self.dense(self.norm(self.pool(maps))))
        return self.logit(hidden if mask is None else hidden * mask)[:, 0]


class Bottleneck(nn.Module):
    def __init__(self, inputs, channels, stride, project, version, eps):
        super().__init__()
        first, second = (stride, 1) if version == "v1" else (1, stride)
        self.conv1 = nn.Conv2d(inputs, channels, 1, first, bias=False)
        self.bn1 = nn.BatchNorm2d(channels, eps=eps)
        self.conv2 = nn.Conv2d(channels, channels, 3, second, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels, eps=eps)
        self.conv3 = nn.Conv2d(channels, 4 * channels, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(4 * channels, eps=eps)
        self.downsample = None
        if project:
            fit = nn.Conv2d(inputs, 4 * channels, 1, stride, bias=False)
            self.downsample = nn.Sequential(fit, nn.BatchNorm2d(4 * channels, eps=eps))

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = F.relu(self.bn2(self.conv2(y)))
        y = self.bn3(self.conv3(y))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)))


class BasicBlock(nn.Module):
    def __init__(self, inputs, channels, stride, eps):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, channels, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels, eps=eps)
        self.conv2 = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels, eps=eps)
        self.downsample = None
        if stride > 1 or inputs != channels:
            fit = nn.Conv2d(inputs, channels, 1, stride, bias=False)
            self.downsample = nn.Sequential(fit, nn.BatchNorm2d(channels, eps=eps))

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)))


class ResNet(nn.Module):
    def __init__(self, layers, version, width, units):
        super().__init__()
        eps = 1.001e-5 if version == "v1" else 1e-5
        scaled = lambda channels: max(1, round(channels * width))
        self.conv1 = nn.Conv2d(3, scaled(64), 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(scaled(64), eps=eps)
        inputs = scaled(64)
        for stage, blocks in enumerate([3, 4, 6, 3] if layers == 50 else [2, 2, 2, 2]):
            channels = scaled(64 * 2**stage)
            outputs = channels * (4 if layers == 50 else 1)
            made = []
            for block in range(blocks):
                stride = 2 if block == 0 and stage > 0 else 1
                if layers == 50:
                    made.append(Bottleneck(inputs, channels, stride, block == 0, version, eps))
                else:
                    made.append(BasicBlock(inputs, channels, stride, eps))
                inputs = outputs
            setattr(self, f"layer{stage + 1}", nn.Sequential(*made))
        self.head = Head(inputs, units)

    def features(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        return self.layer4(self.layer3(self.layer2(self.layer1(x))))


class SmallCnn(nn.Module):
    def __init__(self, width, units):
        super().__init__()
        inputs = 3
        for i, base in enumerate([16, 32, 64, 128, 128]):
            channels = max(1, round(base * width))
            setattr(self, f"conv{i + 1}", nn.Conv2d(inputs, channels, 3, 1, 1, bias=False))
            setattr(self, f"bn{i + 1}", nn.BatchNorm2d(channels))
            inputs = channels
        self.head = Head(inputs, units)

    def features(self, x):
        for i in range(1, 6):
            x = x if i == 1 else F.max_pool2d(x, 2)
            x = F.relu(getattr(self, f"bn{i}")(getattr(self, f"conv{i}")(x)))
        return x


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


def weights(module: nn.Module) -> None:
    """Weights by He's uniform rule, scales and variances around 1, shifts and means around 0."""
    for name, tensor in module.state_dict().items():
        if name.endswith("num_batches_tracked"):
            continue
        limit = (6 / tensor[0].numel()) ** 0.5 if tensor.dim() > 1 else 0.2
        around = 1 if tensor.dim() == 1 and name.endswith(("weight", "running_var")) else 0
        tensor.copy_(fill(name, tensor.shape, around - limit, around + limit))


def golden(architecture, options, module, height, width):
    module = module.double()
    weights(module)
    x = fill("x", [BATCH, 3, height, width])
    # Pictures that differ in contrast and brightness, so that the head's normalisation has something to tell apart.
    contrast = torch.linspace(0.25, 2, BATCH).double()
    x = (x * contrast[:, None, None, None] + contrast[:, None, None, None]).float().double()
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
