import type { Value } from "../graph.ts";
import { type Operator, operator } from "./operator.ts";

interface Order {
  readonly order: readonly number[];
}

/** Axis i of the output is axis `order[i]` of the input. */
export const transpose: Operator<[x: Value], Order> = operator<[x: Value], Order>({
  name: "transpose",
  forward: (g, [x], { order }) =>
    g.node("Transpose", [x], { shape: order.map((axis) => x.shape[axis]!), attributes: { perm: order } }),
  gradient: (g, { attributes: { order } }, dy) => [
    transpose(g, dy, { order: order.map((_, axis) => order.indexOf(axis)) }),
  ],
});
