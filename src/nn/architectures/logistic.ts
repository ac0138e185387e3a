import { z } from "zod";
import type { Graph, Value } from "../../onnx/graph.ts";
import { add, concat, globalAveragePool, mul, reduceMean, reshape, sqrt, sub } from "../../onnx/operators/index.ts";
import { zeros } from "../init.ts";
import { batchNorm, dense } from "../layers.ts";
import type { Architecture } from "./architecture.ts";

const options = z.object({
  cells: z
    .int()
    .min(1)
    .max(64)
    .default(8)
    .describe(
      "cells along each side of the picture, whose means and deviations are compared; 1: the whole picture alone",
    ),
  momentum: z.number().min(0).max(0.9999).default(0.9).describe("share of the running statistics that a step keeps"),
});

/** Added to a variance, so that the square root has a slope at 0. */
const tiny = 1e-6;

/**
 * Four numbers of each plane, standardised, and one dense layer.
 *   m_k, s_k = mean and deviation of the plane within cell k
 *   pooled = [mean m_k, mean s_k, deviation of m_k over k, deviation of s_k over k]   of each plane
 *   logit = w · norm(pooled) + b, w = 0 at first
 * The means say how strong the traces of a picture are, the deviations how unevenly they lie in it, wherever that is.
 * Without a hidden layer the problem is convex: any optimizer that gets there ends at the same answer.
 */
export const logistic = {
  summary: "Logistic regression on means and deviations of the input's planes: the simplest baseline",
  cite: "Cox, The Regression Analysis of Binary Sequences, 1958",
  options,
  stages: {},

  build(net, input, { cells, momentum }) {
    const g = net.graph;
    const mean = cellMeans(g, input, cells); // [b, c, k, l]
    const variance = sub(g, cellMeans(g, mul(g, input, input), cells), mul(g, mean, mean));
    // Rounding may leave a constant cell a variance just below 0.
    const { shape } = mean;
    const deviation = g.node("Sqrt", [g.node("Max", [variance, g.constant(tiny)], { shape })], { shape });
    const features = concat(g, mean, deviation, { axis: 1 }); // [b, 2c, k, l]
    const apart = sub(g, features, reduceMean(g, features, { axes: [2, 3], keep: true }));
    const uneven = sqrt(g, add(g, globalAveragePool(g, mul(g, apart, apart)), g.constant(tiny)));
    const pooled = concat(g, globalAveragePool(g, features), uneven, { axis: 1 }); // [b, 4c]
    const logit = net.head(pooled, (head, x) => {
      const normal = batchNorm(head, "head.norm", x, { momentum });
      const sum = dense(head, "head.logit", normal, { units: 1, init: zeros }); // [b, 1]
      return reshape(head.graph, sum, { shape: [sum.shape[0]!] });
    });
    return { features, logit };
  },
} satisfies Architecture<typeof options>;

/** Means of equal cells; rows and columns that do not fill one are left out   // [b, c, h, w] -> [b, c, k, l] */
function cellMeans(g: Graph, x: Value, cells: number): Value {
  const sides = (x.shape.slice(2) as number[]).map((length) => Math.max(1, Math.floor(length / cells)));
  const counts = sides.map((side, i) => Math.floor((x.shape[i + 2] as number) / side));
  const attributes = { kernel_shape: sides, strides: sides };
  return g.node("AveragePool", [x], { shape: [...x.shape.slice(0, 2), ...counts], attributes });
}
