"""Writes losses.json: losses of single logits and their gradients by PyTorch in float64.

Usage: python losses.py   (needs torch)
"""

import json
import pathlib

import torch
from torch.nn import functional

LOGITS = [-100.0, -20.0, -3.5, -1.0, -0.125, 0.0, 0.25, 1.0, 2.75, 20.0, 100.0]


def cross_entropy(logits, labels, smoothing):
    # PyTorch smooths over classes, so the binary loss is asked as one of two classes with logits (0, z).
    classes = torch.stack([torch.zeros_like(logits), logits], dim=1)
    return functional.cross_entropy(classes, labels.long(), label_smoothing=smoothing, reduction="none")


def focal(logits, labels, gamma):
    plain = functional.binary_cross_entropy_with_logits(logits, labels, reduction="none")
    return (1 - torch.exp(-plain)) ** gamma * plain if gamma > 0 else plain


def case(name, options, loss):
    logits = torch.tensor(LOGITS * 2, dtype=torch.float64, requires_grad=True)
    labels = torch.tensor([0.0] * len(LOGITS) + [1.0] * len(LOGITS), dtype=torch.float64)
    values = loss(logits, labels)
    values.sum().backward()
    return {
        "name": name,
        "options": options,
        "logits": logits.tolist(),
        "labels": labels.tolist(),
        "losses": values.tolist(),
        "gradients": logits.grad.tolist(),
    }


golden = {
    "torch": torch.__version__,
    "cases": [
        case(
            "crossEntropy",
            {},
            lambda z, y: functional.binary_cross_entropy_with_logits(z, y, reduction="none"),
        ),
        case("crossEntropy", {"labelSmoothing": 0.1}, lambda z, y: cross_entropy(z, y, 0.1)),
        case("crossEntropy", {"labelSmoothing": 0.5}, lambda z, y: cross_entropy(z, y, 0.5)),
        case("focal", {}, lambda z, y: focal(z, y, 1.5)),
        case("focal", {"gamma": 2}, lambda z, y: focal(z, y, 2)),
        case(
            "logitAdjusted",
            {"shift": -2.25},
            lambda z, y: functional.binary_cross_entropy_with_logits(z - 2.25, y, reduction="none"),
        ),
    ],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
