"""A tensor's direction in 64 numbers, for the angle between it and another one (sketch.ts)."""

import numpy as np
import torch
from fill import fill

SUMS = 64


def sketch(name: str, tensor: torch.Tensor) -> dict:
    """
    The norm, and 64 sums of the unit vector: each of its numbers goes, with a random sign, into a random one of them.
    In millionths.
    """
    flat = tensor.detach().double().flatten().numpy()
    norm = float(np.linalg.norm(flat))
    place = fill(f"sketch/{name}", [flat.size], -SUMS, SUMS).numpy()
    bucket = np.minimum(np.abs(place).astype(int), SUMS - 1)
    sums = np.bincount(bucket, np.where(place < 0, -flat, flat) / norm, SUMS)
    return {"norm": norm, "sums": [round(1e6 * value) for value in sums]}
