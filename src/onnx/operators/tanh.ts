import type { Value } from "../graph.ts";
import { mul, sub } from "./arithmetic.ts";
import { operator } from "./operator.ts";

/**
 * y = tanh x
 * dx = dy (1 - y²) = dy - dy y y: without the constant 1, which would make blocked tensors plain.
 */
export const tanh = operator<[x: Value]>({
  name: "tanh",
  takesBlocked: () => true,
  forward: (g, [x]) => g.node("Tanh", [x], { shape: x.shape, layout: x.layout }),
  gradient: (g, { output: y }, dy) => [sub(g, dy, mul(g, mul(g, dy, y), y))],
});
