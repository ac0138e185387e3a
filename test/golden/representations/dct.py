"""Block DCT by SciPy from pixels, by libjpeg from a file. Build ../image/coefficients.c first, then:

    python test/golden/representations/dct.py ./coefficients
"""

import base64
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
from PIL import Image
from scipy.fft import dctn

height, width, clip = 19, 26, 20
y, x = np.mgrid[:height, :width]
rgb = np.stack([90 + 4 * x, 200 - 6 * y, 128 + 40 * np.sin(x * y / 9)], axis=2)
rgb[10:, 11:] += np.random.default_rng(8).normal(0, 9, rgb[10:, 11:].shape)
rgb = np.clip(rgb, 0, 255).astype(np.uint8)


def spread(blocks):
    """[high, wide, 8, 8] -> [height, width]"""
    high, wide = blocks.shape[:2]
    return blocks.transpose(0, 2, 1, 3).reshape(8 * high, 8 * wide)[:height, :width]


luma = rgb.astype(np.float64) @ [0.299, 0.587, 0.114] - 128
padded = np.pad(luma, ((0, -height % 8), (0, -width % 8)), mode="symmetric")
blocks = padded.reshape(padded.shape[0] // 8, 8, -1, 8).transpose(0, 2, 1, 3)
# Halves upwards; those that rounding errors hide are brought back first.
exact = np.round(dctn(blocks, axes=(2, 3), norm="ortho"), 9)
pixels = np.floor(exact + 0.5)

path = pathlib.Path(tempfile.mkdtemp()) / "picture.jpg"
Image.fromarray(rgb).save(path, quality=83)
dump = subprocess.run([sys.argv[1], str(path)], check=True, capture_output=True).stdout
wide, high = np.frombuffer(dump, np.uint32, 2)
table = np.frombuffer(dump, np.uint16, 64, 16)
stored = np.frombuffer(dump, np.int16, 64 * wide * high, 16 + 128).reshape(high, wide, 8, 8)
steps = np.minimum(1, (1 + np.log2(table)) / 9).reshape(8, 8)


def coefficients(blocks):
    return np.clip(spread(blocks), -clip, clip).astype(int).ravel().tolist()


golden = {
    "width": width,
    "height": height,
    "clip": clip,
    "pixels": rgb.ravel().tolist(),
    "jpeg": base64.b64encode(path.read_bytes()).decode(),
    "fromPixels": coefficients(pixels),
    "distances": np.round(2 * spread(np.abs(exact - pixels)).ravel(), 6).tolist(),
    "fromFile": coefficients(stored),
    "steps": np.round(spread(np.tile(steps, (high, wide, 1, 1))).ravel(), 6).tolist(),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
