import type { Graph, Value } from "../graph.ts";
import { operator } from "./operator.ts";
import { reduceSum } from "./reduce.ts";

/**
 * y = a b for two matrices   // [n, k] [k, m] -> [n, m]
 * da = dy b^T, db = a^T dy
 */
export const matMul = operator<[a: Value, b: Value]>({
  name: "matMul",
  forward: (g, [a, b]) => product(g, a, b),
  gradient: (g, { inputs: [a, b], needed }, dy) => [
    needed[0] ? product(g, dy, b, { transposeB: true }) : undefined,
    needed[1] ? product(g, a, dy, { transposeA: true }) : undefined,
  ],
});

/**
 * y = x W^T + b   // [batch, in] [out, in] [out] -> [batch, out]
 * dx = dy W, dW = dy^T x, db = sum of dy over the batch
 */
export const dense = operator<[x: Value, weight: Value, bias: Value]>({
  name: "dense",
  forward: (g, [x, weight, bias]) =>
    g.node("Gemm", [x, weight, bias], { shape: [x.shape[0]!, weight.shape[0]!], attributes: { transB: 1 } }),
  gradient: (g, { inputs: [x, weight], needed }, dy) => [
    needed[0] ? product(g, dy, weight) : undefined,
    needed[1] ? product(g, dy, x, { transposeA: true }) : undefined,
    needed[2] ? reduceSum(g, dy, { axes: [0] }) : undefined,
  ],
});

function product(g: Graph, a: Value, b: Value, { transposeA = false, transposeB = false } = {}): Value {
  const shape = [a.shape[transposeA ? 1 : 0]!, b.shape[transposeB ? 0 : 1]!];
  const attributes = { transA: transposeA ? 1 : 0, transB: transposeB ? 1 : 0 };
  return g.node("Gemm", [a, b], { shape, attributes });
}
