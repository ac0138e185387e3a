import type { Value } from "../graph.ts";
import { mul } from "./arithmetic.ts";
import { operator } from "./operator.ts";
import { sigmoid } from "./sigmoid.ts";

/**
 * y = log(1 + exp(x)), without overflow for large x: binary cross-entropy of a logit is softplus(x) - label x.
 * dx = dy sigmoid(x)
 */
export const softplus = operator<[x: Value]>({
  name: "softplus",
  forward: (g, [x]) => g.node("Softplus", [x], { shape: x.shape }),
  gradient: (g, { inputs: [x] }, dy) => [mul(g, dy, sigmoid(g, x))],
});
