"""Numbers that Python and TypeScript make alike (fill.ts): a 32-bit integer hash of the name and the index."""

import numpy as np
import torch


def fnv1a(name: str) -> int:
    value = 0x811C9DC5
    for byte in name.encode("ascii"):
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def bits(name: str, count: int) -> np.ndarray:
    x = np.uint32(fnv1a(name)) + np.arange(count, dtype=np.uint32) * np.uint32(0x9E3779B9)
    x ^= x >> np.uint32(16)
    x *= np.uint32(0x7FEB352D)
    x ^= x >> np.uint32(15)
    x *= np.uint32(0x846CA68B)
    x ^= x >> np.uint32(16)
    return x


def fill(name: str, shape, low: float = -1.0, high: float = 1.0) -> torch.Tensor:
    """Uniform in [low, high), rounded to float32, as float64."""
    unit = bits(name, int(np.prod(shape))).astype(np.float64) / 2**32
    return torch.tensor((low + (high - low) * unit).astype(np.float32).astype(np.float64)).reshape(list(shape))


def signs(name: str, count: int) -> np.ndarray:
    return np.where(bits(name, count) >> np.uint32(31) == 0, 1.0, -1.0)


def digest(name: str, tensor: torch.Tensor, projections: int = 12) -> dict:
    """
    Norm, and sums with random signs: for an error e of the tensor, the mean square of the errors of such sums
    estimates |e|^2, so a few of them stand for the whole tensor.
    """
    flat = tensor.detach().double().flatten().numpy()
    sums = [float(flat @ signs(f"{name}/{k}", flat.size)) for k in range(projections)]
    return {"norm": float(np.linalg.norm(flat)), "sums": sums}


def rounded(value):
    """Eight digits of every number: more than float32 holds."""
    if isinstance(value, float):
        return float(f"{value:.8g}")
    if isinstance(value, list):
        return [rounded(item) for item in value]
    return {key: rounded(item) for key, item in value.items()} if isinstance(value, dict) else value
