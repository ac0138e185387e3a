"""
Writes boostedTrees.json: a small table, and what scikit-learn's HistGradientBoostingClassifier makes of it, once with
more than 255 values a column and once with fewer, so that every value has its own bin.

    python test/golden/model/boostedTrees.py   (needs scikit-learn)
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import log_loss

TRAIN, TEST, WIDTH, STEP = 500, 300, 5, 60
SETTINGS = {"trees": 40, "leaves": 8, "learningRate": 0.1, "minimum": 10, "ridge": 1}

rng = np.random.default_rng(5)
# Thousandths, so that the file stays small.
table = np.round(rng.normal(size=(TRAIN + TEST, WIDTH)) * 1000).astype(int)
a, b, c = (table[:, i] / 1000 for i in range(3))
odds = 2.5 * np.sign(a) * b + np.where(c > 0.5, 2, -1)
labels = (rng.uniform(size=len(table)) < 1 / (1 + np.exp(-odds))).astype(int)


def answers(x):
    model = HistGradientBoostingClassifier(
        max_iter=SETTINGS["trees"],
        max_leaf_nodes=SETTINGS["leaves"],
        learning_rate=SETTINGS["learningRate"],
        min_samples_leaf=SETTINGS["minimum"],
        l2_regularization=SETTINGS["ridge"],
        early_stopping=False,
    ).fit(x[:TRAIN], labels[:TRAIN])
    root = model._predictors[0][0].nodes[0]
    return {
        "root": {"feature": int(root["feature_idx"]), "threshold": float(root["num_threshold"])},
        "logits": [round(float(z), 5) for z in model.decision_function(x[TRAIN:])],
        "logLoss": float(log_loss(labels[TRAIN:], model.predict_proba(x[TRAIN:])[:, 1])),
    }


golden = {
    "scikitLearn": sklearn.__version__,
    "width": WIDTH,
    "train": TRAIN,
    "step": STEP,
    "settings": SETTINGS,
    "table": table.ravel().tolist(),
    "labels": labels.tolist(),
    "fine": answers(table),
    "coarse": answers(table // STEP),
}
assert len(np.unique(table[:TRAIN, 0])) > 255 > len(np.unique(table[:TRAIN, 0] // STEP))
Path(__file__).with_suffix(".json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
