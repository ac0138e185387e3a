import type { Value } from "../graph.ts";
import { operator } from "./operator.ts";

/** Tensors side by side along one axis; each receives its own part of the gradient. */
export const concat = operator<readonly Value[], { readonly axis: number }>({
  name: "concat",
  forward: (g, values, { axis }) => {
    const total = values.reduce((sum, value) => sum + (value.shape[axis] as number), 0);
    const shape = values[0]!.shape.map((length, i) => (i === axis ? total : length));
    return g.node("Concat", values, { shape, attributes: { axis } });
  },
  gradient: (g, { inputs, attributes: { axis } }, dy) => {
    const lengths = inputs.map((input) => input.shape[axis] as number);
    const parts = inputs.map(({ shape }) => ({ shape }));
    return g.nodeWithOutputs("Split", [dy, g.integers(lengths)], parts, { attributes: { axis } });
  },
});
