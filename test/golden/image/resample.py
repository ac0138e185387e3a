"""Pillow's resize: mode F for float planes, mode RGB for 8 bits. Usage: python test/golden/image/resample.py"""

import json
import pathlib

import numpy as np
from PIL import Image

kernels = {
    "nearest": Image.Resampling.NEAREST,
    "box": Image.Resampling.BOX,
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "lanczos": Image.Resampling.LANCZOS,
}
random = np.random.default_rng(3)
plane = random.normal(0, 1, (11, 14)).astype(np.float32)
sizes = [(29, 23), (5, 4), (20, 3), (14, 7), (1, 1), (14, 11)]
rgb = random.integers(0, 256, (10, 12, 3)).astype(np.uint8)


def resized(width, height, kernel):
    values = np.asarray(Image.fromarray(plane).resize((width, height), kernels[kernel]))
    return {"width": width, "height": height, "kernel": kernel, "data": [float(f"{v:.7g}") for v in values.ravel()]}


golden = {
    "plane": {"width": 14, "height": 11, "data": [float(v) for v in plane.ravel()]},
    "resized": [resized(*size, kernel) for kernel in kernels for size in sizes],
    "pixels": {"width": 12, "height": 10, "data": rgb.ravel().tolist()},
    "smaller": {
        kernel: np.asarray(Image.fromarray(rgb).resize((7, 6), kernels[kernel])).ravel().tolist() for kernel in kernels
    },
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
