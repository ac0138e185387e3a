"""Writes metrics.json beside this file: scikit-learn's and imbalanced-learn's answers on small score lists.

pip install scikit-learn imbalanced-learn scipy; python metrics.py
"""

import json
import pathlib
import warnings

import numpy as np
import sklearn.metrics as sk
from imblearn.metrics import (
    classification_report_imbalanced,
    geometric_mean_score,
    make_index_balanced_accuracy,
    specificity_score,
)
from scipy.optimize import minimize_scalar
from scipy.special import expit
from scipy.stats import binomtest
from sklearn.calibration import calibration_curve

warnings.simplefilter("ignore")
rng = np.random.default_rng(7)


def noisy(n, share, strength, digits=None):
    labels = (rng.uniform(size=n) < share).astype(int)
    p = expit(rng.normal(size=n) * 1.5 + strength * (labels - share))
    return labels.tolist(), (p if digits is None else np.round(p, digits)).tolist()


cases = {
    "continuous": noisy(200, 0.3, 2.0),
    "ties": noisy(150, 0.5, 1.5, 1),
    "rare": noisy(300, 0.05, 2.5, 2),
    "constant": ([0, 1, 0, 1, 1, 0, 0], [0.4] * 7),
    "constant at the threshold": ([0, 1, 0, 1], [0.5] * 4),
    "perfect": ([0, 0, 0, 1, 1], [0.0, 0.1, 0.2, 0.9, 1.0]),
    "inverted": ([1, 1, 0, 0], [0.0, 0.2, 0.7, 1.0]),
    "only real": ([0, 0, 0, 0], [0.1, 0.6, 0.3, 0.3]),
    "only fake": ([1, 1, 1], [0.1, 0.6, 0.8]),
    "one of each": ([0, 1], [0.3, 0.3]),
    "one picture": ([1], [0.7]),
    "eighths": ([0] * 8 + [1] * 8, [0.1] * 7 + [0.9] + [0.1] * 3 + [0.9] * 5),
    "one alarm in a hundred": ([1, 0, 1] + [0] * 99 + [1], [0.9, 0.8, 0.7] + [0.1] * 99 + [0.05]),
    "bin edges": ([0, 0, 1, 0, 1, 0, 1, 1, 1, 0], [k / 15 for k in (0, 1, 3, 5, 6, 9, 10, 12, 14, 15)]),
}


def both(labels):
    return len(set(labels)) == 2


index_balanced_accuracy = make_index_balanced_accuracy(alpha=0.1, squared=True)(geometric_mean_score)


def at_threshold(labels, p, threshold):
    y, p = np.array(labels), np.array(p)
    called = (p >= threshold).astype(int)
    tn, fp, fn, tp = sk.confusion_matrix(y, called, labels=[0, 1]).ravel()
    two = both(labels)
    return {
        "threshold": threshold,
        "confusionMatrix": [[int(tn), int(fp)], [int(fn), int(tp)]],
        # None: 0 / 0, which scikit-learn answers with 0 or nan and a warning.
        "metrics": {
            "accuracy": sk.accuracy_score(y, called),
            "precision": sk.precision_score(y, called) if tp + fp else None,
            "recall": sk.recall_score(y, called) if tp + fn else None,
            "f1": sk.f1_score(y, called) if tp + fp + fn else None,
            "balancedAccuracy": sk.balanced_accuracy_score(y, called) if two else None,
            "mcc": sk.matthews_corrcoef(y, called) if two else None,
            "geometricMean": geometric_mean_score(y, called, labels=[0, 1]) if two else None,
            "specificity": specificity_score(y, called) if tn + fp else None,
            "indexBalancedAccuracy": float(index_balanced_accuracy(y, called, labels=[0, 1], average=None)[1]) if two else None,
        },
        "imbalancedReport": {
            str(d): classification_report_imbalanced(
                y, called, labels=[0, 1], target_names=["real", "fake"], digits=d
            ).replace("  2.0\n", "    2\n").replace("  4.0\n", "    4\n")
            for d in (2, 4)
        },
        "report": {
            # Where no answer is right, scikit-learn's supports turn into floats (2.0): ours stay counts.
            str(d): sk.classification_report(
                y, called, labels=[0, 1], target_names=["real", "fake"], digits=d
            ).replace("  2.0\n", "    2\n").replace("  4.0\n", "    4\n")
            for d in (0, 2, 4)
        },
    }


def of_scores(labels, p):
    y, p = np.array(labels), np.array(p)
    two, brier = both(labels), sk.brier_score_loss(labels, p, pos_label=1)
    true, said = calibration_curve(y, p, n_bins=15)
    n = np.bincount(np.searchsorted(np.linspace(0, 1, 16)[1:-1], p), minlength=15)
    n = n[n > 0]
    fpr, tpr, falling = sk.roc_curve(y, p, drop_intermediate=False) if two else (np.array([]),) * 3
    precision, recall, _ = sk.precision_recall_curve(y, p) if y.any() else (np.array([]),) * 3
    return {
        "metrics": {
            "loss": sk.log_loss(y, p, labels=[0, 1]),
            "brier": brier,
            "ece": float(np.sum(n / n.sum() * np.abs(true - said))),
            "prAuc": sk.average_precision_score(y, p) if y.any() else None,
            "rocAuc": sk.roc_auc_score(y, p) if two else None,
            "partialRocAuc5": sk.roc_auc_score(y, p, max_fpr=0.05) if two else None,
            "recallAtFpr1": float(tpr[fpr <= 0.01].max()) if two else None,
            "brierSkill": 1 - brier / sk.brier_score_loss(y, np.full(len(y), y.mean())) if two else None,
        },
        "roc": [[float(a), float(b), None if np.isinf(t) else float(t)] for a, b, t in zip(fpr, tpr, falling)],
        "precisionRecall": [[float(a), float(b)] for a, b in zip(precision[::-1], recall[::-1])],
        "reliability": [[float(a), float(b), int(c)] for a, b, c in zip(true, said, n)],
    }


def temperature(labels, logits):
    y, z = np.array(labels), np.array(logits)
    loss = lambda t: np.mean(np.logaddexp(0, -(2 * y - 1) * z / np.exp(t)))
    return float(np.exp(minimize_scalar(loss, bounds=(np.log(0.05), np.log(20)), method="bounded", options={"xatol": 1e-12}).x))


temperatures = []
for true_temperature in (0.5, 1.0, 3.0):
    z = rng.normal(size=250) * 2
    y = (rng.uniform(size=250) < expit(z)).astype(int)
    scaled = (z * true_temperature).tolist()
    temperatures.append({"labels": y.tolist(), "logits": scaled, "temperature": temperature(y, scaled)})

json.dump(
    {
        "cases": [
            {
                "name": name,
                "labels": labels,
                "probabilities": p,
                **of_scores(labels, p),
                "at": [at_threshold(labels, p, t) for t in (0.5, 0.25)],
            }
            for name, (labels, p) in cases.items()
        ],
        "temperatures": temperatures,
        "wilson": [
            [k, n, *binomtest(k, n).proportion_ci(method="wilson")] for k, n in ((0, 10), (45, 50), (1, 1), (299, 299), (3, 1000))
        ],
    },
    open(pathlib.Path(__file__).with_name("metrics.json"), "w"),
    allow_nan=False,
)
