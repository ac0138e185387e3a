"""Writes schedules.json: the learning-rate factors of PyTorch's schedulers.

Usage: python schedules.py   (needs torch)
"""

import json
import pathlib
import warnings

import torch
from torch.optim import lr_scheduler

warnings.filterwarnings("ignore")
STEPS_PER_EPOCH, EPOCHS = 4, 12
LENGTH = {"stepsPerEpoch": STEPS_PER_EPOCH, "epochs": EPOCHS}
# falls, stalls, falls again by less and by more than the threshold, rises
LOSSES = [1.0, 0.8, 0.8, 0.81, 0.79999, 0.79, 0.7, 0.75, 0.72, 0.71, 0.705, 0.9, 0.69, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7]


def optimizer():
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))], lr=1.0)


def factors(make, count, argument=None):
    """The rate at each call, the scheduler stepping after it."""
    rule = optimizer()
    scheduler = make(rule)
    rates = []
    for i in range(count):
        rates.append(rule.param_groups[0]["lr"])
        rule.step()
        scheduler.step(*([] if argument is None else [argument[i]]))
    return rates + [rule.param_groups[0]["lr"]]


def cosine(warm_up, floor):
    total = STEPS_PER_EPOCH * EPOCHS

    def make(rule):
        fall = lr_scheduler.CosineAnnealingLR(rule, T_max=total - warm_up, eta_min=floor)
        if warm_up == 0:
            return fall
        rise = lr_scheduler.LinearLR(rule, start_factor=1 / (warm_up + 1), total_iters=warm_up)
        return lr_scheduler.SequentialLR(rule, [rise, fall], milestones=[warm_up])

    return factors(make, total)


def plateau(**options):
    return factors(lambda rule: lr_scheduler.ReduceLROnPlateau(rule, **options), len(LOSSES), LOSSES)


total = STEPS_PER_EPOCH * EPOCHS
golden = {
    "torch": torch.__version__,
    "length": LENGTH,
    "losses": LOSSES,
    # one factor a step
    "bySteps": [
        {
            "name": "exponentialDecay",
            "options": {"rate": 0.8, "staircase": False},
            "factors": factors(lambda rule: lr_scheduler.ExponentialLR(rule, 0.8 ** (1 / STEPS_PER_EPOCH)), total),
        },
        {
            "name": "exponentialDecay",
            "options": {"rate": 0.8, "everyEpochs": 3},
            "factors": factors(lambda rule: lr_scheduler.StepLR(rule, 3 * STEPS_PER_EPOCH, 0.8), total),
        },
        {"name": "cosine", "options": {"warmup": 0, "floor": 0.01}, "factors": cosine(0, 0.01)},
        {"name": "cosine", "options": {"warmup": 2, "floor": 0.1}, "factors": cosine(2 * STEPS_PER_EPOCH, 0.1)},
    ],
    # one factor for each number of losses seen, 0 first
    "byHistory": [
        {
            "name": "reduceOnPlateau",
            "options": {"factor": 0.5, "patience": 1, "threshold": 1e-4},
            "factors": plateau(factor=0.5, patience=1, threshold=1e-4, eps=0),
        },
        {
            "name": "reduceOnPlateau",
            "options": {"factor": 0.1, "patience": 0, "threshold": 0.02, "cooldown": 2, "floor": 0.005},
            "factors": plateau(factor=0.1, patience=0, threshold=0.02, cooldown=2, min_lr=0.005, eps=0),
        },
    ],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
