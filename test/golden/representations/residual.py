"""The SRM kernels by SciPy. Usage: python test/golden/representations/residual.py"""

import json
import pathlib

import numpy as np
from scipy.ndimage import correlate

square3 = np.array([[-1, 2, -1], [2, -4, 2], [-1, 2, -1]]) / 4
kv = np.array([[-1, 2, -2, 2, -1], [2, -6, 8, -6, 2], [-2, 8, -12, 8, -2], [2, -6, 8, -6, 2], [-1, 2, -2, 2, -1]]) / 12
row = np.array([[1, -2, 1]]) / 2

height, width, clip = 7, 9, 3
rgb = np.random.default_rng(5).integers(100, 130, (height, width, 3))
luma = rgb @ [0.299, 0.587, 0.114]
planes = [np.clip(correlate(luma, kernel, mode="nearest"), -clip, clip) / clip for kernel in (square3, kv, row)]
golden = {
    "width": width,
    "height": height,
    "pixels": rgb.ravel().tolist(),
    "planes": np.round(np.stack(planes).ravel(), 9).tolist(),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
