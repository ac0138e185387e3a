"""Share of ink by SciPy's extreme filters. Usage: python test/golden/representations/ink.py"""

import json
import pathlib

import numpy as np
from scipy.ndimage import maximum_filter, minimum_filter

height, width = 23, 31
rng = np.random.default_rng(8)
rgb = rng.integers(0, 256, (height, width, 3))
rgb[:, 16:] = 200 + rng.integers(0, 12, (height, width - 16, 3))  # nothing is written on the right


def planes(radius, floor):
    """[2, height, width]: share of ink, contrast; windows end at the picture's edges"""
    luma = rgb @ np.array([0.299, 0.587, 0.114])
    size = 2 * radius + 1
    high = maximum_filter(luma, size, mode="constant", cval=-1e9)
    low = minimum_filter(luma, size, mode="constant", cval=1e9)
    contrast = high - low
    share = np.where(contrast >= floor, 2 * (luma - low) / np.maximum(contrast, 1e-9) - 1, 0)
    return np.stack([share, contrast / 255])


cases = [{"radius": radius, "floor": floor} for radius, floor in ((8, 24), (2, 40), (3, 8))]
golden = {
    "width": width,
    "height": height,
    "pixels": rgb.ravel().tolist(),
    "cases": [{**case, "planes": np.round(planes(**case).ravel(), 6).tolist()} for case in cases],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
