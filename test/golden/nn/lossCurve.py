"""
Writes lossCurve.json: the loss of each of 200 steps of a small network under Adam, by PyTorch in float64, from weights
and batches that both sides make alike (../onnx/fill.py); and how far PyTorch's own float32 goes away from it, as it is
and from weights that are one rounding away.

    python test/golden/nn/lossCurve.py
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F
from models import SmallCnn, fill, weights

here = Path(__file__).parent
STEPS, BATCH, SIDE, UNITS, RATE = 200, 16, 32, 64, 3e-5


def batch(step):
    """Noise; the fakes have stripes besides, of which some are too faint to be found, so that the loss stays above 0."""
    labels = (fill(f"labels/{step}", [BATCH]) > 0).double()
    strength = labels * fill(f"strength/{step}", [BATCH], 0, 0.5)
    stripes = torch.tensor([1.0 if column & 2 else -1.0 for column in range(SIDE)]).double()
    noise = fill(f"noise/{step}", [BATCH, 3, SIDE, SIDE])
    return (noise + strength[:, None, None, None] * stripes).float().double(), labels


def curve(dtype, start=0):
    network = SmallCnn(1, UNITS).double()
    with torch.no_grad():
        weights(network)
        for name, weight in network.named_parameters():
            if start > 0:
                weight *= 1 + 2.0**-23 * fill(f"{start}/{name}", weight.shape)
    network = network.to(dtype).train()
    adam = torch.optim.Adam(network.parameters(), RATE)
    losses = []
    for step in range(STEPS):
        x, labels = (tensor.to(dtype) for tensor in batch(step))
        loss = F.binary_cross_entropy_with_logits(network.head(network.features(x), None), labels)
        adam.zero_grad()
        loss.backward()
        adam.step()
        losses.append(loss.item())
    return torch.tensor(losses).double()


def distance(losses, exact):
    """Largest relative error of the first 50 steps, and mean absolute error of all."""
    errors = (losses - exact).abs()
    start = (errors / exact)[:50].max().item()
    return {"start": float(f"{start:.2g}"), "mean": float(f"{errors.mean().item():.2g}")}


exact = curve(torch.float64)
golden = {
    "network": {
        "architecture": {"name": "smallcnn", "options": {"headUnits": UNITS, "dropout": 0}},
        "input": {"channels": 3, "height": SIDE, "width": SIDE},
    },
    "batch": BATCH,
    "learningRate": RATE,
    "losses": [float(f"{loss:.8g}") for loss in exact.tolist()],
    "float32": [distance(curve(torch.float32, start), exact) for start in range(4)],
}
print(golden["float32"], golden["losses"][:5], golden["losses"][-5:])
(here / "lossCurve.json").write_text(json.dumps(golden) + "\n")
