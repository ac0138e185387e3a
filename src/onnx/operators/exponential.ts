import type { Value } from "../graph.ts";
import { div, mul } from "./arithmetic.ts";
import { operator } from "./operator.ts";

/** y = e^x, dx = dy y. */
export const exp = operator<[x: Value]>({
  name: "exp",
  forward: (g, [x]) => g.node("Exp", [x], { shape: x.shape }),
  gradient: (g, { output: y }, dy) => [mul(g, dy, y)],
});

/** y = ln x, dx = dy / x. */
export const log = operator<[x: Value]>({
  name: "log",
  forward: (g, [x]) => g.node("Log", [x], { shape: x.shape }),
  gradient: (g, { inputs: [x] }, dy) => [div(g, dy, x)],
});
