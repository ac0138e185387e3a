"""
Writes smote.json: imbalanced-learn's SMOTE on a few rows, with the random numbers that it drew, so that ours can be
given the same ones.

    python test/golden/imbalance/smote.py   (needs imbalanced-learn)
"""

import json
from pathlib import Path

import imblearn
import numpy as np
from imblearn.over_sampling import SMOTE
from sklearn.neighbors import NearestNeighbors
from sklearn.utils import check_random_state

REAL, FAKE, WIDTH, NEIGHBOURS, SEED = 40, 9, 3, 4, 7

rng = np.random.default_rng(3)
real = rng.normal(size=(REAL, WIDTH)).astype(np.float32)
fake = (rng.normal(size=(FAKE, WIDTH)) + 1.5).astype(np.float32)
x = np.concatenate([real, fake])
y = np.array([0] * REAL + [1] * FAKE)

made, _ = SMOTE(k_neighbors=NEIGHBOURS, random_state=SEED).fit_resample(x, y)
synthetic = made[len(x) :]

# As SMOTE._make_samples draws them: places in the table of neighbours first, then the steps.
state = check_random_state(SEED)
places = state.randint(low=0, high=FAKE * NEIGHBOURS, size=len(synthetic))
steps = state.uniform(size=len(synthetic))
nearest = NearestNeighbors(n_neighbors=NEIGHBOURS + 1).fit(fake).kneighbors(fake, return_distance=False)[:, 1:]
rows, columns = np.divmod(places, NEIGHBOURS)
expected = fake[rows] + steps[:, None] * (fake[nearest[rows, columns]] - fake[rows])
assert np.allclose(expected, synthetic, atol=1e-6), "imbalanced-learn draws its numbers in another way now"

golden = {
    "imbalancedLearn": imblearn.__version__,
    "width": WIDTH,
    "neighbours": NEIGHBOURS,
    "fake": fake.ravel().tolist(),
    "nearest": nearest.ravel().tolist(),
    "places": places.tolist(),
    "steps": steps.tolist(),
    "synthetic": synthetic.astype(float).ravel().tolist(),
}
Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
