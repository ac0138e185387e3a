import { type Graph, rowSize, type Shape, type Value } from "../graph.ts";
import { operator } from "./operator.ts";

/** The same numbers in another shape. A symbolic batch stays the first dimension. */
export const reshape = operator<[x: Value], { readonly shape: Shape }>({
  name: "reshape",
  forward: (g, [x], { shape }) => reshapeNode(g, x, shape),
  gradient: (g, { inputs: [x] }, dy) => [reshapeNode(g, dy, x.shape)],
});

/** [batch, a, b, …] to [batch, a b …] */
export function flatten(g: Graph, x: Value): Value {
  return reshape(g, x, { shape: [x.shape[0]!, rowSize(x.shape)] });
}

function reshapeNode(g: Graph, x: Value, shape: Shape): Value {
  // In ONNX a target of 0 means: the same length as the input has on this axis.
  const target = shape.map((length) => (length === "batch" ? 0 : length));
  return g.node("Reshape", [x, g.integers(target)], { shape });
}
