"""
Writes operators.json: outputs and gradients of every operator, by PyTorch in float64.

    python test/golden/onnx/operators.py

The loss is the sum of the output times fixed numbers, so those numbers are the gradient that arrives.
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F
from fill import digest, fill, rounded


def batch_norm(x, scale, shift, *plus, epsilon, relu=False):
    y = F.batch_norm(x, None, None, scale, shift, training=True, eps=epsilon) + sum(plus)
    return torch.relu(y) if relu else y


def frozen(x, scale, shift, mean, variance, epsilon, relu=False):
    # The statistics count as constants.
    y = F.batch_norm(x, mean.detach(), variance.detach(), scale, shift, training=False, eps=epsilon)
    return torch.relu(y) if relu else y


operators = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "neg": lambda x: -x,
    "relu": torch.relu,
    "sigmoid": torch.sigmoid,
    "softplus": F.softplus,
    "exp": torch.exp,
    "log": torch.log,
    "abs": torch.abs,
    "sqrt": torch.sqrt,
    "tanh": torch.tanh,
    "logSoftmax": lambda x: F.log_softmax(x, -1),
    "reduceSum": lambda x, axes=None, keep=False: x.sum() if axes is None else x.sum(axes, keepdim=keep),
    "reduceMean": lambda x, axes=None, keep=False: x.mean() if axes is None else x.mean(axes, keepdim=keep),
    "globalAveragePool": lambda x: x.mean((2, 3)),
    "reshape": lambda x, shape: x.reshape(shape),
    "flatten": lambda x: x.flatten(1),
    "transpose": lambda x, order: x.permute(order),
    "concat": lambda *xs, axis: torch.cat(xs, axis),
    "matMul": lambda a, b: a @ b,
    "dense": F.linear,
    "dropout": lambda x, mask: x * mask,
    "maxPool": lambda x, kernel, stride, padding: F.max_pool2d(x, kernel, stride, padding),
    "batchNormalization": batch_norm,
    "frozenBatchNormalization": frozen,
    "subsample": lambda x, stride: x[:, :, ::stride, ::stride],
    "conv": lambda x, w, stride, padding: F.conv2d(x, w, stride=stride, padding=padding),
}


def case(operator, shapes, ranges=None, **attributes):
    return {"operator": operator, "shapes": shapes, "ranges": ranges or [[-1, 1]] * len(shapes), "attributes": attributes}


def conv(batch, inputs, outputs, kernel, stride, padding, height, width):
    shapes = [[batch, inputs, height, width], [outputs, inputs, kernel, kernel]]
    return case("conv", shapes, stride=stride, padding=padding)


def norm(operator, shape, x_range, epsilon=1e-5, plus=False, **attributes):
    channels = [shape[1]]
    extra = [channels, channels] if operator == "frozenBatchNormalization" else []
    ranges = [x_range, [0.5, 1.5], [-1, 1], [-1, 1], [0.2, 2]][: 3 + len(extra)]
    if plus:
        extra, ranges = [shape], [*ranges, [-1, 1]]
    return case(operator, [shape, channels, channels, *extra], ranges, epsilon=epsilon, **attributes)


cases = [
    *[case(name, [[3, 4], [3, 4]]) for name in ("add", "sub", "mul")],
    *[case(name, [[2, 3, 4, 5], [3, 1, 1]]) for name in ("add", "sub", "mul")],
    *[case(name, [[], [2, 3]]) for name in ("add", "sub", "mul")],
    case("div", [[3, 4], [3, 4]], [[-1, 1], [0.5, 2]]),
    case("div", [[4], [3, 4]], [[-1, 1], [0.5, 2]]),
    case("neg", [[3, 4]]),
    case("relu", [[2, 3, 5, 4]]),
    case("sigmoid", [[7]], [[-6, 6]]),
    case("softplus", [[9]], [[-40, 40]]),
    case("exp", [[7]], [[-3, 3]]),
    case("log", [[7]], [[0.1, 3]]),
    case("logSoftmax", [[4, 5]], [[-5, 5]]),
    case("reduceSum", [[2, 3, 4]]),
    case("reduceSum", [[2, 3, 4]], axes=[0, 2]),
    case("reduceSum", [[2, 3, 4]], axes=[1], keep=True),
    case("reduceMean", [[2, 3, 4]]),
    case("reduceMean", [[2, 3, 4]], axes=[0, 2]),
    case("reduceMean", [[2, 3, 4]], axes=[1], keep=True),
    case("globalAveragePool", [[2, 3, 4, 5]]),
    case("reshape", [[2, 3, 4]], shape=[6, 4]),
    case("flatten", [[2, 3, 4]]),
    case("transpose", [[2, 3, 4]], order=[2, 0, 1]),
    case("concat", [[2, 3], [2, 1], [2, 4]], axis=1),
    case("matMul", [[3, 4], [4, 5]]),
    case("dense", [[3, 4], [5, 4], [5]]),
    case("dropout", [[3, 4], [3, 4]], [[-1, 1], [0, 2]]),
    case("maxPool", [[2, 3, 8, 8]], kernel=3, stride=2, padding=1),
    case("maxPool", [[2, 3, 9, 7]], kernel=3, stride=2, padding=1),
    case("maxPool", [[2, 3, 8, 6]], kernel=2, stride=2, padding=0),
    # Batch normalisation: vectors, small maps, large maps (784 positions and more), and a mean far from 0.
    norm("batchNormalization", [8, 5], [-1, 1]),
    norm("batchNormalization", [4, 3, 5, 6], [-1, 1]),
    norm("batchNormalization", [2, 3, 28, 30], [-1, 1]),
    norm("batchNormalization", [2, 3, 28, 30], [4, 6], 1.001e-5),
    norm("frozenBatchNormalization", [8, 5], [-1, 1]),
    norm("frozenBatchNormalization", [2, 3, 5, 6], [-1, 1]),
    # Convolution: 1x1, 3x3, 5x5, 7x7; strides 1 and 2; small and large maps; odd, even and rectangular.
    conv(2, 20, 24, 1, 1, 0, 20, 20),
    conv(2, 64, 48, 1, 1, 0, 4, 4),
    conv(2, 20, 24, 3, 1, 1, 17, 18),
    conv(2, 20, 24, 3, 1, 1, 7, 8),
    conv(2, 20, 24, 3, 1, 0, 9, 9),
    conv(2, 20, 24, 3, 1, 1, 4, 4),
    conv(2, 20, 24, 3, 2, 1, 36, 34),
    conv(2, 20, 24, 3, 2, 1, 16, 12),
    conv(2, 20, 24, 3, 2, 1, 15, 9),
    conv(2, 20, 24, 1, 2, 0, 8, 6),
    conv(2, 20, 24, 1, 2, 0, 40, 36),
    conv(2, 20, 24, 1, 2, 0, 9, 8),
    conv(2, 3, 8, 7, 2, 3, 32, 28),
    conv(2, 3, 8, 7, 2, 3, 15, 17),
    conv(2, 3, 8, 3, 1, 1, 16, 16),
    conv(2, 3, 8, 3, 2, 0, 8, 10),
    conv(2, 3, 8, 1, 1, 0, 6, 5),
    conv(2, 18, 4, 7, 1, 3, 9, 8),
    conv(2, 18, 4, 5, 1, 2, 18, 18),
    conv(1, 18, 4, 5, 3, 2, 19, 20),
    case("subsample", [[2, 3, 8, 6]], stride=2),
    case("subsample", [[2, 3, 9, 7]], stride=2),
    case("subsample", [[2, 3, 9, 8]], stride=3),
    case("abs", [[2, 3, 5, 4]]),
    case("sqrt", [[7]], [[0.1, 3]]),
    # The same with whole blocks of channels, which the blocked kernels take.
    *[case(name, [[2, 32, 5, 4], [2, 32, 5, 4]]) for name in ("add", "sub", "mul")],
    case("mul", [[2, 32, 5, 4], [32, 1, 1]]),
    case("neg", [[2, 32, 5, 4]]),
    case("relu", [[2, 32, 5, 4]]),
    case("sigmoid", [[2, 32, 5, 4]]),
    case("globalAveragePool", [[2, 32, 5, 4]]),
    case("flatten", [[2, 32, 3, 2]]),
    case("maxPool", [[2, 32, 9, 7]], kernel=3, stride=2, padding=1),
    case("subsample", [[2, 32, 8, 6]], stride=2),
    case("subsample", [[2, 32, 9, 7]], stride=2),
    norm("batchNormalization", [4, 32, 5, 6], [-1, 1]),
    norm("batchNormalization", [2, 32, 14, 15], [4, 6], 1.001e-5),
    norm("batchNormalization", [4, 32, 5, 6], [-1, 1], relu=True),
    norm("batchNormalization", [4, 3, 5, 6], [-1, 1], relu=True),
    norm("batchNormalization", [4, 32, 5, 6], [-1, 1], relu=True, plus=True),
    norm("batchNormalization", [4, 3, 5, 6], [-1, 1], relu=True, plus=True),
    norm("batchNormalization", [4, 32, 5, 6], [-1, 1], plus=True),
    norm("frozenBatchNormalization", [2, 32, 5, 6], [-1, 1]),
    norm("frozenBatchNormalization", [2, 32, 5, 6], [-1, 1], relu=True),
    conv(2, 32, 64, 1, 1, 0, 13, 12),
    conv(2, 64, 32, 1, 1, 0, 4, 4),
    conv(2, 32, 64, 3, 1, 1, 21, 20),
    conv(2, 64, 32, 3, 1, 1, 6, 5),
    conv(2, 32, 64, 3, 2, 1, 8, 10),
    conv(2, 32, 64, 3, 2, 1, 9, 11),
    conv(2, 32, 32, 1, 2, 0, 9, 8),
    conv(2, 3, 32, 7, 2, 3, 16, 14),
    conv(2, 20, 32, 3, 1, 1, 6, 5),
    conv(2, 32, 20, 3, 1, 1, 6, 5),
    conv(1, 32, 32, 5, 3, 2, 10, 11),
    # More padding than a phase can have.
    conv(2, 18, 4, 3, 2, 2, 9, 8),
    case("tanh", [[2, 32, 5, 4]], [[-3, 3]]),
]

for i, entry in enumerate(cases):
    operands = [
        fill(f"{i}/{k}", shape, *span).requires_grad_(True)
        for k, (shape, span) in enumerate(zip(entry["shapes"], entry["ranges"]))
    ]
    y = operators[entry["operator"]](*operands, **entry["attributes"])
    (y * fill(f"{i}/dy", y.shape)).sum().backward()
    entry["output"] = {"shape": list(y.shape), **digest(f"{i}/y", y)}
    entry["gradients"] = [digest(f"{i}/d{k}", x.grad) for k, x in enumerate(operands) if x.grad is not None]

lines = ",\n".join(json.dumps(rounded(entry)) for entry in cases)
Path(__file__).with_name("operators.json").write_text(f"[\n{lines}\n]\n")
