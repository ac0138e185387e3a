import { fixedShape, type Graph, type Value } from "../graph.ts";
import { inLayout } from "../layout.ts";
import { add, div, mul, sub } from "./arithmetic.ts";
import { channelSum, dotByChannel } from "./channels.ts";
import { operator } from "./operator.ts";
import { throughRelu } from "./relu.ts";
import { scaleAndShift } from "./scaleAndShift.ts";

interface Options {
  /** Added to the variance. */
  readonly epsilon: number;
  /** Whether relu follows: one pass with the normalisation where tensors are blocked. */
  readonly relu?: boolean;
}

/** `plus`: at most one tensor of x's shape that is added before the relu, such as a residual block's shortcut. */
type Inputs = readonly [x: Value, scale: Value, shift: Value, mean: Value, variance: Value, ...plus: Value[]];

/**
 * y = relu(scale (x - mean) / sqrt(variance + epsilon) + shift + plus), relu and plus where asked for
 * (Ioffe and Szegedy, 2015), where mean and variance are x's own (`channelMoments`): the gradient takes in that they
 * depend on x.
 *
 * With inv = 1 / sqrt(variance + epsilon), xhat = (x - mean) inv, n numbers per channel, and dz = dy through the relu:
 *   dplus = dz,  dshift = sum dz,  dscale = sum dz xhat,
 *   dx = scale inv (dz - dshift / n - xhat dscale / n) = a dz + b x + c with one a, b, c per channel.
 *
 * BatchNormalization with training_mode=1 would compute the same, but its kernel writes into its running
 * statistics, which gave wrong gradients under a right loss (onnxruntime #29790).
 */
export const batchNormalization = operator<Inputs, Options>({
  name: "batchNormalization",
  takesBlocked: () => true,
  forward: normalise,
  gradient: (g, { inputs: [x, scale, , mean, variance], output, attributes: { epsilon, relu }, needed }, dy) => {
    const dz = relu ? throughRelu(g, output, dy) : dy;
    const dshift = channelSum(g, dz);
    const inverse = inverseDeviation(g, variance, epsilon);
    const dscale = mul(g, sub(g, dotByChannel(g, x, dz), mul(g, mean, dshift)), inverse);
    if (!needed[0]) return [undefined, dscale, dshift, undefined, undefined, dz];
    const shape = fixedShape(x, "Batch normalisation in training");
    const minusShare = g.constant(-shape[1]! / shape.reduce((product, length) => product * length, 1));
    const a = mul(g, scale, inverse);
    const b = mul(g, mul(g, mul(g, a, inverse), dscale), minusShare);
    const c = sub(g, mul(g, mul(g, a, dshift), minusShare), mul(g, b, mean));
    return [scaleAndShift(g, dz, a, c, { plus: scaleAndShift(g, x, b) }), dscale, dshift, undefined, undefined, dz];
  },
});

/**
 * The same formula with mean and variance given (running statistics), as in inference:
 * dx = dz scale inv,  dscale = sum dz (x - mean) inv,  dshift = sum dz; mean and variance are constants.
 */
export const frozenBatchNormalization = operator<Inputs, Options>({
  name: "frozenBatchNormalization",
  takesBlocked: () => true,
  forward: normalise,
  gradient: (g, { inputs: [x, scale, , mean, variance], output, attributes: { epsilon, relu }, needed }, dy) => {
    const dz = relu ? throughRelu(g, output, dy) : dy;
    const inverse = inverseDeviation(g, variance, epsilon);
    const dshift = needed[1] || needed[2] ? channelSum(g, dz) : undefined;
    return [
      needed[0] ? scaleAndShift(g, dz, mul(g, scale, inverse)) : undefined,
      needed[1] ? mul(g, sub(g, dotByChannel(g, x, dz), mul(g, mean, dshift!)), inverse) : undefined,
      dshift,
      undefined,
      undefined,
      dz,
    ];
  },
});

function normalise(g: Graph, [x, scale, shift, mean, variance, addend]: Inputs, { epsilon, relu = false }: Options) {
  const plus = addend && inLayout(g, addend, x.layout);
  if (x.layout === "blocked") {
    const a = mul(g, scale, inverseDeviation(g, variance, epsilon));
    return scaleAndShift(g, x, a, sub(g, shift, mul(g, mean, a)), { ...(plus && { plus }), relu });
  }
  // Written as ONNX's own node: every runtime folds it into the convolution before it.
  const attributes = { epsilon: { float: epsilon } };
  const normal = g.node("BatchNormalization", [x, scale, shift, mean, variance], { shape: x.shape, attributes });
  const sum = plus ? g.node("Add", [normal, plus], { shape: x.shape }) : normal;
  return relu ? g.node("Relu", [sum], { shape: x.shape }) : sum;
}

function inverseDeviation(g: Graph, variance: Value, epsilon: number): Value {
  return g.once(`inverse deviation ${variance.name} ${epsilon}`, () => {
    const shifted = add(g, variance, g.constant(epsilon));
    return div(g, g.constant(1), g.node("Sqrt", [shifted], { shape: variance.shape }));
  });
}
