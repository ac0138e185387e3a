"""Lines of text found by SciPy's labels, their statistics and their letters' twins by NumPy, on a picture drawn here.

    python test/golden/model/textLines.py      writes textLines.png and textLines.json beside itself
"""

import io
import json
import pathlib

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from scipy import ndimage

here = pathlib.Path(__file__).parent
width, height = 360, 150
picture = Image.new("RGB", (width, height), (244, 247, 250))
draw = ImageDraw.Draw(picture)
draw.rectangle((0, 90, width, height), fill=(18, 60, 92))
write = lambda x, y, text, size, fill: draw.text((x, y), text, fill=fill, font=ImageFont.load_default(size))
write(12, 8, "Reference", 13, (110, 120, 130))
write(200, 6, "AB12 3344 907", 15, (20, 24, 40))
write(12, 40, "1,200.00", 28, (0, 90, 60))
write(200, 50, "faint", 14, (225, 228, 230))
write(14, 100, "Paid to Lan", 15, (250, 250, 240))
draw.line((0, 86, width, 86), fill=(120, 120, 120))
draw.point((300, 120), fill=(255, 255, 255))
# The left half was saved as JPEG: its chroma is no mixture of ground and ink.
file = io.BytesIO()
picture.crop((0, 0, 150, height)).save(file, "JPEG", quality=70)
picture.paste(Image.open(file), (0, 0))
# Then a digit was copied over another one.
picture.paste(picture.crop((104, 42, 121, 70)), (47, 42))
picture.save(here / "textLines.png", optimize=True)

rgb = np.asarray(picture).astype(np.int64)
luma = (rgb @ [19595, 38470, 7471] + 32768) >> 16

edge = np.zeros(luma.shape, bool)
across = np.abs(np.diff(luma, axis=1)) > 28
down = np.abs(np.diff(luma, axis=0)) > 28
edge[:, 1:] |= across
edge[:, :-1] |= across
edge[1:] |= down
edge[:-1] |= down
reach = max(3, round(22 * width / 1080))
closed = ndimage.binary_closing(np.pad(edge, ((0, 0), (reach, reach))), np.ones((1, reach), bool))[:, reach:-reach]
labels, _ = ndimage.label(closed)
scale = width / 1080
boxes = []
for rows, columns in ndimage.find_objects(labels):
    box = [columns.start, rows.start, columns.stop - columns.start, rows.stop - rows.start]
    if 9 * scale <= box[3] <= 110 * scale and box[2] >= 0.7 * box[3]:
        boxes.append(box)
boxes.sort(key=lambda box: (box[1], box[0]))

cover_ends = [-0.1, -0.03, -0.01, 0.01, 0.03, 0.06, *np.arange(1, 10) / 10, 0.94, 0.97, 0.99, 1.01, 1.03, 1.1]
level_ends = [0.02, 0.15, 0.35, 0.65, 0.85, 0.98]


def quantile(values, share):
    """The smallest value up to which more than this share lies."""
    return int(np.argmax(np.bincount(values, minlength=256).cumsum() > share * values.size))


def statistics(box):
    left, top, wide, high = box
    window = np.s_[max(0, top - 2) : top + high + 2, max(0, left - 2) : left + wide + 2]
    y, colour = luma[window], rgb[window].astype(float)
    ground = int(np.bincount(y.ravel(), minlength=256).argmax())
    low, far = quantile(y.ravel(), 0.005), quantile(y.ravel(), 0.995)
    ink = low if ground - low > far - ground else far
    if abs(ink - ground) < 40:
        return None
    cover = (y - ground) / (ink - ground)
    inked = (cover > 0.05).sum()
    shares = np.bincount(np.digitize(cover, cover_ends).ravel(), minlength=22) / inked
    out = list(np.delete(shares, 3))
    level = np.digitize(cover, level_ends)
    for first, second in ((level[:, :-1], level[:, 1:]), (level[:-1], level[1:])):
        pairs = np.bincount((first * 7 + second).ravel(), minlength=49).reshape(7, 7)
        pairs = pairs + pairs.T
        out += list(pairs[np.triu_indices(7)][1:] / inked)
    blue = colour @ [-0.168736, -0.331264, 0.5]
    red = colour @ [0.5, -0.418688, -0.081312]
    mixture = np.clip(cover, 0, 1)
    on_ground = np.abs(y - ground) <= 3
    on_ink = ~on_ground & (level >= 5)
    far = np.zeros(y.shape)
    for plane in (blue, red):
        a = plane[on_ground].sum() / max(1, on_ground.sum())
        b = plane[on_ink].sum() / max(1, on_ink.sum())
        far = np.maximum(far, np.abs(plane - a - mixture * (b - a)))
    for zone in (mixture < 0.02, (mixture >= 0.02) & (mixture < 0.98), mixture >= 0.98):
        for end in (9, 4, 1.5):
            out.append((far[zone] >= end).sum() / max(1, zone.sum()))
    near = (y - ground)[np.abs(y - ground) < 12]
    contrast = abs(ink - ground)
    out += [near.std(), (near != 0).mean(), contrast / 255, ground / 255, high / width, inked / y.size]
    out += [np.abs(np.diff(y, axis=1)).sum() / inked / contrast, np.abs(np.diff(y, axis=0)).sum() / inked / contrast]
    out += [np.log(wide), np.log(high)]
    return [round(float(value), 6) for value in out]


def ink_of(box):
    left, top, wide, high = box
    y = luma[max(0, top - 2) : top + high + 2, max(0, left - 2) : left + wide + 2]
    ground = int(np.bincount(y.ravel(), minlength=256).argmax())
    low, far = quantile(y.ravel(), 0.005), quantile(y.ravel(), 0.995)
    return ground, low if ground - low > far - ground else far


def letters(box):
    """Left, top, width, height, contrast of what stands apart in columns."""
    left, top, wide, high = box
    ground, ink = ink_of(box)
    cover = (luma[top : top + high, left : left + wide] - ground) / (ink - ground) > 0.35
    runs, count = ndimage.label(cover.any(axis=0))
    for run in range(1, count + 1):
        columns = np.flatnonzero(runs == run)
        rows = np.flatnonzero(cover[:, columns].any(axis=1))
        w, h = len(columns), int(rows[-1] - rows[0]) + 1
        if w >= 3 and h >= 8 and max(w, h) <= 96:
            yield left + int(columns[0]), top + int(rows[0]), w, h, abs(ink - ground)


def difference(a, b):
    """Levels; None for letters that are not each other's like. a comes after b."""
    if abs(a[2] - b[2]) > 1 or abs(a[3] - b[3]) > 1 or abs(a[4] - b[4]) > 0.25 * a[4]:
        return None
    w, h = max(a[2], b[2]) + 2, max(a[3], b[3]) + 2
    best = None
    for down in (-1, 0, 1):
        for along in (-1, 0, 1):
            ax, ay, bx, by = a[0] - 1, a[1] - 1, b[0] - 1 + along, b[1] - 1 + down
            if ((ax - bx) % 8 == 0 and (ay - by) % 8 == 0) or min(ax, ay, bx, by) < 0:
                continue
            one, other = luma[ay : ay + h, ax : ax + w], luma[by : by + h, bx : bx + w]
            if one.shape == (h, w) == other.shape:
                d = np.abs(one - other).mean()
                best = d if best is None else min(best, d)
    return best if best is not None and best < 0.12 * a[4] else None


def twins(boxes):
    glyphs = [(line, glyph) for line, box in enumerate(boxes) for glyph in letters(box)]
    likes = [[] for _ in glyphs]
    for i, (_, a) in enumerate(glyphs):
        for j, (_, b) in enumerate(glyphs[:i]):
            d = difference(a, b)
            if d is not None:
                likes[i].append(d)
                likes[j].append(d)
    rows = []
    for line in range(len(boxes)):
        own = [some for (at, _), some in zip(glyphs, likes) if at == line and some]
        if not own:
            rows.append([16, 1, 0, 16, 16, 0])
            continue
        best = [min(some) for some in own]
        ratios = [(min(some) + 0.25) / (np.median(some) + 0.25) for some in own if len(some) > 2]
        share = sum(d < 0.02 for d in best) / len(own)
        rows.append([min(best), min([1, *ratios]), share, np.median(sum(own, [])), np.mean(best), np.log1p(len(own))])
    return [[round(float(value), 6) for value in row] for row in rows]


measured = [statistics(box) for box in boxes]
plain = [box for box, row in zip(boxes, measured) if row is not None]
golden = {"boxes": boxes, "statistics": measured, "twins": twins(plain)}
(here / "textLines.json").write_text(json.dumps(golden) + "\n")
print(len(boxes), [None if s is None else len(s) for s in golden["statistics"]], golden["twins"])
