"""Writes localisation.json beside this file: scikit-learn's pixel figures of whole maps, scipy's exact bounds.

pip install numpy scikit-learn scipy; python localisation.py
"""

import json
import pathlib

import numpy as np
import sklearn.metrics as sk
from scipy.stats import beta

rng = np.random.default_rng(11)
side = 8


def picture(width, height, box, strength):
    """A map of cells of 8 pixels, scores in the middle of levels of a twelfth of a logit, and the mask of a rectangle."""
    rows, columns = -(-height // side), -(-width // side)
    mask = np.zeros((height, width), int)
    x, y, w, h = box
    mask[y : y + h, x : x + w] = 1
    logits = rng.normal(size=(rows, columns))
    centre = mask[side // 2 :: side, side // 2 :: side]
    logits[: centre.shape[0], : centre.shape[1]] += strength * centre
    levels = np.clip(np.floor(12 * logits + 128), 0, 255)
    cells = 1 / (1 + np.exp(-(levels + 0.5 - 128) / 12))
    full = np.repeat(np.repeat(cells, side, 0), side, 1)[:height, :width]
    truth, score = mask.ravel(), full.ravel()
    at = []
    for level in [0, 100, 128, 141, 160, 255]:
        threshold = 0 if level == 0 else 1 / (1 + np.exp(-(level - 128) / 12))
        called = (score >= threshold).astype(int)
        at.append(
            {
                "threshold": threshold,
                "f1": sk.f1_score(truth, called, zero_division=0),
                "iou": sk.jaccard_score(truth, called, zero_division=0),
            }
        )
    best = max(sk.f1_score(truth, (score >= t).astype(int), zero_division=0) for t in np.unique(score))
    return {
        "width": width,
        "height": height,
        "box": box,
        "cells": cells.ravel().tolist(),
        "at": at,
        "best": best,
        "auc": None if mask.all() else sk.roc_auc_score(truth, score),
        "allOnes": sk.f1_score(truth, np.ones_like(truth)),
    }


pictures = [
    picture(64, 48, [8, 8, 24, 16], 2.0),
    picture(67, 45, [13, 9, 31, 7], 3.0),
    picture(50, 90, [0, 0, 3, 3], 0.0),
    picture(24, 24, [0, 0, 24, 24], 0.0),
    picture(40, 40, [5, 30, 30, 10], -1.0),
]
bounds = [
    {"alarms": k, "n": n, "atMost": float(beta.ppf(0.95, k + 1, n - k)) if k < n else 1.0}
    for k, n in [(0, 299), (0, 298), (0, 2995), (0, 1), (1, 100), (10, 1000), (37, 4000), (5, 5), (99, 100)]
]
out = pathlib.Path(__file__).with_name("localisation.json")
out.write_text(json.dumps({"pictures": pictures, "bounds": bounds}) + "\n")
