"""Writes calibrators.json beside this file: scikit-learn's calibrations of small sets of logits.

pip install scikit-learn scipy; python calibrators.py
"""

import json
import pathlib

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.calibration import _SigmoidCalibration
from sklearn.isotonic import IsotonicRegression

rng = np.random.default_rng(11)


def drawn(n, share, slope, offset, digits=None):
    z = rng.normal(size=n) * 2 + np.log(share / (1 - share))
    z = z if digits is None else np.round(z, digits)
    return z, (rng.uniform(size=n) < expit(slope * z + offset)).astype(int)


def beta(z, y):
    """Kull's maximum likelihood in a, b >= 0: no package of it stands here, so its definition is minimised."""
    low, high = -np.logaddexp(0, -z), np.logaddexp(0, z)
    loss = lambda w: np.mean(np.logaddexp(0, -(2 * y - 1) * (w[0] * low + w[1] * high + w[2])))
    best = minimize(loss, [1, 1, 0], method="L-BFGS-B", bounds=[(0, None), (0, None), (None, None)],
                    options={"ftol": 1e-15, "gtol": 1e-10, "maxiter": 10_000})
    a, b, c = best.x
    return lambda t: expit(a * -np.logaddexp(0, -t) + b * np.logaddexp(0, t) + c)


at = np.array([-30, -6, -2.5, -1, -0.2, 0, 0.4, 1.3, 4, 30.0])
cases = []
for name, (z, y) in {
    "shifted": drawn(300, 0.3, 0.6, -0.8),
    "rare": drawn(400, 0.05, 1.4, 0.3),
    "ties": drawn(200, 0.5, 0.5, 0, 0),
}.items():
    isotonic = IsotonicRegression(out_of_bounds="clip").fit(z, y)
    cases.append(
        {
            "name": name,
            "logits": z.tolist(),
            "labels": y.tolist(),
            "at": at.tolist(),
            "platt": _SigmoidCalibration().fit(z, y).predict(at).tolist(),
            "isotonic": isotonic.predict(at).tolist(),
            "beta": beta(z, y)(at).tolist(),
        }
    )
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(cases) + "\n")
