import type { Value } from "../graph.ts";
import { div, mul } from "./arithmetic.ts";
import { operator } from "./operator.ts";

/**
 * y = √x, dx = dy / (2 y). At 0 the gradient is infinite, as in PyTorch: whoever can meet a 0 adds a small number to x.
 */
export const sqrt = operator<[x: Value]>({
  name: "sqrt",
  forward: (g, [x]) => g.node("Sqrt", [x], { shape: x.shape }),
  gradient: (g, { output: y }, dy) => [div(g, dy, mul(g, y, g.constant(2)))],
});
