"""Small JPEGs of every kind that we read, by libjpeg's cjpeg and Pillow, with what libjpeg reads from them.

    cc -O2 test/golden/image/coefficients.c -o coefficients -ljpeg
    python test/golden/image/coefficients.py ./coefficients
"""

import base64
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
from PIL import Image

program = sys.argv[1]
folder = pathlib.Path(tempfile.mkdtemp())


def picture(width, height, seed=4):
    """Waves, a hard edge, and noise in one corner   // [height, width, 3]"""
    y, x = np.mgrid[:height, :width]
    wave = 128 + 70 * np.sin(x / 5) * np.cos(y / 7)
    rgb = np.stack([wave, 255 - wave, 40 + 3 * x + 2 * y], axis=2)
    rgb[:, width // 2 :, 0] += 60
    rgb[height // 2 :, : width // 3] += np.random.default_rng(seed).normal(0, 30, rgb[height // 2 :, : width // 3].shape)
    return Image.fromarray(np.clip(rgb, 0, 255).astype(np.uint8))


def cjpeg(*flags, size=(40, 33), scans=None, tables=None):
    source = folder / "source.ppm"
    picture(*size).save(source)
    flags = list(flags)
    for flag, text in (("-scans", scans), ("-qtables", tables)):
        if text is None:
            continue
        (folder / flag).write_text(text)
        flags += [flag, str(folder / flag)]
    return subprocess.run(["cjpeg", *flags, str(source)], check=True, capture_output=True).stdout


def pillow(mode, **options):
    path = folder / "pillow.jpg"
    picture(40, 33).convert(mode).save(path, **options)
    return path.read_bytes()


def with_fill_bytes(file):
    """0xff before the markers of segments and before the end of the image."""
    scan = file.index(b"\xff\xda")
    table = file.index(b"\xff\xdb")
    return file[:table] + b"\xff\xff" + file[table:scan] + b"\xff" + file[scan:-2] + b"\xff\xff\xff" + file[-2:]


wide_table = "\n".join(str(300 + 11 * i) if i > 3 else str(1 + i) for i in range(64)) + "\n"
files = {f"quality {q}": cjpeg("-quality", str(q)) for q in (1, 25, 50, 75, 90, 100)}
files |= {f"sampling {s}": cjpeg("-sample", s) for s in ("1x1", "2x1", "1x2", "2x2", "4x1", "4x2", "2x2,1x2,2x1", "1x1,2x2")}
files |= {f"progressive {s}": cjpeg("-progressive", "-sample", s) for s in ("1x1", "2x1", "1x2", "2x2", "4x1")}
files |= {f"size {w} x {h}": cjpeg("-optimize", size=(w, h)) for w, h in ((1, 1), (8, 8), (9, 16), (17, 31))}
files |= {f"progressive, size {w} x {h}": cjpeg("-progressive", size=(w, h)) for w, h in ((1, 1), (17, 31))}
files |= {
    "progressive, quality 100": cjpeg("-progressive", "-quality", "100", "-sample", "1x1", size=(24, 17)),
    "restart every 2 units": cjpeg("-restart", "2B"),
    "restart every row": cjpeg("-restart", "1", "-sample", "1x1"),
    "progressive, restarts": cjpeg("-progressive", "-restart", "1B"),
    "grey": cjpeg("-grayscale"),
    "grey, progressive": cjpeg("-grayscale", "-progressive"),
    "grey, sampling 2x2": cjpeg("-grayscale", "-sample", "2x2", size=(25, 41)),
    "rgb": cjpeg("-rgb"),
    "not interleaved": cjpeg(scans="0;\n1;\n2;\n"),
    "partly interleaved": cjpeg(scans="0;\n1 2;\n"),
    "steps of 16 bits": cjpeg("-quality", "50", tables=wide_table + wide_table),
    "progressive by hand": cjpeg(
        scans="0 1 2: 0-0, 0, 3;\n0: 1-9, 0, 2;\n2: 1-63, 0, 1;\n1: 1-63, 0, 1;\n0: 10-63, 0, 2;\n0: 1-63, 2, 1;\n"
        "0 1 2: 0-0, 3, 2;\n0 1 2: 0-0, 2, 1;\n0: 1-63, 1, 0;\n0 1 2: 0-0, 1, 0;\n2: 1-63, 1, 0;\n1: 1-63, 1, 0;\n"
    ),
    "DC alone": cjpeg(scans="0 1 2: 0-0, 0, 0;\n"),
    "cmyk": pillow("CMYK", quality=75),
    "custom tables": pillow("RGB", qtables=[list(range(1, 65)), list(range(64, 0, -1))]),
    "fill bytes": with_fill_bytes(cjpeg("-restart", "3B")),
}


def entry(name, file):
    path = folder / "file.jpg"
    path.write_bytes(file)
    result = subprocess.run([program, str(path)], capture_output=True)
    assert result.returncode in (0, 3), (name, result.stderr)
    if result.returncode == 3:
        print(f"{name}: {result.stderr.decode().strip()}")
    digest = hashlib.sha256(result.stdout).hexdigest()
    return {"name": name, "file": base64.b64encode(file).decode(), "sha256": digest}


golden = [entry(name, file) for name, file in files.items()]
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, indent=0) + "\n")
print(len(golden), "files,", max(len(file) for file in files.values()), "bytes the largest")
