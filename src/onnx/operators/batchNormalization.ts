import { fixedShape, type Graph, type Value } from "../graph.ts";
import { add, div, mul, sub } from "./arithmetic.ts";
import { operator } from "./operator.ts";
import { reduceSum } from "./reduce.ts";

/**
 * From this many positions a map's sum of products runs as one dot product per map; below, the products are written
 * out and added up. Measured on one core at batch 16, in ms: 512 maps of 16x16 2.2 and 3.9, 1024 of 8x8 2.2 and 1.1.
 */
const dotProductPositions = 128;

/**
 * Mean and (biased) variance of each channel over the batch and the positions   // [n, c, h, w] or [n, c] -> [c]
 *
 * The variance is E[x^2] - mean^2: one pass less than the centred sum, at a relative error of about
 * 1e-7 (1 + mean^2 / variance), which for convolution outputs is far below the noise of a batch.
 */
export function channelMoments(g: Graph, x: Value): { mean: Value; variance: Value } {
  const shape = fixedShape(x, "Batch normalisation in training");
  const count = shape.reduce((product, length) => product * length, 1) / shape[1]!;
  const scale = g.constant(1 / count);
  const mean = mul(g, reduceSum(g, x, { axes: otherAxes(x) }), scale);
  const meanSquare = mul(g, sumOfProducts(g, x, x), scale);
  const difference = sub(g, meanSquare, mul(g, mean, mean));
  const variance = g.node("Max", [difference, g.constant(0)], { shape: difference.shape });
  return { mean, variance };
}

interface Epsilon {
  readonly epsilon: number;
}

/**
 * y = scale (x - mean) / sqrt(variance + epsilon) + shift (Ioffe and Szegedy, 2015), where mean and variance are x's
 * own (`channelMoments`): the gradient takes in that they depend on x.
 *
 * With inv = 1 / sqrt(variance + epsilon), xhat = (x - mean) inv and n numbers per channel:
 *   dshift = sum dy,  dscale = sum dy xhat,
 *   dx = scale inv (dy - dshift / n - xhat dscale / n) = a dy + b x + c with one a, b, c per channel.
 *
 * BatchNormalization with training_mode=1 would compute the same, but its kernel writes into its running
 * statistics, which gave wrong gradients under a right loss (onnxruntime #29790).
 */
export const batchNormalization = operator<
  [x: Value, scale: Value, shift: Value, mean: Value, variance: Value],
  Epsilon
>({
  name: "batchNormalization",
  forward: (g, [x, scale, shift, mean, variance], { epsilon }) =>
    affineNode(g, x, scale, shift, mean, variance, epsilon),
  gradient: (g, { inputs: [x, scale, , mean, variance], attributes: { epsilon }, needed }, dy) => {
    const shape = fixedShape(x, "Batch normalisation in training");
    const count = shape.reduce((product, length) => product * length, 1) / shape[1]!;
    const inverse = inverseDeviation(g, variance, epsilon);
    const dshift = reduceSum(g, dy, { axes: otherAxes(dy) });
    const dscale = mul(g, sub(g, sumOfProducts(g, x, dy), mul(g, mean, dshift)), inverse);
    if (!needed[0]) return [undefined, dscale, dshift];
    const a = mul(g, scale, inverse);
    const b = mul(g, mul(g, mul(g, a, inverse), dscale), g.constant(-1 / count));
    const c = sub(g, mul(g, mul(g, a, dshift), g.constant(-1 / count)), mul(g, b, mean));
    // a dy + c is an inference-mode normalisation: one pass. Epsilon 0 over ones leaves a and c as they are.
    const [zeros, ones] = [0, 1].map((fill) => g.constant(new Array<number>(shape[1]!).fill(fill)));
    const linear = affineNode(g, dy, a, c, zeros!, ones!, 0);
    return [add(g, linear, mul(g, x, perChannel(g, b, shape.length))), dscale, dshift];
  },
});

/**
 * The same formula with mean and variance given (running statistics), as in inference:
 * dx = dy scale inv,  dscale = sum dy (x - mean) inv,  dshift = sum dy; mean and variance are constants.
 */
export const frozenBatchNormalization = operator<
  [x: Value, scale: Value, shift: Value, mean: Value, variance: Value],
  Epsilon
>({
  name: "frozenBatchNormalization",
  forward: (g, [x, scale, shift, mean, variance], { epsilon }) =>
    affineNode(g, x, scale, shift, mean, variance, epsilon),
  gradient: (g, { inputs: [x, scale, , mean, variance], attributes: { epsilon }, needed }, dy) => {
    const rank = x.shape.length;
    const inverse = inverseDeviation(g, variance, epsilon);
    const centred = () => mul(g, sub(g, x, perChannel(g, mean, rank)), perChannel(g, inverse, rank));
    return [
      needed[0] ? mul(g, dy, perChannel(g, mul(g, scale, inverse), rank)) : undefined,
      needed[1] ? reduceSum(g, mul(g, dy, centred()), { axes: otherAxes(x) }) : undefined,
      needed[2] ? reduceSum(g, dy, { axes: otherAxes(x) }) : undefined,
    ];
  },
});

function affineNode(g: Graph, x: Value, scale: Value, shift: Value, mean: Value, variance: Value, epsilon: number) {
  const attributes = { epsilon: { float: epsilon } };
  return g.node("BatchNormalization", [x, scale, shift, mean, variance], { shape: x.shape, attributes });
}

function inverseDeviation(g: Graph, variance: Value, epsilon: number): Value {
  const shifted = add(g, variance, g.constant(epsilon));
  return div(g, g.constant(1), g.node("Sqrt", [shifted], { shape: variance.shape }));
}

function otherAxes(x: Value): number[] {
  return x.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]));
}

/** [c] to [c] or [c, 1, 1], which broadcasts against [n, c] or [n, c, h, w]. */
function perChannel(g: Graph, x: Value, rank: number): Value {
  if (rank === 2) return x;
  const shape = [x.shape[0]!, ...new Array<number>(rank - 2).fill(1)];
  return g.node("Reshape", [x, g.integers(shape as number[])], { shape });
}

/** sum of x y over everything but the channel   // [n, c, h, w] [n, c, h, w] -> [c] */
function sumOfProducts(g: Graph, x: Value, y: Value): Value {
  const [n, channels, ...positions] = fixedShape(x, "Batch normalisation in training") as [number, number, ...number[]];
  const size = positions.reduce((product, length) => product * length, 1);
  if (size < dotProductPositions && x === y) {
    const axes = g.integers(otherAxes(x));
    return g.node("ReduceSumSquare", [x, axes], { shape: [channels], attributes: { keepdims: 0 } });
  }
  if (size < dotProductPositions) return reduceSum(g, mul(g, x, y), { axes: otherAxes(x) });
  const rows = [x, y].map((value) =>
    g.node("Reshape", [value, g.integers([n * channels, 1, size])], { shape: [n * channels, 1, size] }),
  );
  const dots = g.node("FusedMatMul", rows, {
    shape: [n * channels, 1, 1],
    attributes: { transB: 1 },
    domain: "com.microsoft",
  });
  const byImage = g.node("Reshape", [dots, g.integers([n, channels])], { shape: [n, channels] });
  return reduceSum(g, byImage, { axes: [0] });
}
