import type { Value } from "../graph.ts";
import { mul, sub } from "./arithmetic.ts";
import { operator } from "./operator.ts";

/**
 * y = 1 / (1 + exp(-x))
 * dx = dy y (1 - y)
 */
export const sigmoid = operator<[x: Value]>({
  name: "sigmoid",
  forward: (g, [x]) => g.node("Sigmoid", [x], { shape: x.shape }),
  gradient: (g, { output: y }, dy) => [mul(g, dy, mul(g, y, sub(g, g.constant(1), y)))],
});
