import type { Graph, Value } from "../graph.ts";
import { mul } from "./arithmetic.ts";
import { operator } from "./operator.ts";

/**
 * y = max(x, 0)
 * dx = dy where y > 0, else 0. At 0 the subgradient is 0, as in PyTorch.
 */
export const relu = operator<[x: Value]>({
  name: "relu",
  takesBlocked: () => true,
  forward: (g, [x]) => g.node("Relu", [x], { shape: x.shape, layout: x.layout }),
  gradient: (g, { output: y }, dy) => [throughRelu(g, y, dy)],
});

/** dy where y > 0, else 0. */
export function throughRelu(g: Graph, y: Value, dy: Value): Value {
  // HardSigmoid = max(0, min(1, alpha y + beta)): with a huge slope the step function, in one pass.
  const step = g.node("HardSigmoid", [y], {
    shape: y.shape,
    layout: y.layout,
    attributes: { alpha: { float: 1e30 }, beta: { float: 0 } },
  });
  return mul(g, step, dy);
}
