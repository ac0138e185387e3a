import { fixedShape, type Graph, type Value } from "../graph.ts";
import { nchwc } from "../layout.ts";
import { mul, sub } from "./arithmetic.ts";
import { reduceSum } from "./reduce.ts";
import { shaped } from "./reshape.ts";

/**
 * From this many positions a plain map's sum of products runs as one dot product per map; below, the products are
 * written out and added up. Measured on one core at batch 16, in ms: 512 maps of 16x16 2.2 and 3.9, 1024 of 8x8 2.2
 * and 1.1.
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
  const mean = mul(g, channelSum(g, x), scale);
  const meanSquare = mul(g, dotByChannel(g, x, x), scale);
  const difference = sub(g, meanSquare, mul(g, mean, mean));
  const variance = g.node("Max", [difference, g.constant(0)], { shape: difference.shape });
  return { mean, variance };
}

/** sum of x over everything but the channel   // [n, c] or [n, c, h, w] -> [c] */
export function channelSum(g: Graph, x: Value): Value {
  if (x.layout === "plain") return reduceSum(g, x, { axes: otherAxes(x) });
  const [n, channels, height, width] = fixedShape(x, "A sum over channels") as [number, number, number, number];
  const means = g.node("GlobalAveragePool", [x], { shape: [n, channels, 1, 1], domain: nchwc });
  // One position a map: blocked and plain are the same order.
  const byImage = shaped(g, means, [n, channels]);
  return mul(g, reduceSum(g, byImage, { axes: [0] }), g.constant(height * width));
}

/** sum of x y over everything but the channel   // two [n, c] or [n, c, h, w] -> [c] */
export function dotByChannel(g: Graph, x: Value, y: Value): Value {
  const [n, channels, ...map] = fixedShape(x, "A sum over channels") as [number, number, ...number[]];
  const size = map.reduce((product, length) => product * length, 1);
  if (x.layout === "blocked") return sumOverImages(g, blockedDots(g, x, y, n * channels, map), n, channels);
  if (size < dotProductPositions && x === y) {
    const axes = g.integers(otherAxes(x));
    return g.node("ReduceSumSquare", [x, axes], { shape: [channels], attributes: { keepdims: 0 } });
  }
  if (size < dotProductPositions) return reduceSum(g, mul(g, x, y), { axes: otherAxes(x) });
  const rows = [x, y].map((value) => shaped(g, value, [n * channels, 1, size]));
  const dots = g.node("FusedMatMul", rows, {
    shape: [n * channels, 1, 1],
    attributes: { transB: 1 },
    domain: "com.microsoft",
  });
  return sumOverImages(g, dots, n, channels);
}

/**
 * Every map of x convolved by the same map of y, which is as large as itself: one number a map. The maps of all
 * images stand as channels of one, and blocked kernels of a depthwise convolution have the order of a blocked tensor.
 */
function blockedDots(g: Graph, x: Value, y: Value, maps: number, [height, width]: readonly number[]): Value {
  const image = shaped(g, x, [1, maps, height!, width!]);
  const kernels = shaped(g, y, [maps, 1, height!, width!]);
  const attributes = { kernel_shape: [height!, width!], group: maps };
  return g.node("Conv", [image, kernels], { shape: [1, maps, 1, 1], domain: nchwc, attributes });
}

function sumOverImages(g: Graph, byMap: Value, n: number, channels: number): Value {
  const byImage = shaped(g, byMap, [n, channels]);
  return reduceSum(g, byImage, { axes: [0] });
}

/** [c] to [c] or [c, 1, 1], which broadcasts against [n, c] or [n, c, h, w]. */
export function perChannel(g: Graph, x: Value, rank: number): Value {
  if (rank === 2) return x;
  return shaped(g, x, [x.shape[0]!, ...new Array<number>(rank - 2).fill(1)]);
}

function otherAxes(x: Value): number[] {
  return x.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]));
}
