import { fixedShape, type Graph, type Value } from "./graph.ts";

/** The domain of ONNX Runtime's kernels for blocked tensors. */
export const nchwc = "com.microsoft.nchwc";

/**
 * Two orders of the same numbers of a tensor [batch, c, h, w]. `plain`: row by row, as ONNX says. `blocked`: channels
 * in blocks as wide as a vector register, [batch, c / block, h, w, block]: the order in which ONNX Runtime's fastest
 * kernels work. The shape that a value shows is [batch, c, h, w] in both.
 */
export type Layout = "plain" | "blocked";

/** Whether a tensor of this shape can be blocked in this graph. */
export function canBlock(g: Graph, { shape }: Pick<Value, "shape">): boolean {
  return g.block > 0 && shape.length === 4 && (shape[1] as number) % g.block === 0;
}

export function inLayout(g: Graph, x: Value, layout: Layout): Value {
  return layout === "blocked" ? toBlocked(g, x) : toPlain(g, x);
}

/** Made once for each value; its gradient goes back in the layout that x has. */
export function toBlocked(g: Graph, x: Value): Value {
  if (x.layout === "blocked") return x;
  return g.once(`blocked ${x.name}`, () =>
    recorded(g, x, g.node("ReorderInput", [x], { shape: x.shape, domain: nchwc, layout: "blocked" })),
  );
}

export function toPlain(g: Graph, x: Value): Value {
  if (x.layout === "plain") return x;
  return g.once(`plain ${x.name}`, () => {
    const attributes = { channels: x.shape[1] as number };
    return recorded(g, x, g.node("ReorderOutput", [x], { shape: x.shape, domain: nchwc, attributes }));
  });
}

function recorded(g: Graph, x: Value, output: Value): Value {
  g.record({ operator: "layout", inputs: [x], output, gradient: (dy) => [inLayout(g, dy, x.layout)] });
  return output;
}

/** Channels last, for matrix products over whole rows   // [batch, c, h, w] -> [batch, h, w, c] */
export function channelsLast(g: Graph, x: Value): Value {
  const [batch, channels, height, width] = fixedShape(x, "A tensor with its channels last");
  const shape = [batch!, height!, width!, channels!];
  return g.once(`channels last ${x.name}`, () =>
    x.layout === "blocked"
      ? g.node("ReorderOutput", [x], { shape, domain: nchwc, attributes: { channels: channels!, channels_last: 1 } })
      : g.node("Transpose", [x], { shape, attributes: { perm: [0, 2, 3, 1] } }),
  );
}
