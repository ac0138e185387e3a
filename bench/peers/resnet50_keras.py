"""Keras' side of the training bench, on TensorFlow: see side.ts for what it is asked and answers.

Usage: python resnet50_keras.py SIZE BATCH THREADS

The classic pipeline's own network: keras.applications.ResNet50 (v1) with the classic head.
"""

import json
import sys
import time

import tensorflow as tf

SIZE, BATCH, THREADS = (int(argument) for argument in sys.argv[1:])
tf.config.threading.set_intra_op_parallelism_threads(THREADS)
tf.config.threading.set_inter_op_parallelism_threads(THREADS)

import keras
import numpy as np
from keras import layers

keras.utils.set_random_seed(0)
backbone = keras.applications.ResNet50(weights=None, include_top=False, input_shape=(SIZE, SIZE, 3))
model = keras.Sequential(
    [
        backbone,
        layers.GlobalAveragePooling2D(),
        layers.BatchNormalization(),
        layers.Dense(256, activation="relu"),
        layers.Dropout(0.5),
        layers.Dense(1),
    ]
)
model.compile(keras.optimizers.Adam(1e-4), keras.losses.BinaryCrossentropy(from_logits=True))
x = np.random.default_rng(0).standard_normal((BATCH, SIZE, SIZE, 3), dtype=np.float32)
labels = (np.arange(BATCH) % 2).astype(np.float32).reshape(BATCH, 1)

work = {
    "train": lambda: model.train_on_batch(x, labels),
    "forward": lambda: model.predict_on_batch(x),
}
versions = f"Keras {keras.__version__} on TensorFlow {tf.__version__}"
print(json.dumps({"versions": versions, "parameters": model.count_params()}), flush=True)
for line in sys.stdin:
    kind, steps = line.split()
    seconds = []
    for _ in range(int(steps)):
        start = time.perf_counter()
        work[kind]()
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"seconds": seconds}), flush=True)
