"""Mahalanobis distances under Ledoit and Wolf's shrunk covariance, by scikit-learn: anomaly.py > anomaly.json"""
import json

import numpy as np
from sklearn.covariance import LedoitWolf

rng = np.random.default_rng(5)
mix = rng.normal(size=(4, 4))
rows = np.round(rng.normal(size=(24, 4)) @ mix + [3, -1, 0, 40], 4)
asked = np.round(np.vstack([rng.normal(size=(3, 4)) @ mix + [3, -1, 0, 40], [[9, 9, 9, 9]]]), 4)

mean, deviation = rows.mean(axis=0), rows.std(axis=0)
fit = LedoitWolf(assume_centered=True).fit((rows - mean) / deviation)
centred = (asked - mean) / deviation
distances = np.sqrt(np.einsum("ni,ij,nj->n", centred, np.linalg.inv(fit.covariance_), centred))

print(
    json.dumps(
        {
            "rows": rows.tolist(),
            "asked": asked.tolist(),
            "shrinkage": fit.shrinkage_,
            "distances": distances.tolist(),
        }
    )
)
