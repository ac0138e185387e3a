"""The networks of src/nn/architectures in PyTorch, with the same names, and weights that both sides make alike."""

import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

sys.path.insert(0, str(Path(__file__).parent.parent / "onnx"))
from fill import fill  # noqa: E402


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


def weights(module: nn.Module) -> None:
    """Weights by He's uniform rule, scales and variances around 1, shifts and means around 0."""
    for name, tensor in module.state_dict().items():
        if name.endswith("num_batches_tracked"):
            continue
        limit = (6 / tensor[0].numel()) ** 0.5 if tensor.dim() > 1 else 0.2
        around = 1 if tensor.dim() == 1 and name.endswith(("weight", "running_var")) else 0
        tensor.copy_(fill(name, tensor.shape, around - limit, around + limit))


def pictures(batch: int, height: int, width: int) -> torch.Tensor:
    """Pictures that differ in contrast and brightness, so that the head's normalisation has something to tell apart."""
    x = fill("x", [batch, 3, height, width])
    contrast = torch.linspace(0.25, 2, batch).double()
    return (x * contrast[:, None, None, None] + contrast[:, None, None, None]).float().double()
