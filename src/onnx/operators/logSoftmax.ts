import type { Value } from "../graph.ts";
import { mul, sub } from "./arithmetic.ts";
import { exp } from "./exponential.ts";
import { operator } from "./operator.ts";
import { reduceSum } from "./reduce.ts";

/**
 * y = x - log(sum exp x) over the last axis
 * dx = dy - exp(y) sum(dy)
 */
export const logSoftmax = operator<[x: Value]>({
  name: "logSoftmax",
  forward: (g, [x]) => g.node("LogSoftmax", [x], { shape: x.shape, attributes: { axis: -1 } }),
  gradient: (g, { output: y }, dy) => {
    const total = reduceSum(g, dy, { axes: [y.shape.length - 1], keep: true });
    return [sub(g, dy, mul(g, exp(g, y), total))];
  },
});
