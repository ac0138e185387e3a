"""Writes prevalence.json beside this file: scikit-learn's metrics with sample_weight, on a test part whose fakes are
weighted to a prevalence; and its answers for probabilities whose prior was moved.

pip install scikit-learn; python prevalence.py
"""

import json
import pathlib

import numpy as np
import sklearn.metrics as sk
from scipy.special import expit, logit

rng = np.random.default_rng(11)


def made_up(n, share, digits):
    y = (rng.uniform(size=n) < share).astype(int)
    p = expit(rng.normal(size=n) * 1.5 + 2.0 * (y - share))
    return y, np.round(p, digits)


def weights(y, prevalence):
    """Each fake n pi / n_fake, each genuine picture n (1 - pi) / n_real."""
    n, fake = len(y), y.sum()
    return np.where(y == 1, n * prevalence / fake, n * (1 - prevalence) / (n - fake))


def calibration_error(y, p, w):
    bins = np.maximum(0, np.ceil(p * 15).astype(int) - 1)
    total = 0.0
    for b in range(15):
        i = bins == b
        if w[i].sum() > 0:
            total += w[i].sum() / w.sum() * abs(np.average(y[i], weights=w[i]) - np.average(p[i], weights=w[i]))
    return float(total)


def measured(y, p, prevalence, threshold):
    w = weights(y, prevalence)
    called = (p >= threshold).astype(int)
    brier = sk.brier_score_loss(y, p, sample_weight=w)
    base = sk.brier_score_loss(y, np.full(len(y), prevalence), sample_weight=w)
    return {
        "loss": sk.log_loss(y, p, sample_weight=w),
        "accuracy": sk.accuracy_score(y, called, sample_weight=w),
        "balancedAccuracy": sk.balanced_accuracy_score(y, called, sample_weight=w),
        "precision": sk.precision_score(y, called, sample_weight=w),
        "recall": sk.recall_score(y, called, sample_weight=w),
        "f1": sk.f1_score(y, called, sample_weight=w),
        "mcc": sk.matthews_corrcoef(y, called, sample_weight=w),
        "rocAuc": sk.roc_auc_score(y, p, sample_weight=w),
        "prAuc": sk.average_precision_score(y, p, sample_weight=w),
        "partialRocAuc": sk.roc_auc_score(y, p, sample_weight=w, max_fpr=0.05),
        "brier": brier,
        "brierSkill": 1 - brier / base,
        "ece": calibration_error(y, p, w),
        "specificity": sk.recall_score(1 - y, 1 - called, sample_weight=w),
    }


cases = []
for n, share, digits, prevalence, threshold in (
    (300, 0.3, 6, 1 / 501, 0.5),
    (200, 0.5, 1, 1 / 11, 0.4),
    (400, 0.1, 3, 0.5, 0.3),
):
    y, p = made_up(n, share, digits)
    p = np.clip(p, 10.0**-digits, 1 - 10.0**-digits)
    moved = expit(logit(p) + logit(prevalence) - logit(share))
    cases.append(
        {
            "labels": y.tolist(),
            "probabilities": p.tolist(),
            "prevalence": prevalence,
            "threshold": threshold,
            "metrics": measured(y, p, prevalence, threshold),
            "from": share,
            "moved": moved.tolist(),
            "movedMetrics": measured(
                y, moved, prevalence, expit(logit(threshold) + logit(prevalence) - logit(share))
            ),
        }
    )

json.dump(cases, open(pathlib.Path(__file__).with_name("prevalence.json"), "w"), allow_nan=False)
