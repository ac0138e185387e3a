"""Pillow's error level analysis of the file named: one timed run for every line on stdin, its milliseconds on stdout."""

import io
import sys
import time

from PIL import Image, ImageChops, ImageEnhance

data = open(sys.argv[1], "rb").read()
for _ in sys.stdin:
    start = time.perf_counter()
    image = Image.open(io.BytesIO(data)).convert("RGB")
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=90)
    difference = ImageChops.difference(image, Image.open(buffer).convert("RGB"))
    ImageEnhance.Brightness(difference).enhance(15.0).load()
    print(1000 * (time.perf_counter() - start), flush=True)
