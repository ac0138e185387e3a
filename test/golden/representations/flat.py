"""Clipped neighbour differences by NumPy. Usage: python test/golden/representations/flat.py"""

import json
import pathlib

import numpy as np

height, width = 7, 9
rgb = np.random.default_rng(6).integers(100, 112, (height, width, 3))


def planes(distance, clip):
    """[6, height, width]: right for r, g, b, then down for r, g, b; 0 where the neighbour would lie outside"""
    right, down = np.zeros_like(rgb), np.zeros_like(rgb)
    right[:, :-distance] = rgb[:, distance:] - rgb[:, :-distance]
    down[:-distance] = rgb[distance:] - rgb[:-distance]
    both = np.concatenate([right, down], axis=2).transpose(2, 0, 1)
    return np.clip(both, -clip, clip) / clip


cases = [{"distance": distance, "clip": clip} for distance, clip in ((2, 3), (1, 1), (4, 8))]
golden = {
    "width": width,
    "height": height,
    "pixels": rgb.ravel().tolist(),
    "cases": [{**case, "planes": np.round(planes(**case).ravel(), 9).tolist()} for case in cases],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
