"""Writes optimizers.json: 20 steps of PyTorch's optimizers in float64 on given gradients, with a rate that changes.

Usage: python optimizers.py   (needs torch)
"""

import json
import pathlib

import torch

torch.manual_seed(7)
STEPS, LENGTHS = 20, [5, 3]
initial = [torch.randn(n, dtype=torch.float32).double() for n in LENGTHS]
# float32 numbers, so that both sides start from the same; the scales differ as those of real layers do
gradients = [[(torch.randn(n) * 10.0 ** (i - 1)).float().double() for i, n in enumerate(LENGTHS)] for _ in range(STEPS)]
rates = [0.01 * (1 + step % 3) for step in range(STEPS)]

EVEN = [{}, {}]
# the first stands for weights, the second for biases of a backbone that learns at a tenth of the rate
GROUPS = [{}, {"rateFactor": 0.1, "decays": False}]

cases = [
    ("adam", {}, torch.optim.Adam, {}),
    (
        "adam",
        {"beta1": 0.8, "beta2": 0.95, "epsilon": 0.05},
        torch.optim.Adam,
        {"betas": (0.8, 0.95), "eps": 0.05},
    ),
    ("sgd", {"momentum": 0}, torch.optim.SGD, {}),
    ("sgd", {}, torch.optim.SGD, {"momentum": 0.9}),
    ("sgd", {"momentum": 0.7, "nesterov": True}, torch.optim.SGD, {"momentum": 0.7, "nesterov": True}),
    (
        "sgd",
        {"nesterov": True, "weightDecay": 0.3},
        torch.optim.SGD,
        {"momentum": 0.9, "nesterov": True, "weight_decay": 0.3},
        GROUPS,
    ),
    ("adamw", {}, torch.optim.AdamW, {}),
    ("adamw", {"weightDecay": 0.5}, torch.optim.AdamW, {"weight_decay": 0.5}, GROUPS),
    (
        "adamw",
        {"weightDecay": 0.5, "decayBiases": True, "beta2": 0.95},
        torch.optim.AdamW,
        {"weight_decay": 0.5, "betas": (0.9, 0.95)},
        GROUPS,
    ),
]


def run(options, optimizer, torch_options, groups):
    parameters = [torch.nn.Parameter(w.clone()) for w in initial]
    spared = [not (group.get("decays", True) or options.get("decayBiases", False)) for group in groups]
    rule = optimizer(
        [{"params": [p], **({"weight_decay": 0} if s else {})} for p, s in zip(parameters, spared)],
        lr=rates[0],
        **torch_options,
    )
    after = []
    for rate, step in zip(rates, gradients):
        for group, ours in zip(rule.param_groups, groups):
            group["lr"] = rate * ours.get("rateFactor", 1)
        for parameter, gradient in zip(parameters, step):
            parameter.grad = gradient.clone()
        rule.step()
        after.append([p.detach().tolist() for p in parameters])
    return after


golden = {
    "torch": torch.__version__,
    "initial": [w.tolist() for w in initial],
    "rates": rates,
    "gradients": [[g.tolist() for g in step] for step in gradients],
    "cases": [
        {
            "name": name,
            "options": options,
            "groups": (groups or [EVEN])[0],
            "after": run(options, optimizer, torch_options, (groups or [EVEN])[0]),
        }
        for name, options, optimizer, torch_options, *groups in cases
    ],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
