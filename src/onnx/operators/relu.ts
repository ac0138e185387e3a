import type { Value } from "../graph.ts";
import { mul } from "./arithmetic.ts";
import { operator } from "./operator.ts";

/**
 * y = max(x, 0)
 * dx = dy where y > 0, else 0. At 0 the subgradient is 0, as in PyTorch.
 */
export const relu = operator<[x: Value]>({
  name: "relu",
  forward: (g, [x]) => g.node("Relu", [x], { shape: x.shape }),
  // HardSigmoid = max(0, min(1, alpha y + beta)): with a huge slope the step function, in one pass.
  gradient: (g, { output: y }, dy) => {
    const step = g.node("HardSigmoid", [y], {
      shape: y.shape,
      attributes: { alpha: { float: 1e30 }, beta: { float: 0 } },
    });
    return [mul(g, step, dy)];
  },
});
