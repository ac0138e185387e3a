import { type Graph, rowSize, type Shape, type Value } from "../graph.ts";
import type { Layout } from "../layout.ts";
import { operator } from "./operator.ts";

/** The same numbers in another shape. A symbolic batch stays the first dimension. */
export const reshape = operator<[x: Value], { readonly shape: Shape }>({
  name: "reshape",
  forward: (g, [x], { shape }) => shaped(g, x, shape),
  gradient: (g, { inputs: [x] }, dy) => [shaped(g, dy, x.shape)],
});

/** [batch, a, b, …] to [batch, a b …] */
export function flatten(g: Graph, x: Value): Value {
  return reshape(g, x, { shape: [x.shape[0]!, rowSize(x.shape)] });
}

/** The node alone: the same numbers under another shape and, where that is what they are, in another layout. */
export function shaped(g: Graph, x: Value, shape: Shape, layout: Layout = "plain"): Value {
  // In ONNX a target of 0 means: the same length as the input has on this axis.
  const target = shape.map((length) => (length === "batch" ? 0 : length));
  return g.node("Reshape", [x, g.integers(target)], { shape, layout, type: x.type });
}
