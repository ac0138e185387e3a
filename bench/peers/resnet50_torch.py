"""PyTorch's side of the training bench: see side.ts for what it is asked and answers.

Usage: python resnet50_torch.py SIZE BATCH THREADS

ResNet-50 as Keras has it (v1: a stage halves the size in its first 1x1 convolution), convolutions without biases,
in channels_last, which is PyTorch's faster layout on CPUs; the optimizer is the fused Adam, its fastest.
"""

import json
import sys
import time

import torch
from torch import nn

SIZE, BATCH, THREADS = (int(argument) for argument in sys.argv[1:])
torch.set_num_threads(THREADS)
torch.manual_seed(0)


def convolution(inputs, outputs, kernel, stride=1):
    """A convolution and its normalisation."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False),
        nn.BatchNorm2d(outputs, eps=1.001e-5),
    )


class Bottleneck(nn.Module):
    def __init__(self, inputs, channels, stride, project):
        super().__init__()
        self.reduce = convolution(inputs, channels, 1, stride)
        self.see = convolution(channels, channels, 3)
        self.widen = convolution(channels, 4 * channels, 1)
        self.shortcut = convolution(inputs, 4 * channels, 1, stride) if project else nn.Identity()
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        y = self.relu(self.reduce(x))
        y = self.relu(self.see(y))
        return self.relu(self.widen(y) + self.shortcut(x))


def resnet50():
    layers = [convolution(3, 64, 7, 2), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1)]
    inputs = 64
    for stage, (blocks, channels) in enumerate([(3, 64), (4, 128), (6, 256), (3, 512)]):
        for block in range(blocks):
            layers.append(Bottleneck(inputs, channels, 2 if stage > 0 and block == 0 else 1, block == 0))
            inputs = 4 * channels
    head = [
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.BatchNorm1d(2048),
        nn.Linear(2048, 256),
        nn.ReLU(inplace=True),
        nn.Dropout(0.5),
        nn.Linear(256, 1),
        nn.Flatten(0),
    ]
    return nn.Sequential(*layers, *head)


model = resnet50().to(memory_format=torch.channels_last)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-4, fused=True)
loss_function = nn.BCEWithLogitsLoss()
x = torch.randn(BATCH, 3, SIZE, SIZE).contiguous(memory_format=torch.channels_last)
labels = torch.arange(BATCH).remainder(2).float()


def train():
    model.train()
    optimizer.zero_grad(set_to_none=True)
    loss = loss_function(model(x), labels)
    loss.backward()
    optimizer.step()
    return loss.item()


def forward():
    model.eval()
    with torch.inference_mode():
        return model(x).sum().item()


work = {"train": train, "forward": forward}
parameters = sum(parameter.numel() for parameter in model.parameters())
print(json.dumps({"versions": f"PyTorch {torch.__version__}", "parameters": parameters}), flush=True)
for line in sys.stdin:
    kind, steps = line.split()
    seconds = []
    for _ in range(int(steps)):
        start = time.perf_counter()
        work[kind]()
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"seconds": seconds}), flush=True)
