"""Gaussian blur by SciPy. Usage: python test/golden/image/blur.py"""

import json
import pathlib

import numpy as np
from scipy.ndimage import gaussian_filter

rgb = np.random.default_rng(7).integers(0, 256, (9, 11, 3)).astype(float)
golden = {
    "width": 11,
    "height": 9,
    "pixels": rgb.ravel().astype(int).tolist(),
    "blurred": [
        {"sigma": sigma, "data": np.floor(gaussian_filter(rgb, (sigma, sigma, 0), mode="nearest") + 0.5).ravel().tolist()}
        for sigma in (0.4, 0.8, 2.5)
    ],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
