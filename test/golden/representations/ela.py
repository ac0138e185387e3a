"""Error level analysis as the classic Pillow code does it. Usage: python test/golden/representations/ela.py"""

import base64
import io
import json
import pathlib
import zlib

import numpy as np
from PIL import Image, ImageChops, ImageEnhance


def picture(width, height, seed):
    """A gradient, a disc, a striped block and noise: smooth, edged and rough places in a few pixels."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width].astype(float)
    rgb = np.stack([4 * x, 5 * y, 255 - 2 * x - 2 * y], axis=-1)
    rgb[(x - width / 3) ** 2 + (y - height / 2) ** 2 < 90] = [230, 40, 60]
    rgb[4:16, width - 20 : width - 4] = np.where((x[4:16, width - 20 : width - 4, None] % 3) == 0, 10, 240)
    rgb += random.normal(0, 6, rgb.shape)
    return Image.fromarray(np.clip(rgb, 0, 255).astype(np.uint8))


def saved(image, format, **options):
    buffer = io.BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def pack(array):
    return base64.b64encode(zlib.compress(np.asarray(array, np.uint8).tobytes(), 9)).decode()


def ela(data, quality, scale):
    image = Image.open(io.BytesIO(data)).convert("RGB")
    again = Image.open(io.BytesIO(saved(image, "JPEG", quality=quality)))
    difference = ImageChops.difference(image, again)
    largest = max(high for _, high in difference.getextrema()) or 1
    factor = 255.0 / largest if scale == "max" else scale
    return ImageEnhance.Brightness(difference).enhance(factor)


files = {
    "jpeg 80, 4:2:0": saved(picture(61, 43, 1), "JPEG", quality=80),
    "jpeg 92, 4:4:4": saved(picture(48, 40, 2), "JPEG", quality=92, subsampling=0),
    "jpeg 85, progressive, grey": saved(picture(40, 33, 3).convert("L"), "JPEG", quality=85, progressive=True),
    "png": saved(picture(50, 37, 4), "PNG"),
}
# Gain 1 shows the differences themselves; 15 and 12.7 are cut down to whole levels.
scales = {75: [1, "max"], 90: [1, "max", 15, 12.7], 95: [1, "max"]}
golden = [
    {
        "name": name,
        "file": base64.b64encode(data).decode(),
        "planes": [
            {"quality": quality, "scale": scale, "levels": pack(np.moveaxis(np.asarray(ela(data, quality, scale)), -1, 0))}
            for quality in scales
            for scale in scales[quality]
        ],
    }
    for name, data in files.items()
]
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, indent=1) + "\n")
