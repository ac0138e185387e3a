import type { Value } from "../graph.ts";
import { mul } from "./arithmetic.ts";
import { operator } from "./operator.ts";

/**
 * y = |x|
 * dx = dy sign(x); at 0 the subgradient is 0, as in PyTorch.
 */
export const abs = operator<[x: Value]>({
  name: "abs",
  forward: (g, [x]) => g.node("Abs", [x], { shape: x.shape }),
  gradient: (g, { inputs: [x] }, dy) => [mul(g, dy, g.node("Sign", [x], { shape: x.shape }))],
});
