"""
Small files of every format as Pillow (and pillow-heif, for HEIC) writes them, with the pixels that Pillow reads back
and, for JPEG, the tables that it finds. Usage: python test/golden/image/files.py   (pip install pillow pillow-heif numpy)
"""

import base64
import io
import json
import pathlib

import numpy as np
import pillow_heif
from PIL import Image

pillow_heif.register_heif_opener()


def picture(width=24, height=18):
    y, x = np.mgrid[0:height, 0:width].astype(float)
    noise = np.random.default_rng(11).normal(0, 5, (height, width, 3))
    rgb = np.stack([10 * x, 13 * y, 200 - 4 * x + 3 * y], axis=-1) + noise
    return Image.fromarray(np.clip(rgb, 0, 255).astype(np.uint8))


def saved(image, format, **options):
    buffer = io.BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def text(data):
    return base64.b64encode(data).decode()


exif = Image.Exif()
exif[0x0112] = 6  # orientation: turn right
exif[0x0131] = "Drawn by a script"
exif.get_ifd(0x8769)[0x9003] = "2024:05:06 07:08:09"
exif.get_ifd(0x8769)[0x9011] = "+02:00"

rgb = picture()
jpegs = {f"q{q}": dict(quality=q) for q in (1, 10, 25, 50, 75, 90, 95, 100)}
jpegs |= {"4:4:4": dict(quality=80, subsampling=0), "4:2:2": dict(quality=80, subsampling=1)}
jpegs |= {"progressive": dict(quality=85, progressive=True), "exif": dict(quality=88, exif=exif)}
jpegs |= {"comment": dict(quality=75, comment=b"drawn"), "icc": dict(quality=75, icc_profile=b"no real profile")}
jpegs |= {"own tables": dict(qtables=[list(range(1, 65)), list(range(2, 66))])}
entries = []
for name, options in jpegs.items():
    data = saved(rgb, "JPEG", **options)
    image = Image.open(io.BytesIO(data))
    entries.append(
        {
            "name": name,
            "file": text(data),
            "quality": options.get("quality"),
            "tables": {str(k): list(v) for k, v in image.quantization.items()},
            "sampling": [[h, v] for _, h, v, _ in image.layer],
            "pixels": text(np.asarray(image.convert("RGB")).tobytes()),
        }
    )
grey = saved(rgb.convert("L"), "JPEG", quality=90)
image = Image.open(io.BytesIO(grey))
entries.append(
    {
        "name": "grey",
        "file": text(grey),
        "quality": 90,
        "tables": {str(k): list(v) for k, v in image.quantization.items()},
        "sampling": [[h, v] for _, h, v, _ in image.layer],
        "pixels": text(np.asarray(image.convert("RGB")).tobytes()),
    }
)

alpha = np.tile(np.linspace(0, 255, 24).astype(np.uint8), (18, 1))
rgba = Image.merge("RGBA", [*rgb.split(), Image.fromarray(alpha)])
white = Image.fromarray(
    np.floor((np.asarray(rgb) * alpha[..., None].astype(float) + 255.0 * (255 - alpha[..., None])) / 255 + 0.5).astype(np.uint8)
)
deep = Image.fromarray(np.asarray(rgb.convert("L")).astype(np.uint16) * 257)
second = Image.fromarray(255 - np.asarray(rgb))
files = [
    ("png", "png", saved(rgb, "PNG"), rgb),
    ("png, opaque alpha", "png", saved(rgb.convert("RGBA"), "PNG"), rgb),
    ("png, alpha", "png", saved(rgba, "PNG"), white),
    ("png, grey", "png", saved(rgb.convert("L"), "PNG"), rgb.convert("L").convert("RGB")),
    ("png, 16 bits grey", "png", saved(deep, "PNG"), rgb.convert("L").convert("RGB")),
    ("png, palette", "png", saved(rgb.quantize(32), "PNG"), rgb.quantize(32).convert("RGB")),
    ("webp, lossless", "webp", saved(rgb, "WEBP", lossless=True), rgb),
    ("tiff", "tiff", saved(rgb, "TIFF", compression="tiff_lzw"), rgb),
    ("tiff, two pages", "tiff", saved(rgb, "TIFF", save_all=True, append_images=[second]), rgb),
    ("gif", "gif", saved(rgb.quantize(64), "GIF"), rgb.quantize(64).convert("RGB")),
    (
        "gif, animated",
        "gif",
        saved(rgb.quantize(64), "GIF", save_all=True, append_images=[second.quantize(64)]),
        rgb.quantize(64).convert("RGB"),
    ),
]
# Lossy codecs: another decoder may round otherwise, so these are compared within a few levels.
avif = saved(rgb, "AVIF", quality=90, subsampling="4:4:4")
heic = saved(rgb, "HEIF", quality=90, chroma=444)
lossy = [
    ("webp", "webp", saved(rgb, "WEBP", quality=90)),
    ("avif", "avif", avif),
    ("heic", "heic", heic),
]
golden = {
    "width": 24,
    "height": 18,
    "jpeg": entries,
    "exact": [
        {"name": name, "format": format, "file": text(data), "pixels": text(np.asarray(image).tobytes())}
        for name, format, data, image in files
    ],
    "close": [
        {
            "name": name,
            "format": format,
            "file": text(data),
            "pixels": text(np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).tobytes()),
        }
        for name, format, data in lossy
    ],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, indent=1) + "\n")
